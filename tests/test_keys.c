/* test_keys.c -- the key file: passphrase, former keys, a log that begins anew.
 *
 * needs: store base
 *
 * Argon2 is counted: the function of its name here stands before the library's own. */
#include "keys_help.h"

#include <dlfcn.h>

static int stretched; /* how often a passphrase was stretched */

int crypto_pwhash(unsigned char *const out, unsigned long long outlen, const char *const passwd,
                  unsigned long long passwdlen, const unsigned char *const salt,
                  unsigned long long opslimit, size_t memlimit, int alg) {
    int (*real)(unsigned char *, unsigned long long, const char *, unsigned long long,
                const unsigned char *, unsigned long long, size_t, int);
    *(void **)&real = dlsym(RTLD_NEXT, "crypto_pwhash");
    if (!real) abort();
    stretched++;
    return real(out, outlen, passwd, passwdlen, salt, opslimit, memlimit, alg);
}

/* ---- passphrase ---- */

static void the_marker_needs_no_passphrase(void **state) {
    (void)state;
    struct clock clock = clock_system();
    const char *path = scratch("marker.db");
    struct journal *j = must_open(path, "correct horse battery staple");
    write_one(j);
    struct journal_self self = self_of(j);
    assert_int_equal(stretched, 1); /* locking the new file */
    int64_t started = clock_boot(&clock);
    for (int i = 0; i < 20; i++)
        OK(union_mark_exported(j, self.head_seq, &self.head_hash));
    int64_t marked = clock_boot(&clock) - started;
    assert_int_equal(stretched, 1);
    journal_close(j);
    started = clock_boot(&clock);
    j = must_open(path, "correct horse battery staple");
    int64_t opened = clock_boot(&clock) - started;
    assert_int_equal(stretched, 2);
    assert_int_equal(union_exported_seq(j), self.head_seq);
    assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
    journal_close(j);
    printf("figure: a key file under a passphrase: opened in %lld ms (Argon2id once), its "
           "marker written 20 times in %lld ms (never)\n",
           (long long)opened, (long long)marked);
    key_lock_weakly_for_tests();
}

static void only_the_right_passphrase_opens(void **state) {
    (void)state;
    const char *path = scratch("locked.db"), *keys = key_file(path);
    struct buf text = {0}, before = {0};
    struct journal *j = must_open(path, NULL), *other = NULL;
    write_one(j);
    struct sealed old = seal_to(j);
    struct journal_self self = self_of(j);
    file_text(keys, &before);
    assert_non_null(strstr((char *)before.data, "\nsecret "));
    assert_int_equal(journal_set_passphrase(j, ""), STATUS_INVALID);
    OK(journal_set_passphrase(j, "first"));
    is_private(keys);
    file_text(keys, &text);
    assert_null(strstr((char *)text.data, "secret"));
    assert_null(strstr((char *)text.data, "marker"));
    const char *secret = strstr((char *)before.data, "\nsecret ") + 8;
    for (int i = 0; i + 16 <= 128; i += 16) { /* no part of it */
        char part[17];
        snprintf(part, sizeof part, "%.16s", secret + i);
        assert_null(strstr((char *)text.data, part));
    }
    OK(union_mark_exported(j, self.head_seq, &self.head_hash));
    is_private(keys);
    journal_close(j);

    assert_int_equal(open_as(&other, path, "office", NULL), STATUS_LOCKED);
    assert_true(status_detail()[0]);
    assert_int_equal(open_as(&other, path, "office", ""), STATUS_LOCKED);
    assert_int_equal(open_as(&other, path, "office", "second"), STATUS_WRONG_CODE);
    assert_int_equal(open_as(&other, path, "tablet", "second"), STATUS_WRONG_CODE);
    struct journal_options reading = {.path = path, .read_only = true};
    OK(journal_open(&other, &reading)); /* looking needs no key … */
    uint8_t key[32], signature[64];
    assert_false(journal_unwrap(other, old.wrapped, key)); /* … and gets none */
    assert_false(journal_sign_as(other, self.key, "x", 1, signature));
    assert_int_equal(journal_set_passphrase(other, "x"), STATUS_READ_ONLY);
    assert_int_equal(journal_new_key(other, key), STATUS_READ_ONLY);
    journal_close(other);
    reading.passphrase = "first";
    OK(journal_open(&other, &reading));
    opens(other, &old);
    journal_close(other);

    j = must_open(path, "first");
    assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
    signs(j);
    opens(j, &old);
    OK(journal_set_passphrase(j, "second"));
    journal_close(j);
    assert_int_equal(open_as(&other, path, "office", "first"), STATUS_WRONG_CODE);
    j = must_open(path, "second");
    OK(journal_set_passphrase(j, NULL));
    journal_close(j);
    j = must_open(path, "not asked for");
    file_text(keys, &text);
    assert_non_null(strstr((char *)text.data, "\nsecret ")); /* stays as it lies */
    assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
    opens(j, &old);
    laws(j);
    journal_close(j);
    buf_release(&text);
    buf_release(&before);
}

