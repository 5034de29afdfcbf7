/* season.c -- one check after another, in the order of time. See season.h. */
#include "model/season_inside.h"

#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

#define PHRASES_BYTES_MAX (256 * 1024)
#define MINUTE_MS         (60 * 1000LL)
#define HOUR_MS           (60 * MINUTE_MS)
#define DAY_MS            (24 * HOUR_MS)

uint32_t season_below(struct season *s, uint32_t n) {
    return draw_below(&s->luck, n);
}

bool season_chance(struct season *s, uint32_t percent) {
    return draw_below(&s->luck, 100) < percent;
}

int64_t season_now(const struct season *s) {
    return s->o->clock->wall_ms;
}

const json *season_pick(struct season *s, const char *list) {
    const json *all = json_get(json_root(s->phrases), list);
    size_t n = json_count(all);
    return n ? json_at(all, season_below(s, (uint32_t)n)) : NULL;
}

void season_pass(struct season *s, int64_t least_ms, int64_t most_ms) {
    int64_t by = least_ms + (int64_t)season_below(s, (uint32_t)(most_ms - least_ms + 1));
    s->o->clock->wall_ms += by;
    s->o->clock->boot_ms += by;
}

enum status season_put(struct season *s, struct row *r) {
    enum status st = journal_put(s->j, r);
    if (!st) s->sum.records++;
    return st;
}

/* ---- who and where
 * ------------------------------------------------------------------------------------- */

static enum status load_ids(struct season *s, const char *sql, row_id service, row_id *out,
                            int most, int *n) {
    struct query q;
    for (query_open(&q, s->j, sql, 1, service); query_next(&q) && *n < most;)
        out[(*n)++] = query_int(&q, 0);
    return query_close(&q);
}

static enum status load_service(struct season *s, struct season_service *v) {
    enum status st = load_ids(s,
                              "SELECT id FROM person WHERE service = ?1 AND withdrawn = 0 "
                              "ORDER BY hlc, lantern_order(id)",
                              v->row, v->people, 16, &v->people_count);
    if (!st)
        st = load_ids(s,
                      "SELECT id FROM person WHERE service IS NULL AND side = 'provider' AND "
                      "withdrawn = 0 AND ?1 = ?1 "
                      "ORDER BY hlc, lantern_order(id)",
                      v->row, v->checkers, 8, &v->checkers_count);
    if (!st)
        st = load_ids(s,
                      "SELECT id FROM area WHERE service = ?1 AND sort = 'room' AND withdrawn "
                      "= 0 ORDER BY hlc, lantern_order(id)",
                      v->row, v->areas, 16, &v->areas_count);
    v->care = 70 + (int)season_below(s, 25);
    return st;
}

static enum status load_services(struct season *s) {
    struct query q;
    s->services = ARENA_ARRAY(&s->life, struct season_service, 64);
    for (query_open(&q, s->j,
                    "SELECT id, setting FROM service WHERE withdrawn = 0 ORDER BY code", 0);
         query_next(&q) && s->services_count < 64;) {
        struct season_service *v = &s->services[s->services_count];
        bool wanted = s->o->services_count == 0;
        v->row = query_int(&q, 0);
        v->setting = query_text(&q, 1, &s->life);
        for (size_t i = 0; i < s->o->services_count; i++)
            wanted = wanted || s->o->services[i] == v->row;
        if (wanted) s->services_count++;
    }
    enum status st = query_close(&q);
    for (int i = 0; !st && i < s->services_count; i++)
        st = load_service(s, &s->services[i]);
    if (!st && !s->services_count) st = status_fail(STATUS_NOT_FOUND, "no service to check");
    return st;
}

/* ---- one check
 * ---------------------------------------------------------------------------------------------
 */

static const struct template *form_named(struct season *s, const char *code) {
    for (size_t i = 0; i < s->o->templates_count; i++)
        if (text_equal(s->o->templates[i]->code, code)) return s->o->templates[i];
    return NULL;
}

static char *two_modules(struct season *s) {
    int n = s->form->modules_count;
    if (n < 2) return arena_strdup(&s->arena, "");
    int first = (int)season_below(s, (uint32_t)n), second = (first + 1) % n;
    return arena_printf(&s->arena, "%s,%s", s->form->modules[first].id,
                        s->form->modules[second].id);
}

