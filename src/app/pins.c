/* pins.c -- who may unlock this tablet: the first PIN, which seals everything before the first
 * real check; another one; somebody takes over; the office's code.
 *
 * Deriving a key takes up to a second, and sealing longer, so all of it is work of lock.c: a
 * page says what goes on, then it is done, and one is back where one was. Where one wanted to
 * go stays below the pin screen on the stack, so a crash on the way loses neither. */
#include "app/act_care.h"
#include "app/app_state.h"
#include "app/recorder.h"

#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

#define SEAL_STEP_MS  8
#define INITIALS_MOST 4

static struct place *top(struct app *a) {
    return &a->stack[a->depth - 1].place;
}

static bool real_and_open(const struct app *a) {
    return !a->sample && !a->sealed;
}

static void to_pin(struct app *a, row_id person, const char *word) {
    struct place p = {.screen = SCREEN_pin, .row = person};
    text_copy(p.word, sizeof p.word, word);
    stack_push(a, &p);
}

/* ---- no real check before a PIN ---- */

void pins_guard(struct app *a) {
    if (!a->covered && real_and_open(a) && top(a)->screen == SCREEN_start)
        to_pin(a, 0, "start");
    gate_guard(a);
}

static bool is_check(const struct place *p) {
    return p->screen == SCREEN_start || p->screen == SCREEN_walk;
}

/* A check from before there were PINs goes on after one was chosen. */
static bool guarded(struct app *a, const struct intent *in) {
    bool goes = in->kind == INTENT_go || in->kind == INTENT_replace;
    const struct start_intent *d = in->kind == INTENT_visit_start ? in->detail : NULL;
    if (d && d->action && real_and_open(a)) { /* not begun on the start page */
        to_pin(a, 0, "start");
        return true;
    }
    if (!goes || !real_and_open(a) || in->to.screen != SCREEN_walk) return false;
    if (in->kind == INTENT_replace) {
        stack_replace(a, &in->to);
    } else {
        stack_push(a, &in->to);
    }
    to_pin(a, 0, "start");
    return true;
}

/* Back from the pin screen is back from what it was asked for. */
static bool back(struct app *a) {
    if (gate_back(a)) return true;
    bool first = top(a)->screen == SCREEN_pin && text_equal(top(a)->word, "start");
    if (!first || a->depth < 2) return false;
    stack_pop(a);
    if (is_check(top(a))) stack_pop(a);
    return true;
}

static void leave_pin(struct app *a) {
    while (a->depth > 1 && top(a)->screen == SCREEN_pin)
        stack_pop(a);
    a->model_stale = true;
}

/* ---- names ---- */

enum status add_person(struct app *a, const char *role, row_id *out) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", role);
    row_text(&r, "role", role);
    row_text(&r, "side", "provider");
    enum status s = journal_put_alone(a->j, &r);
    if (!s) *out = r.id;
    return s;
}

void hold_person(struct app *a, row_id person) {
    if (person == journal_holder(a->j)) return;
    gate_close(a);
    recorder_end(a, "");
    memset(a->undo, 0, sizeof a->undo); /* what one kept, another does not take back unseen */
    journal_hold(a->j, person);
    enum status s = note_alone(a, &(struct note){.sort = "handed_over", .person = person});
    if (s) app_told(a, s);
    a->running_generation = -1;
    a->model_stale = true;
}