/* ---- former keys ---- */

static void a_new_key_still_opens_what_was_sealed_to_the_old(void **state) {
    (void)state;
    const char *path = scratch("rotate.db");
    struct sealed sealed[5];
    uint8_t former[32], keys[5][32], signature[64], stranger[32] = {1};
    struct journal *j = must_open(path, "words");
    row_id service = write_one(j);
    for (int i = 0; i < 5; i++) {
        sealed[i] = seal_to(j);
        memcpy(keys[i], self_of(j).key, 32);
        OK(journal_begin(j));
        assert_int_equal(journal_new_key(j, former), STATUS_INVALID);
        journal_rollback(j);
        OK(journal_new_key(j, former));
        assert_memory_equal(former, keys[i], 32);
        assert_memory_not_equal(self_of(j).key, keys[i], 32);
        assert_int_equal(self_of(j).head_seq, 0);
        is_private(key_file(path));
        if (i % 2) { /* some of them write nothing */
            write_one(j);
            struct arena a = {0};
            struct row r;
            char name[20];
            snprintf(name, sizeof name, "name %d", i);
            OK(journal_row(j, &kind_service, service, &a, &r));
            row_text(&r, "name", name);
            put_alone(j, &r);
            OK(journal_row(j, &kind_service, service, &a, &r));
            assert_string_equal(row_get_text(&r, "name"), name);
            arena_release(&a);
        }
        if (i == 2) {
            journal_close(j);
            j = must_open(path, "words");
        }
    }
    journal_close(j);
    j = must_open(path, "words");
    for (int i = 0; i < 5; i++) {
        opens(j, &sealed[i]);
        assert_true(journal_former(j, (size_t)(4 - i), former));
        assert_memory_equal(former, keys[i], 32);
        assert_true(journal_sign_as(j, keys[i], "said", 4, signature));
        assert_int_equal(
            crypto_sign_verify_detached(signature, (const uint8_t *)"said", 4, keys[i]), 0);
    }
    assert_false(journal_former(j, 5, former));
    assert_true(journal_sign_as(j, self_of(j).key, "said", 4, signature));
    assert_false(journal_sign_as(j, stranger, "said", 4, signature));
    signs(j);
    /* As many as there is room for, and one more. */
    int made = 5;
    enum status s;
    while ((s = journal_new_key(j, former)) == STATUS_OK)
        made++;
    assert_int_equal(s, STATUS_TOO_LARGE);
    OK(journal_set_passphrase(j, NULL));
    OK(journal_set_passphrase(j, "words"));
    journal_close(j);
    j = must_open(path, "words");
    opens(j, &sealed[0]);
    laws(j);
    printf("figure: %d keys one after the other, a key file of %lld bytes, the first one's "
           "bundles still open\n",
           made, (long long)file_size(key_file(path)));
    journal_close(j);
}

/* ---- a new log ---- */

static void a_new_log_beats_every_clock_before_it(void **state) {
    (void)state;
    struct arena a = {0};
    struct row r;
    struct journal *j = must_open(scratch("renew.db"), NULL);
    row_id service = write_one(j);
    now.wall_ms += 10LL * 365 * 86400000; /* ten years ahead for a while */
    OK(journal_row(j, &kind_service, service, &a, &r));
    row_text(&r, "name", "from the future");
    put_alone(j, &r);
    now.wall_ms = NOON;
    struct journal_self self = self_of(j);
    OK(journal_begin(j));
    assert_int_equal(union_renew(j), STATUS_INVALID);
    journal_rollback(j);
    OK(union_renew(j));
    assert_memory_equal(self_of(j).key, self.key, 32);
    assert_memory_not_equal(self_of(j).log_id.b, self.log_id.b, 32);
    OK(journal_row(j, &kind_service, service, &a, &r));
    row_text(&r, "name", "after it");
    put_alone(j, &r);
    OK(journal_row(j, &kind_service, service, &a, &r));
    assert_string_equal(row_get_text(&r, "name"), "after it");
    /* In the middle of a merge it waits for the end; given up, nothing happens. */
    self = self_of(j);
    OK(union_begin(j));
    OK(union_renew(j));
    assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
    union_rollback(j);
    assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
    OK(union_begin(j));
    OK(union_renew(j));
    OK(union_commit(j));
    assert_memory_not_equal(self_of(j).log_id.b, self.log_id.b, 32);
    laws(j);
    journal_close(j);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_marker_needs_no_passphrase), /* first: with Argon2 as it really is */
        cmocka_unit_test(only_the_right_passphrase_opens),
        cmocka_unit_test(a_new_key_still_opens_what_was_sealed_to_the_old),
        cmocka_unit_test(a_new_log_beats_every_clock_before_it),
    };
    log_open(scratch("support.log"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
