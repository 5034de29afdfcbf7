/* sealed.h -- body encoding 1: the blocks of a bundle as one secretstream (FORMAT.md section
 * 4a).
 *
 * Journey: writer.c puts blocks in, reader.c takes blocks out; both see plain bytes in order.
 * What follows the clear header in the file is the 24-byte stream header, then messages of
 * exactly 65,536 plain bytes (65,553 sealed), the last one 1 to 65,536 with the final tag. The
 * hash of the clear header is the additional data of the first message. Memory: two buffers of
 * 64 KiB. */
#ifndef SYNC_SEALED_H
#define SYNC_SEALED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/status.h"

#define SEALED_START_BYTES   24
#define SEALED_PLAIN_BYTES   65536
#define SEALED_EXTRA_BYTES   17
#define SEALED_MESSAGE_BYTES (SEALED_PLAIN_BYTES + SEALED_EXTRA_BYTES)

/* Plain bytes in so many sealed ones (stream header included); -1: no such length can be. */
int64_t sealed_plain_size(uint64_t sealed);

struct sealer;
/* Writes go to put(), which returns a status. */
struct sealer *sealer_new(struct arena *a, const uint8_t key[32], const hash256 *header,
                          enum status (*put)(void *ctx, const void *p, size_t n), void *ctx);
MUST_CHECK enum status sealer_add(struct sealer *s, const void *p, size_t n);
MUST_CHECK enum status sealer_end(struct sealer *s); /* the last message */

struct unsealer;
/* Reads come from get(), which fills exactly n bytes or fails. `sealed` is how many bytes
 * follow the clear header. */
struct unsealer *unsealer_new(struct arena *a, const uint8_t key[32], const hash256 *header,
                              uint64_t sealed,
                              enum status (*get)(void *ctx, void *to, size_t n), void *ctx);
/* STATUS_DAMAGED when a message does not hold, its tag is not where it must be, or bytes are
 * left. */
MUST_CHECK enum status unsealer_read(struct unsealer *u, void *to, size_t n);
void sealer_wipe(struct sealer *s); /* keys and buffers; NULL is allowed */
void unsealer_wipe(struct unsealer *u);

#endif
