/* cover.c -- one touch and the screen is blank: someone has come in. Nothing readable, no
 * running figure; the next touch comes back to the same question, and the pause is on the
 * record. It outlives a restart. */
#include "app/app_state.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"

#define COVER_DRAFT     "app/cover"
#define COVER_KEY       2 /* F2, like the corner of the screen: the same everywhere */
#define COVER_DP        64.0F
#define COVER_MARGIN_DP 4.0F
#define LAMP_DP         40.0F

static enum status put_event(struct app *a, const char *sort, int64_t ms, const char *why,
                             row_id *out) {
    row_id visit = app_visit_now(a);
    *out = 0;
    if (!visit) return STATUS_OK; /* outside a check there is nothing to note it on */
    struct row r = row_new(&kind_event);
    row_ref(&r, "visit", visit);
    row_text(&r, "sort", sort);
    if (ms) row_int(&r, "ms", ms);
    row_text(&r, "why", why);
    row_int(&r, "started", text_equal(sort, "resume") ? a->covered_at : clock_wall(&a->clock));
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = journal_put(a->j, &r);
    if (!s) s = journal_commit(a->j);
    if (s) {
        journal_rollback(a->j);
        return s;
    }
    *out = r.id;
    return STATUS_OK;
}

/* Covering never fails: the blank comes first, what cannot be written is tried again by the
 * drafts. */
void cover_start(struct app *a) {
    row_id event;
    a->covered = true;
    a->covered_at = clock_wall(&a->clock);
    a->covered_boot = clock_boot(&a->clock);
    a->ask_why = 0;
    ui_leave_fields(a->ui);
    a->cover_settling =
        true; /* one more hidden turn of the screen, so that typing becomes a record */
    ui_wake_in(a->ui, 0);
    char at[32];
    snprintf(at, sizeof at, "%lld", (long long)a->covered_at);
    enum status s = draft_put(a->j, COVER_DRAFT, at, strlen(at));
    if (!s) s = put_event(a, "cover", 0, NULL, &event);
    if (s && s != STATUS_SEALED) log_line("cover not noted: %s", status_key(s));
}

static void cover_end(struct app *a) {
    int64_t ms = clock_wall(&a->clock) - a->covered_at;
    enum status s = draft_put(a->j, COVER_DRAFT, NULL, 0);
    a->covered = false;
    a->ask_why_ms = ms < 0 ? 0 : ms;
    if (!s) s = put_event(a, "resume", a->ask_why_ms, NULL, &a->ask_why);
    if (s && s != STATUS_SEALED) app_told(a, s);
    a->model_stale = true;
}

void cover_restore(struct app *a) {
    void *p = NULL;
    size_t n = 0;
    a->covered = false;
    a->ask_why = 0;
    if (draft_get(a->j, COVER_DRAFT, &a->act_arena, &p, &n) || !n) return;
    a->covered = true;
    a->covered_at = strtoll(arena_strndup(&a->act_arena, p, n), NULL, 10);
}

void cover_frame(struct app *a, rect area) {
    rect lamp = rect_center(area, LAMP_DP, LAMP_DP);
    ui_fill(a->ui, area, COLOR_BG, 0);
    ui_icon(a->ui, lamp, ICON_LAMP_PENDANT, COLOR_LINE, false, LAMP_DP);
    if (ui_tap_area(a->ui, area, word(a->words, "common.cover_back")) || ui_back_pressed(a->ui))
        cover_end(a);
}

void cover_button(struct app *a, rect area) {
    float x = a->scene.left_hand ? area.x + COVER_MARGIN_DP
                                 : area.x + area.w - COVER_DP - COVER_MARGIN_DP;
    rect corner = rect_make(x, area.y + COVER_MARGIN_DP, COVER_DP, COVER_DP);
    ui_above_begin(a->ui);
    bool tapped = ui_icon_button(a->ui, corner, ICON_EYE_SLASH, word(a->words, "common.cover"));
    ui_above_end(a->ui);
    if (tapped || ui_function_key(a->ui, COVER_KEY)) cover_start(a);
}

static void explain(struct app *a, const char *why) {
    struct row r;
    enum status s = journal_row(a->j, &kind_event, a->ask_why, &a->act_arena, &r);
    a->ask_why = 0;
    if (!s) s = journal_begin(a->j);
    if (s) {
        app_told(a, s);
        return;
    }
    row_text(&r, "why", why);
    s = journal_put(a->j, &r);
    if (!s) s = journal_commit(a->j);
    if (s) {
        journal_rollback(a->j);
        app_told(a, s);
    }
}

/* "You stopped 6 minutes. Someone needed help · Interrupted · I gave care": one tap, and
 * optional. */
void cover_question(struct app *a, rect area) {
    static const char *const whys[] = {"needed_help", "interrupted", "gave_care"};
    if (!a->ask_why) return;
    struct ui *u = a->ui;
    struct arena *f = ui_arena(u);
    const struct theme *t = ui_theme(u);
    bool closed = false;
    char *said = words_say(f, a->words, "common.stopped", duration_text(f, a->ask_why_ms));
    float height =
        ui_text_height(u, FONT_BODY, said, area.w / 2) + 4 * (t->touch_answer + t->gap);
    rect in = ui_sheet_begin(u, "why", word(a->words, "common.welcome_back"), height, &closed);
    rect_cut_top(
        &in, ui_label(u, in, said, &(struct label){.font = FONT_BODY, .ground = COLOR_CARD}) +
                 t->gap);
    for (size_t i = 0; i < sizeof whys / sizeof whys[0]; i++) {
        const char *label = word(a->words, arena_printf(f, "common.why_%s", whys[i]));
        struct button b = {.label = label, .role = BUTTON_PLAIN};
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, t->touch_answer));
        rect_cut_top(&in, t->gap);
        if (ui_button(u, r, &b)) explain(a, whys[i]);
    }
    ui_sheet_end(u);
    if (closed) a->ask_why = 0;
}
