#!/usr/bin/env python3
"""Forms from outside: `lantern-office template`, as people at an office use it.

Every form that ships goes to a sheet and back and is compared with its JSON here, by another reader than the
program's own. The XLSForms of tests/xlsform must become what lies beside them (form.json, and in told.txt what
was not carried over); `python3 tests/office_forms.py --renew` writes that anew, to be read before it is kept.
Files that are refused must leave everything as it was.
"""
import csv
import glob
import json
import os
import shutil
import stat
import sys
import tempfile

from office import place
from office.place import ROOT, expect, hash_of, refused, run

FORMS = sorted(glob.glob(os.path.join(ROOT, "assets/templates/*.json")))
XLSFORMS = sorted(glob.glob(os.path.join(ROOT, "tests/xlsform/*/")))


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def plain(x):
    """A form without what means nothing: empty texts and lists, `false`, and one part told the long way."""
    if isinstance(x, list):
        return [plain(v) for v in x]
    if not isinstance(x, dict):
        return x
    d = {k: plain(v) for k, v in x.items()}
    d = {k: v for k, v in d.items() if v is not False and v != "" and v != []}
    if len(d.get("parts", [])) == 1 and set(d["parts"][0]) == {"kind"}:
        d["answer"] = d.pop("parts")[0]["kind"]
    if isinstance(d.get("when"), list) and len(d["when"]) == 1:
        d["when"] = d["when"][0]
    return d


def test_there_and_back(dir):
    out, _ = run("template", "check", *FORMS)
    expect(out.count("nothing wrong") == len(FORMS), f"all forms that ship are sound: {out}")
    run("template", "to-csv", *FORMS, "--out", dir)
    sheets = sorted(glob.glob(dir + "/*.csv"))
    expect(len(sheets) == len(FORMS), "a sheet for each")
    out, _ = run("template", "from-csv", *sheets)
    items = 0
    for path in FORMS:
        name = os.path.basename(path)
        with open(f"{dir}/{name[:-5]}.csv", newline="", encoding="utf-8-sig") as f:
            rows = list(csv.DictReader(f))
        was, now = json.loads(read(path)), json.loads(read(f"{dir}/{name}"))
        expect(plain(was) == plain(now), f"{name} is the same after a sheet and back")
        wanted = [i["id"] for s in was["sections"] for i in s["items"]]
        expect([r["id"] for r in rows if r["row"] == "item"] == wanted, f"{name}: a row for each item")
        items += len(wanted)
    print(f"figure: {len(FORMS)} forms, {items} items: the same after a sheet and back, read by another program")
    out, _ = run("template", "from-csv", *sheets)
    expect(out.count("the same is there already") == len(FORMS), f"once more changes nothing: {out}")
    one, _ = run("template", "to-json", sheets[0])
    expect(one == read(sheets[0][:-4] + ".json"), "to-json gives the same on standard output")


def xlsform(path, out):
    """What becomes of an XLSForm, and what is told of it."""
    done = place.subprocess.run([place.OFFICE, "template", "from-xlsform", path, "--out", out], capture_output=True,
                                text=True, cwd=ROOT, env=place.CLEAN)
    return done.returncode, done.stderr


def test_xlsforms(dir, renew):
    carried = notes = 0
    for path in XLSFORMS:
        out = f"{dir}/{os.path.basename(path[:-1])}.json"
        code, told = xlsform(path, out)
        told = told.replace(path, "").replace(ROOT + "/", "")
        made = read(out) if os.path.exists(out) else None
        if renew:
            with open(path + "told.txt", "w", encoding="utf-8") as f:
                f.write(told)
            if made:
                shutil.copy(out, path + "form.json")
        expect(told == read(path + "told.txt"), f"{path}: what is told\n{told}")
        if not os.path.exists(path + "form.json"):
            expect(code == 2 and made is None, f"{path} is refused and nothing is written")
            continue
        expect(code == 0 and made == read(path + "form.json"), f"{path}: the form\n{made}")
        run("template", "check", out)
        form = json.loads(made)
        carried += sum(len(s["items"]) for s in form["sections"])
        notes += told.count("note: ")
        run("template", "to-csv", out)
        run("template", "from-csv", out[:-5] + ".csv", "--out", dir + "/again.json")
        expect(read(dir + "/again.json") == made, f"{path}: the same after a sheet and back")
        os.remove(dir + "/again.json")
    print(f"figure: {len(XLSFORMS)} XLSForms, {carried} questions carried over, {notes} notes of what was not")


def test_xlsform_ways(dir):
    """By files in any order, by names that tell, with what the survey does not say."""
    sheets = os.path.join(ROOT, "tests/xlsform/falls/")
    for name in ("survey", "choices", "settings"):
        shutil.copy(sheets + name + ".csv", f"{dir}/My form - {name}.csv")
    files = [f"{dir}/My form - {n}.csv" for n in ("settings", "choices", "survey")]
    out, err = run("template", "from-xlsform", *files, "--code", "FALLS", "--statement", "SAF-S4",
                   "--evidence", "processes")
    expect("no question says" not in err, f"nothing left to say: {err}")
    form = json.loads(read(dir + "/FALLS.json"))
    items = [i for s in form["sections"] for i in s["items"]]
    expect({i["statement"] for i in items} == {"SAF-S4"} and {i["evidence"] for i in items} == {"processes"},
           "as it was said")
    run("template", "from-xlsform", files[1], want=2)
    run("template", "from-xlsform", dir, "--statement", "S4", "--out", dir + "/no.json", want=2)
    run("template", "from-xlsform", dir + "/nowhere", want=2)
    expect(not os.path.exists(dir + "/no.json"), "refused is not written")


