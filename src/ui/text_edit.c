/* text_edit.c -- see text_edit.h. Clusters and words are in text_edit_walk.c.
 *
 * Undo keeps what each change took out and put in, not copies of the text: a long note with a
 * hundred changes costs a hundred words. Typing is undone word by word, deleting letter by
 * letter in one go. */
#include "ui/text_edit.h"

#include "base/log.h"
#include "base/text.h"

#define BYTES_MAX_DEFAULT 4000
#define TYPED_MAX         8 /* more at once is a paste or a phrase, undone by itself */

/* ---- the bytes ---- */

static void replace(struct buf *b, size_t at, size_t removed, const void *added, size_t n) {
    BELIEVE(at + removed <= b->size);
    size_t after = b->size - at - removed, size = b->size;
    if (n > removed) buf_add(b, added, n - removed); /* makes room; the bytes come below */
    if (after) memmove(b->data + at + n, b->data + at + removed, after);
    if (n) memcpy(b->data + at, added, n);
    b->size = size - removed + n;
}

const char *text_edit_str(struct text_edit *e) {
    return buf_str(&e->text);
}

/* ---- undo ---- */

static void drop(struct text_change *c) {
    buf_release(&c->removed);
    buf_release(&c->added);
    *c = (struct text_change){0};
}

static void forget_from(struct text_edit *e, int first) {
    while (e->change_count > first)
        drop(&e->changes[--e->change_count]);
    if (e->undo_count > first) e->undo_count = first;
}

static struct text_change *new_change(struct text_edit *e, size_t at) {
    forget_from(e, e->undo_count);
    if (e->change_count == TEXT_UNDO_MAX) {
        drop(&e->changes[0]);
        memmove(e->changes, e->changes + 1, sizeof *e->changes * (TEXT_UNDO_MAX - 1));
        e->change_count--;
    }
    struct text_change *c = &e->changes[e->change_count++];
    *c = (struct text_change){.at = at, .caret = e->caret, .anchor = e->anchor};
    e->undo_count = e->change_count;
    return c;
}

/* The last change when this one carries it on, so that they are undone together. */
static struct text_change *running(struct text_edit *e, enum text_run run, size_t at,
                                   size_t removed) {
    if (run == TEXT_RUN_NONE || run != e->run || !e->undo_count) return NULL;
    struct text_change *c = &e->changes[e->undo_count - 1];
    if (run == TEXT_RUN_TYPING) return c->at + c->added.size == at ? c : NULL;
    return at == c->at || at + removed == c->at ? c : NULL;
}

static void note(struct text_edit *e, enum text_run run, size_t at, size_t removed,
                 const char *added, size_t n) {
    struct text_change *c = running(e, run, at, removed);
    if (c) {
        forget_from(e, e->undo_count);
    } else {
        c = new_change(e, at);
    }
    const uint8_t *gone = e->text.data + at;
    if (removed && at < c->at) { /* backspace: in front of what went before */
        replace(&c->removed, 0, 0, gone, removed);
        c->at = at;
    } else if (removed) {
        buf_add(&c->removed, gone, removed);
    }
    buf_add(&c->added, added, n);
    e->run = run;
}

static void splice(struct text_edit *e, enum text_run run, size_t at, size_t removed,
                   const char *added, size_t n) {
    note(e, run, at, removed, added, n);
    replace(&e->text, at, removed, added, n);
    e->caret = e->anchor = at + n;
}

bool text_edit_undo(struct text_edit *e) {
    if (!e->undo_count) return false;
    struct text_change *c = &e->changes[--e->undo_count];
    replace(&e->text, c->at, c->added.size, c->removed.data, c->removed.size);
    e->caret = c->caret;
    e->anchor = c->anchor;
    e->run = TEXT_RUN_NONE;
    return true;
}

bool text_edit_redo(struct text_edit *e) {
    if (e->undo_count == e->change_count) return false;
    struct text_change *c = &e->changes[e->undo_count++];
    replace(&e->text, c->at, c->removed.size, c->added.data, c->added.size);
    e->caret = e->anchor = c->at + c->added.size;
    e->run = TEXT_RUN_NONE;
    return true;
}

/* ---- content ---- */

