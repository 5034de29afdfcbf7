/* evidence_part.c -- see evidence_part.h. */
#include "screen/evidence_part.h"

#include "base/hash.h"
#include "base/text.h"

#define TILE_DP 132.0F
#define TALL    0.75F /* a photo's usual shape */
#define DIM     0.35F
#define PAIR_DP 220.0F
#define LINES   2

int evidence_photos(const struct evidence_list *list) {
    int n = 0;
    for (int i = 0; list && i < list->count; i++)
        n += list->all[i].sort == EVIDENCE_PHOTO;
    return n;
}

/* ---- one picture ---- */

static const struct ui_image *image_of(const struct scene *s, const struct evidence *e,
                                       float longest) {
    const struct ui_image *img = NULL;
    if (!s->image) return NULL;
    if (!hash_is_zero(&e->thumb)) img = s->image(s->image_ctx, &e->thumb, longest);
    if (!img && e->here) img = s->image(s->image_ctx, &e->hash, longest);
    return img;
}

static const char *name_of(struct ui *u, const struct scene *s, const struct evidence *e,
                           int number) {
    if (!text_blank(e->caption)) return e->caption;
    return SAY(u, s, "evidence.photo_number", int_text(ui_arena(u), number));
}

static void draw_image(struct ui *u, const struct scene *s, rect r, const struct evidence *e,
                       const char *name) {
    float radius = ui_theme(u)->radius_button;
    const struct ui_image *img = image_of(s, e, r.w > r.h ? r.w : r.h);
    ui_fill(u, r, COLOR_SOFT, radius);
    if (!img) {
        ui_icon(u, r, e->here ? ICON_IMAGE : ICON_IMAGE_BROKEN, COLOR_MUTE, false, 36);
        return;
    }
    ui_image(u, r, img,
             &(struct image_look){.name = name,
                                  .dim = ui_theme(u)->night ? DIM : 0,
                                  .cover = true,
                                  .radius = radius});
}

struct tile {
    struct ui *u;
    const struct scene *s;
    const struct evidence_to *to;
    enum color ground;
    bool locked; /* no way to the picture */
    float width;
    struct intent out;
};

static float caption_height(struct tile *t, const struct evidence *e) {
    if (text_blank(e->caption)) return 0;
    float h = ui_text_height(t->u, FONT_SMALL, e->caption, t->width);
    float most = ui_line_height(t->u, FONT_SMALL) * LINES;
    return (h < most ? h : most) + ui_theme(t->u)->unit;
}

/* What is not kept yet goes by a cross in its corner; what is kept, from the picture's page. */
static void take_away(struct tile *t, rect r, const struct evidence *e) {
    struct ui *u = t->u;
    float side = ui_theme(u)->touch_min;
    if (e->row || !t->to || t->locked) return;
    rect corner = rect_make(r.x + r.w - side, r.y, side, side);
    ui_fill(u, rect_inset(corner, 6, 6), COLOR_CARD, side);
    if (!ui_icon_button(u, corner, ICON_X, WORD(t->s, "evidence.remove"))) return;
    struct evidence_remove_intent *gone = ARENA_NEW(ui_arena(u), struct evidence_remove_intent);
    *gone = (struct evidence_remove_intent){.to = *t->to, .number = e->number};
    t->out = (struct intent){.kind = INTENT_evidence_remove, .detail = gone};
}

static void draw_tile(struct tile *t, rect r, const struct evidence *e, int number) {
    struct ui *u = t->u;
    rect picture = rect_cut_top(&r, t->width * TALL);
    ui_push(u, e->row ? e->row : -e->number);
    const char *name = name_of(u, t->s, e, number);
    draw_image(u, t->s, picture, e, name);
    if (!text_blank(e->caption)) {
        rect_cut_top(&r, ui_theme(u)->unit);
        ui_label(u, r, e->caption,
                 &(struct label){.font = FONT_SMALL,
                                 .color = COLOR_MUTE,
                                 .ground = t->ground,
                                 .lines_max = LINES});
    }
    take_away(t, picture, e);
    if (e->row && !t->locked) {
        const char *open = SAY(u, t->s, "evidence.open", name);
        if (ui_tap_area(u, picture, open)) t->out = part_go(SCREEN_picture, e->row, 0, "");
    }
    ui_pop(u);
}

static void draw_strip(struct tile *t, rect *area, const struct evidence_list *list) {
    float gap = ui_theme(t->u)->touch_between, x = area->x, line = 0;
    t->width = TILE_DP * (1 + (ui_text_scale(t->u) - 1) * 0.5F);
    if (t->width > area->w) t->width = area->w;
    for (int i = 0, n = 0; i < list->count; i++) {
        const struct evidence *e = &list->all[i];
        if (e->sort != EVIDENCE_PHOTO) continue;
        if (x > area->x && x + t->width > area->x + area->w + 0.5F) {
            rect_cut_top(area, line + gap);
            x = area->x;
            line = 0;
        }
        float h = t->width * TALL + caption_height(t, e);
        draw_tile(t, rect_make(x, area->y, t->width, h), e, ++n);
        if (h > line) line = h;
        x += t->width + gap;
    }
    if (line > 0) rect_cut_top(area, line + gap);
}

struct intent evidence_strip(struct ui *u, const struct scene *s, rect *area,
                             const struct evidence_list *list, const struct evidence_to *to,
                             enum color ground) {
    struct tile t = {.u = u, .s = s, .to = to, .ground = ground};
    ui_push_text(u, "photos");
    draw_strip(&t, area, list);
    ui_pop(u);
    return t.out;
}

