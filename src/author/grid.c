/* grid.c -- cells out of a CSV file; see grid.h. */
#include "author/grid.h"

#include "author/decode.h"
#include "base/buf.h"
#include "base/text.h"

struct reader {
    struct problems *p;
    struct grid *g;
    const char *at, *end;
    int row;
    const char *cells[GRID_COLUMNS_MAX];
    int count;
    struct buf cell;
    bool bad;
};

const char *grid_cell(const struct grid_row *r, int column) {
    return column >= 0 && column < r->count ? r->cells[column] : "";
}

static void complain(struct reader *r, int column, const char *why) {
    struct place at = {.file = r->g->name, .row = r->row, .column = column};
    problem_at(r->p, &at, "%s", why);
    r->bad = true;
}

/* What stands between the cells: whichever of the three is most often in the first line, and
 * not within quotes. Excel may say it itself, in a line "sep=;" that no sheet shows. */
static void find_between(struct reader *r) {
    static const char each[] = {',', ';', '\t'};
    int seen[3] = {0};
    bool quoted = false;
    r->g->between = ',';
    if (r->end - r->at > 5 && memcmp(r->at, "sep=", 4) == 0) {
        r->g->between = r->at[4];
        while (r->at < r->end && *r->at != '\n')
            r->at++;
        if (r->at < r->end) r->at++;
        return;
    }
    for (const char *p = r->at; p < r->end && (quoted || (*p != '\n' && *p != '\r')); p++) {
        if (*p == '"') quoted = !quoted;
        for (int k = 0; !quoted && k < 3; k++)
            seen[k] += *p == each[k];
    }
    for (int k = 1; k < 3; k++)
        if (seen[k] > seen[0]) {
            seen[0] = seen[k];
            r->g->between = each[k];
        }
}

/* Bytes of one cell into r->cell, quotes undone. */
static void scan_cell(struct reader *r) {
    bool quoted = r->at < r->end && *r->at == '"';
    if (quoted) r->at++;
    for (; r->at < r->end; r->at++) {
        char c = *r->at;
        if (quoted && c == '"') {
            bool twice = r->at + 1 < r->end && r->at[1] == '"';
            if (twice)
                r->at++;
            else
                quoted = false; /* what follows up to the next cell is taken as it is */
            if (!twice) continue;
        } else if (!quoted && (c == r->g->between || c == '\n' || c == '\r')) {
            break;
        }
        buf_byte(&r->cell, (uint8_t)c);
    }
    if (quoted) complain(r, r->count + 1, "a quote \" is opened here and never closed");
}

static const char *kept_cell(struct reader *r) {
    if (r->cell.overflow) {
        complain(r, r->count + 1,
                 "this cell holds more than 4000 bytes. Shorten it; a text of a form has at "
                 "most 300, a help line 600");
        return "";
    }
    return text_trim(r->p->memory,
                     arena_strndup(r->p->memory, buf_str(&r->cell), r->cell.size));
}

/* One cell; true when it ended its row. */
static bool read_cell(struct reader *r) {
    buf_clear(&r->cell);
    r->cell.overflow = false;
    scan_cell(r);
    if (r->count == GRID_COLUMNS_MAX) {
        if (!r->bad) complain(r, 0, "this row has more than 200 columns: is it one table?");
        r->at = r->end;
        return true;
    }
    r->cells[r->count] = kept_cell(r);
    r->count++;
    if (r->at >= r->end) return true;
    char c = *r->at++;
    if (c == r->g->between) return false;
    if (c == '\r' && r->at < r->end && *r->at == '\n') r->at++;
    return true;
}

static void keep_row(struct reader *r) {
    struct grid *g = r->g;
    bool blank = true;
    for (int i = 0; i < r->count; i++)
        blank = blank && !*r->cells[i];
    if (blank) return;
    if (g->count == g->room) {
        int room = g->room ? g->room * 2 : 64;
        struct grid_row *rows = ARENA_ARRAY(r->p->memory, struct grid_row, room);
        for (int i = 0; i < g->count; i++)
            rows[i] = g->rows[i];
        g->rows = rows;
        g->room = room;
    }
    struct grid_row *to = &g->rows[g->count++];
    to->row = r->row;
    to->count = r->count;
    to->cells = arena_copy(r->p->memory, r->cells, sizeof *to->cells * (size_t)r->count);
}

static void read_rows(struct reader *r) {
    while (r->at < r->end && !r->bad) {
        r->row++;
        r->count = 0;
        if (r->row > GRID_ROWS_MAX) {
            complain(r, 0,
                     "the sheet goes on after 60,000 rows; a form has at most 5,000 items. "
                     "Divide it into several forms");
            return;
        }
        while (!read_cell(r))
            continue;
        keep_row(r);
    }
}

bool grid_read(struct problems *p, const char *name, const char *bytes, size_t n,
               struct grid *out) {
    struct decoded d;
    *out = (struct grid){.name = name};
    struct place at = {.file = name};
    if (n > GRID_BYTES_MAX) {
        problem_at(p, &at, "the file has more than 8 MB; a form is far smaller");
        return false;
    }
    if (!decode(p, name, bytes, n, &d)) return false;
    if (d.from)
        note_at(p, &at,
                "was saved as %s and read as that. Save it as \"CSV UTF-8\" to be sure of "
                "every letter",
                d.from);
    struct reader r = {.p = p, .g = out, .at = d.text, .end = d.text + d.size};
    r.cell.limit = GRID_CELL_MAX;
    find_between(&r);
    read_rows(&r);
    buf_release(&r.cell);
    if (!r.bad && out->count == 0) problem_at(p, &at, "the sheet is empty");
    return !r.bad && out->count > 0;
}
