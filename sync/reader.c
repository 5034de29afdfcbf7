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

static enum status read_at(struct bundle_reader *r, void *to, size_t n) {
    if (n > r->size - r->at) return ends_early();
    if (r->memory) {
        if (n) memcpy(to, r->memory + r->at, n);
        r->at += n;
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
        r->at += (size_t)did;
    }
    return STATUS_OK;
}

static enum status read_header(struct bundle_reader *r) {
    uint64_t most = r->size < WIRE_HEADER_MIN ? r->size : WIRE_HEADER_MIN;
    struct buf head = {.limit = WIRE_HEADER_MAX};
    uint8_t start[WIRE_HEADER_MIN];
    enum status s = read_at(r, start, (size_t)most);
    if (s) return s;
    buf_add(&head, start, (size_t)most);
    /* A longer header says so in bytes 12 to 15; nothing is believed of it before its hash
     * fits. */
    if (most == WIRE_HEADER_MIN) {
        struct cursor c = cursor_of(start + 12, 4);
        uint32_t all = cursor_u32(&c);
        uint8_t more[512];
        bool ours = memcmp(start, wire_magic, sizeof wire_magic) == 0;
        while (!s && ours && all <= WIRE_HEADER_MAX && head.size < all && r->at < r->size) {
            uint64_t n = all - head.size;
            if (n > sizeof more) n = sizeof more;
            if (n > r->size - r->at) n = r->size - r->at;
            s = read_at(r, more, (size_t)n);
            if (!s) buf_add(&head, more, (size_t)n);
        }
    }
    size_t size = 0;
    if (!s) s = header_get(head.data, head.size, &size, &r->header);
    buf_release(&head);
    BELIEVE(s || size == r->at);
    return s;
}

/* One block into r->block; checks its type's place in the order and its size. */
static enum status read_block(struct bundle_reader *r) {
    uint8_t head[WIRE_BLOCK_HEAD];
    enum status s = read_at(r, head, sizeof head);
    if (s) return s;
    struct cursor c = cursor_of(head, sizeof head);
    uint8_t type = cursor_byte(&c);
    uint32_t size = cursor_u32(&c);
    bool once = type == BLOCK_MANIFEST || type == BLOCK_TABLE || type == BLOCK_RECEIPT;
    if (type < r->stage || (once && type == r->stage) || type > BLOCK_TRAILER ||
        (r->stage < BLOCK_TABLE && type != r->stage + 1))
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
    s = read_at(r, r->block.data, size);
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

static enum status read_contents(struct bundle_reader *r) {
    enum status s = read_header(r);
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

enum status reader_open_memory(struct bundle_reader *r, const void *p, size_t n) {
    static const uint8_t nothing[1];
    *r = (struct bundle_reader){.memory = n ? p : nothing, .size = n};
    return read_contents(r);
}

enum status reader_open(struct bundle_reader *r, const char *path) {
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
    r->size = (uint64_t)st.st_size;
    return read_contents(r);
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
    trailer_message(&message, &r->header, &t);
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
    buf_release(&r->block);
    arena_release(&r->arena);
    *r = (struct bundle_reader){0};
}
