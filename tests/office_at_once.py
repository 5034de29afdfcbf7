#!/usr/bin/env python3
"""The office's machine on a bad day: two merges at once, a merge that is killed, another Lantern at work.

A merge that has to wait is made to wait by a command that stands at its question on a terminal and so holds
the database. A merge is killed at moments spread over its whole length; each time the master must be whole,
and the same command once more must end where an undisturbed merge ends.
"""
import glob
import os
import shutil
import signal
import subprocess
import time

from office import place
from office.place import CLEAN, OFFICE, ROOT, Terminal, expect, hash_of, lines, received, run

KILLS = 8


def start(*args):
    return subprocess.Popen([OFFICE, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            cwd=ROOT, env=CLEAN, stdin=subprocess.DEVNULL)


def all_in(p):
    db = p.master("undisturbed.db")
    begun = time.monotonic()
    run("merge", db, *p.all)
    return received(db), time.monotonic() - begun


def test_at_once(p, want):
    db = p.master("two.db")
    half = len(p.all) // 2
    both = [start("merge", db, *p.all[:half]), start("merge", db, *p.all[half:])]
    for one in both:
        out, err = one.communicate(timeout=300)
        expect(one.returncode == 0 and "refused" not in out, f"both are done: {one.returncode} {out}{err}")
    expect(received(db) == want, "with the content of both")
    report = lines("verify", db, want=2)[0]  # the copied tablet
    expect(report["status"] == "status.ok" and report["tables_differ"] == 0, f"{report}")
    print("figure: two merges at once, both done, one content")


def test_waits(p):
    """Deterministically: a question on a terminal holds the database."""
    db = p.master("wait.db")
    run("merge", db, p.all[0])
    record = next(x for x in lines("show", db) if x["kind"] == "visit")
    before = hash_of(db)
    t = Terminal("erase", db, f"{record['log'][:16]}/{record['seq']}", "--why", "asked")
    t.read_until("Type yes:")
    run("merge", db, p.all[1], "--wait", 0, want=3)
    begun = time.monotonic()
    _, err = run("merge", db, p.all[1], "--wait", 2, want=3)
    expect("another Lantern is at work" in err and time.monotonic() - begun >= 2, f"it waited and said so: {err}")
    run("merge", db, p.all[1], "--wait", "long", want=1)
    waiting = start("merge", db, p.all[1])
    line = waiting.stderr.readline()
    expect("another Lantern is at work on it; waiting" in line, f"the second one says that it waits: {line}")
    reading = start("hash", db)
    line = reading.stderr.readline()
    expect("another Lantern is at work on it; waiting" in line, f"who only reads waits too: {line}")
    t.answer("Type yes:", "no\n")
    t.end(want=2)
    expect(reading.wait(timeout=120) == 0, "and then reads")
    out, err = waiting.communicate(timeout=120)
    expect(waiting.returncode == 0 and " new, " in out and not err, f"then it merges, and says so once: {out}{err}")
    expect(hash_of(db) != before, "and has merged")


def test_killed(p, want, seconds):
    db, killed, whole = p.path("killed.db"), 0, 0
    for i in range(KILLS):
        for path in glob.glob(db + "*"):
            os.remove(path)
        p.master("killed.db")
        merge = start("merge", db, *p.all)
        time.sleep(seconds * (i + 0.5) / KILLS)
        if merge.poll() is None:
            merge.send_signal(signal.SIGKILL)
            killed += 1
        merge.communicate()
        report = lines("verify", db, want=None)[0]
        expect(report["status"] == "status.ok" and report["tables_differ"] == 0, f"kill {i}: the master is whole: {report}")
        run("merge", db, *p.all)
        expect(received(db) == want, f"kill {i}: once more, and all is there")
        whole += 1
    expect(killed >= KILLS // 2, f"killed {killed} times at all")
    print(f"figure: {killed} merges killed, {whole} of {KILLS} masters whole, each ends with the same content")


def test_spoiled_copy(p):
    """The keys of one office beside the database of another: nothing is written with them."""
    db = p.master("mixed.db")
    run("init", p.path("stranger.db"), "--provider", "P", "--recovery", p.path("stranger.txt"))
    before = hash_of(db)
    shutil.copy(p.path("stranger.db.keys"), db + ".keys")
    out, _ = run("merge", db, p.of(1), want=2)
    expect("sealed for somebody else" in out and hash_of(db) == before, f"other keys open nothing: {out}")


def all_tests(p):
    want, seconds = all_in(p)
    test_at_once(p, want)
    test_waits(p)
    test_killed(p, want, seconds)
    test_spoiled_copy(p)
    print(f"figure: {place.count} expectations of bad days met")


if __name__ == "__main__":
    place.in_place(all_tests, "--sealed", checks=60)
