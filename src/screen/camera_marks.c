/* camera_marks.c -- the shot: looked at, pointed at, covered where it must not be kept, named
 * in words, and kept. Marks are burnt in at once (app/shot.c); until the photo is kept the last
 * one can be taken back. What is kept covered can never be uncovered. */
#include "screen/camera_pieces.h"

#include <math.h>

#include "base/text.h"
#include "screen/name_note.h"

#define PANEL_DP     372.0F
#define STAGE_PART   0.55F
#define STAGE_TYPING 0.34F
#define STAGE_LEAST  150.0F
#define LINE_DP      5.0F
#define COVER_PART   0.04F /* of the longer side, as it will be covered */
#define ROUND_POINTS 40
#define CAPTION_MOST 300

enum { TOOLS = 4 };
static const struct {
    enum camera_tool tool;
    const char *label, *hint;
    enum icon icon;
} tools[TOOLS] = {
    {TOOL_ARROW, "camera.arrow", "camera.arrow_hint", ICON_ARROW_UP_RIGHT},
    {TOOL_CIRCLE, "camera.circle", "camera.circle_hint", ICON_CIRCLE},
    {TOOL_PEN, "camera.pen", "camera.pen_hint", ICON_PENCIL_SIMPLE},
    {TOOL_COVER, "camera.cover", "camera.cover_hint", ICON_CHECKERBOARD},
};

/* ---- the picture and the finger on it ---- */

/* The whole picture as it lies now, also what is outside of the stage. */
static rect picture_place(const struct camera *v, rect stage) {
    const struct ui_image *img = v->s->shot.image;
    struct ui_zoom z = v->state->zoom;
    rect whole = ui_image_place(stage, img->w, img->h);
    if (!(z.zoom > 1)) return whole;
    float w = whole.w * z.zoom, h = whole.h * z.zoom;
    float cx = stage.x + stage.w / 2, cy = stage.y + stage.h / 2;
    return rect_make(cx - z.x * w, cy - z.y * h, w, h);
}