def test_old_is_kept(dir):
    good, sheet, form = FORMS[0], dir + "/mine.csv", dir + "/mine.json"
    run("template", "to-csv", good, "--out", sheet)
    run("template", "from-csv", sheet)
    before, words = read(form), read(sheet)
    title = json.loads(before)["title"]
    with open(sheet, "w", encoding="utf-8", newline="") as f:
        f.write(words.replace(",core,", ",coer,", 1).replace("item,", "itme,", 1))
    _, err = run("template", "from-csv", sheet, want=2)
    expect("did you mean \"item\"" in err and "Nothing was written" in err, f"both are told: {err}")
    expect(read(form) == before and not os.path.exists(form + ".old"), "the old version is kept")
    expect(not [x for x in os.listdir(dir) if "tmp" in x], "nothing half-written")
    with open(sheet, "w", encoding="utf-8", newline="") as f:
        f.write(words.replace(title, "My " + title, 1))
    out, _ = run("template", "from-csv", sheet)
    expect("mine.json.old" in out and read(form + ".old") == before and '"My ' in read(form), f"kept beside it: {out}")
    folder = dir + "/shut"
    os.mkdir(folder)
    os.chmod(folder, stat.S_IRUSR | stat.S_IXUSR)
    if os.getuid() != 0:
        run("template", "from-csv", sheet, "--out", folder + "/x.json", want=3)
    run("template", "from-csv", sheet, "--out", dir + "/no/such/x.json", want=None)
    os.chmod(folder, stat.S_IRWXU)
    run("template", "to-csv", good, FORMS[1], "--out", dir + "/one.csv", want=1)
    run("template", "check", dir + "/nowhere.csv", want=2)
    run("template", "check", want=1)
    run("template", "cheque", good, want=1)


def test_add(dir):
    """A provider's form is counted up; a number that is taken keeps its words."""
    db, form = dir + "/master.db", dir + "/OWN.json"
    run("init", db, "--provider", "Harbour Lights Care", "--recovery", dir + "/recovery")
    made = json.loads(read(os.path.join(ROOT, "tests/xlsform/falls/form.json")))

    def put(version, title):
        with open(form, "w", encoding="utf-8") as f:
            json.dump({**made, "version": version, "title": title}, f)

    def forms():
        out, _ = run("show", db, "--kind", "template", "--json")
        return [json.loads(x)["body"] for x in out.splitlines()]

    put(1, "First")
    expect("1 written" in run("add", db, form)[0] and "0 written" in run("add", db, form)[0], "once")
    put(1, "Other words")
    refused(db, "add", db, form, said="Raise its version to 2")
    put(3, "Third")
    run("add", db, form)
    put(2, "Second, late")
    refused(db, "add", db, form, said="version 3 of own-falls is here already")
    kept = forms()
    expect([(x["edition"], x["title"]) for x in kept] == [(1, "First"), (3, "Third")], f"both editions stay: {kept}")
    expect(len({x["hash"] for x in kept}) == 2, "each with its own bytes")
    expect(hash_of(db) != "", "the master is sound")
    run("verify", db)


def test_preview(dir):
    """The tablet's own program shows every question, also those with a condition; nothing stays behind."""
    form, out = os.path.join(ROOT, "tests/xlsform/fridge/form.json"), dir + "/look"
    before = set(glob.glob("/tmp/lantern-preview-*"))
    run("template", "preview", form, "--out", out)
    pictures = sorted(os.path.basename(x) for x in glob.glob(out + "/*.png"))
    expect({"own_fridge-00.png", "own_fridge-01-01.png", "own_fridge-02-01.png", "own_fridge-03-01.png"} <= set(pictures),
           f"each section is there: {pictures}")
    expect(all(open(f"{out}/{x}", "rb").read(8) == b"\x89PNG\r\n\x1a\n" for x in pictures), "they are pictures")
    with open(out + "/own_fridge.pdf", "rb") as f:
        expect(f.read(5) == b"%PDF-", "a paper")
    if shutil.which("pdftotext"):
        words = place.subprocess.run(["pdftotext", "-layout", out + "/own_fridge.pdf", "-"], capture_output=True,
                                     text=True).stdout
        words = " ".join(words.split())
        for item in [i for s in json.loads(read(form))["sections"] for i in s["items"]]:
            expect(item["text"] in words, f"the paper asks: {item['text']}\n{words}")
        expect("Asked only when question locked says “No”" in words, f"and says when: {words}")
    expect(set(glob.glob("/tmp/lantern-preview-*")) <= before, "what was made for it is gone")
    _, err = run("template", "preview", form, "--out", out, "--size", "10x10", want=2)
    expect("--size wants WxH" in err, f"what the tablet's program says is told: {err}")
    run("template", "preview", form, want=1)
    run("template", "preview", dir + "/nowhere.json", "--out", out, want=2)
    print(f"figure: {len(pictures)} pictures and a paper of a form with three sections")


def main():
    with tempfile.TemporaryDirectory() as top:
        def folder(name):
            os.mkdir(f"{top}/{name}")
            return f"{top}/{name}"

        test_xlsforms(folder("xlsforms"), "--renew" in sys.argv)
        for test in (test_there_and_back, test_xlsform_ways, test_old_is_kept, test_add, test_preview):
            test(folder(test.__name__))
    print(f"figure: {place.count} expectations of forms met")


if __name__ == "__main__":
    main()
