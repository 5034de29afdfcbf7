/* test_keys.c -- the key file: passphrase, former keys, crashes, damage, another writer.
 *
 * needs: store base
 *
 * Argon2, rename and fsync are counted, and fail or end the process where a test says so: the
 * functions of those names here stand before the libraries' own. */
#include "store_help.h"

#include <dlfcn.h>
#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/keys.h"

#include "vfs_shim.c"

static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};

/* ---- standing before the libraries ---- */

static int stretched; /* how often a passphrase was stretched */
static struct {
    int calls, at; /* at 0: never */
    bool end;      /* the process ends there, else the call fails with EIO */
} step;

static void *next_of(const char *name) {
    void *f = dlsym(RTLD_NEXT, name);
    if (!f) abort();
    return f;
}

int crypto_pwhash(unsigned char *const out, unsigned long long outlen, const char *const passwd,
                  unsigned long long passwdlen, const unsigned char *const salt,
                  unsigned long long opslimit, size_t memlimit, int alg) {
    int (*real)(unsigned char *, unsigned long long, const char *, unsigned long long,
                const unsigned char *, unsigned long long, size_t, int);
    *(void **)&real = next_of("crypto_pwhash");
    stretched++;
    return real(out, outlen, passwd, passwdlen, salt, opslimit, memlimit, alg);
}

static bool stops_here(void) {
    if (++step.calls != step.at) return false;
    if (step.end) _exit(7);
    errno = EIO;
    return true;
}

/* Each counts twice, before and after, so that a process can end on either side. */
int rename(const char *from, const char *to) {
    int (*real)(const char *, const char *);
    *(void **)&real = next_of("rename");
    if (stops_here()) return -1;
    int rc = real(from, to);
    return stops_here() ? -1 : rc;
}

int fsync(int fd) {
    int (*real)(int);
    *(void **)&real = next_of("fsync");
    if (stops_here()) return -1;
    int rc = real(fd);
    return stops_here() ? -1 : rc;
}

int fdatasync(int fd) {
    int (*real)(int);
    *(void **)&real = next_of("fdatasync");
    if (stops_here()) return -1;
    int rc = real(fd);
    return stops_here() ? -1 : rc;
}

static void stop_at(int at, bool end) {
    step.calls = 0;
    step.at = at;
    step.end = end;
}

/* ---- help ---- */

static enum status open_as(struct journal **j, const char *path, const char *role,
                           const char *passphrase) {
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&now),
                                .device_name = "a device",
                                .device_role = role,
                                .passphrase = passphrase};
    return journal_open(j, &o);
}

static struct journal *must_open(const char *path, const char *passphrase) {
    struct journal *j = NULL;
    OK(open_as(&j, path, "office", passphrase));
    return j;
}

static const char *key_file(const char *path) {
    static char name[4096];
    snprintf(name, sizeof name, "%s.key", path);
    return name;
}

static void file_text(const char *path, struct buf *out) {
    buf_release(out);
    *out = (struct buf){0};
    OK(file_read(path, 1 << 20, out));
    buf_str(out);
}

static row_id write_one(struct journal *j) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "OAK");
    row_text(&r, "name", "Oak House");
    return put_alone(j, &r);
}

static struct journal_self self_of(const struct journal *j) {
    struct journal_self self;
    journal_self(j, &self);
    return self;
}

static void signs(const struct journal *j) {
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

static struct sealed seal_to(const struct journal *j) {
    struct sealed made;
    uint8_t to[KEY_BYTES];
    struct journal_self self = self_of(j);
    random_bytes(made.key, sizeof made.key);
    assert_true(key_of_signer(self.key, to));
    key_wrap(to, made.key, made.wrapped);
    return made;
}

static void opens(const struct journal *j, const struct sealed *sealed) {
    uint8_t key[32];
    assert_true(journal_unwrap(j, sealed->wrapped, key));
    assert_memory_equal(key, sealed->key, 32);
}

static void is_private(const char *path) {
    struct stat st;
    char temporary[4200];
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    snprintf(temporary, sizeof temporary, "%s.tmp~", path);
    assert_false(file_exists(temporary));
}

/* Without waiting for the disk: there are thousands. */
static void put_file(const char *path, const void *p, size_t n) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
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

/* ---- failing and ending at each step of a new key ---- */

static void fresh_pair(const char *path, struct sealed *sealed, struct journal_self *self) {
    unlink(path);
    unlink(key_file(path));
    struct journal *j = must_open(path, NULL);
    write_one(j);
    *self = self_of(j);
    *sealed = seal_to(j);
    OK(union_mark_exported(j, self->head_seq, &self->head_hash));
    journal_close(j);
}

static void whole_after(struct journal *j, const struct sealed *sealed,
                        const struct journal_self *before, int *changed) {
    struct journal_self self = self_of(j);
    uint8_t former[32];
    opens(j, sealed);
    signs(j);
    if (memcmp(self.key, before->key, 32) != 0) {
        (*changed)++;
        assert_true(journal_former(j, 0, former));
        assert_memory_equal(former, before->key, 32);
        assert_memory_not_equal(self.log_id.b, before->log_id.b, 32);
    }
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "ELM");
    row_text(&r, "name", "Elm House");
    put_alone(j, &r);
    laws(j);
}