/* "Night lead" is NL: all that the lock page tells a stranger. */
static void initials(const char *label, char out[VAULT_LABEL_MAX + 1]) {
    const char *p = label, *end = label + strlen(label);
    size_t n = 0;
    bool starts = true;
    for (int count = 0; p < end && count < INITIALS_MOST;) {
        uint32_t cp = text_next(&p, end);
        bool between = cp == ' ' || cp == '-' || cp == '/' || cp == '(';
        bool letter = cp > 0x7F || (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') ||
                      (cp >= 'a' && cp <= 'z');
        if (starts && letter) {
            n += text_put(out + n, cp >= 'a' && cp <= 'z' ? cp - 'a' + 'A' : cp);
            count++;
        }
        starts = between || (starts && !letter);
    }
    out[n] = '\0';
    if (!n) text_copy(out, VAULT_LABEL_MAX + 1, "?");
}

static bool label_taken(const struct vault_person *list, size_t n, row_id person,
                        const char *label) {
    for (size_t i = 0; i < n; i++)
        if (list[i].person != person && text_equal(list[i].label, label)) return true;
    return false;
}

/* Two people with the same initials are told apart by a number. */
static void label_for(struct app *a, row_id person, const char *wish) {
    struct lock_state *l = &a->lock;
    struct vault_person *list = NULL;
    size_t n = 0;
    char first[VAULT_LABEL_MAX - 3] = "", own[VAULT_LABEL_MAX + 1] = "";
    struct query q;
    query_open(&q, a->j, "SELECT label FROM person WHERE id = ?1", 1, person);
    if (query_next(&q)) initials(query_text(&q, 0, &a->act_arena), own);
    if (query_close(&q) || !own[0]) text_copy(own, sizeof own, "?");
    text_copy(first, sizeof first, text_blank(wish) ? own : text_trim(&a->act_arena, wish));
    text_copy(l->label, sizeof l->label, first);
    if (a->sealed && vault_list(a->j, &a->act_arena, &list, &n)) n = 0;
    for (int i = 2; i < 100 && label_taken(list, n, person, l->label); i++)
        text_copy(l->label, sizeof l->label, arena_printf(&a->act_arena, "%s%d", first, i));
}

/* ---- what was asked for ---- */

static void pin_set(struct app *a, const struct intent *in) {
    struct lock_state *l = &a->lock;
    struct secret *k = &a->room->secret;
    if (!gate_open(a)) {
        secret_wipe(a);
        return;
    }
    l->person = in->row ? in->row : l->resetting ? 0 : journal_holder(a->j);
    if (a->sample || !l->person || job_running(a)) return;
    if (k->first[0] && k->typed[0] && !text_equal(k->first, k->typed)) return;
    if (!k->first[0]) memcpy(k->first, k->typed, sizeof k->first);
    if (pass_fault(k->first) != PASS_FINE) {
        secret_wipe(a);
        return;
    }
    label_for(a, l->person, in->text);
    lock_work_start(a, a->sealed ? WORK_SET : WORK_SEAL);
}

static void pin_hold(struct app *a, const struct intent *in) {
    struct lock_state *l = &a->lock;
    struct vault_person *list = NULL;
    size_t n = 0;
    l->person = in->row ? in->row : top(a)->row;
    if (!a->sealed || !l->person || vault_list(a->j, &a->act_arena, &list, &n)) return;
    if (gate_asks(a) && !gate_hears(a, l->person)) return;
    for (size_t i = 0; i < n; i++)
        if (list[i].person == l->person) text_copy(l->label, sizeof l->label, list[i].label);
    lock_work_start(a, WORK_CHECK);
}

static void pin_remove(struct app *a, const struct intent *in) {
    if (!gate_open(a)) return;
    enum status s = a->sealed ? confided_forget_of(a, in->row) : STATUS_OK;
    if (!s && a->sealed) s = vault_remove(a->j, in->row);
    if (s) app_told(a, s);
    a->model_stale = true;
}

bool pins_hold(struct app *a, row_id person) {
    if (!a->sealed || !person || person == journal_holder(a->j)) return false;
    if (top(a)->screen == SCREEN_pin && text_equal(top(a)->word, "add")) {
        top(a)->row = person; /* a new role, named on that screen */
        return true;
    }
    to_pin(a, person, "hold");
    return true;
}

/* Whoever came in with the office's code chooses a PIN, and nothing else. */
static bool may_while_resetting(const struct intent *in) {
    switch (in->kind) {
    case INTENT_pin_set:
    case INTENT_theme:
    case INTENT_text_scale:
    case INTENT_left_hand:
    case INTENT_cover:
    case INTENT_lock:
    case INTENT_quit:
        return true;
    case INTENT_go:
    case INTENT_replace:
        return in->to.screen == SCREEN_pin && text_equal(in->to.word, "reset");
    default:
        return false;
    }
}

bool pins_navigate(struct app *a, const struct intent *in) {
    if (a->lock.resetting && !may_while_resetting(in)) return true;
    switch (in->kind) {
    case INTENT_go:
    case INTENT_replace:
        return guarded(a, in);
    case INTENT_back:
        return back(a);
    case INTENT_lock:
        lock_ask(a);
        return true;
    case INTENT_pin_set:
        pin_set(a, in);
        return true;
    case INTENT_pin_hold:
        pin_hold(a, in);
        return true;
    case INTENT_pin_remove:
        pin_remove(a, in);
        return true;
    default:
        return false;
    }
}

/* ---- doing it ---- */

static void work_failed(struct app *a, enum status s) {
    a->lock.work = WORK_NONE;
    a->lock.part = 0;
    a->model_stale = true;
    log_line("PIN: %s", status_key(s));
    app_told(a, s);
}

/* From here on nothing may be written before the journal is open again. */
static void begin_sealing(struct app *a) {
    struct lock_state *l = &a->lock;
    enum status s = keep_now(a);
    if (!s) s = app_mark_open(a, false);
    if (!s) s = sealing_start(&l->sealing, a->j, l->person, l->label, a->room->secret.first);
    secret_wipe(a);
    if (!s) return;
    if (app_mark_open(a, true)) log_line("start not marked");
    work_failed(a, s);
}

/* Sealing writes no record; whose PIN the first one is goes on the record like all others. */
static void note_first(struct app *a, row_id person) {
    struct row r = row_new(&kind_access);
    row_text(&r, "what", "pin_set");
    row_ref(&r, "person", person);
    enum status s = journal_put_alone(a->j, &r);
    if (s) log_line("first PIN not noted: %s", status_key(s));
}

static void open_sealed(struct app *a) {
    struct lock_state *l = &a->lock;
    row_id person = l->person;
    char path[sizeof a->db_path];
    text_copy(path, sizeof path, a->db_path);
    journal_close(a->j);
    a->j = NULL;
    l->work = WORK_NONE;
    enum status s = app_open_journal(a, false);
    key_wipe(a->room->key, sizeof a->room->key);
    a->room->have_key = false;
    if (!s) {
        log_line("sealed");
        note_first(a, person);
        leave_pin(a);
        return;
    }
    log_line("sealed, not opened: %s", status_key(s));
    if (!a->j && !l->vault && lock_show(a, path)) log_line("no lock page yet");
}

static void step_sealing(struct app *a) {
    struct lock_state *l = &a->lock;
    bool done = false;
    enum status s = sealing_step(l->sealing, SEAL_STEP_MS, &done, &l->part);
    if (!s && !done) return;
    if (s) {
        sealing_cancel(l->sealing);
    } else {
        s = sealing_finish(l->sealing, a->room->key);
    }
    l->sealing = NULL;
    if (s) {
        if (app_mark_open(a, true)) log_line("start not marked");
        work_failed(a, s);
        return;
    }
    a->room->have_key = true;
    open_sealed(a);
}

/* Who gives somebody a PIN can be that person from then on. What that person wrote in
 * confidence is then not to be read here any more: the reader has it. */
static enum status before_pin(struct app *a, row_id person) {
    bool own = !a->lock.resetting && person == journal_holder(a->j);
    return own ? STATUS_OK : confided_forget_of(a, person);
}

static void set_pin(struct app *a) {
    struct lock_state *l = &a->lock;
    bool hands_over = l->resetting || text_equal(top(a)->word, "hold") || !journal_holder(a->j);
    enum status s = before_pin(a, l->person);
    if (!s) s = vault_set(a->j, l->person, l->label, a->room->secret.first, l->resetting);
    secret_wipe(a);
    if (s) {
        work_failed(a, s);
        return;
    }
    l->work = WORK_NONE;
    if (hands_over) hold_person(a, l->person);
    if (l->resetting) {
        l->resetting = false;
        l->code_used = true;
    }
    pins_code(a);
    leave_pin(a);
}

static void check_pin(struct app *a) {
    struct lock_state *l = &a->lock;
    enum status s = vault_check(a->j, l->person, a->room->secret.typed);
    secret_wipe(a);
    l->work = WORK_NONE;
    a->model_stale = true;
    a->scene.secret_wrong = s == STATUS_WRONG_CODE;
    if (s == STATUS_WRONG_CODE || s == STATUS_BUSY) return;
    if (s) {
        work_failed(a, s);
        return;
    }
    if (gate_asks(a)) {
        gate_heard(a);
        return;
    }
    hold_person(a, l->person);
    leave_pin(a);
}

void pins_work(struct app *a) {
    switch (a->lock.work) {
    case WORK_SEAL:
        if (a->lock.sealing) {
            step_sealing(a);
        } else {
            begin_sealing(a);
        }
        break;
    case WORK_SET:
        set_pin(a);
        break;
    case WORK_CHECK:
        check_pin(a);
        break;
    default:
        break;
    }
}

/* ---- the office's code ---- */

/* The office always holds a code that opens this tablet: a new one after it was used, and when
 * the office's key is another one. Nobody is stopped when it cannot be made; the next start
 * tries again. */
void pins_code(struct app *a) {
    uint8_t office[KEY_BYTES];
    bool known = false;
    if (!a->j || !a->sealed) return;
    enum status s = belongs_office_key(a->j, office, &known);
    if (!s && known && (a->lock.code_used || !vault_code_is_for(a->j, office)))
        s = vault_code_renew(a->j, office);
    if (s) {
        log_line("no code for the office: %s", status_key(s));
    } else {
        a->lock.code_used = false;
    }
}

/* ---- somebody was let in ---- */

/* What was asked for before the lock, or before a crash right after the sealing, is over. */
static void drop_asked(struct app *a) {
    while (a->depth > 1 && (top(a)->screen == SCREEN_pin || top(a)->screen == SCREEN_people))
        stack_pop(a);
}

void pins_arrived(struct app *a) {
    struct lock_state *l = &a->lock;
    if (l->person) hold_person(a, l->person);
    enum status s = vault_tell(a->j);
    if (s) log_line("what happened while locked is not noted: %s", status_key(s));
    if (a->covered) {
        a->covered_boot = l->covered_boot;
        cover_end(a);
    }
    drop_asked(a);
    l->resetting = l->by_code;
    if (l->by_code) {
        to_pin(a, 0, "reset");
    } else {
        pins_code(a);
    }
    l->person = l->covered_boot = 0;
    l->by_code = false;
}

/* What was typed stays no longer than the screen that it was typed on. */
void pins_step(struct app *a) {
    int32_t screen = top(a)->screen;
    const struct secret *k = &a->room->secret;
    bool here = screen == SCREEN_pin && !a->covered;
    if (!here && (k->typed[0] || k->first[0])) secret_wipe(a);
    if (!here || k->typed[0]) a->scene.secret_wrong = false;
    if (!here || !a->sealed) return;
    int64_t second = clock_boot(&a->clock) / 1000;
    if (vault_check_wait_ms(a->j) > 0) {
        if (second != a->lock.second) a->model_stale = true;
        ui_wake_in(a->ui, 250);
    } else if (a->lock.waited) {
        a->model_stale = true;
    }
    a->lock.waited = vault_check_wait_ms(a->j) > 0;
    a->lock.second = second;
}
