/* test_rules.c -- what answers mean, when lanes are due, an action's life; needs: care base
 *
 * Whatever fits in a table stands in tests/cases, where the author of a form can add to it. */
#include "cases.h"

#include <limits.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"
#include "care/rules.h"

static struct arena frame;

static int fresh(void **state) {
    (void)state;
    arena_reset(&frame);
    return 0;
}

static int64_t at(const char *iso) {
    int64_t ms = 0;
    if (!time_read_iso(iso, &ms)) fail_msg("not a time: %s", iso);
    return ms;
}

/* ---- cases in files ---- */

/* The next word of a line; NULL at its end. */
static char *next_token(char **line) {
    while (**line == ' ')
        ++*line;
    if (!**line) return NULL;
    char *token = *line;
    while (**line && **line != ' ')
        ++*line;
    if (**line) *(*line)++ = '\0';
    return token;
}

/* ---- verdicts ---- */

static struct part part_from(char *line, int64_t *target, int64_t *high) {
    static const char *const rules[] = {"", "at_most", "at_least", "between"};
    struct part p = {.id = "", .text = "", .unit = "", .target = ""};
    const char *kind = next_token(&line), *word;
    while (p.kind < PART_KINDS && !text_equal(part_kind_name(p.kind), kind))
        p.kind++;
    assert_int_not_equal(p.kind, PART_KINDS);
    while ((word = next_token(&line))) {
        for (int r = TARGET_AT_MOST; r <= TARGET_BETWEEN; r++)
            if (text_equal(word, rules[r])) p.rule = (enum target_rule)r;
        if (text_equal(word, "choices")) {
            struct choice *all = ARENA_ARRAY(&frame, struct choice, CHOICES_MAX);
            p.choices = all;
            char *list = next_token(&line), *save = NULL;
            for (char *id = strtok_r(list, ",", &save); id; id = strtok_r(NULL, ",", &save)) {
                size_t n = strlen(id);
                all[p.choices_count].bad = id[n - 1] == '!';
                if (id[n - 1] == '!') id[n - 1] = '\0';
                all[p.choices_count++].id = id;
            }
        } else {
            *target = strtoll(next_token(&line), NULL, 10);
            if (p.rule == TARGET_BETWEEN) *high = strtoll(next_token(&line), NULL, 10);
        }
    }
    return p;
}

static struct answer_value answer_from(char *line) {
    struct answer_value a = {.word = "", .list = "", .text = ""};
    char *pair;
    while ((pair = next_token(&line))) {
        char *value = strchr(pair, '=');
        assert_non_null(value);
        *value++ = '\0';
        int64_t n = strtoll(value, NULL, 10);
        if (text_equal(pair, "word")) a.word = value;
        if (text_equal(pair, "list")) a.list = value;
        if (text_equal(pair, "text")) a.text = value;
        if (text_equal(pair, "number")) a.number = n, a.has_number = true;
        if (text_equal(pair, "of")) a.of = n, a.has_of = true;
        if (text_equal(pair, "time")) a.time = n, a.has_time = true;
        if (text_equal(pair, "day")) a.day = (day_no)n, a.has_day = true;
        if (text_equal(pair, "person")) a.person = n;
    }
    return a;
}

static void verdicts_by_rule(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "verdicts");
    char *l[3];
    bool kinds_seen[PART_KINDS] = {0};
    while (cases_next(&c, 3, l)) {
        int64_t target = 0, high = 0;
        bool answered = false;
        struct part p = part_from(l[0], &target, &high);
        struct answer_value a = answer_from(l[1]);
        const char *verdict = next_token(&l[2]), *how = next_token(&l[2]);
        const char *got = verdict_word(verdict_of(&p, &a, target, high, &answered));
        if (!text_equal(*got ? got : "-", verdict) || answered != text_equal(how, "answered"))
            fail_msg("verdicts.test, before line %d: got %s, %s", c.line + 1, got,
                     answered ? "answered" : "open");
        kinds_seen[p.kind] = true;
    }
    for (int k = 0; k < PART_KINDS; k++)
        if (!kinds_seen[k]) fail_msg("no case for %s", part_kind_name((enum part_kind)k));
    printf("figure: %d verdicts checked\n", c.count);
}