static enum status put_visit(struct season *s) {
    static const char *const reasons[] = {"routine", "routine",   "routine",
                                          "worry",   "follow_up", "incident"};
    hash256 h;
    struct row r = row_new(&kind_visit);
    enum status st = blob_put(s->j, s->form->json, s->form->json_size, &h);
    if (st) return st;
    bool standard = s->night && season_chance(s, 40);
    row_ref(&r, "service", s->at->row);
    row_text(&r, "template", s->form->code);
    row_int(&r, "template_version", s->form->version);
    row_hash(&r, "template_hash", &h);
    row_text(&r, "framework", s->form->framework);
    row_text(&r, "length", s->night ? standard ? "standard" : "core" : "full");
    if (standard) row_text(&r, "modules", two_modules(s));
    row_int(&r, "unannounced", s->night || season_chance(s, 50));
    row_text(&r, "reason", reasons[season_below(s, 6)]);
    row_int(&r, "started", season_now(s));
    row_int(&r, "night", london_night(season_now(s)));
    row_ref(&r, "checker", s->checker);
    if (s->at->people_count)
        row_ref(&r, "in_charge", s->at->people[season_below(s, (uint32_t)s->at->people_count)]);
    row_int(&r, "boot_started", s->o->clock->boot_ms);
    row_int(&r, "watch_wall", season_now(s));
    row_int(&r, "watch_at", season_now(s));
    st = season_put(s, &r);
    s->visit = r.id;
    return st;
}

static enum status put_observation(struct season *s, bool good) {
    const json *said = season_pick(s, good ? "good" : "concern");
    struct row r = row_new(&kind_observation);
    if (!said) return STATUS_OK;
    season_pass(s, 20000, 90000);
    row_ref(&r, "visit", s->visit);
    row_ref(&r, "service", s->at->row);
    row_int(&r, "good", good);
    row_text(&r, "text", json_text(json_get(said, "text"), ""));
    row_text(&r, "statement", json_text(json_get(said, "statement"), ""));
    if (!good) row_int(&r, "severity", json_int(json_get(said, "severity"), 1));
    row_int(&r, "when_seen", season_now(s));
    return season_put(s, &r);
}

static enum status put_feedback(struct season *s) {
    const json *said = season_pick(s, "feedback");
    struct row r = row_new(&kind_feedback);
    if (!said) return STATUS_OK;
    season_pass(s, 60000, 300000);
    bool answer = season_chance(s, 30);
    row_ref(&r, "visit", s->visit);
    row_ref(&r, "service", s->at->row);
    row_text(&r, "speaker", json_text(json_get(said, "speaker"), ""));
    row_text(&r, "sort", json_text(json_get(said, "sort"), ""));
    row_text(&r, "about", json_text(json_get(said, "about"), ""));
    row_text(&r, "text", json_text(json_get(said, "text"), ""));
    row_text(&r, "consent", season_chance(s, 70) ? "yes" : "without_name");
    row_text(&r, "can_decide", "yes");
    row_int(&r, "wants_answer", answer);
    if (answer) row_int(&r, "answer_by", london_day(season_now(s)) + 5);
    return season_put(s, &r);
}

static enum status leave(struct season *s) {
    struct row r;
    enum status st = journal_row(s->j, &kind_visit, s->visit, &s->arena, &r);
    if (st) return st;
    season_pass(s, MINUTE_MS, 5 * MINUTE_MS);
    row_int(&r, "left", season_now(s));
    row_text(&r, "held_back", "given");
    st = season_put(s, &r);
    if (st) return st;
    struct row told = row_new(&kind_told);
    const json *said = season_pick(s, "said");
    row_ref(&told, "visit", s->visit);
    row_ref(&told, "service", s->at->row);
    row_int(&told, "when_told", season_now(s));
    row_text(&told, "how", "shown");
    row_text(&told, "sort", "person_in_charge");
    row_text(&told, "said", json_text(said, ""));
    st = season_put(s, &told);
    if (st) return st;
    struct row sign = row_new(&kind_signature);
    row_ref(&sign, "visit", s->visit);
    row_ref(&sign, "person", s->checker);
    row_text(&sign, "side", "checker");
    row_text(&sign, "choice", "signed");
    return season_put(s, &sign);
}

