/* text_edit.h -- the content of a text field: bytes, caret, selection, undo. No SDL, no
 * drawing.
 *
 * The caret moves by grapheme cluster (Unicode UAX 29, the parts that people type: combining
 * marks, joined and modified emoji, flags, Hangul syllables), so nobody can cut an accent off
 * its letter. What is inserted stays valid UTF-8; control characters other than line feed never
 * get in. Zeroed struct = empty. */
#ifndef UI_TEXT_EDIT_H
#define UI_TEXT_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define TEXT_UNDO_MAX 128

enum text_run { TEXT_RUN_NONE, TEXT_RUN_TYPING, TEXT_RUN_DELETING };
struct text_change {          /* at `at`, `removed` gave way to `added` */
    size_t at, caret, anchor; /* caret and anchor before it */
    struct buf removed, added;
};
struct text_edit {
    struct buf text;
    size_t caret, anchor; /* bytes; equal: nothing selected */
    size_t bytes_max;     /* 0: 4,000 */
    bool one_line;        /* line feeds become spaces */
    struct text_change
        changes[TEXT_UNDO_MAX]; /* [0, undo_count) can be undone, the rest redone */
    int undo_count, change_count;
    enum text_run run; /* of edits that are undone together */
};

void text_edit_release(struct text_edit *e);
void text_edit_set(struct text_edit *e, const char *s); /* caret at the end, undo forgotten */
const char *text_edit_str(struct text_edit *e);
/* Puts text in place of the selection; cleaned and cut at a grapheme so that bytes_max holds.
 * False when nothing fitted. */
bool text_edit_insert(struct text_edit *e, const char *s, size_t n);
/* -1 before, 1 after the caret; or the selection. */
bool text_edit_delete(struct text_edit *e, int direction, bool word);
bool text_edit_undo(struct text_edit *e);
bool text_edit_redo(struct text_edit *e);

/* Positions are bytes in s of n bytes; results are grapheme boundaries. */
size_t text_grapheme_next(const char *s, size_t n, size_t at);
size_t text_grapheme_prev(const char *s, size_t n, size_t at);
size_t text_word_next(const char *s, size_t n, size_t at); /* behind the next word's end */
size_t text_word_prev(const char *s, size_t n, size_t at); /* where the word before starts */
/* The word around a position; when there is none, what stands there (a space, a stop). */
void text_word_around(const char *s, size_t n, size_t at, size_t *from, size_t *to);

void text_edit_move(struct text_edit *e, size_t to, bool select);
void text_edit_select(struct text_edit *e, size_t anchor, size_t caret);
void text_edit_select_word(struct text_edit *e, size_t at);
void text_edit_select_all(struct text_edit *e);
bool text_edit_selected(const struct text_edit *e, size_t *from, size_t *to);

#endif
