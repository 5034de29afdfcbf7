/* saw_load.c -- what Saw something needs besides the person's own words. */
#include "model/saw_load.h"

#include <string.h>

#include "model/confide_load.h"
#include "model/evidence_load.h"
#include "model/roles.h"
#include "model/saw_model.h"
#include "store/query.h"

#define AREAS_MOST 200
#define NEAR_MOST  12

static enum status read_areas(const struct load_context *c, struct arena *a,
                              struct saw_model *m) {
    struct query q;
    struct saw_area *all = ARENA_ARRAY(a, struct saw_area, AREAS_MOST);
    int n = 0;
    for (query_open(
             &q, c->j,
             "SELECT id, name FROM area WHERE service = ?1 AND withdrawn = 0 AND closed IS "
             "NOT 1 ORDER BY position, name, lantern_order(id)",
             1, m->service);
         n < AREAS_MOST && query_next(&q);)
        all[n++] = (struct saw_area){.id = query_int(&q, 0), .name = query_text(&q, 1, a)};
    m->areas = all;
    m->areas_count = n;
    return query_close(&q);
}

static void read_near(const struct load_context *c, struct arena *a, struct saw_model *m) {
    const char **near = ARENA_ARRAY(a, const char *, NEAR_MOST);
    int n = 0;
    for (const char *p = c->word2 ? c->word2 : ""; *p && n < NEAR_MOST;) {
        size_t k = strcspn(p, ",");
        if (k) near[n++] = arena_strndup(a, p, k);
        p += k + (p[k] == ',');
    }
    m->near = near;
    m->near_count = n;
}

enum status saw_load(const struct load_context *c, struct arena *a, const void **out) {
    struct saw_model *m = ARENA_NEW(a, struct saw_model);
    struct ring_line *ring = NULL;
    struct query q;
    m->visit = c->row;
    m->service = visit_service(c->j, c->row, c->service);
    m->item = arena_strdup(a, c->word);
    m->framework = c->framework;
    m->speak_up = "";
    read_near(c, a, m);
    query_open(
        &q, c->j,
        "SELECT p.speak_up FROM provider p JOIN service s ON s.provider = p.id WHERE s.id = "
        "?1 AND p.withdrawn = 0",
        1, m->service);
    if (query_next(&q)) m->speak_up = query_text(&q, 0, a);
    enum status s = query_close(&q);
    if (!s) s = read_areas(c, a, m);
    if (!s) s = contacts_for(c->j, m->service, "provider,speak_up", a, &ring, &m->ring_count);
    if (!s) s = evidence_waiting(c->j, a, "saw", m->visit, m->item, &m->evidence);
    if (!s) s = confide_load(c, m->service, a, &m->confide);
    if (s) return s;
    m->ring = ring;
    *out = m;
    return STATUS_OK;
}
