/* forms_played.h -- somebody who answers every part of every question of a form, once, with a
 * finger: begins the check on Start, opens what is asked only after a certain answer, says what
 * was seen where something was not as it should be, and remembers what was touched, to be
 * compared with the database afterwards. */
#ifndef TESTS_FORMS_PLAYED_H
#define TESTS_FORMS_PLAYED_H

#include "app_hand.h"

#include "app/app_state.h"
#include "form_touch.h"
#include "model/walk_model.h"
#include "views.h"

#define GIVEN_MOST  400
#define OPEN_MOST   6 /* a question behind a question behind a question */
#define PHRASE_EACH 3 /* every so many-th finding gets a tapped phrase */

struct given {
    const struct item *item;
    const struct part *part;
    struct answer_value v;
    const char *note, *safe_by; /* NULL: not touched */
    bool found;                 /* in the database */
};
struct played {
    struct template *form;
    const char *setting;  /* of the service */
    struct touching hand; /* its lines wait to be played */
    struct buf lines;
    struct given given[GIVEN_MOST];
    int count, section, findings, pressed;
    unsigned turn[PART_KINDS]; /* which answer of a kind comes next; over all forms */
    row_id visit;
    bool again; /* only what another service was not asked */
    bool *done; /* items answered so far, over all services */
};

static inline struct given *given_of(struct played *p, const char *item, const char *part) {
    for (int i = 0; i < p->count; i++)
        if (text_equal(p->given[i].item->id, item) &&
            text_equal(p->given[i].part->id, part ? part : ""))
            return &p->given[i];
    return NULL;
}

static inline const struct answer_value *said_so_far(void *ctx, const char *item,
                                                     const char *part) {
    struct given *g = given_of(ctx, item, part);
    return g ? &g->v : NULL;
}

static inline bool asked_now(struct played *p, const struct item *i) {
    return item_asked(i, said_so_far, p);
}

/* Every line that waits; false: it did not do what it says, which was written out. */
static inline bool play_waiting(struct played *p) {
    buf_byte(&p->lines, 0);
    bool good = hand_play((const char *)p->lines.data);
    if (!good) {
        print_message("%s on %s: a touch failed among these:\n%s", p->form->code, window,
                      (const char *)p->lines.data);
        if (getenv("LANTERN_SCRIPT_DUMP")) hand_play("dump\n");
    }
    buf_release(&p->lines);
    p->lines = (struct buf){0};
    return good;
}

static inline void line(struct played *p, const char *text) {
    buf_printf(&p->lines, "%s\n", text);
}

static inline void press_word(struct played *p, const char *key) {
    buf_printf(&p->lines, "press \"%s\"\n", quoted(&p->hand, words_of(&p->hand, key)));
}

/* By the buttons under the thumb, one section at a time. */
static inline void go_to_section(struct played *p, int to) {
    while (p->section != to) {
        p->section += to > p->section ? 1 : -1;
        buf_printf(&p->lines, "tap \"%s\" #last\n",
                   quoted(&p->hand, p->form->sections[p->section].title));
    }
}

/* ---- one answer ---- */

static inline void give(struct played *p, const struct item *i, const struct part *part,
                        struct answer_value v) {
    struct given *g = given_of(p, i->id, part->id);
    go_to_section(p, i->section);
    touch_give(&p->hand, i, part, g ? &g->v : NULL, &v);
    bool typed = part->kind == PART_WORDS || part->kind == PART_SCORE;
    if (typed) /* the keyboard goes, so that what is below can be seen */
        buf_printf(&p->lines, "tap \"%s\"\n", words_of(&p->hand, "keyboard.hide"));
    if (!g) {
        assert_true(p->count < GIVEN_MOST);
        g = &p->given[p->count++];
        *g = (struct given){.item = i, .part = part};
    }
    g->v = v;
    if (part->kind == PART_SECONDS) g->v.number = touch_seconds(i, part);
    p->pressed++;
}

static inline struct answer_value list_with(struct played *p, const struct answer_value *was,
                                            const char *id) {
    const char *list = was ? was->list : NULL;
    if (in_list(list, id)) return *was;
    return (struct answer_value){
        .list = text_blank(list) ? id : arena_printf(p->hand.a, "%s,%s", list, id)};
}

/* An answer to that part with which the condition holds. */
static inline struct answer_value that_holds(struct played *p, const struct condition *c,
                                             const struct part *part,
                                             const struct answer_value *was) {
    if (c->by_number) {
        struct answer_value v = was ? *was : touch_choose(&p->hand, part, 0);
        bool low = c->at_least > INT64_MIN && c->at_least > 0;
        v.number = low ? c->at_least : c->at_most;
        v.has_number = true;
        if (part->kind == PART_X_OF_Y && v.number > v.of) v.of = v.number;
        return v;
    }
    bool list = part->kind == PART_TICKS;
    if (c->is) return list ? list_with(p, was, c->is) : said_word(c->is);
    for (unsigned n = 0; n < 16; n++) {
        struct answer_value v = touch_choose(&p->hand, part, n);
        if (condition_holds(c, &v)) return v;
    }
    fail_msg("%s: nothing opens the condition on %s", p->form->code, c->item);
    return (struct answer_value){0};
}

