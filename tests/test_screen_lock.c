/* test_screen_lock.c -- the lock page: every stage on all sizes, by day and night, for either
 * hand; what it asks the app for; and what is typed in no dump and no picture.
 *
 * needs: app screen model ui media care sync store base
 */
#include "lock_hand.h"

#include "screen/lock.h"

/* ---- the lock page on a bench of its own: no journal is open ---- */

struct lock_bench {
    struct ui *ui;
    struct lock_page page;
    struct secret secret;
    int64_t boot;
    bool night, left_hand;
    struct lock_answer last;
};

static const struct lock_person three[] = {{.slot = 1, .label = "QL", .pin = true},
                                           {.slot = 2, .label = "NL", .pin = true},
                                           {.slot = 4, .label = "DM2", .pin = false}};

static struct lock_bench *lock_open(float w, float h, bool night, float text,
                                    struct lock_page page) {
    static struct lock_bench b;
    b = (struct lock_bench){.page = page, .boot = 1000, .night = night};
    if (!b.page.problem) b.page.problem = "";
    assert_int_equal(ui_open(&b.ui, &(struct ui_options){.assets = "assets",
                                                         .title = "test",
                                                         .width_dp = w,
                                                         .height_dp = h,
                                                         .scale = 1,
                                                         .touch_keyboard = true,
                                                         .offscreen = true}),
                     STATUS_OK);
    ui_set_words(b.ui, world.words);
    ui_set_theme(b.ui, night);
    ui_set_text_scale(b.ui, text);
    return &b;
}

static void lock_frames(struct lock_bench *b, int n) {
    while (n--) {
        b->boot += 16;
        ui_begin(b->ui, b->boot);
        struct scene s = {.words = world.words,
                          .wall_ms = b->night ? NIGHT_MS : DAY_MS,
                          .boot_ms = b->boot,
                          .holder = "",
                          .service = "",
                          .secret = &b->secret,
                          .sealed = true,
                          .left_hand = b->left_hand,
                          .loading = 1,
                          .night = b->night};
        struct lock_answer got = lock_draw(b->ui, &s, &b->page, ui_area(b->ui));
        ui_end(b->ui);
        if (got.wish) b->last = got;
    }
}

static void lock_tap(struct lock_bench *b, const char *name) {
    const struct ui_thing *t = seen(b->ui, name);
    if (!t) fail_msg("nothing called \"%s\" to tap", name);
    struct ui_thing at = *t;
    b->last = (struct lock_answer){0};
    touch(b->ui, SDL_FINGERDOWN, &at);
    lock_frames(b, 2);
    touch(b->ui, SDL_FINGERUP, &at);
    lock_frames(b, 3);
}

static void lock_key(struct lock_bench *b, int key) {
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.key.type = SDL_KEYDOWN;
    e.key.state = SDL_PRESSED;
    e.key.keysym.sym = key;
    ui_event(b->ui, &e);
    lock_frames(b, 1);
}

static void lock_text(struct lock_bench *b, const char *text) {
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.text.type = SDL_TEXTINPUT;
    text_copy(e.text.text, sizeof e.text.text, text);
    ui_event(b->ui, &e);
    lock_frames(b, 1);
}

static void look_at_lock(const char *name, struct lock_page page, const char *typed,
                         bool left) {
    for (size_t i = 0; i < SIZES; i++) {
        const struct look *l = &sizes[i];
        char what[96];
        snprintf(what, sizeof what, "lock-%s-%s", name, l->name);
        struct lock_bench *b = lock_open(l->w, l->h, l->night, l->text, page);
        b->left_hand = left;
        text_copy(b->secret.typed, sizeof b->secret.typed, typed);
        lock_frames(b, 6);
        save(b->ui, what);
        check_page(b->ui, what, l->night);
        ui_close(b->ui);
    }
}

static struct lock_page page_with(size_t people, int chosen, enum lock_stage stage) {
    return (struct lock_page){.people = three,
                              .people_count = people,
                              .chosen = chosen,
                              .stage = stage,
                              .has_code = true,
                              .problem = ""};
}

static void lock_looks(void **state) {
    (void)state;
    struct lock_page p = page_with(3, -1, LOCK_WHO);
    look_at_lock("who", p, "", false);
    p = page_with(3, 0, LOCK_TRY);
    look_at_lock("pin", p, "4711", false);
    look_at_lock("pin-left", p, "471199", true);
    p.wrong = true;
    p.wrong_tries = 3;
    look_at_lock("wrong", p, "", false);
    p.wait_ms = 4 * 60000;
    look_at_lock("wait", p, "", false);
    p.wait_ms = 42000;
    look_at_lock("wait-seconds", p, "", false);
    p = page_with(1, 0, LOCK_TRY);
    look_at_lock("alone", p, "", false);
    p = page_with(3, 2, LOCK_TRY);
    look_at_lock("words", p, "three dry ", false);
    p = page_with(3, 0, LOCK_CODE);
    look_at_lock("code", p, "K7TQ9X", false);
    p.has_code = false;
    look_at_lock("no-code", p, "", false);
    p = page_with(3, 0, LOCK_OPENING);
    look_at_lock("opening", p, "471199", false);
    p = page_with(3, 0, LOCK_LOADING);
    p.progress = 0.4;
    look_at_lock("loading", p, "", false);
    p.sealing = true;
    look_at_lock("sealing", p, "", false);
    p = page_with(1, 0, LOCK_TRY);
    p.problem = "The disk did not answer. What was saved before is safe. Try again. If that "
                "does not help, "
                "tell whoever looks after this tablet.";
    look_at_lock("problem", p, "", false);
    printf("figure: %d keys of the pad measured\n", keys_seen);
    assert_true(keys_seen >= 400);
}

