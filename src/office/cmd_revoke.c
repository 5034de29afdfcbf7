/* cmd_revoke.c -- a tablet that is lost or no longer trusted: names the last record that counts
 * of each of its logs. What lies beyond is kept and parked; what came before stays. */
#include "base/text.h"
#include "office/revoked.h"
#include "office/tablets.h"

struct revoking {
    const char *name, *why;
    int64_t since; /* INT64_MAX: all that is here counts */
};

/* Last record before the first one that was written at `since` or later, by the tablet's own
 * clock; with its hash. What lies before a stretch belongs to the one it left. */
static enum status last_before(struct journal *j, const struct log_info *log, int64_t since,
                               struct revoked_log *out) {
    struct union_reader *u = NULL;
    struct record_wire r;
    bool before = true;
    out->log = log;
    out->seq = log->first_seq > 0 ? log->first_seq - 1 : 0;
    out->hashed = false;
    enum status s = union_read_open(&u, j, log->no, log->first_seq, log->highest_seq);
    if (s) return s;
    while (before && union_read_next(u, &r)) {
        before = r.at < since;
        if (!before) break;
        out->seq = r.seq;
        out->hash = r.hash;
        out->hashed = true;
    }
    return union_read_close(u);
}

/* A log that forked has several stretches, and one hash names one of them only. Without it a
 * number goes for all: the last of what is here, or the first at which one of them has to end.
 */
static enum status last_of_log(struct journal *j, const struct revoking *want,
                               const struct log_info *logs, size_t n, struct revoked_log *out) {
    size_t stretches = 0;
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < n; i++) {
        struct revoked_log one;
        if (!hash_equal(&logs[i].id, &logs[0].id)) continue;
        s = last_before(j, &logs[i], want->since, &one);
        if (s) return s;
        bool later = want->since == INT64_MAX ? one.seq > out->seq : one.seq < out->seq;
        if (stretches++ == 0 || later) *out = one;
    }
    if (stretches > 1) out->hashed = false;
    return s;
}

static bool told_before(const struct log_info *logs, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (hash_equal(&logs[k].id, &logs[i].id)) return true;
    return false;
}

static enum status revoke_logs(struct journal *j, const struct revoking *want,
                               const uint8_t key[32], const struct log_info *logs, size_t n) {
    enum status s = journal_begin(j);
    if (s) return s;
    for (size_t i = 0; !s && i < n; i++) {
        struct revoked_log one = {0};
        if (told_before(logs, i)) continue;
        s = last_of_log(j, want, logs + i, n - i, &one);
        if (!s) s = revoked_put(j, key, &one, want->why);
    }
    if (!s && !n) s = revoked_put(j, key, NULL, want->why);
    if (!s) return journal_commit(j);
    journal_rollback(j);
    return s;
}

static int revoke(struct office *o, struct journal *j, const struct revoking *want,
                  const struct enrolment *e) {
    struct arena *a = &o->arena;
    struct log_info *logs;
    size_t n = 0;
    int64_t parked = 0;
    if (!e->claimed) { /* it has no key yet: the enrolment itself goes */
        enum status s = journal_withdraw_alone(j, &kind_enrolment, e->row);
        if (s) return office_failed(o, s);
        printf("%s\n", OFFICE_SAY(o, "office_tablets.revoked_unproved", e->name));
        return EXIT_DONE;
    }
    enum status s = logs_of_key(j, a, e->key, &logs, &n);
    if (!s) s = revoke_logs(j, want, e->key, logs, n);
    if (!s) s = revoked_say(o, j, e->key, &parked);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_SAY(o, "office_tablets.revoked_done", int_text(a, parked), e->name));
    return EXIT_DONE;
}

static int run(struct office *o, struct journal *j, const struct revoking *want) {
    struct enrolment e;
    bool any = false;
    enum status s = tablet_named(o, j, want->name, &e, &any);
    if (s) return office_failed(o, s);
    if (!any) return tablet_unknown(o, j, want->name);
    return revoke(o, j, want, &e);
}

/* A moment, or a day, which begins at midnight in London. */
static bool read_since(const char *text, int64_t *out) {
    day_no day;
    if (time_read_iso(text, out)) return true;
    if (!day_read_iso(text, &day)) return false;
    struct civil c = day_civil(day);
    *out = london_to_ms(c.year, c.month, c.day, 0, 0);
    return true;
}

int office_revoke(struct office *o, int argc, char **argv) {
    struct revoking want = {.since = INT64_MAX};
    const char *since = NULL;
    char **rest;
    int n;
    const struct option_spec specs[] = {
        {"tablet", &want.name, NULL}, {"why", &want.why, NULL}, {"since", &since, NULL}};
    int wrong = office_options(o, argc, argv, specs, 3, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(want.name)) return office_wrong(o, "office.needs", "--tablet");
    if (text_blank(want.why)) return office_wrong(o, "office.needs", "--why");
    if (since && !read_since(since, &want.since))
        return office_wrong(o, "office.wants_time", "--since");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = run(o, j, &want);
    journal_close(j);
    return result;
}
