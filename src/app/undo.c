/* undo.c -- taking back what the last touches did. A batch knows for each row the version
 * before and the version it wrote; only what it changed goes back, so that whatever was said
 * since, in other columns of the same row, stays. What was said since about the very same thing
 * wins: then nothing is undone, and the person is told. */
#include "app/app_state.h"

#include "app/act_care.h"
#include "app/evidence.h"
#include "base/log.h"

static const struct version *present(struct journal *j, row_id row, struct arena *a) {
    struct version *v;
    size_t n;
    if (journal_history(j, row, a, &v, &n)) return NULL;
    for (size_t i = n; i > 0; i--)
        if (v[i - 1].present) return &v[i - 1];
    return NULL;
}

row_id undo_version_of(struct journal *j, row_id row, struct arena *a) {
    const struct version *v = present(j, row, a);
    return v ? v->record : 0;
}

/* A row that one intent wrote twice goes back to what was before the first time. */
void undo_remember(struct undo_batch *b, const struct undo_step *step) {
    for (int i = 0; i < b->count; i++) {
        if (b->steps[i].row != step->row) continue;
        b->steps[i].wrote = step->wrote;
        return;
    }
    if (b->count < UNDO_MAX) b->steps[b->count] = *step;
    b->count++; /* past the most: not to be undone, rather than in part */
}

static bool same(const struct value *x, const struct value *y) {
    if (x->said != y->said) return false;
    if (!x->said) return true;
    if (!x->p || !y->p) return x->p == y->p && x->i == y->i;
    return x->n == y->n && memcmp(x->p, y->p, x->n) == 0;
}

static enum status changed_since(void) {
    return status_fail(STATUS_EXISTS, "%s", "");
}

/* Three rows: as it was, as the batch wrote it, as it is. */
static enum status put_back(struct journal *j, struct arena *t, const struct undo_step *u) {
    struct row was, wrote, is;
    enum status s = journal_version(j, u->former, t, &was);
    if (!s) s = journal_version(j, u->wrote, t, &wrote);
    if (!s) s = journal_row(j, u->kind, u->row, t, &is);
    if (s) return s;
    for (int i = 0; u->kind->columns[i].name; i++) {
        if (same(&was.values[i], &wrote.values[i])) continue;
        if (!same(&is.values[i], &wrote.values[i])) return changed_since();
        is.values[i] = was.values[i];
    }
    return journal_put(j, &is);
}

static enum status undo_step(struct journal *j, struct arena *t, const struct undo_step *u) {
    const struct version *now = present(j, u->row, t);
    if (now && now->record == u->wrote) return journal_revert(j, u->kind, u->row, u->former);
    if (!now || !u->former || now->op == OP_WITHDRAW) return changed_since();
    return put_back(j, t, u);
}

static enum status undo_batch(struct app *a, const struct undo_batch *b) {
    enum status s = journal_begin(a->j);
    if (s) return s;
    for (int i = b->count; !s && i > 0; i--) {
        const struct undo_step *u = &b->steps[i - 1];
        s = undo_step(a->j, &a->act_arena, u);
        if (!s && u->kind == &kind_confidence) s = confided_forget_one(a, u->row);
    }
    if (!s && b->waits_number) s = evidence_drop(a, &b->waits, b->waits_number);
    if (s == STATUS_NOT_FOUND && b->waits_number) s = changed_since(); /* its form was kept */
    if (!s) s = journal_commit(a->j);
    if (s) journal_rollback(a->j);
    return s;
}

void app_undo(struct app *a, int64_t id) {
    for (int i = 0; i < UNDO_BATCHES; i++) {
        struct undo_batch *b = &a->undo[i];
        if (!id || b->id != id) continue;
        enum status s = undo_batch(a, b);
        *b = (struct undo_batch){0};
        a->model_stale = true;
        log_line("undo: %s", status_key(s));
        if (s == STATUS_EXISTS) {
            ui_toast(a->ui, 0, word(a->words, "common.undo_changed"), NULL);
        } else if (s) {
            app_told(a, s);
        }
    }
}
