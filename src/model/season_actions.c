/* season_actions.c -- actions are raised, said to be done, seen working by somebody else, and
 * looked at again; some come back. */
#include "model/season_inside.h"

#include "base/text.h"
#include "care/rules.h"

#define DAY_MS (24LL * 3600 * 1000)

static char *regulations(struct season *s, const struct item *item) {
    char *all = arena_strdup(&s->arena, "");
    for (int i = 0; i < item->regulations_count; i++)
        all = arena_printf(&s->arena, "%s%s%s", all, *all ? "," : "", item->regulations[i]);
    return all;
}

enum status season_raise(struct season *s, const struct item *item, row_id source,
                         int severity) {
    struct season_service *v = s->at;
    struct row r = row_new(&kind_action);
    bool must = item->critical || severity >= 3;
    const char *lane = !text_blank(item->lane) ? item->lane : must ? "this_week" : "this_month";
    if (v->actions_count == SEASON_OPEN_MOST) return STATUS_OK;
    row_id owner = v->people_count ? v->people[season_below(s, (uint32_t)v->people_count)] : 0;
    int64_t due = lane_due(lane, season_now(s), NIGHT_STARTS_MIN, 0);
    row_ref(&r, "service", v->row);
    row_ref(&r, "visit", s->visit);
    row_text(&r, "reference", journal_next_reference(s->j, &s->arena));
    row_int(&r, "must", must);
    row_text(&r, "different",
             text_blank(item->good_looks_like) ? item->text : item->good_looks_like);
    row_text(&r, "measure", item->measure);
    row_text(&r, "lane", lane);
    row_int(&r, "due", due);
    row_ref(&r, "owner", owner);
    row_text(&r, "owner_text", item->owner_role);
    row_text(&r, "statement", item->statement);
    row_text(&r, "regulations", regulations(s, item));
    row_text(&r, "item", item->id);
    row_text(&r, "template", s->form->code);
    row_ref(&r, "source", source);
    row_int(&r, "severity", severity);
    row_int(&r, "found_at_night", s->night);
    row_int(&r, "times_found", 1);
    enum status st = season_put(s, &r);
    if (st) return st;
    v->actions[v->actions_count++] = (struct season_action){
        .row = r.id, .owner = owner, .due = due, .raised_at = season_now(s), .night = s->night};
    s->sum.actions++;
    return STATUS_OK;
}

static enum status put_step(struct season *s, const struct season_action *a, const char *sort,
                            const char *text, row_id by) {
    struct row r = row_new(&kind_step);
    season_pass(s, 10000, 60000);
    journal_hold(s->j, by);
    row_ref(&r, "action", a->row);
    row_text(&r, "sort", sort);
    row_text(&r, "text", text);
    row_ref(&r, "visit", s->visit);
    row_int(&r, "at_night", s->night);
    row_int(&r, "unannounced", 1);
    enum status st = season_put(s, &r);
    journal_hold(s->j, s->checker);
    return st;
}

/* What became of one action since the last check here. */
static enum status look_at(struct season *s, struct season_action *a) {
    static const int weeks[] = {2, 6, 12};
    int64_t now = season_now(s);
    if (a->closed) return STATUS_OK;
    if (!a->said_at) {
        if (now - a->raised_at < 3 * DAY_MS) return STATUS_OK;
        if (season_chance(s, 30))
            return put_step(s, a, "update", json_text(season_pick(s, "updates"), ""), a->owner);
        if (!season_chance(s, 65)) return STATUS_OK;
        a->said_at = now;
        return put_step(s, a, "said_done", "", a->owner);
    }
    if (a->night && !s->night) return STATUS_OK; /* found at night: proved at night only */
    if (!a->seen_at) {
        if (!season_chance(s, 70)) {
            a->said_at = 0;
            return put_step(s, a, "not_working", json_text(season_pick(s, "updates"), ""),
                            s->checker);
        }
        a->seen_at = now;
        return put_step(s, a, "seen_working", "", s->checker);
    }
    if (now - a->seen_at < weeks[a->looks] * 7 * DAY_MS) return STATUS_OK;
    if (!season_chance(s, 88)) {
        a->said_at = a->seen_at = 0;
        a->looks = 0;
        return put_step(s, a, "reopened", json_text(season_pick(s, "updates"), ""), s->checker);
    }
    a->looks++;
    a->closed = a->looks == 3;
    return put_step(s, a, a->closed ? "lasted" : "seen_working", "", s->checker);
}

enum status season_look_again(struct season *s) {
    enum status st = STATUS_OK;
    for (int i = 0; !st && i < s->at->actions_count; i++)
        st = look_at(s, &s->at->actions[i]);
    return st;
}
