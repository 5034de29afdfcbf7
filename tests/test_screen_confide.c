/* test_screen_confide.c -- what a worker says, and what is seen of one worker, for one reader
 * only: the route before the box, nothing in the open record, danger without a word.
 * needs: app screen model ui media care sync store base */
#include "confide_hand.h"

#define WORDS "We are told to sign for turns that nobody did."

static row_id provider, outside;

static int build(void **state) {
    uint8_t secret[KEY_BYTES];
    build_world(state);
    provider = add_reader("NI", "Nominated individual", true, secret);
    outside = add_reader("SUG", "Speak-up guardian of the group", false, secret);
    return 0;
}

static int fresh_bench(void **state) {
    (void)state;
    bench_sealed = true;
    bench_sample = bench_notes = false;
    return 0;
}

static struct bench *staff(void) {
    struct bench *b =
        open_wide(&screen_heard, heard_load_here, (struct place){.screen = SCREEN_heard}, true);
    tap(b, "button", "Staff");
    frames(b, 2);
    return b;
}

static void route_provider(struct bench *b) {
    tap(b, "button", "Staff");
    struct heard_state *st = (struct heard_state *)(void *)b->state;
    st->speaker = SPEAKER_STAFF;
    st->confide.route = ROUTE_PROVIDER;
    say(b, "heard", "text", WORDS);
}

static void conduct(struct bench *b) {
    struct saw_state *st = (struct saw_state *)(void *)b->state;
    st->conduct = 1;
    st->break_asked = 2;
    say(b, "saw", "text", "Asleep in the lounge chair under a blanket, the bell ringing.");
    say(b, "saw", "from", "02:10");
    say(b, "saw", "until", "02:35");
}

static void read_mine(struct bench *b) {
    struct heard_state *st = (struct heard_state *)(void *)b->state;
    st->confide.reading = 1;
}

static void tell_first(struct bench *b) {
    struct heard_state *st = (struct heard_state *)(void *)b->state;
    route_provider(b);
    st->confide.telling = 1;
}

static void pin_first(struct bench *b) {
    struct heard_state *st = (struct heard_state *)(void *)b->state;
    st->speaker = SPEAKER_STAFF;
    st->confide.route = ROUTE_NAMED;
}

static void it_looks_right(void **state) {
    (void)state;
    const struct place heard = {.screen = SCREEN_heard}, saw = {.screen = SCREEN_saw};
    look_at(&screen_heard, heard_load_here, heard, "confide", route_provider);
    look_at(&screen_saw, saw_load_here, saw, "conduct", conduct);
    look_at(&screen_heard, heard_load_here, heard, "tell-first", tell_first);
    tall_shots(&screen_heard, heard_load_here, "confide", route_provider);
    tall_shots(&screen_saw, saw_load_here, "conduct", conduct);
    bench_notes = true;
    look_at(&screen_heard, heard_load_here, heard, "mine", read_mine);
    bench_sealed = false;
    tall_shots(&screen_heard, heard_load_here, "pin-first", pin_first);
    tall_shots(&screen_saw, saw_load_here, "conduct-pin", conduct);
    bench_sample = true;
    tall_shots(&screen_heard, heard_load_here, "sample", pin_first);
}

static void the_route_comes_before_the_box(void **state) {
    (void)state;
    struct bench *b = staff();
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    tap(b, "button", "Provider only");
    frames(b, 2);
    assert_true(has_field(b));
    assert_non_null(find(b, "label", "For Nominated individual only"));
    assert_non_null(strstr(find(b, "button", "Keep")->state, "disabled"));
    assert_null(find(b, "button", "Voice"));
    say(b, "heard", "text", WORDS);
    say(b, "heard", "how", "by letter");
    tap(b, "chip", "Harm likely");
    tap(b, "button", "Keep");
    const struct confide_intent *k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_confide);
    assert_int_equal(k->reader, provider);
    assert_int_equal(k->service, world.service);
    assert_string_equal(k->about, "staff_said");
    assert_string_equal(k->text, WORDS);
    assert_string_equal(k->answer_how, "by letter");
    assert_string_equal(k->role, "");
    assert_int_equal(k->severity, 3);
    assert_string_equal(b->last.undo, "heard.kept");
    assert_true(b->last.back_after);
    char prefix[80];
    snprintf(prefix, sizeof prefix, "confide/%lld/heard/0/",
             (long long)journal_holder(world.j));
    assert_string_equal(b->last.draft, prefix);
    tap(b, "button", "Close"); /* leaving loses nothing that may be kept */
    assert_int_equal(b->last.kind, INTENT_confide);
    bench_close(b);
}

