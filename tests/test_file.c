/* test_file.c -- files written whole, read within limits; folders, paths. needs: base */
#include "base_help.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static void a_file_is_whole_or_not_at_all(void **state) {
    (void)state;
    const char *path = scratch("note.json"), *left = scratch("note.json.tmp~");
    put(path, "old");
    /* What a crash left behind is neither read nor in the way, even as a link. */
    int fd = open(left, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "half", 4), 4);
    close(fd);
    struct buf b = {0};
    assert_int_equal(file_read(path, 100, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "old");
    put(path, "new one");
    assert_false(file_exists(left));
    const char *victim = scratch("victim");
    put(victim, "untouched");
    assert_int_equal(symlink("victim", left), 0);
    put(path, "third");
    assert_int_equal(file_read(victim, 100, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "untouched");
    assert_int_equal(file_read(path, 100, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "third");
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    buf_release(&b);
}

static void a_failed_write_leaves_the_old_file(void **state) {
    (void)state;
    const char *dir = scratch("taken");
    assert_int_equal(file_make_dirs(dir), STATUS_OK);
    const char *inside = scratch("taken/x");
    put(inside, "kept");
    /* The rename fails: the name is that of a folder with something in it. */
    assert_int_not_equal(file_write(dir, "x", 1, 0600), STATUS_OK);
    assert_false(file_exists(scratch("taken.tmp~")));
    assert_true(file_is_dir(dir) && file_exists(inside));
    assert_int_equal(file_write(scratch("no/such/folder/x"), "x", 1, 0600), STATUS_NOT_FOUND);
}

static void reading_has_limits(void **state) {
    (void)state;
    const char *path = scratch("limits");
    put(path, "12345");
    struct buf b = {0};
    buf_text(&b, "before");
    assert_int_equal(file_read(path, 4, &b), STATUS_TOO_LARGE);
    assert_string_equal(buf_str(&b), "before"); /* untouched on failure */
    assert_int_equal(file_read(path, 5, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "12345");
    assert_int_equal(file_read(scratch_dir(), 5, &b), STATUS_INVALID);
    assert_int_equal(file_read(scratch("nothing"), 5, &b), STATUS_NOT_FOUND);
    assert_int_equal(file_read("/dev/zero", 5, &b), STATUS_INVALID);
    const char *pipe = scratch("pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(file_read(pipe, 5, &b),
                     STATUS_INVALID); /* and does not wait for a writer */
    assert_int_equal(file_size(path), 5);
    assert_int_equal(file_size(scratch("nothing")), -1);
    assert_true(file_free_bytes(scratch_dir()) > 0);
    assert_int_equal(file_free_bytes(scratch("nothing")), -1);
    buf_release(&b);
}

static void folders_and_paths(void **state) {
    (void)state;
    assert_int_equal(file_make_dirs(scratch("a/b/c")), STATUS_OK);
    assert_int_equal(file_make_dirs(scratch("a/b/c")), STATUS_OK);
    put(scratch("a/file"), "x");
    assert_int_equal(file_make_dirs(scratch("a/file")), STATUS_EXISTS);
    assert_int_not_equal(file_make_dirs(scratch("a/file/d")), STATUS_OK);
    put(scratch("a/z.json"), "{}");
    put(scratch("a/B.json"), "{}");
    char **names;
    size_t n;
    assert_int_equal(dir_list(&frame, scratch("a"), ".json", &names, &n), STATUS_OK);
    assert_int_equal(n, 2);
    assert_string_equal(names[0], "B.json");
    assert_string_equal(names[1], "z.json");
    assert_int_equal(dir_list(&frame, scratch("a"), NULL, &names, &n), STATUS_OK);
    assert_int_equal(n, 4);
    assert_int_equal(dir_list(&frame, scratch("q"), NULL, &names, &n), STATUS_NOT_FOUND);
    assert_string_equal(path_join(&frame, "a", "b"), "a/b");
    assert_string_equal(path_join(&frame, "a/", "b"), "a/b");
    assert_string_equal(path_join(&frame, "", "b"), "b");
    assert_string_equal(path_dir(&frame, "a/b/c"), "a/b");
    assert_string_equal(path_dir(&frame, "/c"), "/");
    assert_string_equal(path_dir(&frame, "c"), ".");
    assert_string_equal(path_name("a/b/c"), "c");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(a_file_is_whole_or_not_at_all),
        FRESH(a_failed_write_leaves_the_old_file),
        FRESH(reading_has_limits),
        FRESH(folders_and_paths),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, over);
}