/* ---- what it asks for ---- */

static void initials_are_chosen_with_one_tap(void **state) {
    (void)state;
    struct lock_bench *b = lock_open(390, 844, true, 1, page_with(3, -1, LOCK_WHO));
    lock_frames(b, 3);
    lock_tap(b, "NL");
    assert_int_equal(b->last.wish, LOCK_WISH_CHOOSE);
    assert_int_equal(b->last.chosen, 1);
    ui_close(b->ui);
}

static void the_pad_and_a_real_keyboard_type_the_same(void **state) {
    (void)state;
    struct lock_bench *b = lock_open(390, 844, true, 1, page_with(3, 0, LOCK_TRY));
    lock_frames(b, 3);
    lock_tap(b, "4");
    lock_tap(b, "0");
    lock_tap(b, "9");
    assert_string_equal(b->secret.typed, "409");
    lock_tap(b, "Delete the last digit");
    assert_string_equal(b->secret.typed, "40");
    assert_int_equal(b->secret.typed[2], 0);
    lock_tap(b, "Open"); /* too few: answers nothing */
    assert_int_equal(b->last.wish, LOCK_WISH_NOTHING);
    lock_key(b, SDLK_KP_1);
    lock_key(b, SDLK_8);
    lock_key(b, SDLK_BACKSPACE);
    lock_key(b, SDLK_7);
    lock_key(b, SDLK_RETURN);
    assert_int_equal(b->last.wish, LOCK_WISH_NOTHING);
    lock_key(b, SDLK_KP_0);
    lock_key(b, SDLK_6);
    assert_string_equal(b->secret.typed, "401706");
    lock_key(b, SDLK_RETURN);
    assert_int_equal(b->last.wish, LOCK_WISH_TRY);
    lock_tap(b, "Open");
    assert_int_equal(b->last.wish, LOCK_WISH_TRY);
    lock_tap(b, "Somebody else");
    assert_int_equal(b->last.wish, LOCK_WISH_BACK);
    lock_tap(b, "Forgotten?");
    assert_int_equal(b->last.wish, LOCK_WISH_FORGOT);
    ui_close(b->ui);
}

/* Two digits that arrive between two frames keep their order. */
static void fast_typing_keeps_its_order(void **state) {
    (void)state;
    static const int keys[] = {SDLK_9, SDLK_1, SDLK_8, SDLK_2, SDLK_BACKSPACE, SDLK_3};
    struct lock_bench *b = lock_open(390, 844, false, 1, page_with(1, 0, LOCK_TRY));
    lock_frames(b, 2);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        SDL_Event e;
        memset(&e, 0, sizeof e);
        e.key.type = SDL_KEYDOWN;
        e.key.keysym.sym = keys[i];
        ui_event(b->ui, &e);
    }
    lock_frames(b, 1);
    assert_string_equal(b->secret.typed, "9183");
    ui_close(b->ui);
}

static void nobody_is_heard_while_waiting(void **state) {
    (void)state;
    struct lock_page p = page_with(3, 0, LOCK_TRY);
    p.wait_ms = 3 * 60000 + 1;
    struct lock_bench *b = lock_open(390, 844, true, 1, p);
    lock_frames(b, 3);
    lock_tap(b, "5");
    lock_key(b, SDLK_5);
    assert_string_equal(b->secret.typed, "");
    assert_non_null(seen(b->ui, "Too many wrong tries. You can try again in 4 minutes."));
    assert_true(ui_wait_ms(b->ui) > 500 || ui_wait_ms(b->ui) == 1);
    b->page.wait_ms = 41500;
    lock_frames(b, 3);
    assert_non_null(seen(b->ui, "Too many wrong tries. You can try again in 42 seconds."));
    int wait = ui_wait_ms(b->ui);
    assert_true(wait > 400 && wait <= 1000);
    b->page.wait_ms = 900;
    lock_frames(b, 2);
    assert_non_null(seen(b->ui, "Too many wrong tries. You can try again in 1 second."));
    ui_close(b->ui);
}

