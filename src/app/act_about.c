/* act_about.c -- checks of one action: is it really done, and has it lasted?
 *
 * Journey: action's page → intent visit_start with the action → here: the form, what was
 * promised → the check is walked → seal → here: one step in the action's history. What the step
 * is follows from the verdict and the rules of actions (care/proof.h), not from who holds the
 * tablet last. */
#include "app/act_care.h"
#include "app/app_state.h"
#include "base/log.h"
#include "base/text.h"
#include "care/proof.h"
#include "model/walk_load.h"
#include "store/query.h"

/* ---- the form ---- */

/* The card that found it, and the form it stands in: that of the check it was raised on, else
 * today's of that code. */
static const struct template *found_in(struct act *t, row_id action, const struct item **card) {
    struct query q;
    const struct template *form = NULL;
    const char *item = "", *code = "";
    row_id visit = 0;
    query_open(&q, t->j, "SELECT visit, item, template FROM action WHERE id = ?1", 1, action);
    if (query_next(&q)) {
        visit = query_int(&q, 0);
        item = query_text(&q, 1, t->arena);
        code = query_text(&q, 2, t->arena);
    }
    if (query_close(&q) || !*item) return NULL;
    if (visit) form = act_template(t, visit);
    *card = form ? template_item(form, item) : NULL;
    if (!*card && *code) form = act_template_by_code(t, code);
    if (!*card && form) *card = template_item(form, item);
    return *card ? form : NULL;
}

enum status act_about_form(struct act *t, const struct template *form, row_id action,
                           struct buf *out) {
    const struct item *card = NULL;
    if (form_use(form) != USE_RETEST) return STATUS_OK;
    const struct template *from = found_in(t, action, &card);
    if (!from || from->guide || template_item(form, card->id)) return STATUS_OK;
    enum status s = retest_form_write(form, from, card, out);
    struct template *whole = NULL;
    if (!s) s = template_read(&whole, form->code, buf_str(out), out->size);
    template_close(whole);
    if (!s) return STATUS_OK;
    log_line("retest without its own card: %s", status_key(s)); /* then the general one */
    buf_release(out);
    *out = (struct buf){0};
    status_clear();
    return STATUS_OK;
}

/* ---- what was promised ---- */

static enum status copy_words(struct act *t, const struct template *form, row_id visit,
                              const char *id, const char *text, day_no day) {
    for (int i = 0; i < form->items_count; i++) {
        const struct part *p = item_part(&form->items[i], id);
        struct row r;
        if (!p || (text_blank(text) && !day)) continue;
        enum status s = act_answer_row(t, visit, form->items[i].id, p->id, 0, &r);
        if (s) return s;
        if (day) row_int(&r, "day", day);
        if (!day) row_text(&r, "text", text);
        return act_put(t, &r);
    }
    return STATUS_OK;
}

/* Nobody has to copy it by hand, and nobody copies it wrong. */
enum status act_about_copy(struct act *t, const struct template *form, row_id visit,
                           row_id action) {
    struct query q;
    const char *promised = "", *claim = "";
    day_no since = 0;
    if (form_use(form) != USE_PROOF) return STATUS_OK;
    query_open(&q, t->j, "SELECT different, measure FROM action WHERE id = ?1", 1, action);
    if (query_next(&q)) {
        promised = query_text(&q, 0, t->arena);
        const char *measure = query_text(&q, 1, t->arena);
        if (!text_blank(measure))
            promised = arena_printf(t->arena, "%s (%s)", promised, measure);
    }
    enum status s = query_close(&q);
    if (s) return s;
    query_open(&q, t->j,
               "SELECT text, coalesce(made_at, at) FROM step WHERE action = ?1 AND sort = "
               "'said_done' AND withdrawn = 0 ORDER BY hlc DESC, lantern_order(id) LIMIT 1",
               1, action);
    if (query_next(&q)) {
        claim = query_text(&q, 0, t->arena);
        since = london_day(query_int(&q, 1));
    }
    s = query_close(&q);
    if (!s) s = copy_words(t, form, visit, "promised", promised, 0);
    if (!s) s = copy_words(t, form, visit, "claim", claim, 0);
    if (!s && since) s = copy_words(t, form, visit, "since", "", since);
    return s;
}

/* Chosen after the check was begun. The card that first failed is put in as long as nothing was
 * answered: words must not change under answers. */
enum status act_visit_about(struct act *t, const struct intent *in) {
    struct row r;
    struct buf own = {0};
    hash256 name;
    const struct template *form = act_template(t, in->row);
    enum status s = act_row(t, &kind_visit, in->row, &r);
    if (s || !form || !use_of_action(form_use(form)) || row_get_int(&r, "about_action")) {
        t->nothing = true;
        return s;
    }
    bool empty =
        query_one_int(t->j, 1, "SELECT count(*) FROM answer WHERE visit = ?1", 1, in->row) == 0;
    if (empty) s = act_about_form(t, form, in->other, &own);
    if (!s && own.size) s = blob_put(t->j, own.data, own.size, &name);
    if (!s && own.size) row_hash(&r, "template_hash", &name);
    row_ref(&r, "about_action", in->other);
    if (!s) s = act_put(t, &r);
    if (!s) s = act_about_copy(t, form, in->row, in->other);
    buf_release(&own);
    return s;
}

/* ---- closing ---- */

static enum status read_about(struct act *t, row_id visit, const struct walk_model **out) {
    const void *walk = NULL;
    struct load_context c = app_context(t->app);
    c.row = visit;
    c.other = 0;
    c.word = c.word2 = "";
    c.reading = true;
    enum status s = walk_load(&c, t->arena, &walk);
    if (!s) *out = walk;
    return s;
}

enum status act_about_close(struct act *t, row_id visit) {
    const struct walk_model *w = NULL;
    row_id action =
        query_one_int(t->j, 0, "SELECT about_action FROM visit WHERE id = ?1", 1, visit);
    if (!action) return STATUS_OK;
    enum status s = read_about(t, visit, &w);
    if (s || !w->visit || !w->gather->about) return s;
    const struct gather_about *k = w->gather->about;
    if (text_blank(k->step)) return STATUS_OK;
    const char *text = text_blank(k->reason) ? w->form->title : k->reason;
    bool refused = text_equal(k->step, "update") && k->cannot;
    if (refused) text = arena_printf(t->arena, "%s (%s)", text, word(t->words, k->cannot));
    struct row r = row_new(&kind_step);
    row_ref(&r, "action", action);
    row_text(&r, "sort", k->step);
    row_text(&r, "text", text);
    row_ref(&r, "visit", visit);
    row_int(&r, "at_night", k->looked_at_night);
    row_int(&r, "unannounced", w->unannounced);
    if (k->weeks > 0 && !text_equal(k->step, "not_working")) row_int(&r, "weeks", k->weeks);
    return act_put(t, &r);
}
