/* problems.h -- everything that is wrong with a form, each with its place, gathered in one run.
 *
 * Journey: whoever reads a sheet (grid.c, rows_read.c, xlsform.c) or the form itself (check.c)
 * adds here; the office program prints the list. A note is nothing wrong: it names what was
 * read in a certain way or not carried over. The first PROBLEMS_MOST are kept, the rest are
 * counted. */
#ifndef AUTHOR_PROBLEMS_H
#define AUTHOR_PROBLEMS_H

#include <stdbool.h>

#include "base/arena.h"

#define PROBLEMS_MOST 200

/* A place in a sheet: row 1 is the first, column 1 is A; 0: not known. */
struct place {
    const char *file;
    int row, column;
    const char *heading; /* of the column, NULL none */
};
struct problem {
    bool note;
    struct place place;
    const char *where; /* "night.csv: row 14, column E (kind)" */
    const char *what;
};
struct problems {
    struct arena *memory;
    struct problem *list;
    int count, room;
    int wrong, notes; /* of all, kept or not */
};

/* Something is wrong there; it must be put right. */
void problem_at(struct problems *p, const struct place *at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Good to know. */
void note_at(struct problems *p, const struct place *at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Wrong at a place that somebody else has put into words. */
void problem_said(struct problems *p, const char *where, const char *what);
/* Is something wrong in that row already? What follows from it is not told twice. */
bool problems_in_row(const struct problems *p, const char *file, int row);
/* A, B … Z, AA: as spreadsheet programs call the column. */
void column_letters(int column, char out[8]);

#endif
