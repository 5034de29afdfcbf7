/* framework_rules.c -- reading what leads from scores to ratings: labels, scale, bands,
 * limiters, aggregation, circumstances; and what must hold of them together.
 *
 * A framework whose rules leave a hole (a figure in no band, a mix of ratings that nothing
 * decides) is refused whole, here and in words, so that nothing later has to guess. */
#include "care/framework_read.h"

#include <limits.h>

#include "base/text.h"

#define SOURCES_MOST       60
#define BANDS_MOST         10
#define RULES_MOST         60
#define LIMITERS_MOST      12
#define AGGREGATES_MOST    20
#define CIRCUMSTANCES_MOST 20

#define AT(type, member)   offsetof(struct type, member)

/* ---- names ---- */

static const struct field source_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(source, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(source, title), .required = true},
    {.name = "publisher", .kind = FIELD_TEXT, .offset = AT(source, publisher)},
    {.name = "date", .kind = FIELD_TEXT, .offset = AT(source, date)},
    {.name = NULL},
};
static const struct field rating_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(rating_name, id), .required = true},
    {.name = "name", .kind = FIELD_TEXT, .offset = AT(rating_name, name), .required = true},
    {.name = "rank",
     .kind = FIELD_INT,
     .offset = AT(rating_name, rank),
     .least = 1,
     .most = RATINGS_MOST,
     .required = true},
    {.name = NULL},
};
static const struct field scale_fields[] = {
    {.name = "score",
     .kind = FIELD_INT,
     .offset = AT(score_name, score),
     .least = 1,
     .most = SCALE_MOST,
     .required = true},
    {.name = "name", .kind = FIELD_TEXT, .offset = AT(score_name, name), .required = true},
    {.name = NULL},
};
static const struct field category_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(evidence_category, id), .required = true},
    {.name = "name",
     .kind = FIELD_TEXT,
     .offset = AT(evidence_category, name),
     .required = true},
    {.name = "notFor",
     .kind = FIELD_TEXTS,
     .offset = AT(evidence_category, not_for),
     .count = AT(evidence_category, not_for_count),
     .most = 20},
    {.name = NULL},
};

/* Reads a list of maps by one table; returns how many. */
static int read_all(struct reading *r, const json *root, const char *name, size_t least,
                    size_t most, const struct field *fields, size_t size, void *out) {
    const json *list = reading_list(r, root, name, least, most);
    if (r->bad || !list) return 0;
    char *all = arena_take(r->memory, size * (json_count(list) + 1));
    memcpy(out, &all, sizeof all); /* a pointer to whatever the table describes */
    for (size_t i = 0; i < json_count(list); i++) {
        reading_subject(r, name, json_text(json_get(json_at(list, i), "id"), ""));
        reading_fields(r, json_at(list, i), fields, all + i * size);
    }
    reading_subject(r, "", "");
    return r->bad ? 0 : (int)json_count(list);
}

/* Every number from 1 to n once. */
static void each_once(struct reading *r, const json *list, const char *what, const int *numbers,
                      int n) {
    for (int want = 1; want <= n && !r->bad; want++) {
        int found = 0;
        for (int i = 0; i < n; i++)
            found += numbers[i] == want;
        if (found != 1)
            reading_complain(r, list, "%s: %s %d", what,
                             found ? "more than one has" : "none has", want);
    }
}

