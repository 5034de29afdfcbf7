/* test_screen_pins.c -- choosing a PIN, handing over with one, who can unlock, and the lock in
 * Settings, on a tablet that is sealed and on one that is not. What is typed is in no state, no
 * draft and no dump.
 *
 * needs: app screen model ui media care sync store base
 */
#include "lock_hand.h"

#include "base/keys.h"
#include "model/home_load.h"
#include "model/people_load.h"
#include "model/pin_load.h"
#include "model/settings_load.h"
#include "store/inside.h"
#include "store/vault.h"

static struct journal *open_one, *sealed_one;
static row_id first, second, third, fourth;

/* ---- a sealed tablet of the same home ---- */

static row_id person(const char *label) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", label);
    row_text(&r, "role", label);
    row_text(&r, "side", "provider");
    assert_int_equal(journal_put_alone(sealed_one, &r), STATUS_OK);
    return r.id;
}

static int build_both(void **state) {
    static const uint8_t rest_key[32] = {7, 1, 2};
    struct reference_summary added;
    if (build_world(state)) return 1;
    key_lock_weakly_for_tests();
    open_one = world.j;
    assert_int_equal(
        journal_open(&sealed_one, &(struct journal_options){.path = scratch("sealed.db"),
                                                            .clock = clock_manual(&world.time),
                                                            .device_name = "Tablet",
                                                            .device_role = "tablet",
                                                            .rest_key = rest_key}),
        STATUS_OK);
    assert_true(journal_at_rest_sealed(sealed_one));
    assert_int_equal(reference_add_file(sealed_one, "assets/sample/sample.json", &added),
                     STATUS_OK);
    first = person("Quality lead of the region");
    second = person("Night visitor");
    third = person("Deputy for nights");
    fourth = person("Board member");
    /* The first one as sealing gives it, then as anybody does. */
    assert_int_equal(journal_begin(sealed_one), STATUS_OK);
    assert_int_equal(vault_put(sealed_one, first, "QL", "840271", rest_key), STATUS_OK);
    assert_int_equal(journal_commit(sealed_one), STATUS_OK);
    assert_int_equal(vault_set(sealed_one, second, "NV", "517394", false), STATUS_OK);
    assert_int_equal(vault_set(sealed_one, third, "DN", "never mind the rain", false),
                     STATUS_OK);
    journal_hold(sealed_one, first);
    return 0;
}

static int end_both(void **state) {
    journal_close(sealed_one);
    world.j = open_one;
    return end_world(state);
}

static void on_sealed(void) {
    world.j = sealed_one;
    world.service = query_one_int(world.j, 0, "SELECT id FROM service WHERE code = 'OAK'", 0);
}

static void on_open(void) {
    world.j = open_one;
    world.service = query_one_int(world.j, 0, "SELECT id FROM service WHERE code = 'OAK'", 0);
}

static struct place at(enum screen_id screen, row_id row, const char *word) {
    struct place p = {.screen = (int32_t)screen, .row = row};
    text_copy(p.word, sizeof p.word, word);
    return p;
}

/* ---- a bench with a keyboard on the glass ---- */

static struct bench *bench_at(const struct screen *screen, loader load, struct place p,
                              const struct look *l) {
    struct bench *b = bench_open(screen, load, p, l->w, l->h, l->night, l->text);
    b->sealed = world.j == sealed_one;
    b->loading = 1;
    return b;
}

static void key(struct bench *b, int sym) {
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.key.type = SDL_KEYDOWN;
    e.key.keysym.sym = sym;
    ui_event(b->ui, &e);
    memset(&b->last, 0, sizeof b->last);
    frames(b, 2);
}

static void digits(struct bench *b, const char *s) {
    for (; *s; s++)
        key(b, *s);
}

static void words(struct bench *b, const char *s) {
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.text.type = SDL_TEXTINPUT;
    text_copy(e.text.text, sizeof e.text.text, s);
    ui_event(b->ui, &e);
    frames(b, 2);
}

