/* camera_live.c -- the preview with one large round button under the thumb. By night it is
 * dimmed and there is never a flash. For an action that is looked at again, the old picture
 * lies half transparent over it, so that the new one is taken from the same spot. */
#include "screen/camera_pieces.h"

#include "base/text.h"

#define SHUTTER_DP 88.0F
#define RING_DP    5.0F
#define PANEL_DP   264.0F
#define LOW_DP     380.0F
#define OLD_ALPHA  0.5F
#define OLD_SIDE   1280.0F
#define THUMB_DP   320.0F

static bool live(const struct camera *v) {
    return v->s->camera.state == CAMERA_LIVE && v->s->camera.live;
}

static const struct ui_image *old_picture(struct camera *v) {
    const struct evidence *e = v->m->before;
    if (!e || !v->s->image) return NULL;
    const struct ui_image *img = NULL;
    if (e->here) img = v->s->image(v->s->image_ctx, &e->hash, OLD_SIDE);
    return img ? img : v->s->image(v->s->image_ctx, &e->thumb, THUMB_DP);
}

/* ---- the preview ---- */

static void draw_live(struct camera *v, rect stage) {
    const struct ui_image *now = v->s->camera.live, *old = NULL;
    float radius = ui_theme(v->u)->radius_button;
    rect r = ui_image_place(stage, now->w, now->h);
    ui_image(v->u, r, now,
             &(struct image_look){.name = WORD(v->s, "camera.live"),
                                  .dim = camera_dim(v),
                                  .cover = true,
                                  .radius = radius});
    if (!v->state->alone) old = old_picture(v);
    if (!old) return;
    ui_image(v->u, r, old,
             &(struct image_look){.name = WORD(v->s, "camera.old"),
                                  .alpha = OLD_ALPHA,
                                  .dim = camera_dim(v),
                                  .cover = true,
                                  .radius = radius});
}

/* No camera, or not now: said plainly, with what helps. */
static void no_preview(struct camera *v, rect stage) {
    const struct camera_scene *c = &v->s->camera;
    struct button file = {
        .label = WORD(v->s, "camera.from_file"), .icon = ICON_FOLDER, .role = BUTTON_MAIN};
    struct button again = {.label = WORD(v->s, "common.try_again"),
                           .icon = ICON_ARROWS_CLOCKWISE,
                           .role = BUTTON_MAIN};
    int tapped;
    if (c->state == CAMERA_LOST) {
        file.role = BUTTON_PLAIN;
        const char *why = text_blank(c->problem) ? WORD(v->s, "camera.lost") : c->problem;
        struct button both[2] = {again, file};
        camera_says(v, stage, ICON_CAMERA_SLASH, why, both, 2, &tapped);
        if (tapped == 0) camera_take(v, (struct intent){.kind = INTENT_camera_again});
        if (tapped == 1) v->state->picking = 1;
        return;
    }
    if (c->state == CAMERA_NONE) {
        again.role = BUTTON_QUIET;
        struct button both[2] = {file, again};
        camera_says(v, stage, ICON_CAMERA_SLASH, WORD(v->s, "camera.none"), both, 2, &tapped);
        if (tapped == 0) v->state->picking = 1;
        if (tapped == 1) camera_take(v, (struct intent){.kind = INTENT_camera_again});
        return;
    }
    camera_says(v, stage, ICON_CAMERA, WORD(v->s, "camera.starting"), NULL, 0, &tapped);
}

/* Photos are refused when the disk is nearly full; answers never are. */
static void no_room(struct camera *v, rect stage) {
    struct button free_some = {.label = WORD(v->s, "camera.free_space"),
                               .icon = ICON_HARD_DRIVES,
                               .role = BUTTON_MAIN};
    int tapped;
    camera_says(v, stage, ICON_HARD_DRIVES, WORD(v->s, "camera.no_room"), &free_some, 1,
                &tapped);
    if (tapped == 0) camera_take(v, part_go(SCREEN_settings, 0, 0, ""));
}

/* ---- the panel ---- */

static void shutter(struct camera *v, rect r) {
    bool ready = live(v);
    rect b = rect_center(r, SHUTTER_DP, SHUTTER_DP);
    rect ring = rect_inset(b, -RING_DP, -RING_DP);
    ui_outline(v->u, ring, ready ? COLOR_PRIMARY : COLOR_LINE, ring.w / 2, 2.5F);
    if (ui_button(v->u, b,
                  &(struct button){.label = WORD(v->s, "camera.take"),
                                   .icon = ICON_CAMERA,
                                   .icon_fill = true,
                                   .icon_only = true,
                                   .round = true,
                                   .role = BUTTON_MAIN,
                                   .disabled = !ready}))
        camera_take(v, (struct intent){.kind = INTENT_photo_take});
}

