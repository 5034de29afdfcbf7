/* camera_model.h -- the camera page: what the photo is for, whether it may be taken here at
 * all, and the folders that a picture can be picked from.
 *
 * Journey: a Photo button → camera_load → screen/camera.c → intents photo_* → app/shot.c. */
#ifndef MODEL_CAMERA_MODEL_H
#define MODEL_CAMERA_MODEL_H

#include "model/evidence_model.h"

/* A bedroom is asked about before anything else: PEOPLE.md. Where nobody said where one is,
 * whoever holds the tablet says it. */
enum camera_where { CAMERA_SOMEWHERE, CAMERA_SHARED, CAMERA_BEDROOM };

struct camera_shortcut {
    const char *path, *name;
    bool stick;
};
struct camera_file {
    const char *name, *path;
    bool folder;
    int64_t size;
};
struct camera_model {
    int64_t visit, row; /* as in the place */
    const char *item, *what;
    const char *about; /* what it is for: the question, the action, what was seen; "" */
    const char *place; /* the room or area, "" */
    enum camera_where where;
    bool first;                    /* no photo of this check yet: the reminder comes first */
    bool sealed;                   /* nothing is added any more */
    const struct evidence *before; /* the photo it is compared with, NULL none */
    const struct camera_shortcut *shortcuts;
    int shortcuts_count;
    const char *folder, *folder_name, *up; /* up: "" at the top, or where nothing opens */
    const struct camera_file *files;       /* folders first */
    int files_count;
    bool more; /* than are shown */
    bool unreadable;
};

#endif
