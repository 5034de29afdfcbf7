#!/usr/bin/env python3
"""Readers from outside: key files, their passphrases on a terminal and in files, and what is said when something
does not fit. What a reader reads is proved in tests/test_reading.c, whom a copy is for in tests/test_roles.c;
here are the programs as a person starts them, two passphrases one after the other included.
"""
import os
import re
import stat

from office import place
from office.place import Terminal, expect, hash_of, lines, refused, run

PASSPHRASE, OFFICES = "seven quiet owls", "nine loud geese"
KEY = re.compile(r"^    (?:[0-9A-HJKMNP-TV-Z]{4}-)+[0-9A-HJKMNP-TV-Z]{4}$", re.M)


def reader(p, db, name, out, *options):
    return run("reader", db, "--name", name, "--out", out, "--reader-passphrase-file",
               p.write("pass", PASSPHRASE + "\n"), *options)


def test_made(p):
    db, key = p.master("made.db"), p.path("guardian.key")
    out, err = reader(p, db, "Speak-up guardian", key)
    expect("(SG)" in out and "packs" in out and not err, f"made: {out}{err}")
    text = open(key, encoding="utf-8").read()
    expect(stat.S_IMODE(os.stat(key).st_mode) == 0o600, "the key is for one person alone")
    expect(len(KEY.findall(text)) == 4 and "Speak-up guardian" in text, f"a key on paper: {text}")
    for line in KEY.findall(text):
        expect(not place.holds(db, line.strip()), "the master holds a reader's key")
    listed = lines("reader", db)
    expect([x["code"] for x in listed] == ["SG"] and not listed[0]["provider"], f"listed: {listed}")
    reader(p, db, "Nominated individual", p.path("ni.key"), "--provider", "--service", "OAK")
    listed = {x["code"]: x for x in lines("reader", db)}
    expect(listed["NI"]["provider"] and listed["NI"]["service"] == "OAK", f"of one service: {listed}")
    expect(listed["NI"]["key"] != listed["SG"]["key"], "each has a key of its own")
    _, err = reader(p, db, "Sally Smith", p.path("ss.key"))
    expect("looks like a person's name" in err, f"a name is pointed out: {err}")


def test_refused(p):
    db, key = p.master("refused.db"), p.path("there.key")
    good = p.write("good", PASSPHRASE + "\n")
    reader(p, db, "Guardian", key)
    kept = open(key, "rb").read()
    for args in (("--name", "X", "--out", key, "--reader-passphrase-file", good),
                 ("--name", "X", "--code", "G", "--out", p.path("x"), "--reader-passphrase-file", good),
                 ("--name", "X", "--service", "NONE", "--out", p.path("x"), "--reader-passphrase-file", good),
                 ("--end", "NOBODY"), ("--name", "X", "--out", p.path("no/x"), "--reader-passphrase-file", good)):
        refused(db, "reader", db, *args)
    for args in (("--name", "X"), ("--out", p.path("x")), ("--provider",), ("--name", " ", "--out", p.path("x")),
                 ("--end", "G", "--name", "X"), ("--name", "X", "--out", p.path("x")),
                 ("--name", "X", "--out", p.path("x"), "--reader-passphrase-file", p.write("brief", "owls\n")),
                 ("--name", "X", "--out", p.path("x"), "--reader-passphrase-file", p.write("none", "\n"))):
        refused(db, "reader", db, *args, want=1)
    expect(open(key, "rb").read() == kept and not os.path.exists(p.path("x")), "never over a file, none left behind")
    for args in ((), ("--key", p.path("missing")), ("--key", db), ("--key", key)):
        run("read", db, *args, "--reader-passphrase-file", p.write("other", "six other owls\n"),
            want=1 if not args else 2)
    run("read", db, "--key", key, want=1)  # no terminal, no file: nothing to open it with
    run("reader", db, "--end", "G")
    refused(db, "reader", db, "--end", "G")


def test_terminal(p):
    """Asked for twice, unseen; and after the office's own where there is one."""
    db, key = p.master("terminal.db"), p.path("terminal.key")
    t = Terminal("reader", db, "--name", "Guardian", "--out", key)
    t.answer("New passphrase for the reader's key: ", PASSPHRASE + "\n")
    t.answer("The same again: ", "seven quiet owl\n")
    expect("not the same" in t.end(1) and not os.path.exists(key), "two that differ are none")
    t = Terminal("reader", db, "--name", "Guardian", "--out", key)
    t.answer("New passphrase for the reader's key: ", PASSPHRASE + "\n")
    t.answer("The same again: ", PASSPHRASE + "\n")
    shown = t.end()
    expect(PASSPHRASE not in shown and os.path.exists(key), f"typed unseen: {shown}")
    t = Terminal("read", db, "--key", key)
    t.answer("The reader's passphrase: ", PASSPHRASE + "\n")
    expect("Nothing is sealed to Guardian" in t.end(), "it opens with what was typed")
    run("keys", db, "--new-passphrase-file", p.write("offices", OFFICES + "\n"))
    t = Terminal("read", db, "--key", key)
    t.answer(f"Passphrase for {db}.keys: ", OFFICES + "\n")
    t.answer("The reader's passphrase: ", PASSPHRASE + "\n")
    expect("Nothing is sealed to Guardian" in t.end(), "the office's first, then the reader's")
    t = Terminal("read", db, "--key", key)
    t.answer(f"Passphrase for {db}.keys: ", OFFICES + "\n")
    t.answer("The reader's passphrase: ", "\x03")
    expect("Nothing is sealed" not in t.end(2), "an interrupt opens nothing")
    refused(db, "read", db, "--key", key, "--reader-passphrase-file", p.write("pass", PASSPHRASE + "\n"))
    run("read", db, "--key", key, "--reader-passphrase-file", p.path("pass"), "--passphrase-file", p.path("offices"))
    run("reader", db)  # only reads: no passphrase


def test_code(p):
    db = p.master("code.db")
    for path in p.all:
        run("merge", db, path, want=None)
    refused(db, "code", db, "--tablet", "Tablet 01", said="has sent no code yet")
    refused(db, "code", db, "--tablet", "Tablet 99", said="Tablet 01")
    refused(db, "code", db, want=1)
    shown = lines("tablets", db)
    expect(all(x["pins"] == 0 and not x["code"] for x in shown), f"simulated tablets have no PIN: {shown}")
    expect("no PIN yet" in run("tablets", db)[0], "said plainly")


def test_provider_file(p):
    """How soon tablets lock is the office's word, within limits."""
    db = p.master("lock.db")

    def add(minutes, want=0, key="lockMinutes"):
        path = p.write("provider.json", '{"schema":"lantern.reference/1","provider":{"code":"HL","name":"Harbour",'
                       f'"{key}":{minutes}}}}}')
        return run("add", db, path, want=want)[1]

    add(7)
    shown = run("show", db, "--kind", "provider", "--json")[0]
    expect('"lock_minutes":7' in shown, f"kept: {shown}")
    add(1)
    add(60)
    add(8, key="lock_minutes")
    for minutes in ("0", "61", "-5", "2.5", '"soon"', "1e9"):
        before = hash_of(db)
        err = add(minutes, want=2)
        expect("lock" in err and "1 to 60" in err, f"{minutes}: says what fits: {err}")
        expect(hash_of(db) == before, f"{minutes}: changed the master")


def main():
    for test in (test_made, test_refused, test_terminal, test_code, test_provider_file):
        place.in_place(test, "--sealed")
    print(f"figure: {place.count} expectations about readers, codes and locks")


if __name__ == "__main__":
    main()
