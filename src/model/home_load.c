/* home_load.c -- reads Home. Nothing restricted is read here: no observation, no feedback, only
 * checks and actions. */
#include "model/home_load.h"

#include "base/text.h"
#include "care/propose.h"
#include "model/action_rows.h"
#include "model/home_model.h"
#include "model/progress.h"
#include "model/roles.h"
#include "model/send_model.h"
#include "store/query.h"
#include "store/union.h"

#define CHOICES_MOST_HOME 400
#define CHECKS_MOST       20
#define DAY_MS            86400000LL

static enum status read_services(const struct load_context *c, struct arena *a,
                                 struct home_model *m) {
    struct query q;
    struct home_choice *all = ARENA_ARRAY(a, struct home_choice, CHOICES_MOST_HOME);
    int n = 0;
    for (query_open(
             &q, c->j,
             "SELECT id, name, address FROM service WHERE withdrawn = 0 AND closed IS NOT 1 "
             "ORDER BY name, lantern_order(id)",
             0);
         n < CHOICES_MOST_HOME && query_next(&q);) {
        all[n] = (struct home_choice){
            .id = query_int(&q, 0), .label = query_text(&q, 1, a), .sub = query_text(&q, 2, a)};
        if (all[n].id == c->service) m->service_name = all[n].label;
        n++;
    }
    m->services = all;
    m->services_count = n;
    return query_close(&q);
}

static enum status read_people(const struct load_context *c, struct arena *a,
                               struct home_model *m) {
    struct query q;
    struct home_choice *all = ARENA_ARRAY(a, struct home_choice, CHOICES_MOST_HOME);
    int n = 0;
    for (query_open(
             &q, c->j,
             "SELECT id, label, role FROM person WHERE withdrawn = 0 AND \"left\" IS NOT 1 "
             "AND (side = 'provider' OR (side = 'manager' AND (service IS NULL OR service = "
             "?1)) OR id = ?2) ORDER BY CASE side WHEN 'provider' THEN 0 ELSE 1 END, label, "
             "lantern_order(id)",
             2, c->service, m->holder);
         n < CHOICES_MOST_HOME && query_next(&q);)
        all[n++] = (struct home_choice){
            .id = query_int(&q, 0), .label = query_text(&q, 1, a), .sub = query_text(&q, 2, a)};
    m->people = all;
    m->people_count = n;
    return query_close(&q);
}

/* Home care asks other things than a home: as many are counted as Start offers here. */
static bool is_offered(const struct template *t, const char *setting) {
    if (t->guide) return false;
    return form_fits_setting(t, setting);
}

static void look_at_forms(const struct load_context *c, struct home_model *m,
                          const char *setting) {
    m->night_code = m->walk_code = m->night_title = m->walk_title = "";
    for (size_t i = 0; i < c->templates_count; i++) {
        const struct template *t = c->templates[i];
        if (!is_offered(t, setting)) continue;
        m->templates++;
        if (t->night && !m->night_code[0]) {
            m->night_code = t->code;
            m->night_title = t->title;
            m->core_minutes = t->lengths_count ? t->lengths[0].minutes : 0;
        }
        if (text_equal(t->code, "WALK")) {
            m->walk_code = t->code;
            m->walk_title = t->title;
        }
    }
}

static const char *setting_of(const struct load_context *c, struct arena *a) {
    struct query q;
    const char *setting = "";
    query_open(&q, c->j, "SELECT setting FROM service WHERE id = ?1", 1, c->service);
    if (query_next(&q)) setting = query_text(&q, 0, a);
    return query_close(&q) ? "" : setting;
}

static const struct template *form(const struct load_context *c, const char *code) {
    for (size_t i = 0; i < c->templates_count; i++)
        if (text_equal(c->templates[i]->code, code)) return c->templates[i];
    return NULL;
}

/* When was each sort of check last done here? The date is the one on which its night or day
 * began. */
static enum status read_last(const struct load_context *c, struct arena *a,
                             struct home_model *m) {
    struct query q;
    day_no tonight = london_night(c->wall_ms), today = london_day(c->wall_ms);
    m->night_since = m->any_since = -1;
    m->any_title = "";
    for (query_open(
             &q, c->j,
             "SELECT template, max(night) FROM visit WHERE service = ?1 AND withdrawn = 0 "
             "AND night IS NOT NULL GROUP BY template ORDER BY max(night) DESC, template",
             1, c->service);
         query_next(&q);) {
        const char *code = query_text(&q, 0, a);
        const struct template *t = form(c, code);
        day_no night = (day_no)query_int(&q, 1);
        if (t && t->night) {
            int since = (int)(tonight - night);
            if (m->night_since < 0 || since < m->night_since)
                m->night_since = since < 0 ? 0 : since;
        } else if (m->any_since < 0) {
            m->any_since = today > night ? (int)(today - night) : 0;
            m->any_title = t ? t->title : code;
        }
    }
    return query_close(&q);
}

