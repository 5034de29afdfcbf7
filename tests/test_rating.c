/* test_rating.c -- from scores to ratings, and why; needs: care base
 *
 * Cases worked out by hand stand in tests/cases/ratings_*.test. Beside them everything that can
 * be counted through is: every mix of five key questions, every way to score five statements,
 * each held against the rules written down a second time, in other words. */
#include "cases.h"

#include <stdlib.h>

#include "base/text.h"
#include "care/rating.h"

static struct arena frame;
static struct framework *f2024, *f2023, *draft;

static int fresh(void **state) {
    (void)state;
    arena_reset(&frame);
    return 0;
}

static int open_all(void **state) {
    (void)state;
    return framework_load(&f2024, "assets/frameworks/cqc-saf-2024-12.json") ||
           framework_load(&f2023, "assets/frameworks/cqc-saf-2023-11.json") ||
           framework_load(&draft, "assets/frameworks/cqc-asc-draft-2026-03.json");
}

static int close_all(void **state) {
    (void)state;
    framework_close(f2024);
    framework_close(f2023);
    framework_close(draft);
    arena_release(&frame);
    return 0;
}

/* ---- a result in words for the case files ---- */

static struct buf said;

static void say(const char *fmt, ...) PRINTF_LIKE(1, 2);
static void say(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(&frame, fmt, args);
    va_end(args);
    buf_add(&said, text, strlen(text));
}

static const char *taken(void) {
    const char *text = said.size ? arena_strndup(&frame, buf_str(&said), said.size) : "-";
    buf_release(&said);
    return text;
}

static bool letters; /* O G R I instead of ids */
static const char *rating_says(const struct rating_name *r) {
    if (!r) return "none";
    if (letters) return arena_printf(&frame, "%c", r->name[0]);
    return text_equal(r->id, "requires-improvement") ? "RI" : r->id;
}

static const char *fraction_says(struct fraction f) {
    if (f.bottom == 1) return arena_printf(&frame, "%lld", (long long)f.top);
    if (f.top < f.bottom)
        return arena_printf(&frame, "%lld/%lld", (long long)f.top, (long long)f.bottom);
    return arena_printf(&frame, "%lld %lld/%lld", (long long)(f.top / f.bottom),
                        (long long)(f.top % f.bottom), (long long)f.bottom);
}

static const char *brief(const struct statement *s) {
    return s->code + 4;
}

static void statements_say(const struct reason *r, bool scores) {
    for (r = r->first; r; r = r->next)
        say(scores ? " %s=%d" : " %s", brief(r->statement), r->score);
}