/* The condition of a later question that this part decides; NULL: nothing hangs on it. */
static inline const struct condition *hangs_on(const struct played *p, const struct item *i,
                                               const struct part *part) {
    for (int k = 0; k < p->form->items_count; k++) {
        const struct item *other = &p->form->items[k];
        for (int c = 0; c < other->when_count; c++)
            if (text_equal(other->when[c].item, i->id) &&
                item_part(i, other->when[c].part ? other->when[c].part : "") == part)
                return &other->when[c];
    }
    return NULL;
}

/* Answers what the item hangs on, so that it is asked. */
static inline bool open_item(struct played *p, const struct item *i, int depth) {
    for (int k = 0; k < i->when_count && !asked_now(p, i); k++) {
        const struct condition *c = &i->when[k];
        const struct item *on = template_item(p->form, c->item);
        assert_non_null(on);
        const struct part *part = item_part(on, c->part ? c->part : "");
        assert_non_null(part);
        struct given *g = given_of(p, on->id, part->id);
        if (condition_holds(c, g ? &g->v : NULL)) continue;
        if (!item_applies(on, p->setting)) continue;
        if (depth < OPEN_MOST && !open_item(p, on, depth + 1)) continue;
        give(p, on, part, that_holds(p, c, part, g ? &g->v : NULL));
    }
    return asked_now(p, i);
}

/* Every part on every window, or a share of it that takes a third of the time. */
static inline bool play_whole(void) {
    return getenv("LANTERN_TEST_ALL") || getenv("LANTERN_PLAY_ONLY");
}

/* The first part, what another question hangs on, and kinds that no finger has touched yet. */
static inline bool is_due(const struct played *p, const struct item *i, int part) {
    return play_whole() || part == 0 || !p->turn[i->parts[part].kind] ||
           hangs_on(p, i, &i->parts[part]);
}

static inline void answer_item(struct played *p, const struct item *i) {
    if (!open_item(p, i, 0)) {
        print_message("%s: nothing opens %s\n", p->form->code, i->id);
        return;
    }
    for (int k = 0; k < i->parts_count; k++) {
        const struct part *part = &i->parts[k];
        const struct condition *c = hangs_on(p, i, part);
        if (given_of(p, i->id, part->id)) continue; /* it opened something */
        if (!is_due(p, i, k)) continue;
        struct answer_value v = c ? that_holds(p, c, part, NULL)
                                  : touch_choose(&p->hand, part, p->turn[part->kind]++);
        give(p, i, part, v);
    }
    p->done[i - p->form->items] = true;
}

/* ---- what follows a bad answer ---- */

static inline void follow_part(struct played *p, const struct walk_item *w,
                               const struct walk_part *part) {
    struct given *g = given_of(p, w->item->id, part->part->id);
    bool bad = part->verdict == VERDICT_BAD, partly = part->verdict == VERDICT_PARTLY;
    if (!g || !part->answer || (!bad && !partly)) return;
    if (bad && w->item->critical && !g->safe_by) {
        g->safe_by = words_of(&p->hand, "walk.by_worker");
        touch(&p->hand, w->item, part->part, words_of(&p->hand, "walk.made_safe"));
        touch(&p->hand, w->item, part->part, g->safe_by);
    }
    if (p->findings++ % PHRASE_EACH || !w->item->phrases_count) return;
    g->note = w->item->phrases[p->findings % w->item->phrases_count];
    touch(&p->hand, w->item, part->part, g->note);
}

static inline void follow_findings(struct played *p) {
    const struct walk_model *m = hand_app->model;
    const struct walk_section *s = &m->sections[p->section];
    for (int i = 0; i < s->items_count; i++)
        for (int k = 0; s->items[i].shown && k < s->items[i].parts_count; k++)
            follow_part(p, &s->items[i], &s->items[i].parts[k]);
}

/* ---- what was kept ---- */

static inline bool drawn_fairly(const struct given *g, const char *list) {
    int numbers = 0, of = g->part->of > 0 ? g->part->of : 1;
    if (!text_starts(list, arena_printf(&hand_life, "%s,seed=", g->v.list))) return false;
    for (const char *at = strstr(list, ",n"); at; at = strstr(at + 1, ",n")) {
        long n = strtol(at + 2, NULL, 10);
        if (n < 1 || n > OF_A_LIST) return false;
        numbers++;
    }
    return numbers == (of < OF_A_LIST ? of : OF_A_LIST);
}

