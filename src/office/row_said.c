/* row_said.c -- finds the row that a person points at, and says which one it is. See
 * row_said.h. */
#include "office/row_said.h"

#include "base/text.h"
#include "office/tablets.h"
#include "store/query.h"

#define WORDS_MOST 72 /* characters of a row's first words */
#define ABOUT_MOST 50

/* ---- pointing
 * ---------------------------------------------------------------------------------- */

static enum status by_record(struct office *o, struct journal *j, const char *text,
                             struct pointed *out) {
    struct log_info log;
    struct query q;
    int64_t seq;
    struct pointed found = {0};
    enum status s = record_pointed(o, j, text, &log, &seq);
    if (s) return s;
    for (query_open(&q, j, "SELECT \"row\", kind FROM journal WHERE id = ?1", 1,
                    ROW_ID(log.no, seq));
         query_next(&q);)
        found = (struct pointed){kind_by_number((uint32_t)query_int(&q, 1)), query_int(&q, 0)};
    s = query_close(&q);
    if (!s && !found.kind) s = status_fail(STATUS_NOT_FOUND, "%s", text);
    if (!s) *out = found;
    return s;
}

static enum status by_table(struct office *o, struct journal *j, const char *text,
                            size_t kind_length, struct pointed *out) {
    const char *digits = text + kind_length + 1;
    struct pointed found = {0};
    int64_t id;
    found.kind = kind_by_name(arena_strndup(&o->arena, text, kind_length));
    if (!found.kind || !office_number(digits, 1, INT64_MAX, &id))
        return status_fail(STATUS_USAGE, "%s", text);
    found.row = id;
    char *sql = arena_printf(&o->arena, "SELECT 1 FROM \"%s\" WHERE id = ?1", found.kind->name);
    if (!query_one_int(j, 0, sql, 1, id)) return status_fail(STATUS_NOT_FOUND, "%s", text);
    *out = found;
    return STATUS_OK;
}

/* As it is shown, with M- or S- before it, or without. */
static enum status by_reference(struct office *o, struct journal *j, const char *text,
                                struct pointed *out) {
    const char *reference =
        text_starts(text, "M-") || text_starts(text, "S-") ? text + 2 : text;
    struct buf fits = {0};
    struct query q;
    int n = 0;
    query_open(&q, j,
               "SELECT id FROM action WHERE upper(reference) = upper(?1) ORDER BY hlc, "
               "lantern_order(id)",
               0);
    query_bind_text(&q, 1, reference);
    for (; query_next(&q); n++) {
        *out = (struct pointed){kind_by_number(KIND_action), query_int(&q, 0)};
        buf_printf(&fits, "%saction:%lld", n ? ", " : "", (long long)out->row);
    }
    enum status s = query_close(&q);
    if (!s && !n) s = status_fail(STATUS_NOT_FOUND, "%s", text);
    if (!s && n > 1)
        s = status_fail(STATUS_INVALID, "%s",
                        OFFICE_SAY(o, "office_erase.several", text, buf_str(&fits)));
    buf_release(&fits);
    return s;
}

enum status row_pointed(struct office *o, struct journal *j, const char *text,
                        struct pointed *out) {
    size_t word = strcspn(text, ":");
    if (record_pointer(text)) return by_record(o, j, text, out);
    if (text[word] == ':') return by_table(o, j, text, word, out);
    if (!strchr(text, '/')) return by_reference(o, j, text, out);
    return status_fail(STATUS_USAGE, "%s", text);
}

/* ---- saying
 * ------------------------------------------------------------------------------------ */

/* The first text that is more than a code: what the row is known by. */
static const char *first_words(const struct row *r) {
    static const char *const known_by[] = {"text",  "different", "label", "name",
                                           "title", "said",      "why",   "reference"};
    for (size_t i = 0; i < sizeof known_by / sizeof known_by[0]; i++)
        if (kind_column(r->kind, known_by[i]) >= 0 && !text_blank(row_get_text(r, known_by[i])))
            return row_get_text(r, known_by[i]);
    for (const struct column *c = r->kind->columns; c->name; c++)
        if ((c->type == COL_TEXT || c->type == COL_WORD) &&
            !text_blank(row_get_text(r, c->name)))
            return row_get_text(r, c->name);
    return "";
}

static char *cut(struct arena *a, const char *words) {
    char *out = arena_strdup(a, words), *p = out;
    text_one_line(out);
    for (int n = 0; *p && n < WORDS_MOST; n++)
        do
            p++;
        while (((uint8_t)*p & 0xC0) == 0x80);
    bool more = *p != '\0';
    *p = '\0';
    return more ? arena_printf(a, "%s…", out) : out;
}

static enum status made_at(struct office *o, struct journal *j, const struct pointed *p,
                           int64_t *out) {
    char *sql = arena_printf(
        &o->arena, "SELECT coalesce(made_at, at) FROM \"%s\" WHERE id = ?1", p->kind->name);
    *out = query_one_int(j, 0, sql, 1, p->row);
    return STATUS_OK;
}

enum status row_said(struct office *o, struct journal *j, const struct pointed *p, char **out) {
    struct arena *a = &o->arena;
    struct row r;
    int64_t at;
    enum status s = journal_row(j, p->kind, p->row, a, &r);
    if (!s) s = made_at(o, j, p, &at);
    if (s) return s;
    *out = arena_printf(a, "%s:%lld, %s: %s", p->kind->name, (long long)p->row,
                        time_day_hm(a, at), cut(a, first_words(&r)));
    return STATUS_OK;
}

/* Columns that may name a row of any kind say what something is about. */
enum status rows_about(struct office *o, struct journal *j, const struct pointed *p,
                       struct pointed **out, size_t *n) {
    enum status s = STATUS_OK;
    *out = ARENA_ARRAY(&o->arena, struct pointed, ABOUT_MOST);
    *n = 0;
    for (size_t i = 0; !s && i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        if (k->program || k->number == KIND_erase) continue;
        for (const struct column *c = k->columns; !s && c->name; c++) {
            struct query q;
            if (c->type != COL_REF || c->to) continue;
            query_open(&q, j,
                       arena_printf(&o->arena,
                                    "SELECT id FROM \"%s\" WHERE \"%s\" = ?1 ORDER BY hlc, "
                                    "lantern_order(id)",
                                    k->name, c->name),
                       1, p->row);
            while (query_next(&q) && *n < ABOUT_MOST)
                (*out)[(*n)++] = (struct pointed){k, query_int(&q, 0)};
            s = query_close(&q);
        }
    }
    return s;
}
