/* reference_row.c -- see reference_row.h. The kind's own columns say what fits; nothing here
 * knows a kind but for what makes two rows the same. */
#include "model/reference_row.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "store/query.h"

#define THOUSANDTHS 1000.0

static bool set_number(struct row *r, const struct column *c, const char *text) {
    char *end;
    double v = strtod(text, &end);
    bool scaled = r->kind == &kind_target &&
                  (text_equal(c->name, "value") || text_equal(c->name, "high"));
    if (*end || !isfinite(v) || fabs(v) > 1e12) return false;
    if (!scaled && v != floor(v)) return false;
    if (r->kind == &kind_provider && text_equal(c->name, "lock_minutes") &&
        (v < REFERENCE_LOCK_LEAST || v > REFERENCE_LOCK_MOST))
        return false;
    row_int(r, c->name, (int64_t)llround(scaled ? v * THOUSANDTHS : v));
    return true;
}

static bool set_bool(struct row *r, const struct column *c, const char *text) {
    if (text_listed("yes|true|1|y", '|', text)) {
        row_int(r, c->name, 1);
    } else if (text_listed("no|false|0|n", '|', text)) {
        row_int(r, c->name, 0);
    } else {
        return false;
    }
    return true;
}

bool reference_set(struct reference *ref, struct row *r, const char *column, const char *text) {
    int at = kind_column(r->kind, column);
    const struct column *c = at >= 0 ? &r->kind->columns[at] : NULL;
    day_no day;
    int64_t ms;
    bool fits = false;
    (void)ref;
    if (!c || c->type == COL_REF || c->type == COL_HASH || c->type == COL_BYTES) {
        status_fail(STATUS_INVALID, "a %s has no \"%s\"", r->kind->name, column);
        return false;
    }
    if (text_blank(text)) return true;
    switch (c->type) {
    case COL_TEXT:
        fits = text_valid(text, strlen(text));
        if (fits) row_text(r, column, text);
        break;
    case COL_WORD:
        fits = text_listed(c->words, '|', text);
        if (fits) row_text(r, column, text);
        break;
    case COL_INT:
        fits = set_number(r, c, text);
        break;
    case COL_BOOL:
        fits = set_bool(r, c, text);
        break;
    case COL_DAY:
        fits = day_read_iso(text, &day);
        if (fits) row_int(r, column, day);
        break;
    case COL_TIME:
        fits = time_read_iso(text, &ms);
        if (fits) row_int(r, column, ms);
        break;
    case COL_REF:
    case COL_HASH:
    case COL_BYTES:
        break;
    }
    if (!fits && text_equal(column, "lock_minutes"))
        status_fail(STATUS_INVALID, "\"%s\" does not fit the provider's %s: %d to %d minutes",
                    text, column, REFERENCE_LOCK_LEAST, REFERENCE_LOCK_MOST);
    else if (!fits)
        status_fail(STATUS_INVALID, "\"%s\" does not fit the %s's %s%s%s", text, r->kind->name,
                    column, c->type == COL_WORD ? ": one of " : "",
                    c->type == COL_WORD ? c->words : "");
    return fits;
}

/* What makes two rows the same thing, by kind: the texts that name them, within their service.
 */
static row_id find_same(struct reference *ref, const struct row *r) {
    static const struct {
        const struct kind *kind;
        const char *first, *second, *sql;
    } rules[] = {
        {&kind_provider, "code", NULL,
         "SELECT id FROM provider WHERE code = ?2 AND withdrawn = 0 AND ?1 IS ?1"},
        {&kind_service, "code", NULL,
         "SELECT id FROM service WHERE code = ?2 AND withdrawn = 0 AND ?1 IS ?1"},
        {&kind_area, "name", NULL,
         "SELECT id FROM area WHERE service = ?1 AND name = ?2 AND withdrawn = 0"},
        {&kind_person, "code", NULL,
         "SELECT id FROM person WHERE code = ?2 AND withdrawn = 0 AND ?1 IS ?1"},
        {&kind_target, "name", NULL,
         "SELECT id FROM target WHERE coalesce(service, 0) = ?1 AND name = ?2 AND withdrawn = "
         "0"},
        {&kind_contact, "label", "purpose",
         "SELECT id FROM contact WHERE coalesce(service, 0) = ?1 AND label = ?2 AND "
         "coalesce(purpose, '') = ?3 AND withdrawn = 0"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct query q;
        row_id found = 0;
        if (rules[i].kind != r->kind || text_blank(row_get_text(r, rules[i].first))) continue;
        int64_t service = kind_column(r->kind, "service") >= 0 ? row_get_int(r, "service") : 0;
        query_open(&q, ref->j, rules[i].sql, 1, service);
        query_bind_text(&q, 2, row_get_text(r, rules[i].first));
        if (rules[i].second) query_bind_text(&q, 3, row_get_text(r, rules[i].second));
        if (query_next(&q)) found = query_int(&q, 0);
        return query_close(&q) ? 0 : found;
    }
    return 0;
}

static bool same_value(const struct value *a, const struct value *b) {
    if (a->said != b->said) return false;
    return !a->said ||
           (a->i == b->i && a->n == b->n && (!a->n || memcmp(a->p, b->p, a->n) == 0));
}

static bool same_row(const struct row *a, const struct row *b) {
    for (int i = 0; i < kind_column_count(a->kind); i++)
        if (!same_value(&a->values[i], &b->values[i])) return false;
    return true;
}

/* A file made from the sample may name a provider that is real, and call it made up. It stays
 * real: tablets belong to a real provider's office only. */
static void stay_real(const struct row *now, struct row *r) {
    bool provider = r->kind == &kind_provider;
    if (provider && row_get_int(r, "sample") && !row_get_int(now, "sample"))
        row_unsay(r, "sample");
}

enum status reference_put(struct reference *ref, struct row *r) {
    r->id = find_same(ref, r);
    if (r->id) {
        struct row now;
        enum status s = journal_row(ref->j, r->kind, r->id, &ref->arena, &now);
        if (s) return s;
        stay_real(&now, r);
        if (same_row(&now, r)) {
            ref->sum.same++;
            return STATUS_OK;
        }
    }
    ref->sum.written++;
    return journal_put(ref->j, r);
}

enum status reference_service(struct reference *ref, const char *code, row_id *out) {
    struct query q;
    *out = 0;
    query_open(&q, ref->j,
               "SELECT id FROM service WHERE code = ?2 AND withdrawn = 0 AND ?1 = 0", 1,
               (int64_t)0);
    query_bind_text(&q, 2, code);
    if (query_next(&q)) *out = query_int(&q, 0);
    enum status s = query_close(&q);
    if (!s && !*out)
        s = status_fail(STATUS_INVALID, "there is no service with the code \"%s\"", code);
    return s;
}
