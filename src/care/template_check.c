/* template_check.c -- what must hold of an item: its codes, its condition, and what a critical
 * item owes to the person who finds it not met. */
#include "base/text.h"
#include "care/part_nature.h"
#include "care/template_read.h"

#define LANES    "before_leave|before_tonight|this_week|this_month"
#define EVIDENCE "people|staff|partners|observation|processes|outcomes"
#define USES     "check|guide|meeting|checklist|team|interview|mock|pilot|private|proof|retest"
#define PLACES                                                                            \
    "unit|room|lounge|dining|kitchen|bathroom|corridor|medicines|laundry|outside|office|" \
    "stairs|other"
#define SETTINGS \
    "care_home|nursing_home|learning_disability|home_care|supported_living|extra_care"

static void check_each(struct reading *r, const json *map, const char *name,
                       const char *const *texts, int n, bool (*good)(const char *),
                       const char *like) {
    const json *list = json_get(map, name);
    for (int i = 0; i < n && !r->bad; i++)
        if (!good(texts[i]))
            reading_complain(r, json_at(list, (size_t)i),
                             "\"%s\" in \"%s\" does not look like %s", texts[i], name, like);
}

static void check_words(struct reading *r, const json *map, const char *name,
                        const char *const *texts, int n, const char *known) {
    const json *list = json_get(map, name);
    for (int k = 0; k < n && !r->bad; k++)
        if (!is_one_of(texts[k], known))
            reading_complain(r, json_at(list, (size_t)k), "\"%s\" in \"%s\" is none of %s",
                             texts[k], name, known);
}

static void check_codes(struct reading *r, const json *map, const struct item *i) {
    if (!is_statement_code(i->statement))
        reading_complain(r, json_get(map, "statement"),
                         "\"%s\" does not look like a statement's code, SAF-S6", i->statement);
    check_each(r, map, "statements", i->statements, i->statements_count, is_statement_code,
               "SAF-S6");
    check_each(r, map, "regulations", i->regulations, i->regulations_count, is_regulation_id,
               "RA2014-12");
    check_each(r, map, "catches", i->catches, i->catches_count, is_coverage_id, "SAF-S3/17");
    if (!is_one_of(i->evidence, EVIDENCE))
        reading_complain(r, json_get(map, "evidence"), "\"evidence\" must be one of %s",
                         EVIDENCE);
    if (*i->lane && !is_one_of(i->lane, LANES))
        reading_complain(r, json_get(map, "lane"), "\"lane\" must be one of %s", LANES);
    check_words(r, map, "settings", i->settings, i->settings_count, SETTINGS);
}

/* Found in the night it must take two taps, so everything is thought of by day. */
static void check_critical(struct reading *r, const json *map, const struct item *i) {
    if (!i->critical) return;
    const struct {
        const char *name, *text;
    } owed[] = {{"goodLooksLike", i->good_looks_like},
                {"measure", i->measure},
                {"ownerRole", i->owner_role},
                {"lane", i->lane}};
    for (size_t k = 0; k < sizeof owed / sizeof *owed; k++)
        if (!*owed[k].text)
            reading_complain(r, map, "a critical item needs \"%s\"", owed[k].name);
    if (i->phrases_count < 2)
        reading_complain(r, map, "a critical item needs two \"phrases\" or more");
}

static void check_place(struct reading *r, const json *map, const struct template *t,
                        const struct item *i) {
    bool found = text_equal(i->module, "core");
    for (int k = 0; k < t->modules_count; k++)
        found = found || text_equal(t->modules[k].id, i->module);
    if (!found)
        reading_complain(r, json_get(map, "module"), "no module is called \"%s\"", i->module);
    const struct item *other = template_item(t, i->id);
    if (other && other != i)
        reading_complain(r, json_get(map, "id"), "this id stands in the form twice");
    if (i->since > t->version && t->version > 0)
        reading_complain(r, json_get(map, "since"),
                         "\"since\" is later than the form's version");
}

static void check_parts(struct reading *r, const json *map, const struct item *i) {
    const json *list = json_get(map, "parts");
    for (int k = 0; k < i->parts_count && !r->bad; k++) {
        const struct part *p = &i->parts[k];
        if (item_part(i, p->id) != p)
            reading_complain(r, json_at(list, (size_t)k), "two parts have the id \"%s\"",
                             p->id);
    }
}

void template_check_item(struct reading *r, const json *map, const struct template *t,
                         const struct item *i) {
    if (r->bad) return;
    check_place(r, map, t, i);
    check_codes(r, map, i);
    check_critical(r, map, i);
    check_parts(r, map, i);
}

/* The words that an answer of this part can have. */
static bool can_say(const struct part *p, const char *word) {
    if (said_word(part_nature(p->kind)->words, word)) return true;
    for (int i = 0; i < p->choices_count; i++)
        if (text_equal(p->choices[i].id, word)) return true;
    return false;
}

