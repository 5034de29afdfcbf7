/* xlsform.c -- forms of ODK and Kobo: the sheets survey, choices and settings as our rows.
 *
 * Groups become sections, groups within groups sections of their own; what stands behind such
 * an inner group goes on in a section "(continued)". A repeat is a section asked once for each.
 * Whatever has no counterpart is named and left out; nothing is guessed. */
#include "author/check.h"
#include "author/nearest.h"
#include "author/xlsform_inside.h"
#include "base/text.h"

#define REPEATS_USUAL 10
#define REPEATS_MOST  60

/* ---- sections ---- */

/* The frame that makes the section: the outermost repeat, for there are none within one; else
 * the innermost group. */
static int section_frame(const struct xls *s) {
    for (int i = 1; i <= s->depth; i++)
        if (s->frames[i].repeat) return i;
    return s->depth;
}

static const char *section_title(struct xls *s, int frame) {
    struct arena *a = s->p->memory;
    const struct xls_frame *f = &s->frames[frame];
    const char *outer = frame > 1 ? s->frames[frame - 1].title : "";
    const char *title = f->title;
    if (*outer && strlen(outer) + strlen(title) < 200)
        title = arena_printf(a, "%s: %s", outer, title);
    return f->opened ? arena_printf(a, "%s (continued)", title) : title;
}

static void put_repeat(struct xls *s, const struct xls_frame *f, struct form_row *to) {
    const char *count = xls_cell(&s->survey, f->row, XLS_REPEAT_COUNT);
    struct place at = xls_place(&s->survey, f->row, XLS_REPEAT_COUNT);
    char *end;
    long most = strtol(count, &end, 10);
    if (!*count || *end || most < 1) {
        most = REPEATS_USUAL;
        note_at(s->p, &at, "how often it repeats is %s: at most %d times here",
                *count ? "computed there, which is not carried over" : "not said",
                REPEATS_USUAL);
    }
    if (most > REPEATS_MOST) {
        most = REPEATS_MOST;
        note_at(s->p, &at, "%d times is the most", REPEATS_MOST);
    }
    xls_put(to, SHEET_REPEATS, "yes", &s->survey, XLS_COLUMNS);
    xls_put(to, SHEET_REPEAT_MOST, arena_printf(s->p->memory, "%ld", most), &s->survey,
            *count ? XLS_REPEAT_COUNT : XLS_COLUMNS);
}

/* Of what, they have no word for. */
static void put_repeat_of(struct xls *s, const struct xls_frame *f, struct form_row *to) {
    struct place at = xls_place(&s->survey, f->row, XLS_TYPE);
    if (row_has(to, SHEET_REPEAT_OF)) return;
    xls_put(to, SHEET_REPEAT_OF, "records", &s->survey, XLS_COLUMNS);
    if (s->said_repeat) return;
    s->said_repeat = true;
    note_at(
        s->p, &at,
        "repeats are asked once for each record. For rooms, staff, people, calls, shifts or "
        "talks add a column lantern::repeatOf");
}

void xls_want_section(struct xls *s) {
    int frame = section_frame(s);
    if (s->section == frame) return;
    struct xls_frame *f = &s->frames[frame];
    int row = f->row ? f->row->row : 0;
    const char *title = section_title(s, frame);
    const char *id = xls_id(s, &s->sections, f->id);
    struct form_row *to = rows_add(&s->rows, ROW_SECTION, s->survey.grid.name, row);
    xls_put(to, SHEET_ID, id, &s->survey, f->row ? XLS_NAME : XLS_COLUMNS);
    xls_put(to, SHEET_TEXT, title, &s->survey, f->row ? XLS_LABEL : XLS_COLUMNS);
    if (s->note && strlen(s->note) <= 300) {
        xls_put(to, SHEET_HELP, s->note, &s->survey, XLS_COLUMNS);
        s->note = NULL;
    }
    if (f->repeat) put_repeat(s, f, to);
    if (f->row) xls_own_cells(&s->survey, f->row, to);
    if (f->repeat) put_repeat_of(s, f, to);
    f->opened++;
    s->section = frame;
}

/* ---- groups ---- */

