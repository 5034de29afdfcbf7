/* secret_file.c -- a key as a file of its own: the recovery key's, a reader's. See office.h. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "office/office.h"

enum status office_secret_file(struct office *o, const char *path, const struct buf *text) {
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? status_fail(STATUS_EXISTS, "%s", path) : status_errno(path);
    enum status s = file_put_all(fd, path, text->data, text->size);
    if (!s && fsync(fd) != 0) s = status_errno(path);
    if (close(fd) != 0 && !s) s = status_errno(path);
    if (!s) s = file_sync_dir(path_dir(&o->arena, path));
    if (s) remove(path);
    return s;
}
