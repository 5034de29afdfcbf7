/* sealed_box.h -- what `csv` and `show` say in place of a box that is sealed to somebody: to
 * whom, and never its bytes, which would be worth keeping for whoever gets the key one day. */
#ifndef OFFICE_SEALED_BOX_H
#define OFFICE_SEALED_BOX_H

#include "office/office.h"

bool sealed_box(const struct column *c);
/* "sealed to Speak-up guardian", by the public key that stands beside it (none: the office's
 * own). j may be NULL. In o's arena, the same text for the same reader. */
const char *sealed_box_says(struct office *o, struct journal *j, const void *key, size_t n);

#endif
