/* sample_ratings.c -- see sample_ratings.h. Writes through the journal as the ratings page
 * does.
 */
#include "model/sample_ratings.h"

#include "base/json.h"
#include "base/text.h"
#include "store/query.h"

#define RATINGS_BYTES_MOST ((size_t)256 * 1024)
#define LINKS_MOST         3

struct sampling {
    struct journal *j;
    row_id service;
    day_no day;
    const char *framework;
};

/* The newest things that bear this statement. */
static enum status rests_on(struct sampling *s, row_id score, const char *statement) {
    row_id found[LINKS_MOST];
    int n = 0;
    struct query q;
    query_open(&q, s->j,
               "SELECT id, hlc FROM observation WHERE service = ?1 AND statement = ?2 AND "
               "withdrawn = 0 UNION ALL SELECT id, hlc FROM feedback WHERE service = ?1 AND "
               "statement = ?2 AND withdrawn = 0 AND restricted IS NOT 1 UNION ALL SELECT id, "
               "hlc FROM action WHERE service = ?1 AND statement = ?2 AND withdrawn = 0 ORDER "
               "BY hlc DESC",
               1, s->service);
    query_bind_text(&q, 2, statement);
    while (n < LINKS_MOST && query_next(&q))
        found[n++] = query_int(&q, 0);
    enum status st = query_close(&q);
    for (int i = 0; !st && i < n; i++) {
        struct row r = row_new(&kind_basis);
        row_ref(&r, "score", score);
        row_ref(&r, "evidence", found[i]);
        row_ref(&r, "service", s->service);
        st = journal_put(s->j, &r);
    }
    return st;
}

static struct row row_of(struct sampling *s, const struct kind *k, const json *entry) {
    struct row r = row_new(k);
    row_ref(&r, "service", s->service);
    row_text(&r, "framework", s->framework);
    row_int(&r, "framework_version", 1);
    row_text(&r, "reason", json_text(json_get(entry, "reason"), ""));
    row_int(&r, "day", s->day);
    return r;
}

static enum status put_all(struct sampling *s, const json *of) {
    const json *scores = json_get(of, "scores"), *ratings = json_get(of, "ratings");
    enum status st = STATUS_OK;
    s->framework = json_text(json_get(of, "framework"), "");
    for (size_t i = 0; !st && i < json_count(scores); i++) {
        const json *one = json_at(scores, i);
        const char *statement = json_text(json_get(one, "statement"), "");
        struct row r = row_of(s, &kind_score, one);
        row_text(&r, "statement", statement);
        row_int(&r, "score", json_int(json_get(one, "score"), 0));
        st = journal_put(s->j, &r);
        if (!st) st = rests_on(s, r.id, statement);
    }
    for (size_t i = 0; !st && i < json_count(ratings); i++) {
        const json *one = json_at(ratings, i);
        struct row r = row_of(s, &kind_rating, one);
        row_text(&r, "question", json_text(json_get(one, "question"), ""));
        row_text(&r, "rating", json_text(json_get(one, "rating"), ""));
        st = journal_put(s->j, &r);
    }
    return st;
}

static row_id named(struct journal *j, const char *sql, const char *name) {
    struct query q;
    row_id found = 0;
    query_open(&q, j, sql, 0);
    query_bind_text(&q, 1, name);
    if (query_next(&q)) found = query_int(&q, 0);
    return query_close(&q) ? 0 : found;
}

enum status sample_ratings(struct journal *j, const char *path, const char *list,
                           int64_t now_ms) {
    struct json_doc *doc = NULL;
    enum status s = json_load(&doc, path, RATINGS_BYTES_MOST);
    if (s) return s;
    const json *root = json_root(doc), *all = json_get(root, list);
    struct sampling of = {.j = j, .day = london_day(now_ms)};
    of.service = named(j, "SELECT id FROM service WHERE code = ?1 AND withdrawn = 0",
                       json_text(json_get(root, "service"), ""));
    journal_hold(j, named(j, "SELECT id FROM person WHERE label = ?1 AND withdrawn = 0",
                          json_text(json_get(root, "by"), "")));
    if (!of.service)
        s = status_fail(STATUS_NOT_FOUND, "%s: no such service", path);
    else
        s = journal_begin(j);
    for (size_t i = 0; !s && i < json_count(all); i++)
        s = put_all(&of, json_at(all, i));
    if (!s) s = journal_commit(j);
    if (s) journal_rollback(j);
    json_close(doc);
    return s;
}
