/* raise_load.c -- two taps when the defaults fit: the item knows its usual owner, time and
 * measure. */
#include "model/raise_load.h"

#include <strings.h>

#include "base/text.h"
#include "care/answer_says.h"
#include "care/rules.h"
#include "model/found_before.h"
#include "model/laws.h"
#include "model/raise_model.h"
#include "model/roles.h"
#include "store/query.h"

#define PEOPLE_MOST 40

const char *const lane_words[LANES] = {"before_leave", "before_tonight", "this_week",
                                       "this_month", "date"};

static enum lane lane_of(const char *word) {
    for (int i = 0; i < LANE_DATE; i++)
        if (text_equal(lane_words[i], word)) return (enum lane)i;
    return LANES;
}

/* How it is today: the figure itself; "" when the answer is a word and not a figure. */
static const char *value_text(const struct load_context *c, struct arena *a,
                              const struct part *p, int64_t number, int64_t of) {
    struct answer_value v = {.has_number = true, .number = number, .has_of = true, .of = of};
    const char *said = answer_says(a, c->words, p, &v);
    return *said ? said : answer_figure(a, c->words, p, number);
}

static enum status from_answer(const struct load_context *c, struct arena *a,
                               const struct item *i, struct raise_model *m) {
    struct query q;
    query_open(
        &q, c->j,
        "SELECT part, number, \"of\", note, severity FROM answer WHERE id = ?1 AND withdrawn "
        "= 0",
        1, c->other);
    if (query_next(&q)) {
        const struct part *p = i ? item_part(i, query_text(&q, 0, a)) : NULL;
        const char *note = query_text(&q, 3, a), *value = "";
        if (p && !query_null(&q, 1))
            value = value_text(c, a, p, query_int(&q, 1), query_int(&q, 2));
        m->baseline = !value[0]  ? note
                      : !note[0] ? value
                                 : arena_printf(a, "%s. %s", value, note);
        m->severity = (int)query_int(&q, 4);
        m->source = c->other;
    }
    return query_close(&q);
}

static enum status from_observation(const struct load_context *c, struct arena *a,
                                    struct raise_model *m) {
    struct query q;
    query_open(
        &q, c->j,
        "SELECT text, area, statement, severity, visit, service, item FROM observation WHERE "
        "id = ?1 AND withdrawn = 0 AND restricted IS NOT 1",
        1, c->other);
    if (query_next(&q)) {
        m->from = m->baseline = query_text(&q, 0, a);
        m->area = query_int(&q, 1);
        m->statement_code = query_text(&q, 2, a);
        m->severity = (int)query_int(&q, 3);
        if (!m->visit) m->visit = query_int(&q, 4);
        if (query_int(&q, 5)) m->service = query_int(&q, 5);
        if (!m->item[0]) m->item = query_text(&q, 6, a);
        m->source = c->other;
    }
    return query_close(&q);
}

static enum status from_feedback(const struct load_context *c, struct arena *a,
                                 struct raise_model *m) {
    struct query q;
    query_open(
        &q, c->j,
        "SELECT text, area, statement, severity, visit, service FROM feedback WHERE id = ?1 "
        "AND withdrawn = 0 AND restricted IS NOT 1",
        1, c->other);
    if (query_next(&q)) {
        m->from = query_text(&q, 0, a);
        m->area = query_int(&q, 1);
        m->statement_code = query_text(&q, 2, a);
        m->severity = (int)query_int(&q, 3);
        if (!m->visit) m->visit = query_int(&q, 4);
        if (query_int(&q, 5)) m->service = query_int(&q, 5);
        m->source = c->other;
    }
    return query_close(&q);
}

static const char *regulations_of(struct arena *a, const struct item *i) {
    const char *all = "";
    for (int k = 0; k < i->regulations_count; k++)
        all = k ? arena_printf(a, "%s,%s", all, i->regulations[k]) : i->regulations[k];
    return arena_strdup(a, all);
}

static void from_item(struct arena *a, const struct item *i, struct raise_model *m) {
    m->from = arena_strdup(a, i->text);
    m->different = arena_strdup(a, i->good_looks_like);
    m->measure = arena_strdup(a, i->measure);
    m->owner_role = arena_strdup(a, i->owner_role);
    m->lane = lane_of(i->lane);
    m->statement_code = arena_strdup(a, i->statement);
    m->regulations = regulations_of(a, i);
    if (i->critical) m->must_likely = true;
}

