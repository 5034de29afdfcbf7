/* test_stories.c -- five nights and what became of them, each from the first pack to the page
 * that somebody reads: two tablets, a copied one, an erased record, a stolen tablet, clocks
 * that were ten years wrong. needs: office sync model media care store base
 *
 * Each story proves one promise of a person's: nothing is lost, nobody is let in who should not
 * be, and what is wrong is said once, with the cure. Helpers are in story.h. */
#include "story.h"

/* ---- two tablets and the office ---- */

/* The night lead looks on one floor, the area manager on the other. Both are sent, both are
 * confirmed; each then sees the other's action and one looks whether it was put right. The
 * deputy at the office has a copy of the master and gets the sticks in the other order. */
static void two_tablets_and_the_office(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights");
    struct device *a = device("Tablet A", false), *b = device("Tablet B", false);
    enrol(office, a);
    enrol(office, b);
    struct device *deputy = copy_of(office, "deputy");

    struct check first = walk_and_seal(a, "A care plan lay open in the hall");
    struct check second = walk_and_seal(b, "Names stood on the doors");
    assert_string_equal(first.reference, "A01");
    assert_string_equal(second.reference, "B01");
    const char *from_a = send(a), *from_b = send(b);
    assert_true(waiting(a) > 0); /* sent is not received */

    /* Nobody else can look into what was sent. */
    struct device *stranger = office_of("Another provider");
    struct merge_summary sum;
    assert_int_equal(try_take(stranger, from_a, (struct merge_options){.trust = true}, &sum),
                     STATUS_NOT_OURS);
    assert_int_equal(count(stranger, "SELECT count(*) FROM visit"), 0);

    /* In either order, and doubled: the same records, the same pages. */
    assert_true(take(office, from_a).enrolled);
    assert_true(take(office, from_b).enrolled);
    take(deputy, from_b);
    take(deputy, from_a);
    sum = take(deputy, from_b);
    assert_int_equal(sum.added, 0);
    assert_int_equal(count(office, "SELECT count(*) FROM visit"), 2);
    same_content(office, deputy);
    same_report(office, deputy);

    /* The receipts come back, and each tablet sees what the other raised. */
    assert_true(give_pack(office, a).receipt && give_pack(office, b).receipt);
    assert_int_equal(waiting(a) + waiting(b), 0);
    assert_int_equal(count(a, "SELECT count(*) FROM action WHERE reference = 'B01'"), 1);
    assert_int_equal(count(a, "SELECT count(*) FROM answer"),
                     2); /* but not the other's words */

    struct row step = row_new(&kind_step);
    row_ref(&step, "action", row_of(a, "SELECT id FROM action WHERE reference = 'B01'"));
    row_text(&step, "sort", "seen_working");
    put(a, &step);
    take(office, send(a));
    assert_int_equal(count(office,
                           "SELECT count(*) FROM step s JOIN action x ON x.id = s.action "
                           "WHERE x.reference = 'B01'"),
                     1);

    const char *report = report_of(office);
    shows(report, "A care plan lay open in the hall", true);
    shows(report, "Names stood on the doors", true);
    shows(report, "2 tablets, none with records missing", true);
    assert_int_equal(findings(office)->count, 0);
    assert_int_equal(verify_exit(office), EXIT_DONE);
    laws(a);
    laws(b);
    rest(office), rest(deputy), rest(stranger), rest(a), rest(b);
}

/* ---- a cloned tablet ---- */

/* Somebody copies the tablet's folder to a spare machine, keys and all, and both are used in
 * the same night. Two histories under one name: nothing is lost, it is told once with the cure,
 * and the cure works. */
