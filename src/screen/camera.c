/* camera.c -- not built yet. */
#include "model/camera_model.h"
#include "screen/part.h"

struct camera_state {
    int32_t unused;
};

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    (void)state;
    (void)model;
    struct header_result tap = part_header(u, s, &area, &(struct header){.title = "camera"});
    return part_header_intent(tap);
}

const struct screen screen_camera = {
    .name = "camera", .state_size = sizeof(struct camera_state), .draw = draw};
