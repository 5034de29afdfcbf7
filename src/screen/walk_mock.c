/* walk_mock.c -- in a rehearsal: what was found here about the statement, above its score, so
 * that whoever scores looks before they judge. The score given last time shows after one's own.
 */
#include "screen/walk_screen.h"

#include "base/text.h"

static const struct gather_evidence *evidence_of(const struct walk_draw *w,
                                                 const struct walk_item *i) {
    const struct gather *g = w->m->gather;
    for (int k = 0; k < g->evidence_count; k++)
        if (text_equal(g->evidence[k].statement, i->item->statement)) return &g->evidence[k];
    return NULL;
}

static void found(struct walk_draw *w, rect *in, const struct gather_found *f, int n) {
    static const enum icon icons[] = {ICON_INFO, ICON_CHECK, ICON_CIRCLE_HALF, ICON_X};
    bool leads = f->open_check || f->open_action;
    struct button b = {.label = f->text,
                       .sub = f->sub,
                       .key = arena_printf(ui_arena(w->u), "found-%d", n),
                       .icon = icons[f->level & 3],
                       .left = true,
                       .role = BUTTON_ROW,
                       .font = FONT_SMALL,
                       .disabled = !leads};
    rect r = rect_cut_top(in, ui_button_height(w->u, &b, in->w, ui_theme(w->u)->touch_min));
    if (!ui_button(w->u, r, &b)) return;
    walk_take(w, f->open_action ? part_go(SCREEN_action, f->open_action, 0, NULL)
                                : part_go(SCREEN_check, f->open_check, 0, NULL));
}

static const char *add(struct walk_draw *w, const char *all, const char *one) {
    return *all ? arena_printf(ui_arena(w->u), "%s · %s", all, one) : one;
}

static const char *counts(struct walk_draw *w, const struct gather_evidence *k) {
    struct arena *a = ui_arena(w->u);
    const char *out = "";
    int answers = k->good + k->partly + k->bad;
    if (answers)
        out = add(w, out,
                  SAY(w->u, w->s, "gather.checks_say", int_text(a, k->good),
                      int_text(a, k->partly), int_text(a, k->bad)));
    if (k->seen) out = add(w, out, SAY(w->u, w->s, "gather.n_seen", int_text(a, k->seen)));
    if (k->heard) out = add(w, out, SAY(w->u, w->s, "gather.n_heard", int_text(a, k->heard)));
    if (k->actions)
        out = add(w, out, SAY(w->u, w->s, "gather.n_actions", int_text(a, k->actions)));
    return *out ? out : WORD(w->s, "gather.nothing_found");
}

static const char *kinds(struct walk_draw *w, const struct gather_evidence *k) {
    struct arena *a = ui_arena(w->u);
    const char *out = "";
    for (int i = 0; i < 6; i++) {
        const char *name = WORD(w->s, arena_printf(a, "gather.kind_%s", gather_kinds[i]));
        if (k->by_kind[i])
            out = add(w, out,
                      SAY(w->u, w->s, "gather.group_count", name, int_text(a, k->by_kind[i])));
    }
    return out;
}

static bool scored(const struct walk_item *i) {
    for (int k = 0; k < i->parts_count; k++)
        if (i->parts[k].part->kind == PART_SCORE) return true;
    return false;
}

void walk_mock_item(struct walk_draw *w, rect *in, const struct walk_item *i) {
    struct ui *u = w->u;
    const struct gather_evidence *k = evidence_of(w, i);
    if (w->m->gather->use != USE_MOCK || !k || !scored(i)) return;
    part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(w->s, "gather.so_far"));
    part_text(u, in, FONT_SMALL, COLOR_INK, COLOR_CARD, counts(w, k));
    const char *by = kinds(w, k);
    if (*by) part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, by);
    rect_cut_top(in, ui_theme(u)->unit);
    for (int n = 0; n < k->newest_count; n++)
        found(w, in, &k->newest[n], n);
    if (i->answered && k->last_score)
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, w->s, "gather.last_score", int_text(ui_arena(u), k->last_score),
                      day_text(ui_arena(u), k->last_day)));
    walk_gap(w, in);
}
