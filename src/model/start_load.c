/* start_load.c -- forms with when they were last done here, by the hour; modules by who waited
 * longest. */
#include "model/start_load.h"

#include "base/text.h"
#include "care/own_form.h"
#include "model/start_due.h"
#include "store/query.h"

#define LISTS_MAX 1000

struct build {
    const struct load_context *c;
    struct arena *a;
    struct start_model *m;
    struct start_form *forms;
};

static enum status load_services(struct build *b) {
    struct query q;
    struct start_service *list = ARENA_ARRAY(b->a, struct start_service, LISTS_MAX);
    int n = 0;
    query_open(
        &q, b->c->j,
        "SELECT id, name, setting FROM service WHERE withdrawn = 0 AND coalesce(closed, 0) = 0"
        " ORDER BY name, code, lantern_order(id)",
        0);
    while (n < LISTS_MAX && query_next(&q)) {
        list[n] =
            (struct start_service){.row = query_int(&q, 0), .name = query_text(&q, 1, b->a)};
        if (list[n].row == b->c->service) {
            b->m->service_name = list[n].name;
            b->m->setting = query_text(&q, 2, b->a);
        }
        n++;
    }
    b->m->services = list;
    b->m->services_count = n;
    return query_close(&q);
}

static enum status load_people(struct build *b) {
    struct query q;
    struct start_person *list = ARENA_ARRAY(b->a, struct start_person, LISTS_MAX);
    int n = 0;
    query_open(&q, b->c->j,
               "SELECT id, label, role FROM person WHERE service = ?1 AND withdrawn = 0 AND "
               "coalesce(\"left\", 0) = 0"
               " AND (shift IS NULL OR shift = 'both' OR shift = CASE ?2 WHEN 1 THEN 'night' "
               "ELSE 'day' END)"
               " ORDER BY label, lantern_order(id)",
               2, b->c->service, (int64_t)b->c->night);
    while (n < LISTS_MAX && query_next(&q)) {
        list[n++] = (struct start_person){.row = query_int(&q, 0),
                                          .label = query_text(&q, 1, b->a),
                                          .role = query_text(&q, 2, b->a)};
    }
    b->m->people = list;
    b->m->people_count = n;
    enum status s = query_close(&q);
    if (s) return s;
    query_open(&q, b->c->j, "SELECT label FROM person WHERE id = ?1", 1, b->m->holder);
    if (query_next(&q)) b->m->holder_label = query_text(&q, 0, b->a);
    return query_close(&q);
}

static struct start_form *form_coded(struct build *b, const char *code) {
    for (int i = 0; i < b->m->forms_count; i++) {
        if (text_equal(b->forms[i].form->code, code)) return &b->forms[i];
    }
    return NULL;
}

static enum status load_last(struct build *b) {
    struct query q;
    query_open(&q, b->c->j,
               "SELECT template, night, length FROM visit WHERE service = ?1 AND withdrawn = 0 "
               "ORDER BY started",
               1, b->c->service);
    while (query_next(&q)) {
        struct start_form *f = form_coded(b, query_text(&q, 0, b->a));
        if (!f) continue;
        f->done = true;
        f->last = (day_no)query_int(&q, 1);
        f->last_length = query_text(&q, 2, b->a);
    }
    return query_close(&q);
}

/* Only of forms with modules that were done here the questions are read: an item has to be
 * known to tell its module. */
static enum status load_module_last(struct build *b) {
    day_no **last = ARENA_ARRAY(b->a, day_no *, b->m->forms_count + 1);
    for (int i = 0; i < b->m->forms_count; i++) {
        last[i] = ARENA_ARRAY(b->a, day_no, b->forms[i].form->modules_count + 1);
        b->forms[i].module_last = last[i];
    }
    struct query q;
    query_open(
        &q, b->c->j,
        "SELECT v.template, a.item, max(v.night) FROM answer a JOIN visit v ON v.id = a.visit"
        " WHERE v.service = ?1 AND v.withdrawn = 0 AND a.withdrawn = 0 AND coalesce(a.word, "
        "'') <> 'not_seen'"
        " GROUP BY v.template, a.item",
        1, b->c->service);
    while (query_next(&q)) {
        struct start_form *f = form_coded(b, query_text(&q, 0, b->a));
        const struct template *whole =
            f && f->form->modules_count ? form_whole(b->c, f->form) : NULL;
        const struct item *item = whole ? template_item(whole, query_text(&q, 1, b->a)) : NULL;
        for (int k = 0; item && k < f->form->modules_count; k++) {
            day_no night = (day_no)query_int(&q, 2);
            day_no *slot = &last[f - b->forms][k];
            if (text_equal(f->form->modules[k].id, item->module) && night > *slot)
                *slot = night;
        }
    }
    return query_close(&q);
}

