/* problem.c -- what went wrong, in plain words: what happened, what is safe, what to do. A
 * sheet over the screen, which stays as it is below; the detail for whoever helps stands small.
 */
#include "app/app_state.h"

#include "base/log.h"
#include "base/text.h"

static void tell(struct app *a, const struct problem *p) {
    a->problem = *p;
    text_copy(a->problem.detail, sizeof a->problem.detail, status_detail());
    log_line("told %s", p->key);
    ui_wake_in(a->ui, 0);
}

void app_told(struct app *a, enum status s) {
    struct problem p = {.status = s, .key = status_key(s)};
    if (s == STATUS_DAMAGED) p.key = "common.damaged";
    if (a->gone && status_of_disk(s)) p.key = "common.data_gone";
    p.send = s == STATUS_DAMAGED || (a->gone && status_of_disk(s));
    tell(a, &p);
}

/* What broke a rule says in its detail which; of the rest the detail is for whoever helps. */
static char *sentence(const struct app *a, const struct problem *p, const char **small) {
    bool rule = p->status == STATUS_INVALID;
    *small = rule ? "" : p->detail;
    struct arena *f = ui_arena(a->ui);
    return text_trim(f, words_say(f, a->words, p->key, rule ? p->detail : ""));
}

static bool main_button(struct app *a, rect *in, const char *key, enum button_role role) {
    struct button b = {.label = word(a->words, key), .role = role};
    float h = ui_button_height(a->ui, &b, in->w, ui_theme(a->ui)->touch_primary);
    rect r = rect_cut_top(in, h);
    rect_cut_top(in, ui_theme(a->ui)->gap);
    return ui_button(a->ui, r, &b);
}

void draw_problem(struct app *a) {
    if (!a->problem.status) return;
    struct ui *u = a->ui;
    bool closed = false, send = false;
    const struct problem *p = &a->problem;
    float gap = ui_theme(u)->gap, touch = ui_theme(u)->touch_primary * ui_text_scale(u);
    rect all = ui_area(u);
    float width = all.w < 720 ? all.w - 48 : 640;
    const char *detail, *said = sentence(a, p, &detail);
    float height = ui_text_height(u, FONT_BODY, said, width) + gap + touch + gap;
    if (*detail) height += ui_text_height(u, FONT_SMALL, detail, width) + gap;
    if (p->send) height += touch + gap;
    rect in = ui_sheet_begin(u, "problem", word(a->words, "common.problem"), height, &closed);
    struct label body = {.font = FONT_BODY, .ground = COLOR_CARD};
    struct label small = {.font = FONT_SMALL, .color = COLOR_MUTE, .ground = COLOR_CARD};
    rect_cut_top(&in, ui_label(u, in, said, &body) + gap);
    if (*detail) rect_cut_top(&in, ui_label(u, in, detail, &small) + gap);
    if (p->send) send = main_button(a, &in, "common.send_everything", BUTTON_MAIN);
    enum button_role role = p->send ? BUTTON_PLAIN : BUTTON_MAIN;
    closed |= main_button(a, &in, "common.understood", role);
    ui_sheet_end(u);
    if (!send && !closed) return;
    a->problem = (struct problem){0};
    if (!send) return;
    a->send_everything = true;
    stack_push(a, &(struct place){.screen = SCREEN_send});
}
