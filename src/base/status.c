/* status.c -- the last detail, kept for the sentence a person sees.
 *
 * The only state here is that text, one for each thread; nothing reads it to decide anything.
 */
#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

#define DETAIL_ROOM 401

static _Thread_local char detail[DETAIL_ROOM];

const char *status_key(enum status s) {
    static const char *const keys[STATUS_COUNT] = {
#define STATUS(name, key) [STATUS_##name] = "status." key,
#include "base/status_list.h"
#undef STATUS
    };
    return (unsigned)s < STATUS_COUNT ? keys[s] : "status.io";
}

enum status status_fail(enum status s, const char *fmt, ...) {
    /* Formatted aside first: an argument may well be status_detail() itself. */
    char text[2048];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    text_one_line(text); /* a stranger's name may be in it */
    text_copy(detail, sizeof detail, text);
    return s;
}

const char *status_detail(void) {
    return detail;
}

void status_clear(void) {
    detail[0] = '\0';
}

_Static_assert(sizeof(struct status_kept) == DETAIL_ROOM, "the whole detail");

struct status_kept status_keep(void) {
    struct status_kept k;
    memcpy(k.detail, detail, sizeof detail);
    return k;
}

void status_put_back(const struct status_kept *k) {
    memcpy(detail, k->detail, sizeof detail);
}

static enum status of_errno(int e) {
    switch (e) {
    case ENOENT:
    case ENOTDIR:
        return STATUS_NOT_FOUND;
    case EEXIST:
        return STATUS_EXISTS;
    case ENOSPC:
    case EDQUOT:
        return STATUS_DISK_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return STATUS_READ_ONLY;
    case EBUSY:
    case EAGAIN:
    case ETXTBSY:
        return STATUS_BUSY;
    case EFBIG:
        return STATUS_TOO_LARGE;
    default:
        return STATUS_IO;
    }
}

enum status status_errno(const char *path) {
    int e = errno;
    return status_fail(of_errno(e), "%s: %s", path ? path : "", strerror(e));
}
