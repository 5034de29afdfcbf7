/* act_answer.c -- what was said at a question becomes a row of `answer`: one row a part,
 * changed in place.
 *
 * Journey: walk screen → intent answer → here → journal. The result against the service's own
 * limit is set by rule. A danger (severity 4, or a critical question that is not safe yet)
 * opens its card in the same transaction. */
#include "app/act_care.h"
#include "app/act_rating.h"
#include "app/framework_set.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

#define DRAW_POOL_MAX 2000
#define DRAW_MAX      20

enum status act_row(struct act *t, const struct kind *k, row_id id, struct row *out) {
    return journal_row(t->j, k, id, t->arena, out);
}

row_id act_visit_service(struct act *t, row_id visit) {
    return query_one_int(t->j, 0, "SELECT service FROM visit WHERE id = ?1", 1, visit);
}

static row_id answer_find(struct act *t, row_id visit, const char *item, const char *part,
                          row_id room) {
    struct query q;
    row_id found = 0;
    query_open(
        &q, t->j,
        "SELECT id FROM answer WHERE visit = ?1 AND coalesce(repeat, 0) = ?2 AND item = ?3"
        " AND coalesce(part, '') = ?4 AND withdrawn = 0 ORDER BY hlc DESC, lantern_order(id) "
        "DESC LIMIT 1",
        2, visit, room);
    query_bind_text(&q, 3, item);
    query_bind_text(&q, 4, part ? part : "");
    if (query_next(&q)) found = query_int(&q, 0);
    return query_close(&q) ? 0 : found;
}

enum status act_answer_row(struct act *t, row_id visit, const char *item, const char *part,
                           row_id room, struct row *out) {
    BELIEVE(visit && item && *item);
    row_id id = answer_find(t, visit, item, part, room);
    if (id) return act_row(t, &kind_answer, id, out);
    *out = row_new(&kind_answer);
    row_ref(out, "visit", visit);
    row_text(out, "item", item);
    row_text(out, "part", part);
    row_ref(out, "repeat", room);
    const struct template *form = act_template(t, visit);
    if (form) row_text(out, "framework", form->framework);
    int version = form ? app_framework_version(t->app, form->framework) : 0;
    if (version) row_int(out, "framework_version", version);
    return STATUS_OK;
}

static void target_of(struct act *t, row_id visit, const struct part *p, int64_t *low,
                      int64_t *high) {
    *low = p->target_default;
    *high = p->target_default_high;
    struct query q;
    query_open(
        &q, t->j,
        "SELECT value, high FROM target WHERE service = ?1 AND name = ?2 AND withdrawn = 0"
        " ORDER BY hlc DESC, lantern_order(id) DESC LIMIT 1",
        1, act_visit_service(t, visit));
    query_bind_text(&q, 2, p->target);
    if (query_next(&q)) {
        if (!query_null(&q, 0)) *low = query_int(&q, 0);
        if (!query_null(&q, 1)) *high = query_int(&q, 1);
    }
    enum status s = query_close(&q);
    if (s) log_line("target: %s", status_key(s));
    *low = target_in_unit(p, *low);
    *high = target_in_unit(p, *high);
}

static bool said(const struct row *r, const char *column) {
    return r->values[kind_column(r->kind, column)].said;
}

static struct answer_value value_of(const struct row *r) {
    return (struct answer_value){.word = row_get_text(r, "word"),
                                 .list = row_get_text(r, "list"),
                                 .text = row_get_text(r, "text"),
                                 .number = row_get_int(r, "number"),
                                 .of = row_get_int(r, "of"),
                                 .time = row_get_int(r, "time"),
                                 .day = (day_no)row_get_int(r, "day"),
                                 .has_number = said(r, "number"),
                                 .has_of = said(r, "of"),
                                 .has_time = said(r, "time"),
                                 .has_day = said(r, "day"),
                                 .severity = (int)row_get_int(r, "severity")};
}

