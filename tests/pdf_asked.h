/* pdf_asked.h -- what other programs (poppler) say of a paper; they must not say a word on
 * stderr. */
#ifndef TESTS_PDF_ASKED_H
#define TESTS_PDF_ASKED_H

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

static inline const char *asked_output(struct arena *a, const char *command) {
    struct buf b = {0};
    char chunk[4096];
    size_t n;
    FILE *f = popen(command, "r");
    assert_non_null(f);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&b, chunk, n);
    assert_int_equal(pclose(f), 0);
    const char *out = arena_strdup(a, buf_str(&b));
    buf_release(&b);
    return out;
}

static inline const char *asked_of(struct arena *a, const char *program, const char *file) {
    const char *silent = scratch("stderr");
    const char *to = strstr(program, "pdftotext") ? "-" : "";
    const char *out = asked_output(
        a, arena_printf(a, "LC_ALL=C.UTF-8 %s '%s' %s 2> '%s'", program, file, to, silent));
    struct buf b = {0};
    assert_int_equal(file_read(silent, 100000, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "");
    buf_release(&b);
    return out;
}

/* Every font is embedded, as a subset, with what its letters mean. */
static inline void asked_fonts(struct arena *a, const char *file) {
    const char *fonts = asked_of(a, "pdffonts", file);
    int n = 0;
    for (const char *line = strstr(fonts, "HPDF"); line; line = strstr(line + 1, "HPDF"), n++) {
        const char *flags = strstr(line, "Identity-H");
        assert_non_null(flags);
        assert_true(text_starts(flags + 17, "yes yes yes"));
    }
    assert_true(n > 0);
}

/* Lines and pages as one: a sentence may have been broken anywhere. */
static inline const char *asked_words(struct arena *a, const char *file, int first, int last) {
    const char *text =
        asked_of(a, arena_printf(a, "pdftotext -raw -f %d -l %d", first, last), file);
    char *out = arena_strdup(a, text);
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        char c = *p == '\n' || *p == '\f' ? ' ' : *p;
        if (c == ' ' && n && out[n - 1] == ' ') continue;
        out[n++] = c;
    }
    out[n] = '\0';
    return out;
}

static inline bool asked_has(const char *text, const char *wanted) {
    if (strstr(text, wanted)) return true;
    print_message("not found: %s\nin: %.6000s\n", wanted, text);
    return false;
}

static inline bool asked_lacks(const char *text, const char *unwanted) {
    const char *at = strstr(text, unwanted);
    if (at)
        print_message("found: %s\nin: …%.200s\n", unwanted, at > text + 60 ? at - 60 : text);
    return !at;
}

#endif
