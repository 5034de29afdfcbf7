#!/usr/bin/env python3
"""Reads an open Lantern bundle and prints its records, one JSON line each: written from sync/FORMAT.md alone.

It uses Python's standard library only. That has no Ed25519: digest and chains are checked, signatures are not, and it
says so. Nor has it what opens a sealed bundle: of such a one it says what the clear header says.
Usage: reader.py [--parts] FILE.lantern. --parts prints what else is in it, instead of the records.
Ends with status 2 and one sentence when the file must be refused, with 3 when it is sealed.
"""
import hashlib
import json
import struct
import sys
import zlib

MAGIC = bytes.fromhex("894C4E540D0A1A0A")
SEQ_MAX = 2**40 - 1
TIME_MAX = 7258118400000
ZERO32 = bytes(32)
LIMITS = {1: 4096, 2: 8192 * 297, 8: 2**20, 3: 264192, 4: 264192, 5: 4 * 2**20, 6: 264192, 7: 104}
ORDER = list(LIMITS)  # blocks come in this order


class Refused(Exception):
    pass


class Sealed(Exception):
    """Nothing is wrong with what can be seen of it."""


def need(condition, why):
    if not condition:
        raise Refused(why)


def blake(*parts):
    return hashlib.blake2b(b"".join(parts), digest_size=32).digest()


class Bytes:
    """Section 1: a cursor over the bytes of one part."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        need(self.at + n <= len(self.data), "ends too early")
        self.at += n
        return self.data[self.at - n : self.at]

    def unpack(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]

    def u8(self):
        return self.unpack("B")

    def u16(self):
        return self.unpack("H")

    def u32(self):
        return self.unpack("I")

    def u64(self):
        return self.unpack("Q")

    def i64(self):
        return self.unpack("q")

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                need(byte or shift == 7, "a varint is longer than it need be")
                need(value < 2**64, "a varint is too large")
                return value
            need(shift < 70, "a varint is too long")

    def svarint(self):
        v = self.varint()
        return -(v >> 1) - 1 if v & 1 else v >> 1

    def text(self):
        n = self.u8()
        need(n <= 79, "a text is too long")
        raw = self.take(n)
        need(0 not in raw, "a text holds a zero byte")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("a text is not UTF-8") from None

    def end(self, what):
        need(self.at == len(self.data), f"bytes are left over after {what}")


# ---- 4: clear header -------------------------------------------------------------------------------


def read_keys(b, sealed):
    count = b.u16()
    need(count <= 16 and sealed == (count > 0), "the header breaks the rules")
    keys = []
    for _ in range(count):
        way, key_id, wrapped = b.u8(), b.take(8), b.take(80)
        need(way <= 2, "made by a newer Lantern")
        need(way and not (way == 2 and any(key_id)), "the header breaks the rules")
        need(not keys or keys[-1][:2] < (way, key_id), "the header's keys are out of order")
        keys.append((way, key_id, wrapped))
    return keys


def read_header(data):
    """The header's bytes, and the wrapped keys of a sealed one."""
    need(data[:8] == MAGIC[: len(data[:8])] and data, "not a Lantern bundle")
    need(len(data) >= 54, "ends too early")
    size = struct.unpack_from("<I", data, 12)[0]
    need(54 <= size <= 65536, "the header's size is impossible")
    need(size <= len(data), "ends too early")
    header = data[:size]
    need(blake(b"lantern header 1", header[:-32]) == header[-32:], "the header is damaged")
    b = Bytes(header[:-32])
    b.take(8)
    version, encoding, zero = b.u16(), b.u8(), b.u8()
    b.u32()
    need(version <= 1 and encoding <= 1, "made by a newer Lantern")
    need(version == 1 and zero == 0, "the header breaks the rules")
    keys = read_keys(b, encoding == 1)
    lists = []
    for _ in range(2):
        ids = []
        for _ in range(b.u16()):
            ids.append(b.u16())
            b.take(b.u32())
        need(all(x < y for x, y in zip(ids, ids[1:])), "extensions are out of order")
        lists.append(ids)
    b.end("the header")
    need(not lists[1], "made by a newer Lantern")
    return header, keys


# ---- 3: blocks -------------------------------------------------------------------------------------


