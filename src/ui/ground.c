/* ground.c -- a card whose height is known only after its content was laid out: its drawing
 * commands are put first and given their height at the end of the content, so no frame shows a
 * wrong one. */
#include "ui/ui_internal.h"

size_t ui_ground_begin(struct ui *u, rect r, enum color ground, enum color border,
                       float border_width) {
    size_t mark = u->draws.size / sizeof(struct draw);
    r.h = UNBOUNDED;
    draw_fill(u, r, ui_rgb(u, ground), u->themes[u->night].radius_card, 255);
    draw_outline(u, r, ui_rgb(u, border), u->themes[u->night].radius_card, border_width);
    BELIEVE(u->draws.size / sizeof(struct draw) == mark + 2);
    return mark;
}

void ui_ground_end(struct ui *u, size_t mark, float height) {
    struct draw *d = (struct draw *)(void *)u->draws.data;
    d[mark].r.h = height;
    d[mark + 1].r.h = height;
}

rect ui_window(const struct ui *u) {
    return rect_make(0, 0, u->width, u->height);
}
