/* sheet.c -- a sheet over everything: the rest is dimmed and out of reach, for fingers by a
 * shield over the window, for keys by its layer. What does not fit scrolls inside it. */
#include "ui/look.h"

#define SHEET_WIDE_FROM 640.0f
#define SHEET_W_MAX     720.0f
#define SHEET_EDGE      24.0f
#define SHEET_PAD       24.0f
#define SHEET_BOTTOM    20.0f
#define CORNER_DP       72.0f /* kept free above: what stands there (ui_above) lies over sheets */

static rect panel_rect(const struct ui *u, rect area, float height) {
    float most = area.h - CORNER_DP - SHEET_EDGE;
    if (area.w >= SHEET_WIDE_FROM) {
        float w = SDL_min(SHEET_W_MAX, area.w - 2 * SHEET_EDGE);
        rect p = rect_center(area, w, SDL_min(height, most));
        p.y = SDL_max(p.y, area.y + CORNER_DP);
        return p;
    }
    float h = SDL_min(height, area.h - CORNER_DP);
    (void)u;
    return (rect){area.x, area.y + area.h - h, area.w, h};
}

/* From the bottom of a telephone only the upper corners are round. */
static void draw_panel(struct ui *u, rect p, bool wide) {
    float radius = ui_theme(u)->radius_card;
    rect before = clip_push(u, p), shape = p;
    if (!wide) shape.h += 2 * radius;
    struct look l = {.fill = COLOR_BG, .border = COLOR_LINE, .ink = COLOR_INK, .width = 1};
    l.radius = radius;
    look_box(u, shape, &l, false);
    clip_pop(u, before);
}

static bool closed_by(struct ui *u, rect panel, rect cross, int depth) {
    ui_id_t away = ui_id(u, "sheet.away"), self = ui_id(u, "sheet.panel");
    rect window = {0, 0, u->width, u->height};
    bool closed = ui_control(u, away, window, CONTROL_SHIELD | CONTROL_EXACT).tapped;
    draw_add(u, DRAW_DIM, window);
    draw_panel(u, panel, panel.w < u->width);
    ui_control(u, self, panel, CONTROL_SHIELD | CONTROL_EXACT);
    if (ui_icon_button(u, cross, ICON_X, ui_word(u, "ui.close"))) closed = true;
    if (u->sheets_last == depth && ui_back_pressed(u)) closed = true;
    return closed;
}

/* A screen can only guess how high its content will be; from the second frame on it is known.
 */
static struct sheet_height *height_of(struct ui *u, ui_id_t id, float width) {
    struct sheet_height *free_one = &u->sheet_heights[id % SHEET_HEIGHTS];
    for (int i = 0; i < SHEET_HEIGHTS; i++)
        if (u->sheet_heights[i].id == id) free_one = &u->sheet_heights[i];
    if (free_one->id != id || free_one->width < width || free_one->width > width ||
        free_one->text_scale < u->text_scale || free_one->text_scale > u->text_scale)
        *free_one =
            (struct sheet_height){.id = id, .width = width, .text_scale = u->text_scale};
    return free_one;
}

rect ui_sheet_begin(struct ui *u, const char *key, const char *title, float content_height,
                    bool *closed) {
    BELIEVE(u->sheets < SHEET_DEPTH_MAX);
    ui_id_t id = ui_id(u, key);
    scope_push(u, SCOPE_SHEET, id);
    u->id_top = id;
    u->layer = (uint8_t)(LAYER_SHEET + u->sheets++);
    u->clip = (rect){0, 0, u->width, u->height};
    u->scroll_in = 0;
    rect area = ui_area(u);
    bool wide = area.w >= SHEET_WIDE_FROM;
    float pad = wide ? SHEET_PAD : 16;
    float inside = (wide ? SDL_min(SHEET_W_MAX, area.w - 2 * SHEET_EDGE) : area.w) - 2 * pad;
    float close = ui_theme(u)->touch_min, title_w = inside - close - 8;
    float title_h = SDL_max(close, ui_text_height(u, FONT_H2, title, title_w));
    float head = title_h + 2 * 12;
    float known = height_of(u, id, area.w)->height;
    if (known > 0) content_height = known;
    rect panel = panel_rect(u, area, head + content_height + SHEET_BOTTOM);
    u->sheet_panel = panel;
    rect rest = panel, top = rect_cut_top(&rest, head);
    rect cross = {panel.x + panel.w - pad - close + 8, panel.y + 12, close, close};
    *closed = closed_by(u, panel, cross, u->sheets);
    rect_cut_bottom(&rest, SHEET_BOTTOM);
    rect words = {panel.x + pad, top.y + 12, title_w, title_h};
    thing_add(u, "sheet", title, panel);
    ui_label(u, words, title, &(struct label){.font = FONT_H2, .middle = true});
    u->sheet_content[u->sheets - 1] = content_height;
    rect view = rect_inset(rest, pad, 0);
    /* A little wider than its content, so that borders and focus rings are not clipped. */
    view = rect_inset(view, -6, 0);
    rect content = ui_scroll_begin(u, view, "sheet");
    content = rect_inset(content, 6, 0);
    content.h = SDL_max(content_height, view.h);
    u->sheet_top[u->sheets - 1] = u->sheet_reach[u->sheets - 1] = content.y;
    u->sheet_things[u->sheets - 1] = u->things.size / sizeof(struct thing);
    return content;
}

/* 0 when a list inside scrolls by itself: then the height is the screen's own choice. */
static float height_taken(const struct ui *u, int depth) {
    const struct thing *t = (const struct thing *)(const void *)u->things.data;
    float bottom = u->sheet_reach[depth] - u->sheet_top[depth];
    for (size_t i = u->sheet_things[depth], n = u->things.size / sizeof *t; i < n; i++) {
        const struct control *c = t[i].id ? control_find(&u->controls, t[i].id) : NULL;
        if (t[i].layer != u->layer) continue;
        if (c && c->scroll != u->scroll_in) return 0;
        float b = t[i].t.r.y + t[i].t.r.h - u->sheet_top[depth];
        if (b > bottom) bottom = b;
    }
    return bottom;
}

void ui_sheet_reach(struct ui *u, float y) {
    int depth = u->layer - LAYER_SHEET;
    BELIEVE(depth >= 0 && depth < SHEET_DEPTH_MAX);
    u->sheet_reach[depth] = SDL_max(y, u->sheet_reach[depth]);
}

void ui_sheet_end(struct ui *u) {
    int depth = u->layer - LAYER_SHEET;
    BELIEVE(depth >= 0 && depth < SHEET_DEPTH_MAX);
    struct sheet_height *h = height_of(u, u->scopes[u->scope_count - 2].id, ui_area(u).w);
    float taken = height_taken(u, depth);
    if (taken > 0 && (taken > h->height + 1 || taken < h->height - 1)) {
        h->height = taken;
        ui_wake_in(u, 0);
    }
    ui_scroll_end(u, u->sheet_content[depth]);
    scope_pop(u, SCOPE_SHEET);
}

bool ui_sheet_open(const struct ui *u) {
    return u->sheets > 0 || (u->in_frame && u->sheets_last > 0);
}