static enum status read_checks(const struct load_context *c, struct arena *a,
                               struct home_model *m) {
    struct query q;
    struct home_check *all = ARENA_ARRAY(a, struct home_check, CHECKS_MOST);
    int n = 0;
    for (query_open(
             &q, c->j,
             "SELECT v.id, v.template, v.started, v.\"left\" FROM visit v WHERE v.service = ?1 "
             "AND v.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM seal s WHERE s.visit = v.id "
             "AND s.withdrawn = 0) ORDER BY v.started DESC, v.hlc DESC, lantern_order(v.id)",
             1, c->service);
         n < CHECKS_MOST && query_next(&q);)
        all[n++] = (struct home_check){.visit = query_int(&q, 0),
                                       .title = query_text(&q, 1, a),
                                       .started = query_int(&q, 2),
                                       .left_at = query_int(&q, 3),
                                       .section = ""};
    enum status s = query_close(&q);
    for (int i = 0; !s && i < n; i++) {
        const struct template *t = c->template_of ? c->template_of(c->ctx, all[i].visit)
                                                  : form_whole(c, form(c, all[i].title));
        struct progress p = {.section = ""};
        if (t) {
            all[i].title = arena_strdup(a, t->title);
            all[i].night = t->night;
            s = progress_read(c->j, t, all[i].visit, c->night, &p);
            all[i].section = arena_strdup(a, s ? "" : p.section);
        }
        all[i].answered = p.answered;
        all[i].asked = p.asked;
        all[i].late = all[i].left_at && c->wall_ms - all[i].left_at > DAY_MS;
    }
    m->checks = all;
    m->checks_count = n;
    return s;
}

static enum status read_actions(const struct load_context *c, struct arena *a,
                                struct home_model *m) {
    struct action_reader r = action_reader(c->j, c->service, c->wall_ms, c->night);
    struct action_row *rows = NULL;
    int n = 0;
    enum status s = action_rows_read(&r, a, &rows, &n);
    if (s) return s;
    for (int i = 0; i < n; i++) {
        m->actions_open += rows[i].state == ACTION_OPEN || rows[i].state == ACTION_SAID_DONE;
        m->to_verify += rows[i].may_verify;
        m->actions_alive += rows[i].state != ACTION_LASTED && rows[i].state != ACTION_CLOSED;
    }
    m->actions = rows;
    m->actions_shown =
        m->actions_open < HOME_ACTIONS_MOST ? m->actions_open : HOME_ACTIONS_MOST;
    m->visit = r.visit;
    return STATUS_OK;
}

/* Sending: what waits for the office, and when the last bundle was made. Without sync's own
 * count (`outbox`) what was written after the last export. */
static void read_sending(const struct load_context *c, struct home_model *m) {
    struct journal_self self;
    if (c->outbox && !c->outbox->problem) {
        m->unsent = c->outbox->records;
        m->sent_at = c->outbox->made_count ? c->outbox->made[0].at : 0;
        return;
    }
    journal_self(c->j, &self);
    m->unsent = self.head_seq - union_exported_seq(c->j);
    if (m->unsent < 0) m->unsent = 0;
    m->exported = union_exported_seq(c->j) > 0;
}

static enum status read_undecided(const struct load_context *c, struct home_model *m) {
    m->dangers_open = (int)query_one_int(c->j, 0,
                                         "SELECT count(*) FROM danger WHERE service = ?1 AND "
                                         "withdrawn = 0 AND closed IS NULL",
                                         1, c->service);
    m->danger = query_one_int(c->j, 0,
                              "SELECT id FROM danger WHERE service = ?1 AND withdrawn = 0 AND "
                              "closed IS NULL ORDER BY opened DESC, lantern_order(id) LIMIT 1",
                              1, c->service);
    m->duties_open =
        (int)query_one_int(c->j, 0,
                           "SELECT count(*) FROM duty WHERE service = ?1 AND withdrawn "
                           "= 0 AND (decision IS NULL OR decision = 'open')",
                           1, c->service);
    m->duty_visit =
        query_one_int(c->j, 0,
                      "SELECT visit FROM duty WHERE service = ?1 AND withdrawn = 0 AND "
                      "(decision IS NULL OR decision = 'open') AND visit IS NOT NULL "
                      "ORDER BY decide_by, hlc DESC, lantern_order(id) LIMIT 1",
                      1, c->service);
    m->last_visit = query_one_int(
        c->j, 0,
        "SELECT v.id FROM visit v WHERE v.service = ?1 AND v.withdrawn = 0 AND (v.\"left\" IS "
        "NOT "
        "NULL OR EXISTS (SELECT 1 FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0)) "
        "ORDER BY v.started DESC, v.hlc DESC, lantern_order(v.id) LIMIT 1",
        1, c->service);
    return STATUS_OK;
}

enum status home_load(const struct load_context *c, struct arena *a, const void **out) {
    struct home_model *m = ARENA_NEW(a, struct home_model);
    m->service = c->service;
    m->holder = journal_holder(c->j);
    m->holder_label = role_of(c->j, m->holder, a);
    m->service_name = "";
    m->night = c->night;
    look_at_forms(c, m, setting_of(c, a));
    enum status s = read_services(c, a, m);
    if (!s) s = read_people(c, a, m);
    if (!s) s = read_last(c, a, m);
    if (!s) s = read_checks(c, a, m);
    if (!s) s = read_actions(c, a, m);
    if (!s) read_sending(c, m);
    if (!s) s = read_undecided(c, m);
    if (!s) *out = m;
    return s;
}
