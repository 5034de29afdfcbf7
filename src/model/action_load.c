/* action_load.c -- one action, from the day it was raised to the day it had lasted. */
#include "model/action_load.h"

#include "base/text.h"
#include "care/rules.h"
#include "care/use.h"
#include "model/action_model.h"
#include "model/action_rows.h"
#include "model/erased.h"
#include "model/evidence_load.h"
#include "model/laws.h"
#include "model/roles.h"
#include "store/query.h"

#define MOMENTS_MOST 200
#define WEEK_MS      (7 * 86400000LL)

struct parts_of_it {
    const char *template_code, *item, *statement, *regulations;
    const char *raised_by;
};

static enum status read_action(const struct load_context *c, struct arena *a,
                               struct action_model *m, struct parts_of_it *p) {
    struct query q;
    bool found = false;
    query_open(
        &q, c->j,
        "SELECT x.service, x.must, x.reference, x.different, COALESCE(p.label, x.owner_text), "
        "x.due, x.owner, x.measure, x.baseline, x.why, x.statement, x.regulations, x.item, "
        "x.template, x.found_at_night, x.times_found, r.name, COALESCE(x.made_by, x.\"by\") "
        "FROM action x LEFT JOIN person p ON p.id = x.owner LEFT JOIN area r ON r.id = x.area "
        "WHERE x.id = ?1 AND x.withdrawn = 0 AND x.reference IS NOT NULL",
        1, c->row);
    if (query_next(&q)) {
        found = true;
        m->id = m->row.id = c->row;
        m->service = query_int(&q, 0);
        m->row.must = query_int(&q, 1) == 1;
        m->row.reference = query_text(&q, 2, a);
        m->row.different = query_text(&q, 3, a);
        m->row.owner = query_text(&q, 4, a);
        m->row.due = query_int(&q, 5);
        row_id holder = journal_holder(c->j);
        m->row.mine = holder && query_int(&q, 6) == holder;
        m->measure = query_text(&q, 7, a);
        m->baseline = query_text(&q, 8, a);
        m->why = query_text(&q, 9, a);
        p->statement = query_text(&q, 10, a);
        p->regulations = query_text(&q, 11, a);
        p->item = query_text(&q, 12, a);
        p->template_code = query_text(&q, 13, a);
        m->found_at_night = query_int(&q, 14) == 1;
        m->times_found = (int)query_int(&q, 15);
        m->area = query_text(&q, 16, a);
        p->raised_by = role_of(c->j, query_int(&q, 17), a);
    }
    enum status s = query_close(&q);
    return s || found ? s : status_fail(STATUS_NOT_FOUND, "action not here");
}

static enum status read_moments(const struct load_context *c, struct arena *a,
                                struct action_model *m, const char *raised_by) {
    struct query q;
    struct action_moment *all = ARENA_ARRAY(a, struct action_moment, MOMENTS_MOST);
    int n = 0;
    all[n++] = (struct action_moment){.sort = "raised",
                                      .text = m->row.different,
                                      .by = raised_by,
                                      .who = "",
                                      .at = m->row.raised_at,
                                      .at_night = m->found_at_night};
    for (query_open(
             &q, c->j,
             "SELECT s.sort, s.text, p.label, s.who, COALESCE(s.made_at, s.at), s.due, "
             "s.at_night, s.unannounced, s.weeks FROM step s LEFT JOIN person p ON p.id = "
             "COALESCE(s.made_by, s.\"by\") WHERE s.action = ?1 AND s.withdrawn = 0 "
             "ORDER BY s.hlc, lantern_order(s.id)",
             1, c->row);
         n < MOMENTS_MOST && query_next(&q);)
        all[n++] = (struct action_moment){.sort = query_text(&q, 0, a),
                                          .text = query_text(&q, 1, a),
                                          .by = query_text(&q, 2, a),
                                          .who = query_text(&q, 3, a),
                                          .at = query_int(&q, 4),
                                          .due = query_int(&q, 5),
                                          .at_night = query_int(&q, 6) == 1,
                                          .unannounced = query_int(&q, 7) == 1,
                                          .weeks = (int)query_int(&q, 8)};
    m->moments = all;
    m->moments_count = n;
    return query_close(&q);
}

/* Whole weeks since it was first seen working and stayed so; -1 when it is not. */
static int weeks_lasted(const struct action_facts *f, int64_t now_ms) {
    int64_t first = 0;
    if (action_state(f) != ACTION_SEEN_WORKING) return -1;
    for (int i = 0; i < f->steps_count; i++) {
        const char *sort = f->steps[i].sort;
        if (text_equal(sort, "reopened") || text_equal(sort, "not_working")) first = 0;
        if (text_equal(sort, "seen_working") && !first) first = f->steps[i].at;
    }
    return first ? (int)((now_ms - first) / WEEK_MS) : -1;
}

