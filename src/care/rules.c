/* rules.c -- what an answer says, what a visit asks, when a lane is due: by rule, never by
 * mood. */
#include "care/part_nature.h"

#include <limits.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"

#define POOL_NUMBER_MOST 1000000

#define HOUR_MS          (60 * 60 * 1000LL)

/* Words that say why there is no answer stand for any kind of part. */
static const struct said_word said_of_any[] = {{"not_seen", VERDICT_NOT_SEEN},
                                               {"not_asked", VERDICT_NOT_SEEN},
                                               {"spared", VERDICT_NOT_SEEN},
                                               {"does_not_apply", VERDICT_NOT_APPLICABLE},
                                               {NULL, VERDICT_NONE}};

static bool looked_up(const struct said_word *words, const char *word, enum verdict *v) {
    const struct said_word *found = said_word(words, word);
    if (found) *v = found->verdict;
    return found != NULL;
}

/* Is `id` in "a,b" or, with a count above zero, in "a=2,b=0"? */
static bool listed(const char *list, const char *id) {
    size_t n = strlen(id);
    for (const char *p = list; p && *p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL) {
        if (strncmp(p, id, n) != 0) continue;
        if (p[n] == '\0' || p[n] == ',') return true;
        if (p[n] == '=' && strtoll(p + n + 1, NULL, 10) > 0) return true;
    }
    return false;
}

/* One bad thing makes it bad. That there was none is good only where the form names bad ones.
 */
static enum verdict of_choices(const struct part *p, const struct answer_value *a) {
    bool judges = false, any = false;
    for (int i = 0; i < p->choices_count; i++) {
        const struct choice *c = &p->choices[i];
        bool chosen =
            p->kind == PART_CHOICE ? text_equal(c->id, a->word) : listed(a->list, c->id);
        if (chosen && c->bad) return VERDICT_BAD;
        judges = judges || c->bad;
        any = any || chosen;
    }
    return judges && any ? VERDICT_GOOD : VERDICT_NONE;
}

static enum verdict of_number(const struct part *p, int64_t value, int64_t target,
                              int64_t high) {
    if (p->rule == TARGET_NONE) return VERDICT_NONE;
    return text_equal(target_result(p, value, target, high), "within") ? VERDICT_GOOD
                                                                       : VERDICT_BAD;
}

static enum verdict of_x_of_y(const struct answer_value *a) {
    if (a->of == 0) return VERDICT_NOT_SEEN;
    return a->number == a->of ? VERDICT_GOOD : a->number == 0 ? VERDICT_BAD : VERDICT_PARTLY;
}

static bool x_of_y_makes_sense(const struct answer_value *a) {
    return a->has_number && a->has_of && a->number >= 0 && a->number <= a->of;
}

enum verdict verdict_of(const struct part *p, const struct answer_value *a, int64_t target,
                        int64_t target_high, bool *answered) {
    enum verdict v = VERDICT_NONE;
    bool said = false;
    static const struct answer_value nothing = {0};
    if (!a) a = &nothing;
    switch (p->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
    case PART_READY:
    case PART_PROOF:
        said = looked_up(part_nature(p->kind)->words, a->word, &v);
        break;
    case PART_CHOICE:
        for (int i = 0; i < p->choices_count; i++)
            said = said || text_equal(p->choices[i].id, a->word);
        v = of_choices(p, a);
        break;
    case PART_TICKS:
    case PART_TALLY:
    case PART_COUNTS:
        said = !text_blank(a->list);
        v = of_choices(p, a);
        break;
    case PART_X_OF_Y:
        said = x_of_y_makes_sense(a);
        if (said) v = of_x_of_y(a);
        break;
    case PART_NUMBER:
    case PART_SECONDS:
    case PART_MINUTES:
    case PART_PERCENT:
        said = a->has_number;
        if (said) v = of_number(p, a->number, target, target_high);
        break;
    case PART_TIME:
        said = a->has_time;
        break;
    case PART_DAY:
        said = a->has_day;
        break;
    case PART_SINCE:
    case PART_UNTIL:
        said = a->has_day;
        if (said && a->has_number) v = of_number(p, a->number, target, target_high);
        break;
    case PART_DRAW:
        said = listed(a->list, "pool");
        break;
    case PART_SCORE: /* a person's judgement: it is never turned into good or bad by rule */
        said = a->has_number && a->number >= 1 && a->number <= 4;
        break;
    case PART_WORDS:
        said = !text_blank(a->text);
        break;
    case PART_PERSON:
        said = a->person != 0 || !text_blank(a->text);
        break;
    case PART_FACE:
        said = a->has_number && a->number >= 1 && a->number <= 5;
        break;
    case PART_KINDS:
        break;
    }
    if (!said) said = looked_up(said_of_any, a->word, &v);
    if (answered) *answered = said;
    return v;
}