static void no_answer_is_no_verdict(void **state) {
    (void)state;
    for (int k = 0; k < PART_KINDS; k++) {
        struct part p = {.kind = (enum part_kind)k, .rule = TARGET_AT_MOST};
        struct answer_value nothing = {0}; /* NULL texts, as from an empty row */
        bool answered = true;
        assert_int_equal(verdict_of(&p, NULL, 0, 0, &answered), VERDICT_NONE);
        assert_false(answered);
        answered = true;
        assert_int_equal(verdict_of(&p, &nothing, 0, 0, &answered), VERDICT_NONE);
        assert_false(answered);
    }
}

static void the_worst_part_counts(void **state) {
    (void)state;
    static const enum verdict order[] = {VERDICT_NONE, VERDICT_NOT_APPLICABLE, VERDICT_NOT_SEEN,
                                         VERDICT_GOOD, VERDICT_PARTLY,         VERDICT_BAD};
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++)
            assert_int_equal(verdict_worst(order[i], order[k]), order[i > k ? i : k]);
}

static void targets_say_which_way(void **state) {
    (void)state;
    struct part p = {.rule = TARGET_NONE};
    assert_string_equal(target_result(&p, 5, 4, 6), "");
    p.rule = TARGET_AT_MOST;
    assert_string_equal(target_result(&p, 4, 4, 0), "within");
    assert_string_equal(target_result(&p, 5, 4, 0), "beyond");
    p.rule = TARGET_AT_LEAST;
    assert_string_equal(target_result(&p, 4, 4, 0), "within");
    assert_string_equal(target_result(&p, 3, 4, 0), "below");
    p.rule = TARGET_BETWEEN;
    assert_string_equal(target_result(&p, 3, 4, 6), "below");
    assert_string_equal(target_result(&p, 4, 4, 6), "within");
    assert_string_equal(target_result(&p, 6, 4, 6), "within");
    assert_string_equal(target_result(&p, 7, 4, 6), "beyond");
}

/* A wrong year must not make a drill that never was one that was in time. */
static void a_last_time_that_is_still_to_come_is_never_within(void **state) {
    (void)state;
    const day_no today = day_of(2026, 11, 22), ahead = day_of(2027, 11, 20);
    const day_no edges[] = {day_of(1900, 1, 1), day_of(2200, 12, 31)};
    struct part since = {.kind = PART_SINCE, .rule = TARGET_AT_MOST},
                until = {.kind = PART_UNTIL, .rule = TARGET_AT_LEAST};
    int64_t days = part_days(&since, ahead, today);
    assert_int_equal(days, -363 * 1000);
    assert_string_equal(target_result(&since, days, 182000, 0), "beyond");
    struct answer_value v = {.has_day = true, .day = ahead, .has_number = true, .number = days};
    bool answered;
    assert_int_equal(verdict_of(&since, &v, 182000, 0, &answered), VERDICT_BAD);
    assert_true(answered);
    since.rule = TARGET_NONE;
    assert_string_equal(target_result(&since, days, 182000, 0), "");
    assert_string_equal(target_result(&until, part_days(&until, ahead, today), 0, 0), "within");
    for (int i = 0; i < 2; i++)
        assert_int_equal(part_days(&since, edges[i], today),
                         -part_days(&until, edges[i], today));
}

static void a_pool_is_counted_whatever_it_says(void **state) {
    (void)state;
    assert_int_equal(pool_size("1-2,4-40"), 39);
    assert_int_equal(pool_size(""), 0);
    assert_int_equal(pool_size(NULL), 0);
    assert_int_equal(pool_size("0-3"), 1);                      /* a name, then */
    assert_int_equal(pool_size("5-1,99999999999999999999"), 2); /* two */
    struct buf b = {0};
    for (int i = 0; i < 4000; i++)
        buf_text(&b, i ? ",1-1000000" : "1-1000000");
    assert_int_equal(pool_size(buf_str(&b)), INT_MAX);
    buf_release(&b);
}

