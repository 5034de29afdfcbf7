/* list.c -- which services and checks the report is about, and names for them that are the same
 * in every master.
 *
 * Local numbers depend on what was merged first, so nothing is named or ordered by them: a key
 * is made from (log id, branch, seq), and lists go by what people see, then by the hybrid
 * clock, then by lantern_order. */
#include "office/report/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/text.h"
#include "care/rules.h"
#include "model/findings_load.h"

#define KEY_BYTES      6
#define CODE_MOST      24
#define CHECK_HOURS_MS (12LL * 3600 * 1000) /* nobody is on a check for longer */

static const char *key_of(struct arena *a, const void *p, size_t n) {
    hash256 h = hash_of(p, n);
    return hex_of(a, h.b, KEY_BYTES);
}

const char *report_key(struct report *r, struct arena *a, row_id id) {
    struct query q;
    const char *key = "";
    query_open(&q, r->j, "SELECT lantern_order(?1)", 1, id);
    if (query_next(&q)) {
        size_t n;
        const void *p = query_bytes(&q, 0, &n);
        if (p) key = key_of(a, p, n);
    }
    return query_close(&q) ? "" : key;
}

/* A code as part of a file name on any disk: capitals, digits and hyphens stay; for anything
 * else its hash is added, so that two codes never share a file. */
static const char *file_code(struct arena *a, const char *code) {
    char out[CODE_MOST + 1];
    size_t n = 0;
    bool plain = *code && strlen(code) <= CODE_MOST;
    for (const char *p = code; *p && n < CODE_MOST; p++) {
        bool keep = isupper((unsigned char)*p) || isdigit((unsigned char)*p) || *p == '-';
        plain = plain && keep;
        if (isalnum((unsigned char)*p) || *p == '-') out[n++] = *p;
    }
    out[n] = '\0';
    if (plain) return arena_strdup(a, out);
    return arena_printf(a, "%s-%s", out, key_of(a, code, strlen(code)));
}

bool report_night_hour(const struct report_service *s, int minute) {
    return night_minute(minute, s->night_starts, s->day_starts);
}

static bool at_night(const struct report_service *s, int64_t ms) {
    return night_at(ms, s->night_starts, s->day_starts);
}

/* ---- services ---- */

static void read_service(struct report *r, const struct query *q) {
    struct arena *a = &r->arena;
    struct report_service *s = &r->services[r->services_count++];
    *s = (struct report_service){.id = query_int(q, 0),
                                 .code = query_text(q, 1, a),
                                 .name = query_text(q, 2, a),
                                 .setting = query_text(q, 3, a),
                                 .address = query_text(q, 4, a),
                                 .telephone = query_text(q, 5, a),
                                 .places = (int)query_int(q, 6),
                                 .people = (int)query_int(q, 7),
                                 .closed = query_int(q, 10) == 1,
                                 .sample = query_int(q, 11) == 1};
    s->night_starts = query_null(q, 8) ? NIGHT_STARTS_MIN : (int)query_int(q, 8);
    s->day_starts = query_null(q, 9) ? DAY_STARTS_MIN : (int)query_int(q, 9);
    s->part = file_code(a, s->code);
}

/* Two tablets that were never given a pack may each have made the same service. Both are shown,
 * under different names, and problems.c asks for them to be joined. */
static void name_files(struct report *r) {
    for (int i = 0; i < r->services_count; i++) {
        struct report_service *s = &r->services[i];
        for (int k = 0; k < r->services_count; k++)
            if (k != i && strcasecmp(r->services[k].code, s->code) == 0) s->twin = true;
        if (s->twin)
            s->part =
                arena_printf(&r->arena, "%s-%s", s->part, report_key(r, &r->arena, s->id));
        s->file = arena_printf(&r->arena, "service-%s.html", s->part);
        s->actions_file = arena_printf(&r->arena, "actions-%s.html", s->part);
    }
}

static enum status read_services(struct report *r) {
    struct query q;
    int64_t n = query_one_int(r->j, 0, "SELECT count(*) FROM service", 0);
    r->services = ARENA_ARRAY(&r->arena, struct report_service, n + 1);
    query_open(&q, r->j,
               "SELECT id, code, name, setting, address, telephone, places, people, "
               "night_starts, day_starts, closed, sample FROM service WHERE withdrawn = 0 AND "
               "code IS NOT NULL ORDER BY name, code, hlc, lantern_order(id)",
               0);
    while (r->services_count < n && query_next(&q)) {
        read_service(r, &q);
        const struct report_service *s = &r->services[r->services_count - 1];
        if (r->only && !text_equal(r->only, s->code)) r->services_count--;
    }
    enum status s = query_close(&q);
    if (!s && r->only && !r->services_count)
        s = status_fail(STATUS_NOT_FOUND, "--service %s", r->only);
    return s;
}

