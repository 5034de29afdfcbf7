/* rules.h -- what an answer means, by rule and never by mood. Pure functions.
 *
 * What they owe to people: figures are counts, never a percentage; a night proves what was found at
 * night; whoever did a thing does not sign it off. */
#ifndef CARE_RULES_H
#define CARE_RULES_H

#include "base/clock.h"
#include "care/template.h"

/* An answer as the rules see it; texts borrowed. Mirrors the columns of the record kind `answer`. */
struct answer_value {
    const char *word, *list, *text;
    int64_t number, of, time;
    bool has_number, has_of, has_time, has_day;
    day_no day;
    int severity;
    int64_t person; /* row of the person chosen, 0 none */
};
enum verdict { VERDICT_NONE, VERDICT_GOOD, VERDICT_PARTLY, VERDICT_BAD, VERDICT_NOT_SEEN, VERDICT_NOT_APPLICABLE };
/* What one part's answer says. Met/sure/yes → good; partly; not_met/could_not_say/no → bad; not_seen, not_asked, spared →
 * not seen; does_not_apply. x of y: all good, none bad, else partly; of none: not seen. A value with a target: within →
 * good, else bad. A choice, tick or counted thing that is `bad` → bad; else good when the part has bad ones at all.
 * ready: yes good, action (under way) partly, no bad; proof likewise. A date with a target: by the days kept with it.
 * A score of 1 to 4 is a person's and says nothing by rule. Whatever only says how it is (values without a target, times, words, faces) → VERDICT_NONE with answered = true. */
enum verdict verdict_of(const struct part *p, const struct answer_value *a, int64_t target, int64_t target_high, bool *answered);
/* Of an item: the worst of its parts (bad > partly > good > not seen > not applicable > none). */
enum verdict verdict_worst(enum verdict a, enum verdict b);
const char *verdict_word(enum verdict v); /* "met" … for data */
/* Against a target: "within", "beyond", "below" or "" when there is nothing to compare. Value and targets in one unit. */
const char *target_result(const struct part *p, int64_t value, int64_t target, int64_t target_high);
/* Targets are kept in thousandths of the natural unit; this is one in the unit of the part's answers. */
int64_t target_in_unit(const struct part *p, int64_t thousandths);
bool condition_holds(const struct condition *c, const struct answer_value *other); /* other NULL: not answered → false */
/* Is the item asked, going by what `find` knows of earlier answers? True when it has no condition. */
typedef const struct answer_value *(*answer_finder)(void *ctx, const char *item, const char *part);
bool item_asked(const struct item *i, answer_finder find, void *ctx);
/* Days from a past date to `today` (since), or from `today` to a coming one (until), in thousandths of a day; negative on
 * the other side of today. Kept with the answer when it is given, so an old record never changes what it says. */
int64_t part_days(const struct part *p, day_no day, day_no today);

/* Which items a visit asks: core, chosen modules, the service's setting; the rest is bonus. */
bool item_applies(const struct item *i, const char *setting);
bool item_chosen(const struct item *i, const char *length, const char *modules_by_comma);
/* The `count` modules looked at least recently: last[k] is the newest night (day_no, 0 never) module k was used here; ties
 * by order. Fills exactly `count` places, with -1 where the form has fewer. */
void modules_rotate(const struct template *t, const day_no *last, int count, int chosen[]);

/* When night and day begin, London time, where the service has not said. */
#define NIGHT_STARTS_MIN (21 * 60)
#define DAY_STARTS_MIN   (7 * 60)
/* Minutes after midnight; 0 or less: not said. A night that begins after midnight ends the same morning. */
bool night_minute(int minute, int night_starts_min, int day_starts_min);
bool night_at(int64_t wall_ms, int night_starts_min, int day_starts_min);

/* Lanes: when an action is due. Night: before_tonight is 21:00 (night_starts) of the coming evening;
 * this_week: seven days, this_month: same day next month, both at the end of the day; before_leave: expected leaving, else
 * two hours from now (also when that time is past). 0 for any other word. London time. */
int64_t lane_due(const char *lane, int64_t now_ms, int night_starts_min, int64_t leaving_ms);

/* Staffing: people per awake worker, rounded up; 0 when nobody is awake. */
int people_per_worker(int people, int awake);

/* Figures by key question, counted, never a percentage. */
struct tally {
    int looked_at, of, met, partly, not_met, not_seen, not_applicable, criticals;
};

/* Fair draw (at most `most` of n), repeatable from its seed; fills `drawn` with indexes in order, returns how many. */
int draw_fairly(uint64_t seed, int n, int most, int drawn[]);
/* How many a sample was drawn from: names by comma, or numbers in runs, "1-40" or "1-2,4-40". */
int pool_size(const char *pool);

/* An action's life: said to be done, seen working, lasted. */
enum action_state { ACTION_OPEN, ACTION_SAID_DONE, ACTION_SEEN_WORKING, ACTION_LASTED, ACTION_CLOSED };
struct action_step {
    const char *sort;      /* as in the record kind `step` */
    int64_t at;
    int64_t by;
    bool at_night, unannounced, outside;
};
struct action_facts {
    bool must, found_at_night;
    int64_t raised_at, due;
    int64_t raised_by, owner;
    const struct action_step *steps; /* oldest first */
    int steps_count;
};
/* Read from the steps alone; only not_working and reopened lead back. A step "lasted" counts from twelve weeks after it was
 * first seen working, before that as one more look. */
enum action_state action_state(const struct action_facts *a);
bool action_overdue(const struct action_facts *a, int64_t now_ms);
/* May this person sign it off now? NULL: yes; else a words key: action.cannot_own (said done by the same person, or
 * theirs to do), action.cannot_day
 * (found at night, only provable at night), action.cannot_announced, action.cannot_inside (a Must: someone outside the service). */
const char *action_cannot_verify(const struct action_facts *a, int64_t who, bool night_now, bool unannounced, bool outside);
/* Which look at one that was seen working comes next: that of week 2, 6 or 12 after it was first seen working; a look at or
 * after a week's day stands for all before it. 0 when it has lasted, or when there is nothing to look at again yet. */
int action_next_look_weeks(const struct action_facts *a, int64_t now_ms);

/* A likely name in typed words: "Mrs X", two capitalised words in mid-sentence … Points at the first; false when none. */
bool likely_name(const char *text, size_t *start, size_t *length);

#endif
