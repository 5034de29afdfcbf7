/* ground.c -- a card whose height is known only after its content was laid out: its drawing
 * commands are put first and given their height at the end of the content, so no frame shows a
 * wrong one. They are put even when nothing of them can be seen, so that the mark stays theirs.
 */
#include "ui/ui_internal.h"

size_t ui_ground_begin(struct ui *u, rect r, enum color ground, enum color border,
                       float border_width) {
    size_t mark = u->draws.size / sizeof(struct draw);
    float radius = ui_theme(u)->radius_card, half = border == COLOR_NONE ? 0 : border_width / 2;
    r.h = 0;
    struct draw *d = draw_add(u, DRAW_FILL, rect_inset(r, half, 0));
    d->r.y += half;
    d->radius = radius - half;
    d->rgb = ui_rgb(u, ground);
    d = draw_add(u, DRAW_OUTLINE, r);
    d->radius = radius;
    d->width = 2 * half;
    d->rgb = ui_rgb(u, border == COLOR_NONE ? ground : border);
    return mark;
}

void ui_ground_end(struct ui *u, size_t mark, float height) {
    struct draw *d = (struct draw *)(void *)u->draws.data;
    BELIEVE((mark + 2) * sizeof *d <= u->draws.size);
    d[mark].r.h = SDL_max(0, height - d[mark + 1].width);
    d[mark + 1].r.h = height;
}

rect ui_window(const struct ui *u) {
    return rect_make(0, 0, u->width, u->height);
}

bool ui_scroll_view(const struct ui *u, rect *view) {
    const struct scroll *best = NULL;
    for (int i = 0; i < SCROLLS_MAX; i++) {
        const struct scroll *s = &u->scrolls[i];
        if (!s->id || s->horizontal || s->used < u->frame_no) continue;
        bool larger = !best || s->view.w * s->view.h > best->view.w * best->view.h;
        if (!best || s->layer > best->layer || (s->layer == best->layer && larger)) best = s;
    }
    if (best) *view = best->view;
    return best != NULL;
}