static bool in_state(const struct bench *b, const char *secret) {
    size_t n = strlen(secret);
    for (size_t i = 0; i + n <= sizeof b->state; i++)
        if (memcmp(b->state + i, secret, n) == 0) return true;
    return false;
}

static void told(void *ctx, const char *field, const char *text) {
    (void)ctx, (void)text;
    if (!text_equal(field, "pin/new_role")) fail_msg("%s became a draft", field);
}

static void nowhere(struct bench *b, const char *secret) {
    struct buf dump = {0};
    ui_dump(b->ui, &dump);
    assert_null(strstr(buf_str(&dump), secret));
    assert_false(in_state(b, secret));
    ui_drafts_changed(b->ui, told, NULL);
    buf_release(&dump);
}

/* ---- how they look ---- */

struct case_ {
    const char *name;
    const struct screen *screen;
    loader load;
    row_id row;
    const char *word, *typed;
    bool sealed, again, left, wrong;
    void (*prepare)(struct bench *b);
};

static void look_all(const struct case_ *c) {
    for (size_t i = 0; i < SIZES; i++) {
        const struct look *l = &sizes[i];
        char what[96];
        snprintf(what, sizeof what, "%s-%s", c->name, l->name);
        if (c->sealed) {
            on_sealed();
        } else {
            on_open();
        }
        struct bench *b =
            bench_at(c->screen, c->load, at(SCREEN_pin, c->row, c->word ? c->word : ""), l);
        b->left_hand = c->left;
        b->secret_wrong = c->wrong;
        frames(b, 2);
        if (c->prepare) c->prepare(b);
        if (c->typed) text_copy(b->secret.typed, sizeof b->secret.typed, c->typed);
        frames(b, 4);
        shot(b, what);
        check_page(b->ui, what, l->night);
        bench_close(b);
    }
    on_open();
}

static void second_time(struct bench *b) {
    digits(b, "840272");
    key(b, SDLK_RETURN);
    assert_non_null(find(b, NULL, "The same PIN again"));
}

static void in_words(struct bench *b) {
    tap(b, "button", "Use words instead of digits");
    frames(b, 2);
}

static void ask_to_remove(struct bench *b) {
    tap(b, "button", "Remove");
    frames(b, 3);
}

static void held_by(struct bench *b, row_id person) {
    journal_hold(sealed_one, person);
    struct load_context c = context(b->now, &b->place);
    arena_reset(&world.screen);
    assert_int_equal(b->load(&c, &world.screen, &b->model), STATUS_OK);
    frames(b, 2);
    journal_hold(sealed_one, first);
}

static void by_third(struct bench *b) {
    held_by(b, third);
}

static void by_nobody(struct bench *b) {
    held_by(b, fourth); /* has no PIN */
}

