/* look.h -- what the widgets' drawing shares: a box with a border, the focus ring, the pressed
 * shade. */
#ifndef UI_LOOK_H
#define UI_LOOK_H

#include "ui/label.h"

struct look {
    enum color fill, border, ink, second; /* COLOR_NONE: not drawn; second: the smaller line */
    float width;                          /* of the border */
    float radius;
};
/* The identity of a widget of this name. A second one of the same name in the same scope in the
 * same frame is another widget: its tap must not go to its twin. */
ui_id_t widget_id(const struct ui *u, const char *key);
uint32_t shade(const struct ui *u, uint32_t rgb, uint32_t towards, int percent);
/* Fill and border without a fringe of the one under the other; darker while pressed. */
void look_box(struct ui *u, rect r, const struct look *l, bool pressed);
void look_ring(struct ui *u, rect r, float radius);
struct thing *look_thing(struct ui *u, const char *type, const char *name, ui_id_t id, rect r,
                         const struct beat *b);

#endif
