/* xlsform_question.c -- one question of an XLSForm as an item, or the reason why it is none. */
#include "author/conditions.h"
#include "author/xlsform_expr.h"
#include "author/xlsform_inside.h"
#include "base/text.h"
#include "care/template.h"

struct as { /* how a type is carried over */
    const char *type, *kind;
    enum xls_sort sort;
    bool whole;
};
static const struct as carried[] = {
    {"text", "words", XLS_OTHER, false},      {"string", "words", XLS_OTHER, false},
    {"integer", "number", XLS_NUMBER, true},  {"int", "number", XLS_NUMBER, true},
    {"decimal", "number", XLS_NUMBER, false}, {"range", "number", XLS_NUMBER, false},
    {"date", "day", XLS_OTHER, false},        {"time", "time", XLS_OTHER, false},
    {"select_one", "choice", XLS_ONE, false}, {"select_multiple", "ticks", XLS_SEVERAL, false},
    {"datetime", "", XLS_OTHER, false},       {"dateTime", "", XLS_OTHER, false},
};
static const struct {
    const char *type, *why;
} dropped[] = {
    {"calculate", "Lantern computes nothing from answers"},
    {"geopoint", "Lantern never records where a tablet is"},
    {"geotrace", "Lantern never records where a tablet is"},
    {"geoshape", "Lantern never records where a tablet is"},
    {"image", "a photo can be taken at every item; it needs no question"},
    {"photo", "a photo can be taken at every item; it needs no question"},
    {"audio", "a recording can be made at every item; it needs no question"},
    {"video", "Lantern takes photos and recordings, no film"},
    {"file", "Lantern takes photos and recordings, no files"},
    {"barcode", "Lantern reads no barcodes"},
    {"rank", "Lantern has no order of preference"},
    {"acknowledge", "Lantern has no kind of answer for it; ask yes or no"},
    {"trigger", "Lantern has no kind of answer for it; ask yes or no"},
    {"hidden", "it is no question to a person"},
    {"xml-external", "forms bring no other files"},
    {"csv-external", "forms bring no other files"},
    {"start", "Lantern keeps that by itself"},
    {"end", "Lantern keeps that by itself"},
    {"today", "Lantern keeps that by itself"},
    {"audit", "Lantern keeps that by itself"},
    {"deviceid", "Lantern keeps that by itself"},
    {"username", "Lantern keeps that by itself"},
    {"email", "Lantern keeps that by itself"},
    {"phonenumber", "Lantern keeps that by itself"},
    {"simserial", "Lantern keeps that by itself"},
    {"subscriberid", "Lantern keeps that by itself"},
    {"start-geopoint", "Lantern never records where a tablet is"},
    {"background-audio", "Lantern never records without asking"},
};

static const struct as *how_carried(const char *type) {
    for (size_t i = 0; i < sizeof carried / sizeof *carried; i++)
        if (strcasecmp(carried[i].type, type) == 0) return &carried[i];
    return NULL;
}

static void not_carried(struct xls *s, const struct grid_row *r, const char *type) {
    struct place at = xls_place(&s->survey, r, XLS_TYPE);
    const char *why = NULL, *name = xls_cell(&s->survey, r, XLS_NAME);
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (strcasecmp(dropped[i].type, type) == 0) why = dropped[i].why;
    if (why)
        note_at(s->p, &at, "%.40s (%.40s) is not carried over: %s", name, type, why);
    else
        note_at(s->p, &at, "%.40s is not carried over: Lantern knows no type \"%.40s\"", name,
                type);
}

/* ---- choices ---- */

static int count_choices(const struct xls *s, const char *list) {
    uint64_t hash = text_hash(list);
    int n = 0;
    for (int i = 0; i < s->list_count; i++)
        n += s->list[i].list == hash;
    return n;
}

static void add_choices(struct xls *s, const char *list) {
    uint64_t hash = text_hash(list);
    for (int i = 0; i < s->list_count; i++) {
        const struct xls_choice *c = &s->list[i];
        if (c->list != hash) continue;
        const char *label = xls_words(s, &s->choices, c->row, XLS_LABEL);
        struct form_row *to = rows_add(&s->rows, ROW_CHOICE, s->choices.grid.name, c->row->row);
        xls_put(to, SHEET_ID, c->id, &s->choices, XLS_NAME);
        xls_put(to, SHEET_TEXT, *label ? label : c->value, &s->choices,
                *label ? XLS_LABEL : XLS_NAME);
        xls_own_cells(&s->choices, c->row, to);
    }
}

