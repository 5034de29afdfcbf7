"""What check_content.py asks of one form: its fields, its items, its answers, its words.

The program's own reader says whether a form can be read; this asks whether it is worth reading. Optional
fields that a form leaves out are filled in first, so that everything below may rely on them.
"""
import re

from content.words import grade, meaning, name_in, second_thing, shared, words_in

SETTINGS = {"care_home", "nursing_home", "learning_disability", "home_care", "supported_living",
            "extra_care"}
EVIDENCE = {"people", "staff", "partners", "observation", "processes", "outcomes"}
LANES = {"before_leave", "before_tonight", "this_week", "this_month"}
KINDS = {"met", "ask", "yes_no", "choice", "ticks", "x_of_y", "tally", "counts", "number", "seconds",
         "minutes", "time", "day", "words", "person", "face", "percent", "since", "until", "score", "ready",
         "proof", "draw"}
WITH_CHOICES = {"choice", "ticks", "tally", "counts"}
COMPARED = {"number", "seconds", "minutes", "percent", "since", "until"}  # may stand against a target
COUNTED = COMPARED | {"x_of_y", "score", "face", "tally", "counts", "draw"}
RULES = {"at_most", "at_least", "between"}
ONLY_RULE = {"since": "at_most", "until": "at_least"}
USES = {"check", "meeting", "checklist", "team", "interview", "mock", "pilot", "private", "proof", "retest"}
REPEATS = {"rooms", "records", "staff", "people", "calls", "shifts", "talks"}
PLACES = {"unit", "room", "lounge", "dining", "kitchen", "bathroom", "corridor", "medicines", "laundry",
          "outside", "office", "stairs", "other"}
PICTURES = set("""bed bell food drink toilet pain hands clothes bath door people alone talk phone music
outside book money pills night day heart sad happy clock walk house question choice help""".split())
SPEAKERS = {"lives_here", "family", "staff", "professional", "visitor", "not_said", "showed_us"}
ID = re.compile(r"^[A-Za-z0-9_-]{1,24}$")
ISSUE = re.compile(r"^[A-Z]{3}-[A-Z][1-8]/\d\d$")
HOUR = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")

GRADE_FORM, GRADE_ITEM = 7.0, 12.0
TOO_ALIKE = 0.72   # share of words two cards may have in common
LONG_TEXT = 140    # letters that no card should need
LETTERS = 110      # from here on it is only said

faults, notes = [], []


def fault(where, what):
    faults.append(f"{where}: {what}")


def note(where, what):
    notes.append(f"{where}: {what}")


# ---- what is left out ------------------------------------------------------------------------------

def filled(form):
    """The form with every optional field present, as the reader of the program takes them."""
    for key, usual in (("about", ""), ("night", False), ("guide", False), ("speaker", ""), ("modules", []),
                       ("use", "check"), ("who", ""), ("often", ""), ("everyDays", 0), ("places", []),
                       ("settings", [])):
        form.setdefault(key, usual)
    for section in form["sections"]:
        for key, usual in (("about", ""), ("minutes", 0), ("repeats", False), ("repeatOf", "rooms")):
            section.setdefault(key, usual)
        for item in section["items"]:
            fill_item(item)
    return form


def fill_item(item):
    for key in ("required", "critical", "asksWorker", "takesBoth", "nightOnly"):
        item.setdefault(key, False)
    for key in ("statements", "regulations", "catches", "settings", "phrases"):
        item.setdefault(key, [])
    for key in ("help", "goodLooksLike", "measure", "followUp", "simple", "ownerRole"):
        item.setdefault(key, "")
    if "answer" in item:
        item["parts"] = [{"id": "", "text": "", "kind": item["answer"]}]
    for part in item["parts"]:
        part.setdefault("id", "")
        part.setdefault("text", "")


def items_of(form):
    return [(s, i) for s in form["sections"] for i in s["items"]]


def texts_of(item):
    """Every sentence a person sees on the card."""
    out = [item["text"], item["help"], item["goodLooksLike"], item["measure"], item["followUp"],
           item["simple"]]
    out += item["phrases"]
    for part in item["parts"]:
        out.append(part["text"])
        out += [c["text"] for c in part.get("choices", [])]
    return [t for t in out if t]


