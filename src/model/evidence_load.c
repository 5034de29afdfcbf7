/* evidence_load.c -- photos and voice notes that were kept, and those that wait for their form.
 *
 * Journey: attachment rows and drafts (app/evidence.c writes both) → struct evidence → screens,
 * papers. Nothing is read of the pictures themselves: who shows one asks for it by its hash. */
#include "model/evidence_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "model/talk_kept.h"
#include "store/query.h"

#define COLUMNS                                                                              \
    "t.id, t.visit, t.\"to\", t.room, t.before, t.item, t.sort, t.hash, t.thumb, t.nobody, " \
    "t.caption, t.source, t.cut_off, t.type, coalesce(t.taken, t.made_at), t.size, t.ms, "   \
    "t.width,"                                                                               \
    " t.height, t.\"by\" FROM attachment t WHERE t.withdrawn = 0 AND t.hash IS NOT NULL AND "
#define IN_ORDER " ORDER BY coalesce(t.taken, t.made_at), t.made_at, lantern_order(t.id)"

static enum evidence_sort sort_of(const char *word) {
    if (text_equal(word, "photo")) return EVIDENCE_PHOTO;
    return text_equal(word, "voice") ? EVIDENCE_VOICE : EVIDENCE_FILE;
}

static hash256 hash_at(const struct query *q, int col) {
    hash256 h = {{0}};
    size_t n = 0;
    const void *p = query_bytes(q, col, &n);
    if (p && n == sizeof h) memcpy(&h, p, sizeof h);
    return h;
}

static struct evidence one_of(const struct query *q, struct arena *a) {
    return (struct evidence){
        .row = query_int(q, 0),
        .visit = query_int(q, 1),
        .to = query_int(q, 2),
        .room = query_int(q, 3),
        .before = query_int(q, 4),
        .item = query_text(q, 5, a),
        .sort = sort_of(query_text(q, 6, a)),
        .hash = hash_at(q, 7),
        .thumb = hash_at(q, 8),
        .nobody = query_int(q, 9) != 0,
        .caption = query_text(q, 10, a),
        .source = query_text(q, 11, a),
        .cut_off = query_text(q, 12, a),
        .type = query_text(q, 13, a),
        .at = query_int(q, 14),
        .size = query_int(q, 15),
        .ms = query_int(q, 16),
        .width = (int)query_int(q, 17),
        .height = (int)query_int(q, 18),
        .person = query_int(q, 19),
    };
}

/* Whether the bytes are here is asked afterwards: another statement per row. */
static enum status read_all(struct query *q, struct arena *a, struct evidence_list *out) {
    struct buf found = {0};
    while (query_next(q)) {
        struct evidence e = one_of(q, a);
        buf_add(&found, &e, sizeof e);
    }
    struct journal *j = q->j;
    enum status s = query_close(q);
    if (!s) {
        int n = (int)(found.size / sizeof(struct evidence));
        struct evidence *all = n ? arena_copy(a, found.data, found.size) : NULL;
        for (int i = 0; i < n; i++)
            all[i].here = blob_have(j, &all[i].hash);
        *out = (struct evidence_list){.all = all, .count = n};
    }
    buf_release(&found);
    return s;
}

static enum status of_visit(struct journal *j, struct arena *a, row_id visit, const char *sql,
                            struct evidence_list *out) {
    struct query q;
    enum status s = visit ? journal_load_visit(j, visit) : STATUS_OK;
    if (s) return s;
    query_open(&q, j, sql, 1, visit);
    return read_all(&q, a, out);
}

enum status evidence_of_visit(struct journal *j, struct arena *a, row_id visit,
                              struct evidence_list *out) {
    return of_visit(j, a, visit, "SELECT " COLUMNS "t.visit = ?1" IN_ORDER, out);
}

