/* sealed_sample.h -- sealing a sample bundle without writer.c, so that a test can seal what no
 * writer would.
 *
 * The secrets are fixed and written down in sync/FORMAT.md, so anybody can open the golden
 * files. Include bundle_sample.c and sealed_sample.c after it: each test is one program of one
 * file. */
#ifndef TESTS_SEALED_SAMPLE_H
#define TESTS_SEALED_SAMPLE_H

#include "bundle_sample.h"

#define SAMPLE_CODE "ABCDEFGHJKMN"

/* Somebody who can open bundles: the secret is 32 bytes of that number. */
struct sample_reader {
    uint8_t public_key[32], secret[32];
};
struct sample_reader sample_reader(uint8_t number);
#define SAMPLE_OFFICE   0xA1
#define SAMPLE_RECOVERY 0xA2
#define SAMPLE_STRANGER 0xA3
struct bundle_opener sample_opener(const struct sample_reader *r, const char *code);

/* From here on libsodium's randomness is repeatable, and then again the system's. */
void sample_fixed_randomness(uint64_t seed);
void sample_true_randomness(void);

/* Block 8, right after the table: two successions, two proofs; the token only in first packs.
 */
void sample_credentials(struct sample_bundle *b, bool token);
struct credentials sample_credentials_of(struct arena *a, bool token);
/* Puts in, takes out a block at that place. */
void sample_insert(struct sample_bundle *b, size_t at, uint8_t type, const struct buf *bytes);
void sample_remove(struct sample_bundle *b, size_t at);

struct sample_lock {
    uint8_t key[32]; /* the content key */
    struct wire_header header;
};
/* The clear header for office and recovery key, for the code, or both; puts it into the bundle.
 */
void sample_lock(struct sample_bundle *b, struct sample_lock *l, bool readers,
                 const char *code);
/* Writes l->header into the bundle as it stands, rules or not, with a fitting hash. */
void sample_lock_header(struct sample_bundle *b, const struct sample_lock *l);

/* How the stream is made. Zeroed: as FORMAT.md says. */
struct sample_shape {
    size_t message;    /* plain bytes in each; 0: 65,536 */
    int final_at;      /* number from 1 of the message that gets the final tag; 0: the last */
    uint8_t other_tag; /* of all that are not final */
    bool never_final;
    bool without_header; /* no additional data in the first message */
};
/* The bundle with header and trailer, its blocks sealed. */
void sample_seal_stream(struct sample_bundle *b, const struct sample_lock *l,
                        const struct sample_shape *shape, struct buf *out);
/* The same with plain bytes as they are, of which the clear header takes the first. */
void sample_stream(const struct buf *plain, size_t header, const struct sample_lock *l,
                   const struct sample_shape *shape, struct buf *out);
/* A whole sealed sample: every construct, credentials, office and recovery key, or a code. */
void sample_sealed(struct buf *out);
void sample_coded(struct buf *out);

#endif
