#!/usr/bin/env python3
"""The independent reader against the golden bundles: every record the same, every damage refused.

The .jsonl and .parts files were written by the project's own reader (test_vectors.c compares them anew in each run), so
two readers that share no code agree on every record, hash, credential, copy, receipt and blob. Where lantern-office has
been built, its `show --json` is held against them as well.
"""
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import zlib

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import reader

golden = here / "golden"
failed = 0


def fail(*words):
    global failed
    failed += 1
    print("FAILED:", *words)


def judge(data):
    """Whether the independent reader takes it; anything but a clean refusal is a failure."""
    try:
        reader.read_bundle(data)
        return True
    except (reader.Refused, reader.Sealed):
        return False


def agree(path):
    """Records and parts line by line; how many records."""
    b = reader.read_bundle(path.read_bytes())
    lines = {".jsonl": [reader.json_line(r) for r in b["records"]], ".parts": list(reader.part_lines(b))}
    for end, ours in lines.items():
        theirs = path.with_suffix(end).read_text().splitlines()
        for n, (x, y) in enumerate(zip(ours, theirs), 1):
            if x != y:
                fail(f"{path.name}: line {n} of {end} differs\n  {x}\n  {y}")
        if len(ours) != len(theirs):
            fail(f"{path.name}: {len(ours)} lines of {end}, not {len(theirs)}")
    return len(b["records"])


def agree_with_show(path):
    """lantern-office show --json says the same of each record; None when it has not been built."""
    programs = [here.parent / "build" / d / "lantern-office" for d in ("asan", ".")]
    program = os.environ.get("LANTERN_OFFICE") or next((p for p in programs if p.exists()), None)
    if not program:
        return None
    run = subprocess.run([program, "show", "--json", path], capture_output=True, text=True)
    shown = [json.loads(line) for line in run.stdout.splitlines()]
    records = reader.read_bundle(path.read_bytes())["records"]
    if run.returncode or len(shown) != len(records):
        fail(f"{path.name}: show --json ended with {run.returncode} after {len(shown)} records: {run.stderr}")
    ops = ("create", "change", "withdraw")
    for ours, theirs in zip(records, shown):
        same = (
            theirs["hash"] == ours["hash"].hex()
            and theirs["log"] == ours["log"].hex()
            and (theirs["seq"], theirs["hlc"]) == (ours["seq"], ours["hlc"])
            and theirs["op"] == ops[ours["op"]]
            and theirs.get("erased", False) == (ours["body"] is None)
            and all((name in theirs) == bool(ours[name][1]) for name in ("by", "row", "parent"))
        )
        if not same:
            fail(f"{path.name}: show --json says otherwise of record {ours['seq']}: {theirs}")
    return len(shown)


def damage(path):
    """Every byte that the standard library can check, that is all before the trailer's signature."""
    data = bytearray(path.read_bytes())
    accepted = 0
    for at in range(len(data) - 64):
        data[at] ^= 1
        accepted += judge(bytes(data))
        data[at] ^= 1
    for n in range(len(data)):
        accepted += judge(bytes(data[:n]))
    return 2 * len(data) - 64, accepted


def reseal(data, header):
    """Length and digest fit again; the signature would not, but it is not looked at."""
    blocks, _, digest_end, _ = reader.read_blocks(data, header)
    digest = reader.blake(data[header:digest_end])
    return data[:digest_end] + struct.pack("<BIQ", 7, 104, digest_end + 109) + digest + bytes(64)


def fuzz(path, rounds):
    """Bytes changed under a fitting digest: it may take or refuse, but never stumble."""
    draw = random.Random(path.name)
    data = path.read_bytes()
    header = len(reader.read_header(data)[0])
    taken = 0
    for _ in range(rounds):
        changed = bytearray(data)
        for _ in range(draw.randint(1, 3)):
            changed[draw.randrange(header, len(data) - 109)] = draw.choice((0, 1, 0x7F, 0x80, 0xFF, draw.randrange(256)))
        try:
            taken += judge(reseal(bytes(changed), header))
        except reader.Refused:
            pass
    return taken


def verdicts(entries):
    """Bundles with what the project's reader says: name, verdict, bytes. The same verdicts here; where that one names a
    signature, this one may refuse for another reason, or take it."""
    b = reader.Bytes(entries)
    counts = [0, 0, 0]
    while b.at < len(b.data):
        name = b.take(b.u8()).decode()
        how = b.u8()
        taken = judge(b.take(b.u32()))
        counts[how if how != 1 or taken else 0] += 1
        if how != 1 and taken != (how == 2):
            fail(f"{name}: {'taken' if taken else 'refused'}")
    return counts


if sys.argv[1:2] == ["--verdicts"]:
    verdicts(pathlib.Path(sys.argv[2]).read_bytes())
    sys.exit(1 if failed else 0)

bundles = sorted(golden.glob("*.lantern"))
opened = [p for p in bundles if reader.read_header(p.read_bytes())[1] == []]
records = sum(map(agree, opened))
if len(opened) < 5 or len(bundles) < 7:
    fail("golden bundles are missing")
print(f"figure: the independent reader agrees on {records} records of {len(opened)} open golden bundles, and on the rest")
shown = [agree_with_show(p) for p in opened]
if None in shown:
    print("figure: lantern-office is not built, so its show --json was not compared")
else:
    print(f"figure: lantern-office show --json says the same of {sum(shown)} records")
for path in bundles:
    if path not in opened and judge(path.read_bytes()):
        fail(f"{path.name}: a sealed bundle was read")
tried, accepted = map(sum, zip(*(damage(p) for p in opened)))
print(f"figure: {tried} damages and truncations, the independent reader accepted {accepted}")
if accepted:
    fail("damage was accepted")
counts = [0, 0, 0]
for path in sorted(golden.glob("refused*.bin")):
    packed = path.read_bytes()
    entries = reader.inflate(packed[4:], struct.unpack_from("<I", packed)[0])
    counts = list(map(sum, zip(counts, verdicts(entries))))
print(
    f"figure: {counts[0]} bundles that break one rule refused as the project's reader does, {counts[2]} sound ones taken; "
    f"{counts[1]} rest on a signature alone, which the standard library cannot check"
)
taken = sum(fuzz(p, 300) for p in opened)
print(f"figure: {300 * len(opened)} bundles changed under a fitting digest: the independent reader took {taken}, never stumbled")
sys.exit(1 if failed else 0)
