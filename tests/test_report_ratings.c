/* test_report_ratings.c -- our own ratings on the office's pages: the same reasons in the same
 * words as on the tablet, for whom they are, as of which moment.
 *
 * needs: office sync model media care store base */
#include "report_hand.h"

#include "base/log.h"
#include "care/rating_words.h"
#include "model/ratings_load.h"
#include "model/reference.h"
#include "model/sample_ratings.h"
#include "office/office.h"
#include "store/query.h"

#define DAY_MS (24LL * 3600 * 1000)

static struct office office;
static struct clock_manual now = {.boot_ms = 1};
static const char *db_path;
static int64_t between;

static int setup(void **state) {
    (void)state;
    struct reference_summary added;
    struct journal *j = NULL;
    log_open("/dev/null");
    assert_true(time_read_iso("2026-08-24T10:00", &now.wall_ms));
    office = (struct office){.clock = clock_manual(&now), .assets = "assets"};
    must(words_load(&office.words, "assets/words/en"));
    db_path = scratch("master.db");
    must(journal_open(
        &j, &(struct journal_options){.path = db_path,
                                      .key_path = arena_printf(&memory, "%s.keys", db_path),
                                      .clock = clock_manual(&now),
                                      .device_name = "Office",
                                      .device_role = "office"}));
    must(reference_add_file(j, "assets/sample/sample.json", &added));
    must(sample_ratings(j, "assets/sample/ratings.json", "before", now.wall_ms));
    between = now.wall_ms + 30 * DAY_MS;
    now.wall_ms += 91 * DAY_MS;
    must(sample_ratings(j, "assets/sample/ratings.json", "now", now.wall_ms));
    /* What a person typed is never markup. */
    struct row r = row_new(&kind_score);
    row_ref(&r, "service",
            query_one_int(j, 0, "SELECT id FROM service WHERE code = 'MILL'", 0));
    row_text(&r, "framework", "cqc-saf-2024-12");
    row_int(&r, "framework_version", 1);
    row_text(&r, "statement", "SAF-S1");
    row_int(&r, "score", 3);
    row_text(&r, "reason", "ZZ<b>bold</b> & more");
    row_int(&r, "day", london_day(now.wall_ms));
    must(journal_put_alone(j, &r));
    journal_close(j);
    now.wall_ms += 3600000;
    return 0;
}

static int teardown(void **state) {
    (void)state;
    words_close(office.words);
    arena_release(&office.arena);
    arena_release(&memory);
    return 0;
}

static struct site report(const char *reader, const char *as_of, const char *to) {
    const char *dir = scratch(to);
    const char *argv[9] = {db_path, "--out", dir, "--for", reader, "--service", "OAK"};
    int n = 7;
    if (as_of) {
        argv[n++] = "--as-of";
        argv[n++] = as_of;
    }
    office.command = "report";
    fflush(stdout);
    assert_int_equal(office_report(&office, n, (char **)(uintptr_t)argv), EXIT_DONE);
    return read_site(dir);
}

static const char *page_of(const struct site *s) {
    for (size_t i = 0; i < s->n; i++)
        if (page(s->names[i]) && strstr(buf_str(&s->bytes[i]), "id=\"by-question\""))
            return buf_str(&s->bytes[i]);
    fail_msg("no page of the service");
    return NULL;
}

static void must_say(const char *html, const char *text) {
    if (!strstr(html, text)) fail_msg("not on the page: %s", text);
}

/* ---- the same words ---- */

static int chain_is_there(const char *html, const struct ratings_words *w,
                          const struct reason *r) {
    int n = 0;
    for (; r; r = r->next, n++) {
        const char *text = ratings_reason(w, r);
        if (strpbrk(text, "<>&\"'")) continue; /* escaped there */
        must_say(html, text);
    }
    return n;
}

