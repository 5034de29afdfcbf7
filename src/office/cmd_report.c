/* cmd_report.c -- report DB --out DIR: the master as a small web site. The pages are made in
 * report/. */
#include "base/text.h"
#include "office/office.h"
#include "office/report/report.h"

int office_report(struct office *o, int argc, char **argv) {
    const char *out = NULL, *service = NULL, *reader = NULL, *as_of = NULL;
    char **rest;
    int n, pages = 0;
    const struct option_spec specs[] = {{"out", &out, NULL},
                                        {"service", &service, NULL},
                                        {"for", &reader, NULL},
                                        {"as-of", &as_of, NULL}};
    struct report r = {.o = o};
    int wrong = office_options(o, argc, argv, specs, 4, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(out)) return office_wrong(o, "office.needs", "--out");
    wrong = audience_given(o, reader, service, &r.who);
    if (wrong) return wrong;
    if (as_of && !time_read_iso(as_of, &r.now)) return office_wrong(o, "report.no_time", as_of);
    enum status s = office_open(o, rest[0], false, true, &r.j);
    if (s) return office_failed(o, s);
    r.only = service;
    s = report_write(&r, out, &pages);
    journal_close(r.j);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "report.done", int_text(&o->arena, pages), out));
    return EXIT_DONE;
}
