/* raise_model.h -- raising an action: filled in from the item, the answer or the observation it
 * comes from. */
#ifndef MODEL_RAISE_MODEL_H
#define MODEL_RAISE_MODEL_H

#include "model/action_model.h"

enum lane {
    LANE_BEFORE_LEAVE,
    LANE_BEFORE_TONIGHT,
    LANE_THIS_WEEK,
    LANE_THIS_MONTH,
    LANE_DATE,
    LANES
};
extern const char *const lane_words[LANES]; /* as in the record kind `action` */

#define FOUND_DATES_MOST 6
struct found_before {
    int times; /* earlier checks on which the item was partly or not met */
    day_no nights[FOUND_DATES_MOST]; /* the newest of them, oldest first */
    int nights_count;
};
struct raise_person {
    int64_t id;
    const char *label;
    bool usual; /* has the role that usually does it */
};
struct raise_model {
    int64_t service, visit, source, area;
    const char *service_name, *next; /* next: the reference this one will probably get */
    const char *from;                /* what it comes from, in words; "" by itself */
    const char *item, *template_code;
    const char *different, *measure, *baseline, *owner_role;
    enum lane lane; /* the item's usual one; LANES when it has none */
    bool must_likely, night, found_at_night;
    int severity;
    const char *statement_code, *question, *statement, *regulations;
    struct action_law laws[ACTION_LAWS_MOST];
    int laws_count;
    struct found_before before;
    int64_t due[LANE_DATE];
    int64_t now_ms;
    const struct raise_person *people;
    int people_count;
};

#endif
