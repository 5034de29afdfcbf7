/* test_frameworks.c -- the frameworks that ship, how a broken one is refused, and that nothing
 * of what was there goes with it; needs: care base */
#include "cases.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"
#include "care/frameworks.h"

static struct arena frame;

static int fresh(void **state) {
    (void)state;
    arena_reset(&frame);
    return 0;
}

#define SHIPPED "assets/frameworks"

static struct frameworks open_shipped(void) {
    struct frameworks f;
    if (frameworks_open(&f, SHIPPED)) fail_msg("%s", status_detail());
    if (f.problem) fail_msg("%s", f.problem);
    return f;
}

/* ---- what ships ---- */

static void three_ship(void **state) {
    (void)state;
    static const struct {
        const char *id;
        enum scoring scoring;
        int statements, lines, categories;
    } wanted[] = {{"cqc-saf-2024-12", SCORING_STATEMENT, 34, 0, 0},
                  {"cqc-saf-2023-11", SCORING_CATEGORY, 34, 0, 6},
                  {"cqc-asc-draft-2026-03", SCORING_NONE, 0, 24, 0}};
    struct frameworks f = open_shipped();
    assert_int_equal(f.count, 3);
    for (int i = 0; i < 3; i++) {
        const struct framework *one = f.all[i];
        int lines = 0;
        assert_string_equal(one->id, wanted[i].id);
        assert_ptr_equal(frameworks_newest(&f, one->id), one);
        assert_ptr_equal(frameworks_edition(&f, one->id, 1), one);
        assert_null(frameworks_edition(&f, one->id, 2));
        assert_int_equal(one->scoring, wanted[i].scoring);
        assert_int_equal(one->statements_count, wanted[i].statements);
        assert_int_equal(one->categories_count, wanted[i].categories);
        assert_int_equal(one->questions_count, 5);
        assert_int_equal(one->regulations_count, 30);
        assert_int_equal(one->standards_count, 14);
        assert_int_equal(one->sets_count, 2);
        for (int q = 0; q < 5; q++)
            lines += one->questions[q].lines;
        assert_int_equal(lines, wanted[i].lines);
        assert_true(one->title[0] && one->status[0] && one->short_title[0]);
    }
    assert_true(f.all[2]->draft);
    assert_non_null(strstr(f.all[2]->status, "do not use for ratings"));
    assert_null(frameworks_newest(&f, "nothing"));
    frameworks_close(&f);
}

static void each_set_has_its_numbers(void **state) {
    (void)state;
    struct frameworks f = open_shipped();
    const struct framework *one = f.all[0];
    int of[2] = {0}, shared = 0, may = 0;
    for (int i = 0; i < one->regulations_count; i++) {
        const struct regulation *g = &one->regulations[i];
        for (int s = 0; s < 2; s++)
            of[s] += text_equal(one->sets[s].id, g->set);
        for (int k = 0; k < i; k++)
            shared += text_equal(one->regulations[k].number, g->number);
    }
    assert_int_equal(of[0], 19);
    assert_int_equal(of[1], 11);
    assert_true(shared > 0); /* which is why a bare number never stands anywhere */
    for (int i = 0; i < one->statements_count; i++) {
        may += one->statements[i].breaches_count;
        if (!one->statements[i].breaches_count) fail_msg("%s", one->statements[i].code);
    }
    printf("figure: %d statements, %d regulations they may breach, %d numbers in both sets\n",
           one->statements_count, may, shared);
    frameworks_close(&f);
}

/* The lines of enquiry are counted and not named: nothing is made up. */
static void what_is_not_known_is_said(void **state) {
    (void)state;
    struct frameworks f = open_shipped();
    const struct framework *draft = frameworks_newest(&f, "cqc-asc-draft-2026-03");
    const struct rule *titles = framework_rule(draft, "line-titles");
    assert_non_null(titles);
    assert_string_equal(titles->status, RULE_NOT_VERIFIED);
    assert_non_null(strstr(titles->caveat, "Not found in the stored material"));
    int unsure = 0, rules = 0;
    for (int i = 0; i < f.count; i++)
        for (int k = 0; k < f.all[i]->rules_count; k++, rules++)
            unsure += text_equal(f.all[i]->rules[k].status, RULE_NOT_VERIFIED);
    assert_true(unsure >= 6);
    printf("figure: %d rules explained, %d of them not verified\n", rules, unsure);
    frameworks_close(&f);
}