static void drop_note(struct xls *s) {
    if (!s->note) return;
    struct place at = xls_place(&s->survey, s->note_row, XLS_LABEL);
    note_at(s->p, &at, "this note is not carried over: no question follows it");
    s->note = NULL;
}

static void begin(struct xls *s, const struct grid_row *r, bool repeat) {
    const char *label = xls_words(s, &s->survey, r, XLS_LABEL);
    const char *name = xls_cell(&s->survey, r, XLS_NAME);
    struct place at = xls_place(&s->survey, r, XLS_TYPE);
    if (s->depth == XLS_DEEPEST) {
        problem_at(s->p, &at, "more than %d groups within groups", XLS_DEEPEST);
        return;
    }
    if (repeat && s->frames[section_frame(s)].repeat)
        note_at(s->p, &at,
                "a repeat within a repeat is not carried over: its questions are "
                "asked once in each of the outer one");
    const char *id = xls_id_like(s->p->memory, *name ? name : "group");
    s->frames[++s->depth] = (struct xls_frame){.row = r,
                                               .id = id,
                                               .title = *label  ? label
                                                        : *name ? name
                                                                : id,
                                               .repeat = repeat};
}

static void end(struct xls *s, const struct grid_row *r, bool repeat) {
    struct place at = xls_place(&s->survey, r, XLS_TYPE);
    if (s->depth == 0 || s->frames[s->depth].repeat != repeat) {
        problem_at(s->p, &at, "this ends no %s that was begun", repeat ? "repeat" : "group");
        return;
    }
    drop_note(s);
    if (s->section == s->depth) s->section = -1;
    s->depth--;
}

static void wait_note(struct xls *s, const struct grid_row *r) {
    const char *words = xls_words(s, &s->survey, r, XLS_LABEL);
    struct place at = xls_place(&s->survey, r, XLS_RELEVANT);
    if (*xls_cell(&s->survey, r, XLS_RELEVANT))
        note_at(s->p, &at, "when this note is shown is not carried over: it is always shown");
    if (!*words) return;
    s->note = s->note ? arena_printf(s->p->memory, "%s %s", s->note, words) : words;
    s->note_row = r;
}

/* ---- the survey ---- */

/* "begin group", "begin_group" … without what lies between. */
static bool is_type(const char *type, const char *first, const char *second) {
    size_t n = strlen(first);
    if (strncasecmp(type, first, n) != 0) return false;
    type += n;
    while (*type == ' ' || *type == '_')
        type++;
    return strcasecmp(type, second) == 0;
}

static void survey_row(struct xls *s, const struct grid_row *r) {
    const char *type = xls_cell(&s->survey, r, XLS_TYPE);
    if (!*type) {
        struct place at = xls_place(&s->survey, r, XLS_TYPE);
        if (*xls_cell(&s->survey, r, XLS_NAME))
            problem_at(s->p, &at, "this row has a name and no type");
    } else if (is_type(type, "begin", "group")) {
        begin(s, r, false);
    } else if (is_type(type, "begin", "repeat")) {
        begin(s, r, true);
    } else if (is_type(type, "end", "group")) {
        end(s, r, false);
    } else if (is_type(type, "end", "repeat")) {
        end(s, r, true);
    } else if (strcasecmp(type, "note") == 0) {
        wait_note(s, r);
    } else {
        xls_question(s, r, type);
    }
}

static void walk_survey(struct xls *s) {
    const struct grid *g = &s->survey.grid;
    for (int i = 1; i < g->count; i++)
        survey_row(s, &g->rows[i]);
    drop_note(s);
    for (int i = s->depth; i > 0; i--) {
        struct place at = xls_place(&s->survey, s->frames[i].row, XLS_TYPE);
        problem_at(s->p, &at, "this %s is begun and never ended",
                   s->frames[i].repeat ? "repeat" : "group");
    }
}

/* ---- settings ---- */

static const char *setting(const struct xls *s, const char *name, struct place *at) {
    const struct grid *g = &s->settings.grid;
    *at = (struct place){.file = s->survey.grid.name};
    for (int i = 0; s->settings.there && g->count > 1 && i < g->rows[0].count; i++) {
        if (!same_heading(g->rows[0].cells[i], name)) continue;
        *at = (struct place){g->name, g->rows[1].row, i + 1, g->rows[0].cells[i]};
        return grid_cell(&g->rows[1], i);
    }
    return "";
}