static void a_cloned_tablet(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights");
    struct device *a = device("Tablet A", false);
    enrol(office, a);
    walk_and_seal(a, "Before the copy");
    take(office, send(a));
    give_pack(office, a);
    struct device *deputy = copy_of(office, "deputy");
    struct device *spare = copy_of(a, "spare");

    walk_and_seal(a, "Written on the tablet itself");
    spare->time.wall_ms += HOUR;
    walk_and_seal(spare, "Written on the spare one");
    const char *one = send(a), *two = send(spare);
    assert_int_equal(take(office, one).forks, 0);
    assert_int_equal(take(office, two).forks, 1);
    assert_int_equal(take(office, two).forks, 0); /* told once */
    take(deputy, two);
    take(deputy, one);
    same_content(office, deputy);
    same_report(office, deputy);

    const char *report = report_of(office);
    shows(report, "Before the copy", true);
    shows(report, "Written on the tablet itself", true);
    shows(report, "Written on the spare one", true);
    const struct finding *fork = finding(office, FINDING_FORK);
    says(fork, "Tablet A: 2 tablets have written under this one name since Sun 22 Nov 2026");
    assert_int_equal(fork->lines_count, 2);
    assert_non_null(strstr(fork->lines[0], "last at Oak House"));
    assert_non_null(strstr(fork->cure, "set up anew the one that wrote history"));
    assert_true(fork->wrong);
    assert_int_equal(times(report, "2 tablets have written under this one name"), 1);
    says(finding(office, FINDING_NUMBER), "1 number was given to more than one action: A02");
    assert_int_equal(verify_exit(office), EXIT_REFUSED);

    /* The cure: each gets a pack, and writes under a name of its own from then on. */
    give_pack(office, a);
    struct journal_self before, after;
    journal_self(spare->j, &before);
    give_pack(office, spare);
    journal_self(spare->j, &after);
    assert_memory_not_equal(before.incarnation, after.incarnation, sizeof after.incarnation);
    struct check next = walk_and_seal(spare, "After the cure, on the spare");
    assert_string_equal(next.reference, "A2-01");
    assert_int_equal(take(office, send(spare)).forks, 0);
    walk_and_seal(a, "After the cure, on the tablet");
    assert_int_equal(take(office, send(a)).forks, 0);
    assert_int_equal(count(office, "SELECT count(*) FROM visit"), 5);
    fork = finding(office, FINDING_FORK);
    assert_false(fork->wrong);
    says(fork, "Nothing is lost");

    /* And the spare one is set up anew: a tablet of its own, with letters of its own. */
    rest(spare);
    spare = device("Tablet B", false);
    enrol(office, spare);
    assert_string_equal(walk_and_seal(spare, "Set up anew").reference, "B01");
    assert_int_equal(take(office, send(spare)).forks, 0);
    shows(report_of(office), "2 tablets, none with records missing", true);
    assert_int_equal(verify_exit(office), EXIT_DONE);
    rest(office), rest(deputy), rest(a), rest(spare);
}

/* ---- an erased record ---- */

#define SPOKEN "ZZWORDS about somebody who asked for them to go"

static row_id photo_of(struct device *t, row_id visit, row_id to, const char *bytes) {
    struct row r = row_new(&kind_attachment);
    hash256 name;
    must(blob_put(t->j, bytes, strlen(bytes), &name));
    row_ref(&r, "visit", visit);
    row_ref(&r, "to", to);
    row_hash(&r, "hash", &name);
    row_text(&r, "sort", "photo");
    return put(t, &r);
}

static bool nowhere(struct device *d, const char *words) {
    return !in_files(d, words, strlen(words));
}

static void erase(struct device *office, row_id row, const char *why, int blobs) {
    struct erase_summary sum = {0};
    must(journal_erase(office->j, row, why, london_day(office->time.wall_ms), &sum));
    assert_true(sum.versions > 0);
    assert_int_equal(sum.blobs, blobs);
}

/* A daughter asks that what was written about her father, and his picture, be taken away. The
 * words go from every file; the chain still proves that nothing else was touched; another
 * record that names the second picture keeps it. */
