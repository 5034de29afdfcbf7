/* action_rules.c -- an action's life: said to be done, seen working, lasted.
 *
 * The state is read from the steps alone, oldest first, so that it comes out the same whichever
 * tablet a step came from. "Said to be done" is never proof: somebody else has to see it. */
#include "base/text.h"
#include "care/rules.h"

#define LASTED_WEEKS 12

static bool opens_again(const struct action_step *s) {
    return text_equal(s->sort, "not_working") || text_equal(s->sort, "reopened");
}

static int days_between(int64_t from, int64_t to) {
    return london_day(to) - london_day(from);
}

/* The first step by which it was seen working since it was last open; NULL when there is none.
 */
static const struct action_step *first_seen(const struct action_facts *a) {
    const struct action_step *first = NULL;
    for (int i = 0; i < a->steps_count; i++) {
        if (opens_again(&a->steps[i]))
            first = NULL;
        else if (!first && text_equal(a->steps[i].sort, "seen_working"))
            first = &a->steps[i];
    }
    return first;
}

/* What one step makes of it. Green has to be earned: "lasted" counts as one more look unless it
 * comes twelve weeks after it was first seen working. */
static enum action_state says(const struct action_facts *a, const struct action_step *s) {
    if (text_equal(s->sort, "said_done")) return ACTION_SAID_DONE;
    if (text_equal(s->sort, "seen_working")) return ACTION_SEEN_WORKING;
    if (text_equal(s->sort, "closed")) return ACTION_CLOSED;
    if (!text_equal(s->sort, "lasted")) return ACTION_OPEN;
    const struct action_step *first = first_seen(a);
    bool earned = first && days_between(first->at, s->at) >= LASTED_WEEKS * 7;
    return earned ? ACTION_LASTED : ACTION_SEEN_WORKING;
}

/* Steps only lead forward; what leads back is that it is open again. */
enum action_state action_state(const struct action_facts *a) {
    enum action_state state = ACTION_OPEN;
    for (int i = 0; i < a->steps_count; i++) {
        enum action_state next = says(a, &a->steps[i]);
        if (opens_again(&a->steps[i]))
            state = ACTION_OPEN;
        else if (next > state)
            state = next;
    }
    return state;
}

bool action_overdue(const struct action_facts *a, int64_t now_ms) {
    return a->due > 0 && a->due < now_ms && action_state(a) == ACTION_OPEN;
}

/* Whoever said that it is done since it was last open, or owns it, has an interest in it. */
static bool own_work(const struct action_facts *a, int64_t who) {
    if (a->owner && a->owner == who) return true;
    for (int i = a->steps_count; i > 0; i--) {
        const struct action_step *s = &a->steps[i - 1];
        if (opens_again(s)) return false;
        if (text_equal(s->sort, "said_done") && s->by == who) return true;
    }
    return false;
}

const char *action_cannot_verify(const struct action_facts *a, int64_t who, bool night_now,
                                 bool unannounced, bool outside) {
    if (own_work(a, who)) return "action.cannot_own";
    if (a->found_at_night && !night_now) return "action.cannot_day";
    if (a->found_at_night && !unannounced) return "action.cannot_announced";
    if (a->must && !outside) return "action.cannot_inside";
    return NULL;
}

int action_next_look_weeks(const struct action_facts *a, int64_t now_ms) {
    static const int weeks[] = {2, 6, LASTED_WEEKS};
    const struct action_step *first = first_seen(a);
    int looked_days = 0;
    if (!first || action_state(a) >= ACTION_LASTED) return 0;
    for (const struct action_step *s = first; s < a->steps + a->steps_count; s++) {
        bool looked = text_equal(s->sort, "seen_working") || text_equal(s->sort, "lasted");
        int days = days_between(first->at, s->at);
        if (looked && s->at <= now_ms && days > looked_days) looked_days = days;
    }
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++)
        if (looked_days < weeks[i] * 7) return weeks[i];
    return 0;
}
