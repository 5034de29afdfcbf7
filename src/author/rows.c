/* rows.c -- what the rows and columns of a form's sheet are called; see rows.h. */
#include "author/rows.h"

#include "base/text.h"

#define LENGTH  ROW_LENGTH
#define MODULE  ROW_MODULE
#define SECTION ROW_SECTION
#define ITEM    ROW_ITEM
#define PART    ROW_PART
#define CHOICE  ROW_CHOICE

const struct column_about column_about[COLUMNS] = {
#define COLUMN(NAME, field, sort, rows) [SHEET_##NAME] = {field, CELL_##sort, rows},
#include "author/column_list.h"
#undef COLUMN
};
const struct column_about property_about[PROPERTIES] = {
#define PROPERTY(NAME, field, sort) [PROP_##NAME] = {field, CELL_##sort, ROW_FORM},
#include "author/property_list.h"
#undef PROPERTY
};

const char *row_kind_name(enum row_kind k) {
    switch (k) {
    case ROW_NOTHING:
        break;
    case ROW_FORM:
        return "form";
    case ROW_LENGTH:
        return "length";
    case ROW_MODULE:
        return "module";
    case ROW_SECTION:
        return "section";
    case ROW_ITEM:
        return "item";
    case ROW_PART:
        return "part";
    case ROW_CHOICE:
        return "choice";
    }
    return "";
}

const char *column_field(enum column c, enum row_kind k) {
    if (c == SHEET_TEXT && (k & (ROW_LENGTH | ROW_MODULE | ROW_SECTION))) return "title";
    if (c == SHEET_HELP && k == ROW_SECTION) return "about";
    return column_about[c].field;
}

void column_heading(enum column c, char out[32]) {
    size_t n = 0;
    for (const char *f = column_about[c].field; *f && n < 30; f++) {
        bool capital = *f >= 'A' && *f <= 'Z';
        if (capital) out[n++] = ' ';
        out[n++] = capital ? (char)(*f | 32) : *f;
    }
    out[n] = '\0';
}

struct place row_place(const struct form_row *r, enum column c) {
    struct place at = {.file = r->file, .row = r->row};
    if (c == COLUMNS || !r->columns[c]) return at;
    at.column = r->columns[c];
    at.heading = r->headings ? r->headings[r->columns[c] - 1] : NULL;
    return at;
}

struct form_row *rows_add(struct form_rows *rows, enum row_kind k, const char *file, int row) {
    if (rows->count == rows->room) {
        int room = rows->room ? rows->room * 2 : 64;
        struct form_row *list = ARENA_ARRAY(rows->memory, struct form_row, room);
        if (rows->count) memcpy(list, rows->list, sizeof *list * (size_t)rows->count);
        rows->list = list;
        rows->room = room;
    }
    struct form_row *r = &rows->list[rows->count++];
    *r = (struct form_row){.kind = k, .file = file, .row = row};
    return r;
}

bool row_has(const struct form_row *r, enum column c) {
    return r->cells[c] && *r->cells[c];
}
