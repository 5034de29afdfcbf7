/* season.h -- a season of past checks, made up but lifelike: for the sample service,
 * `simulate`, tests and benchmarks.
 *
 * Writes through the same journal calls as the app, with real items of real forms, edits,
 * actions with their steps, timings, rooms, observations, feedback, seals. Repeatable from its
 * seed. The journal must be opened with the manual clock given here, which the season moves. */
#ifndef MODEL_SEASON_H
#define MODEL_SEASON_H

#include "base/clock.h"
#include "care/template.h"
#include "store/journal.h"

struct season_options {
    uint64_t seed;
    struct clock_manual
        *clock; /* the one the journal was opened with; moved from `from_ms` to `until_ms` */
    int64_t from_ms, until_ms;
    int checks;          /* spread over the time, about a third of them at night */
    const char *phrases; /* path of assets/sample/season.json: what people say and see */
    const struct template *const *templates;
    size_t templates_count;
    const row_id *services;
    size_t services_count; /* 0: all in the journal */
    bool leave_one_open; /* the last check is unfinished, so that Home has something to carry on
                          */
};
struct season_summary {
    int64_t checks, records, actions;
};
MUST_CHECK enum status season_make(struct journal *j, const struct season_options *o,
                                   struct season_summary *out);

#endif
