/* check.c -- one past check, read-only: how it was done, what was found, every answer; words
 * can be added, and words of one's own taken back before they were ever carried out of the
 * building. */
#include "care/answer_says.h"
#include "screen/erased_part.h"
#include "screen/evidence_part.h"
#include "screen/found_part.h"

#include "base/text.h"
#include "screen/gather_part.h"

struct check_state {
    bool adding;
    int64_t taking_back; /* a piece of feedback or an observation; 0 none */
    char kind[16];
    struct voice_state voice;
};

struct checking {
    struct ui *u;
    const struct scene *s;
    struct check_state *state;
    const struct found *f;
    struct intent intent;
    const char *add_key, *why_key;
};

static void heading(struct checking *d, rect *in, const char *key) {
    part_text(d->u, in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, key));
    rect_cut_top(in, 10);
}

/* What was recorded is only listened to here. */
static struct voice_part listen(struct checking *d, const struct evidence_list *list) {
    return (struct voice_part){.u = d->u,
                               .s = d->s,
                               .state = &d->state->voice,
                               .list = list,
                               .read_only = true,
                               .ground = COLOR_CARD};
}

static void evidence(struct checking *d, rect *in, const struct evidence_list *list) {
    if (evidence_photos(list)) {
        rect_cut_top(in, 6);
        struct intent tapped = evidence_strip(d->u, d->s, in, list, NULL, COLOR_CARD);
        if (tapped.kind) d->intent = tapped;
    }
    struct voice_part voice = listen(d, list);
    if (!voice_count(list)) return;
    struct intent tapped = voice_notes(&voice, in);
    if (tapped.kind) d->intent = tapped;
}

static void paper_button(struct checking *d, rect *in, int64_t row, const char *of) {
    struct button b = {
        .label = WORD(d->s, "paper.title"), .key = "paper", .icon = ICON_FILE_PDF};
    ui_push(d->u, row);
    b.font = FONT_SMALL;
    float w = ui_button_width(d->u, &b);
    rect r = rect_cut_top(in, ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_min));
    r.w = w < r.w ? w : r.w;
    if (ui_button(d->u, r, &b)) d->intent = part_go(SCREEN_paper, row, 0, of);
    ui_pop(d->u);
}

static void card_how(struct checking *d, rect *area) {
    struct card card;
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    const struct found *f = d->f;
    const struct walk_model *w = f->walk;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    heading(d, &in, "check.how");
    bool table = use_at_a_table(w->gather->use);
    for (int i = 0; i < f->questions_count && !table; i++)
        found_question(u, d->s, &in, &f->questions[i]);
    const char *lines[8];
    int n = 0;
    if (!table)
        lines[n++] = SAY(u, d->s, w->unannounced ? "check.unannounced" : "check.announced",
                         w->checker_label);
    if (!text_blank(w->in_charge)) lines[n++] = SAY(u, d->s, "check.in_charge", w->in_charge);
    if (!table)
        lines[n++] = SAY(u, d->s, "morning.minutes", int_text(a, f->minutes),
                         int_text(a, f->covered_minutes));
    if (f->rooms && !table)
        lines[n++] = SAY(u, d->s, "morning.rooms", int_text(a, f->rooms_entered),
                         int_text(a, f->rooms_door), int_text(a, f->rooms_not));
    if (f->changed) lines[n++] = SAY(u, d->s, "morning.changed", int_text(a, f->changed));
    if (f->sealed_at) lines[n++] = SAY(u, d->s, "check.sealed", time_day_hm(a, f->sealed_at));
    for (int i = 0; i < n; i++) {
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, lines[i]);
        rect_cut_top(&in, 4);
    }
    rect_cut_top(&in, 8);
    paper_button(d, &in, w->visit, "check");
    part_card_end(u, area, &card, in);
}

static void take_back_button(struct checking *d, rect *in, int64_t row, const char *kind) {
    struct button b = {.label = WORD(d->s, "check.take_back"),
                       .icon = ICON_ARROW_U_UP_LEFT,
                       .role = BUTTON_QUIET,
                       .font = FONT_SMALL};
    ui_push(d->u, row);
    float w = ui_button_width(d->u, &b);
    rect r = rect_cut_top(in, ui_theme(d->u)->touch_min * ui_text_scale(d->u));
    r.w = w < r.w ? w : r.w;
    if (ui_button(d->u, r, &b)) {
        d->state->taking_back = row;
        text_copy(d->state->kind, sizeof d->state->kind, kind);
    }
    ui_pop(d->u);
}

static void card_gather(struct checking *d, rect *area) {
    struct card card;
    const struct gather *g = d->f->walk->gather;
    if (!g->blocks_count) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    gather_blocks(d->u, d->s, &in, COLOR_CARD, g, &d->intent);
    part_card_end(d->u, area, &card, in);
}

