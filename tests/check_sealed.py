#!/usr/bin/env python3
"""Opens the sealed golden bundles by hand, as sync/FORMAT.md sections 4 and 4a say, with the secrets that stand there.

It proves the page, nothing else: slow and with no care about what an onlooker might measure. Never use it for real.
Argon2id is left out, so the pack under a code is opened with the content key that the page gives.
"""
import hashlib
import pathlib
import struct
import sys

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import reader

CODED_KEY = bytes.fromhex("d51878fc76b1cb13e43e1c18cfc877f36e943152181dedd118e519b36625e111")
MASK = 2**32 - 1


# ---- X25519 (RFC 7748) ---------------------------------------------------------------------------

P = 2**255 - 19


def x25519(secret, point):
    k = bytearray(secret)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k = int.from_bytes(k, "little")
    u = int.from_bytes(point, "little") & (2**255 - 1)
    x1, x2, z2, x3, z3, swap = u, 1, 0, u, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = (x2 + z2) % P, (x2 - z2) % P, (x3 + z3) % P, (x3 - z3) % P
        da, cb, aa, bb = d * a % P, c * b % P, a * a % P, b * b % P
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        e = aa - bb
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


# ---- Salsa20 and ChaCha20, Poly1305 --------------------------------------------------------------


def turn(v, n):
    return (v << n | v >> 32 - n) & MASK


def salsa_rounds(s):
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11),
                           (0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)):
            s[b] ^= turn(s[a] + s[d] & MASK, 7)
            s[c] ^= turn(s[b] + s[a] & MASK, 9)
            s[d] ^= turn(s[c] + s[b] & MASK, 13)
            s[a] ^= turn(s[d] + s[c] & MASK, 18)


def chacha_rounds(s):
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            for x, y, z, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                s[x] = s[x] + s[y] & MASK
                s[z] = turn(s[z] ^ s[x], n)


WORDS = struct.unpack("<4I", b"expand 32-byte k")


def salsa_state(key, sixteen):
    k, n = struct.unpack("<8I", key), struct.unpack("<4I", sixteen)
    return [WORDS[0], *k[:4], WORDS[1], *n, WORDS[2], *k[4:], WORDS[3]]


def chacha_state(key, sixteen):
    return [*WORDS, *struct.unpack("<8I", key), *struct.unpack("<4I", sixteen)]


def hsalsa20(key, sixteen):
    s = salsa_state(key, sixteen)
    salsa_rounds(s)
    return struct.pack("<8I", *(s[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)))


def hchacha20(key, sixteen):
    s = chacha_state(key, sixteen)
    chacha_rounds(s)
    return struct.pack("<8I", *s[:4], *s[12:])


def block(state, rounds):
    s = list(state)
    rounds(s)
    return struct.pack("<16I", *(a + b & MASK for a, b in zip(s, state)))


def keystream(count, first, of_block):
    return b"".join(of_block(first + i) for i in range(count))


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


# ---- section 4: a wrapped key --------------------------------------------------------------------


def secretbox_open(key, nonce, box):
    sub = hsalsa20(key, nonce[:16])
    stream = keystream(
        2, 0, lambda n: block(salsa_state(sub, nonce[16:] + struct.pack("<Q", n)), salsa_rounds)
    )
    assert poly1305(stream[:32], box[16:]) == box[:16], "the box does not open"
    return xor(box[16:], stream[32:])


def unwrap(secret, wrapped):
    public = x25519(secret, bytes([9]) + bytes(31))
    nonce = hashlib.blake2b(wrapped[:32] + public, digest_size=24).digest()
    shared = hsalsa20(x25519(secret, wrapped[:32]), bytes(16))
    return secretbox_open(shared, nonce, wrapped[32:])


# ---- section 4a: the stream ----------------------------------------------------------------------


def unseal(key, header_hash, body):
    start, body = body[:24], body[24:]
    sub, tail, counter, plain, ad, final = hchacha20(key, start[:16]), start[16:], 1, b"", header_hash, False
    while body:
        assert not final, "bytes follow the final message"
        message, body = body[: 65536 + 17], body[65536 + 17 :]
        n = len(message) - 17
        assert n >= 1, "an empty message"
        nonce = struct.pack("<I", counter) + tail
        stream = keystream(
            2 + -(-n // 64), 0, lambda i: block(chacha_state(sub, struct.pack("<I", i) + nonce), chacha_rounds)
        )
        tag = message[0] ^ stream[64]
        t = message[:1] + stream[65:128]
        mac = poly1305(
            stream[:32],
            ad + bytes(-len(ad) % 16) + t + message[1:-16] + bytes(n % 16) + struct.pack("<QQ", len(ad), 64 + n),
        )
        assert mac == message[-16:], "an authenticator does not hold"
        assert tag in (0, 3), "an unknown tag"
        plain += xor(message[1:-16], stream[128:])
        tail, counter, ad, final = xor(tail, mac[:8]), counter + 1, b"", tag == 3
    assert final, "the final message is missing"
    return plain


def open_with(data, key):
    header, keys = reader.read_header(data)
    plain = unseal(key, header[-32:], data[len(header) :])
    return reader.read_blocks_of(header, plain, keys[-1][0] == 2)


def compare(name, b):
    lines = "".join(reader.json_line(r) + "\n" for r in b["records"])
    parts = "".join(line + "\n" for line in reader.part_lines(b))
    assert lines == (here / "golden" / "small.jsonl").read_text(), f"{name}: other records"
    assert parts == (here / "golden" / f"{name}.parts").read_text(), f"{name}: other parts"


def main():
    page = "".join((here.parent / "sync" / "FORMAT.md").read_text().split())
    sealed = (here / "golden" / "sealed.lantern").read_bytes()
    keys = reader.read_header(sealed)[1]
    for secret in (bytes([0xA1]) * 32, bytes([0xA2]) * 32):
        public = x25519(secret, bytes([9]) + bytes(31))
        key_id = reader.blake(b"lantern box key 1", public)[:8]
        key = unwrap(secret, next(wrapped for way, id, wrapped in keys if way == 1 and id == key_id))
        assert all(v.hex() in page for v in (public, key_id, key)), "FORMAT.md says another key"
        compare("sealed", open_with(sealed, key))
    coded = (here / "golden" / "coded.lantern").read_bytes()
    compare("coded", open_with(coded, CODED_KEY))
    assert CODED_KEY.hex() in page
    refused = 0
    for at in range(len(reader.read_header(sealed)[0]), len(sealed), 97):
        try:
            open_with(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], key)
        except AssertionError:
            refused += 1
    tried = len(range(len(reader.read_header(sealed)[0]), len(sealed), 97))
    assert refused == tried, "damage was not noticed"
    print(f"figure: sealed.lantern opened by hand with both secrets, coded.lantern with its key, {refused} damages refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