void text_edit_release(struct text_edit *e) {
    forget_from(e, 0);
    buf_release(&e->text);
    *e = (struct text_edit){0};
}

void text_edit_set(struct text_edit *e, const char *s) {
    forget_from(e, 0);
    buf_clear(&e->text);
    if (s && text_valid(s, strlen(s))) buf_add(&e->text, s, strlen(s));
    e->caret = e->anchor = e->text.size;
    e->run = TEXT_RUN_NONE;
}

bool text_edit_selected(const struct text_edit *e, size_t *from, size_t *to) {
    *from = e->caret < e->anchor ? e->caret : e->anchor;
    *to = e->caret < e->anchor ? e->anchor : e->caret;
    return *from != *to;
}

/* Controls, marks that turn the reading order of what follows (a record must read as it is
 * stored), byte order marks, and what is no character at all. */
static bool unwanted(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE ||
           (c >= 0xFDD0 && c <= 0xFDEF);
}

/* What may come in: line ends become one line feed, or a blank in a single line. */
static void clean(const struct text_edit *e, const char *s, size_t n, struct buf *out) {
    const char *p = s, *end = s + n;
    while (p < end) {
        const char *from = p;
        uint32_t c = text_next(&p, end);
        if (c == '\r') {
            if (p < end && *p == '\n') continue;
            c = '\n';
        }
        if (c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C || c == 0x85) c = '\n';
        if (c == '\n' || c == '\t') {
            buf_byte(out, c == '\n' && !e->one_line ? '\n' : ' ');
        } else if (!unwanted(c) && text_valid(from, (size_t)(p - from))) {
            buf_add(out, from, (size_t)(p - from));
        }
    }
}

/* As many whole clusters as there is room for. */
static size_t fitting(const char *s, size_t n, size_t room) {
    if (n <= room) return n;
    size_t fits = 0;
    for (size_t next; (next = text_grapheme_next(s, n, fits)) <= room; fits = next)
        if (next == fits) break;
    return fits;
}

bool text_edit_insert(struct text_edit *e, const char *s, size_t n) {
    struct buf in = {0};
    size_t from, to, most = e->bytes_max ? e->bytes_max : BYTES_MAX_DEFAULT;
    bool selected = text_edit_selected(e, &from, &to), done = false;
    clean(e, s, n, &in);
    size_t kept = e->text.size - (to - from), room = most > kept ? most - kept : 0;
    const char *text = buf_str(&in);
    size_t fits = fitting(text, in.size, room);
    if (fits > 0) {
        bool typed = !selected && fits <= TYPED_MAX;
        bool blank = text[fits - 1] == ' ' || text[fits - 1] == '\n';
        splice(e, typed ? TEXT_RUN_TYPING : TEXT_RUN_NONE, from, to - from, text, fits);
        if (selected && fits <= TYPED_MAX) e->run = TEXT_RUN_TYPING; /* typing over goes on */
        if (blank) e->run = TEXT_RUN_NONE;
        done = true;
    }
    buf_release(&in);
    return done;
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
    splice(e, selected || word ? TEXT_RUN_NONE : TEXT_RUN_DELETING, from, to - from, "", 0);
    return true;
}

/* ---- caret and selection ---- */

/* A place inside a cluster or beyond the end becomes the boundary before it. */
static size_t boundary(struct text_edit *e, size_t at) {
    size_t n = e->text.size;
    if (at >= n) return n;
    const char *s = text_edit_str(e);
    size_t before = text_grapheme_prev(s, n, at);
    return text_grapheme_next(s, n, before) > at ? before : at;
}

void text_edit_select(struct text_edit *e, size_t anchor, size_t caret) {
    e->anchor = boundary(e, anchor);
    e->caret = boundary(e, caret);
    e->run = TEXT_RUN_NONE;
}

void text_edit_move(struct text_edit *e, size_t to, bool select) {
    e->caret = boundary(e, to);
    if (!select) e->anchor = e->caret;
    e->run = TEXT_RUN_NONE;
}

void text_edit_select_word(struct text_edit *e, size_t at) {
    size_t from, to;
    text_word_around(text_edit_str(e), e->text.size, at, &from, &to);
    text_edit_select(e, from, to);
}

void text_edit_select_all(struct text_edit *e) {
    text_edit_select(e, 0, e->text.size);
}
