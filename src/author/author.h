/* author.h -- writing forms without being a programmer: a form as a spreadsheet, forms of other
 * programs, and everything that is wrong with one in one run.
 *
 * Journey: a care manager's sheet (or an XLSForm) → here → a form's JSON → lantern-office add →
 * tablets. Whatever the way in, the reader of src/care has the last word; what it complains of
 * is told at the cell it came from. Nothing here writes a file.
 *
 * Bytes come in as they were read from a file; what comes out lives in the arena of `p`. Where
 * a status is returned, STATUS_INVALID means: see what stands in `p`. */
#ifndef AUTHOR_AUTHOR_H
#define AUTHOR_AUTHOR_H

#include "author/problems.h"
#include "base/buf.h"

struct authored {
    const char *code, *title;
    int version, sections, items;
    struct buf json; /* the form; buf_release it */
};
void authored_release(struct authored *f);

/* A form's JSON: is it sound? Laid out anew in f->json. */
MUST_CHECK enum status author_json(struct problems *p, const char *name, const char *bytes,
                                   size_t n, struct authored *f);
/* A form's sheet as JSON. */
MUST_CHECK enum status author_csv(struct problems *p, const char *name, const char *bytes,
                                  size_t n, struct authored *f);
/* A form's JSON as a sheet. */
MUST_CHECK enum status author_to_csv(struct problems *p, const char *name, const char *bytes,
                                     size_t n, struct buf *csv);

/* The same form with every question in view: no conditions, repeats, modules or settings; a
 * guide's prompts as a list. To be looked at, never to be answered. */
MUST_CHECK enum status author_bare(struct problems *p, const char *name, const char *bytes,
                                   size_t n, struct authored *f);

/* A sheet of an XLSForm saved as CSV; bytes NULL: there is none. */
struct xlsform_sheet {
    const char *name, *bytes;
    size_t size;
};
struct xlsform {
    struct xlsform_sheet survey, choices, settings;
    /* What XLSForms have no column for; NULL: see XLSFORM_STATEMENT and so on. */
    const char *code, *statement, *evidence;
};
#define XLSFORM_STATEMENT "WEL-W5"
#define XLSFORM_EVIDENCE  "observation"
/* Notes in `p` name everything that was not carried over, and why. */
MUST_CHECK enum status author_xlsform(struct problems *p, const struct xlsform *x,
                                      struct authored *f);

#endif