static enum status read_people(const struct load_context *c, struct arena *a,
                               struct raise_model *m) {
    struct query q;
    struct raise_person *all = ARENA_ARRAY(a, struct raise_person, PEOPLE_MOST);
    int n = 0;
    for (query_open(
             &q, c->j,
             "SELECT id, label, role FROM person WHERE service = ?1 AND withdrawn = 0 AND "
             "\"left\" "
             "IS NOT 1 ORDER BY CASE WHEN side = 'staff' AND (shift = 'both' OR shift = CASE "
             "WHEN ?2 THEN 'night' ELSE 'day' END) THEN 0 WHEN side = 'manager' THEN 1 ELSE "
             "2 END, label, lantern_order(id)",
             2, m->service, (int64_t)m->night);
         n < PEOPLE_MOST && query_next(&q);)
        all[n++] = (struct raise_person){
            .id = query_int(&q, 0),
            .label = query_text(&q, 1, a),
            .usual =
                m->owner_role[0] && (strcasecmp(query_text(&q, 1, a), m->owner_role) == 0 ||
                                     strcasecmp(query_text(&q, 2, a), m->owner_role) == 0)};
    m->people = all;
    m->people_count = n;
    return query_close(&q);
}

static enum status read_service(const struct load_context *c, struct arena *a,
                                struct raise_model *m, int *night_starts) {
    struct query q;
    query_open(&q, c->j, "SELECT name, night_starts FROM service WHERE id = ?1", 1, m->service);
    if (query_next(&q)) {
        m->service_name = query_text(&q, 0, a);
        if (query_int(&q, 1) > 0) *night_starts = (int)query_int(&q, 1);
    }
    return query_close(&q);
}

static void fill_dates(const struct load_context *c, struct raise_model *m, int night_starts) {
    int64_t leaving =
        m->visit
            ? query_one_int(c->j, 0, "SELECT back_by FROM visit WHERE id = ?1", 1, m->visit)
            : 0;
    if (leaving <= c->wall_ms) leaving = 0;
    for (int i = 0; i < LANE_DATE; i++)
        m->due[i] = lane_due(lane_words[i], c->wall_ms, night_starts, leaving);
}

static void explain(const struct load_context *c, struct arena *a, struct raise_model *m) {
    const struct statement *st = framework_statement(c->framework, m->statement_code);
    m->statement = st ? arena_strdup(a, st->name) : "";
    m->question = st ? arena_strdup(a, c->framework->questions[st->question].name) : "";
    m->laws_count = laws_of(c->framework, m->regulations, a, m->laws);
}

enum status raise_load(const struct load_context *c, struct arena *a, const void **out) {
    struct raise_model *m = ARENA_NEW(a, struct raise_model);
    int night_starts = NIGHT_STARTS_MIN;
    m->service_name = m->from = m->different = m->measure = m->baseline = m->owner_role = "";
    m->statement_code = m->regulations = m->template_code = "";
    m->visit = c->row;
    m->service = visit_service(c->j, c->row, c->service);
    m->item = arena_strdup(a, c->word);
    m->lane = LANES;
    m->night = c->night;
    m->now_ms = c->wall_ms;
    enum status s = c->other ? from_observation(c, a, m) : STATUS_OK;
    if (!s && c->other && !m->source) s = from_feedback(c, a, m);
    const struct template *t =
        c->template_of && m->visit ? c->template_of(c->ctx, m->visit) : NULL;
    const struct item *i = t && m->item[0] ? template_item(t, m->item) : NULL;
    bool seen = m->source != 0;
    if (t && i) m->template_code = arena_strdup(a, t->code);
    if (i && !seen) from_item(a, i, m);
    if (!s && c->other && !seen) s = from_answer(c, a, i, m);
    if (!s) s = found_before(c->j, i ? t : NULL, m->service, m->item, m->visit, &m->before);
    if (!s) s = read_service(c, a, m, &night_starts);
    if (!s) s = read_people(c, a, m);
    if (s) return s;
    if (m->severity >= 3) m->must_likely = true;
    m->found_at_night = m->visit ? visit_at_night(c->j, m->visit) : m->night;
    m->next = journal_peek_reference(c->j, a);
    fill_dates(c, m, night_starts);
    explain(c, a, m);
    *out = m;
    return STATUS_OK;
}
