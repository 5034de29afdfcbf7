/* act_rating.c -- scores, what they rest on, ratings given in the round, and circumstances.
 *
 * Journey: ratings screen, rehearsal → intents score, score_link … → here → journal. A score is
 * one row a day (or a check): said again it is changed, on another day a new one begins, so
 * that what was thought in spring stays as it was. */
#include "app/act_rating.h"

#include "app/act_care.h"
#include "app/framework_set.h"
#include "base/text.h"
#include "care/use.h"
#include "store/query.h"

/* What a row of the four kinds is found by, besides service, visit and day. */
struct mark {
    const char *sql; /* ?4 framework, ?5 and ?6 the texts below */
    const char *framework, *first, *second;
};

static row_id find(struct act *t, const struct mark *m, row_id service, row_id visit,
                   day_no day) {
    struct query q;
    row_id found = 0;
    query_open(&q, t->j, m->sql, 3, service, visit, (int64_t)day);
    query_bind_text(&q, 4, m->framework);
    query_bind_text(&q, 5, m->first);
    if (m->second) query_bind_text(&q, 6, m->second);
    if (query_next(&q)) found = query_int(&q, 0);
    return query_close(&q) ? 0 : found;
}

#define OF_TODAY                                                                \
    " WHERE service = ?1 AND coalesce(visit, 0) = ?2 AND (?2 > 0 OR day = ?3) " \
    "AND framework = ?4 AND withdrawn = 0 AND "
#define NEWEST " ORDER BY hlc DESC, lantern_order(id) DESC LIMIT 1"

/* The row to write: the one of this day or check, else a new one that says where and when. */
static enum status begin(struct act *t, const struct kind *k, const struct mark *m,
                         row_id service, row_id visit, struct row *out) {
    if (!service) service = visit ? act_visit_service(t, visit) : t->service;
    if (!service || text_blank(m->framework))
        return status_fail(STATUS_INVALID, "a %s without service or framework", k->name);
    day_no day = london_day(t->wall_ms);
    row_id id = find(t, m, service, visit, day);
    if (id) {
        enum status s = act_row(t, k, id, out);
        if (s) return s;
    } else {
        *out = row_new(k);
        row_ref(out, "service", service);
        row_ref(out, "visit", visit);
        row_text(out, "framework", m->framework);
    }
    row_int(out, "day", day);
    int version = app_framework_version(t->app, m->framework);
    if (version) row_int(out, "framework_version", version);
    return STATUS_OK;
}

static enum status link_to(struct act *t, row_id score, row_id evidence, const char *note,
                           row_id service) {
    if (query_one_int(t->j, 0,
                      "SELECT count(*) FROM basis WHERE score = ?1 AND evidence = ?2 AND "
                      "withdrawn = 0",
                      2, score, evidence))
        return STATUS_OK;
    struct row r = row_new(&kind_basis);
    row_ref(&r, "score", score);
    row_ref(&r, "evidence", evidence);
    if (!text_blank(note)) row_text(&r, "note", text_trim(t->arena, note));
    row_ref(&r, "service", service);
    return act_put(t, &r);
}

static enum status finish(struct act *t, struct row *r, const char *reason,
                          const int64_t *evidence, int evidence_count) {
    row_text(r, "reason", text_trim(t->arena, reason ? reason : ""));
    enum status s = act_put(t, r);
    for (int i = 0; !s && i < evidence_count; i++)
        s = link_to(t, r->id, evidence[i], NULL, row_get_int(r, "service"));
    if (!s) t->made = r->id;
    return s;
}

static const char SCORE_SQL[] =
    "SELECT id FROM score" OF_TODAY "statement = ?5 AND coalesce(category, '') = ?6" NEWEST;

enum status act_score_put(struct act *t, const struct score_intent *k) {
    struct mark m = {SCORE_SQL, k->framework, k->statement, k->category ? k->category : ""};
    struct row r;
    if (k->score < 1 || text_blank(k->statement) || (text_blank(k->reason) && !k->visit))
        return status_fail(STATUS_INVALID, "a score needs a number and a reason");
    enum status s = begin(t, &kind_score, &m, k->service, k->visit, &r);
    if (s) return s;
    row_text(&r, "statement", k->statement);
    if (*m.second) row_text(&r, "category", m.second);
    row_int(&r, "score", k->score);
    return finish(t, &r, k->reason, k->evidence, k->evidence_count);
}