static void ending_at_any_step_of_a_new_key_loses_none(void **state) {
    (void)state;
    const char *path = scratch("end.db");
    int ended = 0, changed = 0;
    for (int at = 1;; at++) {
        struct sealed sealed;
        struct journal_self self;
        int status = 0;
        fresh_pair(path, &sealed, &self);
        pid_t child = fork();
        if (child == 0) {
            uint8_t former[32];
            struct journal *j = NULL;
            if (open_as(&j, path, "office", NULL)) _exit(1);
            stop_at(at, true);
            if (journal_new_key(j, former)) _exit(2);
            _exit(0); /* as if the power went right after */
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) &&
                    (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 7));
        for (int again = 0; again < 2; again++) {
            struct journal *j = must_open(path, NULL);
            int dummy = 0;
            whole_after(j, &sealed, &self, again ? &dummy : &changed);
            journal_close(j);
        }
        if (WEXITSTATUS(status) == 0) break;
        ended++;
    }
    assert_true(ended > 4);
    assert_true(changed > 1 && changed < ended); /* both outcomes were met */
    printf("figure: a new key cut off at %d steps: the old one's bundles open after each, the "
           "new key holds after %d\n",
           ended, changed);
}

static void a_failing_step_of_a_new_key_changes_nothing_for_good(void **state) {
    (void)state;
    const char *path = scratch("fail.db");
    int failed = 0, changed = 0;
    for (int at = 1;; at++) {
        struct sealed sealed;
        struct journal_self self;
        uint8_t former[32];
        fresh_pair(path, &sealed, &self);
        struct journal *j = must_open(path, NULL);
        stop_at(at, false);
        enum status s = journal_new_key(j, former);
        bool reached = step.calls >= at;
        stop_at(0, false);
        if (s) {
            failed++;
            assert_memory_equal(self_of(j).log_id.b, self.log_id.b, 32);
            assert_int_equal(self_of(j).head_seq, self.head_seq);
        }
        whole_after(j, &sealed, &self, &changed);
        journal_close(j);
        j = must_open(path, NULL);
        int dummy = 0;
        whole_after(j, &sealed, &self, &dummy);
        journal_close(j);
        if (!reached) break;
    }
    assert_true(failed > 3);
    printf("figure: a new key failing at %d steps: the journal goes on as it was\n", failed);
}

/* The power goes at each write of the database; the key file was written before the first. */
static void a_power_cut_after_the_key_file_is_mended(void **state) {
    (void)state;
    struct journal_options o = {.path = "/disk/lantern.db",
                                .key_path = scratch("cut.key"),
                                .clock = clock_manual(&now),
                                .device_name = "a device",
                                .device_role = "office",
                                .vfs = "shim"};
    struct journal *j = NULL;
    uint8_t former[32];
    int cuts = 0, changed = 0;
    shim_register();
    shim_forget_files();
    shim_forget_ops();
    shim.recording = true;
    OK(journal_open(&j, &o));
    write_one(j);
    struct sealed sealed = seal_to(j);
    struct journal_self self = self_of(j);
    size_t first = shim.n_ops;
    OK(journal_new_key(j, former));
    struct journal_self after = self_of(j);
    struct sealed second = seal_to(j);
    size_t last = shim.n_ops;
    shim.recording = false;
    copy_file(scratch("cut.key"), scratch("cut.new"));
    journal_close(j);
    assert_true(last > first);
    static const enum shim_cut how[] = {CUT_ALL, CUT_NONE, CUT_SOME};
    for (size_t ops = first; ops <= last; ops++)
        for (size_t c = 0; c < sizeof how / sizeof how[0]; c++, cuts++) {
            draw d = {.s = ops * 8 + c};
            copy_file(scratch("cut.new"), scratch("cut.key"));
            shim_build(ops, how[c], &d);
            OK(journal_open(&j, &o));
            assert_memory_equal(self_of(j).key, after.key, 32);
            opens(j, &second);
            whole_after(j, &sealed, &self, &changed);
            journal_close(j);
        }
    assert_int_equal(changed, cuts);
    printf("figure: %d power cuts between the key file and the end of its transaction: the new "
           "key holds, the old one's bundles open\n",
           cuts);
}