static void conditions(void **state) {
    (void)state;
    struct condition is = {.is = "met"}, is_not = {.is_not = "met"},
                     many = {.by_number = true, .at_least = 1000, .at_most = 5000};
    struct answer_value met = {.word = "met"}, partly = {.word = "partly"}, none = {0};
    struct answer_value one = {.has_number = true, .number = 1000},
                        zero = {.has_number = true, .number = 999};
    struct answer_value ticked = {.word = "", .list = "a,met"},
                        other = {.word = "", .list = "a"};
    assert_true(condition_holds(&is, &met));
    assert_false(condition_holds(&is, &partly));
    assert_false(condition_holds(&is, &none));
    assert_true(condition_holds(&is, &ticked));
    assert_false(condition_holds(&is, &other));
    assert_true(condition_holds(&is_not, &partly));
    assert_true(condition_holds(&is_not, &other));
    assert_false(condition_holds(&is_not, &met));
    assert_false(condition_holds(&is_not, &ticked));
    assert_false(condition_holds(&is_not, &none)); /* not answered is not "something else" */
    assert_true(condition_holds(&many, &one));
    assert_false(condition_holds(&many, &zero));
    struct answer_value lots = {.has_number = true, .number = 5001};
    assert_false(condition_holds(&many, &lots));
    assert_false(condition_holds(&many, &met));
    assert_false(condition_holds(&is, NULL));
    assert_false(condition_holds(&is_not, NULL));
    assert_false(condition_holds(&many, NULL));
}

/* ---- which items ---- */

static void nights_by_their_hours(void **state) {
    (void)state;
    assert_true(night_minute(21 * 60, 0, 0)); /* not said: 21:00 to 07:00 */
    assert_true(night_minute(7 * 60 - 1, 0, 0));
    assert_false(night_minute(7 * 60, 0, 0));
    assert_false(night_minute(21 * 60 - 1, 0, 0));
    assert_true(night_minute(20 * 60, 20 * 60, 8 * 60));
    assert_true(night_minute(7 * 60 + 59, 20 * 60, 8 * 60));
    assert_false(night_minute(23 * 60, 30, 6 * 60)); /* begins half an hour after midnight */
    assert_true(night_minute(30, 30, 6 * 60));
    assert_false(night_minute(12 * 60, 30, 6 * 60));
    int64_t summer = london_to_ms(2026, 7, 1, 21, 30); /* 20:30 by Greenwich */
    assert_true(night_at(summer, 21 * 60, 7 * 60));
    assert_false(night_at(summer - 3600000, 21 * 60, 7 * 60));
}

static void items_of_a_visit(void **state) {
    (void)state;
    static const char *const settings[] = {"care_home", "extra_care"};
    struct item everywhere = {.module = "core"},
                core = {.module = "core", .settings = settings, .settings_count = 2},
                clean = {.module = "clean"};
    assert_true(item_applies(&everywhere, "home_care"));
    assert_true(item_applies(&core, "extra_care"));
    assert_false(item_applies(&core, "care"));
    assert_false(item_applies(&core, "home_care"));
    assert_true(item_applies(&core, "")); /* a service whose setting nobody has said */
    assert_true(item_chosen(&core, "core", ""));
    assert_false(item_chosen(&clean, "core", ""));
    assert_false(item_chosen(&clean, "standard", "rooms,cleaning"));
    assert_true(item_chosen(&clean, "standard", "rooms,clean"));
    assert_true(item_chosen(&clean, "standard", "clean,rooms"));
    assert_true(item_chosen(&clean, "full", NULL));
    assert_false(item_chosen(&clean, NULL, NULL));
}

static void modules_take_turns(void **state) {
    (void)state;
    struct template t = {.modules_count = 4};
    day_no last[4] = {20779, 0, 20100, 0};
    int chosen[5];
    modules_rotate(&t, last, 2, chosen);
    assert_int_equal(chosen[0], 1); /* never looked at, first in the form */
    assert_int_equal(chosen[1], 3);
    modules_rotate(&t, last, 5, chosen);
    static const int all[] = {1, 3, 2, 0, -1};
    assert_memory_equal(chosen, all, sizeof all);
    /* Looked at in turn, each comes up equally often. */
    int times[4] = {0};
    day_no then[4] = {0};
    for (int night = 1; night <= 40; night++) {
        modules_rotate(&t, then, 2, chosen);
        for (int k = 0; k < 2; k++)
            times[chosen[k]]++, then[chosen[k]] = night;
    }
    for (int m = 0; m < 4; m++)
        assert_int_equal(times[m], 20);
}

/* ---- lanes ---- */

