/* finish_gather.c -- the end of what was no walk: what it came to, what will be done, or the
 * reason why nothing will. Nobody is in charge here, nothing is left behind: no showing, no
 * copy, no leaving. */
#include "screen/finish_pieces.h"

#include "base/text.h"
#include "screen/gather_part.h"

static const char *const reasons[] = {"informed", "find_out", "not_wanted", "under_way"};
#define REASONS ((int)(sizeof reasons / sizeof reasons[0]))

/* A meeting with no action at all; a checklist with a No that nobody does anything about. */
static bool missing(const struct finishing *d) {
    const struct gather *g = d->f->walk->gather;
    if (g->use == USE_CHECKLIST) return d->f->without_action > 0;
    return gather_wants_action(g->use) && !g->actions_count;
}

static bool still_asks(const struct finishing *d) {
    const struct gather *g = d->f->walk->gather;
    return missing(d) && text_blank(g->no_action);
}

static const char *why_key(struct finishing *d) {
    return arena_printf(ui_arena(d->u), "finish/%lld/no_action", (long long)d->f->walk->visit);
}

static void say_none(struct finishing *d, const char *word, const char *text,
                     const char *draft) {
    d->intent = (struct intent){.kind = INTENT_visit_no_action,
                                .row = d->f->walk->visit,
                                .word = word,
                                .text = text,
                                .draft = draft,
                                .undo = text_blank(word) ? NULL : "gather.reason_kept"};
}

/* One tap, or a sentence of one's own. */
static void why_nothing(struct finishing *d, rect *in) {
    struct ui *u = d->u;
    const struct gather *g = d->f->walk->gather;
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD,
              WORD(d->s, d->f->walk->gather->use == USE_CHECKLIST ? "gather.why_no_stays"
                                                                  : "gather.why_none"));
    rect_cut_top(in, 8);
    for (int i = 0; i < REASONS; i++) {
        bool on = text_equal(g->no_action, reasons[i]);
        struct button b = {
            .label = WORD(d->s, arena_printf(ui_arena(u), "gather.none_%s", reasons[i])),
            .key = reasons[i],
            .role = on ? BUTTON_MAIN : BUTTON_PLAIN,
            .selected = on,
            .outline_only = true,
            .left = true,
            .font = FONT_BODY};
        rect r = rect_cut_top(in, ui_button_height(u, &b, in->w, ui_theme(u)->touch_min));
        rect_cut_top(in, 8);
        if (ui_button(u, r, &b)) say_none(d, on ? "" : reasons[i], g->no_action_text, NULL);
    }
    const char *key = why_key(d);
    struct field f = {.key = key,
                      .initial = g->no_action_text,
                      .name = WORD(d->s, "gather.none_words"),
                      .hint = WORD(d->s, "gather.none_words"),
                      .lines = 2,
                      .ground = COLOR_CARD};
    struct field_result r = ui_field(u, rect_cut_top(in, ui_field_height(u, &f, in->w)), &f);
    rect_cut_top(in, 12);
    if (!r.left || d->intent.kind) return;
    const char *word = text_blank(g->no_action) ? "other" : g->no_action;
    if (text_blank(r.text) && text_equal(word, "other")) word = "";
    say_none(d, word, r.text, key);
}

static void to_do(struct finishing *d, rect *area) {
    struct ui *u = d->u;
    const struct gather *g = d->f->walk->gather;
    struct card card;
    rect in = part_card_begin(u, area, &card, still_asks(d) ? COLOR_AMBER : COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "gather.what_now"));
    rect_cut_top(&in, 8);
    if (!d->sealed) {
        struct button b = {.label = WORD(d->s, "gather.raise"),
                           .icon = ICON_FLAG_PENNANT,
                           .role = g->actions_count ? BUTTON_PLAIN : BUTTON_MAIN};
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_primary));
        if (ui_button(u, r, &b)) d->intent = part_go(SCREEN_raise, d->f->walk->visit, 0, "");
        rect_cut_top(&in, 12);
        if (missing(d)) why_nothing(d, &in);
    }
    part_card_end(u, area, &card, in);
}

