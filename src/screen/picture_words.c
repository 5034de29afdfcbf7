/* picture_words.c -- what belongs to a photo: its caption, when, who, where, what it is there
 * for. */
#include "base/hash.h"
#include "base/text.h"
#include "screen/name_note.h"
#include "screen/picture_pieces.h"

#define LINE_ICON_DP 26.0F

void picture_take(struct picture_page *p, struct intent in) {
    if (p->in.kind == INTENT_none) p->in = in;
}

/* ---- a pair ---- */

static struct button hold_button(const struct picture_page *p) {
    return (struct button){.label = WORD(p->s, "picture.hold"),
                           .key = "hold",
                           .icon = ICON_CLOCK,
                           .role = BUTTON_AMBER};
}

static struct button way_button(const struct picture_page *p) {
    bool over = p->state->over;
    return (struct button){.label = WORD(p->s, over ? "picture.beside" : "picture.over"),
                           .key = "way",
                           .icon = over ? ICON_COLUMNS : ICON_IMAGES};
}

float picture_pair_height(struct picture_page *p, float width) {
    if (!p->m->before) return 0;
    const struct theme *t = ui_theme(p->u);
    struct button way = way_button(p), hold = hold_button(p);
    float h = ui_button_height(p->u, &way, width, t->touch_primary) + t->gap;
    if (p->state->over) h += ui_button_height(p->u, &hold, width, t->touch_primary) + t->gap;
    return h;
}

/* Held, it shows the earlier one as long as the finger stays; a tap, or a key, changes over. */
void picture_pair(struct picture_page *p, rect *area) {
    struct ui *u = p->u;
    const struct theme *t = ui_theme(u);
    if (!p->m->before) return;
    struct button way = way_button(p), hold = hold_button(p);
    if (p->state->over) {
        hold.selected = p->state->shows_before;
        float h = ui_button_height(u, &hold, area->w, t->touch_primary);
        bool tapped = ui_button(u, rect_cut_top(area, h), &hold);
        p->before_now = ui_held(u);
        ui_pressed_long(u); /* lifting it after that is no tap */
        if (tapped) p->state->shows_before = !p->state->shows_before;
        rect_cut_top(area, t->gap);
    }
    float h = ui_button_height(u, &way, area->w, t->touch_primary);
    if (ui_button(u, rect_cut_top(area, h), &way)) {
        p->state->over = !p->state->over;
        p->state->shows_before = false;
        ui_wake_in(u, 0);
    }
    rect_cut_top(area, t->gap);
}

/* ---- words ---- */

/* Of a pair both are seen: the words, and taking away, are about one of them. */
static const char *of_pair(const struct picture_page *p, const char *one, const char *first,
                           const char *later) {
    const struct picture_model *m = p->m;
    if (!m->before || !m->after) return WORD(p->s, one);
    return WORD(p->s, m->after->row == m->row ? later : first);
}

static void caption(struct picture_page *p, rect *in) {
    struct ui *u = p->u;
    const struct picture_model *m = p->m;
    const char *name =
        of_pair(p, "picture.caption", "picture.caption_first", "picture.caption_later");
    part_heading(u, in, name);
    if (m->fixed) {
        bool none = text_blank(m->photo.caption);
        part_text(u, in, FONT_BODY, none ? COLOR_MUTE : COLOR_INK, COLOR_BG,
                  none ? WORD(p->s, "picture.no_caption") : m->photo.caption);
        rect_cut_top(in, ui_theme(u)->gap);
        return;
    }
    struct field f = {.key =
                          arena_printf(ui_arena(u), "picture/%lld/caption", (long long)m->row),
                      .initial = m->photo.caption,
                      .hint = WORD(p->s, "picture.caption_hint"),
                      .name = name,
                      .lines = 2,
                      .bytes_max = 500,
                      .ground = COLOR_CARD};
    struct field_result r = ui_field(u, rect_cut_top(in, ui_field_height(u, &f, in->w)), &f);
    name_note(u, p->s, in, f.key, COLOR_BG);
    rect_cut_top(in, ui_theme(u)->gap);
    if (r.left)
        picture_take(p, (struct intent){.kind = INTENT_evidence_caption,
                                        .row = m->row,
                                        .text = r.text,
                                        .draft = f.key});
}

