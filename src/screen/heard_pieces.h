/* heard_pieces.h -- the pieces of Heard something. Seen by heard*.c only. */
#ifndef SCREEN_HEARD_PIECES_H
#define SCREEN_HEARD_PIECES_H

#include "model/heard_model.h"
#include "screen/action_line.h"
#include "screen/confide_part.h"
#include "screen/part.h"
#include "screen/voice_part.h"

#define THEMES 12
enum heard_consent { CONSENT_UNSAID, CONSENT_YES, CONSENT_NO_NAME, CONSENT_NO };
enum heard_sort { SORT_UNSAID, SORT_PRAISE, SORT_IDEA, SORT_WORRY, SORT_COMPLAINT };
struct heard_state {
    int32_t speaker, sort, consent, can_decide; /* can_decide: 0 unsaid, 1 yes, 2 not now */
    int32_t prompt;                             /* the one shown */
    int32_t from;                               /* a probe is shown: the prompt to go back to */
    int32_t alone;                              /* the words stand alone, whatever was asked */
    int32_t aim;      /* the pages are still moving to it; 1: by themselves */
    int32_t leaps;    /* … over several pages at once */
    int32_t page_w;   /* how wide a page was: another width is no swipe */
    int32_t bank;     /* the sheet with all questions is open */
    int32_t card;     /* a full-screen card: 1 + its prompt, 0 none */
    int32_t fixing;   /* of what was read back: 1 + which one is put right */
    int32_t answer_in; /* days until they are answered, 0 the usual */
    int32_t wants_answer, face;
    int32_t agrees; /* to be recorded */
    int32_t agreed; /* … and could decide it, once: what was recorded since is told when it is
                       taken back */
    int32_t staff_asked; /* it is a worker after all: what was recorded goes first */
    int32_t going;       /* closed, as soon as what was recorded is gone */
    uint32_t about;      /* bits of themes */
    int64_t talk_at;     /* since when this person speaks, wall ms */
    int64_t staff_at;    /* … a worker, since it was settled who may read it */
    uint64_t asked;      /* bits of prompts */
    struct voice_state voice;
    struct confide_state confide; /* a worker speaks */
};
/* What is said to one prompt, or alone, and is not kept yet. */
struct heard_thing {
    const struct heard_prompt *prompt; /* NULL alone */
    const char *text, *list, *marks;
    int face;
};
struct heard {
    struct ui *u;
    const struct scene *s;
    const struct heard_model *m;
    struct heard_state *state;
    const struct heard_guide *guide; /* of who speaks; its count 0: none */
    const char *prefix, *how_key;
    bool just_chosen; /* who speaks, in this frame */
    struct confide conf;
    struct voice_part voice;
};
/* ---- the guide: heard_guide.c, heard_swipe.c, heard_asks.c, heard_bank.c ---- */
const struct heard_prompt *heard_prompt_now(const struct heard *v); /* NULL without a guide */
int heard_consent_page(const struct heard *v); /* "may I write" */
/* Goes there; what was said until now is kept at once, when it may be. quiet: without a toast. */
struct intent heard_go_to(struct heard *v, int prompt, bool quiet);
bool heard_was_asked(struct heard *v, int prompt);
/* Stages, the prompt big, the way on; nothing without a guide. */
struct intent heard_guide_part(struct heard *v, rect *in);
void heard_tools(struct heard *v, rect *in); /* all questions, cards */
struct intent heard_swipe(struct heard *v, rect view); /* the prompt's page, under a finger */
float heard_swipe_height(struct heard *v, float width);
void heard_page(struct heard *v, rect page, const struct heard_prompt *p);
void heard_asks(struct heard *v, rect *in, const struct heard_prompt *p);
struct intent heard_bank_sheet(struct heard *v);
/* One line of words to a prompt, or alone (NULL). */
void heard_field(struct heard *v, rect *in, const struct heard_prompt *p, const struct part *part,
                 float least);

