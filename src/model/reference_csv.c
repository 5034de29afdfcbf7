/* reference_csv.c -- reference data from CSV (RFC 4180, UTF-8, with or without a byte order
 * mark). The file's name or a column "kind" says what its rows are; a column "service" names
 * their service by code. */
#include "base/text.h"
#include "model/reference_row.h"

#define COLUMNS_MOST   40
#define CELL_BYTES_MAX 8192

struct csv {
    const char *name, *p, *end;
    int line; /* of the row being read */
    int next_line;
    char *cells[COLUMNS_MOST];
    int count;
    struct arena *arena;
};

static enum status complain(const struct csv *c, int column, const char *why) {
    char *kept = arena_strdup(c->arena, why); /* may be the detail itself */
    return status_fail(STATUS_INVALID, "%s: line %d, column %d: %s", c->name, c->line,
                       column + 1, kept);
}

/* One cell; *last tells that it ended its row. */
static enum status read_cell(struct csv *c, bool *last) {
    struct buf cell = {.limit = CELL_BYTES_MAX};
    bool quoted = c->p < c->end && *c->p == '"';
    if (quoted) c->p++;
    while (c->p < c->end) {
        char ch = *c->p;
        if (quoted && ch == '"') {
            if (c->p + 1 < c->end && c->p[1] == '"') {
                c->p++;
            } else {
                c->p++;
                quoted = false;
                break;
            }
        } else if (!quoted && (ch == ',' || ch == '\n' || ch == '\r')) {
            break;
        }
        if (ch == '\n') c->next_line++;
        buf_byte(&cell, (uint8_t)ch);
        c->p++;
    }
    enum status s = STATUS_OK;
    if (quoted) s = complain(c, c->count, "a quote is not closed");
    if (!s && cell.overflow) s = complain(c, c->count, "this cell is too long");
    if (!s && !text_valid((const char *)cell.data, cell.size))
        s = complain(c, c->count, "this is not UTF-8 text");
    if (!s && c->count == COLUMNS_MOST) s = complain(c, c->count, "too many columns");
    if (!s)
        c->cells[c->count++] =
            text_trim(c->arena, arena_strndup(c->arena, buf_str(&cell), cell.size));
    buf_release(&cell);
    if (s) return s;
    *last = c->p >= c->end || *c->p != ',';
    if (!*last) {
        c->p++;
        return STATUS_OK;
    }
    if (c->p < c->end && *c->p == '\r') c->p++;
    if (c->p < c->end && *c->p != '\n')
        return complain(c, c->count - 1, "a comma or the end of the line is wanted");
    if (c->p < c->end) c->p++;
    c->next_line++;
    return STATUS_OK;
}

/* False at the end or on failure (*s). */
static bool read_row(struct csv *c, enum status *s) {
    bool last = false;
    c->count = 0;
    c->line = c->next_line;
    if (c->p >= c->end) return false;
    while (!*s && !last)
        *s = read_cell(c, &last);
    return !*s;
}

static const struct kind *kind_by_word(const char *word) {
    static const struct {
        const char *word;
        const struct kind *kind;
    } words[] = {{"services", &kind_service}, {"areas", &kind_area},
                 {"people", &kind_person},    {"targets", &kind_target},
                 {"contacts", &kind_contact}, {"service", &kind_service},
                 {"area", &kind_area},        {"person", &kind_person},
                 {"target", &kind_target},    {"contact", &kind_contact}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_equal(words[i].word, word)) return words[i].kind;
    return NULL;
}

static const struct kind *kind_by_file(struct arena *a, const char *name) {
    const char *dot = strrchr(name, '.');
    return kind_by_word(arena_strndup(a, name, dot ? (size_t)(dot - name) : strlen(name)));
}

static enum status put_cells(struct reference *ref, struct csv *c, char **header, int columns,
                             const struct kind *by_file) {
    const struct kind *k = by_file;
    for (int i = 0; i < columns && i < c->count; i++)
        if (text_equal(header[i], "kind")) k = kind_by_word(c->cells[i]);
    if (!k)
        return complain(c, 0,
                        "the kind of row is unknown; name the file areas.csv, people.csv, ... "
                        "or add a column kind");
    struct row r = row_new(k);
    for (int i = 0; i < c->count; i++) {
        if (i >= columns) return complain(c, i, "more cells than the first line names");
        if (text_equal(header[i], "kind")) continue;
        if (text_equal(header[i], "service") && k != &kind_service) {
            row_id service = 0;
            if (text_blank(c->cells[i])) continue;
            if (reference_service(ref, c->cells[i], &service))
                return complain(c, i, status_detail());
            row_ref(&r, "service", service);
        } else if (!reference_set(ref, &r,
                                  text_equal(header[i], "people_now") ? "people" : header[i],
                                  c->cells[i])) {
            return complain(c, i, status_detail());
        }
    }
    enum status s = reference_put(ref, &r);
    return s == STATUS_INVALID || s == STATUS_TOO_LARGE ? complain(c, 0, status_detail()) : s;
}

static enum status read_all(struct reference *ref, struct csv *c) {
    char *header[COLUMNS_MOST];
    enum status s = STATUS_OK;
    const struct kind *by_file = kind_by_file(&ref->arena, c->name);
    if (!read_row(c, &s)) return s ? s : complain(c, 0, "the file is empty");
    int columns = c->count;
    memcpy(header, c->cells, sizeof header);
    while (read_row(c, &s)) {
        if (c->count == 1 && text_blank(c->cells[0])) continue;
        s = put_cells(ref, c, header, columns, by_file);
        if (s) break;
    }
    return s;
}

enum status reference_add_csv(struct journal *j, const char *name, const char *text, size_t n,
                              struct reference_summary *out) {
    struct reference ref = {.j = j};
    struct csv c = {
        .name = name, .p = text, .end = text + n, .next_line = 1, .arena = &ref.arena};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) c.p += 3;
    enum status s = journal_begin(j);
    if (!s) s = read_all(&ref, &c);
    if (!s) s = journal_commit(j);
    if (s) journal_rollback(j);
    if (!s) *out = ref.sum;
    arena_release(&ref.arena);
    return s;
}
