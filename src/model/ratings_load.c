/* ratings_load.c -- the newest score of each statement, what follows from them, and what can be
 * seen beside one of them. See ratings_load.h. */
#include "model/ratings_load.h"

#include <stdlib.h>

#include "base/text.h"
#include "model/ratings_evidence.h"
#include "model/roles.h"
#include "store/query.h"

#define GIVEN_MOST 4000

/* ---- what was given ---- */

struct gathered {
    const struct load_context *c;
    struct arena *a;
    const struct framework *f;
    row_id service;
    int64_t until;             /* 0: all */
    struct ratings_given *all; /* newest first, of this framework and edition */
    int count;
    int other_editions;
};

#define GIVEN_COLUMNS                                                                        \
    "coalesce(g.reason, ''), coalesce(p.label, ''), coalesce(g.day, 0), (SELECT count(*) "   \
    "FROM basis b WHERE b.score = g.id AND b.withdrawn = 0), coalesce(g.framework_version, " \
    "1), coalesce(g.made_at, g.at)"
#define GIVEN_WHERE                                                                       \
    " g LEFT JOIN person p ON p.id = coalesce(g.\"by\", g.made_by) WHERE g.service = ?1 " \
    "AND g.framework = ?2 AND g.withdrawn = 0 ORDER BY g.day DESC, g.hlc DESC, "          \
    "lantern_order(g.id) DESC"

static const char SCORES[] =
    "SELECT g.id, coalesce(g.visit, 0), g.statement, coalesce(g.category, ''), "
    "coalesce(g.score, 0), '', " GIVEN_COLUMNS " FROM score" GIVEN_WHERE;
static const char RATINGS[] =
    "SELECT g.id, coalesce(g.visit, 0), g.question, '', 0, coalesce(g.rating, "
    "''), " GIVEN_COLUMNS " FROM rating" GIVEN_WHERE;

static enum status read_given(struct gathered *g) {
    struct query q;
    g->all = ARENA_ARRAY(g->a, struct ratings_given, GIVEN_MOST);
    query_open(&q, g->c->j, g->f->scoring == SCORING_NONE ? RATINGS : SCORES, 1, g->service);
    query_bind_text(&q, 2, g->f->id);
    while (g->count < GIVEN_MOST && query_next(&q)) {
        if (g->until && query_int(&q, 11) > g->until) continue;
        if (query_int(&q, 10) != g->f->version) { /* it stays what it was */
            g->other_editions++;
            continue;
        }
        g->all[g->count++] = (struct ratings_given){.row = query_int(&q, 0),
                                                    .visit = query_int(&q, 1),
                                                    .code = query_text(&q, 2, g->a),
                                                    .category = query_text(&q, 3, g->a),
                                                    .score = (int)query_int(&q, 4),
                                                    .rating = query_text(&q, 5, g->a),
                                                    .reason = query_text(&q, 6, g->a),
                                                    .by = query_text(&q, 7, g->a),
                                                    .day = (day_no)query_int(&q, 8),
                                                    .links = (int)query_int(&q, 9)};
    }
    return query_close(&q);
}

static bool of_one_thing(const struct ratings_given *a, const struct ratings_given *b) {
    return text_equal(a->code, b->code) && text_equal(a->category, b->category);
}

/* The first of each is its newest. */
static void keep_newest(struct gathered *g, struct ratings_model *m) {
    struct ratings_given *kept = ARENA_ARRAY(g->a, struct ratings_given, g->count + 1);
    int n = 0;
    for (int i = 0; i < g->count; i++) {
        int k = 0;
        while (k < n && !of_one_thing(&kept[k], &g->all[i]))
            k++;
        if (k == n) kept[n++] = g->all[i];
    }
    m->given = kept;
    m->given_count = n;
    m->other_editions = g->other_editions;
}

