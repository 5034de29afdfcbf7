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

enum status note_put(struct app *a, const struct note *n, row_id *out) {
    row_id visit = app_visit_open(a);
    *out = 0;
    if (!visit) return STATUS_OK;
    struct row r = row_new(&kind_event);
    row_ref(&r, "visit", visit);
    row_text(&r, "sort", n->sort);
    if (n->ms) row_int(&r, "ms", n->ms);
    row_ref(&r, "person", n->person);
    row_text(&r, "place", n->place);
    row_int(&r, "started", n->started ? n->started : clock_wall(&a->clock));
    enum status s = journal_put(a->j, &r);
    if (!s) *out = r.id;
    return s;
}

enum status note_alone(struct app *a, const struct note *n) {
    row_id made;
    if (!app_visit_open(a)) return STATUS_OK;
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = note_put(a, n, &made);
    if (!s) s = journal_commit(a->j);
    if (s) journal_rollback(a->j);
    return s;
}
