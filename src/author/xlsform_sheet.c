/* xlsform_sheet.c -- the sheets of an XLSForm: which column is which, in which language, and
 * the lists of choices. */
#include "author/nearest.h"
#include "author/xlsform_inside.h"
#include "base/text.h"

#define OURS "lantern::"

/* ---- columns ---- */

static const struct {
    const char *heading;
    enum xls_column column;
} known[] = {{"type", XLS_TYPE},
             {"name", XLS_NAME},
             {"value", XLS_NAME},
             {"required", XLS_REQUIRED},
             {"relevant", XLS_RELEVANT},
             {"relevance", XLS_RELEVANT},
             {"constraint", XLS_CONSTRAINT},
             {"parameters", XLS_PARAMETERS},
             {"repeat_count", XLS_REPEAT_COUNT},
             {"list_name", XLS_LIST}};

/* "label", or "label::English (en)": 3 for English, 2 without a language, 1 another one. */
static int speaks(const char *heading, const char *word) {
    size_t n = strlen(word);
    if (strncasecmp(heading, word, n) != 0) return 0;
    const char *p = heading + n;
    while (*p == ' ')
        p++;
    if (!*p) return 2;
    if (*p != ':') return 0;
    return strcasestr(p, "english") || strcasestr(p, "(en") || strcasecmp(p, "::en") == 0 ? 3
                                                                                          : 1;
}

static void find_language(struct xls *s, struct xls_sheet *t, enum xls_column c,
                          const char *word) {
    const struct grid_row *first = &t->grid.rows[0];
    int best = 0;
    for (int i = 0; i < first->count; i++) {
        int how = speaks(first->cells[i], word);
        if (how <= best) continue;
        best = how;
        t->columns[c] = i;
    }
    if (best != 1) return;
    struct place at = {t->grid.name, first->row, t->columns[c] + 1, NULL};
    note_at(s->p, &at, "no English was found; \"%s\" is read", first->cells[t->columns[c]]);
}

static void find_ours(struct xls *s, struct xls_sheet *t, int i) {
    const char *name = t->grid.rows[0].cells[i];
    t->ours[i] = COLUMNS;
    if (strncasecmp(name, OURS, strlen(OURS)) != 0 || t == &s->settings) return;
    for (int c = 0; c < COLUMNS; c++)
        if (same_heading(name + strlen(OURS), column_about[c].field))
            t->ours[i] = (enum column)c;
    struct place at = {t->grid.name, t->grid.rows[0].row, i + 1, NULL};
    if (t->ours[i] == COLUMNS)
        problem_at(s->p, &at, "Lantern has no column \"%s\"", name + strlen(OURS));
}

bool xls_sheet_read(struct xls *s, const struct xlsform_sheet *from, struct xls_sheet *to) {
    if (!from->bytes) return true;
    if (!grid_read(s->p, from->name, from->bytes, from->size, &to->grid)) return false;
    const struct grid_row *first = &to->grid.rows[0];
    to->there = true;
    for (int c = 0; c < XLS_COLUMNS; c++)
        to->columns[c] = -1;
    for (int i = 0; i < first->count; i++) {
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (to->columns[known[k].column] < 0 &&
                same_heading(first->cells[i], known[k].heading))
                to->columns[known[k].column] = i;
        find_ours(s, to, i);
    }
    find_language(s, to, XLS_LABEL, "label");
    find_language(s, to, XLS_HINT, "hint");
    return true;
}

const char *xls_cell(const struct xls_sheet *t, const struct grid_row *r, enum xls_column c) {
    return t->there ? grid_cell(r, t->columns[c]) : "";
}

struct place xls_place(const struct xls_sheet *t, const struct grid_row *r, enum xls_column c) {
    struct place at = {.file = t->grid.name, .row = r->row};
    if (c == XLS_COLUMNS || t->columns[c] < 0) return at;
    at.column = t->columns[c] + 1;
    at.heading = t->grid.rows[0].cells[t->columns[c]];
    return at;
}

void xls_put(struct form_row *to, enum column c, const char *text, const struct xls_sheet *t,
             enum xls_column from) {
    to->cells[c] = text;
    to->headings = t->grid.rows[0].cells;
    to->columns[c] = from == XLS_COLUMNS ? 0 : (uint16_t)(t->columns[from] + 1);
}

void xls_own_cells(const struct xls_sheet *t, const struct grid_row *r, struct form_row *to) {
    for (int i = 0; i < r->count && i < t->grid.rows[0].count; i++) {
        enum column c = t->ours[i];
        if (c == COLUMNS || !*r->cells[i] || !(column_about[c].rows & (unsigned)to->kind))
            continue;
        to->cells[c] = r->cells[i];
        to->columns[c] = (uint16_t)(i + 1);
        to->headings = t->grid.rows[0].cells;
    }
}

static bool any_words(const struct xls_sheet *t, int column) {
    for (int i = 1; i < t->grid.count; i++)
        if (*grid_cell(&t->grid.rows[i], column)) return true;
    return false;
}