static float within(float part) {
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

/* From parts of what is seen to parts of the whole picture. */
static float *parts_of_picture(struct camera *v, rect seen, rect whole, const float *points,
                               int count) {
    float *out = ARENA_ARRAY(ui_arena(v->u), float, 2 * count + 2);
    for (int i = 0; i < count; i++) {
        out[2 * i] = within((seen.x + points[2 * i] * seen.w - whole.x) / whole.w);
        out[2 * i + 1] = within((seen.y + points[2 * i + 1] * seen.h - whole.y) / whole.h);
    }
    return out;
}

/* An arrow and a circle are told by where the finger began and where it is. */
static int only_ends(const struct camera *v, float *points, int count) {
    bool ends = v->state->tool == TOOL_ARROW || v->state->tool == TOOL_CIRCLE;
    if (!ends || count < 2) return count;
    points[2] = points[2 * count - 2];
    points[3] = points[2 * count - 1];
    return 2;
}

static void show_circle(struct camera *v, rect seen, const float *p) {
    float round[2 * ROUND_POINTS];
    float cx = (p[0] + p[2]) / 2, cy = (p[1] + p[3]) / 2;
    float rx = (p[2] - p[0]) / 2, ry = (p[3] - p[1]) / 2;
    for (int i = 0; i < ROUND_POINTS; i++) {
        float at = 6.2831853F * (float)i / (ROUND_POINTS - 1);
        round[2 * i] = cx + rx * cosf(at);
        round[2 * i + 1] = cy + ry * sinf(at);
    }
    ui_polyline(v->u, seen, round, ROUND_POINTS, COLOR_NOT_MET, LINE_DP);
}

/* As it is drawn; the mark itself appears in the picture when the finger lifts. */
static void show_stroke(struct camera *v, rect seen, rect whole, const float *points,
                        int count) {
    if (count < 2) return;
    const float *last = points + 2 * (count - 1);
    float ends[4] = {points[0], points[1], last[0], last[1]};
    if (v->state->tool == TOOL_CIRCLE)
        show_circle(v, seen, ends);
    else if (v->state->tool == TOOL_ARROW)
        ui_polyline(v->u, seen, ends, 2, COLOR_NOT_MET, LINE_DP);
    else if (v->state->tool == TOOL_PEN)
        ui_polyline(v->u, seen, points, count, COLOR_NOT_MET, LINE_DP);
    else
        ui_polyline(v->u, seen, points, count, COLOR_NA,
                    COVER_PART * (whole.w > whole.h ? whole.w : whole.h));
}

static void draw_on_it(struct camera *v, rect stage) {
    rect whole = picture_place(v, stage), seen = rect_overlap(stage, whole);
    if (whole.w < 1 || whole.h < 1) return;
    struct ui_stroke k = ui_stroke(v->u, seen, "mark", WORD(v->s, "camera.draw_here"));
    if (!k.count) return;
    show_stroke(v, seen, whole, k.points, k.count);
    if (!k.done) return;
    float *points = parts_of_picture(v, seen, whole, k.points, k.count);
    struct mark_intent *m = ARENA_NEW(ui_arena(v->u), struct mark_intent);
    *m = (struct mark_intent){.sort = v->state->tool - 1, .points = points};
    m->count = only_ends(v, points, k.count);
    bool dot = m->count < 2 && v->state->tool != TOOL_COVER && v->state->tool != TOOL_PEN;
    if (!dot) camera_take(v, (struct intent){.kind = INTENT_photo_mark, .detail = m});
}

static void working(struct camera *v, rect stage, const char *key) {
    struct ui *u = v->u;
    float part = (float)v->s->shot.progress, h = ui_line_height(u, FONT_H3) + 26;
    rect box = rect_center(stage, stage.w < 340 ? stage.w - 24 : 320, h + 24);
    ui_fill(u, box, COLOR_CARD, ui_theme(u)->radius_button);
    rect in = rect_inset(box, 16, 12);
    ui_label(u, in, WORD(v->s, key),
             &(struct label){
                 .font = FONT_H3, .ground = COLOR_CARD, .align = ALIGN_CENTER, .lines_max = 1});
    struct segment done = {part > 1 ? 1 : part, COLOR_PRIMARY};
    ui_bar(u, rect_cut_bottom(&in, 10), &done, 1, COLOR_SOFT, WORD(v->s, key));
}

static void stage_of_shot(struct camera *v, rect stage) {
    const struct shot_scene *shot = &v->s->shot;
    camera_stage(v, stage);
    if (shot->image) {
        ui_image(v->u, stage, shot->image,
                 &(struct image_look){.name = WORD(v->s, "camera.shot"),
                                      .zoom = v->state->zoom,
                                      .dim = camera_dim(v)});
        bool still = shot->state == SHOT_READY && !v->state->leaving;
        if (still && v->state->tool) {
            draw_on_it(v, stage);
        } else if (still) {
            ui_pinch(v->u, stage, WORD(v->s, "camera.look_closer"), shot->image->w,
                     shot->image->h, &v->state->zoom);
        }
    }
    if (shot->state == SHOT_READING) working(v, stage, "camera.reading");
    if (shot->state == SHOT_KEEPING) working(v, stage, "camera.keeping");
}

/* ---- the panel ---- */

static int tool_at(const struct camera *v) {
    for (int i = 0; i < TOOLS; i++)
        if ((int)tools[i].tool == v->state->tool) return i;
    return -1;
}

/* All four in one row where their words fit below their signs, else as other options stand. */
static int tool_buttons(struct camera *v, rect *in, int now) {
    struct ui *u = v->u;
    float gap = ui_theme(u)->unit * 2, tall = ui_theme(u)->touch_answer;
    struct button b[TOOLS];
    struct option o[TOOLS];
    rect row = *in;
    bool fit = true;
    for (int i = 0; i < TOOLS; i++) {
        const char *label = WORD(v->s, tools[i].label);
        b[i] = (struct button){.label = label,
                               .icon = tools[i].icon,
                               .icon_top = true,
                               .role = BUTTON_MAIN,
                               .outline_only = true,
                               .selected = i == now,
                               .font = FONT_SMALL};
        o[i] = (struct option){.label = label,
                               .icon = tools[i].icon,
                               .role = BUTTON_MAIN,
                               .small = true,
                               .outline_only = true};
        float each = rect_column(row, i, TOOLS, gap).w;
        if (!camera_words_fit(v, label, each)) fit = false;
        float h = ui_button_height(u, &b[i], each, tall);
        if (h > tall) tall = h;
    }
    if (!fit) return part_options(u, in, "tools", o, TOOLS, now, ui_theme(u)->touch_primary);
    int tapped = -1;
    row = rect_cut_top(in, tall);
    rect_cut_top(in, ui_theme(u)->gap);
    for (int i = 0; i < TOOLS; i++)
        if (ui_button(u, rect_column(row, i, TOOLS, gap), &b[i])) tapped = i;
    return tapped;
}

static void tool_row(struct camera *v, rect *in) {
    int now = tool_at(v), tapped = tool_buttons(v, in, now);
    if (tapped >= 0) v->state->tool = tapped == now ? TOOL_NONE : (int32_t)tools[tapped].tool;
    now = tool_at(v);
    part_text(v->u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG,
              WORD(v->s, now < 0 ? "camera.closer_hint" : tools[now].hint));
    if (v->state->tool == TOOL_COVER)
        part_text(v->u, in, FONT_SMALL, COLOR_PARTLY, COLOR_BG,
                  WORD(v->s, "camera.cover_for_good"));
    rect_cut_top(in, ui_theme(v->u)->gap);
}

static void undo_mark(struct camera *v, rect *in) {
    struct button b = {.label = WORD(v->s, "camera.undo_mark"),
                       .icon = ICON_ARROW_U_UP_LEFT,
                       .font = FONT_SMALL,
                       .disabled = v->s->shot.marks == 0};
    float w = ui_button_width(v->u, &b);
    if (w > in->w) w = in->w;
    float h = ui_button_height(v->u, &b, w, ui_theme(v->u)->touch_min);
    rect r = rect_cut_top(in, h);
    r.w = w;
    if (ui_button(v->u, r, &b)) camera_take(v, (struct intent){.kind = INTENT_photo_unmark});
    rect_cut_top(in, ui_theme(v->u)->gap);
}

static void caption(struct camera *v, rect *in) {
    struct field f = {.key = v->caption,
                      .name = WORD(v->s, "camera.caption"),
                      .hint = WORD(v->s, "camera.caption_hint"),
                      .lines = 1,
                      .bytes_max = CAPTION_MOST,
                      .ground = COLOR_CARD};
    part_text(v->u, in, FONT_H3, COLOR_INK, COLOR_BG, WORD(v->s, "camera.caption"));
    rect_cut_top(in, ui_theme(v->u)->unit * 2);
    ui_field(v->u, rect_cut_top(in, ui_field_height(v->u, &f, in->w)), &f);
    name_note(v->u, v->s, in, v->caption, COLOR_BG);
    rect_cut_top(in, ui_theme(v->u)->gap);
}

static void again(struct camera *v, rect *in) {
    struct button b = {
        .label = WORD(v->s, "camera.again"), .icon = ICON_CAMERA, .role = BUTTON_QUIET};
    float h = ui_button_height(v->u, &b, in->w, ui_theme(v->u)->touch_primary);
    if (ui_button(v->u, rect_cut_top(in, h), &b)) camera_take(v, camera_drop(v));
}

static void panel(struct camera *v, rect area) {
    rect page = ui_scroll_begin(v->u, area, "panel");
    float top = page.y;
    rect in = rect_inset(page, 3, 3); /* the focus ring */
    if (!ui_keyboard_up(v->u)) {
        tool_row(v, &in);
        undo_mark(v, &in);
    }
    caption(v, &in);
    again(v, &in);
    ui_scroll_end(v->u, in.y - top + 3);
}

static void refused(struct camera *v, rect area) {
    struct button back = {.label = WORD(v->s, "camera.refused_back"), .role = BUTTON_MAIN};
    const char *why = v->s->shot.problem;
    int tapped;
    camera_stage(v, area);
    camera_says(v, area, ICON_IMAGE_BROKEN,
                text_blank(why) ? WORD(v->s, "camera.refused") : why, &back, 1, &tapped);
    if (tapped == 0) camera_take(v, camera_drop(v));
}

static rect cut_stage(struct camera *v, rect *area) {
    const struct theme *t = ui_theme(v->u);
    if (camera_beside(v, *area)) {
        float w = PANEL_DP * (1 + (ui_text_scale(v->u) - 1) * 0.5F), pad = t->screen_pad;
        if (w > area->w * 0.46F) w = area->w * 0.46F;
        rect stage = v->s->left_hand ? rect_cut_right(area, area->w - w - pad)
                                     : rect_cut_left(area, area->w - w - pad);
        if (v->s->left_hand) {
            rect_cut_right(area, pad);
        } else {
            rect_cut_left(area, pad);
        }
        return stage;
    }
    float part = ui_keyboard_up(v->u) ? STAGE_TYPING : STAGE_PART, h = area->h * part;
    if (h < STAGE_LEAST) h = STAGE_LEAST;
    rect stage = rect_cut_top(area, h);
    rect_cut_top(area, t->gap);
    return stage;
}

void camera_shot(struct camera *v, rect area) {
    const struct theme *t = ui_theme(v->u);
    float pad = part_width(v->u, area) == WIDTH_PHONE ? t->gap : t->screen_pad;
    area = rect_inset(area, pad, pad);
    if (v->s->shot.state == SHOT_REFUSED) {
        refused(v, area);
        return;
    }
    if (v->s->shot.state == SHOT_READING) {
        stage_of_shot(v, area);
        return;
    }
    rect stage = cut_stage(v, &area);
    stage_of_shot(v, stage);
    panel(v, area);
}