def read_aloud(item):
    """What is read as sentences. Labels of buttons are left out: their few words would flatter the grade."""
    prose = [item["text"], item["help"], item["goodLooksLike"], item["measure"], item["followUp"]]
    return "\n".join(t for t in prose if t)


# ---- a part ----------------------------------------------------------------------------------------

def check_part(where, part):
    kind = part["kind"]
    if part["id"] and not ID.match(part["id"]):
        fault(where, f"part id {part['id']!r} has other letters or is too long")
    if kind not in KINDS:
        fault(where, f"unknown kind {kind!r}")
    choices = part.get("choices", [])
    if (kind in WITH_CHOICES) != bool(choices):
        fault(where, f"{kind} and its choices do not go together")
    if len(choices) > 16:
        fault(where, "more than 16 choices")
    if len({c["id"] for c in choices}) != len(choices) or not all(ID.match(c["id"]) for c in choices):
        fault(where, "choice ids must differ and be plain")
    if any(c.get("good") and c.get("bad") for c in choices):
        fault(where, "a choice that is good and bad")
    check_target(where, part)
    if kind == "number" and not part.get("unit"):
        fault(where, "a number without a unit")
    if kind in ("number", "minutes") and part.get("least", 0) >= part.get("most", 0):
        fault(where, "a number needs bounds")
    if kind == "draw" and not 1 <= part.get("of", 0) <= 60:
        fault(where, "draw: of how many? (of)")


def check_target(where, part):
    if bool(part.get("target")) != bool(part.get("rule")) or bool(part.get("rule")) != ("default" in part):
        fault(where, "a target needs its rule and its default")
        return
    if not part.get("rule"):
        return
    if part["rule"] not in RULES:
        fault(where, f"unknown rule {part['rule']!r}")
    if part["kind"] not in COMPARED:
        fault(where, f"{part['kind']} has no target")
    if part["rule"] != ONLY_RULE.get(part["kind"], part["rule"]):
        fault(where, f"{part['kind']} is {ONLY_RULE[part['kind']]}")
    if part["rule"] == "between" and part["default"] >= part.get("defaultHigh", 0):
        fault(where, "between needs a lower and a higher default")


# ---- an item ---------------------------------------------------------------------------------------

def audit(form):
    """A form that looks for findings, of which one wants to know what to do about them."""
    return form["use"] == "check" and not form["guide"]


def check_item(form, prefix, item, framework, section):
    where = f"{form['code']} {item['id']}"
    if not re.match(r"^%s\d\d$" % prefix, item["id"]):
        fault(where, f"the id does not fit the form ({prefix} and two digits)")
    if not 1 <= len(item["text"].encode()) <= 300 or not 1 <= len(item["help"].encode()) <= 600:
        fault(where, "text must have 1 to 300 bytes, help 1 to 600")
    if len(item["text"]) > LONG_TEXT:
        fault(where, f"{len(item['text'])} letters are too many for a card")
    elif len(item["text"]) > LETTERS:
        note(where, f"{len(item['text'])} letters; {LETTERS} read better")
    check_codes(where, item, framework)
    check_action(where, form, item)
    if not 1 <= len(item["parts"]) <= 8 or len({p["id"] for p in item["parts"]}) != len(item["parts"]):
        fault(where, "one to eight parts with ids that differ")
    if len(item["parts"]) > 1 and not all(p["id"] and p["text"] for p in item["parts"]):
        fault(where, "of several parts each needs an id and a question")
    for part in item["parts"]:
        check_part(f"{where} {part['id']}".rstrip(), part)
    for text in texts_of(item):
        if name_in(text):
            fault(where, f"looks like a name: {name_in(text)!r}")
        if re.search(r"\b(resident|service user|client|patient)s?\b", text, re.I):
            fault(where, f"people are people: {text!r}")
        if re.search(r"\w'\w|\"", text):
            fault(where, f"straight quotes: {text!r}")
        if re.search(r"\s{2}|^\s|\s$|[\n\t]", text):
            fault(where, f"odd spaces: {text!r}")
    if len(item["simple"].encode()) > 60:
        fault(where, "simple: at most 60 bytes")
    if item.get("picture") and item["picture"] not in PICTURES:
        fault(where, f"no picture {item['picture']!r}")
    if section["repeats"] and section["repeatOf"] == "rooms" and item["asksWorker"]:
        fault(where, "asks a worker once for every room")


