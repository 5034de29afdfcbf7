/* writer.c -- blocks, digest, trailer; fsync and rename.
 *
 * The order at the end: trailer, fsync of the file, (the caller syncs the marker), rename,
 * fsync of the folder. A stick that is pulled out or full leaves at most a ".part" file, which
 * the next export replaces. */
#include "sync/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

static enum status write_all(struct bundle_writer *w, const void *bytes, size_t n) {
    const uint8_t *p = bytes;
    if (w->length + n > (uint64_t)BUNDLE_FILE_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "The bundle would be larger than 2 GB.");
    w->length += n;
    while (n > 0) {
        ssize_t did = write(w->fd, p, n);
        if (did < 0 && errno == EINTR) continue;
        if (did < 0 && errno == EFBIG) errno = ENOSPC; /* sticks with FAT: as full as can be */
        if (did < 0) return status_errno(w->temporary);
        p += did;
        n -= (size_t)did;
    }
    return STATUS_OK;
}

enum status writer_open(struct bundle_writer *w, const char *path) {
    *w = (struct bundle_writer){0};
    w->path = arena_strdup(&w->arena, path);
    w->temporary = arena_printf(&w->arena, "%s.part", path);
    unlink(w->temporary);
    w->fd = open(w->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (w->fd < 0) {
        w->fd = 0;
        w->status = status_errno(path);
        return w->status;
    }
    struct buf header = {0};
    header_put(&header, &w->header);
    w->status = write_all(w, header.data, header.size);
    buf_release(&header);
    hash_start(&w->digest);
    return w->status;
}

void writer_block(struct bundle_writer *w, enum block_type type, const struct buf *payload) {
    if (w->status) return;
    BELIEVE(!payload->overflow && payload->size <= block_size_max((uint8_t)type));
    uint8_t head[WIRE_BLOCK_HEAD] = {(uint8_t)type};
    for (size_t i = 0; i < 4; i++)
        head[i + 1] = (uint8_t)(payload->size >> (8 * i));
    if (type != BLOCK_TRAILER) {
        hash_add(&w->digest, head, sizeof head);
        hash_add(&w->digest, payload->data, payload->size);
    }
    w->status = write_all(w, head, sizeof head);
    if (!w->status) w->status = write_all(w, payload->data, payload->size);
}

enum status writer_seal(struct bundle_writer *w, const struct signer *signer, hash256 *id) {
    struct buf bytes = {0};
    struct trailer t = {.length = w->length + WIRE_BLOCK_HEAD + WIRE_TRAILER_BYTES,
                        .digest = hash_end(&w->digest)};
    trailer_message(&bytes, &w->header, &t);
    signer->sign(signer->ctx, bytes.data, bytes.size, t.signature);
    buf_clear(&bytes);
    trailer_put(&bytes, &t);
    hash256 found = hash_of(bytes.data, bytes.size);
    writer_block(w, BLOCK_TRAILER, &bytes);
    buf_release(&bytes);
    if (w->status) return w->status;
    if (fsync(w->fd) != 0) w->status = status_errno(w->temporary);
    if (close(w->fd) != 0 && !w->status) w->status = status_errno(w->temporary);
    w->fd = 0;
    w->sealed = true;
    if (!w->status) *id = found;
    return w->status;
}

enum status writer_publish(struct bundle_writer *w) {
    BELIEVE(w->sealed);
    if (w->status) return w->status;
    if (rename(w->temporary, w->path) != 0) {
        w->status = status_errno(w->path);
        return w->status;
    }
    char *folder = path_dir(&w->arena, w->path);
    w->temporary = NULL;
    w->status = file_sync_dir(folder);
    return w->status;
}

void writer_release(struct bundle_writer *w) {
    if (w->fd > 0) close(w->fd);
    if (w->temporary) unlink(w->temporary);
    arena_release(&w->arena);
    *w = (struct bundle_writer){0};
}