def read_blocks(data, start):
    blocks, at, last = [], start, -1
    while True:
        need(at + 5 <= len(data), "ends too early")
        kind, size = struct.unpack_from("<BI", data, at)
        need(kind in ORDER and ORDER.index(kind) >= last, "blocks are out of order")
        place = ORDER.index(kind)
        need(place != last or kind in (3, 4, 6), "a block comes twice")
        need(last >= 1 or place == last + 1, "a block is missing")
        need(size <= LIMITS[kind], "a block is too large")
        need(at + 5 + size <= len(data), "ends too early")
        payload = data[at + 5 : at + 5 + size]
        if kind == 7:
            need(size == 104, "the trailer has the wrong size")
            return blocks, payload, at, at + 5 + size
        blocks.append((kind, payload))
        at += 5 + size
        last = place


# ---- 5 and 6: manifest, credentials and section table ----------------------------------------------


def need_time(at, least=-TIME_MAX):
    need(least <= at <= TIME_MAX, "a time is impossible")
    return at


def read_manifest(payload):
    b = Bytes(payload)
    m = {"purpose": b.u8(), "made": need_time(b.i64()), "offset": b.unpack("h"), "provider": b.take(32), "carrier": b.take(32)}
    m["sections"], m["records"], m["copies"], m["receipt"] = b.u32(), b.u64(), b.u32(), b.u8()
    m["name"], m["program"], m["tablet"] = b.text(), b.text(), b.text()
    b.end("the manifest")
    need(m["purpose"] <= 1 and m["receipt"] <= 1, "the manifest breaks the rules")
    need(abs(m["offset"]) <= 1440 and m["sections"] <= 8192 and m["copies"] <= 1000000, "the manifest breaks the rules")
    need(m["purpose"] == 1 or not (m["copies"] or m["receipt"] or m["tablet"]), "only a pack may hold this")
    return m


def read_credentials(payload, with_code=False):
    b = Bytes(payload)
    c = {"office_at": need_time(b.i64(), 0), "recovery": b.take(32), "token": b.u8()}
    need(c["token"] <= 1, "the credentials break the rules")
    if c["token"]:
        c["secret"] = b.take(32)
        need(with_code, "it holds a secret that it may not hold")
    count = b.u16()
    need(count <= 64, "there are too many successions")
    c["successions"] = [(b.take(32), b.take(32), need_time(b.i64(), 0), b.take(64)) for _ in range(count)]
    times = [s[2] for s in c["successions"]]
    need(times == sorted(times), "the successions go back in time")
    need(len({s[:2] for s in c["successions"]}) == count, "a succession stands there twice")
    count = b.u16()
    need(count <= 8192, "there are too many proofs")
    c["proofs"] = [(b.take(32), b.take(8), b.take(32)) for _ in range(count)]
    need(all(x[0] < y[0] for x, y in zip(c["proofs"], c["proofs"][1:])), "the proofs are out of order")
    b.end("the credentials")
    return c


def read_table(payload, count):
    need(len(payload) == count * 297, "the section table has the wrong size")
    b, sections, before = Bytes(payload), [], None
    for _ in range(count):
        s = {"log": b.take(32), "key": b.take(32), "incarnation": b.take(8), "branch": b.take(8)}
        s["first"], s["last"], s["previous"], s["salt"] = b.u64(), b.u64(), b.take(32), b.take(32)
        s["head"], s["signed"], s["at"], s["provider"], s["signature"] = b.take(32), b.u8(), b.i64(), b.take(32), b.take(64)
        need(s["log"] == blake(b"lantern log 1", s["key"], s["incarnation"]), "a log id does not follow from its key")
        need(1 <= s["first"] <= s["last"] <= SEQ_MAX, "a section's numbers are impossible")
        if s["first"] == 1:
            need(s["previous"] == s["log"] and s["salt"] == ZERO32, "a log does not begin at its beginning")
        need(s["signed"] <= 1, "the section table breaks the rules")
        need_time(s["at"])
        if not s["signed"]:
            need(s["at"] == 0 and s["provider"] == ZERO32 and s["signature"] == bytes(64), "the section table breaks the rules")
        order = (s["log"], s["branch"], s["first"])
        need(before is None or before < order, "the section table is out of order")
        before = order
        sections.append(s)
    return sections


# ---- 7 and 8: chunks, frames, copies ---------------------------------------------------------------


def read_packed(payload):
    b = Bytes(payload)
    count, size = b.u16(), b.u32()
    need(1 <= count <= 1000 and 1 <= size <= 262144, "a chunk's size is impossible")
    return count, inflate(payload[6:], size)


def inflate(packed, size):
    d = zlib.decompressobj()
    try:
        raw = d.decompress(packed, size + 1)
    except zlib.error:
        raise Refused("a chunk cannot be unpacked") from None
    need(len(raw) == size and d.eof and not d.unused_data, "a chunk cannot be unpacked")
    return raw


