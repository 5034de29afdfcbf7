/* walk_actions.c -- two things of actions that a walk needs: what somebody says is done, to be
 * seen working at its own question, and what was raised on this check. Who may sign off is
 * decided by care/rules, for whoever holds the tablet now. */
#include "base/text.h"
#include "care/use.h"
#include "model/walk_build.h"

/* Those of one action stand together, oldest first. */
struct loaded_steps {
    int64_t *action;
    struct action_step *step;
    const char **who;
    int count;
};

static enum status load_steps(struct walk_build *b, struct loaded_steps *all) {
    struct query q;
    int64_t most = query_one_int(
        b->c->j, 0,
        "SELECT count(*) FROM step s JOIN action a ON a.id = s.action WHERE a.service = ?1"
        " AND s.withdrawn = 0 AND a.withdrawn = 0",
        1, b->m->service);
    all->action = ARENA_ARRAY(b->a, int64_t, most + 1);
    all->step = ARENA_ARRAY(b->a, struct action_step, most + 1);
    all->who = ARENA_ARRAY(b->a, const char *, most + 1);
    query_open(&q, b->c->j,
               "SELECT s.action, s.sort, coalesce(s.made_at, s.at), coalesce(s.made_by, "
               "s.\"by\"), s.at_night,"
               " s.unannounced, coalesce(p.side, '') = 'provider' OR (p.id IS NOT NULL AND "
               "coalesce(p.service, 0)"
               " <> a.service), s.who FROM step s JOIN action a ON a.id = s.action"
               " LEFT JOIN person p ON p.id = coalesce(s.made_by, s.\"by\")"
               " WHERE a.service = ?1 AND s.withdrawn = 0 AND a.withdrawn = 0 ORDER BY "
               "s.action, s.hlc, lantern_order(s.id)",
               1, b->m->service);
    while (all->count < most && query_next(&q)) {
        int n = all->count++;
        all->action[n] = query_int(&q, 0);
        all->step[n] = (struct action_step){.sort = query_text(&q, 1, b->a),
                                            .at = query_int(&q, 2),
                                            .by = query_int(&q, 3),
                                            .at_night = query_int(&q, 4) != 0,
                                            .unannounced = query_int(&q, 5) != 0,
                                            .outside = query_int(&q, 6) != 0};
        all->who[n] = query_text(&q, 7, b->a);
    }
    return query_close(&q);
}

/* The first step of one action and how many there are; *said: the last "done", -1 none. */
static int steps_of(const struct loaded_steps *all, int64_t action, int *count, int *said) {
    int low = 0, high = all->count, first;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (all->action[middle] < action)
            low = middle + 1;
        else
            high = middle;
    }
    *said = -1;
    for (first = low; low < all->count && all->action[low] == action; low++)
        if (text_equal(all->step[low].sort, "said_done")) *said = low;
    *count = low - first;
    return first;
}

static void add_done(struct walk_build *b, const struct query *q,
                     const struct loaded_steps *all) {
    struct action_facts facts = {.must = query_int(q, 2) != 0,
                                 .found_at_night = query_int(q, 6) != 0,
                                 .raised_at = query_int(q, 7),
                                 .due = query_int(q, 8),
                                 .raised_by = query_int(q, 9),
                                 .owner = query_int(q, 10)};
    int said;
    facts.steps = all->step + steps_of(all, query_int(q, 0), &facts.steps_count, &said);
    if (said < 0 || action_state(&facts) != ACTION_SAID_DONE) return;
    b->done[b->done_count++] = (struct walk_done){
        .action = query_int(q, 0),
        .reference = query_text(q, 1, b->a),
        .must = facts.must,
        .different = query_text(q, 3, b->a),
        .measure = query_text(q, 4, b->a),
        .item = query_text(q, 5, b->a),
        .at_night = facts.found_at_night,
        .raised_at = facts.raised_at,
        .said_at = all->step[said].at,
        .who = all->who[said],
        .cannot = action_cannot_verify(&facts, b->m->holder, b->c->night, b->m->unannounced,
                                       b->m->holder_outside),
    };
}

static enum status load_done(struct walk_build *b) {
    struct loaded_steps all = {0};
    enum status s = load_steps(b, &all);
    if (s) return s;
    b->done = ARENA_ARRAY(b->a, struct walk_done, WALK_LISTS_MAX);
    struct query q;
    query_open(&q, b->c->j,
               "SELECT id, reference, must, different, measure, item, found_at_night, "
               "coalesce(made_at, at), due,"
               " coalesce(made_by, \"by\"), owner FROM action a WHERE service = ?1 AND "
               "withdrawn = 0 AND EXISTS"
               " (SELECT 1 FROM step s WHERE s.action = a.id AND s.sort = 'said_done' AND "
               "s.withdrawn = 0)"
               " ORDER BY must DESC, due, hlc, lantern_order(id)",
               1, b->m->service);
    while (b->done_count < WALK_LISTS_MAX && query_next(&q))
        add_done(b, &q, &all);
    return query_close(&q);
}

static enum status load_raised(struct walk_build *b) {
    struct query q;
    b->raised = ARENA_ARRAY(b->a, struct walk_raised, WALK_LISTS_MAX);
    query_open(&q, b->c->j,
               "SELECT a.id, a.source, a.due, a.reference, a.item, "
               "coalesce(nullif(a.owner_text, ''), p.label), a.lane,"
               " a.must FROM action a LEFT JOIN person p ON p.id = a.owner WHERE a.visit = ?1 "
               "AND a.withdrawn = 0"
               " ORDER BY a.hlc DESC, lantern_order(a.id)",
               1, b->m->visit);
    int n = 0;
    while (n < WALK_LISTS_MAX && query_next(&q)) {
        b->raised[n++] = (struct walk_raised){.action = query_int(&q, 0),
                                              .source = query_int(&q, 1),
                                              .due = query_int(&q, 2),
                                              .reference = query_text(&q, 3, b->a),
                                              .item = query_text(&q, 4, b->a),
                                              .owner = query_text(&q, 5, b->a),
                                              .lane = query_text(&q, 6, b->a),
                                              .must = query_int(&q, 7) != 0};
    }
    b->m->raised = b->raised;
    b->m->raised_count = n;
    return query_close(&q);
}

enum status walk_actions_load(struct walk_build *b) {
    enum status s = b->c->reading ? STATUS_OK : load_done(b);
    return s ? s : load_raised(b);
}

/* An action whose question is not in this form waits in the last section, so that nobody leaves
 * without it. */
static int section_of(const struct walk_build *b, const struct walk_done *d) {
    const struct item *i = template_item(b->m->form, d->item);
    return i ? i->section : b->m->sections_count - 1;
}

void walk_actions_place(struct walk_build *b) {
    if (use_of_action(form_use(b->m->form))) return; /* it is about one, and not in passing */
    for (int s = 0; s < b->m->sections_count; s++) {
        const struct walk_done **mine =
            ARENA_ARRAY(b->a, const struct walk_done *, b->done_count + 1);
        int n = 0;
        for (int i = 0; i < b->done_count; i++) {
            if (section_of(b, &b->done[i]) == s) mine[n++] = &b->done[i];
        }
        b->m->sections[s].done = mine;
        b->m->sections[s].done_count = n;
    }
}
