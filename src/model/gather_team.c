/* gather_team.c -- how far a team's answers lie apart: per question the counts, the most
 * divided first. Fewer than five answers could point at somebody: they are neither kept nor
 * shown. */
#include <stdlib.h>

#include "model/gather_build.h"

#include "base/text.h"
#include "model/team_model.h"
#include "store/query.h"

struct spread {
    const struct item *item;
    int counts[TEAM_OPTIONS_MOST], options, total, most;
    struct team_option names[TEAM_OPTIONS_MOST];
    bool yes_no;
};

/* The smaller the largest group is beside all, the more they are divided. */
static int most_divided(const void *x, const void *y) {
    const struct spread *a = x, *b = y;
    int left = a->most * b->total, right = b->most * a->total;
    if (left != right) return left < right ? -1 : 1;
    return strcmp(a->item->id, b->item->id);
}

static bool read_spread(struct gather_build *b, const struct query *q, struct spread *out) {
    const struct item *item = template_item(b->m->form, query_text(q, 0, b->a));
    const struct part *part = item ? item_part(item, query_text(q, 1, b->a)) : NULL;
    if (!part) return false;
    const char *list = query_text(q, 2, b->a);
    *out = (struct spread){.item = item, .yes_no = part->kind == PART_YES_NO};
    out->options = team_options(part, b->c->words, out->names);
    for (int i = 0; i < out->options; i++) {
        int n = (int)gather_list_count(list, out->names[i].id);
        out->counts[i] = n;
        out->total += n;
        if (n > out->most) out->most = n;
    }
    return out->total >= GATHER_FEW;
}

static void add_row(struct gather_build *b, struct gather_block *k, const struct spread *s) {
    struct gather_row *r = gather_row_add(k, s->item->text);
    if (s->yes_no) {
        r->yes = s->counts[0];
        r->no = s->counts[1];
        r->neither = s->counts[2];
        r->of = s->total;
        return;
    }
    for (int i = 0; i < s->options; i++) {
        const char *one =
            GATHER_SAY(b, "gather.group_count", s->names[i].text, int_text(b->a, s->counts[i]));
        r->sub = *r->sub ? arena_printf(b->a, "%s · %s", r->sub, one) : one;
    }
}

enum status gather_team(struct gather_build *b) {
    struct spread *all = ARENA_ARRAY(b->a, struct spread, TEAM_ITEMS_MOST);
    struct query q;
    int n = 0;
    for (query_open(&q, b->c->j,
                    "SELECT item, coalesce(part, ''), list FROM answer WHERE visit = ?1 AND "
                    "repeat IS NULL AND list IS NOT NULL AND withdrawn = 0 ORDER BY hlc, "
                    "lantern_order(id)",
                    1, b->m->visit);
         n < TEAM_ITEMS_MOST && query_next(&q);)
        n += read_spread(b, &q, &all[n]);
    enum status s = query_close(&q);
    int answered = (int)gather_list_count(b->g->present, "workers");
    b->g->team_answered = answered;
    if (s || !answered) return s;
    if (n) qsort(all, (size_t)n, sizeof *all, most_divided);
    struct gather_block *k = gather_block_add(b, GATHER_WORD(b, "team.spread"), n);
    k->note = n ? GATHER_SAY(b, "team.spread_of", int_text(b->a, answered))
                : GATHER_WORD(b, "team.too_few");
    for (int i = 0; i < n; i++)
        add_row(b, k, &all[i]);
    return STATUS_OK;
}
