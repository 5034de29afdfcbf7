/* rating_words.c -- see rating_words.h. Numbers come as they are reckoned; what a rule says
 * of itself is told in its own words, never in ours. */
#include "care/rating_words.h"

#include "base/text.h"

#define TELL(w, key, ...) words_say((w)->a, (w)->words, key, __VA_ARGS__)
#define INT(w, n)         int_text((w)->a, (long long)(n))

const char *ratings_fraction(const struct ratings_words *w, struct fraction f) {
    long long whole = (long long)(f.top / f.bottom), rest = (long long)(f.top % f.bottom);
    if (!rest) return INT(w, whole);
    if (!whole) return arena_printf(w->a, "%lld/%lld", rest, (long long)f.bottom);
    return arena_printf(w->a, "%lld %lld/%lld", whole, rest, (long long)f.bottom);
}

static const char *joined(const struct ratings_words *w, const char *before, const char *next,
                          const char *between) {
    return *before ? arena_printf(w->a, "%s%s%s", before, between, next) : next;
}

/* "Safeguarding scored 1, Learning culture scored 1" */
static const char *scored(const struct ratings_words *w, const struct reason *r) {
    const char *all = "";
    for (r = r->first; r; r = r->next)
        all = joined(w, all,
                     TELL(w, "ratings.why_scored", r->statement->name, INT(w, r->score)), ", ");
    return all;
}

static const char *names(const struct ratings_words *w, const struct reason *r) {
    const char *all = "";
    for (r = r->first; r; r = r->next)
        all = joined(w, all, r->statement->name, ", ");
    return all;
}

static const char *questions(const struct ratings_words *w, const struct reason *r) {
    const char *all = "";
    for (r = r->first; r; r = r->next)
        all = joined(w, all, r->question->name, ", ");
    return all;
}

static const char *mix(const struct ratings_words *w, const struct reason *r) {
    const char *all = "";
    for (r = r->first; r; r = r->next)
        all = joined(w, all, TELL(w, "ratings.why_mix", INT(w, r->n), r->rating->name), ", ");
    return all;
}

static const char *lift(const struct ratings_words *w, const struct reason *r) {
    const char *all = "", *one;
    int n = 0;
    for (const struct reason *c = r->first; c; c = c->next, n++) {
        const char *from = INT(w, c->n), *to = INT(w, c->score);
        one = c->category ? TELL(w, "ratings.lift_kind_from_to", c->statement->name,
                                 c->category->name, from, to)
                          : TELL(w, "ratings.lift_from_to", c->statement->name, from, to);
        all = joined(w, all, one, word(w->words, "ratings.and"));
    }
    return TELL(w, n == 1 ? "ratings.lift_one" : "ratings.lift_any", r->rating->name, all);
}

static const char *below(const struct ratings_words *w, const struct reason *r) {
    if (r->figure.bottom == 1)
        return TELL(w, "ratings.why_below", INT(w, r->whole), r->rating->name);
    return TELL(w, "ratings.why_below_exact", INT(w, r->whole), r->rating->name,
                ratings_fraction(w, r->figure));
}

