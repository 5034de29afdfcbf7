/* test_keys_damage.c -- key files of other versions and damaged ones: told, and never written
 * over.
 *
 * needs: store base
 *
 * An office stops and says so; a tablet keeps the file beside and goes on with a new key. */
#include "keys_help.h"

#include <stdlib.h>
#include <unistd.h>

/* Without waiting for the disk: there are thousands. */
static void put_file(const char *path, const void *p, size_t n) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void the_old_format_is_read(void **state) {
    (void)state;
    const char *path = scratch("old.db"), *keys = key_file(path);
    struct buf text = {0};
    char secret[129], incarnation[17], marker[90], old[600];
    struct journal *j = must_open(path, NULL);
    write_one(j);
    struct sealed sealed = seal_to(j);
    struct journal_self self = self_of(j);
    OK(union_mark_exported(j, self.head_seq, &self.head_hash));
    journal_close(j);
    file_text(keys, &text);
    const char *at = (char *)text.data;
    assert_int_equal(sscanf(strstr(at, "incarnation"), "incarnation %16s", incarnation), 1);
    assert_int_equal(sscanf(strstr(at, "marker"), "marker %89[^\n]", marker), 1);
    assert_int_equal(sscanf(strstr(at, "secret"), "secret %128s", secret), 1);
    snprintf(old, sizeof old, "lantern key 1\nsecret %s\nincarnation %s\nmarker %s\n", secret,
             incarnation, marker);
    OK(file_write(keys, old, strlen(old), 0600));
    j = must_open(path, NULL);
    struct journal_self again = self_of(j);
    assert_memory_equal(again.log_id.b, self.log_id.b, 32);
    assert_int_equal(union_exported_seq(j), self.head_seq);
    opens(j, &sealed);
    file_text(keys, &text);
    assert_string_equal((char *)text.data, old); /* read, not touched */
    OK(union_mark_exported(j, self.head_seq, &self.head_hash));
    file_text(keys, &text);
    assert_int_equal(strncmp((char *)text.data, "lantern key 2\n", 14), 0);
    journal_close(j);
    j = must_open(path, NULL);
    assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
    journal_close(j);
    /* Its secret tells whether it is whole. */
    int found = 0;
    for (size_t i = 0; i < 128; i++) {
        char *p = strstr(old, "secret ") + 7 + i, kept = *p;
        *p = kept == '0' ? '1' : '0';
        put_file(keys, old, strlen(old));
        found += open_as(&j, path, "office", NULL) == STATUS_DAMAGED;
        *p = kept;
    }
    assert_int_equal(found, 128);
    buf_release(&text);
}

/* Every byte and every length (a usual run takes every fifth, but each byte of the plain one),
 * plain and under a passphrase: an office says damaged, and the file stays what it is. */
static void any_damage_is_told_and_nothing_is_written_over(void **state) {
    (void)state;
    const char *path = scratch("damaged.db"), *keys = key_file(path);
    struct buf whole = {0}, after = {0};
    size_t tried = 0;
    bool all = getenv("LANTERN_TEST_ALL") != NULL;
    struct journal *j = must_open(path, NULL);
    struct journal_options in_memory = {.path = ":memory:",
                                        .key_path = keys,
                                        .clock = clock_manual(&now),
                                        .device_role = "office",
                                        .passphrase = "words"};
    write_one(j);
    for (int locked = 0; locked < 2; locked++) {
        if (locked) OK(journal_set_passphrase(j, "words"));
        journal_close(j);
        file_text(keys, &whole);
        for (size_t i = 0; i < 2 * whole.size; i++) {
            bool cut = i >= whole.size;
            if (!all && (cut || locked) && i % 5 != 0) continue;
            tried++;
            size_t n = cut ? i - whole.size : whole.size;
            uint8_t kept = whole.data[i % whole.size];
            if (!cut) whole.data[i] ^= (uint8_t)(1 << (i % 7));
            put_file(keys, whole.data, n);
            enum status s = journal_open(&j, &in_memory);
            if (s != STATUS_DAMAGED)
                fail_msg("byte %zu %s: %s", i, cut ? "cut" : "changed", status_key(s));
            if (i % 15 == 0) {
                file_text(keys, &after);
                assert_int_equal(after.size, n);
                if (n) assert_memory_equal(after.data, whole.data, n);
            }
            whole.data[i % whole.size] = kept;
        }
        OK(file_write(keys, whole.data, whole.size, 0600));
        j = must_open(path, "words");
        signs(j);
    }
    journal_close(j);
    printf("figure: %zu damaged key files: each one told, none written over\n", tried);
    buf_release(&whole);
    buf_release(&after);
}

static void a_tablet_goes_on_and_keeps_the_damaged_file(void **state) {
    (void)state;
    const char *path = scratch("goes-on.db"), *keys = key_file(path);
    static const char *const names[] = {"goes-on.db.key.damaged", "goes-on.db.key.damaged-2"};
    struct buf text = {0}, aside = {0};
    struct journal *j = NULL;
    OK(open_as(&j, path, "tablet", NULL));
    row_id service = write_one(j);
    for (int i = 0; i < 2; i++) {
        struct journal_self self = self_of(j);
        journal_close(j);
        file_text(keys, &text);
        text.data[40 + i] ^= 1;
        OK(file_write(keys, text.data, text.size, 0600));
        OK(open_as(&j, path, "tablet", NULL));
        assert_memory_not_equal(self_of(j).key, self.key, 32);
        assert_true(file_exists(scratch(names[i])));
        is_private(scratch(names[i]));
        file_text(scratch(names[i]), &aside);
        assert_int_equal(aside.size, text.size);
        assert_memory_equal(aside.data, text.data, text.size);
        is_private(keys);
        struct arena a = {0};
        struct row r;
        OK(journal_row(j, &kind_service, service, &a, &r)); /* the notes are there */
        row_text(&r, "name", "written on");
        put_alone(j, &r);
        arena_release(&a);
        laws(j);
    }
    journal_close(j);
    buf_release(&text);
    buf_release(&aside);
}

static void what_is_no_key_file_of_ours_stays(void **state) {
    (void)state;
    const char *path = scratch("newer.db"), *keys = key_file(path);
    static const char newer[] = "lantern key 4\nwhat this will say\n";
    struct buf text = {0}, after = {0};
    struct arena a = {0};
    struct journal *j = NULL;
    OK(open_as(&j, path, "tablet", NULL));
    write_one(j);
    journal_close(j);
    hash256 check = hash_of(newer, sizeof newer - 1);
    buf_printf(&text, "%scheck %s\n", newer, hex_of(&a, check.b, 32));
    OK(file_write(keys, text.data, text.size, 0600));
    assert_int_equal(open_as(&j, path, "tablet", NULL), STATUS_NEWER);
    assert_int_equal(open_as(&j, path, "office", NULL), STATUS_NEWER);
    file_text(keys, &after);
    assert_string_equal((char *)after.data, buf_str(&text));
    unlink(keys);
    assert_int_equal(mkdir(keys, 0700), 0);
    assert_int_not_equal(open_as(&j, path, "tablet", NULL), STATUS_OK);
    assert_true(file_is_dir(keys));
    rmdir(keys);
    buf_release(&text);
    buf_release(&after);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_old_format_is_read),
        cmocka_unit_test(any_damage_is_told_and_nothing_is_written_over),
        cmocka_unit_test(a_tablet_goes_on_and_keeps_the_damaged_file),
        cmocka_unit_test(what_is_no_key_file_of_ours_stays),
    };
    key_lock_weakly_for_tests();
    log_open(scratch("support.log"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