static const char *when_word(struct reading *r, const json *v, const struct part *p) {
    const char *word = json_text(v, "");
    if (p->kind == PART_TALLY || p->kind == PART_COUNTS || !can_say(p, word))
        reading_complain(r, v, "the answer can never be \"%s\"", word);
    return arena_strdup(r->memory, word);
}

static bool read_limit(struct reading *r, const json *v, const char *name, const struct part *p,
                       int64_t *out) {
    if (part_nature(p->kind)->number) return template_number(r, v, name, p->kind, out);
    reading_complain(r, v, "an answer of kind \"%s\" has no number", part_kind_name(p->kind));
    return false;
}

static void read_test(struct reading *r, const json *map, const struct part *p,
                      struct condition *c) {
    const json *is = json_get(map, "is"), *is_not = json_get(map, "isNot"),
               *at_least = json_get(map, "atLeast"), *at_most = json_get(map, "atMost");
    c->at_least = INT64_MIN;
    c->at_most = INT64_MAX;
    c->by_number = at_least || at_most;
    if (!!is + !!is_not + c->by_number != 1) {
        reading_complain(r, map,
                         "a condition has \"is\", or \"isNot\", or \"atLeast\" and \"atMost\"");
        return;
    }
    if (is) c->is = when_word(r, is, p);
    if (is_not) c->is_not = when_word(r, is_not, p);
    if (at_least) read_limit(r, at_least, "atLeast", p, &c->at_least);
    if (at_most) read_limit(r, at_most, "atMost", p, &c->at_most);
    if (c->at_least > c->at_most)
        reading_complain(r, at_most, "\"atMost\" is less than \"atLeast\"");
}

static void read_condition(struct reading *r, const json *map, const struct template *t,
                           struct condition *c) {
    reading_fields(r, map, template_when_fields, c);
    if (r->bad) return;
    const struct item *other = template_item(t, c->item);
    const struct part *part = other ? item_part(other, c->part) : NULL;
    if (!other)
        reading_complain(r, json_get(map, "item"),
                         "no item before this one is called \"%s\": a condition can only look "
                         "back, never at itself or ahead",
                         c->item);
    else if (!other->parts_count)
        return; /* it was wrong itself, which has been told */
    else if (!part)
        reading_complain(r, map, "item %s has no part \"%s\"", c->item, c->part);
    else
        read_test(r, map, part, c);
}

void template_read_when(struct reading *r, const json *map, const struct template *t,
                        struct item *i) {
    const json *all = json_get(map, "when"), *any = json_get(map, "whenAny");
    if (!all && !any) return;
    if (all && any) {
        reading_complain(r, any, "an item has \"when\" or \"whenAny\", not both");
        return;
    }
    bool one = all && json_type_of(all) == JSON_T_MAP;
    const json *list =
        one ? NULL : reading_list(r, map, all ? "when" : "whenAny", 1, CONDITIONS_MAX);
    int n = one ? 1 : (int)json_count(list);
    struct condition *c = ARENA_ARRAY(r->memory, struct condition, n);
    for (int k = 0; k < n && !r->bad; k++)
        read_condition(r, one ? all : json_at(list, (size_t)k), t, &c[k]);
    i->when = c;
    i->when_count = n;
    i->when_any = any != NULL;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "22:00" as minutes after midnight, -1 when it is none. */
static int read_clock(const char *s) {
    bool shaped = s && strlen(s) == 5 && s[2] == ':' && is_digit(s[0]) && is_digit(s[1]) &&
                  is_digit(s[3]) && is_digit(s[4]);
    if (!shaped) return -1;
    int hour = (s[0] - '0') * 10 + s[1] - '0', minute = (s[3] - '0') * 10 + s[4] - '0';
    return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static void read_hours(struct reading *r, const json *root, struct template *t) {
    const json *hours = json_get(root, "hours");
    if (!hours || r->bad) return;
    t->from_min = read_clock(json_text(json_get(hours, "from"), NULL));
    t->to_min = read_clock(json_text(json_get(hours, "to"), NULL));
    if (t->from_min < 0 || t->to_min < 0 || json_count(hours) != 2)
        reading_complain(r, hours, "\"hours\" is {\"from\": \"22:00\", \"to\": \"06:30\"}");
}

void template_check_root(struct reading *r, const json *root, struct template *t) {
    read_hours(r, root, t);
    if (!r->bad && !*t->use) t->use = t->guide ? "guide" : "check";
    if (!r->bad && !is_one_of(t->use, USES))
        reading_complain(r, json_get(root, "use"), "\"use\" must be one of %s", USES);
    check_words(r, root, "places", t->places, t->places_count, PLACES);
    check_words(r, root, "settings", t->settings, t->settings_count, SETTINGS);
}
