/* spool.c -- see spool.h. */
#include "sync/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "store/query.h"
#include "sync/wire.h"

#define WAIT_MS       100
#define FIRST_WAIT_MS 30000 /* a pipe that nobody ever writes to */

enum status spool_clear(struct journal *j, struct arena *a, char **path) {
    struct query q;
    *path = NULL;
    for (query_open(&q, j, "SELECT file FROM pragma_database_list WHERE name = 'main'", 0);
         query_next(&q);) {
        const char *db = query_text(&q, 0, a);
        *path = arena_printf(a, "%s.spool", *db ? db : "lantern");
    }
    enum status s = query_close(&q);
    if (!s && *path) unlink(*path);
    return s;
}

bool spool_wanted(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

enum status spool_start(struct spool *s, struct journal *j, struct arena *a, const char *from) {
    *s = (struct spool){.began = clock_boot(journal_clock(j))};
    enum status st = spool_clear(j, a, &s->path);
    if (st) return st;
    s->from = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (s->from < 0) {
        s->from = 0;
        return status_errno(from);
    }
    s->to = open(s->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (s->to < 0) {
        s->to = 0;
        return status_errno(s->path);
    }
    s->any = true;
    return STATUS_OK;
}

static enum status write_piece(struct spool *s, const uint8_t *p, size_t n) {
    /* What is no bundle is not copied to its end: it may have none. */
    size_t shown = n < WIRE_MAGIC_BYTES ? n : WIRE_MAGIC_BYTES;
    if (s->size == 0 && memcmp(p, wire_magic, shown) != 0)
        return status_fail(STATUS_NOT_OURS, "This is not a Lantern bundle.");
    s->size += (int64_t)n;
    if (s->size > BUNDLE_FILE_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "The file is larger than any bundle can be.");
    return file_put_all(s->to, s->path, p, n);
}

enum status spool_step(struct spool *s, struct journal *j, bool *done) {
    uint8_t piece[65536];
    struct pollfd wait = {.fd = s->from, .events = POLLIN};
    *done = false;
    if (poll(&wait, 1, WAIT_MS) == 0) {
        if (s->size || clock_boot(journal_clock(j)) - s->began < FIRST_WAIT_MS)
            return STATUS_OK;
        return status_fail(STATUS_TRUNCATED, "Nothing comes from there.");
    }
    ssize_t n = read(s->from, piece, sizeof piece);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return STATUS_OK;
    if (n < 0) return status_errno("bundle");
    if (n > 0) return write_piece(s, piece, (size_t)n);
    close(s->from);
    int bad = close(s->to);
    s->from = s->to = 0;
    *done = true;
    return bad ? status_errno(s->path) : STATUS_OK;
}

void spool_release(struct spool *s) {
    if (s->from > 0) close(s->from);
    if (s->to > 0) close(s->to);
    if (s->any) unlink(s->path);
    *s = (struct spool){0};
}
