/* spool.h -- a source that is not a regular file, copied beside the database first.
 *
 * Journey: merge.c reads a bundle twice; a pipe or a device can be read once. The copy is as
 * sealed as its source, has a fixed name, and goes when the merge ends; one that a crash left
 * behind goes when the next merge begins. */
#ifndef SYNC_SPOOL_H
#define SYNC_SPOOL_H

#include "store/journal.h"

struct spool {
    int from, to; /* 0: none */
    char *path;   /* of the copy */
    int64_t size, began;
    bool any; /* the file is there */
};

/* Removes a copy that was left behind; says where one would go (in `a`). */
MUST_CHECK enum status spool_clear(struct journal *j, struct arena *a, char **path);
bool spool_wanted(const char *path); /* there, and neither a regular file nor a folder */
MUST_CHECK enum status spool_start(struct spool *s, struct journal *j, struct arena *a,
                                   const char *from);
/* One piece more; waits a tenth of a second for it at most. */
MUST_CHECK enum status spool_step(struct spool *s, struct journal *j, bool *done);
void spool_release(struct spool *s); /* removes the copy; accepts a zeroed struct */

#endif
