/* fuzz_body.c -- a record's body as it comes from somebody else, for every kind there is.
 *
 * covers: src/base/cbor.c src/store/body.c
 *
 * The first byte says which kind (one more: a kind that is not known), the rest is the body.
 * Believed: nothing is read outside it; what a kind accepts, an older Lantern that does not
 * know the kind would have kept; what was read and is written again reads the same, and is the
 * same bytes where it says nothing that this Lantern does not know. */
#include "fuzz.h"

#include "base/cbor.h"
#include "store/inside.h"

/* One journal for all runs: reading a body changes nothing but the list of known logs, which is
 * taken back. */
static struct journal *body_journal;
static size_t body_logs;

static void body_open(void) {
    static struct clock_manual now = {.wall_ms = 1795305600000LL};
    struct journal_options o = {.path = ":memory:",
                                .clock = clock_manual(&now),
                                .device_name = "tablet",
                                .device_role = "tablet"};
    struct row visit = row_new(&kind_visit);
    BELIEVE(journal_open(&body_journal, &o) == STATUS_OK);
    BELIEVE(journal_put_alone(body_journal, &visit) == STATUS_OK);
    body_logs = logs_count(body_journal);
    BELIEVE(journal_begin(body_journal) == STATUS_OK);
}

static void forget_logs(void) {
    if (logs_count(body_journal) == body_logs) return;
    journal_rollback(body_journal);
    BELIEVE(logs_count(body_journal) == body_logs);
    BELIEVE(journal_begin(body_journal) == STATUS_OK);
}

/* Every byte that the values point to. */
static uint64_t touch(const struct kind *k, const struct value *v) {
    uint64_t sum = 0;
    for (int i = 0; k->columns[i].name; i++) {
        const uint8_t *p = v[i].p;
        sum += (uint64_t)v[i].i + v[i].said;
        for (size_t at = 0; p && at < v[i].n; at++)
            sum += p[at];
    }
    return sum;
}

static bool same_values(const struct kind *k, const struct value *a, const struct value *b) {
    for (int i = 0; k->columns[i].name; i++) {
        if (a[i].said != b[i].said) return false;
        if (!a[i].said) continue;
        enum column_type t = k->columns[i].type;
        bool bytes = t == COL_TEXT || t == COL_WORD || t == COL_HASH || t == COL_BYTES;
        if (!bytes && a[i].i != b[i].i) return false;
        if (bytes && (a[i].n != b[i].n || (a[i].n && memcmp(a[i].p, b[i].p, a[i].n) != 0)))
            return false;
    }
    return true;
}

/* A reference into another log carries the beginning of a hash, which we cannot know. */
static bool names_others(const struct kind *k, const struct value *v, int32_t own) {
    for (int i = 0; k->columns[i].name; i++)
        if (k->columns[i].type == COL_REF && v[i].said && ROW_LOG(v[i].i) != own) return true;
    return false;
}

static void again(const struct kind *k, int32_t own, const uint8_t *p, size_t n,
                  const struct value *values) {
    struct value second[ROW_COLUMNS_MAX];
    struct buf out = {0};
    struct cursor c = cursor_of(p, n);
    int64_t items = cbor_next(&c).i;
    BELIEVE(body_write(body_journal, k, values, &out) == STATUS_OK);
    BELIEVE(body_read(body_journal, k, own, out.data, out.size, second) == STATUS_OK);
    BELIEVE(same_values(k, values, second));
    bool all_known = items <= kind_column_count(k);
    if (all_known && !names_others(k, values, own))
        BELIEVE(out.size == n && memcmp(out.data, p, n) == 0);
    /* As if a person had said it: may be refused (a word that a newer Lantern knows), no more.
     */
    struct row r = row_new(k);
    memcpy(r.values, values, sizeof r.values[0] * (size_t)kind_column_count(k));
    if (row_check(body_journal, &r)) BELIEVE(status_detail()[0]);
    buf_release(&out);
}

static void fuzz_one(const uint8_t *p, size_t n) {
    if (!body_journal) body_open();
    if (n < 1) return;
    size_t which = p[0] % (kinds_count + 1);
    const uint8_t *body = p + 1;
    enum status kept = body_check_unknown(body, n - 1);
    BELIEVE(!kept || status_detail()[0]);
    if (which == kinds_count) return;
    struct value values[ROW_COLUMNS_MAX];
    struct journal_self self;
    const struct kind *k = kind_at(which);
    journal_self(body_journal, &self);
    enum status s = body_read(body_journal, k, self.log, body, n - 1, values);
    BELIEVE(!s || status_detail()[0]);
    if (!s) {
        BELIEVE(!kept);
        fuzz_used(touch(k, values));
        again(k, self.log, body, n - 1, values);
    }
    forget_logs();
}

/* ---- inputs to start from ---- */

static void seed_value(struct buf *b, const struct column *c, int variant) {
    static const uint8_t bytes[64] = {1, 2, 3};
    size_t first = c->words ? strcspn(c->words, "|") : 0;
    switch (c->type) {
    case COL_TEXT:
        cbor_text(b, variant ? "A cord \xc2\xa3 \xf0\x9f\x8c\x99 behind the bed" : "a",
                  variant ? 28 : 1);
        break;
    case COL_WORD:
        cbor_text(b, variant ? "something newer" : c->words, variant ? 15 : first);
        break;
    case COL_INT:
    case COL_TIME:
        cbor_int(b, variant ? 1795305600000LL : -25);
        break;
    case COL_DAY:
        cbor_int(b, variant ? 20000 : 300);
        break;
    case COL_BOOL:
        cbor_bool(b, variant != 0);
        break;
    case COL_HASH:
        cbor_bytes(b, bytes, 32);
        break;
    case COL_BYTES:
        cbor_bytes(b, bytes, c->most && c->most < sizeof bytes ? c->most : 40);
        break;
    case COL_REF:
        if (variant) {
            cbor_array(b, 3);
            cbor_bytes(b, bytes + 1, 32);
            cbor_int(b, 70000);
            cbor_bytes(b, bytes, 4);
        } else {
            cbor_int(b, 3);
        }
        break;
    }
}

static void fuzz_seeds(fuzz_put *put, void *ctx) {
    for (size_t i = 0; i <= kinds_count; i++)
        for (int variant = 0; variant < 2; variant++) {
            const struct kind *k = i < kinds_count ? kind_at(i) : &kind_visit;
            struct buf b = {0};
            int columns = kind_column_count(k);
            buf_byte(&b, (uint8_t)i);
            cbor_array(&b, (uint64_t)columns + (variant ? 1 : 0));
            for (int c = 0; c < columns; c++)
                seed_value(&b, &k->columns[c], variant);
            if (variant) cbor_array(&b, 0); /* a column of a newer Lantern */
            put(ctx, b.data, b.size);
            buf_release(&b);
        }
}
