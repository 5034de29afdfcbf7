/* settings.c -- this tablet: who holds it, how it looks, what it keeps, what it is made of. */
#include "screen/settings_pieces.h"

#include "base/text.h"

#define TEXT_STEPS 5
#define TOGGLE_DP  76.0F /* the switch and its room */

static void card_holder(struct setting *d, rect *area) {
    struct card card;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    settings_heading(d, &in, "settings.who");
    settings_note(d, &in, WORD(d->s, "settings.who_sub"));
    size_t n = d->m->people_count;
    const char **labels = ARENA_ARRAY(ui_arena(d->u), const char *, n + 1);
    bool *selected = ARENA_ARRAY(ui_arena(d->u), bool, n + 1);
    for (size_t i = 0; i < n; i++) {
        labels[i] = d->m->people[i].label;
        selected[i] = d->m->people[i].row == d->m->holder;
    }
    int tapped = part_chips(d->u, &in, "who", labels, selected, (int)n);
    if (tapped >= 0)
        d->intent = (struct intent){.kind = INTENT_hold, .row = d->m->people[tapped].row};
    struct field f = {.key = "settings/new_role",
                      .name = WORD(d->s, "settings.new_role"),
                      .hint = WORD(d->s, "settings.new_role"),
                      .lines = 1,
                      .bytes_max = 60,
                      .ground = COLOR_CARD};
    rect row = rect_cut_top(&in, ui_theme(d->u)->touch_primary * ui_text_scale(d->u));
    struct field_result r = ui_field(d->u, row, &f);
    if (r.entered && !text_blank(r.text)) {
        d->intent =
            (struct intent){.kind = INTENT_hold, .text = arena_strdup(ui_arena(d->u), r.text)};
        ui_field_set(d->u, f.key, "");
    }
    part_card_end(d->u, area, &card, in);
}

static void card_look(struct setting *d, rect *area) {
    static const char *const themes[] = {"auto", "day", "night"};
    static const int percents[TEXT_STEPS] = {100, 125, 150, 175, 200};
    struct card card;
    struct arena *f = ui_arena(d->u);
    float h = ui_theme(d->u)->touch_primary;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    settings_heading(d, &in, "settings.theme");
    struct option options[TEXT_STEPS];
    int now = 0;
    for (int i = 0; i < 3; i++) {
        options[i] = (struct option){
            .label = WORD(d->s, arena_printf(f, "settings.theme_%s", themes[i])),
            .role = BUTTON_MAIN,
            .icon = i == 1   ? ICON_SUN
                    : i == 2 ? ICON_MOON
                             : ICON_CLOCK};
        if (text_equal(themes[i], d->m->theme)) now = i;
    }
    int tapped = part_options(d->u, &in, "theme", options, 3, now, h);
    if (tapped >= 0) d->intent = (struct intent){.kind = INTENT_theme, .word = themes[tapped]};
    rect_cut_top(&in, 8);
    settings_heading(d, &in, "settings.text_size");
    now = -1;
    for (int i = 0; i < TEXT_STEPS; i++) {
        options[i] = (struct option){.label = arena_printf(f, "%d %%", percents[i]),
                                     .role = BUTTON_MAIN};
        if (percents[i] == d->m->text_percent) now = i;
    }
    tapped = part_options(d->u, &in, "text", options, TEXT_STEPS, now, h);
    if (tapped >= 0)
        d->intent = (struct intent){.kind = INTENT_text_scale, .number = percents[tapped]};
    float words_h =
        ui_text_height(d->u, FONT_H3, WORD(d->s, "settings.left_hand"), in.w - TOGGLE_DP) +
        ui_theme(d->u)->gap;
    rect row = rect_cut_top(&in, words_h > h ? words_h : h);
    if (ui_toggle(d->u, row, WORD(d->s, "settings.left_hand"), NULL, d->m->left_hand))
        d->intent = (struct intent){.kind = INTENT_left_hand, .number = !d->m->left_hand};
    settings_cover(d, &in);
    part_card_end(d->u, area, &card, in);
}

