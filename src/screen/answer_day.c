/* answer_day.c -- a date: today and yesterday in one tap, or typed as people write it
 * (22/11/2026). */
#include "screen/answer.h"

#include "base/text.h"

#define FIELD_DP   176.0F
#define QUICK_MOST 4

static struct intent say(struct ui *u, const struct answer_at *at, day_no day) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_day = true;
    a->day = day;
    in.draft = answer_key(u, at, "day");
    return in;
}

static const char *as_typed(struct arena *a, day_no d) {
    struct civil c = day_civil(d);
    return arena_printf(a, "%02d/%02d/%04d", c.day, c.month, c.year);
}

/* Without a year: the last one that was, and of what runs out the next that will be. */
static bool read_day(const struct part *p, const char *text, day_no today, day_no *out) {
    return answer_read_day(text, p->kind == PART_UNTIL ? today + 365 : today, out);
}

struct intent answer_day_field(struct ui *u, const struct answer_at *at, rect *area,
                               const char *const *keys, const int *away, int n) {
    const struct answer_value *v = answer_value_of(at);
    const struct part *p = at->part->part;
    day_no today = london_day(at->s->wall_ms);
    struct field f = {.key = answer_key(u, at, "day"),
                      .initial = v->has_day ? as_typed(ui_arena(u), v->day) : "",
                      .hint = WORD(at->s, "answer.day_hint"),
                      .name = *p->text ? p->text : at->item->item->text,
                      .kind = FIELD_TEXT,
                      .lines = 1,
                      .bytes_max = 24,
                      .ground = COLOR_CARD};
    float width = FIELD_DP * ui_text_scale(u);
    if (width > area->w) width = area->w;
    float h = ui_field_height(u, &f, width);
    if (h < ui_theme(u)->touch_primary) h = ui_theme(u)->touch_primary;
    rect row = rect_cut_top(area, h);
    struct field_result r = ui_field(u, rect_cut_left(&row, width), &f);
    rect_cut_left(&row, ui_theme(u)->touch_between);
    const char *said = v->has_day ? day_text(ui_arena(u), v->day) : "";
    bool fits = ui_text_width(u, FONT_BODY, said) <= row.w;
    if (fits) {
        ui_label(
            u, row, said,
            &(struct label){
                .font = FONT_BODY, .color = COLOR_MUTE, .ground = COLOR_CARD, .middle = true});
    }
    rect_cut_top(area, ui_theme(u)->touch_between);
    if (!fits) {
        part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_CARD, said);
        rect_cut_top(area, ui_theme(u)->unit);
    }
    const char *quick[QUICK_MOST];
    bool on[QUICK_MOST];
    for (int i = 0; i < n; i++) {
        quick[i] = WORD(at->s, keys[i]);
        on[i] = v->has_day && v->day == today + away[i];
    }
    int tapped = part_chips(u, area, "day", quick, on, n);
    day_no typed;
    bool good = read_day(p, r.text, today, &typed);
    bool to_come = good && p->kind == PART_SINCE && typed > today;
    good = good && !to_come;
    if (!text_blank(r.text) && !good && !r.changed && text_count(r.text) > 5) {
        part_text(u, area, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD,
                  WORD(at->s, to_come ? "answer.day_to_come" : "answer.day_wrong"));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    if (tapped >= 0) return say(u, at, today + away[tapped]);
    return (r.left || r.entered) && good ? say(u, at, typed) : (struct intent){0};
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    const char *const keys[] = {"answer.today", "answer.yesterday", "answer.week_ago"};
    const int days[] = {0, -1, -7};
    return answer_day_field(u, at, area, keys, days, 3);
}

const struct answer_kind answer_DAY = {.draw = draw};
