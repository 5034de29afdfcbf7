/* test_screen_ratings.c -- our own ratings on the bench: three depths, three frameworks; what
 * can be kept, and what each tap asks for.
 *
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "model/ratings_load.h"
#include "model/ratings_model.h"
#include "model/sample_ratings.h"

static struct frameworks frameworks;

static const struct frameworks *frameworks_here(void *ctx) {
    (void)ctx;
    return &frameworks;
}

static enum status load(const struct load_context *c, struct arena *a, const void **out) {
    struct load_context with = *c;
    with.frameworks = frameworks_here;
    return ratings_load(&with, a, out);
}

static struct place place(const char *framework, const char *about) {
    struct place p = {.screen = SCREEN_ratings};
    text_copy(p.word, sizeof p.word, framework);
    text_copy(p.word2, sizeof p.word2, about);
    return p;
}

static int build(void **state) {
    build_world(state);
    assert_int_equal(frameworks_open(&frameworks, "assets/frameworks"), STATUS_OK);
    assert_int_equal(sample_ratings(world.j, "assets/sample/ratings.json", "before",
                                    NIGHT_MS - 80LL * 86400000),
                     STATUS_OK);
    assert_int_equal(
        sample_ratings(world.j, "assets/sample/ratings.json", "now", NIGHT_MS - 86400000),
        STATUS_OK);
    journal_hold(world.j, world.holder);
    return 0;
}

static int end(void **state) {
    frameworks_close(&frameworks);
    return end_world(state);
}

static const char draft[] = "cqc-asc-draft-2026-03", kinds[] = "cqc-saf-2023-11";

/* ---- how it looks, everywhere ---- */

static void every_depth_looks_right(void **state) {
    (void)state;
    look_at(&screen_ratings, load, place("", ""), "ratings", NULL);
    look_at(&screen_ratings, load, place("", "SAF"), "ratings-safe", NULL);
    look_at(&screen_ratings, load, place("", "SAF-S6"), "ratings-staffing", NULL);
    look_at(&screen_ratings, load, place(kinds, ""), "ratings-kinds", NULL);
    look_at(&screen_ratings, load, place(kinds, "CAR-C1/observation"), "ratings-observed",
            NULL);
    look_at(&screen_ratings, load, place(draft, ""), "ratings-draft", NULL);
    look_at(&screen_ratings, load, place(draft, "CAR"), "ratings-round", NULL);
}

/* ---- what it says ---- */

static bool says(struct bench *b, const char *part) {
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    for (size_t i = 0; i < n; i++)
        if (t[i].name && strstr(t[i].name, part)) return true;
    return false;
}

static void the_reasons_are_there(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place("", "SAF"), false);
    assert_true(says(b, "Our own view. Not a CQC rating."));
    assert_true(says(b, "61 %, 2 points below Good; Safe systems, pathways and transitions "
                        "scored 1 limits it"));
    assert_true(says(b, "The scores add up to 17 of 28: 60 5/7 %."));
    assert_true(says(b, RULE_NOT_VERIFIED)); /* of a rule that was used here */
    assert_true(says(b, "It would be Good with Safe systems, pathways and transitions from 1 "
                        "to 2."));
    assert_true(says(b, "Not looked at: Medicines optimisation."));
    bench_close(b);
    b = open_wide(&screen_ratings, load, place("", ""), false);
    assert_true(says(b, "1 Outstanding, 3 Good, 1 Requires improvement: together Good."));
    assert_true(says(b, "30 of 34 statements have a score"));
    bench_close(b);
}

static void a_draft_says_so(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place(draft, "SAF"), false);
    assert_true(says(b, "do not use for ratings"));
    assert_true(says(b, "6 lines of enquiry. Their titles are not known yet."));
    bench_close(b);
    b = open_wide(&screen_ratings, load, place(draft, ""), false);
    assert_true(says(b, "No rule for the whole service is known in this framework."));
    bench_close(b);
}

/* ---- what a tap asks for ---- */

static void one_leads_to_the_next(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place("", ""), false);
    tap(b, NULL, "Caring");
    assert_int_equal(b->last.kind, INTENT_go);
    assert_string_equal(b->last.to.word, "cqc-saf-2024-12@1");
    assert_string_equal(b->last.to.word2, "CAR");
    tap(b, NULL, "Draft of March 2026: a rating for each key question");
    assert_int_equal(b->last.kind, INTENT_replace);
    assert_string_equal(b->last.to.word, "cqc-asc-draft-2026-03@1");
    bench_close(b);
    b = open_wide(&screen_ratings, load, place("", "CAR"), false);
    tap(b, NULL, "Workforce wellbeing and enablement");
    assert_string_equal(b->last.to.word2, "CAR-C5");
    bench_close(b);
}

