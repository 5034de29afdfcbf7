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
    int32_t to_prompt;                          /* the words answer it */
    int32_t wants_answer, face;
    int32_t agrees; /* to be recorded */
    int32_t agreed; /* … and could decide it, once: what was recorded since is told when it is
                       taken back */
    int32_t staff_asked; /* it is a worker after all: what was recorded goes first */
    int32_t going;       /* closed, as soon as what was recorded is gone */
    uint32_t about;      /* bits of themes */
    struct voice_state voice;
    struct confide_state confide; /* a worker speaks */
};
struct heard {
    struct ui *u;
    const struct scene *s;
    const struct heard_model *m;
    struct heard_state *state;
    const char *prefix, *key, *how_key;
    const char *text;
    struct confide conf;
    struct voice_part voice;
};
void heard_who(struct heard *v, rect *area);
void heard_kind(struct heard *v, rect *area);
void heard_about(struct heard *v, rect *area);
void heard_answer(struct heard *v, rect *area);
void heard_can_decide(struct heard *v, rect *area);
void heard_may_write(struct heard *v, rect *area);
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
void heard_staff_words(struct heard *v, rect *area);
void heard_staff_risk(struct heard *v, rect *area);
struct intent heard_staff_risk_sheet(struct heard *v); /* after everything else */
bool heard_staff_ready(const struct heard *v);
struct intent heard_staff_keep(struct heard *v);
void heard_staff_forget(struct heard *v);
bool heard_ready(const struct heard *v);
struct intent heard_keep(struct heard *v, int severity);
const char *heard_theme(int i);

#endif
