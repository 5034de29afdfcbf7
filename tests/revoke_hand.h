/* revoke_hand.h -- what the tests of revoking share: an office that revokes and admits, a log
 * as somebody else knows it, devices under one key. */
#ifndef TESTS_REVOKE_HAND_H
#define TESTS_REVOKE_HAND_H

#include "device_hand.h"

static inline row_id revoke(struct device *office, const struct log_info *log, int64_t seq) {
    struct row r = row_new(&kind_revoke);
    hash256 hash = {0};
    row_bytes(&r, "key", log->key, 32);
    row_bytes(&r, "incarnation", log->incarnation, 8);
    row_int(&r, "seq", seq);
    if (seq) OK(journal_record_hash(office->j, ROW_ID(log->no, seq), &hash));
    if (seq) row_bytes(&r, "hash", hash.b, 32);
    row_text(&r, "why", "lost on the bus");
    return put_alone(office->j, &r);
}

/* The office accepts more of that log. */
static inline void admit_to(struct device *office, row_id revocation,
                            const struct log_info *log, int64_t seq) {
    struct arena a = {0};
    struct row r;
    hash256 hash;
    OK(journal_row(office->j, &kind_revoke, revocation, &a, &r));
    OK(journal_record_hash(office->j, ROW_ID(log->no, seq), &hash));
    row_int(&r, "seq", seq);
    row_bytes(&r, "hash", hash.b, 32);
    put_alone(office->j, &r);
    arena_release(&a);
}

static inline void admit_all(struct device *office, row_id revocation) {
    withdraw(office, &kind_revoke, revocation);
}

/* The log of `of` as `j` knows it. */
static inline struct log_info log_in(struct journal *j, struct journal *of) {
    struct journal_self self;
    struct log_info log;
    journal_self(of, &self);
    OK(union_log_by_id(j, &self.log_id, &log));
    return log;
}

/* Of all logs together. */
static inline int64_t parked_in(struct journal *j) {
    struct arena a = {0};
    struct log_info *logs;
    size_t n;
    int64_t parked = 0;
    OK(union_logs(j, &a, &logs, &n));
    for (size_t i = 0; i < n; i++)
        parked += logs[i].parked;
    arena_release(&a);
    return parked;
}

static inline void copy_key(const char *from, const char *to) {
    char key[320], copy[320];
    snprintf(key, sizeof key, "%s.key", from);
    snprintf(copy, sizeof copy, "%s.key", to);
    copy_file(key, copy);
}

/* A new installation that has the other's key. */
static inline void with_key_of(struct device *d, const char *name, const struct device *of) {
    copy_key(of->path, scratch(name));
    device_open(d, name, "tablet");
}

/* The whole of it, key and all: two devices that think they are one. */
static inline void copy_of(struct device *d, const char *name, struct device *of) {
    journal_close(of->j);
    snprintf(d->path, sizeof d->path, "%s", scratch(name));
    copy_file(of->path, d->path);
    copy_key(of->path, d->path);
    of->j = open_device(of->path, &of->clock, "tablet");
    d->clock = of->clock;
    d->j = open_device(d->path, &d->clock, "tablet");
}
#endif
