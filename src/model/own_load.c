/* own_load.c -- the form that is changed, the forms its cards may come from, the retired ones.
 */
#include "model/own_load.h"

#include "base/text.h"
#include "care/own_form.h"
#include "model/find_load.h"
#include "store/query.h"

#define RETIRED_MOST 40

/* The newest edition of a code decides whether it is offered. */
static enum status load_retired(const struct load_context *c, struct arena *a,
                                struct own_model *m) {
    struct query q;
    struct own_retired *list = ARENA_ARRAY(a, struct own_retired, RETIRED_MOST);
    const char *last = "";
    query_open(&q, c->j,
               "SELECT code, title, retired FROM template WHERE withdrawn = 0 AND code LIKE "
               "'" OWN_PREFIX
               "%' ORDER BY code, edition DESC, hlc DESC, lantern_order(id) DESC",
               0);
    while (m->retired_count < RETIRED_MOST && query_next(&q)) {
        const char *code = query_text(&q, 0, a);
        if (text_equal(code, last)) continue;
        last = code;
        if (query_int(&q, 2) != 1) continue;
        list[m->retired_count++] =
            (struct own_retired){.code = code, .title = query_text(&q, 1, a)};
    }
    m->retired = list;
    return query_close(&q);
}

enum status own_load(const struct load_context *c, struct arena *a, const void **out) {
    struct own_model *m = ARENA_NEW(a, struct own_model);
    const void *find = NULL;
    enum status s = find_load(c, a, &find);
    if (s) return s;
    m->find = *(const struct find_model *)find;
    m->code = arena_strdup(a, c->word);
    const struct find_form *now = find_form_coded(&m->find, m->code);
    if (now && now->own) {
        m->form = now->form;
        m->edition = now->form->version;
    } else {
        m->code = ""; /* retired or taken back meanwhile: what was picked is a new one */
    }
    s = load_retired(c, a, m);
    if (!s) *out = m;
    return s;
}
