/* cmd_init.c -- makes the master and the office's keys. */
#include "office/office.h"

#include "base/text.h"

static enum status put_provider(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    row_text(&r, "zone", "Europe/London");
    return journal_put_alone(j, &r);
}

int office_init(struct office *o, int argc, char **argv) {
    const char *provider = NULL, *code = NULL;
    char **rest;
    int n;
    const struct option_spec specs[] = {{"provider", &provider, NULL}, {"code", &code, NULL}};
    int wrong = office_options(o, argc, argv, specs, 2, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(provider)) return office_wrong(o, "office.needs", "--provider");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], true, false, &j);
    if (!s) s = put_provider(j, code ? code : "P1", provider);
    journal_close(j);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "office.init_done", rest[0], provider));
    return EXIT_DONE;
}