static enum status read_said(struct gathered *g, struct ratings_model *m) {
    struct ratings_said *all =
        ARENA_ARRAY(g->a, struct ratings_said, g->f->circumstances_count + 1);
    enum status s = STATUS_OK;
    for (int i = 0; i < g->f->circumstances_count && !s; i++) {
        const struct circumstance *c = &g->f->circumstances[i];
        struct query q;
        all[i] = (struct ratings_said){.what = c, .reason = "", .by = ""};
        query_open(&q, g->c->j,
                   "SELECT g.id, g.yes, " GIVEN_COLUMNS
                   " FROM circumstance g LEFT JOIN person p ON p.id = coalesce(g.\"by\", "
                   "g.made_by) WHERE g.service = ?1 AND g.framework = ?3 AND g.code = ?4 AND "
                   "g.withdrawn = 0 AND (?2 = 0 OR coalesce(g.made_at, g.at) <= ?2) ORDER BY "
                   "g.day DESC, g.hlc DESC, lantern_order(g.id) DESC LIMIT 1",
                   2, g->service, g->until);
        query_bind_text(&q, 3, g->f->id);
        query_bind_text(&q, 4, c->rule.id);
        if (query_next(&q)) {
            all[i].row = query_int(&q, 0);
            all[i].yes = query_int(&q, 1) == 1;
            all[i].reason = query_text(&q, 2, g->a);
            all[i].by = query_text(&q, 3, g->a);
            all[i].day = (day_no)query_int(&q, 4);
        }
        s = query_close(&q);
    }
    m->said = all;
    m->said_count = g->f->circumstances_count;
    return s;
}

static void work_out(struct gathered *g, struct ratings_model *m) {
    struct given_score *scores = ARENA_ARRAY(g->a, struct given_score, m->given_count + 1);
    struct given_rating *ratings = ARENA_ARRAY(g->a, struct given_rating, m->given_count + 1);
    struct given_circumstance *said =
        ARENA_ARRAY(g->a, struct given_circumstance, m->said_count + 1);
    int n = 0;
    for (int i = 0; i < m->given_count; i++) {
        const struct ratings_given *v = &m->given[i];
        scores[i] = (struct given_score){v->code, v->category, v->score};
        ratings[i] = (struct given_rating){v->code, v->rating};
    }
    for (int i = 0; i < m->said_count; i++)
        if (m->said[i].row)
            said[n++] = (struct given_circumstance){m->said[i].what->rule.id, m->said[i].yes};
    bool round = g->f->scoring == SCORING_NONE;
    m->result = rate(&(struct rating_input){.framework = g->f,
                                            .setting = m->setting,
                                            .scores = scores,
                                            .scores_count = round ? 0 : m->given_count,
                                            .ratings = ratings,
                                            .ratings_count = round ? m->given_count : 0,
                                            .circumstances = said,
                                            .circumstances_count = n},
                     g->a);
}

static enum status read_service(struct gathered *g, struct ratings_model *m) {
    struct query q;
    m->service = g->service;
    m->service_name = m->setting = "";
    query_open(&q, g->c->j, "SELECT name, coalesce(setting, '') FROM service WHERE id = ?1", 1,
               g->service);
    if (query_next(&q)) {
        m->service_name = query_text(&q, 0, g->a);
        m->setting = query_text(&q, 1, g->a);
    }
    return query_close(&q);
}

static enum status gather(struct gathered *g, struct ratings_model *m) {
    m->f = g->f;
    m->question = m->statement = -1;
    enum status s = read_service(g, m);
    if (!s) s = read_given(g);
    if (s) return s;
    keep_newest(g, m);
    s = read_said(g, m);
    if (!s) work_out(g, m);
    return s;
}

enum status ratings_of(const struct load_context *c, struct arena *a, row_id service,
                       const struct framework *f, int64_t until, struct ratings_model *out) {
    struct gathered g = {.c = c, .a = a, .f = f, .service = service, .until = until};
    return gather(&g, out);
}

int ratings_used(const struct load_context *c, const struct frameworks *set, row_id service,
                 const struct framework **out, int most) {
    int n = 0;
    for (int i = 0; i < set->count && n < most; i++) {
        struct query q;
        query_open(&q, c->j,
                   "SELECT 1 FROM score WHERE service = ?1 AND framework = ?3 AND "
                   "coalesce(framework_version, 1) = ?2 AND withdrawn = 0 UNION ALL SELECT 1 "
                   "FROM rating WHERE service = ?1 AND framework = ?3 AND "
                   "coalesce(framework_version, 1) = ?2 AND withdrawn = 0 LIMIT 1",
                   2, service, (int64_t)set->all[i]->version);
        query_bind_text(&q, 3, set->all[i]->id);
        bool used = query_next(&q);
        if (!query_close(&q) && used) out[n++] = set->all[i];
    }
    return n;
}

/* ---- what is looked at ---- */

