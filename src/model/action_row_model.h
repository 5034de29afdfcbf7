/* action_row_model.h -- one action as lists show it: state by rule, the date after moving, why
 * it may not be signed off. */
#ifndef MODEL_ACTION_ROW_MODEL_H
#define MODEL_ACTION_ROW_MODEL_H

#include "care/rules.h"

struct action_row {
    int64_t id;
    bool must, overdue, mine, moved;
    bool may_verify; /* the holder could sign it off, if need be at another hour */
    const char *reference, *different, *owner; /* owner by role, "" nobody named */
    const char *cannot; /* words key: why the holder may not sign it off now; NULL: may */
    int64_t due, raised_at;
    enum action_state state;
};

#endif