static void lanes_are_due(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "lanes");
    char *l[3];
    while (cases_next(&c, 3, l)) {
        const char *lane = next_token(&l[0]), *option;
        int64_t leaving = 0;
        int night = 0, hour, minute;
        while ((option = next_token(&l[0]))) {
            const char *value = next_token(&l[0]);
            if (text_equal(option, "leaving")) leaving = at(value);
            if (text_equal(option, "night") && sscanf(value, "%d:%d", &hour, &minute) == 2)
                night = hour * 60 + minute;
        }
        int64_t due = lane_due(lane, at(l[1]), night, leaving);
        const char *got = due ? time_day_hm(&frame, due) : "-";
        if (!text_equal(got, l[2]))
            fail_msg("lanes.test, before line %d: got %s", c.line + 1, got);
    }
    printf("figure: %d lanes checked\n", c.count);
    /* Whenever it is asked, a lane is due in the future, and never later than the wider one. */
    for (int64_t now = at("2026-01-01T00:00"); now < at("2028-03-01T00:00");
         now += 5 * 3600 * 1000) {
        int64_t tonight = lane_due("before_tonight", now, 1260, 0),
                week = lane_due("this_week", now, 1260, 0),
                month = lane_due("this_month", now, 1260, 0);
        assert_true(now < tonight && tonight <= now + 25 * 3600 * 1000);
        assert_true(tonight < week && week < month);
        struct civil due = civil_london(tonight);
        assert_true(due.hour == 21 && due.minute == 0);
    }
}

static void the_night_has_one_date(void **state) {
    (void)state;
    day_no first = london_night(at("2026-10-24T21:30"));
    assert_int_equal(first, day_of(2026, 10, 24));
    for (int64_t ms = at("2026-10-24T12:00"); ms < at("2026-10-25T12:00"); ms += 60000)
        assert_int_equal(london_night(ms), first); /* 25 hours, one night */
    assert_int_equal(at("2026-10-25T12:00") - at("2026-10-24T12:00"), 25 * 3600 * 1000);
    for (int64_t ms = at("2026-03-28T12:00"); ms < at("2026-03-29T12:00"); ms += 60000)
        assert_int_equal(london_night(ms), day_of(2026, 3, 28));
}

/* ---- counting ---- */

static void staffing_rounds_up(void **state) {
    (void)state;
    assert_int_equal(people_per_worker(42, 2), 21);
    assert_int_equal(people_per_worker(43, 2), 22);
    assert_int_equal(people_per_worker(1, 3), 1);
    assert_int_equal(people_per_worker(0, 2), 0);
    assert_int_equal(people_per_worker(20, 0), 0);
    assert_int_equal(people_per_worker(20, -1), 0);
    assert_int_equal(people_per_worker(INT32_MAX, 1), INT32_MAX);
}

/* ---- drawing ---- */

static void draws_repeat_and_are_fair(void **state) {
    (void)state;
    enum { ROOMS = 12, MOST = 6, SEEDS = 6000 };
    int times[ROOMS] = {0}, pairs[ROOMS][ROOMS] = {{0}}, drawn[ROOMS], again[ROOMS];
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        int n = draw_fairly(seed, ROOMS, MOST, drawn);
        assert_int_equal(n, MOST);
        assert_int_equal(draw_fairly(seed, ROOMS, MOST, again), MOST);
        assert_memory_equal(drawn, again, sizeof(int) * MOST);
        for (int i = 0; i < n; i++) {
            assert_in_range(drawn[i], 0, ROOMS - 1);
            if (i) assert_true(drawn[i] > drawn[i - 1]);
            times[drawn[i]]++;
            for (int k = 0; k < i; k++)
                pairs[drawn[k]][drawn[i]]++;
        }
    }
    /* Each room in half of the draws: 3,000, standard deviation 38.7. Each pair in 6*5/(12*11)
     * of them: 1,364, standard deviation 32.5. Five deviations either way for 66 pairs. */
    int least = SEEDS, most = 0;
    for (int r = 0; r < ROOMS; r++) {
        assert_in_range(times[r], 3000 - 155, 3000 + 155);
        if (times[r] < least) least = times[r];
        if (times[r] > most) most = times[r];
        for (int k = r + 1; k < ROOMS; k++)
            assert_in_range(pairs[r][k], 1364 - 163, 1364 + 163);
    }
    printf("figure: over %d seeds each room was drawn %d to %d times (3000 is fair)\n", SEEDS,
           least, most);
    assert_int_equal(draw_fairly(1, 3, 6, drawn), 3);
    assert_int_equal(drawn[2], 2);
    assert_int_equal(draw_fairly(1, 0, 6, drawn), 0);
    assert_int_equal(draw_fairly(1, 5, 0, drawn), 0);
    assert_int_equal(draw_fairly(1, -5, 3, drawn), 0);
}

/* ---- an action's life ---- */

enum { VISITOR = 11, OWNER = 22, WORKER = 33, OUTSIDER = 44 };

