/* act_visit.c -- a check from its start to its seal. A visit keeps its form's exact bytes as a
 * blob, so that its words can be shown as they were for ever. Leaving freezes what was found on
 * site; sealing closes the check. */
#include "app/act_care.h"
#include "app/framework_set.h"
#include "base/hash.h"
#include "base/text.h"
#include "care/use.h"
#include "store/query.h"

/* Read aloud in a corridor: no letters that sound or look like another sign. The last sign
 * checks the others. */
static const char code_signs[] = "23456789CDFGHJKMNPQRTVWXY";
#define CODE_SIGNS  25u
#define CODE_LENGTH 6

static char code_check(const char *code) {
    unsigned sum = 0;
    for (unsigned i = 0; i + 1 < CODE_LENGTH; i++) {
        const char *at = strchr(code_signs, code[i]);
        sum = sum * 3 + (at ? (unsigned)(at - code_signs) : 0);
    }
    return code_signs[sum % CODE_SIGNS];
}

static void code_make(char out[CODE_LENGTH + 1]) {
    uint64_t seed;
    random_bytes(&seed, sizeof seed);
    draw d = {seed};
    for (int i = 0; i < CODE_LENGTH - 1; i++)
        out[i] = code_signs[draw_below(&d, CODE_SIGNS)];
    out[CODE_LENGTH - 1] = code_check(out);
    out[CODE_LENGTH] = 0;
}

/* What was typed, as a code: capitals, without spaces and dashes. False when it is none. */
static bool code_read(const char *typed, char out[CODE_LENGTH + 1]) {
    int n = 0;
    for (const char *p = typed ? typed : ""; *p; p++) {
        char c = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        if (c == ' ' || c == '-') continue;
        if (!strchr(code_signs, c) || n >= CODE_LENGTH) return false;
        out[n++] = c;
    }
    out[n] = 0;
    return n == CODE_LENGTH && out[CODE_LENGTH - 1] == code_check(out);
}

enum status act_event_put(struct act *t, row_id visit, const char *sort, int64_t ms,
                          const char *text) {
    struct row r = row_new(&kind_event);
    row_ref(&r, "visit", visit);
    row_text(&r, "sort", sort);
    if (ms) row_int(&r, "ms", ms);
    row_text(&r, "text", text);
    row_int(&r, "started", t->wall_ms);
    return act_put(t, &r);
}

static enum status put_visit(struct act *t, const struct start_intent *d, const char *code) {
    const struct template *form = act_template_by_code(t, d->template_code);
    if (!form) return status_fail(STATUS_NOT_FOUND, "form %s", d->template_code);
    hash256 name;
    struct buf own = {0};
    enum status s = d->action ? act_about_form(t, form, d->action, &own) : STATUS_OK;
    if (!s && own.size) s = blob_put(t->j, own.data, own.size, &name);
    if (!s && !own.size) s = blob_put(t->j, form->json, form->json_size, &name);
    buf_release(&own);
    if (s) return s;
    row_id service = d->service ? d->service : t->service;
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", service);
    row_text(&r, "template", form->code);
    row_int(&r, "template_version", form->version);
    row_hash(&r, "template_hash", &name);
    row_text(&r, "framework", form->framework);
    int version = app_framework_version(t->app, form->framework);
    if (version) row_int(&r, "framework_version", version);
    row_text(&r, "length", d->length);
    row_text(&r, "modules", d->modules);
    row_int(&r, "unannounced", d->unannounced);
    row_text(&r, "reason", d->reason);
    row_int(&r, "started", t->wall_ms);
    row_int(&r, "night",
            t->night || form->night ? london_night(t->wall_ms) : london_day(t->wall_ms));
    row_int(&r, "boot_started", t->boot_ms);
    row_ref(&r, "checker", d->checker ? d->checker : t->holder);
    row_ref(&r, "in_charge", d->in_charge);
    row_text(&r, "in_charge_text", d->in_charge_text);
    row_text(&r, "join_code", code);
    row_ref(&r, "about_action", d->action);
    if (query_one_int(t->j, 0, "SELECT sample FROM service WHERE id = ?1", 1, service))
        row_int(&r, "sample", 1);
    s = act_put(t, &r);
    if (!s && d->action) s = act_about_copy(t, form, r.id, d->action);
    if (s) return s;
    t->made = r.id;
    bool team = form_use(form) == USE_TEAM;
    t->then = (struct place){.screen = team ? SCREEN_team : SCREEN_walk, .row = r.id};
    t->then_replaces = true; /* back from the walk leads Home, not to the start again */
    return STATUS_OK;
}

