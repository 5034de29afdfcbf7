/* test_two_writers.c -- several processes that open one journal to write: each waits for the
 * other as long as it was told to.
 *
 * needs: store base
 */
#include "store_help.h"

#include <sys/wait.h>
#include <unistd.h>

static struct journal *office(const char *path) {
    static struct clock_manual now = {.wall_ms = NOON, .boot_ms = 1};
    return open_device(path, &now, "office");
}

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
    struct journal *j = office(path);
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
    struct journal *j = office(path);
    journal_close(j);
    start_writers(path, 200, children, gate);
    j = office(path);
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
        cmocka_unit_test(writers_wait_for_each_other),
    };
    log_open(scratch("support.log"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