static void pin_looks(void **state) {
    (void)state;
    const struct case_ cases[] = {
        {.name = "pin-start", .word = "start", .typed = "4711"},
        {.name = "pin-simple", .word = "start", .typed = "123456", .left = true},
        {.name = "pin-confide", .word = "confide", .typed = "840272"},
        {.name = "pin-again", .word = "start", .prepare = second_time, .typed = "8402"},
        {.name = "pin-words", .word = "start", .prepare = in_words, .typed = "three dry"},
        {.name = "pin-change", .sealed = true, .row = first},
        {.name = "pin-hold", .sealed = true, .row = second, .word = "hold", .wrong = true},
        {.name = "pin-hold-words", .sealed = true, .row = third, .word = "hold"},
        {.name = "pin-hold-new", .sealed = true, .row = fourth, .word = "hold"},
        {.name = "pin-let-in", .sealed = true, .word = "let_in", .typed = "8402"},
        {.name = "pin-let-in-wrong", .sealed = true, .word = "let_in", .wrong = true},
        {.name = "pin-let-in-words", .sealed = true, .word = "let_in", .prepare = by_third},
        {.name = "pin-let-in-who", .sealed = true, .word = "let_in", .prepare = by_nobody},
        {.name = "pin-reset", .sealed = true, .word = "reset"},
        {.name = "pin-add", .sealed = true, .word = "add"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct case_ c = cases[i];
        c.screen = &screen_pin;
        c.load = pin_load;
        look_all(&c);
    }
}

static void people_look(void **state) {
    (void)state;
    look_all(&(struct case_){
        .name = "people", .screen = &screen_people, .load = people_load, .sealed = true});
    look_all(
        &(struct case_){.name = "people-none", .screen = &screen_people, .load = people_load});
    look_all(&(struct case_){.name = "people-remove",
                             .screen = &screen_people,
                             .load = people_load,
                             .prepare = ask_to_remove,
                             .sealed = true});
}

static void settings_look(void **state) {
    (void)state;
    look_all(&(struct case_){.name = "settings-sealed",
                             .screen = &screen_settings,
                             .load = settings_load,
                             .sealed = true});
    look_all(&(struct case_){
        .name = "settings-open", .screen = &screen_settings, .load = settings_load});
}

/* ---- choosing ---- */

static const struct look phone = {"phone", 390, 844, 1, false};

static void a_pin_is_typed_twice(void **state) {
    (void)state;
    on_open();
    struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "start"), &phone);
    frames(b, 2);
    assert_non_null(find(b, NULL, "If you forget it, nobody can open this tablet."));
    digits(b, "4711");
    assert_non_null(find(b, NULL, "2 more digits"));
    key(b, SDLK_RETURN); /* too short: nothing happens */
    assert_string_equal(b->secret.typed, "4711");
    digits(b, "11");
    assert_string_equal(b->secret.typed, "471111");
    assert_non_null(find(b, NULL, "Good. Go on."));
    nowhere(b, "471111");
    key(b, SDLK_RETURN);
    assert_string_equal(b->secret.first, "471111");
    assert_string_equal(b->secret.typed, "");
    nowhere(b, "471111");
    digits(b, "471112");
    key(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_none);
    assert_non_null(find(b, NULL, "The two were not the same. Please start again."));
    assert_string_equal(b->secret.first, "");
    digits(b, "471111");
    tap(b, "button", "Next");
    digits(b, "471111");
    nowhere(b, "471111");
    tap(b, "button", "Keep it");
    assert_int_equal(b->last.kind, INTENT_pin_set);
    assert_true(b->last.row == journal_holder(open_one));
    assert_string_equal(b->secret.typed, b->secret.first);
    bench_close(b);
}

static void what_is_easy_to_guess_is_not_taken(void **state) {
    (void)state;
    static const char *const easy[] = {"111111", "123456", "654321",   "890123",  "121212",
                                       "140385", "311299", "14031985", "20010911"};
    on_open();
    for (size_t i = 0; i < sizeof easy / sizeof *easy; i++) {
        struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "start"), &phone);
        frames(b, 2);
        digits(b, easy[i]);
        assert_non_null(
            find(b, NULL, "Too easy to guess. No birthday, and nothing like 123456."));
        key(b, SDLK_RETURN);
        assert_string_equal(b->secret.first, "");
        bench_close(b);
    }
}

static void words_are_as_good(void **state) {
    (void)state;
    on_open();
    struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "start"), &phone);
    frames(b, 2);
    digits(b, "47");
    in_words(b);
    assert_string_equal(b->secret.typed, ""); /* what stood there is gone */
    words(b, "rain in");
    assert_null(find(b, NULL, "Good. Go on."));
    words(b, " may");
    assert_non_null(find(b, NULL, "Good. Go on."));
    nowhere(b, "rain");
    key(b, SDLK_RETURN);
    assert_string_equal(b->secret.first, "rain in may");
    words(b, "rain in may");
    key(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_pin_set);
    nowhere(b, "rain");
    bench_close(b);
}

