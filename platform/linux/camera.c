/* camera.c -- cameras by name, and the newest frame of the one that is open. See platform.h.
 *
 * LANTERN_CAMERA=DIR plays recorded frames in place of what is plugged in; without a window
 * there is no camera unless it is set. */
#include "platform/linux/camera_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/keys.h"
#include "base/text.h"

/* The process has one open camera. Its newest frame is wiped when it closes. */
static struct {
    const struct camera_calls *calls;
    struct camera_named all[CAMERAS_MOST];
    size_t count;
    bool offscreen, recorded, open;
    struct buf bytes;
    struct camera_frame frame;
    int64_t number;
} self;

static int system_open(const char *path, int flags) {
    return open(path, flags);
}

static int system_ioctl(int fd, unsigned long request, void *arg) {
    int did;
    do {
        did = ioctl(fd, request, arg);
    } while (did < 0 && errno == EINTR);
    return did;
}

const struct camera_calls camera_system = {
    .open = system_open, .close = close, .ioctl = system_ioctl, .mmap = mmap, .munmap = munmap};

void camera_use_for_tests(const struct camera_calls *calls) {
    self.calls = calls;
}

const struct camera_calls *camera_calls(void) {
    return self.calls ? self.calls : &camera_system;
}

bool camera_newest(enum frame_format format, int width, int height, size_t stride,
                   const void *bytes, size_t n) {
    const uint8_t *p = bytes;
    if (width <= 0 || height <= 0 || n == 0 || n > FRAME_BYTES_MOST) return false;
    if (format == FRAME_MJPEG && (n < 4 || p[0] != 0xFF || p[1] != 0xD8)) return false;
    size_t row = (size_t)width * 2;
    if (format == FRAME_YUYV && (stride < row || n < stride * (size_t)(height - 1) + row))
        return false;
    buf_clear(&self.bytes);
    buf_add(&self.bytes, bytes, n);
    self.frame = (struct camera_frame){.format = format,
                                       .width = width,
                                       .height = height,
                                       .stride = format == FRAME_YUYV ? stride : 0,
                                       .size = n,
                                       .number = ++self.number};
    return true;
}

static const char *recordings(void) {
    const char *dir = getenv("LANTERN_CAMERA");
    return text_blank(dir) ? NULL : dir;
}

/* Two of the same make are told apart. */
static void number_doubles(void) {
    for (size_t i = 1; i < self.count; i++) {
        int before = 0;
        for (size_t k = 0; k < i; k++)
            before +=
                strncmp(self.all[k].name, self.all[i].name, strlen(self.all[i].name)) == 0;
        size_t used = strlen(self.all[i].name);
        if (before)
            snprintf(self.all[i].name + used, sizeof self.all[i].name - used, " %d",
                     before + 1);
    }
}

static void look(void) {
    const char *dir = recordings();
    self.recorded = dir != NULL;
    if (dir) {
        self.count = camera_recordings(dir, self.all, CAMERAS_MOST);
    } else {
        self.count = self.offscreen ? 0 : camera_devices(self.all, CAMERAS_MOST);
    }
    number_doubles();
}

static size_t linux_cameras(void *ctx, struct arena *a, const char ***names) {
    (void)ctx;
    if (!self.open) look();
    const char **list = ARENA_ARRAY(a, const char *, CAMERAS_MOST);
    for (size_t i = 0; i < self.count; i++)
        list[i] = arena_strdup(a, self.all[i].name);
    *names = list;
    return self.count;
}

static void linux_camera_close(void *ctx) {
    (void)ctx;
    if (self.open && self.recorded) recorded_close();
    if (self.open && !self.recorded) device_close();
    self.open = false;
    if (self.bytes.data) key_wipe(self.bytes.data, self.bytes.room);
    buf_release(&self.bytes);
    self.frame = (struct camera_frame){0};
}

static enum status linux_camera_open(void *ctx, size_t which) {
    linux_camera_close(ctx);
    if (!self.count) look();
    if (which >= self.count) return status_fail(STATUS_NOT_FOUND, "camera %zu", which);
    const char *path = self.all[which].path;
    enum status s = self.recorded ? recorded_open(path) : device_open(path);
    self.open = s == STATUS_OK;
    return s;
}

static enum status linux_camera_frame(void *ctx, struct camera_frame *out, bool *fresh) {
    bool any = false;
    (void)ctx;
    if (!self.open) return status_fail(STATUS_NOT_FOUND, "no camera is open");
    enum status s = self.recorded ? recorded_frame(&any) : device_frame(&any);
    if (s) return s;
    *out = self.frame;
    out->bytes = self.bytes.data;
    *fresh = any;
    return STATUS_OK;
}

void linux_camera(struct platform *p, bool offscreen) {
    self.offscreen = offscreen;
    p->cameras = linux_cameras;
    p->camera_open = linux_camera_open;
    p->camera_frame = linux_camera_frame;
    p->camera_close = linux_camera_close;
}
