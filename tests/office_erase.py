#!/usr/bin/env python3
"""Erasing from outside: words that somebody asked to be erased are looked for in every byte that is left.

Words count as gone when neither the database nor its companions nor any page, table or pack made afterwards
holds them, and when no bundle that still has them brings them back.
"""
import csv
import glob
import os

from office import place
from office.place import Terminal, expect, hash_of, holds, lines, received, refused, run


def rows(p, db, kind):
    folder = p.path("csv-" + os.path.basename(db))
    run("csv", db, "--out", folder)
    with open(f"{folder}/{kind}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def only_once(p, db):
    """Something heard whose words nothing else in the master holds."""
    everything = lines("show", db)
    for row in rows(p, db, "feedback"):
        if row["text"] and sum(row["text"] in str(x["body"].values()) for x in everything if "body" in x) == 1:
            return row
    raise SystemExit("FAILED: the simulation has nothing that is said once")


def record_of(db, text):
    return next(x for x in lines("show", db) if x["kind"] == "feedback" and x.get("body", {}).get("text") == text)


def found_in(folder, words):
    return [path for path in glob.glob(folder + "/**", recursive=True) if os.path.isfile(path) and holds(path, words)]


# ---- pointing ------------------------------------------------------------------------------------


def test_refused(p):
    db = p.master("refused.db")
    run("merge", db, *p.all)
    row = only_once(p, db)
    name = "feedback:" + row["id"]
    refused(db, "erase", db, name, want=1)
    refused(db, "erase", db, "--why", "asked", want=1)
    refused(db, "erase", db, name, "--why", " ", want=1)
    out, _ = refused(db, "erase", db, name, "--why", "asked", want=1, said="--yes")
    expect(row["text"][:40] in out, f"what would go is shown first: {out}")
    for pointed, status in (("feedback:1", 2), ("nothing:1", 1), ("feedback:", 1), ("feedback:x", 1), ("0f3a9c21/17", 2),
                            ("0f3a/17", 1), ("ZZZZ99", 2), ("/", 1)):
        refused(db, "erase", db, pointed, "--why", "asked", "--yes", want=status, said=pointed)
    # What says who counts is nobody's words.
    for kind in ("enrolment", "provider"):
        refused(db, "erase", db, f"{kind}:{rows(p, db, kind)[0]['id']}", "--why", "asked", "--yes", said="cannot be erased")
    run("erase", p.path("absent.db"), name, "--why", "asked", "--yes", want=2)


def test_pointing(p):
    """The same row by LOG/SEQ, by KIND:ID, an action by its number."""
    db = p.master("point.db")
    run("merge", db, *p.all)
    row = only_once(p, db)
    record = record_of(db, row["text"])
    out, _ = run("show", db, "--kind", "feedback")
    printed = next(x.split()[0] for x in out.splitlines() if row["text"][:60] in x)
    expect(record["log"].startswith(printed.split("/")[0]) and str(record["seq"]) == printed.split("/")[1],
           f"{printed} is what show prints")
    out, _ = run("erase", db, printed, "--why", "asked for it", "--yes")
    expect("feedback:" + row["id"] in out and "1 version" in out, f"{out}")
    refused(db, "erase", db, "feedback:" + row["id"], "--why", "again", "--yes", said="asked for it")
    numbers = [r["reference"] for r in rows(p, db, "action")]
    number = next(x for x in numbers if numbers.count(x) == 1)
    out, _ = run("erase", db, "M-" + number, "--why", "asked", "--yes")
    expect(out.count("action:") == 1, f"{out}")
    expect(number not in [r["reference"] for r in rows(p, db, "action")], "the action is gone")
    twice = [x for x in numbers if numbers.count(x) > 1]
    if twice:
        refused(db, "erase", db, twice[0], "--why", "asked", "--yes", said="more than one")


def test_asked(p):
    db = p.master("asked.db")
    run("merge", db, *p.all)
    row, before = only_once(p, db), hash_of(db)
    for answer in ("no\n", "\n", "y\n"):
        t = Terminal("erase", db, "feedback:" + row["id"], "--why", "asked")
        t.answer("Type yes:", answer)
        t.end(want=2)
        expect(hash_of(db) == before and holds(db, row["text"]), f"{answer!r} is no yes")
    t = Terminal("erase", db, "feedback:" + row["id"], "--why", "asked")
    t.answer("Type yes:", "yes\n")
    expect("Erased" in t.end() and not holds(db, row["text"]), "yes is yes")


# ---- gone ----------------------------------------------------------------------------------------


def test_gone(p):
    db, report = p.master("gone.db"), p.path("report")
    run("merge", db, *p.all)
    row = only_once(p, db)
    words, name = row["text"], "feedback:" + row["id"]
    expect(holds(db, words), "the words are there before")
    run("report", db, "--out", report + "-before")
    expect(found_in(report + "-before", words), "the report holds them before")
    had, content = {x["hash"]: x for x in lines("show", db)}, received(db)
    run("erase", db, name, "--why", "asked for it to be erased", "--yes")
    expect(not holds(db, words), "not one byte of them is left in the database")
    has = {x["hash"]: x for x in lines("show", db)}
    expect(set(had) < set(has) and received(db) == content, "the chain keeps every hash")
    changed = [h for h in had if had[h] != has[h]]
    # The day's key, by which the erased words could be guessed from their hash, goes too.
    expect(sorted(has[h]["kind"] for h in changed) == ["feedback", "salt"] and all(has[h].get("erased") for h in changed),
           f"one record lost its words, no other: {changed}")
    run("csv", db, "--out", p.path("tables"))
    run("report", db, "--out", report)
    run("pack", db, "--open", "--out", p.path("after.lantern"))
    expect(not found_in(p.path("tables"), words) and not found_in(report, words), "no table and no page has them")
    expect(found_in(report, "asked for it to be erased"), "the report says that something was erased, and why")
    expect(all(words not in str(x) for x in lines("show", p.path("after.lantern"))), "no pack has them")
    finding = lines("verify", db, want=2)[0]  # the copied tablet
    expect(finding["status"] == "status.ok" and finding["tables_differ"] == 0, f"{finding}")


def test_stays_gone(p):
    """Bundles that hold the words again, known ones and one that this master has never seen."""
    db = p.master("again.db")
    everything = next(x for x in p.all if x.endswith("tablet-02-all.lantern"))
    run("merge", db, p.of(2))
    heard = next(x for x in lines("show", db) if x["kind"] == "feedback" and x["body"].get("text"))
    words = heard["body"]["text"]
    pointed = f"{heard['log'][:12]}/{heard['seq']}"
    expect(words in str(lines("show", everything, "--db", db)), "the other bundle holds them too")
    run("erase", db, pointed, "--why", "asked", "--yes")
    for path in [p.of(2), everything, *p.all, *reversed(p.all)]:
        run("merge", db, path)
        same = [x for x in lines("show", db) if x["log"] == heard["log"] and words in str(x)]
        expect(not same, f"{path} brought the words back")
    finding = lines("verify", db, want=2)[0]
    expect(finding["status"] == "status.ok" and finding["tables_differ"] == 0, f"{finding}")
    print(f"figure: erased words looked for after {2 * len(p.all) + 2} merges, bundles that hold them among these: 0 found")


def test_about(p):
    """Rows that were written about an erased one may hold the same words: the person is told which."""
    db = p.master("about.db")
    run("merge", db, *p.all)
    source = next((r["source"] for r in rows(p, db, "action") if r["source"]), None)
    expect(source, "an action that came from an answer")
    for kind in ("answer", "observation", "feedback"):
        if source in [r["id"] for r in rows(p, db, kind)]:
            out, _ = run("erase", db, f"{kind}:{source}", "--why", "asked", "--yes")
            expect("same words" in out and "action:" in out.split("same words")[1], f"the action is named: {out}")
            return
    raise SystemExit("FAILED: the action's source is nowhere")


def all_tests(p):
    test_refused(p)
    test_pointing(p)
    test_asked(p)
    test_gone(p)
    test_stays_gone(p)
    test_about(p)
    print(f"figure: {place.count} expectations of erasing met")


if __name__ == "__main__":
    place.in_place(all_tests, "--sealed")
