/* cmd_hash.c -- the content hash of what was received; with --all the office's own log too. */
#include "office/office.h"

int office_hash(struct office *o, int argc, char **argv) {
    bool all = false;
    char **rest;
    int n;
    const struct option_spec specs[] = {{"all", NULL, &all}};
    int wrong = office_options(o, argc, argv, specs, 1, 1, 1, &rest, &n);
    if (wrong) return wrong;
    struct journal *j = NULL;
    hash256 h;
    enum status s = office_open(o, rest[0], false, true, &j);
    if (!s) s = journal_content_hash(j, all, &h);
    journal_close(j);
    if (s) return office_failed(o, s);
    printf("%s\n", hex_of(&o->arena, h.b, sizeof h.b));
    return EXIT_DONE;
}
