#!/usr/bin/env python3
"""The office program from outside, with tablets that are not enrolled: open bundles and --trust.

A small simulation makes an office and the bundles of four tablets; tests/office/place.py says how the proof
works. Enrolled tablets: office_tablets.py; keys: office_keys.py; erasing: office_erase.py; several at once:
office_at_once.py; an office that is lost: office_lost.py.
"""
import csv
import glob
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess

from office import place
from office.place import OFFICE, ROOT, expect, hash_of, run

NOBODY = 65534


# ---- wrong use and help ------------------------------------------------------------------------


def test_help(p):
    out, _ = run("--help")
    names = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    expect(len(names) >= 10 and "merge" in names, "the list of commands")
    for name in names:
        out, err = run(name, "--help")
        expect(out.startswith(name + " ") and len(out.splitlines()) >= 3 and not err, f"{name} --help")
        _, err = run(name, "--no-such-option", want=1)
        expect("--no-such-option" in err, f"{name} names the option it does not know")
    run(want=1)
    run("no-such-command", want=1)
    run("init", p.path("x.db"), want=1)
    run("merge", p.path("x.db"), want=1)
    run("show", p.early[0], "--kind", "no_such_kind", want=1)
    run("simulate", "--tablets", "many", "--checks", 1, "--out", p.path("x"), want=1)
    run("simulate", "--tablets", 1, "--checks", 1, "--photos", "many", "--out", p.path("x"), want=1)
    expect(not os.path.exists(p.path("x.db")) and not os.path.exists(p.path("x")), "wrong use makes nothing")