const char *ratings_reason(const struct ratings_words *w, const struct reason *r) {
    switch (r->sort) {
    case REASON_SCORE:
    case REASON_LIFT_SCORE:
        return TELL(w, "ratings.why_scored", r->statement->name, INT(w, r->score));
    case REASON_CATEGORIES:
        return TELL(w, "ratings.why_categories", INT(w, r->n), INT(w, r->of),
                    ratings_fraction(w, r->figure), INT(w, r->score));
    case REASON_SUM:
        return TELL(w, "ratings.why_sum", INT(w, r->n), INT(w, r->of),
                    ratings_fraction(w, r->figure));
    case REASON_ROUNDED:
        return TELL(w, "ratings.why_rounded", ratings_fraction(w, r->figure), INT(w, r->whole));
    case REASON_BAND:
        return TELL(w, "ratings.why_band", INT(w, r->whole), r->rating->name, INT(w, r->n),
                    INT(w, r->of));
    case REASON_BELOW:
        return below(w, r);
    case REASON_LIMITED:
        return TELL(w, "ratings.why_limited", scored(w, r), r->rating->name);
    case REASON_WOULD_LIMIT:
        return TELL(w, "ratings.why_would_limit", scored(w, r), r->rating->name);
    case REASON_GIVEN:
        return TELL(w, "ratings.why_given", r->rating->name);
    case REASON_SHARE:
        return TELL(w, "ratings.why_share", INT(w, r->n), INT(w, r->of), INT(w, r->whole));
    case REASON_NOT_LOOKED:
        return TELL(w, "ratings.why_not_looked", names(w, r));
    case REASON_NOT_GIVEN:
        return word(w->words, "ratings.why_not_given");
    case REASON_MISSING:
        return TELL(w, "ratings.why_missing", questions(w, r));
    case REASON_NO_RULE:
        return word(w->words, "ratings.why_no_rule");
    case REASON_QUESTION:
        return r->question->name;
    case REASON_MIX:
        return TELL(w, "ratings.why_mix", INT(w, r->n), r->rating->name);
    case REASON_TOGETHER:
        return TELL(w, "ratings.why_together", mix(w, r), r->rating->name);
    case REASON_CAPPED:
        return TELL(w, "ratings.why_capped", r->circumstance->asks, r->rating->name,
                    r->from->name);
    case REASON_CAP_IDLE:
        return TELL(w, "ratings.why_cap_idle", r->circumstance->asks, r->rating->name);
    case REASON_WARNED:
        return TELL(w, "ratings.why_warned", r->circumstance->asks, r->rating->name);
    case REASON_ONE:
        return TELL(w, "ratings.why_one", names(w, r));
    case REASON_ONE_KIND:
        return TELL(w, "ratings.why_one_kind", r->statement->name, INT(w, r->of));
    case REASON_LIFT:
        return lift(w, r);
    case REASON_LIFT_QUESTION:
        return TELL(w, "ratings.lift_question", r->question->name, r->rating->name,
                    r->first->rating->name);
    case REASON_LIFT_CLEARED:
        return TELL(w, "ratings.lift_cleared", r->circumstance->asks, r->rating->name);
    case REASON_POINTS:
        return TELL(w, "ratings.lift_points", INT(w, r->n), INT(w, r->of), r->rating->name);
    }
    return "";
}

const char *ratings_headline(const struct ratings_words *w, const struct question_result *q) {
    const char *head = q->band ? TELL(w, "ratings.head", INT(w, q->whole)) : "";
    for (const struct reason *r = q->reasons; r; r = r->next) {
        if (r->sort == REASON_SHARE)
            return TELL(w, "ratings.head_share", INT(w, r->n), INT(w, r->of), INT(w, r->whole));
        if (r->sort == REASON_GIVEN) return word(w->words, "ratings.head_given");
        if (r->sort == REASON_NOT_GIVEN) return word(w->words, "ratings.head_not_given");
        if (r->sort == REASON_BELOW)
            head = TELL(w, "ratings.head_below", INT(w, q->whole), INT(w, r->whole),
                        r->rating->name);
    }
    for (const struct reason *r = q->reasons; r; r = r->next) {
        if (r->sort != REASON_LIMITED && r->sort != REASON_WOULD_LIMIT) continue;
        int n = 0;
        for (const struct reason *c = r->first; c; c = c->next)
            n++;
        return n == 1 ? TELL(w, "ratings.head_limits_one", head, r->first->statement->name,
                             INT(w, r->first->score))
                      : TELL(w, "ratings.head_limits", head, INT(w, n));
    }
    return head;
}

const char *ratings_doubt(const struct rule *r) {
    if (!r) return "";
    if (text_equal(r->status, RULE_NOT_VERIFIED)) return r->status;
    return strstr(r->caveat, RULE_NOT_VERIFIED) ? r->caveat : "";
}

const char *ratings_rule_status(const struct ratings_words *w, const struct rule *r) {
    return r->own ? word(w->words, "ratings.rule_own") : r->status;
}

const char *ratings_rule_from(const struct ratings_words *w, const struct framework *f,
                              const struct rule *r, int nth) {
    if (r->own) return NULL;
    if (!r->sources_count) return nth ? NULL : word(w->words, "ratings.rule_no_source");
    const struct source *s =
        nth < r->sources_count ? framework_source(f, r->sources[nth]) : NULL;
    if (!s) return NULL;
    const char *from = TELL(w, "ratings.rule_from", s->title);
    return text_blank(s->publisher) ? from : arena_printf(w->a, "%s · %s", from, s->publisher);
}
