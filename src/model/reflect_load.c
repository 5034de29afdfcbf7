/* reflect_load.c -- what the holder wrote for nobody else. It lies among the drafts of this
 * tablet, under the holder's own number, sealed at rest where the tablet has PINs. */
#include "model/reflect_load.h"

#include "base/text.h"
#include "care/use.h"
#include "model/roles.h"
#include "store/vault.h"

static const struct template *private_form(const struct load_context *c) {
    for (size_t i = 0; i < c->templates_count; i++) {
        const struct template *t = c->templates[i];
        if (form_use(t) != USE_PRIVATE) continue;
        if (text_blank(c->word) || text_equal(c->word, t->code)) return form_whole(c, t);
    }
    return NULL;
}

static enum status read_kept(const struct load_context *c, struct arena *a,
                             const struct reflect_model *m, const char *what,
                             const char **out) {
    void *p = NULL;
    size_t n = 0;
    char *key = arena_printf(a, PRIVATE_KEY, (long long)m->holder, m->form->code, what);
    enum status s = draft_get(c->j, key, a, &p, &n);
    *out = s ? "" : p;
    if (s == STATUS_NOT_FOUND) s = STATUS_OK;
    status_clear();
    return s;
}

static enum status read_item(const struct load_context *c, struct arena *a,
                             struct reflect_model *m, const struct item *i) {
    struct reflect_item *k = &m->items[m->items_count++];
    const char *kept = "";
    enum status s = read_kept(c, a, m, i->id, &kept);
    *k = (struct reflect_item){.item = i, .text = ""};
    for (int p = 0; p < i->parts_count; p++)
        k->scored |= i->parts[p].kind == PART_SCORE;
    if (*kept >= '1' && *kept <= '4') k->score = *kept - '0';
    const char *line = strchr(kept, '\n');
    if (line) k->text = line + 1;
    m->said += k->score || !text_blank(k->text);
    return s;
}

enum status reflect_read(const struct load_context *c, struct arena *a,
                         const struct template *form, struct reflect_model *m) {
    const char *day = "";
    m->form = form;
    m->items = ARENA_ARRAY(a, struct reflect_item, REFLECT_ITEMS_MOST);
    enum status s = read_kept(c, a, m, PRIVATE_DAY, &day);
    m->begun = (day_no)strtol(day, NULL, 10);
    for (int i = 0; !s && i < form->items_count && i < REFLECT_ITEMS_MOST; i++)
        s = read_item(c, a, m, &form->items[i]);
    return s;
}

/* Where there are PINs only somebody with one can be told from the others. */
static enum status who_holds(const struct load_context *c, struct arena *a,
                             struct reflect_model *m) {
    struct vault_person *list = NULL;
    size_t n = 0;
    m->holder = journal_holder(c->j);
    m->holder_label = m->holder ? role_of(c->j, m->holder, a) : "";
    m->pins = journal_at_rest_sealed(c->j);
    enum status s = m->pins ? vault_list(c->j, a, &list, &n) : STATUS_OK;
    for (size_t i = 0; i < n; i++)
        m->pin |= list[i].person == m->holder;
    m->may = m->holder && (m->pin || !m->pins);
    return s;
}

enum status reflect_load(const struct load_context *c, struct arena *a, const void **out) {
    struct reflect_model *m = ARENA_NEW(a, struct reflect_model);
    const struct template *form = private_form(c);
    enum status s = who_holds(c, a, m);
    m->form = form;
    if (!s && form && m->may) s = reflect_read(c, a, form, m);
    if (!s) *out = m;
    return s;
}
