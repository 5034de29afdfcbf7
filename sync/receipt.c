/* receipt.c -- making, reading and keeping receipts.
 *
 * Numbers must rise even when the office was restored from a copy of last week: the number is
 * the greater of one more than the last and the office's clock in seconds. */
#include "sync/receipt.h"

#include "base/log.h"
#include "sync/plan.h"

#define KEPT_NEWEST "receipt/newest"
#define KEPT_NUMBER "receipt/number"

/* ---- keeping
 * ---------------------------------------------------------------------------------- */

enum status receipt_load(struct journal *j, struct arena *a, bool *any, struct receipt *out) {
    struct buf value;
    enum status s = kept_value(j, KEPT_NEWEST, a, &value);
    if (s) return s;
    *any = value.size > 0;
    return *any ? receipt_get(value.data, value.size, a, out) : STATUS_OK;
}

enum status receipt_keep(struct journal *j, const uint8_t *p, size_t n, struct arena *a,
                         bool *kept) {
    bool any;
    struct receipt now, before;
    enum status s = receipt_get(p, n, a, &now);
    if (!s) s = receipt_load(j, a, &any, &before);
    if (s) return s;
    /* Numbers are one key's. Under another one it is from our office's newer keys, or from
     * another office that we were moved to: the door has seen to that. */
    *kept = !any || now.number > before.number || memcmp(now.key, before.key, 32) != 0;
    return *kept ? union_keep(j, KEPT_NEWEST, p, n) : STATUS_OK;
}

enum status receipt_covers(struct journal *j, const struct receipt *r,
                           const struct log_info *log, int64_t *seq) {
    *seq = 0;
    for (uint32_t i = 0; i < r->logs_count; i++) {
        const struct receipt_log *l = &r->logs[i];
        if (receipt_log_order(&l->log, l->branch, &log->id, log->branch) != 0) continue;
        if (l->seq > log->last_seq) {
            /* Others may have gone on; of our own log nobody can have more than we wrote. */
            if (log->own)
                log_line("receipt names record %lld of our log, which ends at %lld",
                         (long long)l->seq, (long long)log->last_seq);
            else
                *seq = log->last_seq;
            return STATUS_OK;
        }
        hash256 held;
        uint8_t salt_key[32];
        enum status s = union_read_base(j, log->no, l->seq + 1, &held, salt_key);
        if (s) return s;
        if (hash_equal(&held, &l->hash))
            *seq = l->seq;
        else
            log_line("receipt names another record %lld than we have", (long long)l->seq);
        return STATUS_OK;
    }
    return STATUS_OK;
}

/* ---- making
 * ----------------------------------------------------------------------------------- */

enum status log_gaps(struct journal *j, const struct log_info *log, void *ctx,
                     void (*each)(void *ctx, int64_t first, int64_t last),
                     void (*run)(void *ctx, int64_t first, int64_t last)) {
    int64_t start = log->last_seq + 1 > log->first_seq ? log->last_seq + 1 : log->first_seq;
    if (log->highest_seq < start) return STATUS_OK;
    struct union_reader *u;
    enum status s = union_read_open(&u, j, log->no, start, log->highest_seq);
    if (s) return s;
    struct record_wire r;
    int64_t expected = start, run_first = 0;
    while (union_read_next(u, &r)) {
        if (r.seq != expected) {
            if (run && run_first) run(ctx, run_first, expected - 1);
            if (each) each(ctx, expected, r.seq - 1);
            run_first = 0;
        }
        if (!run_first) run_first = r.seq;
        expected = r.seq + 1;
    }
    s = union_read_close(u);
    if (!s && run && run_first) run(ctx, run_first, expected - 1);
    return s;
}

static int by_log(const void *x, const void *y) {
    const struct log_info *a = x, *b = y;
    return receipt_log_order(&a->id, a->branch, &b->id, b->branch);
}

struct gap_list {
    struct buf bytes;
    const struct log_info *log;
    uint32_t count;
};

static void add_gap(void *ctx, int64_t first, int64_t last) {
    struct gap_list *g = ctx;
    buf_add(&g->bytes, g->log->id.b, HASH_BYTES);
    buf_add(&g->bytes, g->log->branch, 8);
    buf_u64(&g->bytes, (uint64_t)first);
    buf_u64(&g->bytes, (uint64_t)last);
    g->count++;
}