/* After a crash the screen comes back with its state, and the first time is gone with the
 * memory. */
static void after_a_restart_it_begins_again(void **state) {
    (void)state;
    on_open();
    struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "start"), &phone);
    frames(b, 2);
    second_time(b);
    memset(&b->secret, 0, sizeof b->secret);
    frames(b, 2);
    assert_null(find(b, NULL, "The same PIN again"));
    assert_non_null(find(b, NULL, "At least 6 digits"));
    bench_close(b);
}

static void whose_it_is_can_be_chosen(void **state) {
    (void)state;
    on_sealed();
    struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "reset"), &phone);
    frames(b, 2);
    assert_non_null(find(b, NULL, "Whose PIN was forgotten?"));
    assert_null(find(b, NULL, "Board member")); /* has none that could be forgotten */
    assert_null(find(b, NULL, "Close"));
    tap(b, "chip", "Night visitor");
    digits(b, "840272");
    key(b, SDLK_RETURN);
    digits(b, "840272");
    key(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_pin_set);
    assert_true(b->last.row == second);
    bench_close(b);
    b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "add"), &phone);
    frames(b, 2);
    assert_null(find(b, NULL, "Night visitor"));
    tap(b, "chip", "Board member");
    frames(b, 2);
    assert_non_null(find(b, NULL, "New PIN: Board member"));
    tap(b, "button", "Somebody else");
    frames(b, 2);
    ui_field_set(b->ui, "pin/new_role", "Agency nurse");
    tap(b, "field", "Another role, such as night manager");
    key(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_hold);
    bench_close(b);
    on_open();
}

static void handing_over_asks_for_theirs(void **state) {
    (void)state;
    on_sealed();
    struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, second, "hold"), &phone);
    frames(b, 2);
    assert_null(find(b, NULL, "Use words instead of digits"));
    digits(b, "123456"); /* what opens is not judged */
    key(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_pin_hold);
    assert_true(b->last.row == second);
    nowhere(b, "123456");
    b->secret_wrong = true;
    memset(&b->secret, 0, sizeof b->secret);
    frames(b, 2);
    assert_non_null(find(b, NULL, "That is not the PIN. Try again."));
    bench_close(b);
    on_open();
}

static void ones_own_pin_comes_first(void **state) {
    (void)state;
    on_sealed();
    struct bench *b = bench_at(&screen_pin, pin_load, at(SCREEN_pin, 0, "let_in"), &phone);
    frames(b, 2);
    assert_non_null(find(b, NULL, "First your own PIN"));
    assert_non_null(find(b, NULL, "The PIN of Quality lead of the region"));
    assert_null(find(b, NULL, "Use words instead of digits"));
    assert_null(find(b, NULL, "Somebody else"));
    digits(b, "840271");
    nowhere(b, "840271");
    tap(b, "button", "Go on");
    assert_int_equal(b->last.kind, INTENT_pin_hold);
    assert_true(b->last.row == first);
    memset(&b->secret, 0, sizeof b->secret);
    /* whoever holds it has none: anybody who has one, and no new role */
    by_nobody(b);
    assert_null(find(b, NULL, "Board member"));
    assert_null(find(b, NULL, "Another role, such as night manager"));
    tap(b, "chip", "Deputy for nights");
    frames(b, 2);
    words(b, "never mind the rain");
    tap(b, "button", "Somebody else");
    assert_string_equal(b->secret.typed, "");
    tap(b, "chip", "Night visitor");
    digits(b, "517394");
    key(b, SDLK_RETURN);
    assert_int_equal(b->last.kind, INTENT_pin_hold);
    assert_true(b->last.row == second);
    bench_close(b);
    on_open();
}

/* ---- who can unlock ---- */

