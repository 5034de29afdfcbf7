/* says.c -- times, counts and answers in words. All in the arena of the page. */
#include "care/answer_says.h"
#include "office/report/report.h"

#include "base/text.h"

const char *report_word_of(struct report *r, const char *prefix, const char *said) {
    if (text_blank(said)) return "";
    const char *key = arena_printf(&r->page, "report.%s_%s", prefix, said);
    return words_have(r->o->words, key) ? word(r->o->words, key) : said;
}

const char *report_int(struct report *r, int64_t n) {
    return int_text(&r->page, n);
}

const char *says_when(struct report *r, int64_t ms) {
    struct civil c = civil_london(ms);
    if (!ms) return "";
    return REPORT_SAY(r, "when", time_day(&r->page, ms), arena_printf(&r->page, "%d", c.year),
                      time_hm(&r->page, ms));
}

const char *says_day(struct report *r, day_no d) {
    struct civil c = day_civil(d);
    if (!d) return "";
    return arena_printf(&r->page, "%s %d", day_text(&r->page, d), c.year);
}

const char *says_severity(struct report *r, int severity) {
    if (severity < 1 || severity > 4) return "";
    return report_word_of(r, "severity", arena_printf(&r->page, "%d", severity));
}

static const char *join(struct report *r, const char *all, const char *one) {
    if (text_blank(one)) return all;
    return *all ? arena_printf(&r->page, "%s · %s", all, one) : one;
}

/* "15 met · 2 partly · 2 not met · 1 critical"; what is nought is left out, but "met". */
const char *says_counts(struct report *r, const struct tally *t) {
    if (!t->looked_at) return REPORT_WORD(r, "not_looked_at");
    const char *all = REPORT_SAY(r, "n_met", report_int(r, t->met));
    if (t->partly) all = join(r, all, REPORT_SAY(r, "n_partly", report_int(r, t->partly)));
    if (t->not_met) all = join(r, all, REPORT_SAY(r, "n_not_met", report_int(r, t->not_met)));
    if (t->criticals)
        all = join(r, all, REPORT_SAY(r, "n_critical", report_int(r, t->criticals)));
    return all;
}

static const char *person_says(struct report *r, const struct report_service *s, row_id id) {
    struct query q;
    const char *label = "";
    if (!id) return "";
    query_open(&q, r->j, "SELECT label FROM person WHERE id = ?1", 1, id);
    if (query_next(&q)) label = query_text(&q, 0, &r->page);
    return query_close(&q) ? "" : audience_role(r, s, label);
}

const char *says_figure(struct report *r, const struct part *p, int64_t number) {
    return answer_figure(&r->page, r->o->words, p, number);
}

const char *says_value(struct report *r, const struct report_service *s, const struct part *p,
                       const struct answer_value *v, row_id person) {
    struct answer_value told = *v;
    if (p->kind == PART_PERSON) return person_says(r, s, person);
    told.text = audience_text(r, s, v->text);
    return answer_says(&r->page, r->o->words, p, &told);
}