/* "ID", "ID@2"; what is not here is the one in force. */
static const struct framework *framework_named(const struct frameworks *set, const char *word) {
    const char *at = word ? strchr(word, '@') : NULL;
    struct arena a = {0};
    const char *id = at ? arena_strndup(&a, word, (size_t)(at - word)) : word ? word : "";
    const struct framework *f = at ? frameworks_edition(set, id, strtoll(at + 1, NULL, 10))
                                   : frameworks_newest(set, id);
    arena_release(&a);
    return f ? f : set->all[0];
}

static void history_of(struct gathered *g, struct ratings_model *m, const char *code,
                       const char *category) {
    struct ratings_given *all = ARENA_ARRAY(g->a, struct ratings_given, RATINGS_HISTORY_MOST);
    const struct ratings_given wanted = {.code = code, .category = category};
    bool newest = true;
    for (int i = 0; i < g->count && m->history_count < RATINGS_HISTORY_MOST; i++) {
        if (!of_one_thing(&g->all[i], &wanted)) continue;
        if (!newest) all[m->history_count++] = g->all[i];
        newest = false;
    }
    m->history = all;
}

/* What the same statement scored under another framework that leads here. */
static enum status carried_to(struct gathered *g, struct ratings_model *m, const char *code) {
    const struct frameworks *set = m->frameworks;
    struct ratings_carried *all =
        ARENA_ARRAY(g->a, struct ratings_carried, RATINGS_CARRIED_MOST);
    enum status s = STATUS_OK;
    m->carried = all;
    for (int i = 0; i < set->count && !s; i++) {
        const struct framework *from = set->all[i];
        const struct mapping *map = frameworks_mapping(set, from->id, m->f->id);
        struct query q;
        if (!map) continue;
        query_open(&q, g->c->j,
                   "SELECT g.statement, g.score, coalesce(g.day, 0), "
                   "coalesce(g.framework_version, 1) FROM score g WHERE g.service = ?1 AND "
                   "g.framework = ?2 AND g.withdrawn = 0 AND coalesce(g.category, '') = '' "
                   "ORDER BY g.day DESC, g.hlc DESC, lantern_order(g.id) DESC",
                   1, g->service);
        query_bind_text(&q, 2, from->id);
        while (m->carried_count < RATINGS_CARRIED_MOST && query_next(&q)) {
            const char *was = query_text(&q, 0, g->a);
            const struct mapping_pair *pair = mapping_of(map, was);
            const struct statement *st = framework_statement(from, was);
            bool leads = false, known = false;
            for (int k = 0; pair && k < pair->to_count; k++)
                leads = leads || text_equal(pair->to[k], code);
            for (int k = 0; st && k < m->carried_count; k++)
                known =
                    known || (all[k].framework == from && text_equal(all[k].name, st->name));
            if (leads && st && !known && query_int(&q, 3) == from->version)
                all[m->carried_count++] = (struct ratings_carried){
                    from, st->name, (int)query_int(&q, 1), (day_no)query_int(&q, 2)};
        }
        s = query_close(&q);
    }
    return s;
}

static enum status look_at(struct gathered *g, struct ratings_model *m, const char *word) {
    char *code = arena_strdup(g->a, word), *category = strchr(code, '/');
    if (category) *category++ = '\0';
    const struct statement *st = framework_statement(m->f, code);
    m->question = st ? st->question : framework_question(m->f, code);
    m->statement = st ? (int)(st - m->f->statements) : -1;
    if (m->question < 0) return STATUS_OK;
    bool round = m->f->scoring == SCORING_NONE;
    if (!st && !round) return STATUS_OK;
    m->category = framework_category(m->f, category);
    const char *kind = m->category ? m->category->id : "";
    const struct ratings_given *now = ratings_given_of(m, code, kind);
    history_of(g, m, code, kind);
    enum status s = ratings_evidence_read(g->c, g->a, g->service,
                                          st ? code : arena_printf(g->a, "%s-", code),
                                          now ? now->row : 0, &m->evidence);
    return s ? s : carried_to(g, m, code);
}

enum status ratings_load(const struct load_context *c, struct arena *a, const void **out) {
    struct ratings_model *m = ARENA_NEW(a, struct ratings_model);
    const struct frameworks *set = c->frameworks ? c->frameworks(c->ctx) : NULL;
    *out = m;
    m->question = m->statement = -1;
    m->service_name = m->setting = "";
    if (!set) return STATUS_OK;
    struct gathered g = {
        .c = c, .a = a, .f = framework_named(set, c->word), .service = c->service};
    m->frameworks = set;
    m->problem = set->problem;
    enum status s = gather(&g, m);
    return s || text_blank(c->word2) ? s : look_at(&g, m, c->word2);
}
