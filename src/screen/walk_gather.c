/* walk_gather.c -- page one of what is filled in at a table: who is there, as counts. And the
 * way from a note to an action in one tap. */
#include "screen/walk_screen.h"

#include "base/text.h"
#include "screen/gather_part.h"

#define PRESENT_MOST 500
#define COUNT_DP     240.0F /* a stepper under its name */
#define COLUMNS_MOST 3

static void one_count(struct walk_draw *w, rect *in, const char *id, const char *list) {
    struct ui *u = w->u;
    const char *name = WORD(w->s, arena_printf(ui_arena(u), "gather.group_%s", id));
    const char *key =
        arena_printf(ui_arena(u), "visit/%lld/present/%s", (long long)w->m->visit, id);
    bool said;
    int64_t n = answer_list_number(list, id, &said);
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, name);
    rect_cut_top(in, ui_theme(u)->unit);
    struct stepped now = answer_stepper(u, w->s, in,
                                        &(struct stepper){.key = key,
                                                          .name = name,
                                                          .now = n,
                                                          .said = said,
                                                          .step = 1,
                                                          .scale = 1,
                                                          .bounded = true,
                                                          .most = PRESENT_MOST});
    if (!now.tapped) return;
    walk_take(w, (struct intent){.kind = INTENT_visit_present,
                                 .row = w->m->visit,
                                 .text = answer_list_set(ui_arena(u), list, id, now.number),
                                 .draft = key});
}

/* Beside one another where there is room, so that the first question is seen at once. */
static int count_columns(struct ui *u, float width) {
    int n = (int)(width / (COUNT_DP * ui_text_scale(u)));
    return n < 1 ? 1 : n > COLUMNS_MOST ? COLUMNS_MOST : n;
}

static void who_is_here(struct walk_draw *w, rect *in) {
    struct ui *u = w->u;
    const char *list = w->m->gather->present;
    part_text(u, in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(w->s, "gather.who_is_here"));
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(w->s, "gather.only_counts"));
    walk_gap(w, in);
    int columns = count_columns(u, in->w), last = GATHER_GROUPS - 1;
    float gap = ui_theme(u)->touch_between, lowest = in->y;
    for (int i = 0; i < GATHER_GROUPS; i++) {
        rect one = rect_column(*in, i % columns, columns, gap);
        one_count(w, &one, gather_groups[i], list);
        if (one.y > lowest) lowest = one.y;
        if (i % columns == columns - 1 || i == last) rect_cut_top(in, lowest - in->y);
    }
}

void walk_gather_first(struct walk_draw *w, rect *area) {
    if (!gather_counts_people(w->m->gather->use)) return;
    if (w->m->sealed) return;
    struct card card;
    rect in = part_card_begin(w->u, area, &card, COLOR_LINE);
    who_is_here(w, &in);
    in.y -= ui_theme(w->u)->gap;
    part_card_end(w->u, area, &card, in);
}

/* ---- from a note to an action ---- */

/* The note itself, else the first part that says anything: an action names where it comes from.
 */
static const struct walk_answer *source_of(const struct walk_item *i) {
    const struct walk_answer *found = NULL;
    for (int k = 0; k < i->parts_count; k++) {
        const struct walk_part *p = &i->parts[k];
        if (!p->answer || !p->answered) continue;
        if (p->part->kind == PART_WORDS && !text_blank(p->answer->value.text)) return p->answer;
        if (!found) found = p->answer;
    }
    return found;
}

static void raised(struct walk_draw *w, rect *in, const struct walk_raised *r) {
    struct button b = {
        .label = SAY(w->u, w->s, "gather.raised", part_reference(w->u, r->must, r->reference)),
        .sub = r->owner,
        .key = "raised",
        .icon = ICON_FLAG_PENNANT,
        .left = true,
        .font = FONT_BODY};
    if (walk_tap(w, in, &b, ui_theme(w->u)->touch_min))
        walk_take(w, part_go(SCREEN_action, r->action, 0, NULL));
}

