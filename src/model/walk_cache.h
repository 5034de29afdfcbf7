/* walk_cache.h -- the answers of one check as they were read last, so that after a tap only
 * what changed is read again: a check may have thousands.
 *
 * Owner: the app, one for the check at hand; it drops it with everything else that could be
 * read on a locked tablet. Loaders without one (the office, tests) read everything each time.
 */
#ifndef MODEL_WALK_CACHE_H
#define MODEL_WALK_CACHE_H

#include "model/walk_model.h"
#include "store/kind.h"

struct walk_cache {
    struct arena memory, *to;    /* to: where they lie; without an app, in the model's own */
    row_id visit;                /* 0: nothing is kept */
    bool stale;                  /* other devices' records came: all is read anew */
    struct walk_answer *answers; /* newest version last; what became another has row 0 */
    int count, room, alive;
    int64_t hlc; /* of the newest that was read */
};

void walk_cache_stale(struct walk_cache *c);
void walk_cache_forget(struct walk_cache *c); /* with zeros over what it held */

#endif
