/* paper_said.c -- one piece of feedback, in the speaker's own words. Never a worker's, never
 * one in confidence, never one that somebody did not want written down; how to answer them
 * safely is not on it either. */
#include "app/paper_inside.h"

#include "store/query.h"

struct said {
    const char *speaker, *sort, *text, *consent, *place, *question, *marks;
    int64_t at, answer_by, service;
    bool wants_answer;
};

static enum status read(struct paper *d, row_id row, struct said *out) {
    struct query q;
    bool found = false;
    query_open(
        &q, d->app->j,
        "SELECT f.speaker, f.sort, f.text, f.consent, coalesce(r.name, ''), "
        "coalesce(f.made_at, f.at), f.answer_by, f.visit, coalesce(f.service, v.service), "
        "f.wants_answer, f.question, f.marks FROM feedback f LEFT JOIN area r ON r.id = f.area "
        "LEFT JOIN visit v ON v.id = f.visit WHERE f.id = ?1 AND f.withdrawn = 0",
        1, row);
    if (query_next(&q)) {
        found = true;
        *out = (struct said){.speaker = query_text(&q, 0, d->a),
                             .sort = query_text(&q, 1, d->a),
                             .text = query_text(&q, 2, d->a),
                             .consent = query_text(&q, 3, d->a),
                             .place = query_text(&q, 4, d->a),
                             .at = query_int(&q, 5),
                             .answer_by = query_int(&q, 6),
                             .service = query_int(&q, 8),
                             .wants_answer = query_int(&q, 9) != 0,
                             .question = query_text(&q, 10, d->a),
                             .marks = query_text(&q, 11, d->a)};
    }
    enum status s = query_close(&q);
    if (s) return s;
    if (!found) return status_fail(STATUS_NOT_FOUND, "feedback not here");
    return paper_said_apart(d->app->j, row) ? status_fail(STATUS_INVALID, "in confidence")
                                            : STATUS_OK;
}

static enum status service_name(struct paper *d, row_id service) {
    struct query q;
    query_open(&q, d->app->j, "SELECT name FROM service WHERE id = ?1", 1, service);
    if (query_next(&q)) d->service = query_text(&q, 0, d->a);
    return query_close(&q);
}

static enum status actions(struct paper *d, row_id row) {
    struct query q;
    for (query_open(&q, d->app->j,
                    "SELECT reference, must, different, due FROM action WHERE source = ?1 AND "
                    "withdrawn = 0 AND reference IS NOT NULL ORDER BY hlc, lantern_order(id)",
                    1, row);
         query_next(&q);) {
        const char *text = paper_masked(d, query_text(&q, 2, d->a));
        if (query_int(&q, 3))
            text = arena_printf(d->a, "%s · %s", text,
                                PAPER_SAY(d, "paper.due", paper_when(d, query_int(&q, 3))));
        paper_fact(d, paper_reference(d, query_int(&q, 1) != 0, query_text(&q, 0, d->a)), text);
    }
    return query_close(&q);
}

enum status paper_said(struct paper *d, row_id row) {
    struct said f = {0};
    row_id visit =
        query_one_int(d->app->j, 0, "SELECT visit FROM feedback WHERE id = ?1", 1, row);
    enum status s = visit ? journal_load_visit(d->app->j, visit) : journal_load_all(d->app->j);
    if (!s) s = read(d, row, &f);
    if (!s) s = service_name(d, f.service);
    if (!s) s = paper_names(d, f.service);
    if (!s) s = paper_seal(d, 0);
    if (!s) s = evidence_of_row(d->app->j, d->a, row, &d->evidence);
    if (s) return s;
    const char *text = text_equal(f.consent, "without_name") ? paper_masked(d, f.text) : f.text;
    d->kind = paper_word(d, "paper.kind_said");
    d->title = paper_word(d, text_blank(f.sort) ? "paper.said"
                                                : arena_printf(d->a, "paper.said_%s", f.sort));
    d->sub = arena_printf(d->a, "%s · %s", d->service, paper_when(d, f.at));
    paper_title(d);
    pdf_skip(d->p, 16);
    struct pdf_style words = paper_style(STYLE_BODY);
    words.size = 13;
    if (!text_blank(f.question)) paper_text(d, STYLE_SMALL, f.question);
    pdf_fill(d->p, (struct pdf_box){d->area.x, pdf_y(d->p) + 2, 2.6F, 18}, AMBER, 0);
    pdf_flow(d->p, &words, d->area.x + 14, d->area.w - 14,
             text_blank(text) && !text_blank(f.marks) ? f.marks
                                                      : PAPER_SAY(d, "finish.quote", text));
    if (!text_blank(text) && !text_blank(f.marks)) paper_text(d, STYLE_BODY, f.marks);
    pdf_skip(d->p, 14);
    paper_fact(d, paper_word(d, "paper.speaker"),
               paper_word(d, arena_printf(d->a, "check.speaker_%s", f.speaker)));
    paper_fact(d, paper_word(d, "action.where"), f.place);
    if (f.wants_answer)
        paper_fact(d, paper_word(d, "paper.answer"),
                   f.answer_by ? PAPER_SAY(d, "paper.wants_answer_by",
                                           day_text(d->a, (day_no)f.answer_by))
                               : paper_word(d, "paper.wants_answer"));
    s = actions(d, row);
    paper_evidence(d, d->area.x, &d->evidence, true);
    paper_end_with_seal(d);
    return s;
}
