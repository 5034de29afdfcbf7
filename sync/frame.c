/* frame.c -- records as frames: what the record before has said already is left out.
 *
 * One form for each record: frame_get refuses every other way of saying the same, and the test
 * re-encodes what it has read and compares the bytes. */
#include "sync/frame.h"

#include "base/log.h"

#define FLAG_OP     0x03
#define FLAG_PARENT 0x04
#define FLAG_BY     0x08
#define FLAG_ERASED 0x10
#define FLAG_OFFSET 0x20
#define FLAG_SALT   0x40
#define FLAG_NEVER  0x80

static uint64_t hlc_ms(uint64_t hlc) {
    return hlc >> 16;
}

static uint64_t zigzag(int64_t v) {
    return v < 0 ? ((uint64_t)(-(v + 1)) << 1) + 1 : (uint64_t)v << 1;
}

static int64_t unzigzag(uint64_t v) {
    return v & 1 ? -(int64_t)(v >> 1) - 1 : (int64_t)(v >> 1);
}

static bool ref_none(const struct global_ref *r) {
    return r->seq == 0 && hash_is_zero(&r->log);
}

static bool ref_equal(const struct global_ref *a, const struct global_ref *b) {
    return a->seq == b->seq && hash_equal(&a->log, &b->log) &&
           memcmp(a->check, b->check, 4) == 0;
}

void frame_chunk_start(struct frame_state *s) {
    s->hlc = 0;
    s->by = (struct global_ref){0};
    s->offset_min = 0;
    buf_clear(&s->logs);
}

void frame_section_start(struct frame_state *s) {
    frame_chunk_start(s);
    s->floor = 0;
}

void frame_state_release(struct frame_state *s) {
    buf_release(&s->logs);
}

/* ---- the chunk's list of logs
 * ----------------------------------------------------------------- */

static size_t logs_count(const struct frame_state *s) {
    return s->logs.size / HASH_BYTES;
}

/* Number from 1, or 0 when the log is not in the list. Chunks name few logs, and the latest
 * most often. */
static size_t logs_find(const struct frame_state *s, const hash256 *log) {
    for (size_t i = logs_count(s); i > 0; i--)
        if (memcmp(s->logs.data + (i - 1) * HASH_BYTES, log->b, HASH_BYTES) == 0) return i;
    return 0;
}

static void log_put(struct buf *out, struct frame_state *s, const hash256 *log) {
    size_t n = logs_find(s, log);
    buf_varint(out, n ? n : logs_count(s) + 1);
    if (n) return;
    buf_add(out, log->b, HASH_BYTES);
    buf_add(&s->logs, log->b, HASH_BYTES);
}

/* `n` has been read already. */
static bool log_get(struct cursor *c, struct frame_state *s, uint64_t n, hash256 *out) {
    if (n == 0 || n > logs_count(s) + 1) return false;
    if (n <= logs_count(s)) {
        memcpy(out->b, s->logs.data + (n - 1) * HASH_BYTES, HASH_BYTES);
        return true;
    }
    const uint8_t *p = cursor_take(c, HASH_BYTES);
    if (!p) return false;
    memcpy(out->b, p, HASH_BYTES);
    if (logs_find(s, out)) return false;
    buf_add(&s->logs, p, HASH_BYTES);
    return !s->logs.overflow;
}

/* ---- references
 * ------------------------------------------------------------------------------- */

static bool ref_fits(const struct global_ref *r, const hash256 *log, int64_t seq) {
    static const uint8_t none[4];
    if (r->seq < 1 || r->seq > WIRE_SEQ_MAX) return false;
    if (!hash_equal(&r->log, log)) return true;
    return r->seq < seq && memcmp(r->check, none, 4) == 0;
}

static void ref_put(struct buf *out, struct frame_state *s, const hash256 *log, int64_t seq,
                    const struct global_ref *r) {
    if (ref_none(r) || hash_equal(&r->log, log)) {
        buf_varint(out, 0);
        buf_varint(out, r->seq ? (uint64_t)(seq - r->seq) : 0);
        return;
    }
    log_put(out, s, &r->log);
    buf_varint(out, (uint64_t)r->seq);
    buf_add(out, r->check, sizeof r->check);
}

static bool ref_get(struct cursor *c, struct frame_state *s, const hash256 *log, int64_t seq,
                    bool may_be_none, struct global_ref *out) {
    *out = (struct global_ref){0};
    uint64_t n = cursor_varint(c);
    if (c->bad) return false;
    if (n == 0) {
        uint64_t back = cursor_varint(c);
        if (c->bad || back >= (uint64_t)seq) return false;
        if (back == 0) return may_be_none;
        out->log = *log;
        out->seq = seq - (int64_t)back;
        return true;
    }
    if (!log_get(c, s, n, &out->log) || hash_equal(&out->log, log)) return false;
    uint64_t there = cursor_varint(c);
    const uint8_t *check = cursor_take(c, sizeof out->check);
    if (!check || there < 1 || there > (uint64_t)WIRE_SEQ_MAX) return false;
    out->seq = (int64_t)there;
    memcpy(out->check, check, sizeof out->check);
    return true;
}

