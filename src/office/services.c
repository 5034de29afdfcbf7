/* services.c -- a service by its code. See office.h. */
#include "office/office.h"
#include "store/query.h"

enum status office_service(struct journal *j, const char *code, row_id *out) {
    struct query q;
    row_id found = 0;
    query_open(&q, j,
               "SELECT id FROM service WHERE code = ?1 AND withdrawn = 0 ORDER BY hlc, "
               "lantern_order(id)",
               0);
    query_bind_text(&q, 1, code);
    while (query_next(&q))
        if (!found) found = query_int(&q, 0);
    enum status s = query_close(&q);
    if (!s && !found) s = status_fail(STATUS_NOT_FOUND, "%s", code);
    if (!s) *out = found;
    return s;
}
