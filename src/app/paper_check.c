/* paper_check.c -- the full copy of a check, for the provider, and what both copies of a check
 * are read from. What staff said and what is in confidence is on no paper, and no count tells
 * that there is any. */
#include "app/paper_inside.h"

#include "model/found.h"
#include "store/query.h"

/* ---- the seal ---- */

static const char *device_of(struct paper *d, int32_t log) {
    struct query q;
    const char *letters = "", *name = "";
    query_open(&q, d->app->j,
               "SELECT letters, name FROM device WHERE id > ?1 AND id < ?2 LIMIT 1", 2,
               ROW_ID(log, 0), ROW_ID(log + 1, 0));
    if (query_next(&q)) {
        letters = query_text(&q, 0, d->a);
        name = query_text(&q, 1, d->a);
    }
    if (query_close(&q)) return "";
    if (!text_blank(letters)) return PAPER_SAY(d, "paper.tablet", letters);
    return text_blank(name) ? paper_word(d, "paper.this_tablet") : name;
}

enum status paper_seal(struct paper *d, row_id visit) {
    struct journal_self self;
    struct query q;
    size_t n = 0;
    journal_self(d->app->j, &self);
    d->seal = (struct paper_seal){
        .head = self.head_hash, .seq = self.head_seq, .device = device_of(d, self.log)};
    query_open(
        &q, d->app->j,
        "SELECT id, at, head_hash, head_seq FROM seal WHERE visit = ?1 AND withdrawn = 0 "
        "ORDER BY hlc LIMIT 1",
        1, visit);
    row_id seal = 0;
    if (query_next(&q)) {
        seal = query_int(&q, 0);
        d->seal.at = query_int(&q, 1);
        const void *p = query_bytes(&q, 2, &n);
        if (p && n == sizeof d->seal.head) memcpy(&d->seal.head, p, n);
        d->seal.seq = query_int(&q, 3);
    }
    enum status s = query_close(&q);
    if (!s && seal) d->seal.device = device_of(d, ROW_LOG(seal));
    return s;
}

/* ---- reading ---- */

/* Praise stands in two lists: what becomes of the one becomes of the other. NULL: it is taken
 * out. */
static void good_becomes(struct found *f, const char *was, const char *is) {
    for (int i = 0; i < f->goods_count; i++)
        if (f->goods[i].said && f->goods[i].text == was) f->goods[i].text = is;
}

static enum status consent_of(struct paper *d, row_id feedback, const char **out) {
    struct query q;
    *out = "";
    query_open(&q, d->app->j, "SELECT coalesce(consent, '') FROM feedback WHERE id = ?1", 1,
               feedback);
    if (query_next(&q)) *out = query_text(&q, 0, d->a);
    return query_close(&q);
}

/* A worker's words, and those that somebody did not want written down, stay out of every list.
 */
static enum status without_staff(struct paper *d, struct found *f) {
    int n = 0, g = 0;
    for (int i = 0; i < f->voices_count; i++) {
        struct found_voice v = f->voices[i];
        const char *consent, *text = v.text;
        enum status s = consent_of(d, v.row, &consent);
        if (s) return s;
        if (text_equal(consent, "without_name")) v.text = paper_masked(d, text);
        bool spoken = v.evidence.count > 0;
        bool silent = text_blank(text) && text_blank(v.marks) && !spoken;
        bool no = v.staff || text_equal(consent, "no") || silent;
        good_becomes(f, text, no ? NULL : v.text);
        if (!no) f->voices[n++] = v;
    }
    f->voices_count = n;
    for (int i = 0; i < f->goods_count; i++)
        if (f->goods[i].text) f->goods[g++] = f->goods[i];
    f->goods_count = g;
    return STATUS_OK;
}

static const char *title_of(struct paper *d) {
    const struct walk_model *w = d->f->walk;
    struct civil c = civil_london(w->started);
    const char *until = w->left ? arena_printf(d->a, " – %s", time_hm(d->a, w->left_at)) : "";
    return arena_printf(d->a, "%s · %s %d, %s%s", w->service_name, time_day(d->a, w->started),
                        c.year, time_hm(d->a, w->started), until);
}

enum status paper_of_check(struct paper *d, row_id visit) {
    struct found *f = NULL;
    d->c.row = visit;
    enum status s = found_read(&d->c, d->a, &f);
    if (!s && !f->walk->visit)
        s = status_fail(STATUS_NOT_FOUND, "%s", paper_word(d, "finish.cannot_open"));
    if (!s) s = evidence_told_of_visit(d->app->j, d->a, visit, &d->evidence);
    if (!s) s = paper_seal(d, visit);
    if (s) return s;
    d->f = f;
    d->service = f->walk->service_name;
    d->title = f->walk->form->title;
    d->sub = title_of(d);
    s = paper_names(d, f->walk->service);
    return s ? s : without_staff(d, f);
}

/* ---- what people said, and what was good ---- */

static void good(struct paper *d) {
    const struct found *f = d->f;
    if (text_blank(f->praise) && !f->goods_count) return;
    paper_chapter(d, paper_word(d, "morning.good"), 30);
    if (!text_blank(f->praise)) paper_list(d, &f->praise, 1, 0);
    for (int i = 0; i < f->goods_count; i++) {
        const struct found_good *g = &f->goods[i];
        const char *line = g->said ? PAPER_SAY(d, "finish.quote", g->text) : g->text;
        paper_list(d, &line, 1, 0);
        paper_evidence(d, d->area.x + 14, &g->evidence, true);
    }
}

