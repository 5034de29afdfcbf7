#!/usr/bin/env python3
"""Checks the words and the reach of the built-in forms, and the data beside them.

Journey: assets/templates, frameworks, contacts, sample -> this script -> `make test`.
The program's own validator says whether a form can be read; this one asks whether it is worth
reading: every issue it has to find is caught by an item, critical items are complete, no worker is
asked more than three things, nothing is said twice, nobody is named, and an eleven-year-old can follow.
Standard library only. Prints `figure:` lines; every fault is one line, and the exit code is then 1.
"""
import csv
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# A folder of texts (*.txt, *.md) that the forms may not copy from: law, guidance, somebody else's forms.
PAPERS = os.environ.get("LANTERN_PAPERS", "")

COUNTS = {"NIGHT": 60, "WALK": 28, "VFP": 30}
PREFIX = {"NIGHT": "N", "WALK": "W", "VFP": "P"}
CORE = "N01 N03 N06 N07 N18 N19 N21 N22 N29 N41 N42 N51 N56 N58".split()
CRITICAL = "N07 N18 N19 N29 N30 N41 N42 N51 N56 N59".split()
SETTINGS = {"care_home", "nursing_home", "learning_disability", "home_care", "supported_living",
            "extra_care"}
EVIDENCE = {"people", "staff", "partners", "observation", "processes", "outcomes"}
LANES = {"before_leave", "before_tonight", "this_week", "this_month"}
KINDS = {"met", "ask", "yes_no", "choice", "ticks", "x_of_y", "tally", "counts", "number", "seconds",
         "minutes", "time", "day", "words", "person", "face"}
WITH_CHOICES = {"choice", "ticks", "tally", "counts"}
RULES = {"at_most", "at_least", "between"}
DUTIES = {"safeguarding", "police", "cqc", "candour", "controlled_drugs", "riddor", "data_breach"}
PURPOSES = {"emergency", "safeguarding", "on_call", "manager", "provider", "regulator", "council", "police",
            "doctor", "speak_up", "fire", "data", "identity"}
SORTS = {"unit", "room", "lounge", "dining", "kitchen", "bathroom", "corridor", "medicines", "laundry",
         "outside", "office", "stairs", "other"}
ID = re.compile(r"^[A-Za-z0-9_-]{1,24}$")
ISSUE = re.compile(r"^[A-Z]{3}-[A-Z][1-8]/\d\d$")

GRADE_FORM, GRADE_ITEM = 7.0, 12.0
TOO_ALIKE = 0.72  # share of words two cards may have in common
RUN = 6           # words in a row that count as copied

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def load(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as f:
        return json.load(f)


def items_of(form):
    return [(s, i) for s in form["sections"] for i in s["items"]]


# ---- words ---------------------------------------------------------------------------------------

def words_in(text):
    return re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", text.lower())


def syllables(word):
    """Vowel groups, without a silent final e; good enough to compare forms."""
    word = re.sub(r"['’].*$", "", word.lower())
    if not re.search("[a-z]", word):
        return 1
    word = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[^aeiouydt])ed$", "", word) or word
    return max(1, len(re.findall("[aeiouy]+", word)))


def grade(text):
    """Flesch-Kincaid: the school year (US) that can follow it; 5 to 6 is about age eleven."""
    sentences = [s for s in re.split(r"[.!?]+|\n", text) if words_in(s)]
    found = [w for s in sentences for w in words_in(s)]
    if not found:
        return 0.0
    return (0.39 * len(found) / len(sentences)
            + 11.8 * sum(map(syllables, found)) / len(found) - 15.59)


def texts_of(item):
    """Every sentence a person sees on the card."""
    out = [item["text"], item["help"], item.get("goodLooksLike", ""), item.get("measure", ""),
           item.get("followUp", "")]
    out += item.get("phrases", [])
    for part in item["parts"]:
        out.append(part.get("text", ""))
        out += [c["text"] for c in part.get("choices", [])]
    return [t for t in out if t]


def read_aloud(item):
    """What is read as sentences. Labels of buttons are left out: their few words would flatter the grade."""
    prose = [item["text"], item["help"], item.get("goodLooksLike", ""), item.get("measure", ""),
             item.get("followUp", "")]
    return "\n".join(t for t in prose if t)


TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sister|Nurse)\.? [A-Z][a-z]+")
TWO_CAPITALS = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,} [A-Z][a-z]{2,}\b")
FIRST_NAMES = set("""aisha albert alice amy andrew ann anna anne arthur barbara ben betty brian carol
charles charlotte chris claire daniel dave david debbie derek diane donna doris dorothy edith edna elizabeth
elsie emily emma eric ethel fatima florence frank fred gary george gladys gordon hannah harold harry helen
henry ian irene jack jackie james jane janet jean jenny jessica jim joan joe john joyce judith julie karen
kate kath keith ken kevin laura len leslie lily linda lisa lucy maggie malcolm margaret maria marion
marjorie martin mary maureen michael mohammed muriel nancy nick nicola norman olive oliver pamela pat
patricia paul pauline peggy peter phil phyllis priya rachel ray rebecca richard robert roger ron ronald
ruth sally sam samantha sandra sarah sharon sheila shirley simon sophie stan stephen steve sue susan sylvia
terry thomas tim tom tony tracy vera victoria violet walter wendy william winifred""".split())


NOT_PEOPLE = re.compile(r"Oak House|Mill Cottage|Riverside Home Care|Care Quality Commission")


def name_in(text):
    """A likely person's name, or None."""
    text = NOT_PEOPLE.sub("", text)
    for pattern in (TITLES, TWO_CAPITALS):
        hit = pattern.search(text)
        if hit:
            return hit.group(0)
    for word in re.findall(r"\b[A-Z][a-z]+\b", text):
        if word.lower() in FIRST_NAMES:
            return word
    return None


def alike(a, b):
    """Jaccard of the words that carry meaning."""
    small = set("a an the and or of to in on at is are it be that this they you for with as by".split())
    x, y = set(words_in(a)) - small, set(words_in(b)) - small
    return len(x & y) / len(x | y) if x | y else 0.0


# ---- one form ------------------------------------------------------------------------------------

def check_part(where, part):
    if part["id"] and not ID.match(part["id"]):
        fault(where, f"part id {part['id']!r} has other letters or is too long")
    if part["kind"] not in KINDS:
        fault(where, f"unknown kind {part['kind']!r}")
    choices = part.get("choices", [])
    if (part["kind"] in WITH_CHOICES) != bool(choices):
        fault(where, f"{part['kind']} and its choices do not go together")
    if len(choices) > 16:
        fault(where, "more than 16 choices")
    if len({c["id"] for c in choices}) != len(choices) or not all(ID.match(c["id"]) for c in choices):
        fault(where, "choice ids must differ and be plain")
    if bool(part.get("target")) != bool(part.get("rule")) or bool(part.get("rule")) != ("default" in part):
        fault(where, "a target needs its rule and its default")
    if part.get("rule") and part["rule"] not in RULES:
        fault(where, f"unknown rule {part['rule']!r}")
    if part.get("rule") == "between" and part["default"] >= part.get("defaultHigh", 0):
        fault(where, "between needs a lower and a higher default")
    if part["kind"] == "number" and not part.get("unit"):
        fault(where, "a number without a unit")
    if part["kind"] in ("number", "minutes") and part.get("least", 0) >= part.get("most", 0):
        fault(where, "a number needs bounds")


