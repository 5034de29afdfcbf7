/* findings_logs.c -- gaps, forks, wrong clocks and parked records: what can be told of a log.
 *
 * A person can do something about a gap only when it has dates and a tablet's name: "records 1
 * to 323 of tablet B, before Sun 22 Nov". A fork is told once, each history with the service it
 * was last used at, since the two tablets bear the same name. */
#include <string.h>

#include "base/text.h"
#include "model/findings_inside.h"

#define HISTORIES_MOST 16
#define DAY_MS         (24LL * 3600 * 1000)

static int64_t at_of(struct findings_work *w, row_id record) {
    return query_one_int(w->j, 0, "SELECT at FROM journal WHERE id = ?1", 1, record);
}

/* ---- gaps ---- */

static void tell_gap(struct findings_work *w, const struct log_info *l, int64_t first,
                     int64_t next, row_id before) {
    struct finding f = findings_about(w, FINDING_GAP, l);
    f.first = first;
    f.last = next - 1;
    f.count = first ? f.last - first + 1 : 0;
    f.from = before ? at_of(w, before) : 0;
    f.until = at_of(w, ROW_ID(l->no, next));
    f.wrong = f.heals = true;
    const char *from = findings_int(w, first), *to = findings_int(w, f.last);
    const char *until = findings_when(w, f.until);
    if (!first)
        f.says = FINDINGS_SAY(w, "findings.gap_branch", f.device, to, until);
    else if (!before)
        f.says = FINDINGS_SAY(w, "findings.gap_start", f.device, from, to, until);
    else
        f.says = FINDINGS_SAY(w, "findings.gap", f.device, from, to, findings_when(w, f.from),
                              until);
    f.cure = l->office || l->own ? FINDINGS_WORD(w, "findings.gap_cure_office")
                                 : FINDINGS_WORD(w, "findings.gap_cure");
    findings_add(w, &f);
}

/* The store keeps where a chain begins without the record before it: what lies between that and
 * the record held before it lacks. */
static enum status gaps_of(struct findings_work *w, const struct log_info *l) {
    struct query q;
    enum status s = STATUS_OK;
    int64_t starts =
        query_one_int(w->j, 0,
                      "SELECT CASE WHEN base <> 0 THEN first_seq ELSE 0 END FROM log WHERE no "
                      "= ?1",
                      1, l->no);
    query_open(&q, w->j,
               "SELECT r.first_seq, (SELECT max(x.id) FROM journal x WHERE x.id >= ?1 AND x.id "
               "< ?1 + r.first_seq AND x.copy IS NULL) FROM run r WHERE r.log = ?2 AND "
               "r.first_seq > ?3 ORDER BY r.first_seq",
               3, ROW_ID(l->no, 0), (int64_t)l->no, starts);
    while (query_next(&q)) {
        row_id before = query_int(&q, 1);
        int64_t first = before ? ROW_SEQ(before) + 1 : findings_branch(l) ? 0 : 1;
        tell_gap(w, l, first, query_int(&q, 0), before);
    }
    s = query_close(&q);
    return s;
}

enum status findings_gaps(struct findings_work *w) {
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < w->logs_count; i++)
        if (findings_lacks(&w->logs[i])) s = gaps_of(w, &w->logs[i]);
    return s;
}

/* ---- forks ---- */

struct history {
    int64_t records, from, until;
    const char *service, *holder;
};