/* ---- what was said: heard_said.c, heard_talk.c ---- */
const char *heard_said_key(const struct heard *v, const struct heard_prompt *p, const char *field);
const char *heard_list_of(const struct heard *v, const struct heard_prompt *p);
const char *heard_part_word(const struct heard *v, const struct heard_prompt *p, const char *part);
void heard_put_part(struct heard *v, const struct heard_prompt *p, const char *part,
                    const char *word);
const char *heard_marks_of(const struct heard *v, const struct heard_prompt *p, bool whole);
bool heard_thing_of(const struct heard *v, const struct heard_prompt *p, struct heard_thing *out);
int heard_things(const struct heard *v, struct heard_thing *out); /* at most PROMPTS_MOST + 1 */
/* Of the opening and the end, as the last thing said carries it: "P02.how=pictures". */
void heard_around(const struct heard *v, const char **list, const char **marks);
void heard_forget_said(struct heard *v);
int heard_earlier(const struct heard *v, const struct heard_said **out); /* kept in this talk */
struct intent heard_keep_so_far(struct heard *v, bool quiet);
struct intent heard_read_back(struct heard *v, rect *in);
struct intent heard_fixing_sheet(struct heard *v);
int64_t heard_answer_day(const struct heard *v);

/* ---- cards: heard_card.c, heard_faces.c ---- */
struct intent heard_card(struct heard *v, rect area);
bool heard_has_cards(const struct heard *v);
void heard_cards_open(struct heard *v);
enum icon heard_picture(const char *name); /* of a card; ICON_QUESTION when unknown */
void heard_face(struct ui *u, rect r, int face, enum color ink); /* 1 to 5 */

/* ---- a worker's guide ---- */
struct intent heard_staff_guide(struct heard *v, rect *in);
bool heard_only_listens(const struct heard *v);
bool heard_leaves_role_out(const struct heard *v);
bool heard_three_asked(struct heard *v);

void heard_who(struct heard *v, rect *area);
void heard_kind(struct heard *v, rect *area);
void heard_about(struct heard *v, rect *area);
void heard_answer(struct heard *v, rect *area);
void heard_can_decide(struct heard *v, rect *area);
void heard_may_write(struct heard *v, rect *area, bool with_question);
void heard_choose_speaker(struct heard *v, int who);
/* Voice: whether they agree, the recorder, and what may not stay. */
struct voice_part heard_voice_of(struct ui *u, const struct scene *s,
                                 const struct heard_model *m, struct heard_state *state);
bool heard_may_record(const struct heard_state *st);
bool heard_has_voice(const struct heard *v);
bool heard_voice_must_go(
    const struct heard *v); /* something was recorded that may not be kept */
bool heard_asks_first(const struct heard_state *st);
void heard_decide_chips(struct heard *v, rect *area, enum color ground);
struct intent heard_voice(struct heard *v, rect *area, enum color ground);
struct intent heard_staff_voice_sheet(struct heard *v);
/* What goes by itself: after "it is a worker", after closing. */
struct intent heard_voice_gone(struct heard *v);
extern const char *const heard_consents[];
const char *heard_can_decide_word(const struct heard_state *st);
struct intent heard_risk(struct heard *v, rect *area);
/* Prompt and words; `least`: how high the field is at least. */
struct intent heard_words(struct heard *v, rect *area, float least);
/* A worker: who may read this comes before any text box. */
struct intent heard_staff(struct heard *v, rect *area, bool wide);
void heard_speak_up(struct heard *v, rect *area); /* on a wide window below who speaks */
struct intent heard_staff_words(struct heard *v, rect *area);
void heard_staff_risk(struct heard *v, rect *area);
struct intent heard_staff_risk_sheet(struct heard *v); /* after everything else */
bool heard_staff_ready(const struct heard *v);
struct intent heard_staff_keep(struct heard *v);
void heard_staff_forget(struct heard *v);
bool heard_ready(const struct heard *v);
struct intent heard_keep(struct heard *v, int severity);
const char *heard_theme(int i);

#endif
