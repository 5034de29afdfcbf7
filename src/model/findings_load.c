/* findings_load.c -- the list of what is wrong with the records, and the newest moment that can
 * be believed.
 *
 * Journey: merge → journal → here → verify, report. Only the journal's own order is used: logs
 * by (log id, branch), records by seq, so that two masters with the same records say the same.
 * The newest moment decides what is overdue; a clock that was ahead must not decide that. */
#include "model/findings_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define DAY_MS (24LL * 3600 * 1000)

/* ---- what the parts share ---- */

const char *findings_int(struct findings_work *w, int64_t n) {
    return int_text(w->a, n);
}

const char *findings_when(struct findings_work *w, int64_t ms) {
    if (!ms) return "";
    return FINDINGS_SAY(w, "findings.when", time_day(w->a, ms),
                        arena_printf(w->a, "%d", civil_london(ms).year), time_hm(w->a, ms));
}

bool findings_branch(const struct log_info *l) {
    static const uint8_t trunk[8] = {0};
    return memcmp(l->branch, trunk, sizeof trunk) != 0;
}

/* A device's own word about its name counts in its own logs only. */
static const char *own_word(struct findings_work *w, const struct log_info *l) {
    struct query q;
    char *name = arena_strdup(w->a, "");
    query_open(&q, w->j,
               "SELECT d.name FROM device d JOIN log x ON x.no = d.id >> 40 WHERE "
               "hex(x.\"key\") = upper(?1) ORDER BY d.hlc DESC, lantern_order(d.id) LIMIT 1",
               0);
    query_bind_text(&q, 1, hex_of(w->a, l->key, sizeof l->key));
    if (query_next(&q)) name = query_text(&q, 0, w->a);
    if (query_close(&q)) status_clear();
    text_one_line(name);
    return name;
}

/* Its records may still tell where it was used. */
static const char *unnamed(struct findings_work *w, const struct log_info *l) {
    struct query q;
    const char *id = hex_of(w->a, l->id.b, 4), *service = "";
    query_open(
        &q, w->j,
        "SELECT s.name FROM visit v JOIN service s ON s.id = v.service WHERE v.id BETWEEN "
        "?1 AND ?2 ORDER BY v.id DESC LIMIT 1",
        2, ROW_ID(l->no, 0), ROW_ID(l->no + 1, 0) - 1);
    if (query_next(&q)) service = query_text(&q, 0, w->a);
    if (query_close(&q)) status_clear();
    return *service ? FINDINGS_SAY(w, "findings.unnamed_at", service, id)
                    : FINDINGS_SAY(w, "findings.unnamed", id);
}

const char *findings_device(struct findings_work *w, const struct log_info *l) {
    static const uint8_t unknown[32] = {0};
    const struct findings_known *known = w->c->known;
    const char *name = "";
    if (memcmp(l->key, unknown, sizeof unknown) != 0) {
        for (size_t i = 0; known && i < known->devices_count && !*name; i++)
            if (memcmp(known->devices[i].key, l->key, sizeof l->key) == 0)
                name = known->devices[i].name;
        if (!*name) name = own_word(w, l);
    }
    return *name ? name : unnamed(w, l);
}

struct finding findings_about(struct findings_work *w, enum finding_sort sort,
                              const struct log_info *l) {
    static const char *const sorts[FINDING_SORTS] = {
        "gap", "fork", "clock", "files", "number", "silent", "newer", "parked", "erased"};
    struct finding f = {.sort = sort,
                        .word = sorts[sort],
                        .device = "",
                        .log = "",
                        .branch = "",
                        .why = "",
                        .kind = "",
                        .says = "",
                        .cure = ""};
    if (!l) return f;
    f.device = findings_device(w, l);
    f.log = hex_of(w->a, l->id.b, sizeof l->id.b);
    if (findings_branch(l)) f.branch = hex_of(w->a, l->branch, sizeof l->branch);
    return f;
}

void findings_add(struct findings_work *w, const struct finding *f) {
    if (w->found.size / sizeof *f < FINDINGS_MOST) buf_add(&w->found, f, sizeof *f);
}

/* ---- the newest moment, and records of a newer Lantern ---- */