static enum status history_of(struct findings_work *w, const struct log_info *l,
                              int64_t from_seq, struct history *out) {
    struct query q;
    row_id low = ROW_ID(l->no, from_seq), high = ROW_ID(l->no + 1, 0) - 1;
    *out = (struct history){.service = "", .holder = ""};
    query_open(
        &q, w->j,
        "SELECT count(*), (SELECT at FROM journal WHERE id BETWEEN ?1 AND ?2 "
        "AND " FINDINGS_DATED " ORDER BY id LIMIT 1), (SELECT at FROM journal WHERE id BETWEEN "
        "?1 AND ?2 AND " FINDINGS_DATED
        " ORDER BY id DESC LIMIT 1) FROM journal WHERE id BETWEEN ?1 AND ?2 AND copy IS NULL",
        2, low, high);
    if (query_next(&q)) {
        out->records = query_int(&q, 0);
        out->from = query_int(&q, 1);
        out->until = query_int(&q, 2);
    }
    enum status s = query_close(&q);
    if (s) return s;
    query_open(
        &q, w->j,
        "SELECT coalesce((SELECT s.name FROM visit v JOIN service s ON s.id = v.service "
        "WHERE v.id BETWEEN ?1 AND ?2 ORDER BY v.id DESC LIMIT 1), ''), coalesce((SELECT "
        "p.label FROM journal x JOIN person p ON p.id = x.\"by\" WHERE x.id BETWEEN ?1 "
        "AND ?2 ORDER BY x.id DESC LIMIT 1), '')",
        2, low, high);
    if (query_next(&q)) {
        out->service = query_text(&q, 0, w->a);
        out->holder = query_text(&q, 1, w->a);
    }
    return query_close(&q);
}

static const char *history_says(struct findings_work *w, int n, const struct history *h) {
    const char *line =
        FINDINGS_SAY(w, "findings.history", findings_int(w, n), findings_int(w, h->records),
                     findings_when(w, h->from), findings_when(w, h->until));
    if (*h->service)
        line = arena_printf(w->a, "%s%s", line,
                            FINDINGS_SAY(w, "findings.history_at", h->service));
    if (*h->holder)
        line =
            arena_printf(w->a, "%s%s", line, FINDINGS_SAY(w, "findings.history_by", h->holder));
    return line;
}

static bool same_log(const struct log_info *a, const struct log_info *b) {
    return memcmp(a->id.b, b->id.b, sizeof a->id.b) == 0;
}

/* Logs that the same key began after the fork: one writer fewer in the old log each. */
static int began_anew(struct findings_work *w, const struct log_info *l, int64_t since_hlc,
                      int64_t *at) {
    int n = 0;
    for (size_t i = 0; i < w->logs_count; i++) {
        const struct log_info *o = &w->logs[i];
        if (same_log(o, l) || !o->highest_seq || findings_branch(o) ||
            memcmp(o->key, l->key, sizeof l->key) != 0)
            continue;
        int64_t hlc = query_one_int(w->j, 0, "SELECT hlc FROM journal WHERE id = ?1", 1,
                                    ROW_ID(o->no, 1));
        if (hlc <= since_hlc) continue;
        int64_t begun = at_of(w, ROW_ID(o->no, 1));
        if (begun > *at) *at = begun;
        n++;
    }
    return n;
}

/* Set up anew what was used least lately: the other one is at work. */
static int oldest_of(const struct history *h, int n) {
    int oldest = 0;
    for (int i = 1; i < n; i++)
        if (h[i].until < h[oldest].until ||
            (h[i].until == h[oldest].until && h[i].records < h[oldest].records))
            oldest = i;
    return oldest;
}

static const char *fork_cure(struct findings_work *w, const struct log_info *trunk, bool wrong,
                             int oldest, int64_t anew_at) {
    if (!wrong) return FINDINGS_SAY(w, "findings.fork_cured", findings_when(w, anew_at));
    if (trunk->office || trunk->own) return FINDINGS_WORD(w, "findings.fork_cure_office");
    return FINDINGS_SAY(w, "findings.fork_cure", findings_int(w, oldest));
}

static void tell_fork(struct findings_work *w, const struct log_info *trunk,
                      const struct history *h, int n, row_id last_common) {
    struct finding f = findings_about(w, FINDING_FORK, trunk);
    const char **lines = ARENA_ARRAY(w->a, const char *, n + 1);
    int64_t anew_at = 0,
            since_hlc =
                query_one_int(w->j, 0, "SELECT hlc FROM journal WHERE id = ?1", 1, last_common);
    f.branch = "";
    f.count = n;
    f.from = last_common ? at_of(w, last_common) : h[0].from;
    for (int i = 0; i < n; i++) {
        lines[i] = history_says(w, i + 1, &h[i]);
        if (!last_common && h[i].from < f.from) f.from = h[i].from;
        if (h[i].until > f.until) f.until = h[i].until;
    }
    f.lines = lines;
    f.lines_count = (size_t)n;
    f.wrong = began_anew(w, trunk, since_hlc, &anew_at) < n - 1;
    f.says = FINDINGS_SAY(w, "findings.fork", f.device, findings_int(w, n),
                          findings_when(w, f.from));
    f.cure = fork_cure(w, trunk, f.wrong, oldest_of(h, n) + 1, anew_at);
    findings_add(w, &f);
}

