/* file.c -- files as the whole program uses them.
 *
 * file_write leaves either the old file or the new one, whatever happens in between. A
 * temporary file that a crash left behind has a fixed name and is replaced by the next write.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/log.h"

#define PATH_ROOM 4096
#define TEMPORARY ".tmp~"

static enum status read_all(int fd, const char *path, size_t limit, struct buf *out) {
    uint8_t chunk[16384];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return status_errno(path);
        if (n == 0) return STATUS_OK;
        if ((size_t)n > limit - out->size)
            return status_fail(STATUS_TOO_LARGE, "%s: more than %zu bytes", path, limit);
        buf_add(out, chunk, (size_t)n);
        if (out->overflow) return status_fail(STATUS_TOO_LARGE, "%s: too large", path);
    }
}

enum status file_read(const char *path, size_t limit, struct buf *out) {
    struct buf got = {0};
    struct stat st;
    enum status s = STATUS_OK;
    /* Non-blocking, so that opening a pipe that nobody writes to returns. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return status_errno(path);
    if (fstat(fd, &st) != 0)
        s = status_errno(path);
    else if (!S_ISREG(st.st_mode))
        s = status_fail(STATUS_INVALID, "%s: not a file", path);
    else if (st.st_size < 0 || (uint64_t)st.st_size > limit)
        s = status_fail(STATUS_TOO_LARGE, "%s: more than %zu bytes", path, limit);
    else
        s = read_all(fd, path, limit, &got);
    close(fd);
    if (s) {
        buf_release(&got);
        return s;
    }
    buf_str(&got);
    got.limit = out->limit;
    buf_release(out);
    *out = got;
    return STATUS_OK;
}

enum status file_put_all(int fd, const char *path, const void *p, size_t n) {
    const uint8_t *from = p;
    while (n > 0) {
        ssize_t did = write(fd, from, n);
        if (did < 0 && errno == EINTR) continue;
        if (did < 0 && errno == EFBIG) errno = ENOSPC;
        if (did < 0) return status_errno(path);
        from += did;
        n -= (size_t)did;
    }
    return STATUS_OK;
}

static enum status write_temporary(const char *path, const void *p, size_t n, int mode) {
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
    if (fd < 0) return status_errno(path);
    enum status s = file_put_all(fd, path, p, n);
    if (!s && fsync(fd) != 0) s = status_errno(path);
    if (!s && fchmod(fd, (mode_t)mode) != 0) s = status_errno(path);
    if (close(fd) != 0 && !s) s = status_errno(path);
    return s;
}

enum status file_write(const char *path, const void *p, size_t n, int mode) {
    char temporary[PATH_ROOM], dir[PATH_ROOM];
    if (strlen(path) + sizeof TEMPORARY > sizeof temporary)
        return status_fail(STATUS_INVALID, "a path of %zu bytes", strlen(path));
    snprintf(temporary, sizeof temporary, "%s" TEMPORARY, path);
    size_t before = (size_t)(path_name(path) - path);
    snprintf(dir, sizeof dir, "%.*s", (int)before, path);
    if (!dir[0]) snprintf(dir, sizeof dir, ".");
    enum status s = write_temporary(temporary, p, n, mode);
    if (!s && rename(temporary, path) != 0) s = status_errno(path);
    if (s) {
        unlink(temporary);
        return s;
    }
    return file_sync_dir(dir);
}

enum status file_make_dirs(const char *path) {
    char part[PATH_ROOM];
    size_t n = strlen(path);
    if (n == 0 || n >= sizeof part)
        return status_fail(STATUS_INVALID, "a path of %zu bytes", n);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0700) == 0 || errno == EEXIST) continue;
        /* A parent that cannot be written to may well be there all the same. */
        if (!file_is_dir(part)) return status_errno(part);
    }
    if (!file_is_dir(path)) return status_fail(STATUS_EXISTS, "%s: not a folder", path);
    return STATUS_OK;
}

bool file_exists(const char *path) {
    struct stat st;
    return stat(path, &st) == 0;
}

bool file_is_dir(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int64_t file_size(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

int64_t file_free_bytes(const char *dir) {
    struct statvfs v;
    if (statvfs(dir, &v) != 0) return -1;
    return (int64_t)((uint64_t)v.f_bavail * v.f_frsize);
}

enum status file_sync_dir(const char *dir) {
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return status_errno(dir);
    enum status s = STATUS_OK;
    /* Some file systems of memory sticks cannot sync a folder; they say EINVAL, not EIO. */
    if (fsync(fd) != 0 && errno != EINVAL) s = status_errno(dir);
    close(fd);
    return s;
}

char *path_join(struct arena *a, const char *dir, const char *name) {
    size_t n = dir ? strlen(dir) : 0;
    if (n == 0) return arena_strdup(a, name);
    return arena_printf(a, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}

char *path_dir(struct arena *a, const char *path) {
    size_t n = (size_t)(path_name(path) - path);
    if (n == 0) return arena_strdup(a, ".");
    return arena_strndup(a, path, n > 1 ? n - 1 : n);
}

const char *path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *name, const char *suffix) {
    size_t n = strlen(name), m = strlen(suffix);
    return n >= m && strcmp(name + n - m, suffix) == 0;
}

enum status dir_list(struct arena *a, const char *dir, const char *suffix, char ***names,
                     size_t *n) {
    DIR *d = opendir(dir);
    if (!d) return status_errno(dir);
    size_t count = 0, room = 32;
    char **list = ARENA_ARRAY(a, char *, room);
    struct dirent *e;
    while ((e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (suffix && !ends_with(e->d_name, suffix)) continue;
        if (count == room) {
            char **more = ARENA_ARRAY(a, char *, room * 2);
            memcpy(more, list, count * sizeof *list);
            list = more;
            room *= 2;
        }
        list[count++] = arena_strdup(a, e->d_name);
    }
    closedir(d);
    qsort(list, count, sizeof *list, compare_names);
    *names = list;
    *n = count;
    return STATUS_OK;
}

static int compare_entries(const void *x, const void *y) {
    return strcmp(((const struct dir_entry *)x)->name, ((const struct dir_entry *)y)->name);
}

static bool is_folder(DIR *d, const struct dirent *e) {
    struct stat st;
    if (e->d_type != DT_UNKNOWN && e->d_type != DT_LNK) return e->d_type == DT_DIR;
    return fstatat(dirfd(d), e->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

enum status dir_entries(struct arena *a, const char *dir,
                        bool (*wanted)(const char *name, bool folder), struct dir_entry **out,
                        size_t *n) {
    struct buf found = {0};
    struct dirent *e;
    DIR *d = opendir(dir);
    if (!d) return status_errno(dir);
    while ((e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        struct dir_entry one = {.folder = is_folder(d, e)};
        if (!wanted(e->d_name, one.folder)) continue;
        one.name = arena_strdup(a, e->d_name);
        buf_add(&found, &one, sizeof one);
    }
    closedir(d);
    *n = found.size / sizeof(struct dir_entry);
    *out = arena_copy(a, found.data, found.size);
    if (*n) qsort(*out, *n, sizeof **out, compare_entries);
    buf_release(&found);
    return STATUS_OK;
}