static void an_erased_record(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *a = device("Tablet A", false);
    enrol(office, a);
    struct check c = walk(a, "first version of ZZWORDS");
    struct arena scratch_arena = {0};
    struct row r;
    must(journal_row(a->j, &kind_answer, c.answer, &scratch_arena, &r));
    row_text(&r, "note", SPOKEN);
    put(a, &r);
    arena_release(&scratch_arena);
    photo_of(a, c.visit, c.answer, "ZZFACE the picture of one person, and of nobody else");
    photo_of(a, c.visit, c.answer, "ZZHALL the picture of the hall, kept for two reasons");
    photo_of(a, c.visit, c.visit, "ZZHALL the picture of the hall, kept for two reasons");
    seal(a, c.visit);
    const char *old = send(a);
    take(office, old);
    hash256 before = content(office);
    assert_false(nowhere(office, SPOKEN));
    assert_int_equal(nowhere(a, SPOKEN), test_rest_key() != NULL);

    erase(office, row_of(office, "SELECT id FROM answer WHERE item = 'N04'"),
          "asked for by his daughter", 0);
    erase(office, row_of(office, "SELECT min(id) FROM attachment"), "asked for by his daughter",
          1);
    erase(office, row_of(office, "SELECT min(id) FROM attachment WHERE \"to\" IS NOT NULL"),
          "asked for by his daughter", 0);
    assert_true(nowhere(office, "ZZWORDS") && nowhere(office, "ZZFACE"));
    assert_false(nowhere(office, "ZZHALL")); /* still named elsewhere */
    hash256 after = content(office);
    assert_memory_equal(before.b, after.b, sizeof after.b);
    laws(office);

    /* The old stick comes out of a drawer: the words do not come back. */
    take(office, old);
    assert_true(nowhere(office, "ZZWORDS"));
    /* On the tablet they go with the next pack, and are in no later bundle. */
    assert_int_equal(give_pack(office, a).erased, 3);
    assert_true(nowhere(a, "ZZWORDS") && nowhere(a, "ZZFACE"));
    assert_int_equal(nowhere(a, "ZZHALL"), test_rest_key() != NULL);
    laws(a);
    take(office, send_as(a, (struct export_options){.everything = true}));
    assert_true(nowhere(office, "ZZWORDS") && nowhere(office, "ZZFACE"));

    const char *report = report_of(office);
    shows(report, "ZZWORDS", false);
    shows(report, "erased on Sun 22 Nov 2026: asked for by his daughter", true);
    shows(report, "<ul class=\"erased\">\n<li>Answer, Sun 22 Nov 2026, 02:1",
          true); /* in place */
    shows(report, "Words that were sealed have been erased since", true);
    shows(report, "All are awake, and on their own unit", true); /* the other answer */
    assert_int_equal(count(office, "SELECT count(*) FROM answer WHERE item IS NOT NULL"), 1);
    assert_int_equal(findings(office)->wrong, 0); /* told, not wrong */
    assert_int_equal(findings(office)->count, 3);
    assert_int_equal(verify_exit(office), EXIT_DONE);
    rest(office), rest(a);
}

/* ---- a revoked tablet ---- */

/* A tablet is stolen from a car. What it wrote before stays; what comes from it after that is
 * refused at the door, and parked when another master, which knew of nothing, carries it on.
 * The police find it, untouched: it was the night lead who had taken it along. */
static void a_revoked_tablet(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *b = device("Tablet B", false);
    enrol(office, b);
    walk_and_seal(b, "Before it was stolen");
    take(office, send(b));
    struct device *deputy = copy_of(office, "deputy");
    struct journal_self stolen;
    journal_self(b->j, &stolen);

    b->time.wall_ms += 3 * HOUR;
    walk_and_seal(b, "After it was stolen");
    const char *after = send(b);
    revoke_from(office, &stolen, "stolen from a car");
    assert_int_equal(findings(office)->count, 0); /* nothing beyond has come */
    struct merge_summary sum;
    assert_int_equal(try_take(office, after, (struct merge_options){0}, &sum), STATUS_REVOKED);
    assert_int_equal(count(office, "SELECT count(*) FROM visit"), 1);

    /* The deputy had let it in before anybody knew; his bundle carries it on. */
    assert_true(take(deputy, after).added > 0);
    struct device *late = copy_of(deputy, "late"); /* who hears of the theft only now */
    revoke_from(late, &stolen, "stolen from a car");
    assert_int_equal(count(late, "SELECT count(*) FROM visit"), 1);
    says(finding(late, FINDING_PARKED), "Tablet B: 6 records are parked");
    laws(late);
    const char *carried = send_as(deputy, (struct export_options){.everything = true});
    must(try_take(office, carried, (struct merge_options){.trust = true}, &sum));
    assert_true(sum.parked > 0);
    assert_int_equal(count(office, "SELECT count(*) FROM visit"), 1);
    laws(office);
    const struct finding *parked = finding(office, FINDING_PARKED);
    says(parked, "Tablet B: 6 records are parked");
    says(parked, "stolen from a car");
    assert_false(parked->wrong);
    assert_int_equal(verify_exit(office), EXIT_DONE);
    const char *report = report_of(office);
    shows(report, "Before it was stolen", true);
    shows(report, "After it was stolen", false);
    shows(report, "6 records are parked", true);

    /* Admitted: all of it is there, as if it had never been parked. */
    must(journal_begin(office->j));
    must(journal_withdraw(office->j, &kind_revoke, row_of(office, "SELECT id FROM revoke")));
    must(journal_commit(office->j));
    assert_int_equal(count(office, "SELECT count(*) FROM visit"), 2);
    assert_int_equal(found_of(office, FINDING_PARKED), 0);
    same_content(office, deputy);
    laws(office);
    shows(report_of(office), "After it was stolen", true);
    walk_and_seal(b, "Back at work");
    assert_true(take(office, send(b)).added > 0);
    rest(office), rest(deputy), rest(late), rest(b);
}

