/* people.c -- being written. */
#include "screen/screen.h"

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    (void)u, (void)s, (void)state, (void)model, (void)area;
    return (struct intent){.kind = INTENT_back};
}

const struct screen screen_people = {.name = "people", .state_size = 16, .draw = draw};
