/* paper.c -- not built yet. */
#include "model/paper_model.h"
#include "screen/part.h"

struct paper_state {
    int32_t unused;
};

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    (void)state;
    (void)model;
    struct header_result tap = part_header(u, s, &area, &(struct header){.title = "paper"});
    return part_header_intent(tap);
}

const struct screen screen_paper = {
    .name = "paper", .state_size = sizeof(struct paper_state), .draw = draw};
