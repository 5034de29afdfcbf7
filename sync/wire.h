/* wire.h -- the parts of a bundle as structs, their sizes and limits, and the code that writes
 * and reads them.
 *
 * Journey: export.c fills these and hands them to writer.h; reader.h gives them to merge.c and
 * show.c. FORMAT.md is the law; the section numbers here are its own. Nothing here touches a
 * file or a database. Reading functions are given foreign bytes: they refuse with a status and
 * a sentence, and never assert. */
#ifndef SYNC_WIRE_H
#define SYNC_WIRE_H

#include "base/keys.h"
#include "sync/bundle.h"

#define WIRE_VERSION         1
#define WIRE_MAGIC_BYTES     8
#define WIRE_HEADER_MIN      54
#define WIRE_HEADER_MAX      65536
#define WIRE_KEYS_MAX        16
#define WIRE_KEY_BYTES       (1 + KEY_ID_BYTES + KEY_WRAPPED_BYTES)
#define WIRE_BLOCK_HEAD      5
#define WIRE_MANIFEST_MAX    4096
#define WIRE_SECTIONS_MAX    8192
#define WIRE_SECTION_BYTES   297
#define WIRE_CREDENTIALS_MAX (1024 * 1024)
#define WIRE_PACKED_MAX      (BUNDLE_CHUNK_BYTES + 2048)
#define WIRE_RECEIPT_MAX     (4 * 1024 * 1024)
#define WIRE_TRAILER_BYTES   104
#define WIRE_NAME_MAX        79
#define WIRE_SEQ_MAX         ((1LL << 40) - 1)
#define WIRE_OFFSET_MAX_MIN  1440
#define WIRE_COPIES_MAX      1000000
#define WIRE_BLOBS_MAX       1000000

extern const uint8_t wire_magic[WIRE_MAGIC_BYTES];

enum block_type {
    BLOCK_MANIFEST = 1,
    BLOCK_TABLE = 2,
    BLOCK_CHUNK = 3,
    BLOCK_COPIES = 4,
    BLOCK_RECEIPT = 5,
    BLOCK_PIECE = 6,
    BLOCK_TRAILER = 7,
    BLOCK_CREDENTIALS = 8 /* credentials.h; came later, stands after the table */
};
/* Largest payload of a block of that type; 0 when there is no such type. */
size_t block_size_max(uint8_t type);
/* Its place in a file, from 1: blocks come in rising order of it. 0: no such type. */
int block_rank(uint8_t type);

/* ---- 4: clear header
 * -------------------------------------------------------------------------- */
enum key_way { KEY_BOX = 1, KEY_CODE = 2 }; /* to a public key; under a code */
struct wire_key {                           /* the content key, for one reader */
    enum key_way way;
    uint8_t id[KEY_ID_BYTES]; /* zeros with KEY_CODE */
    uint8_t wrapped[KEY_WRAPPED_BYTES];
};
struct wire_header {
    bool sealed;
    uint32_t keys_count; /* 0 in an open bundle, never in a sealed one */
    struct wire_key keys[WIRE_KEYS_MAX];
    size_t size;
    hash256 hash; /* what the trailer's signature covers */
};
/* False for the few points that no secret belongs to: nothing can be wrapped for them. */
bool wire_key_usable(const uint8_t x25519_public[KEY_BYTES]);
/* Sorts the keys, fills size and hash. No two keys may have the same way and id. */
void header_put(struct buf *out, struct wire_header *h);
/* `n` bytes from the start of the file, as many as WIRE_HEADER_MAX when it has them. */
MUST_CHECK enum status header_get(const uint8_t *p, size_t n, struct wire_header *out);

/* ---- 5: manifest
 * ------------------------------------------------------------------------------ */
struct manifest {
    enum bundle_purpose purpose;
    int64_t made_at;
    int16_t made_offset_min;
    hash256 provider;
    uint8_t carrier[32];
    uint32_t sections, copies;
    uint64_t records;
    bool receipt;
    char carrier_name[WIRE_NAME_MAX + 1], program[WIRE_NAME_MAX + 1], tablet[WIRE_NAME_MAX + 1];
};
void manifest_put(struct buf *out, const struct manifest *m);
MUST_CHECK enum status manifest_get(const uint8_t *p, size_t n, struct manifest *out);

/* ---- 6: section table
 * ------------------------------------------------------------------------- */
struct checkpoint {
    bool is_signed;
    int64_t at;
    hash256 provider;
    uint8_t signature[64];
};
struct section {
    hash256 log;
    uint8_t key[32], incarnation[8], branch[8];
    int64_t first_seq, last_seq;
    hash256 previous;
    uint8_t salt_key[32];
    hash256 head;
    struct checkpoint checkpoint;
};
/* What a checkpoint signs. */
void checkpoint_message(struct buf *out, const struct section *s);
void section_put(struct buf *out, const struct section *s);
/* Reads and checks `count` entries; `out` has room for them. */
MUST_CHECK enum status table_get(const uint8_t *p, size_t n, uint32_t count,
                                 struct section *out);
int section_order(const struct section *a, const struct section *b);

/* ---- 11: trailer
 * ------------------------------------------------------------------------------ */
struct trailer {
    uint64_t length;
    hash256 digest;
    uint8_t signature[64];
};
void trailer_put(struct buf *out, const struct trailer *t);
struct trailer trailer_get(const uint8_t p[WIRE_TRAILER_BYTES]);
/* What the trailer signs. */
void trailer_message(struct buf *out, const hash256 *header, const struct trailer *t);

/* No time beyond 2200, either way: sums and differences of two can be taken. */
bool wire_time_fits(int64_t at);

bool signature_holds(const uint8_t signature[64], const struct buf *message,
                     const uint8_t key[32]);

/* Zeroed memory for a struct that holds a hash_state, which wants 64-byte alignment. */
void *wire_take(struct arena *a, size_t bytes);

/* One sentence for bytes that break a rule. */
enum status wire_damaged(const char *what);

#endif
