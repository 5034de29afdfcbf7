/* actions.c -- all actions of the service by urgency, filtered; a long list is a window. */
#include "model/actions_model.h"

#include "screen/action_line.h"
#include "screen/actions_trials.h"

static const char *const filter_words[ACTIONS_FILTERS] = {"all", "mine", "overdue", "verify",
                                                          "closed"};

static struct intent show(enum actions_filter f, int64_t first) {
    struct intent in = part_go(SCREEN_actions, 0, first, filter_words[f]);
    in.kind = INTENT_replace;
    return in;
}

static struct intent filters(struct ui *u, const struct scene *s, const struct actions_model *m,
                             rect *area) {
    const char *labels[ACTIONS_FILTERS];
    bool selected[ACTIONS_FILTERS];
    for (int f = 0; f < ACTIONS_FILTERS; f++) {
        const char *key = arena_printf(ui_arena(u), "actions.filter_%s", filter_words[f]);
        labels[f] = arena_printf(ui_arena(u), "%s · %d", WORD(s, key), m->counts[f]);
        selected[f] = m->filter == (enum actions_filter)f;
    }
    int tapped = part_chips(u, area, "filter", labels, selected, ACTIONS_FILTERS);
    return tapped >= 0 ? show((enum actions_filter)tapped, 0) : (struct intent){0};
}

static struct intent rows(struct ui *u, const struct scene *s, const struct actions_model *m,
                          rect *area) {
    struct intent out = {0};
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    for (int i = 0; i < m->count; i++) {
        rect_cut_top(&in, 8);
        if (action_line(u, s, &in, &m->rows[i], COLOR_CARD))
            out = part_go(SCREEN_action, m->rows[i].id, 0, NULL);
        if (m->filter == ACTIONS_VERIFY && m->rows[i].cannot) {
            rect_cut_top(&in, 4);
            part_text(u, &in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD, WORD(s, m->rows[i].cannot));
        }
    }
    if (!m->count) {
        const char *key = arena_printf(ui_arena(u), "actions.none_%s", filter_words[m->filter]);
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(s, key));
    }
    part_card_end(u, area, &card, in);
    return out;
}

static struct intent window(struct ui *u, const struct scene *s, const struct actions_model *m,
                            rect *area) {
    if (m->total <= m->count) return (struct intent){0};
    struct arena *f = ui_arena(u);
    struct option o[2] = {{.label = WORD(s, "actions.before"),
                           .icon = ICON_CARET_LEFT,
                           .disabled = m->first == 0},
                          {.label = WORD(s, "actions.after"),
                           .icon = ICON_CARET_RIGHT,
                           .disabled = m->first + m->count >= m->total}};
    part_text(u, area, FONT_SMALL, COLOR_MUTE, COLOR_BG,
              SAY(u, s, "actions.window", int_text(f, m->first + 1),
                  int_text(f, m->first + m->count), int_text(f, m->total)));
    rect_cut_top(area, 8);
    int tapped = part_options(u, area, "window", o, 2, -1, ui_theme(u)->touch_primary);
    int64_t back = m->first > ACTIONS_WINDOW ? m->first - ACTIONS_WINDOW : 0;
    if (tapped == 0) return show(m->filter, back);
    return tapped == 1 ? show(m->filter, m->first + m->count) : (struct intent){0};
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct actions_model *m = model;
    (void)state;
    struct intent in = part_header_intent(part_header(
        u, s, &area,
        &(struct header){.title = WORD(s, "actions.title"), .sub = m->service_name}));
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), "actions");
    float top = column.y;
    if (column.w > 960)
        column = rect_make(column.x + (column.w - 960) / 2, column.y, 960, column.h);
    rect_cut_top(&column, pad);
    in = either(in, filters(u, s, m, &column));
    if (m->filter == ACTIONS_MINE && !m->holder_named) {
        part_text(u, &column, FONT_SMALL, COLOR_MUTE, COLOR_BG, WORD(s, "actions.nobody"));
        rect_cut_top(&column, 12);
    }
    if (m->filter == ACTIONS_ALL)
        in = either(in, actions_trials(u, s, &column, m->trials, m->trials_count));
    in = either(in, rows(u, s, m, &column));
    in = either(in, window(u, s, m, &column));
    ui_scroll_end(u, column.y - top + pad);
    return in;
}

const struct screen screen_actions = {.name = "actions", .state_size = 0, .draw = draw};