static inline bool same_value(const struct given *g, const struct answer_value *is,
                              day_no night) {
    const struct answer_value *v = &g->v;
    switch (g->part->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
    case PART_READY:
    case PART_PROOF:
    case PART_CHOICE:
        return text_equal(is->word, v->word);
    case PART_TICKS:
    case PART_TALLY:
    case PART_COUNTS:
        return text_equal(is->list, v->list);
    case PART_X_OF_Y:
        return is->has_number && is->number == v->number && is->of == v->of;
    case PART_SCORE:
        return is->number == v->number && text_equal(is->text, v->text);
    case PART_NUMBER:
    case PART_PERCENT:
    case PART_MINUTES:
    case PART_FACE:
        return is->has_number && is->number == v->number;
    case PART_SECONDS: /* with two workers until the second came */
        return is->number >= v->number && is->number < v->number + 3000;
    case PART_TIME:
        return is->has_time && llabs(is->time - v->time) < 90 * MINUTE_MS;
    case PART_DAY:
        return is->has_day && is->day == v->day;
    case PART_SINCE:
        return is->day == v->day && is->number == ((int64_t)night - v->day) * 1000;
    case PART_UNTIL:
        return is->day == v->day && is->number == ((int64_t)v->day - night) * 1000;
    case PART_WORDS:
        return text_equal(is->text, v->text);
    case PART_PERSON:
        return text_equal(is->text, v->text) && is->person == v->person;
    case PART_DRAW:
        return drawn_fairly(g, is->list);
    case PART_KINDS:
        break;
    }
    return false;
}

static inline int wrong_answer(const struct played *p, const char *item, const char *part,
                               const char *what) {
    print_message("%s on %s, %s/%s: %s\n", p->form->code, window, item, part, what);
    return 1;
}

static inline struct answer_value value_read(const struct query *q, struct arena *a) {
    return (struct answer_value){.word = query_text(q, 2, a),
                                 .list = query_text(q, 3, a),
                                 .text = query_text(q, 4, a),
                                 .number = query_int(q, 5),
                                 .has_number = !query_null(q, 5),
                                 .of = query_int(q, 6),
                                 .time = query_int(q, 7),
                                 .has_time = !query_null(q, 7),
                                 .day = (day_no)query_int(q, 8),
                                 .has_day = !query_null(q, 8),
                                 .person = query_int(q, 9)};
}

/* Item by item: everything touched is kept as it was touched, and nothing else is. How many are
 * wrong. */
static inline int compare_kept(struct played *p) {
    struct arena a = {0};
    struct query q;
    int wrong = 0;
    day_no night = (day_no)query_one_int(app_journal(hand_app), 0,
                                         "SELECT night FROM visit WHERE id = ?1", 1, p->visit);
    query_open(&q, app_journal(hand_app),
               "SELECT item, coalesce(part, ''), word, list, text, number, \"of\", time, day,"
               " person, note, safe, safe_by FROM answer WHERE visit = ?1 AND withdrawn = 0",
               1, p->visit);
    while (query_next(&q)) {
        const char *item = query_text(&q, 0, &a), *part = query_text(&q, 1, &a);
        struct given *g = given_of(p, item, part);
        struct answer_value is = value_read(&q, &a);
        if (!g || g->found) {
            wrong += wrong_answer(p, item, part, g ? "kept twice" : "kept, and never touched");
            continue;
        }
        g->found = true;
        if (!same_value(g, &is, night))
            wrong += wrong_answer(
                p, item, part,
                arena_printf(&a, "touched \"%s\" %s %s %lld, kept \"%s\" %s %s %lld of %lld",
                             g->v.word ? g->v.word : "", g->v.list ? g->v.list : "",
                             g->v.text ? g->v.text : "", (long long)g->v.number, is.word,
                             is.list, is.text, (long long)is.number, (long long)is.of));
        if (g->note && !strstr(query_text(&q, 10, &a), g->note))
            wrong += wrong_answer(p, item, part, "what was seen is not kept");
        if (g->safe_by && (!text_equal(query_text(&q, 11, &a), "made_safe") ||
                           !text_equal(query_text(&q, 12, &a), g->safe_by)))
            wrong += wrong_answer(p, item, part, "made safe is not kept");
    }
    assert_int_equal(query_close(&q), STATUS_OK);
    for (int i = 0; i < p->count; i++)
        if (!p->given[i].found)
            wrong += wrong_answer(p, p->given[i].item->id, p->given[i].part->id,
                                  "touched, and not kept");
    arena_release(&a);
    return wrong;
}
#endif
