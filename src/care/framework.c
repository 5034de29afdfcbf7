/* framework.c -- the framework's file read whole, its look-ups, and the ranking of statements.
 */
#include "care/framework.h"

#include "base/file.h"
#include "base/text.h"
#include "care/fields.h"

#define FRAMEWORK_BYTES_MOST ((size_t)1024 * 1024)
#define STATEMENTS_MOST      200
#define KEYWORDS_MOST        80
#define REGULATIONS_MOST     200
#define QUESTIONS_MOST       20

#define AT(type, member)     offsetof(struct type, member)

static const struct field root_fields[] = {
    {.name = "schema", .kind = FIELD_OTHER, .required = true},
    {.name = "id", .kind = FIELD_ID, .offset = AT(framework, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(framework, title), .required = true},
    {.name = "questions", .kind = FIELD_OTHER, .required = true},
    {.name = "regulations", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field question_fields[] = {
    {.name = "code", .kind = FIELD_ID, .offset = AT(key_question, code), .required = true},
    {.name = "name", .kind = FIELD_TEXT, .offset = AT(key_question, name), .required = true},
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
    s->question = question;
    f->statements_count++;
}

static void read_question(struct reading *r, struct framework *f, const json *map) {
    struct key_question *q = &f->questions[f->questions_count];
    reading_subject(r, "question", json_text(json_get(map, "code"), ""));
    reading_fields(r, map, question_fields, q);
    for (int i = 0; i < f->questions_count && !r->bad; i++)
        if (text_equal(f->questions[i].code, q->code))
            reading_complain(r, map, "this code stands here twice");
    const json *list = reading_list(r, map, "statements", 1, STATEMENTS_MOST);
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        if (f->statements_count == STATEMENTS_MOST)
            reading_complain(r, list, "more than %d statements", STATEMENTS_MOST);
        else
            read_statement(r, f, json_at(list, i), f->questions_count);
    }
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

static void read_root(struct reading *r, struct framework *f) {
    const json *root = json_root(r->doc);
    if (json_type_of(root) == JSON_T_MAP) reading_schema(r, root, "lantern.framework-data", 1);
    reading_fields(r, root, root_fields, f);
    const json *questions = reading_list(r, root, "questions", 1, QUESTIONS_MOST);
    const json *regulations = reading_list(r, root, "regulations", 0, REGULATIONS_MOST);
    if (r->bad) return;
    f->questions = ARENA_ARRAY(r->memory, struct key_question, json_count(questions));
    f->statements = ARENA_ARRAY(r->memory, struct statement, STATEMENTS_MOST);
    f->regulations = ARENA_ARRAY(r->memory, struct regulation, json_count(regulations));
    for (size_t i = 0; i < json_count(questions) && !r->bad; i++)
        read_question(r, f, json_at(questions, i));
    for (size_t i = 0; i < json_count(regulations) && !r->bad; i++)
        read_regulation(r, f, json_at(regulations, i));
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