void framework_read_names(struct reading *r, struct framework *f, const json *root) {
    bool rated = f->scoring != SCORING_NOT_SAID, scored = rated && f->scoring != SCORING_NONE;
    bool kinds = f->scoring == SCORING_CATEGORY;
    int numbers[SCALE_MOST];
    f->sources_count = read_all(r, root, "sources", 0, SOURCES_MOST, source_fields,
                                sizeof *f->sources, &f->sources);
    f->ratings_count = read_all(r, root, "ratings", rated ? 2 : 0, RATINGS_MOST, rating_fields,
                                sizeof *f->ratings, &f->ratings);
    for (int i = 0; i < f->ratings_count; i++)
        numbers[i] = f->ratings[i].rank;
    each_once(r, json_get(root, "ratings"), "rank", numbers, f->ratings_count);
    f->scale_count = read_all(r, root, "scale", scored ? 2 : 0, SCALE_MOST, scale_fields,
                              sizeof *f->scale, &f->scale);
    for (int i = 0; i < f->scale_count; i++)
        numbers[i] = f->scale[i].score;
    each_once(r, json_get(root, "scale"), "score", numbers, f->scale_count);
    f->score_most = f->scale_count;
    f->categories_count = read_all(r, root, "categories", kinds ? 1 : 0, CATEGORIES_MOST,
                                   category_fields, sizeof *f->categories, &f->categories);
}

/* ---- rules ---- */

