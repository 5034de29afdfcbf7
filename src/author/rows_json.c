/* rows_json.c -- a form's JSON out of its rows, and from which cell each bit of it came. */
#include "author/conditions.h"
#include "author/rows_inside.h"
#include "base/text.h"

#define FRAMEWORK "cqc-saf-2024-12"

/* Whoever leaves these out means them; every other gap is the reader's to tell. */
#define VERSION_FIRST "1"

struct writing {
    struct problems *p;
    struct rows_json *out;
    int line, column; /* where the next byte comes to stand */
    bool first;       /* nothing stands in this map or list yet */
    int indent;       /* 0: all on one line */
};

/* ---- bytes, and where they stand ---- */

static void put(struct writing *w, const char *s) {
    buf_text(&w->out->text, s);
    for (; *s; s++) {
        if (*s == '\n') {
            w->line++;
            w->column = 1;
        } else if (((uint8_t)*s & 0xC0) != 0x80) {
            w->column++;
        }
    }
}

static void came_from(struct writing *w, const struct form_row *r, enum column c) {
    struct rows_json *o = w->out;
    if (o->count == o->room) {
        int room = o->room ? o->room * 2 : 256;
        struct origin *list = ARENA_ARRAY(w->p->memory, struct origin, room);
        if (o->count) memcpy(list, o->origins, sizeof *list * (size_t)o->count);
        o->origins = list;
        o->room = room;
    }
    o->origins[o->count++] = (struct origin){w->line, w->column, r, c};
}

const struct origin *rows_json_origin(const struct rows_json *j, int line, int column) {
    int low = 0, high = j->count; /* the last that begins at or before the place */
    while (low < high) {
        int mid = low + (high - low) / 2;
        const struct origin *o = &j->origins[mid];
        if (o->line < line || (o->line == line && o->column <= column))
            low = mid + 1;
        else
            high = mid;
    }
    return low ? &j->origins[low - 1] : NULL;
}

/* A line break or tab inside a cell is a blank. */
static const char *one_line(struct arena *a, const char *s) {
    char *out = arena_strdup(a, s), *to = out;
    bool blank = false;
    for (; *s; s++) {
        bool control = (uint8_t)*s < 0x20;
        if (control && blank) continue;
        *to++ = control ? ' ' : *s;
        blank = control || *s == ' ';
    }
    *to = '\0';
    return text_trim(a, out);
}

static void put_text(struct writing *w, const char *s) {
    struct buf b = {0};
    buf_byte(&b, '"');
    for (s = one_line(w->p->memory, s); *s; s++) {
        if (*s == '"' || *s == '\\') buf_byte(&b, '\\');
        buf_byte(&b, (uint8_t)*s);
    }
    buf_byte(&b, '"');
    put(w, buf_str(&b));
    buf_release(&b);
}

/* ---- maps and lists ---- */

static void before(struct writing *w) {
    if (!w->first) put(w, w->indent ? "," : ", ");
    w->first = false;
    if (!w->indent) return;
    put(w, "\n");
    for (int i = 0; i < w->indent; i++)
        put(w, "  ");
}

static void name(struct writing *w, const char *field) {
    before(w);
    put_text(w, field);
    put(w, ": ");
}

/* The reader points at a field's name, not at its value. */
static void name_from(struct writing *w, const char *field, const struct form_row *r,
                      enum column c) {
    before(w);
    came_from(w, r, c);
    put_text(w, field);
    put(w, ": ");
}

/* What was open before goes on after `shut`. */
struct outer {
    int indent;
};

static struct outer open(struct writing *w, const char *bracket, bool one_line) {
    struct outer o = {w->indent};
    put(w, bracket);
    w->first = true;
    w->indent = one_line || !w->indent ? 0 : w->indent + 1;
    return o;
}

static void shut(struct writing *w, struct outer o, const char *bracket) {
    if (w->indent) {
        put(w, "\n");
        for (int i = 1; i < w->indent; i++)
            put(w, "  ");
    }
    put(w, bracket);
    w->indent = o.indent;
    w->first = false;
}

/* ---- cells ---- */

