/* load.c -- opening with what is needed to go on, and the rest while somebody works.
 *
 * Journey: the tables of a sealed database are made in memory each time it is unlocked. Most
 * rows are answers of checks that were sealed long ago; nobody waits for those.
 *
 * At opening: every row of the kinds that are not bulk; of the bulk kinds those of checks that
 * are not sealed, and of the newest sealed ones of each service and form, which a check under
 * way shows as "last time". In steps: the rest, newest first.
 *
 * What comes later is a list of spans of a log: from the salt record of an old check to the
 * next salt record. So whether a row is in it can be told from its number alone.
 *
 * Invariant: a row is not in the tables at all, or is there as all records make it. A span
 * brings its rows one by one; a row that has changes, wherever these are, is made from all of
 * them. Seals came first. Therefore records may be added at any moment meanwhile, and only who
 * asks for a row by its number, or for all, has to see to it that it is there. */
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"

#define NEWEST_CHECKS 6    /* walk_answers.c looks at as many */
#define SPAN_IDS      4096 /* short, so that the newest can come first */
#define CHUNK         32   /* records between two looks at the clock */
#define TELL_MS       500  /* screens read everything again when they are told */

static struct load_span *spans(const struct journal *j, size_t *n) {
    *n = j->load.spans.size / sizeof(struct load_span);
    return (struct load_span *)(void *)j->load.spans.data;
}

bool journal_loading(const struct journal *j) {
    size_t n;
    (void)spans(j, &n);
    return j->load.place.at < n;
}

/* Whether any of these is. */
static bool are_later(const struct journal *j, row_id first, row_id last) {
    size_t n;
    const struct load_span *all = spans(j, &n);
    for (size_t i = j->load.place.at; i < n; i++) {
        row_id from = i == j->load.place.at ? j->load.place.next : all[i].from;
        if (first <= all[i].to && last >= from) return true;
    }
    return false;
}

static bool is_later(const struct journal *j, row_id id) {
    return are_later(j, id, id);
}

static void place_at(struct journal *j, size_t at) {
    size_t n;
    const struct load_span *all = spans(j, &n);
    j->load.place = (struct load_place){.at = at, .next = at < n ? all[at].from : 0};
}

void load_over(struct journal *j) {
    size_t n;
    (void)spans(j, &n);
    place_at(j, n);
}

/* ---- what comes later ---- */

struct salt {
    row_id id, visit;
};

static void note_salt(void *ctx, const struct fill *f) {
    struct buf *salts = ctx;
    if (f->r.kind != KIND_salt || f->r.op != OP_CREATE) return;
    struct salt s = {.id = f->r.id};
    int c = kind_column(f->k, "visit");
    if (f->values && f->values[c].said) s.visit = f->values[c].i;
    buf_add(salts, &s, sizeof s);
}

/* Sealed checks, by row, without the newest ones of each service and form. */
static enum status old_checks(struct journal *j, struct buf *old) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    s = st_prepare(j, &q,
                   "SELECT id FROM (SELECT v.id AS id, row_number() OVER (PARTITION BY "
                   "v.service, v.template ORDER BY v.started DESC, v.id DESC) AS place FROM "
                   "visit v JOIN sealed s ON s.visit = v.id) WHERE place > ?1 ORDER BY id");
    if (!s) sqlite3_bind_int(q, 1, j->load.newest ? j->load.newest : NEWEST_CHECKS);
    while (!s && st_row(j, q, &s)) {
        row_id id = sqlite3_column_int64(q, 0);
        buf_add(old, &id, sizeof id);
    }
    sqlite3_finalize(q);
    return s;
}

