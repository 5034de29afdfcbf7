/* forms.c -- which forms there are, and the form a visit was made with.
 *
 * Built-in forms are files of the assets; a provider's and the tablet's own are rows of
 * `template` with a blob. At the start only their heads are read (opening is a promise), the
 * questions when somebody opens one. A visit keeps its own blob for ever.
 * A form from a pack is read whole once, before it is offered: a wrong one never takes the
 * place of an earlier edition or of the built-in. That it held is remembered by its hash. */
#include <inttypes.h>
#include <stdlib.h>

#include "app/app_state.h"
#include "app/screens.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

/* ---- reading one ---- */

static enum status read_bytes(struct app *a, const char *code, const hash256 *blob,
                              struct buf *out) {
    if (!hash_is_zero(blob)) return blob_get(a->j, blob, out);
    struct arena t = {0};
    const char *name = arena_printf(&t, "templates/%s.json", code);
    enum status s = file_read(path_join(&t, a->assets, name), TEMPLATE_BYTES_MAX, out);
    arena_release(&t);
    return s;
}

const struct template *form_read_whole(void *app, const struct template *head) {
    struct app *a = app;
    for (size_t i = 0; i < a->templates_count; i++) {
        struct known_form *k = &a->known[i];
        if (k->form != head) continue;
        struct buf json = {0};
        enum status s =
            k->form->items ? STATUS_OK : read_bytes(a, k->form->code, &k->blob, &json);
        if (!s) s = template_fill(k->form, k->form->code, buf_str(&json), json.size);
        buf_release(&json);
        if (s) log_line("form %s not read: %s", head->code, status_key(s));
        return s ? NULL : k->form;
    }
    return head->items ? head : NULL;
}

const struct template *form_by_code(struct app *a, const char *code) {
    for (size_t i = 0; i < a->templates_count; i++)
        if (text_equal(a->templates[i]->code, code)) return form_read_whole(a, a->templates[i]);
    return NULL;
}

/* ---- which there are ---- */

/* A form of the database stands before the built-in of its code. */
static void take_in(struct app *a, struct template *t, const hash256 *blob) {
    for (size_t i = 0; i < a->templates_count; i++) {
        if (!text_equal(a->known[i].form->code, t->code)) continue;
        template_close(a->known[i].form);
        a->known[i] = (struct known_form){t, *blob};
        return;
    }
    if (a->templates_count == TEMPLATES_MAX) {
        log_line("form %s left out: more than %d forms", t->code, TEMPLATES_MAX);
        template_close(t);
        return;
    }
    a->known[a->templates_count++] = (struct known_form){t, *blob};
}

/* Built-in forms that do not hold are a defect of ours. */
static enum status built_in(struct app *a, struct arena *t) {
    char **names;
    size_t n;
    char *dir = path_join(t, a->assets, "templates");
    enum status s = dir_list(t, dir, ".json", &names, &n);
    for (size_t i = 0; !s && i < n; i++) {
        struct buf json = {0};
        struct template *form = NULL;
        s = file_read(path_join(t, dir, names[i]), TEMPLATE_BYTES_MAX, &json);
        if (!s) s = template_head(&form, names[i], buf_str(&json), json.size);
        buf_release(&json);
        if (!s) take_in(a, form, &(hash256){{0}});
    }
    return s;
}

struct edition {
    const char *code;
    hash256 blob;
    bool retired, known;
};

static enum status read_editions(struct app *a, struct arena *t, struct edition **out,
                                 int *count) {
    int most =
        (int)query_one_int(a->j, 0, "SELECT count(*) FROM template WHERE withdrawn = 0", 0);
    struct query q;
    struct edition *all = ARENA_ARRAY(t, struct edition, most + 1);
    int n = 0;
    for (query_open(&q, a->j,
                    "SELECT code, hash, retired FROM template WHERE withdrawn = 0 ORDER BY "
                    "code, edition DESC, hlc DESC, lantern_order(id) DESC",
                    0);
         n < most && query_next(&q);) {
        size_t size;
        struct edition *e = &all[n++];
        e->code = query_text(&q, 0, t);
        const void *hash = query_bytes(&q, 1, &size);
        e->known = size == sizeof e->blob;
        if (e->known) memcpy(&e->blob, hash, size);
        e->retired = query_int(&q, 2) != 0;
    }
    *out = all;
    *count = n;
    return query_close(&q);
}

/* Under which it is remembered that this very form was read whole by this program. */
static const char *held_key(struct arena *t, const hash256 *blob) {
    uint64_t first;
    memcpy(&first, blob->b, sizeof first);
    return arena_printf(t, "form_held/%016" PRIx64, first);
}

static struct template *read_edition(struct app *a, struct arena *t, const struct edition *e) {
    struct buf json = {0};
    struct template *form = NULL;
    const char *key = held_key(t, &e->blob), *held = local_get(a->j, key, t);
    bool seen = held && text_equal(held, LANTERN_VERSION);
    enum status s = e->known ? blob_get(a->j, &e->blob, &json) : STATUS_NOT_FOUND;
    if (!s && seen) s = template_head(&form, e->code, buf_str(&json), json.size);
    if (!s && !seen) s = template_read(&form, e->code, buf_str(&json), json.size);
    if (!s && !text_equal(form->code, e->code))
        s = status_fail(STATUS_INVALID, "%s: calls itself %s", e->code, form->code);
    if (!s && !seen && local_put(a->j, key, LANTERN_VERSION))
        log_line("form %s: not noted that it holds", e->code);
    buf_release(&json);
    if (!s) return form;
    log_line("form %s left out: %s", e->code, status_key(s));
    template_close(form);
    return NULL;
}