static bool is_between(char c, enum cell_sort sort) {
    if (c == '|' || c == '\n') return true;
    return sort == CELL_CODES && (c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\r');
}

/* "one | another" or "A, B C" as a list; \| is a stroke inside a text. */
static void put_list(struct writing *w, const char *cell, enum cell_sort sort) {
    struct outer o = open(w, "[", true);
    struct buf b = {0};
    for (const char *p = cell;; p++) {
        if (*p && !is_between(*p, sort)) {
            if (*p == '\\' && (p[1] == '|' || p[1] == '\\')) p++;
            buf_byte(&b, (uint8_t)*p);
            continue;
        }
        char *one = text_trim(w->p->memory, buf_str(&b));
        if (*one) {
            before(w);
            put_text(w, one);
        }
        buf_clear(&b);
        if (!*p) break;
    }
    buf_release(&b);
    shut(w, o, "]");
}

static bool yes_or_no(const char *cell, bool *out) {
    static const char *const yes[] = {"yes", "y", "true", "1", "x", "true()"};
    static const char *const no[] = {"no", "n", "false", "0", "-", "false()"};
    for (int i = 0; i < 6; i++) {
        if (strcasecmp(cell, yes[i]) == 0) return *out = true;
        if (strcasecmp(cell, no[i]) == 0) {
            *out = false;
            return true;
        }
    }
    return false;
}

static void put_condition(struct writing *w, const struct said_condition *c) {
    struct outer o = open(w, "{", true);
    const struct {
        const char *field, *text, *number;
    } fields[] = {{"item", c->item, NULL},
                  {"part", *c->part ? c->part : NULL, NULL},
                  {"is", c->is, NULL},
                  {"isNot", c->is_not, NULL},
                  {"atLeast", NULL, c->at_least},
                  {"atMost", NULL, c->at_most}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!fields[i].text && !fields[i].number) continue;
        name(w, fields[i].field);
        if (fields[i].text) put_text(w, fields[i].text);
        if (fields[i].number) put(w, fields[i].number);
    }
    shut(w, o, "}");
}

static void put_when(struct writing *w, const struct form_row *r) {
    struct said_conditions said;
    const char *wrong = conditions_parse(w->p->memory, r->cells[SHEET_WHEN], &said);
    if (wrong) {
        struct place at = row_place(r, SHEET_WHEN);
        problem_at(w->p, &at, "%s", wrong);
        return;
    }
    if (!said.count) return;
    name_from(w, said.any ? "whenAny" : "when", r, SHEET_WHEN);
    bool one = said.count == 1;
    struct outer o = {w->indent};
    if (!one) o = open(w, "[", true);
    for (int i = 0; i < said.count; i++) {
        if (!one) before(w);
        put_condition(w, &said.list[i]);
    }
    if (!one) shut(w, o, "]");
}

/* "22:00 to 6:30", as spreadsheet programs write times too: "22:00:00". */
static bool read_hours(const char *cell, int v[4]) {
    int n = 0;
    char to[4] = "";
    if (sscanf(cell, "%2d:%2d%n", &v[0], &v[1], &n) != 2) return false;
    cell += n;
    if (strncmp(cell, ":00", 3) == 0) cell += 3;
    if (sscanf(cell, " %3s %2d:%2d%n", to, &v[2], &v[3], &n) != 3) return false;
    cell += n;
    if (strncmp(cell, ":00", 3) == 0) cell += 3;
    return !*cell && (text_equal(to, "to") || text_equal(to, "-"));
}

static void put_hours(struct writing *w, const char *cell) {
    int v[4] = {0};
    struct outer o = open(w, "{", true);
    if (read_hours(cell, v)) {
        name(w, "from");
        put_text(w, arena_printf(w->p->memory, "%02d:%02d", v[0], v[1]));
        name(w, "to");
        put_text(w, arena_printf(w->p->memory, "%02d:%02d", v[2], v[3]));
    }
    shut(w, o, "}");
}

static void wrong_cell(struct writing *w, const struct form_row *r, enum column c,
                       const char *why) {
    struct place at = row_place(r, c);
    problem_at(w->p, &at, "\"%.60s\" %s", r->cells[c], why);
}