/* "select_one yes_no or_other": the list, and whether something else may be said. */
static const char *list_of(struct xls *s, const struct grid_row *r, const char *rest) {
    struct arena *a = s->p->memory;
    struct place at = xls_place(&s->survey, r, XLS_TYPE);
    const char *list = text_trim(a, rest), *or_other = strcasestr(list, " or_other");
    if (or_other) {
        list = text_trim(a, arena_strndup(a, list, (size_t)(or_other - list)));
        note_at(s->p, &at, "\"or other\" is not carried over; add a choice for it");
    }
    return list;
}

/* How many choices there are decides; NULL: it cannot be asked. */
static const char *kind_of_choices(struct xls *s, const struct grid_row *r, const struct as *as,
                                   const char *list, enum xls_sort *sort) {
    struct place at = xls_place(&s->survey, r, XLS_TYPE);
    int n = count_choices(s, list);
    *sort = as->sort;
    if (n == 0) {
        problem_at(s->p, &at, "the sheet of choices has no list \"%.60s\"", list);
        return NULL;
    }
    if (n > CHOICES_MAX) {
        note_at(s->p, &at,
                "the list \"%.60s\" has %d choices and %d is the most: it is asked in own "
                "words now",
                list, n, CHOICES_MAX);
        *sort = XLS_OTHER;
        return "words";
    }
    if (n == 1 && as->sort == XLS_ONE) {
        *sort = XLS_SEVERAL;
        return "ticks";
    }
    return as->kind;
}

/* ---- the item ---- */

static bool says_yes(const char *cell) {
    static const char *const yes[] = {"yes", "true", "true()", "1", "y"};
    for (int i = 0; i < 5; i++)
        if (strcasecmp(cell, yes[i]) == 0) return true;
    return false;
}

static void put_required(struct xls *s, const struct grid_row *r, struct form_row *to) {
    static const char *const no[] = {"", "no", "false", "false()", "0", "n"};
    const char *cell = xls_cell(&s->survey, r, XLS_REQUIRED);
    bool refused = false;
    for (int i = 0; i < 6; i++)
        refused = refused || strcasecmp(cell, no[i]) == 0;
    if (says_yes(cell)) xls_put(to, SHEET_REQUIRED, "yes", &s->survey, XLS_REQUIRED);
    if (says_yes(cell) || refused) return;
    struct place at = xls_place(&s->survey, r, XLS_REQUIRED);
    note_at(s->p, &at, "\"required\" under a condition is not carried over");
}

/* What waits from a note stands before the hint. */
static void put_help(struct xls *s, const struct grid_row *r, struct form_row *to) {
    const char *hint = xls_words(s, &s->survey, r, XLS_HINT);
    if (!s->note) {
        if (*hint) xls_put(to, SHEET_HELP, hint, &s->survey, XLS_HINT);
        return;
    }
    const char *both = *hint ? arena_printf(s->p->memory, "%s %s", s->note, hint) : s->note;
    if (strlen(both) > 600) {
        struct place at = xls_place(&s->survey, s->note_row, XLS_LABEL);
        note_at(s->p, &at,
                "this note is not carried over: with the hint below it has more than "
                "600 bytes");
        both = hint;
    }
    xls_put(to, SHEET_HELP, both, &s->survey, *hint ? XLS_HINT : XLS_COLUMNS);
    s->note = NULL;
}

/* start=0 end=10 step=1 */
static bool range_of(const char *parameters, int64_t *least, int64_t *most) {
    struct arena a = {0};
    const char *from = strcasestr(parameters, "start="), *to = strcasestr(parameters, "end=");
    bool good = from && to;
    if (good) {
        from += 6;
        to += 4;
        good = expr_thousandths(arena_strndup(&a, from, strspn(from, "-.0123456789")), least) &&
               expr_thousandths(arena_strndup(&a, to, strspn(to, "-.0123456789")), most);
    }
    arena_release(&a);
    return good;
}

static void put_bounds(struct xls *s, const struct grid_row *r, const struct as *as,
                       struct form_row *to) {
    int64_t least, most;
    struct arena *a = s->p->memory;
    enum xls_column from = XLS_CONSTRAINT;
    const char *parameters = xls_cell(&s->survey, r, XLS_PARAMETERS);
    bool range = text_equal(as->type, "range");
    if (range) {
        from = XLS_PARAMETERS;
        least = 1000;
        most = 10000; /* as the standard says, when nothing is given */
        if (*parameters && !range_of(parameters, &least, &most)) {
            struct place at = xls_place(&s->survey, r, XLS_PARAMETERS);
            note_at(s->p, &at, "start=… and end=… were not found: 1 to 10 is taken");
        }
    } else if (!xls_bounds(s, r, as->whole, &least, &most)) {
        return;
    }
    xls_put(to, SHEET_LEAST, thousandths_said(a, least), &s->survey, from);
    xls_put(to, SHEET_MOST, thousandths_said(a, most), &s->survey, from);
}