static void reason_says(const struct reason *r) {
    long long n = r->n, of = r->of, whole = r->whole;
    switch (r->sort) {
    case REASON_SCORE:
    case REASON_CATEGORIES:
    case REASON_QUESTION:
    case REASON_MIX:
        fail_msg("not on its own: %d", (int)r->sort);
        break;
    case REASON_SUM:
        say("%lld/%lld is %s", n, of, fraction_says(r->figure));
        break;
    case REASON_ROUNDED:
        say("counts %lld", whole);
        break;
    case REASON_BAND:
        assert_true(n <= whole && whole <= of);
        say("%s %lld-%lld", rating_says(r->rating), n, of);
        break;
    case REASON_BELOW:
        say("%lld below %s, exactly %s", whole, rating_says(r->rating),
            fraction_says(r->figure));
        break;
    case REASON_LIMITED:
    case REASON_WOULD_LIMIT:
        say("%s %s>%s by", r->sort == REASON_LIMITED ? "limited" : "would be limited",
            rating_says(r->from), rating_says(r->rating));
        statements_say(r, true);
        break;
    case REASON_GIVEN:
        say("given %s", rating_says(r->rating));
        break;
    case REASON_SHARE:
        say("%lld of %lld, needs %lld", n, of, whole);
        break;
    case REASON_NOT_LOOKED:
        say("not looked at %lld of %lld:", n, of);
        statements_say(r, false);
        break;
    case REASON_NOT_GIVEN:
        say("not given");
        break;
    case REASON_MISSING:
        say("missing");
        for (const struct reason *q = r->first; q; q = q->next)
            say(" %s", q->question->code);
        break;
    case REASON_NO_RULE:
        say("no rule");
        break;
    case REASON_TOGETHER:
        say("%s (", r->rule->id);
        for (const struct reason *m = r->first; m; m = m->next)
            say("%s%lld %s", m == r->first ? "" : ", ", (long long)m->n,
                rating_says(m->rating));
        say(")");
        break;
    case REASON_CAPPED:
        say("capped %s>%s by %s", rating_says(r->from), rating_says(r->rating),
            r->circumstance->rule.id);
        break;
    case REASON_CAP_IDLE:
        say("%s changes nothing", r->circumstance->rule.id);
        break;
    case REASON_WARNED:
        say("warned %s>%s", r->circumstance->rule.id, rating_says(r->rating));
        break;
    case REASON_ONE:
        say("ones");
        statements_say(r, true);
        break;
    case REASON_ONE_KIND:
        say("one kind of %lld: %s", of, brief(r->statement));
        break;
    case REASON_LIFT:
        say("%s: ", rating_says(r->rating));
        for (const struct reason *l = r->first; l; l = l->next)
            say("%s%s%s%s %lld>%d", l == r->first ? "" : ", ", brief(l->statement),
                l->category ? "/" : "", l->category ? l->category->id : "", (long long)l->n,
                l->score);
        break;
    case REASON_LIFT_SCORE:
        fail_msg("not on its own");
        break;
    case REASON_LIFT_QUESTION:
        say("%s %s>%s makes %s", r->question->code, rating_says(r->from),
            rating_says(r->rating), rating_says(r->first->rating));
        break;
    case REASON_LIFT_CLEARED:
        say("without %s %s", r->circumstance->rule.id, rating_says(r->rating));
        break;
    case REASON_POINTS:
        say("%s: %lld points over %lld", rating_says(r->rating), n, of);
        break;
    }
}

static void chain_says(const struct reason *r) {
    for (; r; r = r->next) {
        if (said.size) say("; ");
        reason_says(r);
    }
}

/* Whatever claims a rule of the framework names it, and its rule says where it comes from. */
static void rules_are_named(const struct reason *r) {
    for (; r; r = r->next) {
        bool by_rule = r->sort == REASON_CATEGORIES || r->sort == REASON_SUM ||
                       r->sort == REASON_ROUNDED || r->sort == REASON_BAND ||
                       r->sort == REASON_BELOW || r->sort == REASON_LIMITED ||
                       r->sort == REASON_WOULD_LIMIT || r->sort == REASON_SHARE ||
                       r->sort == REASON_GIVEN || r->sort == REASON_TOGETHER ||
                       r->sort == REASON_CAPPED || r->sort == REASON_WARNED ||
                       r->sort == REASON_NOT_LOOKED;
        if (by_rule && !r->rule) fail_msg("reason %d names no rule", (int)r->sort);
        if (r->rule) assert_true(r->rule->own || r->rule->status[0]);
        rules_are_named(r->first);
    }
}

/* ---- one key question, from its file ---- */

struct given {
    struct given_score scores[400];
    struct given_rating ratings[8];
    struct given_circumstance circumstances[8];
    struct rating_input in;
};

static void give_token(struct given *g, const struct framework *f, int question, int nth,
                       char *token) {
    const struct key_question *q = &f->questions[question];
    struct rating_input *in = &g->in;
    if (f->scoring == SCORING_NONE) {
        if (!text_equal(token, "-"))
            g->ratings[in->ratings_count++] = (struct given_rating){q->code, token};
        return;
    }
    assert_true(nth < q->count);
    const char *code = f->statements[q->first + nth].code;
    bool kinds = f->scoring == SCORING_CATEGORY;
    assert_int_equal(strlen(token), kinds ? (size_t)f->categories_count : 1);
    for (int k = 0; token[k]; k++)
        if (token[k] != '-')
            g->scores[in->scores_count++] =
                (struct given_score){code, kinds ? f->categories[k].id : "", token[k] - '0'};
}