/* A tail that forked again is no history of its own: its own tails are. */
static bool forked_again(struct findings_work *w, const struct log_info *l) {
    return query_one_int(w->j, 0,
                         "SELECT count(*) FROM log c WHERE c.base = ?1 AND EXISTS (SELECT 1 "
                         "FROM journal x WHERE x.id >= (c.no << 40) AND x.id < ((c.no + 1) << "
                         "40))",
                         1, (int64_t)l->no) > 0;
}

/* The stretches of one log lie side by side, the trunk first. When a tail's beginning is not
 * here, what the trunk holds from there on is the other history. */
static enum status fork_at(struct findings_work *w, size_t first, size_t end) {
    const struct log_info *l = &w->logs[first];
    struct history h[HISTORIES_MOST];
    int n = 0;
    int64_t split = INT64_MAX;
    enum status s = STATUS_OK;
    for (size_t i = first; !s && i < end; i++) {
        if (!findings_branch(&w->logs[i]) || n == HISTORIES_MOST) continue;
        if (w->logs[i].first_seq < split) split = w->logs[i].first_seq;
        if (forked_again(w, &w->logs[i])) continue;
        s = history_of(w, &w->logs[i], 0, &h[n++]);
    }
    if (s || !n) return s;
    if (n == 1 && !findings_branch(l) && l->highest_seq >= split)
        s = history_of(w, l, split, &h[n++]);
    if (s) return s;
    bool common = !findings_branch(l) && split > 1 && l->last_seq >= split - 1;
    tell_fork(w, l, h, n, common ? ROW_ID(l->no, split - 1) : 0);
    return STATUS_OK;
}

enum status findings_forks(struct findings_work *w) {
    enum status s = STATUS_OK;
    for (size_t i = 0, end; !s && i < w->logs_count; i = end) {
        for (end = i + 1; end < w->logs_count && same_log(&w->logs[i], &w->logs[end]);)
            end++;
        s = fork_at(w, i, end);
    }
    return s;
}

/* ---- clocks ---- */

static const char *how_far(struct findings_work *w, int64_t off_ms) {
    int64_t days = ((off_ms < 0 ? -off_ms : off_ms) + DAY_MS / 2) / DAY_MS;
    return days < 730
               ? FINDINGS_SAY(w, "findings.days", findings_int(w, days))
               : FINDINGS_SAY(w, "findings.years", findings_int(w, (days * 4 + 730) / 1461));
}

/* All that this device ever dated, over all its logs. */
static enum status dates_of(struct findings_work *w, const uint8_t key[32],
                            const struct log_info **log, int64_t *from, int64_t *until) {
    enum status s = STATUS_OK;
    *log = NULL;
    *from = *until = 0;
    for (size_t i = 0; !s && i < w->logs_count; i++) {
        const struct log_info *l = &w->logs[i];
        struct query q;
        if (memcmp(l->key, key, 32) != 0 || !l->highest_seq) continue;
        if (!*log) *log = l;
        query_open(&q, w->j,
                   "SELECT min(at), max(at) FROM journal WHERE id BETWEEN ?1 AND ?2 "
                   "AND " FINDINGS_DATED,
                   2, ROW_ID(l->no, 0), ROW_ID(l->no + 1, 0) - 1);
        if (query_next(&q)) {
            if (!*from || query_int(&q, 0) < *from) *from = query_int(&q, 0);
            if (query_int(&q, 1) > *until) *until = query_int(&q, 1);
        }
        s = query_close(&q);
    }
    return s;
}

