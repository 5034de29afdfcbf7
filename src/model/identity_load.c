/* identity_load.c -- who holds the tablet, and the number that staff can ring about it. */
#include "model/identity_load.h"

#include "model/identity_model.h"
#include "model/roles.h"
#include "store/query.h"

static enum status read_holder(const struct load_context *c, struct arena *a,
                               struct identity_model *m) {
    struct query q;
    query_open(&q, c->j,
               "SELECT label, role, telephone FROM person WHERE id = ?1 AND withdrawn = 0", 1,
               journal_holder(c->j));
    if (query_next(&q)) {
        m->named = true;
        m->label = query_text(&q, 0, a);
        m->role = query_text(&q, 1, a);
        m->telephone = query_text(&q, 2, a);
    }
    return query_close(&q);
}

enum status identity_load(const struct load_context *c, struct arena *a, const void **out) {
    struct identity_model *m = ARENA_NEW(a, struct identity_model);
    struct ring_line *ring = NULL;
    struct query q;
    m->label = m->role = m->telephone = m->provider = m->service = "";
    enum status s = read_holder(c, a, m);
    query_open(
        &q, c->j,
        "SELECT s.name, p.name FROM service s LEFT JOIN provider p ON p.id = s.provider WHERE "
        "s.id = ?1",
        1, c->service);
    if (query_next(&q)) {
        m->service = query_text(&q, 0, a);
        m->provider = query_text(&q, 1, a);
    }
    enum status closed = query_close(&q);
    if (!s) s = closed;
    if (!s) s = contacts_for(c->j, c->service, "identity", a, &ring, &m->ring_count);
    if (s) return s;
    m->ring = ring;
    *out = m;
    return STATUS_OK;
}