static void card_found(struct checking *d, rect *area) {
    struct card card;
    bool table = use_at_a_table(d->f->walk->gather->use);
    if (table && !d->f->lines_count && !d->f->erased.count) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    heading(d, &in, "finish.concerns");
    if (!d->f->lines_count)
        part_text(d->u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD,
                  WORD(d->s, d->f->erased.count ? "check.none_left" : "finish.no_concerns"));
    for (int i = 0; i < d->f->lines_count; i++) {
        struct voice_part voice = listen(d, NULL);
        found_row(d->u, d->s, &in, &d->f->lines[i], false, &voice, &d->intent);
        if (d->f->lines[i].observation && !d->f->sealed_at)
            take_back_button(d, &in, d->f->lines[i].row, "observation");
    }
    part_card_end(d->u, area, &card, in);
}

static void card_said(struct checking *d, rect *area) {
    struct card card;
    const struct found *f = d->f;
    if (!f->voices_count && !f->goods_count) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    heading(d, &in, "check.good_and_said");
    for (int i = 0; i < f->goods_count; i++) {
        if (f->goods[i].said) continue;
        part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, f->goods[i].text);
        evidence(d, &in, &f->goods[i].evidence);
        if (!f->sealed_at) take_back_button(d, &in, f->goods[i].row, "observation");
        rect_cut_top(&in, 8);
    }
    for (int i = 0; i < f->voices_count; i++) {
        const struct found_voice *v = &f->voices[i];
        part_text(d->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, v->question);
        if (!text_blank(v->text) || text_blank(v->marks) || v->evidence.count)
            part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
                      found_quote(d->u, d->s, v->text, &v->evidence));
        part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, v->marks);
        part_text(d->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  arena_printf(
                      ui_arena(d->u), "%s · %s",
                      WORD(d->s, arena_printf(ui_arena(d->u), "check.speaker_%s", v->speaker)),
                      time_day_hm(ui_arena(d->u), v->at)));
        evidence(d, &in, &v->evidence);
        rect_cut_top(&in, 6);
        paper_button(d, &in, v->row, "feedback");
        if (!f->sealed_at) take_back_button(d, &in, v->row, "feedback");
        rect_cut_top(&in, 8);
    }
    part_card_end(d->u, area, &card, in);
}

static void show_item(struct checking *d, rect *in, const struct walk_item *i) {
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    bool a_finding = i->verdict == VERDICT_BAD || i->verdict == VERDICT_PARTLY;
    if (!i->answered && !i->evidence.count) return;
    const char *room = i->room ? arena_printf(a, " (%s)", i->room->label) : "";
    part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD,
              arena_printf(a, "%s%s", i->item->text, room));
    for (int k = 0; k < i->parts_count; k++) {
        const struct walk_part *p = &i->parts[k];
        if (!p->answer) continue;
        const char *said = answer_says(a, d->s->words, p->part, &p->answer->value);
        const char *line =
            text_blank(p->part->text) ? said : arena_printf(a, "%s: %s", p->part->text, said);
        bool bad = p->verdict == VERDICT_BAD;
        part_text(u, in, FONT_BODY,
                  bad                            ? COLOR_NOT_MET
                  : p->verdict == VERDICT_PARTLY ? COLOR_PARTLY
                                                 : COLOR_INK,
                  COLOR_CARD, line);
        if (!text_blank(p->answer->note))
            part_text(u, in, FONT_BODY, COLOR_MUTE, COLOR_CARD, p->answer->note);
        if (p->answer->after_leaving)
            part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                      WORD(d->s, "check.after_leaving"));
        if (p->answer->two_changed)
            part_text(u, in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                      WORD(d->s, "check.two_changed"));
    }
    if (!a_finding) evidence(d, in, &i->evidence); /* those stand at the top */
    rect_cut_top(in, 14);
}

static void card_section(struct checking *d, rect *area, const struct walk_section *s) {
    struct card card;
    bool any = s->answered > 0;
    for (int i = 0; i < s->items_count; i++)
        any = any || s->items[i].evidence.count > 0;
    if (!any) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    part_text(d->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, s->section->title);
    rect_cut_top(&in, 10);
    for (int i = 0; i < s->items_count; i++)
        show_item(d, &in, &s->items[i]);
    part_card_end(d->u, area, &card, in);
}

