/* linux.h -- the Linux side of platform.h: XDG folders, removable media, boot id, battery. */
#ifndef PLATFORM_LINUX_LINUX_H
#define PLATFORM_LINUX_LINUX_H

#include "platform/platform.h"

/* data: NULL for $XDG_DATA_HOME/lantern; assets: NULL for $LANTERN_ASSETS, beside the program, or installed. */
const struct platform *platform_linux(const char *data, const char *assets, bool offscreen);
void linux_camera(struct platform *p, bool offscreen); /* camera.c */
void linux_sharing(struct platform *p, bool offscreen); /* share.c */
void linux_sound(struct platform *p); /* sound.c: microphone and loudspeaker */
/* A finger, a key or the mouse, by the event's type. */
bool linux_is_touch(uint32_t sdl_type);

#endif
