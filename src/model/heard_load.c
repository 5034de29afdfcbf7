/* heard_load.c -- the conversation guides as prompts, one at a time, and what this talk has
 * brought so far. */
#include "model/heard_load.h"

#include "base/text.h"
#include "model/confide_load.h"
#include "model/evidence_load.h"
#include "model/heard_model.h"
#include "model/roles.h"
#include "store/query.h"

#define ANSWER_DAYS 5
#define SAID_MOST   64
#define TALK_MS     (3 * 3600000LL) /* no talk is longer */

const char *const speaker_words[SPEAKERS] = {
    "", "lives_here", "family", "staff", "professional", "visitor", "not_said", "showed_us"};

/* ---- a guide ---- */

static const struct part *copy_parts(const struct item *i, struct arena *a) {
    struct part *all = ARENA_ARRAY(a, struct part, i->parts_count + 1);
    for (int k = 0; k < i->parts_count; k++) {
        struct choice *choices = ARENA_ARRAY(a, struct choice, i->parts[k].choices_count + 1);
        all[k] = i->parts[k];
        all[k].id = arena_strdup(a, i->parts[k].id);
        all[k].text = arena_strdup(a, i->parts[k].text);
        all[k].unit = arena_strdup(a, i->parts[k].unit ? i->parts[k].unit : "");
        all[k].target = "";
        for (int n = 0; n < i->parts[k].choices_count; n++) {
            choices[n] = i->parts[k].choices[n];
            choices[n].id = arena_strdup(a, choices[n].id);
            choices[n].text = arena_strdup(a, choices[n].text);
        }
        all[k].choices = choices;
    }
    return all;
}

static enum heard_stage stage_of(const struct template *t, const struct item *i) {
    const char *section = t->sections[i->section].id;
    if (!text_blank(i->follow_up)) return STAGE_PROBE;
    if (text_equal(section, "open")) return STAGE_OPEN;
    return text_equal(section, "close") ? STAGE_CLOSE : STAGE_ASK;
}

static const char *copied(struct arena *a, const char *s) {
    return s ? arena_strdup(a, s) : "";
}

static struct heard_prompt prompt_of(const struct template *t, const struct item *i,
                                     struct arena *a) {
    struct heard_prompt p = {.id = copied(a, i->id),
                             .text = copied(a, i->text),
                             .help = copied(a, i->help),
                             .probe = copied(a, i->follow_up),
                             .statement = copied(a, i->statement),
                             .simple = copied(a, i->simple),
                             .picture = copied(a, i->picture),
                             .stage = stage_of(t, i),
                             .parts = copy_parts(i, a),
                             .parts_count = i->parts_count};
    for (int k = 0; k < p.parts_count; k++) {
        p.words += p.parts[k].kind == PART_WORDS;
        p.consent = p.consent || (p.stage == STAGE_OPEN && text_equal(p.parts[k].id, "may") &&
                                  p.parts[k].kind == PART_CHOICE);
    }
    return p;
}

static bool asks_consent(const struct heard_guide *g) {
    for (int i = 0; i < g->count; i++)
        if (g->prompts[i].consent) return true;
    return false;
}

/* Every talk opens with who I am and whether I may write, also where a guide leaves that to its
 * first section's line. */
static struct heard_prompt opening(const struct load_context *c) {
    return (struct heard_prompt){.id = "",
                                 .text = word(c->words, "heard.open_text"),
                                 .help = word(c->words, "heard.open_help"),
                                 .probe = "",
                                 .statement = "",
                                 .simple = "",
                                 .picture = "",
                                 .stage = STAGE_OPEN,
                                 .consent = true};
}

static void read_guide(const struct load_context *c, const struct template *t, struct arena *a,
                       struct heard_guide *g) {
    struct heard_prompt *all = ARENA_ARRAY(a, struct heard_prompt, PROMPTS_MOST);
    *g = (struct heard_guide){.prompts = all};
    for (int s = 0; s < STAGES; s++)
        g->about[s] = "";
    all[g->count++] = opening(c);
    for (int stage = STAGE_OPEN; stage < STAGES; stage++)
        for (int k = 0; k < t->items_count && g->count < PROMPTS_MOST; k++) {
            if ((int)stage_of(t, &t->items[k]) != stage) continue;
            g->about[stage] = copied(a, t->sections[t->items[k].section].about);
            all[g->count++] = prompt_of(t, &t->items[k], a);
        }
    g->prompts = all + 1;
    g->count--;
    if (!asks_consent(g)) g->prompts = all, g->count++;
    for (int i = g->count; i-- > 0;) {
        g->first[g->prompts[i].stage] = i;
        g->of[g->prompts[i].stage]++;
        g->pages += g->prompts[i].stage != STAGE_PROBE;
    }
}

static void read_guides(const struct load_context *c, struct arena *a, struct heard_model *m) {
    for (int who = SPEAKER_LIVES_HERE; who < SPEAKERS; who++) {
        for (size_t i = 0; i < c->templates_count && !m->guides[who].count; i++) {
            const struct template *t = c->templates[i];
            if (!t->guide || !text_equal(t->speaker, speaker_words[who])) continue;
            t = form_whole(c, t);
            if (t) read_guide(c, t, a, &m->guides[who]);
        }
    }
    m->guides[SPEAKER_SHOWED_US] = m->guides[SPEAKER_LIVES_HERE]; /* its cards */
}

/* ---- what was kept of the talk so far ---- */

static enum status read_said(const struct load_context *c, struct arena *a,
                             struct heard_model *m) {
    struct query q;
    struct heard_said *all = ARENA_ARRAY(a, struct heard_said, SAID_MOST);
    int n = 0;
    for (query_open(&q, c->j,
                    "SELECT id, coalesce(made_at, at), speaker, prompt, question, text, marks, "
                    "sort, face FROM feedback WHERE withdrawn = 0 AND restricted IS NOT 1 AND "
                    "speaker IS NOT 'staff' AND coalesce(made_at, at) >= ?3 AND ((?1 <> 0 AND "
                    "visit = ?1) OR (?1 = 0 AND visit IS NULL AND service = ?2)) ORDER BY hlc, "
                    "lantern_order(id)",
                    3, m->visit, m->service, c->wall_ms - TALK_MS);
         n < SAID_MOST && query_next(&q);)
        all[n++] = (struct heard_said){.row = query_int(&q, 0),
                                       .at = query_int(&q, 1),
                                       .speaker = query_text(&q, 2, a),
                                       .prompt = query_text(&q, 3, a),
                                       .question = query_text(&q, 4, a),
                                       .text = query_text(&q, 5, a),
                                       .marks = query_text(&q, 6, a),
                                       .sort = query_text(&q, 7, a),
                                       .face = (int)query_int(&q, 8)};
    m->said = all;
    m->said_count = n;
    return query_close(&q);
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
    if (!s) s = read_said(c, a, m);
    if (!s) s = evidence_waiting(c->j, a, "heard", c->row, "", &m->notes);
    if (s) return s;
    m->ring = ring;
    *out = m;
    return STATUS_OK;
}
