/* framework.c -- the framework's file read whole, its look-ups, and the ranking of statements.
 */
#include "care/framework_read.h"

#include "base/file.h"
#include "base/text.h"

#define FRAMEWORK_BYTES_MOST ((size_t)1024 * 1024)
#define STATEMENTS_MOST      200
#define KEYWORDS_MOST        80
#define REGULATIONS_MOST     200
#define QUESTIONS_MOST       20
#define BREACHES_MOST        12
#define SETS_MOST            10
#define STANDARDS_MOST       60
#define STANDARD_MOST        12
#define VERSION_MOST         1000000

#define AT(type, member)     offsetof(struct type, member)

static const struct field root_fields[] = {
    {.name = "schema", .kind = FIELD_OTHER, .required = true},
    {.name = "id", .kind = FIELD_ID, .offset = AT(framework, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(framework, title), .required = true},
    {.name = "version",
     .kind = FIELD_INT,
     .offset = AT(framework, version),
     .least = 1,
     .most = VERSION_MOST},
    {.name = "short", .kind = FIELD_TEXT, .offset = AT(framework, short_title)},
    {.name = "from", .kind = FIELD_TEXT, .offset = AT(framework, from)},
    {.name = "to", .kind = FIELD_TEXT, .offset = AT(framework, to)},
    {.name = "status", .kind = FIELD_TEXT, .offset = AT(framework, status)},
    {.name = "draft", .kind = FIELD_BOOL, .offset = AT(framework, draft)},
    {.name = "shareNeeded",
     .kind = FIELD_INT,
     .offset = AT(framework, share_needed),
     .least = 1,
     .most = 100},
    {.name = "scoring", .kind = FIELD_OTHER},
    {.name = "rounding", .kind = FIELD_OTHER},
    {.name = "sources", .kind = FIELD_OTHER},
    {.name = "ratings", .kind = FIELD_OTHER},
    {.name = "scale", .kind = FIELD_OTHER},
    {.name = "categories", .kind = FIELD_OTHER},
    {.name = "bands", .kind = FIELD_OTHER},
    {.name = "rules", .kind = FIELD_OTHER},
    {.name = "limiters", .kind = FIELD_OTHER},
    {.name = "aggregation", .kind = FIELD_OTHER},
    {.name = "circumstances", .kind = FIELD_OTHER},
    {.name = "sets", .kind = FIELD_OTHER},
    {.name = "standards", .kind = FIELD_OTHER},
    {.name = "questions", .kind = FIELD_OTHER, .required = true},
    {.name = "regulations", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field question_fields[] = {
    {.name = "code", .kind = FIELD_ID, .offset = AT(key_question, code), .required = true},
    {.name = "name", .kind = FIELD_TEXT, .offset = AT(key_question, name), .required = true},
    {.name = "plain", .kind = FIELD_TEXT, .offset = AT(key_question, plain)},
    {.name = "lines",
     .kind = FIELD_INT,
     .offset = AT(key_question, lines),
     .least = 1,
     .most = STATEMENTS_MOST},
    {.name = "statements", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field statement_fields[] = {
    {.name = "code", .kind = FIELD_ID, .offset = AT(statement, code), .required = true},
    {.name = "name", .kind = FIELD_TEXT, .offset = AT(statement, name), .required = true},
    {.name = "plain",
     .kind = FIELD_TEXT,
     .offset = AT(statement, plain),
     .most = HELP_MOST,
     .required = true},
    {.name = "keywords",
     .kind = FIELD_TEXTS,
     .offset = AT(statement, keywords),
     .count = AT(statement, keywords_count),
     .most = KEYWORDS_MOST},
    {.name = "mayBreach", .kind = FIELD_OTHER},
    {.name = NULL},
};
static const struct field breach_fields[] = {
    {.name = "regulation",
     .kind = FIELD_ID,
     .offset = AT(breach, regulation),
     .required = true},
    {.name = "when", .kind = FIELD_TEXT, .offset = AT(breach, when), .required = true},
    {.name = "status", .kind = FIELD_TEXT, .offset = AT(breach, status), .required = true},
    {.name = "caveat", .kind = FIELD_TEXT, .offset = AT(breach, caveat)},
    {.name = "sources",
     .kind = FIELD_TEXTS,
     .offset = AT(breach, sources),
     .count = AT(breach, sources_count),
     .most = SOURCES_OF_ONE},
    {.name = NULL},
};
static const struct field set_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(regulation_set, id), .required = true},
    {.name = "title",
     .kind = FIELD_TEXT,
     .offset = AT(regulation_set, title),
     .required = true},
    {.name = NULL},
};
static const struct field standard_fields[] = {
    {.name = "name", .kind = FIELD_TEXT, .offset = AT(standard, name), .required = true},
    {.name = "regulations",
     .kind = FIELD_TEXTS,
     .offset = AT(standard, regulations),
     .count = AT(standard, regulations_count),
     .most = STANDARD_MOST,
     .required = true},
    {.name = NULL},
};
static const struct field regulation_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(regulation, id), .required = true},
    {.name = "set", .kind = FIELD_ID, .offset = AT(regulation, set), .required = true},
    {.name = "number", .kind = FIELD_ID, .offset = AT(regulation, number), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(regulation, title), .required = true},
    {.name = "plain", .kind = FIELD_TEXT, .offset = AT(regulation, plain), .most = HELP_MOST},
    {.name = NULL},
};

/* Which regulations a failing may breach; those are read before the statements. */
static void read_breaches(struct reading *r, const struct framework *f, const json *map,
                          struct statement *s) {
    const json *list = reading_list(r, map, "mayBreach", 0, BREACHES_MOST);
    if (r->bad || !list) return;
    struct breach *all = ARENA_ARRAY(r->memory, struct breach, json_count(list));
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        const json *entry = json_at(list, i);
        struct breach *b = &all[i];
        reading_fields(r, entry, breach_fields, b);
        if (r->bad) return;
        if (!framework_regulation(f, b->regulation))
            reading_complain(r, entry, "no regulation here is called %s", b->regulation);
        framework_check_source(r, f, entry,
                               &(struct rule){.status = b->status,
                                              .sources = b->sources,
                                              .sources_count = b->sources_count});
    }
    s->breaches = all;
    s->breaches_count = (int)json_count(list);
}