static void give_setting(struct given *g, struct framework *f, char *token) {
    static const char *const roundings[] = {"half_up", "half_down", "down", "up"};
    char *value = strchr(token, '=');
    assert_non_null(value);
    *value++ = '\0';
    if (text_equal(token, "rounding")) {
        for (int i = 0; i <= ROUND_UP; i++)
            if (text_equal(value, roundings[i])) f->rounding = (enum rounding)i;
        return;
    }
    assert_non_null(framework_circumstance(f, token));
    g->circumstances[g->in.circumstances_count++] =
        (struct given_circumstance){token, text_equal(value, "yes")};
}

static struct given *given_new(const struct framework *f) {
    struct given *g = ARENA_NEW(&frame, struct given);
    g->in = (struct rating_input){.framework = f,
                                  .setting = "care_home",
                                  .scores = g->scores,
                                  .ratings = g->ratings,
                                  .circumstances = g->circumstances};
    return g;
}

static const struct framework *framework_by(const char *word) {
    if (text_equal(word, "2024")) return f2024;
    if (text_equal(word, "2023")) return f2023;
    assert_string_equal(word, "draft");
    return draft;
}

static void same(const char *file, const struct cases *c, const char *what, const char *got,
                 const char *wanted) {
    if (!text_equal(got, wanted))
        fail_msg("%s.test, before line %d, %s:\n   got    %s\n   wanted %s", file, c->line + 1,
                 what, got, wanted);
}

static void key_questions_by_hand(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "ratings_question");
    char *l[4];
    while (cases_next(&c, 4, l)) {
        char *colon = strchr(l[0], ':'), *save = NULL, *token;
        assert_non_null(colon);
        *colon = '\0';
        struct framework f = *framework_by(strtok_r(l[0], " ", &save));
        int question = framework_question(&f, strtok_r(NULL, " ", &save)), nth = 0;
        assert_true(question >= 0);
        struct given *g = given_new(&f);
        while ((token = strtok_r(NULL, " ", &save)))
            give_setting(g, &f, token);
        for (token = strtok_r(colon + 1, " ", &save); token; token = strtok_r(NULL, " ", &save))
            give_token(g, &f, question, nth++, token);
        struct rating_result r = rate(&g->in, &frame);
        const struct question_result *q = &r.questions[question];
        for (int i = 0; i < q->statements_count; i++) {
            const struct reason *why = q->statements[i].why;
            if (!why) continue;
            rules_are_named(why);
            say("%s%s %lld/%lld is %s, %d", said.size ? "; " : "", brief(why->statement),
                (long long)why->n, (long long)why->of, fraction_says(why->figure), why->score);
        }
        chain_says(q->reasons);
        say(" = %s", rating_says(q->rating));
        same("ratings_question", &c, "why", taken(), l[1]);
        chain_says(q->changes);
        same("ratings_question", &c, "what would lift it", taken(), l[2]);
        chain_says(q->beside);
        same("ratings_question", &c, "beside it", taken(), l[3]);
        rules_are_named(q->reasons);
        rules_are_named(q->beside);
    }
    printf("figure: %d key questions worked out by hand\n", c.count);
}

/* ---- the whole service, from its file ---- */

static const char *rating_of_letter(char c) {
    switch (c) {
    case 'O':
        return "outstanding";
    case 'G':
        return "good";
    case 'R':
        return "requires-improvement";
    case 'I':
        return "inadequate";
    default:
        return NULL;
    }
}

