/* writer.c -- blocks, digest, seal, trailer; fsync and rename.
 *
 * The order at the end: trailer, fsync of the file, (the caller syncs the marker), rename,
 * fsync of the folder. A stick that is pulled out or full leaves at most a ".part" file, which
 * the next export replaces. */
#include "sync/writer.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

static enum status write_file(void *ctx, const void *bytes, size_t n) {
    struct bundle_writer *w = ctx;
    if (w->written + n > (uint64_t)BUNDLE_FILE_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "The bundle would be larger than 2 GB.");
    w->written += n;
    return file_put_all(w->fd, w->temporary, bytes, n);
}

static enum status write_plain(struct bundle_writer *w, const void *bytes, size_t n) {
    w->length += n;
    return w->sealer ? sealer_add(w->sealer, bytes, n) : write_file(w, bytes, n);
}

/* ---- for whom
 * --------------------------------------------------------------------------------- */

static bool listed(const struct wire_header *h, const uint8_t id[KEY_ID_BYTES]) {
    for (uint32_t i = 0; i < h->keys_count; i++)
        if (memcmp(h->keys[i].id, id, KEY_ID_BYTES) == 0) return true;
    return false;
}

static enum status wrap_for(struct wire_header *h, const uint8_t reader[KEY_BYTES],
                            const uint8_t key[KEY_BYTES]) {
    struct wire_key k = {.way = KEY_BOX};
    key_id(reader, k.id);
    if (listed(h, k.id)) return STATUS_OK;
    if (!wire_key_usable(reader))
        return status_fail(STATUS_INVALID, "A key that this bundle should be sealed to is no "
                                           "key.");
    key_wrap(reader, key, k.wrapped);
    h->keys[h->keys_count++] = k;
    return STATUS_OK;
}

static enum status wrap_all(struct wire_header *h, const struct writer_readers *to,
                            const uint8_t key[KEY_BYTES]) {
    BELIEVE(to->count + (to->code != NULL) <= WIRE_KEYS_MAX);
    for (size_t i = 0; i < to->count; i++) {
        enum status s = wrap_for(h, to->keys + i * KEY_BYTES, key);
        if (s) return s;
    }
    if (to->code) {
        struct wire_key k = {.way = KEY_CODE};
        enum status s = key_lock(to->code, key, k.wrapped);
        if (s) return s;
        h->keys[h->keys_count++] = k;
    }
    return STATUS_OK;
}

/* The clear header, and what seals all that comes after it. */
static enum status write_header(struct bundle_writer *w, const struct writer_readers *readers) {
    struct buf bytes = {0};
    struct wire_header h = {.sealed = readers && (readers->count > 0 || readers->code)};
    uint8_t key[KEY_BYTES] = {0};
    enum status s = STATUS_OK;
    if (h.sealed) {
        random_bytes(key, sizeof key);
        s = wrap_all(&h, readers, key);
    }
    if (!s) {
        header_put(&bytes, &h);
        s = write_plain(w, bytes.data, bytes.size);
    }
    w->header = h.hash;
    if (!s && h.sealed) w->sealer = sealer_new(&w->arena, key, &h.hash, write_file, w);
    key_wipe(key, sizeof key);
    buf_release(&bytes);
    return s;
}

enum status writer_open_for(struct bundle_writer *w, const char *path,
                            const struct writer_readers *readers) {
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
    hash_start(&w->digest);
    w->status = write_header(w, readers);
    return w->status;
}

enum status writer_open(struct bundle_writer *w, const char *path) {
    return writer_open_for(w, path, NULL);
}

/* ---- blocks
 * ----------------------------------------------------------------------------------- */

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
    w->status = write_plain(w, head, sizeof head);
    if (!w->status) w->status = write_plain(w, payload->data, payload->size);
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
    if (!w->status && w->sealer) w->status = sealer_end(w->sealer);
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
    sealer_wipe(w->sealer);
    arena_release(&w->arena);
    *w = (struct bundle_writer){0};
}
