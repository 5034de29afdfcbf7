/* confide_load.c -- readers from the tables, the holder's own notes from their drafts. A note
 * that another person wrote is not read at all. */
#include "model/confide_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "care/confidence.h"
#include "store/query.h"

#define READERS_MOST 24
#define NOTES_MOST   100

static enum status read_readers(const struct load_context *c, row_id service, struct arena *a,
                                struct confide_model *m) {
    struct query q;
    struct confide_reader *all = ARENA_ARRAY(a, struct confide_reader, READERS_MOST);
    int n = 0;
    for (query_open(&q, c->j,
                    "SELECT id, label, provider FROM reader WHERE withdrawn = 0 AND ended IS "
                    "NOT 1 AND length(\"key\") = 32 AND (service IS NULL OR service = ?1) "
                    "ORDER BY provider IS NOT 1, label, hlc, lantern_order(id)",
                    1, service);
         n < READERS_MOST && query_next(&q);)
        all[n++] = (struct confide_reader){.id = query_int(&q, 0),
                                           .label = query_text(&q, 1, a),
                                           .provider = query_int(&q, 2) == 1};
    m->readers = all;
    m->readers_count = n;
    return query_close(&q);
}

struct notes {
    struct arena *a;
    row_id holder;
    struct confide_note *all;
    int count;
};

static enum status read_note(struct notes *w, const json *map, row_id row) {
    const char *text = json_text(json_get(map, "note"), "");
    struct confidence c;
    enum status s = confidence_read(w->a, text, strlen(text), &c);
    if (s) return s;
    w->all[w->count++] = (struct confide_note){.row = row,
                                               .reader = "",
                                               .about = c.about,
                                               .text = c.text,
                                               .answer_how = c.answer_how,
                                               .role = c.role,
                                               .from = c.from,
                                               .until = c.until,
                                               .break_asked = c.break_asked,
                                               .they_said = c.they_said,
                                               .witness = c.witness,
                                               .day = c.day,
                                               .said = c.said,
                                               .said_count = c.said_count};
    return STATUS_OK;
}

/* One that cannot be read is left out: what counts is in its box. */
static void each_draft(void *ctx, const char *key, const void *p, size_t n) {
    struct notes *w = ctx;
    struct json_doc *doc = NULL;
    row_id row = strtoll(key + strlen(CONFIDED), NULL, 10);
    if (row <= 0 || w->count == NOTES_MOST || json_parse(&doc, "draft", p, n)) return;
    const json *map = json_root(doc);
    if (json_int(json_get(map, "holder"), 0) == w->holder && read_note(w, map, row))
        status_clear();
    json_close(doc);
}

/* What was taken back at once is no note any more. */
static enum status name_readers(const struct load_context *c, struct notes *w) {
    int kept = 0;
    enum status s = STATUS_OK;
    for (int i = 0; !s && i < w->count; i++) {
        struct query q;
        query_open(&q, c->j,
                   "SELECT coalesce(r.label, '') FROM confidence f LEFT JOIN reader r ON r.id "
                   "= f.reader WHERE f.id = ?1 AND f.withdrawn = 0",
                   1, w->all[i].row);
        if (query_next(&q)) {
            w->all[kept] = w->all[i];
            w->all[kept++].reader = query_text(&q, 0, w->a);
        }
        s = query_close(&q);
    }
    w->count = kept;
    return s;
}

static enum status read_notes(const struct load_context *c, struct arena *a,
                              struct confide_model *m) {
    struct notes w = {.a = a, .holder = m->holder};
    if (!m->holder) return STATUS_OK;
    w.all = ARENA_ARRAY(a, struct confide_note, NOTES_MOST);
    enum status s = draft_each(c->j, CONFIDED, each_draft, &w);
    if (!s) s = name_readers(c, &w);
    m->notes = w.all;
    m->notes_count = w.count;
    return s;
}

enum status confide_load(const struct load_context *c, row_id service, struct arena *a,
                         struct confide_model *out) {
    struct confide_model m = {.sealed = journal_at_rest_sealed(c->j),
                              .sample = c->sample,
                              .holder = journal_holder(c->j)};
    enum status s = read_readers(c, service, a, &m);
    if (!s) s = read_notes(c, a, &m);
    if (!s) *out = m;
    return s;
}
