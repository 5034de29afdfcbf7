/* gather_about.c -- the action that a proof or another look is about: what was promised, what
 * is claimed, and what the verdict will write into its history when the check is closed. Who
 * looked and when is taken from the verdict itself: it may be closed by another hand in the
 * morning. */
#include "model/gather_build.h"

#include "base/text.h"
#include "care/proof.h"
#include "care/rules.h"
#include "model/action_rows.h"
#include "model/roles.h"

#define WEEK_MS           (7 * 86400000LL)
#define CHOICES_OF_ACTION 12

static enum status load_action(struct gather_build *b, struct gather_about *k) {
    struct query q;
    query_open(&q, b->c->j,
               "SELECT id, reference, different, measure, must, found_at_night FROM action "
               "WHERE id = (SELECT about_action FROM visit WHERE id = ?1) AND withdrawn = 0",
               1, b->m->visit);
    if (query_next(&q))
        *k = (struct gather_about){.row = query_int(&q, 0),
                                   .reference = query_text(&q, 1, b->a),
                                   .different = query_text(&q, 2, b->a),
                                   .measure = query_text(&q, 3, b->a),
                                   .must = query_int(&q, 4) != 0,
                                   .found_at_night = query_int(&q, 5) != 0,
                                   .who = "",
                                   .claim = "",
                                   .reason = "",
                                   .step = "",
                                   .says = ""};
    return query_close(&q);
}

static enum status load_claim(struct gather_build *b, struct gather_about *k) {
    struct query q;
    query_open(&q, b->c->j,
               "SELECT coalesce(made_at, at), who, text FROM step WHERE action = ?1 AND sort = "
               "'said_done' AND withdrawn = 0 ORDER BY hlc DESC, lantern_order(id) LIMIT 1",
               1, k->row);
    if (query_next(&q)) {
        k->said_at = query_int(&q, 0);
        k->who = query_text(&q, 1, b->a);
        k->claim = query_text(&q, 2, b->a);
    }
    return query_close(&q);
}

static const struct walk_answer *answer_to(const struct walk_model *m, const struct item *item,
                                           const struct part *part) {
    for (int s = 0; part && s < m->sections_count; s++)
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int p = 0; (!item || w->item == item) && p < w->parts_count; p++)
                if (w->parts[p].part == part) return w->parts[p].answer;
        }
    return NULL;
}

static const char *word_of(const struct walk_answer *n) {
    return n && n->value.word ? n->value.word : "";
}

/* "I had no part in the work": no. */
static bool had_a_part(const struct walk_model *m) {
    for (int s = 0; s < m->sections_count; s++)
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            for (int p = 0; p < w->parts_count; p++)
                if (w->parts[p].part->kind == PART_YES_NO &&
                    text_equal(w->parts[p].part->id, "outside") &&
                    text_equal(word_of(w->parts[p].answer), "no"))
                    return true;
        }
    return false;
}

static int weeks_since_seen(const struct action_facts *f, int64_t now_ms) {
    int64_t first = 0;
    for (int i = 0; i < f->steps_count; i++) {
        const char *sort = f->steps[i].sort;
        if (text_equal(sort, "reopened") || text_equal(sort, "not_working")) first = 0;
        if (text_equal(sort, "seen_working") && !first) first = f->steps[i].at;
    }
    return first && now_ms > first ? (int)((now_ms - first) / WEEK_MS) : 0;
}

/* Who gave the verdict, and when; before there is one, who holds the tablet now. */
struct looked {
    row_id who;
    int64_t at;
};

static struct looked looked_at(struct gather_build *b, const struct walk_answer *verdict) {
    struct looked l = {journal_holder(b->c->j), b->c->wall_ms};
    struct query q;
    if (!verdict) return l;
    query_open(&q, b->c->j, "SELECT \"by\", at FROM answer WHERE id = ?1", 1, verdict->row);
    if (query_next(&q)) l = (struct looked){query_int(&q, 0), query_int(&q, 1)};
    if (query_close(&q)) l.who = 0;
    return l;
}

