/* conditions.c -- a cell's conditions, read and written; see conditions.h. */
#include "author/conditions.h"

#include "base/text.h"
#include "care/fields.h"

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- numbers ---- */

const char *number_said(struct arena *a, const json *v) {
    if (json_type_of(v) == JSON_T_INT)
        return arena_printf(a, "%lld", (long long)json_int(v, 0));
    char *s = arena_printf(a, "%.3f", json_number(v, 0));
    size_t n = strlen(s);
    while (n > 0 && s[n - 1] == '0')
        s[--n] = '\0';
    if (n > 0 && s[n - 1] == '.') s[n - 1] = '\0';
    return s;
}

const char *number_read(struct arena *a, const char *cell) {
    char out[40];
    size_t n = 0, decimals = 0;
    const char *p = cell;
    if (*p == '-') out[n++] = *p++;
    if (*p == '+') p++;
    while (*p == '0' && is_digit(p[1]))
        p++;
    if (!is_digit(*p)) return NULL;
    while (is_digit(*p) && n < 16)
        out[n++] = *p++;
    if (*p == '.' || *p == ',') {
        size_t whole = n;
        out[n++] = '.';
        for (p++; is_digit(*p) && n < 36; decimals++)
            out[n++] = *p++;
        while (n > whole + 1 && out[n - 1] == '0')
            n--;
        if (n == whole + 1) n = whole;
        if (!decimals) return NULL;
    }
    return *p ? NULL : arena_strndup(a, out, n);
}

/* ---- reading ---- */

struct words {
    struct arena *arena;
    const char *at;
    const char *word; /* NULL: the end */
};

