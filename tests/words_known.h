/* words_known.h -- is a text that stands on the screen made of known words? For test_screens.c.
 *
 * Known is: a sentence of the words files; what the database, the forms and the frameworks
 * hold; numbers, times and codes; a sentence with parameters whose parameters are known; and
 * such pieces joined by the signs that screens join them with. A sentence written into a
 * screen's code is none of these. Letters' case does not count: roles are lowered inside
 * sentences. */
#ifndef TESTS_WORDS_KNOWN_H
#define TESTS_WORDS_KNOWN_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "store/query.h"

#define KNOWN_DEPTH 5
#define PIECES_MOST 12
#define JSON_BYTES  ((size_t)8 * 1024 * 1024)

/* What was found out about a piece: known at that depth and above it, unknown at that and
 * below. */
struct judged {
    const char *text;
    int known_to, unknown_from;
};
struct known {
    struct arena memory;
    struct judged *judged; /* by hash; the same pieces come again and again */
    size_t judged_count, judged_room;
    char **texts;
    size_t count, room;
    char **templates;
    size_t templates_count, templates_room;
    bool sorted;
};

static char *lowered(struct arena *a, const char *s, size_t n) {
    char *out = arena_printf(a, "%.*s", (int)n, s);
    for (char *p = out; *p; p++)
        if ((unsigned char)*p < 128) *p = (char)tolower((unsigned char)*p);
    return out;
}

static void push(struct known *k, char ***list, size_t *n, size_t *room, char *s) {
    if (*n == *room) {
        size_t more = *room ? *room * 2 : 1024;
        char **bigger = ARENA_ARRAY(&k->memory, char *, more);
        if (*n) memcpy(bigger, *list, *n * sizeof *bigger);
        *list = bigger;
        *room = more;
    }
    (*list)[(*n)++] = s;
}

static void known_add(struct known *k, const char *s) {
    if (!*s) return;
    push(k, &k->texts, &k->count, &k->room, lowered(&k->memory, s, strlen(s)));
    k->sorted = false;
}

/* "{0} {0|day|days}" becomes one text for each choice, with one hole: a hole is the byte 1. The
 * bits of `choices` choose for parameters 0, 1 and 2. */
static char *with_holes(struct known *k, const char *s, int choices) {
    char *out = ARENA_ARRAY(&k->memory, char, strlen(s) + 1), *o = out;
    for (const char *p = s; *p; p++) {
        if (*p != '{') {
            *o++ = *p;
        } else if (p[2] == '}') {
            *o++ = 1;
            p += 2;
        } else {
            int at = -1, depth = 1, choice = choices >> (p[1] - '0') % 3 & 1;
            for (p++; *p && depth; p++) {
                if (*p == '{') depth++;
                if (*p == '}') depth--;
                if (!depth) break;
                if (*p == '|' && depth == 1) {
                    at++;
                } else if (at == choice) {
                    if (*p == '{') {
                        *o++ = 1;
                        p += 2;
                        depth--;
                    } else {
                        *o++ = *p;
                    }
                }
            }
        }
    }
    *o = 0;
    return lowered(&k->memory, out, (size_t)(o - out));
}

static void known_sentence(struct known *k, const char *s) {
    if (!strchr(s, '{')) {
        known_add(k, s);
        return;
    }
    for (int choices = 0; choices < 8; choices++) {
        push(k, &k->templates, &k->templates_count, &k->templates_room,
             with_holes(k, s, choices));
        if (!strchr(s, '|')) return;
    }
}

static void known_json(struct known *k, const json *v, bool sentences) {
    const char *s = json_text(v, NULL);
    if (s && sentences) known_sentence(k, s);
    if (s && !sentences) known_add(k, s);
    for (size_t i = 0; !s && i < json_count(v); i++) {
        const json *inner = json_type_of(v) == JSON_T_LIST ? json_at(v, i) : NULL;
        if (!inner) json_key_at(v, i, &inner);
        known_json(k, inner, sentences);
    }
}

/* The office's words stand on no screen. */
static bool of_the_office(const char *file) {
    return text_starts(file, "office") || text_starts(file, "report") ||
           text_starts(file, "findings");
}

static void known_folder(struct known *k, const char *dir, bool sentences) {
    char **names;
    size_t n = 0;
    assert_int_equal(dir_list(&k->memory, dir, ".json", &names, &n), STATUS_OK);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        struct json_doc *d = NULL;
        if (of_the_office(names[i])) continue;
        enum status s = json_load(&d, path_join(&k->memory, dir, names[i]), JSON_BYTES);
        assert_int_equal(s, STATUS_OK);
        known_json(k, json_root(d), sentences);
        json_close(d);
    }
}