static const struct field rule_fields[] = {RULE_FIELDS(0), {.name = NULL}};
static const struct field limiter_fields[] = {
    RULE_FIELDS(AT(limiter, rule)),
    {.name = "band", .kind = FIELD_OTHER, .required = true},
    {.name = "most", .kind = FIELD_OTHER, .required = true},
    {.name = "anyScore", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field aggregate_fields[] = {
    RULE_FIELDS(AT(aggregate, rule)),
    {.name = "gives", .kind = FIELD_OTHER, .required = true},
    {.name = "when", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field count_fields[] = {
    {.name = "atLeast", .kind = FIELD_INT, .offset = 0, .most = INT_MAX},
    {.name = "atMost", .kind = FIELD_INT, .offset = sizeof(int), .most = INT_MAX},
    {.name = NULL},
};
static const struct field circumstance_fields[] = {
    RULE_FIELDS(AT(circumstance, rule)),
    {.name = "asks", .kind = FIELD_TEXT, .offset = AT(circumstance, asks), .required = true},
    {.name = "on", .kind = FIELD_OTHER, .required = true},
    {.name = "effect", .kind = FIELD_OTHER, .required = true},
    {.name = "most", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field band_fields[] = {
    {.name = "from",
     .kind = FIELD_INT,
     .offset = AT(band, from),
     .most = 100,
     .required = true},
    {.name = "to", .kind = FIELD_INT, .offset = AT(band, to), .most = 100, .required = true},
    {.name = "score",
     .kind = FIELD_INT,
     .offset = AT(band, score),
     .least = 1,
     .most = SCALE_MOST,
     .required = true},
    {.name = "rating", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};

void framework_check_source(struct reading *r, const struct framework *f, const json *map,
                            const struct rule *rule) {
    if (r->bad) return;
    bool verified = text_equal(rule->status, RULE_VERIFIED);
    if (rule->own && (*rule->status || rule->sources_count))
        reading_complain(r, map, "what is Lantern's own has no status and no sources");
    else if (!rule->own && !verified && !text_equal(rule->status, RULE_NOT_VERIFIED))
        reading_complain(r, map, "\"status\" must be \"%s\" or \"%s\"", RULE_VERIFIED,
                         RULE_NOT_VERIFIED);
    if (verified && !rule->sources_count)
        reading_complain(r, map, "it says \"%s\" but names no source", RULE_VERIFIED);
    for (int i = 0; i < rule->sources_count; i++)
        if (!framework_source(f, rule->sources[i]))
            reading_complain(r, map, "no source here is called %s", rule->sources[i]);
}

/* The rating that `name` names. */
static const struct rating_name *rating_named(struct reading *r, const struct framework *f,
                                              const json *map, const char *name) {
    const json *v = json_get(map, name);
    const struct rating_name *rating = framework_rating(f, json_text(v, ""));
    if (!rating) reading_complain(r, v ? v : map, "\"%s\" is none of the ratings", name);
    return rating;
}

static void read_bands(struct reading *r, struct framework *f, const json *root) {
    const json *list = json_get(root, "bands");
    bool scored = f->scoring == SCORING_STATEMENT || f->scoring == SCORING_CATEGORY;
    f->bands_count = read_all(r, root, "bands", scored ? 2 : 0, BANDS_MOST, band_fields,
                              sizeof *f->bands, &f->bands);
    for (int i = 0; i < f->bands_count && !r->bad; i++) {
        const json *map = json_at(list, (size_t)i);
        struct band *b = &f->bands[i], *below = i ? b - 1 : NULL;
        b->rating = rating_named(r, f, map, "rating");
        if (r->bad) return;
        if (b->from > b->to)
            reading_complain(r, map, "a band from %d to %d is none", b->from, b->to);
        if (below && b->from > below->to + 1)
            reading_complain(r, map, "a gap: no band has %d to %d per cent", below->to + 1,
                             b->from - 1);
        if (below && b->from <= below->to)
            reading_complain(r, map, "%d per cent is in two bands", b->from);
        if (below && (b->rating->rank <= below->rating->rank || b->score <= below->score))
            reading_complain(r, map, "bands go upwards, in rating and score");
        if (b->score > f->score_most)
            reading_complain(r, map, "the scale ends at %d", f->score_most);
    }
    if (r->bad || !f->bands_count) return;
    int least = 100 / f->score_most; /* every statement at 1 */
    if (f->bands[0].from > least)
        reading_complain(r, list, "a gap: no band has %d to %d per cent", least,
                         f->bands[0].from - 1);
    if (f->bands[f->bands_count - 1].to != 100)
        reading_complain(r, list, "a gap: no band has %d to 100 per cent",
                         f->bands[f->bands_count - 1].to + 1);
}

static void read_scores(struct reading *r, const struct framework *f, const json *map,
                        struct limiter *l) {
    const json *list = reading_list(r, map, "anyScore", 1, SCALE_MOST);
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        int64_t n = json_int(json_at(list, i), 0);
        if (n < 1 || n > f->score_most)
            reading_complain(r, json_at(list, i), "scores are 1 to %d", f->score_most);
        else
            l->scores[l->scores_count++] = (int)n;
    }
}

static void read_limiters(struct reading *r, struct framework *f, const json *root) {
    const json *list = json_get(root, "limiters");
    f->limiters_count = read_all(r, root, "limiters", 0, LIMITERS_MOST, limiter_fields,
                                 sizeof *f->limiters, &f->limiters);
    for (int i = 0; i < f->limiters_count && !r->bad; i++) {
        const json *map = json_at(list, (size_t)i);
        struct limiter *l = &f->limiters[i];
        reading_subject(r, "limiter", l->rule.id);
        framework_check_source(r, f, map, &l->rule);
        l->band = rating_named(r, f, map, "band");
        l->most = rating_named(r, f, map, "most");
        read_scores(r, f, map, l);
        if (!r->bad && l->most->rank >= l->band->rank)
            reading_complain(r, map, "it limits nothing: \"most\" is not below \"band\"");
    }
    reading_subject(r, "", "");
}

/* ---- aggregation ---- */

static void read_counts(struct reading *r, const struct framework *f, const json *map,
                        struct aggregate *g) {
    const json *when = json_get(map, "when");
    if (json_type_of(when) != JSON_T_MAP) reading_complain(r, map, "\"when\" must be a map");
    for (int i = 0; i < RATINGS_MOST; i++)
        g->most[i] = INT_MAX;
    for (size_t i = 0; !r->bad && i < json_count(when); i++) {
        const json *v = NULL;
        const char *id = json_key_at(when, i, &v);
        const struct rating_name *rating = framework_rating(f, id);
        int counts[2] = {0, INT_MAX};
        if (!rating) reading_complain(r, v, "\"%s\" is none of the ratings", id);
        reading_fields(r, v, count_fields, counts);
        if (r->bad) return;
        g->least[rating - f->ratings] = counts[0];
        g->most[rating - f->ratings] = counts[1];
    }
}

/* Goes through every mix of ratings of the key questions: `left` of them still to give, from
 * the rating `at` on. The first mix that nothing decides is named. */
static void every_mix(struct reading *r, const struct framework *f, const json *list,
                      int count[RATINGS_MOST], int at, int left) {
    if (r->bad) return;
    if (at < f->ratings_count - 1) {
        for (int n = 0; n <= left; n++) {
            count[at] = n;
            every_mix(r, f, list, count, at + 1, left - n);
        }
        count[at] = 0;
        return;
    }
    count[at] = left;
    if (framework_aggregate(f, count)) return;
    char mix[200];
    size_t used = 0;
    for (int i = 0; i < f->ratings_count; i++)
        if (count[i] && used < sizeof mix - 40)
            used += (size_t)snprintf(mix + used, sizeof mix - used, "%s%d %.24s",
                                     used ? ", " : "", count[i], f->ratings[i].id);
    reading_complain(r, list, "nothing says what these make together: %s", mix);
}

static void read_aggregates(struct reading *r, struct framework *f, const json *root) {
    const json *list = json_get(root, "aggregation");
    f->aggregates_count = read_all(r, root, "aggregation", 0, AGGREGATES_MOST, aggregate_fields,
                                   sizeof *f->aggregates, &f->aggregates);
    for (int i = 0; i < f->aggregates_count && !r->bad; i++) {
        const json *map = json_at(list, (size_t)i);
        struct aggregate *g = &f->aggregates[i];
        reading_subject(r, "aggregation", g->rule.id);
        framework_check_source(r, f, map, &g->rule);
        g->gives = rating_named(r, f, map, "gives");
        read_counts(r, f, map, g);
    }
    reading_subject(r, "", "");
    int count[RATINGS_MOST] = {0};
    if (f->aggregates_count && !r->bad) every_mix(r, f, list, count, 0, f->questions_count);
}

/* ---- circumstances, and the rules that explain the figures ---- */

static void read_circumstances(struct reading *r, struct framework *f, const json *root) {
    const json *list = json_get(root, "circumstances");
    f->circumstances_count =
        read_all(r, root, "circumstances", 0, CIRCUMSTANCES_MOST, circumstance_fields,
                 sizeof *f->circumstances, &f->circumstances);
    for (int i = 0; i < f->circumstances_count && !r->bad; i++) {
        const json *map = json_at(list, (size_t)i);
        struct circumstance *c = &f->circumstances[i];
        const char *on = json_text(json_get(map, "on"), "");
        const char *effect = json_text(json_get(map, "effect"), "");
        reading_subject(r, "circumstance", c->rule.id);
        framework_check_source(r, f, map, &c->rule);
        c->most = rating_named(r, f, map, "most");
        c->question = framework_question(f, on);
        c->warns = text_equal(effect, "warn");
        if (c->question < 0 && !text_equal(on, "overall"))
            reading_complain(r, map, "\"on\" must be \"overall\" or a key question");
        if (!c->warns && !text_equal(effect, "cap"))
            reading_complain(r, map, "\"effect\" must be \"cap\" or \"warn\"");
    }
    reading_subject(r, "", "");
}

static void read_rounding(struct reading *r, struct framework *f, const json *root) {
    static const char *const words[] = {"half_up", "half_down", "down", "up"};
    const json *v = json_get(root, "rounding");
    for (int i = 0; v && i <= ROUND_UP; i++)
        if (text_equal(json_text(v, ""), words[i])) {
            f->rounding = (enum rounding)i;
            return;
        }
    if (v || f->bands_count)
        reading_complain(r, v ? v : root,
                         "\"rounding\" must be half_up, half_down, down or up");
}

/* A figure that cannot say where it comes from is not shown, so its rules must be there. */
static void need_rules(struct reading *r, const struct framework *f, const json *root) {
    static const char *const needed[] = {"scale", "percentage", "bands", "rounding", "share"};
    const json *list = json_get(root, "rules");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!framework_rule(f, needed[i]))
            reading_complain(r, list ? list : root, "no rule has the id \"%s\"", needed[i]);
    if (f->scoring == SCORING_CATEGORY && !framework_rule(f, "categories"))
        reading_complain(r, list ? list : root, "no rule has the id \"categories\"");
    if (!f->share_needed) reading_complain(r, root, "\"shareNeeded\" is missing");
}

void framework_read_rules(struct reading *r, struct framework *f, const json *root) {
    if (r->bad) return;
    f->rules_count =
        read_all(r, root, "rules", 0, RULES_MOST, rule_fields, sizeof *f->rules, &f->rules);
    for (int i = 0; i < f->rules_count && !r->bad; i++) {
        const json *map = json_at(json_get(root, "rules"), (size_t)i);
        reading_subject(r, "rule", f->rules[i].id);
        framework_check_source(r, f, map, &f->rules[i]);
        if (framework_rule(f, f->rules[i].id) != &f->rules[i])
            reading_complain(r, map, "this id stands here twice");
    }
    reading_subject(r, "", "");
    read_bands(r, f, root);
    read_limiters(r, f, root);
    read_aggregates(r, f, root);
    read_circumstances(r, f, root);
    if (!r->bad) read_rounding(r, f, root);
    if (f->scoring == SCORING_STATEMENT || f->scoring == SCORING_CATEGORY)
        need_rules(r, f, root);
}

/* ---- look-ups ---- */

const struct rule *framework_rule(const struct framework *f, const char *id) {
    for (int i = 0; i < f->rules_count; i++)
        if (text_equal(f->rules[i].id, id)) return &f->rules[i];
    return NULL;
}

const struct rating_name *framework_rating(const struct framework *f, const char *id) {
    for (int i = 0; i < f->ratings_count; i++)
        if (text_equal(f->ratings[i].id, id)) return &f->ratings[i];
    return NULL;
}

const struct source *framework_source(const struct framework *f, const char *id) {
    for (int i = 0; i < f->sources_count; i++)
        if (text_equal(f->sources[i].id, id)) return &f->sources[i];
    return NULL;
}

const struct score_name *framework_score(const struct framework *f, int score) {
    for (int i = 0; i < f->scale_count; i++)
        if (f->scale[i].score == score) return &f->scale[i];
    return NULL;
}

const struct evidence_category *framework_category(const struct framework *f, const char *id) {
    for (int i = 0; i < f->categories_count; i++)
        if (text_equal(f->categories[i].id, id)) return &f->categories[i];
    return NULL;
}

const struct circumstance *framework_circumstance(const struct framework *f, const char *id) {
    for (int i = 0; i < f->circumstances_count; i++)
        if (text_equal(f->circumstances[i].rule.id, id)) return &f->circumstances[i];
    return NULL;
}

bool category_used(const struct evidence_category *c, const char *setting) {
    for (int i = 0; i < c->not_for_count; i++)
        if (text_equal(c->not_for[i], setting)) return false;
    return true;
}

const struct band *framework_band(const struct framework *f, int64_t percent) {
    for (int i = f->bands_count - 1; i >= 0; i--)
        if (percent >= f->bands[i].from) return &f->bands[i];
    return NULL;
}

const struct aggregate *framework_aggregate(const struct framework *f,
                                            const int count[RATINGS_MOST]) {
    for (int i = 0; i < f->aggregates_count; i++) {
        const struct aggregate *g = &f->aggregates[i];
        bool holds = true;
        for (int k = 0; k < f->ratings_count; k++)
            holds = holds && count[k] >= g->least[k] && count[k] <= g->most[k];
        if (holds) return g;
    }
    return NULL;
}
