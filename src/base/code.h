/* code.h -- bytes as characters that a person reads out and types: Crockford's base32.
 *
 * Journey: sync/enrol.c makes the code of a first pack, store/vault_code.c the one that opens a
 * locked tablet, sync/office_keys.c the text of the recovery key; a person types them on
 * another machine. Reading is lenient: case, spaces and hyphens do not
 * matter, O is read as 0, I and L as 1. */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* n bytes as n * 8 / 5 characters (n a multiple of 5) in groups of four with hyphens between;
 * `out` has room for them and a NUL. */
void code_write(char *out, const uint8_t *p, size_t n);
/* The plain characters of what was typed: exactly `want` of them, and a NUL. */
bool code_plain(const char *typed, char *out, size_t want);
/* Plain characters back to n bytes (n a multiple of 5). */
void code_bytes(const char *plain, uint8_t *out, size_t n);

/* A new code of twelve characters, 60 random bits, in three groups of four, and a NUL. */
#define CODE_CHARACTERS 12
void code_make(char out[15]);

#endif
