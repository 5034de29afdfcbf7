#!/usr/bin/env python3
"""README.md says what is true: the forms, the data, the commands, the make targets, the files it points to.

The table of the forms is made from assets/templates and assets/choosing.json, the section "The data" from the
record kinds' own descriptors (src/store/kinds/kind_*.c):
    python3 tests/check_readme.py --write    puts both in anew
    python3 tests/check_readme.py            fails when the README says something else
That the descriptors were read rightly is proved by the office program: the columns it writes as CSV for an
empty master must be the same, in the same order.
"""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OFFICE = os.environ.get("LANTERN_OFFICE", str(ROOT / "build/asan/lantern-office"))
README = ROOT / "README.md"
BEGIN, END = "<!-- the data: made by tests/check_readme.py --write -->\n", "<!-- end of the data -->\n"
FORMS_BEGIN = "<!-- the forms: made by tests/check_readme.py --write -->\n"
FORMS_END = "<!-- end of the forms -->\n"
TYPES = {"TEXT": "text", "INT": "number", "BOOL": "0 or 1", "TIME": "time", "DAY": "date",
         "HASH": "hash of a file", "BYTES": "bytes", "REF": "row", "WORD": "word"}
NAMES = ("label", "name", "title", "reference", "code")  # what a reference is called in the CSV, as in cmd_csv.c
failures = []


def fail(what):
    failures.append(what)


def strings(c):
    """The C string literals of an expression, joined."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', c))


def field(text, name):
    m = re.search(rf'\.{name} =\s*((?:"(?:[^"\\]|\\.)*"\s*)+|[A-Za-z_0-9]+)', text)
    if not m:
        return None
    return strings(m.group(1)) if m.group(1).startswith('"') else m.group(1)


def read_kind(name):
    source = (ROOT / f"src/store/kinds/kind_{name}.c").read_text()
    body = source[source.index("const struct kind "):]
    head, columns = body.split(".columns =", 1)
    # Inside the list of columns each { … } without braces in it is one column; words in strings may not hold braces.
    listed = re.findall(r"\{(\s*\.name = [^{}]*)\}", columns)
    kind = {"name": name, "about": field(head, "about"), "program": field(head, "program") == "true",
            "code": field(head, "code"), "sealed_by": field(head, "sealed_by"), "columns": []}
    for text in listed:
        if field(text, "name") in (None, "NULL"):
            continue
        kind["columns"].append({"name": field(text, "name"), "type": field(text, "type").removeprefix("COL_"),
                                "about": field(text, "about"), "to": field(text, "to"), "words": field(text, "words"),
                                "required": field(text, "required") == "true"})
    return kind


def kinds():
    listed = (ROOT / "src/store/kind_list.h").read_text()
    return [read_kind(name) for name in re.findall(r"^KIND\((\w+), \d+\)", listed, re.M)]


def holds(column):
    if column["type"] == "WORD":
        return ", ".join(f"`{w}`" for w in column["words"].split("|"))
    if column["type"] == "REF":
        return "row of any table" if column["to"] in (None, "NULL") else f"row of `{column['to']}`"
    return TYPES[column["type"]]


def data_section(all_kinds):
    out = []
    for kind in all_kinds:
        if kind["program"]:
            continue
        out += [f"<details><summary><b>{kind['name']}</b>: {kind['about']}</summary>\n",
                "| column | holds | |", "| --- | --- | --- |"]
        for c in kind["columns"]:
            needed = "; always there" if c["required"] else ""
            out.append(f"| `{c['name']}` | {holds(c)} | {c['about']}{needed} |")
        out.append("\n</details>\n")
    return "\n".join(out) + "\n"


def forms_section():
    """A table of the built-in forms, as they are grouped on Start; the guides are met in Heard something."""
    forms = [json.loads(path.read_text()) for path in sorted((ROOT / "assets/templates").glob("*.json"))]
    forms = {form["code"]: form for form in forms}
    words = json.loads((ROOT / "assets/words/en/start.json").read_text())
    groups = json.loads((ROOT / "assets/choosing.json").read_text())["groups"]
    rows = [(words[f"start.group_{g['id']}"], [forms.pop(code) for code in g["forms"]]) for g in groups]
    rows.append(("Talks, in *Heard*", list(forms.values())))
    out, items = ["| | form | minutes | questions | who |", "| --- | --- | --- | --- | --- |"], 0
    for title, members in rows:
        for form in members:
            minutes = [length["minutes"] for length in form["lengths"]]
            spread = f"{min(minutes)} to {max(minutes)}" if len(minutes) > 1 else f"{minutes[0]}"
            n = sum(len(section["items"]) for section in form["sections"])
            items += n
            out.append(f"| {title} | {form['title']} (`{form['code']}`) | {spread} | {n} | {form['who']} |")
            title = ""
    out.append(f"\n{sum(len(members) for _, members in rows)} forms, {items} questions.")
    return "\n".join(out) + "\n\n"


def csv_agrees(all_kinds):
    """The columns of an empty master's CSV are those that were read from the descriptors."""
    named = {k["name"]: any(c["name"] in NAMES for c in k["columns"]) for k in all_kinds}
    with tempfile.TemporaryDirectory() as folder:
        for args in (["init", f"{folder}/m.db", "--provider", "P"], ["csv", f"{folder}/m.db", "--out", f"{folder}/csv"]):
            subprocess.run([OFFICE, *args], check=True, capture_output=True, cwd=ROOT)
        written = {p.stem: next(csv.reader(p.open(newline=""))) for p in pathlib.Path(folder, "csv").glob("*.csv")}
    for kind in all_kinds:
        if kind["program"]:
            continue
        want = ["key", "id", "at", "by", "withdrawn"]
        for c in kind["columns"]:
            want.append(c["name"])
            if c["type"] == "REF" and named.get(c["to"]):
                want.append(c["name"] + "_name")
        if written.pop(kind["name"], None) != want:
            fail(f"the CSV of {kind['name']} has other columns than its descriptor was read to have")
    for name in written:
        fail(f"the CSV has a table {name} that the README does not tell of")


