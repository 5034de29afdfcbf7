/* writer.h -- a bundle onto the disk: whole under its name, or not there at all.
 *
 * Journey: export.c decides what goes in; this puts blocks into a temporary file beside the
 * final name, keeps the digest, signs the end, and gives the file its name last. With readers
 * everything after the clear header is sealed on the way (sealed.h): a content key made for
 * this file alone is wrapped for each of them. After a failure further blocks are ignored; the
 * check stands once, at the end. */
#ifndef SYNC_WRITER_H
#define SYNC_WRITER_H

#include "sync/sealed.h"
#include "sync/wire.h"

struct signer {
    void (*sign)(const void *ctx, const void *p, size_t n, uint8_t out[64]);
    const void *ctx;
};

/* Who can open it. Nobody named: an open bundle. */
struct writer_readers {
    const uint8_t *keys; /* X25519 public keys, 32 bytes each; the same twice counts once */
    size_t count;        /* with the code at most WIRE_KEYS_MAX */
    const char *code;    /* NULL: none. 12 plain characters, see enrol_code_read */
};

struct bundle_writer {
    struct arena arena;
    char *path, *temporary;
    int fd;                   /* 0: none */
    uint64_t length, written; /* header and plain blocks; bytes in the file */
    struct sealer *sealer;    /* NULL: open */
    struct hash_state digest; /* of everything after the clear header, before it is sealed */
    hash256 header;
    enum status status;
    bool sealed; /* the end stands */
};

/* Opens the temporary file and writes the clear header. The struct must stay where it is until
 * it is released. STATUS_INVALID when a key is none. */
MUST_CHECK enum status writer_open_for(struct bundle_writer *w, const char *path,
                                       const struct writer_readers *readers);
MUST_CHECK enum status writer_open(struct bundle_writer *w, const char *path); /* open */
void writer_block(struct bundle_writer *w, enum block_type type, const struct buf *payload);
/* The trailer, then everything to the disk. *id is the bundle's. */
MUST_CHECK enum status writer_seal(struct bundle_writer *w, const struct signer *signer,
                                   hash256 *id);
/* Gives the file its name. */
MUST_CHECK enum status writer_publish(struct bundle_writer *w);
/* Removes the temporary file if there still is one. Accepts a zeroed struct. */
void writer_release(struct bundle_writer *w);

#endif