static enum status put_logs(struct journal *j, struct arena *a, struct buf *out) {
    struct log_info *logs;
    size_t n;
    enum status s = union_logs(j, a, &logs, &n);
    if (s) return s;
    qsort(logs, n, sizeof *logs, by_log);
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += logs[i].last_seq >= logs[i].first_seq && logs[i].last_seq > 0;
    buf_u32(out, count);
    struct gap_list gaps = {0};
    for (size_t i = 0; i < n && !s; i++) {
        gaps.log = &logs[i];
        s = log_gaps(j, &logs[i], &gaps, add_gap, NULL);
        if (logs[i].last_seq < logs[i].first_seq || logs[i].last_seq == 0) continue;
        buf_add(out, logs[i].id.b, HASH_BYTES);
        buf_add(out, logs[i].branch, 8);
        buf_u64(out, (uint64_t)logs[i].last_seq);
        buf_add(out, logs[i].last_hash.b, HASH_BYTES);
    }
    buf_u32(out, gaps.count);
    buf_add(out, gaps.bytes.data, gaps.bytes.size);
    buf_release(&gaps.bytes);
    return s;
}

char *lacking_key(struct arena *a, const hash256 *name) {
    return arena_printf(a, "lacking/%s", hex_of(a, name->b, HASH_BYTES));
}

bool lacking_still(struct journal *j, const struct buf *kept) {
    struct arena a = {0};
    char *why;
    int32_t day;
    struct cursor c = cursor_of(kept->data, kept->size);
    row_id row = kept->size == 8 ? (row_id)cursor_u64(&c) : 0;
    bool gone = row && (journal_erased(j, row, &a, &why, &day) || journal_withdrawn(j, row));
    arena_release(&a);
    return !gone;
}

/* Merge lists blobs that records name and nobody has brought under "lacking/HEX"; keys come
 * sorted. */
static enum status put_lacking(struct journal *j, struct arena *a, struct buf *out) {
    static const char prefix[] = "lacking/";
    char **keys;
    struct buf *values;
    size_t n;
    enum status s = union_kept(j, prefix, a, &keys, &values, &n);
    if (s) return s;
    struct buf names = {0};
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) {
        hash256 h;
        if (!hex_read(keys[i] + sizeof prefix - 1, h.b, HASH_BYTES) || blob_have(j, &h) ||
            !lacking_still(j, &values[i]))
            continue;
        buf_add(&names, h.b, HASH_BYTES);
        count++;
    }
    buf_u32(out, count);
    buf_add(out, names.data, names.size);
    buf_release(&names);
    return STATUS_OK;
}

static enum status next_number(struct journal *j, struct arena *a, int64_t now, int64_t *out) {
    struct buf value;
    enum status s = kept_value(j, KEPT_NUMBER, a, &value);
    if (s) return s;
    struct cursor c = cursor_of(value.data, value.size);
    int64_t number = value.size == 8 ? (int64_t)cursor_u64(&c) + 1 : 1;
    if (number < now / 1000) number = now / 1000;
    struct buf bytes = {0};
    buf_u64(&bytes, (uint64_t)number);
    s = union_keep(j, KEPT_NUMBER, bytes.data, bytes.size);
    buf_release(&bytes);
    if (!s) *out = number;
    return s;
}

enum status receipt_make(struct journal *j, const hash256 *provider, int64_t now,
                         struct arena *a, struct buf *out) {
    struct journal_self self;
    journal_self(j, &self);
    int64_t number;
    enum status s = next_number(j, a, now, &number);
    if (s) return s;
    buf_clear(out);
    buf_u64(out, (uint64_t)number);
    buf_u64(out, (uint64_t)now);
    buf_add(out, provider->b, HASH_BYTES);
    buf_add(out, self.key, sizeof self.key);
    s = put_logs(j, a, out);
    if (!s) s = put_lacking(j, a, out);
    if (s) return s;
    if (out->size + 64 > WIRE_RECEIPT_MAX)
        return status_fail(STATUS_TOO_LARGE, "The receipt has become too large.");
    struct buf message = {0};
    uint8_t signature[64];
    receipt_message(&message, out->data, out->size);
    journal_sign(j, message.data, message.size, signature);
    buf_release(&message);
    buf_add(out, signature, sizeof signature);
    return STATUS_OK;
}

/* ---- for people
 * ------------------------------------------------------------------------------- */

enum status receipt_newest(struct journal *j, struct receipt_state *out) {
    struct arena a = {0};
    struct receipt r;
    struct receipt_state state = {0};
    struct log_info *logs;
    size_t n;
    struct journal_self self;
    journal_self(j, &self);
    enum status s = receipt_load(j, &a, &state.any, &r);
    if (s || !state.any) goto done;
    state.number = r.number;
    state.at = r.at;
    s = union_logs(j, &a, &logs, &n);
    for (size_t i = 0; !s && i < n; i++) {
        int64_t seq;
        if (memcmp(logs[i].key, self.key, 32) != 0) continue;
        s = receipt_covers(j, &r, &logs[i], &seq);
        if (s) break;
        if (seq) state.records += seq - logs[i].first_seq + 1;
        if (logs[i].own) state.own_seq = seq;
    }
done:
    arena_release(&a);
    if (!s) *out = state;
    return s;
}