def check_item(code, item, framework, section):
    where = f"{code} {item['id']}"
    if not re.match(r"^%s\d\d$" % PREFIX[code], item["id"]):
        fault(where, "the id does not fit the form")
    if not 1 <= len(item["text"].encode()) <= 300 or not 1 <= len(item["help"].encode()) <= 600:
        fault(where, "text must have 1 to 300 bytes, help 1 to 600")
    if len(item["text"]) > 100:
        fault(where, f"{len(item['text'])} letters are too many for a card")
    for code_ in [item["statement"]] + item["statements"]:
        if code_ not in framework["statements"]:
            fault(where, f"no statement {code_!r}")
    if item["statement"] in item["statements"]:
        fault(where, "its main statement stands twice")
    for reg in item["regulations"]:
        if reg not in framework["regulations"]:
            fault(where, f"no regulation {reg!r}")
    if not item["regulations"]:
        fault(where, "no regulation")
    if item["evidence"] not in EVIDENCE:
        fault(where, f"unknown evidence {item['evidence']!r}")
    if set(item["settings"]) - SETTINGS:
        fault(where, "unknown setting")
    for issue in item["catches"]:
        if not ISSUE.match(issue) or issue[:6] not in framework["statements"]:
            fault(where, f"odd issue {issue!r}")
    if code != "VFP":  # so that an action is two taps, whatever it comes from
        for need in ("goodLooksLike", "measure", "ownerRole", "lane"):
            if not item.get(need):
                fault(where, f"no {need}")
    if item["critical"]:
        if not 3 <= len(item["phrases"]) <= 4:
            fault(where, "critical: three or four phrases, please")
    if item.get("lane", "before_leave") not in LANES:
        fault(where, f"unknown lane {item['lane']!r}")
    if not 1 <= len(item["parts"]) <= 8 or len({p["id"] for p in item["parts"]}) != len(item["parts"]):
        fault(where, "one to eight parts with ids that differ")
    if len(item["parts"]) > 1 and not all(p["id"] and p["text"] for p in item["parts"]):
        fault(where, "of several parts each needs an id and a question")
    for part in item["parts"]:
        check_part(f"{where} {part['id']}".rstrip(), part)
    for text in texts_of(item):
        if name_in(text):
            fault(where, f"looks like a name: {name_in(text)!r}")
        if re.search(r"\b(resident|residents|service user|client|patient)s?\b", text, re.I):
            fault(where, f"people are people: {text!r}")
    if section["repeats"] and item["asksWorker"]:
        fault(where, "asks a worker once for every room")


def check_condition(code, form, item):
    when = item.get("when")
    if not when:
        return
    where = f"{code} {item['id']} when"
    other = {i["id"]: i for _, i in items_of(form)}.get(when["item"])
    order = [i["id"] for _, i in items_of(form)]
    part = other and {p["id"]: p for p in other["parts"]}.get(when.get("part", ""))
    if not part:
        fault(where, "points to nothing")
    elif order.index(when["item"]) >= order.index(item["id"]):
        fault(where, "points to a later item")
    elif "atLeast" in when and part["kind"] not in ("number", "x_of_y"):
        fault(where, "at least needs a number")


def check_form(code, form, framework):
    pairs = items_of(form)
    ids = [i["id"] for _, i in pairs]
    want = {"%s%02d" % (PREFIX[code], n) for n in range(1, COUNTS[code] + 1)}
    if len(ids) != len(set(ids)) or set(ids) != want:
        fault(code, f"{len(ids)} items, {COUNTS[code]} wanted; odd: {sorted(set(ids) ^ want)}")
    if form["code"] != code or form["framework"] != framework["id"] or form["schema"] != "lantern.template/1":
        fault(code, "code, framework or schema")
    modules = {m["id"] for m in form["modules"]}
    for s, i in pairs:
        check_item(code, i, framework, s)
        check_condition(code, form, i)
        if i["module"] != "core" and i["module"] not in modules:
            fault(f"{code} {i['id']}", f"no module {i['module']!r}")
    for s in form["sections"]:
        asked = [i["id"] for i in s["items"] if i["asksWorker"]]
        if len(asked) > 3:
            fault(f"{code} {s['id']}", f"asks one worker {len(asked)} things: {', '.join(asked)}")
        if s["repeats"] and not 1 <= s["repeatMost"] <= 6:
            fault(f"{code} {s['id']}", "at most six rooms at night")
        for text in (s["title"], s["about"]):
            if name_in(text):
                fault(f"{code} {s['id']}", f"looks like a name: {name_in(text)!r}")
    check_alike(code, pairs)
    check_grade(code, pairs)


