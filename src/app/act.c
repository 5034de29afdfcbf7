/* act.c -- from an intent to records: one intent, one transaction.
 *
 * Journey: screen → intent → here → act_NAME (act_*.c) → journal. The draft that became a
 * record and the place one goes to are written in the same transaction, so a tap costs one
 * sync. */
#include "app/app_state.h"

#include "base/log.h"

typedef enum status (*handler)(struct act *t, const struct intent *in);

/* The conductor's own intents (navigate.c) have no handler; all others must. */
static enum status run(struct act *t, const struct intent *in) {
    static const handler handlers[INTENT_COUNT] = {
#define INTENT_APP(name)
#define INTENT(name) [INTENT_##name] = act_##name,
#include "screen/intent_list.h"
#undef INTENT
    };
    BELIEVE(in->kind < INTENT_COUNT && handlers[in->kind]);
    return handlers[in->kind](t, in);
}

static struct undo_batch *batch_now(struct act *t) {
    return &t->app->undo[t->app->undo_next % UNDO_BATCHES];
}

static void remember(struct act *t, const struct kind *k, row_id row, row_id former) {
    undo_remember(batch_now(t), &(struct undo_step){
                                    .kind = k,
                                    .row = row,
                                    .former = former,
                                    .wrote = undo_version_of(t->j, row, t->arena),
                                });
}

enum status act_put(struct act *t, struct row *r) {
    row_id former = r->id ? undo_version_of(t->j, r->id, t->arena) : 0;
    enum status s = journal_put(t->j, r);
    if (s) return s;
    remember(t, r->kind, r->id, former);
    return STATUS_OK;
}

enum status act_take_back(struct act *t, const struct kind *k, row_id id) {
    row_id former = undo_version_of(t->j, id, t->arena);
    enum status s = journal_withdraw(t->j, k, id);
    if (s) return s;
    remember(t, k, id, former);
    return STATUS_OK;
}

const struct template *act_template(struct act *t, row_id visit) {
    return form_of_visit(t->app, visit);
}

const struct template *act_template_by_code(struct act *t, const char *code) {
    return form_by_code(t->app, code);
}

static struct act act_begin(struct app *a) {
    return (struct act){
        .app = a,
        .j = a->j,
        .arena = &a->act_arena,
        .words = a->words,
        .framework = a->framework,
        .wall_ms = clock_wall(&a->clock),
        .boot_ms = clock_boot(&a->clock),
        .boot_id = a->platform->boot_id(a->platform->ctx),
        .service = a->service,
        .holder = journal_holder(a->j),
        .night = app_night_now(a, clock_wall(&a->clock)),
    };
}

static void move_on(struct app *a, const struct act *t, const struct intent *in) {
    struct place to = t->then.screen ? t->then : in->to;
    bool replaces = t->then.screen && t->then_replaces;
    if (to.screen && !to.row) to.row = t->made;
    if (in->kind == INTENT_visit_seal) { /* nothing leads back into a sealed walk */
        stack_home(a);
        if (to.screen) stack_push(a, &to);
        return;
    }
    if (in->back_after && to.screen) {
        stack_replace(a, &to);
    } else if (in->back_after) {
        stack_pop(a);
    } else if (to.screen && replaces) {
        stack_replace(a, &to);
    } else if (to.screen) {
        stack_push(a, &to);
    }
}

static void offer_undo(struct app *a, const struct intent *in, const struct undo_batch *b) {
    bool can = b->count > 0 && b->count <= UNDO_MAX;
    if (in->undo)
        ui_toast(a->ui, b->id, word(a->words, in->undo),
                 can ? word(a->words, "common.undo") : NULL);
    if (in->kind == INTENT_visit_seal)
        ui_toast(a->ui, 0, word(a->words, "common.sealed_here"), NULL);
}

/* Everything of one intent; on failure nothing changed, and what is on screen stays there. */
static enum status act_in_transaction(struct app *a, struct act *t, const struct intent *in) {
    if (data_gone(a)) return status_fail(STATUS_IO, "%s", a->db_path);
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = run(t, in);
    if (!s && in->draft) s = drafts_forget(a, in->draft);
    if (s) {
        journal_rollback(a->j);
        return s;
    }
    struct entry *before = arena_copy(&a->act_arena, a->stack, sizeof a->stack);
    int depth = a->depth;
    move_on(a, t, in);
    scrolls_keep(a);
    s = stack_keep(a);
    if (!s) s = journal_commit(a->j);
    if (s) {
        journal_rollback(a->j);
        memcpy(a->stack, before, sizeof a->stack);
        a->depth = depth;
        a->stack_kept = 0;
        a->model_stale = true;
    }
    return s;
}

void app_act(struct app *a, const struct intent *in) {
    if (app_navigate(a, in)) return;
    struct act t = act_begin(a);
    struct undo_batch *b = batch_now(&t);
    *b = (struct undo_batch){.id = ++a->undo_id};
    status_clear();
    enum status s = act_in_transaction(a, &t, in);
    if (s) {
        *b = (struct undo_batch){0};
        /* the log lies open: words in confidence are told from others in nothing */
        enum intent_kind kind = in->kind == INTENT_confide ? INTENT_feedback : in->kind;
        log_line("intent %d: %s", (int)kind, status_key(s));
        app_told(a, s);
        keep_failed(a, s, in->draft);
        return;
    }
    if (in->draft) {
        ui_field_forget(a->ui, in->draft);
        keep_forget(a, in->draft);
    }
    if (!t.nothing) offer_undo(a, in, b);
    a->undo_next++;
    a->model_stale = true;
}
