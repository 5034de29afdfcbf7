/* gather_load.c -- who was there, what will be done or why nothing, in the order in which it is
 * read out. */
#include "model/gather_build.h"

#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

#define ACTIONS_MOST 200

const char *const gather_groups[GATHER_GROUPS] = {"people", "families", "workers", "leaders",
                                                  "outside"};

bool gather_counts_people(enum form_use u) {
    return u == USE_MEETING || u == USE_CHECKLIST;
}

bool gather_wants_action(enum form_use u) {
    return u == USE_MEETING;
}

struct gather_block *gather_block_add(struct gather_build *b, const char *title,
                                      int rows_most) {
    BELIEVE(b->g->blocks_count < GATHER_BLOCKS_MOST);
    struct gather_block *k = &b->blocks[b->g->blocks_count++];
    *k = (struct gather_block){.title = title, .note = ""};
    k->rows = ARENA_ARRAY(b->a, struct gather_row, rows_most + 1);
    return k;
}

struct gather_row *gather_row_add(struct gather_block *k, const char *text) {
    struct gather_row *r = &k->rows[k->rows_count++];
    *r = (struct gather_row){.text = text, .sub = ""};
    return r;
}

static enum status load_visit(struct gather_build *b) {
    struct query q;
    query_open(&q, b->c->j,
               "SELECT present, no_action, no_action_text FROM visit WHERE id = ?1", 1,
               b->m->visit);
    b->g->present = b->g->no_action = b->g->no_action_text = "";
    if (query_next(&q)) {
        b->g->present = query_text(&q, 0, b->a);
        b->g->no_action = query_text(&q, 1, b->a);
        b->g->no_action_text = query_text(&q, 2, b->a);
    }
    return query_close(&q);
}

/* Not those that came from words in confidence: they are nobody's business here. */
static enum status load_actions(struct gather_build *b) {
    struct gather_action *all = ARENA_ARRAY(b->a, struct gather_action, ACTIONS_MOST);
    struct query q;
    int n = 0;
    for (query_open(
             &q, b->c->j,
             "SELECT x.id, x.due, x.reference, x.different, coalesce(nullif(x.owner_text, ''), "
             "p.label, ''), x.must FROM action x LEFT JOIN person p ON p.id = x.owner WHERE "
             "x.visit = ?1 AND x.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM observation o "
             "WHERE o.id = x.source AND o.restricted = 1) AND NOT EXISTS (SELECT 1 FROM "
             "feedback f WHERE f.id = x.source AND (f.restricted = 1 OR f.speaker = 'staff')) "
             "ORDER BY x.must DESC, x.due, x.hlc, lantern_order(x.id)",
             1, b->m->visit);
         n < ACTIONS_MOST && query_next(&q);)
        all[n++] = (struct gather_action){.row = query_int(&q, 0),
                                          .due = query_int(&q, 1),
                                          .reference = query_text(&q, 2, b->a),
                                          .different = query_text(&q, 3, b->a),
                                          .owner = query_text(&q, 4, b->a),
                                          .must = query_int(&q, 5) != 0};
    b->g->actions = all;
    b->g->actions_count = n;
    return query_close(&q);
}

/* ---- blocks ---- */

int64_t gather_list_count(const char *list, const char *id) {
    size_t len = strlen(id);
    for (const char *at = list; *at;) {
        if (strncmp(at, id, len) == 0 && at[len] == '=') return strtoll(at + len + 1, NULL, 10);
        at += strcspn(at, ",");
        if (*at) at++;
    }
    return 0;
}

static void who_was_there(struct gather_build *b) {
    struct gather_block *k = NULL;
    for (int i = 0; i < GATHER_GROUPS; i++) {
        int64_t n = gather_list_count(b->g->present, gather_groups[i]);
        if (n <= 0) continue;
        if (!k) k = gather_block_add(b, GATHER_WORD(b, "gather.who"), GATHER_GROUPS);
        const char *name =
            GATHER_WORD(b, arena_printf(b->a, "gather.group_%s", gather_groups[i]));
        gather_row_add(k, GATHER_SAY(b, "gather.group_count", name, int_text(b->a, n)));
    }
}

static const char *who_and_when(struct gather_build *b, const struct gather_action *x) {
    const char *who = text_blank(x->owner) ? GATHER_WORD(b, "gather.nobody") : x->owner;
    if (!x->due) return who;
    return GATHER_SAY(b, "gather.by_day", who, day_text(b->a, london_day(x->due)));
}

static const char *why_none(struct gather_build *b) {
    const struct gather *g = b->g;
    const char *said = GATHER_WORD(b, arena_printf(b->a, "gather.none_%s", g->no_action));
    if (text_equal(g->no_action, "other")) said = GATHER_WORD(b, "gather.nothing");
    if (text_blank(g->no_action_text)) return said;
    return GATHER_SAY(b, "gather.none_said", said, g->no_action_text);
}

static void what_will_be_done(struct gather_build *b) {
    const struct gather *g = b->g;
    bool none = !g->actions_count;
    bool said = !text_blank(g->no_action);
    if (none && !said && !gather_wants_action(g->use)) return;
    struct gather_block *k =
        gather_block_add(b, GATHER_WORD(b, "gather.done"), g->actions_count + 1);
    for (int i = 0; i < g->actions_count; i++) {
        const struct gather_action *x = &g->actions[i];
        const char *text =
            arena_printf(b->a, "%s-%s  %s", x->must ? "M" : "S", x->reference, x->different);
        struct gather_row *r = gather_row_add(k, text);
        r->sub = who_and_when(b, x);
        r->action = x->row;
    }
    if (!none && !said) return;
    if (!none && g->use == USE_MEETING) return; /* said before an action was found */
    gather_row_add(k, said ? why_none(b) : GATHER_WORD(b, "gather.not_said"));
}

enum status gather_load(const struct load_context *c, struct arena *a,
                        const struct walk_model *m, const struct gather **out) {
    struct gather_build b = {.c = c, .a = a, .m = m, .g = ARENA_NEW(a, struct gather)};
    b.blocks = ARENA_ARRAY(a, struct gather_block, GATHER_BLOCKS_MOST);
    b.g->use = form_use(m->form);
    b.g->blocks = b.blocks;
    enum status s = load_visit(&b);
    if (!s && b.g->use != USE_CHECK) s = load_actions(&b);
    if (s) return s;
    if (b.g->use != USE_CHECK) who_was_there(&b);
    if (b.g->use == USE_TEAM) s = gather_team(&b);
    if (b.g->use == USE_INTERVIEW) gather_talks(&b);
    if (b.g->use == USE_PILOT) s = gather_pilot(&b);
    if (use_of_action(b.g->use)) s = gather_about(&b);
    if (b.g->use == USE_MOCK && !c->reading) s = gather_mock(&b);
    if (s) return s;
    if (b.g->use != USE_CHECK && !use_of_action(b.g->use)) what_will_be_done(&b);
    *out = b.g;
    return STATUS_OK;
}
