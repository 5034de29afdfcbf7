/* answer_tally.c -- a pad for watching: one tap, one more. Large targets that a thumb finds
 * without looking down, what one hopes to see first; the last taps can be taken back one by
 * one, and it says since when one has been watching. */
#include "screen/answer.h"

#include <string.h>

#include "base/text.h"

#define PAD_DP       104.0F
#define COUNT_DP     64.0F
#define COLUMNS_MOST 3
#define WORD_AIR_DP  28.0F
#define MINUTE_MS    60000
#define WATCHED_MS   (3 * 60 * 60 * 1000LL) /* longer ago it was another watch */

static enum button_role role_of(const struct choice *c) {
    return c->bad ? BUTTON_NOT_MET : c->good ? BUTTON_MET : BUTTON_NA;
}

/* No word of any label is ever broken: then there are fewer columns. */
static float longest_word(struct ui *u, const struct part *p) {
    float widest = 0;
    for (int i = 0; i < p->choices_count; i++) {
        for (const char *at = p->choices[i].text; *at;) {
            size_t n = strcspn(at, " ");
            float w = ui_text_width(u, FONT_H3, arena_strndup(ui_arena(u), at, n));
            if (w > widest) widest = w;
            at += n + (at[n] == ' ');
        }
    }
    return widest + WORD_AIR_DP;
}

static int columns_of(struct ui *u, const struct part *p, float width) {
    float gap = ui_theme(u)->touch_between, least = longest_word(u, p);
    int most = p->choices_count < COLUMNS_MOST ? p->choices_count : COLUMNS_MOST;
    if (p->choices_count == 4) most = 2; /* two and two, not three and one */
    for (int n = most; n > 1; n--)
        if (least * (float)n + gap * (float)(n - 1) <= width) return n;
    return 1;
}

static void count_label(struct ui *u, rect r, const struct choice *c, int64_t n) {
    enum color ink = !n ? COLOR_MUTE : c->bad ? COLOR_NOT_MET : c->good ? COLOR_MET : COLOR_INK;
    ui_label(u, r, arena_printf(ui_arena(u), "%lld", (long long)n),
             &(struct label){.font = FONT_H1,
                             .color = ink,
                             .ground = COLOR_CARD,
                             .align = ALIGN_CENTER,
                             .middle = true,
                             .lines_max = 1});
}

static struct button pad(const struct choice *c) {
    return (struct button){.label = c->text,
                           .key = c->id,
                           .role = role_of(c),
                           .selected = true,
                           .outline_only = true,
                           .font = FONT_H3};
}

/* Which choices were tapped last here, for taking back; another pad's are forgotten. */
static void remember(const struct answer_at *at, uint64_t key, int choice) {
    struct answer_taps *t = at->taps;
    if (!t) return;
    if (t->key != key) *t = (struct answer_taps){.key = key};
    if (t->count == ANSWER_TAPS_MOST) {
        memmove(t->last, t->last + 1, ANSWER_TAPS_MOST - 1);
        t->count--;
    }
    t->last[t->count++] = (uint8_t)choice;
}

static struct intent counted(struct ui *u, const struct answer_at *at, int choice, int by) {
    const struct choice *c = &at->part->part->choices[choice];
    const char *list = answer_value_of(at)->list;
    int64_t n = answer_list_number(list, c->id, NULL) + by;
    return answer_list(u, at, answer_list_set(ui_arena(u), list, c->id, n < 0 ? 0 : n));
}

static int pads(struct ui *u, const struct answer_at *at, rect *area) {
    const struct part *p = at->part->part;
    const char *list = answer_value_of(at)->list;
    float gap = ui_theme(u)->touch_between, count = COUNT_DP * ui_text_scale(u);
    float line = ui_line_height(u, FONT_H1);
    int columns = columns_of(u, p, area->w), tapped = -1;
    /* Large words on a phone need the whole width: then the count stands above its pad. */
    bool beside = columns == 1 && longest_word(u, p) <= area->w - count - gap;
    float width = beside ? area->w - count - gap : rect_column(*area, 0, columns, gap).w;
    for (int i = 0; i < p->choices_count; i += columns) {
        float h = 0;
        for (int k = i; k < i + columns && k < p->choices_count; k++) {
            struct button b = pad(&p->choices[k]);
            float need = ui_button_height(u, &b, width, PAD_DP);
            if (need > h) h = need;
        }
        rect row = rect_cut_top(area, beside ? h : h + line);
        for (int k = i; k < i + columns && k < p->choices_count; k++) {
            const struct choice *c = &p->choices[k];
            rect r = columns == 1 ? row : rect_column(row, k - i, columns, gap);
            rect n = beside ? rect_cut_left(&r, count) : rect_cut_top(&r, line);
            if (beside) rect_cut_left(&r, gap);
            struct button b = pad(c);
            count_label(u, n, c, answer_list_number(list, c->id, NULL));
            if (ui_button(u, r, &b)) tapped = k;
        }
        rect_cut_top(area, gap);
    }
    return tapped;
}

/* Since when, and what the last tap was. */
static struct intent foot(struct ui *u, const struct answer_at *at, rect *area, uint64_t key) {
    const struct part *p = at->part->part;
    const struct walk_answer *n = at->part->answer;
    const struct answer_taps *t = at->taps;
    int64_t since = n ? at->s->wall_ms - n->made : 0;
    struct intent in = {0};
    if (n && *answer_value_of(at)->list && since >= 0 && since < WATCHED_MS) {
        const char *minutes = arena_printf(ui_arena(u), "%lld", (long long)(since / MINUTE_MS));
        part_text(u, area, FONT_BODY, COLOR_MUTE, COLOR_CARD,
                  SAY(u, at->s, "answer.watching", time_hm(ui_arena(u), n->made), minutes));
        rect_cut_top(area, ui_theme(u)->unit);
    }
    if (!t || t->key != key || !t->count) return in;
    int last = t->last[t->count - 1];
    if (last >= p->choices_count ||
        answer_list_number(answer_value_of(at)->list, p->choices[last].id, NULL) < 1)
        return in;
    struct button b = {.label = SAY(u, at->s, "answer.take_back", p->choices[last].text),
                       .key = "take-back",
                       .icon = ICON_ARROW_U_UP_LEFT};
    rect r = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_answer));
    float wide = ui_button_width(u, &b);
    if (wide < r.w) r.w = wide;
    if (ui_button(u, r, &b)) {
        at->taps->count--;
        in = counted(u, at, last, -1);
    }
    rect_cut_top(area, ui_theme(u)->touch_between);
    return in;
}

static struct intent draw(struct ui *u, const struct answer_at *at, rect *area) {
    uint64_t key = text_hash(answer_key(u, at, "tally"));
    int tapped = pads(u, at, area);
    struct intent in = foot(u, at, area, key);
    if (tapped < 0) return in;
    remember(at, key, tapped);
    return counted(u, at, tapped, 1);
}

const struct answer_kind answer_TALLY = {.draw = draw};
