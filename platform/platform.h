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
#include "base/status.h"

/* One picture of a camera as the device gave it. */
enum frame_format { FRAME_MJPEG, FRAME_YUYV };
struct camera_frame {
    enum frame_format format;
    int width, height;
    size_t stride;           /* YUYV: bytes a row */
    const uint8_t *bytes;
    size_t size;
    int64_t number;          /* grows with every frame */
};

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
    int64_t (*free_bytes)(void *ctx, const char *dir); /* on that folder's disk, -1 unknown; NULL: as the file system says */
    int64_t (*slept_ms)(void *ctx);           /* how long the machine has slept since it was started */
    bool (*call_number)(void *ctx, const char *number); /* starts a telephone call; NULL on a tablet without one */

    /* Cameras, by name. One is open at a time. camera_frame gives the newest frame, borrowed until the next call; *fresh
     * false: none since the last. STATUS_NOT_FOUND: gone, or none; STATUS_BUSY: another program has it. No flash, ever. */
    size_t (*cameras)(void *ctx, struct arena *a, const char ***names);
    enum status (*camera_open)(void *ctx, size_t which);
    enum status (*camera_frame)(void *ctx, struct camera_frame *out, bool *fresh);
    void (*camera_close)(void *ctx);
    /* Microphone: 16,000 samples a second, one channel. read gives what has come since the last call, up to `most`; *lost
     * when no more will come (unplugged, taken away by a call). */
    bool (*microphone_there)(void *ctx);
    enum status (*microphone_open)(void *ctx);
    size_t (*microphone_read)(void *ctx, int16_t *to, size_t most, bool *lost);
    void (*microphone_close)(void *ctx);
    /* Loudspeaker: 48,000 samples a second, one channel. left: samples not heard yet. */
    bool (*speaker_there)(void *ctx);
    enum status (*speaker_open)(void *ctx);
    void (*speaker_write)(void *ctx, const int16_t *samples, size_t n);
    size_t (*speaker_left)(void *ctx);
    void (*speaker_hush)(void *ctx);   /* forgets what was not heard yet */
    void (*speaker_close)(void *ctx);
    /* Hands a file to another app; false: that cannot be. */
    bool (*share_file)(void *ctx, const char *path, const char *media_type);
};

#endif
