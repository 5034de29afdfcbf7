/* test_gather_mock.c -- in a rehearsal each statement shows what was found about it here.
 * needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

static const struct gather_evidence *evidence(const char *statement) {
    const struct gather *g = walk()->gather;
    for (int i = 0; i < g->evidence_count; i++)
        if (text_equal(g->evidence[i].statement, statement)) return &g->evidence[i];
    fail_msg("no statement %s", statement);
    return NULL;
}

static void observed(const char *statement, const char *text, bool restricted) {
    struct row r = row_new(&kind_observation);
    row_ref(&r, "service", service);
    row_int(&r, "good", 0);
    row_text(&r, "text", text);
    row_text(&r, "statement", statement);
    if (restricted) row_int(&r, "restricted", 1);
    put(&r);
}

static void said_by(const char *speaker, const char *statement, const char *text) {
    struct row r = row_new(&kind_feedback);
    row_ref(&r, "service", service);
    row_text(&r, "speaker", speaker);
    row_text(&r, "sort", "worry");
    row_text(&r, "text", text);
    row_text(&r, "statement", statement);
    put(&r);
}

static void shows_what_was_found(void **state) {
    (void)state;
    choose_pin("274936");
    begin("NIGHT", "core", "");
    say("N37", "", "not_met");
    say("N04", "", "met");
    row_id first = visit;
    const char *laundry = item_in("N37", 0)->item->statement;
    struct raise_intent r = {.service = service,
                             .visit = visit,
                             .item = "N37",
                             .statement = laundry,
                             .different = "Bags for every trolley",
                             .lane = "this_week"};
    act((struct intent){.kind = INTENT_raise, .detail = &r});
    observed(laundry, "The floor was wet again", false);
    observed(laundry, "Something in confidence", true);
    said_by("family", laundry, "Her clothes come back grey");
    said_by("staff", laundry, "We are never given bags");
    act((struct intent){.kind = INTENT_home});
    begin_form("MOCK");
    const struct gather_evidence *k = evidence(laundry);
    assert_int_equal(k->bad, 1);
    assert_int_equal(k->good, 0);
    assert_int_equal(k->seen, 1);
    assert_int_equal(k->heard, 1); /* never a worker's */
    assert_int_equal(k->actions, 1);
    assert_int_equal(k->newest_count, 4);
    for (int i = 0; i < k->newest_count; i++) {
        assert_null(strstr(k->newest[i].text, "confidence"));
        assert_null(strstr(k->newest[i].text, "never given"));
    }
    /* beside its statement, and one tap from it */
    const struct walk_model *m = walk();
    for (int s = 0; s < m->sections_count; s++)
        for (int i = 0; i < m->sections[s].items_count; i++) {
            const struct walk_item *w = &m->sections[s].items[i];
            if (!text_equal(w->item->statement, laundry) ||
                !text_equal(w->parts[0].part->id, "score"))
                continue;
            struct place to = {.screen = SCREEN_walk, .row = visit};
            snprintf(to.word, sizeof to.word, "%s", w->item->id);
            act((struct intent){.kind = INTENT_go, .to = to});
            s = m->sections_count;
            break;
        }
    frame();
    PLAY("reach \"The floor was wet again\"\nexpect \"1 thing seen\"\n"
         "reach \"Bags for every trolley\"\n");
    look_everywhere("mock");
    PLAY("press \"Bags for every trolley\"\nscreen action\nkey Escape\nscreen walk\n"
         "reach \"Laundry\"\n");
    assert_true(first != visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(shows_what_was_found),
    };
    return cmocka_run_group_tests_name("a rehearsal", tests, NULL, NULL);
}
