/* rows_csv.c -- a form's rows as CSV that any spreadsheet program opens with a double click:
 * UTF-8 with its mark, commas, CR LF. */
#include "author/rows_inside.h"
#include "base/text.h"

/* What a spreadsheet program would take for a formula stands behind a ', which rows_read takes
 * away again. */
static bool needs_guard(const char *s) {
    while (*s == '\'')
        s++;
    return *s && strchr("=+-@", *s) != NULL;
}

static void put_cell(struct buf *out, const char *s, enum cell_sort sort) {
    bool guard = sort != CELL_NUMBER && needs_guard(s);
    if (!strpbrk(s, ",;\"\t\r\n")) {
        if (guard) buf_byte(out, '\'');
        buf_text(out, s);
        return;
    }
    buf_byte(out, '"');
    if (guard) buf_byte(out, '\'');
    for (; *s; s++) {
        if (*s == '"') buf_byte(out, '"');
        buf_byte(out, (uint8_t)*s);
    }
    buf_byte(out, '"');
}

void rows_csv(const struct form_rows *rows, struct buf *out) {
    buf_text(out, "\xEF\xBB\xBFrow");
    for (int c = 0; c < COLUMNS; c++) {
        char heading[32];
        column_heading((enum column)c, heading);
        buf_printf(out, ",%s", heading);
    }
    buf_text(out, "\r\n");
    for (int i = 0; i < rows->count; i++) {
        const struct form_row *r = &rows->list[i];
        buf_text(out, row_kind_name(r->kind));
        for (int c = 0; c < COLUMNS; c++) {
            buf_byte(out, ',');
            if (r->cells[c]) put_cell(out, r->cells[c], column_about[c].sort);
        }
        buf_text(out, "\r\n");
    }
}