NONE = (ZERO32, 0, bytes(4))


class Frames:
    """What one frame leaves to the next (section 7)."""

    def __init__(self):
        self.floor = 0
        self.logs = []
        self.start()

    def start(self):
        self.ms, self.offset, self.by = 0, 0, NONE

    def log(self, b, n):
        need(1 <= n <= len(self.logs) + 1, "a reference to an unknown log")
        if n <= len(self.logs):
            return self.logs[n - 1]
        log = b.take(32)
        need(log not in self.logs, "a log joins the list twice")
        self.logs.append(log)
        return log

    def ref(self, b, own, seq, may_be_none=False):
        n = b.varint()
        if n == 0:
            back = b.varint()
            need(back < seq and (back or may_be_none), "a reference to nothing")
            return (own, seq - back, bytes(4)) if back else NONE
        log = self.log(b, n)
        need(log != own, "a log joins its own list")
        there = b.varint()
        need(1 <= there <= SEQ_MAX, "a reference to nothing")
        return (log, there, b.take(4))

    def read(self, b, own, seq):
        flags = b.u8()
        op = flags & 3
        need(flags < 128 and op < 3, "a frame breaks the rules")
        need(not (op == 0 and flags & 4) and flags & 80 != 80, "a frame breaks the rules")
        r = {"log": own, "seq": seq, "kind": b.varint(), "op": op}
        need(1 <= r["kind"] <= 65535, "a frame breaks the rules")
        ms, counter = self.ms + b.varint(), b.varint()
        need(ms < TIME_MAX and counter < 65536, "a stamp is impossible")
        r["hlc"] = ms << 16 | counter
        need(r["hlc"] > self.floor, "a stamp goes back")
        r["at"] = ms + b.svarint()
        need(abs(r["at"]) <= TIME_MAX, "a time is impossible")
        r["offset"] = b.svarint() if flags & 32 else self.offset
        need(abs(r["offset"]) <= 1440 and not (flags & 32 and r["offset"] == self.offset), "an offset breaks the rules")
        r["by"] = self.ref(b, own, seq, True) if flags & 8 else self.by
        need(not (flags & 8 and r["by"] == self.by), "a holder is said twice")
        r["row"] = self.ref(b, own, seq) if op else (own, seq, bytes(4))
        r["parent"] = self.ref(b, own, seq) if flags & 4 else NONE
        r["salt"] = b.take(32) if flags & 64 else None
        need(r["kind"] != 1 or not r["salt"], "a frame breaks the rules")
        if flags & 16:
            r["body"], r["commitment"] = None, b.take(32)
        else:
            size = b.varint()
            need(size <= 65536, "a body is too large")
            r["body"] = b.take(size)
        self.ms, self.floor, self.offset, self.by = ms, r["hlc"], r["offset"], r["by"]
        return r


# ---- 2: the chain ----------------------------------------------------------------------------------


def ref_bytes(ref):
    return ref[0] + struct.pack("<Q", ref[1]) + ref[2]


def add_hashes(r, previous, salt_key):
    if r["body"] is not None:
        key = ZERO32 if r["kind"] == 1 else salt_key
        salt = hashlib.blake2b(struct.pack("<Q", r["seq"]), key=key, digest_size=32).digest()
        r["commitment"] = blake(r["salt"] or salt, r["body"])
    head = struct.pack("<QQqh", r["seq"], r["hlc"], r["at"], r["offset"])
    rest = struct.pack("<HB", r["kind"], r["op"])
    refs = [ref_bytes(r[name]) for name in ("by", "row", "parent")]
    r["hash"] = blake(b"lantern record 1", previous, r["log"], head, refs[0], rest, refs[1], refs[2], r["commitment"])


def new_salt(r, salt_key):
    """A salt record's body is an array (RFC 8949) that begins with a byte string of 32 bytes: 58 20."""
    if r["kind"] != 1:
        return salt_key
    body = r["body"] or b"\0"
    more = {0x98: 1, 0x99: 2}.get(body[0], 0)
    count = int.from_bytes(body[1 : 1 + more], "big") if more else body[0] - 0x80
    rest = body[1 + more :]
    well = count >= (1, 24, 256)[more] and (more or count < 24) and count <= len(rest)
    return rest[2:34] if well and rest[:2] == b"\x58\x20" and len(rest) >= 34 else ZERO32


