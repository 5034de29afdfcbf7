/* platform.h -- what a device must offer. platform/linux, later web and android, each bring one of these.
 *
 * Everything may be NULL when the device has no such thing; the app then says so or leaves it out. Folders
 * are UTF-8 paths without a slash at the end. */
#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct platform {
    void *ctx;
    /* Folder for the tablet's data (created), and where the assets lie. */
    const char *(*data_dir)(void *ctx);
    const char *(*assets_dir)(void *ctx);
    /* Folders a bundle can be saved to: removable media first, then Documents. n of them into *out. */
    size_t (*sticks)(void *ctx, struct arena *a, const char ***out);
    /* A text that differs after every start of the machine; for stopwatches over a restart. */
    const char *(*boot_id)(void *ctx);
    bool (*has_keyboard)(void *ctx);          /* a real or system keyboard: Lantern's own stays down */
    void (*keep_awake)(void *ctx, bool on);   /* during a check */
    int (*battery_percent)(void *ctx);        /* -1 unknown */
    int64_t (*slept_ms)(void *ctx);           /* how long the machine has slept since it was started */
    bool (*call_number)(void *ctx, const char *number); /* starts a telephone call; NULL on a tablet without one */
};

#endif
