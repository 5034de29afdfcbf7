/* recovery.h -- the recovery key as people keep it: a line of text on paper or in a file of its
 * own. Its public half seals every bundle besides the office's own key; the secret half is never
 * kept beside the master. */
#ifndef OFFICE_RECOVERY_H
#define OFFICE_RECOVERY_H

#include "office/office.h"

/* Makes one and gives it out: once, on standard output, or into a new file (0600) when `file` is
 * not NULL. */
MUST_CHECK enum status recovery_give(struct office *o, struct journal *j, const char *file);
/* The same into a file, without a word to anybody. */
MUST_CHECK enum status recovery_write(struct office *o, struct journal *j, const char *file);
/* Reads it from a file: the first line that is a key, so that a note may stand around it. */
MUST_CHECK enum status recovery_load(struct office *o, const char *file, uint8_t secret[32]);

#endif
