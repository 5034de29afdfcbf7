/* paper_action.c -- one action from the day it was raised: what will be different, who and
 * until when, every step, and the same place before and after. */
#include "app/paper_inside.h"

#include "model/action_load.h"
#include "model/action_model.h"
#include "store/query.h"

static const char *state_words(struct paper *d, const struct action_row *r) {
    switch (r->state) {
    case ACTION_OPEN:
        return paper_word(d, r->overdue ? "action.state_overdue" : "action.state_open");
    case ACTION_SAID_DONE:
        return paper_word(d, "action.state_said_done");
    case ACTION_SEEN_WORKING:
        return paper_word(d, "action.state_seen_working");
    case ACTION_LASTED:
        return paper_word(d, "action.state_lasted");
    case ACTION_CLOSED:
        return paper_word(d, "action.state_closed");
    }
    return "";
}

static void facts(struct paper *d, const struct action_model *m) {
    pdf_skip(d->p, 14);
    paper_fact(d, paper_word(d, "paper.state"), state_words(d, &m->row));
    paper_fact(d, paper_word(d, "paper.owner"),
               text_blank(m->row.owner) ? paper_word(d, "morning.nobody")
                                        : paper_typed(d, m->row.owner));
    if (m->row.due)
        paper_fact(d, paper_word(d, "paper.due_by"),
                   m->row.moved ? arena_printf(d->a, "%s. %s", paper_when(d, m->row.due),
                                               paper_word(d, "action.date_moved"))
                                : paper_when(d, m->row.due));
    paper_fact(d, paper_word(d, "action.measure"), paper_typed(d, m->measure));
    paper_fact(d, paper_word(d, "action.baseline"), paper_typed(d, m->baseline));
    paper_fact(d, paper_word(d, "action.where"), m->area);
    paper_fact(d, paper_word(d, "action.from"), m->item);
    if (m->found_at_night)
        paper_fact(d, paper_word(d, "action.found_at_night"),
                   paper_word(d, "action.found_at_night_text"));
    paper_fact(d, paper_word(d, "action.why"), paper_typed(d, m->why));
    for (int i = 0; i < m->laws_count; i++)
        paper_fact(d, PAPER_SAY(d, "raise.regulation", m->laws[i].number), m->laws[i].title);
}

/* ---- photos: each later one beside the one it is compared with ---- */

static const struct evidence *photo(const struct evidence_list *l, int64_t row) {
    for (int i = 0; i < l->count; i++)
        if (l->all[i].row == row && l->all[i].sort == EVIDENCE_PHOTO) return &l->all[i];
    return NULL;
}

static bool in_a_pair(const struct evidence_list *l, const struct evidence *e) {
    if (e->before && photo(l, e->before)) return true;
    for (int i = 0; i < l->count; i++)
        if (l->all[i].before == e->row) return true;
    return false;
}

static void photos(struct paper *d, const struct evidence_list *l) {
    const struct evidence **alone = ARENA_ARRAY(d->a, const struct evidence *, l->count + 1);
    int n = 0, all = 0;
    for (int i = 0; i < l->count; i++)
        all += l->all[i].sort == EVIDENCE_PHOTO;
    if (!all) return;
    paper_chapter(d, paper_word(d, "paper.pictures"), 200);
    for (int i = 0; i < l->count; i++) {
        const struct evidence *e = &l->all[i];
        if (e->sort != EVIDENCE_PHOTO) continue;
        if (e->before && photo(l, e->before)) paper_pair(d, photo(l, e->before), e);
        if (!in_a_pair(l, e)) alone[n++] = e;
    }
    paper_photos(d, d->area.x, alone, n);
}

/* ---- history ---- */

static const char *circumstances(struct paper *d, const struct action_moment *k) {
    const char *said = "";
    bool looked = text_equal(k->sort, "seen_working") || text_equal(k->sort, "not_working") ||
                  text_equal(k->sort, "lasted") || text_equal(k->sort, "raised");
    if (!text_blank(k->by)) said = paper_masked(d, k->by);
    if (!text_blank(k->who))
        said = arena_printf(d->a, "%s%s%s", said, *said ? " · " : "",
                            PAPER_SAY(d, "action.says", paper_masked(d, k->who)));
    if (looked && k->at_night)
        said = arena_printf(d->a, "%s%s%s", said, *said ? " · " : "",
                            paper_word(d, "action.at_night"));
    if (looked && k->unannounced)
        said = arena_printf(d->a, "%s · %s", said, paper_word(d, "action.unannounced"));
    return said;
}

static void moment(struct paper *d, const struct action_moment *k) {
    const char *name = paper_word(d, arena_printf(d->a, "action.sort_%s", k->sort));
    if (text_equal(k->sort, "moved") && k->due)
        name = PAPER_SAY(d, "action.moved_to", paper_when(d, k->due));
    if (k->weeks > 0) name = PAPER_SAY(d, "action.weeks", int_text(d->a, k->weeks), name);
    const char *said = circumstances(d, k), *text = paper_typed(d, k->text);
    const char *all = text_blank(said) ? name : arena_printf(d->a, "%s · %s", name, said);
    if (!text_equal(k->sort, "raised") && !text_blank(text))
        all = arena_printf(d->a, "%s\n%s", all, text);
    paper_fact(d, paper_when(d, k->at), all);
}

/* Photos of the action itself and of its steps. */
static enum status read_evidence(struct paper *d, row_id action) {
    struct query q;
    struct buf all = {0};
    row_id rows[200];
    int n = 0;
    rows[n++] = action;
    for (query_open(&q, d->app->j, "SELECT id FROM step WHERE action = ?1 AND withdrawn = 0", 1,
                    action);
         query_next(&q) && n < 200;)
        rows[n++] = query_int(&q, 0);
    enum status s = query_close(&q);
    for (int i = 0; i < n && !s; i++) {
        struct evidence_list l = {0};
        s = evidence_of_row(d->app->j, d->a, rows[i], &l);
        if (!s && l.count) buf_add(&all, l.all, sizeof *l.all * (size_t)l.count);
    }
    d->evidence.count = (int)(all.size / sizeof(struct evidence));
    d->evidence.all = arena_copy(d->a, all.data, all.size);
    buf_release(&all);
    return s;
}

enum status paper_action(struct paper *d, row_id row) {
    const void *model = NULL;
    d->c.row = row;
    enum status s = journal_load_all(d->app->j);
    if (!s && paper_action_apart(d->app->j, row))
        s = status_fail(STATUS_INVALID, "in confidence");
    if (!s) s = action_load(&d->c, d->a, &model);
    if (s) return s;
    const struct action_model *m = model;
    if (m->erased.count) return status_fail(STATUS_NOT_FOUND, "erased");
    s = paper_names(d, m->service);
    if (!s) s = paper_seal(d, 0);
    if (!s) s = read_evidence(d, row);
    if (s) return s;
    const char *reference = paper_reference(d, m->row.must, m->row.reference);
    d->kind = PAPER_SAY(d, "paper.kind_action", reference,
                        paper_word(d, m->row.must ? "common.must" : "common.should"));
    d->title = paper_typed(d, m->row.different);
    d->sub = d->service;
    paper_title(d);
    facts(d, m);
    photos(d, &d->evidence);
    paper_chapter(d, paper_word(d, "action.history"), 40);
    for (int i = 0; i < m->moments_count; i++)
        moment(d, &m->moments[i]);
    paper_end_with_seal(d);
    return STATUS_OK;
}
