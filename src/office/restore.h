/* restore.h -- an office made from nothing but the recovery key and the tablets' bundles. */
#ifndef OFFICE_RESTORE_H
#define OFFICE_RESTORE_H

#include "office/merging.h"

struct restoring {
    char **bundles;
    int count;
    struct merging how;
    hash256 provider; /* the id that all of them name */
};
/* Reads the recovery key and looks into every bundle, before anything is made. STATUS_NOT_OURS when
 * the key does not open one, or when they belong to several providers. */
MUST_CHECK enum status restore_look(struct office *o, const char *recovery_file,
                                    struct restoring *r);
/* Makes a fresh master the office of that provider, and merges. The exit status. */
int restore_merge(struct office *o, struct journal *j, struct restoring *r);

#endif
