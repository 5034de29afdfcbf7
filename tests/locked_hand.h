/* locked_hand.h -- a sealed tablet under a finger, for tests: two people with a PIN each, the
 * lock page, letting in. */
#ifndef TESTS_LOCKED_HAND_H
#define TESTS_LOCKED_HAND_H

#include "app_hand.h"

#include "app/app_state.h"
#include "base/keys.h"
#include "store/inside.h"
#include "store/vault.h"

#define PIN_LEAD     HAND_PIN
#define PIN_DIRECTOR "815264"

static const uint8_t lock_key[32] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};

static inline row_id lock_person(struct journal *j, const char *label) {
    struct query q;
    row_id found = 0;
    query_open(&q, j, "SELECT id FROM person WHERE label = ?1", 0);
    query_bind_text(&q, 1, label);
    if (query_next(&q)) found = query_int(&q, 0);
    OK(query_close(&q));
    return found;
}

/* The journal beside the app: only while the app is closed or locked. */
static inline struct journal *lock_journal(const char *dir) {
    struct journal *j = NULL;
    OK(journal_open(&j,
                    &(struct journal_options){.path = path_join(&hand_life, dir, "lantern.db"),
                                              .clock = clock_manual(&hand_time),
                                              .device_name = "Tablet",
                                              .device_role = "tablet",
                                              .rest_key = lock_key}));
    assert_true(journal_at_rest_sealed(j));
    return j;
}

/* A sealed tablet that knows the sample provider: Quality lead has a PIN, and with `two`
 * Operations director as well. */
static inline void lock_new_tablet(const char *dir, bool two) {
    struct reference_summary added;
    OK(file_make_dirs(dir));
    key_lock_weakly_for_tests();
    hand_time = (struct clock_manual){.wall_ms = NIGHT_0241, .boot_ms = 1000000};
    struct journal *j = lock_journal(dir);
    OK(reference_add_file(j, path_join(&hand_life, hand_assets(), "sample/sample.json"),
                          &added));
    OK(journal_begin(j));
    OK(vault_put(j, lock_person(j, "Quality lead"), "QL", PIN_LEAD, lock_key));
    OK(journal_commit(j));
    if (two) OK(vault_set(j, lock_person(j, "Operations director"), "OD", PIN_DIRECTOR, false));
    journal_close(j);
}

static inline char *lock_dir(const char *name, bool two) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    lock_new_tablet(dir, two);
    hand_open_locked(dir);
    return dir;
}

static inline const char *lock_at(void) {
    return app_screen_name(hand_app);
}

static inline void lock_frame_once(void) {
    int wait = 0;
    assert_true(app_frame(hand_app, &wait));
}

static inline void lock_act(struct intent in) {
    app_act(hand_app, &in);
}

static inline void lock_type(const char *pin) {
    struct secret *k = &hand_app->room->secret;
    text_copy(k->first, sizeof k->first, pin);
    text_copy(k->typed, sizeof k->typed, pin);
}

/* To People and PINs, with the PIN of whoever holds the tablet. */
static inline void lock_open_gate(const char *pin) {
    lock_act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_people}});
    lock_frame_once();
    assert_string_equal(lock_at(), "pin");
    lock_type(pin);
    lock_act(
        (struct intent){.kind = INTENT_pin_hold, .row = journal_holder(app_journal(hand_app))});
    for (int i = 0; i < 10 && hand_app->lock.work; i++)
        lock_frame_once();
    lock_frame_once();
    assert_string_equal(lock_at(), "people");
    assert_true(gate_open(hand_app));
}

static inline void lock_pass(int64_t ms) {
    hand_time.wall_ms += ms;
    hand_time.boot_ms += ms;
}

static inline int64_t lock_events(const char *sort) {
    return hand_count(arena_printf(
        &hand_life, "SELECT count(*) FROM event WHERE sort = '%s' AND withdrawn = 0", sort));
}

static const char lock_start_check[] = "tap \"Start a night spot check\"\ntap \"Core\"\n"
                                       "tap \"Start\" #1\ntap \"Yes, 02:41\"\nscreen walk\n";

#endif