static const char *says_of(struct gather_build *b, const struct gather_about *k, bool good) {
    const char *name = arena_printf(b->a, "%s-%s", k->must ? "M" : "S", k->reference);
    if (!*k->step) return GATHER_SAY(b, "gather.no_verdict", name);
    if (good && text_equal(k->step, "update") && k->cannot)
        return GATHER_SAY(b, b->m->sealed ? "gather.was_refused" : "gather.step_refused", name,
                          GATHER_WORD(b, k->cannot));
    const char *key = b->m->sealed ? arena_printf(b->a, "gather.was_%s", k->step)
                                   : arena_printf(b->a, "gather.step_%s", k->step);
    return GATHER_SAY(b, key, name);
}

static enum status decide(struct gather_build *b, struct gather_about *k) {
    struct proof_parts parts;
    struct action_facts f;
    enum status s = action_facts_read(b->c->j, k->row, b->a, &f);
    if (s || !proof_parts_of(b->m->form, &parts)) return s;
    const struct walk_answer *verdict = answer_to(b->m, parts.item, parts.verdict);
    const struct walk_answer *reason = answer_to(b->m, parts.item, parts.reason);
    struct looked l = looked_at(b, verdict);
    while (f.steps_count && f.steps[f.steps_count - 1].at > l.at)
        f.steps_count--; /* what came later was not known then */
    int night = b->m->night_starts;
    int day = (int)query_one_int(b->c->j, DAY_STARTS_MIN,
                                 "SELECT coalesce(day_starts, 420) FROM service WHERE id = ?1",
                                 1, b->m->service);
    k->looked_at_night = night_at(l.at, night, day);
    k->cannot = action_cannot_verify(&f, l.who, k->looked_at_night, b->m->unannounced,
                                     role_outside(b->c->j, l.who, b->m->service));
    if (had_a_part(b->m)) k->cannot = "action.cannot_own";
    k->weeks = weeks_since_seen(&f, l.at);
    if (reason && reason->value.text) k->reason = reason->value.text;
    struct proof_verdict v = {.use = b->g->use,
                              .word = word_of(verdict),
                              .next = word_of(answer_to(b->m, NULL, parts.next)),
                              .may = k->cannot == NULL,
                              .weeks = k->weeks};
    k->step = proof_step(&v);
    k->says = says_of(b, k, text_equal(v.word, "proved") || text_equal(v.word, "yes"));
    return STATUS_OK;
}

/* Begun without an action: those it could be about. */
static enum status load_choices(struct gather_build *b) {
    const struct walk_model *m = b->m;
    struct action_reader r = action_reader(b->c->j, m->service, b->c->wall_ms, b->c->night);
    enum action_state wanted = b->g->use == USE_PROOF ? ACTION_SAID_DONE : ACTION_SEEN_WORKING;
    struct action_row *rows = NULL;
    int n = 0;
    enum status s = action_rows_read(&r, b->a, &rows, &n);
    struct gather_action *all = ARENA_ARRAY(b->a, struct gather_action, CHOICES_OF_ACTION);
    int kept = 0;
    for (int i = 0; !s && i < n && kept < CHOICES_OF_ACTION; i++)
        if (rows[i].state == wanted)
            all[kept++] = (struct gather_action){.row = rows[i].id,
                                                 .reference = rows[i].reference,
                                                 .different = rows[i].different,
                                                 .owner = rows[i].owner,
                                                 .due = rows[i].due,
                                                 .must = rows[i].must};
    b->g->choices = all;
    b->g->choices_count = kept;
    return s;
}

enum status gather_about(struct gather_build *b) {
    struct gather_about *k = ARENA_NEW(b->a, struct gather_about);
    enum status s = load_action(b, k);
    if (!s && !k->row && !b->c->reading) return load_choices(b);
    if (s || !k->row) return s;
    s = load_claim(b, k);
    if (!s) s = decide(b, k);
    if (s) return s;
    b->g->about = k;
    struct gather_block *block = gather_block_add(b, GATHER_WORD(b, "gather.about"), 2);
    struct gather_row *r =
        gather_row_add(block, arena_printf(b->a, "%s-%s  %s", k->must ? "M" : "S", k->reference,
                                           k->different));
    r->sub = k->measure;
    r->action = k->row;
    r = gather_row_add(block, k->says);
    r->sub = k->reason;
    return STATUS_OK;
}
