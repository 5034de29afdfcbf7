/* cmd_add.c -- services, areas, people, targets, contacts and forms from JSON or CSV files into
 * the master. */
#include "model/reference.h"
#include "office/office.h"
#include "store/query.h"

static row_id real_provider(struct journal *j) {
    return query_one_int(
        j, 0,
        "SELECT id FROM provider WHERE withdrawn = 0 AND coalesce(sample, 0) = 0 "
        "ORDER BY coalesce(made_at, at), lantern_order(id) LIMIT 1",
        0);
}

/* A file made from the sample may name this very provider and call it made up. The office's own
 * provider is real: tablets are enrolled by it. */
static enum status stay_real(struct office *o, struct journal *j, row_id provider) {
    struct row r;
    if (!provider ||
        !query_one_int(j, 0, "SELECT sample FROM provider WHERE id = ?1", 1, provider))
        return STATUS_OK;
    enum status s = journal_row(j, &kind_provider, provider, &o->arena, &r);
    if (s) return s;
    row_unsay(&r, "sample");
    return journal_put_alone(j, &r);
}

static enum status add_file(struct office *o, struct journal *j, const char *path,
                            struct reference_summary *out) {
    row_id provider = real_provider(j);
    enum status s = reference_add_file(j, path, out);
    return s ? s : stay_real(o, j, provider);
}

int office_add(struct office *o, int argc, char **argv) {
    char **rest;
    int n, result = EXIT_DONE;
    int wrong = office_options(o, argc, argv, NULL, 0, 2, -1, &rest, &n);
    if (wrong) return wrong;
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    for (int i = 1; i < n; i++) {
        struct reference_summary sum = {0};
        s = add_file(o, j, rest[i], &sum);
        if (s) {
            result = office_failed(o, s);
            continue;
        }
        printf("%s\n",
               OFFICE_SAY(o, "office.add_done", rest[i], int_text(&o->arena, sum.written),
                          int_text(&o->arena, sum.same)));
    }
    journal_close(j);
    return result;
}
