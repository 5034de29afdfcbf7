#!/usr/bin/env python3
"""The office's keys from outside: init, the recovery key, passphrases on a terminal, in a file and in the
environment, new keys. A simulation with enrolled tablets shows that old bundles open after each change.
"""
import os
import re
import stat

from office import place
from office.place import Terminal, expect, hash_of, lines, refused, run

PASSPHRASE = "seven quiet owls"
KEY = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){10,}[0-9A-HJKMNP-TV-Z]{1,4}")


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_init(p):
    db = p.path("init.db")
    out, _ = run("init", db, "--provider", "Harbour Lights Care")
    key = KEY.findall(out)
    expect(len(key) == 1 and "away from this machine" in out, f"the recovery key is shown once: {out}")
    expect(mode(db) == 0o600 and mode(db + ".keys") == 0o600, "both are for one person alone")
    for name in (db, db + ".keys"):
        expect(not place.holds(name, key[0]) and not place.holds(name, key[0].replace("-", "")),
               f"the recovery key stands in {name}")
    written = p.path("recovery.txt")
    out, _ = run("init", p.path("two.db"), "--provider", "P", "--recovery", written)
    with open(written, encoding="utf-8") as f:
        kept = KEY.findall(f.read())
    expect(len(kept) == 1 and kept != key and not KEY.search(out), "in the file and not on the screen")
    expect(mode(written) == 0o600, "the file is for one person alone")


def test_init_refused(p):
    for name in ("three.db", "three.db.keys"):
        expect(not os.path.exists(p.path(name)), "a fresh name")
    there = p.write("there.txt", "somebody else's recovery key\n")
    _, err = run("init", p.path("three.db"), "--provider", "P", "--recovery", there, want=2)
    expect("there.txt" in err and open(there).read() == "somebody else's recovery key\n", "never over a file")
    run("init", p.path("three.db"), "--provider", "P", "--recovery", p.path("no/folder/x"), want=2)
    keys = p.write("left.db.keys", "keys of another office")
    _, err = run("init", p.path("left.db"), "--provider", "P", want=2)
    expect("left.db.keys" in err and open(keys).read() == "keys of another office", f"keys that are left: {err}")
    run("init", p.path("three.db"), "--provider", "P", "--passphrase", want=1)
    run("init", p.path("three.db"), "--provider", "P", "--passphrase-file", p.write("short", "owls\n"), want=1)
    run("init", p.path("three.db"), "--provider", "P", "--passphrase-file", p.write("none", "\n"), want=1)
    with open("/dev/full", "w") as full:
        done = place.subprocess.run([place.OFFICE, "init", p.path("three.db"), "--provider", "P"], stdout=full,
                                    stderr=place.subprocess.PIPE, cwd=place.ROOT, env=place.CLEAN)
    expect(done.returncode != 0, "a recovery key that nobody saw is no recovery key")
    for name in ("three.db", "three.db.keys", "three.db-wal", "left.db"):
        expect(not os.path.exists(p.path(name)), f"{name} was left behind")


def test_passphrase(p):
    db = p.path("locked.db")
    file, wrong = p.write("pass", PASSPHRASE + "\n"), p.write("wrong", "seven loud owls\n")
    out, _ = run("init", db, "--provider", "P", "--code", "P1", "--passphrase-file", file)
    expect("passphrase" in out, f"it says so: {out}")
    sample = os.path.join(place.ROOT, "assets/sample/sample.json")
    writing = [("add", db, sample), ("enrol", db, "--tablet", "B", "--out", p.path("b.lantern")),
               ("pack", db, "--open", "--out", p.path("o.lantern")), ("keys", db, "--new"),
               ("erase", db, "provider:1", "--why", "w", "--yes"), ("revoke", db, "--tablet", "B", "--why", "w"),
               ("merge", db, p.all[0])]
    for args in writing:
        refused(db, *args, said="locked.db.keys lies under a passphrase")
        refused(db, *args, "--passphrase-file", wrong, said="does not open")
        refused(db, *args, env={"LANTERN_PASSPHRASE": "seven loud owls"}, said="does not open")
    refused(db, "add", db, sample, "--passphrase-file", p.path("absent"), said="absent")
    for args in (("hash", db), ("show", db), ("tablets", db), ("csv", db, "--out", p.path("c")),
                 ("report", db, "--out", p.path("r"))):
        run(*args)  # reading needs none
    out, _ = run("add", db, sample, env={"LANTERN_PASSPHRASE": PASSPHRASE})
    expect(" 0 there already" in out, f"with the passphrase it writes: {out}")
    run("verify", db, "--passphrase-file", file)
    return db, file


def test_change(p, db, file):
    """A new passphrase, none, and one again; each time the one before is worth nothing."""
    new = p.write("new", "eight quiet owls\n")
    refused(db, "keys", db, "--passphrase", "--passphrase-file", file, want=1, said="LANTERN_NEW_PASSPHRASE")
    refused(db, "keys", db, "--passphrase", "--passphrase-file", file, want=1,
            env={"LANTERN_NEW_PASSPHRASE": "owls"}, said="8")
    run("keys", db, "--passphrase", "--new-passphrase-file", new, "--passphrase-file", file)
    refused(db, "keys", db, "--new", "--passphrase-file", file, said="does not open")
    run("keys", db, "--no-passphrase", "--passphrase-file", new)
    run("keys", db, "--new")
    run("keys", db, "--passphrase", env={"LANTERN_PASSPHRASE": PASSPHRASE})
    refused(db, "keys", db, "--new", said="lies under")
    run("keys", db, "--new", "--passphrase-file", file)
    for wrong in ((), ("--new", "--no-passphrase"), ("--new", "--passphrase")):
        refused(db, "keys", db, *wrong, want=1)


