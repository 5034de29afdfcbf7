/* words.c -- the sentences people see, from the language's folder into one sorted table.
 *
 * A key without words is a mistake of ours and must be visible, never fatal: it shows as [key]
 * and is counted, once for each key. */
#include "base/words.h"

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"

#define WORDS_FILE_MOST ((size_t)1024 * 1024)
#define NESTING_MOST    4

struct entry {
    const char *key, *text;
};
struct missing {
    struct missing *next;
    const char *key, *shown;
};
/* Apart from the words themselves, which are const once loaded. */
struct wanted {
    struct arena memory;
    struct missing *first;
    int count;
};
struct words {
    struct arena memory;
    struct entry *entries;
    size_t count, room;
    struct wanted *wanted;
};

static void add_entry(struct words *w, const char *key, const char *text) {
    if (w->count == w->room) {
        size_t room = w->room ? w->room * 2 : 256;
        struct entry *more = ARENA_ARRAY(&w->memory, struct entry, room);
        if (w->count) memcpy(more, w->entries, w->count * sizeof *more);
        w->entries = more;
        w->room = room;
    }
    w->entries[w->count++] =
        (struct entry){arena_strdup(&w->memory, key), arena_strdup(&w->memory, text)};
}

/* The bracket that closes the one at `open`, NULL when there is none. */
static const char *closing(const char *open, const char *end) {
    int depth = 0;
    for (const char *p = open; p < end; p++) {
        if (*p == '{') depth++;
        if (*p == '}' && --depth == 0) return p;
    }
    return NULL;
}

static bool is_place(const char *open, const char *close) {
    return open[1] >= '0' && open[1] <= '9' && (open + 2 == close || open[2] == '|');
}

static bool places_close(const char *text) {
    const char *end = text + strlen(text);
    for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
        const char *close = closing(p, end);
        if (!close || !is_place(p, close)) return false;
    }
    return true;
}

static enum status read_file(struct words *w, const char *dir, const char *name) {
    struct arena a = {0};
    struct json_doc *d = NULL;
    enum status s = json_load(&d, path_join(&a, dir, name), WORDS_FILE_MOST);
    if (s) goto done;
    const char *prefix = arena_printf(&a, "%.*s.", (int)(strlen(name) - strlen(".json")), name);
    const json *map = json_root(d);
    if (json_type_of(map) != JSON_T_MAP) s = json_complain(d, map, "a flat map is wanted here");
    for (size_t i = 0; !s && i < json_count(map); i++) {
        const json *v = NULL;
        const char *key = json_key_at(map, i, &v), *text = json_text(v, NULL);
        if (!text_starts(key, prefix) || !key[strlen(prefix)])
            s = json_complain(d, v, "the key %s must begin with %s", key, prefix);
        else if (!text)
            s = json_complain(d, v, "%s must be text", key);
        else if (!places_close(text))
            s = json_complain(d, v, "%s has a { that is not {0} or {0|one|many}", key);
        else
            add_entry(w, key, text);
    }
done:
    json_close(d);
    arena_release(&a);
    return s;
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static enum status sort_entries(struct words *w) {
    if (w->count) qsort(w->entries, w->count, sizeof *w->entries, by_key);
    for (size_t i = 1; i < w->count; i++)
        if (by_key(&w->entries[i - 1], &w->entries[i]) == 0)
            return status_fail(STATUS_INVALID, "the key %s stands in two files",
                               w->entries[i].key);
    return STATUS_OK;
}

enum status words_load(struct words **out, const char *dir) {
    struct arena memory = {0};
    struct words *w = ARENA_NEW(&memory, struct words);
    w->wanted = ARENA_NEW(&memory, struct wanted);
    w->memory = memory;
    char **names;
    size_t n = 0;
    enum status s = dir_list(&w->memory, dir, ".json", &names, &n);
    for (size_t i = 0; !s && i < n; i++)
        s = read_file(w, dir, names[i]);
    if (!s) s = sort_entries(w);
    if (s)
        words_close(w);
    else
        *out = w;
    return s;
}

void words_close(struct words *w) {
    if (!w) return;
    arena_release(&w->wanted->memory);
    struct arena memory = w->memory; /* w itself lives in it */
    arena_release(&memory);
}

static const char *find(const struct words *w, const char *key) {
    if (!w || !w->count) return NULL;
    struct entry wanted = {.key = key};
    const struct entry *e = bsearch(&wanted, w->entries, w->count, sizeof wanted, by_key);
    return e ? e->text : NULL;
}

bool words_have(const struct words *w, const char *key) {
    return find(w, key) != NULL;
}

/* Leaks no memory for a key asked for in every frame: each is kept once. */
static const char *note_missing(const struct words *w, const char *key) {
    static const char *const no_words = "[]";
    if (!w) return no_words;
    struct wanted *wanted = w->wanted;
    for (const struct missing *m = wanted->first; m; m = m->next)
        if (strcmp(m->key, key) == 0) return m->shown;
    struct arena *a = &wanted->memory;
    struct missing *m = ARENA_NEW(a, struct missing);
    m->shown = arena_printf(a, "[%s]", key);
    m->key = arena_strdup(a, key);
    m->next = wanted->first;
    wanted->first = m;
    wanted->count++;
    return m->shown;
}

const char *word(const struct words *w, const char *key) {
    const char *text = find(w, key);
    return text ? text : note_missing(w, key);
}

struct filling {
    struct buf *to;
    const char *const *params;
    int n;
};

static void fill(struct filling *f, const char *p, const char *end, int depth);

/* What follows "{0|": one and many, divided by a bar that is not inside inner brackets. */
static void fill_choice(struct filling *f, const char *p, const char *end, bool one,
                        int depth) {
    const char *bar = p;
    for (int level = 0; bar < end && !(*bar == '|' && level == 0); bar++)
        level += (*bar == '{') - (*bar == '}');
    if (one || bar == end)
        fill(f, p, bar, depth + 1);
    else
        fill(f, bar + 1, end, depth + 1);
}

static void fill(struct filling *f, const char *p, const char *end, int depth) {
    while (p < end) {
        const char *close = *p == '{' ? closing(p, end) : NULL;
        if (!close || !is_place(p, close) || depth > NESTING_MOST) {
            buf_byte(f->to, (uint8_t)*p++);
            continue;
        }
        int which = p[1] - '0';
        const char *value = which < f->n && f->params[which] ? f->params[which] : "";
        if (p + 2 == close)
            buf_text(f->to, value);
        else
            fill_choice(f, p + 3, close, strcmp(value, "1") == 0, depth);
        p = close + 1;
    }
}

char *words_fill(struct arena *a, const struct words *w, const char *key,
                 const char *const *params, int n) {
    const char *text = word(w, key);
    struct buf b = {0};
    fill(&(struct filling){.to = &b, .params = params, .n = n}, text, text + strlen(text), 0);
    char *out = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return out;
}

char *int_text(struct arena *a, long long v) {
    char plain[24], out[48];
    snprintf(plain, sizeof plain, "%lld", v);
    size_t n = strlen(plain), sign = plain[0] == '-', at = 0;
    for (size_t i = 0; i < n; i++) {
        /* A thin space, U+2009. */
        if (i > sign && (n - i) % 3 == 0) {
            memcpy(out + at, "\xE2\x80\x89", 3);
            at += 3;
        }
        out[at++] = plain[i];
    }
    return arena_strndup(a, out, at);
}

int words_missing(const struct words *w) {
    return w ? w->wanted->count : 0;
}
