/* test_letters.c -- which letters stand before action numbers, from incarnation to incarnation.
 *
 * needs: store base */
#include "store_help.h"

#include <unistd.h>

static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};

static struct journal *tablet(const char *path) {
    return open_device(path, &now, "tablet");
}

static void next_is(struct journal *j, const char *want) {
    struct arena a = {0};
    assert_string_equal(journal_peek_reference(j, &a), want);
    assert_string_equal(journal_next_reference(j, &a), want);
    struct row r = row_new(&kind_action);
    row_text(&r, "reference", want);
    put_alone(j, &r);
    arena_release(&a);
}

static void device_says(struct journal *j, const char *letters, const char *name) {
    struct arena a = {0};
    struct row r;
    struct journal_self self;
    journal_self(j, &self);
    OK(journal_row(j, &kind_device, self.device, &a, &r));
    assert_string_equal(row_get_text(&r, "letters"), letters);
    assert_string_equal(row_get_text(&r, "name"), name);
    assert_memory_equal(r.values[kind_column(&kind_device, "key")].p, self.key, 32);
    arena_release(&a);
}

static int64_t head(struct journal *j) {
    struct journal_self self;
    journal_self(j, &self);
    return self.head_seq;
}

/* Something that makes the log begin. */
static void write_some(struct journal *j) {
    struct row r = row_new(&kind_visit);
    row_text(&r, "template", "NIGHT");
    put_alone(j, &r);
}

