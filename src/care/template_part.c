/* template_part.c -- one part of an item: kind, bounds, choices and target. */
#include "base/text.h"
#include "care/part_nature.h"
#include "care/template_read.h"

#define NATURAL_MOST 1000000000.0

/* At most three decimals, and only where thousandths are kept. */
static bool scaled(struct reading *r, const json *v, const char *name, int64_t scale,
                   int64_t *out) {
    enum json_type type = json_type_of(v);
    double natural = json_number(v, 0);
    if (type != JSON_T_INT && type != JSON_T_REAL) {
        reading_complain(r, v, "\"%s\" must be a number", name);
    } else if (!(natural >= -NATURAL_MOST && natural <= NATURAL_MOST)) {
        reading_complain(r, v, "\"%s\" is too large", name);
    } else if (type == JSON_T_INT) {
        *out = json_int(v, 0) * scale;
        return true;
    } else {
        double exact = natural * (double)scale, half = exact < 0 ? -0.5 : 0.5;
        int64_t whole = (int64_t)(exact + half);
        double off = exact - (double)whole;
        if (off < 1e-3 && off > -1e-3) {
            *out = whole;
            return true;
        }
        reading_complain(r, v, "\"%s\" is finer than can be kept", name);
    }
    return false;
}

bool template_number(struct reading *r, const json *v, const char *name, enum part_kind kind,
                     int64_t *out) {
    return !r->bad && scaled(r, v, name, part_nature(kind)->scale, out);
}

static void read_kind(struct reading *r, const json *map, struct part *p) {
    const json *v = json_get(map, "kind");
    const char *name = json_text(v, "");
    for (int k = 0; k < PART_KINDS; k++)
        if (strcmp(part_kind_name((enum part_kind)k), name) == 0) {
            p->kind = (enum part_kind)k;
            return;
        }
    reading_complain(r, v, "no kind of answer is called \"%s\"", name);
}

static void read_bounds(struct reading *r, const json *map, struct part *p) {
    const json *least = json_get(map, "least"), *most = json_get(map, "most");
    if (r->bad || (!least && !most)) return;
    if (!part_nature(p->kind)->bounds) {
        reading_complain(r, least ? least : most, "an answer of kind \"%s\" has no bounds",
                         part_kind_name(p->kind));
        return;
    }
    if (!least || !most) {
        reading_complain(r, least ? least : most, "\"least\" and \"most\" belong together");
        return;
    }
    template_number(r, least, "least", p->kind, &p->least);
    template_number(r, most, "most", p->kind, &p->most);
    if (p->least > p->most) reading_complain(r, most, "\"most\" is less than \"least\"");
    p->bounded = !r->bad;
}

static void read_choices(struct reading *r, const json *map, struct part *p) {
    bool wants = part_nature(p->kind)->choices;
    const json *list = reading_list(r, map, "choices", wants ? 1 : 0, CHOICES_MAX);
    if (list && !wants && json_count(list))
        reading_complain(r, list, "an answer of kind \"%s\" has no choices",
                         part_kind_name(p->kind));
    if (list && p->kind == PART_CHOICE && json_count(list) < 2)
        reading_complain(r, list, "one choice is none");
    int n = (int)json_count(list);
    if (r->bad || n == 0) return;
    struct choice *choices = ARENA_ARRAY(r->memory, struct choice, n);
    for (int i = 0; i < n && !r->bad; i++) {
        const json *one = json_at(list, (size_t)i);
        reading_fields(r, one, template_choice_fields, &choices[i]);
        for (int k = 0; k < i && !r->bad; k++)
            if (text_equal(choices[k].id, choices[i].id))
                reading_complain(r, one, "the choice \"%s\" stands here twice", choices[i].id);
    }
    p->choices = choices;
    p->choices_count = n;
}

static enum target_rule rule_of(const char *name) {
    static const char *const names[] = {[TARGET_AT_MOST] = "at_most",
                                        [TARGET_AT_LEAST] = "at_least",
                                        [TARGET_BETWEEN] = "between"};
    for (int k = TARGET_AT_MOST; k <= TARGET_BETWEEN; k++)
        if (strcmp(names[k], name) == 0) return (enum target_rule)k;
    return TARGET_NONE;
}

/* Bounds are in the answer's unit, targets in thousandths of the natural one, as services set
 * them. */
static void check_within_bounds(struct reading *r, const json *v, const struct part *p,
                                int64_t thousandths) {
    int64_t value = target_in_unit(p, thousandths);
    if (p->bounded && (value < p->least || value > p->most))
        reading_complain(r, v, "the target stands outside \"least\" and \"most\"");
}

static void read_target(struct reading *r, const json *map, struct part *p) {
    const json *rule = json_get(map, "rule"), *low = json_get(map, "default"),
               *high = json_get(map, "defaultHigh"), *name = json_get(map, "target");
    if (r->bad || (!rule && !low && !high && !*p->target)) return;
    const json *first = name ? name : rule ? rule : low ? low : high;
    p->rule = rule_of(json_text(rule, ""));
    if (!part_nature(p->kind)->target)
        reading_complain(r, first, "an answer of kind \"%s\" has no target",
                         part_kind_name(p->kind));
    else if (!is_id(p->target))
        reading_complain(r, first, "a \"rule\" needs the name of a \"target\"");
    else if (p->rule == TARGET_NONE)
        reading_complain(r, rule ? rule : first,
                         "\"rule\" must be at_most, at_least or between");
    else if (!low)
        reading_complain(r, first, "a \"target\" needs a \"default\"");
    else if (p->rule == TARGET_BETWEEN && !high)
        reading_complain(r, first, "between what? \"defaultHigh\" is missing");
    if (r->bad || !scaled(r, low, "default", 1000, &p->target_default)) return;
    check_within_bounds(r, low, p, p->target_default);
    if (p->rule != TARGET_BETWEEN) {
        /* A zero says nothing and is let stand. */
        if (json_number(high, 0) > 0 || json_number(high, 0) < 0)
            reading_complain(r, high, "\"defaultHigh\" belongs to the rule \"between\"");
        return;
    }
    if (r->bad || !scaled(r, high, "defaultHigh", 1000, &p->target_default_high)) return;
    if (p->target_default_high < p->target_default)
        reading_complain(r, high, "\"defaultHigh\" is less than \"default\"");
    check_within_bounds(r, high, p, p->target_default_high);
}

void template_read_part(struct reading *r, const json *map, struct part *p) {
    reading_fields(r, map, template_part_fields, p);
    if (r->bad) return;
    const json *id = json_get(map, "id");
    p->id = arena_strdup(r->memory, json_text(id, ""));
    if (id && (json_type_of(id) != JSON_T_TEXT || (*p->id && !is_id(p->id))))
        reading_complain(r, id,
                         "a part's \"id\" must be 1 to 24 letters, digits, _ or -, or empty");
    read_kind(r, map, p);
    read_bounds(r, map, p);
    read_choices(r, map, p);
    read_target(r, map, p);
    if (!r->bad && p->of && p->kind != PART_X_OF_Y && p->kind != PART_DRAW)
        reading_complain(r, json_get(map, "of"),
                         "\"of\" belongs to the kinds \"x_of_y\" and \"draw\"");
    if (!r->bad && *p->unit && !part_nature(p->kind)->bounds)
        reading_complain(r, json_get(map, "unit"), "an answer of kind \"%s\" has no unit",
                         part_kind_name(p->kind));
}