static void propose_modules(struct build *b) {
    for (int i = 0; i < b->m->forms_count; i++) {
        struct start_form *f = &b->forms[i];
        int n = f->form->modules_count < 2 ? f->form->modules_count : 2;
        if (n) modules_rotate(f->form, f->module_last, n, f->proposed);
        f->proposed_count = n;
    }
}

/* Forms of before said by their items for which services they are. */
static bool fits(const struct build *b, const struct template *form) {
    if (form->settings_count) return form_fits_setting(form, b->m->setting);
    bool any = !form->items || !form->items_count || !*b->m->setting;
    for (int i = 0; !any && i < form->items_count; i++) {
        const struct item *item = &form->items[i];
        any = !item->settings_count;
        for (int k = 0; !any && k < item->settings_count; k++)
            any = text_equal(item->settings[k], b->m->setting);
    }
    return any;
}

static void take_forms(struct build *b) {
    b->forms = ARENA_ARRAY(b->a, struct start_form, b->c->templates_count + 1);
    for (size_t i = 0; i < b->c->templates_count; i++) {
        const struct template *t = b->c->templates[i];
        bool wished = *b->c->word && text_equal(t->code, b->c->word);
        if (t->guide || (!wished && !fits(b, t))) continue;
        b->forms[b->m->forms_count++] =
            (struct start_form){.form = t, .own = own_form_code(t->code)};
    }
    b->m->forms = b->forms;
}

static void know(struct build *b) {
    struct propose_form *known = ARENA_ARRAY(b->a, struct propose_form, b->m->forms_count + 1);
    for (int i = 0; i < b->m->forms_count; i++) {
        struct start_form *f = &b->forms[i];
        known[i] = (struct propose_form){.form = f->form, .done = f->done, .last = f->last};
        f->due = form_due(&known[i]);
    }
    b->m->known = known;
    struct civil now = civil_london(b->c->wall_ms);
    b->m->facts = (struct propose_facts){.today = london_day(b->c->wall_ms),
                                         .minute = now.hour * 60 + now.minute,
                                         .night = b->c->night,
                                         .setting = b->m->setting,
                                         .place = "",
                                         .wished = arena_strdup(b->a, b->c->word)};
}

static int suggest(const struct build *b) {
    struct proposal p[PROPOSALS_MOST];
    int n = propose(b->m->known, b->m->forms_count, &b->m->facts, p);
    return n ? p[0].form : -1;
}

static enum status load_unfinished(struct build *b) {
    struct query q;
    query_open(&q, b->c->j,
               "SELECT v.id, v.template, v.started FROM visit v WHERE v.service = ?1 AND "
               "v.withdrawn = 0 AND NOT EXISTS"
               " (SELECT 1 FROM seal s WHERE s.visit = v.id AND s.withdrawn = 0) ORDER BY "
               "v.started DESC LIMIT 1",
               1, b->c->service);
    if (query_next(&q)) {
        const struct start_form *f = form_coded(b, query_text(&q, 1, b->a));
        b->m->unfinished = query_int(&q, 0);
        b->m->unfinished_form = f ? f->form->title : "";
        b->m->unfinished_at = query_int(&q, 2);
    }
    return query_close(&q);
}

enum status start_load(const struct load_context *c, struct arena *a, const void **out) {
    struct start_model *m = ARENA_NEW(a, struct start_model);
    struct build b = {.c = c, .a = a, .m = m};
    m->service = c->service;
    m->holder = journal_holder(c->j);
    m->service_name = m->setting = m->holder_label = m->unfinished_form = "";
    m->night = c->night;
    m->suggested = -1;
    enum status s = load_services(&b);
    if (!s) take_forms(&b);
    if (!s) s = load_people(&b);
    if (!s) s = load_last(&b);
    if (!s) s = load_module_last(&b);
    if (!s) s = load_unfinished(&b);
    if (s) return s;
    propose_modules(&b);
    know(&b);
    s = start_actions(c, a, &m->facts);
    if (!s) s = start_groups(c, a, m);
    if (!s) s = start_places(c, a, m);
    if (s) return s;
    m->suggested = suggest(&b);
    *out = m;
    return STATUS_OK;
}
