/* bundle_vectors.h -- the bundles of tests/golden, and all that one says as lines of JSON.
 *
 * Each shows one part of sync/FORMAT.md in full: a pack, a fork, erased words, nothing at all.
 * Include bundle_sample.c and sealed_sample.c before bundle_vectors.c. */
#ifndef TESTS_BUNDLE_VECTORS_H
#define TESTS_BUNDLE_VECTORS_H

#include "sealed_sample.h"

struct vector {
    const char *name;
    void (*make)(struct sample_bundle *b);
};
/* Open ones, "small" first; ends with a name of NULL. */
extern const struct vector vectors[];

/* What is in a bundle besides its records: manifest, sections, credentials, copies, receipt and
 * blobs, a line of JSON each. What tests/golden/NAME.parts holds and tests/reader.py --parts
 * prints. */
enum status vector_parts(struct buf *out, const uint8_t *p, size_t n,
                         const struct bundle_opener *opener);

#endif
