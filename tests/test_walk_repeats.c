/* test_walk_repeats.c -- records, workers and calls that are numbered and drawn fairly, several
 * stopwatches at once, and answers that are measured against the day of the check.
 * needs: app screen model ui media sync care store base */
#include "walk_hand.h"

#include "base/hash.h"
#include "care/rules.h"
#include "model/walk_load.h"

static void add_one(const char *in) {
    act((struct intent){.kind = INTENT_room_add, .row = visit, .text2 = in});
}

static void records_are_numbered_and_never_named(void **state) {
    (void)state;
    begin("MEDS", "full", "");
    const char *id = NULL;
    for (int i = 0; i < walk()->sections_count && !id; i++)
        if (walk()->sections[i].section->repeats) id = walk()->sections[i].section->id;
    assert_non_null(id);
    assert_false(section_of_rooms(section(id)->section));
    assert_int_equal(section(id)->items_count, 0);
    add_one(id);
    add_one(id);
    const struct walk_section *s = section(id);
    assert_int_equal(s->rooms_count, 2);
    assert_string_equal(s->rooms[0].label, "Record 1");
    assert_string_equal(s->rooms[1].label, "Record 2");
    assert_true(s->wanted > 0 && s->wanted == 2 * s->rooms[0].wanted); /* asked at once */
    act((struct intent){.kind = INTENT_room_remove, .row = s->rooms[1].row});
    assert_int_equal(section(id)->rooms_count, 1);
    add_one(id);
    assert_string_equal(section(id)->rooms[1].label, "Record 3"); /* no number comes twice */
    int most = section(id)->section->repeat_most;
    for (int i = 0; i < most + 3; i++)
        add_one(id);
    assert_int_equal(section(id)->rooms_count, most);
    assert_int_equal(count("SELECT count(*) FROM room WHERE area IS NOT NULL"), 0);
}

/* Anybody can repeat the draw: list, seed, and what was taken before it are on the record. */
static void numbers_are_drawn_fairly_from_a_list(void **state) {
    (void)state;
    begin("FILE", "full", "");
    const char *id = NULL;
    for (int i = 0; i < walk()->sections_count && !id; i++)
        if (walk()->sections[i].section->repeats) id = walk()->sections[i].section->id;
    assert_non_null(id);
    int most = section(id)->section->repeat_most, drawn[40];
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = id, .number = 3});
    const struct walk_section *s = section(id);
    assert_int_equal(s->rooms_count, 3); /* a short list is taken whole */
    assert_int_equal(s->sample_pool, 3);
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = id, .number = 40});
    s = section(id);
    assert_int_equal(s->rooms_count, most);
    assert_int_equal(s->sample_pool, 37); /* one to three were taken already */
    assert_int_equal(draw_fairly((uint64_t)s->sample_seed, 37, most - 3, drawn), most - 3);
    for (int i = 3; i < most; i++) {
        assert_int_equal(s->rooms[i].number, drawn[i - 3] + 1 + 3);
        struct arena a = {0};
        assert_string_equal(s->rooms[i].label,
                            arena_printf(&a, "Worker %d · no. %d", i + 1, s->rooms[i].number));
        arena_release(&a);
    }
    act((struct intent){.kind = INTENT_room_draw, .row = visit, .text = id, .number = 40});
    assert_int_equal(section(id)->rooms_count, most);
    assert_int_equal(count("SELECT count(*) FROM sample WHERE pool = '4-40'"), 1);
}

