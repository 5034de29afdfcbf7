/* reader.c -- the first pass: everything that can be known without inflating.
 *
 * The grammar is one rising number, the block's type; what must agree across blocks (counts,
 * pieces of a blob) is kept in the reader as it goes. The digest takes in each block's head and
 * payload, so a byte that no rule looks at is still covered by it. */
#include "sync/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "sync/frame.h"

static enum status ends_early(void) {
    return status_fail(STATUS_TRUNCATED, "The file ends too early. Copy it again.");
}

/* ---- bytes
 * ------------------------------------------------------------------------------------ */

/* Of the file as it lies there. */
static enum status read_file(void *ctx, void *to, size_t n) {
    struct bundle_reader *r = ctx;
    if (n > r->file_size - r->file_at) return ends_early();
    if (r->memory) {
        if (n) memcpy(to, r->memory + r->file_at, n);
        r->file_at += n;
        return STATUS_OK;
    }
    uint8_t *p = to;
    while (n > 0) {
        ssize_t did = read(r->fd, p, n);
        if (did < 0 && errno == EINTR) continue;
        if (did < 0) return status_errno("bundle");
        if (did == 0) return ends_early(); /* it has become shorter meanwhile */
        p += did;
        n -= (size_t)did;
        r->file_at += (size_t)did;
    }
    return STATUS_OK;
}

/* Of the blocks. */
static enum status read_plain(struct bundle_reader *r, void *to, size_t n) {
    if (n > r->size - r->at) return ends_early();
    enum status s = r->unsealer ? unsealer_read(r->unsealer, to, n) : read_file(r, to, n);
    if (!s) r->at += n;
    return s;
}

static enum status read_header(struct bundle_reader *r) {
    uint64_t most = r->file_size < WIRE_HEADER_MIN ? r->file_size : WIRE_HEADER_MIN;
    struct buf head = {.limit = WIRE_HEADER_MAX};
    uint8_t start[WIRE_HEADER_MIN];
    enum status s = read_file(r, start, (size_t)most);
    if (s) return s;
    buf_add(&head, start, (size_t)most);
    /* A longer header says so in bytes 12 to 15; nothing is believed of it before its hash
     * fits. */
    if (most == WIRE_HEADER_MIN) {
        struct cursor c = cursor_of(start + 12, 4);
        uint32_t all = cursor_u32(&c);
        uint8_t more[512];
        bool ours = memcmp(start, wire_magic, sizeof wire_magic) == 0;
        while (!s && ours && all <= WIRE_HEADER_MAX && head.size < all &&
               r->file_at < r->file_size) {
            uint64_t n = all - head.size;
            if (n > sizeof more) n = sizeof more;
            if (n > r->file_size - r->file_at) n = r->file_size - r->file_at;
            s = read_file(r, more, (size_t)n);
            if (!s) buf_add(&head, more, (size_t)n);
        }
    }
    if (!s) s = header_get(head.data, head.size, &r->header);
    buf_release(&head);
    BELIEVE(s || r->header.size == r->file_at);
    r->at = r->file_at;
    r->size = r->file_size;
    return s;
}

/* ---- the seal
 * --------------------------------------------------------------------------------- */

/* The key of the stream, from the first entry that opens. A key of this device goes first: the
 * code costs half a second and is needed once only. */
static enum status content_key(const struct wire_header *h, const struct bundle_opener *o,
                               uint8_t key[KEY_BYTES]) {
    const struct wire_key *under_code = NULL;
    for (uint32_t i = 0; i < h->keys_count; i++) {
        const struct wire_key *k = &h->keys[i];
        if (k->way == KEY_CODE)
            under_code = k;
        else if (o && o->unwrap && o->unwrap(o->ctx, k->wrapped, key))
            return STATUS_OK;
    }
    if (!under_code)
        return status_fail(STATUS_NOT_OURS, "This bundle is sealed for somebody else.");
    if (!o || !o->code)
        return status_fail(STATUS_LOCKED, "A code is needed to open this pack.");
    enum status s = key_unlock(o->code, under_code->wrapped, key);
    if (s == STATUS_WRONG_CODE)
        return status_fail(s, "That code does not open this pack. Check it and try again.");
    return s == STATUS_DAMAGED ? wire_damaged("its code asks for what no Lantern makes") : s;
}