/* Every text column of every projected table. */
static void known_database(struct known *k, struct journal *j) {
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *kind = kind_at(i);
        for (const struct column *c = kind->columns; c->name; c++) {
            if (c->type != COL_TEXT && c->type != COL_WORD) continue;
            struct query q;
            const char *sql = arena_printf(&k->memory, "SELECT DISTINCT \"%s\" FROM \"%s\"",
                                           c->name, kind->name);
            for (query_open(&q, j, sql, 0); query_next(&q);)
                known_add(k, query_text(&q, 0, &k->memory));
            assert_int_equal(query_close(&q), STATUS_OK);
        }
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_listed(struct known *k, const char *s) {
    if (!k->sorted) qsort(k->texts, k->count, sizeof *k->texts, by_text);
    k->sorted = true;
    return bsearch(&s, k->texts, k->count, sizeof *k->texts, by_text) != NULL;
}

/* Numbers, times, days and codes: every word of it has a digit, is part of a date, or a unit.
 */
static bool is_figure(const char *s) {
    static const char *const units =
        " mon tue wed thu fri sat sun jan feb mar apr may jun jul aug "
        "sep oct nov dec gmt bst min s h d kb mb gb ";
    while (*s) {
        size_t n = strcspn(s, " ");
        bool digit = false, letter = false;
        for (size_t i = 0; i < n; i++) {
            digit = digit || isdigit((unsigned char)s[i]);
            letter = letter || isalpha((unsigned char)s[i]);
        }
        if (letter && !digit) {
            size_t bare = n;
            while (bare && ispunct((unsigned char)s[bare - 1]))
                bare--;
            char word[12];
            if (bare > 8) return false;
            snprintf(word, sizeof word, " %.*s ", (int)bare, s);
            if (!strstr(units, word)) return false;
        }
        s += strcspn(s, " ");
        s += strspn(s, " ");
    }
    return true;
}

static bool known_piece(struct known *k, const char *s, size_t n, int depth);

/* t with its holes against s; each hole's content must be known itself. */
static bool fits(struct known *k, const char *t, const char *s, int depth) {
    size_t plain = strcspn(t, "\x01");
    if (strncmp(t, s, plain) != 0) return false;
    t += plain;
    s += plain;
    if (!*t) return !*s;
    size_t next = strcspn(t + 1, "\x01");
    if (!t[1]) return known_piece(k, s, strlen(s), depth + 1);
    char *literal = arena_printf(&k->memory, "%.*s", (int)next, t + 1);
    for (const char *p = next ? strstr(s, literal) : s; p && *p; p = strstr(p + 1, literal)) {
        if (known_piece(k, s, (size_t)(p - s), depth + 1) && fits(k, t + 1, p, depth))
            return true;
        if (!next) break;
    }
    return false;
}

static bool has_letters(const char *t) {
    int n = 0;
    for (; *t; t++)
        n += isalpha((unsigned char)*t) != 0;
    return n >= 2;
}

static struct judged *judged_place(struct judged *in, size_t room, const char *text) {
    size_t at = (size_t)text_hash(text) & (room - 1);
    while (in[at].text && strcmp(in[at].text, text) != 0)
        at = (at + 1) & (room - 1);
    return &in[at];
}

static struct judged *judged_of(struct known *k, const char *text) {
    if (k->judged_count * 2 >= k->judged_room) {
        size_t room = k->judged_room ? k->judged_room * 2 : 4096;
        struct judged *bigger = ARENA_ARRAY(&k->memory, struct judged, room);
        for (size_t i = 0; i < k->judged_room; i++)
            if (k->judged[i].text)
                *judged_place(bigger, room, k->judged[i].text) = k->judged[i];
        k->judged = bigger;
        k->judged_room = room;
    }
    struct judged *j = judged_place(k->judged, k->judged_room, text);
    if (!j->text) {
        *j = (struct judged){.text = text, .known_to = -1, .unknown_from = KNOWN_DEPTH + 1};
        k->judged_count++;
    }
    return j;
}

static bool is_known(struct known *k, const char *text, int depth);

static bool known_piece(struct known *k, const char *s, size_t n, int depth) {
    if (depth > KNOWN_DEPTH) return false;
    while (n && isspace((unsigned char)*s))
        s++, n--;
    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    if (n && s[n - 1] == ')' && !memchr(s, '(', n)) n--;
    const char *text = lowered(&k->memory, s, n);
    struct judged *j = judged_of(k, text);
    if (depth <= j->known_to) return true;
    if (depth >= j->unknown_from) return false;
    text = j->text;
    bool yes = is_known(k, text, depth);
    j = judged_of(k, text); /* the table may have grown */
    if (yes)
        j->known_to = depth;
    else
        j->unknown_from = depth;
    return yes;
}

static bool is_known(struct known *k, const char *text, int depth) {
    static const char *const joints[] = {" \xc2\xb7 ", ": ", ". ", ", ", " \xe2\x80\x93 ",
                                         " (",         "\n", "  ", "; ", " \xe2\x86\x92 "};
    size_t n = strlen(text);
    if (!*text || is_figure(text) || is_listed(k, text)) return true;
    if (is_listed(k, arena_printf(&k->memory, "%s.", text))) return true;
    for (size_t i = 0; i < k->templates_count; i++)
        if (has_letters(k->templates[i]) && fits(k, k->templates[i], text, depth)) return true;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        for (const char *p = strstr(text, joints[i]); p; p = strstr(p + 1, joints[i])) {
            const char *rest = p + strlen(joints[i]);
            if (known_piece(k, text, (size_t)(p - text), depth + 1) &&
                known_piece(k, rest, strlen(rest), depth + 1))
                return true;
        }
    }
    const char *gap = strchr(text, ' '); /* "02:52 Person in charge" */
    if (gap && is_figure(arena_printf(&k->memory, "%.*s", (int)(gap - text), text)) &&
        known_piece(k, gap, strlen(gap), depth + 1))
        return true;
    return text[n - 1] == '.' && known_piece(k, text, n - 1, depth + 1);
}

static bool code_sign(char c) {
    return isupper((unsigned char)c) || isdigit((unsigned char)c);
}

/* A check's own code, "X3G HDD", is a figure, whatever letters it fell on. */
static char *codes_as_figures(struct arena *a, const char *s) {
    char *out = arena_strdup(a, s);
    for (char *p = out; strlen(p) >= 7; p++) {
        bool code = p[3] == ' ' && (p == out || p[-1] == ' ') && !code_sign(p[7]);
        for (int i = 0; code && i < 7; i++)
            code = i == 3 || code_sign(p[i]);
        if (code) memcpy(p, "000 000", 7);
    }
    return out;
}

static bool known_text(struct known *k, const char *s) {
    const char *plain = codes_as_figures(&k->memory, s);
    return known_piece(k, plain, strlen(plain), 0);
}
#endif
