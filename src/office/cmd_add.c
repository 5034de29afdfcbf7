/* cmd_add.c -- services, areas, people, targets, contacts and forms from JSON or CSV files into
 * the master. */
#include "model/reference.h"
#include "office/office.h"

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
        s = reference_add_file(j, rest[i], &sum);
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
