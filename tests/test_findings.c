/* test_findings.c -- what is wrong with the records is told with exact numbers, dates and
 * names. needs: office sync model media care store base
 *
 * It closes by itself where it can, and is the same list for verify and the report. */
#include "story.h"

static int64_t at_of_seq(struct device *t, int64_t seq) {
    struct journal_self self;
    journal_self(t->j, &self);
    return query_one_int(t->j, 0, "SELECT at FROM journal WHERE id = ?1", 1,
                         ROW_ID(self.log, seq));
}

static int64_t head_of(struct device *t) {
    struct journal_self self;
    journal_self(t->j, &self);
    return self.head_seq;
}

/* Three bundles, each with what the one before had not; the deputy gets the third alone, then
 * the first, then the second. */
static void gaps_are_exact_and_close(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *t = device("Tablet B", false);
    enrol(office, t);
    struct device *deputy = copy_of(office, "deputy");
    const char *bundles[3];
    int64_t until[3];
    for (int i = 0; i < 3; i++) {
        t->time.wall_ms += DAY;
        office->time.wall_ms = deputy->time.wall_ms = t->time.wall_ms;
        walk_and_seal(t, "One more night");
        bundles[i] = send(t);
        until[i] = head_of(t);
        take(office, bundles[i]);
        give_pack(office, t);
    }
    assert_int_equal(take(deputy, bundles[2]).gaps, 1);
    const struct finding *f = finding(deputy, FINDING_GAP);
    assert_int_equal(f->first, 1);
    assert_int_equal(f->last, until[1]);
    assert_int_equal(f->from, 0);
    assert_int_equal(f->until, at_of_seq(t, until[1] + 1));
    assert_true(f->wrong && f->heals);
    says(f, arena_printf(&memory,
                         "Tablet B: records 1 to %lld are not here. They were written "
                         "before Wed 25 Nov 2026",
                         (long long)until[1]));
    assert_non_null(strstr(f->cure, "Save another bundle on this tablet and merge it"));
    assert_int_equal(verify_exit(deputy), EXIT_REFUSED);

    take(deputy, bundles[0]);
    f = finding(deputy, FINDING_GAP);
    assert_int_equal(f->first, until[0] + 1);
    assert_int_equal(f->last, until[1]);
    assert_int_equal(f->from, at_of_seq(t, until[0]));
    assert_int_equal(f->until, at_of_seq(t, until[1] + 1));
    const char *report = report_of(deputy);
    shows(report, f->says, true);
    shows(report, "1 tablet, 1 with records missing", true);

    take(deputy, bundles[1]);
    assert_int_equal(findings(deputy)->count, 0);
    assert_int_equal(verify_exit(deputy), EXIT_DONE);
    same_content(office, deputy);
    same_report(office, deputy);
    rest(office), rest(deputy), rest(t);
}

/* What the cure says is what cures. */
static void send_everything_closes_a_gap(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *t = device("Tablet B", false);
    enrol(office, t);
    struct device *deputy = copy_of(office, "deputy");
    walk_and_seal(t, "The first night");
    take(office, send(t));
    give_pack(office, t);
    walk_and_seal(t, "The second night");
    take(deputy, send(t));
    assert_int_equal(found_of(deputy, FINDING_GAP), 1);
    take(deputy, send_as(t, (struct export_options){.everything = true}));
    assert_int_equal(findings(deputy)->count, 0);
    rest(office), rest(deputy), rest(t);
}

/* A photo's bytes are lost on the way; the next pack asks for them. */
static void files_that_lack_come_by_themselves(void **state) {
    (void)state;
    static const char bytes[] = "a photo of a hall at night";
    struct device *office = office_of("Harbour Lights"), *t = device("Tablet B", false);
    hash256 name;
    enrol(office, t);
    struct check c = walk(t, "With a photo");
    struct row r = row_new(&kind_attachment);
    must(blob_put(t->j, bytes, sizeof bytes, &name));
    row_ref(&r, "visit", c.visit);
    row_ref(&r, "to", c.answer);
    row_hash(&r, "hash", &name);
    put(t, &r);
    must(blob_drop(t->j, &name));
    take(office, send(t));
    const struct finding *f = finding(office, FINDING_FILES);
    says(f, "Tablet B: 1 file has not arrived (photos, recordings, signatures or forms), the "
            "oldest from Sun 22 Nov 2026");
    assert_true(f->wrong && f->heals);
    assert_int_equal(verify_exit(office), EXIT_REFUSED);

    must(blob_put(t->j, bytes, sizeof bytes, &name)); /* found on a card in the tablet */
    give_pack(office, t);
    take(office, send(t));
    assert_int_equal(findings(office)->count, 0);
    assert_int_equal(verify_exit(office), EXIT_DONE);
    rest(office), rest(t);
}

/* A record of a kind that does not exist yet, from a Lantern of next year. */
static void kinds_of_a_newer_lantern_are_counted(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *t = device("Tablet B", false);
    static const uint8_t zeros[32], body[] = {0x80};
    struct union_section *s = NULL;
    struct union_outcome out;
    struct journal_self self;
    struct record_wire w = {.seq = 1,
                            .hlc = (uint64_t)NIGHT << 16,
                            .at = NIGHT,
                            .kind = 900,
                            .body = body,
                            .body_size = sizeof body};
    walk(office, "The office keeps nothing of that tablet but this");
    journal_self(t->j, &self);
    w.row = (struct global_ref){.log = self.log_id, .seq = 1};
    must(union_begin(office->j));
    must(union_section_start(&s, office->j, &self.log_id, self.key, self.incarnation, 1,
                             &self.log_id, zeros));
    must(union_section_add(s, &w));
    must(union_section_end(s, &out));
    must(union_commit(office->j));
    const struct finding *f = finding(office, FINDING_NEWER);
    assert_int_equal(f->count, 1);
    assert_false(f->wrong);
    says(f, "1 record was made by a newer Lantern, the first on Sun 22 Nov 2026, 02:11");
    says(f, "A tablet without a name");
    assert_int_equal(verify_exit(office), EXIT_DONE);
    rest(office), rest(t);
}

