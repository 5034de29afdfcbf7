/* action_says.c -- what can be said about an action now. The words in the field go with
 * whichever step is chosen; who may say that it works is a rule, and the sentence says why not.
 */
#include "screen/action_pieces.h"

#include "base/text.h"

struct step {
    const char *sort;
    enum icon icon;
};

static const char *key_of(struct action_view *v, const char *part) {
    return arena_printf(ui_arena(v->u), "action/%lld/%s", (long long)v->m->id, part);
}

struct intent action_step_intent(struct action_view *v, const char *sort, int64_t due) {
    struct arena *f = ui_arena(v->u);
    const char *text = ui_field_text(v->u, key_of(v, "text"));
    const char *who = ui_field_text(v->u, key_of(v, "who"));
    return (struct intent){.kind = INTENT_step,
                           .row = v->m->id,
                           .other = v->m->visit,
                           .number = due,
                           .word = sort,
                           .word2 =
                               text_equal(sort, "said_done") && who ? arena_strdup(f, who) : "",
                           .text = text ? arena_strdup(f, text) : "",
                           .draft = key_of(v, ""),
                           .undo = "action.kept"};
}

/* Besides the main one, which stands in the top bar. */
static int steps_now(const struct action_model *m, struct step out[6]) {
    const char *main = action_next_step(m);
    struct step all[6];
    int n = 0, kept = 0;
    all[n++] = (struct step){"update", ICON_CHAT_TEARDROP_TEXT};
    switch (m->row.state) {
    case ACTION_OPEN:
        all[n++] = (struct step){"said_done", ICON_CHECK};
        all[n++] = (struct step){"moved", ICON_CALENDAR};
        break;
    case ACTION_SAID_DONE:
        all[n++] = (struct step){"seen_working", ICON_EYE};
        all[n++] = (struct step){"not_working", ICON_X};
        break;
    case ACTION_SEEN_WORKING:
        all[n++] = (struct step){"lasted", ICON_SEAL_CHECK};
        if (m->lasted_weeks < 12) all[n - 1] = (struct step){"seen_working", ICON_EYE};
        all[n++] = (struct step){"reopened", ICON_ARROW_COUNTER_CLOCKWISE};
        break;
    case ACTION_LASTED:
    case ACTION_CLOSED:
        all[n++] = (struct step){"reopened", ICON_ARROW_COUNTER_CLOCKWISE};
        break;
    }
    for (int i = 0; i < n; i++)
        if (!main || !text_equal(all[i].sort, main)) out[kept++] = all[i];
    return kept;
}

static const char *label_of(struct action_view *v, const char *sort) {
    bool again = v->m->row.state == ACTION_SEEN_WORKING && text_equal(sort, "seen_working");
    return again ? WORD(v->s, "action.do_still_working")
                 : WORD(v->s, arena_printf(ui_arena(v->u), "action.do_%s", sort));
}

static bool needs_words(const char *sort) {
    return text_equal(sort, "update") || text_equal(sort, "not_working") ||
           text_equal(sort, "reopened") || text_equal(sort, "moved");
}

static struct intent buttons(struct action_view *v, rect *in, bool has_words) {
    struct step steps[6];
    struct option o[6];
    int n = steps_now(v->m, steps);
    for (int i = 0; i < n; i++) {
        bool sees = (text_equal(steps[i].sort, "seen_working") ||
                     text_equal(steps[i].sort, "lasted")) &&
                    v->m->row.cannot;
        o[i] = (struct option){.label = label_of(v, steps[i].sort),
                               .icon = steps[i].icon,
                               .disabled = sees || (needs_words(steps[i].sort) && !has_words)};
    }
    int tapped = part_options(v->u, in, "steps", o, n, -1, ui_theme(v->u)->touch_answer);
    if (tapped < 0) return (struct intent){0};
    if (text_equal(steps[tapped].sort, "moved")) {
        v->state->sheet = 1;
        return (struct intent){0};
    }
    return action_step_intent(v, steps[tapped].sort, 0);
}

static struct field_result field(struct action_view *v, rect *in, const char *part,
                                 const char *hint, int lines) {
    struct field f = {.key = key_of(v, part),
                      .name = hint,
                      .hint = hint,
                      .lines = lines,
                      .ground = COLOR_CARD};
    struct field_result r =
        ui_field(v->u, rect_make(in->x, in->y, in->w, ui_field_height(v->u, &f, in->w)), &f);
    rect_cut_top(in, ui_field_height(v->u, &f, in->w) + ui_theme(v->u)->gap);
    return r;
}

struct intent action_says(struct action_view *v, rect *area) {
    const struct action_model *m = v->m;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    part_text(v->u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "action.whats_new"));
    rect_cut_top(&in, 10);
    struct field_result text = field(v, &in, "text", WORD(v->s, "action.text_hint"), 3);
    if (m->row.state == ACTION_OPEN) field(v, &in, "who", WORD(v->s, "action.who_hint"), 1);
    struct intent out = buttons(v, &in, !text_blank(text.text));
    bool looks = m->row.state == ACTION_SAID_DONE || m->row.state == ACTION_SEEN_WORKING;
    if (looks && m->row.cannot) {
        part_text(v->u, &in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD, WORD(v->s, m->row.cannot));
        rect_cut_top(&in, 6);
    }
    part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(v->s, "action.words_needed"));
    part_card_end(v->u, area, &card, in);
    return out;
}