static void read_statement(struct reading *r, struct framework *f, const json *map,
                           int question) {
    struct statement *s = &f->statements[f->statements_count];
    reading_subject(r, "statement", json_text(json_get(map, "code"), ""));
    reading_fields(r, map, statement_fields, s);
    if (r->bad) return;
    if (!is_statement_code(s->code)) reading_complain(r, map, "the code must look like SAF-S6");
    if (framework_statement(f, s->code))
        reading_complain(r, map, "this code stands here twice");
    for (int i = 0; i < s->keywords_count; i++)
        for (const char *p = s->keywords[i]; *p; p++)
            if (*p >= 'A' && *p <= 'Z') {
                reading_complain(r, map, "keywords are lower case: %s", s->keywords[i]);
                break;
            }
    read_breaches(r, f, map, s);
    s->question = question;
    f->statements_count++;
}

static void read_question(struct reading *r, struct framework *f, const json *map) {
    struct key_question *q = &f->questions[f->questions_count];
    reading_subject(r, "question", json_text(json_get(map, "code"), ""));
    reading_fields(r, map, question_fields, q);
    if (!r->bad && framework_question(f, q->code) >= 0)
        reading_complain(r, map, "this code stands here twice");
    bool bare = f->scoring == SCORING_NONE; /* then a count of lines is all that is known */
    const json *list = reading_list(r, map, "statements", bare ? 0 : 1, STATEMENTS_MOST);
    q->first = f->statements_count;
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        if (f->statements_count == STATEMENTS_MOST)
            reading_complain(r, list, "more than %d statements", STATEMENTS_MOST);
        else
            read_statement(r, f, json_at(list, i), f->questions_count);
    }
    q->count = f->statements_count - q->first;
    f->questions_count++;
}

static void read_regulation(struct reading *r, struct framework *f, const json *map) {
    struct regulation *g = &f->regulations[f->regulations_count];
    reading_subject(r, "regulation", json_text(json_get(map, "id"), ""));
    reading_fields(r, map, regulation_fields, g);
    if (r->bad) return;
    char whole[64];
    snprintf(whole, sizeof whole, "%s-%s", g->set, g->number);
    if (!is_regulation_id(g->id) || !text_equal(g->id, whole))
        reading_complain(r, map, "the id must be set and number, such as RA2014-12");
    if (framework_regulation(f, g->id)) reading_complain(r, map, "this id stands here twice");
    f->regulations_count++;
}

/* Sets, regulations, fundamental standards. */
static void read_law(struct reading *r, struct framework *f, const json *root) {
    const json *regulations = reading_list(r, root, "regulations", 0, REGULATIONS_MOST);
    const json *sets = reading_list(r, root, "sets", 0, SETS_MOST);
    const json *standards = reading_list(r, root, "standards", 0, STANDARDS_MOST);
    f->regulations = ARENA_ARRAY(r->memory, struct regulation, json_count(regulations));
    for (size_t i = 0; i < json_count(regulations) && !r->bad; i++)
        read_regulation(r, f, json_at(regulations, i));
    f->sets = ARENA_ARRAY(r->memory, struct regulation_set, json_count(sets));
    for (size_t i = 0; i < json_count(sets) && !r->bad; i++) {
        reading_subject(r, "set", json_text(json_get(json_at(sets, i), "id"), ""));
        reading_fields(r, json_at(sets, i), set_fields, &f->sets[f->sets_count++]);
    }
    f->standards = ARENA_ARRAY(r->memory, struct standard, json_count(standards));
    for (size_t i = 0; i < json_count(standards) && !r->bad; i++) {
        struct standard *s = &f->standards[f->standards_count++];
        reading_subject(r, "standard", json_text(json_get(json_at(standards, i), "name"), ""));
        reading_fields(r, json_at(standards, i), standard_fields, s);
        for (int k = 0; !r->bad && k < s->regulations_count; k++)
            if (!framework_regulation(f, s->regulations[k]))
                reading_complain(r, json_at(standards, i), "no regulation here is called %s",
                                 s->regulations[k]);
    }
    reading_subject(r, "", "");
}