static enum status unseal(struct bundle_reader *r, const struct bundle_opener *opener) {
    uint8_t key[KEY_BYTES];
    enum status s = content_key(&r->header, opener, key);
    if (s) return s;
    uint64_t sealed = r->file_size - r->file_at;
    int64_t plain = sealed_plain_size(sealed);
    if (plain < 0) {
        s = ends_early();
    } else {
        r->unsealer = unsealer_new(&r->arena, key, &r->header.hash, sealed, read_file, r);
        r->size = r->at + (uint64_t)plain;
    }
    key_wipe(key, sizeof key);
    return s;
}

/* ---- blocks
 * ----------------------------------------------------------------------------------- */

/* One block into r->block; checks its type's place in the order and its size. */
static enum status read_block(struct bundle_reader *r) {
    uint8_t head[WIRE_BLOCK_HEAD];
    enum status s = read_plain(r, head, sizeof head);
    if (s) return s;
    struct cursor c = cursor_of(head, sizeof head);
    uint8_t type = cursor_byte(&c);
    uint32_t size = cursor_u32(&c);
    int rank = block_rank(type), before = block_rank(r->stage);
    bool many = type == BLOCK_CHUNK || type == BLOCK_COPIES || type == BLOCK_PIECE;
    if (rank == 0 || rank < before || (rank == before && !many) ||
        (before < block_rank(BLOCK_TABLE) && rank != before + 1))
        return wire_damaged("its parts are not in the order they should be");
    if (size > block_size_max(type) || (type == BLOCK_TRAILER && size != WIRE_TRAILER_BYTES))
        return wire_damaged("a part of it has an impossible size");
    if (size > r->size - r->at) return ends_early();
    r->stage = type;
    static const uint8_t zeros[4096];
    buf_clear(&r->block);
    while (r->block.room < size || !r->block.data) /* room grows to the largest block seen */
        buf_add(&r->block, zeros, sizeof zeros);
    buf_clear(&r->block);
    s = read_plain(r, r->block.data, size);
    if (s) return s;
    r->block.size = size;
    if (type != BLOCK_TRAILER) {
        hash_add(&r->digest, head, sizeof head);
        hash_add(&r->digest, r->block.data, size);
    }
    return STATUS_OK;
}

/* ---- opening
 * ---------------------------------------------------------------------------------- */

static void section_begin(struct bundle_reader *r, uint32_t index) {
    r->section = index;
    r->section_left = 0;
    if (index < r->manifest.sections)
        r->section_left = r->sections[index].last_seq - r->sections[index].first_seq + 1;
}

static enum status read_contents(struct bundle_reader *r, const struct bundle_opener *opener) {
    enum status s = read_header(r);
    if (!s && r->header.sealed) s = unseal(r, opener);
    if (s) return s;
    hash_start(&r->digest);
    s = read_block(r);
    if (!s) s = manifest_get(r->block.data, r->block.size, &r->manifest);
    if (!s) s = read_block(r);
    if (s) return s;
    uint32_t n = r->manifest.sections;
    if (r->block.size != (size_t)n * WIRE_SECTION_BYTES)
        return wire_damaged("its table of sections has the wrong length");
    r->sections = ARENA_ARRAY(&r->arena, struct section, n ? n : 1);
    s = table_get(r->block.data, r->block.size, n, r->sections);
    if (s) return s;
    uint64_t records = 0;
    for (uint32_t i = 0; i < n; i++)
        records += (uint64_t)(r->sections[i].last_seq - r->sections[i].first_seq + 1);
    if (records != r->manifest.records)
        return wire_damaged("its number of records is not what its sections say");
    section_begin(r, 0);
    r->copies_left = r->manifest.copies;
    return STATUS_OK;
}

