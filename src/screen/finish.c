/* finish.c -- Finish and seal: what was found in counts, concerns first, telling and signing,
 * leaving apart from sealing. See seal-day.png; PEOPLE.md (Fair to the home). */
#include "screen/finish_pieces.h"

#include "base/text.h"
#include "screen/gather_part.h"

static void column_saw(struct finishing *d, rect *area) {
    struct ui *u = d->u;
    const struct found *f = d->f;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.what_you_saw"));
    rect_cut_top(&in, 12);
    for (int i = 0; i < f->questions_count; i++)
        found_question(u, d->s, &in, &f->questions[i]);
    const char **lines = ARENA_ARRAY(ui_arena(u), const char *, f->goods_count + 1);
    for (int i = 0; i < f->goods_count; i++)
        lines[i] = f->goods[i].said
                       ? found_quote(u, d->s, f->goods[i].text, &f->goods[i].evidence)
                       : f->goods[i].text;
    found_list(u, &in, COLOR_CARD, WORD(d->s, "finish.good"), lines, f->goods_count);
    if (!f->goods_count) {
        part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.good"));
        rect_cut_top(&in, 6);
    }
    if (!d->sealed) {
        struct field praise = {.key = d->praise_key,
                               .name = WORD(d->s, "finish.good_words"),
                               .hint = WORD(d->s, "finish.good_words"),
                               .lines = 2,
                               .ground = COLOR_CARD};
        ui_field(u, rect_cut_top(&in, ui_field_height(u, &praise, in.w)), &praise);
    } else {
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, f->praise);
    }
    rect_cut_top(&in, 12);
    struct button all = {
        .label = WORD(d->s, "finish.read_all"), .icon = ICON_LIST_CHECKS, .font = FONT_SMALL};
    rect r = rect_cut_top(&in, ui_button_height(u, &all, in.w, ui_theme(u)->touch_min));
    if (ui_button(u, r, &all)) d->intent = part_go(SCREEN_check, f->walk->visit, 0, "");
    rect_cut_top(&in, ui_theme(u)->touch_between);
    struct button paper = {
        .label = WORD(d->s, "paper.title"), .icon = ICON_FILE_PDF, .font = FONT_SMALL};
    r = rect_cut_top(&in, ui_button_height(u, &paper, in.w, ui_theme(u)->touch_min));
    if (ui_button(u, r, &paper)) d->intent = part_go(SCREEN_paper, f->walk->visit, 0, "check");
    part_card_end(u, area, &card, in);
}

static void raise_from(struct finishing *d, const struct found_line *l) {
    d->intent = part_go(SCREEN_raise, d->f->walk->visit, l->row, l->item);
}

void finish_concerns(struct finishing *d, rect *area) {
    struct ui *u = d->u;
    const struct found *f = d->f;
    struct card card;
    struct voice_part listen = {
        .u = u, .s = d->s, .state = &d->state->voice, .read_only = true, .ground = COLOR_CARD};
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.concerns"));
    if (!f->lines_count)
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(d->s, "finish.no_concerns"));
    for (int i = 0; i < f->lines_count; i++)
        if (found_row(u, d->s, &in, &f->lines[i], !d->sealed, &listen, &d->intent))
            raise_from(d, &f->lines[i]);
    rect_cut_top(&in, 16);
    finish_unanswered(d, &in);
    part_card_end(u, area, &card, in);
}

/* What the check means for the one action it is about. */
static void about_action(struct finishing *d, rect *area) {
    const struct gather *g = d->f->walk->gather;
    struct card card;
    if (!g->blocks_count) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_AMBER);
    gather_blocks(d->u, d->s, &in, COLOR_CARD, g, &d->intent);
    part_card_end(d->u, area, &card, in);
}

static void columns(struct finishing *d, rect page, float *bottom) {
    float gap = ui_theme(d->u)->screen_pad;
    rect area[3];
    int n = part_width(d->u, page) == WIDTH_WIDE ? 3 : 1;
    for (int i = 0; i < 3; i++)
        area[i] = n == 3 ? rect_column(page, i, 3, gap) : page;
    about_action(d, &area[0]);
    column_saw(d, &area[0]);
    rect *next = n == 3 ? &area[1] : &area[0];
    finish_concerns(d, next);
    next = n == 3 ? &area[2] : &area[0];
    finish_tell(d, next);
    *bottom = 0;
    for (int i = 0; i < n; i++)
        if (area[i].y > *bottom) *bottom = area[i].y;
}

static const char *subtitle(struct finishing *d) {
    struct arena *f = ui_arena(d->u);
    const struct walk_model *w = d->f->walk;
    const char *until = w->left ? time_hm(f, w->left_at) : time_hm(f, d->s->wall_ms);
    return arena_printf(f, "%s · %s – %s · %s", w->service_name, time_day_hm(f, w->started),
                        until, SAY(d->u, d->s, "finish.minutes", int_text(f, d->f->minutes)));
}

/* Always in reach, however much there is to read: before the seal it asks once more. */
static void main_thing(struct finishing *d) {
    if (d->sealed) {
        d->intent = part_go(SCREEN_morning, d->f->walk->visit, 0, "");
        return;
    }
    ui_leave_fields(d->u);
    d->state->sealing = true;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct found *f = model;
    struct finishing d = {.u = u, .s = s, .state = state, .f = f};
    if (!f->walk->visit) {
        struct intent in = part_header_intent(
            part_header(u, s, &area, &(struct header){.title = WORD(s, "finish.title")}));
        part_text(u, &area, FONT_BODY, COLOR_INK, COLOR_BG, WORD(s, "finish.cannot_open"));
        return in;
    }
    d.sealed = f->sealed_at != 0;
    d.praise_key = arena_printf(ui_arena(u), "finish/%lld/praise", (long long)f->walk->visit);
    const char *title = f->walk->form->title;
    if (!use_at_a_table(f->walk->gather->use)) title = SAY(u, s, "finish.title_of", title);
    const char *close = gather_close_word(s, f->walk->gather->use, true);
    struct header_result head =
        part_header(u, s, &area,
                    &(struct header){.title = title,
                                     .sub = subtitle(&d),
                                     .main = d.sealed ? WORD(s, "finish.morning")
                                             : close  ? close
                                                      : WORD(s, "finish.seal"),
                                     .main_icon = d.sealed ? ICON_SUN : ICON_SEAL_CHECK});
    d.intent = part_header_intent(head);
    if (head.tap == HEADER_MAIN) main_thing(&d);
    rect page = ui_scroll_begin(u, area, "finish");
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad - 4, bottom,
          top = page.y;
    if (use_at_a_table(f->walk->gather->use))
        finish_gather(&d, rect_inset(page, pad, pad), &bottom);
    else
        columns(&d, rect_inset(page, pad, pad), &bottom);
    ui_scroll_end(u, bottom - top + 8);
    finish_sheets(&d);
    return d.intent;
}

const struct screen screen_finish = {
    .name = "finish", .state_size = sizeof(struct finish_state), .draw = draw};