static const struct findings_clock *clock_of(const struct findings_work *w,
                                             const struct log_info *l) {
    const struct findings_known *known = w->c->known;
    for (size_t i = 0; known && i < known->clocks_count; i++)
        if (memcmp(known->clocks[i].key, l->key, sizeof l->key) == 0) return &known->clocks[i];
    return NULL;
}

bool findings_date_wrong(struct journal *j, const struct findings_model *m, row_id row,
                         int64_t at) {
    for (size_t i = 0; i < m->wrongs_count; i++) {
        if (m->wrongs[i].no != ROW_LOG(row)) continue;
        if (m->wrongs[i].ahead) return at > m->newest;
        return query_one_int(j, 0, "SELECT hlc >> 16 FROM journal WHERE id = ?1", 1, row) >
               at + DAY_MS;
    }
    return false;
}

struct scan {
    int64_t newest, strange, strange_from;
};

static enum status scan_log(struct findings_work *w, const struct log_info *l,
                            int64_t known_kinds, struct scan *out) {
    struct query q;
    *out = (struct scan){0};
    query_open(&q, w->j,
               "SELECT max(at) FILTER (WHERE " FINDINGS_DATED
               "), count(*) FILTER (WHERE kind > ?3), min(at) FILTER (WHERE kind "
               "> ?3) FROM journal WHERE id BETWEEN ?1 AND ?2",
               3, ROW_ID(l->no, 0), ROW_ID(l->no + 1, 0) - 1, known_kinds);
    if (query_next(&q))
        *out = (struct scan){query_int(&q, 0), query_int(&q, 1), query_int(&q, 2)};
    return query_close(&q);
}

/* A clock that was set right again jumped back: from there on the log can be believed. One that
 * is still wrong may jump about as it likes. */
static int64_t believed(struct findings_work *w, const struct log_info *l,
                        const struct findings_clock *clock, int64_t newest) {
    int64_t last =
        query_one_int(w->j, 0,
                      "SELECT at FROM journal WHERE id BETWEEN ?1 AND ?2 AND " FINDINGS_DATED
                      " ORDER BY id DESC LIMIT 1",
                      2, ROW_ID(l->no, 0), ROW_ID(l->no, l->highest_seq));
    return clock->right_at && last < newest - DAY_MS ? last : 0;
}

static void tell_newer(struct findings_work *w, const struct log_info *l,
                       const struct scan *n) {
    struct finding f = findings_about(w, FINDING_NEWER, l);
    f.count = n->strange;
    f.from = n->strange_from;
    f.says = FINDINGS_SAY(w, "findings.newer", f.device, findings_int(w, f.count),
                          findings_when(w, f.from));
    f.cure = FINDINGS_WORD(w, "findings.newer_cure");
    findings_add(w, &f);
}

static int64_t known_kinds(void) {
    int64_t most = 0;
    for (size_t i = 0; i < kinds_count; i++)
        if (kind_at(i)->number > most) most = kind_at(i)->number;
    return most;
}

static void count_beyond(struct findings_work *w, struct findings_model *m) {
    for (size_t i = 0; i < m->wrongs_count; i++)
        m->beyond += query_one_int(w->j, 0,
                                   "SELECT count(*) FROM journal WHERE id BETWEEN ?1 AND ?2 "
                                   "AND at > ?3 AND " FINDINGS_DATED,
                                   3, ROW_ID(m->wrongs[i].no, 0),
                                   ROW_ID(m->wrongs[i].no + 1, 0) - 1, m->newest);
}

/* Without any record of another clock: the office's own newest. */
static enum status scan_logs(struct findings_work *w, struct findings_model *m) {
    struct findings_wrong *wrongs = ARENA_ARRAY(w->a, struct findings_wrong, w->logs_count + 1);
    int64_t own = 0, noticed = 0, kinds = known_kinds();
    enum status s = STATUS_OK;
    for (size_t i = 0; !s && i < w->logs_count; i++) {
        const struct log_info *l = &w->logs[i];
        const struct findings_clock *clock = clock_of(w, l);
        struct scan n;
        s = scan_log(w, l, kinds, &n);
        if (s) break;
        if (n.strange) tell_newer(w, l, &n);
        if (clock)
            wrongs[m->wrongs_count++] = (struct findings_wrong){l->no, clock->off_ms > 0};
        if (clock && clock->off_ms > 0) {
            n.newest = believed(w, l, clock, n.newest);
            if (clock->seen_at > noticed) noticed = clock->seen_at;
        }
        int64_t *newest = l->own ? &own : &m->newest;
        if (n.newest > *newest) *newest = n.newest;
    }
    if (s) return s;
    if (!m->newest) m->newest = own ? own : noticed;
    m->wrongs = wrongs;
    count_beyond(w, m);
    return STATUS_OK;
}