static struct button file_button(struct camera *v) {
    return (struct button){.label = WORD(v->s, "camera.from_file"), .icon = ICON_FOLDER};
}

static bool several(const struct camera *v) {
    return v->s->camera.count > 1;
}

static struct button camera_button(struct camera *v) {
    return (struct button){.label = WORD(v->s, "camera.other"), .icon = ICON_CAMERA_ROTATE};
}

static void other_camera(struct camera *v) {
    const struct camera_scene *c = &v->s->camera;
    camera_take(v, (struct intent){.kind = INTENT_camera_choose,
                                   .number = (c->current + 1) % c->count});
}

static void words(struct camera *v, rect *in) {
    struct ui *u = v->u;
    if (v->s->room_state == ROOM_LOW) {
        part_text(u, in, FONT_SMALL, COLOR_PARTLY, COLOR_BG, WORD(v->s, "camera.low_room"));
        rect_cut_top(in, ui_theme(u)->unit);
    }
    if (!ui_theme(u)->night) return;
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(v->s, "camera.no_flash"));
    rect_cut_top(in, ui_theme(u)->unit);
}

static float toggle_height(struct camera *v, float width) {
    float h = ui_text_height(v->u, FONT_H3, WORD(v->s, "camera.old_on_top"), width - 76) + 16;
    return h < ui_theme(v->u)->touch_min ? ui_theme(v->u)->touch_min : h;
}

static void old_toggle(struct camera *v, rect *in) {
    if (!v->m->before) return;
    rect r = rect_cut_top(in, toggle_height(v, in->w));
    if (ui_toggle(v->u, r, WORD(v->s, "camera.old_on_top"), NULL, !v->state->alone))
        v->state->alone = !v->state->alone;
    rect_cut_top(in, ui_theme(v->u)->gap);
}

static void panel_button(struct camera *v, rect *in, const struct button *b, bool *tapped) {
    float h = ui_button_height(v->u, b, in->w, ui_theme(v->u)->touch_primary);
    rect r = rect_cut_bottom(in, h);
    rect_cut_bottom(in, ui_theme(v->u)->touch_between);
    *tapped = ui_button(v->u, r, b);
}

/* Beside: words at the top, the shutter in the middle, the ways out at the bottom. */
static void panel_beside(struct camera *v, rect in) {
    struct button file = file_button(v), other = camera_button(v);
    bool tapped = false;
    panel_button(v, &in, &file, &tapped);
    if (tapped) v->state->picking = 1;
    if (several(v)) {
        other.sub = v->s->camera.names[v->s->camera.current];
        panel_button(v, &in, &other, &tapped);
        if (tapped) other_camera(v);
    }
    old_toggle(v, &in);
    words(v, &in);
    shutter(v, in);
}

/* Beside the shutter there may be room for a sign alone. */
static struct button small_button(struct camera *v, struct button b, float width) {
    b.icon_top = true;
    b.font = FONT_SMALL;
    b.icon_only = !camera_words_fit(v, b.label, width);
    return b;
}

static float small_height(struct camera *v, const struct button *b, float width) {
    float least = ui_theme(v->u)->touch_answer;
    return b->icon_only ? least : ui_button_height(v->u, b, width, least);
}

static float third_of(struct camera *v, float width) {
    float third = (width - SHUTTER_DP - 4 * ui_theme(v->u)->gap) / 2;
    float most = 180 * ui_text_scale(v->u);
    return third > most ? most : third;
}

static float below_height(struct camera *v, float width) {
    float third = third_of(v, width), h = SHUTTER_DP + 2 * RING_DP;
    struct button file = small_button(v, file_button(v), third),
                  other = small_button(v, camera_button(v), third);
    float b = small_height(v, &file, third), c = small_height(v, &other, third);
    if (b > h) h = b;
    return several(v) && c > h ? c : h;
}

static bool draw_small(struct camera *v, rect r, const struct button *b, float least) {
    float h = small_height(v, b, r.w);
    if (h < least) h = least;
    return ui_button(v->u, rect_center(r, b->icon_only ? h : r.w, h), b);
}

