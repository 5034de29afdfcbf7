/* act_action.c -- raising an action, and every step of its life after that.
 *
 * Journey: Raise an action, one action, the walk's said-to-be-done cards → intents raise and
 * step → here → journal. Who may say "seen working" is a rule (care/rules.h) and is asked here
 * again, whatever the screen offered. */
#include "app/act_care.h"
#include "base/text.h"
#include "care/rules.h"
#include "model/action_rows.h"
#include "model/found_before.h"
#include "model/roles.h"
#include "store/query.h"

#define WEEK_MS (7 * 86400000LL)

static enum status times_found(struct act *t, const struct raise_intent *k, row_id service,
                               int *out) {
    struct found_before before;
    const struct template *form = k->visit ? act_template(t, k->visit) : NULL;
    if (text_blank(k->item)) {
        *out = 0;
        return STATUS_OK;
    }
    enum status s =
        journal_load_all(t->j); /* what is written down is counted over all checks */
    if (!s) s = found_before(t->j, form, service, k->item, k->visit, &before);
    if (!s) *out = before.times + 1;
    return s;
}

/* The lane's own moment: by the service's night hour, and by when the checker expects to be
 * back. */
static int64_t due_by_lane(struct act *t, const char *lane, row_id service, row_id visit) {
    int64_t night = query_one_int(
        t->j, NIGHT_STARTS_MIN,
        "SELECT night_starts FROM service WHERE id = ?1 AND night_starts > 0", 1, service);
    int64_t back = query_one_int(t->j, 0, "SELECT back_by FROM visit WHERE id = ?1", 1, visit);
    return text_blank(lane) ? 0 : lane_due(lane, t->wall_ms, (int)night, back);
}

enum status act_raise(struct act *t, const struct intent *in) {
    const struct raise_intent *k = in->detail;
    row_id service = k->service ? k->service : t->service;
    int times = 0;
    enum status s = times_found(t, k, service, &times);
    if (s) return s;
    struct row r = row_new(&kind_action);
    row_ref(&r, "service", service);
    row_ref(&r, "visit", k->visit);
    row_text(&r, "reference", journal_next_reference(t->j, t->arena));
    row_int(&r, "must", k->must);
    row_text(&r, "different", text_trim(t->arena, k->different ? k->different : ""));
    row_text(&r, "measure", k->measure);
    row_text(&r, "baseline", k->baseline);
    row_text(&r, "lane", k->lane);
    int64_t due = k->due ? k->due : due_by_lane(t, k->lane, service, k->visit);
    if (due) row_int(&r, "due", due);
    row_ref(&r, "owner", k->owner);
    row_text(&r, "owner_text", k->owner_text);
    row_text(&r, "why", k->why);
    row_text(&r, "statement", k->statement);
    row_text(&r, "regulations", k->regulations);
    row_text(&r, "item", k->item);
    row_text(&r, "template", k->template_code);
    row_ref(&r, "source", k->source);
    if (k->severity) row_int(&r, "severity", k->severity);
    row_int(&r, "found_at_night", k->found_at_night);
    if (times) row_int(&r, "times_found", times);
    row_ref(&r, "area", k->area);
    s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}

/* When was it first seen working since it was last open? 0: it was not. */
static int64_t first_seen(const struct action_facts *f) {
    int64_t first = 0;
    for (int i = 0; i < f->steps_count; i++) {
        const char *sort = f->steps[i].sort;
        if (text_equal(sort, "reopened") || text_equal(sort, "not_working")) first = 0;
        if (text_equal(sort, "seen_working") && !first) first = f->steps[i].at;
    }
    return first;
}

static bool is_looking(const char *sort) {
    return text_equal(sort, "seen_working") || text_equal(sort, "lasted");
}

static enum status may_step(struct act *t, const struct intent *in,
                            const struct action_facts *f, row_id service, bool unannounced) {
    if (!is_looking(in->word)) return STATUS_OK;
    const char *why = action_cannot_verify(f, t->holder, t->night, unannounced,
                                           role_outside(t->j, t->holder, service));
    if (!why) return STATUS_OK;
    return status_fail(STATUS_INVALID, "%s", word(t->words, why));
}

enum status act_step(struct act *t, const struct intent *in) {
    struct action_facts f;
    struct row action;
    enum status s = act_row(t, &kind_action, in->row, &action);
    if (!s) s = action_facts_read(t->j, in->row, t->arena, &f);
    if (s) return s;
    row_id service = row_get_int(&action, "service");
    bool unannounced = false;
    if (in->other) {
        struct row visit;
        s = act_row(t, &kind_visit, in->other, &visit);
        if (s) return s;
        unannounced = row_get_int(&visit, "unannounced") == 1;
    }
    s = may_step(t, in, &f, service, unannounced);
    if (s) return s;
    struct row r = row_new(&kind_step);
    row_ref(&r, "action", in->row);
    row_text(&r, "sort", in->word);
    if (!text_blank(in->text)) row_text(&r, "text", text_trim(t->arena, in->text));
    row_ref(&r, "visit", in->other);
    row_int(&r, "at_night", t->night);
    row_int(&r, "unannounced", unannounced);
    if (text_equal(in->word, "moved") && in->number) row_int(&r, "due", in->number);
    row_text(&r, "who", text_blank(in->word2) ? NULL : in->word2);
    int64_t seen = first_seen(&f);
    if (is_looking(in->word) && seen) row_int(&r, "weeks", (t->wall_ms - seen) / WEEK_MS);
    s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}
