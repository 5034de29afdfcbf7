#!/usr/bin/env python3
"""Every word that the code asks for is in assets/words/en, and every word there is asked for.

Journey: string literals of src, sync and platform -> keys and patterns -> assets/words/en -> `make test`.
A key stands in the code whole ("home.carry_on"), by a macro that puts its area before it
(REPORT_WORD(r, "late")), in a list file, or as a pattern ("finish.reason_%s") whose end is a word of the data. A key
of the files counts as used by a pattern only when its end is itself a word that the code, a record
kind or a form knows, so that a pattern cannot keep dead words alive.
Standard library only. Every fault is one line, and the exit code is then 1.
"""
import glob
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = os.path.join(ROOT, "assets", "words", "en")
NO_WORDS = re.compile(r'\bui_id\([^"]*"[^"]*"')  # a control's identity
FILE = re.compile(r"\.(?:html|css|db|json|csv)$")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
PLACE = re.compile(r"%(?:[0-9]*l{0,2}d|s)")
# What puts an area before its keys: the call as it stands in the code, and what it makes of the text in it.
MADE = [(re.compile(r'\bREPORT_(?:WORD|SAY)\(\s*[^,()]+,\s*"([a-z0-9_]+)"'), "report.{}"),
        (re.compile(r'\breport_word_of\(\s*[^,()]+,\s*"([a-z0-9_]+)"'), "report.{}_%s"),
        (re.compile(r'^\s*STATUS\(\s*\w+\s*,\s*"([a-z0-9_]+)"', re.M), "status.{}")]


def sources():
    for folder, ends in (("src", ("c", "h")), ("sync", ("c", "h")), ("platform", ("c", "h"))):
        for end in ends:
            yield from sorted(glob.glob(os.path.join(ROOT, folder, "**", "*." + end), recursive=True))


def asked_for(areas):
    """Keys and patterns with the place that asks, and every other word in the code."""
    key = re.compile(r"^(?:%s)\.[a-z0-9_]+$" % "|".join(areas))
    pattern = re.compile(r"^(?:%s)\.(?:[a-z0-9_]|%%(?:[0-9]*l{0,2}d|s))+$" % "|".join(areas))
    keys, patterns, known = {}, {}, set()
    for path in sources():
        with open(path, encoding="utf-8") as f:
            text = f.read()
        place = os.path.relpath(path, ROOT)
        code = NO_WORDS.sub(" ", re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S))
        said = LITERAL.findall(code)
        for rule, made in MADE:
            said += [made.format(m) for m in rule.findall(code)]
        for one in said:
            if FILE.search(one):
                continue
            if key.match(one):
                keys.setdefault(one, place)
            elif PLACE.search(one) and pattern.match(one):
                patterns.setdefault(one, place)
            else:
                known.update(re.split(r"[|,= ]", one))
        if path.endswith("_list.h"):
            known.update(re.findall(r"\w+", code))
    return keys, patterns, known


def words_of_the_data():
    """Words of forms: ids of sections, choices and the like."""
    known = set()

    def walk(v):
        if isinstance(v, dict):
            for inner in v.values():
                walk(inner)
        elif isinstance(v, list):
            for inner in v:
                walk(inner)
        elif isinstance(v, str) and re.match(r"^[a-z0-9_]+$", v):
            known.add(v)
    for path in glob.glob(os.path.join(ROOT, "assets", "templates", "*.json")):
        with open(path, encoding="utf-8") as f:
            walk(json.load(f))
    return known


def main():
    there = {}
    areas = sorted(n[:-5] for n in os.listdir(WORDS) if n.endswith(".json"))
    for area in areas:
        with open(os.path.join(WORDS, area + ".json"), encoding="utf-8") as f:
            there.update({k: area for k in json.load(f)})
    keys, patterns, known = asked_for(areas)
    known |= words_of_the_data() | {str(n) for n in range(10)}
    faults = [f"{place}: no words for {k}" for k, place in keys.items() if k not in there]
    by_pattern, rules = 0, {}
    for p in patterns:
        ends = PLACE.split(p)
        rules[p] = re.compile("^" + r"([a-z0-9_]+)".join(re.escape(e) for e in ends) + "$")
    met = set()
    for k in sorted(there):
        if k in keys:
            continue
        fits = {p for p, rule in rules.items() if rule.match(k) and set(rule.match(k).groups()) <= known}
        met |= fits
        by_pattern += bool(fits)
        if not fits:
            faults.append(f"assets/words/en/{there[k]}.json: nobody asks for {k}")
    for p in sorted(set(patterns) - met):
        if not any(rules[p].match(k) for k in keys):
            faults.append(f"{patterns[p]}: no words for any {p}")
    print(f"figure: {len(there)} words: {len(there) - by_pattern} asked for by name, {by_pattern} by one of "
          f"{len(patterns)} patterns, {sum('nobody' in f for f in faults)} by nobody")
    for line in faults:
        print(line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
