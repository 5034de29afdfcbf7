/* planted.h -- words that nobody would find by chance, and the search for them in every byte of
 * every file of a folder.
 *
 * How the proof works: each word is made up of fourteen letters drawn from a seed, so that
 * nothing else on the disk looks like it. It is planted where a person would have said it
 * (plant), and then looked for as it would lie on a disk: in UTF-8 and in both orders of
 * UTF-16. Secrets, which are bytes and not words, are looked for as they are and as hexadecimal
 * digits. What a search does not find proves something only after the same search has found
 * everything in a database that lies open. */
#ifndef TESTS_PLANTED_H
#define TESTS_PLANTED_H

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"

#define PLANTED_WORDS   200
#define PLANTED_LETTERS 14
#define PLANTED_SECRETS 8
#define PLANTED_TOLD    12 /* so many finds are named */

enum planted_as { AS_UTF8, AS_UTF16LE, AS_UTF16BE, AS_BYTES, AS_HEX, PLANTED_ENCODINGS };

struct pattern {
    uint8_t bytes[160];
    size_t n;
    int word; /* or -1 - secret */
    enum planted_as as;
    int next; /* of the same first four bytes, hashed; -1 the end */
};

static struct {
    char words[PLANTED_WORDS][PLANTED_LETTERS + 1];
    char where[PLANTED_WORDS][64];
    int count;
    char secrets[PLANTED_SECRETS][40]; /* what they are */
    int secrets_count;
    struct pattern patterns[3 * PLANTED_WORDS + 2 * PLANTED_SECRETS];
    int patterns_count;
    int first[65536]; /* index + 1, 0 none */
} planted;

/* What a search saw. */
struct sought {
    size_t files, bytes;
    size_t found; /* finds of any word in any encoding */
    bool word[PLANTED_WORDS], secret[PLANTED_SECRETS];
    int words, secrets; /* different ones that were found */
    bool quiet;         /* finds are expected */
    size_t told;
};