static void explain(const struct load_context *c, struct arena *a, struct action_model *m,
                    const struct parts_of_it *p) {
    const struct statement *st = framework_statement(c->framework, p->statement);
    m->statement = st ? arena_strdup(a, st->name) : p->statement;
    m->question = st ? arena_strdup(a, c->framework->questions[st->question].name) : "";
    m->laws_count = laws_of(c->framework, p->regulations, a, m->laws);
    m->item = "";
    for (size_t i = 0; p->item[0] && i < c->templates_count; i++) {
        if (!text_equal(c->templates[i]->code, p->template_code)) continue;
        const struct template *t = form_whole(c, c->templates[i]);
        const struct item *it = t ? template_item(t, p->item) : NULL;
        if (it) m->item = arena_strdup(a, it->text);
    }
}

static const char *code_for(const struct load_context *c, enum form_use use) {
    for (size_t i = 0; i < c->templates_count; i++)
        if (form_use(c->templates[i]) == use) return c->templates[i]->code;
    return "";
}

/* Which forms prove it or look again, and whether one of them is under way. */
static void checks_of_it(const struct load_context *c, struct action_model *m) {
    m->proof_code = code_for(c, USE_PROOF);
    m->retest_code = code_for(c, USE_RETEST);
    m->check_open = query_one_int(
        c->j, 0,
        "SELECT id FROM visit v WHERE about_action = ?1 AND withdrawn = 0 AND NOT EXISTS "
        "(SELECT 1 FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0) ORDER BY started DESC",
        1, m->id);
}

static struct erased_list erased_one(const struct load_context *c, row_id row,
                                     struct arena *a) {
    struct erased_words *e = ARENA_NEW(a, struct erased_words);
    return (struct erased_list){.all = e, .count = erased_row(c->j, row, a, e)};
}

/* Its words are gone: what is left to show is when and why. */
static void nothing_else(struct action_model *m, row_id row) {
    m->id = m->row.id = row;
    m->row.reference = m->row.different = m->row.owner = "";
    m->proof_code = m->retest_code = "";
    m->measure = m->baseline = m->why = m->area = m->item = m->question = m->statement = "";
    m->lasted_weeks = -1;
}

enum status action_load(const struct load_context *c, struct arena *a, const void **out) {
    static const char *const lanes[3] = {"before_tonight", "this_week", "this_month"};
    struct action_model *m = ARENA_NEW(a, struct action_model);
    struct parts_of_it p = {0};
    struct action_facts f;
    m->erased = erased_one(c, c->row, a);
    if (m->erased.count) {
        nothing_else(m, c->row);
        *out = m;
        return STATUS_OK;
    }
    enum status s = read_action(c, a, m, &p);
    if (!s) s = action_facts_read(c->j, c->row, a, &f);
    if (s) return s;
    struct action_reader r = action_reader(c->j, m->service, c->wall_ms, c->night);
    m->visit = r.visit;
    m->night = c->night;
    m->outside = r.outside;
    m->row.raised_at = f.raised_at;
    m->row.moved = m->row.due != f.due;
    m->row.due = f.due;
    m->row.state = action_state(&f);
    m->row.overdue = action_overdue(&f, c->wall_ms);
    m->row.cannot = action_cannot_verify(&f, r.holder, c->night, r.unannounced, r.outside);
    m->next_look_weeks = action_next_look_weeks(&f, c->wall_ms);
    m->lasted_weeks = weeks_lasted(&f, c->wall_ms);
    int64_t night = query_one_int(c->j, NIGHT_STARTS_MIN,
                                  "SELECT night_starts FROM service WHERE id = ?1 "
                                  "AND night_starts IS NOT NULL",
                                  1, m->service);
    for (int i = 0; i < 3; i++)
        m->due_choices[i] = lane_due(lanes[i], c->wall_ms, (int)night, 0);
    explain(c, a, m, &p);
    checks_of_it(c, m);
    m->source_erased = erased_one(
        c, query_one_int(c->j, 0, "SELECT source FROM action WHERE id = ?1", 1, c->row), a);
    s = read_moments(c, a, m, p.raised_by);
    if (!s) s = evidence_of_row(c->j, a, c->row, &m->evidence);
    if (!s) *out = m;
    return s;
}