static int by_id(const void *a, const void *b) {
    const row_id *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void add_span(struct journal *j, row_id from, row_id to) {
    size_t n;
    struct load_span *all = spans(j, &n), one = {.from = from, .to = to};
    bool follows = n && all[n - 1].to + 1 == from && to - all[n - 1].from < SPAN_IDS;
    if (to < from) return;
    if (follows)
        all[n - 1].to = to;
    else
        buf_add(&j->load.spans, &one, sizeof one);
    j->load.most += (double)(to - from + 1);
}

/* From each salt of an old check to the next salt of that log, whoever it is for. */
static enum status find_spans(struct journal *j, const struct buf *salts) {
    struct buf old = {0};
    const struct salt *all = (const struct salt *)(const void *)salts->data;
    enum status s = old_checks(j, &old);
    for (size_t i = 0; !s && old.size && i < salts->size / sizeof *all; i++) {
        const struct log_entry *e = log_at(j, ROW_LOG(all[i].id));
        bool last = (i + 1) * sizeof *all >= salts->size ||
                    ROW_LOG(all[i + 1].id) != ROW_LOG(all[i].id);
        if (!e ||
            !bsearch(&all[i].visit, old.data, old.size / sizeof(row_id), sizeof(row_id), by_id))
            continue;
        add_span(j, all[i].id, last ? ROW_ID(e->no, e->highest_seq) : all[i + 1].id - 1);
    }
    BELIEVE(!j->load.spans.overflow && !old.overflow && !salts->overflow);
    buf_release(&old);
    place_at(j, 0);
    return s;
}

/* ---- at opening ---- */

static enum status bulk_between_spans(struct journal *j) {
    size_t n;
    const struct load_span *all = spans(j, &n);
    enum status s = STATUS_OK;
    row_id from = 0;
    for (size_t i = 0; !s && i <= n; i++) {
        row_id to = i < n ? all[i].from - 1 : INT64_MAX;
        if (from <= to) s = fill_between(j, from, to, fill_kinds(true), NULL, NULL);
        if (i < n) from = all[i].to + 1;
    }
    return s;
}

/* What stands in a span about a row that does not. */
static enum status changes_of_rows_here(struct journal *j) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = st(j, ST_CHANGES);
    sqlite3_bind_int64(q, 1, (int64_t)fill_kinds(true));
    while (st_row(j, q, &s)) {
        row_id id = sqlite3_column_int64(q, 0), row = sqlite3_column_int64(q, 2);
        if (is_later(j, id) && !is_later(j, row))
            dirty_add(j, kind_by_number((uint32_t)sqlite3_column_int(q, 1)), row);
    }
    return s;
}

/* Of each log the newest, and first the log that is appended to. */
static void newest_first(struct journal *j) {
    struct buf ordered = {0};
    size_t n;
    const struct load_span *all = spans(j, &n);
    for (int own = 1; own >= 0; own--)
        for (size_t i = n; i-- > 0;)
            if ((ROW_LOG(all[i].from) == j->own) == own)
                buf_add(&ordered, &all[i], sizeof *all);
    BELIEVE(!ordered.overflow && ordered.size == j->load.spans.size);
    buf_release(&j->load.spans);
    j->load.spans = ordered;
    place_at(j, 0);
}

enum status load_first(struct journal *j) {
    struct buf salts = {0};
    buf_clear(&j->load.spans);
    j->load.most = 0;
    enum status s = fill_between(j, 0, INT64_MAX, fill_kinds(false), note_salt, &salts);
    if (!s) s = find_spans(j, &salts);
    if (!s) s = bulk_between_spans(j);
    if (!s) s = changes_of_rows_here(j);
    if (!s) newest_first(j);
    j->load.told = clock_boot(&j->clock);
    buf_release(&salts);
    return s;
}

/* ---- the rest ---- */

static enum status load_record(struct journal *j, sqlite3_stmt *q, struct fill *f) {
    enum status s = fill_read(j, q, f);
    if (s) return s;
    if (f->r.op == OP_CREATE && sqlite3_column_int(q, 9) == 0)
        return project_added(j, f->k, &f->r, f->values);
    dirty_add(j, f->k, f->r.row);
    return STATUS_OK;
}

/* Of the span in turn, until the clock says so. */
static enum status load_span(struct journal *j, int64_t until) {
    size_t n;
    const struct load_span span = spans(j, &n)[j->load.place.at];
    enum status s = STATUS_OK;
    struct fill f;
    int64_t count = 0;
    sqlite3_stmt *q = st(j, ST_FILL_LATER);
    sqlite3_bind_int64(q, 1, j->load.place.next);
    sqlite3_bind_int64(q, 2, span.to);
    sqlite3_bind_int64(q, 3, (int64_t)fill_kinds(true));
    while (st_row(j, q, &s)) {
        s = load_record(j, q, &f);
        if (!s) j->load.place.next = f.r.id + 1;
        if (!s && ++count % CHUNK) continue;
        if (!s) s = project_dirty(j);
        if (!s && clock_boot(&j->clock) < until) continue;
        sqlite3_reset(q);
        return s;
    }
    if (!s) s = project_dirty(j);
    if (!s) place_at(j, j->load.place.at + 1);
    return s;
}

