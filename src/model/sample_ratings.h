/* sample_ratings.h -- scores with reasons for the sample service, so that there is something to look at. */
#ifndef MODEL_SAMPLE_RATINGS_H
#define MODEL_SAMPLE_RATINGS_H

#include "base/clock.h"
#include "store/journal.h"

/* One list of assets/sample/ratings.json ("before": at the start of the season, "now": at its end), as if given at this
 * moment; each rests on the newest of what was seen, heard or raised about its statement by then. */
MUST_CHECK enum status sample_ratings(struct journal *j, const char *path, const char *list, int64_t now_ms);

#endif
