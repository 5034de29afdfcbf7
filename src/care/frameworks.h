/* frameworks.h -- all frameworks at hand, several editions of one beside each other, and what leads from one to another.
 *
 * Journey: assets/frameworks/ and its mappings/ → frameworks_open → ratings screen, report. An old record is read
 * with the edition it was made under, or shown as it stands; it is never turned into another framework's. */
#ifndef CARE_FRAMEWORKS_H
#define CARE_FRAMEWORKS_H

#include "care/framework.h"

#define FRAMEWORKS_MOST 24
#define MAPPINGS_MOST   24

/* From statements (or key questions) of one framework to those of another, many to many. */
struct mapping_pair {
    const char *from;
    const char *const *to; int to_count;
};
struct mapping {
    const char *from, *to;   /* framework ids */
    int version;
    const char *about, *status;
    struct source *sources; int sources_count;
    struct mapping_pair *pairs; int pairs_count;
    struct arena memory;
};
/* On failure *out stays what it was. */
MUST_CHECK enum status mapping_load(struct mapping **out, const char *path);
void mapping_close(struct mapping *m);
/* Every code of it is one of the two frameworks'. */
MUST_CHECK enum status mapping_fits(const struct mapping *m, const struct framework *from, const struct framework *to);
const struct mapping_pair *mapping_of(const struct mapping *m, const char *code); /* NULL: leads nowhere */

struct frameworks {
    struct framework *all[FRAMEWORKS_MOST]; int count; /* in force first, then earlier ones, drafts last */
    struct mapping *maps[MAPPINGS_MOST]; int maps_count;
    const char *problem;     /* why a file was refused, the first one; NULL none. The others are here all the same */
    struct arena memory;
};
/* Reads a folder. Fails only when no framework is sound; otherwise see `problem`. */
MUST_CHECK enum status frameworks_open(struct frameworks *out, const char *dir);
void frameworks_close(struct frameworks *f);
/* One more file: a framework, or another edition of one. Refused with one message, and then nothing has changed. */
MUST_CHECK enum status frameworks_take(struct frameworks *f, const char *path);
const struct framework *frameworks_newest(const struct frameworks *f, const char *id); /* NULL when absent */
const struct framework *frameworks_edition(const struct frameworks *f, const char *id, int64_t version);
const struct mapping *frameworks_mapping(const struct frameworks *f, const char *from, const char *to);

#endif
