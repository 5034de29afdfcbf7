/* xlsform_inside.h -- what the files of the XLSForm importer share.
 *
 * xlsform.c reads the three sheets and walks the survey; xlsform_question.c makes rows of one
 * question; xlsform_when.c says when it is asked, and within which bounds; xlsform_sheet.c
 * finds columns, languages and choices. */
#ifndef AUTHOR_XLSFORM_INSIDE_H
#define AUTHOR_XLSFORM_INSIDE_H

#include "author/author.h"
#include "author/rows.h"

#define XLS_DEEPEST 20 /* groups within groups */

enum xls_column {
    XLS_TYPE,
    XLS_NAME,
    XLS_LABEL,
    XLS_HINT,
    XLS_REQUIRED,
    XLS_RELEVANT,
    XLS_CONSTRAINT,
    XLS_PARAMETERS,
    XLS_REPEAT_COUNT,
    XLS_LIST,
    XLS_COLUMNS
};
struct xls_sheet {
    struct grid grid;
    bool there;
    int columns[XLS_COLUMNS];           /* of the grid, from 0; -1: none */
    enum column ours[GRID_COLUMNS_MAX]; /* of lantern::… columns; COLUMNS: none */
};
struct xls_choice {
    const char *value, *id;
    const struct grid_row *row;
    uint64_t list; /* text_hash of its list's name */
};
enum xls_sort { XLS_OTHER, XLS_ONE, XLS_SEVERAL, XLS_NUMBER };
struct xls_question { /* one that was carried over, for what looks back at it */
    const char *name, *id;
    enum xls_sort sort;
    bool whole; /* a number without decimals */
    const char *list;
};
struct xls_frame { /* a group or repeat that is open */
    const struct grid_row *row;
    const char *id, *title;
    bool repeat;
    int opened; /* how many sections were made of it */
};
struct xls {
    struct problems *p;
    const struct xlsform *x;
    struct xls_sheet survey, choices, settings;
    struct xls_choice *list;
    int list_count;
    struct form_rows rows;
    struct xls_question *asked;
    int asked_count, asked_room;
    struct xls_ids {
        const char **list;
        int count, room;
    } items, sections;                        /* ids in use */
    struct xls_frame frames[XLS_DEEPEST + 1]; /* [0]: the form itself */
    int depth;
    int section;      /* the frame whose section is open, -1: none */
    const char *note; /* waits for the question or section it belongs to */
    const struct grid_row *note_row;
    bool said_statement, said_repeat, said_differs;
};

/* ---- xlsform_sheet.c ---- */
bool xls_sheet_read(struct xls *s, const struct xlsform_sheet *from, struct xls_sheet *to);
const char *xls_cell(const struct xls_sheet *t, const struct grid_row *r, enum xls_column c);
struct place xls_place(const struct xls_sheet *t, const struct grid_row *r, enum xls_column c);
/* A label or hint as plain text: no tags, no marks, no other question's answer inside. */
const char *xls_words(struct xls *s, const struct xls_sheet *t, const struct grid_row *r,
                      enum xls_column c);
void xls_read_choices(struct xls *s);
/* The choice of that value in a list; NULL: none. */
const struct xls_choice *xls_choice_of(const struct xls *s, const char *list,
                                       const char *value);
/* An id like that name, not in use yet. */
const char *xls_id(struct xls *s, struct xls_ids *in, const char *name);
/* Only what an id may hold, at most 24. */
const char *xls_id_like(struct arena *a, const char *name);
/* lantern::… cells of the survey's row into ours. */
void xls_own_cells(const struct xls_sheet *t, const struct grid_row *r, struct form_row *to);
void xls_put(struct form_row *to, enum column c, const char *text, const struct xls_sheet *t,
             enum xls_column from);
/* Columns with words in them that nobody reads. */
void xls_note_columns(struct xls *s);

/* ---- xlsform_when.c ---- */
const char *xls_when(struct xls *s, const struct grid_row *r);
/* Bounds of a number in thousandths, out of its constraint; false: none. */
bool xls_bounds(struct xls *s, const struct grid_row *r, bool whole, int64_t *least,
                int64_t *most);
const struct xls_question *xls_asked(const struct xls *s, const char *name);

/* ---- xlsform_question.c ---- */
/* A row of the survey that is neither group nor repeat nor note. */
void xls_question(struct xls *s, const struct grid_row *r, const char *type);
/* ---- xlsform.c ---- */
/* Begins the section that the next question belongs to, unless it is open. */
void xls_want_section(struct xls *s);

#endif
