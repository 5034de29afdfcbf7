/* sample.h -- the sample service: a made-up provider with a season of past checks, for a new user to try.
 *
 * It lies in a database of its own; the first call makes it (reference data from assets/sample, past checks up to
 * today by model/season.h), later calls find it. */
#ifndef APP_SAMPLE_H
#define APP_SAMPLE_H

#include "base/clock.h"
#include "base/status.h"

MUST_CHECK enum status sample_prepare(const char *dir, const char *assets, const struct clock *now);

#endif
