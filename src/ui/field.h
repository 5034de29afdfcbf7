/* field.h -- what the field's files share; nobody outside src/ui includes it. */
#ifndef UI_FIELD_H
#define UI_FIELD_H

#include "ui/text_edit.h"
#include "ui/ui_internal.h"

/* A text as lines, kept from frame to frame: only the paragraphs that changed are measured. */
struct field_layout {
    struct buf text, lines; /* lines: struct text_line */
    float width, em;
};

enum press { PRESS_NONE, PRESS_DOWN, PRESS_SELECT, PRESS_LIFTED };
struct entry { /* retained by key */
    struct entry *next;
    struct buf key;
    struct text_edit edit;
    struct field_layout layout;
    enum field_kind kind; /* when it was last shown */
    uint64_t initial;   /* hash of the `initial` it last saw */
    int64_t used;       /* frame in which it was last drawn, 0 never */
    int64_t changed_ms; /* of the last change not yet told by `left` */
    bool dirty;         /* changed since the last `left` */
    bool draft;         /* changed since the last ui_drafts_changed */
    bool touched;       /* changed since the last field_result */
    bool settled;       /* became a record: follows `initial` again */
    bool preloaded;     /* has text that `initial` must not replace */
    bool focused;       /* in the last frame */
    bool show;          /* the caret has to come into view */
    float scroll_x;     /* of a single line that is wider than its rectangle */
    float wish_x;       /* column that up and down keep, < 0 none */
    float keyboard;     /* height when the caret was last shown */
    enum press press;
    float press_x, press_y;
    bool press_mouse;
    size_t press_at, press_to; /* selecting goes on from here: a place, or a whole word */
    int64_t tap_ms;            /* for double taps */
    float tap_x, tap_y;
    float grip_x, grip_y; /* from the finger to the end that a handle moves */
    size_t grip_other;
    bool touch_selection; /* handles and the menu are shown */
};
struct fields {
    struct entry *entries;
    int entry_count;
    bool leave; /* ui_leave_fields: every dirty field tells `left` in this frame */
    bool leave_next;
    ui_id_t focused; /* control of the focused field in this frame */
    struct entry *focused_entry;
    enum field_kind kind;
    int lines;
    bool secret;           /* the focused field shows no letter, nor does the keyboard for it */
    bool input_on;         /* SDL's text input */
    bool copied;           /* words of a field went to the clipboard */
    int64_t caret_from;    /* boot ms of the last key or tap: the caret blinks from here */
    char unfinished[64];   /* the IME's text, of the field `unfinished_in` */
    int unfinished_cursor; /* in characters */
    struct entry *unfinished_in;
    SDL_Rect input_rect;
};
/* One field in one frame. */
struct field_view {
    struct ui *u;
    struct entry *e;
    const struct field *f;
    ui_id_t id;
    rect r, inside;   /* the box, and where text may stand */
    rect clip;        /* what of the box can be seen */
    float x, y;       /* where the text's first line starts, with scrolling */
    const char *text; /* with the IME's unfinished text put in at the caret */
    size_t n, caret, unfinished_from, unfinished_to;
    const struct text_line *lines;
    size_t line_count;
    float line_h;
    enum font font;
};

struct entry *field_entry(struct ui *u, const char *key);
struct entry *field_find(struct ui *u, const char *key);
const char *entry_key(struct entry *e);
void field_finish(struct ui *u);          /* the IME's unfinished text becomes text */
void field_changed(struct field_view *v); /* the text is another one: measures it */

/* field_layout.c */
void field_layout_release(struct field_layout *l);
size_t field_layout_lines(struct ui *u, struct field_layout *l, enum font f, const char *s,
                          size_t n, float width, const struct text_line **out);
void field_lay_out(struct field_view *v);
size_t field_line_of(const struct field_view *v, size_t at);
float field_x_of(const struct field_view *v, size_t at); /* from the line's start */
size_t field_at(const struct field_view *v, float x,
                float y); /* nearest to a point on the screen */
rect field_caret_rect(const struct field_view *v, size_t at); /* on the screen */
struct field_stretch { /* of one line, as it stands on the screen: right to left text turns
                          round */
    float left, right;
};
size_t field_stretches(const struct field_view *v, size_t line, size_t from, size_t to,
                       struct field_stretch **out);

/* field_keys.c: keys, typed text, clipboard; true when Enter left a single line */
bool field_keys(struct field_view *v);
/* In place of the selection, what of it the field's kind takes; false when nothing was. */
bool field_put(struct ui *u, struct entry *e, const char *s, size_t n);
void field_copy(struct field_view *v, bool cut);
void field_paste(struct field_view *v);
/* field_touch.c: taps, drags, long presses */
void field_touch(struct field_view *v, const struct beat *b);
/* field_menu.c: the handles and the little menu */
void field_handles(struct field_view *v);
/* field_draw.c */
void field_draw_box(struct field_view *v, const struct beat *b);
void field_draw_text(struct field_view *v, const struct beat *b);

/* secret.c: a field with .secret */
struct field_result secret_field(struct ui *u, rect r, const struct field *f);
float secret_height(struct ui *u, const struct field *f, float width);

/* signature.c */
void signatures_close(struct ui *u);
void signatures_forget(struct ui *u);

#endif