/* A copy of a copy: three tablets, three histories, and not the stretch that two of them share.
 */
static void a_copy_of_a_copy(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *t = device("Tablet B", false);
    enrol(office, t);
    walk_and_seal(t, "All three have this");
    struct device *second = copy_of(t, "second");
    walk_and_seal(second, "The second and the third have this");
    struct device *third = copy_of(second, "third");
    walk_and_seal(t, "Only the first");
    walk_and_seal(second, "Only the second");
    walk_and_seal(third, "Only the third, which was walking about");
    walk_and_seal(third, "for longer than the others");
    take(office, send(third));
    take(office, send(t));
    take(office, send(second));
    const struct finding *f = finding(office, FINDING_FORK);
    says(f, "3 tablets have written under this one name");
    assert_int_equal(f->lines_count, 3);
    assert_int_equal(count(office, "SELECT count(*) FROM visit"), 6);
    laws(office);
    rest(office), rest(t), rest(second), rest(third);
}

/* Enrolled, and then nobody took the pack to it. */
static void silence_is_told(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *t = device("Tablet B", false);
    enrol(office, t);
    says(finding(office, FINDING_SILENT),
         "Tablet B: enrolled on Sun 22 Nov 2026, and nothing of it has come yet.");
    assert_int_equal(verify_exit(office), EXIT_DONE);
    walk(t, "Here it is");
    take(office, send(t));
    assert_int_equal(findings(office)->count, 0);
    rest(office), rest(t);
}

/* A gap, a fork, a clock ten years ahead and a revoked tablet, and the office's bundles of a
 * night, with repeats, in orders drawn by lot: one report and one list, byte for byte. The
 * bundles of the revoked tablet come in by --trust, so that there is something to park. */
static void any_order_says_the_same(void **state) {
    (void)state;
    enum { ORDERS = 8, MOST = 16 };
    struct device *office = office_of("Harbour Lights");
    struct device *t[4] = {device("Tablet A", false), device("Tablet B", false),
                           device("Tablet C", false), device("Tablet D", false)};
    const char *files[MOST];
    int n = 0;
    for (int i = 0; i < 4; i++) {
        enrol(office, t[i]);
        walk_and_seal(t[i], "The first night");
        files[n++] = send(t[i]);
        take(office, files[n - 1]);
        give_pack(office, t[i]);
    }
    struct device *spare = copy_of(t[1], "spare"), *first = copy_of(office, "first");
    struct journal_self stolen;
    journal_self(t[3]->j, &stolen);
    revoke_from(office, &stolen, "lost on a bus");
    rest(first);
    first = copy_of(office, "first-again");
    n = 1; /* of the first bundles only Tablet A's comes again: it is known */
    t[2]->time.wall_ms += 10 * YEAR;
    for (int i = 1; i < 4; i++) {
        walk_and_seal(t[i], "The second night");
        files[n++] = send(t[i]);
    }
    walk_and_seal(spare, "On the copy");
    files[n++] = send(spare);
    walk_and_seal(t[0], "The second night, on a stick that only the office saw");
    take(office, send(t[0]));
    give_pack(office, t[0]);
    walk_and_seal(t[0], "The third night");
    files[n++] = send(t[0]);

    const char *expected = NULL;
    draw d = {2026};
    for (int order = 0; order < ORDERS; order++) {
        struct device *m = copy_of(first, arena_printf(&memory, "order-%d", order));
        bool seen[MOST] = {false};
        for (int left = n; left > 0;) {
            struct merge_summary sum;
            uint32_t which = draw_below(&d, (uint32_t)n);
            left -= !seen[which];
            seen[which] = true;
            m->time.wall_ms = first->time.wall_ms; /* all in the same minute */
            must(try_take(m, files[which], (struct merge_options){.trust = true}, &sum));
        }
        const struct findings_model *all = findings(m);
        struct buf said = {0};
        for (size_t i = 0; i < all->count; i++)
            buf_printf(&said, "%s %s\n", all->all[i].says,
                       all->all[i].sort == FINDING_CLOCK ? "" : all->all[i].cure);
        buf_text(&said, report_of(m));
        if (!expected) expected = arena_strdup(&memory, buf_str(&said));
        assert_string_equal(expected, buf_str(&said));
        buf_release(&said);
        assert_int_equal(found_of(m, FINDING_GAP), 1);
        assert_int_equal(found_of(m, FINDING_FORK), 1);
        assert_int_equal(found_of(m, FINDING_CLOCK), 1);
        assert_int_equal(found_of(m, FINDING_PARKED), 1);
        rest(m);
    }
    printf("figure: %d random orders of %d bundles with a gap, a fork, a wrong clock and a "
           "revoked "
           "tablet: one report, byte for byte\n",
           ORDERS, n);
    rest(office), rest(first), rest(spare);
    for (int i = 0; i < 4; i++)
        rest(t[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_are_exact_and_close),
        cmocka_unit_test(send_everything_closes_a_gap),
        cmocka_unit_test(files_that_lack_come_by_themselves),
        cmocka_unit_test(kinds_of_a_newer_lantern_are_counted),
        cmocka_unit_test(a_copy_of_a_copy),
        cmocka_unit_test(silence_is_told),
        cmocka_unit_test(any_order_says_the_same),
    };
    return cmocka_run_group_tests(tests, story_begin, story_end);
}
