/* cmd_admit.c -- lets parked records of a revoked tablet count after all: everything, or one
 * log up to a record that a person has looked at. */
#include "base/text.h"
#include "office/revoked.h"
#include "office/tablets.h"

static enum status withdraw_all(struct journal *j, const uint8_t key[32], int64_t *n) {
    enum status s = journal_begin(j);
    if (s) return s;
    s = revoked_withdraw(j, key, n);
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

/* The revocation stays, but names a later record. */
static enum status move_on(struct office *o, struct journal *j, const uint8_t key[32],
                           const char *up_to) {
    struct log_info log;
    struct revoked_log one = {.log = &log};
    struct union_reader *u = NULL;
    struct record_wire r;
    enum status s = record_pointed(o, j, up_to, &log, &one.seq);
    if (!s && memcmp(log.key, key, sizeof log.key) != 0)
        s = status_fail(STATUS_INVALID, "%s",
                        OFFICE_SAY(o, "office_tablets.not_its_log", up_to));
    if (!s) s = union_read_open(&u, j, log.no, one.seq, one.seq);
    if (s) return s;
    bool here = union_read_next(u, &r);
    if (here) one.hash = r.hash;
    one.hashed = true;
    s = union_read_close(u);
    if (!s && !here) s = status_fail(STATUS_NOT_FOUND, "%s", up_to);
    if (!s) s = journal_begin(j);
    if (s) return s;
    s = revoked_put(j, key, &one, OFFICE_WORD(o, "office_tablets.admitted_why"));
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

static int run(struct office *o, struct journal *j, const char *name, const char *up_to) {
    struct enrolment e;
    bool any = false;
    int64_t n = 0, parked = 0;
    enum status s = tablet_named(o, j, name, &e, &any);
    if (s) return office_failed(o, s);
    if (!any) return tablet_unknown(o, j, name);
    if (!e.claimed || !e.revoked) return office_refused(o, "office_tablets.not_revoked", name);
    s = up_to ? move_on(o, j, e.key, up_to) : withdraw_all(j, e.key, &n);
    if (!s) s = revoked_say(o, j, e.key, &parked);
    if (s) return office_failed(o, s);
    printf("%s\n", up_to ? OFFICE_SAY(o, "office_tablets.admitted_part",
                                      int_text(&o->arena, parked), name)
                         : OFFICE_SAY(o, "office_tablets.admitted", name));
    return EXIT_DONE;
}

int office_admit(struct office *o, int argc, char **argv) {
    const char *name = NULL, *up_to = NULL;
    char **rest;
    int n;
    const struct option_spec specs[] = {{"tablet", &name, NULL}, {"up-to", &up_to, NULL}};
    int wrong = office_options(o, argc, argv, specs, 2, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(name)) return office_wrong(o, "office.needs", "--tablet");
    if (up_to && !record_pointer(up_to))
        return office_wrong(o, "office.wants_record", "--up-to");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = run(o, j, name, up_to);
    journal_close(j);
    return result;
}