def read_sections(sections, chunks):
    chunks = iter(chunks)
    for s in sections:
        frames, seq, previous, salt_key = Frames(), s["first"], s["previous"], s["salt"]
        while seq <= s["last"]:
            count, raw = read_packed(next(chunks, None) or need(False, "a chunk is missing"))
            need(seq + count - 1 <= s["last"], "a chunk holds records of two sections")
            frames.logs = []
            frames.start()
            b = Bytes(raw)
            for _ in range(count):
                r = frames.read(b, s["log"], seq)
                add_hashes(r, previous, salt_key)
                yield r
                previous, salt_key, seq = r["hash"], new_salt(r, salt_key), seq + 1
            b.end("the last frame")
        need(previous == s["head"], "a section's chain does not end where it says")
    need(next(chunks, None) is None, "there are more chunks than sections")


def read_copies(payloads):
    for payload in payloads:
        count, raw = read_packed(payload)
        frames, b = Frames(), Bytes(raw)
        for _ in range(count):
            frames.floor = 0
            frames.start()
            log = frames.log(b, b.varint())
            seq = b.varint()
            need(1 <= seq <= SEQ_MAX, "a copy's number is impossible")
            r = frames.read(b, log, seq)
            r["hash"] = b.take(32)
            r.setdefault("commitment", ZERO32)  # cannot be known: the salt key is not here
            yield r
        b.end("the last copy")


# ---- 9 and 10: receipt and blobs -------------------------------------------------------------------


def read_list(b, size, entry):
    count = b.u32()
    need(count * size <= len(b.data) - b.at, "ends too early")
    return [entry() for _ in range(count)]


def read_receipt(payload, manifest):
    b = Bytes(payload)
    r = {"number": b.u64(), "at": need_time(b.i64()), "provider": b.take(32), "key": b.take(32)}
    r["logs"] = read_list(b, 80, lambda: (b.take(32), b.take(8), b.u64(), b.take(32)))
    r["gaps"] = read_list(b, 56, lambda: (b.take(32), b.take(8), b.u64(), b.u64()))
    r["lacking"] = read_list(b, 32, lambda: b.take(32))
    b.take(64)
    b.end("the receipt")
    need(1 <= r["number"] < 2**63, "the receipt's number is impossible")
    logs = [e[:2] for e in r["logs"]]
    need(all(x < y for x, y in zip(logs, logs[1:])), "the receipt's logs are out of order")
    need(all(1 <= e[2] <= SEQ_MAX for e in r["logs"]), "a log in the receipt is impossible")
    need(all(1 <= e[2] <= e[3] <= SEQ_MAX for e in r["gaps"]), "a gap is impossible")
    for x, y in zip(r["gaps"], r["gaps"][1:]):
        need(x[:2] < y[:2] or (x[:2] == y[:2] and x[3] < y[2]), "the receipt's gaps are out of order")
    need(all(x < y for x, y in zip(r["lacking"], r["lacking"][1:])), "the receipt's blobs are out of order")
    need(r["key"] == manifest["carrier"], "the receipt is from somebody else")
    return r


def read_blobs(payloads):
    blobs, name, data, size = {}, None, b"", 0
    for payload in payloads:
        b = Bytes(payload)
        this, total, offset, packing, raw_size = b.take(32), b.u32(), b.u32(), b.u8(), b.u32()
        if this != name:
            need(len(data) == size and offset == 0 and (name is None or name < this), "blobs are out of order")
            name, data, size = this, b"", total
        else:
            need(len(data) < size, "a blob has more pieces than it needs")
        need(total == size <= 64 * 2**20 and offset == len(data), "a blob's pieces do not fit together")
        need(raw_size == min(262144, size - offset) and packing <= 1, "a blob's piece has the wrong size")
        rest = payload[45:]
        piece = inflate(rest, raw_size) if packing else rest
        need(len(piece) == raw_size, "a blob's piece has the wrong size")
        data += piece
        if len(data) == size:
            need(blake(data) == name, "a blob's hash is not its name")
            blobs[name] = data
    need(len(data) == size, "a blob is not whole")
    return blobs


# ---- all -------------------------------------------------------------------------------------------


