/* camera_device.c -- a camera through V4L2: what it can do is asked, its buffers are mapped,
 * and whenever somebody looks the newest filled one is taken. Nothing waits here, and nothing
 * runs between two looks.
 *
 * Light: never. A camera that has a lamp is told to leave it off. */
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "platform/linux/camera_inside.h"

#define DEVICES     64
#define BUFFERS     4
#define SIZES_MOST  128 /* a camera that names more is not asked on */
#define RATE_WANTED 15

/* The one that is open. */
static struct {
    int fd; /* 0: none */
    struct {
        void *p;
        size_t n;
    } maps[BUFFERS];
    uint32_t maps_count;
    enum frame_format format;
    int width, height;
    size_t stride;
    bool streams;
} dev;

static int ask(int fd, unsigned long request, void *arg) {
    return camera_calls()->ioctl(fd, request, arg);
}

static enum status failed(const char *what) {
    int e = errno;
    enum status s = STATUS_IO;
    if (e == ENODEV || e == ENOENT || e == ENXIO) s = STATUS_NOT_FOUND;
    if (e == EBUSY) s = STATUS_BUSY;
    if (e == EACCES || e == EPERM) s = STATUS_READ_ONLY;
    if (e == EINVAL || e == ENOTTY) s = STATUS_INVALID;
    return status_fail(s, "camera: %s: %s", what, strerror(e));
}

/* ---- which cameras there are ---- */

static bool ours(uint32_t pixels, enum frame_format *out) {
    if (pixels == V4L2_PIX_FMT_MJPEG || pixels == V4L2_PIX_FMT_JPEG) {
        *out = FRAME_MJPEG;
        return true;
    }
    *out = FRAME_YUYV;
    return pixels == V4L2_PIX_FMT_YUYV;
}

static bool captures(int fd, struct v4l2_capability *cap) {
    memset(cap, 0, sizeof *cap);
    if (ask(fd, VIDIOC_QUERYCAP, cap)) return false;
    uint32_t can =
        cap->capabilities & V4L2_CAP_DEVICE_CAPS ? cap->device_caps : cap->capabilities;
    if (!(can & V4L2_CAP_VIDEO_CAPTURE) || !(can & V4L2_CAP_STREAMING)) return false;
    struct v4l2_fmtdesc f = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    for (enum frame_format sort; f.index < SIZES_MOST; f.index++) {
        if (ask(fd, VIDIOC_ENUM_FMT, &f)) return false;
        if (ours(f.pixelformat, &sort)) return true;
    }
    return false;
}

static void name_it(struct camera_named *out, const void *name, size_t most, const char *path) {
    size_t n = strnlen(name, most);
    const char *text = name;
    if (n >= sizeof out->name) n = sizeof out->name - 1;
    if (n == 0 || !text_valid(text, n)) {
        text = path_name(path);
        n = strlen(text);
    }
    memcpy(out->name, text, n);
    out->name[n] = '\0';
    text_one_line(out->name);
    text_copy(out->path, sizeof out->path, path);
}

/* One that may not be opened stands in the list all the same, so that it can be said why; each
 * camera's second door (its data about pictures) has another index. */
static bool denied_camera(int number) {
    char path[128];
    struct buf b = {0};
    snprintf(path, sizeof path, "/sys/class/video4linux/video%d/index", number);
    bool first = !file_read(path, 64, &b) && b.size && b.data[0] == '0';
    buf_release(&b);
    return first;
}

size_t camera_devices(struct camera_named *out, size_t most) {
    size_t n = 0;
    for (int i = 0; i < DEVICES && n < most; i++) {
        char path[32];
        struct v4l2_capability cap;
        snprintf(path, sizeof path, "/dev/video%d", i);
        int fd = camera_calls()->open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0 && errno == EACCES && denied_camera(i)) name_it(&out[n++], "", 0, path);
        if (fd < 0) continue;
        if (captures(fd, &cap)) name_it(&out[n++], cap.card, sizeof cap.card, path);
        camera_calls()->close(fd);
    }
    return n;
}

/* ---- which size ---- */

