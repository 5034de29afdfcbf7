/* camera_inside.h -- what camera.c, camera_device.c and camera_recorded.c share.
 *
 * A source gives bytes, their format and their size; whether a device or a folder of recorded frames gave them, they pass
 * through camera_newest, and nobody above knows the difference. */
#ifndef PLATFORM_LINUX_CAMERA_INSIDE_H
#define PLATFORM_LINUX_CAMERA_INSIDE_H

#include <sys/types.h>

#include "platform/linux/linux.h"

#define CAMERAS_MOST     16
#define CAMERA_NAME_MOST 96
#define CAMERA_SIDE_MOST 2304 /* what is kept is made smaller than that anyway */
#define CAMERA_AREA_MOST (2304 * 1728)
#define FRAME_BYTES_MOST (32u << 20)

struct camera_named {
    char name[CAMERA_NAME_MOST], path[512];
};

/* What the device is asked through; tests put another device behind it. */
struct camera_calls {
    int (*open)(const char *path, int flags);
    int (*close)(int fd);
    int (*ioctl)(int fd, unsigned long request, void *arg);
    void *(*mmap)(void *at, size_t n, int protection, int flags, int fd, off_t offset);
    int (*munmap)(void *p, size_t n);
};
extern const struct camera_calls camera_system;
void camera_use_for_tests(const struct camera_calls *calls); /* NULL: the system's again */
const struct camera_calls *camera_calls(void);

/* Takes a frame in: checked against what was agreed, copied, the newest from now on. False: broken, the next is awaited. */
bool camera_newest(enum frame_format format, int width, int height, size_t stride, const void *bytes, size_t n);

/* camera_device.c */
size_t camera_devices(struct camera_named *out, size_t most);
MUST_CHECK enum status device_open(const char *path);
MUST_CHECK enum status device_frame(bool *fresh);
void device_close(void);

/* camera_choose.c: which of the sizes a camera offers */
struct camera_mode {
    enum frame_format format;
    int width, height;
    int tenths; /* frames in ten seconds, 0: it does not say */
};
/* The better of two; NULL is allowed. */
const struct camera_mode *camera_better(const struct camera_mode *a, const struct camera_mode *b);

/* camera_recorded.c */
size_t camera_recordings(const char *dir, struct camera_named *out, size_t most);
MUST_CHECK enum status recorded_open(const char *path);
MUST_CHECK enum status recorded_frame(bool *fresh);
void recorded_close(void);

#endif
