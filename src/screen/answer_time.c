/* answer_time.c -- a moment: "Now" in one tap, or typed as people write it (02:40, 0240); the
 * day is the nearest. */
#include "screen/answer.h"

#include "base/text.h"

#define FIELD_DP  128.0F
#define MINUTE_MS 60000

static struct intent say(struct ui *u, const struct answer_at *at, int64_t ms) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_time = true;
    a->time = ms;
    in.draft = answer_key(u, at, "time");
    return in;
}

/* Beside the field; with large type on a phone below it. */
static bool beside(struct ui *u, rect *area, rect row, const char *label, enum icon icon) {
    struct button b = {.label = label, .icon = icon};
    float w = ui_button_width(u, &b);
    if (w > row.w) {
        rect_cut_top(area, ui_theme(u)->touch_between);
        row = rect_cut_top(area, row.h);
        if (w > row.w) w = row.w;
    }
    return ui_button(u, rect_cut_left(&row, w), &b);
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const struct answer_value *v = answer_value_of(at);
    const struct part *p = at->part->part;
    struct field f = {.key = answer_key(u, at, "time"),
                      .initial = v->has_time ? time_hm(ui_arena(u), v->time) : "",
                      .hint = WORD(at->s, "answer.time_hint"),
                      .name = *p->text ? p->text : at->item->item->text,
                      .kind = FIELD_TEXT,
                      .lines = 1,
                      .bytes_max = 16,
                      .ground = COLOR_CARD};
    struct intent in = {0};
    float width = FIELD_DP * ui_text_scale(u), h = ui_field_height(u, &f, width);
    if (h < ui_theme(u)->touch_primary) h = ui_theme(u)->touch_primary;
    rect row = rect_cut_top(area, h);
    struct field_result r = ui_field(u, rect_cut_left(&row, width), &f);
    rect_cut_left(&row, ui_theme(u)->touch_between);
    if (beside(u, area, row, WORD(at->s, "answer.now"), ICON_CLOCK))
        in = say(u, at, at->s->wall_ms / MINUTE_MS * MINUTE_MS);
    rect_cut_top(area, ui_theme(u)->touch_between);
    int64_t typed;
    bool good = answer_read_time(r.text, v->has_time ? v->time : at->s->wall_ms, &typed);
    if (!in.kind && (r.left || r.entered) && good) in = say(u, at, typed);
    if (!text_blank(r.text) && !good && !r.changed && text_count(r.text) > 3) {
        part_text(u, area, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD,
                  WORD(at->s, "answer.time_wrong"));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    return in;
}

const struct answer_kind answer_TIME = {.draw = draw};
