/* test_status.c -- what went wrong, as it is said and as it is logged. needs: base */
#include "base_help.h"

#include <errno.h>

#include "base/buf.h"
#include "base/text.h"

static void status_keeps_the_detail(void **state) {
    (void)state;
    assert_string_equal(status_key(STATUS_OK), "status.ok");
    assert_string_equal(status_key(STATUS_DISK_FULL), "status.disk_full");
    assert_string_equal(status_key((enum status)999), "status.io");
    assert_int_equal(status_fail(STATUS_INVALID, "line %d", 12), STATUS_INVALID);
    assert_string_equal(status_detail(), "line 12");
    /* A detail built from the detail. */
    assert_int_equal(status_fail(STATUS_DAMAGED, "in a.lantern: %s", status_detail()),
                     STATUS_DAMAGED);
    assert_string_equal(status_detail(), "in a.lantern: line 12");
    char pounds[1001];
    for (int i = 0; i < 500; i++)
        memcpy(pounds + 2 * i, "£", 2);
    pounds[1000] = '\0';
    assert_int_equal(status_fail(STATUS_IO, "x%s", pounds), STATUS_IO);
    assert_int_equal(strlen(status_detail()), 399); /* 400 would cut a pound in two */
    assert_true(text_valid(status_detail(), strlen(status_detail())));
    status_clear();
    assert_string_equal(status_detail(), "");
}

static void errno_becomes_a_status(void **state) {
    (void)state;
    static const struct {
        int e;
        enum status s;
    } cases[] = {{ENOENT, STATUS_NOT_FOUND}, {ENOSPC, STATUS_DISK_FULL},
                 {EROFS, STATUS_READ_ONLY},  {EACCES, STATUS_READ_ONLY},
                 {EBUSY, STATUS_BUSY},       {EIO, STATUS_IO}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errno = cases[i].e;
        assert_int_equal(status_errno("a/b"), cases[i].s);
        assert_true(text_starts(status_detail(), "a/b: "));
    }
}

static void log_rotates(void **state) {
    (void)state;
    const char *path = scratch("support.log"), *older = scratch("support.log.1");
    log_open(path);
    for (int i = 0; i < 26000; i++)
        log_line("export %06d ok", i);
    log_close();
    assert_true(file_size(older) > 1024 * 1024 && file_size(older) < 1024 * 1024 + 200);
    assert_in_range(file_size(path), 1, 200000);
    struct buf b = {0};
    assert_int_equal(file_read(path, 1 << 20, &b), STATUS_OK);
    assert_true(strlen(buf_str(&b)) > 40);
    assert_non_null(strstr(buf_str(&b), "Z export 025999 ok\n"));
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(status_keeps_the_detail),
        FRESH(errno_becomes_a_status),
        FRESH(log_rotates),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, over);
}
