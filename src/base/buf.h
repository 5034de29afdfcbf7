/* buf.h -- growing bytes with sticky failure.
 *
 * Zeroed struct = empty buf. After buf.limit (0: 1 GiB) would be passed, `overflow` is set and
 * further adds are ignored; check once at the end. Integers are little endian. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct buf {
    uint8_t *data;
    size_t size, room, limit;
    bool overflow;
};

void buf_add(struct buf *b, const void *p, size_t n);
void buf_text(struct buf *b, const char *s);
void buf_byte(struct buf *b, uint8_t v);
void buf_u16(struct buf *b, uint16_t v);
void buf_u32(struct buf *b, uint32_t v);
void buf_u64(struct buf *b, uint64_t v);
void buf_varint(struct buf *b, uint64_t v); /* LEB128, shortest form */
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* NUL-terminated view of the bytes; the NUL is not counted in size. */
const char *buf_str(struct buf *b);
void buf_clear(struct buf *b);
void buf_release(struct buf *b);
void buf_wipe(struct buf *b); /* the same, with zeros over what it held */

/* Reading foreign bytes: a cursor that refuses to leave its bounds. After the first failure
 * `bad` stays set, every further read gives zeros. */
struct cursor {
    const uint8_t *p, *end;
    bool bad;
};
struct cursor cursor_of(const void *p, size_t n);
const uint8_t *cursor_take(struct cursor *c, size_t n); /* NULL when fewer remain */
uint8_t cursor_byte(struct cursor *c);
uint16_t cursor_u16(struct cursor *c);
uint32_t cursor_u32(struct cursor *c);
uint64_t cursor_u64(struct cursor *c);
uint64_t cursor_varint(struct cursor *c); /* refuses over-long forms */

#endif