enum verdict verdict_worst(enum verdict a, enum verdict b) {
    static const int weight[] = {
        [VERDICT_NONE] = 0, [VERDICT_NOT_APPLICABLE] = 1, [VERDICT_NOT_SEEN] = 2,
        [VERDICT_GOOD] = 3, [VERDICT_PARTLY] = 4,         [VERDICT_BAD] = 5};
    return weight[a] >= weight[b] ? a : b;
}

const char *verdict_word(enum verdict v) {
    switch (v) {
    case VERDICT_GOOD:
        return "met";
    case VERDICT_PARTLY:
        return "partly";
    case VERDICT_BAD:
        return "not_met";
    case VERDICT_NOT_SEEN:
        return "not_seen";
    case VERDICT_NOT_APPLICABLE:
        return "does_not_apply";
    case VERDICT_NONE:
        break;
    }
    return "";
}

const char *target_result(const struct part *p, int64_t value, int64_t target,
                          int64_t target_high) {
    bool to_come = p->kind == PART_SINCE && value < 0; /* it has not been: never within */
    if (to_come && p->rule != TARGET_NONE) return "beyond";
    switch (p->rule) {
    case TARGET_AT_MOST:
        return value <= target ? "within" : "beyond";
    case TARGET_AT_LEAST:
        return value >= target ? "within" : "below";
    case TARGET_BETWEEN:
        return value < target ? "below" : value > target_high ? "beyond" : "within";
    case TARGET_NONE:
        break;
    }
    return "";
}

int64_t target_in_unit(const struct part *p, int64_t thousandths) {
    int64_t scale = part_nature(p->kind)->scale;
    return scale >= 1000 ? thousandths * (scale / 1000) : thousandths / 1000 * scale;
}

bool condition_holds(const struct condition *c, const struct answer_value *other) {
    if (!other) return false;
    if (c->by_number)
        return other->has_number && other->number >= c->at_least && other->number <= c->at_most;
    if (c->is) return text_equal(other->word, c->is) || listed(other->list, c->is);
    bool answered = !text_blank(other->word) || !text_blank(other->list);
    return answered && !text_equal(other->word, c->is_not) && !listed(other->list, c->is_not);
}

bool item_asked(const struct item *i, answer_finder find, void *ctx) {
    for (int k = 0; k < i->when_count; k++) {
        const struct condition *c = &i->when[k];
        bool holds = condition_holds(c, find(ctx, c->item, c->part));
        if (holds == i->when_any) return holds;
    }
    return !i->when_any;
}

int64_t part_days(const struct part *p, day_no day, day_no today) {
    int64_t days = (int64_t)today - day;
    return (p->kind == PART_UNTIL ? -days : days) * 1000;
}

bool item_applies(const struct item *i, const char *setting) {
    if (i->settings_count == 0 || text_blank(setting)) return true;
    for (int k = 0; k < i->settings_count; k++)
        if (text_equal(i->settings[k], setting)) return true;
    return false;
}

bool item_chosen(const struct item *i, const char *length, const char *modules_by_comma) {
    return text_equal(i->module, "core") || text_equal(length, "full") ||
           listed(modules_by_comma, i->module);
}

