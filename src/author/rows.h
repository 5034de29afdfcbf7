/* rows.h -- a form as the rows of a sheet: what lies between a spreadsheet and the form's JSON.
 *
 *     form.csv ──rows_read──▸ rows ──rows_json──▸ JSON ──check (the reader itself)──▸ problems,
 *     XLSForm ───xlsform────▸      ◂──rows_of_json──                   each back at its cell
 *     form.csv ◂─rows_csv────
 *
 * One row for each length, module, section, item, part of an item and choice, in the order of
 * the form; and one for each thing the form says of itself. A row knows from which sheet and
 * row it came, a cell from which column, so that whatever the reader complains about is told
 * where a person can mend it. */
#ifndef AUTHOR_ROWS_H
#define AUTHOR_ROWS_H

#include "author/grid.h"
#include "base/buf.h"
#include "base/json.h"

enum row_kind {
    ROW_NOTHING = 0, /* out of place, and told of */
    ROW_FORM = 1,
    ROW_LENGTH = 2,
    ROW_MODULE = 4,
    ROW_SECTION = 8,
    ROW_ITEM = 16,
    ROW_PART = 32,
    ROW_CHOICE = 64
};
enum cell_sort {
    CELL_TEXT,
    CELL_FLAG,   /* yes, or empty */
    CELL_NUMBER, /* in its natural unit */
    CELL_CODES,  /* several ids: A, B C */
    CELL_TEXTS,  /* several texts: one | another */
    CELL_WHEN,   /* N06.sleep_in >= 1 and N07 = yes */
    CELL_HOURS   /* 22:00 to 06:30 */
};
enum column {
#define COLUMN(NAME, field, sort, rows) SHEET_##NAME,
#include "author/column_list.h"
#undef COLUMN
    COLUMNS
};
enum property {
#define PROPERTY(NAME, field, sort) PROP_##NAME,
#include "author/property_list.h"
#undef PROPERTY
    PROPERTIES
};
struct column_about {
    const char *field;
    enum cell_sort sort;
    unsigned rows; /* those that may fill it */
};
extern const struct column_about column_about[COLUMNS], property_about[PROPERTIES];

struct form_row {
    enum row_kind kind;
    const char *file;
    int row;                     /* in that sheet; 0: none, it was made up */
    enum property property;      /* of ROW_FORM; its value is in SHEET_TEXT */
    const char *cells[COLUMNS];  /* NULL: empty */
    uint16_t columns[COLUMNS];   /* of that sheet, 1 is A; 0: none */
    const char *const *headings; /* of that sheet, by its own columns; NULL: none */
};
struct form_rows {
    struct arena *memory;
    struct form_row *list;
    int count, room;
};

const char *row_kind_name(enum row_kind k);
/* The JSON's field behind a column in a row of that kind: "title" for a section's text. */
const char *column_field(enum column c, enum row_kind k);
/* A heading as it is written: "good looks like". */
void column_heading(enum column c, char out[32]);
/* The place of a cell, or of its whole row when that cell came from nowhere. */
struct place row_place(const struct form_row *r, enum column c);
struct form_row *rows_add(struct form_rows *rows, enum row_kind k, const char *file, int row);
/* Does the row say anything there? */
bool row_has(const struct form_row *r, enum column c);

/* A sheet's rows as a form's. What is wrong stands in `p`; the rest is read all the same. */
void rows_read(struct problems *p, const struct grid *g, struct form_rows *out);
/* The form's JSON, which `check_rows` then reads. What cannot be said stands in `p`. */
struct origin {
    int line, column; /* in the JSON, from 1 */
    const struct form_row *row;
    enum column cell; /* COLUMNS: the row as a whole */
};
struct rows_json {
    struct buf text;
    struct origin *origins; /* in the order of the text */
    int count, room;
};
void rows_json(struct problems *p, struct form_rows *rows, struct rows_json *out);
/* From where a place in that JSON came; NULL: from nowhere. */
const struct origin *rows_json_origin(const struct rows_json *j, int line, int column);
/* The rows of a form that has been read without complaint. */
void rows_of_json(const json *root, struct form_rows *out);
/* As CSV for any spreadsheet program: UTF-8 with its mark. */
void rows_csv(const struct form_rows *rows, struct buf *out);

#endif
