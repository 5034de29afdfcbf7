/* blob_rest.c -- a blob as it lies in a database that is sealed at rest: in pieces of 64 KiB,
 * each sealed by itself, so that none has to be whole in memory and any place can be read.
 *
 *      24 bytes   nonce, random
 *      pieces     65,536 bytes (the last one fewer) and a tag of 16 each
 *
 * A piece's nonce is that one with the piece's number added in its last eight bytes; sealed
 * about the blob's name and size and the number. So pieces can be neither exchanged, nor left
 * out, nor come from another blob. The name stays the hash of the plain bytes. */
#include <sodium.h>
#include <string.h>

#include "store/inside.h"

#define TAG          crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_PIECE (BLOB_PIECE_BYTES + TAG)
#define DOMAIN       "lantern blob at rest 1"
#define ABOUT_BYTES  (sizeof DOMAIN + HASH_BYTES + 8 + 8)

_Static_assert(BLOB_PIECE_BYTES <= REST_ROOM_BYTES, "a piece fits where one value does");
_Static_assert(REST_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");

int64_t blob_sealed_size(uint32_t size) {
    int64_t pieces = ((int64_t)size + BLOB_PIECE_BYTES - 1) / BLOB_PIECE_BYTES;
    return REST_NONCE_BYTES + (int64_t)size + pieces * (int64_t)TAG;
}

int64_t blob_plain_size(int64_t stored) {
    int64_t n = stored - REST_NONCE_BYTES, tag = (int64_t)TAG;
    if (n < 0 || n > 2LL * BLOB_BYTES_MAX) return -1;
    int64_t whole = n / (int64_t)SEALED_PIECE, rest = n % (int64_t)SEALED_PIECE;
    if (rest > 0 && rest <= tag) return -1;
    int64_t size = whole * BLOB_PIECE_BYTES + (rest ? rest - tag : 0);
    return size <= BLOB_BYTES_MAX ? size : -1;
}

static uint8_t *put_number(uint8_t *p, uint64_t v) {
    for (int i = 0; i < 8; i++)
        *p++ = (uint8_t)(v >> (8 * i));
    return p;
}

/* What one piece is sealed with, besides the key. */
struct piece_place {
    uint8_t nonce[REST_NONCE_BYTES], about[ABOUT_BYTES];
};

static void place(struct piece_place *p, const uint8_t nonce[REST_NONCE_BYTES],
                  const hash256 *name, int64_t size, int64_t number) {
    uint64_t carry = (uint64_t)number;
    memcpy(p->nonce, nonce, REST_NONCE_BYTES);
    for (size_t i = REST_NONCE_BYTES - 8; i < REST_NONCE_BYTES; i++) {
        carry += p->nonce[i];
        p->nonce[i] = (uint8_t)carry;
        carry >>= 8;
    }
    uint8_t *at = p->about;
    memcpy(at, DOMAIN, sizeof DOMAIN);
    memcpy(at + sizeof DOMAIN, name->b, HASH_BYTES);
    at = put_number(at + sizeof DOMAIN + HASH_BYTES, (uint64_t)size);
    put_number(at, (uint64_t)number);
}

static size_t piece_bytes(int64_t size, int64_t number) {
    int64_t left = size - number * BLOB_PIECE_BYTES;
    return (size_t)(left < BLOB_PIECE_BYTES ? left : BLOB_PIECE_BYTES);
}

static bool open_piece(const struct journal *j, const uint8_t nonce[REST_NONCE_BYTES],
                       const hash256 *name, int64_t size, int64_t number, const uint8_t *sealed,
                       uint8_t *to) {
    struct piece_place p;
    place(&p, nonce, name, size, number);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(to, NULL, NULL, sealed,
                                                      piece_bytes(size, number) + TAG, p.about,
                                                      ABOUT_BYTES, p.nonce, j->rest.key) == 0;
}

static enum status does_not_open(void) {
    return status_fail(STATUS_DAMAGED, "a piece of a blob does not open");
}

/* ---- writing ---- */

struct blob_seal {
    struct journal *j;
    sqlite3_blob *to;
    hash256 name;
    uint32_t size;
    int64_t number; /* of the piece that is being filled */
    size_t filled;
    uint8_t nonce[REST_NONCE_BYTES];
    uint8_t *plain, *sealed;
};

enum status blob_seal_start(struct blob_seal **out, struct arena *a, struct journal *j,
                            sqlite3_blob *to, const hash256 *name, uint32_t size) {
    struct blob_seal *b = ARENA_NEW(a, struct blob_seal);
    size_t most = piece_bytes(size, 0);
    b->j = j;
    b->to = to;
    b->name = *name;
    b->size = size;
    b->plain = arena_take(a, most + 1);
    b->sealed = arena_take(a, most + TAG);
    random_bytes(b->nonce, sizeof b->nonce);
    int rc = sqlite3_blob_write(to, b->nonce, sizeof b->nonce, 0);
    if (rc != SQLITE_OK) return db_fail(j->db, rc);
    *out = b;
    return STATUS_OK;
}

static enum status seal_piece(struct blob_seal *b, const uint8_t *plain, size_t n) {
    struct piece_place p;
    int64_t at = REST_NONCE_BYTES + b->number * (int64_t)SEALED_PIECE;
    place(&p, b->nonce, &b->name, b->size, b->number);
    BELIEVE(crypto_aead_xchacha20poly1305_ietf_encrypt(b->sealed, NULL, plain, n, p.about,
                                                       ABOUT_BYTES, NULL, p.nonce,
                                                       b->j->rest.key) == 0);
    int rc = sqlite3_blob_write(b->to, b->sealed, (int)(n + TAG), (int)at);
    b->number++;
    b->filled = 0;
    return rc == SQLITE_OK ? STATUS_OK : db_fail(b->j->db, rc);
}

/* Never more than the size it was begun with: blob_write_add counts. */
enum status blob_seal_add(struct blob_seal *b, const void *from, size_t n) {
    const uint8_t *p = from;
    enum status s = STATUS_OK;
    while (n > 0 && !s) {
        size_t whole = piece_bytes(b->size, b->number), take = whole - b->filled;
        if (take > n) take = n;
        bool straight = take == whole; /* needs no copy */
        if (!straight) memcpy(b->plain + b->filled, p, take);
        b->filled += take;
        if (b->filled == whole) s = seal_piece(b, straight ? p : b->plain, whole);
        p += take;
        n -= take;
    }
    return s;
}

/* ---- reading ---- */

enum status blob_open_whole(const struct journal *j, const hash256 *name, const uint8_t *p,
                            int64_t stored, struct buf *out) {
    int64_t size = blob_plain_size(stored);
    size_t before = out->size;
    if (size < 0) return status_fail(STATUS_DAMAGED, "a blob has been cut");
    for (int64_t i = 0; i * BLOB_PIECE_BYTES < size; i++) {
        const uint8_t *piece = p + REST_NONCE_BYTES + i * (int64_t)SEALED_PIECE;
        if (!open_piece(j, p, name, size, i, piece, j->rest.room)) {
            out->size = before;
            return does_not_open();
        }
        buf_add(out, j->rest.room, piece_bytes(size, i));
    }
    return out->overflow
               ? status_fail(STATUS_TOO_LARGE, "a blob of %lld bytes", (long long)size)
               : STATUS_OK;
}

enum status blob_open_start(struct journal *j) {
    j->reading.piece = -1;
    if (!j->reading.plain) {
        j->reading.plain = arena_take(&j->arena, BLOB_PIECE_BYTES);
        j->reading.sealed = arena_take(&j->arena, SEALED_PIECE);
    }
    int rc = sqlite3_blob_read(j->reading.blob, j->reading.nonce, REST_NONCE_BYTES, 0);
    if (rc == SQLITE_OK) return STATUS_OK;
    enum status s = db_fail(j->db, rc);
    blob_rest(j);
    return s;
}

/* The piece that was opened last is kept: who reads on in small steps opens each once. */
static int want_piece(struct journal *j, int64_t number, enum status *s) {
    int64_t at = REST_NONCE_BYTES + number * (int64_t)SEALED_PIECE;
    size_t n = piece_bytes(j->reading.size, number);
    if (j->reading.piece == number) return SQLITE_OK;
    j->reading.piece = -1;
    int rc = sqlite3_blob_read(j->reading.blob, j->reading.sealed, (int)(n + TAG), (int)at);
    if (rc != SQLITE_OK) return rc;
    if (open_piece(j, j->reading.nonce, &j->reading.name, j->reading.size, number,
                   j->reading.sealed, j->reading.plain))
        j->reading.piece = number;
    else
        *s = does_not_open();
    return SQLITE_OK;
}

int blob_open_at(struct journal *j, uint8_t *to, size_t n, uint32_t offset, enum status *s) {
    while (n > 0) {
        int64_t number = offset / BLOB_PIECE_BYTES;
        size_t from = offset % BLOB_PIECE_BYTES,
               take = piece_bytes(j->reading.size, number) - from;
        int rc = want_piece(j, number, s);
        if (rc != SQLITE_OK || *s) return rc;
        if (take > n) take = n;
        memcpy(to, j->reading.plain + from, take);
        to += take;
        offset += (uint32_t)take;
        n -= take;
    }
    return SQLITE_OK;
}