/* Nobody draws until the answer suits: the same list stays as it was drawn. */
static void a_list_is_drawn_once(void **state) {
    (void)state;
    const struct walk_item *found = NULL;
    int at = 0;
    static const char *const forms[] = {"ACT", "COMM", "COMP", "ENV", "EOL", "GOV", "HLTH"};
    for (size_t f = 0; f < sizeof forms / sizeof *forms && !found; f++) {
        begin(forms[f], "full", "");
        for (int s = 0; s < walk()->sections_count && !found; s++)
            for (int i = 0; i < walk()->sections[s].items_count && !found; i++)
                for (int k = 0; k < walk()->sections[s].items[i].parts_count; k++)
                    if (walk()->sections[s].items[i].parts[k].part->kind == PART_DRAW)
                        found = &walk()->sections[s].items[i], at = k;
    }
    assert_non_null(found);
    struct answer_intent a = {.visit = visit,
                              .item = found->item->id,
                              .part = found->parts[at].part->id,
                              .set_list = true,
                              .list = "pool=40"};
    char first[200];
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    snprintf(first, sizeof first, "%s", part(a.item, a.part)->answer->value.list);
    assert_true(text_starts(first, "pool=40,seed="));
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_string_equal(part(a.item, a.part)->answer->value.list, first);
    a.list = "pool=41";
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_string_not_equal(part(a.item, a.part)->answer->value.list, first);
}

static void pools_are_counted(void **state) {
    (void)state;
    assert_int_equal(pool_size("Room 1,Room 2"), 2);
    assert_int_equal(pool_size("1-40"), 40);
    assert_int_equal(pool_size("1-2,4,6-40"), 38);
    assert_int_equal(pool_size("4-2"), 1);
    assert_int_equal(pool_size("1-2-3"), 1);
    assert_int_equal(pool_size(""), 0);
    assert_int_equal(pool_size(NULL), 0);
}

static struct intent start_at(row_id room) {
    return (struct intent){.kind = INTENT_timing_start,
                           .row = visit,
                           .number = room,
                           .word = "BL05",
                           .word2 = "wait",
                           .text = "Bell"};
}

static const struct walk_part *wait_of(int call) {
    const struct walk_section *s = section("calls");
    return &item_in("BL05", s->rooms[call].row)->parts[0];
}

/* Two bells ring: each has its watch, its call and its time. */
static void two_bells_are_timed_at_once(void **state) {
    (void)state;
    begin("BELL", "full", "");
    add_one("calls");
    add_one("calls");
    assert_string_equal(section("calls")->rooms[1].label, "Call 2");
    act(start_at(section("calls")->rooms[0].row));
    pass(40000);
    act(start_at(section("calls")->rooms[1].row));
    pass(20000);
    frame();
    assert_int_equal(app->scene.running_count, 2);
    act((struct intent){.kind = INTENT_room_remove, .row = section("calls")->rooms[0].row});
    assert_int_equal(section("calls")->rooms_count, 2); /* a bell runs for it */
    assert_true(wait_of(0)->timing->running && wait_of(1)->timing->running);
    assert_true(wait_of(0)->timing->row != wait_of(1)->timing->row);
    act((struct intent){
        .kind = INTENT_timing_stop, .row = wait_of(0)->timing->row, .word = "staff_came"});
    assert_int_equal(app->scene.running_count, 1); /* the other runs on, on every screen */
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_saw, .row = visit}});
    assert_string_equal(app_screen_name(app), "saw");
    assert_int_equal(app->scene.running_count, 1);
    pass(30000);
    act((struct intent){.kind = INTENT_back});
    act((struct intent){
        .kind = INTENT_timing_stop, .row = wait_of(1)->timing->row, .word = "went_in"});
    assert_int_equal(wait_of(0)->answer->value.number, 60000);
    assert_int_equal(wait_of(1)->answer->value.number, 50000);
    assert_int_equal(app->scene.running_count, 0);
}

/* What depends on an answer looks at the same call first. */
static void conditions_look_within_the_same_call(void **state) {
    (void)state;
    begin("BELL", "full", "");
    add_one("calls");
    add_one("calls");
    row_id first = section("calls")->rooms[0].row, second = section("calls")->rooms[1].row;
    struct answer_intent a = {.visit = visit,
                              .room = second,
                              .item = "BL05",
                              .part = "two",
                              .set_word = true,
                              .word = "two"};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
    assert_true(item_in("BL06", second)->shown);
    assert_false(item_in("BL06", first)->shown);
}

