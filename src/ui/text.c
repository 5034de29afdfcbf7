/* text.c -- measuring and breaking lines, and the label.
 *
 * A word is never cut, except one that alone is wider than the line. Lines
 * break at spaces and after a hyphen between letters; a no-break or thin space
 * holds. Widths are sums of measured advances (font.c), so caret, selection and
 * breaking agree to the pixel. */
#include "base/text.h"
#include "ui/font.h"

static float em_dp(const struct ui *u, enum font f) {
    return (float)font_px(u, f) / u->scale;
}

/* ---- widths that were measured before
 * ---------------------------------------------------------------------- */

/* The same words are measured in every frame, and several times in each. Only their hash is
 * kept. */
struct width_known {
    uint64_t key; /* 0: free */
    float em;
};
#define WIDTHS      4096 /* a power of two; a newer one takes the place of an older */
#define BYTES_KNOWN 400

static uint64_t width_key(enum font f, const char *s, size_t n) {
    uint64_t h = (14695981039346656037ULL ^ (uint64_t)f) * 1099511628211ULL;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)s[i]) * 1099511628211ULL;
    h = (h ^ n) * 1099511628211ULL;
    return h ? h : 1;
}

static float measured(struct ui *u, enum font f, const char *s, size_t n) {
    float w = 0;
    for (size_t at = 0; at < n;) {
        struct run r = run_next(u, f, s, n, at);
        w += run_width(u, s, &r);
        at = r.end;
    }
    return w;
}

float text_width(struct ui *u, enum font f, const char *s, size_t n) {
    if (n == 0) return 0;
    if (n > BYTES_KNOWN) return measured(u, f, s, n) * em_dp(u, f);
    if (!u->widths) u->widths = ARENA_ARRAY(&u->life, struct width_known, WIDTHS);
    uint64_t key = width_key(f, s, n);
    struct width_known *k = &u->widths[(key ^ key >> 32) & (WIDTHS - 1)];
    if (k->key != key) *k = (struct width_known){key, measured(u, f, s, n)};
    return k->em * em_dp(u, f);
}

void text_widths_forget(struct ui *u) {
    if (u->widths) memset(u->widths, 0, WIDTHS * sizeof *u->widths);
}

/* Letters that join have no widths of their own: each position is measured from its word's
 * start. The last letter of a part is often wider than it is in the whole word; positions never
 * go back. */
static void word_offsets(struct ui *u, const char *s, const struct run *word, float em,
                         float *x) {
    const char *p = s + word->start, *end = s + word->end;
    struct run part = *word;
    while (p < end) {
        size_t at = part.end = (size_t)(p - s);
        float w = at > word->start ? run_width(u, s, &part) * em : 0;
        text_next(&p, end);
        for (size_t i = at; i < (size_t)(p - s); i++)
            x[i] = w;
    }
    float most = run_width(u, s, word) * em;
    for (size_t i = word->end; i-- > word->start;)
        most = x[i] = SDL_min(x[i], most);
}

static void shaped_offsets(struct ui *u, const char *s, const struct run *r, float em,
                           float from, float *x) {
    float whole = run_width(u, s, r) * em, before = 0;
    struct run word = *r;
    for (; word.start < r->end; word.start = word.end) {
        word.end = word_end(s, word.start, r->end);
        word_offsets(u, s, &word, em, x);
        for (size_t i = word.start; i < word.end; i++)
            x[i] = from + (r->rtl ? whole - before - x[i] : before + x[i]);
        before += run_width(u, s, &word) * em;
    }
    x[r->end] = from + (r->rtl ? 0 : whole);
}

static float plain_offsets(struct ui *u, const char *s, const struct run *r, float em,
                           float from, float *x) {
    const char *p = s + r->start, *end = s + r->end;
    if (r->missing) {
        for (size_t i = r->start; i < r->end; i++)
            x[i] = from;
        return from + run_width(u, s, r) * em;
    }
    for (uint32_t before = 0; p < end;) {
        size_t at = (size_t)(p - s);
        uint32_t cp = text_next(&p, end);
        float next = from + run_advance(u, r->face, before, cp) * em;
        for (size_t i = at; i < (size_t)(p - s); i++)
            x[i] = from;
        from = next;
        before = cp;
    }
    return from;
}

void text_offsets(struct ui *u, enum font f, const char *s, size_t n, float *x) {
    float em = em_dp(u, f), from = 0;
    for (size_t at = 0; at < n;) {
        struct run r = run_next(u, f, s, n, at);
        if (r.shaped) {
            shaped_offsets(u, s, &r, em, from, x);
            from += run_width(u, s, &r) * em;
        } else {
            from = plain_offsets(u, s, &r, em, from, x);
        }
        at = r.end;
    }
    x[n] = from;
}

/* ---- lines
 * -----------------------------------------------------------------------------------------
 */

struct breaker {
    struct ui *u;
    struct arena *a;
    enum font f;
    const char *s;
    size_t n;
    float width;
    const float *x; /* offsets within the present paragraph */
    size_t from;    /* where the paragraph starts */
    float lead;     /* the line's first letter does not kern with what stood before it
                     */
    struct text_line *lines;
    size_t count, room;
};

static void add_line(struct breaker *b, struct text_line line) {
    if (b->count == b->room) {
        size_t room = b->room ? b->room * 2 : 4;
        struct text_line *more = ARENA_ARRAY(b->a, struct text_line, room);
        if (b->count) memcpy(more, b->lines, b->count * sizeof *more);
        b->lines = more;
        b->room = room;
    }
    b->lines[b->count++] = line;
}

static bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* May a line end before byte i of the paragraph's text (i is the start of a
 * code point)? */
static bool may_break(const char *s, size_t i, size_t end) {
    if (i >= end) return true;
    if (s[i] == ' ') return false; /* spaces hang at the end of the line before */
    if (s[i - 1] == ' ') return true;
    return i >= 2 && s[i - 1] == '-' && letter(s[i - 2]) && letter(s[i]);
}

static size_t next_start(const char *s, size_t i, size_t end) {
    do
        i++;
    while (i < end && ((unsigned char)s[i] & 0xC0) == 0x80);
    return i;
}

/* From the start of the present line. */
static float span(const struct breaker *b, size_t from, size_t to) {
    return to == from ? 0 : b->x[to - b->from] - b->x[from - b->from] + b->lead;
}

static size_t without_spaces(const char *s, size_t start, size_t end) {
    while (end > start && s[end - 1] == ' ')
        end--;
    return end;
}

/* A word that is wider than the line: as many letters as fit, at least one. */
static size_t cut_word(const struct breaker *b, size_t start, size_t end) {
    size_t cut = next_start(b->s, start, end);
    for (size_t i = cut; i < end; i = next_start(b->s, i, end)) {
        size_t after = next_start(b->s, i, end);
        if (span(b, start, after) > b->width) break;
        cut = after;
    }
    return cut;
}

static void start_line(struct breaker *b, size_t start, size_t end) {
    b->lead = 0;
    if (start == b->from || start >= end) return;
    size_t next = next_start(b->s, start, end);
    float alone = text_width(b->u, b->f, b->s + start, next - start);
    b->lead = alone - (b->x[next - b->from] - b->x[start - b->from]);
}

static void break_paragraph(struct breaker *b, size_t start, size_t end) {
    const float slack = 0.01f;
    start_line(b, start, end);
    while (span(b, start, without_spaces(b->s, start, end)) > b->width + slack) {
        size_t fits = start;
        for (size_t i = next_start(b->s, start, end); i < end; i = next_start(b->s, i, end)) {
            if (!may_break(b->s, i, end)) continue;
            if (span(b, start, without_spaces(b->s, start, i)) > b->width + slack) break;
            fits = i;
        }
        bool broken = fits == start;
        if (broken) fits = cut_word(b, start, end);
        size_t seen = without_spaces(b->s, start, fits);
        if (seen == start) seen = fits;
        add_line(b, (struct text_line){start, seen, fits, span(b, start, seen), false, broken});
        start = fits;
        if (start >= end) return;
        start_line(b, start, end);
    }
    size_t seen = without_spaces(b->s, start, end);
    add_line(b, (struct text_line){start, seen, end, span(b, start, seen), true, false});
}

/* Letters that stand one after the other as they are written: Latin with its signs. */
static bool runs_plain(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint8_t c = (uint8_t)s[i];
        if (c == '\n' || (c >= 0xC0 && c != 0xC2 && c != 0xC3 && c != 0xE2)) return false;
    }
    return true;
}

/* Most texts on a screen are one line; then nothing is broken, and no letter is placed. */
static bool one_line(struct breaker *b) {
    if (!b->n || b->s[b->n - 1] == ' ' || !runs_plain(b->s, b->n)) return false;
    float w = text_width(b->u, b->f, b->s, b->n);
    if (w > b->width) return false;
    add_line(b, (struct text_line){0, b->n, b->n, w, true, false});
    return true;
}

size_t text_lines(struct ui *u, struct arena *a, enum font f, const char *s, size_t n,
                  float width, struct text_line **out) {
    struct breaker b = {.u = u, .a = a, .f = f, .s = s, .n = n, .width = width};
    size_t start = 0;
    for (bool more = !one_line(&b); more;) {
        const char *feed = start < n ? memchr(s + start, '\n', n - start) : NULL;
        size_t end = feed ? (size_t)(feed - s) : n;
        float *x = ARENA_ARRAY(ui_arena(u), float, end - start + 1);
        text_offsets(u, f, s + start, end - start, x);
        b.x = x;
        b.from = start;
        break_paragraph(&b, start, end);
        b.lines[b.count - 1].hard = true;
        more = feed != NULL;
        if (!more) break;
        start = end + 1;
        b.lines[b.count - 1].next = start;
    }
    *out = b.lines;
    return b.count;
}

/* ---- what widgets and screens ask
 * -------------------------------------------------------------------- */

float ui_line_height(struct ui *u, enum font f) {
    float at_1 = ui_theme(u)->font_dp[f], em = font_dp(u, f);
    float lines = at_1 >= 40 ? 1.15f : at_1 >= 26 ? 1.25f : 1.35f;
    float px = em * lines * u->scale;
    return (float)(int)(px + 0.5f) / u->scale;
}

float text_ascent(struct ui *u, enum font f) {
    float lines = ui_line_height(u, f) * u->scale;
    return ((lines - (float)line_height_px(u, f)) / 2 + (float)line_ascent_px(u, f)) / u->scale;
}

float ui_text_width(struct ui *u, enum font f, const char *text) {
    return text_width(u, f, text ? text : "", text ? strlen(text) : 0);
}

float ui_text_height(struct ui *u, enum font f, const char *text, float width) {
    if (!text || !*text) return ui_line_height(u, f);
    struct text_line *lines;
    size_t n = text_lines(u, ui_arena(u), f, text, strlen(text), width, &lines);
    return (float)n * ui_line_height(u, f);
}
