/* evidence_model.h -- photos and voice notes: what was kept, and what waits for the form it belongs to.
 *
 * Journey: camera, microphone → app/shot.c, app/recorder.c → app/evidence.c → journal (kind attachment, a blob) →
 * evidence_load → walk, saw, heard, action, check; paper; office report.
 * A screen shows a thumbnail through scene.image(thumb) and the picture itself through scene.image(hash). */
#ifndef MODEL_EVIDENCE_MODEL_H
#define MODEL_EVIDENCE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash256.h"

enum evidence_sort { EVIDENCE_PHOTO, EVIDENCE_VOICE, EVIDENCE_FILE };
struct evidence {
    int64_t row;      /* attachment; 0: waits for its form */
    int64_t number;   /* … and is known by this; else 0 */
    int64_t visit, to, room, before, person;
    const char *item; /* "" none */
    enum evidence_sort sort;
    hash256 hash, thumb;
    bool here;        /* the bytes lie on this device; else freed here or not come yet */
    bool nobody;
    const char *caption, *source, *cut_off, *type;
    int64_t at;       /* wall ms: taken, or begun */
    int64_t size, ms;
    int width, height;
    bool after_seal;
};
struct evidence_list {
    const struct evidence *all; /* oldest first */
    int count;
};

#endif
