/* home_model.h -- what Home shows: the hour, the service, what was begun, what waits, what is
 * not sent. */
#ifndef MODEL_HOME_MODEL_H
#define MODEL_HOME_MODEL_H

#include "model/action_row_model.h"

#define HOME_ACTIONS_MOST 6

struct home_choice {
    int64_t id;
    const char *label, *sub;
};
struct home_check {
    int64_t visit;
    const char *title, *section; /* section: where to go on */
    bool night, late;            /* late: left more than a day ago */
    int64_t started, left_at;    /* left_at 0: still there */
    int answered, asked;
};
struct home_model {
    int64_t service, holder;
    const char *service_name, *holder_label;
    bool night; /* the service's night hours */
    const struct home_choice *services, *people;
    int services_count, people_count;
    int templates;                      /* forms to choose from */
    const char *night_code, *walk_code; /* "" when there is no such form */
    const char *night_title, *walk_title;
    int core_minutes;           /* of the night check, 0 unknown */
    int night_since, any_since; /* nights and days since the last one; -1 never */
    const char *any_title;      /* the last check by day */
    int64_t visit;              /* under way: what is seen or heard belongs to it */
    const struct home_check *checks;
    int checks_count;
    const struct action_row *actions;
    int actions_shown, actions_open, to_verify;
    int actions_alive;       /* also those seen working, which have to last */
    int64_t unsent, sent_at; /* records; wall ms of the last bundle made, 0 not known */
    bool exported;           /* something was sent once */
    int dangers_open, duties_open;
    int64_t danger, duty_visit;
    int64_t last_visit; /* the newest check that was left or sealed: has a morning page */
};

#endif
