/* team_model.h -- a form that several fill in alone, one after the other on the same tablet:
 * how many have answered, and nothing of what they said. */
#ifndef MODEL_TEAM_MODEL_H
#define MODEL_TEAM_MODEL_H

#include "base/words.h"
#include "model/walk_model.h"

#define TEAM_ITEMS_MOST   60
#define TEAM_OPTIONS_MOST 6

struct team_option {
    const char *id, *text;
};
struct team_item {
    const struct item *item;
    const struct part *part;
    struct team_option options[TEAM_OPTIONS_MOST];
    int options_count;
};
struct team_model {
    const struct walk_model *walk;
    struct team_item *items;
    int items_count;
    int answered; /* how many have passed the tablet on */
    bool closed;  /* everybody had a turn: the counts are on the record */
};

/* What one person may choose at this part; 0: this kind is not asked of a team. */
int team_options(const struct part *p, const struct words *w,
                 struct team_option out[TEAM_OPTIONS_MOST]);

#endif
