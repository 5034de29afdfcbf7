/* form_touch.h -- from a form to the touches that answer it, as lines of a script
 * (platform/linux/script.h), with what each of them must come to in the database.
 *
 * One function says what an answer of each kind can be (touch_choose), one how a finger gives
 * it (touch_give): a new kind of answer is added to both, or nothing here compiles. */
#ifndef TESTS_FORM_TOUCH_H
#define TESTS_FORM_TOUCH_H

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/words.h"
#include "care/rules.h"

#define MINUTE_MS   60000
#define RING_S      75 /* how long a bell rings, a watch runs */
#define SECOND_S    20 /* the second worker after the first */
#define OF_A_LIST   12 /* how many stand on a list that is drawn from */
#define TAPPED_MOST 10 /* so few are tapped, more are stepped (screen/answer_x_of_y.c) */
#define STEPS_MOST  400

struct touching {
    struct arena *a;
    const struct words *words;
    struct buf *b; /* the script */
    int64_t wall_ms;
    const char *worker; /* on shift, for who did it */
    int64_t worker_row;
};

static inline const char *words_of(const struct touching *t, const char *key) {
    return word(t->words, key);
}

/* A text between quotes of a script. */
static inline const char *quoted(const struct touching *t, const char *text) {
    char *out = arena_take(t->a, 2 * strlen(text) + 1), *o = out;
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') *o++ = '\\';
        *o++ = *text;
    }
    *o = 0;
    return out;
}

/* The card, and in a card of several parts the part's own words. */
static inline void touch(const struct touching *t, const struct item *item,
                         const struct part *part, const char *name) {
    buf_printf(t->b, "press \"%s\" in \"%s\"", quoted(t, name), quoted(t, item->text));
    if (part && !text_blank(part->text)) buf_printf(t->b, " in \"%s\"", quoted(t, part->text));
    buf_printf(t->b, "\n");
}

static inline const char *own_words(const struct item *item, const struct part *part) {
    return text_blank(part->text) ? item->text : part->text;
}

/* ---- words: what is kept, and the sentence one taps ---- */

struct touch_word {
    const char *word, *key;
};
static const struct touch_word touch_words[][6] = {
    [PART_MET] = {{"met", "answer.met"},
                  {"partly", "answer.partly"},
                  {"not_met", "answer.not_met"},
                  {"not_seen", "answer.not_seen"},
                  {"does_not_apply", "answer.does_not_apply"}},
    [PART_ASK] = {{"sure", "answer.sure"},
                  {"partly", "answer.partly"},
                  {"could_not_say", "answer.could_not_say"},
                  {"not_asked", "answer.not_asked"},
                  {"spared", "answer.spared"}},
    [PART_YES_NO] = {{"yes", "answer.yes"},
                     {"no", "answer.no"},
                     {"does_not_apply", "answer.does_not_apply"}},
    [PART_READY] = {{"yes", "answer.yes"},
                    {"action", "answer.action"},
                    {"no", "answer.no"},
                    {"does_not_apply", "answer.does_not_apply"}},
    [PART_PROOF] = {{"proved", "answer.proved"},
                    {"partly", "answer.partly"},
                    {"not_proved", "answer.not_proved"}},
    [PART_KINDS - 1] = {{NULL, NULL}},
};

static inline const char *label_of_word(const struct touching *t, const struct part *p,
                                        const char *said) {
    for (int i = 0; p->kind == PART_CHOICE && i < p->choices_count; i++)
        if (text_equal(p->choices[i].id, said)) return p->choices[i].text;
    for (int i = 0; p->kind != PART_CHOICE && i < 6 && touch_words[p->kind][i].word; i++)
        if (text_equal(touch_words[p->kind][i].word, said))
            return words_of(t, touch_words[p->kind][i].key);
    fail_msg("%s is no answer of kind %s", said, part_kind_name(p->kind));
    return NULL;
}

/* ---- what an answer can be ---- */

