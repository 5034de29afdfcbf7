/* field.h -- what the field's files share; nobody outside src/ui includes it. */
#ifndef UI_FIELD_H
#define UI_FIELD_H

#include "ui/text_edit.h"
#include "ui/ui_internal.h"

#define FIELDS_MAX      96
#define FIELD_KEY_BYTES 128

struct entry { /* retained by key */
    char key[FIELD_KEY_BYTES];
    struct text_edit edit;
    uint64_t initial;   /* hash of the `initial` it last saw */
    int64_t used;       /* frame */
    int64_t changed_ms; /* of the last change not yet told by `left` */
    bool dirty;         /* changed since the last `left` */
    bool draft;         /* changed since the last ui_drafts_changed */
    bool settled;       /* became a record: follows `initial` again */
    bool preloaded;     /* a draft found at start, not shown yet */
    bool focused;       /* in the last frame */
    float scroll;       /* of its own, when taller than its rectangle */
    float wish_x;       /* column that up and down keep, < 0 none */
    int64_t tap_ms;     /* for double taps */
    float tap_x, tap_y;
    bool touch_selection; /* handles and the menu are shown */
};
struct fields {
    struct entry entries[FIELDS_MAX];
    bool leave; /* ui_leave_fields: every dirty field tells `left` in this frame */
    bool leave_next;
    ui_id_t focused; /* control of the focused field, for text input and the keyboard */
    enum field_kind kind;
    bool input_on;      /* SDL's text input */
    int64_t caret_from; /* boot ms of the last key or tap: the caret blinks from here, for
                           CARET_MS */
    char edit[64];      /* the IME's unfinished text */
    int edit_cursor;
};
/* Lines of one field as laid out in this frame. */
struct field_view {
    struct ui *u;
    struct entry *e;
    const struct field *f;
    ui_id_t id;
    rect r, inside;
    const char *text; /* with the IME's unfinished text put in at the caret */
    size_t n, caret, edit_from, edit_to;
    struct text_line *lines;
    size_t line_count;
    float line_h;
    enum font font;
};

struct entry *field_entry(struct ui *u, const char *key);
struct entry *field_find(struct ui *u, const char *key);
size_t field_line_of(const struct field_view *v, size_t at);
float field_x_of(const struct field_view *v, size_t at);
size_t field_at(const struct field_view *v, float x,
                float y); /* byte position nearest to a point on the screen */
void field_changed(struct ui *u, struct entry *e);

/* signature.c */
void signatures_close(struct ui *u);
/* field_keys.c: keys, typed text, clipboard; true when Enter left a single line */
bool field_keys(struct field_view *v);
void field_copy(struct field_view *v, bool cut);
void field_paste(struct field_view *v);
/* field_touch.c: taps, drags, handles, the little menu */
void field_touch(struct field_view *v, const struct beat *b);
void field_handles(struct field_view *v);
/* field_draw.c */
void field_draw(struct field_view *v, const struct beat *b);

#endif