static struct action_step step(const char *sort, const char *iso, int64_t by) {
    return (struct action_step){.sort = sort, .at = at(iso), .by = by};
}

static void actions_move_by_their_steps(void **state) {
    (void)state;
    const struct action_step steps[] = {step("update", "2026-01-02T10:00", OWNER),
                                        step("said_done", "2026-01-03T10:00", OWNER),
                                        step("made_safe", "2026-01-03T11:00", OWNER),
                                        step("seen_working", "2026-01-10T02:00", VISITOR),
                                        step("said_done", "2026-01-11T10:00", OWNER),
                                        step("not_working", "2026-01-20T02:00", VISITOR),
                                        step("said_done", "2026-01-21T10:00", OWNER),
                                        step("seen_working", "2026-02-01T02:00", VISITOR),
                                        step("lasted", "2026-02-15T02:00", VISITOR),
                                        step("seen_working", "2026-03-15T02:00", VISITOR),
                                        step("lasted", "2026-04-26T02:00", VISITOR),
                                        step("moved", "2026-04-27T10:00", OWNER),
                                        step("reopened", "2026-05-01T10:00", VISITOR),
                                        step("closed", "2026-05-02T10:00", VISITOR)};
    static const enum action_state after[] = {
        ACTION_OPEN,
        ACTION_OPEN,
        ACTION_SAID_DONE,
        ACTION_SAID_DONE,
        ACTION_SEEN_WORKING,
        ACTION_SEEN_WORKING, /* said done again takes nothing back */
        ACTION_OPEN,
        ACTION_SAID_DONE,
        ACTION_SEEN_WORKING,
        ACTION_SEEN_WORKING, /* "lasted" after two weeks is one more look */
        ACTION_SEEN_WORKING,
        ACTION_LASTED,
        ACTION_LASTED,
        ACTION_OPEN,
        ACTION_CLOSED};
    for (int n = 0; n <= 14; n++) {
        struct action_facts a = {.steps = steps, .steps_count = n};
        if (action_state(&a) != after[n]) fail_msg("after %d steps: %d", n, action_state(&a));
    }
}

static void overdue_means_nobody_said_done(void **state) {
    (void)state;
    const struct action_step done[] = {step("said_done", "2026-11-22T20:00", OWNER)};
    struct action_facts a = {.due = at("2026-11-22T21:00")};
    assert_false(action_overdue(&a, a.due));
    assert_true(action_overdue(&a, a.due + 1));
    a.steps = done, a.steps_count = 1;
    assert_false(action_overdue(&a, a.due + 1));
    struct action_facts never = {0};
    assert_false(action_overdue(&never, at("2026-11-22T21:00")));
}

static void says(const struct action_facts *a, int64_t who, bool night, bool unannounced,
                 bool outside, const char *key) {
    const char *got = action_cannot_verify(a, who, night, unannounced, outside);
    assert_string_equal(got ? got : "yes", key);
}

static void who_may_sign_it_off(void **state) {
    (void)state;
    const struct action_step steps[] = {step("said_done", "2026-11-01T10:00", WORKER),
                                        step("update", "2026-11-02T10:00", VISITOR),
                                        step("not_working", "2026-11-05T02:00", VISITOR),
                                        step("said_done", "2026-11-08T10:00", OUTSIDER)};
    struct action_facts day = {.owner = OWNER, .steps = steps, .steps_count = 2};
    says(&day, VISITOR, false, false, false, "yes");
    says(&day, OWNER, true, true, true, "action.cannot_own");
    says(&day, WORKER, true, true, true, "action.cannot_own");
    /* Open again since: who said done the first time may look, who did it this time may not. */
    day.steps_count = 4;
    says(&day, WORKER, false, false, false, "yes");
    says(&day, OUTSIDER, false, false, false, "action.cannot_own");
    struct action_facts night = {.owner = OWNER, .found_at_night = true};
    says(&night, VISITOR, true, true, false, "yes");
    says(&night, VISITOR, false, true, false, "action.cannot_day");
    says(&night, VISITOR, true, false, false, "action.cannot_announced");
    says(&night, OWNER, true, true, false, "action.cannot_own");
    struct action_facts must = {.must = true, .found_at_night = true, .owner = OWNER};
    says(&must, VISITOR, true, true, false, "action.cannot_inside");
    says(&must, OUTSIDER, true, true, true, "yes");
    says(&must, OUTSIDER, false, true, true, "action.cannot_day");
    struct action_facts must_by_day = {.must = true};
    says(&must_by_day, OUTSIDER, false, false, true, "yes");
    says(&must_by_day, VISITOR, false, false, false, "action.cannot_inside");
}

