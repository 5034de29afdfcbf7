/* act.c -- from an intent to records: one intent, one transaction, and how to undo it.
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

static row_id version_of(struct journal *j, row_id row, struct arena *a) {
    struct version *v;
    size_t n;
    if (journal_history(j, row, a, &v, &n)) return 0;
    for (size_t i = n; i > 0; i--)
        if (v[i - 1].present) return v[i - 1].record;
    return 0;
}

static void remember(struct act *t, const struct kind *k, row_id row, row_id former) {
    struct undo_batch *b = batch_now(t);
    if (b->count < UNDO_MAX)
        b->steps[b->count++] = (struct undo_step){.kind = k, .row = row, .former = former};
}

enum status act_put(struct act *t, struct row *r) {
    row_id former = r->id ? version_of(t->j, r->id, t->arena) : 0;
    enum status s = journal_put(t->j, r);
    if (s) return s;
    remember(t, r->kind, r->id, former);
    return STATUS_OK;
}

enum status act_take_back(struct act *t, const struct kind *k, row_id id) {
    row_id former = version_of(t->j, id, t->arena);
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
    if (!in->undo) return;
    ui_toast(a->ui, b->id, word(a->words, in->undo),
             b->count ? word(a->words, "common.undo") : NULL);
}

/* Everything of one intent; on failure nothing changed, and what is on screen stays there. */
static enum status act_in_transaction(struct app *a, struct act *t, const struct intent *in) {
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
        log_line("intent %d: %s", (int)in->kind, status_key(s));
        app_told(a, s);
        return;
    }
    if (in->draft) ui_field_forget(a->ui, in->draft);
    if (!t.nothing) offer_undo(a, in, b);
    a->undo_next++;
    a->model_stale = true;
}

static enum status undo_batch(struct app *a, const struct undo_batch *b) {
    enum status s = journal_begin(a->j);
    if (s) return s;
    for (int i = b->count; !s && i > 0; i--) {
        const struct undo_step *u = &b->steps[i - 1];
        s = journal_revert(a->j, u->kind, u->row, u->former);
    }
    if (!s) s = journal_commit(a->j);
    if (s) journal_rollback(a->j);
    return s;
}

void app_undo(struct app *a, int64_t id) {
    for (int i = 0; i < UNDO_BATCHES; i++) {
        if (!id || a->undo[i].id != id) continue;
        enum status s = undo_batch(a, &a->undo[i]);
        a->undo[i] = (struct undo_batch){0};
        a->model_stale = true;
        if (s) app_told(a, s);
    }
}