static void card_added(struct checking *d, rect *area) {
    struct card card;
    struct ui *u = d->u;
    struct arena *a = ui_arena(u);
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    heading(d, &in, "check.added");
    for (int i = 0; i < d->f->addenda_count; i++) {
        const struct found_addendum *n = &d->f->addenda[i];
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, n->text);
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  arena_printf(a, "%s · %s", time_day_hm(a, n->at), n->by));
        rect_cut_top(&in, 8);
    }
    struct button add = {.label = WORD(d->s, "check.add"), .icon = ICON_PLUS};
    if (ui_button(
            u, rect_cut_top(&in, ui_button_height(u, &add, in.w, ui_theme(u)->touch_primary)),
            &add))
        d->state->adding = true;
    part_card_end(u, area, &card, in);
}

/* One field and Keep, for adding and for the reason of taking back. */
static bool sheet_words(struct checking *d, const char *key, const char *title,
                        const char *hint, bool *closed) {
    struct ui *u = d->u;
    struct field f = {.key = key,
                      .name = WORD(d->s, hint),
                      .hint = WORD(d->s, hint),
                      .lines = 3,
                      .focus = true,
                      .ground = COLOR_CARD};
    rect in = ui_sheet_begin(u, key, WORD(d->s, title), 260 * ui_text_scale(u), closed);
    ui_field(u, rect_cut_top(&in, ui_field_height(u, &f, in.w)), &f);
    rect_cut_top(&in, 12);
    const char *text = ui_field_text(u, key);
    bool kept = ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_primary * ui_text_scale(u)),
                          &(struct button){.label = WORD(d->s, "common.keep"),
                                           .role = BUTTON_MAIN,
                                           .disabled = text_blank(text)});
    ui_sheet_end(u);
    return kept;
}

static void sheets(struct checking *d) {
    bool closed = false;
    if (d->state->adding) {
        if (sheet_words(d, d->add_key, "check.add", "check.add_hint", &closed)) {
            d->intent = (struct intent){.kind = INTENT_addendum,
                                        .row = d->f->walk->visit,
                                        .text = ui_field_text(d->u, d->add_key),
                                        .draft = d->add_key,
                                        .undo = "check.add_kept"};
            closed = true;
        }
        if (closed) d->state->adding = false;
    } else if (d->state->taking_back) {
        if (sheet_words(d, d->why_key, "check.take_back", "check.take_back_why", &closed)) {
            d->intent = (struct intent){.kind = INTENT_withdraw,
                                        .row = d->state->taking_back,
                                        .other = d->f->walk->visit,
                                        .word = d->state->kind,
                                        .text = ui_field_text(d->u, d->why_key),
                                        .draft = d->why_key,
                                        .undo = "check.taken_back"};
            closed = true;
        }
        if (closed) d->state->taking_back = 0;
    }
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct found *f = model;
    const struct walk_model *w = f->walk;
    struct checking d = {.u = u, .s = s, .state = state, .f = f};
    const char *title = w->visit ? w->form->title : WORD(s, "check.title");
    const char *sub = w->visit ? arena_printf(ui_arena(u), "%s · %s", w->service_name,
                                              time_day_hm(ui_arena(u), w->started))
                               : "";
    struct header_result head =
        part_header(u, s, &area,
                    &(struct header){.title = title,
                                     .sub = sub,
                                     .main = w->visit ? WORD(s, "check.morning") : NULL,
                                     .main_icon = ICON_SUN,
                                     .no_saved = true});
    d.intent = part_header_intent(head);
    if (!w->visit) {
        part_text(u, &area, FONT_BODY, COLOR_INK, COLOR_BG, WORD(s, "finish.cannot_open"));
        return d.intent;
    }
    if (head.tap == HEADER_MAIN) d.intent = part_go(SCREEN_morning, w->visit, 0, "");
    d.add_key = arena_printf(ui_arena(u), "check/%lld/add", (long long)w->visit);
    d.why_key = arena_printf(ui_arena(u), "check/%lld/why", (long long)w->visit);
    rect page = ui_scroll_begin(u, area, "check");
    enum width_class width = part_width(u, area);
    float pad = width == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect left = rect_inset(page, pad, pad), right = left;
    if (width == WIDTH_WIDE) {
        right = rect_cut_right(&left, (left.w - pad) * 0.42F);
        rect_cut_right(&left, pad);
    }
    card_gather(&d, &left);
    card_found(&d, &left);
    card_said(&d, &left);
    erased_card(u, s, &left, WORD(s, "erased.title"), &f->erased);
    if (width != WIDTH_WIDE) right = left;
    card_how(&d, &right);
    card_added(&d, &right);
    if (width != WIDTH_WIDE) left = right;
    for (int i = 0; i < w->sections_count; i++)
        card_section(&d, &left, &w->sections[i]);
    float bottom = right.y > left.y ? right.y : left.y;
    ui_scroll_end(u, bottom - top + pad);
    sheets(&d);
    return d.intent;
}

const struct screen screen_check = {
    .name = "check", .state_size = sizeof(struct check_state), .draw = draw};
