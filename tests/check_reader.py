#!/usr/bin/env python3
"""The independent reader against the golden bundles: every record the same, every damage refused.

small.jsonl was written by bundle_show (test_bundle.c compares it anew in each run), so two readers that share no
code agree record by record, hashes included.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import reader

golden = pathlib.Path(__file__).resolve().parent / "golden"
failed = records = 0
bundles = sorted(golden.glob("*.lantern"))
for path in bundles:
    lines = [reader.json_line(r) for r in reader.read_bundle(path.read_bytes())[1]]
    expected = path.with_suffix(".jsonl").read_text().splitlines()
    records += len(lines)
    for n, (ours, theirs) in enumerate(zip(lines, expected), 1):
        if ours != theirs:
            print(f"{path.name}: record {n} differs\n  {ours}\n  {theirs}")
            failed += 1
    if len(lines) != len(expected):
        print(f"{path.name}: {len(lines)} records, not {len(expected)}")
        failed += 1
if not bundles:
    print("no golden bundle was found")
    failed += 1
print(f"figure: the independent reader agrees on {records} records of {len(bundles)} golden bundles")

# Every byte before the trailer's signature is covered by what the standard library can check.
data = bytearray((golden / "small.lantern").read_bytes())
accepted = 0
for at in range(len(data) - 64):
    data[at] ^= 1
    try:
        reader.read_bundle(bytes(data))
        accepted += 1
    except reader.Refused:
        pass
    data[at] ^= 1
print(f"figure: {len(data) - 64} bytes damaged one by one, the independent reader accepted {accepted}")
sys.exit(1 if failed or accepted else 0)