enum status evidence_told_of_visit(struct journal *j, struct arena *a, row_id visit,
                                   struct evidence_list *out) {
    return of_visit(j, a, visit,
                    "SELECT " COLUMNS "t.visit = ?1 AND NOT " TALK_KEPT("t.room") IN_ORDER,
                    out);
}

enum status evidence_of_row(struct journal *j, struct arena *a, row_id row,
                            struct evidence_list *out) {
    struct query q;
    query_open(&q, j, "SELECT " COLUMNS "t.\"to\" = ?1" IN_ORDER, 1, row);
    return read_all(&q, a, out);
}

/* ---- what waits ---- */

char *evidence_draft_prefix(struct arena *a, const char *form, row_id visit, const char *item) {
    return arena_printf(a, EVIDENCE_DRAFT "%s/%lld/%s/", form, (long long)visit,
                        item ? item : "");
}

struct waiting {
    struct journal *j;
    struct arena *arena;
    size_t prefix;
    row_id visit;
    const char *item;
    struct buf found;
};

static const char *text_of(struct waiting *w, const json *map, const char *key) {
    return arena_strdup(w->arena, json_text(json_get(map, key), ""));
}

static hash256 hash_of_hex(const json *map, const char *key) {
    hash256 h = {{0}};
    const char *hex = json_text(json_get(map, key), "");
    if (!hex_read(hex, h.b, sizeof h.b)) h = (hash256){{0}};
    return h;
}

static struct evidence waiting_one(struct waiting *w, const json *m) {
    return (struct evidence){
        .visit = w->visit,
        .item = arena_strdup(w->arena, w->item),
        .sort = sort_of(json_text(json_get(m, "sort"), "")),
        .hash = hash_of_hex(m, "hash"),
        .thumb = hash_of_hex(m, "thumb"),
        .nobody = json_bool(json_get(m, "nobody"), false),
        .caption = text_of(w, m, "caption"),
        .source = text_of(w, m, "source"),
        .cut_off = text_of(w, m, "cut_off"),
        .type = text_of(w, m, "type"),
        .at = json_int(json_get(m, "taken"), 0),
        .size = json_int(json_get(m, "size"), 0),
        .ms = json_int(json_get(m, "ms"), 0),
        .width = (int)json_int(json_get(m, "width"), 0),
        .height = (int)json_int(json_get(m, "height"), 0),
        .person = json_int(json_get(m, "by"), 0),
    };
}

/* An item's prefix may begin another's key only when a slash follows its number. */
static void each_waiting(void *ctx, const char *key, const void *p, size_t n) {
    struct waiting *w = ctx;
    struct json_doc *d = NULL;
    char *end = NULL;
    long long number = strtoll(key + w->prefix, &end, 10);
    if (number <= 0 || end == key + w->prefix || *end) return;
    if (json_parse(&d, key, p, n)) {
        log_line("a draft of evidence does not read");
        return;
    }
    struct evidence e = waiting_one(w, json_root(d));
    json_close(d);
    e.number = number;
    e.here = blob_have(w->j, &e.hash);
    buf_add(&w->found, &e, sizeof e);
}

static int by_number(const void *a, const void *b) {
    const struct evidence *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

enum status evidence_waiting(struct journal *j, struct arena *a, const char *form, row_id visit,
                             const char *item, struct evidence_list *out) {
    char *prefix = evidence_draft_prefix(a, form, visit, item);
    struct waiting w = {
        .j = j, .arena = a, .prefix = strlen(prefix), .visit = visit, .item = item ? item : ""};
    enum status s = draft_each(j, prefix, each_waiting, &w);
    if (!s) {
        int n = (int)(w.found.size / sizeof(struct evidence));
        struct evidence *all = n ? arena_copy(a, w.found.data, w.found.size) : NULL;
        if (n) qsort(all, (size_t)n, sizeof *all, by_number);
        *out = (struct evidence_list){.all = all, .count = n};
    }
    buf_release(&w.found);
    return s;
}