static void read_scoring(struct reading *r, struct framework *f, const json *root) {
    static const char *const words[] = {NULL, "statement", "category", "none"};
    const json *v = json_get(root, "scoring");
    for (int i = 1; v && i <= SCORING_NONE; i++)
        if (text_equal(json_text(v, ""), words[i])) f->scoring = (enum scoring)i;
    if (v && !f->scoring)
        reading_complain(r, v, "\"scoring\" must be statement, category or none");
}

static void read_root(struct reading *r, struct framework *f) {
    const json *root = json_root(r->doc);
    if (json_type_of(root) == JSON_T_MAP) reading_schema(r, root, "lantern.framework-data", 1);
    f->version = 1;
    reading_fields(r, root, root_fields, f);
    const json *questions = reading_list(r, root, "questions", 1, QUESTIONS_MOST);
    if (r->bad) return;
    read_scoring(r, f, root);
    framework_read_names(r, f, root);
    read_law(r, f, root);
    f->questions = ARENA_ARRAY(r->memory, struct key_question, json_count(questions));
    f->statements = ARENA_ARRAY(r->memory, struct statement, STATEMENTS_MOST);
    for (size_t i = 0; i < json_count(questions) && !r->bad; i++)
        read_question(r, f, json_at(questions, i));
    reading_subject(r, "", "");
    framework_read_rules(r, f, root);
}

enum status framework_load(struct framework **out, const char *path) {
    struct arena memory = {0};
    struct reading r = {.memory = &memory};
    enum status s = json_load(&r.doc, path, FRAMEWORK_BYTES_MOST);
    if (s) return s;
    struct framework *f = ARENA_NEW(&memory, struct framework);
    read_root(&r, f);
    json_close(r.doc);
    if (r.bad) {
        arena_release(&memory);
        return r.bad;
    }
    f->memory = memory;
    *out = f;
    return STATUS_OK;
}

void framework_close(struct framework *f) {
    if (!f) return;
    struct arena memory = f->memory; /* f itself lives in it */
    arena_release(&memory);
}

const struct statement *framework_statement(const struct framework *f, const char *code) {
    for (int i = 0; i < f->statements_count; i++)
        if (text_equal(f->statements[i].code, code)) return &f->statements[i];
    return NULL;
}

const struct regulation *framework_regulation(const struct framework *f, const char *id) {
    for (int i = 0; i < f->regulations_count; i++)
        if (text_equal(f->regulations[i].id, id)) return &f->regulations[i];
    return NULL;
}

int framework_question(const struct framework *f, const char *code) {
    for (int i = 0; i < f->questions_count; i++)
        if (text_equal(f->questions[i].code, code)) return i;
    return -1;
}

int framework_question_of(const struct framework *f, const char *statement_code) {
    const struct statement *s = framework_statement(f, statement_code);
    return s ? s->question : -1;
}

/* Twice the words that match, and one more for a statement of the section one came from: a
 * matched word always weighs more than where it was seen. */
static int weight(const struct statement *s, const char *text, const int *near, int near_count,
                  int index) {
    int w = 0;
    for (int i = 0; i < s->keywords_count; i++)
        w += 2 * text_has_word_nocase(text, s->keywords[i]);
    for (int i = 0; i < near_count; i++)
        if (near[i] == index) return w + 1;
    return w;
}

int framework_rank(const struct framework *f, const char *text, const char *const *near,
                   int near_count, int most, int out[]) {
    int weights[STATEMENTS_MOST], near_index[STATEMENTS_MOST], nears = 0, filled = 0;
    for (int i = 0; i < near_count && nears < STATEMENTS_MOST; i++) {
        const struct statement *s = framework_statement(f, near[i]);
        if (s) near_index[nears++] = (int)(s - f->statements);
    }
    for (int i = 0; i < f->statements_count; i++)
        weights[i] = weight(&f->statements[i], text, near_index, nears, i);
    while (filled < most && filled < f->statements_count) {
        int best = 0;
        for (int i = 1; i < f->statements_count; i++)
            if (weights[i] > weights[best]) best = i;
        out[filled++] = best;
        weights[best] = -1;
    }
    return filled;
}