/* ---- frames
 * ----------------------------------------------------------------------------------- */

static bool times_fit(uint64_t hlc, int64_t at, int64_t offset_min) {
    return hlc_ms(hlc) < (uint64_t)JOURNAL_YEAR_MAX_MS && at <= JOURNAL_YEAR_MAX_MS &&
           at >= -JOURNAL_YEAR_MAX_MS && offset_min >= -WIRE_OFFSET_MAX_MIN &&
           offset_min <= WIRE_OFFSET_MAX_MIN;
}

static bool record_fits(const struct frame_state *s, const hash256 *log,
                        const struct record_wire *r) {
    if (r->kind == 0 || r->op > OP_WITHDRAW || r->body_size > BODY_BYTES_MAX) return false;
    if (r->hlc <= s->floor || !times_fit(r->hlc, r->at, r->at_offset_min)) return false;
    if (!ref_none(&r->by) && !ref_fits(&r->by, log, r->seq)) return false;
    if (!ref_none(&r->parent) && !ref_fits(&r->parent, log, r->seq)) return false;
    if (r->salted && (r->body_erased || r->kind == KIND_salt)) return false;
    if (r->op == OP_CREATE) {
        if (!ref_none(&r->parent)) return false;
        struct global_ref self = {.log = *log, .seq = r->seq};
        return ref_equal(&r->row, &self);
    }
    return ref_fits(&r->row, log, r->seq);
}

static uint8_t *add_varint(uint8_t *p, uint64_t v) {
    for (; v >= 0x80; v >>= 7)
        *p++ = (uint8_t)(v | 0x80);
    *p++ = (uint8_t)v;
    return p;
}

/* Every record begins with these, so they go in at one stroke. */
static void stamp_put(struct buf *out, const struct frame_state *s, uint8_t flags,
                      const struct record_wire *r) {
    uint8_t bytes[1 + 5 * 10], *p = bytes;
    *p++ = flags;
    p = add_varint(p, r->kind);
    p = add_varint(p, hlc_ms(r->hlc) - hlc_ms(s->hlc));
    p = add_varint(p, r->hlc & 0xFFFF);
    p = add_varint(p, zigzag(r->at - (int64_t)hlc_ms(r->hlc)));
    if (flags & FLAG_OFFSET) p = add_varint(p, zigzag(r->at_offset_min));
    buf_add(out, bytes, (size_t)(p - bytes));
}

enum status frame_put(struct buf *out, struct frame_state *s, const hash256 *log,
                      const struct record_wire *r) {
    if (!record_fits(s, log, r))
        return status_fail(STATUS_INVALID, "Record %lld does not fit the bundle's format.",
                           (long long)r->seq);
    bool by = !ref_equal(&r->by, &s->by);
    bool offset = r->at_offset_min != s->offset_min;
    uint8_t flags = (uint8_t)(r->op | (ref_none(&r->parent) ? 0 : FLAG_PARENT) |
                              (by ? FLAG_BY : 0) | (r->body_erased ? FLAG_ERASED : 0) |
                              (offset ? FLAG_OFFSET : 0) | (r->salted ? FLAG_SALT : 0));
    stamp_put(out, s, flags, r);
    if (by) ref_put(out, s, log, r->seq, &r->by);
    if (r->op != OP_CREATE) ref_put(out, s, log, r->seq, &r->row);
    if (flags & FLAG_PARENT) ref_put(out, s, log, r->seq, &r->parent);
    if (r->body_erased) {
        buf_add(out, r->commitment.b, HASH_BYTES);
    } else {
        if (r->salted) buf_add(out, r->salt, sizeof r->salt);
        buf_varint(out, r->body_size);
        buf_add(out, r->body, r->body_size);
    }
    s->hlc = s->floor = r->hlc;
    s->by = r->by;
    s->offset_min = r->at_offset_min;
    return STATUS_OK;
}

