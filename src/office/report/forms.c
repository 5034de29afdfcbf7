/* forms.c -- the form a check was made with: its own blob for ever; else the newest of that
 * code among the office's assets. */
#include "office/report/report.h"

#include "base/file.h"
#include "base/text.h"

#define FORMS_CACHED 16
#define FORMS_BUILT  64

struct forms {
    struct {
        hash256 hash;
        struct template *form;
    } cached[FORMS_CACHED];
    int next;
    struct template *built[FORMS_BUILT];
    size_t built_count;
};

enum status forms_open(struct report *r) {
    char **names, *dir = path_join(&r->arena, r->o->assets, "templates");
    size_t n;
    r->forms = ARENA_NEW(&r->arena, struct forms);
    enum status s = dir_list(&r->arena, dir, ".json", &names, &n);
    for (size_t i = 0; !s && i < n && r->forms->built_count < FORMS_BUILT; i++) {
        s = template_load(&r->forms->built[r->forms->built_count],
                          path_join(&r->arena, dir, names[i]));
        if (!s) r->forms->built_count++;
    }
    return s;
}

void forms_close(struct report *r) {
    if (!r->forms) return;
    for (int i = 0; i < FORMS_CACHED; i++)
        template_close(r->forms->cached[i].form);
    for (size_t i = 0; i < r->forms->built_count; i++)
        template_close(r->forms->built[i]);
}

static const struct template *built_in(const struct forms *f, const char *code) {
    for (size_t i = 0; i < f->built_count; i++)
        if (text_equal(f->built[i]->code, code)) return f->built[i];
    return NULL;
}

static const struct template *from_blob(struct report *r, const hash256 *h, const char *code) {
    struct forms *f = r->forms;
    struct buf json = {0};
    struct template *t = NULL;
    for (int i = 0; i < FORMS_CACHED; i++)
        if (f->cached[i].form && hash_equal(&f->cached[i].hash, h)) return f->cached[i].form;
    enum status s = blob_get(r->j, h, &json);
    if (!s) s = template_read(&t, code, buf_str(&json), json.size);
    buf_release(&json);
    if (s) {
        status_clear(); /* has not arrived, or is of a newer Lantern */
        return NULL;
    }
    int at = f->next++ % FORMS_CACHED;
    template_close(f->cached[at].form);
    f->cached[at].hash = *h;
    f->cached[at].form = t;
    return t;
}

const struct template *forms_of_visit(void *report, row_id visit) {
    struct report *r = report;
    struct query q;
    hash256 h = {{0}};
    char code[32] = "";
    int64_t edition = 0;
    query_open(&q, r->j,
               "SELECT template, template_hash, template_version FROM visit WHERE id = ?1", 1,
               visit);
    if (query_next(&q)) {
        size_t n;
        text_copy(code, sizeof code, query_text(&q, 0, &r->page));
        edition = query_int(&q, 2);
        const void *p = query_bytes(&q, 1, &n);
        if (p && n == sizeof h) memcpy(&h, p, sizeof h);
    }
    if (query_close(&q) || !code[0]) return NULL;
    const struct template *t = hash_is_zero(&h) ? NULL : from_blob(r, &h, code);
    if (t) return t;
    t = built_in(r->forms, code);
    bool other = t && edition && t->version != edition;
    return other ? NULL : t; /* never another edition's words under these answers */
}

const char *forms_title(struct report *r, row_id visit, const char *code) {
    const struct template *t = forms_of_visit(r, visit);
    return arena_strdup(&r->arena, t ? t->title : code);
}
