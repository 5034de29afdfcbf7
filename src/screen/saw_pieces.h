/* saw_pieces.h -- the pieces of Saw something. Seen by saw*.c only. */
#ifndef SCREEN_SAW_PIECES_H
#define SCREEN_SAW_PIECES_H

#include "model/saw_model.h"
#include "screen/action_line.h"
#include "screen/confide_part.h"
#include "screen/evidence_part.h"
#include "screen/part.h"

enum saw_sheet { SAW_SHEET_NONE, SAW_SHEET_PLACE, SAW_SHEET_STATEMENT };
enum saw_choice { SAW_UNSAID, SAW_GOOD, SAW_CONCERN };
struct saw_state {
    int64_t area;
    int32_t choice, severity, sheet;
    int32_t conduct;     /* it is about how one worker behaved: for the provider only */
    int32_t break_asked; /* 0 unsaid, 1 planned, 2 not planned, 3 not asked */
    struct confide_state confide;
    struct voice_state voice;
    char statement[16];
};
struct saw {
    struct ui *u;
    const struct scene *s;
    const struct saw_model *m;
    struct saw_state *state;
    const char *key; /* of the words */
    const char *text;
    struct confide conf;
};
struct field_result saw_words(struct saw *v, rect *area, float least);
/* Photo, Voice, Where, and what waits. */
struct intent saw_evidence(struct saw *v, rect *area);
struct voice_part saw_voice(const struct saw *v);
bool saw_has_evidence(const struct saw *v);
const char *saw_text(
    const struct saw *v); /* the words; without any, what there is to look at */
/* About one worker nothing of it is kept: it has to go first. */
struct intent saw_evidence_goes(struct saw *v, rect *area);
void saw_severity(struct saw *v, rect *area);
void saw_looks_like(struct saw *v, rect *area);
struct intent saw_risk(struct saw *v, rect *area);
void saw_sheets(struct saw *v);
/* It is about one worker: what comes first, then the words, for the provider only. */
struct intent saw_conduct(struct saw *v, rect *area);
void saw_conduct_turn(struct saw *v);
bool saw_conduct_ready(const struct saw *v);
struct intent saw_conduct_keep(struct saw *v);
void saw_conduct_forget(struct saw *v);
/* The observation as it stands. `severity` 4 opens the danger card. */
struct intent saw_keep(struct saw *v, int severity, bool raise);
bool saw_ready(const struct saw *v);

#endif