/* One field of the map that is open; nothing when the cell is empty. False: it is wrong. */
static bool put_cell(struct writing *w, const struct form_row *r, enum column c,
                     const char *field, enum cell_sort sort) {
    const char *cell = r->cells[c], *number = NULL;
    bool yes = false;
    if (!row_has(r, c)) return true;
    if (sort == CELL_WHEN) {
        put_when(w, r);
        return true;
    }
    if (sort == CELL_TEXT && !*one_line(w->p->memory, cell)) return true;
    if (sort == CELL_FLAG && !yes_or_no(cell, &yes)) {
        wrong_cell(w, r, c, "is neither yes nor no");
        return false;
    }
    if (sort == CELL_FLAG && !yes) return true;
    if (sort == CELL_NUMBER && !(number = number_read(w->p->memory, cell))) {
        wrong_cell(w, r, c, "is no number");
        return false;
    }
    name_from(w, field, r, c);
    switch (sort) {
    case CELL_TEXT:
    case CELL_WHEN:
        put_text(w, cell);
        break;
    case CELL_FLAG:
        put(w, "true");
        break;
    case CELL_NUMBER:
        put(w, number);
        break;
    case CELL_CODES:
    case CELL_TEXTS:
        put_list(w, cell, sort);
        break;
    case CELL_HOURS:
        put_hours(w, cell);
        break;
    }
    return true;
}

static void put_cells(struct writing *w, const struct form_row *r, enum column from,
                      enum column to) {
    for (int c = (int)from; c <= (int)to; c++)
        put_cell(w, r, (enum column)c, column_field((enum column)c, r->kind),
                 column_about[c].sort);
}

/* ---- the form ---- */

static void put_row_map(struct writing *w, const struct form_row *r) {
    before(w);
    came_from(w, r, COLUMNS);
    struct outer o = open(w, "{", true);
    put_cells(w, r, SHEET_ID, SHEET_PICTURE);
    shut(w, o, "}");
}

/* The choices that follow row `i`. */
static void put_choices(struct writing *w, const struct form_rows *rows, int i) {
    if (i + 1 >= rows->count || rows->list[i + 1].kind != ROW_CHOICE) return;
    bool one_line = w->indent == 0;
    name_from(w, "choices", &rows->list[i], COLUMNS);
    struct outer o = open(w, "[", one_line);
    for (int k = i + 1; k < rows->count && rows->list[k].kind == ROW_CHOICE; k++)
        put_row_map(w, &rows->list[k]);
    shut(w, o, "]");
}

/* An answer: a part of its own, or what the item's row says of it. */
static void put_part(struct writing *w, const struct form_rows *rows, int i) {
    const struct form_row *r = &rows->list[i];
    bool choices = i + 1 < rows->count && rows->list[i + 1].kind == ROW_CHOICE;
    before(w);
    came_from(w, r, COLUMNS);
    struct outer o = open(w, "{", !choices);
    if (r->kind == ROW_PART) put_cells(w, r, SHEET_ID, SHEET_TEXT);
    put_cells(w, r, SHEET_KIND, SHEET_DEFAULT_HIGH);
    put_choices(w, rows, i);
    shut(w, o, "}");
}

static bool has_choices(const struct form_rows *rows, int i) {
    return i + 1 < rows->count && rows->list[i + 1].kind == ROW_CHOICE;
}

static bool only_kind(const struct form_rows *rows, int i) {
    for (int c = SHEET_UNIT; c <= SHEET_DEFAULT_HIGH; c++)
        if (row_has(&rows->list[i], (enum column)c)) return false;
    return !has_choices(rows, i);
}

static void put_answers(struct writing *w, const struct form_rows *rows, int i) {
    const struct form_row *r = &rows->list[i];
    if (row_is_answer(r) && only_kind(rows, i)) {
        put_cell(w, r, SHEET_KIND, "answer", CELL_TEXT);
        return;
    }
    name_from(w, "parts", r, COLUMNS);
    struct outer o = open(w, "[", false);
    if (row_is_answer(r)) put_part(w, rows, i);
    for (int k = i + 1; k < rows->count && rows->list[k].kind >= ROW_PART; k++)
        if (rows->list[k].kind == ROW_PART) put_part(w, rows, k);
    shut(w, o, "]");
}