static void mappings_lead_across(void **state) {
    (void)state;
    struct frameworks f = open_shipped();
    assert_int_equal(f.maps_count, 2);
    const struct mapping *same = frameworks_mapping(&f, "cqc-saf-2023-11", "cqc-saf-2024-12");
    const struct mapping *on =
        frameworks_mapping(&f, "cqc-saf-2024-12", "cqc-asc-draft-2026-03");
    assert_non_null(same);
    assert_non_null(on);
    assert_null(frameworks_mapping(&f, "cqc-asc-draft-2026-03", "cqc-saf-2024-12"));
    for (int i = 0; i < f.all[0]->statements_count; i++) {
        const char *code = f.all[0]->statements[i].code;
        const struct mapping_pair *p = mapping_of(same, code), *q = mapping_of(on, code);
        assert_non_null(p);
        assert_non_null(q);
        assert_string_equal(p->to[0], code);
        assert_string_equal(q->to[0],
                            f.all[0]->questions[f.all[0]->statements[i].question].code);
    }
    assert_null(mapping_of(on, "SAF-S9"));
    assert_null(mapping_of(NULL, "SAF-S1"));
    frameworks_close(&f);
}

/* ---- what is refused ---- */

static const char *shipped_text(void) {
    struct buf b = {0};
    if (file_read(SHIPPED "/cqc-saf-2024-12.json", 1 << 20, &b))
        fail_msg("%s", status_detail());
    const char *text = arena_strndup(&frame, buf_str(&b), b.size);
    buf_release(&b);
    return text;
}

static const char *replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    if (!at) fail_msg("not there: %s", from);
    return arena_printf(&frame, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static const char *unescaped(char *line) {
    for (char *at; (at = strstr(line, "\\n"));) {
        *at = '\n';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    return text_equal(line, "(nothing)") ? "" : line;
}

static const char *write_file(const char *name, const char *text) {
    const char *path = scratch(name);
    assert_int_equal(file_write(path, text, strlen(text), 0600), STATUS_OK);
    return path;
}

static void mistakes_are_told_with_their_place(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "framework");
    const char *whole = shipped_text();
    struct framework *held = NULL;
    assert_int_equal(framework_load(&held, SHIPPED "/cqc-saf-2024-12.json"), STATUS_OK);
    char *l[3];
    while (cases_next(&c, 3, l)) {
        struct framework *kept = held;
        const char *text = replaced(whole, unescaped(l[0]), unescaped(l[1]));
        enum status s = framework_load(&held, write_file("broken.json", text));
        if (s != STATUS_INVALID) fail_msg("framework.test, before line %d: taken", c.line + 1);
        assert_ptr_equal(held, kept); /* the old one is still there, and whole */
        assert_int_equal(held->statements_count, 34);
        const char *says = status_detail(), *place = strstr(says, ", column ");
        if (!text_starts(says, "broken.json: line ") || !place) fail_msg("no place: %s", says);
        const char *what = strstr(place, ": ");
        assert_non_null(what);
        if (!text_equal(what + 2, l[2]))
            fail_msg("framework.test, before line %d: %s", c.line + 1, says);
        assert_null(strchr(says, '\n')); /* one message */
    }
    framework_close(held);
    printf("figure: %d mistakes told\n", c.count);
}

/* A folder with one broken file among good ones, and with a newer edition of one. */
static void a_bad_one_takes_nothing_with_it(void **state) {
    (void)state;
    const char *whole = shipped_text(), *dir = scratch("frameworks");
    assert_int_equal(file_make_dirs(dir), STATUS_OK);
    struct {
        const char *name, *text;
    } files[] = {
        {"one.json", whole},
        {"two.json", replaced(whole, "\"version\": 1", "\"version\": 2")},
        {"gap.json", replaced(replaced(whole, "\"version\": 1", "\"version\": 3"),
                              "\"from\": 63, \"to\": 87", "\"from\": 65, \"to\": 87")},
    };
    for (size_t i = 0; i < 3; i++) {
        const char *path = path_join(&frame, dir, files[i].name);
        assert_int_equal(file_write(path, files[i].text, strlen(files[i].text), 0600),
                         STATUS_OK);
    }
    struct frameworks f;
    assert_int_equal(frameworks_open(&f, dir), STATUS_OK);
    assert_int_equal(f.count, 2);
    assert_non_null(f.problem);
    assert_non_null(strstr(f.problem, "gap.json: line "));
    assert_non_null(strstr(f.problem, "a gap: no band has 63 to 64 per cent"));
    /* An old record finds the edition it was made under; a new one gets the newest. */
    assert_int_equal(frameworks_newest(&f, "cqc-saf-2024-12")->version, 2);
    assert_int_equal(frameworks_edition(&f, "cqc-saf-2024-12", 1)->version, 1);
    assert_null(frameworks_edition(&f, "cqc-saf-2024-12", 3));
    /* Later arrivals: the broken one again, then one that is here already. */
    assert_int_equal(frameworks_take(&f, path_join(&frame, dir, "gap.json")), STATUS_INVALID);
    assert_int_equal(frameworks_take(&f, path_join(&frame, dir, "one.json")), STATUS_EXISTS);
    assert_int_equal(f.count, 2);
    assert_int_equal(frameworks_newest(&f, "cqc-saf-2024-12")->version, 2);
    frameworks_close(&f);
    const char *empty = scratch("nothing");
    assert_int_equal(file_make_dirs(empty), STATUS_OK);
    assert_int_equal(frameworks_open(&f, empty), STATUS_NOT_FOUND);
}

static void mappings_refuse(void **state) {
    (void)state;
    static const char good[] =
        "{\"schema\": \"lantern.framework-mapping/1\", \"from\": \"cqc-saf-2024-12\", \"to\": "
        "\"cqc-asc-draft-2026-03\",\n \"version\": 1, \"about\": \"A try.\", \"status\": "
        "\"from "
        "general knowledge, not verified here\",\n \"pairs\": [{\"from\": \"SAF-S1\", \"to\": "
        "[\"SAF\", \"WEL\"]},\n  {\"from\": \"SAF-S2\", \"to\": [\"SAF\"]}]}\n";
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        {"mapping/1", "map/1", "\"schema\" must be \"lantern.framework-mapping/1\""},
        {"from general knowledge, not verified here", "verified", "names no source"},
        {"from general knowledge, not verified here", "sure", "\"status\" must be"},
        {"\"SAF-S2\"", "\"SAF-S1\"", "pair SAF-S1: this code stands here twice"},
        {"[\"SAF\", \"WEL\"]", "[]", "\"to\" has 0 entries"},
        {"\"pairs\"", "\"pears\"", "no field is called \"pears\""},
    };
    struct frameworks f = open_shipped();
    struct mapping *m = NULL;
    const struct framework *from = f.all[0], *to = f.all[2];
    assert_int_equal(mapping_load(&m, write_file("map.json", good)), STATUS_OK);
    assert_int_equal(mapping_fits(m, from, to), STATUS_OK);
    assert_int_equal(mapping_of(m, "SAF-S1")->to_count, 2); /* one to many */
    struct mapping *held = m;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *bad = replaced(good, cases[i].from, cases[i].to);
        assert_int_equal(mapping_load(&m, write_file("map.json", bad)), STATUS_INVALID);
        assert_ptr_equal(m, held);
        if (!strstr(status_detail(), cases[i].says)) fail_msg("%s", status_detail());
    }
    mapping_close(m);
    /* A code that one of them does not know. */
    const char *stray = replaced(good, "\"SAF-S2\"", "\"SAF-S9\"");
    m = NULL;
    assert_int_equal(mapping_load(&m, write_file("map.json", stray)), STATUS_OK);
    assert_int_equal(mapping_fits(m, from, to), STATUS_INVALID);
    assert_non_null(strstr(status_detail(), "knows no SAF-S9"));
    mapping_close(m);
    frameworks_close(&f);
}

