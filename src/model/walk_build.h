/* walk_build.h -- what the pieces of walk_load share: the tables of one check while the model
 * is put together. */
#ifndef MODEL_WALK_BUILD_H
#define MODEL_WALK_BUILD_H

#include "model/context.h"
#include "model/walk_cache.h"
#include "model/walk_model.h"
#include "store/query.h"

#define WALK_ANSWERS_MAX 8000
#define WALK_ROOMS_MAX   200
#define WALK_TIMINGS_MAX 400
#define WALK_LISTS_MAX   1000

struct walk_target {
    const char *name, *source;
    int64_t value, high;
    bool has_value, has_high, own_choice;
};
struct walk_build {
    bool judges; /* answers of this form are good or bad */
    const struct load_context *c;
    struct arena *a;
    struct walk_model *m;
    struct walk_answer *answers; /* newest version last */
    int answers_count;
    int *slots;           /* open addressing over answers: index + 1, newest wins */
    int slots_count;
    struct walk_last *last;
    int last_count;
    int *last_slots; /* open addressing over last: index + 1, the first of a part wins */
    int last_slots_count;
    struct walk_room *rooms;
    int rooms_count;
    struct walk_timing *timings;
    struct walk_target *targets;
    int targets_count;
    struct walk_done *done;
    int done_count;
    struct walk_raised *raised;
};

/* walk_answers.c */
MUST_CHECK enum status walk_answers_load(struct walk_build *b);
MUST_CHECK enum status walk_last_load(struct walk_build *b);
/* Newest answer to that part, NULL none; *other: the one before it in another row (two
 * tablets), may be NULL. */
const struct walk_answer *walk_answer_of(const struct walk_build *b, const char *item,
                                         const char *part, int64_t room,
                                         const struct walk_answer **other);
const struct walk_last *walk_last_of(const struct walk_build *b, const char *item,
                                     const char *part, int64_t area);
/* walk_rooms.c */
MUST_CHECK enum status walk_rooms_load(struct walk_build *b);
MUST_CHECK enum status walk_lists_load(struct walk_build *b); /* areas, people, targets */
/* walk_timings.c */
MUST_CHECK enum status walk_timings_load(struct walk_build *b);
const struct walk_timing *walk_timing_of(const struct walk_build *b, const char *item,
                                         const char *part, const struct walk_room *room);
/* walk_actions.c */
MUST_CHECK enum status walk_actions_load(struct walk_build *b);
void walk_actions_place(struct walk_build *b); /* into their sections */
/* walk_sections.c */
void walk_sections_build(struct walk_build *b);
void walk_minutes(struct walk_build *b);
MUST_CHECK enum status walk_reasons_load(struct walk_build *b);
/* walk_evidence.c */
MUST_CHECK enum status walk_evidence_load(struct walk_build *b);
void walk_evidence_place(struct walk_build *b); /* to their items */
/* walk_staffing.c */
void walk_staffing_read(struct walk_build *b);

#endif