static void put_about(struct xls *s, struct form_row *to) {
    xls_put(to, SHEET_STATEMENT, s->x->statement ? s->x->statement : XLSFORM_STATEMENT,
            &s->survey, XLS_COLUMNS);
    xls_put(to, SHEET_EVIDENCE, s->x->evidence ? s->x->evidence : XLSFORM_EVIDENCE, &s->survey,
            XLS_COLUMNS);
}

static void remember(struct xls *s, const char *name, const char *id, enum xls_sort sort,
                     bool whole, const char *list) {
    if (s->asked_count == s->asked_room) {
        int room = s->asked_room ? s->asked_room * 2 : 64;
        struct xls_question *asked = ARENA_ARRAY(s->p->memory, struct xls_question, room);
        if (s->asked_count) memcpy(asked, s->asked, sizeof *asked * (size_t)s->asked_count);
        s->asked = asked;
        s->asked_room = room;
    }
    s->asked[s->asked_count++] = (struct xls_question){name, id, sort, whole, list};
}

/* A day and a time: two answers of one item. */
static void add_day_and_time(struct xls *s, int row) {
    static const char *const kinds[] = {"day", "time"}, *const words[] = {"Day", "Time"};
    for (int i = 0; i < 2; i++) {
        struct form_row *part = rows_add(&s->rows, ROW_PART, s->survey.grid.name, row);
        part->cells[SHEET_ID] = part->cells[SHEET_KIND] = kinds[i];
        part->cells[SHEET_TEXT] = words[i];
    }
}

static void put_item(struct xls *s, const struct grid_row *r, const struct as *as,
                     const char *id, const char *kind) {
    const char *label = xls_words(s, &s->survey, r, XLS_LABEL);
    const char *name = xls_cell(&s->survey, r, XLS_NAME), *when = xls_when(s, r);
    xls_want_section(s);
    struct form_row *to = rows_add(&s->rows, ROW_ITEM, s->survey.grid.name, r->row);
    xls_put(to, SHEET_ID, id, &s->survey, XLS_NAME);
    xls_put(to, SHEET_TEXT, *label ? label : name, &s->survey, *label ? XLS_LABEL : XLS_NAME);
    if (*kind) xls_put(to, SHEET_KIND, kind, &s->survey, XLS_TYPE);
    if (*when) xls_put(to, SHEET_WHEN, when, &s->survey, XLS_RELEVANT);
    put_help(s, r, to);
    put_required(s, r, to);
    put_about(s, to);
    if (as->sort == XLS_NUMBER) {
        put_bounds(s, r, as, to);
    } else if (*xls_cell(&s->survey, r, XLS_CONSTRAINT)) {
        struct place at = xls_place(&s->survey, r, XLS_CONSTRAINT);
        note_at(s->p, &at, "the constraint is not carried over: only numbers have bounds");
    }
    xls_own_cells(&s->survey, r, to);
}

void xls_question(struct xls *s, const struct grid_row *r, const char *type) {
    struct arena *a = s->p->memory;
    size_t n = strcspn(type, " \t");
    const char *word = arena_strndup(a, type, n), *list = "";
    if (strcasecmp(word, "select") == 0)
        word = strcasestr(type, "one") ? "select_one" : "select_multiple";
    const struct as *as = how_carried(word);
    enum xls_sort sort;
    if (!as) {
        not_carried(s, r, word);
        return;
    }
    const char *kind = as->kind;
    sort = as->sort;
    if (sort == XLS_ONE || sort == XLS_SEVERAL) {
        list = list_of(s, r, type + n);
        kind = kind_of_choices(s, r, as, list, &sort);
        if (!kind) return;
    }
    const char *name = xls_cell(&s->survey, r, XLS_NAME);
    struct place at = xls_place(&s->survey, r, XLS_NAME);
    if (!*name) {
        problem_at(s->p, &at, "this question has no name. Give it one and never change it");
        return;
    }
    const char *id = xls_id(s, &s->items, name);
    if (!text_equal(id, name))
        note_at(s->p, &at,
                "is called %s here: an id has at most 24 letters, digits, _ or -, and is there "
                "once",
                id);
    put_item(s, r, as, id, kind);
    if (!*kind) add_day_and_time(s, r->row);
    if (sort == XLS_ONE || sort == XLS_SEVERAL) add_choices(s, list);
    remember(s, name, id, sort, as->whole, list);
}
