/* saw_pieces.h -- the pieces of Saw something. Seen by saw*.c only. */
#ifndef SCREEN_SAW_PIECES_H
#define SCREEN_SAW_PIECES_H

#include "model/saw_model.h"
#include "screen/action_line.h"
#include "screen/part.h"

enum saw_sheet { SAW_SHEET_NONE, SAW_SHEET_PLACE, SAW_SHEET_STATEMENT };
enum saw_choice { SAW_UNSAID, SAW_GOOD, SAW_CONCERN };
struct saw_state {
    int64_t area;
    int32_t choice, severity, sheet;
    int32_t conduct; /* it is about how one worker behaved: nothing is kept here */
    char statement[16];
};
struct saw {
    struct ui *u;
    const struct scene *s;
    const struct saw_model *m;
    struct saw_state *state;
    const char *key; /* of the words */
    const char *text;
};
struct field_result saw_words(struct saw *v, rect *area, float least);
void saw_place(struct saw *v, rect *area);
void saw_severity(struct saw *v, rect *area);
void saw_looks_like(struct saw *v, rect *area);
struct intent saw_risk(struct saw *v, rect *area);
void saw_sheets(struct saw *v);
/* What to do instead, when it is about one worker. */
void saw_conduct(struct saw *v, rect *area);
/* The observation as it stands. `severity` 4 opens the danger card. */
struct intent saw_keep(struct saw *v, int severity, bool raise);
bool saw_ready(const struct saw *v);

#endif