static void type_into(struct bench *b, const char *name, const char *text) {
    tap(b, "field", name);
    SDL_Event e;
    memset(&e, 0, sizeof e);
    e.type = SDL_TEXTINPUT;
    for (; *text; text += strlen(e.text.text)) {
        snprintf(e.text.text, sizeof e.text.text, "%.20s", text);
        ui_event(b->ui, &e);
        frames(b, 2); /* the bar above is drawn before the field */
    }
}

static bool can_keep(struct bench *b) {
    const struct ui_thing *t = find(b, "button", "Keep");
    assert_non_null(t);
    return !t->state || !strstr(t->state, "disabled");
}

static void a_score_needs_a_number_and_a_reason(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place("", "SAF-S8"), false);
    assert_false(can_keep(b)); /* nobody has scored it */
    tap(b, "button", "3");
    assert_false(can_keep(b)); /* not without a reason */
    type_into(b, "Why this score?", "Counts were right.");
    assert_true(can_keep(b));
    tap(b, "button", "Link"); /* waits with the score */
    assert_int_equal(b->last.kind, INTENT_none);
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_score);
    const struct score_intent *k = b->last.detail;
    assert_int_equal(k->score, 3);
    assert_string_equal(k->statement, "SAF-S8");
    assert_string_equal(k->framework, "cqc-saf-2024-12");
    assert_string_equal(k->reason, "Counts were right.");
    assert_int_equal(k->evidence_count, 1);
    assert_true(k->evidence[0] > 0 && b->last.back_after);
    bench_close(b);
}

static void what_stands_is_kept_once(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place("", "SAF-S6"), false);
    assert_false(can_keep(b)); /* as it was */
    tap(b, "button", "1");
    assert_true(can_keep(b));
    tap(b, "button", "2");
    assert_false(can_keep(b));
    /* A score that is there: links are written at once. */
    const struct ratings_model *m = b->model;
    assert_true(m->evidence.count > 3 && m->evidence.all[0].basis);
    tap(b, "button", "Linked");
    assert_int_equal(b->last.kind, INTENT_score_unlink);
    assert_true(b->last.row == m->evidence.all[0].basis);
    tap(b, "button", "Link");
    assert_int_equal(b->last.kind, INTENT_score_link);
    assert_true(b->last.row == ratings_given_of(m, "SAF-S6", "")->row && b->last.other);
    tap(b, "button", "Take it back");
    assert_int_equal(b->last.kind, INTENT_score_clear);
    bench_close(b);
}

static void a_kind_of_evidence_has_its_own_score(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place(kinds, "CAR-C1"), false);
    assert_null(find(b, "button", "3"));    /* first which kind */
    assert_null(find(b, NULL, "Outcomes")); /* not in use for a nursing home */
    tap(b, NULL, "Observation");
    assert_int_equal(b->last.kind, INTENT_replace);
    assert_string_equal(b->last.to.word2, "CAR-C1/observation");
    bench_close(b);
    b = open_wide(&screen_ratings, load, place(kinds, "CAR-C1/observation"), false);
    tap(b, "button", "4");
    type_into(b, "Why this score?", "Kind each time.");
    tap(b, "button", "Keep");
    const struct score_intent *k = b->last.detail;
    assert_string_equal(k->category, "observation");
    assert_string_equal(k->framework, kinds);
    bench_close(b);
}

static void a_rating_in_the_round_needs_a_reason(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place(draft, "RES"), false);
    tap(b, "button", "Requires improvement");
    assert_false(can_keep(b));
    type_into(b, "Why this rating?", "Nobody is told.");
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_rate);
    const struct rate_intent *k = b->last.detail;
    assert_string_equal(k->question, "RES");
    assert_string_equal(k->rating, "requires-improvement");
    bench_close(b);
    /* What the statements scored before the draft leads here by key question. */
    b = open_wide(&screen_ratings, load, place(draft, "CAR"), false);
    assert_true(says(b, "Kindness, compassion and dignity: Scored 4"));
    bench_close(b);
}

