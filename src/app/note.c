/* note.c -- what happened to the check itself: covered, handed over, come back to after a flat
 * battery, the clock set. An event lies on the check of the screen on top; outside a check, and
 * on a sealed one, there is nothing to note it on. */
#include "app/app_state.h"

#include "store/query.h"

row_id app_visit_now(const struct app *a) {
    for (int i = a->depth - 1; i >= 0; i--) {
        const struct place *p = &a->stack[i].place;
        if (p->screen == SCREEN_walk || p->screen == SCREEN_finish) return p->row;
    }
    return 0;
}

row_id app_visit_open(const struct app *a) {
    row_id visit = app_visit_now(a);
    if (!visit) return 0;
    int64_t sealed = query_one_int(
        a->j, 0, "SELECT count(*) FROM seal WHERE visit = ?1 AND withdrawn = 0", 1, visit);
    return sealed ? 0 : visit;
}

/* False when there is no check to note it on. */
static bool note_row(struct app *a, const struct note *n, struct row *r) {
    row_id visit = app_visit_open(a);
    if (!visit) return false;
    *r = row_new(&kind_event);
    row_ref(r, "visit", visit);
    row_text(r, "sort", n->sort);
    if (n->ms) row_int(r, "ms", n->ms);
    row_ref(r, "person", n->person);
    row_int(r, "started", n->started ? n->started : clock_wall(&a->clock));
    return true;
}

enum status note_put(struct app *a, const struct note *n, row_id *out) {
    struct row r;
    *out = 0;
    if (!note_row(a, n, &r)) return STATUS_OK;
    enum status s = journal_put(a->j, &r);
    if (!s) *out = r.id;
    return s;
}

enum status note_alone(struct app *a, const struct note *n) {
    struct row r;
    return note_row(a, n, &r) ? journal_put_alone(a->j, &r) : STATUS_OK;
}