def read_blocks_of(header, plain, with_code=False):
    """Sections 5 to 11: the blocks after the clear header, however they came."""
    data = header + plain
    blocks, trailer, digest_end, end = read_blocks(data, len(header))
    need(end == len(data), "bytes follow the trailer")
    length = struct.unpack_from("<Q", trailer)[0]
    need(length == len(data), "the length does not fit")
    need(blake(data[len(header) : digest_end]) == trailer[8:40], "the digest does not fit")
    of = lambda kind: [payload for k, payload in blocks if k == kind]
    b = {"manifest": read_manifest(of(1)[0])}
    b["sections"] = read_table(of(2)[0], b["manifest"]["sections"])
    b["credentials"] = [read_credentials(c, with_code and b["manifest"]["purpose"] == 1) for c in of(8)]
    need(len(of(5)) == b["manifest"]["receipt"], "the receipt is missing")
    b["records"] = list(read_sections(b["sections"], of(3)))
    need(len(b["records"]) == b["manifest"]["records"], "the number of records does not fit")
    b["copies"] = list(read_copies(of(4)))
    need(len(b["copies"]) == b["manifest"]["copies"], "the number of copies does not fit")
    b["receipt"] = [read_receipt(r, b["manifest"]) for r in of(5)]
    b["blobs"] = read_blobs(of(6))
    return b


def read_bundle(data):
    need(len(data) <= 2**31, "larger than any bundle can be")
    header, keys = read_header(data)
    if keys:
        raise Sealed(
            "sealed for "
            + ", ".join("whoever has its code" if way == 2 else f"key {key_id.hex()}" for way, key_id, _ in keys)
            + ": Python's standard library cannot open it"
        )
    return read_blocks_of(header, data[len(header) :])


# ---- as JSON ---------------------------------------------------------------------------------------


def json_line(r):
    def ref(x):
        return f'"{x[0].hex()}:{x[1]}:{x[2].hex()}"' if x[1] else "null"

    body = "null" if r["body"] is None else f'"{r["body"].hex()}"'
    return (
        f'{{"log":"{r["log"].hex()}","seq":{r["seq"]},"hlc":{r["hlc"]},"at":{r["at"]},"offset":{r["offset"]},'
        f'"kind":{r["kind"]},"op":{r["op"]},"by":{ref(r["by"])},"row":{ref(r["row"])},"parent":{ref(r["parent"])},'
        f'"body":{body},"commitment":"{r["commitment"].hex()}","hash":"{r["hash"].hex()}"}}'
    )


def part(what, /, **values):
    def plain(v):
        if isinstance(v, bytes):
            return v.hex()
        return [plain(x) for x in v] if isinstance(v, list) else {k: plain(x) for k, x in v.items()} if isinstance(v, dict) else v

    return json.dumps(plain({"part": what, **values}), separators=(",", ":"))


def part_lines(b):
    """What is in a bundle besides its records."""
    names = ("purpose", "made", "offset", "provider", "carrier", "sections", "records", "copies", "receipt")
    yield part("manifest", **{k: b["manifest"][k] for k in names + ("name", "program", "tablet")})
    for s in b["sections"]:
        yield part("section", **{k: s[k] for k in ("log", "branch", "first", "last", "salt", "head", "signed", "at")})
    for c in b["credentials"]:
        yield part(
            "credentials",
            office_at=c["office_at"],
            recovery=c["recovery"],
            token=c["token"],
            successions=[dict(zip(("before", "after", "at"), s)) for s in c["successions"]],
            proofs=[dict(zip(("key", "token", "mac"), p)) for p in c["proofs"]],
        )
    for r in b["copies"]:
        yield f'{{"part":"copy","own_salt":"{(r["salt"] or b"").hex()}","record":{json_line(r)}}}'
    for r in b["receipt"]:
        yield part(
            "receipt",
            **{k: r[k] for k in ("number", "at", "provider", "key")},
            logs=[dict(zip(("log", "branch", "seq", "hash"), e)) for e in r["logs"]],
            gaps=[dict(zip(("log", "branch", "first", "last"), e)) for e in r["gaps"]],
            lacking=r["lacking"],
        )
    for name, data in b["blobs"].items():
        yield part("blob", name=name, size=len(data))


def main():
    parts = sys.argv[1:2] == ["--parts"]
    if len(sys.argv) != 2 + parts:
        print("usage: reader.py [--parts] FILE.lantern", file=sys.stderr)
        return 1
    try:
        with open(sys.argv[-1], "rb") as f:
            b = read_bundle(f.read(2**31 + 1))
    except Refused as why:
        print(f"refused: {why}", file=sys.stderr)
        return 2
    except Sealed as why:
        print(f"{why}", file=sys.stderr)
        return 3
    for line in part_lines(b) if parts else map(json_line, b["records"]):
        print(line)
    print(
        f'{len(b["records"])} records, {len(b["copies"])} copies, {len(b["blobs"])} blobs, '
        f'{"a" if b["receipt"] else "no"} receipt, {"" if b["credentials"] else "no "}credentials, '
        f'from "{b["manifest"]["name"]}"; signatures not checked',
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