void modules_rotate(const struct template *t, const day_no *last, int count, int chosen[]) {
    for (int n = 0; n < count; n++) {
        int best = -1;
        for (int m = 0; m < t->modules_count; m++) {
            bool taken = false;
            for (int k = 0; k < n; k++)
                taken = taken || chosen[k] == m;
            if (!taken && (best < 0 || last[m] < last[best])) best = m;
        }
        chosen[n] = best;
    }
}

bool night_minute(int minute, int night_starts_min, int day_starts_min) {
    int night = night_starts_min > 0 ? night_starts_min : NIGHT_STARTS_MIN;
    int day = day_starts_min > 0 ? day_starts_min : DAY_STARTS_MIN;
    return night > day ? minute >= night || minute < day : minute >= night && minute < day;
}

bool night_at(int64_t wall_ms, int night_starts_min, int day_starts_min) {
    struct civil c = civil_london(wall_ms);
    return night_minute(c.hour * 60 + c.minute, night_starts_min, day_starts_min);
}

static int64_t day_at(day_no d, int minutes) {
    struct civil c = day_civil(d);
    return london_to_ms(c.year, c.month, c.day, minutes / 60, minutes % 60);
}

static int64_t end_of(day_no d) {
    return day_at(d, 24 * 60 - 1);
}

static int64_t evening_after(int64_t now_ms, int night_starts_min) {
    bool sound = night_starts_min > 0 && night_starts_min < 24 * 60;
    int starts = sound ? night_starts_min : NIGHT_STARTS_MIN;
    day_no today = london_day(now_ms);
    int64_t due = day_at(today, starts);
    return due > now_ms ? due : day_at(today + 1, starts);
}

/* The 31st has no same day next month: then that month's last day. */
static day_no month_after(day_no d) {
    struct civil c = day_civil(d);
    int last = day_civil(day_of(c.year, c.month + 2, 1) - 1).day;
    return day_of(c.year, c.month + 1, c.day < last ? c.day : last);
}

int64_t lane_due(const char *lane, int64_t now_ms, int night_starts_min, int64_t leaving_ms) {
    day_no today = london_day(now_ms);
    if (text_equal(lane, "before_leave"))
        return leaving_ms > now_ms ? leaving_ms : now_ms + 2 * HOUR_MS;
    if (text_equal(lane, "before_tonight")) return evening_after(now_ms, night_starts_min);
    if (text_equal(lane, "this_week")) return end_of(today + 7);
    if (text_equal(lane, "this_month")) return end_of(month_after(today));
    return 0;
}

int people_per_worker(int people, int awake) {
    if (people <= 0 || awake <= 0) return 0;
    return people / awake + (people % awake > 0);
}

int draw_fairly(uint64_t seed, int n, int most, int drawn[]) {
    draw d = {seed};
    int wanted = most < n ? most : n, got = 0;
    /* Each in turn is taken with the chance (still wanted) of (still left): every choice of
     * `wanted` is equally likely, and the drawn come out in order. */
    for (int i = 0; i < n && got < wanted; i++)
        if (draw_below(&d, (uint32_t)(n - i)) < (uint32_t)(wanted - got)) drawn[got++] = i;
    return got;
}

/* "12" or "4-40" at `p`, *n what it counts; NULL when it is neither. */
static const char *behind_run(const char *p, int *n) {
    char *end;
    long first = strtol(p, &end, 10), last = first;
    if (end == p || first < 1 || first > POOL_NUMBER_MOST) return NULL;
    if (*end == '-') {
        p = end + 1;
        last = strtol(p, &end, 10);
        if (end == p || last < first || last > POOL_NUMBER_MOST) return NULL;
    }
    *n = (int)(last - first) + 1;
    return *end == ',' || !*end ? end : NULL;
}

int pool_size(const char *pool) {
    int names = 0, numbers = 0;
    bool runs = true;
    for (const char *p = pool ? pool : ""; *p; names++) {
        int n = 0;
        runs = runs && *p >= '0' && *p <= '9' && behind_run(p, &n);
        numbers = n > INT_MAX - numbers ? INT_MAX : numbers + n;
        p += strcspn(p, ",");
        p += *p == ',';
    }
    return runs ? numbers : names;
}
