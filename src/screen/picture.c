/* picture.c -- not built yet. */
#include "model/picture_model.h"
#include "screen/part.h"

struct picture_state {
    int32_t unused;
};

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    (void)state;
    (void)model;
    struct header_result tap = part_header(u, s, &area, &(struct header){.title = "picture"});
    return part_header_intent(tap);
}

const struct screen screen_picture = {
    .name = "picture", .state_size = sizeof(struct picture_state), .draw = draw};
