/* past_load.c -- sealed checks of the chosen service; restricted words and those of workers are
 * never among what can be searched. */
#include "model/past_load.h"

#include <ctype.h>

#include "base/text.h"
#include "model/erased.h"
#include "model/past_model.h"
#include "model/talk_kept.h"
#include "store/query.h"

static const char list_sql[] =
    "SELECT v.id, v.started, (SELECT s.at FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0 "
    "ORDER BY s.hlc LIMIT 1), "
    "v.template, coalesce(k.label, ''), coalesce(nullif(v.in_charge_text, ''), c.label, ''), "
    "(SELECT count(*) FROM answer w WHERE w.visit = v.id AND w.withdrawn = 0 AND w.severity > "
    "0) + "
    "(SELECT count(*) FROM observation o WHERE o.visit = v.id AND o.withdrawn = 0 AND o.good "
    "IS NOT 1 AND o.restricted IS NOT 1), "
    "(SELECT count(*) FROM action x WHERE x.visit = v.id AND x.withdrawn = 0), "
    "(SELECT count(*) FROM addendum n WHERE n.visit = v.id AND n.withdrawn = 0), "
    "coalesce((SELECT group_concat(w.note, ' ') FROM answer w WHERE w.visit = v.id AND "
    "w.withdrawn = 0 AND (w.repeat IS NULL OR NOT " TALK_KEPT(
        "w.repeat") ")), '') || ' ' || "
                    "coalesce((SELECT group_concat(o.text, ' ') FROM observation o WHERE "
                    "o.visit = v.id AND "
                    "o.withdrawn = 0 AND o.restricted IS NOT 1), '') "
                    "|| ' ' || coalesce((SELECT group_concat(f.text, ' ') FROM feedback f "
                    "WHERE f.visit = v.id "
                    "AND f.withdrawn = 0 AND "
                    "f.restricted IS NOT 1 AND f.speaker IS NOT 'staff' AND f.consent IS NOT "
                    "'no'), '') "
                    "FROM visit v LEFT JOIN person k ON k.id = v.checker LEFT JOIN person c ON "
                    "c.id = "
                    "v.in_charge "
                    "WHERE v.service = ?1 AND v.withdrawn = 0 AND EXISTS (SELECT 1 FROM seal s "
                    "WHERE s.visit = "
                    "v.id AND s.withdrawn = 0) "
                    "ORDER BY v.started DESC, lantern_order(v.id) LIMIT 300";

static char *lower(struct arena *a, const char *s) {
    char *copy = arena_strdup(a, s);
    for (char *p = copy; *p; p++)
        *p = (char)tolower((unsigned char)*p); /* ASCII only: other bytes stay */
    return copy;
}

static void read_check(const struct load_context *c, struct arena *a, const struct query *q,
                       struct past_check *p) {
    const char *code = query_text(q, 3, a);
    *p = (struct past_check){.visit = query_int(q, 0),
                             .started = query_int(q, 1),
                             .sealed_at = query_int(q, 2),
                             .title = code,
                             .checker = query_text(q, 4, a),
                             .in_charge = query_text(q, 5, a),
                             .concerns = (int)query_int(q, 6),
                             .actions = (int)query_int(q, 7),
                             .additions = (int)query_int(q, 8)};
    for (size_t i = 0; i < c->templates_count; i++) {
        if (!text_equal(c->templates[i]->code, code)) continue;
        p->title = c->templates[i]->title;
        p->night = c->templates[i]->night;
    }
    p->words = lower(a, arena_printf(a, "%s %s %s %s %s", p->title, p->checker, p->in_charge,
                                     time_day(a, p->started), query_text(q, 9, a)));
}

enum status past_load(const struct load_context *c, struct arena *a, const void **out) {
    struct past_model *m = ARENA_NEW(a, struct past_model);
    struct past_check *checks = ARENA_ARRAY(a, struct past_check, PAST_MOST);
    struct query q;
    for (query_open(&q, c->j, list_sql, 1, c->service); query_next(&q) && m->count < PAST_MOST;)
        read_check(c, a, &q, &checks[m->count++]);
    enum status s = query_close(&q);
    if (s) return s;
    m->checks = checks;
    m->total = (int)query_one_int(
        c->j, 0,
        "SELECT count(DISTINCT s.visit) FROM seal s JOIN visit v ON v.id = s.visit WHERE "
        "v.service = ?1 AND v.withdrawn = 0 AND s.withdrawn = 0",
        1, c->service);
    m->open = (int)query_one_int(
        c->j, 0,
        "SELECT count(*) FROM visit v WHERE v.service = ?1 AND v.withdrawn = 0 AND NOT EXISTS "
        "(SELECT 1 FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0)",
        1, c->service);
    m->service = "";
    query_open(&q, c->j, "SELECT name FROM service WHERE id = ?1", 1, c->service);
    if (query_next(&q)) m->service = query_text(&q, 0, a);
    s = query_close(&q);
    if (!s) s = erased_elsewhere(c->j, a, &m->erased);
    if (!s) *out = m;
    return s;
}