static void put_item(struct writing *w, const struct form_rows *rows, int i) {
    const struct form_row *r = &rows->list[i];
    before(w);
    came_from(w, r, COLUMNS);
    struct outer o = open(w, "{", false);
    put_cells(w, r, SHEET_ID, SHEET_HELP);
    put_cells(w, r, SHEET_WHEN, SHEET_MODULE);
    if (!row_has(r, SHEET_MODULE)) {
        name(w, "module");
        put_text(w, "core");
    }
    put_cells(w, r, SHEET_STATEMENT, SHEET_PICTURE);
    put_answers(w, rows, i);
    shut(w, o, "}");
}

static void put_section(struct writing *w, const struct form_rows *rows, int i) {
    const struct form_row *r = &rows->list[i];
    before(w);
    came_from(w, r, COLUMNS);
    struct outer o = open(w, "{", false);
    put_cells(w, r, SHEET_ID, SHEET_PICTURE);
    name_from(w, "items", r, COLUMNS);
    struct outer list = open(w, "[", false);
    for (int k = i + 1; k < rows->count && rows->list[k].kind != ROW_SECTION; k++)
        if (rows->list[k].kind == ROW_ITEM) put_item(w, rows, k);
    shut(w, list, "]");
    shut(w, o, "}");
}

static void put_property(struct writing *w, const struct form_rows *rows, enum property p,
                         const char *otherwise) {
    for (int i = 0; i < rows->count; i++) {
        const struct form_row *r = &rows->list[i];
        if (r->kind != ROW_FORM || r->property != p) continue;
        bool good = put_cell(w, r, SHEET_TEXT, property_about[p].field, property_about[p].sort);
        if (good && row_has(r, SHEET_TEXT)) return;
    }
    if (!otherwise) return;
    name(w, property_about[p].field);
    if (property_about[p].sort == CELL_TEXT)
        put_text(w, otherwise);
    else
        put(w, otherwise);
}

static void put_all(struct writing *w, const struct form_rows *rows, const char *field,
                    enum row_kind k) {
    bool any = false;
    for (int i = 0; i < rows->count; i++)
        any = any || rows->list[i].kind == k;
    if (!any) return;
    name(w, field);
    struct outer o = open(w, "[", false);
    for (int i = 0; i < rows->count; i++)
        if (rows->list[i].kind == k) put_row_map(w, &rows->list[i]);
    shut(w, o, "]");
}

/* A sheet that names no length has one, as long as its sections say or half a minute an item.
 */
static void put_lengths(struct writing *w, const struct form_rows *rows) {
    int64_t planned = 0, items = 0;
    for (int i = 0; i < rows->count; i++) {
        const struct form_row *r = &rows->list[i];
        if (r->kind == ROW_LENGTH) {
            put_all(w, rows, "lengths", ROW_LENGTH);
            return;
        }
        if (r->kind == ROW_SECTION && row_has(r, SHEET_MINUTES))
            planned += strtoll(r->cells[SHEET_MINUTES], NULL, 10) % 1000;
        items += r->kind == ROW_ITEM;
    }
    int64_t minutes = planned > 0 ? planned : (items + 1) / 2;
    minutes = minutes < 1 ? 1 : minutes > 600 ? 600 : minutes;
    name(w, "lengths");
    struct outer o = open(w, "[", false);
    before(w);
    put(w, arena_printf(w->p->memory,
                        "{\"id\": \"core\", \"title\": \"Whole form\", \"minutes\": %lld}",
                        (long long)minutes));
    shut(w, o, "]");
}

void rows_json(struct problems *p, struct form_rows *rows, struct rows_json *out) {
    struct writing w = {.p = p, .out = out, .line = 1, .column = 1, .indent = 0};
    rows_order(p, rows);
    put(&w, "{");
    w.indent = 1;
    w.first = true;
    name(&w, "schema");
    put_text(&w, "lantern.template/1");
    for (int i = 0; i < PROPERTIES; i++)
        put_property(&w, rows, (enum property)i,
                     i == PROP_VERSION     ? VERSION_FIRST
                     : i == PROP_FRAMEWORK ? FRAMEWORK
                                           : NULL);
    put_lengths(&w, rows);
    put_all(&w, rows, "modules", ROW_MODULE);
    name(&w, "sections");
    struct outer o = open(&w, "[", false);
    for (int i = 0; i < rows->count; i++)
        if (rows->list[i].kind == ROW_SECTION) put_section(&w, rows, i);
    shut(&w, o, "]");
    shut(&w, (struct outer){0}, "}\n");
}