void act_answer_judge(struct act *t, struct row *r) {
    row_id visit = row_get_int(r, "visit");
    const struct template *form = act_template(t, visit);
    const struct item *item = form ? template_item(form, row_get_text(r, "item")) : NULL;
    const struct part *part = item ? item_part(item, row_get_text(r, "part")) : NULL;
    if (!part) return; /* a form from a newer Lantern: kept as said */
    int64_t low = 0, high = 0;
    struct answer_value v = value_of(r);
    row_unsay(r, "result");
    if (part->rule != TARGET_NONE) {
        target_of(t, visit, part, &low, &high);
        if (v.has_number) row_text(r, "result", target_result(part, v.number, low, high));
    }
    bool answered = false;
    enum verdict verdict = verdict_of(part, &v, low, high, &answered);
    if (verdict == VERDICT_BAD || verdict == VERDICT_PARTLY || verdict == VERDICT_NONE) return;
    row_unsay(r, "severity");
    row_unsay(r, "safe");
    row_unsay(r, "safe_at");
    row_unsay(r, "safe_by");
}

static void fill(struct row *r, const struct answer_intent *a) {
    if (a->set_word) row_text(r, "word", a->word);
    if (a->set_list) row_text(r, "list", a->list);
    if (a->set_text) row_text(r, "text", a->text);
    if (a->set_note) row_text(r, "note", a->note);
    if (a->set_number) row_int(r, "number", a->number);
    if (a->set_of) row_int(r, "of", a->of);
    if (a->set_time) row_int(r, "time", a->time);
    if (a->set_day) row_int(r, "day", a->day);
    if (a->set_person) row_ref(r, "person", a->person);
    if (a->set_skip) row_text(r, "skip", a->skip);
}

static void fill_finding(struct act *t, struct row *r, const struct answer_intent *a) {
    if (a->set_severity && a->severity) row_int(r, "severity", a->severity);
    if (a->set_severity && !a->severity) row_unsay(r, "severity");
    if (!a->set_safe) return;
    row_text(r, "safe", a->safe);
    row_text(r, "safe_by", a->safe_by);
    bool safe = text_equal(a->safe, "made_safe");
    if (safe) row_int(r, "safe_at", a->safe_at ? a->safe_at : t->wall_ms);
    if (!safe) row_unsay(r, "safe_at");
}

static bool after_leaving(struct act *t, row_id visit) {
    return query_one_int(t->j, 0, "SELECT \"left\" IS NOT NULL FROM visit WHERE id = ?1", 1,
                         visit) != 0;
}

/* Says which numbers of the list to take. Said again for the same list it stays as it was
 * drawn: nobody draws until the answer suits. */
static void draw_from_list(struct row *r, const struct part *p, const char *before,
                           struct arena *a) {
    const char *list = row_get_text(r, "list");
    int pool = 0;
    if (!list || strncmp(list, "pool=", 5) != 0 || strchr(list, ',')) return;
    pool = (int)strtol(list + 5, NULL, 10);
    if (pool < 1 || pool > DRAW_POOL_MAX) return;
    size_t n_before = strlen(list); /* "pool=40" */
    if (strncmp(before, list, n_before) == 0 && before[n_before] == ',') {
        row_text(r, "list", before);
        return;
    }
    int drawn[DRAW_MAX], most = p->of > 0 && p->of < DRAW_MAX ? p->of : 1;
    uint64_t seed = 0;
    random_bytes(&seed, sizeof seed);
    seed >>= 12; /* fits a number that other programs read exactly */
    int n = draw_fairly(seed, pool, most, drawn);
    char *all = arena_printf(a, "pool=%d,seed=%llu", pool, (unsigned long long)seed);
    for (int i = 0; i < n; i++)
        all = arena_printf(a, "%s,n%d=1", all, drawn[i] + 1);
    row_text(r, "list", all);
}

/* What follows from the kind of the answer itself: days to a date, numbers drawn. */
static void follow(struct act *t, struct row *r, const struct answer_intent *a,
                   const char *before) {
    const struct template *form = act_template(t, a->visit);
    const struct item *item = form ? template_item(form, a->item) : NULL;
    const struct part *p = item ? item_part(item, a->part ? a->part : "") : NULL;
    if (!p) return;
    if (a->set_list && p->kind == PART_DRAW) draw_from_list(r, p, before, t->arena);
    if (a->set_day && (p->kind == PART_SINCE || p->kind == PART_UNTIL)) {
        day_no day = (day_no)query_one_int(
            t->j, london_day(t->wall_ms), "SELECT night FROM visit WHERE id = ?1", 1, a->visit);
        row_int(r, "number", part_days(p, (day_no)a->day, day));
    }
}

