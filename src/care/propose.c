/* propose.c -- weighs what speaks for each form. One reason is told, the strongest; a form that
 * has several is not twice as good, but of two with the same reason the one with more comes
 * first. */
#include "care/propose.h"

#include "base/text.h"

/* How strongly each reason speaks; more than one apart, so that the rest decides within it. */
static const int worth[] = {
    [WHY_NOTHING] = 0, [WHY_WISHED] = 1000, [WHY_PLACE] = 800, [WHY_HOUR] = 700,
    [WHY_AGAIN] = 600, [WHY_DUE] = 500,     [WHY_PROOF] = 400, [WHY_TODAY] = 300,
    [WHY_NEVER] = 100, [WHY_USUAL] = 50,
};

bool form_fits_setting(const struct template *form, const char *setting) {
    if (!form->settings_count || text_blank(setting)) return true;
    for (int i = 0; i < form->settings_count; i++)
        if (text_equal(form->settings[i], setting)) return true;
    return false;
}

static bool says_hours(const struct template *form) {
    return form->from_min != form->to_min;
}

bool form_fits_hour(const struct template *form, int minute) {
    if (!says_hours(form)) return false;
    if (form->from_min < form->to_min) return minute >= form->from_min && minute < form->to_min;
    return minute >= form->from_min || minute < form->to_min;
}

day_no form_due(const struct propose_form *f) {
    return f->done && f->form->every_days > 0 ? f->last + f->form->every_days : 0;
}

static bool fits_place(const struct template *form, const char *place) {
    for (int i = 0; !text_blank(place) && i < form->places_count; i++)
        if (text_equal(form->places[i], place)) return true;
    return false;
}

/* Nobody is looked at through the night by a home care branch: its hours are those of the day.
 */
static bool night_here(const struct propose_facts *f) {
    return f->night && !text_equal(f->setting, "home_care");
}

/* A form of the night by day, one of other hours, or by night one that needs people awake. */
static bool wrong_hour(const struct template *form, const struct propose_facts *f) {
    if (says_hours(form) && !form_fits_hour(form, f->minute)) return true;
    return form->night != night_here(f);
}

/* Whoever says where they stand may look there at any hour that the form does not rule out. */
static bool fits_place_now(const struct template *form, const struct propose_facts *f) {
    if (!fits_place(form, f->place) || (form->night && !night_here(f))) return false;
    return !says_hours(form) || form_fits_hour(form, f->minute);
}

static bool use_is(const struct template *form, const char *use) {
    return text_equal(form->use, use);
}

/* Those that go round with what was found elsewhere: only proposed when there is something. */
static struct proposal by_actions(const struct template *form, const struct propose_facts *f) {
    struct proposal p = {.why = WHY_NOTHING};
    if (use_is(form, "retest") && f->again)
        p = (struct proposal){.why = WHY_AGAIN, .day = f->again_since, .count = f->again};
    if (use_is(form, "proof") && f->proof)
        p = (struct proposal){.why = WHY_PROOF, .day = f->proof_since, .count = f->proof};
    return p;
}

static bool only_by_actions(const struct template *form) {
    return use_is(form, "retest") || use_is(form, "proof");
}

static struct proposal by_rhythm(const struct propose_form *form,
                                 const struct propose_facts *f) {
    day_no due = form_due(form);
    struct proposal p = {.why = WHY_NOTHING, .day = due};
    if (due && due < f->today) p.why = WHY_DUE;
    if (due && due == f->today) p.why = WHY_TODAY;
    if (!form->done && form->form->every_days > 0) p.why = WHY_NEVER;
    return p;
}

static struct proposal weigh(const struct propose_form *form, const struct propose_facts *f) {
    const struct template *t = form->form;
    struct proposal wished = {.why = WHY_WISHED}, place = {.why = WHY_PLACE},
                    hour = {.why = WHY_HOUR}, usual = {.why = WHY_USUAL, .day = form->last};
    if (!text_blank(f->wished) && text_equal(t->code, f->wished)) return wished;
    struct proposal p = by_actions(t, f);
    if (p.why || only_by_actions(t)) return p;
    if (fits_place_now(t, f)) return place;
    if (t->night && night_here(f)) return hour;
    if (form_fits_hour(t, f->minute) && !wrong_hour(t, f)) return hour;
    p = by_rhythm(form, f);
    if (p.why && !wrong_hour(t, f)) return p;
    return form->done && !wrong_hour(t, f) ? usual : (struct proposal){.why = WHY_NOTHING};
}

/* Of two for the same reason: what has slipped furthest for its rhythm; then what is done most
 * often; then what was done here most lately. In thousandths, so that seven days of a weekly
 * form weigh as much as a month of a monthly one. */
static int64_t within(const struct propose_form *form, const struct propose_facts *f) {
    int every = form->form->every_days > 0 ? form->form->every_days : 731;
    day_no due = form_due(form);
    int64_t late = due && due < f->today ? (int64_t)(f->today - due) * 1000 / every : 0;
    if (late > 5000) late = 5000;
    return late * 1000000 + (731 - every) * 1000 + (form->done ? 500 : 0);
}

struct weighed {
    struct proposal p;
    int64_t first, second;
    day_no last;
};

static bool better(const struct weighed *a, const struct weighed *b) {
    if (a->first != b->first) return a->first > b->first;
    if (a->p.why == WHY_USUAL && a->last != b->last) return a->last > b->last;
    if (a->second != b->second) return a->second > b->second;
    return a->last != b->last ? a->last > b->last : a->p.form < b->p.form;
}

static void insert(struct weighed best[PROPOSALS_MOST + 1], int *n, const struct weighed *w) {
    int at = *n;
    while (at > 0 && better(w, &best[at - 1])) {
        best[at] = best[at - 1];
        at--;
    }
    best[at] = *w;
    if (*n < PROPOSALS_MOST) ++*n;
}

int propose(const struct propose_form *forms, int n, const struct propose_facts *f,
            struct proposal out[PROPOSALS_MOST]) {
    struct weighed best[PROPOSALS_MOST + 1] = {0};
    int count = 0, fallback = -1;
    for (int i = 0; i < n; i++) {
        const struct template *t = forms[i].form;
        bool wished = !text_blank(f->wished) && text_equal(t->code, f->wished);
        if (t->guide || (!wished && !form_fits_setting(t, f->setting))) continue;
        struct weighed w = {.p = weigh(&forms[i], f), .last = forms[i].last};
        w.p.form = i;
        w.first = worth[w.p.why];
        w.second = within(&forms[i], f);
        if (fallback < 0 || (forms[fallback].form->night && !t->night && !f->night))
            fallback = i;
        if (w.p.why) insert(best, &count, &w);
    }
    if (!count && fallback >= 0)
        out[count++] = (struct proposal){.form = fallback};
    else
        for (int i = 0; i < count; i++)
            out[i] = best[i].p;
    return count;
}