static void the_reasons_are_those_of_the_tablet(void **state) {
    (void)state;
    struct site s = report("provider", NULL, "provider");
    const char *html = page_of(&s);
    must_say(html, "Our own view. Not a CQC rating.");
    must_say(html, "61 %, 2 points below Good; Safe systems, pathways and transitions scored "
                   "1 limits it");
    must_say(html, RULE_NOT_VERIFIED);
    must_say(html, "Five of six risk plans fit the person as we met them");
    must_say(html, "Tried out on the draft");
    must_say(html, "do not use for ratings");
    struct frameworks set;
    must(frameworks_open(&set, "assets/frameworks"));
    struct journal *j = NULL;
    must(journal_open(&j, &(struct journal_options){.path = db_path,
                                                    .clock = clock_manual(&now),
                                                    .read_only = true}));
    struct load_context c = {.j = j, .words = office.words, .wall_ms = now.wall_ms};
    struct ratings_words w = {office.words, &memory};
    row_id oak = query_one_int(j, 0, "SELECT id FROM service WHERE code = 'OAK'", 0);
    int said = 0;
    for (int i = 0; i < set.count; i++) {
        struct ratings_model m = {0};
        must(ratings_of(&c, &memory, oak, set.all[i], 0, &m));
        if (!m.given_count) continue;
        said += chain_is_there(html, &w, m.result.reasons);
        said += chain_is_there(html, &w, m.result.changes);
        for (int q = 0; q < m.result.questions_count; q++) {
            const struct question_result *r = &m.result.questions[q];
            if (!r->rating && !r->looked) continue;
            said += chain_is_there(html, &w, r->reasons);
            said += chain_is_there(html, &w, r->changes);
            said += chain_is_there(html, &w, r->beside);
            must_say(html, ratings_headline(&w, r));
        }
    }
    assert_true(said > 25);
    printf("figure: %d reasons on the page as on the tablet\n", said);
    journal_close(j);
    frameworks_close(&set);
    long pages = 0, links = 0;
    site_holds_together(&s, &pages, &links);
    site_close(&s);
}

/* ---- for whom ---- */

static void each_reader_gets_their_part(void **state) {
    (void)state;
    static const char reason[] = "Five of six risk plans fit the person";
    struct site manager = report("manager", NULL, "manager");
    struct site board = report("board", NULL, "board");
    struct site everyone = report("public", NULL, "public");
    assert_true(holding(&manager, reason, "") == 1);
    assert_true(holding(&board, reason, "") == 0); /* figures, no words of people */
    assert_true(holding(&board, "61 %, 2 points below Good", "") == 1);
    assert_true(holding(&everyone, reason, "") == 0);
    assert_true(holding(&everyone, "Not a CQC rating", "") == 0);
    assert_true(holding(&everyone, "points below", "") == 0);
    site_close(&manager);
    site_close(&board);
    site_close(&everyone);
}

/* ---- as of which moment ---- */

static void an_earlier_moment_knows_only_what_was_said_by_then(void **state) {
    (void)state;
    char *then = time_iso(&memory, between);
    struct site s = report("provider", then, "earlier");
    const char *html = page_of(&s);
    must_say(html, "Two nights this week had one worker awake for the upper floor.");
    assert_null(strstr(html, "Five of six risk plans"));
    assert_null(strstr(html, "61 %"));
    must_say(html, "A rating needs 5");
    site_close(&s);
}

static void typed_words_are_never_markup(void **state) {
    (void)state;
    const char *dir = scratch("mill");
    const char *argv[] = {db_path, "--out", dir, "--service", "MILL"};
    office.command = "report";
    assert_int_equal(office_report(&office, 5, (char **)(uintptr_t)argv), EXIT_DONE);
    struct site s = read_site(dir);
    assert_int_equal(holding(&s, "ZZ<b>", ""), 0);
    assert_int_equal(holding(&s, "ZZ&lt;b&gt;bold", ""), 1);
    site_close(&s);
}

static void the_same_records_give_the_same_page(void **state) {
    (void)state;
    struct site a = report("provider", NULL, "first"), b = report("provider", NULL, "second");
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++) {
        assert_int_equal(a.bytes[i].size, b.bytes[i].size);
        assert_memory_equal(a.bytes[i].data, b.bytes[i].data, a.bytes[i].size);
    }
    site_close(&a);
    site_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reasons_are_those_of_the_tablet),
        cmocka_unit_test(each_reader_gets_their_part),
        cmocka_unit_test(an_earlier_moment_knows_only_what_was_said_by_then),
        cmocka_unit_test(typed_words_are_never_markup),
        cmocka_unit_test(the_same_records_give_the_same_page),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
