/* log.h -- the support log: ids and statuses, never anybody's words. Rotates at 1 MB (one older file kept). */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/status.h"

void log_open(const char *path); /* NULL: standard error */
void log_line(const char *fmt, ...) PRINTF_LIKE(1, 2);
void log_close(void);
/* Belief about our own code; stays on in release, leaves its line in the log, then aborts. */
#define BELIEVE(cond) ((cond) ? (void)0 : log_belief_failed(#cond, __FILE__, __LINE__))
_Noreturn void log_belief_failed(const char *cond, const char *where, int line);

#endif