def test_terminal(p):
    """What is typed is not shown; a slip may be made twice; the two of a new one have to agree."""
    db = p.path("typed.db")
    t = Terminal("init", db, "--provider", "P", "--passphrase")
    t.answer("New passphrase", PASSPHRASE + "x\x7f\n")
    t.answer("same again", PASSPHRASE + "\n")
    shown = t.end()
    expect(PASSPHRASE not in shown and KEY.search(shown), f"typed unseen, the key shown: {shown}")
    t = Terminal("keys", db, "--new")
    t.answer("Passphrase for", "a slip of the finger\n")
    t.answer("Passphrase for", PASSPHRASE + "\n")
    expect(PASSPHRASE not in t.end(), "typed unseen")
    before = hash_of(db)
    t = Terminal("keys", db, "--new")
    for _ in range(3):
        t.answer("Passphrase for", "a guess at it\n")
    t.end(want=2)
    t = Terminal("keys", db, "--new")
    t.answer("Passphrase for", "seven qu\x03")
    t.end(want=2)
    t = Terminal("keys", db, "--passphrase")
    t.answer("Passphrase for", PASSPHRASE + "\n")
    t.answer("New passphrase", "nine quiet owls\n")
    t.answer("same again", "nine quite owls\n")
    t.end(want=1)
    expect(hash_of(db) == before, "nothing was changed by all that")
    run("keys", db, "--new", env={"LANTERN_PASSPHRASE": PASSPHRASE})
    t = Terminal("init", p.path("slip.db"), "--provider", "P", "--passphrase")
    t.answer("New passphrase", "nine quiet owls\n")
    t.answer("same again", "nine quite owls\n")
    t.end(want=1)
    expect(not os.path.exists(p.path("slip.db")), "a slip makes no office")


def test_new_keys(p):
    """New keys again and again: bundles of before open, merge and are told apart from strangers' ones."""
    db = p.master("rotated.db")
    expected = p.master("plain.db")
    run("merge", expected, *p.all)
    for path in p.all:
        run("keys", db, "--new")
        out, _ = run("merge", db, path)
        expect("refused" not in out, f"sealed to the keys before: {out}")
    came = {x["hash"] for x in lines("show", db)}
    expect({x["hash"] for x in lines("show", expected)} <= came, "the same records came in")
    before = hash_of(db)
    out, _ = run("keys", db, "--new")
    expect("pack DB --all" in out, f"says what to do next: {out}")
    packs = p.path("packs")
    run("pack", db, "--all", "--out", packs)
    expect(len(os.listdir(packs)) == 4, "a pack for each tablet")
    run("verify", db, want=2)  # the copied tablet is a finding
    report = lines("verify", db, want=2)[0]
    expect(report["status"] == "status.ok" and report["chain_damaged"] == 0, f"the chains hold: {report}")
    expect(hash_of(db) != before or report["logs"] > 4, "there is a log of the new key")
    print(f"figure: bundles opened after each of {len(p.all)} changes of the office's keys")


def test_new_recovery(p):
    """The paper is lost: another key, of which bundles made before know nothing."""
    db, kept = p.path("paper.db"), p.path("paper.txt")
    run("init", db, "--provider", "P", "--recovery", kept)
    out, _ = run("keys", db, "--new-recovery")
    expect(len(KEY.findall(out)) == 1 and "pack DB --all" in out, f"shown once, and what to do next: {out}")
    expect(KEY.findall(out) != KEY.findall(open(kept).read()), "another one")
    run("keys", db, "--new-recovery", "--recovery", kept, want=2)
    run("keys", db, "--recovery", p.path("no/folder/x"), want=2)
    with open("/dev/full", "w") as full:
        done = place.subprocess.run([place.OFFICE, "keys", db, "--new-recovery"], stdout=full,
                                    stderr=place.subprocess.PIPE, cwd=place.ROOT, env=place.CLEAN)
    expect(done.returncode == 3, "nobody saw it")
    run("keys", db, "--recovery", p.path("paper-2.txt"))
    run("keys", db, "--new", "--new-recovery", want=1)
    # The simulation's bundles are sealed to the first one, whatever the office keeps by now.
    again = p.master("paper-3.db")
    run("keys", again, "--recovery", p.path("paper-3.txt"))
    run("show", p.all[0], "--recovery", p.path("paper-3.txt"), want=2)
    run("show", p.all[0], "--recovery", p.sim + "/recovery.txt")


def all_tests(p):
    test_init(p)
    test_init_refused(p)
    test_change(p, *test_passphrase(p))
    test_terminal(p)
    test_new_keys(p)
    test_new_recovery(p)
    print(f"figure: {place.count} expectations of keys met")


if __name__ == "__main__":
    place.in_place(all_tests, "--sealed")
