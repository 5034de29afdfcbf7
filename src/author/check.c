/* check.c -- runs the reader of src/care over a form and takes each of its complaints back to
 * the cell of the sheet, or the line of the JSON, and says what to do where it knows. */
#include "author/check.h"

#include "author/nearest.h"
#include "base/text.h"
#include "care/template.h"

#define CHECKED "form" /* what the JSON made of a sheet is called on the way */

struct telling {
    struct problems *p;
    const char *name; /* of the sheet or the JSON */
    const struct form_rows *rows;
    const struct rows_json *made; /* NULL: the JSON is the author's own */
};

/* What stands in the first "…" of a complaint behind `after`. */
static const char *quoted(struct arena *a, const char *text, const char *after) {
    const char *from = strstr(text, after), *to;
    if (!from) return NULL;
    from += strlen(after);
    to = strchr(from, '"');
    return to ? arena_strndup(a, from, (size_t)(to - from)) : NULL;
}

static const char *kinds_known(struct arena *a, const char *word) {
    const char *names[PART_KINDS];
    struct buf b = {0};
    for (int k = 0; k < PART_KINDS; k++)
        names[k] = part_kind_name((enum part_kind)k);
    const char *near = nearest(word, names, PART_KINDS);
    if (near) buf_printf(&b, "; did you mean \"%s\"?", near);
    buf_text(&b, near ? " There are " : "; there are ");
    for (int k = 0; k < PART_KINDS; k++)
        buf_printf(&b, "%s%s", k ? ", " : "", names[k]);
    const char *said = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return said;
}

/* The item stands further down, then, or nowhere. */
static const char *item_known(const struct telling *t, const char *id) {
    const char *names[64], *near = NULL;
    int n = 0;
    for (int i = 0; t->rows && i < t->rows->count; i++) {
        const struct form_row *r = &t->rows->list[i];
        if (r->kind != ROW_ITEM || !row_has(r, SHEET_ID)) continue;
        if (text_equal(r->cells[SHEET_ID], id))
            return r->row
                       ? arena_printf(t->p->memory,
                                      ". %s stands in row %d: move one of the two", id, r->row)
                       : "";
        if (n < 64) names[n++] = r->cells[SHEET_ID];
    }
    near = nearest(id, names, n);
    return near ? arena_printf(t->p->memory, ". Did you mean \"%s\"?", near) : "";
}

/* What to do about it, as far as the complaint does not say so itself. */
static const char *cure(const struct telling *t, const char *complaint) {
    struct arena *a = t->p->memory;
    const char *word = quoted(a, complaint, "no kind of answer is called \"");
    if (word) return kinds_known(a, word);
    word = quoted(a, complaint, "no item before this one is called \"");
    if (word) return item_known(t, word);
    if (strstr(complaint, "no module is called"))
        return ". Write core, or add a row \"module\" with that id";
    if (strstr(complaint, "\"id\" is missing"))
        return ". Give it one and never change it: answers and trends hang on it";
    if (strstr(complaint, "\"items\" has 0 entries"))
        return ". Put its items below it, or take the section out";
    if (strstr(complaint, "needs \"parts\" with \"choices\"") ||
        strstr(complaint, "\"choices\" is missing"))
        return t->made ? ". Put a row \"choice\" below it for each choice" : "";
    return "";
}

/* "form: line 12, column 7: item N07: …" to its place; false: it has none. */
static bool place_said(const char *complaint, size_t name, int *line, int *column,
                       const char **what) {
    int n = 0;
    if (strlen(complaint) < name) return false;
    if (sscanf(complaint + name, ": line %d, column %d: %n", line, column, &n) != 2 || !n)
        return false;
    *what = complaint + name + n;
    return true;
}

static void told_of_sheet(struct telling *t, int line, int column, const char *what) {
    const struct origin *o = rows_json_origin(t->made, line, column);
    struct place at = {.file = t->name};
    if (o && o->row) {
        at = row_place(o->row, o->cell);
        if (!at.file || !*at.file) at.file = t->name;
        if (at.row && problems_in_row(t->p, at.file, at.row)) return;
    }
    problem_at(t->p, &at, "%s%s", what, cure(t, what));
}

static void told(void *ctx, const char *complaint) {
    struct telling *t = ctx;
    struct arena *a = t->p->memory;
    int line, column;
    const char *what;
    char *kept = arena_strdup(a, complaint);
    size_t name = strlen(t->made ? CHECKED : t->name);
    bool placed = place_said(kept, name, &line, &column, &what);
    if (t->made && placed)
        told_of_sheet(t, line, column, what);
    else if (placed)
        problem_said(t->p, arena_printf(a, "%s: line %d, column %d", t->name, line, column),
                     arena_printf(a, "%s%s", what, cure(t, what)));
    else
        problem_said(t->p, t->name, strlen(kept) > name + 2 ? kept + name + 2 : kept);
}

static enum status summary_of(const char *name, struct problems *p, struct authored *f) {
    struct template *t = NULL;
    enum status s = template_read(&t, name, buf_str(&f->json), f->json.size);
    if (s) return s;
    f->code = arena_strdup(p->memory, t->code);
    f->title = arena_strdup(p->memory, t->title);
    f->version = t->version;
    f->sections = t->sections_count;
    f->items = t->items_count;
    template_close(t);
    return STATUS_OK;
}

void authored_release(struct authored *f) {
    buf_release(&f->json);
}

enum status check_rows(struct problems *p, const char *name, struct form_rows *rows,
                       struct authored *f) {
    struct rows_json made = {.text.limit = TEMPLATE_BYTES_MAX};
    struct place at = {.file = name};
    *f = (struct authored){0};
    rows_json(p, rows, &made);
    if (made.text.overflow)
        problem_at(p, &at, "this makes a form of more than 8 MB. Divide it into several");
    struct telling t = {p, name, rows, &made};
    enum status s = STATUS_INVALID;
    if (!made.text.overflow)
        s = template_problems(CHECKED, buf_str(&made.text), made.text.size, told, &t);
    if (!s && p->wrong) s = STATUS_INVALID;
    f->json = made.text;
    if (!s) s = summary_of(name, p, f);
    if (s) authored_release(f);
    return s ? STATUS_INVALID : STATUS_OK;
}

enum status check_json(struct problems *p, const char *name, const char *text, size_t n,
                       struct authored *f) {
    struct telling t = {.p = p, .name = name};
    *f = (struct authored){0};
    if (template_problems(name, text, n, told, &t)) return STATUS_INVALID;
    buf_add(&f->json, text, n);
    enum status s = summary_of(name, p, f);
    if (s) authored_release(f);
    return s;
}
