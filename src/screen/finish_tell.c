/* finish_tell.c -- the right side of Finish: who was told, signatures, the home's copy, duties,
 * leaving and sealing. */
#include "screen/finish_pieces.h"

#include "base/text.h"

#define PAD_DP         128.0F
#define SEAL_WITHIN_MS (24LL * 3600 * 1000)

static const char *const reasons[] = {"no_time",  "staff_busy", "would_disturb",
                                      "not_here", "not_safe",   "refused"};
#define REASONS ((int)(sizeof reasons / sizeof reasons[0]))

/* ---- not answered: one reason a section in one tap
 * ------------------------------------------------------- */

void finish_unanswered(struct finishing *d, rect *in) {
    struct ui *u = d->u;
    struct arena *f = ui_arena(u);
    const struct found *w = d->f;
    part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.not_answered"));
    rect_cut_top(in, 6);
    if (w->not_seen || w->not_applicable)
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, d->s, "finish.not_seen", int_text(f, w->not_seen),
                      int_text(f, w->not_applicable)));
    for (int i = 0; i < w->sections_count; i++) {
        const struct found_section *s = &w->sections[i];
        const char *line =
            text_blank(s->reason)
                ? SAY(u, d->s, "finish.section_open", s->title, int_text(f, s->open))
                : SAY(u, d->s, "finish.section_reason", s->title,
                      WORD(d->s, arena_printf(f, "finish.reason_%s", s->reason)));
        rect_cut_top(in, 6);
        if (!text_blank(s->reason) || d->sealed) {
            part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, line);
            continue;
        }
        struct button b = {.label = line,
                           .sub = WORD(d->s, "finish.say_why"),
                           .key = s->id,
                           .left = true,
                           .font = FONT_SMALL};
        if (ui_button(u,
                      rect_cut_top(in, ui_button_height(u, &b, in->w, ui_theme(u)->touch_min)),
                      &b))
            text_copy(d->state->section, sizeof d->state->section, s->id);
    }
    if (!w->sections_count && !w->not_seen)
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(d->s, "finish.all_answered"));
}

static void sheet_reason(struct finishing *d) {
    struct ui *u = d->u;
    bool closed = false;
    float h = (ui_theme(u)->touch_primary + 12) * (float)REASONS * ui_text_scale(u);
    const struct found_section *s = NULL;
    for (int i = 0; i < d->f->sections_count; i++)
        if (text_equal(d->f->sections[i].id, d->state->section)) s = &d->f->sections[i];
    if (!s) {
        d->state->section[0] = '\0';
        return;
    }
    rect in = ui_sheet_begin(u, "reason", SAY(u, d->s, "finish.why", s->title), h, &closed);
    for (int i = 0; i < REASONS; i++) {
        struct button b = {
            .label = WORD(d->s, arena_printf(ui_arena(u), "finish.reason_%s", reasons[i])),
            .left = true};
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_primary));
        rect_cut_top(&in, 12);
        if (!ui_button(u, r, &b)) continue;
        d->intent = (struct intent){.kind = INTENT_unanswered,
                                    .row = d->f->walk->visit,
                                    .text = s->id,
                                    .word = reasons[i],
                                    .number = s->open,
                                    .undo = "finish.reason_kept"};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->state->section[0] = '\0';
}

/* ---- signing
 * ------------------------------------------------------------------------------------------------
 */

bool sign_pad(struct ui *u, const struct scene *s, rect *area, int64_t visit, const char *side,
              const char *who, const char *meaning, const char *extra, struct intent *out) {
    const struct theme *t = ui_theme(u);
    struct buf strokes = {0};
    char *key = arena_printf(ui_arena(u), "sign/%lld/%s", (long long)visit, side);
    bool kept = false;
    rect pad = rect_cut_top(area, PAD_DP);
    ui_dashed(u, pad, COLOR_OUTLINE, t->radius_button);
    ui_signature(u, pad, key, who, &strokes);
    if (!strokes.size)
        ui_label(u, rect_inset(pad, 16, 12), meaning,
                 &(struct label){.font = FONT_SMALL,
                                 .color = COLOR_MUTE,
                                 .ground = COLOR_CARD,
                                 .align = ALIGN_CENTER,
                                 .middle = true});
    rect_cut_top(area, 8);
    if (strokes.size) {
        rect row = rect_cut_top(area, t->touch_min * ui_text_scale(u));
        ui_push_text(u, side);
        if (ui_button(
                u, rect_column(row, 0, 2, t->touch_between),
                &(struct button){.label = WORD(s, "finish.sign_clear"), .font = FONT_SMALL}))
            ui_signature_clear(u, key);
        if (ui_button(u, rect_column(row, 1, 2, t->touch_between),
                      &(struct button){.label = WORD(s, "finish.sign_keep"),
                                       .role = BUTTON_MAIN,
                                       .font = FONT_SMALL})) {
            struct sign_intent *sign = ARENA_NEW(ui_arena(u), struct sign_intent);
            *sign = (struct sign_intent){.visit = visit,
                                         .who = who,
                                         .side = side,
                                         .choice = "signed",
                                         .meaning = meaning,
                                         .text = extra};
            sign->strokes = arena_copy(ui_arena(u), strokes.data, strokes.size);
            sign->strokes_size = strokes.size;
            *out =
                (struct intent){.kind = INTENT_sign, .detail = sign, .undo = "finish.signed"};
            ui_signature_clear(u, key);
            kept = true;
        }
        ui_pop(u);
        rect_cut_top(area, 8);
    }
    buf_release(&strokes);
    return kept;
}

