/* tablets.h -- a tablet as the office's commands name it: by the name it was enrolled under. */
#ifndef OFFICE_TABLETS_H
#define OFFICE_TABLETS_H

#include "office/office.h"
#include "store/union.h"
#include "sync/bundle.h"
#include "sync/enrol.h"

/* The enrolment that a name means now: the newest, one that is not revoked before one that is.
 * *any false: there is none. */
MUST_CHECK enum status tablet_named(struct office *o, struct journal *j, const char *name,
                                    struct enrolment *out, bool *any);
/* "There is no tablet NAME. Enrolled are: …" */
int tablet_unknown(struct office *o, struct journal *j, const char *name);

/* Every stretch of every log that a key has written, as union_logs gives them. */
MUST_CHECK enum status logs_of_key(struct journal *j, struct arena *a, const uint8_t key[32],
                                   struct log_info **out, size_t *n);

/* One record as a person points at it: LOG/SEQ with at least 8 digits of the log's id, as `show`
 * prints it. STATUS_INVALID: no such text, or it fits more than one log; STATUS_NOT_FOUND. */
#define LOG_DIGITS_LEAST 8
MUST_CHECK enum status record_pointed(struct office *o, struct journal *j, const char *text,
                                      struct log_info *log, int64_t *seq);
bool record_pointer(const char *text); /* looks like LOG/SEQ */

#endif