/* The fastest; 0 when it does not say. */
static int tenths_of(int fd, uint32_t pixels, int w, int h) {
    struct v4l2_frmivalenum v = {
        .pixel_format = pixels, .width = (uint32_t)w, .height = (uint32_t)h};
    int best = 0;
    for (; v.index < SIZES_MOST && !ask(fd, VIDIOC_ENUM_FRAMEINTERVALS, &v); v.index++) {
        struct v4l2_fract t =
            v.type == V4L2_FRMIVAL_TYPE_DISCRETE ? v.discrete : v.stepwise.min;
        uint64_t tenths = t.numerator ? 10ull * t.denominator / t.numerator : 0;
        if (tenths > 10000) tenths = 10000;
        if ((int)tenths > best) best = (int)tenths;
        if (v.type != V4L2_FRMIVAL_TYPE_DISCRETE) break;
    }
    return best;
}

static uint32_t step_down(uint32_t want, uint32_t min, uint32_t max, uint32_t step) {
    if (want > max) want = max;
    if (want < min) return min;
    return step ? min + (want - min) / step * step : want;
}

static void consider(int fd, uint32_t pixels, uint32_t w, uint32_t h,
                     struct camera_mode *best) {
    enum frame_format format;
    if (!ours(pixels, &format) || !w || !h || w > 30000 || h > 30000) return;
    struct camera_mode m = {.format = format, .width = (int)w, .height = (int)h};
    m.tenths = tenths_of(fd, pixels, m.width, m.height);
    if (camera_better(best->width ? best : NULL, &m) == &m) *best = m;
}

static void consider_sizes(int fd, uint32_t pixels, struct camera_mode *best) {
    struct v4l2_frmsizeenum v = {.pixel_format = pixels};
    for (; v.index < SIZES_MOST && !ask(fd, VIDIOC_ENUM_FRAMESIZES, &v); v.index++) {
        if (v.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
            consider(fd, pixels, v.discrete.width, v.discrete.height, best);
            continue;
        }
        const struct v4l2_frmsize_stepwise *s = &v.stepwise;
        consider(fd, pixels, step_down(2048, s->min_width, s->max_width, s->step_width),
                 step_down(1536, s->min_height, s->max_height, s->step_height), best);
        return;
    }
}

static struct camera_mode best_mode(int fd) {
    struct camera_mode best = {0};
    struct v4l2_fmtdesc f = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    enum frame_format format, first = FRAME_MJPEG;
    bool any = false;
    for (; f.index < SIZES_MOST && !ask(fd, VIDIOC_ENUM_FMT, &f); f.index++) {
        if (!ours(f.pixelformat, &format)) continue;
        if (!any || format == FRAME_MJPEG) first = format;
        any = true;
        consider_sizes(fd, f.pixelformat, &best);
    }
    if (best.width || !any) return best;
    return (struct camera_mode){.format = first, .width = 1280, .height = 720};
}

/* ---- opening ---- */

static void leave_dark(int fd) {
    struct v4l2_control off[] = {
        {.id = V4L2_CID_FLASH_LED_MODE, .value = V4L2_FLASH_LED_MODE_NONE},
        {.id = V4L2_CID_FLASH_INDICATOR_INTENSITY, .value = 0},
        {.id = V4L2_CID_POWER_LINE_FREQUENCY, .value = V4L2_CID_POWER_LINE_FREQUENCY_50HZ},
    };
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++)
        if (ask(fd, VIDIOC_S_CTRL, &off[i])) continue; /* most have none of these */
}

/* The device may answer with another size, which counts. */
static enum status agree(int fd, const struct camera_mode *m) {
    struct v4l2_format f = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    f.fmt.pix.width = (uint32_t)m->width;
    f.fmt.pix.height = (uint32_t)m->height;
    f.fmt.pix.pixelformat = m->format == FRAME_MJPEG ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
    f.fmt.pix.field = V4L2_FIELD_ANY;
    if (ask(fd, VIDIOC_S_FMT, &f)) return failed("size");
    const struct v4l2_pix_format *p = &f.fmt.pix;
    if (!ours(p->pixelformat, &dev.format) || !p->width || !p->height || p->width > 30000 ||
        p->height > 30000)
        return status_fail(STATUS_INVALID, "camera: pictures of another sort");
    dev.width = (int)p->width;
    dev.height = (int)p->height;
    dev.stride = p->bytesperline ? p->bytesperline : (size_t)p->width * 2;
    struct v4l2_streamparm rate = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    rate.parm.capture.timeperframe = (struct v4l2_fract){1, RATE_WANTED};
    if (ask(fd, VIDIOC_S_PARM, &rate)) log_line("camera: as fast as it likes");
    return STATUS_OK;
}

