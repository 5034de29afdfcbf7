/* found_before.c -- earlier checks of the same form on which the same item was not as it should
 * be. */
#include "model/found_before.h"

#include <string.h>

#include "base/text.h"
#include "care/rules.h"
#include "store/query.h"

/* Is this answer a finding, by rule? */
static bool is_finding(const struct query *q, const struct item *i, struct arena *a) {
    const struct part *p = item_part(i, query_text(q, 2, a));
    if (!p) return false;
    struct answer_value v = {
        .word = query_text(q, 3, a),
        .number = query_int(q, 4),
        .has_number = !query_null(q, 4),
        .of = query_int(q, 5),
        .has_of = !query_null(q, 5),
        .list = query_text(q, 6, a),
        .text = "",
        .severity = (int)query_int(q, 7),
    };
    bool answered = false;
    enum verdict verdict =
        verdict_of(p, &v, p->target_default, p->target_default_high, &answered);
    return verdict == VERDICT_BAD || verdict == VERDICT_PARTLY;
}

static void add_night(struct found_before *f, day_no night) {
    f->times++;
    if (f->nights_count == FOUND_DATES_MOST) {
        memmove(f->nights, f->nights + 1, sizeof f->nights - sizeof f->nights[0]);
        f->nights_count--;
    }
    f->nights[f->nights_count++] = night;
}

enum status found_before(struct journal *j, const struct template *t, row_id service,
                         const char *item, row_id visit, struct found_before *out) {
    const struct item *i = t && item && item[0] ? template_item(t, item) : NULL;
    struct found_before f = {0};
    if (!i) {
        *out = f;
        return STATUS_OK;
    }
    struct query q;
    struct arena a = {0};
    row_id counted = 0;
    query_open(
        &q, j,
        "SELECT v.id, v.night, a.part, a.word, a.number, a.\"of\", a.\"list\", a.severity "
        "FROM answer a JOIN visit v ON v.id = a.visit WHERE v.service = ?1 AND v.id <> ?2 "
        "AND a.withdrawn = 0 AND v.withdrawn = 0 AND a.item = ?3 AND v.template = ?4 "
        "ORDER BY v.started, v.hlc, lantern_order(v.id)",
        2, service, visit);
    query_bind_text(&q, 3, item);
    query_bind_text(&q, 4, t->code);
    while (query_next(&q)) {
        if (query_int(&q, 0) == counted || !is_finding(&q, i, &a)) continue;
        counted = query_int(&q, 0);
        add_night(&f, (day_no)query_int(&q, 1));
    }
    enum status s = query_close(&q);
    arena_release(&a);
    if (!s) *out = f;
    return s;
}