def test_photos(p):
    """Simulated photos come through the bundles as files of the report, each whole; the pair stands side by side."""
    made = p.path("with-photos")
    out, _ = run("simulate", "--tablets", 1, "--checks", 12, "--photos", 4, "--out", made, "--json")
    expect(json.loads(out)["photos"] == 4, f"four photos are taken: {out}")
    db = made + "/office.db"
    run("merge", db, "--trust", *sorted(glob.glob(made + "/bundles/*.lantern")))
    run("report", db, "--out", made + "/report")
    files = sorted(glob.glob(made + "/report/evidence-*.jpg"))
    expect(len(files) == 8, f"four photos and their small ones: {files}")
    for f in files:
        with open(f, "rb") as photo:
            data = photo.read()
        expect(data[:3] == b"\xff\xd8\xff" and data[-2:] == b"\xff\xd9", f"{f} is a whole JPEG")
    pages = [open(f, encoding="utf-8").read() for f in glob.glob(made + "/report/actions-*.html")]
    expect(sum(page.count('<li class="pair">') for page in pages) == 2, "two places, before and after")
    run("csv", db, "--out", made + "/csv")
    with open(made + "/csv/attachment.csv", newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    expect(len(rows) == 4 and sum(bool(r["before"]) for r in rows) == 2, f"the table says which pair: {rows}")
    shown = [json.loads(x)["body"] for x in run("show", db, "--kind", "attachment", "--json")[0].splitlines()]
    expect(len(shown) == 4 and all(x["width"] == 1280 and x["source"] == "camera" for x in shown), f"show: {shown}")
    return db


def test_missing(p):
    for command in ("verify", "hash", "show"):
        run(command, p.path("none.db"), want=2)
    run("merge", p.path("none.db"), p.early[0], "--trust", want=2)
    run("csv", p.path("none.db"), "--out", p.path("c"), want=2)
    expect(not os.path.exists(p.path("none.db")), "a missing master is not made by looking for it")


# ---- making and filling a master -----------------------------------------------------------------


def test_init_and_add(p):
    db, sample = p.path("new.db"), os.path.join(ROOT, "assets/sample")
    run("init", db, "--provider", "Harbour Lights Care")
    expect(stat.S_IMODE(os.stat(db + ".keys").st_mode) == 0o600, "the keys are for one person alone")
    before = hash_of(db)
    run("init", db, "--provider", "Another", want=2)
    expect(hash_of(db) == before, "init leaves a master alone")
    files = [sample + "/sample.json", sample + "/csv/areas.csv", sample + "/csv/people.csv",
             os.path.join(ROOT, "assets/templates/NIGHT.json")]
    for f in files:
        out, _ = run("add", db, f)
        full = hash_of(db)
        expect(full != before or " 0 written" in out, f"{f} is written")
        out, _ = run("add", db, f)
        expect(" 0 written" in out and hash_of(db) == full, f"{f} twice writes nothing: {out}")
        before = full
    services = [json.loads(x) for x in run("show", db, "--kind", "service", "--json")[0].splitlines()]
    expect(sorted(s["body"]["code"] for s in services)[0:1] == ["BEE"] or len(services) >= 3, "services are there")
    return db


def test_provider_stays_real(p):
    """The sample's file names this very provider and calls it made up: tablets are enrolled all the same."""
    db, sample = p.path("real.db"), os.path.join(ROOT, "assets/sample/sample.json")
    run("init", db, "--provider", "Harbour Lights Care", "--code", "HL", "--recovery", db + ".recovery")
    run("add", db, sample)
    full = hash_of(db)
    out, _ = run("add", db, sample)
    expect(" 0 written" in out and hash_of(db) == full, f"the second time writes nothing: {out}")
    written = [json.loads(x) for x in run("show", db, "--kind", "provider", "--json")[0].splitlines()]
    expect(not any(x["body"].get("sample") for x in written), f"no version calls it a sample: {written}")


def test_mistakes(p):
    db = p.master("mistakes.db")
    before = hash_of(db)
    bad = {
        "comma.json": '{\n "schema": "lantern.reference/1",\n "services": [}\n',
        "kind.json": '{\n "schema": "lantern.reference/1",\n "services": [\n  {"code": "NEW", "name": "New", "setting": "castle"}]}\n',
        "column.json": '{\n "schema": "lantern.reference/1",\n "services": [\n  {"code": "NEW", "name": "New",\n'
                       '   "no_such_thing": 1}]}\n',
        "areas.csv": "service,name,sort,unit,position\nOAK,Birch,unit,Birch,10\nNOWHERE,Elm,unit,Elm,20\n",
        "people.csv": "service,code,label,role\nOAK,\"x,y\n",
    }
    for name, text in bad.items():
        with open(p.path(name), "w", encoding="utf-8") as f:
            f.write(text)
        _, err = run("add", db, p.path(name), want=2)
        expect("line " in err and name in err, f"{name}: the message names the line: {err}")
        if name.endswith(".json"):
            expect("column " in err, f"{name}: the message names the column: {err}")
        expect(hash_of(db) == before, f"{name}: nothing changed")
    _, err = run("add", db, p.path("absent.json"), want=2)
    expect("absent.json" in err, "the missing file is named")


def test_pack(p):
    db = p.master("pack.db")
    run("merge", db, *p.all, "--trust")
    out = p.path("one.lantern")
    run("pack", db, "--open", "--tablet", "Tablet 09", "--out", out)
    _, err = run("show", out)
    expect("Office" in err or "office" in err, f"a pack says who carries it: {err}")
    run("pack", db, "--out", p.path("two.lantern"), want=1)
    expect(not os.path.exists(p.path("two.lantern")), "no pack without saying that it is open")
    lines = [json.loads(x) for x in run("show", out, "--json")[0].splitlines()]
    expect({"service", "person", "template"} <= {x["kind"] for x in lines}, "what a tablet needs")
    # Open actions go along as copies, which count as nobody's records: only the file grows.
    expect(os.path.getsize(out) > os.path.getsize(p.sim + "/pack.lantern") + 1000, "open actions go along")


# ---- merging ----------------------------------------------------------------------------------


def test_merge(p):
    a, b = p.master("a.db"), p.master("b.db")
    empty = hash_of(a)
    out, _ = run("merge", a, p.early[0], want=2)
    expect("refused" in out and hash_of(a) == empty, "an open bundle wants --trust")
    out, _ = run("merge", a, *p.early, "--trust")
    expect("gaps: 1" in out and "forks: 1" in out, f"the gap and the fork are said: {out}")
    run("merge", a, *p.later, "--trust")
    out, _ = run("merge", b, *reversed(p.all), "--trust", "--json")
    merged = [json.loads(x) for x in out.splitlines()]
    run_a, run_b = run("hash", a)[0], run("hash", b)[0]
    expect(run_a == run_b, "the same content in both orders")
    out, _ = run("merge", a, *p.all, "--trust", "--json")
    again = [json.loads(x) for x in out.splitlines()]
    expect(all(x["new"] == 0 and x["known"] > 0 for x in again), "the second time all is known")
    expect(run("hash", a)[0] == run_a, "the second time nothing changes")
    report = json.loads(run("verify", a, "--json", want=2)[0])
    expect(report["status"] == "status.ok" and report["gaps"] == 0 and report["forks"] == 2, f"{report}")
    expect(report["tables_differ"] == 0, "the tables are what the journal makes of them")
    expect("Tablet 03" in run("verify", a, want=2)[0], "the copied tablet is named")
    print(f"figure: office merges {sum(x['new'] for x in merged)} records in both orders, one hash")
    return a


def test_damage(p):
    db = p.master("damage.db")
    run("merge", db, p.early[0], "--trust")
    before = hash_of(db)
    with open(p.early[1], "rb") as f:
        good = f.read()
    luck, bad = random.Random(3), []
    for _ in range(16):
        at = luck.randrange(len(good))
        bad.append(good[:at] + bytes([good[at] ^ (1 << luck.randrange(8))]) + good[at + 1:])
    bad += [good[:luck.randrange(len(good))] for _ in range(8)]
    bad += [b"", good + b"\0", good.replace(b"\r\n", b"\n"), b"\x89PNG\r\n\x1a\n" + good, b"%PDF-1.7\n" * 40]
    with open(db, "rb") as f:
        bad.append(f.read())
    for i, content in enumerate(bad):
        with open(p.path("bad.lantern"), "wb") as f:
            f.write(content)
        out, _ = run("merge", db, p.path("bad.lantern"), "--trust", want=2)
        expect("refused: " in out and len(out.splitlines()) == 1, f"damage {i} is refused in one line: {out}")
        expect(hash_of(db) == before, f"damage {i} changed the master")
    out, _ = run("merge", db, p.path("absent.lantern"), p.early[1], p.path("bad.lantern"), "--trust", want=2)
    expect(" new, " in out.splitlines()[1] and hash_of(db) != before, "the rest is done")
    other = p.path("other.db")
    run("init", other, "--provider", "Another provider", "--code", "ZZ")
    empty = hash_of(other)
    run("merge", other, p.early[0], "--trust", want=2)
    expect(hash_of(other) == empty, "another provider's bundle is refused")
    print(f"figure: office refuses {len(bad)} of {len(bad)} damaged bundles, the master unchanged")


# ---- reading -------------------------------------------------------------------------------------


def show(path):
    return [json.loads(x) for x in run("show", path, "--json")[0].splitlines()]


def test_show(p, db):
    master = {x["hash"]: x for x in show(db)}
    shown = 0
    for path in p.all:
        for x in show(path):
            expect(master.get(x["hash"]) == x, f"{path}: a record reads otherwise in the master\n{x}")
            shown += 1
    visits = [json.loads(x) for x in run("show", db, "--kind", "visit", "--json")[0].splitlines()]
    expect(visits and all(x["kind"] == "visit" for x in visits), "--kind shows one kind")
    print(f"figure: office shows {shown} bundle records as the master has them")


def test_csv(p, db):
    folder = p.path("csv")
    run("csv", db, "--out", folder)
    rows_of, total = {}, 0
    for x in show(db):
        if x["op"] == "create":
            rows_of[x["kind"]] = rows_of.get(x["kind"], 0) + 1
    for path in glob.glob(folder + "/*.csv"):
        kind = os.path.basename(path)[:-4]
        with open(path, encoding="utf-8", newline="") as f:
            rows = list(csv.reader(f, strict=True))
        expect(rows[0][:5] == ["key", "id", "at", "by", "withdrawn"], f"{kind}: the first line")
        expect(all(len(r) == len(rows[0]) for r in rows), f"{kind}: every line has as many fields")
        expect(len({r[0] for r in rows[1:]}) == len(rows) - 1, f"{kind}: the key is one row's alone")
        expect(len(rows) - 1 == rows_of.get(kind, 0), f"{kind}: {len(rows) - 1} rows, {rows_of.get(kind, 0)} made")
        total += len(rows) - 1
    with open(folder + "/answer.csv", "rb") as f:
        content = f.read()
    expect(content.count(b"\n") == content.count(b"\r\n") + content.replace(b"\r\n", b"").count(b"\n"), "line ends")
    expect(total > 300, "there is something to compare")
    print(f"figure: csv and show agree on {total} rows")


# ---- a disk that will not ------------------------------------------------------------------------


def test_full_disk(p):
    db = p.master("full.db")
    run("merge", db, p.early[0], "--trust")
    before, size = hash_of(db), os.path.getsize(db)

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    refused = 0
    for limit in (4096, 64 * 1024, 100 * 1024, size):
        done = subprocess.run([OFFICE, "merge", db, *p.early[1:], "--trust"], capture_output=True, text=True,
                              cwd=ROOT, preexec_fn=small)
        expect(done.returncode in (0, 3), f"full disk at {limit}: exit {done.returncode} {done.stderr}{done.stdout}")
        if done.returncode == 3 and hash_of(db) == before:
            refused += 1
        report = json.loads(subprocess.run([OFFICE, "verify", db, "--json"], capture_output=True, text=True,
                                           cwd=ROOT).stdout)  # a bundle that did not come in is a gap
        expect(report["status"] == "status.ok", f"full disk at {limit}: {report}")
    expect(refused >= 2, "a full disk is met at all")
    run("merge", db, *p.early[1:], "--trust")
    limit = 2048
    done = subprocess.run([OFFICE, "pack", db, "--open", "--out", p.path("full.lantern")], capture_output=True,
                          text=True, cwd=ROOT, preexec_fn=small)
    expect(done.returncode == 3 and not os.path.exists(p.path("full.lantern")), f"pack: {done.stderr}")
    print(f"figure: full disk met {refused} times, the master as it was")


def test_read_only_folder(p):
    folder = p.path("locked")
    os.mkdir(folder)
    for name in ("office.db", "office.db.keys"):
        shutil.copy(p.sim + "/" + name, folder)
        os.chmod(os.path.join(folder, name), 0o444)
    db = os.path.join(folder, "office.db")
    before = hash_of(db)
    for name in os.listdir(folder):
        if name not in ("office.db", "office.db.keys"):
            os.remove(os.path.join(folder, name))
    os.chmod(folder, 0o555)
    root = os.geteuid() == 0

    def nobody():
        if root:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    done = subprocess.run([OFFICE, "merge", db, p.early[0], "--trust"], capture_output=True, text=True, cwd=ROOT,
                          preexec_fn=nobody)
    expect(done.returncode == 3, f"read-only folder: exit {done.returncode} {done.stdout}{done.stderr}")
    expect(sorted(os.listdir(folder)) == ["office.db", "office.db.keys"], "nothing was left there")
    os.chmod(folder, 0o755)
    expect(hash_of(db) == before, "read-only folder: nothing changed")


def all_tests(p):
    test_help(p)
    test_missing(p)
    test_photos(p)
    test_init_and_add(p)
    test_provider_stays_real(p)
    test_mistakes(p)
    test_pack(p)
    db = test_merge(p)
    test_damage(p)
    test_show(p, db)
    test_csv(p, db)
    test_full_disk(p)
    test_read_only_folder(p)
    print(f"figure: {place.count} office expectations met")


if __name__ == "__main__":
    place.in_place(all_tests)