/* For oneself alone: no check begins, nothing is recorded. */
static bool only_for_oneself(struct act *t, const struct start_intent *d) {
    const struct template *form = act_template_by_code(t, d->template_code);
    if (form_use(form) != USE_PRIVATE) return false;
    t->then = (struct place){.screen = SCREEN_reflect};
    text_copy(t->then.word, sizeof t->then.word, form->code);
    t->then_replaces = t->nothing = true;
    return true;
}

enum status act_visit_start(struct act *t, const struct intent *in) {
    char code[CODE_LENGTH + 1];
    if (only_for_oneself(t, in->detail)) return STATUS_OK;
    code_make(code);
    return put_visit(t, in->detail, code);
}

/* The same code on two tablets makes their checks one at the office. A check that this tablet
 * already holds under that code is gone on with. */
enum status act_visit_join(struct act *t, const struct intent *in) {
    char code[CODE_LENGTH + 1];
    if (only_for_oneself(t, in->detail)) return STATUS_OK;
    if (!code_read(in->text, code)) return status_fail(STATUS_INVALID, "join code");
    struct query q;
    row_id found = 0;
    query_open(
        &q, t->j,
        "SELECT id FROM visit WHERE join_code = ?1 AND withdrawn = 0 ORDER BY hlc DESC LIMIT 1",
        0);
    query_bind_text(&q, 1, code);
    if (query_next(&q)) found = query_int(&q, 0);
    enum status s = query_close(&q);
    if (s) return s;
    if (!found) {
        s = put_visit(t, in->detail, code);
        return s ? s : act_event_put(t, t->made, "joined", 0, code);
    }
    t->made = found;
    t->then = (struct place){.screen = SCREEN_walk, .row = found};
    t->then_replaces = true;
    return act_event_put(t, found, "joined", 0, code);
}

enum status act_visit_in_charge(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_ref(&r, "in_charge", in->other);
    row_text(&r, "in_charge_text", in->text);
    return act_put(t, &r);
}

enum status act_visit_watch(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_int(&r, "watch_wall", in->number);
    row_int(&r, "watch_at", t->wall_ms);
    return act_put(t, &r);
}

enum status act_visit_modules(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_text(&r, "modules", in->text);
    if (in->word) row_text(&r, "length", in->word);
    return act_put(t, &r);
}

enum status act_visit_leave(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    if (row_get_int(&r, "left")) {
        t->nothing = true;
        return STATUS_OK;
    }
    row_int(&r, "left", t->wall_ms);
    s = act_put(t, &r);
    return s ? s : act_event_put(t, in->row, "left", 0, NULL);
}

/* Nothing is sent from here: back_sent stays unsaid, and the screen says so. */
enum status act_visit_back_by(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_unsay(&r, "back_by");
    if (in->number) row_int(&r, "back_by", in->number);
    if (in->text) row_text(&r, "back_tell", in->text);
    return act_put(t, &r);
}

/* A check that is sealed while still in the building was left, as far as anybody can know, at
 * that moment. */
static enum status leave_first(struct act *t, row_id visit, int64_t *minutes) {
    struct row r;
    enum status s = act_row(t, &kind_visit, visit, &r);
    if (s) return s;
    int64_t left = row_get_int(&r, "left");
    *minutes = ((left ? left : t->wall_ms) - row_get_int(&r, "started")) / 60000;
    if (left) return STATUS_OK;
    row_int(&r, "left", t->wall_ms);
    return act_put(t, &r);
}

enum status act_visit_seal(struct act *t, const struct intent *in) {
    int64_t minutes = 0, rows = 0;
    hash256 digest;
    enum status s = leave_first(t, in->row, &minutes);
    if (!s) s = act_about_close(t, in->row);
    if (!s) s = journal_visit_digest(t->j, in->row, &digest, &rows);
    if (s) return s;
    struct journal_self self;
    journal_self(t->j, &self);
    struct row r = row_new(&kind_seal);
    row_ref(&r, "visit", in->row);
    row_bytes(&r, "digest", digest.b, sizeof digest.b);
    row_int(&r, "rows", rows);
    row_bytes(&r, "head_log", self.log_id.b, sizeof self.log_id.b);
    row_int(&r, "head_seq", self.head_seq);
    row_bytes(&r, "head_hash", self.head_hash.b, sizeof self.head_hash.b);
    row_text(&r, "praise", in->text);
    if (minutes >= 0) row_int(&r, "minutes", minutes);
    s = act_put(t, &r);
    if (!s) s = confided_forget(t->app);
    if (!s) t->made = r.id;
    return s;
}

enum status act_visit_copy(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s) return s;
    row_text(&r, "held_back", in->word);
    row_text(&r, "held_why", in->text);
    s = act_put(t, &r);
    return s ? s : act_event_put(t, in->row, "copy", 0, in->word);
}

enum status act_event(struct act *t, const struct intent *in) {
    return act_event_put(t, in->row, in->word, in->number, in->text);
}
