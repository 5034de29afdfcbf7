/* danger_load.c -- the card with its calls and duties. The order to ring in is a rule of this
 * file: the council's adult safeguarding first, then the service's own list; whoever the worry
 * is about is skipped, and then somebody outside the home comes before anybody inside it. */
#include "model/danger_load.h"

#include "base/text.h"
#include "store/query.h"

#define CONTACTS_MAX 200
#define CALLS_MAX    400

struct build {
    const struct load_context *c;
    struct arena *a;
    struct danger_model *m;
};

static int64_t which(const struct load_context *c) {
    if (c->row) return c->row;
    if (c->other) {
        return query_one_int(
            c->j, 0,
            "SELECT id FROM danger WHERE visit = ?1 AND withdrawn = 0 AND closed IS NULL"
            " ORDER BY hlc DESC",
            1, c->other);
    }
    return query_one_int(
        c->j, 0,
        "SELECT id FROM danger WHERE service = ?1 AND withdrawn = 0 AND closed IS NULL"
        " ORDER BY hlc DESC",
        1, c->service);
}

static enum status load_card(struct build *b, int64_t row) {
    struct danger_model *m = b->m;
    struct query q;
    query_open(
        &q, b->c->j,
        "SELECT d.visit, d.service, d.source, d.text, d.opened, d.listed, d.skip, d.safe, "
        "d.safe_at, d.safe_by,"
        " d.closed, s.name, s.telephone, coalesce(nullif(v.in_charge_text, ''), p.label, '')"
        " FROM danger d LEFT JOIN service s ON s.id = d.service LEFT JOIN visit v ON v.id = "
        "d.visit"
        " LEFT JOIN person p ON p.id = v.in_charge WHERE d.id = ?1 AND d.withdrawn = 0",
        1, row);
    if (query_next(&q)) {
        m->row = row;
        m->visit = query_int(&q, 0);
        m->service = query_int(&q, 1);
        m->source = query_int(&q, 2);
        m->text = query_text(&q, 3, b->a);
        m->opened = query_int(&q, 4);
        m->listed = query_text(&q, 5, b->a);
        m->skip = query_text(&q, 6, b->a);
        m->safe = query_text(&q, 7, b->a);
        m->safe_at = query_int(&q, 8);
        m->safe_by = query_text(&q, 9, b->a);
        m->closed = query_int(&q, 10);
        m->service_name = query_text(&q, 11, b->a);
        m->telephone = query_text(&q, 12, b->a);
        m->in_charge = query_text(&q, 13, b->a);
    }
    return query_close(&q);
}

/* What it is about, when it came from a question of the check. */
static enum status load_source(struct build *b) {
    struct danger_model *m = b->m;
    struct query q;
    const char *item = "";
    query_open(&q, b->c->j, "SELECT item, note FROM answer WHERE id = ?1 AND withdrawn = 0", 1,
               m->source);
    if (query_next(&q)) {
        item = query_text(&q, 0, b->a);
        m->note = query_text(&q, 1, b->a);
    }
    enum status s = query_close(&q);
    if (s) return s;
    const struct template *t =
        *item && b->c->template_of ? b->c->template_of(b->c->ctx, m->visit) : NULL;
    const struct item *i = t ? template_item(t, item) : NULL;
    if (i) m->item_text = i->text;
    query_open(&q, b->c->j, "SELECT label FROM person WHERE id = ?1", 1,
               journal_holder(b->c->j));
    if (query_next(&q)) m->holder = query_text(&q, 0, b->a);
    return query_close(&q);
}

static enum status load_calls(struct build *b) {
    struct danger_call *calls = ARENA_ARRAY(b->a, struct danger_call, CALLS_MAX);
    struct query q;
    int n = 0;
    query_open(
        &q, b->c->j,
        "SELECT id, contact, whom, telephone, started, answered, said, reference FROM call"
        " WHERE danger = ?1 AND withdrawn = 0 ORDER BY started, hlc, lantern_order(id)",
        1, b->m->row);
    while (n < CALLS_MAX && query_next(&q)) {
        calls[n++] = (struct danger_call){.row = query_int(&q, 0),
                                          .contact = query_int(&q, 1),
                                          .whom = query_text(&q, 2, b->a),
                                          .telephone = query_text(&q, 3, b->a),
                                          .started = query_int(&q, 4),
                                          .answered = query_text(&q, 5, b->a),
                                          .said = query_text(&q, 6, b->a),
                                          .reference = query_text(&q, 7, b->a)};
    }
    b->m->calls = calls;
    b->m->calls_count = n;
    return query_close(&q);
}

static bool to_be_rung(const char *purpose) {
    return !text_equal(purpose, "speak_up") && !text_equal(purpose, "identity") &&
           !text_equal(purpose, "data");
}

/* Smaller rings first. */
static int rank(const struct danger_model *m, const struct danger_contact *k) {
    if (k->skipped) return 9;
    if (text_equal(k->purpose, "safeguarding")) return 0;
    if (text_equal(m->listed, "yes") && !k->outside) return 2;
    return 1;
}

