/* xlsform_expr.c -- reads expressions by descent; see xlsform_expr.h. */
#include "author/xlsform_expr.h"

#include "base/text.h"

enum token {
    TOKEN_END,
    TOKEN_ASKED,
    TOKEN_SELF,
    TOKEN_TEXT,
    TOKEN_NUMBER,
    TOKEN_NAME, /* and, or, selected, div … */
    TOKEN_SIGN, /* = != < <= > >= */
    TOKEN_MARK, /* ( ) , + - * and anything else, one character */
};
struct lexer {
    struct arena *arena;
    const char *at;
    enum token token;
    const char *text;
    int depth;
    bool lost; /* too deep, or not what an expression looks like */
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static void take(struct lexer *l, enum token t, const char *from, size_t n, size_t skip) {
    l->token = t;
    l->text = arena_strndup(l->arena, from, n);
    l->at = from + n + skip;
}

/* A text in quotes, the curly ones of word processors too. */
static bool take_quoted(struct lexer *l) {
    static const char *const quotes[][2] = {{"'", "'"},           {"\"", "\""},
                                            {"\u2018", "\u2019"}, {"\u2019", "\u2019"},
                                            {"\u201C", "\u201D"}, {"\u201D", "\u201D"}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t n = strlen(quotes[i][0]);
        if (strncmp(l->at, quotes[i][0], n) != 0) continue;
        const char *from = l->at + n, *to = strstr(from, quotes[i][1]);
        if (!to) l->lost = true;
        if (to) take(l, TOKEN_TEXT, from, (size_t)(to - from), strlen(quotes[i][1]));
        return to != NULL;
    }
    return false;
}

static void next(struct lexer *l) {
    static const char *const signs[] = {"!=", "<=", ">=", "=", "<", ">"};
    while (*l->at && strchr(" \t\r\n", *l->at))
        l->at++;
    const char *p = l->at;
    size_t n = 0;
    if (!*p || l->lost) {
        l->token = TOKEN_END;
        l->text = "";
        return;
    }
    if (p[0] == '$' && p[1] == '{') {
        const char *to = strchr(p, '}');
        l->lost = !to;
        if (to) take(l, TOKEN_ASKED, p + 2, (size_t)(to - p - 2), 1);
        if (to) l->text = text_trim(l->arena, l->text);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(p, signs[i], strlen(signs[i])) == 0) {
            take(l, TOKEN_SIGN, p, strlen(signs[i]), 0);
            return;
        }
    if (take_quoted(l) || l->lost) return;
    while (is_digit(p[n]) || (p[n] == '.' && is_digit(p[n + 1])))
        n++;
    if (n) {
        take(l, TOKEN_NUMBER, p, n, 0);
        return;
    }
    while (is_name(p[n]) || (n && (is_digit(p[n]) || (p[n] && strchr("-_:", p[n])))))
        n++;
    if (n)
        take(l, TOKEN_NAME, p, n, 0);
    else
        take(l, *p == '.' ? TOKEN_SELF : TOKEN_MARK, p, 1, 0);
}

static bool at_word(const struct lexer *l, const char *word) {
    return l->token == TOKEN_NAME && strcasecmp(l->text, word) == 0;
}

static bool at_mark(const struct lexer *l, char c) {
    return l->token == TOKEN_MARK && l->text[0] == c;
}

static struct expr *make(struct lexer *l, enum expr_kind k) {
    struct expr *e = ARENA_NEW(l->arena, struct expr);
    e->kind = k;
    e->text = l->text;
    return e;
}

static const struct expr *read_or(struct lexer *l);

static void want_mark(struct lexer *l, char c) {
    if (!at_mark(l, c)) l->lost = true;
    next(l);
}

/* name( … ): what we know of is kept, else it is read to its end. */
static const struct expr *read_call(struct lexer *l) {
    bool selected = at_word(l, "selected"), not_ = at_word(l, "not");
    const struct expr *first = NULL, *second = NULL;
    int n = 0;
    next(l);
    if (!at_mark(l, '(')) return make(l, EXPR_OTHER);
    next(l);
    while (!at_mark(l, ')') && l->token != TOKEN_END && !l->lost) {
        const struct expr *e = read_or(l);
        if (n == 0) first = e;
        if (n == 1) second = e;
        n++;
        if (!at_mark(l, ',')) break;
        next(l);
    }
    want_mark(l, ')');
    struct expr *e = make(l, EXPR_OTHER);
    e->left = first;
    e->right = second;
    if (selected && n == 2) e->kind = EXPR_SELECTED;
    if (not_ && n == 1) e->kind = EXPR_NOT;
    return e;
}

static const struct expr *read_value(struct lexer *l) {
    const struct expr *e = NULL;
    if (at_mark(l, '(')) {
        next(l);
        e = read_or(l);
        want_mark(l, ')');
        return e;
    }
    if (at_mark(l, '-')) {
        next(l);
        struct expr *minus = make(l, l->token == TOKEN_NUMBER ? EXPR_NUMBER : EXPR_OTHER);
        minus->text = arena_printf(l->arena, "-%s", l->text);
        next(l);
        return minus;
    }
    switch (l->token) {
    case TOKEN_NAME:
        return read_call(l);
    case TOKEN_ASKED:
        e = make(l, EXPR_ASKED);
        break;
    case TOKEN_SELF:
        e = make(l, EXPR_SELF);
        break;
    case TOKEN_TEXT:
        e = make(l, EXPR_TEXT);
        break;
    case TOKEN_NUMBER:
        e = make(l, EXPR_NUMBER);
        break;
    case TOKEN_END:
    case TOKEN_SIGN:
    case TOKEN_MARK:
        l->lost = true;
        e = make(l, EXPR_OTHER);
        break;
    }
    next(l);
    return e;
}

static bool at_sum(const struct lexer *l) {
    return at_mark(l, '+') || at_mark(l, '-') || at_mark(l, '*') || at_word(l, "div") ||
           at_word(l, "mod");
}

/* A sum is none of ours, but its end must be found. */
static const struct expr *read_sum(struct lexer *l) {
    const struct expr *e = read_value(l);
    while (at_sum(l) && !l->lost) {
        next(l);
        read_value(l);
        e = make(l, EXPR_OTHER);
    }
    return e;
}

static const struct expr *read_compare(struct lexer *l) {
    const struct expr *left = read_sum(l);
    if (l->token != TOKEN_SIGN) return left;
    struct expr *e = make(l, EXPR_COMPARE);
    e->sign = l->text;
    e->left = left;
    next(l);
    e->right = read_sum(l);
    return e;
}

static const struct expr *join(struct lexer *l, enum expr_kind k, const struct expr *left,
                               const struct expr *right) {
    struct expr *e = make(l, k);
    e->left = left;
    e->right = right;
    return e;
}

static const struct expr *read_and(struct lexer *l) {
    const struct expr *e = read_compare(l);
    while (at_word(l, "and") && !l->lost) {
        next(l);
        e = join(l, EXPR_AND, e, read_compare(l));
    }
    return e;
}

static const struct expr *read_or(struct lexer *l) {
    if (++l->depth > EXPR_DEEPEST) l->lost = true;
    const struct expr *e = l->lost ? make(l, EXPR_OTHER) : read_and(l);
    while (at_word(l, "or") && !l->lost) {
        next(l);
        e = join(l, EXPR_OR, e, read_and(l));
    }
    l->depth--;
    return e;
}

const struct expr *expr_parse(struct arena *a, const char *text) {
    static const struct expr other = {.kind = EXPR_OTHER, .text = "", .sign = ""};
    struct lexer l = {.arena = a, .at = text, .text = ""};
    next(&l);
    const struct expr *e = read_or(&l);
    return l.lost || l.token != TOKEN_END ? &other : e;
}

bool expr_thousandths(const char *number, int64_t *out) {
    bool minus = *number == '-';
    int64_t v = 0;
    int decimals = -1, digits = 0;
    for (const char *p = number + minus; *p; p++) {
        if (*p == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (!is_digit(*p) || ++digits > 12) return false;
        if (decimals >= 3 && *p != '0') return false;
        if (decimals >= 3) continue;
        v = v * 10 + (*p - '0');
        if (decimals >= 0) decimals++;
    }
    for (int k = decimals < 0 ? 0 : decimals; k < 3; k++)
        v *= 10;
    *out = minus ? -v : v;
    return digits > 0;
}

const char *thousandths_said(struct arena *a, int64_t v) {
    char *s =
        arena_printf(a, "%s%lld.%03lld", v < 0 ? "-" : "", (long long)(v < 0 ? -v : v) / 1000,
                     (long long)(v < 0 ? -v : v) % 1000);
    size_t n = strlen(s);
    while (s[n - 1] == '0')
        s[--n] = '\0';
    if (s[n - 1] == '.') s[n - 1] = '\0';
    return s;
}