static void looks_at_two_six_and_twelve_weeks(void **state) {
    (void)state;
    int64_t now = at("2027-06-01T00:00");
    const struct action_step steps[] = {
        step("said_done", "2026-09-01T10:00", OWNER),
        step("seen_working", "2026-09-06T03:00", VISITOR), /* day 0 */
        step("seen_working", "2026-09-19T03:00", VISITOR), /* day 13: too early for two weeks */
        step("seen_working", "2026-09-20T02:00", VISITOR), /* day 14 */
        step("seen_working", "2026-10-25T01:30Z",
             VISITOR), /* day 49: after the clocks went back */
        step("seen_working", "2026-11-29T02:00", VISITOR), /* day 84 */
        step("not_working", "2026-12-24T02:00", VISITOR),
        step("seen_working", "2026-12-30T02:00", VISITOR)};
    static const int next[] = {0, 0, 2, 2, 6, 12, 0, 0, 2};
    for (int n = 0; n <= 8; n++) {
        struct action_facts a = {.steps = steps, .steps_count = n};
        if (action_next_look_weeks(&a, now) != next[n])
            fail_msg("after %d steps: week %d", n, action_next_look_weeks(&a, now));
    }
    /* What is yet to come by this clock has not been looked at. */
    struct action_facts a = {.steps = steps, .steps_count = 5};
    assert_int_equal(action_next_look_weeks(&a, at("2026-09-10T00:00")), 2);
}

/* ---- names ---- */

static void likely_names(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "names");
    char *l[2];
    while (cases_next(&c, 2, l)) {
        size_t start = 0, length = 0;
        bool got = likely_name(l[0], &start, &length);
        const char *name = got ? arena_strndup(&frame, l[0] + start, length) : "-";
        if (!text_equal(name, l[1])) fail_msg("names.test, line %d: got %s", c.line, name);
    }
    printf("figure: %d likely names checked\n", c.count);
    size_t start = 7, length = 7;
    assert_false(likely_name(NULL, &start, &length));
    assert_false(likely_name("", &start, &length));
    assert_int_equal(start + length, 14);
}

/* Whatever bytes are typed or pasted, what is pointed at lies inside them. */
static void names_in_rubbish(void **state) {
    (void)state;
    static const char *const bits[] = {"Mrs",  " ", "'",    "\xE2\x80\x99", "s",   "J",
                                       "Joan", ".", "\xC3", "\xC3\x89",     "-",   "\xFF",
                                       "Mr.",  "A", "Bo",   "\n",           "\xE2"};
    draw d = {42};
    int found = 0;
    for (int round = 0; round < 20000; round++) {
        char text[64] = "";
        size_t n = 0;
        for (int i = 0; i < 9; i++) {
            const char *bit = bits[draw_below(&d, sizeof bits / sizeof *bits)];
            memcpy(text + n, bit, strlen(bit) + 1);
            n += strlen(bit);
        }
        char *exact = malloc(n + 1); /* so that one byte beyond is found */
        assert_non_null(exact);
        memcpy(exact, text, n + 1);
        size_t start = 0, length = 0;
        if (likely_name(exact, &start, &length)) {
            found++;
            assert_true(length > 0 && start + length <= n);
        }
        free(exact);
    }
    assert_in_range(found, 2000, 19000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup(f, fresh)
        T(verdicts_by_rule),
        T(no_answer_is_no_verdict),
        T(the_worst_part_counts),
        T(targets_say_which_way),
        T(a_last_time_that_is_still_to_come_is_never_within),
        T(a_pool_is_counted_whatever_it_says),
        T(conditions),
        T(nights_by_their_hours),
        T(items_of_a_visit),
        T(modules_take_turns),
        T(lanes_are_due),
        T(the_night_has_one_date),
        T(staffing_rounds_up),
        T(draws_repeat_and_are_fair),
        T(actions_move_by_their_steps),
        T(overdue_means_nobody_said_done),
        T(who_may_sign_it_off),
        T(looks_at_two_six_and_twelve_weeks),
        T(likely_names),
        T(names_in_rubbish),
#undef T
    };
    int failed = cmocka_run_group_tests_name("rules", tests, NULL, NULL);
    arena_release(&frame);
    return failed;
}