static void line(struct picture_page *p, rect *in, enum icon icon, const char *text) {
    struct ui *u = p->u;
    rect r = *in;
    rect sign = rect_cut_left(&r, LINE_ICON_DP + 8);
    float h = ui_text_height(u, FONT_SMALL, text, r.w);
    float first = ui_line_height(u, FONT_SMALL);
    ui_icon(u, rect_make(sign.x, sign.y, LINE_ICON_DP, first), icon, COLOR_MUTE, false, 20);
    ui_label(u, r, text, &(struct label){.font = FONT_SMALL});
    rect_cut_top(in, h + ui_theme(u)->unit * 2);
}

static void facts(struct picture_page *p, rect *in) {
    struct ui *u = p->u;
    const struct evidence *e = &p->m->photo;
    bool file = text_equal(e->source, "file");
    line(p, in, ICON_CLOCK,
         SAY(u, p->s, file ? "picture.from_file" : "picture.taken",
             time_day_hm(ui_arena(u), e->at)));
    if (!text_blank(p->m->who)) line(p, in, ICON_USER, SAY(u, p->s, "picture.by", p->m->who));
    if (!text_blank(p->m->where))
        line(p, in, ICON_MAP_PIN, SAY(u, p->s, "picture.where", p->m->where));
    if (e->nobody) line(p, in, ICON_CHECK_CIRCLE, WORD(p->s, "picture.nobody"));
    if (!e->here)
        line(p, in, ICON_CLOUD_CHECK,
             WORD(p->s, hash_is_zero(&e->thumb) ? "picture.not_here" : "picture.small_only"));
}

static void about(struct picture_page *p, rect *in) {
    static const char *const keys[] = {[ABOUT_QUESTION] = "picture.about_question",
                                       [ABOUT_SEEN] = "picture.about_seen",
                                       [ABOUT_SAID] = "picture.about_said",
                                       [ABOUT_ACTION] = "picture.about_action"};
    struct ui *u = p->u;
    const struct picture_model *m = p->m;
    if (!m->about) return;
    rect_cut_top(in, ui_theme(u)->unit);
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(p->s, keys[m->about]));
    if (!text_blank(m->reference)) {
        float h = ui_line_height(u, FONT_TAG) + 10;
        const char *name = part_reference(u, m->must, m->reference);
        rect r = rect_cut_top(in, h + 6);
        part_reference_tag(u, rect_make(r.x, r.y, ui_tag_width(u, name), h), m->reference,
                           m->must);
    }
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_BG, m->about_words);
    rect_cut_top(in, ui_theme(u)->gap);
}

static void take_away(struct picture_page *p, rect *in) {
    struct ui *u = p->u;
    if (p->m->fixed) {
        line(p, in, ICON_LOCK, WORD(p->s, "picture.fixed"));
        return;
    }
    struct button b = {
        .label = of_pair(p, "picture.take_away", "picture.take_first", "picture.take_later"),
        .key = "take_away",
        .icon = ICON_TRASH,
        .role = BUTTON_PLAIN};
    float h = ui_button_height(u, &b, in->w, ui_theme(u)->touch_primary);
    if (ui_button(u, rect_cut_top(in, h), &b))
        picture_take(p, (struct intent){.kind = INTENT_evidence_remove,
                                        .row = p->m->row,
                                        .undo = "picture.taken_away",
                                        .back_after = true});
}

void picture_words(struct picture_page *p, rect view) {
    struct ui *u = p->u;
    const struct theme *t = ui_theme(u);
    ui_fill(u, view, COLOR_BG, 0);
    rect in = ui_scroll_begin(u, view, "words");
    float top = in.y;
    in = rect_inset(in, t->gap, 0);
    rect_cut_top(&in, t->gap);
    picture_pair(p, &in);
    caption(p, &in);
    facts(p, &in);
    about(p, &in);
    take_away(p, &in);
    rect_cut_top(&in, t->gap);
    ui_scroll_end(u, in.y - top);
}