/* ---- the whole ---- */

static int by_id(const void *x, const void *y) {
    const struct log_info *a = x, *b = y;
    int by = memcmp(a->id.b, b->id.b, sizeof a->id.b);
    return by ? by : memcmp(a->branch, b->branch, sizeof a->branch);
}

bool findings_lacks(const struct log_info *l) {
    return l->highest_seq > l->last_seq;
}

/* A tablet may have written several logs, one after another, and a log may have several
 * stretches; one whose key is not known yet counts for itself. */
struct writer {
    uint8_t name[32]; /* key, else log id */
    bool lacks;
};

static int by_name(const void *x, const void *y) {
    const struct writer *a = x, *b = y;
    return memcmp(a->name, b->name, sizeof a->name);
}

static void count_tablets(const struct findings_work *w, struct findings_model *m) {
    static const uint8_t unknown[32] = {0};
    struct writer *all = ARENA_ARRAY(w->a, struct writer, w->logs_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < w->logs_count; i++) {
        const struct log_info *l = &w->logs[i];
        if (l->own || l->office || !l->highest_seq) continue;
        bool named = memcmp(l->key, unknown, sizeof unknown) != 0;
        memcpy(all[n].name, named ? l->key : l->id.b, sizeof all[n].name);
        all[n++].lacks = findings_lacks(l);
    }
    if (n) qsort(all, n, sizeof *all, by_name);
    for (size_t i = 0, end; i < n; i = end) {
        bool lacks = false;
        for (end = i; end < n && by_name(&all[i], &all[end]) == 0; end++)
            lacks = lacks || all[end].lacks;
        m->tablets++;
        m->lacking += lacks;
    }
}

/* Told, not wrong: it may lie in a drawer. */
static void tell_silent(struct findings_work *w) {
    const struct findings_known *known = w->c->known;
    for (size_t i = 0; known && i < known->silent_count; i++) {
        struct finding f = findings_about(w, FINDING_SILENT, NULL);
        day_no day = known->silent[i].day;
        f.device = known->silent[i].name;
        f.from = (int64_t)day * DAY_MS;
        f.heals = true;
        f.says =
            FINDINGS_SAY(w, "findings.silent", f.device,
                         arena_printf(w->a, "%s %d", day_text(w->a, day), day_civil(day).year));
        f.cure = FINDINGS_WORD(w, "findings.silent_cure");
        findings_add(w, &f);
    }
}

static enum status in_order(struct findings_work *w, struct findings_model *m) {
    enum status s = findings_gaps(w);
    if (!s) s = findings_forks(w);
    if (!s) s = findings_clocks(w);
    if (!s) s = findings_files(w);
    if (!s) s = findings_numbers(w);
    if (!s) tell_silent(w);
    if (!s) s = scan_logs(w, m); /* tells of newer kinds on the way */
    if (!s) s = findings_parked(w);
    return s ? s : findings_erased(w);
}

enum status findings_load(const struct load_context *c, struct arena *a, const void **out) {
    struct findings_work w = {.c = c, .j = c->j, .a = a};
    struct findings_model *m = ARENA_NEW(a, struct findings_model);
    enum status s = union_logs(c->j, a, &w.logs, &w.logs_count);
    if (s) return s;
    if (w.logs_count) qsort(w.logs, w.logs_count, sizeof *w.logs, by_id);
    s = in_order(&w, m);
    if (!s && w.found.overflow) s = status_fail(STATUS_TOO_LARGE, "findings");
    if (!s) {
        struct finding *all = w.found.size ? arena_copy(a, w.found.data, w.found.size) : NULL;
        m->all = all;
        m->count = w.found.size / sizeof *all;
        for (size_t i = 0; i < m->count; i++)
            m->wrong += all[i].wrong;
        count_tablets(&w, m);
        *out = m;
    }
    buf_release(&w.found);
    return s;
}