/* Why, for the columns that many forms have. */
static const char *reason_of(const char *heading) {
    if (same_heading(heading, "appearance"))
        return "Lantern has one look for each kind of answer";
    if (same_heading(heading, "default")) return "Lantern never answers beforehand";
    if (same_heading(heading, "calculation")) return "Lantern computes nothing from answers";
    if (same_heading(heading, "choice_filter")) return "all choices are shown";
    if (strcasestr(heading, "message")) return "Lantern has its own words for that";
    if (strcasestr(heading, "image") || strcasestr(heading, "audio") ||
        strcasestr(heading, "video"))
        return "forms carry words only";
    return "Lantern has nothing like it";
}

static void note_columns(struct xls *s, const struct xls_sheet *t) {
    const struct grid_row *first = &t->grid.rows[0];
    for (int i = 0; t->there && i < first->count; i++) {
        const char *name = first->cells[i];
        bool read = strncasecmp(name, OURS, strlen(OURS)) == 0 || speaks(name, "label") ||
                    speaks(name, "hint");
        for (int c = 0; c < XLS_COLUMNS; c++)
            read = read || t->columns[c] == i;
        if (read || !*name || !any_words(t, i)) continue;
        struct place at = {t->grid.name, first->row, i + 1, NULL};
        note_at(s->p, &at, "the column \"%.60s\" is not carried over: %s", name,
                reason_of(name));
    }
}

void xls_note_columns(struct xls *s) {
    note_columns(s, &s->survey);
    note_columns(s, &s->choices);
}

/* ---- words ---- */

/* Past a tag such as <b> or </span style="…">; 0: none begins here. */
static size_t tag_at(const char *p) {
    if (p[0] != '<' || !(p[1] == '/' || ((p[1] | 32) >= 'a' && (p[1] | 32) <= 'z'))) return 0;
    const char *to = strchr(p, '>');
    return to ? (size_t)(to - p) + 1 : 0;
}

const char *xls_words(struct xls *s, const struct xls_sheet *t, const struct grid_row *r,
                      enum xls_column c) {
    struct buf b = {0};
    bool other = false;
    const char *p = xls_cell(t, r, c);
    while (*p == '#')
        p++;
    while (*p) {
        size_t skip = tag_at(p);
        if (!skip && (strncmp(p, "**", 2) == 0 || strncmp(p, "__", 2) == 0)) skip = 2;
        if (!skip && p[0] == '$' && p[1] == '{' && strchr(p, '}')) {
            skip = (size_t)(strchr(p, '}') - p) + 1;
            buf_text(&b, "\u2026");
            other = true;
        }
        if (!skip) {
            buf_byte(&b, (uint8_t)*p);
            skip = 1;
        }
        p += skip;
    }
    if (other) {
        struct place at = xls_place(t, r, c);
        note_at(s->p, &at,
                "another question's answer inside a text is not carried over; it "
                "stands there as \u2026");
    }
    const char *words =
        text_trim(s->p->memory, arena_strndup(s->p->memory, buf_str(&b), b.size));
    buf_release(&b);
    return words;
}

/* ---- ids ---- */

const char *xls_id_like(struct arena *a, const char *name) {
    char out[25];
    size_t n = 0;
    for (const char *p = name; *p && n < 24; p++) {
        bool fits = (*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z') ||
                    *p == '_' || *p == '-';
        if (((uint8_t)*p & 0xC0) == 0x80) continue;
        out[n++] = fits ? *p : '_';
    }
    if (!n) out[n++] = 'x';
    return arena_strndup(a, out, n);
}

static bool taken(const struct xls_ids *in, const char *id) {
    for (int i = 0; i < in->count; i++)
        if (text_equal(in->list[i], id)) return true;
    return false;
}

static void remember_id(struct arena *a, struct xls_ids *in, const char *id) {
    if (in->count == in->room) {
        int room = in->room ? in->room * 2 : 64;
        const char **list = ARENA_ARRAY(a, const char *, room);
        if (in->count) memcpy(list, in->list, sizeof *list * (size_t)in->count);
        in->list = list;
        in->room = room;
    }
    in->list[in->count++] = id;
}

const char *xls_id(struct xls *s, struct xls_ids *in, const char *name) {
    const char *like = xls_id_like(s->p->memory, name), *id = like;
    for (int k = 2; taken(in, id); k++)
        id = arena_printf(s->p->memory, "%.17s-%d", like, k);
    remember_id(s->p->memory, in, id);
    return id;
}

/* ---- choices ---- */

void xls_read_choices(struct xls *s) {
    const struct xls_sheet *t = &s->choices;
    struct arena *a = s->p->memory;
    if (!t->there) return;
    s->list = ARENA_ARRAY(a, struct xls_choice, t->grid.count);
    for (int i = 1; i < t->grid.count; i++) {
        const struct grid_row *r = &t->grid.rows[i];
        const char *list = xls_cell(t, r, XLS_LIST), *value = xls_cell(t, r, XLS_NAME);
        if (!*list) continue;
        struct place at = xls_place(t, r, XLS_NAME);
        if (!*value) problem_at(s->p, &at, "this choice has no name");
        s->list[s->list_count++] =
            (struct xls_choice){value, xls_id_like(a, value), r, text_hash(list)};
    }
}

const struct xls_choice *xls_choice_of(const struct xls *s, const char *list,
                                       const char *value) {
    uint64_t hash = text_hash(list);
    for (int i = 0; i < s->list_count; i++)
        if (s->list[i].list == hash && text_equal(s->list[i].value, value)) return &s->list[i];
    return NULL;
}
