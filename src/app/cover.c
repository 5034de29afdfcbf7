/* cover.c -- one touch and the screen is blank: someone has come in. Nothing readable, no
 * running figure; the next touch comes back to the same question, and the pause is on the
 * record. It outlives a restart, and so does the question why.
 *
 * Covering never fails: the blank comes first, and what cannot be written then is written when
 * it can be (keep.c). The draft says "c WALL" while covered and "w EVENT MS" while the question
 * why is open. */
#include "app/app_state.h"

#include <stdlib.h>

#include "app/recorder.h"
#include "app/shot.h"
#include "base/log.h"
#include "base/text.h"

#define COVER_DRAFT     "app/cover"
#define COVER_KEY       2 /* F2, like the corner of the screen: the same everywhere */
#define COVER_DP        64.0F
#define COVER_MARGIN_DP 4.0F
#define LAMP_DP         40.0F

static enum status put_draft(struct app *a) {
    char text[64] = "";
    if (a->covered) {
        snprintf(text, sizeof text, "c %lld", (long long)a->covered_at);
    } else if (a->ask_why) {
        snprintf(text, sizeof text, "w %lld %lld", (long long)a->ask_why,
                 (long long)a->ask_why_ms);
    }
    return draft_put(a->j, COVER_DRAFT, text, strlen(text));
}

static enum status put_cover(struct app *a, bool with_event) {
    const struct note gone = {.sort = "cover", .started = a->covered_at};
    const struct note back = {.sort = "resume", .started = a->covered_at, .ms = a->ask_why_ms};
    row_id event = 0;
    enum status s = journal_begin(a->j);
    if (s) return s;
    if (with_event && a->cover_unsaved == COVER_EVENT)
        s = note_put(a, a->covered ? &gone : &back, &event);
    row_id asked = a->ask_why;
    if (!s && !a->covered && event) a->ask_why = event;
    if (!s) s = put_draft(a);
    if (!s) s = journal_commit(a->j);
    if (!s) return s;
    a->ask_why = asked;
    journal_rollback(a->j);
    return s;
}

enum status cover_keep(struct app *a) {
    if (!a->cover_unsaved || a->cover_settling) return STATUS_OK;
    enum status s = put_cover(a, true);
    if (s && !status_of_disk(s)) {
        log_line("cover not noted: %s", status_key(s));
        s = put_cover(a, false);
    }
    if (!s) a->cover_unsaved = COVER_SAVED;
    if (a->ask_why) ui_wake_in(a->ui, 0); /* the question why stands on the next frame */
    return s;
}

void cover_start(struct app *a) {
    if (a->covered) return;
    a->covered = true;
    recorder_end(a, "covered");
    shot_covered(a);
    a->covered_at = clock_wall(&a->clock);
    a->covered_boot = clock_boot(&a->clock);
    a->lock.asked = false;
    a->ask_why = 0;
    a->cover_unsaved = COVER_EVENT;
    a->cover_settling = true; /* one more hidden turn: what was typed becomes a record */
    ui_leave_fields(a->ui);
    ui_wake_in(a->ui, 0);
}

/* By the clock that nobody can set; after a restart only the wall clock spans the pause. */
void cover_end(struct app *a) {
    int64_t ms = a->covered_boot ? clock_boot(&a->clock) - a->covered_boot
                                 : clock_wall(&a->clock) - a->covered_at;
    a->covered = false;
    a->ask_why_ms = ms < 0 ? 0 : ms;
    a->cover_unsaved = COVER_EVENT;
    a->model_stale = true;
}

void cover_restore(struct app *a) {
    void *p = NULL;
    size_t n = 0;
    a->covered = a->cover_settling = false;
    a->cover_unsaved = COVER_SAVED;
    a->covered_boot = a->ask_why = 0;
    if (draft_get(a->j, COVER_DRAFT, &a->act_arena, &p, &n) || n < 3) return;
    char *text = arena_strndup(&a->act_arena, p, n), *rest = NULL;
    long long first = strtoll(text + 2, &rest, 10);
    if (text[0] == 'c') {
        a->covered = true;
        a->covered_at = first;
    } else if (text[0] == 'w') {
        a->ask_why = first;
        a->ask_why_ms = strtoll(rest, NULL, 10);
    }
}

/* Above everything: a sheet, a toast or the keyboard would show through. */
void cover_frame(struct app *a) {
    rect window = ui_window(a->ui), lamp = rect_center(window, LAMP_DP, LAMP_DP);
    ui_above_begin(a->ui);
    ui_fill(a->ui, window, COLOR_BG, 0);
    ui_icon(a->ui, lamp, ICON_LAMP_PENDANT, COLOR_LINE, false, LAMP_DP);
    bool touched = ui_tap_area(a->ui, window, word(a->words, "common.cover_back"));
    touched |= ui_back_pressed(a->ui);
    if (touched && !lock_waits(a)) cover_end(a);
    ui_above_end(a->ui);
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
    if (!s) s = journal_begin(a->j);
    if (s) {
        app_told(a, s);
        return;
    }
    row_text(&r, "why", why);
    row_id asked = a->ask_why;
    a->ask_why = 0;
    s = journal_put(a->j, &r);
    if (!s) s = put_draft(a);
    if (!s) s = journal_commit(a->j);
    if (!s) return;
    journal_rollback(a->j);
    if (s != STATUS_SEALED) a->ask_why = asked;
    app_told(a, s);
}

/* "You stopped 6 minutes. Someone needed help · Interrupted · I gave care": one tap, and
 * optional. */
void cover_question(struct app *a, rect area) {
    static const char *const whys[] = {"needed_help", "interrupted", "gave_care"};
    if (!a->ask_why) return;
    struct ui *u = a->ui;
    struct arena *f = ui_arena(u);
    const struct theme *t = ui_theme(u);
    const char *tapped = NULL;
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
        if (ui_button(u, r, &b)) tapped = whys[i];
    }
    ui_sheet_end(u);
    if (tapped) {
        explain(a, tapped);
    } else if (closed) {
        a->ask_why = 0;
        a->cover_unsaved = COVER_DRAFT_ONLY;
    }
}
