#!/usr/bin/env python3
"""Tablets from the office's side: enrolling, sealed packs and bundles, who is let in, what a tablet is not
told, revoking and admitting, and an office that is made again from its recovery key.

The simulation's tablets are enrolled: each opened its own first pack with its code, sealed its bundles,
and opened its second pack. Their databases are read as well: what must not be on a tablet is looked for in
the bytes of its file.
"""
import csv
import os
import random
import re
import shutil

from office import place
from office.place import ROOT, expect, hash_of, holds, lines, received, refused, run

CODE = re.compile(r"^ +([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})$", re.M)
NAMES = ("Tablet 01", "Tablet 02", "Tablet 03", "Tablet 04")


def office(p, name):
    """A fresh office with the sample's services."""
    db = p.path(name)
    run("init", db, "--provider", "Harbour Lights Care", "--recovery", db + ".recovery")
    run("add", db, os.path.join(ROOT, "assets/sample/sample.json"))
    return db


# ---- enrolling ---------------------------------------------------------------------------------


def test_enrol(p):
    db, out = office(p, "enrol.db"), p.path("night.lantern")
    refused(db, "enrol", db, "--out", out, want=1)
    refused(db, "enrol", db, "--tablet", "Night bag", want=1)
    refused(db, "enrol", db, "--tablet", "Night bag", "--service", "--out", out, want=1)
    refused(db, "enrol", db, "--tablet", "Night bag", "--service", "OAK", "NOWHERE", "--out", out, said="NOWHERE")
    said, _ = run("enrol", db, "--tablet", "Night bag", "--service", "OAK", "MILL", "--out", out)
    code = CODE.findall(said)
    expect(len(code) == 1 and "14 days" in said, f"the code, and what to do with it: {said}")
    for path in (out, db):
        expect(not holds(path, code[0]) and not holds(path, code[0].replace("-", "")), f"the code stands in {path}")
    for words in ("Night bag", "Oak House", "Harbour", "OAK"):
        expect(not holds(out, words), f"{words} can be read on the stick")
    shown = lines("show", out)
    expect(shown == [{"sealed": True, "under_code": True, "readers": []}], f"what anybody can see: {shown}")
    run("show", out, "--db", db, want=2)
    tablets = lines("tablets", db)
    expect(len(tablets) == 1 and tablets[0]["services"] == "OAK MILL" and tablets[0]["letters"] == "A"
           and "proved" not in tablets[0], f"{tablets}")
    again, _ = run("enrol", db, "--tablet", "Night bag", "--service", "OAK", "--out", out)
    expect(CODE.findall(again) != code and len(lines("tablets", db)) == 1, "enrolled again: one tablet, another code")
    run("enrol", db, "--tablet", "Day bag", "--service", "OAK,MILL", "--letters", "Q", "--out", p.path("day.lantern"))
    run("enrol", db, "--tablet", "Third", "--out", p.path("third.lantern"))
    letters = [t["letters"] for t in lines("tablets", db)]
    expect(len(set(letters)) == 3 and "Q" in letters, f"letters are nobody else's: {letters}")
    out, _ = run("tablets", db)
    expect("Night bag" in out and "not yet" in out, f"a list for people: {out}")
    run("enrol", db, "--tablet", "Lost", "--out", p.path("no/such/folder.lantern"), want=2)
    run("enrol", db, "--tablet", "Lost", "--out", p.path("lost.lantern"))
    return db


def test_pack_refused(p, db):
    refused(db, "pack", db, "--tablet", "Night bag", "--out", p.path("x"), said="has not sent a bundle yet")
    refused(db, "pack", db, "--tablet", "Nobody", "--out", p.path("x"), said="Night bag")
    refused(db, "pack", db, "--all", "--out", p.path("x"), said="none has sent")
    refused(db, "pack", db, "--all", "--open", "--out", p.path("x"), want=1)
    refused(db, "pack", db, "--out", p.path("x"), want=1)
    empty = p.path("empty.db")
    run("init", empty, "--provider", "P", "--recovery", p.path("empty.recovery"))
    refused(empty, "pack", empty, "--tablet", "Night bag", "--out", p.path("y"), said="None is enrolled")
    expect(run("tablets", empty)[0].strip() == "No tablet is enrolled yet.", "an empty list says so")
    expect(not os.path.isfile(p.path("x")) and not os.path.exists(p.path("y")), "nothing was written")


