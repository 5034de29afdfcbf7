/* report_hand.h -- what the tests of the office's report share: the written site read back, and
 * whether it holds together. */
#ifndef TESTS_REPORT_HAND_H
#define TESTS_REPORT_HAND_H

#include "support.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"

#define PAGES_MAX (64 * 1024 * 1024)

static struct arena memory;

static inline void must(enum status s) {
    if (s) fail_msg("%s: %s", status_key(s), status_detail());
}

struct site {
    char **names;
    struct buf *bytes;
    size_t n;
};

static struct site read_site(const char *dir) {
    struct site s = {0};
    must(dir_list(&memory, dir, NULL, &s.names, &s.n));
    s.bytes = ARENA_ARRAY(&memory, struct buf, s.n);
    for (size_t i = 0; i < s.n; i++)
        must(file_read(path_join(&memory, dir, s.names[i]), PAGES_MAX, &s.bytes[i]));
    return s;
}

static void site_close(struct site *s) {
    for (size_t i = 0; i < s->n; i++)
        buf_release(&s->bytes[i]);
}

static bool page(const char *name) {
    size_t n = strlen(name);
    return n > 5 && text_equal(name + n - 5, ".html");
}

/* Pages but `except` that hold the text. */
static int holding(const struct site *s, const char *text, const char *except) {
    int n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += page(s->names[i]) && !text_equal(s->names[i], except) &&
             strstr(buf_str(&s->bytes[i]), text) != NULL;
    return n;
}

/* Every opened element is closed in order; returns the first that is not. */
static const char *unbalanced(const char *p) {
    static const char *const empty[] = {"!DOCTYPE", "meta", "link", "img", "path", "br"};
    char open[256][24];
    int depth = 0;
    while ((p = strchr(p, '<')) != NULL) {
        const char *name = p + 1 + (p[1] == '/');
        size_t n = strcspn(name, " >/\n");
        const char *end = strchr(p, '>');
        bool alone = false;
        char word[24];
        if (!end || n >= sizeof word) return p;
        memcpy(word, name, n);
        word[n] = '\0';
        for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
            alone = alone || text_equal(word, empty[i]);
        if (p[1] == '/') {
            if (!depth || !text_equal(open[--depth], word)) return p;
        } else if (!alone) {
            if (depth == 256) return p;
            memcpy(open[depth++], word, sizeof word);
        }
        p = end + 1;
    }
    return depth ? "not closed at the end" : NULL;
}

/* Headings go down one step at a time. */
static void headings(const char *name, const char *p) {
    int last = 0;
    while ((p = strstr(p, "<h")) != NULL) {
        p += 2;
        if (*p < '1' || *p > '6') continue;
        if (*p - '0' > last + 1) fail_msg("%s: h%c after h%d: %.60s", name, *p, last, p);
        last = *p - '0';
    }
    assert_true(last > 0);
}

static const struct buf *file_named(const struct site *s, const char *name) {
    for (size_t i = 0; i < s->n; i++)
        if (text_equal(s->names[i], name)) return &s->bytes[i];
    return NULL;
}

/* A link leads to a file of the site, and its anchor is there. */
static void follow(const struct site *s, size_t from, const char *href) {
    const char *hash = strchr(href, '#');
    char *name = arena_strndup(&memory, href, hash ? (size_t)(hash - href) : strlen(href));
    struct buf *to = *name ? (struct buf *)(uintptr_t)file_named(s, name) : &s->bytes[from];
    if (!to) fail_msg("%s: %s leads nowhere", s->names[from], href);
    if (!hash || !to) return;
    char *id = arena_printf(&memory, " id=\"%s\"", hash + 1);
    const char *first = strstr(buf_str(to), id);
    if (!first) fail_msg("%s: %s has no such place", s->names[from], href);
    if (first && strstr(first + 1, id)) fail_msg("%s: %s is there twice", name, hash);
}

/* Every page is well formed, in English, needs no network, and each of its links and files is
 * there. */
static void site_holds_together(const struct site *s, long *pages, long *links) {
    for (size_t i = 0; i < s->n; i++) {
        if (!page(s->names[i])) continue;
        const char *text = buf_str(&s->bytes[i]), *bad = unbalanced(text);
        if (bad) fail_msg("%s: %.60s", s->names[i], bad);
        headings(s->names[i], text);
        ++*pages;
        for (const char *p = text; (p = strstr(p, " href=\"")) != NULL; ++*links) {
            p += 7;
            follow(s, i, arena_strndup(&memory, p, strcspn(p, "\"")));
        }
        for (const char *p = text; (p = strstr(p, " src=\"")) != NULL; ++*links) {
            p += 6;
            follow(s, i, arena_strndup(&memory, p, strcspn(p, "\"")));
        }
        assert_non_null(strstr(text, "<html lang=\"en-GB\">"));
        assert_null(strstr(text, "http"));
    }
}

#endif
