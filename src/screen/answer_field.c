/* answer_field.c -- fields that answer kinds share: a number with minus and plus, times and
 * days as people write them, the line against a target, and the line that points out a likely
 * name. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "care/rules.h"
#include "screen/answer.h"

#define MINUTE_MS        60000LL
#define DAY_MS           (24 * 60 * MINUTE_MS)
#define STEPPER_FIELD_DP 104.0F

/* At most nine digits before the point and three behind it; a comma is read as a point. */
bool answer_read_decimal(const char *text, int64_t scale, int64_t *out) {
    int64_t whole = 0, part = 0, part_scale = 1;
    int digits = 0;
    while (text && *text == ' ')
        text++;
    bool minus = text && (*text == '-');
    if (minus) text++;
    if (!text) return false;
    for (; *text >= '0' && *text <= '9' && digits < 9; text++, digits++)
        whole = whole * 10 + (*text - '0');
    if (*text == '.' || *text == ',') {
        for (text++; *text >= '0' && *text <= '9' && part_scale < 1000; text++, digits++) {
            part = part * 10 + (*text - '0');
            part_scale *= 10;
        }
    }
    while (*text == ' ')
        text++;
    if (*text || !digits) return false;
    int64_t v = whole * scale + part * scale / part_scale;
    *out = minus ? -v : v;
    return true;
}

static const char *shown(struct ui *u, const struct stepper *o) {
    if (!o->said) return "";
    if (o->scale == 1) return arena_printf(ui_arena(u), "%lld", (long long)o->now);
    return answer_decimal(ui_arena(u), o->now * 1000 / o->scale);
}

static bool within(const struct stepper *o, int64_t v) {
    return !o->bounded || (v >= o->least && v <= o->most);
}

static struct stepped step_by(const struct stepper *o, int64_t by) {
    int64_t v = o->said ? o->now + by
                        : (o->bounded && o->least > 0 ? o->least
                           : by > 0                   ? by
                                                      : 0);
    if (o->bounded && v > o->most) v = o->most;
    if (o->bounded && v < o->least) v = o->least;
    if (!o->bounded && v < 0) v = 0;
    return (struct stepped){.tapped = true, .number = v};
}

static bool round_button(struct ui *u, rect r, enum icon icon, const char *name) {
    ui_outline(u, r, COLOR_OUTLINE, ui_theme(u)->radius_button, 2);
    return ui_icon_button(u, r, icon, name);
}

struct stepped answer_stepper(struct ui *u, const struct scene *s, rect *area,
                              const struct stepper *o) {
    const struct theme *t = ui_theme(u);
    struct stepped out = {0};
    float h = ui_field_height(u, &(struct field){.key = o->key, .lines = 1}, STEPPER_FIELD_DP);
    if (h < t->touch_primary) h = t->touch_primary;
    rect row = rect_cut_top(area, h);
    ui_push_text(u, o->key);
    if (round_button(u, rect_cut_left(&row, h), ICON_MINUS,
                     SAY(u, s, "answer.less", o->name))) {
        out = step_by(o, -o->step);
    }
    rect_cut_left(&row, t->touch_between);
    float wide = STEPPER_FIELD_DP * ui_text_scale(u), left = row.w - h - t->touch_between;
    rect middle = rect_cut_left(&row, wide < left ? wide : left); /* the plus keeps its place */
    rect_cut_left(&row, t->touch_between);
    if (round_button(u, rect_cut_left(&row, h), ICON_PLUS, SAY(u, s, "answer.more", o->name))) {
        out = step_by(o, o->step);
    }
    ui_pop(u);
    struct field f = {.key = o->key,
                      .initial = shown(u, o),
                      .name = o->name,
                      .kind = o->decimals ? FIELD_DECIMAL : FIELD_NUMBER,
                      .lines = 1,
                      .bytes_max = 16,
                      .ground = COLOR_CARD};
    struct field_result r = ui_field(u, middle, &f);
    rect_cut_left(&row, t->touch_between);
    if (!text_blank(o->unit) && ui_text_width(u, FONT_BODY, o->unit) <= row.w) {
        ui_label(
            u, row, o->unit,
            &(struct label){
                .font = FONT_BODY, .color = COLOR_MUTE, .ground = COLOR_CARD, .middle = true});
    } else {
        part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_CARD, o->unit);
    }
    int64_t typed = 0;
    bool number = answer_read_decimal(r.text, o->scale, &typed);
    out.wrong |= !text_blank(r.text) && (!number || !within(o, typed));
    if (!out.tapped && (r.left || r.entered) && number && within(o, typed)) {
        out = (struct stepped){.tapped = true, .number = typed};
    }
    rect_cut_top(area, t->touch_between);
    return out;
}