enum status reader_open_memory_with(struct bundle_reader *r, const void *p, size_t n,
                                    const struct bundle_opener *opener) {
    static const uint8_t nothing[1];
    *r = (struct bundle_reader){.memory = n ? p : nothing, .file_size = n};
    return read_contents(r, opener);
}

enum status reader_open_with(struct bundle_reader *r, const char *path,
                             const struct bundle_opener *opener) {
    *r = (struct bundle_reader){0};
    struct stat st;
    /* Non-blocking, so that opening a pipe that nobody writes to returns. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return status_errno(path);
    r->fd = fd;
    if (fstat(fd, &st) != 0) return status_errno(path);
    if (!S_ISREG(st.st_mode))
        return status_fail(STATUS_INVALID,
                           "%s is not a file. Copy the bundle to this machine first.", path);
    if (st.st_size > BUNDLE_FILE_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "The file is larger than any bundle can be.");
    r->file_size = (uint64_t)st.st_size;
    return read_contents(r, opener);
}

enum status reader_open_memory(struct bundle_reader *r, const void *p, size_t n) {
    return reader_open_memory_with(r, p, n, NULL);
}

enum status reader_open(struct bundle_reader *r, const char *path) {
    return reader_open_with(r, path, NULL);
}

/* ---- blob pieces
 * ------------------------------------------------------------------------------ */

enum status piece_get(const uint8_t *p, size_t n, struct piece *out) {
    struct cursor c = cursor_of(p, n);
    struct piece q = {0};
    const uint8_t *name = cursor_take(&c, HASH_BYTES);
    if (name) memcpy(q.name.b, name, HASH_BYTES);
    q.size = cursor_u32(&c);
    q.offset = cursor_u32(&c);
    uint8_t packing = cursor_byte(&c);
    q.packed = packing == 1;
    q.raw_size = cursor_u32(&c);
    if (c.bad || packing > 1 || q.size > BLOB_BYTES_MAX || q.offset > q.size)
        return wire_damaged("a photo or file in it has an impossible size");
    uint32_t rest = q.size - q.offset;
    if (q.raw_size != (rest < BUNDLE_PIECE_BYTES ? rest : BUNDLE_PIECE_BYTES) ||
        (q.raw_size == 0 && (q.size != 0 || q.packed)))
        return wire_damaged("a photo or file in it has an impossible size");
    q.bytes = c.p;
    q.bytes_size = (size_t)(c.end - c.p);
    if (!q.packed && q.bytes_size != q.raw_size)
        return wire_damaged("a photo or file in it has an impossible size");
    *out = q;
    return STATUS_OK;
}

void piece_put(struct buf *out, const struct piece *p) {
    buf_add(out, p->name.b, HASH_BYTES);
    buf_u32(out, p->size);
    buf_u32(out, p->offset);
    buf_byte(out, p->packed);
    buf_u32(out, p->raw_size);
    buf_add(out, p->bytes, p->bytes_size);
}

static bool pieces_complete(const struct bundle_reader *r) {
    return !r->piece_any || r->piece.offset + r->piece.raw_size == r->piece.size;
}

static enum status seen_piece(struct bundle_reader *r) {
    struct piece q;
    enum status s = piece_get(r->block.data, r->block.size, &q);
    if (s) return s;
    int order = r->piece_any ? memcmp(r->piece.name.b, q.name.b, HASH_BYTES) : -1;
    bool follows = order == 0 ? !pieces_complete(r) && q.size == r->piece.size &&
                                    q.offset == r->piece.offset + r->piece.raw_size
                              : order < 0 && pieces_complete(r) && q.offset == 0;
    if (!follows) return wire_damaged("a photo or file in it is not whole");
    if (order) r->blobs++;
    r->piece = q;
    r->piece.bytes = NULL;
    r->piece_any = true;
    return STATUS_OK;
}

/* ---- chunks and the end
 * ----------------------------------------------------------------------- */

static enum status seen_chunk(struct bundle_reader *r) {
    uint16_t count;
    uint32_t raw;
    enum status s = chunk_peek(r->block.data, r->block.size, &count, &raw);
    if (s) return s;
    if (r->section_left == 0 && r->section < r->manifest.sections)
        section_begin(r, r->section + 1);
    if (count > r->section_left)
        return wire_damaged("it has more records than its sections say");
    r->section_left -= count;
    return STATUS_OK;
}

static enum status seen_copies(struct bundle_reader *r) {
    uint16_t count;
    uint32_t raw;
    enum status s = chunk_peek(r->block.data, r->block.size, &count, &raw);
    if (s) return s;
    if (count > r->copies_left) return wire_damaged("it has more copies than it says");
    r->copies_left -= count;
    return STATUS_OK;
}

/* A token is worth a tablet's place at the office: it goes under a code or not at all. */
static bool under_code(const struct wire_header *h) {
    return h->keys_count > 0 && h->keys[h->keys_count - 1].way == KEY_CODE;
}

static enum status seen_credentials(struct bundle_reader *r) {
    enum status s = credentials_get(r->block.data, r->block.size, &r->arena, &r->credentials);
    if (s) return s;
    r->credentials_seen = true;
    if (r->credentials.token_any &&
        (r->manifest.purpose != BUNDLE_PACK || !under_code(&r->header)))
        return status_fail(STATUS_INVALID, "This bundle holds a secret that it may not hold.");
    return STATUS_OK;
}

static enum status seen_trailer(struct bundle_reader *r) {
    struct trailer t = trailer_get(r->block.data);
    if (r->section_left != 0 || r->section + 1 < r->manifest.sections || r->copies_left != 0 ||
        r->receipt_seen != r->manifest.receipt || !pieces_complete(r))
        return wire_damaged("a part of it is missing");
    if (t.length != r->size || r->at != r->size)
        return wire_damaged("it is longer or shorter than it says");
    hash256 digest = hash_end(&r->digest);
    if (!hash_equal(&digest, &t.digest)) return wire_damaged("its bytes do not fit its check");
    struct buf message = {0};
    trailer_message(&message, &r->header.hash, &t);
    bool holds = signature_holds(t.signature, &message, r->manifest.carrier);
    buf_release(&message);
    if (!holds) return wire_damaged("its signature does not hold");
    r->id = hash_of(r->block.data, WIRE_TRAILER_BYTES);
    r->ended = true;
    return STATUS_OK;
}

enum status reader_next(struct bundle_reader *r, struct block *out) {
    BELIEVE(!r->ended && r->stage >= BLOCK_TABLE);
    enum status s = read_block(r);
    if (!s && r->stage == BLOCK_CREDENTIALS) {
        s = seen_credentials(r);
        if (!s) s = read_block(r);
    }
    if (s) return s;
    switch ((enum block_type)r->stage) {
    case BLOCK_CHUNK:
        s = seen_chunk(r);
        break;
    case BLOCK_COPIES:
        s = seen_copies(r);
        break;
    case BLOCK_RECEIPT:
        r->receipt_seen = true;
        break;
    case BLOCK_PIECE:
        s = seen_piece(r);
        break;
    case BLOCK_TRAILER:
        s = seen_trailer(r);
        break;
    case BLOCK_MANIFEST:
    case BLOCK_TABLE:
    case BLOCK_CREDENTIALS:
        s = wire_damaged("its parts are not in the order they should be");
        break;
    }
    if (!s) *out = (struct block){(enum block_type)r->stage, r->block.data, r->block.size};
    return s;
}

enum status reader_check(struct bundle_reader *r) {
    while (!r->ended) {
        struct block b;
        enum status s = reader_next(r, &b);
        if (s) return s;
    }
    return STATUS_OK;
}

void reader_release(struct bundle_reader *r) {
    if (r->fd > 0) close(r->fd);
    unsealer_wipe(r->unsealer);
    if (r->block.data) key_wipe(r->block.data, r->block.room);
    buf_release(&r->block);
    arena_release(&r->arena);
    key_wipe(r, sizeof *r); /* a token may have been in it */
}