/* The framework's rules for the whole, on ratings that are given instead of worked out. */
static struct framework in_the_round(const struct framework *f) {
    struct framework copy = *f;
    copy.scoring = SCORING_NONE;
    return copy;
}

static void give_letters(struct given *g, const struct framework *f, const char *five) {
    for (int i = 0; five[i]; i++) {
        const char *id = rating_of_letter(five[i]);
        if (id)
            g->ratings[g->in.ratings_count++] = (struct given_rating){f->questions[i].code, id};
    }
}

static void the_whole_by_hand(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "ratings_overall");
    char *l[4];
    letters = true;
    while (cases_next(&c, 4, l)) {
        char *colon = strchr(l[0], ':'), *save = NULL, *token, five[6] = "";
        assert_non_null(colon);
        *colon = '\0';
        bool is_draft = text_starts(l[0], "draft");
        struct framework f = is_draft ? *draft : in_the_round(f2024);
        struct given *g = given_new(&f);
        for (token = strtok_r(is_draft ? l[0] + 5 : l[0], " ", &save); token;
             token = strtok_r(NULL, " ", &save))
            give_setting(g, &f, token);
        int n = 0;
        for (char *p = colon + 1; *p; p++)
            if (*p != ' ' && n < 5) five[n++] = *p;
        assert_int_equal(n, 5);
        give_letters(g, &f, five);
        struct rating_result r = rate(&g->in, &frame);
        chain_says(r.reasons);
        say(" = %s", rating_says(r.rating));
        same("ratings_overall", &c, "why", taken(), l[1]);
        chain_says(r.changes);
        same("ratings_overall", &c, "what would lift it", taken(), l[2]);
        chain_says(r.beside);
        same("ratings_overall", &c, "beside it", taken(), l[3]);
        rules_are_named(r.reasons);
    }
    letters = false;
    printf("figure: %d whole services worked out by hand\n", c.count);
}

/* ---- everything that can be counted through ---- */

/* The aggregation rules a second time, as the framework's notes word them. */
static char overall_again(const int n[4]) { /* I R G O */
    int inadequate = n[0], improve = n[1], good = n[2], outstanding = n[3];
    if (inadequate >= 2) return 'I';
    if (outstanding >= 2 && outstanding + good == 5) return 'O';
    if (inadequate == 0 && improve <= 1) return 'G';
    return 'R'; /* two or more that require improvement, or exactly one inadequate: inferred */
}

static int rank_of(char c) {
    return (int)(strchr("IRGO", c) - "IRGO") + 1;
}

static void every_mix_of_five(void **state) {
    (void)state;
    struct framework f = in_the_round(f2024);
    int seen[5] = {0}, inferred = 0, lifts = 0;
    for (int mix = 0; mix < 1024; mix++) {
        char five[6] = "";
        int n[4] = {0};
        for (int i = 0, m = mix; i < 5; i++, m /= 4) {
            five[i] = "IRGO"[m % 4];
            n[m % 4]++;
        }
        struct given *g = given_new(&f);
        give_letters(g, &f, five);
        struct rating_result r = rate(&g->in, &frame);
        assert_non_null(r.rating);
        if (r.rating->rank != rank_of(overall_again(n))) fail_msg("%s: %s", five, r.rating->id);
        seen[r.rating->rank]++;
        const struct rule *by = r.reasons->rule;
        if (n[0] == 1 && n[1] < 2) {
            assert_string_equal(by->id, "one-inadequate");
            assert_string_equal(by->status, RULE_NOT_VERIFIED);
            assert_non_null(strstr(by->caveat, "inferred"));
            inferred++;
        } else {
            assert_string_equal(by->status, RULE_VERIFIED);
        }
        /* What is said to lift it does: the same again, with that change made. */
        for (const struct reason *c = r.changes; c; c = c->next, lifts++) {
            char better[6];
            memcpy(better, five, sizeof better);
            better[framework_question(&f, c->question->code)] = c->rating->name[0];
            struct given *h = given_new(&f);
            give_letters(h, &f, better);
            struct rating_result after = rate(&h->in, &frame);
            assert_ptr_equal(after.rating, c->first->rating);
            assert_true(after.rating->rank > r.rating->rank);
        }
        arena_reset(&frame);
    }
    printf("figure: 1024 mixes of five: %d outstanding, %d good, %d require improvement, %d "
           "inadequate; %d by one inadequate alone; %d lifts tried\n",
           seen[4], seen[3], seen[2], seen[1], inferred, lifts);
}