/* People and rooms, for what a public copy must not say. */
static enum status read_people(struct report *r, struct report_service *s) {
    struct query q;
    int64_t n =
        query_one_int(r->j, 0, "SELECT count(*) FROM person WHERE service = ?1", 1, s->id);
    s->persons = ARENA_ARRAY(&r->arena, struct report_person, n + 1);
    query_open(&q, r->j,
               "SELECT label, role FROM person WHERE service = ?1 AND withdrawn = 0 AND "
               "coalesce(\"left\", 0) = 0 ORDER BY label, role, hlc, lantern_order(id)",
               1, s->id);
    while (s->persons_count < n && query_next(&q))
        s->persons[s->persons_count++] = (struct report_person){
            .label = query_text(&q, 0, &r->arena), .role = query_text(&q, 1, &r->arena)};
    return query_close(&q);
}

static enum status read_rooms(struct report *r, struct report_service *s) {
    struct query q;
    int64_t n = query_one_int(
        r->j, 0, "SELECT count(*) FROM area WHERE service = ?1 AND sort = 'room'", 1, s->id);
    s->rooms = ARENA_ARRAY(&r->arena, struct report_room, n + 1);
    query_open(&q, r->j,
               "SELECT name, unit FROM area WHERE service = ?1 AND sort = 'room' ORDER BY "
               "name, unit, hlc, lantern_order(id)",
               1, s->id);
    while (s->rooms_count < n && query_next(&q))
        s->rooms[s->rooms_count++] = (struct report_room){.name = query_text(&q, 0, &r->arena),
                                                          .unit = query_text(&q, 1, &r->arena)};
    return query_close(&q);
}

bool report_wants(const struct report *r, row_id service) {
    for (int i = 0; r->only && i < r->services_count; i++)
        if (r->services[i].id == service) return true;
    return !r->only;
}

/* ---- checks ---- */

static struct report_service *service_of(struct report *r, row_id id) {
    for (int i = 0; i < r->services_count; i++)
        if (r->services[i].id == id) return &r->services[i];
    return NULL;
}

/* When the checker was last there: leaving, else sealing, else the last answer; never longer
 * than a shift after the start. */
static int64_t end_of(struct report *r, row_id visit, int64_t started, int64_t left,
                      int64_t sealed) {
    int64_t end = left ? left : sealed;
    if (!end)
        end = query_one_int(r->j, started,
                            "SELECT coalesce(max(coalesce(made_at, at)), ?2) FROM answer WHERE "
                            "visit = ?1",
                            2, visit, started);
    if (end < started) end = started;
    return end > started + CHECK_HOURS_MS ? started + CHECK_HOURS_MS : end;
}

bool report_wrong_date(const struct report *r, row_id row, int64_t at) {
    return !r->asked && findings_date_wrong(r->j, r->trouble, row, at);
}

/* A second tablet with a wrong clock says nothing about when the check was. */
static void add_visit(struct report *r, struct report_check *c, row_id visit, int64_t from,
                      int64_t until) {
    if (c->visits_count == REPORT_CHECKERS) return;
    bool wrong = findings_date_wrong(r->j, r->trouble, visit, from);
    c->visits[c->visits_count] = visit;
    c->from[c->visits_count] = from;
    c->until[c->visits_count++] = until;
    if (wrong && c->visits_count > 1) return;
    if (from < c->started) c->started = from;
    if (until > c->ended) c->ended = until;
    if (wrong) c->clock_wrong = true;
}

static bool joins(const struct report_check *c, const struct report_service *s,
                  const char *join_code) {
    return c->service == s && !text_blank(join_code) && text_equal(c->join_code, join_code);
}

static void read_check(struct report *r, struct query *q, struct report_service *s) {
    struct arena *a = &r->arena;
    int64_t started = query_int(q, 1), sealed = query_int(q, 8);
    int64_t until = end_of(r, query_int(q, 0), started, query_int(q, 2), sealed);
    const char *join_code = query_text(q, 7, a);
    for (int i = r->checks_count - 1; i >= 0; i--) {
        struct report_check *c = &r->checks[i];
        if (!joins(c, s, join_code)) continue;
        add_visit(r, c, query_int(q, 0), started, until);
        c->sealed = c->sealed && sealed;
        return;
    }
    size_t n;
    const void *order = query_bytes(q, 10, &n);
    struct report_check *c = &r->checks[r->checks_count++];
    *c = (struct report_check){.service = s,
                               .started = started,
                               .ended = until,
                               .night = (day_no)query_int(q, 3),
                               .code = query_text(q, 4, a),
                               .unannounced = query_int(q, 5) == 1,
                               .reason = query_text(q, 6, a),
                               .join_code = join_code,
                               .sealed = sealed != 0,
                               .checker = query_text(q, 9, a),
                               .key = key_of(a, order ? order : "", order ? n : 0)};
    add_visit(r, c, query_int(q, 0), started, until);
}