static inline uint32_t four_bytes(const uint8_t *p) {
    uint32_t v =
        (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return (v * 2654435761u) >> 16;
}

static inline void pattern_add(const uint8_t *p, size_t n, int word, enum planted_as as) {
    struct pattern *to = &planted.patterns[planted.patterns_count];
    assert_true(n >= 4 && n <= sizeof to->bytes);
    memcpy(to->bytes, p, n);
    to->n = n;
    to->word = word;
    to->as = as;
    int *slot = &planted.first[four_bytes(p)];
    to->next = *slot - 1;
    *slot = ++planted.patterns_count;
}

static inline void planted_start(uint64_t seed) {
    static const char *const syllables[] = {"bra", "quo", "vel", "zim", "tox", "wug", "pli",
                                            "dra", "fen", "gly", "hob", "jux", "kra", "mwe",
                                            "nyp", "sco", "tri", "uld", "yap", "xeb"};
    draw d = {.s = seed};
    memset(&planted, 0, sizeof planted);
    for (int i = 0; i < PLANTED_WORDS; i++) {
        uint8_t wide[2][2 * PLANTED_LETTERS] = {{0}};
        char *w = planted.words[i];
        for (int k = 0; k < 4; k++)
            memcpy(w + 3 * k, syllables[draw_below(&d, 20)], 3);
        w[12] = (char)('a' + i % 26); /* no two alike, whatever was drawn */
        w[13] = (char)('a' + i / 26);
        for (int k = 0; k < PLANTED_LETTERS; k++)
            wide[0][2 * k] = wide[1][2 * k + 1] = (uint8_t)w[k];
        pattern_add((const uint8_t *)w, PLANTED_LETTERS, i, AS_UTF8);
        pattern_add(wide[0], sizeof wide[0], i, AS_UTF16LE);
        pattern_add(wide[1], sizeof wide[1], i, AS_UTF16BE);
    }
}

static inline bool planted_left(void) {
    return planted.count < PLANTED_WORDS;
}

/* The next word. `where` tells, when it is found, whose words lie open. */
static inline const char *plant(const char *where) {
    assert_true(planted_left());
    snprintf(planted.where[planted.count], sizeof planted.where[0], "%s", where);
    return planted.words[planted.count++];
}

/* A key or a PIN: nobody's words, but whoever has it has them all. Of 4 to 64 bytes. */
static inline void plant_secret(const char *what, const void *p, size_t n) {
    struct arena a = {0};
    int i = planted.secrets_count++;
    assert_true(i < PLANTED_SECRETS && n <= 64);
    snprintf(planted.secrets[i], sizeof planted.secrets[0], "%s", what);
    pattern_add(p, n, -1 - i, AS_BYTES);
    const char *hex = hex_of(&a, p, n);
    pattern_add((const uint8_t *)hex, strlen(hex), -1 - i, AS_HEX);
    arena_release(&a);
}

static inline void found_one(struct sought *s, const struct pattern *p, const char *where,
                             size_t at) {
    static const char *const as[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "bytes", "hexadecimal"};
    bool *seen = p->word >= 0 ? &s->word[p->word] : &s->secret[-1 - p->word];
    const char *what = p->word >= 0 ? planted.where[p->word] : planted.secrets[-1 - p->word];
    s->found++;
    if (!*seen) (*(p->word >= 0 ? &s->words : &s->secrets))++;
    *seen = true;
    if (!s->quiet && s->told++ < PLANTED_TOLD)
        print_error("found: %s (%s) at %zu of %s, as %s\n", what,
                    p->word >= 0 ? planted.words[p->word] : "secret", at, where, as[p->as]);
}

/* How many of these bytes begin no pattern. Hundreds of megabytes go through it, so it is the
 * one place that the sanitizers do not watch. */
#ifdef __clang__
#define PLANTED_FAST __attribute__((no_sanitize("address", "undefined")))
#else
#define PLANTED_FAST \
    __attribute__((no_sanitize_address, no_sanitize_undefined, optimize("O2"), noinline))
#endif
PLANTED_FAST static size_t dull_bytes(const uint8_t *p, size_t n) {
    size_t at = 0;
    for (; at + 4 <= n; at++) {
        uint32_t v = (uint32_t)p[at] | (uint32_t)p[at + 1] << 8 | (uint32_t)p[at + 2] << 16 |
                     (uint32_t)p[at + 3] << 24;
        if (planted.first[(v * 2654435761u) >> 16]) break;
    }
    return at;
}

/* One look at the bytes for all patterns: where four bytes begin one, it is compared. */
static inline void seek_bytes(struct sought *s, const uint8_t *p, size_t n, const char *where) {
    s->bytes += n;
    for (size_t at = dull_bytes(p, n); at + 4 <= n;
         at += 1 + dull_bytes(p + at + 1, n - at - 1)) {
        int i = planted.first[four_bytes(p + at)] - 1;
        for (; i >= 0; i = planted.patterns[i].next) {
            const struct pattern *q = &planted.patterns[i];
            if (at + q->n <= n && memcmp(p + at, q->bytes, q->n) == 0)
                found_one(s, q, where, at);
        }
    }
}

static inline void seek_file(struct sought *s, const char *path) {
    struct buf b = {0};
    assert_int_equal(file_read(path, 512 << 20, &b), STATUS_OK);
    s->files++;
    seek_bytes(s, b.data, b.size, path_name(path));
    buf_release(&b);
}

/* Every file below the folder, its name too. */
static inline void seek_folder(struct sought *s, const char *dir) {
    struct arena a = {0};
    char **names;
    size_t n;
    assert_int_equal(dir_list(&a, dir, NULL, &names, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        char *path = path_join(&a, dir, names[i]);
        seek_bytes(s, (const uint8_t *)names[i], strlen(names[i]), "a file's name");
        if (file_is_dir(path))
            seek_folder(s, path);
        else
            seek_file(s, path);
    }
    arena_release(&a);
}

static inline void sought_add(struct sought *to, const struct sought *s) {
    to->files += s->files;
    to->bytes += s->bytes;
    to->found += s->found;
}

/* Nothing of it may be there. */
static inline void none_in(const char *dir, const char *when, struct sought *all) {
    struct sought s = {0};
    seek_folder(&s, dir);
    if (s.found) fail_msg("%s: %d words and %d secrets lie open", when, s.words, s.secrets);
    assert_true(s.files > 0 && s.bytes > 0);
    if (all) sought_add(all, &s);
}

#endif