/* The sign that begins here, as plain letters; *n is its length. NULL: none does. */
static const char *sign_at(const char *p, size_t *n) {
    static const struct {
        const char *written, *sign;
    } signs[] = {{">=", ">="},     {"<=", "<="},     {"=>", ">="}, {"=<", "<="},
                 {"!=", "!="},     {"<>", "!="},     {"==", "="},  {"\u2265", ">="},
                 {"\u2264", "<="}, {"\u2260", "!="}, {"=", "="},   {">", ">"},
                 {"<", "<"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *n = strlen(signs[i].written);
        if (strncmp(p, signs[i].written, *n) == 0) return signs[i].sign;
    }
    return NULL;
}

static void next_word(struct words *w) {
    size_t n = 0;
    while (is_space(*w->at))
        w->at++;
    const char *p = w->at, *sign = sign_at(p, &n);
    if (!*p) {
        w->word = NULL;
        return;
    }
    if (!sign) {
        size_t ignored;
        for (n = 0; p[n] && !is_space(p[n]) && !sign_at(p + n, &ignored);)
            n++;
        sign = arena_strndup(w->arena, p, n);
    }
    w->word = sign;
    w->at = p + n;
}

static bool word_is(const struct words *w, const char *word) {
    if (!w->word || strlen(w->word) != strlen(word)) return false;
    for (size_t i = 0; word[i]; i++)
        if ((w->word[i] | 32) != (word[i] | 32)) return false;
    return true;
}

static const char *complain(struct arena *a, const char *item, const char *why) {
    return arena_printf(
        a, "after \"%s\" %s. Write it like N06.count >= 1, or N07 = yes and N08 != no", item,
        why);
}

/* The number that comes next, NULL: none does. */
static const char *take_number(struct words *w) {
    const char *n = w->word ? number_read(w->arena, w->word) : NULL;
    if (n) next_word(w);
    return n;
}

/* What follows the item: a sign and a value, or "from 1 to 5". */
static const char *read_test(struct words *w, struct said_condition *c) {
    const char *sign = w->word;
    if (word_is(w, "from")) {
        next_word(w);
        c->at_least = take_number(w);
        if (!word_is(w, "to")) return complain(w->arena, c->item, "comes \"from 1 to 5\"");
        next_word(w);
        c->at_most = take_number(w);
        return c->at_least && c->at_most ? NULL
                                         : complain(w->arena, c->item, "comes \"from 1 to 5\"");
    }
    bool is = word_is(w, "is") || word_is(w, "="), is_not = word_is(w, "!=");
    bool least = word_is(w, ">="), most = word_is(w, "<=");
    if (word_is(w, ">") || word_is(w, "<"))
        return arena_printf(w->arena, "\"%s\" is not known here; write %s= and the next number",
                            sign, sign);
    if (!is && !is_not && !least && !most)
        return complain(w->arena, c->item, "one of =, !=, >= and <= is wanted");
    next_word(w);
    if (is && word_is(w, "not")) {
        is = false;
        next_word(w);
    }
    if (!w->word) return complain(w->arena, c->item, "the answer is missing");
    const char **value = least ? &c->at_least : most ? &c->at_most : is ? &c->is : &c->is_not;
    if (least || most)
        *value = take_number(w);
    else {
        *value = w->word;
        next_word(w);
    }
    return *value ? NULL : complain(w->arena, c->item, "a number is wanted");
}

static const char *read_item(struct words *w, struct said_condition *c) {
    const char *dot = strchr(w->word, '.');
    size_t n = dot ? (size_t)(dot - w->word) : strlen(w->word);
    c->item = arena_strndup(w->arena, w->word, n);
    c->part = dot ? dot + 1 : "";
    next_word(w);
    return is_id(c->item) ? NULL : arena_printf(w->arena, "\"%s\" is no item's id", c->item);
}

const char *conditions_parse(struct arena *a, const char *cell, struct said_conditions *out) {
    struct words w = {.arena = a, .at = cell};
    bool all = false;
    *out = (struct said_conditions){0};
    next_word(&w);
    while (w.word) {
        if (out->count == SAID_MOST) return "these are too many conditions; 8 is the most";
        struct said_condition *c = &out->list[out->count++];
        *c = (struct said_condition){0};
        const char *wrong = read_item(&w, c);
        if (!wrong) wrong = read_test(&w, c);
        if (wrong) return wrong;
        if (!w.word) break;
        bool and = word_is(&w, "and"), or = word_is(&w, "or");
        if (!and&&! or) return complain(a, c->item, "\"and\" or \"or\" is wanted");
        all = all || and;
        out->any = out->any || or ;
        next_word(&w);
        if (!w.word) return "a condition is missing at the end";
    }
    return all && out->any ? "\"and\" and \"or\" cannot stand in one cell; use one of them"
                           : NULL;
}

/* ---- writing ---- */

void conditions_say(const struct said_conditions *c, struct buf *out) {
    for (int i = 0; i < c->count; i++) {
        const struct said_condition *one = &c->list[i];
        if (i) buf_text(out, c->any ? " or " : " and ");
        buf_text(out, one->item);
        if (*one->part) buf_printf(out, ".%s", one->part);
        if (one->is) buf_printf(out, " = %s", one->is);
        if (one->is_not) buf_printf(out, " != %s", one->is_not);
        if (one->at_least && one->at_most)
            buf_printf(out, " from %s to %s", one->at_least, one->at_most);
        else if (one->at_least)
            buf_printf(out, " >= %s", one->at_least);
        else if (one->at_most)
            buf_printf(out, " <= %s", one->at_most);
    }
}

static const char *text_or_null(struct arena *a, const json *v) {
    return v ? arena_strdup(a, json_text(v, "")) : NULL;
}

static void of_json(struct arena *a, const json *map, struct said_condition *c) {
    const json *least = json_get(map, "atLeast"), *most = json_get(map, "atMost");
    c->item = arena_strdup(a, json_text(json_get(map, "item"), ""));
    c->part = arena_strdup(a, json_text(json_get(map, "part"), ""));
    c->is = text_or_null(a, json_get(map, "is"));
    c->is_not = text_or_null(a, json_get(map, "isNot"));
    c->at_least = least ? number_said(a, least) : NULL;
    c->at_most = most ? number_said(a, most) : NULL;
}

void conditions_of_json(struct arena *a, const json *item, struct said_conditions *out) {
    const json *all = json_get(item, "when"), *any = json_get(item, "whenAny");
    *out = (struct said_conditions){.any = any != NULL};
    if (json_type_of(all) == JSON_T_MAP) {
        of_json(a, all, &out->list[out->count++]);
        return;
    }
    const json *list = any ? any : all;
    for (size_t i = 0; i < json_count(list) && out->count < SAID_MOST; i++)
        of_json(a, json_at(list, i), &out->list[out->count++]);
}
