/* test_field_storm.c -- whatever fingers, keys and an input method do, the fields hold their
 * laws. needs: ui base
 *
 * A page of fields, a signature and the on-screen keyboard gets a seeded storm of SDL events,
 * with screens that set, forget and hide fields meanwhile. After each step: texts are valid
 * UTF-8, single lines have no line end, numbers hold only what a number may, limits hold,
 * carets stand between clusters. Sanitizers watch the rest. */
#include "ui_hand.h"

#include "base/text.h"
#include "base/words.h"
#include "ui/field.h"

#define STEPS      1000
#define BOX_BYTES  600
#define COUNT(a)   (sizeof(a) / sizeof *(a))
#define FIELD_KEYS 4

static const char *const field_keys_all[FIELD_KEYS] = {"note", "line", "number", "box"};
static struct words *words;
static bool note_shown;
static uint32_t seed;

static uint32_t dice(uint32_t sides) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % sides;
}

static rect next(rect *all, float h) {
    rect r = rect_cut_top(all, h);
    rect_cut_top(all, 8);
    return r;
}

static void page(struct ui *u) {
    rect all = rect_inset(ui_scroll_begin(u, ui_area(u), "page"), 8, 8);
    float top = all.y;
    struct field note = {.key = "note", .name = "Note", .lines = 4, .bytes_max = 20000};
    struct field line = {.key = "line", .name = "Line", .lines = 1};
    struct field number = {
        .key = "number", .name = "Number", .lines = 1, .kind = FIELD_DECIMAL};
    struct field box = {.key = "box", .name = "Box", .lines = 3, .bytes_max = BOX_BYTES};
    struct buf strokes = {0};
    if (note_shown) ui_field(u, next(&all, ui_field_height(u, &note, all.w)), &note);
    ui_field(u, next(&all, 56), &line);
    ui_field(u, next(&all, 56), &number);
    ui_field(u, next(&all, 100), &box); /* fixed: its text scrolls inside */
    ui_signature(u, next(&all, 120), "sign", "Sign", &strokes);
    ui_scroll_end(u, all.y - top + 16);
    buf_release(&strokes);
}

/* ---- what may happen ---- */

static const char *some_text(void) {
    static const char *const texts[] = {"a",
                                        "Hello ",
                                        "e\xCC\x81",
                                        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
                                        "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7",
                                        "\xD9\x85\xD8\xB1\xD8\xAD ",
                                        "\xE0\xA6\x86\xE0\xA6\xAE\xE0\xA6\xBF",
                                        "\xFF\xFE",
                                        "\xE2\x82",
                                        "-1.5",
                                        "12,5",
                                        "\n",
                                        "\xEA\xB0\x80\xE1\x86\xA8",
                                        " ",
                                        "\x01\x7F",
                                        "wwwwwwwwwwwwwwwwwwwwwwwwwww"};
    return texts[dice(COUNT(texts))];
}

static void some_finger(uint32_t phase) {
    float x = (float)dice((uint32_t)hand.w), y = (float)dice((uint32_t)hand.h);
    int64_t id = 1 + dice(3);
    if (phase == 0) finger_down(id, x, y);
    if (phase == 1) finger_move(id, x, y);
    if (phase == 2) finger_up(id, x, y);
}

static void some_typing(void) {
    SDL_Event typed = {.text = {.type = SDL_TEXTINPUT}};
    SDL_Event edit = {.edit = {.type = SDL_TEXTEDITING}};
    edit.edit.start = (int)dice(9) - 2; /* input methods say odd things */
    edit.edit.length = (int)dice(5);
    if (dice(3)) {
        snprintf(typed.text.text, sizeof typed.text.text, "%s", some_text());
        ui_event(hand.u, &typed);
    } else {
        snprintf(edit.edit.text, sizeof edit.edit.text, "%s", dice(3) ? some_text() : "");
        ui_event(hand.u, &edit);
    }
}

static void some_key(void) {
    static const int keys[] = {
        SDLK_LEFT,   SDLK_RIGHT,  SDLK_UP,  SDLK_DOWN,   SDLK_HOME,      SDLK_END,
        SDLK_DELETE, SDLK_RETURN, SDLK_TAB, SDLK_ESCAPE, SDLK_BACKSPACE, SDLK_a,
        SDLK_c,      SDLK_x,      SDLK_v,   SDLK_z,      SDLK_y,         SDLK_PAGEDOWN};
    int mod = (dice(3) ? 0 : KMOD_LCTRL) | (dice(4) ? 0 : KMOD_LSHIFT);
    press_key(keys[dice(COUNT(keys))], (uint16_t)mod);
}