static void read_contact(struct build *b, const struct query *q, struct danger_contact *k) {
    *k = (struct danger_contact){.row = query_int(q, 0),
                                 .label = query_text(q, 1, b->a),
                                 .telephone = query_text(q, 2, b->a),
                                 .purpose = query_text(q, 3, b->a),
                                 .outside = query_int(q, 4) != 0,
                                 .hours = query_text(q, 5, b->a),
                                 .source = query_text(q, 6, b->a),
                                 .source_day = (day_no)query_int(q, 7)};
    k->skipped = text_equal(b->m->listed, "yes") && text_listed(b->m->skip, ',', k->label);
    for (int i = 0; i < b->m->calls_count; i++) {
        if (b->m->calls[i].contact != k->row) continue;
        k->calls++;
        if (text_equal(b->m->calls[i].answered, "yes")) k->answered = true;
    }
}

static enum status load_contacts(struct build *b) {
    struct danger_model *m = b->m;
    struct danger_contact *found = ARENA_ARRAY(b->a, struct danger_contact, CONTACTS_MAX);
    struct danger_contact *ordered = ARENA_ARRAY(b->a, struct danger_contact, CONTACTS_MAX);
    struct query q;
    int n = 0;
    query_open(
        &q, b->c->j,
        "SELECT id, label, telephone, purpose, outside, hours, source, source_day FROM contact"
        " WHERE withdrawn = 0 AND (service = ?1 OR service IS NULL)"
        " ORDER BY service IS NULL, position, label, lantern_order(id)",
        1, m->service);
    while (n < CONTACTS_MAX && query_next(&q)) {
        struct danger_contact k;
        read_contact(b, &q, &k);
        if (!to_be_rung(k.purpose)) continue;
        if (text_equal(k.purpose, "emergency")) {
            if (!m->emergency) m->emergency = arena_copy(b->a, &k, sizeof k);
            continue;
        }
        found[n++] = k;
    }
    for (int r = 0; r < 10; r++) {
        for (int i = 0; i < n; i++) {
            if (rank(m, &found[i]) == r) ordered[m->contacts_count++] = found[i];
        }
    }
    m->contacts = ordered;
    m->next = -1;
    for (int i = 0; i < n && m->next < 0; i++) {
        if (!ordered[i].skipped && !ordered[i].calls) m->next = i;
    }
    return query_close(&q);
}

static enum status load_duties(struct build *b) {
    static const char *const names[] = {"safeguarding",     "police", "cqc",        "candour",
                                        "controlled_drugs", "riddor", "data_breach"};
    const int count = (int)(sizeof names / sizeof *names);
    struct danger_duty *duties = ARENA_ARRAY(b->a, struct danger_duty, count);
    for (int i = 0; i < count; i++) {
        duties[i] = (struct danger_duty){
            .name = names[i], .decision = "", .who = "", .why = "", .reference = ""};
    }
    struct query q;
    query_open(&q, b->c->j,
               "SELECT id, name, decision, decide_by, who, decided, why, reference FROM duty"
               " WHERE danger = ?1 AND withdrawn = 0 ORDER BY hlc, lantern_order(id)",
               1, b->m->row);
    while (query_next(&q)) {
        const char *name = query_text(&q, 1, b->a);
        for (int i = 0; i < count; i++) {
            if (!text_equal(name, names[i])) continue;
            duties[i] = (struct danger_duty){.row = query_int(&q, 0),
                                             .name = names[i],
                                             .decision = query_text(&q, 2, b->a),
                                             .decide_by = query_int(&q, 3),
                                             .who = query_text(&q, 4, b->a),
                                             .decided = query_int(&q, 5),
                                             .why = query_text(&q, 6, b->a),
                                             .reference = query_text(&q, 7, b->a)};
        }
    }
    b->m->duties = duties;
    b->m->duties_count = count;
    for (int i = 0; i < count; i++) {
        bool decided = text_equal(duties[i].decision, "needed") ||
                       text_equal(duties[i].decision, "not_needed");
        b->m->undecided += !decided;
    }
    return query_close(&q);
}

enum status danger_load(const struct load_context *c, struct arena *a, const void **out) {
    struct danger_model *m = ARENA_NEW(a, struct danger_model);
    struct build b = {.c = c, .a = a, .m = m};
    m->text = m->item_text = m->note = m->holder = m->in_charge = m->service_name =
        m->telephone = "";
    m->listed = m->skip = m->safe = m->safe_by = "";
    int64_t row = which(c);
    enum status s = row ? load_card(&b, row) : STATUS_OK;
    if (!s) s = load_source(&b);
    if (!s) s = load_calls(&b);
    if (!m->service) m->service = c->service;
    if (!s) s = load_contacts(&b);
    if (!s) s = load_duties(&b);
    if (s) return s;
    *out = m;
    return STATUS_OK;
}