static inline struct answer_value said_word(const char *w) {
    return (struct answer_value){.word = w};
}

static inline struct answer_value said_number(int64_t n) {
    return (struct answer_value){.number = n, .has_number = true};
}

/* The n-th of the words; most of all the first one, so that a form does not drown in findings.
 */
static inline struct answer_value choose_word(const struct part *p, unsigned n) {
    unsigned count = 0;
    while (count < 6 && touch_words[p->kind][count].word)
        count++;
    n %= count + 4;
    return said_word(touch_words[p->kind][n < count ? n : 0].word);
}

static inline int64_t within_bounds(const struct part *p, int64_t n) {
    if (!p->bounded) return n;
    return n < p->least ? p->least : n > p->most ? p->most : n;
}

static inline struct answer_value choose_list(const struct touching *t, const struct part *p,
                                              unsigned n, const char *after) {
    const struct choice *one = &p->choices[n % (unsigned)p->choices_count],
                        *other = &p->choices[(n + 1) % (unsigned)p->choices_count];
    char *list = arena_printf(t->a, "%s%s", one->id, after);
    if (other != one && n % 2) list = arena_printf(t->a, "%s,%s%s", list, other->id, after);
    return (struct answer_value){.list = list};
}

static inline struct answer_value choose_day(const struct touching *t, unsigned n,
                                             const int away[3]) {
    return (struct answer_value){.day = london_day(t->wall_ms) + away[n % 3], .has_day = true};
}

static const int day_away[] = {0, -1, -7}, since_away[] = {0, -7, -30},
                 until_away[] = {0, 30, 365};

/* An answer to this part; n turns through those that there are. */
static inline struct answer_value touch_choose(const struct touching *t, const struct part *p,
                                               unsigned n) {
    struct answer_value v = {0};
    switch (p->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
    case PART_READY:
    case PART_PROOF:
        return choose_word(p, n);
    case PART_CHOICE:
        return said_word(p->choices[n % (unsigned)p->choices_count].id);
    case PART_TICKS:
        return choose_list(t, p, n, "");
    case PART_TALLY:
    case PART_COUNTS:
        return choose_list(t, p, n, "=1");
    case PART_X_OF_Y:
        v = said_number(p->of > TAPPED_MOST ? 1
                        : p->of             ? p->of - (int)n % (p->of + 1)
                                            : (int)n % 2);
        v.of = p->of ? p->of : 1;
        v.has_of = true;
        return v;
    case PART_NUMBER:
        return said_number(within_bounds(p, (n % 3 + 1) * 1000));
    case PART_PERCENT:
        return said_number((n % 2 ? 95 : 5) * 1000);
    case PART_MINUTES:
        return said_number(within_bounds(p, 5 * MINUTE_MS));
    case PART_SECONDS:
        return said_number(RING_S * 1000);
    case PART_TIME:
        return (struct answer_value){.time = t->wall_ms, .has_time = true};
    case PART_DAY:
        return choose_day(t, n, day_away);
    case PART_SINCE:
        return choose_day(t, n, since_away);
    case PART_UNTIL:
        return choose_day(t, n, until_away);
    case PART_WORDS:
        v.text = n % 2 ? "Said in the lounge, at the window" : "What was told is written here";
        return v;
    case PART_PERSON:
        v.text = t->worker;
        v.person = t->worker_row;
        return v;
    case PART_FACE:
        return said_number(n % 5 + 1);
    case PART_SCORE:
        v = said_number(n % 4 + 1);
        v.text = "Seen on three mornings";
        return v;
    case PART_DRAW:
        v.list = arena_printf(t->a, "pool=%d", OF_A_LIST);
        return v;
    case PART_KINDS:
        break;
    }
    fail_msg("no such kind of answer");
    return v;
}