static enum status seal(struct season *s, int64_t started) {
    struct row r = row_new(&kind_seal);
    hash256 digest, head;
    int64_t rows;
    struct journal_self self;
    const json *praise = season_pick(s, "praise");
    enum status st = journal_visit_digest(s->j, s->visit, &digest, &rows);
    if (st) return st;
    journal_self(s->j, &self);
    head = self.head_hash;
    row_ref(&r, "visit", s->visit);
    row_bytes(&r, "digest", digest.b, sizeof digest.b);
    row_int(&r, "rows", rows);
    row_bytes(&r, "head_log", self.log_id.b, sizeof self.log_id.b);
    row_int(&r, "head_seq", self.head_seq);
    row_bytes(&r, "head_hash", head.b, sizeof head.b);
    row_text(&r, "praise", json_text(praise, ""));
    row_int(&r, "minutes", (season_now(s) - started) / MINUTE_MS);
    return season_put(s, &r);
}

static enum status inside_check(struct season *s) {
    int64_t started = season_now(s);
    enum status st = put_visit(s);
    if (!st) st = season_look_again(s);
    if (!st) st = season_answers(s);
    for (uint32_t n = 1 + season_below(s, 2); !st && n; n--)
        st = put_observation(s, true);
    if (!st && season_chance(s, 60)) st = put_observation(s, false);
    for (uint32_t n = season_below(s, 3); !st && n; n--)
        st = put_feedback(s);
    if (!st && !s->unfinished) st = leave(s);
    if (!st && !s->unfinished) st = seal(s, started);
    return st;
}

/* Where somebody who opens the sample looks first: the check to carry on with is there. */
static struct season_service *largest(struct season *s) {
    struct season_service *found = &s->services[0];
    for (int i = 1; i < s->services_count; i++)
        if (s->services[i].people_count > found->people_count) found = &s->services[i];
    return found;
}

/* A check is one transaction here: a season is made in a second, not at a tablet's pace. */
static enum status one_check(struct season *s, int64_t at, bool night, bool unfinished) {
    s->o->clock->boot_ms += at > season_now(s) ? at - season_now(s) : 0;
    if (at > season_now(s)) s->o->clock->wall_ms = at;
    s->night = night;
    s->unfinished = unfinished;
    s->form = form_named(s, night ? "NIGHT" : "WALK");
    s->at =
        unfinished ? largest(s) : &s->services[season_below(s, (uint32_t)s->services_count)];
    s->checker = s->at->checkers_count
                     ? s->at->checkers[season_below(s, (uint32_t)s->at->checkers_count)]
                     : 0;
    s->rooms_count = 0;
    if (!s->form) return status_fail(STATUS_NOT_FOUND, "no form for this check");
    journal_hold(s->j, s->checker);
    enum status st = journal_begin(s->j);
    if (!st) st = inside_check(s);
    if (!st) st = journal_commit(s->j);
    if (st) journal_rollback(s->j);
    if (!st) s->sum.checks++;
    arena_reset(&s->arena);
    return st;
}

/* The hour of a check: by night between 22:00 and 05:00, else between 9 and 18, London time. */
static int64_t hour_of(struct season *s, int64_t day_ms, bool night) {
    struct civil c = civil_london(day_ms);
    int64_t midnight = london_to_ms(c.year, c.month, c.day, 0, 0);
    int64_t from = night ? 22 * HOUR_MS : 9 * HOUR_MS, span = night ? 7 : 9;
    return midnight + from + (int64_t)season_below(s, (uint32_t)(span * 60)) * MINUTE_MS;
}

enum status season_make(struct journal *j, const struct season_options *o,
                        struct season_summary *out) {
    struct season s = {.j = j, .o = o, .luck = {.s = o->seed}};
    enum status st = json_load(&s.phrases, o->phrases, PHRASES_BYTES_MAX);
    if (!st) st = load_services(&s);
    int64_t step = (o->until_ms - o->from_ms) / (o->checks > 0 ? o->checks : 1);
    for (int i = 0; !st && i < o->checks; i++) {
        bool last = i == o->checks - 1, night = i % 3 == 0;
        int64_t at = hour_of(&s, o->from_ms + i * step, night);
        if (at > o->until_ms - 2 * HOUR_MS) at = o->until_ms - 2 * HOUR_MS;
        st = one_check(&s, at, night, last && o->leave_one_open);
    }
    if (!st) *out = s.sum;
    json_close(s.phrases);
    arena_release(&s.arena);
    arena_release(&s.life);
    return st;
}