/* Five statements, each 0 (not looked at) to 4, with the rules a second time: bands as limits
 * of the exact figure, so that no rounding is needed. */
static int rank_again(const int s[5]) {
    int n = 0, sum = 0, ones = 0, twos = 0;
    for (int i = 0; i < 5; i++) {
        n += s[i] > 0;
        sum += s[i];
        ones += s[i] == 1;
        twos += s[i] == 2;
    }
    if (n < 3) return 0;
    int points = 1000 * sum, most = 4 * n;                /* tenths of a per cent, times most */
    if (points >= 875 * most) return ones + twos ? 3 : 4; /* 87.5 and up */
    if (points >= 625 * most) return ones ? 2 : 3;
    if (points >= 385 * most) return 2;
    return 1;
}

static void every_way_to_score_five(void **state) {
    (void)state;
    int caring = framework_question(f2024, "CAR"), seen[5] = {0}, lifts = 0, fewest = 0;
    for (int way = 0; way < 3125; way++) {
        int s[5];
        struct given *g = given_new(f2024);
        for (int i = 0, m = way; i < 5; i++, m /= 5) {
            s[i] = m % 5;
            char token[2] = {s[i] ? (char)('0' + s[i]) : '-', 0};
            give_token(g, f2024, caring, i, token);
        }
        struct rating_result r = rate(&g->in, &frame);
        const struct question_result *q = &r.questions[caring];
        int rank = q->rating ? q->rating->rank : 0;
        if (rank != rank_again(s))
            fail_msg("%d %d %d %d %d: %d, not %d", s[0], s[1], s[2], s[3], s[4], rank,
                     rank_again(s));
        seen[rank]++;
        /* Every lift that is told works, and no smaller one on that statement does. */
        for (const struct reason *c = q->changes; c; c = c->next) {
            for (const struct reason *l = c->first; l; l = l->next, lifts++) {
                int at = l->statement->code[5] - '1', was = s[at];
                for (int v = was + 1; v <= l->score; v++) {
                    s[at] = v;
                    assert_int_equal(rank_again(s), v == l->score ? c->rating->rank : rank);
                }
                s[at] = was;
            }
            /* No one score did: then none may, and no fewer points either. */
            if (c->sort != REASON_POINTS) continue;
            fewest++;
            for (int other = 0; other < 3125; other++) {
                int t[5], points = 0;
                bool up = true;
                for (int i = 0, m = other; i < 5; i++, m /= 5) {
                    t[i] = m % 5;
                    up = up && t[i] >= s[i] && (s[i] || !t[i]);
                    points += t[i] - s[i];
                }
                if (up && points < c->n && rank_again(t) > rank)
                    fail_msg("%d %d %d %d %d: %d points do", s[0], s[1], s[2], s[3], s[4],
                             points);
            }
        }
        if (rank == 4 || rank == 0) assert_null(q->changes);
        arena_reset(&frame);
    }
    printf(
        "figure: 3125 ways to score five: %d without a rating, %d inadequate, %d require "
        "improvement, %d good, %d outstanding; %d single lifts and %d sums of points proved\n",
        seen[0], seen[1], seen[2], seen[3], seen[4], lifts, fewest);
}