static void letters_come_by_pack_and_are_written_once(void **state) {
    (void)state;
    struct journal *j = tablet(scratch("once.db"));
    struct arena a = {0};
    assert_int_equal(strlen(journal_peek_reference(j, &a)), 5); /* three letters and 01 */
    OK(journal_set_letters(j, "B", "West wing"));               /* before the first record */
    device_says(j, "B", "West wing");
    int64_t seq = head(j), generation = journal_generation(j);
    OK(journal_set_letters(j, "B", "West wing"));
    OK(journal_set_letters(j, NULL, NULL));
    OK(journal_set_letters(j, "", "West wing"));
    assert_int_equal(head(j), seq);
    assert_int_equal(journal_generation(j), generation);
    next_is(j, "B01");
    next_is(j, "B02");
    OK(journal_set_letters(j, NULL, "East wing"));
    device_says(j, "B", "East wing");
    assert_int_equal(journal_set_letters(j, "b", NULL), STATUS_INVALID);
    assert_int_equal(journal_set_letters(j, "B2", NULL), STATUS_INVALID);
    assert_int_equal(journal_set_letters(j, "ABCDEFGHI", NULL), STATUS_INVALID);
    /* Inside an intent that is given up, nothing remains. */
    OK(journal_begin(j));
    OK(journal_set_letters(j, "F", "Attic"));
    device_says(j, "F", "Attic");
    journal_rollback(j);
    device_says(j, "B", "East wing");
    next_is(j, "B03");
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void a_new_incarnation_counts_behind_its_number(void **state) {
    (void)state;
    struct journal *j = tablet(scratch("again.db"));
    write_some(j);
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B01");
    next_is(j, "B02");
    OK(union_renew(j));
    struct arena a = {0};
    assert_string_equal(journal_peek_reference(j, &a), "B2-01"); /* before it wrote anything */
    next_is(j, "B2-01");
    device_says(j, "B", "West wing");
    next_is(j, "B2-02");
    OK(journal_set_letters(j, "B", "West wing")); /* the same pack again changes nothing */
    next_is(j, "B2-03");
    journal_close(j);
    j = tablet(scratch("again.db"));
    next_is(j, "B2-04");
    OK(union_renew(j));
    OK(union_renew(j)); /* one that never wrote: it may have, elsewhere */
    next_is(j, "B4-01");
    /* Other letters, which no incarnation before is known to have had … but two of them are not
     * known at all, or wrote nothing here. */
    OK(journal_set_letters(j, "F", "West wing"));
    next_is(j, "F4-01");
    laws(j);
    journal_close(j);
    arena_release(&a);
}

static void new_letters_need_no_number(void **state) {
    (void)state;
    struct journal *j = tablet(scratch("other.db"));
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B01");
    OK(union_renew(j));
    next_is(j, "B2-01");
    OK(journal_set_letters(j, "F", "West wing")); /* enrolled anew: every one before had B */
    next_is(j, "F01");
    next_is(j, "F02");
    OK(union_renew(j));
    next_is(j, "F3-01");
    laws(j);
    journal_close(j);
}

static void a_restored_tablet_does_not_count_where_it_had_counted(void **state) {
    (void)state;
    const char *path = scratch("restored.db"), *older = scratch("older.db");
    struct journal_self self;
    struct journal *j = tablet(path);
    write_some(j);
    journal_close(j);
    copy_file(path, older); /* from before it was enrolled */
    j = tablet(path);
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B01");
    journal_self(j, &self);
    OK(union_mark_exported(j, self.head_seq, &self.head_hash));
    journal_close(j);
    copy_file(older, path);
    j = tablet(path);
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B2-01");
    journal_close(j);
    /* The database is gone altogether, the key file knows. */
    unlink(path);
    j = tablet(path);
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B3-01");
    laws(j);
    journal_close(j);
}

static void a_copy_without_the_key_takes_no_letters_along(void **state) {
    (void)state;
    const char *path = scratch("copied.db"), *copy = scratch("copy.db");
    struct arena a = {0};
    struct journal *j = tablet(path);
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B01");
    journal_close(j);
    copy_file(path, copy);
    j = tablet(copy);
    write_some(j);
    device_says(j, "", "a device");
    assert_int_equal(strspn(journal_peek_reference(j, &a), "ABCDEFGHJKLMNPQRSTUVWXYZ"), 3);
    laws(j);
    journal_close(j);
    arena_release(&a);
}

/* Another device may say of itself what it likes, our key too. */
static void nobody_elses_words_give_us_letters(void **state) {
    (void)state;
    struct journal *j = tablet(scratch("ours.db")), *other = tablet(scratch("theirs.db"));
    struct journal_self self;
    struct arena a = {0};
    struct row r;
    write_some(j);
    write_some(other);
    struct journal_self theirs;
    journal_self(j, &self);
    journal_self(other, &theirs);
    OK(journal_row(other, &kind_device, theirs.device, &a, &r));
    row_bytes(&r, "key", self.key, 32);
    row_text(&r, "letters", "Z");
    put_alone(other, &r);
    carry_all(other, j);
    OK(union_renew(j));
    write_some(j);
    device_says(j, "", "a device");
    /* And a number that ends in more than digits is not ours to count on from. */
    OK(journal_set_letters(j, "B", NULL));
    r = row_new(&kind_action);
    row_text(&r, "reference", "B2-77");
    put_alone(other, &r);
    r = row_new(&kind_action);
    row_text(&r, "reference", "BA55");
    put_alone(other, &r);
    carry_all(other, j);
    next_is(j, "B2-78"); /* the second incarnation; that one was told of here */
    laws(j);
    journal_close(j);
    journal_close(other);
    arena_release(&a);
}

static void a_new_key_carries_the_letters_on(void **state) {
    (void)state;
    uint8_t former[32];
    struct journal *j = tablet(scratch("key.db"));
    OK(journal_set_letters(j, "B", "West wing"));
    next_is(j, "B01");
    OK(journal_new_key(j, former));
    next_is(j, "B2-01");
    device_says(j, "B", "West wing");
    laws(j);
    journal_close(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_come_by_pack_and_are_written_once),
        cmocka_unit_test(a_new_incarnation_counts_behind_its_number),
        cmocka_unit_test(new_letters_need_no_number),
        cmocka_unit_test(a_restored_tablet_does_not_count_where_it_had_counted),
        cmocka_unit_test(a_copy_without_the_key_takes_no_letters_along),
        cmocka_unit_test(nobody_elses_words_give_us_letters),
        cmocka_unit_test(a_new_key_carries_the_letters_on),
    };
    log_open(scratch("support.log"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
