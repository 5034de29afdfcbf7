/* season_inside.h -- what the season's files share. */
#ifndef MODEL_SEASON_INSIDE_H
#define MODEL_SEASON_INSIDE_H

#include "base/hash.h"
#include "base/json.h"
#include "model/season.h"

#define SEASON_OPEN_MOST  400
#define SEASON_ROOMS_MOST 4

struct season_action {
    row_id row, owner;
    int64_t due, raised_at, said_at, seen_at;
    bool night, closed;
    int looks; /* times seen working since */
};
struct season_service {
    row_id row;
    const char *setting;
    row_id people[16], checkers[8], areas[16];
    int people_count, checkers_count, areas_count;
    int care; /* out of 100: how often things are as they should be */
    struct season_action actions[SEASON_OPEN_MOST];
    int actions_count;
};
struct season {
    struct journal *j;
    const struct season_options *o;
    struct json_doc *phrases;
    draw luck;
    struct arena arena; /* one check */
    struct arena life;  /* the whole season */
    struct season_service *services;
    int services_count;
    struct season_summary sum;
    /* of the check under way */
    struct season_service *at;
    row_id visit, checker, rooms[SEASON_ROOMS_MOST];
    int rooms_count;
    bool night, unfinished;
    const struct template *form;
};

uint32_t season_below(struct season *s, uint32_t n);
bool season_chance(struct season *s, uint32_t percent);
const json *season_pick(struct season *s, const char *list);
void season_pass(struct season *s, int64_t least_ms, int64_t most_ms); /* time goes by */
MUST_CHECK enum status season_put(struct season *s, struct row *r);
int64_t season_now(const struct season *s);

/* season_check.c: answers, rooms, timings of one check */
MUST_CHECK enum status season_answers(struct season *s);
/* season_actions.c: what is raised, and what becomes of what was raised before */
MUST_CHECK enum status season_raise(struct season *s, const struct item *item, row_id source,
                                    int severity);
MUST_CHECK enum status season_look_again(struct season *s);

#endif