/* Of each code the newest edition that can be read; none when the newest is retired. */
static void from_database(struct app *a, struct arena *t) {
    struct edition *all = NULL;
    int n = 0;
    if (read_editions(a, t, &all, &n)) {
        log_line("forms of the database not read");
        return;
    }
    for (int i = 0, next; i < n; i = next) {
        struct template *form = NULL;
        for (next = i + 1; next < n && text_equal(all[next].code, all[i].code);)
            next++;
        for (int k = i; k < next && !form && !all[i].retired; k++) {
            form = read_edition(a, t, &all[k]);
            if (form) take_in(a, form, &all[k].blob);
        }
    }
}

static int by_title(const void *x, const void *y) {
    const struct known_form *a = x, *b = y;
    int order = strcmp(a->form->title, b->form->title);
    return order ? order : strcmp(a->form->code, b->form->code);
}

/* Two forms cannot come or go without changing it: each does so by a record of its own, which
 * may be older than what is here when it comes from elsewhere. The remainder keeps the sum from
 * running over. */
static uint64_t stand_of(struct app *a) {
    return (uint64_t)query_one_int(
        a->j, 0,
        "SELECT coalesce(sum(hlc % 1000000000039) + count(*) + sum(withdrawn), 0) FROM "
        "template",
        0);
}

static void close_known(struct app *a) {
    for (size_t i = 0; i < a->templates_count; i++)
        template_close(a->known[i].form);
    a->templates_count = 0;
}

enum status forms_open(struct app *a) {
    struct arena t = {0};
    close_known(a);
    a->templates_stand = stand_of(a);
    enum status s = built_in(a, &t);
    if (!s) from_database(a, &t);
    qsort(a->known, a->templates_count, sizeof a->known[0], by_title);
    for (size_t i = 0; i < a->templates_count; i++)
        a->templates[i] = a->known[i].form;
    arena_release(&t);
    return s;
}

static void drop_form(struct app *a, int i) {
    template_close(a->forms[i].form);
    a->forms[i] = a->forms[--a->forms_count];
    a->forms[a->forms_count] = (struct cached_form){0};
}

static int least_used(const struct app *a) {
    int least = 0;
    for (int i = 1; i < a->forms_count; i++)
        if (a->forms[i].used < a->forms[least].used) least = i;
    return least;
}

/* Between two models: a model may point into every form it asked for. */
void forms_refresh(struct app *a) {
    while (a->forms_count > FORMS_MAX)
        drop_form(a, least_used(a));
    if (stand_of(a) == a->templates_stand) return;
    if (forms_open(a)) log_line("forms not read again");
}

/* ---- the form of a visit ---- */

static const struct template *cached(struct app *a, const hash256 *h) {
    for (int i = 0; i < a->forms_count; i++) {
        if (!hash_equal(&a->forms[i].hash, h)) continue;
        a->forms[i].used = ++a->forms_asked;
        return a->forms[i].form;
    }
    return NULL;
}

static const struct template *read_blob(struct app *a, const hash256 *h, const char *code) {
    struct buf json = {0};
    struct template *t = NULL;
    if (a->forms_count == FORMS_ROOM) {
        log_line("form of a check not read: more than %d at once", FORMS_ROOM);
        return NULL;
    }
    enum status s = blob_get(a->j, h, &json);
    if (!s) s = template_read(&t, code, buf_str(&json), json.size);
    buf_release(&json);
    if (s) {
        log_line("form of a check not read: %s", status_key(s));
        return NULL;
    }
    a->forms[a->forms_count++] =
        (struct cached_form){.hash = *h, .form = t, .used = ++a->forms_asked};
    return t;
}

const struct template *form_of_visit(void *app, row_id visit) {
    struct app *a = app;
    hash256 h = {{0}};
    char code[32] = "";
    int64_t edition = 0;
    struct arena t = {0};
    struct query q;
    query_open(&q, a->j,
               "SELECT template, template_hash, template_version FROM visit WHERE id = ?1", 1,
               visit);
    if (query_next(&q)) {
        size_t n;
        text_copy(code, sizeof code, query_text(&q, 0, &t));
        edition = query_int(&q, 2);
        const void *p = query_bytes(&q, 1, &n);
        if (n == sizeof h) memcpy(&h, p, sizeof h);
    }
    enum status s = query_close(&q);
    arena_release(&t);
    if (s || !code[0]) return NULL;
    const struct template *found = hash_is_zero(&h) ? NULL : cached(a, &h);
    if (!found && !hash_is_zero(&h) && blob_have(a->j, &h)) found = read_blob(a, &h, code);
    if (found) return found;
    found = form_by_code(a, code);
    bool other = found && edition && found->version != edition;
    return other ? NULL : found; /* never another edition's words under these answers */
}

/* The caches belong to one database, and nothing of them may stay on a locked tablet. */
void forms_close(struct app *a) {
    walk_cache_forget(&a->walked);
    while (a->forms_count)
        drop_form(a, 0);
    close_known(a);
}