def check_codes(where, item, framework):
    for code in [item["statement"]] + item["statements"]:
        if code not in framework["statements"]:
            fault(where, f"no statement {code!r}")
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
        if not ISSUE.match(issue) or issue not in framework["issues"]:
            fault(where, f"no issue {issue!r}")
    if len(set(item["catches"])) != len(item["catches"]):
        fault(where, "catches one issue twice")


ACTION = ("goodLooksLike", "measure", "ownerRole", "lane")


def check_action(where, form, item):
    given = [bool(item.get(need)) for need in ACTION]
    if item["critical"]:
        if not all(given):
            fault(where, "critical: " + ", ".join(n for n in ACTION if not item.get(n)) + " missing")
        if not 2 <= len(item["phrases"]) <= 8:
            fault(where, "critical: two to eight phrases, please")
        if not audit(form) and form["use"] not in ("proof", "retest"):
            fault(where, "critical in a form that looks for no danger")
    elif any(given) and not all(given):
        note(where, "an action half prepared: " + ", ".join(n for n in ACTION if not item.get(n)) + " missing")
    if item.get("lane", "before_leave") not in LANES:
        fault(where, f"unknown lane {item['lane']!r}")
    if any(len(p) > 48 for p in item["phrases"]):
        note(where, "a phrase of more than 48 letters is no tap: " + max(item["phrases"], key=len))


def check_double(form, item, allowed):
    """Several parts answer several things; one part has to ask for one."""
    asked = [(item["text"], item["parts"][0]["kind"])] if len(item["parts"]) == 1 else []
    asked += [(p["text"], p["kind"]) for p in item["parts"] if p["text"] and p["kind"] != "words"]
    if len(item["parts"]) == 1 and item["parts"][0]["kind"] in ("words", "ticks", "tally", "counts", "score"):
        asked = []  # a talk wanders, and ticks or counts keep things apart by themselves
    for text, kind in asked:
        second = second_thing(text, kind in COUNTED)
        if second and item["id"] not in allowed:
            fault(f"{form['code']} {item['id']}", f"asks two things? {second!r} in {text!r} (tests/golden/"
                  "double_allowed.txt if it is one)")


# ---- conditions ------------------------------------------------------------------------------------

def conditions(item):
    when = item.get("when", [])
    return (when if isinstance(when, list) else [when]) + item.get("whenAny", [])


def check_conditions(form, item):
    order = [i["id"] for _, i in items_of(form)]
    by_id = {i["id"]: i for _, i in items_of(form)}
    for when in conditions(item):
        where = f"{form['code']} {item['id']} when"
        other = by_id.get(when.get("item"))
        if other is None:
            fault(where, f"no item {when.get('item')!r}")
            continue
        parts = {p["id"]: p for p in other["parts"]}
        part = parts.get(when.get("part", ""))
        if part is None and "part" not in when and len(parts) == 1:
            part = other["parts"][0]
        tests = set(when) & {"is", "isNot", "atLeast", "atMost"}
        if part is None:
            fault(where, "points to no part")
        elif order.index(when["item"]) >= order.index(item["id"]):
            fault(where, "points to a later item")
        elif len(tests) != 1 and tests != {"atLeast", "atMost"}:
            fault(where, "needs one of is, isNot, atLeast, atMost")
        elif tests & {"atLeast", "atMost"} and part["kind"] not in COUNTED:
            fault(where, "at least and at most need a number")
        elif part.get("choices") and tests & {"is", "isNot"}:
            if when[tests.pop()] not in {c["id"] for c in part["choices"]}:
                fault(where, "no such choice")


# ---- a form ----------------------------------------------------------------------------------------