static void somebody_outside_may_read_it_instead(void **state) {
    (void)state;
    struct bench *b = staff();
    tap(b, "button", "A named person outside this home");
    say(b, "heard", "text", WORDS);
    tap(b, "button", "Keep");
    assert_int_equal(((const struct confide_intent *)b->last.detail)->reader, outside);
    bench_close(b);
}

static void of_several_readers_one_is_chosen(void **state) {
    (void)state;
    uint8_t secret[KEY_BYTES];
    row_id second = add_reader("DIR", "Director of care", true, secret);
    struct bench *b = staff();
    tap(b, "button", "Provider only");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    tap(b, "chip", "Director of care");
    frames(b, 2);
    say(b, "heard", "text", WORDS);
    tap(b, "button", "Keep");
    assert_int_equal(((const struct confide_intent *)b->last.detail)->reader, second);
    bench_close(b);
    end_reader(second); /* and is asked for no more */
    b = staff();
    tap(b, "button", "Provider only");
    frames(b, 2);
    assert_true(has_field(b));
    bench_close(b);
}

static void do_not_keep_it_takes_every_word_away(void **state) {
    (void)state;
    struct bench *b = staff();
    tap(b, "button", "Provider only");
    say(b, "heard", "text", WORDS);
    say(b, "heard", "role", "night carer");
    tap(b, "button", "Do not keep it, tell me how to speak up");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    assert_string_equal(typed(b, "heard", "text"), "");
    assert_string_equal(typed(b, "heard", "role"), "");
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    bench_close(b);
}

static void another_speaker_finds_no_word_of_it(void **state) {
    (void)state;
    struct bench *b = staff();
    tap(b, "button", "Provider only");
    say(b, "heard", "text", WORDS);
    tap(b, "button", "Visitor");
    frames(b, 2);
    assert_string_equal(typed(b, "heard", "text"), "");
    const char *open = ui_field_text(b->ui, "heard/0/said//text");
    assert_true(!open || !*open);
    bench_close(b);
}

static void another_holder_finds_no_word_of_it(void **state) {
    (void)state;
    struct bench *b = staff();
    tap(b, "button", "Provider only");
    say(b, "heard", "text", WORDS);
    ((struct heard_model *)(uintptr_t)b->model)->confide.holder++;
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Provider only")); /* nor that a worker spoke */
    ((struct heard_model *)(uintptr_t)b->model)->confide.holder--;
    frames(b, 2);
    tap(b, "button", "Staff");
    tap(b, "button", "Provider only");
    frames(b, 2);
    assert_string_equal(typed(b, "heard", "text"), WORDS); /* the writer's own is still there */
    bench_close(b);
}

static void danger_is_passed_on_without_a_word(void **state) {
    (void)state;
    struct bench *b = staff();
    tap(b, "button", "Provider only");
    say(b, "heard", "text", WORDS);
    tap(b, "button", "May someone be in danger?");
    frames(b, 3);
    assert_non_null(find(b, "label",
                         "Say: “Someone may be in danger, so I have to pass this on "
                         "now. I won’t say who told me.”"));
    tap(b, "button", "I have told them");
    assert_int_equal(b->last.kind, INTENT_danger_open);
    assert_null(b->last.text);
    assert_null(b->last.detail);
    assert_int_equal(b->last.other, 0);
    frames(b, 3);
    tap(b, "button", "Keep");
    assert_int_equal(((const struct confide_intent *)b->last.detail)->severity, 4);
    bench_close(b);
}

static void without_a_pin_nothing_is_typed(void **state) {
    (void)state;
    bench_sealed = false;
    struct bench *b = staff();
    tap(b, "button", "Provider only");
    frames(b, 2);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Keep"));
    tap(b, "button", "Choose a PIN first");
    assert_int_equal(b->last.kind, INTENT_go);
    assert_int_equal(b->last.to.screen, SCREEN_pin);
    assert_string_equal(b->last.to.word, "confide");
    tap(b, "button", "Do not keep it, tell me how to speak up");
    frames(b, 2);
    assert_null(find(b, "button", "Choose a PIN first"));
    assert_non_null(find(b, "label", "03000 616161"));
    bench_close(b);
}