def commands_exist(text):
    listed = set(re.findall(r"^COMMAND\((\w+)\)", (ROOT / "src/office/command_list.h").read_text(), re.M))
    told = set(re.findall(r"lantern-office ([a-z]+)\b", text))
    for name in sorted(listed - told):
        fail(f"the README does not tell of lantern-office {name}")
    for name in sorted(told - listed):
        fail(f"the README tells of lantern-office {name}, which is no command")
    for name in sorted(listed):
        helped = subprocess.run([OFFICE, name, "--help"], capture_output=True, text=True, cwd=ROOT).stdout.splitlines()
        if not helped:  # listed, and yet the program does not know it: it is older than the list
            fail(f"{OFFICE} does not know {name}: build it anew, or name another with LANTERN_OFFICE")
            continue
        usage = helped[0]
        for line in re.findall(rf"lantern-office {name}\b[^\n`]*", text):
            for option in re.findall(r"--[a-z]+(?:-[a-z]+)*", line.split("#")[0].split("   ")[0]):
                if option not in usage and option != "--help":
                    fail(f"the README gives {name} an option {option} that it has not")


def targets_exist(text):
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
    for target in sorted(set(re.findall(r"`make ([a-z][a-z-]*)[ `]", text))):
        if target not in targets and not target.startswith("t-"):
            fail(f"the README tells of make {target}, which is no target")


def paths_exist(text):
    links = set(re.findall(r"\]\((?!http|#)([^)]+)\)", text))
    links |= set(re.findall(r'src="([^"]+)"', text))
    names = set(re.findall(r"`((?:src|sync|assets|platform|tests)/[A-Za-z0-9_./-]*)`", text))
    for path in sorted(links | names):
        if "NAME" not in path and "CODE" not in path and not (ROOT / path).exists():
            fail(f"the README points to {path}, which is not there")


def main():
    text, all_kinds = README.read_text(), kinds()
    made = [(FORMS_BEGIN, "\n" + forms_section(), FORMS_END), (BEGIN, "\n" + data_section(all_kinds), END)]
    prose, whole, rest = "", "", text
    for begin, new, end in made:
        if begin not in rest or end not in rest:
            sys.exit(f"README.md has lost its mark {begin.strip()}")
        before, rest = rest.split(begin)
        old, rest = rest.split(end)
        prose, whole = prose + before, whole + before + begin + new + end
        if old != new and "--write" not in sys.argv[1:]:
            fail(f"the README is not what is there after {begin.strip()}")
    prose, whole = prose + rest, whole + rest
    if "--write" in sys.argv[1:]:
        README.write_text(whole)
        return
    csv_agrees(all_kinds)
    commands_exist(prose)
    targets_exist(prose)
    paths_exist(prose)
    columns = sum(len(k["columns"]) for k in all_kinds)
    print(f"figure: README against {len(all_kinds)} kinds with {columns} columns, commands, targets and paths: {len(failures)} untrue")
    for line in failures:
        print(line)
    sys.exit(bool(failures))


main()
