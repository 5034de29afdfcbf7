#!/usr/bin/env python3
"""Checks the words and the reach of the built-in forms, and the data beside them.

Journey: assets/templates, frameworks, contacts, sample -> this script -> `make test`.
The program's own validator says whether a form can be read; this one asks whether it is worth
reading: every one of the 510 known failings is caught by an item, critical items are complete, no worker is
asked more than three things, nothing is said twice, no card asks two things, nobody is named, and an
eleven-year-old can follow. Standard library only. Prints `figure:` lines; every fault is one line.

    check_content.py                 demands every form and every issue: what `make test` runs
    check_content.py BELL MEDS       only these (and that their ids and wording differ from all others)
    check_content.py --some          every form that is there; those not written yet are only named
    check_content.py --list [CODE…]  also prints item -> issues and issue -> items
    LANTERN_PAPERS=DIR:FILE          texts (*.txt, *.md) that may not be copied from, six words in a row

Exit: 0 all is well, 1 faults. Notes are only advice. What each form must hold: tests/golden/forms.txt and
issues.txt; what may look like two questions and is one: double_allowed.txt.
"""
import argparse
import csv
import json
import os
import re
import sys

from content.form import (check_alike, check_form, check_ids, check_night, check_people_guide, check_targets,
                          fault, faults, filled, items_of, note, notes, texts_of, PLACES)
from content.words import grade, name_in, papers, runs

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "tests", "golden")
LISTING = os.path.join(ROOT, "build", "reach.txt")

CORE = "N01 N03 N06 N07 N18 N19 N21 N22 N29 N41 N42 N51 N56 N58".split()
CRITICAL = "N07 N18 N19 N29 N30 N41 N42 N51 N56 N59".split()
DUTIES = {"safeguarding", "police", "cqc", "candour", "controlled_drugs", "riddor", "data_breach"}
PURPOSES = {"emergency", "safeguarding", "on_call", "manager", "provider", "regulator", "council", "police",
            "doctor", "speak_up", "fire", "data", "identity"}
# Roles of the longer list that a small home may hold in one person; the tablet shows the words as they are.
ROLES = set("""person in charge|provider|registered manager|clinical lead|nurse in charge|nurse|
medicines lead|infection lead|safeguarding lead|capacity lead|learning lead|activities lead|
communication lead|health and safety lead|dignity lead|complaints lead|HR lead|office lead|
improvement lead|chair|care planner|key worker|activities worker|trainer|end of life lead|laundry worker|
nominated individual|quality lead|operations director|scheduler""".replace("\n", "").split("|"))