# ---- who is let in -------------------------------------------------------------------------------


def test_merge(p):
    a, b = p.master("a.db"), p.master("b.db")
    merged = lines("merge", a, *p.all)
    expect(all(x["sealed"] and x["status"] == "status.ok" for x in merged), "sealed ones need no --trust")
    expect(sorted(x["carrier"] for x in merged if x["enrolled"]) == list(NAMES), "each proves itself once")
    luck = random.Random(5)
    order = p.all * 2
    luck.shuffle(order)
    for path in order:
        run("merge", b, path)
    expect(received(a) == received(b), "any order, any number of times, one content")
    tablets = lines("tablets", a)
    expect([t["name"] for t in tablets] == list(NAMES), f"{tablets}")
    expect(all(t["proved"] and t["last_bundle"] and not t["revoked"] for t in tablets), f"{tablets}")
    refused(a, "enrol", a, "--tablet", "Tablet 01", "--out", p.path("again"), said="is enrolled")
    out, _ = run("merge", p.master("c.db"), p.of(1))
    expect("enrolled Tablet 01" in out, f"a person is told: {out}")
    print(f"figure: {len(order)} sealed bundles merged in another order, twice each: one content hash")
    return a


def test_strangers(p):
    """Whoever is not enrolled changes nothing, and the sentence says what is wrong."""
    other = office(p, "other.db")
    out, _ = refused(other, "merge", other, *p.all)
    expect(out.count("refused") == len(p.all) and "sealed for somebody else" in out, f"{out}")
    refused(other, "merge", other, *p.all, "--trust")
    # An office that never proved tablet 01: its token is worth nothing there.
    db = p.master("unknown.db")
    run("revoke", db, "--tablet", "Tablet 01", "--why", "the stick was lost")
    expect("Tablet 01" not in [t["name"] for t in lines("tablets", db)], "a token that nobody used is forgotten")
    refused(db, "merge", db, p.of(1), said="refused")
    run("merge", db, p.of(2))
    run("merge", db, p.of(1), "--trust")
    # Enrolled again before its first bundle came: code and pack of before are worth nothing.
    db = p.master("twice.db")
    run("enrol", db, "--tablet", "Tablet 01", "--out", p.path("twice.lantern"))
    refused(db, "merge", db, p.of(1), said="refused")
    with open(p.of(2), "rb") as f:
        good = f.read()
    luck, db, bad = random.Random(4), p.master("bad.db"), p.path("bad.lantern")
    for i in range(24):
        at = luck.randrange(len(good))
        spoiled = good[:at] if i % 3 == 0 else good[:at] + bytes([good[at] ^ (1 << luck.randrange(8))]) + good[at + 1:]
        with open(bad, "wb") as f:
            f.write(spoiled)
        refused(db, "merge", db, bad, said="refused: ")
    print("figure: 24 of 24 damaged sealed bundles refused, the master unchanged")


def test_show(p):
    """Without a key nothing but the header; with the office's or the recovery key every record."""
    db = p.master("show.db")
    run("merge", db, *p.all)
    master = {x["hash"]: x for x in lines("show", db)}
    shown = 0
    for path in p.all:
        seen = lines("show", path)
        expect(len(seen) == 1 and seen[0]["sealed"] and len(seen[0]["readers"]) == 2 and set(seen[0]) ==
               {"sealed", "under_code", "readers"}, f"anybody sees that much: {seen}")
        mine = lines("show", path, "--db", db)
        expect(mine == lines("show", path, "--recovery", p.sim + "/recovery.txt"), "both keys open the same")
        for x in mine:
            expect(x.get("erased") or master.get(x["hash"]) == x, f"{path}: reads otherwise in the master\n{x}")
        shown += len(mine)
    other = office(p, "eyes.db")
    run("show", p.of(1), "--db", other, want=2)
    run("show", p.of(1), "--recovery", other + ".recovery", want=2)
    run("show", p.of(1), "--recovery", p.write("note.txt", "no key at all\n"), want=2)
    run("show", p.of(1), "--recovery", p.path("absent"), want=2)
    out, _ = run("show", db, "--kind", "visit")
    log, seq = out.split()[0].split("/")
    first = next(x for x in master.values() if x["log"].startswith(log) and x["seq"] == int(seq))
    expect(first["kind"] == "visit", "a line begins with LOG/SEQ")
    print(f"figure: {shown} records of sealed bundles read alike with both keys")