static enum status map_one(uint32_t i) {
    struct v4l2_buffer b = {
        .index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    if (ask(dev.fd, VIDIOC_QUERYBUF, &b)) return failed("buffer");
    if (b.length == 0 || b.length > FRAME_BYTES_MOST)
        return status_fail(STATUS_INVALID, "camera: buffers of %u bytes", b.length);
    void *p = camera_calls()->mmap(NULL, b.length, PROT_READ | PROT_WRITE, MAP_SHARED, dev.fd,
                                   (off_t)b.m.offset);
    if (p == MAP_FAILED) return failed("mapping");
    dev.maps[i].p = p;
    dev.maps[i].n = b.length;
    dev.maps_count = i + 1;
    return ask(dev.fd, VIDIOC_QBUF, &b) ? failed("queue") : STATUS_OK;
}

static enum status begin(void) {
    struct v4l2_requestbuffers r = {
        .count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    if (ask(dev.fd, VIDIOC_REQBUFS, &r)) return failed("buffers");
    enum status s = r.count ? STATUS_OK : status_fail(STATUS_IO, "camera: no buffers");
    for (uint32_t i = 0; !s && i < r.count && i < BUFFERS; i++)
        s = map_one(i);
    if (s) return s;
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (ask(dev.fd, VIDIOC_STREAMON, &type)) return failed("start");
    dev.streams = true;
    return STATUS_OK;
}

enum status device_open(const char *path) {
    struct v4l2_capability cap;
    device_close();
    int fd = camera_calls()->open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return failed(path);
    dev.fd = fd;
    struct camera_mode m = {0};
    enum status s = STATUS_OK;
    if (captures(fd, &cap)) m = best_mode(fd);
    if (!m.width) s = status_fail(STATUS_INVALID, "camera: no pictures that can be read");
    if (!s) s = agree(fd, &m);
    if (!s) leave_dark(fd);
    if (!s) s = begin();
    if (s) {
        device_close();
        return s;
    }
    log_line("camera: %dx%d %s", dev.width, dev.height,
             dev.format == FRAME_MJPEG ? "MJPEG" : "YUYV");
    return STATUS_OK;
}

void device_close(void) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (dev.streams) (void)ask(dev.fd, VIDIOC_STREAMOFF, &type);
    for (uint32_t i = 0; i < dev.maps_count; i++)
        camera_calls()->munmap(dev.maps[i].p, dev.maps[i].n);
    if (dev.fd) camera_calls()->close(dev.fd);
    memset(&dev, 0, sizeof dev);
}

/* ---- looking ---- */

static void take(const struct v4l2_buffer *b, bool *fresh) {
    if (b->index >= dev.maps_count || b->flags & V4L2_BUF_FLAG_ERROR) return;
    size_t n = b->bytesused;
    if (n > dev.maps[b->index].n) n = dev.maps[b->index].n;
    if (camera_newest(dev.format, dev.width, dev.height, dev.stride, dev.maps[b->index].p, n))
        *fresh = true;
}

/* All that are filled are taken off the queue; only the newest is copied. */
enum status device_frame(bool *fresh) {
    struct v4l2_buffer held = {0};
    bool any = false, holding = false;
    for (int i = 0; i < 2 * BUFFERS; i++) {
        struct v4l2_buffer b = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                .memory = V4L2_MEMORY_MMAP};
        if (ask(dev.fd, VIDIOC_DQBUF, &b)) {
            if (errno == EAGAIN || errno == EIO) break; /* EIO: one picture failed */
            return failed("picture");
        }
        if (holding && ask(dev.fd, VIDIOC_QBUF, &held)) return failed("queue");
        holding = true;
        held = b;
    }
    if (holding) {
        take(&held, &any);
        if (ask(dev.fd, VIDIOC_QBUF, &held)) return failed("queue");
    }
    *fresh = any;
    return STATUS_OK;
}
