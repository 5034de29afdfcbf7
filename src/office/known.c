/* known.c -- from enrolments and merges to the findings: the model may not ask sync itself. */
#include "office/known.h"

#include <stdlib.h>
#include <string.h>

#include "store/union.h"
#include "sync/enrol.h"

static enum status names(struct journal *j, struct arena *a, struct findings_known *out) {
    struct enrolment *e = NULL;
    struct journal_self self;
    size_t n = 0;
    enum status s = enrol_list(j, a, &e, &n);
    if (s) return s;
    struct findings_device *d = ARENA_ARRAY(a, struct findings_device, n + 1);
    struct findings_silent *silent = ARENA_ARRAY(a, struct findings_silent, n + 1);
    journal_self(j, &self);
    bool office = union_is_office(j, self.key); /* a tablet hears nothing of the others */
    for (size_t i = 0; i < n; i++) {
        if (!e[i].claimed && office)
            silent[out->silent_count++] =
                (struct findings_silent){arena_strdup(a, e[i].name), e[i].day};
        if (!e[i].claimed) continue;
        d[out->devices_count].name = arena_strdup(a, e[i].name);
        memcpy(d[out->devices_count++].key, e[i].key, sizeof d->key);
    }
    out->devices = d;
    out->silent = silent;
    return STATUS_OK;
}

static int by_key(const void *x, const void *y) {
    const struct findings_clock *a = x, *b = y;
    return memcmp(a->key, b->key, sizeof a->key);
}

static enum status clocks(struct journal *j, struct arena *a, struct findings_known *out) {
    struct wrong_clock *w = NULL;
    size_t n = 0;
    enum status s = enrol_clocks(j, a, &w, &n);
    if (s) return s;
    struct findings_clock *c = ARENA_ARRAY(a, struct findings_clock, n + 1);
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct findings_clock){.name = arena_strdup(a, w[i].name),
                                       .off_ms = w[i].off_ms,
                                       .seen_at = w[i].seen_at,
                                       .made_at = w[i].made_at,
                                       .right_at = w[i].right_at};
        memcpy(c[i].key, w[i].key, sizeof c[i].key);
    }
    if (n) qsort(c, n, sizeof *c, by_key);
    out->clocks = c;
    out->clocks_count = n;
    return STATUS_OK;
}

enum status office_known(struct journal *j, struct arena *a, struct findings_known *out) {
    struct findings_known known = {0};
    enum status s = names(j, a, &known);
    if (!s) s = clocks(j, a, &known);
    if (!s) *out = known;
    return s;
}
