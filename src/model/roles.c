/* roles.c -- people by role, checks under way, and whom to ring: small reads that several
 * loaders share. */
#include "model/roles.h"

#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

#define CONTACTS_MOST 24

const char *role_of(struct journal *j, row_id person, struct arena *a) {
    struct query q;
    const char *label = "";
    if (!person) return label;
    query_open(&q, j, "SELECT label FROM person WHERE id = ?1 AND withdrawn = 0", 1, person);
    if (query_next(&q)) label = query_text(&q, 0, a);
    return query_close(&q) ? "" : label;
}

bool role_outside(struct journal *j, row_id person, row_id service) {
    return person &&
           query_one_int(j, 0,
                         "SELECT side = 'provider' OR (service IS NOT NULL AND service <> ?2) "
                         "FROM person WHERE id = ?1 AND withdrawn = 0",
                         2, person, service);
}

row_id visit_under_way(struct journal *j, row_id service, int64_t wall_ms) {
    return query_one_int(j, 0,
                         "SELECT v.id FROM visit v WHERE v.service = ?1 AND v.withdrawn = 0 "
                         "AND v.\"left\" IS NULL AND v.started > ?2 AND NOT EXISTS "
                         "(SELECT 1 FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0) "
                         "ORDER BY v.started DESC, v.hlc DESC LIMIT 1",
                         2, service, wall_ms - VISIT_OPEN_HOURS * 3600000LL);
}

row_id visit_service(struct journal *j, row_id visit, row_id fallback) {
    if (!visit) return fallback;
    return query_one_int(j, fallback,
                         "SELECT service FROM visit WHERE id = ?1 AND service IS NOT NULL", 1,
                         visit);
}

bool visit_at_night(struct journal *j, row_id visit) {
    struct query q;
    bool night = false;
    query_open(
        &q, j,
        "SELECT v.started, s.night_starts, s.day_starts FROM visit v LEFT JOIN service s "
        "ON s.id = v.service WHERE v.id = ?1",
        1, visit);
    if (query_next(&q) && query_int(&q, 0))
        night = night_at(query_int(&q, 0), (int)query_int(&q, 1), (int)query_int(&q, 2));
    return !query_close(&q) && night;
}

enum status contacts_for(struct journal *j, row_id service, const char *purposes,
                         struct arena *a, struct ring_line **out, int *count) {
    struct query q;
    struct ring_line *lines = ARENA_ARRAY(a, struct ring_line, CONTACTS_MOST);
    int n = 0;
    for (query_open(
             &q, j,
             "SELECT id, label, telephone, hours, source, purpose, source_day FROM contact "
             "WHERE (service = ?1 OR service IS NULL) AND withdrawn = 0 "
             "ORDER BY position, label, lantern_order(id)",
             1, service);
         n < CONTACTS_MOST && query_next(&q);) {
        const char *purpose = query_text(&q, 5, a);
        if (!text_listed(purposes, ',', purpose)) continue;
        lines[n++] = (struct ring_line){
            .id = query_int(&q, 0),
            .label = query_text(&q, 1, a),
            .telephone = query_text(&q, 2, a),
            .hours = query_text(&q, 3, a),
            .source = query_text(&q, 4, a),
            .purpose = purpose,
            .source_day = (day_no)query_int(&q, 6),
        };
    }
    enum status s = query_close(&q);
    if (s) return s;
    *out = lines;
    *count = n;
    return STATUS_OK;
}
