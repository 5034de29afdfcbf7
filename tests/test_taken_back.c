/* test_taken_back.c -- a photo that was taken back is gone before anybody carries it away.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * A check with two photos; one is taken back, by the button that people have, and the tablet is
 * left alone for a moment, or sent at once. Its bytes are looked for in the database; the
 * office is not kept waiting for them. What was sent before stays the office's to erase. */
#include "app_hand.h"

#include "app/app_state.h"
#include "app/evidence.h"
#include "store/union.h"

bool lacking_still(struct journal *j,
                   const struct buf *kept); /* sync/receipt.h; care has a section, too */

static row_id visit;

static row_id keep(const char *bytes) {
    struct journal *j = app_journal(hand_app);
    struct evidence_to to = {.what = EVIDENCE_ITEM, .visit = visit, .item = "N07"};
    struct evidence_new e = {.sort = EVIDENCE_PHOTO,
                             .source = "camera",
                             .type = "image/jpeg",
                             .size = (int64_t)strlen(bytes),
                             .taken = hand_time.wall_ms};
    row_id row = 0;
    OK(journal_begin(j));
    OK(blob_put(j, bytes, strlen(bytes), &e.hash));
    OK(blob_put(j, bytes, strlen(bytes) - 1, &e.thumb));
    OK(evidence_put(hand_app, &to, &e, &row));
    OK(journal_commit(j));
    return row;
}

static bool here(const char *bytes, size_t less) {
    hash256 h = hash_of(bytes, strlen(bytes) - less);
    return blob_have(app_journal(hand_app), &h);
}

static void take_back(row_id row) {
    app_act(hand_app,
            &(struct intent){.kind = INTENT_evidence_remove, .row = row, .undo = "saw.kept"});
    assert_int_equal(hand_app->problem.status, STATUS_OK);
}

static void begin(const char *name) {
    const char *dir = scratch(name);
    hand_new_tablet(dir);
    hand_open(dir);
    PLAY(hand_start_check);
    visit = hand_count("SELECT id FROM visit");
}

static void end(void) {
    laws(app_journal(hand_app));
    hand_close();
}

#define FACE "a face in the mirror"
#define CORD "a cord on the floor"

static void it_goes_when_the_undo_is_over(void **state) {
    (void)state;
    begin("gone");
    row_id face = keep(FACE);
    keep(CORD);
    take_back(face);
    PLAY("wait 3s\n");
    assert_true(here(FACE, 0)); /* the undo still stands there */
    PLAY("wait 70s\n");
    assert_false(here(FACE, 0) || here(FACE, 1));
    assert_true(here(CORD, 0) && here(CORD, 1));
    end();
}

static void undo_brings_it_back_whole(void **state) {
    (void)state;
    begin("undone");
    row_id face = keep(FACE);
    take_back(face);
    PLAY("wait 2s\ntap \"Undo\"\nwait 2m\n");
    assert_true(here(FACE, 0) && here(FACE, 1));
    assert_int_equal(hand_count("SELECT count(*) FROM attachment WHERE withdrawn = 0"), 1);
    end();
}

static void what_another_still_names_stays(void **state) {
    (void)state;
    begin("twice");
    row_id one = keep(CORD);
    keep(CORD);
    take_back(one);
    PLAY("wait 2m\n");
    assert_true(here(CORD, 0) && here(CORD, 1));
    end();
}

static void the_office_does_not_wait_for_it(void **state) {
    (void)state;
    static struct clock_manual time = {.boot_ms = 1};
    struct export_summary sent;
    struct merge_summary merged;
    const char *file = scratch("sent.lantern");
    begin("sent");
    take_back(keep(FACE));
    row_id cord = keep(CORD);
    PLAY("wait 70s\n");
    OK(export_all(app_journal(hand_app), &(struct export_options){.path = file}, &sent));
    time.wall_ms = hand_time.wall_ms;
    struct journal *m = open_device(scratch("office.db"), &time, "office");
    OK(merge_file(m, &(struct merge_options){.path = file, .trust = true}, &merged));
    struct arena a = {0};
    char **keys;
    struct buf *values;
    size_t n;
    OK(union_kept(m, "lacking/", &a, &keys, &values, &n));
    assert_int_equal(n, 2); /* merge noted both names */
    for (size_t i = 0; i < n; i++)
        assert_false(lacking_still(m, &values[i]));
    /* Sent is sent: taken back here, its bytes stay until the office says otherwise. */
    take_back(cord);
    PLAY("wait 2m\n");
    assert_true(here(CORD, 0));
    arena_release(&a);
    journal_close(m);
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_goes_when_the_undo_is_over),
        cmocka_unit_test(undo_brings_it_back_whole),
        cmocka_unit_test(what_another_still_names_stays),
        cmocka_unit_test(the_office_does_not_wait_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