def check_head(form, framework):
    code = form["code"]
    if form["framework"] != framework["id"] or form["schema"] != "lantern.template/1":
        fault(code, "framework or schema")
    if not form["title"] or not form["about"]:
        fault(code, "a title and what it is about, please")
    if form["use"] not in USES:
        fault(code, f"unknown use {form['use']!r}")
    if set(form["places"]) - PLACES:
        fault(code, f"unknown places {sorted(set(form['places']) - PLACES)}")
    if set(form["settings"]) - SETTINGS:
        fault(code, "unknown setting")
    if not 0 <= form["everyDays"] <= 730 or len(form["who"].encode()) > 120 or len(form["often"].encode()) > 120:
        fault(code, "everyDays 0 to 730; who and often at most 120 bytes")
    if "hours" in form and not (HOUR.match(form["hours"].get("from", "")) and HOUR.match(form["hours"].get("to", ""))):
        fault(code, "hours are from HH:MM to HH:MM")
    if form["guide"] and form["speaker"] not in SPEAKERS:
        note(code, f"speaker {form['speaker']!r}")
    if not 1 <= len(form["lengths"]) <= 3 or not all(1 <= l["minutes"] <= 600 for l in form["lengths"]):
        fault(code, "one to three lengths of 1 to 600 minutes")
    for text in [form["title"], form["about"], form["who"], form["often"]]:
        if name_in(text):
            fault(code, f"looks like a name: {name_in(text)!r}")


def check_sections(form):
    code = form["code"]
    for s in form["sections"]:
        asked = [i["id"] for i in s["items"] if i["asksWorker"]]
        if len(asked) > 3 and audit(form) and s["repeatOf"] not in ("staff", "talks"):
            fault(f"{code} {s['id']}", f"asks one worker {len(asked)} things: {', '.join(asked)}")
        if s["repeatOf"] not in REPEATS:
            fault(f"{code} {s['id']}", f"unknown repeatOf {s['repeatOf']!r}")
        if s["repeats"] and not 1 <= s.get("repeatMost", 0) <= 60:
            fault(f"{code} {s['id']}", "repeatMost is 1 to 60")
        for text in (s["title"], s["about"]):
            if name_in(text):
                fault(f"{code} {s['id']}", f"looks like a name: {name_in(text)!r}")


def check_grade(form):
    grades = {i["id"]: grade(read_aloud(i)) for _, i in items_of(form)}
    mean = sum(grades.values()) / len(grades)
    hardest = max(grades, key=grades.get)
    for item, g in grades.items():
        if g > GRADE_ITEM:
            fault(f"{form['code']} {item}", f"reads like school year {g:.1f}")
    if mean > GRADE_FORM:
        fault(form["code"], f"reads like school year {mean:.1f} on average")
    return mean, hardest, grades[hardest]


def check_form(form, known, framework, allowed):
    """known: (prefix, items, items of each section) as tests/golden/forms.txt has them."""
    code, (prefix, count, sizes) = form["code"], known
    pairs = items_of(form)
    ids = [i["id"] for _, i in pairs]
    want = {"%s%02d" % (prefix, n) for n in range(1, count + 1)}
    if len(ids) != len(set(ids)) or set(ids) != want:
        fault(code, f"{len(ids)} items, {count} wanted; odd: {' '.join(sorted(set(ids) ^ want))}")
    elif len(sizes) > 1 and sorted(len(s["items"]) for s in form["sections"]) != sorted(sizes):
        fault(code, f"sections have {[len(s['items']) for s in form['sections']]} items, {sizes} wanted in some order")
    check_head(form, framework)
    modules = {m["id"] for m in form["modules"]}
    for s, i in pairs:
        check_item(form, prefix, i, framework, s)
        check_conditions(form, i)
        check_double(form, i, allowed)
        if i["module"] != "core" and i["module"] not in modules:
            fault(f"{code} {i['id']}", f"no module {i['module']!r}")
    for empty in modules - {i["module"] for _, i in pairs}:
        fault(code, f"no item belongs to module {empty!r}")
    check_sections(form)
    ready = sum(all(i.get(n) for n in ACTION) for _, i in pairs)
    if audit(form) and ready * 3 < len(pairs):
        fault(code, f"only {ready} of {len(pairs)} items say what good is, who puts it right and by when")
    kinds = {p["kind"] for _, i in pairs for p in i["parts"]}
    mean, hardest, worst = check_grade(form)
    print(f"figure: {code} {len(pairs)} items, {len(kinds)} kinds of answer, {ready} with an action prepared, "
          f"{sum(i['critical'] for _, i in pairs)} critical, reading grade {mean:.1f}, "
          f"hardest {hardest} {worst:.1f}")


