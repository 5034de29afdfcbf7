/* free.c -- photos and recordings whose bytes the office has for sure may go from here, on
 * request: the largest first, a few milliseconds a frame.
 *
 * A name counts only when every record that says it is one of ours, covered by the newest
 * receipt and older than fourteen days, in a column marked bulky; so a form, or a photo that is
 * named a second time by something new, stays. The rows stay in any case.
 *
 * Each goes in a transaction of its own: to overwrite a hundred photos takes seconds. What is
 * written by others between two steps may name one of them again, so then the choice is made
 * anew. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/query.h"
#include "sync/had.h"
#include "sync/plan.h"

#define FREE_AFTER_MS (14 * 24 * 60 * 60 * 1000LL)

struct freeing {
    struct arena own;
    struct journal *j;
    struct arena arena; /* of the choice */
    int64_t *covered;   /* last covered seq by log number; 0: not ours, or nothing */
    size_t logs;
    bool qualifies; /* the record that is looked at */
    struct hash_set may, keep, had;

    struct freeable *chosen; /* largest first */
    size_t count, at;
    int64_t generation; /* of the journal that was chosen from */
    int64_t wanted, freed_bytes, freed_count;
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

static int larger_first(const void *a, const void *b) {
    const struct freeable *x = a, *y = b;
    if (x->size != y->size) return x->size < y->size ? 1 : -1;
    return memcmp(x->name.b, y->name.b, sizeof x->name.b);
}

/* Those of the names that may go which are here, in `f->arena`. */
static enum status pick(struct freeing *f) {
    size_t count;
    hash256 *all = hash_set_sorted(&f->may, &f->arena, &count);
    f->chosen = ARENA_ARRAY(&f->arena, struct freeable, count + 1);
    for (size_t i = 0; i < count; i++) {
        uint32_t size;
        if (hash_set_has(&f->keep, &all[i]) || !hash_set_has(&f->had, &all[i]) ||
            !blob_have(f->j, &all[i]))
            continue;
        enum status s = blob_size(f->j, &all[i], &size);
        if (s) return s;
        f->chosen[f->count++] = (struct freeable){.name = all[i], .size = size};
    }
    qsort(f->chosen, f->count, sizeof *f->chosen, larger_first);
    return STATUS_OK;
}

static void forget_choice(struct freeing *f) {
    hash_set_release(&f->may);
    hash_set_release(&f->keep);
    hash_set_release(&f->had);
    arena_release(&f->arena);
    f->count = f->at = 0;
}

static enum status choose(struct freeing *f) {
    forget_choice(f);
    f->generation = journal_generation(f->j);
    enum status s = find_covered(f);
    if (!s) s = look_at_all(f);
    return s ? s : pick(f);
}

enum status blobs_freeable(struct journal *j, struct arena *a, struct freeable **out,
                           size_t *n) {
    struct freeing f = {.j = j};
    enum status s = choose(&f);
    if (!s) {
        *out = arena_copy(a, f.chosen, (f.count + 1) * sizeof *f.chosen);
        *n = f.count;
    }
    forget_choice(&f);
    return s;
}

enum status freeing_start(struct freeing **out, struct journal *j, int64_t bytes) {
    struct arena own = {0};
    struct freeing *f = ARENA_NEW(&own, struct freeing);
    *f = (struct freeing){.own = own, .j = j, .wanted = bytes};
    enum status s = choose(f);
    if (s) {
        freeing_finish(f, NULL, NULL);
        return s;
    }
    *out = f;
    return STATUS_OK;
}

static bool enough(const struct freeing *f) {
    return f->at == f->count || (f->wanted > 0 && f->freed_bytes >= f->wanted);
}

static enum status drop_next(struct freeing *f) {
    if (journal_generation(f->j) != f->generation) {
        enum status s = choose(f);
        if (s || enough(f)) return s;
    }
    const struct freeable *one = &f->chosen[f->at];
    enum status s = blob_drop(f->j, &one->name);
    if (s) return s;
    f->generation = journal_generation(f->j);
    f->freed_bytes += one->size;
    f->freed_count++;
    f->at++;
    return STATUS_OK;
}

enum status freeing_step(struct freeing *f, int ms, bool *done, double *part) {
    const struct clock *clock = journal_clock(f->j);
    int64_t until = clock_boot(clock) + ms;
    enum status s = STATUS_OK;
    do {
        if (enough(f)) break;
        s = drop_next(f);
    } while (!s && clock_boot(clock) < until);
    *done = enough(f);
    *part = f->count ? (double)f->at / (double)f->count : 1;
    return s;
}

void freeing_finish(struct freeing *f, int64_t *count, int64_t *bytes) {
    if (!f) return;
    if (count) *count = f->freed_count;
    if (bytes) *bytes = f->freed_bytes;
    forget_choice(f);
    struct arena own = f->own;
    arena_release(&own);
}
