/* navigate.c -- the conductor's own intents: moving about, settings of this tablet, long work.
 * None of them is about care; those that write a record (a service added by name, a person by
 * role) do so in a transaction of their own. */
#include "app/app_state.h"
#include "app/evidence.h"
#include "app/papers.h"
#include "app/shot.h"

#include "app/recorder.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

#define MORNING_HOUR 7

static void local_put_or_tell(struct app *a, const char *key, const char *value) {
    enum status s = local_put(a->j, key, value);
    if (s) app_told(a, s);
    a->model_stale = true;
}

static char *number_text(struct app *a, int64_t n) {
    return arena_printf(&a->act_arena, "%lld", (long long)n);
}

/* A chosen theme stays until the next morning; then the hour decides again (SCREENS.md). */
static void set_theme(struct app *a, const char *theme) {
    int64_t now = clock_wall(&a->clock);
    struct civil c = civil_london(now);
    int64_t morning = london_to_ms(c.year, c.month, c.day, MORNING_HOUR, 0);
    if (morning <= now) morning += 24 * 3600 * 1000LL;
    local_put_or_tell(a, "theme_until", number_text(a, morning));
    local_put_or_tell(a, "theme", text_equal(theme, "auto") ? NULL : theme);
}

static void set_text_scale(struct app *a, int64_t percent) {
    if (percent < 100) percent = 100;
    if (percent > 200) percent = 200;
    ui_set_text_scale(a->ui, (float)percent / 100.0F);
    local_put_or_tell(a, "text_percent", number_text(a, percent));
}

static void hold(struct app *a, const struct intent *in) {
    row_id person = in->row;
    enum status s = STATUS_OK;
    if (!person && !text_blank(in->text)) s = add_person(a, in->text, &person);
    a->model_stale = true;
    if (s) {
        app_told(a, s);
    } else if (!pins_hold(a, person)) {
        hold_person(a, person);
    }
}

static enum status put_service(struct app *a, const char *name, row_id *out) {
    struct row r = row_new(&kind_service);
    /* A code of this tablet's own; the office's data has its own codes and a same_as joins the
     * two. */
    struct journal_self self;
    journal_self(a->j, &self);
    row_text(&r, "code",
             arena_printf(&a->act_arena, "T%02X%02X-%lld", self.key[0], self.key[1],
                          (long long)self.head_seq));
    row_text(&r, "name", name);
    row_text(&r, "setting", "care_home");
    enum status s = journal_put_alone(a->j, &r);
    if (!s) *out = r.id;
    return s;
}

static void add_service(struct app *a, const struct intent *in) {
    row_id made = 0;
    if (text_blank(in->text)) return;
    enum status s = put_service(a, text_trim(&a->act_arena, in->text), &made);
    if (!s) s = local_put(a->j, "service", number_text(a, made));
    if (!s && in->draft) {
        s = drafts_forget(a, in->draft);
        ui_field_forget(a->ui, in->draft);
    }
    if (s) app_told(a, s);
    app_choose_service(a);
}

static void open_sample(struct app *a, bool on) {
    if (on == a->sample) return;
    enum status s = app_open_journal(a, on);
    if (s) app_told(a, s);
}

static void follow(struct app *a, const struct intent *in) {
    if (in->to.screen) stack_push(a, &in->to);
    if (in->back_after) stack_pop(a);
}

bool app_navigate(struct app *a, const struct intent *in) {
    if (recorder_navigate(a, in)) return true;
    if (evidence_navigate(a, in)) return true;
    if (pins_navigate(a, in)) return true;
    if (shot_navigate(a, in)) return true;
    if (papers_navigate(a, in)) return true;
    switch (in->kind) {
    case INTENT_go:
        stack_push(a, &in->to);
        return true;
    case INTENT_replace:
        stack_replace(a, &in->to);
        return true;
    case INTENT_back:
        stack_pop(a);
        a->send_everything = false;
        return true;
    case INTENT_home:
        stack_home(a);
        return true;
    case INTENT_cover:
        cover_start(a);
        return true;
    case INTENT_theme:
        set_theme(a, in->word);
        return true;
    case INTENT_text_scale:
        set_text_scale(a, in->number);
        return true;
    case INTENT_left_hand:
        a->scene.left_hand = in->number != 0;
        local_put_or_tell(a, "left_hand", in->number ? "1" : NULL);
        return true;
    case INTENT_choose_service:
        local_put_or_tell(a, "service", number_text(a, in->row));
        app_choose_service(a);
        follow(a, in);
        return true;
    case INTENT_hold:
        hold(a, in);
        follow(a, in);
        return true;
    case INTENT_add_service:
        add_service(a, in);
        return true;
    case INTENT_sample:
        open_sample(a, in->number != 0);
        return true;
    case INTENT_quit:
        a->leaving = true;
        return true;
    case INTENT_export_to:
        job_export(a, in->text);
        return true;
    case INTENT_export_cancel:
        job_cancel(a);
        return true;
    case INTENT_read_file:
        job_read(a, in);
        return true;
    case INTENT_free_space:
        job_free_space(a, in->number);
        return true;
    case INTENT_auto_cover:
        local_put_or_tell(a, "auto_cover_minutes", number_text(a, in->number));
        return true;
    case INTENT_lock:
    case INTENT_pin_set:
    case INTENT_pin_hold:
    case INTENT_pin_remove:
        return true; /* pins.c has taken them */
    case INTENT_verify_now:
        job_verify(a);
        return true;
    case INTENT_support_file:
        job_support(a, in->text);
        return true;
    default:
        return false;
    }
}