def load(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as f:
        return json.load(f)


def lines_of(name):
    with open(os.path.join(GOLDEN, name), encoding="utf-8") as f:
        return [line.rstrip("\n") for line in f if line.strip() and line[0] != "#"]


def known_forms():
    """code -> (prefix, items, items of each section)"""
    out = {}
    for line in lines_of("forms.txt"):
        code, prefix, count, *sizes = line.split()
        out[code] = (prefix, int(count), [int(n) for n in sizes])
    return out


def known_issues():
    """issue -> (how it is found, forms that have to find it, a few words)"""
    out = {}
    for line in lines_of("issues.txt"):
        issue, how, forms, label = line.split(" ", 3)
        out[issue] = (how, forms.split(","), label)
    return out


def read_form(code, known):
    path = os.path.join(ROOT, "assets", "templates", code + ".json")
    if not os.path.exists(path):
        return None
    try:
        with open(path, encoding="utf-8") as f:
            form = filled(json.load(f))
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        fault(code, f"cannot be read: {type(why).__name__} {why}")
        return None
    if form.get("code") != code:
        fault(code, f"its code is {form.get('code')!r}")
    return form


# ---- reach ---------------------------------------------------------------------------------------

def check_reach(forms, issues, only, complete):
    """Does every form catch what it has to, and do all forms together catch everything?"""
    caught = {}
    for code, form in forms.items():
        for _, i in items_of(form):
            for issue in i["catches"]:
                caught.setdefault(issue, []).append((code, i["id"]))
    for code in only:
        needed = {issue for issue, (_, codes, _) in issues.items() if code in codes}
        missed = sorted(issue for issue in needed if code not in [c for c, _ in caught.get(issue, [])])
        for issue in missed:
            fault(code, f"catches nothing of {issue} ({issues[issue][2]})")
        if needed:
            print(f"figure: {code} catches {len(needed) - len(missed)} of {len(needed)} issues")
    for how in ("floor", "records", "ask"):
        of = [i for i in issues if issues[i][0] == how]
        print(f"figure: found by {how}: {sum(i in caught for i in of)} of {len(of)} issues")
    reached = sum(i in caught for i in issues)
    print(f"figure: coverage {reached} of {len(issues)} issues, {len(forms)} forms, "
          f"{sum(len(items_of(f)) for f in forms.values())} items")
    if complete and reached < len(issues):
        fault("reach", "nothing catches " + ", ".join(i for i in issues if i not in caught))
    return caught


def listing(forms, issues, caught, only):
    out = []
    for code in only:
        for _, i in items_of(forms[code]):
            out.append(f"{code} {i['id']} {' '.join(i['catches']) or '-'}  {i['text']}")
    for issue, (how, codes, label) in issues.items():
        if set(codes) & set(only):
            items = [i for _, i in caught.get(issue, [])]
            out.append(f"{issue} {how} {' '.join(items) or 'NOTHING'}  {label}")
    return out


# ---- keywords ------------------------------------------------------------------------------------

def ranked(text, statements):
    """As framework_rank does it without a section: whole words that match, then the framework's order."""
    said = set(re.findall(r"[a-z0-9-]+", text.lower()))
    order = sorted(range(len(statements)), key=lambda n: (-len(said & set(statements[n]["keywords"])), n))
    return [statements[n]["code"] for n in order[:3] if said & set(statements[n]["keywords"])]


def check_keywords(data):
    """What people type about a finding should lead to its statement without a second look."""
    statements = [s for q in data["questions"] for s in q["statements"]]
    sayings = [line.split(" ", 1) for line in lines_of("sayings.txt")]
    for code, saying in sayings:
        if code not in ranked(saying, statements):
            fault(f"keywords of {code}", f"{saying!r} leads to {ranked(saying, statements)}")
    print(f"figure: {len(sayings)} sayings lead to their statement among the first three")


# ---- copied words --------------------------------------------------------------------------------

def check_copied(forms, framework_file):
    theirs, count = papers(os.environ.get("LANTERN_PAPERS", ""))
    if not count:
        return
    ours = [(f"{c} {i['id']}", t) for c, form in forms.items() for _, i in items_of(form) for t in texts_of(i)]
    ours += [(c, t) for c, f in forms.items() for t in (f["about"], f["who"], f["often"])]
    ours += [(s["code"], s["plain"]) for q in framework_file["questions"] for s in q["statements"]]
    ours += [(r["id"], r["plain"]) for r in framework_file["regulations"]]
    for where, text in ours:
        for run in sorted(runs(text) & theirs):
            fault(where, f"six words in a row from the papers: {run!r}")
    print(f"figure: {len(ours)} texts compared with {count} papers, word for word")


# ---- framework, contacts, sample -----------------------------------------------------------------

def check_framework(data):
    statements = [s for q in data["questions"] for s in q["statements"]]
    if len(statements) != 34 or len(data["regulations"]) != 30 or len(data["questions"]) != 5:
        fault("framework", f"{len(statements)} statements, {len(data['regulations'])} regulations")
    for s in statements:
        if not 10 <= len(s["keywords"]) <= 25 or len(set(s["keywords"])) != len(s["keywords"]):
            fault(s["code"], "10 to 25 keywords, each once")
        if any(k != k.lower() or " " in k for k in s["keywords"]):
            fault(s["code"], "keywords are single lower-case words")
        if grade(s["plain"]) > 10:
            fault(s["code"], f"reads like school year {grade(s['plain']):.1f}")
    return {"id": data["id"], "statements": {s["code"] for s in statements},
            "regulations": {r["id"] for r in data["regulations"]}, "issues": set(known_issues())}


def check_contacts(where, contacts):
    if [c["position"] for c in contacts] != list(range(1, len(contacts) + 1)):
        fault(where, "contacts out of order")
    for c in contacts:
        if c["purpose"] not in PURPOSES or not c["source"] or name_in(c["label"]):
            fault(where, f"contact {c['label']!r}")
    if contacts[0]["telephone"] != "999":
        fault(where, "999 comes first")


def check_duties(data):
    names = [d["name"] for d in data["duties"]]
    if set(names) != DUTIES or len(names) != len(DUTIES):
        fault("contacts", f"duties {names}")
    for d in data["duties"]:
        if not 1 <= d["decide_within_hours"] <= 72 or not d["source"]:
            fault("contacts", f"duty {d['name']}: hours and source")


INVENTED = re.compile(r"^(020 7946 0\d{3}|01632 960\d{3}|999|101|111|03000 616161|)$")


def check_sample(data, forms):
    targets = {p["target"] for f in forms.values() for _, i in items_of(f) for p in i["parts"]
               if p.get("target")}
    if not data["provider"]["sample"]:
        fault("sample", "not marked as made up")
    people = list(data["people"])
    for s in data["services"]:
        where = f"sample {s['code']}"
        check_contacts(where, s["contacts"])
        people += s["people"]
        names = [a["name"] for a in s["areas"]]
        if len(names) != len(set(names)) or any(a["sort"] not in PLACES for a in s["areas"]):
            fault(where, "areas")
        for t in s["targets"]:
            if t["name"] not in targets:
                fault(where, f"target {t['name']!r} belongs to no form")
        numbers = [s["telephone"]] + [c["telephone"] for c in s["contacts"]]
        for n in numbers + [p["telephone"] for p in s["people"]]:
            if not INVENTED.match(n):
                fault(where, f"{n!r} could be somebody's number")
    night = {p["target"] for _, i in items_of(forms["NIGHT"]) for p in i["parts"] if p.get("target")}
    if not night <= {t["name"] for t in data["services"][0]["targets"]}:
        fault("sample", "the first home lacks targets")
    codes = [p["code"] for p in people]
    if len(codes) != len(set(codes)):
        fault("sample", "two people with one code")
    for p in people:
        if name_in(p["label"]):
            fault("sample", f"{p['label']!r} looks like a name")
    check_csv(data, people)
    print(f"figure: sample of {len(data['services'])} services, {sum(len(s['areas']) for s in data['services'])} "
          f"places, {len(people)} roles, {len(targets)} targets")


def check_owners(forms, data):
    """The usual owner of an action should be somebody whom the list of roles knows."""
    known = {p["role"] for s in data["services"] for p in s["people"]} | ROLES
    for code, form in forms.items():
        for _, i in items_of(form):
            if i["ownerRole"] and i["ownerRole"] not in known:
                fault(f"{code} {i['id']}", f"nobody has the role {i['ownerRole']!r}; roles: "
                      + ", ".join(sorted(known)))


def check_csv(data, people):
    for name, n in (("areas", sum(len(s["areas"]) for s in data["services"])), ("people", len(people))):
        path = os.path.join(ROOT, "assets", "sample", "csv", name + ".csv")
        with open(path, encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        if len(rows) != n or any(None in r or None in r.values() for r in rows):
            fault(f"csv/{name}.csv", f"{len(rows)} rows, {n} in sample.json")


def arguments():
    parser = argparse.ArgumentParser(description="Checks the words and the reach of the built-in forms.")
    parser.add_argument("codes", nargs="*", metavar="CODE")
    parser.add_argument("--some", action="store_true", help="forms and issues may be missing")
    parser.add_argument("--all", action="store_true", help="demand them; as without arguments")
    parser.add_argument("--list", action="store_true", help="print item -> issues and issue -> items")
    return parser.parse_args()


def check_beside(framework_file, forms):
    """The data beside the forms: keywords, numbers to ring, the sample."""
    check_keywords(framework_file)
    england = load("assets", "contacts", "england.json")
    check_contacts("contacts", england["contacts"])
    check_duties(england)
    sample = load("assets", "sample", "sample.json")
    check_sample(sample, forms)
    check_owners(forms, sample)


def check_every(forms, only, framework, known):
    allowed = {line.split(" ", 1)[0] for line in lines_of("double_allowed.txt")}
    for code in only:
        check_form(forms[code], known[code], framework, allowed)
    if "NIGHT" in only:
        check_night(forms["NIGHT"], CORE, CRITICAL)
    if "VFP" in only:
        check_people_guide(forms["VFP"])
    check_ids(forms)
    check_alike(forms, allowed)
    check_targets(forms)


def main():
    args = arguments()
    complete = args.all or not (args.codes or args.some)
    known, issues = known_forms(), known_issues()
    for code in set(args.codes) - set(known):
        fault(code, "no such form in tests/golden/forms.txt")
    framework_file = load("assets", "frameworks", "cqc-saf-2024-12.json")
    framework = check_framework(framework_file)
    read = {code: read_form(code, known) for code in known}
    forms = {code: form for code, form in read.items() if form}
    missing = [code for code in known if code not in forms]
    only = [code for code in forms if not args.codes or code in args.codes]
    check_every(forms, only, framework, known)
    caught = check_reach(forms, issues, only, complete)
    check_copied({code: forms[code] for code in only}, framework_file)
    if not args.codes:
        check_beside(framework_file, forms)
    out = listing(forms, issues, caught, only)
    os.makedirs(os.path.dirname(LISTING), exist_ok=True)
    with open(LISTING, "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")
    if args.list:
        print("\n".join(out))
    if missing:
        print(f"missing: {len(missing)} forms not written yet: {' '.join(missing)}")
        if complete:
            fault("forms", f"{len(missing)} are missing")
    mine = [f for f in faults if not args.codes or f.split()[0].rstrip(":") in args.codes]
    for line in mine:
        print(line)
    for line in notes:
        if line.split()[0].rstrip(":") in (args.codes or only):
            print("note:", line)
    print(f"{len(mine)} faults, {len(notes)} notes")
    return 1 if mine else 0


if __name__ == "__main__":
    sys.exit(main())