static void the_sample_keeps_nothing(void **state) {
    (void)state;
    bench_sealed = false, bench_sample = true;
    struct bench *b = staff();
    assert_non_null(strstr(find(b, "button", "Provider only")->state, "disabled"));
    assert_string_equal(find(b, "button", "Provider only")->value,
                        "Not in the sample. A tablet of your own can keep it.");
    tap(b, "button", "Do not keep it, tell me how to speak up");
    assert_false(has_field(b));
    bench_close(b);
}

static void nobody_named_is_said_plainly(void **state) {
    (void)state;
    end_reader(provider);
    end_reader(outside);
    struct bench *b = staff();
    assert_non_null(strstr(find(b, "button", "Provider only")->state, "disabled"));
    assert_string_equal(find(b, "button", "Provider only")->value,
                        "Your office has not named anybody who may read this yet");
    assert_non_null(
        strstr(find(b, "button", "A named person outside this home")->state, "disabled"));
    assert_null(strstr(find(b, "button", "Do not keep it, tell me how to speak up")->state,
                       "disabled"));
    assert_non_null(find(b, "label", "03000 616161"));
    bench_close(b);
}

/* ---- about one worker ---- */

static struct bench *about_a_worker(const char *typed_before) {
    struct bench *b =
        open_wide(&screen_saw, saw_load_here, (struct place){.screen = SCREEN_saw}, true);
    tap(b, "button", "Concern");
    ui_field_set(b->ui, "saw/0//text", typed_before);
    frame(b);
    tap(b, "toggle", "This is about how one worker behaved");
    frames(b, 2);
    return b;
}

static void conduct_is_for_the_provider_only(void **state) {
    (void)state;
    struct bench *b = about_a_worker("Asleep in a chair");
    assert_string_equal(ui_field_text(b->ui, "saw/0//text"), "");
    assert_string_equal(typed(b, "saw", "text"), "Asleep in a chair");
    assert_non_null(find(
        b, "label", "Someone asleep? Wake them, kindly. People who live here come first."));
    say(b, "saw", "from", "02:10");
    say(b, "saw", "until", "02:35");
    say(b, "saw", "said", "I only closed my eyes.");
    say(b, "saw", "witness", "the other night carer");
    tap(b, "chip", "I asked: no");
    tap(b, "button", "Keep");
    const struct confide_intent *k = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_confide);
    assert_int_equal(k->reader, provider);
    assert_string_equal(k->about, "worker_conduct");
    assert_string_equal(k->text, "Asleep in a chair");
    assert_string_equal(k->from, "02:10");
    assert_string_equal(k->until, "02:35");
    assert_string_equal(k->break_asked, "I asked: no");
    assert_string_equal(k->they_said, "I only closed my eyes.");
    assert_string_equal(k->witness, "the other night carer");
    tap(b, NULL, "Someone at risk right now?");
    assert_int_equal(b->last.kind, INTENT_danger_open);
    assert_null(b->last.text);
    bench_close(b);
}

static void turned_off_again_nothing_of_it_is_in_the_open_record(void **state) {
    (void)state;
    struct bench *b = about_a_worker("Asleep in a chair");
    tap(b, "toggle", "This is about how one worker behaved");
    frames(b, 2);
    assert_string_equal(ui_field_text(b->ui, "saw/0//text"), "");
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_back);
    frames(b, 2);
    assert_string_equal(typed(b, "saw", "text"), "");
    bench_close(b);
}

#define TEST(f) cmocka_unit_test_setup(f, fresh_bench)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(it_looks_right),
        TEST(the_route_comes_before_the_box),
        TEST(somebody_outside_may_read_it_instead),
        TEST(of_several_readers_one_is_chosen),
        TEST(do_not_keep_it_takes_every_word_away),
        TEST(another_speaker_finds_no_word_of_it),
        TEST(another_holder_finds_no_word_of_it),
        TEST(danger_is_passed_on_without_a_word),
        TEST(without_a_pin_nothing_is_typed),
        TEST(the_sample_keeps_nothing),
        TEST(conduct_is_for_the_provider_only),
        TEST(turned_off_again_nothing_of_it_is_in_the_open_record),
        TEST(nobody_named_is_said_plainly),
        TEST(figures),
    };
    return cmocka_run_group_tests_name("screen confide", tests, build, end_world);
}
