/* free.c -- photos and recordings whose bytes the office has for sure may go from here, on
 * request.
 *
 * A name counts only when every record that says it is one of ours, covered by the newest
 * receipt and older than fourteen days, in a column marked bulky; so a form, or a photo that is
 * named a second time by something new, stays. The rows stay in any case. */
#include "base/log.h"
#include "store/query.h"
#include "sync/had.h"
#include "sync/plan.h"

#define FREE_AFTER_MS (14 * 24 * 60 * 60 * 1000LL)

struct freeing {
    struct journal *j;
    struct arena arena;
    int64_t *covered; /* last covered seq by log number; 0: not ours, or nothing */
    size_t logs;
    bool qualifies; /* the record that is looked at */
    struct hash_set may, keep, had;
};

static enum status find_covered(struct freeing *f) {
    struct receipt r;
    struct log_info *all;
    struct journal_self self;
    size_t n;
    bool any = false;
    journal_self(f->j, &self);
    enum status s = receipt_load(f->j, &f->arena, &any, &r);
    if (!s) s = union_logs(f->j, &f->arena, &all, &n);
    if (s) return s;
    for (size_t i = 0; i < n; i++)
        if ((size_t)all[i].no > f->logs) f->logs = (size_t)all[i].no;
    f->covered = ARENA_ARRAY(&f->arena, int64_t, f->logs + 1);
    for (size_t i = 0; any && i < n && !s; i++)
        if (memcmp(all[i].key, self.key, 32) == 0)
            s = receipt_covers(f->j, &r, &all[i], &f->covered[all[i].no]);
    return s ? s : had_load(f->j, &f->had);
}

static void look_at(void *ctx, const hash256 *name, bool bulky) {
    struct freeing *f = ctx;
    hash_set_add(f->qualifies && bulky ? &f->may : &f->keep, name);
}

static enum status look_at_all(struct freeing *f) {
    struct query q;
    int64_t now = clock_wall(journal_clock(f->j));
    bool sealed = journal_at_rest_sealed(f->j);
    for (query_open(&q, f->j,
                    sealed ? "SELECT id, kind, at, " UNION_NAMING_BODY
                             " FROM journal WHERE body IS NOT NULL"
                           : "SELECT id, kind, at, body FROM journal WHERE body IS NOT NULL",
                    0);
         query_next(&q);) {
        row_id id = query_int(&q, 0);
        struct record_wire r = {.kind = (uint16_t)query_int(&q, 1)};
        f->qualifies = (size_t)ROW_LOG(id) <= f->logs &&
                       ROW_SEQ(id) <= f->covered[ROW_LOG(id)] &&
                       query_int(&q, 2) < now - FREE_AFTER_MS;
        r.body = query_bytes(&q, 3, &r.body_size);
        blob_names(&r, look_at, f);
    }
    return query_close(&q);
}

/* The names that may go and are here, in `arena`. */
static enum status choose(struct freeing *f, hash256 **out, size_t *n, int64_t *bytes) {
    size_t count, used = 0;
    *bytes = 0;
    enum status s = find_covered(f);
    if (!s) s = look_at_all(f);
    if (s) return s;
    hash256 *all = hash_set_sorted(&f->may, &f->arena, &count);
    for (size_t i = 0; i < count && !s; i++) {
        uint32_t size;
        if (hash_set_has(&f->keep, &all[i]) || !hash_set_has(&f->had, &all[i]) ||
            !blob_have(f->j, &all[i]))
            continue;
        s = blob_size(f->j, &all[i], &size);
        *bytes += size;
        all[used++] = all[i];
    }
    *out = all;
    *n = used;
    return s;
}

static void release(struct freeing *f) {
    hash_set_release(&f->may);
    hash_set_release(&f->keep);
    hash_set_release(&f->had);
    arena_release(&f->arena);
}

enum status blobs_freeable(struct journal *j, int64_t *count, int64_t *bytes) {
    struct freeing f = {.j = j};
    hash256 *all;
    size_t n = 0;
    int64_t total = 0;
    enum status s = choose(&f, &all, &n, &total);
    release(&f);
    if (s) return s;
    *count = (int64_t)n;
    *bytes = total;
    return STATUS_OK;
}

enum status blobs_free(struct journal *j, int64_t *count, int64_t *bytes) {
    struct freeing f = {.j = j};
    hash256 *all;
    size_t n = 0;
    int64_t total = 0;
    enum status s = choose(&f, &all, &n, &total);
    if (!s && n) {
        s = journal_begin(j);
        for (size_t i = 0; i < n && !s; i++)
            s = blob_drop(j, &all[i]);
        if (!s) s = journal_commit(j);
        if (s) journal_rollback(j);
    }
    release(&f);
    if (s) return s;
    *count = (int64_t)n;
    *bytes = total;
    return STATUS_OK;
}
