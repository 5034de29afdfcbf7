/* camera.c -- a photo: what comes before it, the preview, the shot, and keeping it.
 *
 * Journey: a Photo button → here → intents photo_* → app/shot.c → attachment.
 * What must be so before there is a button to take one (PEOPLE.md): the reminder was read, once
 * a check; in a bedroom, and wherever nobody said what sort of place it is, it was said that
 * nobody is in it. Both hold for pictures from a file too.
 *
 *   reminder, room → preview ─ take, file → shot ─ keep → back where one came from
 *                       ↑────────── again ───┘ */
#include "screen/camera_pieces.h"

#include "base/text.h"

#define SAID_HOLDS_MS (5 * 60000) /* rooms fill again */
#define COLUMN_DP     620.0F
#define DIM_AT_NIGHT  0.5F

void camera_take(struct camera *v, struct intent in) {
    if (in.kind && !v->out.kind) v->out = in;
}

bool camera_beside(struct camera *v, rect area) {
    (void)v;
    return area.w > area.h * 1.1F && area.w >= 560 * ui_text_scale(v->u);
}

bool camera_words_fit(struct camera *v, const char *words, float width) {
    while (*words) {
        size_t n = strcspn(words, " ");
        const char *one = arena_strndup(ui_arena(v->u), words, n);
        if (ui_text_width(v->u, FONT_TAG, one) + 18 > width) return false;
        words += n + (words[n] == ' ');
    }
    return true;
}

float camera_dim(const struct camera *v) {
    return ui_theme(v->u)->night ? DIM_AT_NIGHT : 0;
}

/* ---- before the first one ---- */

static bool reminder_due(const struct camera *v) {
    return v->m->first && !v->state->understood;
}

static bool room_due(const struct camera *v) {
    const struct camera_state *st = v->state;
    int64_t age = v->s->boot_ms - st->said_boot;
    if (v->m->where == CAMERA_SHARED) return false;
    bool said = st->said == SAID_NOBODY ||
                (st->said == SAID_NO_BEDROOM && v->m->where == CAMERA_SOMEWHERE);
    return !said || age < 0 || age > SAID_HOLDS_MS;
}

static void said(struct camera *v, enum camera_said what) {
    v->state->said = (int32_t)what;
    v->state->said_boot = v->s->boot_ms;
    if (what != SAID_SOMEBODY) v->state->understood = 1;
}

static bool wide_button(struct camera *v, rect *in, const struct button *b) {
    float h = ui_button_height(v->u, b, in->w, ui_theme(v->u)->touch_answer);
    bool tapped = ui_button(v->u, rect_cut_top(in, h), b);
    rect_cut_top(in, ui_theme(v->u)->touch_between);
    return tapped;
}

/* Where one is, when the list of places does not say it. */
static void ask_where(struct camera *v, rect *in) {
    struct button shared = {.label = WORD(v->s, "camera.no_bedroom"), .icon = ICON_DOOR_OPEN},
                  bedroom = {.label = WORD(v->s, "camera.bedroom_nobody"), .icon = ICON_BED},
                  somebody = {.label = WORD(v->s, "camera.somebody"), .icon = ICON_USER};
    part_text(v->u, in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "camera.which_room"));
    rect_cut_top(in, ui_theme(v->u)->gap);
    if (wide_button(v, in, &shared)) said(v, SAID_NO_BEDROOM);
    if (wide_button(v, in, &bedroom)) said(v, SAID_NOBODY);
    if (wide_button(v, in, &somebody)) said(v, SAID_SOMEBODY);
}

static void ask_nobody(struct camera *v, rect *in) {
    struct button nobody = {
        .label = WORD(v->s, "camera.nobody"), .icon = ICON_CHECK, .role = BUTTON_MAIN};
    struct button somebody = {.label = WORD(v->s, "camera.somebody"), .icon = ICON_USER};
    part_text(v->u, in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "camera.anybody"));
    rect_cut_top(in, ui_theme(v->u)->gap);
    if (wide_button(v, in, &nobody)) said(v, SAID_NOBODY);
    if (wide_button(v, in, &somebody)) said(v, SAID_SOMEBODY);
}

static void somebody_is_here(struct camera *v, rect *in) {
    struct button back = {.label = WORD(v->s, "camera.no_photo_back"),
                          .icon = ICON_ARROW_LEFT,
                          .role = BUTTON_MAIN};
    struct button again = {.label = WORD(v->s, "camera.ask_again"), .role = BUTTON_QUIET};
    part_text(v->u, in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "camera.no_photo"));
    rect_cut_top(in, ui_theme(v->u)->unit * 2);
    part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "camera.no_photo_text"));
    rect_cut_top(in, ui_theme(v->u)->gap * 1.5F);
    if (wide_button(v, in, &back)) camera_take(v, (struct intent){.kind = INTENT_back});
    if (wide_button(v, in, &again)) v->state->said = SAID_NOTHING;
}

