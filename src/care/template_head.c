/* template_head.c -- the head of a form without its questions, for the list of forms at the
 * start.
 *
 * Forty forms read whole would take longer than the app may take to open. Their heads are found
 * by one pass over the bytes that only tells texts from brackets; what lies in "sections" is
 * counted and left out, and the little that remains goes the usual way through the reader. */
#include <string.h>

#include "base/buf.h"
#include "care/template_read.h"

enum { IN_ROOT = 1, IN_SECTION = 3, IN_ITEM = 5 }; /* { [ { [ { */

struct glance {
    const char *at, *end;
    const char *from, *to; /* the list of sections: its [ and behind its ] */
    int sections, items;
};

/* Behind the text that begins at `p`; NULL when it does not end. */
static const char *behind_text(const char *p, const char *end) {
    for (const char *mark = p + 1; mark < end; mark++) {
        mark = memchr(mark, '"', (size_t)(end - mark));
        if (!mark) return NULL;
        size_t escapes = 0; /* an even number of them stands for itself */
        while (mark[-1 - (ptrdiff_t)escapes] == '\\')
            escapes++;
        if (escapes % 2 == 0) return mark + 1;
    }
    return NULL;
}

static const char *behind_space(const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        p++;
    return p;
}

/* Where the list after the key "sections" begins when `p` stands at that key, else NULL. */
static const char *sections_at(const char *p, const char *end) {
    static const char key[] = "\"sections\"";
    size_t n = sizeof key - 1;
    if ((size_t)(end - p) < n || memcmp(p, key, n) != 0) return NULL;
    p = behind_space(p + n, end);
    if (p == end || *p != ':') return NULL;
    p = behind_space(p + 1, end);
    return p < end && *p == '[' ? p : NULL;
}

static const char *pass_text(struct glance *g, const char *p, int depth) {
    const char *list = depth == IN_ROOT ? sections_at(p, g->end) : NULL;
    if (!list) return behind_text(p, g->end);
    if (g->from) return NULL; /* twice */
    return g->from = list;
}

/* True when the sections were found and every bracket is closed. */
static bool glance_over(struct glance *g) {
    int depth = 0;
    for (const char *p = g->at; p && p < g->end;) {
        bool within = g->from && !g->to;
        switch (*p) {
        case '"':
            p = pass_text(g, p, depth);
            continue;
        case '{':
        case '[':
            depth++;
            g->items += within && depth == IN_ITEM;
            g->sections += within && depth == IN_SECTION;
            break;
        case '}':
        case ']':
            depth--;
            if (within && depth == IN_ROOT) g->to = p + 1;
            break;
        default:
            break;
        }
        if (depth < 0) return false;
        p++;
        if (p == g->end) return depth == 0 && g->to && g->items;
    }
    return false;
}

static enum status read_head(struct template **out, const char *name, const struct glance *g) {
    struct buf head = {0};
    struct arena memory = {0};
    struct reading r = {.memory = &memory};
    buf_add(&head, g->at, (size_t)(g->from - g->at));
    buf_text(&head, "[]");
    buf_add(&head, g->to, (size_t)(g->end - g->to));
    enum status s = json_parse(&r.doc, name, buf_str(&head), head.size);
    if (s) goto done;
    struct template *t = ARENA_NEW(&memory, struct template);
    template_read_head(&r, t);
    json_close(r.doc);
    s = r.bad;
    if (s) goto done;
    t->sections_count = g->sections;
    t->items_count = g->items;
    t->memory = memory;
    memory = (struct arena){0};
    *out = t;
done:
    buf_release(&head);
    arena_release(&memory);
    return s;
}

enum status template_head(struct template **out, const char *name, const char *text, size_t n) {
    struct glance g = {.at = text, .end = text + n};
    bool plain = n <= TEMPLATE_BYTES_MAX && glance_over(&g) && g.items <= TEMPLATE_ITEMS_MAX &&
                 g.sections <= TEMPLATE_SECTIONS_MAX;
    if (plain && read_head(out, name, &g) == STATUS_OK) return STATUS_OK;
    return template_read(out, name, text, n); /* which knows where it is wrong */
}

enum status template_fill(struct template *head, const char *name, const char *text, size_t n) {
    struct template *whole = NULL;
    if (head->items) return STATUS_OK;
    enum status s = template_read(&whole, name, text, n);
    if (s) return s;
    if (strcmp(whole->code, head->code) != 0 || whole->version != head->version) {
        s = status_fail(STATUS_INVALID, "%s: not the form its head was read from", name);
        template_close(whole);
        return s;
    }
    head->sections = whole->sections;
    head->sections_count = whole->sections_count;
    head->items = whole->items;
    head->items_count = whole->items_count;
    head->by_id = whole->by_id;
    head->slots = whole->slots;
    head->json = whole->json;
    head->json_size = whole->json_size;
    head->rest = whole->memory; /* its own head goes with it when the form is closed */
    return STATUS_OK;
}