/* The plain answers of a walk: as it should be, or not. */
static inline struct answer_value touch_plain(const struct touching *t, const struct part *p,
                                              bool bad) {
    struct answer_value v = touch_choose(t, p, 0);
    bool judged = p->kind == PART_MET || p->kind == PART_ASK || p->kind == PART_YES_NO;
    if (judged) v.word = touch_words[p->kind][bad].word;
    if (p->kind == PART_X_OF_Y) v.number = v.of - bad;
    return v;
}

/* ---- how a finger gives it ---- */

static inline void type_into(const struct touching *t, const struct item *item,
                             const struct part *p, const char *name, const char *text) {
    touch(t, item, p, name);
    buf_printf(t->b, "type \"%s\"\nwait 6s\n", text); /* five seconds of rest keep it */
}

/* By the signs beside a number, from what stands there (none: the first tap is the least). */
static inline void step_to(const struct touching *t, const struct item *item,
                           const struct part *p, const char *name, int64_t steps) {
    const char *label =
        words_say(t->a, t->words, steps < 0 ? "answer.less" : "answer.more", name);
    assert_in_range(llabs(steps), 0, STEPS_MOST);
    for (int64_t i = llabs(steps); i > 0; i--)
        touch(t, item, p, label);
}

/* A number is stepped when it is near, else typed. */
static inline void give_number(const struct touching *t, const struct item *item,
                               const struct part *p, const struct answer_value *was, int64_t to,
                               int64_t step, int64_t scale) {
    const char *name = own_words(item, p);
    bool said = was && was->has_number;
    int64_t first = p->bounded && p->least > 0 ? p->least : step,
            steps = said ? (to - was->number) / step : (to - first) / step + 1,
            rest = said ? (to - was->number) % step : (to - first) % step;
    if (!rest && llabs(steps) <= 3) {
        step_to(t, item, p, name, steps);
        return;
    }
    touch(t, item, p, name);
    if (said) buf_printf(t->b, "key ctrl+a\n");
    char *typed = arena_printf(t->a, "%lld", (long long)(to / scale));
    if (to % scale)
        typed = arena_printf(t->a, "%s.%03lld", typed, (long long)(to % scale * 1000 / scale));
    buf_printf(t->b, "type \"%s\"\nkey Return\n", typed);
}

static inline void give_x_of_y(const struct touching *t, const struct item *item,
                               const struct part *p, const struct answer_value *was,
                               const struct answer_value *v) {
    int64_t of = was && was->has_of ? was->of : p->of;
    step_to(t, item, p, words_of(t, "answer.looked_at"), v->of - of);
    if (v->of <= TAPPED_MOST) {
        touch(t, item, p, arena_printf(t->a, "%lld", (long long)v->number));
    } else {
        step_to(t, item, p, words_of(t, "answer.how_many"),
                v->number - (was && was->has_number ? was->number : 0));
    }
}

