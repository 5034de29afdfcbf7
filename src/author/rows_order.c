/* rows_order.c -- whether the rows stand in an order that makes a form: a section above its
 * items, an item above its parts, a part above its choices. */
#include "author/rows_inside.h"

struct order {
    struct problems *p;
    const struct form_row *section, *item, *part;
    const struct form_row *of_property[PROPERTIES];
};

bool row_is_answer(const struct form_row *r) {
    return row_has(r, SHEET_KIND);
}

static bool has_part_cells(const struct form_row *r, enum column *first) {
    for (int c = SHEET_UNIT; c <= SHEET_DEFAULT_HIGH; c++)
        if (row_has(r, (enum column)c)) {
            *first = (enum column)c;
            return true;
        }
    return false;
}

static bool misplaced(struct order *o, struct form_row *r, const char *why) {
    struct place at = row_place(r, COLUMNS);
    problem_at(o->p, &at, "%s", why);
    r->kind = ROW_NOTHING;
    return false;
}

static bool check_property(struct order *o, struct form_row *r) {
    if (o->of_property[r->property])
        return misplaced(o, r, "this is said of the form twice; leave one of the two rows");
    o->of_property[r->property] = r;
    return true;
}

static bool check_part(struct order *o, struct form_row *r) {
    if (!o->item) return misplaced(o, r, "a part needs an item above it");
    if (row_is_answer(o->item))
        return misplaced(o, r,
                         "the item above has a kind of answer itself. Empty its \"kind\" and "
                         "give each answer a row \"part\"");
    o->part = r;
    return true;
}

static bool check_choice(struct order *o, struct form_row *r) {
    if (!o->part && !(o->item && row_is_answer(o->item)))
        return misplaced(o, r, "a choice needs an item or a part with a \"kind\" above it");
    return true;
}

static bool check_row(struct order *o, struct form_row *r) {
    switch (r->kind) {
    case ROW_FORM:
        return check_property(o, r);
    case ROW_SECTION:
        o->section = r;
        o->item = o->part = NULL;
        return true;
    case ROW_ITEM:
        if (!o->section)
            return misplaced(o, r,
                             "an item needs a section above it: put a row \"section\" in");
        o->item = r;
        o->part = NULL;
        return true;
    case ROW_PART:
        return check_part(o, r);
    case ROW_CHOICE:
        return check_choice(o, r);
    case ROW_NOTHING:
    case ROW_LENGTH:
    case ROW_MODULE:
        return true;
    }
    return true;
}

/* An item that asks nothing, and bounds that belong to no answer. */
static void check_answers(struct problems *p, const struct form_rows *rows) {
    for (int i = 0; i < rows->count; i++) {
        const struct form_row *r = &rows->list[i];
        bool parts = i + 1 < rows->count && rows->list[i + 1].kind == ROW_PART;
        enum column c;
        if ((r->kind != ROW_ITEM && r->kind != ROW_PART) || row_is_answer(r)) continue;
        if (r->kind == ROW_PART || !parts) {
            struct place at = row_place(r, COLUMNS);
            problem_at(
                p, &at,
                r->kind == ROW_PART
                    ? "this part has no kind of answer: fill \"kind\", such as met or number"
                    : "this item has no kind of answer: fill \"kind\", such as met or "
                      "number, or put rows \"part\" below it");
        } else if (has_part_cells(r, &c)) {
            struct place at = row_place(r, c);
            problem_at(p, &at, "this belongs to one of the parts below; move it there");
        }
    }
}

void rows_order(struct problems *p, struct form_rows *rows) {
    struct order o = {.p = p};
    for (int i = 0; i < rows->count; i++)
        check_row(&o, &rows->list[i]);
    check_answers(p, rows);
}
