/* cmd_pack.c -- a pack for one tablet: reference data, forms, the receipt, and open actions as
 * copies. */
#include "office/office.h"
#include "store/query.h"
#include "sync/bundle.h"

#include "base/text.h"

#define COPIES_MOST 20000

/* Open actions and their steps that other devices wrote: the tablet shows them and looks at
 * them again. */
static enum status open_actions(struct office *o, struct journal *j, row_id **out, size_t *n) {
    static const char *const queries[] = {
        "SELECT id FROM action WHERE withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM step s WHERE "
        "s.action = action.id AND "
        "s.withdrawn = 0 AND s.sort = 'closed') ORDER BY hlc, lantern_order(id)",
        "SELECT s.id FROM step s JOIN action a ON a.id = s.action WHERE s.withdrawn = 0 AND "
        "a.withdrawn = 0 AND NOT EXISTS "
        "(SELECT 1 FROM step c WHERE c.action = a.id AND c.withdrawn = 0 AND c.sort = "
        "'closed') ORDER BY s.hlc, "
        "lantern_order(s.id)"};
    *out = ARENA_ARRAY(&o->arena, row_id, COPIES_MOST);
    *n = 0;
    for (size_t i = 0; i < 2; i++) {
        struct query q;
        for (query_open(&q, j, queries[i], 0); query_next(&q) && *n < COPIES_MOST;)
            (*out)[(*n)++] = query_int(&q, 0);
        enum status s = query_close(&q);
        if (s) return s;
    }
    return STATUS_OK;
}

int office_pack(struct office *o, int argc, char **argv) {
    const char *out = NULL, *tablet = NULL;
    bool open = false;
    char **rest;
    int n;
    const struct option_spec specs[] = {
        {"out", &out, NULL}, {"tablet", &tablet, NULL}, {"open", NULL, &open}};
    int wrong = office_options(o, argc, argv, specs, 3, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(out)) return office_wrong(o, "office.needs", "--out");
    if (!open) return office_wrong(o, "office.needs", "--open");
    struct journal *j = NULL;
    row_id *copies = NULL;
    size_t copies_count = 0;
    struct export_summary sum = {0};
    enum status s = office_open(o, rest[0], false, false, &j);
    if (!s) s = open_actions(o, j, &copies, &copies_count);
    if (!s)
        s = export_all(j,
                       &(struct export_options){.path = out,
                                                .purpose = BUNDLE_PACK,
                                                .everything = true,
                                                .copies = copies,
                                                .copies_count = copies_count,
                                                .for_tablet = tablet},
                       &sum);
    journal_close(j);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "office.pack_done", out, int_text(&o->arena, sum.records),
                              int_text(&o->arena, sum.bytes)));
    return EXIT_DONE;
}