static void came_to(struct finishing *d, rect *area) {
    struct ui *u = d->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    if (d->sealed)
        part_text(u, &in, FONT_BODY, COLOR_MET, COLOR_CARD,
                  SAY(u, d->s, "finish.sealed", time_day_hm(ui_arena(u), d->f->sealed_at)));
    gather_blocks(u, d->s, &in, COLOR_CARD, d->f->walk->gather, &d->intent);
    struct button all = {
        .label = WORD(d->s, "finish.read_all"), .icon = ICON_LIST_CHECKS, .font = FONT_SMALL};
    rect r = rect_cut_top(&in, ui_button_height(u, &all, in.w, ui_theme(u)->touch_min));
    if (ui_button(u, r, &all)) d->intent = part_go(SCREEN_check, d->f->walk->visit, 0, "");
    rect_cut_top(&in, ui_theme(u)->touch_between);
    struct button paper = {
        .label = WORD(d->s, "paper.title"), .icon = ICON_FILE_PDF, .font = FONT_SMALL};
    r = rect_cut_top(&in, ui_button_height(u, &paper, in.w, ui_theme(u)->touch_min));
    if (ui_button(u, r, &paper))
        d->intent = part_go(SCREEN_paper, d->f->walk->visit, 0, "check");
    part_card_end(u, area, &card, in);
}

void finish_gather(struct finishing *d, rect page, float *bottom) {
    float gap = ui_theme(d->u)->screen_pad;
    bool wide = part_width(d->u, page) == WIDTH_WIDE;
    rect left = wide ? rect_column(page, 0, 2, gap) : page, right = left;
    bool concerns = d->f->lines_count || d->f->walk->gather->use != USE_MEETING;
    came_to(d, &left);
    if (wide) right = rect_column(page, 1, 2, gap);
    rect *next = wide ? &right : &left;
    to_do(d, next);
    if (concerns) finish_concerns(d, next);
    *bottom = left.y > right.y || !wide ? left.y : right.y;
}

/* What is still open is said once more; a meeting closes only with an action or a reason. */
void finish_close_sheet(struct finishing *d) {
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    const struct found *f = d->f;
    bool closed = false, asks = still_asks(d), talk = f->walk->gather->use == USE_MEETING;
    const char *lines[3];
    int n = 0;
    if (f->without_action)
        lines[n++] = SAY(u, d->s, "finish.open_actions", int_text(a, f->without_action));
    if (f->open_items && !talk)
        lines[n++] = SAY(u, d->s, "finish.open_items", int_text(a, f->open_items));
    if (f->duties_open)
        lines[n++] = SAY(u, d->s, "finish.open_duties", int_text(a, f->duties_open));
    rect in = ui_sheet_begin(u, "close", gather_close_word(d->s, f->walk->gather->use, false),
                             (320 + 44 * (float)n) * ui_text_scale(u), &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
              WORD(d->s, asks ? "gather.close_asks" : "gather.close_sub"));
    rect_cut_top(&in, 12);
    found_list(u, &in, COLOR_CARD, WORD(d->s, "finish.still_open"), lines, n);
    struct button b = {.label = WORD(d->s, asks ? "gather.back_to_it" : "gather.close_now"),
                       .icon = asks ? ICON_CARET_LEFT : ICON_SEAL_CHECK,
                       .role = BUTTON_MAIN};
    rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_answer));
    if (ui_button(u, r, &b)) {
        if (!asks)
            d->intent =
                (struct intent){.kind = INTENT_visit_seal,
                                .row = f->walk->visit,
                                .text = "",
                                .draft = d->praise_key,
                                .back_after = true,
                                .to = {.screen = SCREEN_morning, .row = f->walk->visit}};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->state->sealing = false;
}
