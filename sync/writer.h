/* writer.h -- a bundle onto the disk: whole under its name, or not there at all.
 *
 * Journey: export.c decides what goes in; this puts blocks into a temporary file beside the
 * final name, keeps the digest, signs the end, and gives the file its name last. After a
 * failure further blocks are ignored; the check stands once, at the end. */
#ifndef SYNC_WRITER_H
#define SYNC_WRITER_H

#include "sync/wire.h"

struct signer {
    void (*sign)(const void *ctx, const void *p, size_t n, uint8_t out[64]);
    const void *ctx;
};

struct bundle_writer {
    struct arena arena;
    char *path, *temporary;
    int fd; /* 0: none */
    uint64_t length;
    struct hash_state digest; /* of everything after the clear header */
    hash256 header;
    enum status status;
    bool sealed;
};

/* Opens the temporary file and writes the clear header. */
MUST_CHECK enum status writer_open(struct bundle_writer *w, const char *path);
void writer_block(struct bundle_writer *w, enum block_type type, const struct buf *payload);
/* The trailer, then everything to the disk. *id is the bundle's. */
MUST_CHECK enum status writer_seal(struct bundle_writer *w, const struct signer *signer,
                                   hash256 *id);
/* Gives the file its name. */
MUST_CHECK enum status writer_publish(struct bundle_writer *w);
/* Removes the temporary file if there still is one. Accepts a zeroed struct. */
void writer_release(struct bundle_writer *w);

#endif
