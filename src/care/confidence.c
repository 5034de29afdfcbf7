/* confidence.c -- what was said in confidence as the JSON that is sealed into its box, and
 * back.
 *
 * Journey: Heard something, Saw something → act_confide → here → key_seal → record; at the
 * office the reader's key opens the box → here → shown. Whoever holds a reader's public key can
 * seal anything to it, so what is read is a stranger's text: bounded, and clean of what a
 * terminal obeys. */
#include "care/confidence.h"

#include <string.h>

#include "base/json.h"
#include "base/keys.h"
#include "base/text.h"

#define SEVERITY_MOST 4
/* Filled up with spaces to a multiple of this, so that the size of a box does not tell how much
 * was said. */
#define PAGE 1000

struct text_member {
    const char *name;
    size_t offset;
};
#define MEMBER(field) \
    { #field, offsetof(struct confidence, field) }
static const struct text_member texts[] = {
    MEMBER(about),  MEMBER(service), MEMBER(service_name), MEMBER(checker),
    MEMBER(role),   MEMBER(text),    MEMBER(answer_how),   MEMBER(statement),
    MEMBER(from),   MEMBER(until),   MEMBER(break_asked),  MEMBER(they_said),
    MEMBER(witness)};
#define TEXTS (sizeof texts / sizeof texts[0])

static const char **text_at(struct confidence *c, size_t i) {
    return (const char **)(void *)((char *)c + texts[i].offset);
}

static const struct text_member said_texts[] = {
    {"prompt", offsetof(struct confidence_said, prompt)},
    {"question", offsetof(struct confidence_said, question)},
    {"text", offsetof(struct confidence_said, text)},
    {"list", offsetof(struct confidence_said, list)},
    {"marks", offsetof(struct confidence_said, marks)},
};
#define SAID_TEXTS (sizeof said_texts / sizeof said_texts[0])

static const char **said_at(struct confidence_said *s, size_t i) {
    return (const char **)(void *)((char *)s + said_texts[i].offset);
}

static void fill_up(struct buf *b) {
    while (!b->overflow && b->size % PAGE)
        buf_byte(b, ' ');
}

static enum status invalid(const char *what) {
    return status_fail(STATUS_INVALID, "confidence: %s", what);
}

static bool severity_is(int64_t n) {
    return n >= 0 && n <= SEVERITY_MOST;
}

static void write_said(struct json_out *o, const struct confidence *c) {
    if (!c->said_count) return;
    json_open_list(o, "said");
    for (int i = 0; i < c->said_count; i++) {
        struct confidence_said one = c->said[i];
        json_open_map(o, NULL);
        for (size_t k = 0; k < SAID_TEXTS; k++)
            if (!text_blank(*said_at(&one, k)))
                json_put_text(o, said_texts[k].name, *said_at(&one, k));
        json_close_map(o);
    }
    json_close_list(o);
}

enum status confidence_write(const struct confidence *c, struct buf *out) {
    struct confidence copy = *c;
    struct arena a = {0};
    struct buf b = {.limit = CONFIDENCE_BYTES_MAX};
    struct json_out o = {.to = &b};
    if (text_blank(c->about)) return invalid("about is missing");
    if (!severity_is(c->severity)) return invalid("severity");
    if (c->said_count > CONFIDENCE_SAID_MOST) return invalid("said");
    json_open_map(&o, NULL);
    for (size_t i = 0; i < TEXTS; i++)
        if (!text_blank(*text_at(&copy, i)))
            json_put_text(&o, texts[i].name, *text_at(&copy, i));
    write_said(&o, &copy);
    if (c->severity) json_put_int(&o, "severity", c->severity);
    json_put_text(&o, "day", day_iso(&a, c->day));
    json_close_map(&o);
    fill_up(&b);
    enum status s = STATUS_OK;
    if (b.overflow) s = status_fail(STATUS_TOO_LARGE, "at most %d bytes", CONFIDENCE_BYTES_MAX);
    if (!s) buf_add(out, b.data, b.size);
    buf_wipe(&b);
    arena_release(&a);
    return s;
}

/* Lines stay lines; everything else that a terminal could obey becomes a space. */
static char *clean(struct arena *a, const char *s) {
    char *all = arena_strdup(a, s);
    for (char *line = all; line;) {
        char *end = strchr(line, '\n');
        if (end) *end = '\0';
        text_one_line(line);
        if (end) *end = '\n';
        line = end ? end + 1 : NULL;
    }
    return all;
}

static enum status read_text(struct arena *a, const json *map, const char *name,
                             const char **out) {
    const json *v = json_get(map, name);
    *out = "";
    if (!v || json_type_of(v) == JSON_T_NULL) return STATUS_OK;
    if (json_type_of(v) != JSON_T_TEXT) return invalid(name);
    *out = clean(a, json_text(v, ""));
    return STATUS_OK;
}

static enum status read_severity(const json *map, int *out) {
    const json *v = json_get(map, "severity");
    int64_t n = json_int(v, -1);
    *out = 0;
    if (!v || json_type_of(v) == JSON_T_NULL) return STATUS_OK;
    if (!severity_is(n)) return invalid("severity");
    *out = (int)n;
    return STATUS_OK;
}

static enum status read_said(struct arena *a, const json *map, struct confidence *c) {
    const json *list = json_get(map, "said");
    size_t n = list && json_type_of(list) == JSON_T_LIST ? json_count(list) : 0;
    if (!list || json_type_of(list) == JSON_T_NULL) return STATUS_OK;
    if (json_type_of(list) != JSON_T_LIST || n > CONFIDENCE_SAID_MOST) return invalid("said");
    struct confidence_said *all = ARENA_ARRAY(a, struct confidence_said, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json *one = json_at(list, i);
        enum status s = json_type_of(one) == JSON_T_MAP ? STATUS_OK : invalid("said");
        for (size_t k = 0; !s && k < SAID_TEXTS; k++)
            s = read_text(a, one, said_texts[k].name, said_at(&all[i], k));
        if (s) return s;
    }
    c->said = all;
    c->said_count = (int)n;
    return STATUS_OK;
}

static enum status read_map(struct arena *a, const json *map, struct confidence *c) {
    enum status s = STATUS_OK;
    if (json_type_of(map) != JSON_T_MAP) return invalid("no map");
    for (size_t i = 0; !s && i < TEXTS; i++)
        s = read_text(a, map, texts[i].name, text_at(c, i));
    if (!s) s = read_severity(map, &c->severity);
    if (!s) s = read_said(a, map, c);
    if (s) return s;
    if (text_blank(c->about)) return invalid("about is missing");
    if (!day_read_iso(json_text(json_get(map, "day"), ""), &c->day)) return invalid("day");
    return STATUS_OK;
}

enum status confidence_read(struct arena *a, const void *p, size_t n, struct confidence *out) {
    struct confidence c = {0};
    struct json_doc *doc = NULL;
    if (n > CONFIDENCE_BYTES_MAX) return invalid("too large");
    /* The parser's own complaint quotes the text. */
    if (json_parse(&doc, "confidence", p, n)) return invalid("no JSON");
    enum status s = read_map(a, json_root(doc), &c);
    json_close(doc);
    if (!s) *out = c;
    return s;
}
