/* ratings_pieces.h -- the pieces of the ratings page. Seen by ratings*.c only.
 *
 * One screen, three depths by place.word2: all key questions, one of them, one statement. */
#ifndef SCREEN_RATINGS_PIECES_H
#define SCREEN_RATINGS_PIECES_H

#include "care/rating_words.h"
#include "model/ratings_model.h"
#include "screen/action_line.h"
#include "screen/part.h"

#define RATINGS_PICKS 24
enum ratings_sheet { RATINGS_SHEET_NONE, RATINGS_SHEET_RULES };
struct ratings_state {
    int32_t sheet;
    int32_t score;   /* chosen and not kept; 0: as it is */
    int32_t rating;  /* place in the framework's ratings, from 1; 0: as it is */
    int32_t open;    /* circumstance whose answer is being given, from 1 */
    int32_t yes;     /* … 1 yes, 2 no */
    int32_t all;     /* all that was found is shown, not the newest few */
    int32_t picks_count;
    int64_t picks[RATINGS_PICKS]; /* what a score will rest on that is not kept yet */
};
struct ratings {
    struct ui *u;
    const struct scene *s;
    const struct ratings_model *m;
    struct ratings_state *state;
    struct ratings_words say;
    bool phone;
};

/* "cqc-saf-2024-12@1", for places. */
const char *ratings_framework_word(struct ratings *v, const struct framework *f);
/* The same page about something else: "SAF", "SAF-S6", "SAF-S6/people". */
struct intent ratings_go(struct ratings *v, const char *about);
/* What is looked at: the statement or key question, and the kind of evidence ("" none). */
const char *ratings_code(struct ratings *v);
const char *ratings_kind(struct ratings *v);

/* A word in its colours, cut from the left of a row, or above when there is no room. */
void ratings_tag_line(struct ratings *v, rect *area, const char *tag, enum color ink, enum color ground, const char *text,
                      enum font font);
void ratings_rating_colors(const struct framework *f, const struct rating_name *r, enum color *ink, enum color *ground);
void ratings_score_colors(const struct framework *f, int score, enum color *ink, enum color *ground);
/* Sentences of a chain of reasons, each with what its rule says of itself where that is not confirmed. */
void ratings_reasons(struct ratings *v, rect *area, const char *heading, const struct reason *r);
/* A row that leads on: a tap area over its words. */
bool ratings_row_tapped(struct ratings *v, rect row, const char *name);
void ratings_caret(struct ratings *v, rect *row);

struct intent ratings_all(struct ratings *v, rect *area);
struct intent ratings_besides(struct ratings *v, rect *area);
struct intent ratings_question(struct ratings *v, rect *area);
struct intent ratings_statement(struct ratings *v, rect *area);
struct intent ratings_evidence(struct ratings *v, rect *area);
void ratings_before(struct ratings *v, rect *area);
void ratings_rules(struct ratings *v);

/* The score or rating that can be kept now; false while something is missing. */
bool ratings_ready(struct ratings *v);
struct intent ratings_keep(struct ratings *v);
const char *ratings_draft(struct ratings *v); /* prefix of the fields' keys */

#endif
