/* author.c -- the ways a form comes in and goes out; see author.h. */
#include "author/author.h"

#include "author/check.h"
#include "base/text.h"
#include "care/template.h"

/* The rows of a form whose JSON is sound. */
static enum status rows_of_form(struct problems *p, const char *name, const char *bytes,
                                size_t n, struct form_rows *rows) {
    struct authored f;
    struct json_doc *doc = NULL;
    enum status s = check_json(p, name, bytes, n, &f);
    if (s) return s;
    authored_release(&f);
    s = json_parse(&doc, name, bytes, n);
    if (s) return s;
    rows_of_json(json_root(doc), rows);
    json_close(doc);
    return STATUS_OK;
}

enum status author_json(struct problems *p, const char *name, const char *bytes, size_t n,
                        struct authored *f) {
    struct form_rows rows = {.memory = p->memory};
    enum status s = rows_of_form(p, name, bytes, n, &rows);
    return s ? s : check_rows(p, name, &rows, f);
}

enum status author_csv(struct problems *p, const char *name, const char *bytes, size_t n,
                       struct authored *f) {
    struct grid g;
    struct form_rows rows = {.memory = p->memory};
    *f = (struct authored){0};
    if (!grid_read(p, name, bytes, n, &g)) return STATUS_INVALID;
    rows_read(p, &g, &rows);
    if (rows.count == 0 && p->wrong) return STATUS_INVALID;
    return check_rows(p, name, &rows, f);
}

enum status author_to_csv(struct problems *p, const char *name, const char *bytes, size_t n,
                          struct buf *csv) {
    struct form_rows rows = {.memory = p->memory};
    enum status s = rows_of_form(p, name, bytes, n, &rows);
    if (!s) rows_csv(&rows, csv);
    return s;
}

/* Cells that keep a question from being asked, or ask it again. */
static void make_bare(struct form_row *r) {
    static const enum column hides[] = {SHEET_WHEN,      SHEET_MODULE,      SHEET_SETTINGS,
                                        SHEET_REPEATS,   SHEET_REPEAT_MOST, SHEET_REPEAT_OF,
                                        SHEET_NIGHT_ONLY};
    bool hidden = r->kind == ROW_FORM &&
                  (r->property == PROP_SETTINGS || r->property == PROP_GUIDE ||
                   (r->property == PROP_USE && text_equal(r->cells[SHEET_TEXT], "guide")));
    if (r->kind == ROW_LENGTH || r->kind == ROW_MODULE || hidden) r->kind = ROW_NOTHING;
    for (size_t i = 0; i < sizeof hides / sizeof *hides; i++)
        r->cells[hides[i]] = NULL;
}

enum status author_bare(struct problems *p, const char *name, const char *bytes, size_t n,
                        struct authored *f) {
    struct form_rows rows = {.memory = p->memory};
    enum status s = rows_of_form(p, name, bytes, n, &rows);
    if (s) return s;
    for (int i = 0; i < rows.count; i++)
        make_bare(&rows.list[i]);
    return check_rows(p, name, &rows, f);
}