static void told(void *ctx, const char *key, const char *text) {
    (void)ctx;
    (void)key;
    assert_true(text_valid(text, strlen(text)));
}

/* A screen and its window go on meanwhile. */
static void something_else(void) {
    switch (dice(9)) {
    case 0:
        ui_leave_fields(hand.u);
        break;
    case 1:
        ui_field_forget(hand.u, "b");
        break;
    case 2:
        ui_field_set(hand.u, "line", "a phrase");
        break;
    case 3:
        ui_field_append(hand.u, "line", some_text());
        break;
    case 4:
        ui_field_preload(hand.u, "note", "a draft");
        break;
    case 5:
        note_shown = !note_shown;
        break;
    case 6:
        ui_drafts_changed(hand.u, told, NULL);
        break;
    case 7:
        window_event_of(SDL_WINDOWEVENT_FOCUS_LOST);
        break;
    case 8:
        ui_signature_clear(hand.u, "sign");
        break;
    }
}

static void step(void) {
    uint32_t what = dice(14);
    if (what < 7) some_finger(what < 3 ? 0 : what < 5 ? 1 : 2);
    if (what >= 7 && what < 10) some_typing();
    if (what >= 10 && what < 13) some_key();
    if (what == 13) something_else();
    frame_after(dice(20) ? 16 : 700);
}

/* ---- what must hold ---- */

static void check_caret(struct entry *e) {
    const char *s = text_edit_str(&e->edit);
    size_t n = e->edit.text.size, ends[] = {e->edit.caret, e->edit.anchor};
    for (size_t i = 0; i < COUNT(ends); i++) {
        assert_true(ends[i] <= n);
        size_t before = text_grapheme_prev(s, n, ends[i]);
        assert_true(ends[i] == 0 || text_grapheme_next(s, n, before) == ends[i]);
    }
}

static void check_laws(void) {
    for (int i = 0; i < FIELD_KEYS; i++) {
        struct entry *e = field_find(hand.u, field_keys_all[i]);
        if (!e || !e->used) continue;
        const char *s = text_edit_str(&e->edit);
        assert_true(text_valid(s, strlen(s)));
        if (i == 1 || i == 2) assert_null(strchr(s, '\n'));
        if (i == 2) assert_int_equal(strspn(s, "-.0123456789"), strlen(s));
        if (i == 3) assert_true(strlen(s) <= BOX_BYTES);
        check_caret(e);
    }
}

struct shape {
    float w, h, scale; /* of the text */
};

static void open_window(const struct shape *s) {
    hand_open(s->w, s->h, 1, page);
    hand.u->touch_keyboard = true;
    ui_set_words(hand.u, words);
    ui_set_text_scale(hand.u, s->scale);
}

static void a_storm(void **state) {
    (void)state;
    static const struct shape windows[] = {
        {1000, 420, 1}, {390, 700, 1}, {390, 700, 2}, {844, 390, 1}};
    size_t rounds = getenv("LANTERN_TEST_ALL") ? 5 * COUNT(windows) : COUNT(windows), bytes = 0;
    for (size_t i = 0; i < rounds; i++) {
        seed = 99 + (uint32_t)i * 7919;
        note_shown = true;
        open_window(&windows[i % COUNT(windows)]);
        for (int k = 0; k < STEPS; k++) {
            step();
            check_laws();
        }
        for (int k = 0; k < FIELD_KEYS; k++) {
            const char *s = ui_field_text(hand.u, field_keys_all[k]);
            bytes += s ? strlen(s) : 0;
        }
        hand_close();
    }
    assert_true(bytes > 100); /* something was typed: the storm did reach the fields */
    printf("figure: %zu steps of a storm, every law held, %zu bytes stand\n", rounds * STEPS,
           bytes);
}

int main(void) {
    assert_int_equal(words_load(&words, "assets/words/en"), STATUS_OK);
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_storm)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    words_close(words);
    return failed;
}
