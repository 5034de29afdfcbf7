/* text_edit.c -- see text_edit.h. */
#include "ui/text_edit.h"

#include "base/text.h"

#define BYTES_MAX_DEFAULT 4000
enum { RUN_NONE, RUN_TYPING, RUN_DELETING };

/* ---- graphemes
 * ------------------------------------------------------------------------------------- */

struct range {
    uint32_t from, to;
};

static bool in_ranges(uint32_t c, const struct range *r, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (c >= r[i].from && c <= r[i].to) return true;
    return false;
}

/* Marks that belong to the letter before them, in the scripts that the fonts cover, and emoji
 * modifiers. */
static bool extends(uint32_t c) {
    static const struct range marks[] = {
        {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD},  {0x0610, 0x061A},
        {0x064B, 0x065F},   {0x0670, 0x0670},   {0x06D6, 0x06DC},  {0x06DF, 0x06E4},
        {0x06E7, 0x06E8},   {0x06EA, 0x06ED},   {0x0900, 0x0903},  {0x093A, 0x093C},
        {0x093E, 0x094F},   {0x0951, 0x0957},   {0x0962, 0x0963},  {0x0981, 0x0983},
        {0x09BC, 0x09BC},   {0x09BE, 0x09CD},   {0x09D7, 0x09D7},  {0x0A01, 0x0A03},
        {0x0A3C, 0x0A51},   {0x0A70, 0x0A71},   {0x1AB0, 0x1AFF},  {0x1DC0, 0x1DFF},
        {0x200C, 0x200D},   {0x20D0, 0x20FF},   {0xFE00, 0xFE0F},  {0xFE20, 0xFE2F},
        {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}, {0xE0100, 0xE01EF}};
    return in_ranges(c, marks, sizeof marks / sizeof marks[0]);
}

static bool regional(uint32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* Hangul jamo that continue a syllable: vowels and finals after a jamo or a syllable. */
static bool hangul_tail(uint32_t before, uint32_t c) {
    bool tail = c >= 0x1160 && c <= 0x11FF;
    return tail &&
           ((before >= 0x1100 && before <= 0x11FF) || (before >= 0xAC00 && before <= 0xD7A3));
}

size_t text_grapheme_next(const char *s, size_t n, size_t at) {
    const char *p = s + at, *end = s + n;
    if (at >= n) return n;
    uint32_t before = text_next(&p, end);
    int flags = regional(before);
    while (p < end) {
        const char *next = p;
        uint32_t c = text_next(&next, end);
        bool joined = before == 0x200D && c >= 0x2190; /* an emoji after a joiner */
        bool pair = regional(c) && flags == 1;
        if (before == '\n' || !(extends(c) || joined || pair || hangul_tail(before, c))) break;
        flags = pair ? 2 : flags;
        before = c;
        p = next;
    }
    return (size_t)(p - s);
}

size_t text_grapheme_prev(const char *s, size_t n, size_t at) {
    size_t start = at, before;
    if (!at) return 0;
    while (start > 0 && s[start - 1] != '\n')
        start--; /* clusters never cross a line */
    if (start == at) return at - 1;
    do {
        before = start;
        start = text_grapheme_next(s, n, start);
    } while (start < at);
    return before;
}

static bool is_word(uint32_t c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || c == '\'' || c == '_';
}

static bool word_at(const char *s, size_t n, size_t at) {
    const char *p = s + at;
    return at < n && is_word(text_next(&p, s + n));
}

size_t text_word_next(const char *s, size_t n, size_t at) {
    while (at < n && !word_at(s, n, at))
        at = text_grapheme_next(s, n, at);
    while (at < n && word_at(s, n, at))
        at = text_grapheme_next(s, n, at);
    return at;
}

size_t text_word_prev(const char *s, size_t n, size_t at) {
    while (at > 0 && !word_at(s, n, text_grapheme_prev(s, n, at)))
        at = text_grapheme_prev(s, n, at);
    while (at > 0 && word_at(s, n, text_grapheme_prev(s, n, at)))
        at = text_grapheme_prev(s, n, at);
    return at;
}

/* ---- undo
 * -------------------------------------------------------------------------------------------------
 */

static void drop(struct text_state *s) {
    free(s->text);
    *s = (struct text_state){0};
}

static void forget(struct text_state *list, int *count) {
    while (*count > 0)
        drop(&list[--*count]);
}

static void keep(struct text_edit *e, struct text_state *list, int *count) {
    struct buf copy = {0};
    if (*count == TEXT_UNDO_MAX) {
        drop(&list[0]);
        memmove(list, list + 1, sizeof *list * (TEXT_UNDO_MAX - 1));
        (*count)--;
    }
    buf_add(&copy, e->text.data, e->text.size);
    buf_byte(&copy, 0);
    list[(*count)++] =
        (struct text_state){.text = (char *)copy.data, .size = e->text.size, .caret = e->caret};
}

/* Edits of one kind in a row are undone together; a blank ends a run of typing. */
static void before_edit(struct text_edit *e, int run) {
    if (run == RUN_NONE || run != e->run) keep(e, e->undo, &e->undo_count);
    e->run = run;
    forget(e->redo, &e->redo_count);
}

static bool restore(struct text_edit *e, struct text_state *from, int *from_count,
                    struct text_state *to, int *to_count) {
    if (!*from_count) return false;
    keep(e, to, to_count);
    struct text_state *s = &from[--*from_count];
    buf_clear(&e->text);
    buf_add(&e->text, s->text, s->size);
    e->caret = e->anchor = s->caret;
    e->run = RUN_NONE;
    drop(s);
    return true;
}

bool text_edit_undo(struct text_edit *e) {
    return restore(e, e->undo, &e->undo_count, e->redo, &e->redo_count);
}

bool text_edit_redo(struct text_edit *e) {
    return restore(e, e->redo, &e->redo_count, e->undo, &e->undo_count);
}

/* ---- content
 * -------------------------------------------------------------------------------------------------
 */

void text_edit_release(struct text_edit *e) {
    forget(e->undo, &e->undo_count);
    forget(e->redo, &e->redo_count);
    buf_release(&e->text);
    *e = (struct text_edit){0};
}

const char *text_edit_str(struct text_edit *e) {
    return buf_str(&e->text);
}

void text_edit_set(struct text_edit *e, const char *s) {
    forget(e->undo, &e->undo_count);
    forget(e->redo, &e->redo_count);
    buf_clear(&e->text);
    if (s && text_valid(s, strlen(s))) buf_add(&e->text, s, strlen(s));
    e->caret = e->anchor = e->text.size;
    e->run = RUN_NONE;
}

bool text_edit_selected(const struct text_edit *e, size_t *from, size_t *to) {
    *from = e->caret < e->anchor ? e->caret : e->anchor;
    *to = e->caret < e->anchor ? e->anchor : e->caret;
    return *from != *to;
}

/* Cuts `removed` bytes out at `at` and puts `added` in. */
static void splice(struct text_edit *e, size_t at, size_t removed, const char *added,
                   size_t n) {
    struct buf next = {0};
    buf_add(&next, e->text.data, at);
    buf_add(&next, added, n);
    buf_add(&next, e->text.data + at + removed, e->text.size - at - removed);
    buf_release(&e->text);
    e->text = next;
    e->caret = e->anchor = at + n;
}

/* What may come in: valid UTF-8 without control characters; line ends as one line feed, or a
 * blank in one line. */
static void clean(const struct text_edit *e, const char *s, size_t n, struct buf *out) {
    const char *p = s, *end = s + n;
    while (p < end) {
        const char *from = p;
        uint32_t c = text_next(&p, end);
        if (c == '\r') {
            if (p < end && *p == '\n') continue;
            c = '\n';
        }
        if (c == '\n' || c == '\t') {
            buf_byte(out, c == '\n' && !e->one_line ? '\n' : ' ');
        } else if (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) &&
                   text_valid(from, (size_t)(p - from))) {
            buf_add(out, from, (size_t)(p - from));
        }
    }
}

