/* keys_help.h -- what the tests of the key file share: opening a journal with a passphrase,
 * what its key can sign and open, what its file says. */
#ifndef TESTS_KEYS_HELP_H
#define TESTS_KEYS_HELP_H

#include "store_help.h"

#include <sodium.h>
#include <sys/stat.h>

#include "base/keys.h"

static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};

static inline enum status open_as(struct journal **j, const char *path, const char *role,
                                  const char *passphrase) {
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&now),
                                .device_name = "a device",
                                .device_role = role,
                                .passphrase = passphrase};
    return journal_open(j, &o);
}

static inline struct journal *must_open(const char *path, const char *passphrase) {
    struct journal *j = NULL;
    OK(open_as(&j, path, "office", passphrase));
    return j;
}

static inline const char *key_file(const char *path) {
    static char name[4096];
    snprintf(name, sizeof name, "%s.key", path);
    return name;
}

static inline void file_text(const char *path, struct buf *out) {
    buf_release(out);
    *out = (struct buf){0};
    OK(file_read(path, 1 << 20, out));
    buf_str(out);
}

static inline row_id write_one(struct journal *j) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "OAK");
    row_text(&r, "name", "Oak House");
    return put_alone(j, &r);
}

static inline struct journal_self self_of(const struct journal *j) {
    struct journal_self self;
    journal_self(j, &self);
    return self;
}

static inline void signs(const struct journal *j) {
    uint8_t signature[64];
    struct journal_self self = self_of(j);
    journal_sign(j, "said", 4, signature);
    assert_int_equal(
        crypto_sign_verify_detached(signature, (const uint8_t *)"said", 4, self.key), 0);
}

/* A content key sealed to this device, as a bundle's header has it. */
struct sealed {
    uint8_t key[32], wrapped[KEY_WRAPPED_BYTES];
};

static inline struct sealed seal_to(const struct journal *j) {
    struct sealed made;
    uint8_t to[KEY_BYTES];
    struct journal_self self = self_of(j);
    random_bytes(made.key, sizeof made.key);
    assert_true(key_of_signer(self.key, to));
    key_wrap(to, made.key, made.wrapped);
    return made;
}

static inline void opens(const struct journal *j, const struct sealed *sealed) {
    uint8_t key[32];
    assert_true(journal_unwrap(j, sealed->wrapped, key));
    assert_memory_equal(key, sealed->key, 32);
}

static inline void is_private(const char *path) {
    struct stat st;
    char temporary[4200];
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    snprintf(temporary, sizeof temporary, "%s.tmp~", path);
    assert_false(file_exists(temporary));
}

#endif