static bool stamp_get(struct cursor *c, struct frame_state *s, uint8_t flags,
                      struct record_wire *r) {
    uint64_t kind = cursor_varint(c);
    uint64_t ms = cursor_varint(c);
    uint64_t counter = cursor_varint(c);
    uint64_t at = cursor_varint(c);
    uint64_t offset = flags & FLAG_OFFSET ? cursor_varint(c) : zigzag(s->offset_min);
    if (c->bad || kind < 1 || kind > UINT16_MAX || counter > 0xFFFF) return false;
    if (ms > (uint64_t)JOURNAL_YEAR_MAX_MS || at > UINT64_C(1) << 50 ||
        offset > 2 * WIRE_OFFSET_MAX_MIN)
        return false;
    ms += hlc_ms(s->hlc);
    if (ms >= (uint64_t)JOURNAL_YEAR_MAX_MS) return false;
    r->kind = (uint16_t)kind;
    r->hlc = ms << 16 | counter;
    r->at = (int64_t)ms + unzigzag(at);
    r->at_offset_min = (int16_t)unzigzag(offset);
    if ((flags & FLAG_OFFSET) && r->at_offset_min == s->offset_min) return false;
    return r->hlc > s->floor && times_fit(r->hlc, r->at, r->at_offset_min);
}

static bool refs_get(struct cursor *c, struct frame_state *s, uint8_t flags, const hash256 *log,
                     struct record_wire *r) {
    r->by = s->by;
    if (flags & FLAG_BY) {
        if (!ref_get(c, s, log, r->seq, true, &r->by) || ref_equal(&r->by, &s->by))
            return false;
    }
    r->row = (struct global_ref){.log = *log, .seq = r->seq};
    if (r->op != OP_CREATE && !ref_get(c, s, log, r->seq, false, &r->row)) return false;
    return !(flags & FLAG_PARENT) || ref_get(c, s, log, r->seq, false, &r->parent);
}

static bool body_get(struct cursor *c, uint8_t flags, struct record_wire *r) {
    if (flags & FLAG_ERASED) {
        const uint8_t *p = cursor_take(c, HASH_BYTES);
        if (!p) return false;
        memcpy(r->commitment.b, p, HASH_BYTES);
        r->body_erased = true;
        return true;
    }
    if (flags & FLAG_SALT) {
        const uint8_t *p = cursor_take(c, sizeof r->salt);
        if (!p) return false;
        memcpy(r->salt, p, sizeof r->salt);
        r->salted = true;
    }
    uint64_t n = cursor_varint(c);
    if (c->bad || n > BODY_BYTES_MAX) return false;
    r->body_size = (size_t)n;
    r->body = cursor_take(c, (size_t)n);
    return !c->bad;
}

enum status frame_get(struct cursor *c, struct frame_state *s, const hash256 *log, int64_t seq,
                      struct record_wire *out) {
    struct record_wire r = {.seq = seq};
    uint8_t flags = cursor_byte(c);
    r.op = flags & FLAG_OP;
    bool odd = (flags & FLAG_NEVER) || r.op > OP_WITHDRAW ||
               (r.op == OP_CREATE && (flags & FLAG_PARENT)) ||
               ((flags & FLAG_SALT) && (flags & FLAG_ERASED));
    if (c->bad || odd || !stamp_get(c, s, flags, &r) || !refs_get(c, s, flags, log, &r) ||
        !body_get(c, flags, &r) || (r.salted && r.kind == KIND_salt))
        return wire_damaged("a record in it cannot be read");
    s->hlc = s->floor = r.hlc;
    s->by = r.by;
    s->offset_min = r.at_offset_min;
    *out = r;
    return STATUS_OK;
}

/* ---- copies
 * ----------------------------------------------------------------------------------- */

/* A copy stands alone: only the list of logs goes on from one to the next. */
static void copy_start(struct frame_state *s) {
    s->hlc = s->floor = 0;
    s->by = (struct global_ref){0};
    s->offset_min = 0;
}

enum status copy_put(struct buf *out, struct frame_state *s, const hash256 *log,
                     const struct record_wire *r) {
    copy_start(s);
    log_put(out, s, log);
    buf_varint(out, (uint64_t)r->seq);
    enum status st = frame_put(out, s, log, r);
    if (!st) buf_add(out, r->hash.b, HASH_BYTES);
    return st;
}

enum status copy_get(struct cursor *c, struct frame_state *s, hash256 *log,
                     struct record_wire *out) {
    copy_start(s);
    uint64_t n = cursor_varint(c);
    if (c->bad || !log_get(c, s, n, log)) return wire_damaged("a copy in it cannot be read");
    uint64_t seq = cursor_varint(c);
    if (c->bad || seq < 1 || seq > (uint64_t)WIRE_SEQ_MAX)
        return wire_damaged("a copy in it cannot be read");
    enum status st = frame_get(c, s, log, (int64_t)seq, out);
    if (st) return st;
    const uint8_t *hash = cursor_take(c, HASH_BYTES);
    if (!hash) return wire_damaged("a copy in it cannot be read");
    memcpy(out->hash.b, hash, HASH_BYTES);
    return STATUS_OK;
}
