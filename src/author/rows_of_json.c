/* rows_of_json.c -- the rows of a form that is sound: what a spreadsheet will show of it.
 *
 * Fields left out, empty texts, `false` and empty lists are one and the same to the reader and
 * come out as empty cells; so does the one part without a name, which shares its item's row. */
#include "author/conditions.h"
#include "author/rows_inside.h"
#include "base/text.h"

static const char *list_said(struct arena *a, const json *list, enum cell_sort sort) {
    struct buf b = {0};
    for (size_t i = 0; i < json_count(list); i++) {
        if (i) buf_text(&b, sort == CELL_CODES ? ", " : " | ");
        for (const char *p = json_text(json_at(list, i), ""); *p; p++) {
            if (sort == CELL_TEXTS && (*p == '|' || *p == '\\')) buf_byte(&b, '\\');
            buf_byte(&b, (uint8_t)*p);
        }
    }
    const char *said = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return said;
}

static const char *hours_said(struct arena *a, const json *v) {
    return arena_printf(a, "%s to %s", json_text(json_get(v, "from"), ""),
                        json_text(json_get(v, "to"), ""));
}

static const char *value_said(struct arena *a, const json *v, enum cell_sort sort) {
    switch (sort) {
    case CELL_TEXT:
        return arena_strdup(a, json_text(v, ""));
    case CELL_FLAG:
        return json_bool(v, false) ? "yes" : "";
    case CELL_NUMBER:
        return number_said(a, v);
    case CELL_CODES:
    case CELL_TEXTS:
        return list_said(a, v, sort);
    case CELL_HOURS:
        return hours_said(a, v);
    case CELL_WHEN:
        break;
    }
    return "";
}

static void fill(struct form_rows *rows, struct form_row *r, const json *map) {
    for (int c = 0; c < COLUMNS; c++) {
        const json *v = json_get(map, column_field((enum column)c, r->kind));
        if (!(column_about[c].rows & (unsigned)r->kind) || !v) continue;
        r->cells[c] = value_said(rows->memory, v, column_about[c].sort);
    }
}

static const char *when_said(struct arena *a, const json *item) {
    struct said_conditions said;
    struct buf b = {0};
    conditions_of_json(a, item, &said);
    conditions_say(&said, &b);
    const char *cell = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return cell;
}

static void add_all(struct form_rows *rows, const json *list, enum row_kind k) {
    for (size_t i = 0; i < json_count(list); i++)
        fill(rows, rows_add(rows, k, "", 0), json_at(list, i));
}

static void add_form(struct form_rows *rows, const json *root) {
    for (int i = 0; i < PROPERTIES; i++) {
        const json *v = json_get(root, property_about[i].field);
        const char *said = v ? value_said(rows->memory, v, property_about[i].sort) : "";
        if (!*said) continue;
        struct form_row *r = rows_add(rows, ROW_FORM, "", 0);
        r->property = (enum property)i;
        r->cells[SHEET_ID] = property_about[i].field;
        r->cells[SHEET_TEXT] = said;
    }
}

/* May the part stand in its item's row? */
static bool nameless(const json *part) {
    return !*json_text(json_get(part, "id"), "") && !*json_text(json_get(part, "text"), "");
}

static void add_item(struct form_rows *rows, const json *item) {
    const json *parts = json_get(item, "parts"), *answer = json_get(item, "answer");
    bool one = json_count(parts) == 1 && nameless(json_at(parts, 0));
    struct form_row *r = rows_add(rows, ROW_ITEM, "", 0);
    if (one) fill(rows, r, json_at(parts, 0));
    fill(rows, r, item); /* after it: the item's own id and text count */
    r->cells[SHEET_WHEN] = when_said(rows->memory, item);
    if (answer) r->cells[SHEET_KIND] = arena_strdup(rows->memory, json_text(answer, ""));
    for (size_t i = 0; i < json_count(parts); i++) {
        const json *part = json_at(parts, i);
        if (!one) fill(rows, rows_add(rows, ROW_PART, "", 0), part);
        add_all(rows, json_get(part, "choices"), ROW_CHOICE);
    }
}

void rows_of_json(const json *root, struct form_rows *out) {
    const json *sections = json_get(root, "sections");
    add_form(out, root);
    add_all(out, json_get(root, "lengths"), ROW_LENGTH);
    add_all(out, json_get(root, "modules"), ROW_MODULE);
    for (size_t i = 0; i < json_count(sections); i++) {
        const json *items = json_get(json_at(sections, i), "items");
        fill(out, rows_add(out, ROW_SECTION, "", 0), json_at(sections, i));
        for (size_t k = 0; k < json_count(items); k++)
            add_item(out, json_at(items, k));
    }
}