/* ---- files of other versions, damaged ones ---- */

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
    static const char newer[] = "lantern key 3\nwhat this will say\n";
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

/* ---- two writers ---- */

static void open_and_write(const char *path, int wait_ms, int i, int hold_ms) {
    struct journal *j = NULL;
    struct clock_manual time = {.wall_ms = NOON + i, .boot_ms = 1};
    struct journal_options o = {.path = path,
                                .clock = clock_manual(&time),
                                .device_name = "office",
                                .device_role = "office",
                                .wait_ms = wait_ms};
    enum status s = journal_open(&j, &o);
    if (s) _exit(10 + (int)s);
    struct row r = row_new(&kind_service);
    char name[20];
    snprintf(name, sizeof name, "S%d", i);
    row_text(&r, "code", name);
    row_text(&r, "name", name);
    if (journal_put_alone(j, &r)) _exit(2);
    usleep((useconds_t)hold_ms * 1000);
    journal_close(j);
    _exit(0);
}

/* The processes are made while nothing is open here: SQLite's own notes about locks must not
 * come along. They start when the gate closes. */
enum { WRITERS = 4, HOLD_MS = 150 };

static void start_writers(const char *path, int first_wait_ms, pid_t children[WRITERS],
                          int gate[2]) {
    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        if (children[i] != 0) continue;
        char go;
        close(gate[1]);
        if (read(gate[0], &go, 1) != 0) _exit(3);
        open_and_write(path, i ? 30000 : first_wait_ms, i, HOLD_MS);
    }
}

static void open_gate(int gate[2]) {
    close(gate[0]);
    close(gate[1]);
}

static int ended_with(pid_t child) {
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void holds_services(const char *path, int n) {
    struct journal *j = must_open(path, NULL);
    assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM service", 0), n);
    laws(j);
    journal_close(j);
}

static void writers_wait_for_each_other(void **state) {
    (void)state;
    const char *path = scratch("wait.db"), *fresh = scratch("wait-new.db");
    struct clock clock = clock_system();
    pid_t children[WRITERS];
    int gate[2];
    struct journal *j = must_open(path, NULL);
    journal_close(j);
    start_writers(path, 200, children, gate);
    j = must_open(path, NULL);
    open_gate(gate);
    /* The first is told after its 200 ms, the others go on waiting. */
    assert_int_equal(ended_with(children[0]), STATUS_BUSY + 10);
    int64_t started = clock_boot(&clock);
    journal_close(j);
    for (int i = 1; i < WRITERS; i++)
        assert_int_equal(ended_with(children[i]), 0);
    int64_t took = clock_boot(&clock) - started;
    holds_services(path, WRITERS - 1);
    /* All at a database that is not there yet. */
    start_writers(fresh, 30000, children, gate);
    open_gate(gate);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(ended_with(children[i]), 0);
    holds_services(fresh, WRITERS);
    printf("figure: %d writers at once, each holding on for %d ms: all done after %lld ms\n",
           WRITERS - 1, HOLD_MS, (long long)took);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_marker_needs_no_passphrase), /* first: with Argon2 as it really is */
        cmocka_unit_test(only_the_right_passphrase_opens),
        cmocka_unit_test(a_new_key_still_opens_what_was_sealed_to_the_old),
        cmocka_unit_test(ending_at_any_step_of_a_new_key_loses_none),
        cmocka_unit_test(a_failing_step_of_a_new_key_changes_nothing_for_good),
        cmocka_unit_test(a_power_cut_after_the_key_file_is_mended),
        cmocka_unit_test(the_old_format_is_read),
        cmocka_unit_test(any_damage_is_told_and_nothing_is_written_over),
        cmocka_unit_test(a_tablet_goes_on_and_keeps_the_damaged_file),
        cmocka_unit_test(what_is_no_key_file_of_ours_stays),
        cmocka_unit_test(a_new_log_beats_every_clock_before_it),
        cmocka_unit_test(writers_wait_for_each_other),
    };
    log_open(scratch("support.log"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
