/* pictures.h -- stored pictures for the screens: scene.image.
 *
 * Journey: a screen asks by hash → the blob is read and decoded, a few milliseconds a frame → the next frames have it.
 * What was not looked at for longest goes when there is more than PICTURES_BYTES. Cover, lock, erasing and closing wipe all. */
#ifndef APP_PICTURES_H
#define APP_PICTURES_H

#include "app/app.h"

#define PICTURES_BYTES (64u << 20)
#define PICTURES_MS    6 /* of each frame */

struct pictures;

void pictures_step(struct app *a);  /* in a frame, before drawing */
void pictures_scene(struct app *a); /* gives the screens their way to ask */
void pictures_forget(struct app *a, const hash256 *name); /* its bytes were dropped */
void pictures_wipe(struct app *a);  /* between two frames */
bool pictures_reading(const struct app *a);
size_t pictures_held(const struct app *a); /* bytes of pixels */

#endif
