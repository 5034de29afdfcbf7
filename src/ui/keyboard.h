/* keyboard.h -- what the on-screen keyboard's files share; nobody outside src/ui includes it.
 */
#ifndef UI_KEYBOARD_H
#define UI_KEYBOARD_H

#include "ui/field.h"

enum key_act { KEY_CHAR, KEY_SHIFT, KEY_DELETE, KEY_SPACE, KEY_ENTER, KEY_HIDE, KEY_PAGE };
enum key_page {
    PAGE_LETTERS,
    PAGE_SYMBOLS,
    PAGE_MORE,
    PAGE_NUMBER,
    PAGE_DECIMAL,
    PAGE_PHONE,
    PAGE_COUNT
};
enum shift { SHIFT_OFF, SHIFT_ONCE, SHIFT_LOCK };

#define KEY_TEXT   8
#define KEYS_MAX   48
#define OTHERS_MAX 16
#define KEY_ROWS   4
#define HELD_MAX   4
#define NOBODY     (-1)

struct key {
    char text[KEY_TEXT]; /* of a character, in small letters */
    enum key_act act;
    enum key_page page; /* that KEY_PAGE turns to */
    float width;        /* in parts of the row */
};
struct cell { /* a key as it stands on the screen; its touch area leaves no gaps */
    struct key key;
    rect r;
    ui_id_t id;
};
struct held { /* a finger on a key */
    int64_t finger;
    struct cell cell;
    bool down, done, asked; /* done: it has typed already; asked: for accents */
    float x, y, x0;
    int64_t since, repeat; /* boot ms */
};
struct others {      /* the accents of a key that was held */
    bool up, follow; /* follow: the finger that opened it chooses */
    ui_id_t of;      /* the key */
    rect over;
    char text[OTHERS_MAX][KEY_TEXT];
    int count, chosen; /* chosen: under the finger, NOBODY none */
};
struct keyboard {
    float height;
    enum key_page page;
    enum shift shift;
    bool shift_auto; /* the sentence starts: not the person's own wish */
    bool secret;     /* nothing shows which key was touched, and no sentence starts */
    bool symbol;     /* something was typed on a page of symbols */
    int64_t shift_ms;
    struct entry *entry; /* the field it types into, and what was seen of it */
    enum field_kind kind;
    size_t seen_caret, seen_size;
    struct cell cells[KEYS_MAX], other_cells[OTHERS_MAX];
    int cell_count, other_count;
    struct held held[HELD_MAX];
    struct others others;
};

/* keyboard_layout.c */
int layout_row(enum key_page page, int row, struct key *out); /* number of keys */
enum key_page layout_page_of(enum field_kind kind);
int layout_others(const char *key, char out[OTHERS_MAX][KEY_TEXT]); /* accents and relatives */
void layout_upper(const char *text, char out[KEY_TEXT]);
/* keyboard_look.c: places the cells, registers and draws them */
void keyboard_look(struct ui *u, struct keyboard *k);
float keyboard_height(const struct ui *u);
void key_says(const struct keyboard *k, const struct key *key, char out[KEY_TEXT]);
/* keyboard.c */
bool keyboard_holds(const struct keyboard *k, ui_id_t id);

#endif
