/* grid.h -- a CSV file as rows of cells (RFC 4180), with commas, semicolons or tabs between.
 *
 * Row numbers are those a spreadsheet program shows. Cells are trimmed; a line break inside one
 * is kept. Every limit is a named one, and what is beyond it is told with its place. */
#ifndef AUTHOR_GRID_H
#define AUTHOR_GRID_H

#include "author/problems.h"

#define GRID_BYTES_MAX   (8 * 1024 * 1024)
#define GRID_ROWS_MAX    60000
#define GRID_COLUMNS_MAX 200
#define GRID_CELL_MAX    4000 /* bytes */

struct grid_row {
    int row;
    int count;
    const char **cells;
};
struct grid {
    const char *name;
    struct grid_row *rows;
    int count, room;
    char between;
};
/* False when it cannot be read at all; what is wrong stands in `p`. Everything lives in its
 * arena. Rows without a word in them are left out. */
bool grid_read(struct problems *p, const char *name, const char *bytes, size_t n,
               struct grid *out);
/* A cell, "" beyond the end of its row. */
const char *grid_cell(const struct grid_row *r, int column);

#endif