static void reminder(struct camera *v, rect *in) {
    struct ui *u = v->u;
    static const char *const lines[] = {"camera.remind_people", "camera.remind_names",
                                        "camera.remind_cover"};
    static const enum icon icons[] = {ICON_USER, ICON_IDENTIFICATION_CARD, ICON_CHECKERBOARD};
    part_text(u, in, FONT_H1, COLOR_INK, COLOR_CARD, WORD(v->s, "camera.remind"));
    rect_cut_top(in, ui_theme(u)->gap);
    for (int i = 0; i < 3; i++) {
        rect row = *in, left = rect_cut_left(&row, 40);
        float top = row.y;
        part_text(u, &row, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, lines[i]));
        ui_icon(u, rect_make(left.x, top, 28, ui_line_height(u, FONT_BODY)), icons[i],
                COLOR_PRIMARY, false, 24);
        rect_cut_top(in, row.y - top + ui_theme(u)->gap);
    }
    rect_cut_top(in, ui_theme(u)->unit);
}

static void before(struct camera *v, rect area) {
    struct ui *u = v->u;
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect page = ui_scroll_begin(u, area, "before"), column = rect_inset(page, pad, pad);
    float widest = COLUMN_DP * ui_text_scale(u);
    if (column.w > widest)
        column = rect_make(column.x + (column.w - widest) / 2, column.y, widest, column.h);
    struct card card;
    rect in = part_card_begin(u, &column, &card, COLOR_LINE);
    bool remind = reminder_due(v), room = room_due(v);
    if (room && v->state->said == SAID_SOMEBODY) {
        somebody_is_here(v, &in);
    } else {
        if (remind) reminder(v, &in);
        struct button go = {.label = WORD(v->s, "common.understood"), .role = BUTTON_MAIN};
        if (room && v->m->where == CAMERA_BEDROOM) {
            ask_nobody(v, &in);
        } else if (room) {
            ask_where(v, &in);
        } else if (wide_button(v, &in, &go)) {
            v->state->understood = 1;
        }
    }
    in.y -= ui_theme(u)->touch_between;
    part_card_end(u, &column, &card, in);
    ui_scroll_end(u, column.y - page.y);
}

/* ---- what every state shows ---- */

void camera_stage(struct camera *v, rect r) {
    ui_fill(v->u, r, COLOR_RAIL, ui_theme(v->u)->radius_card);
}

void camera_says(struct camera *v, rect r, enum icon icon, const char *text,
                 const struct button *b, int n, int *tapped) {
    struct ui *u = v->u;
    const struct theme *t = ui_theme(u);
    *tapped = -1;
    rect in = rect_inset(r, t->gap, t->gap);
    float widest = 460 * ui_text_scale(u);
    if (in.w > widest) in = rect_center(in, widest, in.h);
    float icon_h = 56, h = icon_h + t->gap + ui_text_height(u, FONT_H3, text, in.w) + t->gap;
    for (int i = 0; i < n; i++)
        h += ui_button_height(u, &b[i], in.w, t->touch_primary) + t->touch_between;
    if (h < in.h) in = rect_center(in, in.w, h);
    rect page = ui_scroll_begin(u, in, "says");
    float top = page.y;
    ui_icon(u, rect_cut_top(&page, icon_h), icon, COLOR_MUTE, false, 44);
    rect_cut_top(&page, t->gap);
    rect_cut_top(&page,
                 ui_label(u, page, text,
                          &(struct label){
                              .font = FONT_H3, .ground = COLOR_RAIL, .align = ALIGN_CENTER}));
    rect_cut_top(&page, t->gap);
    for (int i = 0; i < n; i++) {
        float bh = ui_button_height(u, &b[i], page.w, t->touch_primary);
        if (ui_button(u, rect_cut_top(&page, bh), &b[i])) *tapped = i;
        rect_cut_top(&page, t->touch_between);
    }
    ui_scroll_end(u, page.y - top);
}

static void sealed(struct camera *v, rect area) {
    int tapped;
    camera_says(v, area, ICON_LOCK, WORD(v->s, "camera.sealed"), NULL, 0, &tapped);
}

struct intent camera_keep(struct camera *v) {
    struct arena *f = ui_arena(v->u);
    const char *text = ui_field_text(v->u, v->caption);
    struct photo_intent *p = ARENA_NEW(f, struct photo_intent);
    *p = (struct photo_intent){
        .to = v->to,
        .caption = text ? text_trim(f, text) : "",
        .nobody = v->state->said == SAID_NOBODY && v->m->where != CAMERA_SHARED,
    };
    return (struct intent){
        .kind = INTENT_photo_keep, .detail = p, .draft = v->caption, .back_after = true};
}

