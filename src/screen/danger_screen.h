/* danger_screen.h -- what the files of the danger card share. */
#ifndef SCREEN_DANGER_SCREEN_H
#define SCREEN_DANGER_SCREEN_H

#include "model/danger_model.h"
#include "screen/part.h"

struct danger_state {
    int32_t duty;      /* index + 1 of the duty whose words are open */
    int32_t decide_by; /* index + 1 of the duty whose times are open */
    int32_t
        skip_open; /* the question who it is about is answered with yes, nobody chosen yet */
    int32_t other; /* ringing someone who is not on the list */
};
struct danger_draw {
    struct ui *u;
    const struct scene *s;
    const struct danger_model *m;
    struct danger_state *st;
    struct intent out;
};

void danger_take(struct danger_draw *w, struct intent in);
void danger_gap(struct danger_draw *w, rect *area);
/* A field over the whole width; true when it was left, with *text. */
bool danger_field(struct danger_draw *w, rect *in, const char *key, const char *hint,
                  const char *initial, const char **text);
void danger_listed(struct danger_draw *w, rect *area);
void danger_contacts(struct danger_draw *w, rect *area);
void danger_emergency(struct danger_draw *w, rect *area);
void danger_duties(struct danger_draw *w, rect *area);

#endif