static void only_a_person_says_that_a_regulation_is_broken(void **state) {
    (void)state;
    struct bench *b = open_wide(&screen_ratings, load, place("", ""), false);
    assert_true(says(b, "Is a regulation broken here?"));
    tap(b, "button", "Yes");
    assert_int_equal(b->last.kind, INTENT_none); /* first how one knows */
    type_into(b, "How do you know?", "The notice of 3 March");
    tap(b, "button", "Keep");
    assert_int_equal(b->last.kind, INTENT_circumstance);
    const struct circumstance_intent *k = b->last.detail;
    assert_string_equal(k->code, "breach");
    assert_true(k->yes);
    assert_string_equal(k->reason, "The notice of 3 March");
    bench_close(b);
}

/* ---- what is offered as evidence ---- */

static void evidence_is_about_the_statement(void **state) {
    (void)state;
    static const char *const about[] = {"SAF-S6", "SAF-S4", "CAR-C1", "WEL-W5"};
    int total = 0, answers = 0, others = 0;
    for (size_t i = 0; i < 4; i++) {
        struct bench *b = open_wide(&screen_ratings, load, place("", about[i]), false);
        const struct ratings_model *m = b->model;
        for (int k = 0; k < m->evidence.count; k++, total++) {
            const struct ratings_evidence *e = &m->evidence.all[k];
            assert_true(e->row && e->text[0]);
            if (e->of != EVIDENCE_OF_ANSWER) {
                assert_string_equal(e->statement, about[i]);
                others++;
            } else {
                answers++;
            }
        }
        bench_close(b);
    }
    assert_true(answers > 20 && others > 3);
    printf("figure: %d things offered for four statements, %d of them answers\n", total,
           answers);
}

static void nothing_restricted_is_offered(void **state) {
    (void)state;
    static const char secret[] = "What only the provider may read";
    struct row o = row_new(&kind_observation), f = row_new(&kind_feedback);
    row_ref(&o, "service", world.service);
    row_text(&o, "text", secret);
    row_text(&o, "statement", "SAF-S3");
    row_int(&o, "restricted", 1);
    assert_int_equal(journal_put_alone(world.j, &o), STATUS_OK);
    row_ref(&f, "service", world.service);
    row_text(&f, "text", secret);
    row_text(&f, "statement", "SAF-S3");
    row_text(&f, "speaker", "staff");
    row_int(&f, "restricted", 1);
    assert_int_equal(journal_put_alone(world.j, &f), STATUS_OK);
    /* a worker's words are not for whoever leads them, nor what was raised because of either */
    struct row w = row_new(&kind_feedback);
    row_ref(&w, "service", world.service);
    row_text(&w, "text", secret);
    row_text(&w, "statement", "SAF-S3");
    row_text(&w, "speaker", "staff");
    assert_int_equal(journal_put_alone(world.j, &w), STATUS_OK);
    const row_id sources[] = {o.id, f.id, w.id};
    for (int i = 0; i < 3; i++) {
        struct row x = row_new(&kind_action);
        row_ref(&x, "service", world.service);
        row_ref(&x, "source", sources[i]);
        row_text(&x, "statement", "SAF-S3");
        row_text(&x, "different", secret);
        row_text(&x, "reference", (const char *[]){"ZQ0", "ZQ1", "ZQ2"}[i]);
        assert_int_equal(journal_put_alone(world.j, &x), STATUS_OK);
    }
    struct bench *b = open_wide(&screen_ratings, load, place("", "SAF-S3"), false);
    assert_false(says(b, secret));
    const struct ratings_model *m = b->model;
    for (int i = 0; i < m->evidence.count; i++) {
        assert_true(m->evidence.all[i].row != o.id && m->evidence.all[i].row != f.id);
        assert_null(strstr(m->evidence.all[i].text, secret));
    }
    bench_close(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_depth_looks_right),
        cmocka_unit_test(the_reasons_are_there),
        cmocka_unit_test(a_draft_says_so),
        cmocka_unit_test(one_leads_to_the_next),
        cmocka_unit_test(a_score_needs_a_number_and_a_reason),
        cmocka_unit_test(what_stands_is_kept_once),
        cmocka_unit_test(a_kind_of_evidence_has_its_own_score),
        cmocka_unit_test(a_rating_in_the_round_needs_a_reason),
        cmocka_unit_test(only_a_person_says_that_a_regulation_is_broken),
        cmocka_unit_test(evidence_is_about_the_statement),
        cmocka_unit_test(nothing_restricted_is_offered),
    };
    return cmocka_run_group_tests(tests, build, end);
}