struct intent camera_drop(struct camera *v) {
    v->state->tool = 0;
    v->state->zoom = (struct ui_zoom){0};
    return (struct intent){.kind = INTENT_photo_drop, .draft = v->caption};
}

/* Leaving with a photo that is not kept would lose it: that takes a word. */
static void leaving_sheet(struct camera *v) {
    struct ui *u = v->u;
    bool closed = false;
    if (!v->state->leaving) return;
    struct button keep = {.label = WORD(v->s, "camera.keep"),
                          .key = "leave-keep",
                          .icon = ICON_CHECK,
                          .role = BUTTON_MAIN};
    struct button drop = {.label = WORD(v->s, "camera.do_not_keep"), .icon = ICON_TRASH};
    float least = ui_theme(u)->touch_answer, gap = ui_theme(u)->touch_between;
    rect in = ui_sheet_begin(u, "leaving", WORD(v->s, "camera.leave_title"),
                             2 * (least * ui_text_scale(u) + gap), &closed);
    rect column = ui_scroll_begin(u, in, "leave");
    float top = column.y;
    if (wide_button(v, &column, &keep)) {
        camera_take(v, camera_keep(v));
        closed = true;
    }
    if (wide_button(v, &column, &drop)) {
        struct intent in_drop = camera_drop(v);
        in_drop.back_after = true;
        camera_take(v, in_drop);
        closed = true;
    }
    ui_scroll_end(u, column.y - top);
    ui_sheet_end(u);
    if (closed) v->state->leaving = 0;
}

static const char *subtitle(struct camera *v) {
    const struct camera_model *m = v->m;
    bool brief = part_width(v->u, ui_area(v->u)) == WIDTH_PHONE && ui_text_scale(v->u) > 1.3F;
    if (brief) return m->place; /* the picture needs the room */
    if (text_blank(m->place)) return m->about;
    if (text_blank(m->about)) return m->place;
    return arena_printf(ui_arena(v->u), "%s · %s", m->place, m->about);
}

static void header(struct camera *v, rect *area) {
    enum shot_status shot = v->s->shot.state;
    bool there = shot == SHOT_READY || shot == SHOT_KEEPING;
    struct header_result r =
        part_header(v->u, v->s, area,
                    &(struct header){.title = WORD(v->s, v->m->before ? "camera.title_after"
                                                                      : "camera.title"),
                                     .sub = subtitle(v),
                                     .close = true,
                                     .no_saved = true,
                                     .main = there ? WORD(v->s, "camera.keep") : NULL,
                                     .main_icon = ICON_CHECK,
                                     .main_disabled = shot == SHOT_KEEPING});
    if (r.tap == HEADER_MAIN) camera_take(v, camera_keep(v));
    bool back = !ui_sheet_open(v->u) && ui_back_pressed(v->u);
    if (r.tap != HEADER_BACK && !back) return;
    if (shot == SHOT_READY) {
        v->state->leaving = 1;
    } else if (shot == SHOT_READING || shot == SHOT_REFUSED) {
        struct intent drop = camera_drop(v);
        drop.back_after = true;
        camera_take(v, drop);
    } else {
        camera_take(v, (struct intent){.kind = INTENT_back});
    }
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct camera v = {.u = u, .s = s, .m = model, .state = state};
    struct place p = {.row = v.m->visit, .other = v.m->row};
    text_copy(p.word, sizeof p.word, v.m->item);
    text_copy(p.word2, sizeof p.word2, v.m->what);
    v.to = evidence_of_place(&p);
    v.caption = arena_printf(ui_arena(u), "camera/%s/%lld/%lld/%s/caption", v.m->what,
                             (long long)v.m->visit, (long long)v.m->row, v.m->item);
    header(&v, &area);
    if (v.m->sealed) {
        sealed(&v, area);
    } else if (s->shot.state != SHOT_NONE) {
        camera_shot(&v, area);
    } else if (s->room_state != ROOM_NONE && (reminder_due(&v) || room_due(&v))) {
        /* nobody is asked about the room for a photo that cannot be kept */
        before(&v, area);
    } else {
        camera_live(&v, area);
    }
    leaving_sheet(&v);
    return v.out;
}

const struct screen screen_camera = {
    .name = "camera", .state_size = sizeof(struct camera_state), .draw = draw};
_Static_assert(sizeof(struct camera_state) <= SCREEN_STATE_MAX,
               "the camera page's state is kept as a draft");