static const struct found_signature *signature_of(const struct found *f, const char *side) {
    const struct found_signature *found = NULL;
    for (int i = 0; i < f->signatures_count; i++)
        if (text_equal(f->signatures[i].side, side)) found = &f->signatures[i];
    return found;
}

static void show_signature(struct finishing *d, rect *in, const struct found_signature *g) {
    struct ui *u = d->u;
    const char *how = WORD(d->s, arena_printf(ui_arena(u), "finish.choice_%s", g->choice));
    rect pad = rect_cut_top(in, g->strokes_size ? PAD_DP : 0);
    if (g->strokes_size) {
        ui_dashed(u, pad, COLOR_LINE, ui_theme(u)->radius_button);
        found_strokes(u, pad, g->strokes, g->strokes_size);
        rect_cut_top(in, 4);
    }
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
              arena_printf(ui_arena(u), "%s · %s · %s", g->who, how,
                           time_day_hm(ui_arena(u), g->at)));
    if (!text_blank(g->text)) part_text(u, in, FONT_SMALL, COLOR_INK, COLOR_CARD, g->text);
    rect_cut_top(in, 12);
}

static void signatures(struct finishing *d, rect *in) {
    const struct found_signature *mine = signature_of(d->f, "checker"),
                                 *theirs = signature_of(d->f, "in_charge");
    struct ui *u = d->u;
    if (mine) {
        show_signature(d, in, mine);
    } else if (!d->sealed) {
        const char *who =
            text_blank(d->s->holder) ? WORD(d->s, "finish.checker") : d->s->holder;
        sign_pad(u, d->s, in, d->f->walk->visit, "checker", who,
                 SAY(u, d->s, "finish.sign_here", who), NULL, &d->intent);
    }
    if (theirs) show_signature(d, in, theirs);
    if (d->sealed) return;
    struct button show = {.label = WORD(d->s, "finish.show"),
                          .icon = ICON_HANDSHAKE,
                          .sub = WORD(d->s, "finish.show_sub")};
    if (ui_button(
            u, rect_cut_top(in, ui_button_height(u, &show, in->w, ui_theme(u)->touch_answer)),
            &show))
        d->intent = part_go(SCREEN_show, d->f->walk->visit, 0, "");
    rect_cut_top(in, 12);
}

/* ---- the home's copy: held back after severity 4 unless the checker decides otherwise
 * ------------------------- */

static void copy(struct finishing *d, rect *in) {
    struct ui *u = d->u;
    const struct found *f = d->f;
    bool danger = f->dangers_now || f->dangers_count;
    const char *now = !text_blank(f->held_back) ? f->held_back : danger ? "held" : "given";
    part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.copy"));
    rect_cut_top(in, 4);
    if (danger)
        part_text(u, in, FONT_SMALL, COLOR_NOT_MET, COLOR_CARD,
                  WORD(d->s, "finish.copy_held_by_rule"));
    rect_cut_top(in, 6);
    const struct option options[] = {{.label = WORD(d->s, "finish.copy_given"),
                                      .role = BUTTON_MAIN,
                                      .small = true,
                                      .outline_only = true},
                                     {.label = WORD(d->s, "finish.copy_held"),
                                      .role = BUTTON_MAIN,
                                      .small = true,
                                      .outline_only = true}};
    int selected = text_equal(now, "held") ? 1 : 0;
    if (d->sealed) {
        part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, options[selected].label);
        return;
    }
    int tapped = part_options(u, in, "copy", options, 2, selected, ui_theme(u)->touch_min);
    if (tapped >= 0 && tapped != selected)
        d->intent = (struct intent){.kind = INTENT_visit_copy,
                                    .row = f->walk->visit,
                                    .word = tapped   ? "held"
                                            : danger ? "decided_give"
                                                     : "given"};
}

/* ---- leaving and sealing
 * ------------------------------------------------------------------------------------------ */

