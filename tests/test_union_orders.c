/* test_union_orders.c -- putting journals together: any order, any splitting, the same result.
 *
 * needs: store base
 *
 * Several devices write through the same functions the app uses, now and then seeing each
 * other's records, with clocks that are wrong by years. Their logs are then cut into pieces and
 * carried into fresh databases in different orders. The content hash and the hash over all
 * tables must be the same, and each must equal what a rebuild gives. */
#include "union_hand.h"

/* ---- a device that does random things ---- */

static void change_answer(struct journal *j, row_id id) {
    struct arena a = {0};
    struct row r;
    OK(journal_row(j, &kind_answer, id, &a, &r));
    row_unsay(&r, "note");
    fill_answer(&r);
    if (below(12) == 0) row_ref(&r, "visit", any_row(j, "visit")); /* moved to another check */
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &r));
    free_note(&r);
    arena_release(&a);
}

static void revert_answer(struct journal *j, row_id id) {
    struct arena a = {0};
    struct version *v;
    size_t n;
    OK(journal_history(j, id, &a, &v, &n));
    OK(journal_begin(j));
    sealed_or_ok(j, journal_revert(j, &kind_answer, id, n ? v[below((int)n)].record : 0));
    arena_release(&a);
}

static void other_rows(struct journal *j, row_id visit) {
    char text[24];
    struct row r = row_new(below(2) ? &kind_observation : &kind_feedback);
    snprintf(text, sizeof text, "words %d", below(100));
    row_ref(&r, "visit", visit);
    row_text(&r, "text", text);
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &r));
    r = row_new(&kind_addendum);
    row_ref(&r, "visit", visit);
    row_text(&r, "text", text);
    put_alone(j, &r);
}

static void step(struct device *d) {
    struct journal *j = d->j;
    row_id visit = any_row(j, "visit"), answer = any_row(j, "answer");
    d->clock.wall_ms += below(5000);
    if (below(200) == 0) d->clock.wall_ms += (below(21) - 10) * 365LL * 86400000;
    switch (below(20)) {
    case 0:
        any_visit(j);
        break;
    case 1:
        if (visit && below(4) == 0) new_seal(j, visit);
        break;
    case 2:
    case 3:
        if (visit) other_rows(j, visit);
        break;
    case 4:
    case 5:
        if (answer) revert_answer(j, answer);
        break;
    case 6: {
        struct row r = row_new(&kind_service);
        char code[8];
        snprintf(code, sizeof code, "S%d", below(5));
        row_text(&r, "code", code);
        row_text(&r, "name", below(3) ? "a home" : "another home");
        put_alone(j, &r);
        break;
    }
    case 7: {
        struct row r = row_new(&kind_person);
        row_text(&r, "label", "night lead");
        journal_hold(j, put_alone(j, &r));
        break;
    }
    case 8:
    case 9:
    case 10:
    case 11:
        if (answer) change_answer(j, answer);
        break;
    default:
        if (visit) new_answer(j, visit);
    }
}

/* ---- in any order ---- */

static void same_in_any_order(size_t n, int orders, const char *what) {
    hash256 want_content = {0}, want_tables = {0};
    struct told told = {0};
    for (int i = 0; i < orders; i++) {
        struct clock_manual clock = {.wall_ms = NOON};
        char name[60];
        snprintf(name, sizeof name, "order-%s-%d.db", what, i);
        struct journal *to = open_device(scratch(name), &clock, "office");
        if (i) shuffle(n);
        deliver(to, n, &told);
        hash256 c = content(to), t = tables_hash(to);
        if (i == 0) {
            want_content = c;
            want_tables = t;
        }
        if (memcmp(&c, &want_content, 32) != 0)
            fail_msg("%s: order %d, other content", what, i);
        if (memcmp(&t, &want_tables, 32) != 0) fail_msg("%s: order %d, other tables", what, i);
        struct journal_report r;
        enum status s = journal_verify(to, &r);
        if (s) print_error("%s order %d: %s\n", what, i, status_detail());
        assert_int_equal(s, STATUS_OK);
        assert_int_equal(r.gaps, 0);
        deliver(to, n < 5 ? n : 5, &told); /* again: nothing happens */
        t = tables_hash(to);
        assert_memory_equal(&t, &want_tables, 32);
        journal_close(to);
        remove(scratch(name));
    }
    printf("figure: %s: %zu pieces, %d orders, %d gaps opened and closed, %d forks told\n",
           what, n, orders, told.gaps, told.forks);
}

