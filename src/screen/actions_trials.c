/* actions_trials.c -- above the actions: what is being tried out here. A trial whose end has
 * come asks to be decided; it does not quietly become the way things are. */
#include "screen/actions_trials.h"

#include "base/text.h"

static const char *head(struct ui *u, const struct scene *s, const struct trial *t) {
    struct arena *a = ui_arena(u);
    bool open = text_blank(t->decision) || text_equal(t->decision, "open");
    if (t->due && t->stopped) return WORD(s, "gather.trial_stopped");
    if (t->due) return SAY(u, s, "gather.trial_due", day_text(a, t->end));
    if (!open) return WORD(s, arena_printf(a, "gather.trial_%s", t->decision));
    return t->end ? SAY(u, s, "gather.trial_runs", day_text(a, t->end))
                  : WORD(s, "gather.trial_no_end");
}

static struct intent one(struct ui *u, const struct scene *s, rect *area,
                         const struct trial *t) {
    struct button b = {.label = head(u, s, t),
                       .sub = text_blank(t->aim) ? NULL : t->aim,
                       .key = "trial",
                       .icon = t->due ? ICON_WARNING : ICON_HOURGLASS,
                       .left = true,
                       .role = t->due ? BUTTON_AMBER : BUTTON_PLAIN,
                       .font = FONT_BODY};
    ui_push(u, t->visit);
    rect r = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_primary));
    rect_cut_top(area, ui_theme(u)->touch_between);
    struct intent out = {0};
    if (ui_button(u, r, &b)) out = part_go(SCREEN_walk, t->visit, 0, t->item);
    ui_pop(u);
    return out;
}

struct intent actions_trials(struct ui *u, const struct scene *s, rect *area,
                             const struct trial *all, int count) {
    struct intent out = {0};
    if (count) part_heading(u, area, WORD(s, "gather.trials"));
    for (int due = 1; due >= 0; due--)
        for (int i = 0; i < count; i++)
            if (all[i].due == (due == 1)) {
                struct intent in = one(u, s, area, &all[i]);
                if (in.kind) out = in;
            }
    if (count) rect_cut_top(area, ui_theme(u)->gap);
    return out;
}