# ---- what a tablet is told -----------------------------------------------------------------------


def table(p, db, kind):
    folder = p.path("csv-" + os.path.basename(os.path.dirname(db)) + os.path.basename(db))
    if not os.path.isdir(folder):
        run("csv", db, "--out", folder)
    with open(f"{folder}/{kind}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_withheld(p):
    """A tablet holds just the rows of its services, and of the others no word anywhere in its file."""
    master, compared = p.sim + "/office.db", 0
    services = {row["code"]: row["name"] for row in table(p, master, "service")}
    for tablet in lines("tablets", master):
        number = int(tablet["name"][-2:])
        db = f"{p.sim}/tablet-{number:02}/lantern.db"
        mine = set(tablet["services"].split()) or set(services)
        for kind in ("service", "area", "person", "target", "contact"):
            want = {}
            for row in table(p, master, kind):
                of = row["code"] if kind == "service" else \
                    next((c for c, name in services.items() if name == row["service_name"]), None)
                if of is None or of in mine:
                    want[row["key"]] = {k: v for k, v in row.items() if not k.endswith(("id", "_name"))
                                        and k not in ("id", "at", "by", "service", "provider", "telephone")}
            here = {row["key"]: {k: row[k] for k in want.get(row["key"], {})} for row in table(p, db, kind)}
            expect(here == want, f"{tablet['name']}: {kind}: {len(here)} rows, {len(want)} wanted\n{here}\n{want}")
            compared += len(want)
        for code, name in services.items():
            expect(holds(db, name) == (code in mine), f"{tablet['name']}: {name} in its file")
        for row in table(p, master, "contact"):
            of = next((c for c, name in services.items() if name == row["service_name"]), None)
            # A number that another service has as well may be there.
            others = [x for x in table(p, master, "contact") if x["telephone"] == row["telephone"] and x != row]
            if of and of not in mine and row["telephone"] and not others:
                expect(not holds(db, row["telephone"]), f"{tablet['name']}: a number of {of} in its file")
    copies = 0
    for number in (1, 2, 3):
        actions = table(p, f"{p.sim}/tablet-{number:02}/lantern.db", "action")
        expect(len({a["service_name"] for a in actions}) <= 1, f"tablet {number} holds actions of one service")
        copies += len(actions)
    expect(copies > 0, "there are actions to look at")
    print(f"figure: {compared} rows on four tablets, none of another service")


def test_packs(p, db):
    folder = p.path("packs")
    run("pack", db, "--all", "--out", folder)
    names = sorted(os.listdir(folder))
    expect(names == ["A-Tablet-01.lantern", "B-Tablet-02.lantern", "C-Tablet-03.lantern", "D-Tablet-04.lantern"],
           f"one for each: {names}")
    readers = set()
    for name in names:
        path = os.path.join(folder, name)
        seen = lines("show", path)[0]
        expect(not seen["under_code"] and len(seen["readers"]) == 1, f"one reader each: {seen}")
        readers.add(seen["readers"][0])
        run("show", path, "--db", db, want=2)
        for words in ("Tablet", "Oak", "Mill", "Riverside", "Harbour"):
            expect(not holds(path, words), f"{name} tells {words}")
    expect(len(readers) == 4, "and another one each")
    run("pack", db, "--tablet", "Tablet 02", "--out", p.path("two.lantern"))
    expect(lines("show", p.path("two.lantern"))[0]["readers"] == lines("show", folder + "/" + names[1])[0]["readers"],
           "--tablet seals to the same key")
    run("pack", db, "--open", "--out", p.path("open.lantern"))
    expect(len(lines("show", p.path("open.lantern"))) > 100, "an open one anybody reads")


# ---- revoking and admitting ----------------------------------------------------------------------


def parked(db, name):
    return next(t["parked"] for t in lines("tablets", db) if t["name"] == name)


def visits(p, db, name):
    folder = p.path(f"visits-{name}")
    shutil.rmtree(folder, ignore_errors=True)
    run("csv", db, "--out", folder)
    with open(folder + "/visit.csv", encoding="utf-8", newline="") as f:
        return {row["key"] for row in csv.DictReader(f)}


def test_revoke(p):
    db, all_in, first_in = p.master("revoke.db"), p.master("all.db"), p.master("first.db")
    run("merge", all_in, p.of(1), p.of(1, 2), p.of(2))
    run("merge", first_in, p.of(1), p.of(2))
    run("merge", db, p.of(1), p.of(2))
    refused(db, "revoke", db, "--tablet", "Tablet 01", want=1)
    refused(db, "revoke", db, "--why", "lost", want=1)
    refused(db, "revoke", db, "--tablet", "Tablet 09", "--why", "lost", said="Tablet 02")
    refused(db, "revoke", db, "--tablet", "Tablet 01", "--why", "lost", "--since", "yesterday", want=1)
    refused(db, "admit", db, "--tablet", "Tablet 01", said="not revoked")
    run("revoke", db, "--tablet", "Tablet 01", "--why", "left on the bus")
    refused(db, "merge", db, p.of(1, 2), said="no longer trusted")
    refused(db, "pack", db, "--tablet", "Tablet 01", "--out", p.path("r"), said="revoked")
    expect(visits(p, db, "db") == visits(p, first_in, "first"), "what came before stays")
    merged = lines("merge", db, p.of(1, 2), "--trust")[0]
    beyond = merged["new"]
    expect(beyond > 0 and merged["parked"] == beyond == parked(db, "Tablet 01"), f"all of it is parked: {merged}")
    expect(visits(p, db, "db") == visits(p, first_in, "first"), "what is parked shows nowhere")
    out, _ = run("verify", db)
    expect("Tablet 01" in out, f"verify tells of it: {out}")
    # Some of it, up to a record that a person has looked at; then all of it.
    mine = [x for x in lines("show", p.of(1, 2), "--db", db)]
    log, middle = mine[0]["log"], mine[len(mine) // 2]["seq"]
    refused(db, "admit", db, "--tablet", "Tablet 01", "--up-to", "17", want=1)
    refused(db, "admit", db, "--tablet", "Tablet 01", "--up-to", f"{log}/999999", want=2)
    other = next(x["log"] for x in lines("show", p.of(2), "--db", db))
    refused(db, "admit", db, "--tablet", "Tablet 01", "--up-to", f"{other[:10]}/2", said="not a record of that tablet")
    run("admit", db, "--tablet", "Tablet 01", "--up-to", f"{log[:8]}/{middle}")
    expect(parked(db, "Tablet 01") == mine[-1]["seq"] - middle, "the rest stays parked")
    refused(db, "merge", db, p.of(1, 2), said="no longer trusted")
    run("admit", db, "--tablet", "Tablet 01")
    expect(parked(db, "Tablet 01") == 0 and visits(p, db, "db") == visits(p, all_in, "all"), "all of it counts")
    run("merge", db, p.of(1, 2))
    run("pack", db, "--tablet", "Tablet 01", "--out", p.path("back.lantern"))
    print(f"figure: {beyond} records of a revoked tablet parked, and admitted in two steps")


def test_revoke_since(p):
    """What was written before a moment counts, what came after does not; in either order."""
    first_in, late, early = p.master("f.db"), p.master("late.db"), p.master("early.db")
    run("merge", first_in, p.of(1), p.of(2))
    run("merge", late, p.of(1), p.of(1, 2), p.of(2))
    moment = "2026-03-01"
    run("revoke", late, "--tablet", "Tablet 01", "--why", "stolen", "--since", moment)
    run("merge", early, p.of(1), p.of(2))
    run("revoke", early, "--tablet", "Tablet 01", "--why", "stolen", "--since", moment)
    run("merge", early, p.of(1, 2), "--trust")
    for name, db in (("late", late), ("early", early)):
        expect(visits(p, db, name) == visits(p, first_in, "f"), f"{name}: only what was written before {moment}")
        expect(parked(db, "Tablet 01") > 0, f"{name}: the rest is parked")
        expect(lines("verify", db)[0]["tables_differ"] == 0, f"{name}: the tables are what the journal makes")
    expect(parked(late, "Tablet 01") == parked(early, "Tablet 01"), "the same is parked")
    expect(received(late) == received(early), "nothing is lost: the same records are kept")
    before = p.master("before.db")
    run("merge", before, p.of(1), p.of(1, 2))
    run("revoke", before, "--tablet", "Tablet 01", "--why", "never ours", "--since", "2020-01-01T00:00")
    expect(not visits(p, before, "before"), "before its first record: nothing counts")


def test_revoke_forked(p):
    """Tablet 03 was copied, and both go on: all that is here of both counts, when it is revoked."""
    db = p.master("forked.db")
    run("merge", db, *p.all)
    before = visits(p, db, "forked")
    run("revoke", db, "--tablet", "Tablet 03", "--why", "copied")
    expect(parked(db, "Tablet 03") == 0 and visits(p, db, "forked") == before, "both histories count")
    run("revoke", db, "--tablet", "Tablet 03", "--why", "copied", "--since", "2026-03-01")
    expect(parked(db, "Tablet 03") > 100 and visits(p, db, "forked") < before, "from then on neither does")
    rows = [x for x in lines("show", db, "--kind", "revoke") if x["op"] == "create"]
    expect(len(rows) == 1, f"one revocation, changed: {len(rows)}")
    run("admit", db, "--tablet", "Tablet 03")
    expect(parked(db, "Tablet 03") == 0 and visits(p, db, "forked") == before, "admitted, both count")


# ---- clocks ----------------------------------------------------------------------------------------


def test_clock(p):
    db = p.master("clock.db")
    then = {"LANTERN_CLOCK": "2026-02-01T12:00"}  # the tablets' first bundles say 19 February
    out, _ = run("merge", db, p.of(1), env=then)
    expect("Tablet 01 is 18 days ahead" in out, f"a clock that is wrong is told: {out}")
    x = lines("merge", p.master("clock2.db"), p.of(1), env=then)[0]
    expect(abs(x["clock_off_ms"] / 86400000 - 18) < 1, f"{x}")
    tablet = next(t for t in lines("tablets", db) if t["name"] == "Tablet 01")
    expect(abs(tablet["clock_off_ms"] / 86400000 - 18) < 1, f"{tablet}")
    expect("clock: 18 days ahead" in run("tablets", db)[0], "the list says so")
    right = p.master("clock3.db")
    run("merge", right, p.of(1))
    expect(received(right) == received(db), "and it decides nothing")


# ---- the office is lost ----------------------------------------------------------------------------


def test_restore(p):
    """Nothing is left but the recovery key and what the tablets have."""
    lost, recovery, db = p.master("lost.db"), p.sim + "/recovery.txt", p.path("again.db")
    run("merge", lost, *p.all)
    new = ("init", db, "--provider", "Harbour Lights Care")
    run(*new, "--from", *p.all, want=1)
    run(*new, "--recovery", p.path("absent"), "--from", *p.all, want=2)
    run(*new, "--recovery", p.write("nothing", "no key\n"), "--from", *p.all, want=2)
    other = office(p, "foreign.db")
    run(*new, "--recovery", other + ".recovery", "--from", *p.all, want=2)
    run(*new, "--recovery", recovery, "--from", p.path("absent.lantern"), want=2)
    run(*new, "--recovery", recovery, "--from", p.of(1), p.sim + "/packs/tablet-01-1.lantern", want=2)
    expect(not os.path.exists(db) and not os.path.exists(db + ".keys"), "a refusal leaves nothing")
    before = open(recovery).read()
    out, _ = run(*new, "--recovery", recovery, "--from", *p.all)
    expect("enrol every tablet anew" in out and open(recovery).read() == before, f"says what to do: {out}")
    had, has = {x["hash"] for x in lines("show", lost)}, {x["hash"] for x in lines("show", db)}
    expect(had <= has, f"{len(had - has)} records did not come back")
    expect(visits(p, db, "again") == visits(p, lost, "lost"), "every check is back")
    report = lines("verify", db, want=2)[0]  # the copied tablet is a finding as before
    expect(report["status"] == "status.ok" and report["tables_differ"] == 0, f"{report}")
    out, _ = run("enrol", db, "--tablet", "Tablet 02", "--out", p.path("anew.lantern"))
    expect(CODE.search(out), f"a tablet is enrolled anew: {out}")
    names = [t["name"] for t in lines("tablets", db)]
    expect(names.count("Tablet 02") == 1, f"and is there once: {names}")
    run("show", p.of(1), "--recovery", recovery)
    print(f"figure: {len(had)} records of a lost office back from its recovery key and {len(p.all)} bundles")


def all_tests(p):
    test_pack_refused(p, test_enrol(p))
    db = test_merge(p)
    test_strangers(p)
    test_show(p)
    test_withheld(p)
    test_packs(p, db)
    test_revoke(p)
    test_revoke_since(p)
    test_revoke_forked(p)
    test_clock(p)
    test_restore(p)
    print(f"figure: {place.count} expectations of tablets met")


if __name__ == "__main__":
    place.in_place(all_tests, "--sealed")
