/* record.c -- the bytes of a record that are hashed, and the hybrid clock.
 *
 * hash = BLAKE2b-256 of these bytes, integers little endian, all fields always there:
 *
 *      offset  bytes
 *           0     16  "lantern record 1"
 *          16     32  hash of the log's previous record; the log id for seq 1
 *          48     32  log id
 *          80      8  seq, unsigned
 *          88      8  hlc, unsigned: 48 bits of ms since 1970 UTC, 16 bits of counter
 *          96      8  at, signed: ms since 1970 UTC
 *         104      2  at's offset in minutes, signed
 *         106     44  by: reference, zeros for none
 *         150      2  kind
 *         152      1  op: 0 create, 1 change, 2 withdraw
 *         153     44  row: reference; a create names itself
 *         197     44  parent: reference, zeros for none
 *         241     32  commitment: BLAKE2b-256(salt ‖ body)
 *         273
 *
 * A reference is log id (32), seq (8), check (4): the first bytes of the named record's hash,
 * zeros inside the same log. The salt of a record is BLAKE2b-256 of seq (8 bytes) under the key
 * of the log's newest salt record before it; a salt record's own is under 32 zero bytes. */
#include <string.h>

#include "store/inside.h"

#define HEADER_BYTES 273
static const char domain[16] = {'l', 'a', 'n', 't', 'e', 'r', 'n', ' ',
                                'r', 'e', 'c', 'o', 'r', 'd', ' ', '1'};

static uint8_t *put_bytes(uint8_t *p, const void *from, size_t n) {
    memcpy(p, from, n);
    return p + n;
}

static uint8_t *put_int(uint8_t *p, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++)
        *p++ = (uint8_t)(v >> (8 * i));
    return p;
}

static uint8_t *put_ref(uint8_t *p, const struct global_ref *r) {
    p = put_bytes(p, r->log.b, 32);
    p = put_int(p, (uint64_t)r->seq, 8);
    return put_bytes(p, r->check, 4);
}

hash256 record_hash(const hash256 *log_id, const hash256 *previous,
                    const struct record_wire *r) {
    uint8_t bytes[HEADER_BYTES], *p = bytes;
    p = put_bytes(p, domain, sizeof domain);
    p = put_bytes(p, previous->b, 32);
    p = put_bytes(p, log_id->b, 32);
    p = put_int(p, (uint64_t)r->seq, 8);
    p = put_int(p, r->hlc, 8);
    p = put_int(p, (uint64_t)r->at, 8);
    p = put_int(p, (uint16_t)r->at_offset_min, 2);
    p = put_ref(p, &r->by);
    p = put_int(p, r->kind, 2);
    p = put_int(p, r->op, 1);
    p = put_ref(p, &r->row);
    p = put_ref(p, &r->parent);
    p = put_bytes(p, r->commitment.b, 32);
    BELIEVE(p == bytes + HEADER_BYTES);
    return hash_of(bytes, HEADER_BYTES);
}

hash256 record_salt(const uint8_t salt_key[32], int64_t seq) {
    uint8_t bytes[8];
    put_int(bytes, (uint64_t)seq, 8);
    return hash_keyed(salt_key, bytes, 8);
}

hash256 salted_commitment(const uint8_t salt[32], const void *body, size_t n) {
    struct hash_state h;
    hash_start(&h);
    hash_add(&h, salt, 32);
    hash_add(&h, body, n);
    return hash_end(&h);
}

hash256 record_commitment(const uint8_t salt_key[32], int64_t seq, const void *body, size_t n) {
    hash256 salt = record_salt(salt_key, seq);
    return salted_commitment(salt.b, body, n);
}

/* The counter overflows into the milliseconds by itself: one integer, always greater. */
int64_t hlc_next(int64_t last, int64_t wall_ms) {
    int64_t now = wall_ms > 0 && wall_ms < JOURNAL_YEAR_MAX_MS ? wall_ms * 65536 : 0;
    return now > last ? now : last + 1;
}

/* Our clock follows every record it meets, so that a change beats the version it was made from,
 * however wrong somebody's clock was; but not a hundred years. Stamps end with the year 2200:
 * one tablet with the last of them would leave nobody a later one to write with. Real time
 * moves on faster than anybody writes, so those who have followed to the limit go on following
 * each other. A clock that has stopped counts as one of 2026. */
int64_t hlc_limit(int64_t wall_ms) {
    const int64_t least = 1767225600000LL, years_100 = 36525 * 86400000LL;
    int64_t from = wall_ms > least ? wall_ms : least;
    int64_t limit = from < JOURNAL_YEAR_MAX_MS ? from + years_100 : JOURNAL_YEAR_MAX_MS;
    int64_t last = JOURNAL_YEAR_MAX_MS - 86400000;
    return (limit < last ? limit : last) * 65536;
}

void record_to_wire(struct journal *j, const struct record *r, struct record_wire *w) {
    int32_t log = ROW_LOG(r->id);
    *w = (struct record_wire){.seq = ROW_SEQ(r->id),
                              .hlc = (uint64_t)r->hlc,
                              .at = r->at,
                              .at_offset_min = (int16_t)r->tz,
                              .kind = r->kind,
                              .op = r->op,
                              .body = r->body,
                              .body_size = r->body_size,
                              .body_erased = r->body == NULL,
                              .commitment = r->commitment,
                              .hash = r->hash};
    ref_global(j, log, r->by, r->checks, &w->by);
    ref_global(j, log, r->row, r->checks + 4, &w->row);
    ref_global(j, log, r->parent, r->checks + 8, &w->parent);
}