enum status act_score(struct act *t, const struct intent *in) {
    return act_score_put(t, in->detail);
}

enum status act_score_link(struct act *t, const struct intent *in) {
    row_id service = query_one_int(
        t->j, t->service,
        "SELECT service FROM score WHERE id = ?1 UNION ALL SELECT service FROM rating WHERE "
        "id = ?1",
        1, in->row);
    return link_to(t, in->row, in->other, in->text, service);
}

enum status act_score_unlink(struct act *t, const struct intent *in) {
    return act_take_back(t, &kind_basis, in->row);
}

enum status act_rate(struct act *t, const struct intent *in) {
    const struct rate_intent *k = in->detail;
    struct mark m = {"SELECT id FROM rating" OF_TODAY "question = ?5" NEWEST, k->framework,
                     k->question, NULL};
    struct row r;
    if (text_blank(k->question) || text_blank(k->rating) || text_blank(k->reason))
        return status_fail(STATUS_INVALID, "a rating needs a reason");
    enum status s = begin(t, &kind_rating, &m, k->service, k->visit, &r);
    if (s) return s;
    row_text(&r, "question", k->question);
    row_text(&r, "rating", k->rating);
    return finish(t, &r, k->reason, k->evidence, k->evidence_count);
}

enum status act_circumstance(struct act *t, const struct intent *in) {
    const struct circumstance_intent *k = in->detail;
    struct mark m = {"SELECT id FROM circumstance" OF_TODAY "code = ?5" NEWEST, k->framework,
                     k->code, NULL};
    struct row r;
    if (text_blank(k->code)) return status_fail(STATUS_INVALID, "a circumstance without code");
    enum status s = begin(t, &kind_circumstance, &m, k->service, 0, &r);
    if (s) return s;
    row_text(&r, "code", k->code);
    row_int(&r, "yes", k->yes);
    return finish(t, &r, k->reason, NULL, 0);
}

/* Takes back a score (row) or a rating. */
enum status act_score_clear(struct act *t, const struct intent *in) {
    bool score =
        query_one_int(t->j, 0, "SELECT count(*) FROM score WHERE id = ?1", 1, in->row) > 0;
    return act_take_back(t, score ? &kind_score : &kind_rating, in->row);
}

/* ---- a rehearsal ---- */

/* The part of an item that asks for a score, NULL none. */
static const struct part *score_part(const struct item *i) {
    for (int k = 0; k < i->parts_count; k++)
        if (i->parts[k].kind == PART_SCORE) return &i->parts[k];
    return NULL;
}

enum status act_score_of_answer(struct act *t, row_id visit, const char *item) {
    const struct template *form = act_template(t, visit);
    if (form_use(form) != USE_MOCK) return STATUS_OK;
    const struct item *i = template_item(form, item);
    const struct part *p = i ? score_part(i) : NULL;
    if (!p || text_blank(i->statement)) return STATUS_OK;
    struct query q;
    struct score_intent k = {
        .visit = visit, .framework = form->framework, .statement = i->statement};
    query_open(&q, t->j,
               "SELECT number, text FROM answer WHERE visit = ?1 AND item = ?2 AND "
               "coalesce(part, '') = ?3 AND withdrawn = 0 ORDER BY hlc DESC, "
               "lantern_order(id) DESC LIMIT 1",
               1, visit);
    query_bind_text(&q, 2, item);
    query_bind_text(&q, 3, p->id ? p->id : "");
    if (query_next(&q)) {
        k.score = (int)query_int(&q, 0);
        k.reason = query_text(&q, 1, t->arena);
    }
    enum status s = query_close(&q);
    if (s) return s;
    row_id made = t->made;
    if (k.score >= 1) {
        s = act_score_put(t, &k);
    } else {
        struct mark m = {SCORE_SQL, k.framework, k.statement, ""};
        row_id was = find(t, &m, act_visit_service(t, visit), visit, 0);
        if (was) s = act_take_back(t, &kind_score, was);
    }
    t->made = made; /* what was asked for is the answer */
    return s;
}
