/* team_load.c -- the questions of a team's form, and how many have answered. What they said is
 * not read here: until everybody has had a turn nobody sees it. */
#include "model/team_load.h"

#include "base/text.h"
#include "care/rules.h"
#include "model/team_model.h"
#include "model/walk_load.h"

int team_options(const struct part *p, const struct words *w,
                 struct team_option out[TEAM_OPTIONS_MOST]) {
    int n = 0;
    if (p->kind == PART_YES_NO) {
        out[n++] = (struct team_option){"yes", word(w, "team.yes")};
        out[n++] = (struct team_option){"no", word(w, "team.no")};
        out[n++] = (struct team_option){"does_not_apply", word(w, "team.cannot_say")};
    }
    for (int i = 0; p->kind == PART_CHOICE && i < p->choices_count && n < TEAM_OPTIONS_MOST;
         i++)
        out[n++] = (struct team_option){p->choices[i].id, p->choices[i].text};
    return n;
}

static void add_items(struct team_model *m, const struct load_context *c, struct arena *a) {
    const struct template *t = m->walk->form;
    m->items = ARENA_ARRAY(a, struct team_item, TEAM_ITEMS_MOST);
    for (int i = 0; i < t->items_count && m->items_count < TEAM_ITEMS_MOST; i++) {
        struct team_item *k = &m->items[m->items_count];
        if (!item_applies(&t->items[i], m->walk->setting)) continue;
        k->item = &t->items[i];
        k->part = &t->items[i].parts[0];
        k->options_count = team_options(k->part, c->words, k->options);
        m->items_count += k->options_count > 0;
    }
}

enum status team_load(const struct load_context *c, struct arena *a, const void **out) {
    struct team_model *m = ARENA_NEW(a, struct team_model);
    const void *walk = NULL;
    struct load_context reading = *c;
    reading.reading = true;
    enum status s = walk_load(&reading, a, &walk);
    if (s) return s;
    m->walk = walk;
    *out = m;
    if (!m->walk->visit) return STATUS_OK;
    add_items(m, c, a);
    m->closed = m->walk->gather->team_answered > 0;
    void *p = NULL;
    size_t n = 0;
    s = draft_get(c->j, arena_printf(a, TEAM_DRAFT, (long long)m->walk->visit), a, &p, &n);
    if (!s) m->answered = (int)strtol(p, NULL, 10);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}
