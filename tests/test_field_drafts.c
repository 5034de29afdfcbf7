/* test_field_drafts.c -- what a screen is told of its text fields, and drafts that last.
 * needs: ui base */
#include "field_hand.h"

static void left_is_told_once_each_way(void **state) {
    (void)state;
    focus_note();
    type("abc");
    assert_int_equal(left, 0);
    wait_ms(4500);
    assert_int_equal(left, 0);
    wait_ms(1000);
    assert_int_equal(left, 1); /* five seconds of rest */
    assert_string_equal(last_left, "abc");
    wait_ms(10000);
    assert_int_equal(left, 1);
    type("d");
    tap(200, 590); /* the focus went */
    assert_int_equal(left, 2);
    focus_note();
    type("e");
    ui_leave_fields(hand.u);
    frame();
    assert_int_equal(left, 3);
    assert_string_equal(last_left, "abcde");
    frame();
    assert_int_equal(left, 3);
    key(SDLK_LEFT, 0); /* moving is no change */
    wait_ms(6000);
    assert_int_equal(left, 3);
    press_key(SDLK_ESCAPE, 0);
    frame();
    frame();
    assert_false(has_state(thing_named("field", "Note"), "focus"));
    assert_int_equal(closed, 0); /* the first Esc leaves the field, the next goes back */
    press_key(SDLK_ESCAPE, 0);
    frame();
    assert_int_equal(closed, 1);
}

static void a_frame_wakes_for_left(void **state) {
    (void)state;
    focus_note();
    type("x");
    int64_t slept = 0;
    while (!left && slept < 10000) {
        int wait = ui_wait_ms(hand.u);
        assert_true(wait >= 0);
        slept += wait ? wait : 1;
        frame_after(wait ? wait : 1);
    }
    assert_in_range(slept, 4900, 5100);
}

static int drafts;
static char draft[256];
static void keep_draft(void *ctx, const char *key_name, const char *s) {
    (void)ctx;
    drafts++;
    snprintf(draft, sizeof draft, "%s=%s", key_name, s);
}

static void drafts_come_and_go(void **state) {
    (void)state;
    drafts = 0;
    ui_drafts_changed(hand.u, keep_draft, NULL);
    assert_int_equal(drafts, 0);
    focus_note();
    type("hal");
    ui_drafts_changed(hand.u, keep_draft, NULL);
    assert_int_equal(drafts, 1);
    assert_string_equal(draft, "note=hal");
    ui_drafts_changed(hand.u, keep_draft, NULL);
    assert_int_equal(drafts, 1);
    initial = "hal"; /* it became a record: the model has it now */
    ui_field_forget(hand.u, "not");
    frame();
    assert_string_equal(text("note"), "hal");
    type("f");
    assert_string_equal(text("note"), "half"); /* the caret stayed behind the l */
    tap(200, 590);
    ui_field_forget(hand.u, "note");
    initial = "from the journal";
    frame();
    assert_string_equal(text("note"), "from the journal");
    initial = "changed by somebody else";
    frame();
    assert_string_equal(text("note"), "changed by somebody else");
    focus_note();
    key(SDLK_END, KMOD_CTRL);
    type("!");
    initial = "again";
    frame();
    assert_string_equal(text("note"), "changed by somebody else!"); /* own words win */
}

static void a_preloaded_draft_wins(void **state) {
    (void)state;
    hand_close();
    hand_open(400, 600, 1, page);
    initial = "as recorded";
    ui_field_preload(hand.u, "note", "what was under the finger");
    frame();
    assert_string_equal(text("note"), "what was under the finger");
    frame();
    assert_int_equal(left, 1); /* it is not recorded yet */
    ui_field_set(hand.u, "note", "a phrase");
    ui_field_append(hand.u, "note", " and more");
    frame();
    assert_string_equal(text("note"), "a phrase and more");
    focus_note();
    key(SDLK_z, KMOD_CTRL);
    key(SDLK_z, KMOD_CTRL);
    assert_string_equal(text("note"), "what was under the finger");
}

/* What a field may hold is known when it is shown; until then nothing is cut off. */
static void a_field_not_shown_yet_keeps_all(void **state) {
    (void)state;
    static char words_9000[9001];
    memset(words_9000, 'x', 9000);
    hand_close();
    hand_open(400, 600, 1, page);
    ui_field_set(hand.u, "note", words_9000);
    ui_field_append(hand.u, "note", "and the end");
    frame();
    assert_int_equal(strlen(text("note")), 9011);
    assert_string_equal(text("note") + 9000, "and the end");
}

static int many_of;
static void many(struct ui *u) {
    char name[200];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "key/%d/%0150d", many_of + i, i);
        ui_field(u, rect_make(10, 10 + 60 * (float)i, 300, 56),
                 &(struct field){.key = name, .lines = 1, .initial = "first"});
    }
}

static void the_pool_never_loses_words(void **state) {
    (void)state;
    char name[200];
    hand_close();
    hand_open(400, 600, 1, many);
    for (many_of = 0; many_of < 900; many_of += 3) {
        frame();
        snprintf(name, sizeof name, "key/%d/%0150d", many_of, 0);
        if (many_of % 2 == 0) ui_field_set(hand.u, name, "unsaved");
        if (many_of % 4 == 0) frame(); /* `left` is told, the draft table is not */
    }
    for (int i = 0; i < 900; i += 6) {
        snprintf(name, sizeof name, "key/%d/%0150d", i, 0);
        const char *s = ui_field_text(hand.u, name);
        if (!s || strcmp(s, "unsaved") != 0) fail_msg("field %d has lost its words", i);
    }
    int kept = hand.u->fields->entry_count;
    printf("figure: 900 fields shown, 150 unsaved ones kept, %d places\n", kept);
    assert_true(kept < 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FIELD_TEST(left_is_told_once_each_way),
        FIELD_TEST(a_frame_wakes_for_left),
        FIELD_TEST(drafts_come_and_go),
        FIELD_TEST(a_preloaded_draft_wins),
        FIELD_TEST(a_field_not_shown_yet_keeps_all),
        FIELD_TEST(the_pool_never_loses_words),
    };
    return cmocka_run_group_tests_name("field drafts", tests, load_words, close_words);
}