static void people_are_changed_removed_and_added(void **state) {
    (void)state;
    on_sealed();
    struct bench *b = bench_at(&screen_people, people_load, at(SCREEN_people, 0, ""),
                               &(struct look){"tall", 1280, 2400, 1, false});
    frames(b, 3);
    const struct people_model *m = b->model;
    assert_int_equal(m->with_count, 3);
    assert_true(m->without_count >= 1 && m->holder == first && m->sealed && !m->office);
    tap(b, "button", "Change");
    assert_int_equal(b->last.to.screen, SCREEN_pin);
    assert_true(b->last.to.row == first);
    tap(b, "button", "Remove");
    frames(b, 3);
    tap(b, "button", "Cancel");
    frames(b, 3);
    assert_null(find(b, "button", "Yes, remove it"));
    tap(b, "button", "Remove");
    frames(b, 3);
    tap(b, "button", "Yes, remove it");
    assert_int_equal(b->last.kind, INTENT_pin_remove);
    assert_true(b->last.row == m->with[0].row);
    frames(b, 3);
    tap(b, "chip", "Board member");
    assert_true(b->last.to.row == fourth);
    assert_string_equal(b->last.to.word, "add");
    bench_close(b);
    on_open();
}

static void the_last_one_stays(void **state) {
    (void)state;
    on_sealed();
    assert_int_equal(vault_remove(sealed_one, third), STATUS_OK);
    assert_int_equal(vault_remove(sealed_one, second), STATUS_OK);
    struct bench *b = bench_at(&screen_people, people_load, at(SCREEN_people, 0, ""), &phone);
    frames(b, 3);
    assert_null(find(b, "button", "Remove"));
    assert_non_null(find(b, NULL, "The last PIN cannot be removed."));
    bench_close(b);
    on_open();
}

static void settings_locks_now(void **state) {
    (void)state;
    on_sealed();
    struct bench *b = bench_at(&screen_settings, settings_load, at(SCREEN_settings, 0, ""),
                               &(struct look){"tall", 1280, 3000, 1, false});
    frames(b, 3);
    tap(b, "button", "Lock now");
    assert_int_equal(b->last.kind, INTENT_lock);
    tap(b, "button", "People and PINs");
    assert_int_equal(b->last.to.screen, SCREEN_people);
    bench_close(b);
    on_open();
    b = bench_at(&screen_settings, settings_load, at(SCREEN_settings, 0, ""),
                 &(struct look){"tall", 1280, 3000, 1, false});
    frames(b, 3);
    assert_null(find(b, "button", "Lock now"));
    tap(b, "button", "Choose a PIN");
    assert_int_equal(b->last.to.screen, SCREEN_pin);
    bench_close(b);
}

static void home_says_that_older_checks_come(void **state) {
    (void)state;
    on_open();
    struct bench *b = bench_at(&screen_home, home_load, at(SCREEN_home, 0, ""), &phone);
    b->sealed = true;
    b->loading = 0.4;
    frames(b, 3);
    shot(b, "home-loading");
    assert_non_null(find(b, "label", "Older checks are being read"));
    b->loading = 1;
    frames(b, 2);
    assert_null(find(b, "label", "Older checks are being read"));
    bench_close(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pin_looks),
        cmocka_unit_test(people_look),
        cmocka_unit_test(settings_look),
        cmocka_unit_test(a_pin_is_typed_twice),
        cmocka_unit_test(what_is_easy_to_guess_is_not_taken),
        cmocka_unit_test(words_are_as_good),
        cmocka_unit_test(after_a_restart_it_begins_again),
        cmocka_unit_test(whose_it_is_can_be_chosen),
        cmocka_unit_test(handing_over_asks_for_theirs),
        cmocka_unit_test(ones_own_pin_comes_first),
        cmocka_unit_test(people_are_changed_removed_and_added),
        cmocka_unit_test(the_last_one_stays),
        cmocka_unit_test(settings_locks_now),
        cmocka_unit_test(home_says_that_older_checks_come),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen pins", tests, build_both, end_both);
}
