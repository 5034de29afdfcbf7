/* gather_part.c -- blocks of lines with a heading, some with a bar of yes and no. Counts, never
 * a percentage. */
#include "screen/gather_part.h"

#include "base/text.h"

#define BAR_DP    12.0F
#define COLUMN_DP 200.0F

static void bar(struct ui *u, const struct scene *s, rect *area, enum color ground,
                const struct gather_row *r) {
    struct arena *a = ui_arena(u);
    float of = (float)r->of;
    const char *said =
        r->neither ? SAY(u, s, "gather.yes_no_neither", int_text(a, r->yes), int_text(a, r->no),
                         int_text(a, r->neither))
                   : SAY(u, s, "gather.yes_no", int_text(a, r->yes), int_text(a, r->no));
    struct segment parts[] = {{(float)r->yes / of, COLOR_MET},
                              {(float)r->no / of, COLOR_NOT_MET},
                              {(float)r->neither / of, COLOR_NA}};
    ui_bar(u, rect_cut_top(area, BAR_DP), parts, 3, COLOR_LINE, said);
    rect_cut_top(area, ui_theme(u)->unit);
    part_text(u, area, FONT_SMALL, COLOR_MUTE, ground, said);
}

static void row(struct ui *u, const struct scene *s, rect *area, enum color ground,
                const struct gather_row *r, struct intent *open) {
    if (r->action && open) {
        struct button b = {.label = r->text,
                           .sub = r->sub,
                           .key = "action",
                           .left = true,
                           .font = FONT_BODY,
                           .role = BUTTON_ROW};
        ui_push(u, r->action);
        rect at = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_min));
        if (ui_button(u, at, &b)) *open = part_go(SCREEN_action, r->action, 0, NULL);
        ui_pop(u);
        return;
    }
    part_text(u, area, r->strong ? FONT_H3 : FONT_BODY, COLOR_INK, ground, r->text);
    if (!text_blank(r->sub)) part_text(u, area, FONT_SMALL, COLOR_MUTE, ground, r->sub);
    if (r->of > 0) {
        rect_cut_top(area, ui_theme(u)->unit);
        bar(u, s, area, ground, r);
    }
}

/* As many beside each other as there is room for, at least so wide. */
static void side_by_side(struct ui *u, const struct scene *s, rect *area, enum color ground,
                         const struct gather_block *k) {
    float gap = ui_theme(u)->gap * 1.5F;
    int n = (int)((area->w + gap) / (COLUMN_DP * ui_text_scale(u) + gap));
    if (n < 1) n = 1;
    if (n > k->rows_count) n = k->rows_count;
    for (int i = 0; i < k->rows_count; i += n) {
        float bottom = area->y;
        for (int c = i; c < i + n && c < k->rows_count; c++) {
            rect one = rect_column(*area, c - i, n, gap);
            row(u, s, &one, ground, &k->rows[c], NULL);
            if (one.y > bottom) bottom = one.y;
        }
        rect_cut_top(area, bottom - area->y + ui_theme(u)->unit * 2);
    }
}

void gather_block(struct ui *u, const struct scene *s, rect *area, enum color ground,
                  const struct gather_block *k, struct intent *open) {
    part_text(u, area, FONT_H3, COLOR_INK, ground, k->title);
    rect_cut_top(area, ui_theme(u)->unit);
    if (!text_blank(k->note)) {
        part_text(u, area, FONT_SMALL, COLOR_MUTE, ground, k->note);
        rect_cut_top(area, ui_theme(u)->unit);
    }
    bool wide = k->columns && part_width(u, *area) != WIDTH_PHONE && area->w > COLUMN_DP * 2;
    if (wide) side_by_side(u, s, area, ground, k);
    for (int i = 0; i < k->rows_count && !wide; i++) {
        row(u, s, area, ground, &k->rows[i], open);
        rect_cut_top(area, ui_theme(u)->unit * (k->rows[i].of ? 3 : 1));
    }
    rect_cut_top(area, ui_theme(u)->gap);
}

void gather_blocks(struct ui *u, const struct scene *s, rect *area, enum color ground,
                   const struct gather *g, struct intent *open) {
    for (int i = 0; i < g->blocks_count; i++) {
        ui_push(u, i);
        gather_block(u, s, area, ground, &g->blocks[i], open);
        ui_pop(u);
    }
}

const char *gather_close_word(const struct scene *s, enum form_use use, bool brief) {
    if (!use_at_a_table(use)) return NULL;
    if (use == USE_MEETING && !brief) return WORD(s, "gather.close_meeting");
    return WORD(s, "gather.close");
}
