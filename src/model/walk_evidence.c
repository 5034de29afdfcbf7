/* walk_evidence.c -- the photos and voice notes of a check, each list at the question it
 * belongs to. What belongs to an observation or an action is left to whoever shows those. */
#include "base/text.h"
#include "model/evidence_load.h"
#include "model/walk_build.h"

enum status walk_evidence_load(struct walk_build *b) {
    enum status s = b->c->reading
                        ? evidence_told_of_visit(b->c->j, b->a, b->m->visit, &b->m->evidence)
                        : evidence_of_visit(b->c->j, b->a, b->m->visit, &b->m->evidence);
    for (int i = 0; !s && i < b->done_count; i++)
        s = evidence_of_row(b->c->j, b->a, b->done[i].action, &b->done[i].evidence);
    return s;
}

static bool belongs(const struct evidence *e, const struct walk_item *i) {
    return !e->to && e->room == (i->room ? i->room->row : 0) &&
           text_equal(e->item, i->item->id);
}

static void place(struct walk_build *b, struct walk_item *i) {
    const struct evidence_list *from = &b->m->evidence;
    struct evidence *all = NULL;
    int n = 0;
    for (int k = 0; k < from->count; k++) {
        if (!belongs(&from->all[k], i)) continue;
        if (!all) all = ARENA_ARRAY(b->a, struct evidence, from->count - k);
        all[n++] = from->all[k];
    }
    i->evidence = (struct evidence_list){.all = all, .count = n};
}

void walk_evidence_place(struct walk_build *b) {
    if (!b->m->evidence.count) return;
    for (int s = 0; s < b->m->sections_count; s++)
        for (int i = 0; i < b->m->sections[s].items_count; i++)
            place(b, &b->m->sections[s].items[i]);
}