/* Every whole sum of eight, seven, six and five statements against 38.5, 62.5 and 87.5. */
static void every_sum_is_in_its_band(void **state) {
    (void)state;
    int sums = 0;
    for (int n = 1; n <= 8; n++)
        for (int sum = n; sum <= 4 * n; sum++, sums++) {
            struct fraction exact = fraction_of(100 * sum, 4 * n);
            const struct band *b =
                framework_band(f2024, fraction_round(exact, f2024->rounding));
            int want = 1 + (1000 * sum >= 385 * 4 * n) + (1000 * sum >= 625 * 4 * n) +
                       (1000 * sum >= 875 * 4 * n);
            assert_non_null(b);
            assert_int_equal(b->rating->rank, want);
            assert_int_equal(b->score, want);
        }
    printf("figure: %d sums in their bands\n", sums);
}

static void fractions_are_exact(void **state) {
    (void)state;
    struct fraction half = fraction_of(125, 2), none = fraction_of(0, 7);
    assert_true(half.top == 125 && half.bottom == 2 && none.top == 0 && none.bottom == 1);
    assert_int_equal(fraction_of(2000, 32).bottom, 2);
    assert_int_equal(fraction_of(5, 0).bottom, 1);
    assert_int_equal(fraction_of(-4, -8).top, 1);
    static const struct {
        int64_t top, bottom, rounded[4];
    } cases[] = {{125, 2, {63, 62, 62, 63}}, {175, 2, {88, 87, 87, 88}},
                 {60, 1, {60, 60, 60, 60}},  {200, 3, {67, 67, 66, 67}},
                 {100, 3, {33, 33, 33, 34}}, {0, 1, {0, 0, 0, 0}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int how = ROUND_HALF_UP; how <= ROUND_UP; how++)
            assert_int_equal(
                fraction_round(fraction_of(cases[i].top, cases[i].bottom), (enum rounding)how),
                cases[i].rounded[how]);
}

static void nothing_given_is_nothing_said(void **state) {
    (void)state;
    struct framework bare = *f2024;
    bare.scoring = SCORING_NOT_SAID;
    struct rating_result r = rate(&(struct rating_input){.framework = &bare}, &frame);
    assert_null(r.rating);
    assert_int_equal(r.questions_count, 0);
    r = rate(&(struct rating_input){.framework = f2024}, &frame);
    assert_null(r.rating);
    assert_int_equal(r.of, 34);
    assert_int_equal(r.looked, 0);
    /* Codes and labels that this framework does not know are as good as none. */
    struct given_score odd[] = {{"SAF-S9", "", 4}, {NULL, NULL, 4}, {"SAF-S1", "people", 4}};
    struct given_rating odder[] = {{"SAF", "splendid"}, {NULL, NULL}};
    struct given_circumstance oddest[] = {{"meteor", true}, {NULL, true}};
    r = rate(&(struct rating_input){.framework = f2024,
                                    .scores = odd,
                                    .scores_count = 3,
                                    .ratings = odder,
                                    .ratings_count = 2,
                                    .circumstances = oddest,
                                    .circumstances_count = 2},
             &frame);
    assert_int_equal(r.looked, 0);
    r = rate(&(struct rating_input){.framework = draft, .ratings = odder, .ratings_count = 2},
             &frame);
    assert_null(r.questions[0].rating);
    /* The newest counts. */
    struct given_score twice[] = {{"SAF-S1", "", 4}, {"SAF-S1", "", 2}};
    r = rate(&(struct rating_input){.framework = f2024, .scores = twice, .scores_count = 2},
             &frame);
    assert_int_equal(r.questions[0].statements[0].score, 2);
}

int main(void) {
#define T(test) cmocka_unit_test_setup(test, fresh)
    const struct CMUnitTest tests[] = {
        T(fractions_are_exact),
        T(every_sum_is_in_its_band),
        T(key_questions_by_hand),
        T(the_whole_by_hand),
        T(every_mix_of_five),
        T(every_way_to_score_five),
        T(nothing_given_is_nothing_said),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
