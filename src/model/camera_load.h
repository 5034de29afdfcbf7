/* camera_load.h -- loads camera_model.h. Place: row check, other row or room, word item, word2
 * what for (screen/evidence_to.h). */
#ifndef MODEL_CAMERA_LOAD_H
#define MODEL_CAMERA_LOAD_H

#include "model/camera_model.h"
#include "model/context.h"

MUST_CHECK enum status camera_load(const struct load_context *c, struct arena *a,
                                   const void **out);
/* camera_folders.c: the folder that is shown, and the ways to others. */
void camera_folders_read(const struct load_context *c, struct arena *a, struct camera_model *m);

#endif