/* ---- what is kept between two reloads ---- */

static void same_answer(const struct walk_part *kept, const struct walk_part *fresh) {
    assert_int_equal(kept->verdict, fresh->verdict);
    assert_int_equal(kept->answered, fresh->answered);
    assert_int_equal(!kept->answer, !fresh->answer);
    if (!kept->answer) return;
    assert_int_equal(kept->answer->row, fresh->answer->row);
    assert_string_equal(kept->answer->value.word, fresh->answer->value.word);
    assert_string_equal(kept->answer->note, fresh->answer->note);
    assert_int_equal(kept->answer->made, fresh->answer->made);
    assert_int_equal(kept->answer->changes_count, fresh->answer->changes_count);
}

static int same_as_read_anew(void) {
    struct arena a = {0};
    struct load_context c = app_context(app);
    const void *model = NULL;
    int answers = 0;
    c.walked = NULL;
    assert_int_equal(walk_load(&c, &a, &model), STATUS_OK);
    const struct walk_model *fresh = model, *kept = walk();
    assert_int_equal(fresh->sections_count, kept->sections_count);
    for (int s = 0; s < fresh->sections_count; s++) {
        const struct walk_section *x = &kept->sections[s], *y = &fresh->sections[s];
        assert_int_equal(x->items_count, y->items_count);
        assert_true(x->answered == y->answered && x->wanted == y->wanted);
        assert_int_equal(x->used_ms, y->used_ms);
        for (int i = 0; i < y->items_count; i++)
            for (int k = 0; k < y->items[i].parts_count; k++) {
                same_answer(&x->items[i].parts[k], &y->items[i].parts[k]);
                answers += y->items[i].parts[k].answer != NULL;
            }
    }
    arena_release(&a);
    return answers;
}

/* However answers come, change and go again, the model is what it would be read anew. */
static void what_is_kept_is_what_would_be_read(void **state) {
    (void)state;
    static const char *const items[] = {"W01", "W02", "W03", "W04", "W05", "W06"};
    static const char *const said[] = {"met", "partly", "not_met", "not_seen"};
    draw d = {20261122};
    int most = 0;
    begin("WALK", "full", "");
    for (int i = 0; i < 250; i++) {
        const char *item = items[draw_below(&d, 6)];
        struct answer_intent a = {.visit = visit, .item = item, .part = ""};
        if (!template_item(walk()->form, item)) continue;
        a.part = template_item(walk()->form, item)->parts[0].id;
        a.set_word = true;
        a.word = said[draw_below(&d, 4)];
        if (draw_below(&d, 4) == 0) a.set_note = true, a.note = "By the door";
        pass(1000 * (1 + (int64_t)draw_below(&d, 90)));
        if (draw_below(&d, 5) == 0)
            act((struct intent){.kind = INTENT_answer_clear, .row = visit, .word = item});
        else
            act((struct intent){
                .kind = INTENT_answer, .detail = &a, .undo = "answer.taken_back"});
        if (draw_below(&d, 40) == 0) walk_cache_stale(&app->walked);
        int answers = same_as_read_anew();
        if (answers > most) most = answers;
    }
    assert_true(most > 2);
    assert_int_equal(app->walked.visit, visit); /* it was used */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(records_are_numbered_and_never_named), WALK(numbers_are_drawn_fairly_from_a_list),
        WALK(two_bells_are_timed_at_once),          WALK(conditions_look_within_the_same_call),
        WALK(what_is_kept_is_what_would_be_read),   WALK(a_list_is_drawn_once),
        cmocka_unit_test(pools_are_counted),
    };
    return cmocka_run_group_tests_name("walk repeats", tests, NULL, NULL);
}
