/* act_danger.c -- the danger card, its calls, the duties somebody has to decide about, and who
 * was told.
 *
 * When a card opens every duty is put down as undecided: the program decides none, and the
 * morning page shows each until a person has. */
#include "app/act_care.h"
#include "base/text.h"
#include "store/query.h"

static const char *const duty_names[] = {"safeguarding",     "police", "cqc",        "candour",
                                         "controlled_drugs", "riddor", "data_breach"};

static enum status put_duties(struct act *t, row_id visit, row_id service, row_id danger) {
    for (size_t i = 0; i < sizeof duty_names / sizeof *duty_names; i++) {
        struct row r = row_new(&kind_duty);
        row_ref(&r, "visit", visit);
        row_ref(&r, "service", service);
        row_ref(&r, "danger", danger);
        row_text(&r, "name", duty_names[i]);
        row_text(&r, "decision", "open");
        enum status s = act_put(t, &r);
        if (s) return s;
    }
    return STATUS_OK;
}

static void go_there(struct act *t, row_id danger) {
    t->made = danger;
    t->then = (struct place){.screen = SCREEN_danger, .row = danger};
}

enum status act_danger_for(struct act *t, row_id visit, row_id service, row_id source,
                           row_id area, const char *text) {
    row_id open = source ? query_one_int(t->j, 0,
                                         "SELECT id FROM danger WHERE source = ?1 AND "
                                         "withdrawn = 0 AND closed IS NULL",
                                         1, source)
                         : 0;
    if (open) {
        go_there(t, open);
        return STATUS_OK;
    }
    struct row r = row_new(&kind_danger);
    row_ref(&r, "visit", visit);
    row_ref(&r, "service", service ? service : t->service);
    row_ref(&r, "source", source);
    row_ref(&r, "area", area);
    row_text(&r, "text", text);
    row_int(&r, "opened", t->wall_ms);
    enum status s = act_put(t, &r);
    if (!s) s = put_duties(t, visit, service ? service : t->service, r.id);
    if (!s) go_there(t, r.id);
    return s;
}

enum status act_danger_open(struct act *t, const struct intent *in) {
    row_id service = in->row ? act_visit_service(t, in->row) : t->service;
    return act_danger_for(t, in->row, service, in->other, 0, in->text);
}

/* The question that opened the card learns that people are safe now. */
static enum status tell_source(struct act *t, const struct row *danger) {
    row_id source = row_get_int(danger, "source");
    if (!query_one_int(t->j, 0, "SELECT count(*) FROM answer WHERE id = ?1 AND withdrawn = 0",
                       1, source)) {
        return STATUS_OK;
    }
    struct row r;
    enum status s = act_row(t, &kind_answer, source, &r);
    if (s) return s;
    row_text(&r, "safe", "made_safe");
    row_int(&r, "safe_at", row_get_int(danger, "safe_at"));
    row_text(&r, "safe_by", row_get_text(danger, "safe_by"));
    s = act_put(t, &r);
    return s == STATUS_SEALED ? STATUS_OK : s; /* the check is closed; the card has it */
}

enum status act_danger_safe(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_danger, in->row, &r);
    if (s) return s;
    if (in->word) row_text(&r, "safe", in->word);
    if (in->text) row_text(&r, "safe_by", in->text);
    bool safe = text_equal(row_get_text(&r, "safe"), "made_safe");
    if (safe && in->word) row_int(&r, "safe_at", in->number ? in->number : t->wall_ms);
    if (!safe) row_unsay(&r, "safe_at");
    s = act_put(t, &r);
    return s || !safe ? s : tell_source(t, &r);
}

enum status act_danger_listed(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_danger, in->row, &r);
    if (s) return s;
    row_text(&r, "listed", in->word);
    row_text(&r, "skip", in->text);
    return act_put(t, &r);
}

enum status act_danger_close(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = act_row(t, &kind_danger, in->row, &r);
    if (s) return s;
    row_int(&r, "closed", t->wall_ms);
    return act_put(t, &r);
}

enum status act_call(struct act *t, const struct intent *in) {
    const struct call_intent *c = in->detail;
    struct row r = row_new(&kind_call);
    if (c->row) {
        enum status s = act_row(t, &kind_call, c->row, &r);
        if (s) return s;
    } else {
        row_ref(&r, "visit", c->visit);
        row_ref(&r, "danger", c->danger);
        row_ref(&r, "contact", c->contact);
        row_ref(&r, "service", c->service ? c->service : t->service);
        row_text(&r, "whom", c->whom);
        row_text(&r, "telephone", c->telephone);
        row_int(&r, "started", t->wall_ms);
    }
    if (c->answered) row_text(&r, "answered", c->answered);
    if (c->said) row_text(&r, "said", c->said);
    if (c->reference) row_text(&r, "reference", c->reference);
    enum status s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}

static row_id duty_find(struct act *t, const struct duty_intent *d) {
    if (d->row) return d->row;
    struct query q;
    row_id found = 0;
    query_open(&q, t->j,
               "SELECT id FROM duty WHERE coalesce(danger, 0) = ?1 AND coalesce(visit, 0) = ?2 "
               "AND name = ?3"
               " AND withdrawn = 0 ORDER BY hlc DESC LIMIT 1",
               2, d->danger, d->visit);
    query_bind_text(&q, 3, d->name);
    if (query_next(&q)) found = query_int(&q, 0);
    return query_close(&q) ? 0 : found;
}

enum status act_duty(struct act *t, const struct intent *in) {
    const struct duty_intent *d = in->detail;
    struct row r = row_new(&kind_duty);
    row_id id = duty_find(t, d);
    if (id) {
        enum status s = act_row(t, &kind_duty, id, &r);
        if (s) return s;
    } else {
        row_ref(&r, "visit", d->visit);
        row_ref(&r, "danger", d->danger);
        row_ref(&r, "service", d->service ? d->service : t->service);
        row_text(&r, "name", d->name);
    }
    if (d->decision) {
        bool decided =
            text_equal(d->decision, "needed") || text_equal(d->decision, "not_needed");
        row_text(&r, "decision", d->decision);
        row_unsay(&r, "decided");
        if (decided) row_int(&r, "decided", t->wall_ms);
    }
    if (d->decide_by) row_int(&r, "decide_by", d->decide_by);
    if (d->who) row_text(&r, "who", d->who);
    if (d->why) row_text(&r, "why", d->why);
    if (d->reference) row_text(&r, "reference", d->reference);
    enum status s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}

enum status act_told(struct act *t, const struct intent *in) {
    const struct told_intent *d = in->detail;
    struct row r = row_new(&kind_told);
    row_ref(&r, "visit", d->visit);
    row_ref(&r, "service", d->service ? d->service : t->service);
    row_ref(&r, "person", d->person);
    row_text(&r, "whom", d->whom);
    row_text(&r, "how", d->how);
    row_text(&r, "said", d->said);
    row_text(&r, "text", d->text);
    row_text(&r, "sort", d->sort);
    row_text(&r, "why", d->why);
    row_int(&r, "when_told", t->wall_ms);
    enum status s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}
