/* field_hand.h -- a page with a note and, when wanted, a single line, for the tests of text
 * fields: typed into by SDL's own events in a window in memory. What a screen would be told
 * (changed, left, entered) is counted; texts are read back byte by byte. */
#ifndef TESTS_FIELD_HAND_H
#define TESTS_FIELD_HAND_H

#include "ui_hand.h"

#include "base/text.h"
#include "base/words.h"
#include "ui/field.h"

#define E_ACUTE "e\xCC\x81"
#define FAMILY  "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define ARABIC  "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7"
#define PANJABI "\xE0\xA8\xB8\xE0\xA8\xA4"

static struct words *words;
static int changed, left, entered, closed;
static char last_left[16384];
static const char *initial;
static enum field_kind kind;
static float note_h;
static bool two;
static size_t limit;

static inline struct field note_field(void) {
    return (struct field){.key = "note",
                          .name = "Note",
                          .hint = "What did you see?",
                          .initial = initial,
                          .lines = 3,
                          .bytes_max = limit ? limit : 20000};
}

static inline void page(struct ui *u) {
    struct field note = note_field();
    struct field line = {.key = "line", .name = "Line", .lines = 1, .kind = kind};
    float h = note_h > 0 ? note_h : ui_field_height(u, &note, 360);
    struct field_result r = ui_field(u, rect_make(20, 80, 360, h), &note);
    changed += r.changed;
    left += r.left;
    if (r.left) text_copy(last_left, sizeof last_left, r.text);
    if (two) {
        r = ui_field(u, rect_make(20, 420, 360, 56), &line);
        entered += r.entered;
    }
    if (ui_back_pressed(u)) closed++;
}

static inline int setup(void **state) {
    (void)state;
    changed = left = entered = closed = 0;
    initial = NULL;
    kind = FIELD_TEXT;
    note_h = 0;
    two = false;
    limit = 0;
    hand_open(400, 600, 1, page);
    ui_set_words(hand.u, words);
    SDL_SetClipboardText("");
    frame();
    return 0;
}

static inline int teardown(void **state) {
    (void)state;
    hand_close();
    return 0;
}

static inline int load_words(void **state) {
    (void)state;
    assert_int_equal(words_load(&words, "assets/words/en"), STATUS_OK);
    return 0;
}

static inline int close_words(void **state) {
    (void)state;
    words_close(words);
    return 0;
}

/* ---- typing and pointing ---- */

static inline void text_in(const char *s) {
    SDL_Event e = {.text = {.type = SDL_TEXTINPUT}};
    snprintf(e.text.text, sizeof e.text.text, "%s", s);
    ui_event(hand.u, &e);
}

static inline void edit_in(const char *s, int start, int length) {
    SDL_Event e = {.edit = {.type = SDL_TEXTEDITING, .start = start, .length = length}};
    snprintf(e.edit.text, sizeof e.edit.text, "%s", s);
    ui_event(hand.u, &e);
}

static inline void type(const char *s) {
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        const char *from = p;
        char one[8] = {0};
        text_next(&p, end);
        memcpy(one, from, (size_t)(p - from));
        if (one[0] == '\n') {
            press_key(SDLK_RETURN, 0);
        } else {
            text_in(one);
        }
        frame();
    }
}

static inline void key(int code, uint16_t mod) {
    press_key(code, mod);
    frame();
}

static inline const char *text(const char *key_name) {
    return ui_field_text(hand.u, key_name);
}

static inline void tap(float x, float y) {
    finger_down(1, x, y);
    frame();
    finger_up(1, x, y);
    frame();
}

static inline void focus_note(void) {
    tap_named("field", "Note");
    assert_true(has_state(thing_named("field", "Note"), "focus"));
}

static inline struct field_view view(void) {
    struct field_view v = {.u = hand.u, .e = field_find(hand.u, "note"), .font = FONT_BODY};
    static struct field f;
    f = note_field();
    v.f = &f;
    v.inside = rect_make(36, 94, 328, 1000);
    v.x = v.inside.x;
    v.y = v.inside.y;
    field_lay_out(&v);
    return v;
}

/* A place in the text on the screen: just right of its left edge. */
static inline void point_of(size_t at, float *x, float *y) {
    struct field_view v = view();
    rect r = field_caret_rect(&v, at);
    *x = r.x + 1;
    *y = r.y + r.h / 2;
}

static inline void selection(size_t *from, size_t *to) {
    text_edit_selected(&field_find(hand.u, "note")->edit, from, to);
}

static inline size_t caret(void) {
    return field_find(hand.u, "note")->edit.caret;
}

static inline void wait_ms(int ms) {
    for (; ms > 0; ms -= 50)
        frame_after(50);
}

#define FIELD_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
