/* heard_load.c -- the conversation guides as prompts, one at a time. */
#include "model/heard_load.h"

#include "base/text.h"
#include "model/confide_load.h"
#include "model/evidence_load.h"
#include "model/heard_model.h"
#include "model/roles.h"
#include "store/query.h"

#define ANSWER_DAYS 5

const char *const speaker_words[SPEAKERS] = {
    "", "lives_here", "family", "staff", "professional", "visitor", "not_said", "showed_us"};

/* Prompts are the items that are answered in a person's own words; probes come after them. */
static void add_prompts(const struct template *t, bool probes, struct arena *a,
                        struct heard_prompt *all, int *n) {
    for (int k = 0; k < t->items_count && *n < PROMPTS_MOST; k++) {
        const struct item *i = &t->items[k];
        bool probe = i->follow_up && i->follow_up[0];
        if (probe != probes || !i->parts_count || i->parts[0].kind != PART_WORDS) continue;
        all[(*n)++] = (struct heard_prompt){.id = arena_strdup(a, i->id),
                                            .text = arena_strdup(a, i->text),
                                            .help = arena_strdup(a, i->help),
                                            .probe = arena_strdup(a, i->follow_up),
                                            .statement = arena_strdup(a, i->statement)};
    }
}

static void read_guides(const struct load_context *c, struct arena *a, struct heard_model *m) {
    for (int who = SPEAKER_LIVES_HERE; who < SPEAKERS; who++) {
        for (size_t i = 0; i < c->templates_count; i++) {
            const struct template *t = c->templates[i];
            if (!t->guide || !text_equal(t->speaker, speaker_words[who])) continue;
            t = form_whole(c, t);
            if (!t) continue;
            struct heard_prompt *all = ARENA_ARRAY(a, struct heard_prompt, PROMPTS_MOST);
            int n = 0;
            add_prompts(t, false, a, all, &n);
            add_prompts(t, true, a, all, &n);
            m->guides[who] = (struct heard_guide){.prompts = all, .count = n};
            break;
        }
    }
}

enum status heard_load(const struct load_context *c, struct arena *a, const void **out) {
    struct heard_model *m = ARENA_NEW(a, struct heard_model);
    struct ring_line *ring = NULL;
    struct query q;
    m->visit = c->row;
    m->service = visit_service(c->j, c->row, c->service);
    m->service_name = m->speak_up = "";
    m->now_ms = c->wall_ms;
    m->answer_by = london_day(c->wall_ms) + ANSWER_DAYS;
    read_guides(c, a, m);
    query_open(
        &q, c->j,
        "SELECT s.name, p.speak_up FROM service s LEFT JOIN provider p ON p.id = s.provider "
        "WHERE s.id = ?1",
        1, m->service);
    if (query_next(&q)) {
        m->service_name = query_text(&q, 0, a);
        m->speak_up = query_text(&q, 1, a);
    }
    enum status s = query_close(&q);
    if (!s)
        s = contacts_for(c->j, m->service, "speak_up,regulator,council", a, &ring,
                         &m->ring_count);
    if (!s) s = confide_load(c, m->service, a, &m->confide);
    if (!s) s = evidence_waiting(c->j, a, "heard", c->row, "", &m->notes);
    if (s) return s;
    m->ring = ring;
    *out = m;
    return STATUS_OK;
}