/* A path has no place to break: where it is too long its end is shown. */
static const char *folder(struct setting *d, float width) {
    const char *path = d->m->data_dir;
    while (ui_text_width(d->u, FONT_SMALL, path) > width && strchr(path, '/'))
        path = strchr(path, '/') + 1;
    return path;
}

static void card_about(struct setting *d, rect *area) {
    struct card card;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    settings_heading(d, &in, "settings.about");
    settings_note(d, &in, SAY(d->u, d->s, "settings.version", d->m->version, d->m->device_key));
    settings_note(d, &in, folder(d, in.w));
    if (settings_button(d, &in, "settings.licences", ICON_INFO)) d->state->licences = true;
    if (settings_button(d, &in, d->m->sample ? "settings.leave_sample" : "settings.try_sample",
                        ICON_LAMP_PENDANT))
        d->intent = (struct intent){.kind = INTENT_sample, .number = !d->m->sample};
    if (settings_button(d, &in, "settings.quit", ICON_SIGN_OUT)) d->intent.kind = INTENT_quit;
    part_card_end(d->u, area, &card, in);
}

static void sheet_licences(struct setting *d) {
    bool closed = false;
    const char *text = WORD(d->s, "settings.licences_text");
    float width = ui_window(d->u).w < 720 ? ui_window(d->u).w - 48 : 660;
    rect in = ui_sheet_begin(d->u, "licences", WORD(d->s, "settings.licences"),
                             ui_text_height(d->u, FONT_BODY, text, width) + 40, &closed);
    part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, text);
    ui_sheet_end(d->u);
    if (closed) d->state->licences = false;
}

static void sheet_support(struct setting *d) {
    bool closed = false;
    rect in =
        ui_sheet_begin(d->u, "support", WORD(d->s, "settings.support"),
                       80.0F * ui_text_scale(d->u) * (float)(d->m->sticks_count + 1), &closed);
    for (size_t i = 0; i < d->m->sticks_count; i++) {
        struct button b = {.label = d->m->sticks[i], .icon = ICON_FOLDER, .left = true};
        rect r =
            rect_cut_top(&in, ui_button_height(d->u, &b, in.w, ui_theme(d->u)->touch_primary));
        rect_cut_top(&in, ui_theme(d->u)->gap);
        if (ui_button(d->u, r, &b)) {
            d->intent = (struct intent){.kind = INTENT_support_file, .text = d->m->sticks[i]};
            closed = true;
        }
    }
    ui_sheet_end(d->u);
    if (closed) d->state->support = false;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    struct setting d = {.u = u, .s = s, .state = state, .m = model};
    const struct theme *t = ui_theme(u);
    d.intent = part_header_intent(part_header(
        u, s, &area, &(struct header){.title = WORD(s, "settings.title"), .no_saved = true}));
    enum width_class width = part_width(u, area);
    rect page = ui_scroll_begin(u, area, "settings");
    float pad = width == WIDTH_PHONE ? 16 : t->screen_pad, top = page.y;
    rect left = rect_inset(page, pad, pad), right = left;
    if (width == WIDTH_WIDE) {
        right = rect_cut_right(&left, (left.w - t->screen_pad) / 2);
        rect_cut_right(&left, t->screen_pad);
    }
    card_holder(&d, &left);
    settings_lock(&d, &left);
    card_look(&d, &left);
    if (width != WIDTH_WIDE) right = left;
    settings_office(&d, &right);
    settings_storage(&d, &right);
    card_about(&d, &right);
    float bottom = right.y > left.y ? right.y : left.y;
    ui_scroll_end(u, bottom - top + pad);
    if (d.state->licences) sheet_licences(&d);
    if (d.state->support) sheet_support(&d);
    if (d.state->freeing) settings_sheet_free(&d);
    return d.intent;
}

const struct screen screen_settings = {
    .name = "settings", .state_size = sizeof(struct settings_state), .draw = draw};