/* What the home and the public do not get: checks under way, and those held back from the home
 * after danger or a restricted word. */
static bool left_out(const struct report *r, const struct query *q) {
    bool later = query_int(q, 1) > r->now;
    return (later && !report_wrong_date(r, query_int(q, 0), query_int(q, 1))) ||
           (r->who.home && (query_null(q, 8) || query_int(q, 12) == 1));
}

static enum status read_checks(struct report *r) {
    struct query q;
    int64_t n = query_one_int(r->j, 0, "SELECT count(*) FROM visit", 0);
    r->checks = ARENA_ARRAY(&r->arena, struct report_check, n + 1);
    query_open(
        &q, r->j,
        "SELECT v.id, coalesce(v.started, v.made_at, v.at), v.\"left\", v.night, "
        "v.template, v.unannounced, v.reason, v.join_code, (SELECT x.at FROM sealed y "
        "JOIN seal x ON x.id = y.seal WHERE y.visit = v.id AND x.withdrawn = 0), p.label, "
        "lantern_order(v.id), "
        "v.service, v.held_back = 'held' FROM visit v LEFT JOIN person p ON p.id = "
        "v.checker WHERE v.withdrawn = 0 AND (v.service IS NOT NULL OR v.template IS NOT "
        "NULL) ORDER BY coalesce(v.started, v.made_at, v.at), "
        "v.hlc, lantern_order(v.id)",
        0);
    while (r->checks_count < n && query_next(&q)) {
        struct report_service *s = service_of(r, query_int(&q, 11));
        if (!s && !r->only) r->strangers++;
        if (s && !left_out(r, &q)) read_check(r, &q, s);
    }
    return query_close(&q);
}

static int by_service(const void *x, const void *y) {
    const struct report_check *a = x, *b = y;
    if (a->service != b->service) return a->service < b->service ? -1 : 1;
    if (a->started != b->started) return a->started > b->started ? -1 : 1;
    return strcmp(a->key, b->key);
}

static int by_visit(const void *x, const void *y) {
    const struct report_visit_at *a = x, *b = y;
    return a->visit < b->visit ? -1 : a->visit > b->visit;
}

static void index_visits(struct report *r) {
    int n = 0;
    for (int i = 0; i < r->checks_count; i++)
        n += r->checks[i].visits_count;
    r->visits = ARENA_ARRAY(&r->arena, struct report_visit_at, n + 1);
    for (int i = 0; i < r->checks_count; i++)
        for (int k = 0; k < r->checks[i].visits_count; k++)
            r->visits[r->visits_count++] =
                (struct report_visit_at){r->checks[i].visits[k], &r->checks[i]};
    if (n) qsort(r->visits, (size_t)n, sizeof *r->visits, by_visit);
}

static void complete(struct report *r, struct report_check *c) {
    if (!c->night) c->night = london_night(c->started);
    c->at_night = at_night(c->service, c->started);
    c->recent = c->started > r->since && !c->clock_wrong;
    c->form = forms_title(r, c->visits[0], c->code);
    c->file = arena_printf(&r->arena, "check-%s-%s-%s.html", c->service->part,
                           day_iso(&r->arena, c->night), c->key);
    arena_reset(&r->page);
}

enum status report_list(struct report *r) {
    enum status s = read_services(r);
    if (!s) name_files(r);
    for (int i = 0; !s && i < r->services_count; i++) {
        s = read_people(r, &r->services[i]);
        if (!s) s = read_rooms(r, &r->services[i]);
    }
    if (!s) s = read_checks(r);
    if (s) return s;
    if (r->checks_count)
        qsort(r->checks, (size_t)r->checks_count, sizeof *r->checks, by_service);
    index_visits(r);
    for (int i = 0; i < r->checks_count; i++)
        complete(r, &r->checks[i]);
    return STATUS_OK;
}

struct report_check *report_check_of(struct report *r, row_id visit) {
    struct report_visit_at wanted = {.visit = visit};
    if (!visit || !r->visits_count) return NULL;
    const struct report_visit_at *found =
        bsearch(&wanted, r->visits, (size_t)r->visits_count, sizeof wanted, by_visit);
    return found ? found->check : NULL;
}