static inline bool in_list(const char *list, const char *entry) {
    size_t n = strlen(entry);
    for (const char *p = list; p && *p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
        if (!strncmp(p, entry, n) && (p[n] == ',' || p[n] == '=' || !p[n])) return true;
    return false;
}

/* In the order in which they stand in the list: that is how they are kept. */
static inline void give_list(const struct touching *t, const struct item *item,
                             const struct part *p, const char *was, const char *list) {
    for (int i = 0; i < p->choices_count; i++) /* a tick taken away */
        if (in_list(was, p->choices[i].id) && !in_list(list, p->choices[i].id))
            touch(t, item, p, p->choices[i].text);
    for (const char *e = list; e && *e; e = strchr(e, ',') ? strchr(e, ',') + 1 : NULL) {
        for (int i = 0; i < p->choices_count; i++) {
            const struct choice *c = &p->choices[i];
            size_t n = strcspn(e, ",=");
            if (strlen(c->id) != n || strncmp(c->id, e, n) != 0 || in_list(was, c->id))
                continue;
            touch(t, item, p,
                  p->kind == PART_COUNTS ? words_say(t->a, t->words, "answer.more", c->text)
                                         : c->text);
        }
    }
}

/* By whom it ends: with two workers it runs until both are there. */
static inline int64_t touch_seconds(const struct item *item, const struct part *p) {
    bool both = item->takes_both && text_starts(p->target, "bell");
    return (RING_S + (both ? SECOND_S : 0)) * 1000;
}

static inline void give_seconds(const struct touching *t, const struct item *item,
                                const struct part *p) {
    bool bell = text_starts(p->target, "bell"), door = text_starts(p->target, "door");
    touch(t, item, p,
          words_of(t, bell   ? "answer.start_bell"
                      : door ? "answer.start_door"
                             : "answer.start"));
    buf_printf(t->b, "wait %ds\n", RING_S);
    touch(t, item, p,
          words_of(t, door               ? "answer.door_opened"
                      : !bell            ? "answer.stop"
                      : item->takes_both ? "answer.first_came"
                                         : "answer.staff_came"));
    if (!bell || !item->takes_both) return;
    buf_printf(t->b, "wait %ds\n", SECOND_S);
    touch(t, item, p, words_of(t, "answer.second_came"));
}

static inline void give_day(const struct touching *t, const struct item *item,
                            const struct part *p, day_no day) {
    static const char *const keys[3][3] = {
        {"answer.today", "answer.yesterday", "answer.week_ago"},
        {"answer.today", "answer.week_ago", "answer.month_ago"},
        {"answer.today", "answer.in_a_month", "answer.in_a_year"}};
    int row = p->kind == PART_DAY ? 0 : p->kind == PART_SINCE ? 1 : 2;
    const int *away = row == 0 ? day_away : row == 1 ? since_away : until_away;
    for (int i = 0; i < 3; i++)
        if (london_day(t->wall_ms) + away[i] == day)
            touch(t, item, p, words_of(t, keys[row][i]));
}

/* From what it says now (NULL nothing) to v. */
static inline void touch_give(const struct touching *t, const struct item *item,
                              const struct part *p, const struct answer_value *was,
                              const struct answer_value *v) {
    switch (p->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
    case PART_READY:
    case PART_PROOF:
    case PART_CHOICE:
        if (!was || !text_equal(was->word, v->word))
            touch(t, item, p, label_of_word(t, p, v->word));
        return;
    case PART_TICKS:
    case PART_TALLY:
    case PART_COUNTS:
        give_list(t, item, p, was ? was->list : NULL, v->list);
        return;
    case PART_X_OF_Y:
        give_x_of_y(t, item, p, was, v);
        return;
    case PART_NUMBER:
        give_number(t, item, p, was, v->number, 1000, 1000);
        return;
    case PART_PERCENT:
        give_number(t, item, p, was, v->number, 5000, 1000);
        return;
    case PART_MINUTES:
        give_number(t, item, p, was, v->number, 5 * MINUTE_MS, MINUTE_MS);
        return;
    case PART_SECONDS:
        give_seconds(t, item, p);
        return;
    case PART_TIME:
        touch(t, item, p, words_of(t, "answer.now"));
        return;
    case PART_DAY:
    case PART_SINCE:
    case PART_UNTIL:
        give_day(t, item, p, v->day);
        return;
    case PART_WORDS:
        type_into(t, item, p, own_words(item, p), v->text);
        return;
    case PART_PERSON:
        touch(t, item, p, t->worker);
        return;
    case PART_FACE:
        touch(t, item, p,
              words_of(t, arena_printf(t->a, "answer.face%lld", (long long)v->number)));
        return;
    case PART_SCORE:
        touch(t, item, p,
              words_of(t, arena_printf(t->a, "answer.score%lld", (long long)v->number)));
        type_into(t, item, p, words_of(t, "answer.score_why"), v->text);
        return;
    case PART_DRAW:
        touch(t, item, p, words_of(t, "answer.draw_pool"));
        buf_printf(t->b, "type \"%d\"\nkey Return\n", OF_A_LIST);
        return;
    case PART_KINDS:
        break;
    }
    fail_msg("no such kind of answer");
}
#endif