/* With a worker: what becomes of their words, and the way for somebody who is afraid. */
static void with_a_worker(struct walk_draw *w, rect *in, const struct walk_item *i) {
    bool staff = false;
    for (int k = 0; k < i->parts_count; k++)
        staff |= i->parts[k].answer && text_equal(i->parts[k].part->id, "group") &&
                 text_equal(i->parts[k].answer->value.word, "staff");
    if (w->m->gather->use != USE_INTERVIEW || !staff) return;
    part_text(w->u, in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(w->s, "gather.staff_talk"));
    walk_gap(w, in);
    struct button b = {.label = WORD(w->s, "gather.staff_afraid"), .icon = ICON_SHIELD_CHECK};
    if (!w->m->sealed && walk_buttons(w, in, &b, 1, ui_theme(w->u)->touch_min) == 0)
        walk_take(w, part_go(SCREEN_heard, w->m->visit, 0, NULL));
}

void walk_gather_item(struct walk_draw *w, rect *in, const struct walk_item *i) {
    with_a_worker(w, in, i);
    const struct walk_answer *from = source_of(i);
    if (!gather_wants_action(w->m->gather->use) || !from) return;
    if (i->raised) raised(w, in, i->raised);
    if (w->m->sealed) return;
    struct button b = {
        .label = WORD(w->s, i->raised ? "gather.another_action" : "gather.make_action"),
        .key = "make-action",
        .icon = ICON_FLAG_PENNANT};
    if (walk_buttons(w, in, &b, 1, ui_theme(w->u)->touch_min) == 0)
        walk_take(w, part_go(SCREEN_raise, w->m->visit, from->row, i->item->id));
}

/* ---- about one action ---- */

static const char *claim_of(struct walk_draw *w, const struct gather_about *k) {
    const char *day = day_text(ui_arena(w->u), london_day(k->said_at));
    if (!k->said_at) return "";
    const char *said = text_blank(k->who) ? SAY(w->u, w->s, "gather.they_say", day)
                                          : SAY(w->u, w->s, "gather.they_say_who", k->who, day);
    if (text_blank(k->claim)) return said;
    return arena_printf(ui_arena(w->u), "%s: %s", said, k->claim);
}

/* Begun on the start page: first, which action is it about? */
static void which_action(struct walk_draw *w, rect *area) {
    struct ui *u = w->u;
    const struct gather *g = w->m->gather;
    struct card card;
    if (!use_of_action(g->use) || w->m->sealed) return;
    rect in = part_card_begin(u, area, &card, COLOR_AMBER);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD,
              WORD(w->s, g->choices_count ? "gather.which" : "gather.which_none"));
    walk_gap(w, &in);
    for (int i = 0; i < g->choices_count; i++) {
        const struct gather_action *k = &g->choices[i];
        struct button b = {.label = k->different,
                           .sub = part_reference(u, k->must, k->reference),
                           .key = k->reference,
                           .left = true,
                           .font = FONT_BODY};
        if (walk_tap(w, &in, &b, ui_theme(u)->touch_primary))
            walk_take(w, (struct intent){
                             .kind = INTENT_visit_about, .row = w->m->visit, .other = k->row});
    }
    in.y -= ui_theme(u)->gap;
    part_card_end(u, area, &card, in);
}

/* What was promised and what is claimed, read before one goes and looks. */
void walk_gather_about(struct walk_draw *w, rect *area) {
    struct ui *u = w->u;
    const struct gather_about *k = w->m->gather->about;
    struct card card;
    if (!k) {
        which_action(w, area);
        return;
    }
    rect in = part_card_begin(u, area, &card, COLOR_AMBER);
    const char *tag = part_reference(u, k->must, k->reference);
    float h = ui_line_height(u, FONT_TAG) + ui_theme(u)->unit * 2;
    rect row = rect_cut_top(&in, h);
    part_reference_tag(u, rect_cut_left(&row, ui_tag_width(u, tag)), k->reference, k->must);
    rect_cut_top(&in, ui_theme(u)->unit * 2);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(w->s, "gather.promised"));
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, k->different);
    if (!text_blank(k->measure))
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, w->s, "walk.measure", k->measure));
    walk_gap(w, &in);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, claim_of(w, k));
    if (k->cannot) {
        walk_gap(w, &in);
        part_text(u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(w->s, k->cannot));
    }
    if (!text_blank(k->step)) {
        walk_gap(w, &in);
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, k->says);
    }
    part_card_end(u, area, &card, in);
}