def check_night(form):
    pairs = items_of(form)
    core = sorted(i["id"] for _, i in pairs if i["module"] == "core")
    if core != CORE:
        fault("NIGHT", f"the core is {' '.join(core)}")
    critical = sorted(i["id"] for _, i in pairs if i["critical"])
    if critical != CRITICAL:
        fault("NIGHT", f"critical are {' '.join(critical)}")
    by_id = {i["id"]: i for _, i in pairs}
    first = [i["id"] for i in form["sections"][0]["items"]]
    for gone_soon in "N01 N03 N06 N07 N18 N22 N29".split():
        if gone_soon not in first:
            fault("NIGHT", f"{gone_soon} vanishes first, so it belongs to the first ten minutes")
    for one in ("N17", "N30"):
        if not by_id[one]["takesBoth"]:
            fault("NIGHT", f"{one} takes both workers from the floor")
    for one in ("N16", "N17"):
        part = by_id[one]["parts"][0]
        if (part["kind"], part.get("target"), part.get("default")) != ("seconds", "bell_seconds", 180):
            fault("NIGHT", f"{one}: seconds against bell_seconds, 180 by default")
    minutes = {l["id"]: l["minutes"] for l in form["lengths"]}
    core_minutes = sum(s["minutes"] for s in form["sections"][:2])
    if core_minutes != minutes["core"]:
        fault("NIGHT", f"the core sections take {core_minutes} minutes, the core {minutes['core']}")
    extra = [m["minutes"] for m in form["modules"]]
    if minutes["full"] != minutes["core"] + sum(extra):
        fault("NIGHT", "full is not core and all modules")
    if abs(minutes["standard"] - minutes["core"] - 2 * sum(extra) / len(extra)) > 6:
        fault("NIGHT", "standard is not core and two usual modules")
    sizes = {m["id"]: sum(i["module"] == m["id"] for _, i in pairs) for m in form["modules"]}
    for module, n in sizes.items():
        if not 4 <= n <= 6:
            fault("NIGHT", f"module {module} has {n} items")
    asking = sum(i["asksWorker"] for _, i in pairs)
    print(f"figure: NIGHT core {len(core)} items {minutes['core']} min, {len(sizes)} modules of "
          f"{min(sizes.values())} to {max(sizes.values())}, full {minutes['full']} min, "
          f"{asking} items ask a worker, {len(critical)} critical")


def check_guide(form):
    sizes = [len(s["items"]) for s in form["sections"]]
    if sizes != [2, 12, 14, 2]:
        fault("VFP", f"opening, prompts, probes, close have {sizes}")
    if not form["guide"] or form["speaker"] != "lives_here":
        fault("VFP", "a guide for people who live here")
    for i in form["sections"][2]["items"]:
        if not i.get("followUp"):
            fault(f"VFP {i['id']}", "a probe says when it is shown")
    for i in form["sections"][1]["items"]:
        if {p["kind"] for p in i["parts"]} != {"words", "yes_no", "face"}:
            fault(f"VFP {i['id']}", "a prompt takes words, yes or no, and a face")
        if len(words_in(i["text"])) > 14:
            fault(f"VFP {i['id']}", "too long to say aloud to someone who is tired")


def check_alike(code, pairs):
    worst = (0.0, "", "")
    for n, (_, a) in enumerate(pairs):
        for _, b in pairs[n + 1:]:
            share = max(alike(a["text"], b["text"]), alike(a["help"], b["help"]))
            if share > worst[0]:
                worst = (share, a["id"], b["id"])
            if share >= TOO_ALIKE and not {a["id"], b["id"]} == {"N16", "N17"}:
                fault(f"{code} {a['id']}", f"reads almost like {b['id']} ({share:.2f})")
    print(f"figure: {code} most alike two cards: {worst[1]} and {worst[2]}, {worst[0]:.2f} of their words")


def check_grade(code, pairs):
    grades = {i["id"]: grade(read_aloud(i)) for _, i in pairs}
    mean = sum(grades.values()) / len(grades)
    hardest = max(grades, key=grades.get)
    for item, g in grades.items():
        if g > GRADE_ITEM:
            fault(f"{code} {item}", f"reads like school year {g:.1f}")
    if mean > GRADE_FORM:
        fault(code, f"reads like school year {mean:.1f} on average")
    print(f"figure: {code} reading grade {mean:.1f} on average, hardest {hardest} {grades[hardest]:.1f}")


# ---- reach ---------------------------------------------------------------------------------------

