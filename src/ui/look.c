/* look.c -- the drawing that widgets share. */
#include "ui/look.h"

ui_id_t widget_id(const struct ui *u, const char *key) {
    ui_id_t id = ui_id(u, key), twin = id;
    for (int64_t i = 1; control_find(&u->controls, twin); i++)
        twin = ui_id_number(id, i);
    return twin;
}

uint32_t shade(const struct ui *u, uint32_t rgb, uint32_t towards, int percent) {
    (void)u;
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        int a = (int)(rgb >> shift & 0xFF), b = (int)(towards >> shift & 0xFF);
        out |= (uint32_t)(a + (b - a) * percent / 100) << shift;
    }
    return out;
}

void look_box(struct ui *u, rect r, const struct look *l, bool pressed) {
    enum color ground = l->fill == COLOR_NONE ? COLOR_BG : l->fill;
    uint32_t fill = ui_rgb(u, ground), ink = ui_rgb(u, l->ink);
    bool bordered = l->border != COLOR_NONE && l->width > 0;
    float half = bordered ? l->width / 2 : 0;
    if (l->fill != COLOR_NONE || pressed) {
        uint32_t rgb = pressed ? shade(u, fill, ink, 16) : fill;
        draw_fill(u, rect_inset(r, half, half), rgb, SDL_max(0, l->radius - half), 255);
    }
    if (bordered) draw_outline(u, r, ui_rgb(u, l->border), l->radius, l->width);
}

void look_ring(struct ui *u, rect r, float radius) {
    draw_outline(u, rect_inset(r, -4, -4), ui_rgb(u, COLOR_PRIMARY), radius + 4, 3);
}

struct thing *look_thing(struct ui *u, const char *type, const char *name, ui_id_t id, rect r,
                         const struct beat *b) {
    const struct control *c = control_find(&u->controls, id);
    struct thing *t = thing_add(u, type, name, c ? c->r : r);
    t->id = id;
    t->pressed = b->pressed;
    return t;
}

void ui_card(struct ui *u, rect r, enum color border, float border_width) {
    struct look l = {.fill = COLOR_CARD,
                     .border = border,
                     .ink = COLOR_INK,
                     .width = border_width,
                     .radius = ui_theme(u)->radius_card};
    look_box(u, r, &l, false);
    thing_add(u, "card", "", r)->t.ground = COLOR_CARD;
}
