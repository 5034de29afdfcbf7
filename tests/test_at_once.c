/* test_at_once.c -- two merges into one master at the same time: one waits, both are done.
 *
 * needs: sync store base
 *
 * Two processes, as two people at the office would start them. The first stops in the middle of
 * its merge, with the transaction open, and tells through a pipe; only then the second begins.
 * A third that will not wait so long is told that the master is busy, and changes nothing. */
#include "merge_help.h"

#include <sys/wait.h>
#include <time.h>

#define HELD_MS 1500

static int64_t real_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum status open_master(struct journal **j, int wait_ms) {
    struct journal_options o = {.path = scratch("once-m.db"),
                                .clock = clock_system(),
                                .device_name = "office",
                                .device_role = "office",
                                .wait_ms = wait_ms};
    return journal_open(j, &o);
}

/* Exit status of a child: 0 done, 1 failed. */
static int first_person(int tell) {
    struct journal *j = NULL;
    struct merge *m = NULL;
    struct merge_summary sum;
    bool done = false;
    double progress = 0;
    if (open_master(&j, 20000)) return 1;
    if (merge_start(&m, j, &(struct merge_options){.path = scratch("once-0.lantern")}))
        return 1;
    while (!done && progress < 0.3)
        if (merge_step(m, 0, &done, &progress)) return 1;
    if (done) return 1; /* too small to stop inside */
    if (write(tell, "m", 1) != 1) return 1;
    nanosleep(&(struct timespec){.tv_sec = HELD_MS / 1000, .tv_nsec = HELD_MS % 1000 * 1000000},
              NULL);
    while (!done)
        if (merge_step(m, 5, &done, &progress)) return 1;
    if (merge_finish(m, &sum) || sum.added < 100) return 1;
    journal_close(j);
    return 0;
}

static int second_person(void) {
    struct journal *j = NULL;
    struct merge_summary sum;
    int64_t began = real_ms();
    if (open_master(&j, 20000)) return 1;
    if (merge_file(j, &(struct merge_options){.path = scratch("once-1.lantern")}, &sum))
        return 1;
    int64_t waited = real_ms() - began;
    journal_close(j);
    return sum.added > 100 && waited >= HELD_MS / 2 ? 0 : 1;
}

static void master_and_bundles(void) {
    struct journal *m = open_office("once-m.db", NULL);
    for (int i = 0; i < 2; i++) {
        struct journal *t = open_device(i ? "once-1.db" : "once-0.db", "tablet");
        enrol_tablet(m, t, i ? "one" : "none");
        for (int k = 0; k < 12; k++)
            work(t, (uint64_t)(20 * i + k + 1), 100);
        assert_true(send(t, i ? "once-1.lantern" : "once-0.lantern").sealed);
        journal_close(t);
    }
    journal_close(m);
}

static void one_waits_both_are_done(void **state) {
    (void)state;
    int pipes[2], code = -1;
    char byte;
    struct journal *j = NULL;
    hash256 before, after;
    master_and_bundles();
    assert_int_equal(pipe(pipes), 0);
    fflush(NULL);
    pid_t first = fork();
    if (first == 0) _exit(first_person(pipes[1]));
    assert_true(first > 0);
    close(pipes[1]);
    assert_int_equal(read(pipes[0], &byte, 1), 1); /* it is inside its merge */
    int64_t began = real_ms();
    assert_int_equal(open_master(&j, 200), STATUS_BUSY); /* one who will not wait */
    int64_t gave_up = real_ms() - began;
    assert_null(j);
    assert_true(strlen(status_detail()) > 10);
    assert_true(gave_up >= 150 && gave_up < HELD_MS);
    pid_t second = fork();
    if (second == 0) _exit(second_person());
    assert_int_equal(waitpid(first, &code, 0), first);
    assert_int_equal(code, 0);
    assert_int_equal(waitpid(second, &code, 0), second);
    assert_int_equal(code, 0);
    close(pipes[0]);

    /* The same as one after the other. */
    assert_int_equal(open_master(&j, 0), STATUS_OK);
    before = content(j);
    assert_int_equal(merge_sealed(j, "once-0.lantern").added, 0);
    assert_int_equal(merge_sealed(j, "once-1.lantern").added, 0);
    after = content(j);
    assert_memory_equal(before.b, after.b, 32);
    laws(j);
    printf(
        "figure: two merges at the same time: %lld records, one waited; a third gave up after "
        "%lld ms as it was asked to\n",
        (long long)query_one_int(j, -1, "SELECT count(*) FROM journal", 0), (long long)gave_up);
    journal_close(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_waits_both_are_done)};
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, begin, end);
}