/* Below: the shutter in the middle of the last row, where the thumb is. */
static void panel_below(struct camera *v, rect row) {
    float third = third_of(v, row.w);
    struct button file = small_button(v, file_button(v), third),
                  other = small_button(v, camera_button(v), third);
    rect left = rect_cut_left(&row, third), right = rect_cut_right(&row, third);
    if (draw_small(v, left, &file, 0)) v->state->picking = 1;
    if (several(v) && draw_small(v, right, &other, 0)) other_camera(v);
    shutter(v, row);
}

/* A page that is wide and low: both ways out share one row. */
static void panel_low(struct camera *v, rect in) {
    float gap = ui_theme(v->u)->touch_between;
    int n = several(v) ? 2 : 1;
    float w = rect_column(in, 0, n, gap).w;
    struct button file = small_button(v, file_button(v), w),
                  other = small_button(v, camera_button(v), w);
    float h = small_height(v, &file, w), o = small_height(v, &other, w);
    rect row = rect_cut_bottom(&in, several(v) && o > h ? o : h);
    if (draw_small(v, rect_column(row, n - 1, n, gap), &file, row.h)) v->state->picking = 1;
    if (several(v) && draw_small(v, rect_column(row, 0, n, gap), &other, row.h))
        other_camera(v);
    old_toggle(v, &in);
    if (v->s->room_state == ROOM_LOW)
        part_text(v->u, &in, FONT_SMALL, COLOR_PARTLY, COLOR_BG, WORD(v->s, "camera.low_room"));
    if (ui_theme(v->u)->night)
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_BG,
                  WORD(v->s, "camera.no_flash_low"));
    shutter(v, in);
}

static float words_height(struct camera *v, float width) {
    struct ui *u = v->u;
    float h = 0;
    if (v->s->room_state == ROOM_LOW)
        h += ui_text_height(u, FONT_SMALL, WORD(v->s, "camera.low_room"), width) +
             ui_theme(u)->unit;
    if (ui_theme(u)->night)
        h += ui_text_height(u, FONT_SMALL, WORD(v->s, "camera.no_flash"), width) +
             ui_theme(u)->unit;
    if (v->m->before) h += toggle_height(v, width) + ui_theme(u)->gap;
    return h;
}

static rect cut_panel(struct camera *v, rect *area, bool beside) {
    const struct theme *t = ui_theme(v->u);
    if (!beside) {
        float h = below_height(v, area->w) + words_height(v, area->w) + t->unit;
        rect panel = rect_cut_bottom(area, h);
        rect_cut_bottom(area, t->gap);
        return panel;
    }
    float w = PANEL_DP * (1 + (ui_text_scale(v->u) - 1) * 0.5F);
    rect panel = v->s->left_hand ? rect_cut_left(area, w) : rect_cut_right(area, w);
    if (v->s->left_hand) {
        rect_cut_left(area, t->screen_pad);
    } else {
        rect_cut_right(area, t->screen_pad);
    }
    return panel;
}

/* A file that is let fall on the window is as good as one that is picked. */
static void dropped(struct camera *v) {
    const char *path = ui_dropped(v->u);
    if (path)
        camera_take(v, (struct intent){.kind = INTENT_photo_file,
                                       .text = arena_strdup(ui_arena(v->u), path)});
}

void camera_live(struct camera *v, rect area) {
    const struct theme *t = ui_theme(v->u);
    bool phone = part_width(v->u, area) == WIDTH_PHONE, beside = camera_beside(v, area);
    float pad = phone ? t->gap : t->screen_pad;
    area = rect_inset(area, pad, pad);
    if (v->s->room_state == ROOM_NONE) {
        camera_stage(v, area);
        no_room(v, area);
        return;
    }
    if (v->s->camera.wanted) *v->s->camera.wanted = true;
    dropped(v);
    if (!live(v) && v->s->camera.state != CAMERA_STARTING &&
        v->s->camera.state != CAMERA_CLOSED) {
        camera_stage(v, area);
        no_preview(v, area);
        camera_files(v);
        return;
    }
    rect panel = cut_panel(v, &area, beside);
    camera_stage(v, area);
    if (live(v)) {
        draw_live(v, area);
    } else {
        no_preview(v, area);
    }
    if (beside && panel.h < LOW_DP * ui_text_scale(v->u)) {
        panel_low(v, panel);
    } else if (beside) {
        panel_beside(v, panel);
    } else {
        old_toggle(v, &panel);
        words(v, &panel);
        rect_cut_top(&panel, t->unit);
        panel_below(v, panel);
    }
    camera_files(v);
}
