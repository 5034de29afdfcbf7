/* test_pack_places.c -- the photo of a place goes to whoever looks at that place again.
 *
 * needs: office sync model media care store base
 *
 * One tablet raises an action and photographs what it is about. Another one of the same
 * provider, weeks later, has to stand at the same spot: the office's pack brings it the action,
 * the photo's record and its bytes, and nothing of a closed action. */
#include "office_hand.h"

struct found {
    row_id action;
    hash256 photo, thumb;
};

static struct found photographed(struct journal *j, const char *reference, const char *bytes) {
    struct found f = {0};
    struct row r = row_new(&kind_action);
    row_text(&r, "reference", reference);
    row_text(&r, "different", "The cord hangs free");
    f.action = put(j, &r);
    must(blob_put(j, bytes, strlen(bytes), &f.photo));
    must(blob_put(j, reference, strlen(reference), &f.thumb));
    struct row t = row_new(&kind_attachment);
    row_ref(&t, "to", f.action);
    row_text(&t, "sort", "photo");
    row_text(&t, "type", "image/jpeg");
    row_hash(&t, "hash", &f.photo);
    row_hash(&t, "thumb", &f.thumb);
    put(j, &t);
    return f;
}

static void close_action(struct journal *j, row_id action) {
    struct row r = row_new(&kind_step);
    row_ref(&r, "action", action);
    row_text(&r, "sort", "closed");
    put(j, &r);
}

static void the_next_tablet_sees_the_place(void **state) {
    (void)state;
    struct row p = row_new(&kind_provider);
    struct journal *m = hand_open(scratch("office.db"), "office");
    row_text(&p, "code", "P");
    row_text(&p, "name", "Harbour Care");
    put(m, &p);
    struct journal *one = hand_open(scratch("one.db"), "tablet"),
                   *two = hand_open(scratch("two.db"), "tablet");
    hand_enrol(m, one, "One", scratch("one-first.lantern"));
    hand_enrol(m, two, "Two", scratch("two-first.lantern"));
    struct found open = photographed(one, "B1", "the cord round the lamp"),
                 done = photographed(one, "B2", "the wedge under the door");
    close_action(one, done.action);
    hand_send(one, m, scratch("one.lantern"));
    hand_pack(m, two, "Two", scratch("two.lantern"));
    assert_int_equal(query_one_int(two, 0, "SELECT count(*) FROM action", 0), 1);
    assert_int_equal(query_one_int(two, 0,
                                   "SELECT count(*) FROM attachment t JOIN action a ON a.id = "
                                   "t.\"to\" WHERE a.reference = 'B1'",
                                   0),
                     1);
    assert_true(blob_have(two, &open.photo) && blob_have(two, &open.thumb));
    assert_false(blob_have(two, &done.photo));
    /* It came as a copy: the second tablet does not send it back as its own. */
    struct export_summary sent;
    must(export_all(two, &(struct export_options){.path = scratch("two-back.lantern")}, &sent));
    assert_int_equal(sent.blobs, 0);
    journal_close(one);
    journal_close(two);
    journal_close(m);
}

static int setup(void **state) {
    (void)state;
    hand_setup();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_teardown();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_next_tablet_sees_the_place)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
