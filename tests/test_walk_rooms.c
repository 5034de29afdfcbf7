/* test_walk_rooms.c -- rooms drawn fairly, and what is left out with its reason.
 * needs: app screen model ui media sync care store base */
#include "walk_hand.h"

#include "care/rules.h"

/* Anybody can repeat the draw from the seed that was kept. */
static void rooms_are_drawn_fairly_and_at_most_six(void **state) {
    (void)state;
    for (int i = 1; i <= 17; i++) {
        char name[24];
        snprintf(name, sizeof name, "Room %d", i);
        add_area(name, i);
    }
    begin("NIGHT", "standard", "rooms");
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = "rooms"});
    const struct walk_section *s = section("rooms");
    assert_int_equal(s->rooms_count, 6);
    assert_int_equal(s->sample_pool, 17);
    int drawn[6];
    assert_int_equal(draw_fairly((uint64_t)s->sample_seed, 17, 6, drawn), 6);
    for (int i = 0; i < 6; i++) {
        char name[24];
        snprintf(name, sizeof name, "Room %d", drawn[i] + 1);
        assert_string_equal(s->rooms[i].label, name);
    }
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = "rooms"});
    assert_int_equal(section("rooms")->rooms_count, 6); /* never more than six at night */
    row_id room = section("rooms")->rooms[0].row;
    int wanted = section("rooms")->wanted;
    assert_int_equal(wanted, 6 * 5);
    act((struct intent){
        .kind = INTENT_room_change, .row = room, .word = "not_entered", .text = "asleep"});
    assert_int_equal(section("rooms")->wanted,
                     wanted - 5); /* not entered: nothing is asked about it */
    room = section("rooms")->rooms[1].row;
    struct answer_intent a = {.visit = visit,
                              .room = room,
                              .item = "N20",
                              .part = "",
                              .set_word = true,
                              .word = "met"};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_int_equal(item_in("N20", room)->verdict, VERDICT_GOOD);
    assert_int_equal(item_in("N20", section("rooms")->rooms[2].row)->verdict, VERDICT_NONE);
}

static void one_reason_for_all_that_is_left(void **state) {
    (void)state;
    begin("NIGHT", "core", "");
    act((struct intent){.kind = INTENT_unanswered,
                        .row = visit,
                        .text = "round",
                        .word = "staff_busy",
                        .number = 7});
    assert_string_equal(section("round")->left_reason, "staff_busy");
    act((struct intent){.kind = INTENT_unanswered,
                        .row = visit,
                        .text = "round",
                        .word = "no_time",
                        .number = 7});
    assert_string_equal(section("round")->left_reason, "no_time");
    assert_int_equal(count("SELECT count(*) FROM unanswered WHERE withdrawn = 0"), 1);
    act((struct intent){.kind = INTENT_unanswered, .row = visit, .text = "round"});
    assert_null(section("round")->left_reason);
}

static void skipping_for_both_workers_is_no_failure(void **state) {
    (void)state;
    begin("NIGHT", "standard", "calls");
    struct answer_intent a = {
        .visit = visit, .item = "N17", .part = "", .set_skip = true, .skip = "both_workers"};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_true(item_in("N17", 0)->skipped);
    assert_int_equal(item_in("N17", 0)->verdict, VERDICT_NOT_SEEN);
    assert_int_equal(walk()->concerns, 0);
    act((struct intent){.kind = INTENT_answer_clear, .row = visit, .word = "N17"});
    assert_false(item_in("N17", 0)->skipped);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(rooms_are_drawn_fairly_and_at_most_six),
        WALK(one_reason_for_all_that_is_left),
        WALK(skipping_for_both_workers_is_no_failure),
    };
    return cmocka_run_group_tests_name("walk rooms", tests, NULL, NULL);
}
