/* decode.h -- the bytes of a sheet as UTF-8 text, however a spreadsheet program saved them.
 *
 * Read rightly: UTF-8 with or without its mark, UTF-16 with its mark or without, Windows-1252.
 * Refused with one sentence that says what to do: a workbook in place of a sheet, and bytes
 * that are none of these. */
#ifndef AUTHOR_DECODE_H
#define AUTHOR_DECODE_H

#include "author/problems.h"

struct decoded {
    const char *text; /* valid UTF-8 without a mark, in the arena or in the bytes given */
    size_t size;
    const char *from; /* "UTF-16", "Windows-1252"; NULL: it was UTF-8 */
};
/* False when it is refused; that stands in `p`. */
bool decode(struct problems *p, const char *name, const char *bytes, size_t n,
            struct decoded *out);

#endif
