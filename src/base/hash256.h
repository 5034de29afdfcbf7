/* hash256.h -- the type alone, for those that only hand a hash on. */
#ifndef BASE_HASH256_H
#define BASE_HASH256_H

#include <stdint.h>

#define HASH_BYTES 32
typedef struct {
    uint8_t b[HASH_BYTES];
} hash256;

#endif
