/* status.h -- how every operation that can fail in the world reports it.
 *
 * Zero is STATUS_OK. Results come through out-parameters, written only on success.
 * The detail (path, line, reason) is left in a thread-wide last-detail text where it is first
 * known; status_detail() reads it, status_key() names the sentence a person sees. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
#define STATUS(name, key) STATUS_##name,
#include "base/status_list.h"
#undef STATUS
    STATUS_COUNT
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* Words key such as "status.disk_full"; never NULL. */
const char *status_key(enum status s);
/* Keeps a detail of at most 400 bytes for the failure being returned and returns `s`,
 * so that `return status_fail(STATUS_INVALID, "line %d: ...", n);` reads well. */
enum status status_fail(enum status s, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Detail of the last failure, "" when there is none. Valid until the next status_fail. */
const char *status_detail(void);
void status_clear(void);
/* Around what is done because something failed, so that its own failures do not hide why: a
 * rollback, a closing. */
struct status_kept {
    char detail[401];
};
struct status_kept status_keep(void);
void status_put_back(const struct status_kept *k);
/* Maps errno to a status (ENOSPC, EROFS, EACCES, ENOENT ...), remembering path and reason. */
enum status status_errno(const char *path);

#endif
