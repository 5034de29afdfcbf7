/* test_gather_private.c -- what a leader writes for nobody else: never a record, gone from
 * every other holder's sight, behind the PIN where there is one, on paper for oneself, and
 * erased. needs: platform app screen model ui media sync care store base */
#include "gather_hand.h"

#include "app/papers.h"
#include "store/vault.h"

static row_id quality_lead, deputy;

static void people(void) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", "Quality lead");
    row_text(&r, "side", "provider");
    quality_lead = put(&r);
    r = row_new(&kind_person);
    row_text(&r, "label", "Deputy manager");
    row_text(&r, "side", "provider");
    deputy = put(&r);
    act((struct intent){.kind = INTENT_hold, .row = quality_lead});
}

static void open_page(void) {
    struct start_intent d = {.service = service, .template_code = "LEAD", .length = "core"};
    act((struct intent){.kind = INTENT_visit_start, .detail = &d});
    frame();
}

static int kept;
static void count_key(void *ctx, const char *key, const void *p, size_t n) {
    (void)ctx, (void)p, (void)n;
    kept += strncmp(key, "private/", 8) == 0 || strncmp(key, "field/reflect/", 14) == 0;
}
static int drafts_kept(void) {
    kept = 0;
    assert_int_equal(draft_each(app_journal(app), "", count_key, NULL), STATUS_OK);
    return kept;
}

static void stays_out_of_the_journal(void **state) {
    (void)state;
    people();
    int64_t records = count("SELECT count(*) FROM journal");
    open_page();
    PLAY("screen reflect\nexpect \"Whoever says\"\nexpect \"1 · Hardly ever\"\n"
         "press \"3 · Mostly\" in \"I stand by what is mine to do\"\n"
         "reach \"An example, and what I want to change\"\n"
         "tap \"An example, and what I want to change\" #1\ntype \"I said they, not I\"\n"
         "key Escape\nwait 6s\n");
    assert_int_equal(count("SELECT count(*) FROM journal"), records);
    assert_int_equal(count("SELECT count(*) FROM visit"), 0);
    assert_int_equal(count("SELECT count(*) FROM answer"), 0);
    assert_int_equal(drafts_kept(), 2); /* the item, the day */
    look_everywhere("private");
    /* somebody else takes the tablet */
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_hold, .row = deputy});
    open_page();
    PLAY("screen reflect\nabsent \"I said they\"\nabsent \"Begun on\"\n");
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++)
        assert_false(t[i].state && strstr(t[i].state, "selected"));
    /* and cannot write or erase under the other's name */
    act((struct intent){.kind = INTENT_private_put,
                        .row = quality_lead,
                        .word = "LEAD",
                        .word2 = "LD01",
                        .number = 1});
    act((struct intent){.kind = INTENT_private_erase, .row = quality_lead, .word = "LEAD"});
    assert_int_equal(drafts_kept(), 2);
    struct buf pdf = {0};
    int pages = 0;
    assert_int_equal(paper_write(app, PAPER_SELF, quality_lead, &pdf, &pages), STATUS_INVALID);
    buf_release(&pdf);
    /* back in one's own hands */
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_hold, .row = quality_lead});
    open_page();
    PLAY("expect \"I said they, not I\"\nexpect \"Begun on\"\n");
    assert_int_equal(paper_write(app, PAPER_SELF, quality_lead, &pdf, &pages), STATUS_OK);
    assert_true(pdf.size > 1000 && pages == 1);
    buf_release(&pdf);
    PLAY("reach \"Erase all of it\"\ntap \"Erase all of it\"\ntap \"Erase it now\"\n"
         "absent \"Begun on\"\n");
    assert_int_equal(drafts_kept(), 0);
    PLAY("absent \"I said they\"\n");
}

/* Where there are PINs the page asks for the holder's own, whoever picked the tablet up. */
static void asks_for_the_pin(void **state) {
    (void)state;
    choose_pin("274936");
    frame();
    quality_lead = journal_holder(app_journal(app));
    assert_true(quality_lead != 0);
    act((struct intent){.kind = INTENT_home});
    act((struct intent){.kind = INTENT_go, .to = {.screen = SCREEN_start}});
    open_page();
    frame();
    assert_string_equal(app_screen_name(app), "pin");
    PLAY("pin 274936\ntap \"Go on\"\nsend\n"
         "screen reflect\nabsent \"Whoever says\"\n"
         "press \"2 · Now and then\" in \"I stand by what is mine to do\"\n");
    assert_int_equal(drafts_kept(), 2);
    /* whoever is given a new PIN for that person by somebody else finds nothing */
    struct row r = row_new(&kind_person);
    row_text(&r, "label", "Deputy manager");
    row_text(&r, "side", "provider");
    deputy = put(&r);
    PLAY("wait 21m\n");
    assert_string_not_equal(app_screen_name(app), "reflect");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(stays_out_of_the_journal),
        WALK(asks_for_the_pin),
    };
    return cmocka_run_group_tests_name("for oneself alone", tests, NULL, NULL);
}
