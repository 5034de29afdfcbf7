/* answer.h -- how one part of an item is answered: one kind, one file answer_NAME.c, one row in
 * the table.
 *
 * Journey: walk_item.c draws a card and asks the kind of each part to draw itself; a tap or a
 * field that was left comes back as an intent; how an answer
 * reads in words stands in care/answer_says.c. A kind that stands in care/part_list.h without
 * its file fails to link by name. */
#ifndef SCREEN_ANSWER_H
#define SCREEN_ANSWER_H

#include "care/answer_says.h"
#include "model/walk_model.h"
#include "screen/part.h"

#define ANSWER_TAPS_MOST 23
/* The last taps on a pad that counts, oldest first: for taking them back. */
struct answer_taps {
    uint64_t key;
    uint8_t last[ANSWER_TAPS_MOST], count;
};
struct answer_at {
    const struct scene *s;
    const struct walk_model *m;
    const struct walk_item *item;
    const struct walk_part *part;
    struct answer_taps *taps; /* kept by the screen; NULL: nothing can be taken back */
};
struct answer_kind {
    /* Draws into the top of *area and cuts that off. */
    struct intent (*draw)(struct ui *u, const struct answer_at *at, rect *area);
};
#define PART(NAME, name, column) extern const struct answer_kind answer_##NAME;
#include "care/part_list.h"
#undef PART
const struct answer_kind *answer_kind_of(enum part_kind k);

/* An intent about this part with nothing said yet, in the frame arena; *a is filled in further
 * by the caller. */
struct intent answer_say(struct ui *u, const struct answer_at *at, struct answer_intent **a);
struct intent answer_word(struct ui *u, const struct answer_at *at, const char *word);
struct intent answer_number(struct ui *u, const struct answer_at *at, int64_t number);
struct intent answer_list(struct ui *u, const struct answer_at *at, const char *list);
/* "answer/VISIT/ITEM/ROOM/PART/WHAT", in the frame arena: the draft key of one of the part's
 * fields. */
const char *answer_key(struct ui *u, const struct answer_at *at, const char *what);
const struct answer_value *answer_value_of(const struct answer_at *at); /* never NULL */
bool answer_is(const struct answer_at *at, const char *word);
/* A choice among words: label, word, how it looks when chosen. Tapping the chosen one takes it
 * back. */
struct answer_word {
    const char *word, *label; /* label: words key, or the text itself when plain */
    enum icon icon;
    enum button_role role;
    bool small, plain;
};
struct intent answer_words(struct ui *u, const struct answer_at *at, rect *area,
                           const struct answer_word *w, int n);

/* "a=3,b=1": the number behind a name; the same list with one number set (in the frame arena).
 */
int64_t answer_list_number(const char *list, const char *id, bool *found);
const char *answer_list_set(struct arena *a, const char *list, const char *id, int64_t number);
bool answer_list_has(const char *list, const char *id); /* "a,b": is it among them */
const char *answer_list_toggle(struct arena *a, const char *list, const char *id);

/* Minus, a typed number, plus. Returns true with the new number (whole steps of `step`). The
 * field shows `now` in thousandths or whole, as `decimals` says; typing is checked against
 * least and most. */
struct stepper {
    const char *key, *name, *unit;
    int64_t now, step, least, most, scale; /* scale: stored units to one shown */
    bool said, bounded, decimals;
};
struct stepped {
    bool tapped; /* plus or minus, or a typed number that was left */
    bool wrong;  /* typed beyond the bounds, or no number */
    int64_t number;
};
struct stepped answer_stepper(struct ui *u, const struct scene *s, rect *area,
                              const struct stepper *o);
bool answer_read_decimal(const char *text, int64_t scale, int64_t *out);
/* A date: typed, or one of `n` (at most 4) in one tap, so many days from today. */
struct intent answer_day_field(struct ui *u, const struct answer_at *at, rect *area,
                               const char *const *keys, const int *away, int n);
/* The target and what the answer is against it, as one small line under the part. */
void answer_target_line(struct ui *u, const struct answer_at *at, rect *area);
/* "02:40", "0240", "2.40" nearest to `near_ms` in London; false when it is none. */
bool answer_read_time(const char *text, int64_t near_ms, int64_t *out);
bool answer_read_day(const char *text, day_no today, day_no *out); /* "22/11/2026", "22.11." */
/* A line that points out a likely name and offers words instead. *text becomes the replaced
 * text when tapped. */
bool answer_name_offer(struct ui *u, const struct scene *s, rect *area, enum color ground,
                       const char *key, const char **text);

#endif