static void add_property(struct xls *s, enum property p, const char *value,
                         const struct place *at) {
    if (!*value) return;
    struct form_row *r = rows_add(&s->rows, ROW_FORM, at->file, at->row);
    r->property = p;
    r->cells[SHEET_ID] = property_about[p].field;
    r->cells[SHEET_TEXT] = value;
    if (at->column) {
        r->columns[SHEET_TEXT] = (uint16_t)at->column;
        r->headings = s->settings.grid.rows[0].cells;
    }
}

static const char *version_of(struct xls *s, struct place *at) {
    const char *version = setting(s, "version", at);
    size_t digits = strspn(version, "0123456789");
    if (!*version) return "";
    if (!version[digits] && digits <= 6 && *version != '0') return version;
    note_at(s->p, at,
            "a version here is a whole number up to 1,000,000 that you raise with each change: "
            "\"%.40s\" is now 1",
            version);
    return "1";
}

static void read_settings(struct xls *s) {
    struct place at;
    const char *code = setting(s, "form_id", &at), *title;
    if (s->x->code) code = s->x->code;
    if (!*code) {
        problem_at(s->p, &at,
                   "the form has no id: add a sheet of settings with form_id, or say "
                   "--code");
        code = "FORM";
    }
    add_property(s, PROP_CODE, xls_id_like(s->p->memory, code), &at);
    title = setting(s, "form_title", &at);
    s->frames[0] = (struct xls_frame){.id = "form", .title = *title ? title : code};
    add_property(s, PROP_TITLE, *title ? title : code, &at);
    add_property(s, PROP_VERSION, version_of(s, &at), &at);
    for (int i = 0; i < PROPERTIES; i++) {
        const char *ours =
            setting(s, arena_printf(s->p->memory, "lantern::%s", property_about[i].field), &at);
        if (i != PROP_CODE && i != PROP_TITLE && i != PROP_VERSION)
            add_property(s, (enum property)i, ours, &at);
    }
}

/* Our forms say of each item what it is about, theirs do not. */
static void note_about(struct xls *s) {
    struct place at = {.file = s->survey.grid.name};
    bool statement = s->x->statement != NULL, evidence = s->x->evidence != NULL;
    for (int i = 0; i < s->survey.grid.rows[0].count; i++) {
        statement = statement || s->survey.ours[i] == SHEET_STATEMENT;
        evidence = evidence || s->survey.ours[i] == SHEET_EVIDENCE;
    }
    if (!statement)
        note_at(s->p, &at,
                "no question says which quality statement it is about: all stand under %s. Say "
                "--statement, or add a column lantern::statement",
                XLSFORM_STATEMENT);
    if (!evidence)
        note_at(
            s->p, &at,
            "no question says what kind of evidence it gives: all are %s. Say --evidence, or "
            "add a column lantern::evidence",
            XLSFORM_EVIDENCE);
}

enum status author_xlsform(struct problems *p, const struct xlsform *x, struct authored *f) {
    struct xls s = {.p = p, .x = x, .rows = {.memory = p->memory}, .section = -1};
    struct place at = {.file = x->survey.name ? x->survey.name : "survey"};
    *f = (struct authored){0};
    if (!x->survey.bytes) problem_at(p, &at, "the sheet \"survey\" is missing");
    if (!x->survey.bytes || !xls_sheet_read(&s, &x->survey, &s.survey) ||
        !xls_sheet_read(&s, &x->choices, &s.choices) ||
        !xls_sheet_read(&s, &x->settings, &s.settings))
        return STATUS_INVALID;
    if (s.survey.columns[XLS_TYPE] < 0 || s.survey.columns[XLS_NAME] < 0) {
        problem_at(p, &at,
                   "its first row must name the columns type and name: is this the "
                   "sheet \"survey\"?");
        return STATUS_INVALID;
    }
    read_settings(&s);
    xls_read_choices(&s);
    walk_survey(&s);
    xls_note_columns(&s);
    note_about(&s);
    return check_rows(p, x->survey.name, &s.rows, f);
}
