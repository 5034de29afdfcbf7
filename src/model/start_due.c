/* start_due.c -- what is due here, which forms stand together, and where one may stand. */
#include "model/start_due.h"

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "model/action_rows.h"
#include "store/query.h"

#define LOOKED_AT_MOST 300 /* actions, of those that somebody says are done */
#define CHOOSING_MOST  (256 * 1024)
#define GROUPS_MOST    16
#define OWN_GROUP      "own"
#define OTHER_GROUP    "other"

/* ---- actions ---- */

static bool is_step(const struct action_step *s, const char *sort) {
    return text_equal(s->sort, sort);
}

/* When it was first said to be done, or seen working, since it was last open; 0 never. */
static int64_t since_open(const struct action_facts *f, const char *sort) {
    int64_t first = 0;
    for (int i = 0; i < f->steps_count; i++) {
        const struct action_step *s = &f->steps[i];
        if (is_step(s, "not_working") || is_step(s, "reopened"))
            first = 0;
        else if (!first && is_step(s, sort))
            first = s->at;
    }
    return first;
}

static void earliest(day_no *since, day_no day) {
    if (!*since || day < *since) *since = day;
}

static void look_at(const struct action_facts *f, int64_t now, struct propose_facts *out) {
    enum action_state state = action_state(f);
    int64_t first = since_open(f, state == ACTION_SAID_DONE ? "said_done" : "seen_working");
    if (!first) return;
    if (state == ACTION_SAID_DONE) {
        out->proof++;
        earliest(&out->proof_since, london_day(first));
        return;
    }
    int weeks = action_next_look_weeks(f, now);
    day_no due = london_day(first) + weeks * 7;
    if (!weeks || due > london_day(now)) return;
    out->again++;
    earliest(&out->again_since, due);
}

enum status start_actions(const struct load_context *c, struct arena *a,
                          struct propose_facts *out) {
    struct action_reader r = action_reader(c->j, c->service, c->wall_ms, c->night);
    struct action_row *rows = NULL;
    int n = 0, looked = 0;
    enum status s = action_rows_read(&r, a, &rows, &n);
    for (int i = 0; !s && i < n && looked < LOOKED_AT_MOST; i++) {
        if (rows[i].state != ACTION_SAID_DONE && rows[i].state != ACTION_SEEN_WORKING) continue;
        struct action_facts f = {0};
        s = action_facts_read(c->j, rows[i].id, a, &f);
        if (!s) look_at(&f, c->wall_ms, out);
        looked++;
    }
    return s;
}

/* ---- groups ---- */

static struct start_group *group_of(struct start_group *all, int n, const json *list,
                                    const struct start_form *f) {
    for (int i = 0; i < n; i++) {
        const json *forms = json_get(json_at(list, (size_t)i), "forms");
        for (size_t k = 0; k < json_count(forms); k++)
            if (text_equal(json_text(json_at(forms, k), ""), f->form->code)) return &all[i];
    }
    return NULL;
}

/* Where in its group a form stands: as in the file; forms of the provider's own by title. */
static int place_in(const json *forms, const char *code) {
    for (size_t k = 0; k < json_count(forms); k++)
        if (text_equal(json_text(json_at(forms, k), ""), code)) return (int)k;
    return (int)json_count(forms);
}

static void put_in(struct start_group *g, const json *forms, const struct start_model *m,
                   int form, day_no today) {
    int *list = (int *)(uintptr_t)g->forms, at = g->count++;
    int mine = place_in(forms, m->forms[form].form->code);
    for (; at > 0 && place_in(forms, m->forms[list[at - 1]].form->code) > mine; at--)
        list[at] = list[at - 1];
    list[at] = form;
    g->due += m->forms[form].due && m->forms[form].due <= today;
}

static void add_group(struct start_group *all, int *n, struct arena *a, const char *id,
                      int forms) {
    all[(*n)++] = (struct start_group){.id = arena_strdup(a, id),
                                       .name = arena_printf(a, "start.group_%s", id),
                                       .forms = ARENA_ARRAY(a, int, forms + 1)};
}

static void fill_groups(struct start_model *m, struct arena *a, const json *list,
                        day_no today) {
    struct start_group *all = ARENA_ARRAY(a, struct start_group, GROUPS_MOST + 2);
    int known = (int)json_count(list) < GROUPS_MOST ? (int)json_count(list) : GROUPS_MOST,
        n = 0;
    for (int i = 0; i < known; i++)
        add_group(all, &n, a, json_text(json_get(json_at(list, (size_t)i), "id"), ""),
                  m->forms_count);
    add_group(all, &n, a, OWN_GROUP, m->forms_count);
    add_group(all, &n, a, OTHER_GROUP, m->forms_count);
    for (int i = 0; i < m->forms_count; i++) {
        struct start_group *g = group_of(all, known, list, &m->forms[i]);
        if (!g) g = &all[m->forms[i].own ? known : known + 1];
        const json *forms =
            g < all + known ? json_get(json_at(list, (size_t)(g - all)), "forms") : NULL;
        put_in(g, forms, m, i, today);
    }
    for (int i = 0; i < n; i++)
        if (all[i].count) all[m->groups_count++] = all[i];
    m->groups = all;
}

/* Without the file everything stands in one group: it only sorts. */
enum status start_groups(const struct load_context *c, struct arena *a, struct start_model *m) {
    struct json_doc *doc = NULL;
    if (!text_blank(c->assets) &&
        json_load(&doc, path_join(a, c->assets, "choosing.json"), CHOOSING_MOST))
        log_line("forms in no groups: %s", status_detail());
    const json *list = doc ? json_get(json_root(doc), "groups") : NULL;
    fill_groups(m, a, list, m->facts.today);
    json_close(doc);
    return STATUS_OK;
}

/* ---- places ---- */

static bool made_for(const struct start_model *m, const char *sort) {
    for (int i = 0; i < m->forms_count; i++)
        for (int k = 0; k < m->forms[i].form->places_count; k++)
            if (text_equal(m->forms[i].form->places[k], sort)) return true;
    return false;
}

enum status start_places(const struct load_context *c, struct arena *a, struct start_model *m) {
    struct query q;
    const char **list = ARENA_ARRAY(a, const char *, 32);
    query_open(&q, c->j,
               "SELECT sort FROM area WHERE service = ?1 AND withdrawn = 0 AND sort IS NOT NULL"
               " AND sort <> 'other' GROUP BY sort ORDER BY count(*) DESC, sort",
               1, c->service);
    while (m->places_count < 32 && query_next(&q)) {
        const char *sort = query_text(&q, 0, a);
        if (made_for(m, sort)) list[m->places_count++] = sort;
    }
    m->places = list;
    return query_close(&q);
}