static void said(struct paper *d) {
    const struct found *f = d->f;
    if (!f->voices_count) return;
    paper_chapter(d, paper_word(d, "show.people_said"), 40);
    for (int i = 0; i < f->voices_count; i++) {
        const struct found_voice *v = &f->voices[i];
        const char *who = paper_word(d, arena_printf(d->a, "check.speaker_%s", v->speaker));
        const char *sub = arena_printf(d->a, "%s · %s", who, paper_when(d, v->at));
        if (v->wants_answer)
            sub = arena_printf(d->a, "%s · %s", sub, paper_word(d, "paper.wants_answer"));
        pdf_keep(d->p, 34);
        if (!text_blank(v->question)) paper_text(d, STYLE_SMALL, v->question);
        if (!text_blank(v->text))
            paper_text(d, STYLE_BODY, PAPER_SAY(d, "finish.quote", v->text));
        else if (v->evidence.count)
            paper_text(d, STYLE_BODY, paper_word(d, "heard.in_their_voice"));
        if (!text_blank(v->marks)) paper_text(d, STYLE_BODY, v->marks);
        paper_text(d, STYLE_SMALL, sub);
        paper_evidence(d, d->area.x, &v->evidence, true);
        pdf_skip(d->p, 8);
    }
}

/* ---- photos and notes that belong to nothing found: to an answer that was as it should be
 * ---- */

static bool in_list(const struct evidence_list *l, int64_t row) {
    for (int i = 0; i < l->count; i++)
        if (l->all[i].row == row) return true;
    return false;
}

static bool shown_before(const struct paper *d, int64_t row) {
    const struct found *f = d->f;
    for (int i = 0; i < f->lines_count; i++)
        if (in_list(&f->lines[i].evidence, row)) return true;
    for (int i = 0; i < f->goods_count; i++)
        if (in_list(&f->goods[i].evidence, row)) return true;
    for (int i = 0; i < f->voices_count; i++)
        if (in_list(&f->voices[i].evidence, row)) return true;
    return false;
}

static const char *item_words(const struct paper *d, const struct evidence *e) {
    const struct item *i =
        text_blank(e->item) ? NULL : template_item(d->f->walk->form, e->item);
    return i ? i->text : "";
}

/* Photos of something in confidence cannot be; a voice of what was said goes with what was said
 * alone. */
static void others(struct paper *d) {
    bool any = false;
    for (int i = 0; i < d->evidence.count; i++) {
        const struct evidence *e = &d->evidence.all[i];
        if (e->to || shown_before(d, e->row) || e->sort == EVIDENCE_FILE) continue;
        if (!any) paper_chapter(d, paper_word(d, "paper.others"), 80);
        any = true;
        const struct evidence_list one = {e, 1};
        if (!text_blank(item_words(d, e))) {
            pdf_keep(d->p, 60);
            paper_text(d, STYLE_SMALL, item_words(d, e));
        }
        paper_evidence(d, d->area.x, &one, true);
        pdf_skip(d->p, 4);
    }
}

/* ---- actions of this check ---- */

static bool has_line(const struct found *f, int64_t action) {
    for (int i = 0; i < f->lines_count; i++)
        if (f->lines[i].action == action) return true;
    return false;
}

static void action(struct paper *d, const struct query *q) {
    const char *owner = query_text(q, 5, d->a), *measure = query_text(q, 6, d->a);
    const char *said = text_blank(owner) ? paper_word(d, "morning.nobody") : owner;
    if (query_int(q, 4))
        said = arena_printf(d->a, "%s · %s", said,
                            PAPER_SAY(d, "paper.due", paper_when(d, query_int(q, 4))));
    const char *text = arena_printf(d->a, "%s\n%s", query_text(q, 3, d->a), said);
    if (!text_blank(measure))
        text = arena_printf(d->a, "%s\n%s: %s", text, paper_word(d, "action.measure"), measure);
    if (!has_line(d->f, query_int(q, 0)))
        text = arena_printf(d->a, "%s\n%s", text, paper_word(d, "paper.action_other"));
    paper_fact(d, paper_reference(d, query_int(q, 2) != 0, query_text(q, 1, d->a)), text);
}

static enum status actions(struct paper *d) {
    struct query q;
    bool any = false;
    for (query_open(
             &q, d->app->j,
             "SELECT x.id, x.reference, x.must, x.different, x.due, "
             "coalesce(p.label, x.owner_text, ''), x.measure FROM action x LEFT JOIN "
             "person p ON p.id = x.owner WHERE x.visit = ?1 AND x.withdrawn = 0 AND "
             "x.reference IS NOT NULL AND NOT EXISTS (SELECT 1 FROM observation o WHERE "
             "o.id = x.source AND o.restricted = 1) AND NOT EXISTS (SELECT 1 FROM feedback "
             "f WHERE f.id = x.source AND (f.restricted = 1 OR f.speaker = 'staff')) "
             "ORDER BY x.must DESC, x.due, x.hlc, lantern_order(x.id)",
             1, d->f->walk->visit);
         query_next(&q);) {
        if (!any) paper_chapter(d, paper_word(d, "paper.actions"), 40);
        any = true;
        action(d, &q);
    }
    return query_close(&q);
}

enum status paper_check(struct paper *d, row_id visit) {
    enum status s = paper_of_check(d, visit);
    if (s) return s;
    d->kind = paper_word(d, "paper.kind_check");
    bool table = use_at_a_table(d->f->walk->gather->use);
    if (table) {
        paper_table(d);
    } else {
        paper_front(d);
        pdf_break(d->p);
        paper_gather(d);
        paper_findings(d);
        s = actions(d);
    }
    good(d);
    said(d);
    others(d);
    paper_told(d);
    if (!table) {
        paper_counts(d);
        paper_how(d);
    }
    paper_end_with_seal(d);
    return s;
}
