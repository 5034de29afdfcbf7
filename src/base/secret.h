/* secret.h -- a PIN or passphrase that somebody types at a terminal, unseen, or that lies in a file.
 *
 * Journey: lantern-office asks for the passphrase of its keys, lantern for the PIN of a locked tablet. What comes back is
 * the caller's to wipe (key_wipe); nothing of it is kept here, and on failure `out` holds none of it. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

#include "base/status.h"

/* Asked at /dev/tty, whatever the program's input and output are. STATUS_LOCKED: there is no terminal;
 * STATUS_CANCELLED: interrupted. */
MUST_CHECK enum status secret_ask(const char *question, char *out, size_t room);
/* The text of a file without the ends of lines that follow it. STATUS_USAGE: none, too long, or no text. */
MUST_CHECK enum status secret_of_file(const char *file, char *out, size_t room);
/* The same of bytes; `where` is for the sentence. */
MUST_CHECK enum status secret_of_text(const void *p, size_t n, const char *where, char *out, size_t room);

#endif