def check_reach(forms):
    needed = {}
    with open(os.path.join(ROOT, "tests", "golden", "night_issues.txt"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                code, issue = line.split()
                needed.setdefault(code, set()).add(issue)
    for code, form in forms.items():
        caught = {}
        for _, i in items_of(form):
            for issue in i["catches"]:
                caught.setdefault(issue, []).append(i["id"])
        missed = sorted(needed[code] - set(caught))
        if missed:
            fault(code, f"catches nothing of {', '.join(missed)}")
        for issue in sorted(set(caught) - needed[code]):
            fault(code, f"{issue} is not on its list")
        print(f"figure: {code} catches {len(needed[code]) - len(missed)} of {len(needed[code])} issues")


# ---- keywords ------------------------------------------------------------------------------------

def ranked(text, statements):
    """As framework_rank does it without a section: whole words that match, then the framework's order."""
    said = set(re.findall(r"[a-z0-9-]+", text.lower()))
    order = sorted(range(len(statements)), key=lambda n: (-len(said & set(statements[n]["keywords"])), n))
    return [statements[n]["code"] for n in order[:3] if said & set(statements[n]["keywords"])]


def check_keywords(data):
    """What people type about a finding should lead to its statement without a second look."""
    statements = [s for q in data["questions"] for s in q["statements"]]
    with open(os.path.join(ROOT, "tests", "golden", "sayings.txt"), encoding="utf-8") as f:
        sayings = [line.rstrip("\n").split(" ", 1) for line in f if line.strip() and line[0] != "#"]
    for code, saying in sayings:
        if code not in ranked(saying, statements):
            fault(f"keywords of {code}", f"{saying!r} leads to {ranked(saying, statements)}")
    print(f"figure: {len(sayings)} sayings lead to their statement among the first three")


# ---- copied words --------------------------------------------------------------------------------

def runs(text):
    found = words_in(text)
    return {" ".join(found[k:k + RUN]) for k in range(len(found) - RUN + 1)}


def check_copied(forms, framework_file):
    if not os.path.isdir(PAPERS):
        return
    sources = [os.path.join(PAPERS, n) for n in sorted(os.listdir(PAPERS)) if n.endswith((".txt", ".md"))]
    theirs = set()
    for path in sources:
        with open(path, encoding="utf-8", errors="replace") as f:
            theirs |= runs(f.read())
    checked = 0
    ours = [(f"{c} {i['id']}", t) for c, form in forms.items() for _, i in items_of(form) for t in texts_of(i)]
    ours += [(s["code"], s["plain"]) for q in framework_file["questions"] for s in q["statements"]]
    ours += [(r["id"], r["plain"]) for r in framework_file["regulations"]]
    for where, text in ours:
        checked += 1
        for run in sorted(runs(text) & theirs):
            fault(where, f"six words in a row from the papers: {run!r}")
    print(f"figure: {checked} texts compared with {len(sources)} papers, word for word")


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
            "regulations": {r["id"] for r in data["regulations"]}}


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
        if len(names) != len(set(names)) or any(a["sort"] not in SORTS for a in s["areas"]):
            fault(where, "areas")
        for t in s["targets"]:
            if t["name"] not in targets:
                fault(where, f"target {t['name']!r} belongs to no form")
        numbers = [s["telephone"]] + [c["telephone"] for c in s["contacts"]]
        for n in numbers + [p["telephone"] for p in s["people"]]:
            if not INVENTED.match(n):
                fault(where, f"{n!r} could be somebody's number")
    if not targets <= {t["name"] for t in data["services"][0]["targets"]}:
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
    known = {p["role"] for s in data["services"] for p in s["people"]} | {"person in charge"}
    for code, form in forms.items():
        for _, i in items_of(form):
            if i.get("ownerRole", "manager") not in known:
                fault(f"{code} {i['id']}", f"nobody has the role {i['ownerRole']!r}")


def check_csv(data, people):
    for name, n in (("areas", sum(len(s["areas"]) for s in data["services"])), ("people", len(people))):
        path = os.path.join(ROOT, "assets", "sample", "csv", name + ".csv")
        with open(path, encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        if len(rows) != n or any(None in r or None in r.values() for r in rows):
            fault(f"csv/{name}.csv", f"{len(rows)} rows, {n} in sample.json")


def main():
    framework_file = load("assets", "frameworks", "cqc-saf-2024-12.json")
    framework = check_framework(framework_file)
    forms = {code: load("assets", "templates", code + ".json") for code in COUNTS}
    for code, form in forms.items():
        check_form(code, form, framework)
    check_night(forms["NIGHT"])
    check_guide(forms["VFP"])
    check_reach(forms)
    check_keywords(framework_file)
    check_copied(forms, framework_file)
    england = load("assets", "contacts", "england.json")
    check_contacts("contacts", england["contacts"])
    check_duties(england)
    check_sample(load("assets", "sample", "sample.json"), forms)
    check_owners(forms, load("assets", "sample", "sample.json"))
    for line in faults:
        print(line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
