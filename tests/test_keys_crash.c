/* test_keys_crash.c -- a new key that is cut off or fails at any step, or whose database loses
 * its power: the journal goes on, and what was sealed to the old key still opens.
 *
 * needs: store base
 *
 * rename and fsync fail or end the process where a test says so: the functions of those names
 * here stand before the library's own. */
#include "keys_help.h"

#include <dlfcn.h>
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vfs_shim.c"

/* ---- standing before the library ---- */

static struct {
    int calls, at; /* at 0: never */
    bool end;      /* the process ends there, else the call fails with EIO */
} step;

static void *next_of(const char *name) {
    void *f = dlsym(RTLD_NEXT, name);
    if (!f) abort();
    return f;
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

/* Opens, signs, writes; has the key changed? */
static bool whole_after(struct journal *j, const struct sealed *sealed,
                        const struct journal_self *before) {
    struct journal_self self = self_of(j);
    uint8_t former[32];
    opens(j, sealed);
    signs(j);
    bool changed = memcmp(self.key, before->key, 32) != 0;
    if (changed) {
        assert_true(journal_former(j, 0, former));
        assert_memory_equal(former, before->key, 32);
        assert_memory_not_equal(self.log_id.b, before->log_id.b, 32);
    }
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "ELM");
    row_text(&r, "name", "Elm House");
    put_alone(j, &r);
    laws(j);
    return changed;
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
            bool now_new = whole_after(j, &sealed, &self);
            if (!again) changed += now_new;
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
    int failed = 0;
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
        whole_after(j, &sealed, &self);
        journal_close(j);
        j = must_open(path, NULL);
        whole_after(j, &sealed, &self);
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
            changed += whole_after(j, &sealed, &self);
            journal_close(j);
        }
    assert_int_equal(changed, cuts);
    printf("figure: %d power cuts between the key file and the end of its transaction: the new "
           "key holds, the old one's bundles open\n",
           cuts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ending_at_any_step_of_a_new_key_loses_none),
        cmocka_unit_test(a_failing_step_of_a_new_key_changes_nothing_for_good),
        cmocka_unit_test(a_power_cut_after_the_key_file_is_mended),
    };
    log_open(scratch("support.log"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
