/* trials_load.c -- reads trials by the names of their parts: start, end, decision, on, reason,
 * aim. A provider's own form of that use has the same names. */
#include "model/trials_load.h"

#include "base/text.h"
#include "care/use.h"
#include "store/query.h"

#define QUARTER_DAYS 92

static bool undecided(const struct trial *t) {
    return text_blank(t->decision) || text_equal(t->decision, "open");
}

static void take(struct trial *t, const struct query *q, struct arena *a) {
    const char *part = query_text(q, 0, a);
    if (text_equal(part, "aim")) t->aim = query_text(q, 2, a);
    if (text_equal(part, "reason")) t->reason = query_text(q, 2, a);
    if (text_equal(part, "start")) t->start = (day_no)query_int(q, 3);
    if (text_equal(part, "end")) t->end = (day_no)query_int(q, 3);
    if (text_equal(part, "on")) t->decided = (day_no)query_int(q, 3);
    if (text_equal(part, "stopped")) t->stopped = text_equal(query_text(q, 1, a), "stopped");
    if (text_equal(part, "decision")) t->decision = query_text(q, 1, a);
}

static const char *decided_where(const struct load_context *c, row_id visit) {
    const struct template *t = c->template_of ? c->template_of(c->ctx, visit) : NULL;
    for (int i = 0; t && i < t->items_count; i++)
        if (item_part(&t->items[i], "decision")) return t->items[i].id;
    return "";
}

enum status trial_of_visit(const struct load_context *c, struct arena *a, row_id visit,
                           struct trial *out) {
    struct query q;
    *out = (struct trial){.visit = visit, .aim = "", .decision = "", .reason = ""};
    for (query_open(&q, c->j,
                    "SELECT part, word, text, day FROM answer WHERE visit = ?1 AND withdrawn = "
                    "0 ORDER BY hlc, lantern_order(id)",
                    1, visit);
         query_next(&q);)
        take(out, &q, a);
    enum status s = query_close(&q);
    out->item = arena_strdup(a, decided_where(c, visit));
    out->due =
        undecided(out) && (out->stopped || (out->end && out->end <= london_day(c->wall_ms)));
    return s;
}

static bool of_a_trial(const struct load_context *c, const char *code) {
    for (size_t i = 0; i < c->templates_count; i++)
        if (text_equal(c->templates[i]->code, code))
            return form_use(c->templates[i]) == USE_PILOT;
    return false;
}

static bool long_over(const struct load_context *c, const struct trial *t) {
    day_no day = t->decided ? t->decided : t->end;
    return !undecided(t) && day && london_day(c->wall_ms) - day > QUARTER_DAYS;
}

enum status trials_read(const struct load_context *c, struct arena *a, row_id service,
                        struct trial **out, int *count) {
    struct trial *all = ARENA_ARRAY(a, struct trial, TRIALS_MOST);
    struct query q;
    int n = 0, kept = 0;
    for (query_open(&q, c->j,
                    "SELECT id, template FROM visit WHERE service = ?1 AND withdrawn = 0 ORDER "
                    "BY started DESC, lantern_order(id)",
                    1, service);
         n < TRIALS_MOST && query_next(&q);)
        if (of_a_trial(c, query_text(&q, 1, a))) all[n++].visit = query_int(&q, 0);
    enum status s = query_close(&q);
    for (int i = 0; !s && i < n; i++) {
        struct trial t;
        s = trial_of_visit(c, a, all[i].visit, &t);
        if (!s && !long_over(c, &t)) all[kept++] = t;
    }
    if (s) return s;
    *out = all;
    *count = kept;
    return STATUS_OK;
}
