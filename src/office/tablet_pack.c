/* tablet_pack.c -- writes one pack. See tablet_pack.h. */
#include "office/tablet_pack.h"

#include "base/text.h"
#include "store/query.h"

#define COPIES_MOST 20000

/* Open actions of the tablet's services, their steps, and the photos of the place they are
 * about, that other devices wrote: the tablet shows them and looks at them again. An action that names no service belongs to its check's.
 * What came of words said in confidence goes nowhere: the other tablet lacks the row that says
 * so. */
static enum status open_actions(struct office *o, struct journal *j, const char *services,
                                row_id **out, size_t *n) {
#define OPEN_ACTIONS                                                                           \
    " a.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM step c WHERE c.action = a.id AND "         \
    "c.withdrawn = 0 AND c.sort = 'closed') AND NOT EXISTS (SELECT 1 FROM feedback f WHERE "   \
    "f.id = a.source AND f.restricted = 1) AND NOT EXISTS (SELECT 1 FROM observation o WHERE " \
    "o.id = a.source AND o.restricted = 1) AND NOT EXISTS (SELECT 1 FROM confidence g WHERE "  \
    "g.id = a.source) AND NOT EXISTS (SELECT 1 FROM erase e WHERE e.\"row\" = a.source AND "   \
    "e.restricted = 1)"
#define SERVICE_CODE                                                                           \
    "(SELECT code FROM service WHERE id = coalesce(a.service, (SELECT v.service FROM visit v " \
    "WHERE v.id = a.visit)))"
    static const char *const queries[] = {
        "SELECT a.id, " SERVICE_CODE " FROM action a WHERE" OPEN_ACTIONS
        " ORDER BY a.hlc, lantern_order(a.id)",
        "SELECT s.id, " SERVICE_CODE
        " FROM step s JOIN action a ON a.id = s.action WHERE s.withdrawn = 0 AND" OPEN_ACTIONS
        " ORDER BY s.hlc, lantern_order(s.id)",
        "SELECT t.id, " SERVICE_CODE
        " FROM attachment t JOIN action a ON a.id = t.\"to\" WHERE t.withdrawn = 0 AND "
        "t.sort = 'photo' AND" OPEN_ACTIONS " ORDER BY t.hlc, lantern_order(t.id)"};
    bool all = text_blank(services);
    struct arena a = {0};
    enum status st = STATUS_OK;
    *out = ARENA_ARRAY(&o->arena, row_id, COPIES_MOST);
    *n = 0;
    for (size_t i = 0; !st && i < sizeof queries / sizeof queries[0]; i++) {
        struct query q;
        for (query_open(&q, j, queries[i], 0); query_next(&q) && *n < COPIES_MOST;
             arena_reset(&a))
            if (all || text_listed(services, ' ', query_text(&q, 1, &a)))
                (*out)[(*n)++] = query_int(&q, 0);
        st = query_close(&q);
    }
    arena_release(&a);
    return st;
}

enum status tablet_pack_write(struct office *o, struct journal *j, const struct belonging *b,
                              const struct tablet_pack *want, struct export_summary *out) {
    struct export_options options = {
        .path = want->path,
        .purpose = BUNDLE_PACK,
        .everything = true,
        .for_tablet = want->tablet,
        .seal_to = want->seal_to,
        .code = want->code,
        .token = want->token,
    };
    row_id *copies, *withheld;
    enum status s = open_actions(o, j, want->services, &copies, &options.copies_count);
    if (s) return s;
    belonging_withheld(b, &o->arena, want->services, &withheld, &options.withheld_count);
    options.copies = copies;
    options.withheld = withheld;
    return export_all(j, &options, out);
}