# ---- over all forms ----------------------------------------------------------------------------------

def check_alike(forms, allowed):
    """Two cards that say nearly the same: over all forms by what they ask, within one also by their help."""
    cards = [(code, i["id"], meaning(i["text"]), meaning(i["help"]))
             for code, form in forms.items() for _, i in items_of(form)]
    worst = (0.0, "", "")
    for n, (code, one, text, help_) in enumerate(cards):
        for other_code, other, text2, help2 in cards[n + 1:]:
            share = shared(text, text2)
            if code == other_code and forms[code]["use"] != "mock":
                share = max(share, shared(help_, help2))
            if f"{one}+{other}" in allowed or f"{other}+{one}" in allowed:
                continue
            if share > worst[0]:
                worst = (share, one, other)
            if share >= TOO_ALIKE:
                fault(f"{code} {one}", f"reads almost like {other} ({share:.2f})")
    print(f"figure: of {len(cards)} cards most alike are {worst[1]} and {worst[2]}, {worst[0]:.2f} of their words")


def check_ids(forms):
    seen = {}
    for code, form in forms.items():
        for _, i in items_of(form):
            if i["id"] in seen and seen[i["id"]] != code:
                fault(f"{code} {i['id']}", f"is an item of {seen[i['id']]}, too")
            seen[i["id"]] = code


def check_targets(forms):
    """The same target is one setting of a service: one rule, one default, wherever it stands."""
    first = {}
    for code, form in forms.items():
        for _, i in items_of(form):
            for p in i["parts"]:
                if p.get("target"):
                    rule = (p.get("rule"), p.get("default"), p.get("defaultHigh"), p["kind"])
                    had = first.setdefault(p["target"], (rule, i["id"]))
                    if had[0] != rule:
                        fault(f"{code} {i['id']}", f"target {p['target']!r} is {rule}, in {had[1]} it is {had[0]}")
    return first


def check_night(form, core_ids, critical_ids):
    pairs = items_of(form)
    core = sorted(i["id"] for _, i in pairs if i["module"] == "core")
    if core != core_ids:
        fault("NIGHT", f"the core is {' '.join(core)}")
    critical = sorted(i["id"] for _, i in pairs if i["critical"])
    if critical != critical_ids:
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
    for s in form["sections"]:
        if s["repeats"] and s["repeatMost"] > 6:
            fault(f"NIGHT {s['id']}", "at most six rooms at night")
    check_night_minutes(form, pairs)


def check_night_minutes(form, pairs):
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
    print(f"figure: NIGHT core {minutes['core']} min, {len(sizes)} modules of {min(sizes.values())} to "
          f"{max(sizes.values())}, full {minutes['full']} min, {sum(i['asksWorker'] for _, i in pairs)} items "
          f"ask a worker")


def check_people_guide(form):
    """The guide for people who live here: what is said aloud is short, and can be answered without words."""
    for s in form["sections"][2:3]:
        for i in s["items"]:
            if not i["followUp"]:
                fault(f"VFP {i['id']}", "a probe says when it is shown")
    for i in form["sections"][1]["items"]:
        if {p["kind"] for p in i["parts"]} != {"words", "yes_no", "face"}:
            fault(f"VFP {i['id']}", "a prompt takes words, yes or no, and a face")
        if len(words_in(i["text"])) > 14:
            fault(f"VFP {i['id']}", "too long to say aloud to someone who is tired")
    if not form["guide"] or form["speaker"] != "lives_here":
        fault("VFP", "a guide for people who live here")
