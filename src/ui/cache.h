/* cache.h -- pictures by hash, for renderer.c and font.c. */
#ifndef UI_CACHE_H
#define UI_CACHE_H

#include "ui/ui_internal.h"

struct picture {
    uint64_t key; /* 0: the slot was never used */
    SDL_Texture *texture;
    int w, h;
    int64_t used;
    size_t bytes;
    bool streams;     /* a photo: its pixels can be written */
    uint64_t version; /* of a picture whose pixels may be renewed in place */
};

void textures_open(struct ui *u);
void textures_clear(struct ui *u); /* the device was lost, or the ui closes */
/* NULL when it is not there. Valid until the next texture_keep. */
struct picture *texture_find(struct ui *u, uint64_t key);
/* Makes a texture of the surface (which stays the caller's). NULL when the device refuses. */
struct picture *texture_keep(struct ui *u, uint64_t key, SDL_Surface *s);
/* An empty one whose pixels the caller writes. NULL when the device refuses. */
struct picture *texture_make(struct ui *u, uint64_t key, int w, int h);
void texture_drop(struct ui *u, struct picture *p);
void textures_wipe(struct ui *u); /* pixels of photos, too, before they are let go */
size_t textures_bytes(const struct ui *u);
void textures_tick(struct ui *u); /* after a drawn frame: what is too much goes */

#endif
