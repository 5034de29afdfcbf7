/* actions_load.c -- filters and windows the actions of a service. */
#include "model/actions_load.h"

#include "base/text.h"
#include "model/action_rows.h"
#include "model/actions_model.h"
#include "model/trials_load.h"
#include "store/query.h"

static bool belongs(const struct action_row *r, enum actions_filter f) {
    bool over = r->state == ACTION_LASTED || r->state == ACTION_CLOSED;
    switch (f) {
    case ACTIONS_ALL:
        return !over;
    case ACTIONS_MINE:
        return r->mine && !over;
    case ACTIONS_OVERDUE:
        return r->overdue && !over;
    case ACTIONS_VERIFY:
        return r->state == ACTION_SAID_DONE;
    case ACTIONS_CLOSED:
        return over;
    case ACTIONS_FILTERS:
        break;
    }
    return false;
}

static const char *const words[ACTIONS_FILTERS] = {"all", "mine", "overdue", "verify",
                                                   "closed"};

static enum actions_filter filter_of(const char *word) {
    for (int f = 0; f < ACTIONS_FILTERS; f++)
        if (text_equal(words[f], word)) return (enum actions_filter)f;
    return ACTIONS_ALL;
}

enum status actions_load(const struct load_context *c, struct arena *a, const void **out) {
    struct actions_model *m = ARENA_NEW(a, struct actions_model);
    struct action_reader r = action_reader(c->j, c->service, c->wall_ms, c->night);
    struct action_row *rows = NULL;
    struct query q;
    int n = 0, kept = 0;
    m->service = c->service;
    m->service_name = "";
    m->holder_named = r.holder != 0;
    m->filter = filter_of(c->word);
    m->first = c->other > 0 ? (int)c->other : 0;
    query_open(&q, c->j, "SELECT name FROM service WHERE id = ?1", 1, c->service);
    if (query_next(&q)) m->service_name = query_text(&q, 0, a);
    enum status s = query_close(&q);
    if (!s) s = action_rows_read(&r, a, &rows, &n);
    if (s) return s;
    for (int f = 0; f < ACTIONS_FILTERS; f++)
        for (int i = 0; i < n; i++)
            m->counts[f] += belongs(&rows[i], (enum actions_filter)f);
    struct action_row *shown = ARENA_ARRAY(a, struct action_row, ACTIONS_WINDOW);
    for (int i = 0; i < n; i++) {
        if (!belongs(&rows[i], m->filter)) continue;
        if (kept >= m->first && m->count < ACTIONS_WINDOW) shown[m->count++] = rows[i];
        kept++;
    }
    m->rows = shown;
    m->total = kept;
    struct trial *trials = NULL;
    s = trials_read(c, a, c->service, &trials, &m->trials_count);
    m->trials = trials;
    if (!s) *out = m;
    return s;
}