enum status act_answer(struct act *t, const struct intent *in) {
    const struct answer_intent *a = in->detail;
    struct row r;
    enum status s = act_answer_row(t, a->visit, a->item, a->part, a->room, &r);
    if (s) return s;
    const char *before = arena_strdup(t->arena, row_get_text(&r, "list"));
    fill(&r, a);
    follow(t, &r, a, before);
    bool value =
        a->set_word || a->set_number || a->set_of || a->set_list || a->set_time || a->set_day;
    if (value) {
        row_unsay(&r, "skip");
        act_answer_judge(t, &r);
    }
    fill_finding(t, &r, a);
    if (after_leaving(t, a->visit)) row_int(&r, "after_leaving", 1);
    s = act_put(t, &r);
    if (s) return s;
    t->made = r.id;
    s = act_score_of_answer(t, a->visit, a->item);
    if (s) return s;
    bool danger = (a->set_severity && a->severity == 4) ||
                  (a->set_safe && text_equal(a->safe, "not_yet"));
    if (!danger) return STATUS_OK;
    row_id area = query_one_int(t->j, 0, "SELECT area FROM room WHERE id = ?1", 1, a->room);
    return act_danger_for(t, a->visit, act_visit_service(t, a->visit), r.id, area,
                          row_get_text(&r, "note"));
}

enum status act_answer_time(struct act *t, row_id visit, const char *item, const char *part,
                            row_id room, int64_t ms) {
    struct row r;
    enum status s = act_answer_row(t, visit, item, part, room, &r);
    if (s) return s;
    row_int(&r, "number", ms);
    row_unsay(&r, "skip");
    act_answer_judge(t, &r);
    if (after_leaving(t, visit)) row_int(&r, "after_leaving", 1);
    return act_put(t, &r);
}

/* One answer (row), or everything said at an item (row: the visit, word: the item, other: the
 * room). */
enum status act_answer_clear(struct act *t, const struct intent *in) {
    if (!in->word) {
        struct row r;
        enum status one = act_row(t, &kind_answer, in->row, &r);
        if (!one) one = act_take_back(t, &kind_answer, in->row);
        return one ? one
                   : act_score_of_answer(t, row_get_int(&r, "visit"), row_get_text(&r, "item"));
    }
    row_id rows[PARTS_MAX * 4];
    int n = 0;
    struct query q;
    query_open(&q, t->j,
               "SELECT id FROM answer WHERE visit = ?1 AND coalesce(repeat, 0) = ?2 AND item = "
               "?3 AND withdrawn = 0",
               2, in->row, in->other);
    query_bind_text(&q, 3, in->word);
    while (n < PARTS_MAX * 4 && query_next(&q))
        rows[n++] = query_int(&q, 0);
    enum status s = query_close(&q);
    for (int i = 0; !s && i < n; i++)
        s = act_take_back(t, &kind_answer, rows[i]);
    t->nothing = n == 0;
    return s ? s : act_score_of_answer(t, in->row, in->word);
}

/* One reason for all that is left of a section; no word takes it back. */
enum status act_unanswered(struct act *t, const struct intent *in) {
    struct query q;
    row_id found = 0;
    query_open(&q, t->j,
               "SELECT id FROM unanswered WHERE visit = ?1 AND section = ?2 AND withdrawn = 0 "
               "ORDER BY hlc DESC",
               1, in->row);
    query_bind_text(&q, 2, in->text);
    if (query_next(&q)) found = query_int(&q, 0);
    enum status s = query_close(&q);
    if (s) return s;
    if (!in->word || !*in->word)
        return found ? act_take_back(t, &kind_unanswered, found) : STATUS_OK;
    struct row r = row_new(&kind_unanswered);
    r.id = found;
    row_ref(&r, "visit", in->row);
    row_text(&r, "section", in->text);
    row_text(&r, "reason", in->word);
    row_int(&r, "items", in->number);
    return act_put(t, &r);
}
