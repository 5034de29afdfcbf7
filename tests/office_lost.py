#!/usr/bin/env python3
"""The office's machine is lost, and a real tablet goes on: both programs, as two people would use them.

A tablet is enrolled by touch, does a check and sends it; the office confirms it. Then the office's folder is
gone. A new office is made from the recovery key and what the tablet exports; the tablet is enrolled anew, and
what it does afterwards arrives without being trusted blindly. Then the other way: nothing but one old bundle
is at hand, and the tablet itself sends again what the new office lacks.
"""
import os
import re
import subprocess

from office import place
from office.place import CLEAN, ROOT, expect, lines, run

TABLET = os.path.join(os.path.dirname(place.OFFICE), "lantern")
CODE = re.compile(r"^ +(\w{4}-\w{4}-\w{4})$", re.M)
QUIET = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "SDL_RENDER_DRIVER": "software"}
PIN = "274936"  # as tests/scripts/enrol.txt chooses it
EVENING, NIGHT, MORNING, NEXT_NIGHT = "2026-11-21T16:00", "2026-11-22T02:41", "2026-11-22T09:00", "2026-11-23T02:10"


def office(clock, *args, **more):
    return run(*args, env={"LANTERN_CLOCK": clock}, **more)[0]


class Walk:
    """A folder with a tablet, a stick and an office in it."""

    def __init__(self, p):
        self.p, self.data, self.stick, self.turn = p, p.path("tablet"), p.path("stick"), 0
        os.makedirs(self.stick)

    def play(self, script, clock):
        self.turn += 1
        path = self.p.write(f"script-{self.turn}.txt", script)
        self.tablet("--script", path, "--shots", self.p.path(f"shots-{self.turn}"), "--clock", clock)

    def tablet(self, *args):
        done = subprocess.run([TABLET, *args, "--data", self.data], capture_output=True, text=True, cwd=ROOT,
                              env={**CLEAN, **QUIET, "LANTERN_STICKS": self.stick})
        expect(done.returncode == 0, f"lantern {args}: {done.returncode}\n{done.stdout}{done.stderr}")

    def enrol(self, db, name, file, clock):
        said = office(clock, "enrol", db, "--tablet", name, "--out", f"{self.stick}/{file}")
        return CODE.search(said).group(1)

    def export(self, name):
        self.tablet("export", "--out", self.p.path(name), "--pin-file", self.p.write("pin", PIN + "\n"))
        return self.p.path(name)


def visits(db):
    return sum(x["kind"] == "visit" and x["op"] == "create" for x in lines("show", db))


def first_night(w, db):
    """The journey's own script, from the empty tablet to the sealed bundle; the office confirms it."""
    code = w.enrol(db, "Night tablet", "first.lantern", EVENING)
    with open(ROOT + "/tests/scripts/enrol.txt", encoding="utf-8") as f:
        w.play(f.read().replace('type "CODE"', f'type "{code}"'), NIGHT)
    bundle = next(f"{w.stick}/{x}" for x in os.listdir(w.stick) if x.startswith("lantern-"))
    merged = office(MORNING, "merge", db, bundle)
    expect("enrolled Night tablet" in merged and "clock" not in merged, f"{merged}")
    office(MORNING, "pack", db, "--tablet", "Night tablet", "--out", w.stick + "/back.lantern")
    with open(ROOT + "/tests/scripts/receipt.txt", encoding="utf-8") as f:
        w.play(f.read(), MORNING)
    return bundle


def enrol_anew(w, db):
    """The tablet opens the new office's first pack over the office it knew."""
    code = w.enrol(db, "Night tablet", "anew.lantern", MORNING)
    w.play(f"""
screen lock
pin {PIN}
tap "Open"
send
tap "Back"
screen home
press "All sent"
screen send
tap "Read a file"
tap "anew.lantern"
send
expect "Type the code from your office"
type "{code}"
key Return
send
absent "Type the code"
expect "This tablet is"
expect "Only your office can read it."
shot anew
""", NEXT_NIGHT)


def all_tests(p):
    db, w, kept = p.path("office.db"), Walk(p), p.path("recovery.txt")
    new = ("init", db, "--provider", "Journey Care", "--code", "JC", "--recovery", kept)
    office(EVENING, *new)
    office(EVENING, "add", db, os.path.join(ROOT, "assets/sample/sample.json"))
    bundle = first_night(w, db)
    had = {x["hash"] for x in lines("show", db)}
    for name in (db, db + ".keys"):
        os.remove(name)
    everything = w.export("everything.lantern")
    expect("locked" not in lines("show", everything)[0] and lines("show", everything)[0]["sealed"], "it is sealed")
    said = office(MORNING, *new, "--from", everything)
    expect("enrol every tablet anew" in said, f"says what to do: {said}")
    has = {x["hash"] for x in lines("show", db)}
    expect(visits(db) == 1, "the check is back")
    print(f"figure: {len(had & has)} of {len(had)} records of a lost office back from one tablet and the recovery key")
    office(MORNING, "merge", db, bundle, want=2)  # sealed to keys that are gone
    enrol_anew(w, db)
    merged = office(NEXT_NIGHT, "merge", db, w.export("after.lantern"))
    expect("enrolled Night tablet" in merged and "refused" not in merged, f"let in without --trust: {merged}")
    office(NEXT_NIGHT, "pack", db, "--tablet", "Night tablet", "--out", w.stick + "/last.lantern")
    report = lines("verify", db)[0]
    expect(report["status"] == "status.ok" and report["wrong"] == 0, f"{report}")
    print(f"figure: {place.count} expectations of a lost office met")


if __name__ == "__main__":
    place.in_place(all_tests, "--sealed", tablets=1, checks=1)