/* Damaged bytes: each is refused or read, never half. */
static void no_bytes_crash_the_reader(void **state) {
    (void)state;
    const char *whole = shipped_text();
    size_t n = strlen(whole);
    draw d = {.s = 20261122};
    int taken = 0, refused = 0, rounds = getenv("LANTERN_TEST_ALL") ? 4000 : 300;
    for (int i = 0; i < rounds; i++) {
        char *text = arena_strndup(&frame, whole, n);
        for (uint32_t edits = 1 + draw_below(&d, 3); edits; edits--) {
            size_t at = draw_below(&d, (uint32_t)n);
            if (draw_below(&d, 2))
                text[at] = "0123456789{}[]\",:"[draw_below(&d, 17)];
            else
                text[at] = (char)draw_below(&d, 256);
        }
        const char *path = scratch("bytes.json");
        assert_int_equal(file_write(path, text, n, 0600), STATUS_OK);
        struct framework *f = NULL;
        if (framework_load(&f, path)) {
            assert_null(f);
            refused++;
        } else {
            taken++;
            framework_close(f);
        }
        arena_reset(&frame);
        whole = shipped_text();
    }
    printf("figure: %d damaged frameworks: %d refused, %d still whole\n", rounds, refused,
           taken);
}

int main(void) {
#define T(test) cmocka_unit_test_setup(test, fresh)
    const struct CMUnitTest tests[] = {
        T(three_ship),
        T(each_set_has_its_numbers),
        T(what_is_not_known_is_said),
        T(mappings_lead_across),
        T(mistakes_are_told_with_their_place),
        T(a_bad_one_takes_nothing_with_it),
        T(mappings_refuse),
        T(no_bytes_crash_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
