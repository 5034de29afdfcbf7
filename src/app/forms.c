/* forms.c -- the form a visit was made with: its own blob for ever, cached; else the built-in
 * of that code. */
#include "app/app_state.h"

#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

const struct template *form_by_code(const struct app *a, const char *code) {
    for (size_t i = 0; i < a->templates_count; i++)
        if (text_equal(a->templates[i]->code, code)) return a->templates[i];
    return NULL;
}

static const struct template *cached(struct app *a, const hash256 *h) {
    for (int i = 0; i < FORMS_MAX; i++)
        if (a->forms[i].form && hash_equal(&a->forms[i].hash, h)) return a->forms[i].form;
    return NULL;
}

static const struct template *read_blob(struct app *a, const hash256 *h, const char *code) {
    struct buf json = {0};
    struct template *t = NULL;
    enum status s = blob_get(a->j, h, &json);
    if (!s) s = template_read(&t, code, buf_str(&json), json.size);
    buf_release(&json);
    if (s) {
        log_line("form of a check not read: %s", status_key(s));
        return NULL;
    }
    struct cached_form *slot = &a->forms[a->forms_next++ % FORMS_MAX];
    template_close(slot->form);
    *slot = (struct cached_form){.hash = *h, .form = t};
    return t;
}

const struct template *form_of_visit(void *app, row_id visit) {
    struct app *a = app;
    hash256 h = {{0}};
    char code[32] = "";
    struct arena t = {0};
    struct query q;
    query_open(&q, a->j, "SELECT template, template_hash FROM visit WHERE id = ?1", 1, visit);
    if (query_next(&q)) {
        size_t n;
        text_copy(code, sizeof code, query_text(&q, 0, &t));
        const void *p = query_bytes(&q, 1, &n);
        if (n == sizeof h) memcpy(&h, p, sizeof h);
    }
    enum status s = query_close(&q);
    arena_release(&t);
    if (s || !code[0]) return NULL;
    const struct template *found = hash_is_zero(&h) ? NULL : cached(a, &h);
    if (!found && !hash_is_zero(&h) && blob_have(a->j, &h)) found = read_blob(a, &h, code);
    return found ? found : form_by_code(a, code);
}

/* The cache belongs to one database: its blobs may differ in the next. */
void forms_close(struct app *a) {
    for (int i = 0; i < FORMS_MAX; i++)
        template_close(a->forms[i].form);
    memset(a->forms, 0, sizeof a->forms);
    for (size_t i = 0; i < a->templates_count; i++)
        template_close(a->templates[i]);
    a->templates_count = 0;
}
