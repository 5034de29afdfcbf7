/* says.c -- times, counts and answers in words. All in the arena of the page. */
#include "model/answer_says.h"
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

/* Thousandths without needless noughts: 37500 is "37.5". */
static const char *thousandths(struct report *r, int64_t v) {
    uint64_t whole = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    char *s =
        arena_printf(&r->page, "%s%llu.%03llu", v < 0 ? "-" : "",
                     (unsigned long long)(whole / 1000), (unsigned long long)(whole % 1000));
    size_t n = strlen(s);
    while (s[n - 1] == '0')
        s[--n] = '\0';
    if (s[n - 1] == '.') s[--n] = '\0';
    return s;
}

static const char *choice_text(const struct part *p, const char *id) {
    for (int i = 0; i < p->choices_count; i++)
        if (text_equal(p->choices[i].id, id)) return p->choices[i].text;
    return id;
}

/* "a,b" or "a=2,b=0" with the choices' own words. */
static const char *list_says(struct report *r, const struct part *p, const char *list) {
    const char *all = "";
    for (const char *at = list; at && *at;) {
        size_t n = strcspn(at, ",");
        const char *one = arena_strndup(&r->page, at, n);
        const char *equal = strchr(one, '=');
        if (equal) {
            const char *id = arena_strndup(&r->page, one, (size_t)(equal - one));
            one = arena_printf(&r->page, "%s %s", choice_text(p, id), equal + 1);
        } else {
            one = choice_text(p, one);
        }
        all = *all ? arena_printf(&r->page, "%s, %s", all, one) : one;
        at += n + (at[n] == ',');
    }
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

static const char *number_says(struct report *r, const struct part *p,
                               const struct answer_value *v) {
    if (!v->has_number) return "";
    switch (p->kind) {
    case PART_X_OF_Y:
        return REPORT_SAY(r, "x_of_y", report_int(r, v->number), report_int(r, v->of));
    case PART_SECONDS:
    case PART_MINUTES:
        return duration_text(&r->page, v->number);
    case PART_FACE:
        return REPORT_SAY(r, "face", report_int(r, v->number));
    default:
        return text_blank(p->unit)
                   ? thousandths(r, v->number)
                   : arena_printf(&r->page, "%s %s", thousandths(r, v->number), p->unit);
    }
}

const char *says_value(struct report *r, const struct report_service *s, const struct part *p,
                       const struct answer_value *v, row_id person) {
    struct answer_value told = *v;
    told.text = audience_text(r, s, v->text);
    switch (p->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
        return report_word_of(r, "answer", v->word);
    case PART_CHOICE:
        return text_blank(v->word) ? "" : choice_text(p, v->word);
    case PART_TICKS:
    case PART_TALLY:
    case PART_COUNTS:
        return list_says(r, p, v->list);
    case PART_TIME:
        return v->has_time ? time_hm(&r->page, v->time) : "";
    case PART_DAY:
        return v->has_day ? says_day(r, v->day) : "";
    case PART_WORDS:
        return told.text;
    case PART_PERSON:
        return person_says(r, s, person);
    case PART_X_OF_Y:
    case PART_NUMBER:
    case PART_SECONDS:
    case PART_MINUTES:
    case PART_FACE:
        return number_says(r, p, v);
    case PART_PERCENT:
    case PART_SINCE:
    case PART_UNTIL:
    case PART_SCORE:
    case PART_READY:
    case PART_PROOF:
    case PART_DRAW:
        return answer_says(&r->page, r->o->words, p, &told);
    case PART_KINDS:
        break;
    }
    return "";
}