static void words_and_codes_are_typed_by_letters(void **state) {
    (void)state;
    struct lock_bench *b = lock_open(390, 844, true, 1, page_with(3, 2, LOCK_TRY));
    lock_frames(b, 4);
    assert_true(ui_keyboard_up(b->ui));
    lock_text(b, "h\xC3\xA9ron");
    lock_key(b, SDLK_RETURN);
    assert_int_equal(b->last.wish, LOCK_WISH_NOTHING);
    lock_key(b, SDLK_BACKSPACE);
    assert_string_equal(b->secret.typed, "h\xC3\xA9ro");
    lock_text(b, "n in the rain");
    lock_key(b, SDLK_RETURN);
    assert_int_equal(b->last.wish, LOCK_WISH_TRY);
    assert_string_equal(b->secret.typed, "h\xC3\xA9ron in the rain");
    ui_close(b->ui);
    b = lock_open(390, 844, true, 1, page_with(3, 0, LOCK_CODE));
    lock_frames(b, 4);
    lock_text(b, "k7tq-9x");
    lock_text(b, "0000 1111 2222");
    assert_string_equal(b->secret.typed, "K7TQ9X000011"); /* twelve, and not one more */
    lock_key(b, SDLK_RETURN);
    assert_int_equal(b->last.wish, LOCK_WISH_TRY_CODE);
    ui_close(b->ui);
}

static void without_a_code_it_is_said_plainly(void **state) {
    (void)state;
    struct lock_page p = page_with(1, 0, LOCK_CODE);
    p.has_code = false;
    struct lock_bench *b = lock_open(390, 844, true, 1, p);
    lock_frames(b, 3);
    assert_non_null(seen(b->ui, "It cannot be opened without the PIN"));
    assert_null(seen(b->ui, "The code"));
    lock_tap(b, "Back");
    assert_int_equal(b->last.wish, LOCK_WISH_BACK);
    ui_close(b->ui);
}

/* ---- what is typed shows nowhere ---- */

static uint64_t picture(struct ui *u) {
    const uint32_t *p;
    int w, h, pitch;
    uint64_t sum = 0xCBF29CE484222325u;
    ui_pixels(u, &p, &w, &h, &pitch);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            sum = (sum ^ p[y * pitch + x]) * 0x100000001B3u;
    return sum;
}

static void told(void *ctx, const char *key, const char *text) {
    (void)ctx;
    fail_msg("a secret became a draft: %s, %zu letters", key, strlen(text));
}

/* The same number of other digits gives the same dump and the same picture, bit for bit. */
static void what_is_typed_shows_nowhere(void **state) {
    (void)state;
    static const struct {
        int chosen;
        const char *one, *other, *part;
    } cases[] = {{0, "73915028", "28461937", "7391"},
                 {2, "vexed quartz", "sober lizard", "vexed"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t pictures[2];
        struct buf dumps[2] = {{0}, {0}};
        for (int k = 0; k < 2; k++) {
            struct lock_bench *b =
                lock_open(390, 844, false, 1, page_with(3, cases[i].chosen, LOCK_TRY));
            lock_frames(b, 4);
            if (cases[i].chosen == 2) {
                lock_text(b, k ? cases[i].other : cases[i].one);
            } else {
                for (const char *c = k ? cases[i].other : cases[i].one; *c; c++)
                    lock_key(b, *c);
            }
            assert_string_equal(b->secret.typed, k ? cases[i].other : cases[i].one);
            b->boot = 4000; /* the caret blinks by the clock */
            lock_frames(b, 3);
            pictures[k] = picture(b->ui);
            ui_dump(b->ui, &dumps[k]);
            ui_drafts_changed(b->ui, told, NULL);
            assert_true(!ui_field_text(b->ui, "lock/words") ||
                        !*ui_field_text(b->ui, "lock/words"));
            ui_close(b->ui);
        }
        assert_null(strstr(buf_str(&dumps[0]), cases[i].part));
        assert_string_equal(buf_str(&dumps[0]), buf_str(&dumps[1]));
        assert_true(pictures[0] == pictures[1]);
        buf_release(&dumps[0]);
        buf_release(&dumps[1]);
    }
}

/* A small keyboard shows above the finger what it is on, and accents when held: not for a
 * secret. */
static void the_keyboard_tells_no_letter(void **state) {
    (void)state;
    struct lock_bench *b = lock_open(390, 844, false, 1, page_with(3, 2, LOCK_TRY));
    lock_frames(b, 4);
    uint64_t before = picture(b->ui);
    struct ui_thing e = *seen(b->ui, "e");
    touch(b->ui, SDL_FINGERDOWN, &e);
    lock_frames(b, 2);
    assert_true(picture(b->ui) == before);
    lock_frames(b, 60);
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        assert_false(strstr(t[i].state, "pressed"));
    assert_null(seen(b->ui, "\xC3\xA9"));
    touch(b->ui, SDL_FINGERUP, &e);
    lock_frames(b, 3);
    assert_string_equal(b->secret.typed, "e");
    ui_close(b->ui);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lock_looks),
        cmocka_unit_test(initials_are_chosen_with_one_tap),
        cmocka_unit_test(the_pad_and_a_real_keyboard_type_the_same),
        cmocka_unit_test(fast_typing_keeps_its_order),
        cmocka_unit_test(nobody_is_heard_while_waiting),
        cmocka_unit_test(words_and_codes_are_typed_by_letters),
        cmocka_unit_test(without_a_code_it_is_said_plainly),
        cmocka_unit_test(what_is_typed_shows_nowhere),
        cmocka_unit_test(the_keyboard_tells_no_letter),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen lock", tests, build_world, end_world);
}
