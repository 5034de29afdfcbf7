/* made.c -- bundles made here, and what still waits.
 *
 * Kept under "made/TIME/ID", so that the keys sort by time. */
#include "sync/made.h"

#include "base/text.h"
#include "store/query.h"
#include "sync/had.h"
#include "sync/plan.h"

#define MADE_LISTED_MAX  200
#define MADE_FIXED_BYTES (8 * 4 + 32 + 1)
#define MADE_SEALED      2 /* beside the purpose */

enum status made_keep(struct journal *j, const struct made *m, const hash256 *id) {
    struct arena a = {0};
    struct buf b = {0};
    buf_u64(&b, (uint64_t)m->at);
    buf_u64(&b, (uint64_t)m->records);
    buf_u64(&b, (uint64_t)m->bytes);
    buf_u64(&b, (uint64_t)m->last_seq);
    buf_add(&b, m->log.b, HASH_BYTES);
    buf_byte(&b, (uint8_t)(m->purpose | (m->sealed ? MADE_SEALED : 0)));
    buf_text(&b, m->name);
    char *key =
        arena_printf(&a, "made/%016llx/%s", (unsigned long long)m->at, hex_of(&a, id->b, 8));
    enum status s = union_keep(j, key, b.data, b.size);
    buf_release(&b);
    arena_release(&a);
    return s;
}

static bool made_get(const struct buf *value, struct made *m) {
    if (value->size < MADE_FIXED_BYTES) return false;
    struct cursor c = cursor_of(value->data, value->size);
    m->at = (int64_t)cursor_u64(&c);
    m->records = (int64_t)cursor_u64(&c);
    m->bytes = (int64_t)cursor_u64(&c);
    m->last_seq = (int64_t)cursor_u64(&c);
    memcpy(m->log.b, cursor_take(&c, HASH_BYTES), HASH_BYTES);
    uint8_t flags = cursor_byte(&c);
    m->purpose = flags & 1 ? BUNDLE_PACK : BUNDLE_TO_OFFICE;
    m->sealed = (flags & MADE_SEALED) != 0;
    size_t n = (size_t)(c.end - c.p);
    if (n >= sizeof m->name) n = sizeof m->name - 1;
    memcpy(m->name, c.p, n);
    m->name[n] = '\0';
    return true;
}

static bool received(const struct made *m, const struct receipt *r) {
    static const uint8_t trunk[8];
    if (m->last_seq == 0) return r->at >= m->at;
    for (uint32_t i = 0; i < r->logs_count; i++)
        if (hash_equal(&r->logs[i].log, &m->log) && memcmp(r->logs[i].branch, trunk, 8) == 0)
            return r->logs[i].seq >= m->last_seq;
    return false;
}

enum status bundles_made(struct journal *j, struct arena *a, struct bundle_made **out,
                         size_t *n) {
    char **keys;
    struct buf *values;
    size_t kept, count = 0;
    bool any = false;
    struct receipt r;
    enum status s = union_kept(j, "made/", a, &keys, &values, &kept);
    if (!s) s = receipt_load(j, a, &any, &r);
    if (s) return s;
    size_t room = kept < MADE_LISTED_MAX ? kept : MADE_LISTED_MAX;
    struct bundle_made *all = ARENA_ARRAY(a, struct bundle_made, room + 1);
    for (size_t i = kept; i > 0 && count < room; i--) {
        struct made m = {0};
        if (!made_get(&values[i - 1], &m)) continue;
        struct bundle_made *b = &all[count++];
        *b = (struct bundle_made){
            .at = m.at, .records = m.records, .bytes = m.bytes, .sealed = m.sealed};
        text_copy(b->name, sizeof b->name, m.name);
        b->received = any && received(&m, &r);
    }
    *out = all;
    *n = count;
    return STATUS_OK;
}

/* ---- what waits
 * ------------------------------------------------------------------------------- */

/* Every screen asks this after every touch, and a tablet that never got a receipt has all its
 * records waiting: so only what counts is read, no hashes and no salts. */
static enum status add_names(struct journal *j, const struct planned *p, struct hash_set *names,
                             int64_t *bytes) {
    struct query q;
    bool sealed = journal_at_rest_sealed(j);
    for (query_open(&q, j,
                    sealed ? "SELECT kind, length(body) - " UNION_BODY_OVER
                             ", " UNION_NAMING_BODY
                             " FROM journal WHERE id BETWEEN ?1 AND ?2 AND copy IS NULL"
                           : "SELECT kind, length(body), body FROM journal WHERE id BETWEEN ?1 "
                             "AND ?2 AND copy IS NULL",
                    2, ROW_ID(p->log_no, p->section.first_seq),
                    ROW_ID(p->log_no, p->section.last_seq));
         query_next(&q);) {
        struct record_wire r = {.kind = (uint16_t)query_int(&q, 0),
                                .body_erased = query_null(&q, 2)};
        *bytes += query_int(&q, 1);
        r.body = query_bytes(&q, 2, &r.body_size);
        blobs_of_record(names, &r);
    }
    return query_close(&q);
}

/* Sizes of the named blobs, without reading them. */
static enum status blob_bytes(struct journal *j, const struct hash_set *names,
                              const struct hash_set *had, int64_t *bytes) {
    struct query q;
    bool sealed = journal_at_rest_sealed(j);
    if (names->count == 0) return STATUS_OK;
    for (query_open(&q, j,
                    sealed ? "SELECT hash, " UNION_BLOB_SIZE " FROM blob"
                           : "SELECT hash, length(bytes) FROM blob",
                    0);
         query_next(&q);) {
        size_t n;
        const void *p = query_bytes(&q, 0, &n);
        hash256 h;
        if (n != HASH_BYTES) continue;
        memcpy(h.b, p, HASH_BYTES);
        if (hash_set_has(names, &h) && !hash_set_has(had, &h)) *bytes += query_int(&q, 1);
    }
    return query_close(&q);
}

enum status export_waiting(struct journal *j, int64_t *records, int64_t *bytes) {
    struct arena a = {0};
    struct hash_set names = {0}, had = {0};
    struct receipt r;
    struct planned *plan = NULL;
    size_t n = 0;
    bool any = false;
    int64_t count = 0, total = 0;
    hash256 provider = {0};
    enum status s = receipt_load(j, &a, &any, &r);
    if (!s)
        s = plan_sections(j, &a, BUNDLE_TO_OFFICE, any ? &r : NULL, &provider, 0, &plan, &n);
    for (size_t i = 0; i < n && !s; i++) {
        count += plan[i].section.last_seq - plan[i].section.first_seq + 1;
        if (bytes) s = add_names(j, &plan[i], &names, &total);
    }
    for (uint32_t i = 0; !s && bytes && any && i < r.lacking_count; i++)
        hash_set_add(&names, &r.lacking[i]);
    if (!s && bytes && any) s = had_load(j, &had);
    if (!s && bytes) s = blob_bytes(j, &names, &had, &total);
    hash_set_release(&names);
    hash_set_release(&had);
    arena_release(&a);
    if (s) return s;
    *records = count;
    if (bytes) *bytes = total;
    return STATUS_OK;
}
