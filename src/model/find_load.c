/* find_load.c -- every form with its questions, by when it was last done here, and the index.
 *
 * A card stands in the index once: forms made on tablets have cards of other forms, so of those
 * only the title is found. */
#include "model/find_load.h"

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "care/own_form.h"
#include "store/query.h"

#define CHOOSING_MOST (256 * 1024)

const struct find_form *find_form_coded(const struct find_model *m, const char *code) {
    for (int i = 0; i < m->forms_count; i++)
        if (text_equal(m->forms[i].form->code, code)) return &m->forms[i];
    return NULL;
}

const struct find_form *find_form_of(const struct find_model *m, const char *item) {
    const struct find_form *own = NULL;
    for (int i = 0; i < m->forms_count; i++) {
        if (!template_item(m->forms[i].form, item)) continue;
        if (!m->forms[i].own) return &m->forms[i];
        own = &m->forms[i];
    }
    return own;
}

static enum status load_last(const struct load_context *c, struct arena *a,
                             struct find_form *forms, int n) {
    struct query q;
    query_open(&q, c->j,
               "SELECT template, max(night) FROM visit WHERE service = ?1 AND withdrawn = 0 "
               "GROUP BY template",
               1, c->service);
    while (query_next(&q)) {
        const char *code = query_text(&q, 0, a);
        for (int i = 0; i < n; i++) {
            if (!text_equal(forms[i].form->code, code)) continue;
            forms[i].done = true;
            forms[i].last = (day_no)query_int(&q, 1);
        }
    }
    return query_close(&q);
}

static const char **texts_of(struct arena *a, const json *list, size_t *count) {
    const char **out = ARENA_ARRAY(a, const char *, json_count(list) + 1);
    *count = json_count(list);
    for (size_t i = 0; i < *count; i++)
        out[i] = arena_strdup(a, json_text(json_at(list, i), ""));
    return out;
}

static const char **known_of(struct arena *a, const json *map, size_t *count) {
    const char **out = ARENA_ARRAY(a, const char *, json_count(map) + 1);
    *count = json_count(map);
    for (size_t i = 0; i < *count; i++) {
        const json *words;
        const char *code = json_key_at(map, i, &words);
        out[i] = arena_printf(a, "%s %s", code, json_text(words, ""));
    }
    return out;
}

/* Without the file one still finds every word that a card says. */
static const struct search_speech *speech(const struct load_context *c, struct arena *a) {
    struct search_speech *s = ARENA_NEW(a, struct search_speech);
    struct json_doc *doc = NULL;
    if (text_blank(c->assets)) return s;
    if (json_load(&doc, path_join(a, c->assets, "choosing.json"), CHOOSING_MOST)) {
        log_line("search without its words: %s", status_detail());
        return s;
    }
    s->same = texts_of(a, json_get(json_root(doc), "same"), &s->same_count);
    s->known = known_of(a, json_get(json_root(doc), "known"), &s->known_count);
    json_close(doc);
    return s;
}

static const struct template *only_head(struct arena *a, const struct template *t) {
    struct template *head = arena_copy(a, t, sizeof *t);
    head->items = NULL;
    return head;
}

static void make_index(const struct load_context *c, struct arena *a, struct find_model *m) {
    const struct template **list = ARENA_ARRAY(a, const struct template *, m->forms_count + 1);
    for (int i = 0; i < m->forms_count; i++)
        list[i] = m->forms[i].own ? only_head(a, m->forms[i].form) : m->forms[i].form;
    m->index = search_build(a, list, (size_t)m->forms_count, speech(c, a));
}

enum status find_load(const struct load_context *c, struct arena *a, const void **out) {
    struct find_model *m = ARENA_NEW(a, struct find_model);
    struct find_form *forms = ARENA_ARRAY(a, struct find_form, c->templates_count + 1);
    struct query q;
    m->service = c->service;
    m->service_name = "";
    m->own_code = arena_strdup(a, c->word);
    m->forms = forms;
    for (size_t i = 0; i < c->templates_count; i++) {
        const struct template *t = form_whole(c, c->templates[i]);
        if (!t) continue; /* that was logged */
        forms[m->forms_count++] = (struct find_form){.form = t, .own = own_form_code(t->code)};
    }
    query_open(&q, c->j, "SELECT name FROM service WHERE id = ?1", 1, c->service);
    if (query_next(&q)) m->service_name = query_text(&q, 0, a);
    enum status s = query_close(&q);
    if (!s) s = load_last(c, a, forms, m->forms_count);
    if (s) return s;
    make_index(c, a, m);
    *out = m;
    return STATUS_OK;
}
