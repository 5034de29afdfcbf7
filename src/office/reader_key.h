/* reader_key.h -- the secret key of somebody to whom things are said in confidence, as a file
 * of the reader's own: under a passphrase, as text that also survives being printed and typed
 * again. It is never kept beside the master; without it nobody opens what was sealed to that
 * reader. */
#ifndef OFFICE_READER_KEY_H
#define OFFICE_READER_KEY_H

#include "base/keys.h"
#include "office/office.h"

/* The passphrase over a reader's key: from `file`, or asked for on the terminal, a new one
 * twice. Wipe it after use. */
MUST_CHECK enum status reader_passphrase(struct office *o, const char *file, bool new_one,
                                         char out[PASSPHRASE_ROOM]);
/* A new file, 0600, never over an old one: that may be another reader's key. */
MUST_CHECK enum status reader_key_write(struct office *o, const char *path, const char *label,
                                        const char *passphrase,
                                        const uint8_t secret[KEY_BYTES]);
/* The key as it lies in the file. STATUS_INVALID: there is none, or one with a slip in it. */
MUST_CHECK enum status reader_key_load(struct office *o, const char *path,
                                       uint8_t locked[KEY_LOCKED_BYTES]);
/* STATUS_WRONG_CODE: another passphrase. */
MUST_CHECK enum status reader_key_open(struct office *o, const char *path,
                                       const char *passphrase, uint8_t secret[KEY_BYTES]);

#endif