static void three_devices_agree(void **state) {
    (void)state;
    dice.s = 7;
    struct device d[3];
    start(&d[0], "a.db", "tablet");
    start(&d[1], "b.db", "tablet");
    start(&d[2], "c.db", "office");
    for (int i = 0; i < 3; i++)
        first_things(&d[i]);
    int steps = more(600, 3000);
    for (int i = 0; i < steps; i++) {
        step(&d[below(3)]);
        if (below(40) == 0) {
            int x = below(3), y = below(3);
            if (x != y) carry_all(d[x].j, d[y].j);
        }
    }
    size_t n = 0;
    for (int i = 0; i < 3; i++) {
        laws(d[i].j);
        n = cut_own(d[i].j, 25, n);
    }
    same_in_any_order(n, more(6, 24), "three devices");

    /* And the devices themselves, once they have seen everything. */
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 3; i++)
            carry_all(d[i].j, d[(i + 1) % 3].j);
    hash256 c = content(d[0].j), t = tables_hash(d[0].j);
    for (int i = 1; i < 3; i++) {
        hash256 other = content(d[i].j);
        assert_memory_equal(&other, &c, 32);
        other = tables_hash(d[i].j);
        assert_memory_equal(&other, &t, 32);
        laws(d[i].j);
    }
    printf("figure: %lld rows with a rival, %lld versions after a seal\n",
           (long long)query_one_int(d[0].j, 0,
                                    "SELECT count(*) FROM answer WHERE rival IS NOT NULL", 0),
           (long long)query_one_int(d[0].j, 0, "SELECT count(*) FROM late", 0));
    for (int i = 0; i < 3; i++)
        journal_close(d[i].j);
}

static void cloned_tablets_lose_nothing(void **state) {
    (void)state;
    int rounds = more(4, 16);
    for (int round = 0; round < rounds; round++) {
        dice.s = 100 + (uint64_t)round;
        struct device d[4];
        char name[40], key[60], other[60];
        snprintf(name, sizeof name, "f%d-0.db", round);
        start(&d[0], name, "tablet");
        first_things(&d[0]);
        for (int i = 0; i < 30; i++)
            step(&d[0]);
        journal_close(d[0].j);
        /* The whole folder is copied, key and all: two devices that think they are one. */
        for (int i = 1; i < 3; i++) {
            snprintf(other, sizeof other, "f%d-%d.db", round, i);
            copy_file(d[0].path, scratch(other));
            snprintf(key, sizeof key, "f%d-%d.db.key", round, i);
            snprintf(other, sizeof other, "f%d-0.db.key", round);
            copy_file(scratch(other), scratch(key));
        }
        d[0].j = open_device(d[0].path, &d[0].clock, "tablet");
        for (int i = 1; i < 3; i++) {
            snprintf(other, sizeof other, "f%d-%d.db", round, i);
            start(&d[i], other, "tablet");
        }
        snprintf(other, sizeof other, "f%d-3.db", round);
        start(&d[3], other, "office");
        for (int i = 0; i < 60; i++)
            step(&d[below(3)]);
        /* The office sees one tail, changes what it says, then sees the others. */
        carry_all(d[below(3)].j, d[3].j);
        for (int i = 0; i < 20; i++)
            step(&d[3]);
        size_t n = 0;
        for (int i = 0; i < 4; i++) {
            laws(d[i].j);
            n = cut_own(d[i].j, 25, n);
        }
        snprintf(name, sizeof name, "clones %d", round);
        same_in_any_order(n, more(5, 10), name);

        /* A clone that meets its twin goes on in a log of its own. */
        struct journal_self before, after;
        journal_self(d[0].j, &before);
        carry_all(d[1].j, d[0].j);
        journal_self(d[0].j, &after);
        assert_memory_not_equal(&before.log_id, &after.log_id, 32);
        for (int i = 0; i < 10; i++)
            step(&d[0]);
        laws(d[0].j);
        for (int i = 0; i < 4; i++)
            journal_close(d[i].j);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_devices_agree),
        cmocka_unit_test(cloned_tablets_lose_nothing),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