/* ---- clocks that were ten years wrong ---- */

/* A flat battery, and one tablet wakes in 2036, another in 2016. The order of what was written
 * never hangs on it, nobody else's action becomes overdue, and the office is told. */
static void a_ten_year_clock(void **state) {
    (void)state;
    struct device *office = office_of("Harbour Lights"), *a = device("Tablet A", false);
    struct device *b = device("Tablet B", false), *c = device("Tablet C", false);
    enrol(office, a), enrol(office, b), enrol(office, c);
    a->time.wall_ms += 10 * YEAR;
    c->time.wall_ms -= 10 * YEAR;
    struct check ahead = walk(a, "first thought, ahead"), behind = walk(c, "thought, behind");
    struct arena words = {0};
    struct row r;
    must(journal_row(a->j, &kind_answer, ahead.answer, &words, &r));
    row_text(&r, "note", "second thought, ahead");
    a->time.wall_ms -= YEAR; /* it jumps about, too */
    put(a, &r);
    seal(a, ahead.visit);
    seal(c, behind.visit);
    walk_and_seal(b, "with the right clock");
    const char *files[] = {send(a), send(b), send(c)};
    struct device *deputy = copy_of(office, "deputy");
    struct merge_summary from_a = take(office, files[0]);
    take(office, files[1]);
    struct merge_summary from_c = take(office, files[2]);
    for (int i = 2; i >= 0; i--)
        take(deputy, files[i]);

    assert_true(from_a.clock_ms > 8 * YEAR && from_c.clock_ms < -9 * YEAR);
    assert_int_equal(
        count(office, "SELECT count(*) FROM answer WHERE note = 'second thought, ahead'"), 1);
    same_content(office, deputy);
    same_report(office, deputy);
    const struct findings_model *m = findings(office);
    assert_int_equal(m->count, 2);
    assert_int_equal(m->wrong, 2);
    assert_non_null(strstr(m->all[0].says, "its clock was"));
    assert_int_equal(verify_exit(office), EXIT_REFUSED);

    /* Everything is shown; no action is overdue; the report's moment is the right clock's. */
    const char *report = report_of(office);
    shows(report, "second thought, ahead", true);
    shows(report, "thought, behind", true);
    shows(report, "with the right clock", true);
    shows(report, "Everything received up to Sun 22 Nov 2026", true);
    shows(report, "Tablet A: its clock was ahead", true);
    shows(report, "Tablet C: its clock was behind", true);
    shows(report, "tag bad\">Overdue", false);

    /* A change made with the right clock beats what it was made from, dated ten years later. */
    give_pack(office, b);
    row_id copied =
        row_of(b, arena_printf(&memory, "SELECT id FROM action WHERE reference = '%s'",
                               ahead.reference));
    must(journal_row(b->j, &kind_action, copied, &words, &r));
    row_text(&r, "different", "Care plans are locked away");
    put(b, &r);
    take(office, send(b));
    assert_int_equal(
        count(office,
              "SELECT count(*) FROM action WHERE different = 'Care plans are locked away'"),
        1);

    /* The cure: both clocks are set right, and their next bundles show it. */
    a->time.wall_ms = c->time.wall_ms = office->time.wall_ms;
    walk_and_seal(a, "right again");
    assert_int_equal(take(office, send(a)).clock_ms, 0);
    assert_int_equal(take(office, send(c)).clock_ms, 0);
    assert_int_equal(findings(office)->wrong, 0);
    assert_int_equal(verify_exit(office), EXIT_DONE);
    laws(office);
    arena_release(&words);
    rest(office), rest(deputy), rest(a), rest(b), rest(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_tablets_and_the_office), cmocka_unit_test(a_cloned_tablet),
        cmocka_unit_test(an_erased_record),           cmocka_unit_test(a_revoked_tablet),
        cmocka_unit_test(a_ten_year_clock),
    };
    return cmocka_run_group_tests(tests, story_begin, story_end);
}