bool text_edit_insert(struct text_edit *e, const char *s, size_t n) {
    struct buf in = {0};
    size_t from, to, most = e->bytes_max ? e->bytes_max : BYTES_MAX_DEFAULT, fits = 0;
    bool selected = text_edit_selected(e, &from, &to);
    clean(e, s, n, &in);
    size_t room = most > e->text.size - (to - from) ? most - (e->text.size - (to - from)) : 0;
    const char *text = buf_str(&in);
    while (fits < in.size) {
        size_t next = text_grapheme_next(text, in.size, fits);
        if (next > room) break;
        fits = next;
    }
    bool some = fits > 0 || (selected && !in.size);
    if (some) {
        bool blank = fits == 1 && (text[0] == ' ' || text[0] == '\n');
        before_edit(e, selected || fits > 8 ? RUN_NONE : RUN_TYPING);
        splice(e, from, to - from, text, fits);
        if (blank) e->run = RUN_NONE;
    }
    buf_release(&in);
    return some;
}

bool text_edit_delete(struct text_edit *e, int direction, bool word) {
    size_t from, to, n = e->text.size;
    const char *s = text_edit_str(e);
    bool selected = text_edit_selected(e, &from, &to);
    if (!selected && direction < 0)
        from = word ? text_word_prev(s, n, e->caret) : text_grapheme_prev(s, n, e->caret);
    if (!selected && direction > 0)
        to = word ? text_word_next(s, n, e->caret) : text_grapheme_next(s, n, e->caret);
    if (from == to) return false;
    before_edit(e, selected || word ? RUN_NONE : RUN_DELETING);
    splice(e, from, to - from, "", 0);
    return true;
}

void text_edit_move(struct text_edit *e, size_t to, bool select) {
    e->caret = to < e->text.size ? to : e->text.size;
    if (!select) e->anchor = e->caret;
    e->run = RUN_NONE;
}

void text_edit_select_word(struct text_edit *e, size_t at) {
    const char *s = text_edit_str(e);
    size_t n = e->text.size, from = at, to = at;
    while (from > 0 && word_at(s, n, text_grapheme_prev(s, n, from)))
        from = text_grapheme_prev(s, n, from);
    while (to < n && word_at(s, n, to))
        to = text_grapheme_next(s, n, to);
    e->anchor = from;
    e->caret = to;
    e->run = RUN_NONE;
}

void text_edit_select_all(struct text_edit *e) {
    e->anchor = 0;
    e->caret = e->text.size;
    e->run = RUN_NONE;
}
