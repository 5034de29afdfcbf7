/* reader.h -- a bundle's blocks in order, each checked before it is handed out.
 *
 * Journey: file → reader → merge.c, show.c. A pass is: open, next … next until `ended`.
 * Reaching `ended` means that grammar, sizes, counts, digest and signatures hold; nothing has
 * been inflated for that. A sealed file is unsealed on the way (sealed.h), so that `size` and
 * `at` count plain bytes and nobody behind this header sees a difference. Memory: one block and
 * the section table, whatever the size of the file, and 128 KiB for a sealed one. */
#ifndef SYNC_READER_H
#define SYNC_READER_H

#include "sync/credentials.h"
#include "sync/sealed.h"

struct block {
    enum block_type type;
    const uint8_t *data; /* valid until the next call */
    size_t size;
};

struct piece { /* FORMAT.md section 10 */
    hash256 name;
    uint32_t size, offset, raw_size;
    bool packed;
    const uint8_t *bytes;
    size_t bytes_size;
};
MUST_CHECK enum status piece_get(const uint8_t *p, size_t n, struct piece *out);
void piece_put(struct buf *out, const struct piece *p);

struct bundle_reader {
    struct arena arena;
    int fd; /* 0: memory, or closed */
    const uint8_t *memory;
    uint64_t file_size, file_at;
    uint64_t size, at; /* of header and plain blocks: what an open bundle's file would have */
    struct unsealer *unsealer; /* NULL: open */
    struct hash_state digest;
    struct wire_header header; /* also after a refusal for want of a key */
    hash256 id;                /* after the end */
    struct manifest manifest;  /* after opening */
    struct section *sections;
    struct credentials credentials; /* after the first reader_next; zeros when there are none */
    struct buf block;
    uint8_t stage;        /* type of the last block */
    uint32_t section;     /* index of the section whose chunks come now */
    int64_t section_left; /* its records that have not come yet */
    uint32_t copies_left, blobs;
    bool receipt_seen, credentials_seen, ended;
    struct piece piece; /* the last one; its bytes are gone */
    bool piece_any;
};

/* Reads up to and including the section table. A sealed bundle needs an opener (NULL: none):
 * STATUS_NOT_OURS when none of its keys opens it, STATUS_LOCKED when it lies under a code and
 * none is given, STATUS_WRONG_CODE when another one is. Call reader_release in any case. */
MUST_CHECK enum status reader_open_with(struct bundle_reader *r, const char *path,
                                        const struct bundle_opener *opener);
MUST_CHECK enum status reader_open_memory_with(struct bundle_reader *r, const void *p, size_t n,
                                               const struct bundle_opener *opener);
MUST_CHECK enum status reader_open(struct bundle_reader *r, const char *path);
MUST_CHECK enum status reader_open_memory(struct bundle_reader *r, const void *p, size_t n);
/* The next chunk, copies, receipt or piece; at the trailer, checks it and sets `ended`. */
MUST_CHECK enum status reader_next(struct bundle_reader *r, struct block *out);
/* The whole first pass over an opened bundle. */
MUST_CHECK enum status reader_check(struct bundle_reader *r);
void reader_release(struct bundle_reader *r);

#endif
