/* file.h -- files: whole reads with a limit, atomic writes, folders. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* Reads the whole file when it is a regular file of at most `limit` bytes. out is NUL-terminated (not counted). */
MUST_CHECK enum status file_read(const char *path, size_t limit, struct buf *out);
/* All n bytes to an open file, whatever a signal or a full pipe does in between; `path` is for the sentence. A
 * FAT stick that takes no larger file is as full as can be: STATUS_DISK_FULL. */
MUST_CHECK enum status file_put_all(int fd, const char *path, const void *p, size_t n);
/* Temporary name beside it, write, fsync, rename, fsync of the folder: whole or not at all. */
MUST_CHECK enum status file_write(const char *path, const void *p, size_t n, int mode);
MUST_CHECK enum status file_make_dirs(const char *path); /* like mkdir -p, mode 0700 */
bool file_exists(const char *path);
bool file_is_dir(const char *path);
int64_t file_size(const char *path);                     /* -1 when it is not there */
int64_t file_free_bytes(const char *dir);                /* free space, -1 unknown */
MUST_CHECK enum status file_sync_dir(const char *dir);
char *path_join(struct arena *a, const char *dir, const char *name);
char *path_dir(struct arena *a, const char *path);
const char *path_name(const char *path);
/* Names in a folder, sorted bytewise, without "." and ".."; suffix NULL = all. */
MUST_CHECK enum status dir_list(struct arena *a, const char *dir, const char *suffix, char ***names, size_t *n);
/* The same for those that `wanted` takes. What is a folder is told by the folder itself where it can: asking for each of a
 * hundred thousand files on a stick takes minutes. */
struct dir_entry {
    char *name;
    bool folder;
};
MUST_CHECK enum status dir_entries(struct arena *a, const char *dir, bool (*wanted)(const char *name, bool folder),
                                   struct dir_entry **out, size_t *n);

#endif