static void tell_clock(struct findings_work *w, const struct findings_clock *c,
                       struct finding *f) {
    const char **line = ARENA_ARRAY(w->a, const char *, 2);
    const char *from = findings_when(w, f->from), *until = findings_when(w, f->until);
    const char *far = how_far(w, c->off_ms), *said = findings_when(w, c->made_at);
    const char *seen = findings_when(w, c->seen_at);
    f->says = c->off_ms > 0 ? FINDINGS_SAY(w, "findings.clock_ahead", f->device, from, until)
                            : FINDINGS_SAY(w, "findings.clock_behind", f->device, from, until);
    line[0] = c->off_ms > 0 ? FINDINGS_SAY(w, "findings.clock_was_ahead", said, seen, far)
                            : FINDINGS_SAY(w, "findings.clock_was_behind", said, seen, far);
    if (c->right_at)
        line[1] = FINDINGS_SAY(w, "findings.clock_right", findings_when(w, c->right_at));
    f->lines = line;
    f->lines_count = c->right_at ? 2 : 1;
    f->cure = FINDINGS_WORD(w, "findings.clock_cure");
}

enum status findings_clocks(struct findings_work *w) {
    const struct findings_known *known = w->c->known;
    enum status s = STATUS_OK;
    for (size_t i = 0; known && !s && i < known->clocks_count; i++) {
        const struct findings_clock *c = &known->clocks[i];
        const struct log_info *l = NULL;
        int64_t from = 0, until = 0;
        s = dates_of(w, c->key, &l, &from, &until);
        if (s) break;
        struct finding f = findings_about(w, FINDING_CLOCK, l);
        if (!l) f.device = c->name;
        f.from = from;
        f.until = until;
        f.count = c->off_ms;
        f.wrong = !c->right_at;
        tell_clock(w, c, &f);
        findings_add(w, &f);
    }
    return s;
}

/* ---- parked ---- */

struct revoker {
    int64_t at;
    const char *who, *why;
};

/* The earliest revocation of that key by an office that counts. */
static enum status revoker_of(struct findings_work *w, const struct log_info *l,
                              struct revoker *out) {
    struct query q;
    *out = (struct revoker){.who = "", .why = ""};
    query_open(&q, w->j,
               "SELECT coalesce(v.made_at, v.at), coalesce(p.label, ''), coalesce(v.why, ''), "
               "x.\"key\" FROM revoke v JOIN log x ON x.no = v.id >> 40 LEFT JOIN person p ON "
               "p.id = coalesce(v.made_by, v.\"by\") WHERE v.withdrawn = 0 AND hex(v.\"key\") "
               "= upper(?1) ORDER BY v.hlc, lantern_order(v.id)",
               0);
    query_bind_text(&q, 1, hex_of(w->a, l->key, sizeof l->key));
    while (!out->at && query_next(&q)) {
        size_t n;
        const uint8_t *key = query_bytes(&q, 3, &n);
        if (n != 32 || !union_is_office(w->j, key)) continue;
        *out = (struct revoker){query_int(&q, 0), query_text(&q, 1, w->a),
                                query_text(&q, 2, w->a)};
    }
    return query_close(&q);
}

static enum status tell_parked(struct findings_work *w, const struct log_info *l) {
    struct finding f = findings_about(w, FINDING_PARKED, l);
    struct revoker r;
    enum status s = revoker_of(w, l, &r);
    if (s) return s;
    f.count = l->parked;
    f.first = l->accepted_seq + 1;
    f.last = l->highest_seq;
    f.from = query_one_int(w->j, 0,
                           "SELECT at FROM journal WHERE id > ?1 AND id < ?2 AND copy IS NULL "
                           "AND " FINDINGS_DATED " ORDER BY id LIMIT 1",
                           2, ROW_ID(l->no, l->accepted_seq), ROW_ID(l->no + 1, 0));
    f.until = r.at;
    f.why = r.why;
    const char *who = *r.who ? r.who : FINDINGS_WORD(w, "findings.the_office");
    f.says = FINDINGS_SAY(w, "findings.parked", f.device, findings_int(w, f.count),
                          findings_when(w, f.from), who, findings_when(w, r.at),
                          *r.why ? r.why : FINDINGS_WORD(w, "findings.no_reason"));
    f.cure = FINDINGS_SAY(w, "findings.parked_cure", f.device);
    findings_add(w, &f);
    return STATUS_OK;
}

enum status findings_parked(struct findings_work *w) {
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < w->logs_count; i++)
        if (w->logs[i].parked > 0) s = tell_parked(w, &w->logs[i]);
    return s;
}
