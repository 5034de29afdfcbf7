/* rows_read.c -- a sheet's rows as those of a form: headings, what each row is, and what may
 * stand in it. */
#include "author/nearest.h"
#include "author/rows.h"
#include "base/text.h"

#define ROW_HEADING "row"

struct sheet {
    struct problems *p;
    const struct grid *g;
    const char *const *headings;
    int kind_column;                  /* of the grid, from 0 */
    enum column of[GRID_COLUMNS_MAX]; /* COLUMNS: none of ours */
};

/* ---- headings ---- */

static const char *nearest_heading(struct arena *a, const char *word) {
    const char *names[COLUMNS + 1] = {ROW_HEADING};
    for (int c = 0; c < COLUMNS; c++) {
        char heading[32];
        column_heading((enum column)c, heading);
        names[c + 1] = arena_strdup(a, heading);
    }
    return nearest(word, names, COLUMNS + 1);
}

static void unknown_heading(struct sheet *s, int column) {
    const char *name = s->headings[column];
    const char *near = nearest_heading(s->p->memory, name);
    struct place at = {.file = s->g->name, .row = s->g->rows[0].row, .column = column + 1};
    problem_at(s->p, &at,
               "no column is called \"%.60s\"%s%s%s. To keep a column of your own, begin its "
               "heading with #",
               name, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static bool read_headings(struct sheet *s) {
    const struct grid_row *first = &s->g->rows[0];
    bool taken[COLUMNS] = {false}, xlsform = false;
    s->headings = first->cells;
    s->kind_column = -1;
    for (int i = 0; i < first->count; i++) {
        const char *name = first->cells[i];
        s->of[i] = COLUMNS;
        xlsform = xlsform || same_heading(name, "type");
        if (same_heading(name, ROW_HEADING)) s->kind_column = i;
        for (int c = 0; c < COLUMNS; c++)
            if (same_heading(name, column_about[c].field)) s->of[i] = (enum column)c;
        if (s->of[i] == COLUMNS) continue;
        struct place at = {.file = s->g->name, .row = first->row, .column = i + 1};
        if (taken[s->of[i]]) problem_at(s->p, &at, "two columns are called \"%s\"", name);
        taken[s->of[i]] = true;
    }
    if (s->kind_column < 0) {
        struct place at = {.file = s->g->name, .row = first->row};
        problem_at(s->p, &at, "%s",
                   xlsform ? "this is a sheet of an XLSForm: read it with template from-xlsform"
                           : "the first row must name the columns: row, id, text, kind and so "
                             "on. template to-csv writes a sheet to begin with");
        return false;
    }
    for (int i = 0; i < first->count; i++)
        if (s->of[i] == COLUMNS && i != s->kind_column && *first->cells[i] &&
            *first->cells[i] != '#')
            unknown_heading(s, i);
    return true;
}

/* ---- one row ---- */

static struct place place_in(const struct sheet *s, const struct grid_row *r, int column) {
    return (struct place){.file = s->g->name,
                          .row = r->row,
                          .column = column + 1,
                          .heading = s->headings[column]};
}

static bool read_kind(struct sheet *s, const struct grid_row *r, enum row_kind *out) {
    static const char *const names[] = {"form", "length", "module", "section",
                                        "item", "part",   "choice"};
    const char *word = grid_cell(r, s->kind_column);
    for (int k = 0; k < 7; k++)
        if (same_heading(word, names[k])) {
            *out = (enum row_kind)(1 << k);
            return true;
        }
    if (same_heading(word, "question")) {
        *out = ROW_ITEM;
        return true;
    }
    const char *near = nearest(word, names, 7);
    struct place at = place_in(s, r, s->kind_column);
    problem_at(s->p, &at, "%s%.40s%s form, length, module, section, item, part or choice%s%s%s",
               *word ? "\"" : "", *word ? word : "say what this row is:",
               *word ? "\" is no kind of row; it is one of" : "",
               near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return false;
}

/* A cell that a spreadsheet program would have taken for a formula is written behind a '. */
static const char *unguarded(const char *cell) {
    const char *p = cell;
    while (*p == '\'')
        p++;
    return p > cell && *p && strchr("=+-@", *p) ? cell + 1 : cell;
}

static void not_here(struct sheet *s, const struct grid_row *r, int column, enum row_kind k) {
    struct place at = place_in(s, r, column);
    char belongs[64] = "";
    for (int bit = 1; bit <= ROW_CHOICE; bit *= 2) {
        if (!(column_about[s->of[column]].rows & (unsigned)bit)) continue;
        size_t n = strlen(belongs);
        snprintf(belongs + n, sizeof belongs - n, "%s%s", n ? ", " : "",
                 row_kind_name((enum row_kind)bit));
    }
    problem_at(s->p, &at, "a row \"%s\" has nothing here (%s rows do). Empty the cell",
               row_kind_name(k), belongs);
}

static bool read_property(struct sheet *s, struct form_row *to) {
    const char *names[PROPERTIES];
    const char *word = row_has(to, SHEET_ID) ? to->cells[SHEET_ID] : "";
    for (int i = 0; i < PROPERTIES; i++) {
        names[i] = property_about[i].field;
        if (!same_heading(word, names[i])) continue;
        to->property = (enum property)i;
        return true;
    }
    const char *near = nearest(word, names, PROPERTIES);
    struct place at = row_place(to, SHEET_ID);
    problem_at(s->p, &at,
               "a row \"form\" begins with what it tells of the form: code, version, title, "
               "about and so on; \"%.40s\" is none%s%s%s",
               word, near ? ". Did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return false;
}

static void read_row(struct sheet *s, const struct grid_row *r, struct form_rows *out) {
    enum row_kind k;
    if (!read_kind(s, r, &k)) return;
    struct form_row *to = rows_add(out, k, s->g->name, r->row);
    to->headings = s->headings;
    for (int i = 0; i < r->count; i++) {
        bool named = i < s->g->rows[0].count, ours = named && s->of[i] != COLUMNS;
        if (!*r->cells[i] || i == s->kind_column) continue;
        if (!named) {
            struct place at = {.file = s->g->name, .row = r->row, .column = i + 1};
            problem_at(
                s->p, &at,
                "this cell stands beyond the last heading. Has a text a comma too many?");
            break;
        }
        if (!ours) continue;
        unsigned may = k == ROW_FORM ? 0 : column_about[s->of[i]].rows;
        bool form = k == ROW_FORM && (s->of[i] == SHEET_ID || s->of[i] == SHEET_TEXT);
        if (!form && !(may & k)) {
            not_here(s, r, i, k);
            continue;
        }
        to->cells[s->of[i]] = unguarded(r->cells[i]);
        to->columns[s->of[i]] = (uint16_t)(i + 1);
    }
    if (k == ROW_FORM && !read_property(s, to)) out->count--;
}

void rows_read(struct problems *p, const struct grid *g, struct form_rows *out) {
    struct sheet s = {.p = p, .g = g};
    if (!read_headings(&s)) return;
    for (int i = 1; i < g->count; i++)
        read_row(&s, &g->rows[i], out);
}
