/* holders.c -- see holders.h. */
#include "model/holders.h"

#include <string.h>

#include "base/text.h"
#include "store/query.h"
#include "store/vault.h"

#define PEOPLE_MOST 100

struct holders {
    const struct load_context *c;
    struct arena *a;
    struct pin_person *list;
    size_t n;
};

static struct pin_person *find(struct holders *h, row_id row) {
    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].row == row) return &h->list[i];
    return NULL;
}

static void add(struct holders *h, struct query *q) {
    h->list[h->n++] = (struct pin_person){.row = query_int(q, 0),
                                          .label = query_text(q, 1, h->a),
                                          .role = query_text(q, 2, h->a),
                                          .initials = ""};
}

static enum status on_the_list(struct holders *h) {
    struct query q;
    for (query_open(
             &q, h->c->j,
             "SELECT id, label, role FROM person WHERE withdrawn = 0 AND \"left\" IS NOT 1 "
             "AND side IN ('provider', 'manager') AND (service IS NULL OR service = ?1) "
             "ORDER BY label, lantern_order(id)",
             1, h->c->service);
         query_next(&q) && h->n < PEOPLE_MOST;)
        add(h, &q);
    return query_close(&q);
}

/* Somebody who left the service, or belongs to another one, and can still unlock the tablet. */
static enum status of_before(struct holders *h, const struct vault_person *v) {
    struct query q;
    query_open(&q, h->c->j, "SELECT id, label, role FROM person WHERE id = ?1", 1, v->person);
    if (query_next(&q)) {
        add(h, &q);
    } else {
        h->list[h->n++] = (struct pin_person){.row = v->person, .label = v->label, .role = ""};
    }
    return query_close(&q);
}

static enum status with_pin(struct holders *h) {
    struct vault_person *v = NULL;
    size_t n = 0;
    if (!journal_at_rest_sealed(h->c->j)) return STATUS_OK;
    enum status s = vault_list(h->c->j, h->a, &v, &n);
    for (size_t i = 0; !s && i < n; i++) {
        if (!find(h, v[i].person)) s = of_before(h, &v[i]);
        struct pin_person *p = find(h, v[i].person);
        if (s || !p) continue;
        p->has = true;
        p->pin = v[i].pin;
        p->initials = arena_strdup(h->a, v[i].label);
    }
    return s;
}

enum status holders_load(const struct load_context *c, struct arena *a, struct pin_person **out,
                         size_t *n) {
    struct holders h = {.c = c, .a = a};
    h.list = ARENA_ARRAY(a, struct pin_person, PEOPLE_MOST + VAULT_PEOPLE_MAX);
    enum status s = on_the_list(&h);
    if (!s) s = with_pin(&h);
    if (s) return s;
    *out = h.list;
    *n = h.n;
    return STATUS_OK;
}

enum status holders_lock_minutes(const struct load_context *c, int *out) {
    struct query q;
    int64_t minutes = 0;
    query_open(
        &q, c->j,
        "SELECT min(lock_minutes) FROM provider WHERE withdrawn = 0 AND lock_minutes > 0", 0);
    if (query_next(&q)) minutes = query_int(&q, 0);
    enum status s = query_close(&q);
    if (!s) *out = minutes > 240 ? 240 : (int)minutes;
    return s;
}