static void leaving(struct finishing *d, rect *in) {
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    const struct walk_model *w = d->f->walk;
    bool late = w->left && d->s->wall_ms - w->left_at > SEAL_WITHIN_MS;
    const char *said = w->left ? SAY(u, d->s, late ? "finish.left_late" : "finish.left_at",
                                     time_day_hm(a, w->left_at))
                               : WORD(d->s, "finish.leave_sub");
    part_text(u, in, FONT_SMALL, late ? COLOR_NOT_MET : COLOR_MUTE, COLOR_CARD, said);
    rect_cut_top(in, 12);
    if (w->left) return;
    struct button leave = {.label = SAY(u, d->s, "finish.leaving", time_hm(a, d->s->wall_ms))};
    rect r = rect_cut_top(in, ui_button_height(u, &leave, in->w, ui_theme(u)->touch_answer));
    if (ui_button(u, r, &leave))
        d->intent = (struct intent){
            .kind = INTENT_visit_leave, .row = w->visit, .undo = "finish.left_kept"};
}

static void told_lines(struct finishing *d, rect *in) {
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    for (int i = 0; i < d->f->told_count; i++) {
        const struct found_told *t = &d->f->told[i];
        const char *who = text_blank(t->whom)
                              ? WORD(d->s, arena_printf(a, "finish.told_%s", t->sort))
                              : t->whom;
        part_text(u, in, FONT_SMALL, COLOR_INK, COLOR_CARD,
                  arena_printf(a, "%s · %s%s%s", time_day_hm(a, t->at), who,
                               text_blank(t->said) ? "" : ": ", t->said));
        rect_cut_top(in, 4);
    }
    if (d->f->told_count) rect_cut_top(in, 8);
}

static void undecided(struct finishing *d, rect *in) {
    struct ui *u = d->u;
    if (!d->f->duties_open) return;
    struct button b = {
        .label = SAY(u, d->s, "finish.duties_open", int_text(ui_arena(u), d->f->duties_open)),
        .icon = ICON_WARNING,
        .role = BUTTON_DANGER};
    if (ui_button(u,
                  rect_cut_top(in, ui_button_height(u, &b, in->w, ui_theme(u)->touch_primary)),
                  &b))
        d->intent = part_go(SCREEN_danger, d->f->walk->visit,
                            d->f->dangers_count ? d->f->dangers[0].row : 0, "");
    rect_cut_top(in, 12);
}

void finish_tell(struct finishing *d, rect *area) {
    struct ui *u = d->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.tell"));
    rect_cut_top(&in, 12);
    undecided(d, &in);
    told_lines(d, &in);
    signatures(d, &in);
    copy(d, &in);
    rect_cut_top(&in, 12);
    if (d->sealed) {
        part_text(u, &in, FONT_BODY, COLOR_MET, COLOR_CARD,
                  SAY(u, d->s, "finish.sealed", time_day_hm(ui_arena(u), d->f->sealed_at)));
    } else {
        leaving(d, &in);
    }
    part_card_end(u, area, &card, in);
}

/* What is still open is said once more, in counts; then one button. */
static void sheet_seal(struct finishing *d) {
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    const struct found *f = d->f;
    bool closed = false;
    const char *lines[4];
    int n = 0;
    if (f->without_action)
        lines[n++] = SAY(u, d->s, "finish.open_actions", int_text(a, f->without_action));
    if (f->open_items)
        lines[n++] = SAY(u, d->s, "finish.open_items", int_text(a, f->open_items));
    if (f->duties_open)
        lines[n++] = SAY(u, d->s, "finish.open_duties", int_text(a, f->duties_open));
    rect in = ui_sheet_begin(u, "seal", WORD(d->s, "finish.seal_title"),
                             (220 + 44 * (float)n) * ui_text_scale(u), &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "finish.seal_sub"));
    rect_cut_top(&in, 12);
    found_list(u, &in, COLOR_CARD, WORD(d->s, "finish.still_open"), lines, n);
    const char *praise = ui_field_text(u, d->praise_key);
    if (ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_answer * ui_text_scale(u)),
                  &(struct button){.label = WORD(d->s, "finish.seal_now"),
                                   .icon = ICON_SEAL_CHECK,
                                   .role = BUTTON_MAIN})) {
        d->intent = (struct intent){.kind = INTENT_visit_seal,
                                    .row = f->walk->visit,
                                    .text = praise ? praise : "",
                                    .draft = d->praise_key,
                                    .back_after = true,
                                    .to = {.screen = SCREEN_morning, .row = f->walk->visit}};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->state->sealing = false;
}

void finish_sheets(struct finishing *d) {
    if (d->state->section[0]) sheet_reason(d);
    if (!d->state->sealing || d->sealed) return;
    if (use_at_a_table(d->f->walk->gather->use))
        finish_close_sheet(d);
    else
        sheet_seal(d);
}