void evidence_strip_only(struct ui *u, const struct scene *s, rect *area,
                         const struct evidence_list *list, enum color ground) {
    struct tile t = {.u = u, .s = s, .ground = ground, .locked = true};
    ui_push_text(u, "photos");
    draw_strip(&t, area, list);
    ui_pop(u);
}

/* ---- the buttons ---- */

struct button evidence_photo_button(struct ui *u, const struct scene *s,
                                    const struct evidence_list *list) {
    int n = evidence_photos(list);
    return (struct button){.label = n ? SAY(u, s, "evidence.photos", int_text(ui_arena(u), n))
                                      : WORD(s, "evidence.photo"),
                           .key = "photo",
                           .icon = ICON_CAMERA};
}

struct button evidence_voice_button(const struct voice_part *voice) {
    bool recording =
        voice->s->voice.state == VOICE_RECORDING && voice_is_for(voice->s, &voice->to);
    return (struct button){.label = voice_button(voice),
                           .key = "voice",
                           .icon = ICON_MICROPHONE,
                           .icon_fill = recording};
}

struct intent evidence_photo_go(const struct evidence_to *to) {
    return (struct intent){.kind = INTENT_go, .to = evidence_place(SCREEN_camera, to)};
}

static bool add_button(struct ui *u, rect *row, rect *area, const struct button *b,
                       float *line) {
    float gap = ui_theme(u)->touch_between, w = ui_button_width(u, b);
    if (w > area->w) w = area->w;
    if (w > row->w && row->x > area->x) {
        rect_cut_top(area, *line + gap);
        *row = *area;
        *line = 0;
    }
    float h = ui_button_height(u, b, w, ui_theme(u)->touch_min);
    rect r = rect_cut_left(row, w);
    rect_cut_left(row, gap);
    r.h = h;
    if (h > *line) *line = h;
    return ui_button(u, r, b);
}

struct intent evidence_row(struct ui *u, const struct scene *s, rect *area,
                           const struct evidence_list *list, const struct evidence_to *to,
                           const struct voice_part *voice, enum color ground) {
    struct intent out = {0};
    bool open = !voice || !voice->read_only;
    if (open) {
        rect row = *area;
        float line = 0;
        struct button photo = evidence_photo_button(u, s, list);
        if (add_button(u, &row, area, &photo, &line)) out = evidence_photo_go(to);
        if (voice) {
            struct button b = evidence_voice_button(voice);
            if (add_button(u, &row, area, &b, &line)) voice->state->open = 1;
        }
        rect_cut_top(area, line + ui_theme(u)->touch_between);
    }
    if (list && evidence_photos(list)) {
        struct intent tapped = evidence_strip(u, s, area, list, to, ground);
        if (!out.kind) out = tapped;
    }
    return out;
}

/* ---- before and after ---- */

static void half(struct tile *t, rect r, const struct evidence *e, const char *key) {
    struct ui *u = t->u;
    rect words = rect_cut_top(&r, ui_line_height(u, FONT_TAG) + ui_theme(u)->unit);
    ui_label(u, words, WORD(t->s, key),
             &(struct label){
                 .font = FONT_TAG, .color = COLOR_MUTE, .ground = t->ground, .lines_max = 1});
    t->width = r.w;
    draw_tile(t, r, e, 1);
}

static void pair(struct tile *t, rect *area, const struct evidence *before,
                 const struct evidence *after) {
    struct ui *u = t->u;
    float gap = ui_theme(u)->touch_between, w = (area->w - gap) / 2;
    float most = PAIR_DP * ui_text_scale(u);
    if (w > most) w = most;
    t->width = w;
    float a = caption_height(t, before), b = caption_height(t, after);
    float h = ui_line_height(u, FONT_TAG) + ui_theme(u)->unit + w * TALL + (a > b ? a : b);
    rect row = rect_cut_top(area, h);
    rect_cut_top(area, gap);
    ui_push(u, after->row);
    half(t, rect_cut_left(&row, w), before, "evidence.before");
    rect_cut_left(&row, gap);
    half(t, rect_cut_left(&row, w), after, "evidence.after");
    ui_pop(u);
}

static const struct evidence *row_in(const struct evidence_list *list, int64_t row) {
    for (int i = 0; row && i < list->count; i++)
        if (list->all[i].row == row && list->all[i].sort == EVIDENCE_PHOTO)
            return &list->all[i];
    return NULL;
}

static bool compared(const struct evidence_list *list, const struct evidence *e) {
    if (row_in(list, e->before)) return true;
    for (int i = 0; i < list->count; i++)
        if (e->row && list->all[i].before == e->row) return true;
    return false;
}

struct intent evidence_places(struct ui *u, const struct scene *s, rect *area,
                              const struct evidence_list *list, enum color ground) {
    struct tile t = {.u = u, .s = s, .ground = ground};
    struct evidence *alone = ARENA_ARRAY(ui_arena(u), struct evidence, list->count + 1);
    int n = 0;
    ui_push_text(u, "places");
    for (int i = 0; i < list->count; i++) {
        const struct evidence *e = &list->all[i], *before = row_in(list, e->before);
        if (e->sort != EVIDENCE_PHOTO) continue;
        if (before) pair(&t, area, before, e);
        if (!compared(list, e)) alone[n++] = *e;
    }
    draw_strip(&t, area, &(struct evidence_list){.all = alone, .count = n});
    ui_pop(u);
    return t.out;
}