/* ---- against a target ---- */

void answer_target_line(struct ui *u, const struct answer_at *at, rect *area) {
    const struct walk_part *p = at->part;
    if (!p->has_target) return;
    const char *key = p->part->rule == TARGET_AT_MOST    ? "answer.at_most"
                      : p->part->rule == TARGET_AT_LEAST ? "answer.at_least"
                                                         : "answer.between";
    const char *line =
        SAY(u, at->s, key, answer_figure(ui_arena(u), at->s->words, p->part, p->target),
            answer_figure(ui_arena(u), at->s->words, p->part, p->target_high));
    if (p->own_choice)
        line = arena_printf(ui_arena(u), "%s · %s", line, WORD(at->s, "answer.own_choice"));
    const char *result = p->answer ? p->answer->result : "";
    enum color c = COLOR_MUTE;
    if (*result) {
        bool good = text_equal(result, "within");
        c = good ? COLOR_MET : COLOR_NOT_MET;
        line = arena_printf(ui_arena(u), "%s · %s", line,
                            WORD(at->s, good                          ? "answer.within"
                                        : text_equal(result, "below") ? "answer.below"
                                                                      : "answer.beyond"));
    }
    part_text(u, area, FONT_SMALL, c, COLOR_CARD, line);
    rect_cut_top(area, ui_theme(u)->gap);
}

/* ---- times and days ---- */

static bool read_parts(const char *text, int *out, int most, int *count) {
    *count = 0;
    for (const char *p = text ? text : ""; *p;) {
        if (*p >= '0' && *p <= '9') {
            if (*count >= most) return false;
            char *end;
            long v = strtol(p, &end, 10);
            if (v > 9999) return false;
            out[(*count)++] = (int)v;
            p = end;
        } else if (*p == ':' || *p == '.' || *p == ' ' || *p == '/' || *p == '-') {
            p++;
        } else {
            return false;
        }
    }
    return *count > 0;
}

/* The same clock time on the day that comes nearest. */
bool answer_read_time(const char *text, int64_t near_ms, int64_t *out) {
    int v[2], n;
    if (!read_parts(text, v, 2, &n)) return false;
    int hour = n == 2 ? v[0] : v[0] / 100, minute = n == 2 ? v[1] : v[0] % 100;
    if (n == 1 && v[0] < 24) hour = v[0], minute = 0; /* "2" is two o'clock */
    if (hour > 23 || minute > 59) return false;
    int64_t best = 0, gap = INT64_MAX;
    for (int d = -1; d <= 1; d++) {
        struct civil day = civil_london(near_ms + d * DAY_MS);
        int64_t at = london_to_ms(day.year, day.month, day.day, hour, minute);
        int64_t off = at > near_ms ? at - near_ms : near_ms - at;
        if (off < gap) gap = off, best = at;
    }
    *out = best;
    return true;
}

bool answer_read_day(const char *text, day_no today, day_no *out) {
    int v[3], n;
    if (!read_parts(text, v, 3, &n) || n < 2) return false;
    struct civil now = day_civil(today);
    int year = n == 3 ? v[2] : now.year;
    if (year < 100) year += 2000;
    if (v[0] < 1 || v[0] > 31 || v[1] < 1 || v[1] > 12 || year < 1900 || year > 2200)
        return false;
    day_no d = day_of(year, v[1], v[0]);
    struct civil back = day_civil(d);
    if (back.day != v[0] || back.month != v[1]) return false;
    if (n == 2 && d > today)
        d = day_of(year - 1, v[1], v[0]); /* without a year: the last one that was */
    *out = d;
    return true;
}

/* ---- a likely name ---- */

bool answer_name_offer(struct ui *u, const struct scene *s, rect *area, enum color ground,
                       const char *key, const char **text) {
    size_t start = 0, length = 0;
    if (text_blank(*text) || !likely_name(*text, &start, &length)) return false;
    struct arena *a = ui_arena(u);
    const char *name = arena_strndup(a, *text + start, length);
    part_text(u, area, FONT_SMALL, COLOR_PARTLY, ground,
              SAY(u, s, "answer.looks_like_name", name));
    rect_cut_top(area, ui_theme(u)->unit);
    const char *instead[] = {WORD(s, "answer.a_person"), WORD(s, "answer.a_worker"),
                             WORD(s, "answer.a_relative")};
    int tapped = part_chips(u, area, key, instead, NULL, 3);
    if (tapped < 0) return false;
    char *put =
        arena_printf(a, "%.*s%s%s", (int)start, *text, instead[tapped], *text + start + length);
    if (start == 0 && put[0] >= 'a' && put[0] <= 'z') put[0] = (char)(put[0] - 'a' + 'A');
    *text = put;
    return true;
}
