/* saw_model.h -- Saw something: places, statements, and whom to ring when it is about one
 * worker. */
#ifndef MODEL_SAW_MODEL_H
#define MODEL_SAW_MODEL_H

#include "care/framework.h"
#include "model/confide_model.h"
#include "model/evidence_model.h"
#include "model/ring_model.h"

struct saw_area {
    int64_t id;
    const char *name;
};
struct saw_model {
    int64_t visit, service;
    const char *item;        /* noticed at this item, "" none */
    const char *const *near; /* statement codes of the section one came from */
    int near_count;
    const struct framework *framework;
    const struct saw_area *areas;
    int areas_count;
    const struct ring_line *ring; /* provider and speaking up, outside the home */
    int ring_count;
    const char *speak_up;         /* who a worker may ring, in the provider's own words */
    struct evidence_list evidence; /* photos and voice notes that wait to be kept with it */
    struct confide_model confide; /* about one worker: who may read it */
};

#endif