static double part_of(const struct journal *j) {
    size_t n;
    const struct load_span *all = spans(j, &n);
    double done = 0;
    for (size_t i = 0; i < n && i < j->load.place.at; i++)
        done += (double)(all[i].to - all[i].from + 1);
    if (j->load.place.at < n) done += (double)(j->load.place.next - all[j->load.place.at].from);
    return j->load.most > 0 && journal_loading(j) ? done / j->load.most : 1;
}

static void tell(struct journal *j) {
    int64_t now = clock_boot(&j->clock);
    if (journal_loading(j) && now - j->load.told < TELL_MS) return;
    j->load.told = now;
    j->generation++;
}

/* Nothing is written to the file, so the commit waits for no disk. */
static enum status load_alone(struct journal *j, int64_t until) {
    enum status s = journal_begin(j);
    if (s) return s;
    do {
        s = load_span(j, until);
    } while (!s && journal_loading(j) && clock_boot(&j->clock) < until);
    if (!s) s = journal_commit(j);
    if (!s) {
        tell(j);
        return s;
    }
    journal_rollback(j);
    return s;
}

enum status journal_load_step(struct journal *j, int ms, bool *done, double *part) {
    enum status s = STATUS_OK;
    if (journal_loading(j) && !j->writing) s = load_alone(j, clock_boot(&j->clock) + ms);
    if (s) return s;
    *done = !journal_loading(j);
    *part = part_of(j);
    return STATUS_OK;
}

enum status load_rest(struct journal *j) {
    enum status s = STATUS_OK;
    if (!journal_loading(j)) return s;
    if (!j->writing) return load_alone(j, INT64_MAX);
    while (!s && journal_loading(j))
        s = load_span(j, INT64_MAX);
    if (!s) tell(j);
    return s;
}

enum status journal_load_all(struct journal *j) {
    return load_rest(j);
}

/* ---- one check, before its turn ---- */

/* The spans of a salt: up to the next one of that log. */
static enum status spans_of(struct journal *j, row_id visit, struct buf *out) {
    enum status s = STATUS_OK;
    sqlite3_stmt *q = NULL;
    s = st_prepare(j, &q,
                   "SELECT id, (SELECT min(n.id) FROM salt n WHERE n.id > s.id) FROM salt s "
                   "WHERE visit = ?1");
    if (!s) sqlite3_bind_int64(q, 1, visit);
    while (!s && st_row(j, q, &s)) {
        struct load_span one = {.from = sqlite3_column_int64(q, 0),
                                .to = sqlite3_column_int64(q, 1) - 1};
        row_id end = ROW_ID(ROW_LOG(one.from) + 1, 0) - 1;
        if (one.to < one.from || one.to > end) one.to = end;
        if (are_later(j, one.from, one.to)) buf_add(out, &one, sizeof one);
    }
    sqlite3_finalize(q);
    return s;
}

/* They come once more in their turn, which changes nothing. */
static enum status load_spans(struct journal *j, const struct buf *of_visit) {
    const struct load_span *all = (const struct load_span *)(const void *)of_visit->data;
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < of_visit->size / sizeof *all; i++) {
        struct fill f;
        sqlite3_stmt *q = st(j, ST_FILL_LATER);
        sqlite3_bind_int64(q, 1, all[i].from);
        sqlite3_bind_int64(q, 2, all[i].to);
        sqlite3_bind_int64(q, 3, (int64_t)fill_kinds(true));
        while (st_row(j, q, &s)) {
            s = load_record(j, q, &f);
            if (s) break;
        }
        sqlite3_reset(q);
        if (!s) s = project_dirty(j);
    }
    return s;
}

enum status journal_load_visit(struct journal *j, row_id visit) {
    struct buf found = {0};
    if (!journal_loading(j)) return STATUS_OK;
    bool alone = !j->writing;
    enum status s = spans_of(j, visit, &found);
    if (!s && found.size) {
        if (alone) s = journal_begin(j);
        if (!s) s = load_spans(j, &found);
        if (!s && alone) s = journal_commit(j);
        if (s && alone) journal_rollback(j);
    }
    BELIEVE(!found.overflow);
    buf_release(&found);
    return s;
}

/* ---- one row ---- */

enum status load_row(struct journal *j, const struct kind *k, row_id row) {
    return k->bulk && is_later(j, row) ? project_row(j, k, row) : STATUS_OK;
}
