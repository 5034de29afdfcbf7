/* test_camera.c -- cameras through V4L2, and recorded frames through the same door.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * There is no camera here. A made-up one stands behind the five calls that the product makes of
 * the system (camera_calls): it keeps the rules of V4L2 strictly (a buffer is queued once,
 * filled once, taken once; nothing flows before STREAMON), counts what is open and mapped, and
 * can be unplugged, busy, forbidden, or fail at any call. */
#include "frames_hand.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/linux/camera_inside.h"

#define FAKE_BUFFERS 4

struct fake_mode {
    uint32_t pixels;
    int w, h, fps;
};
struct fake_device {
    const char *card;
    uint32_t caps;
    struct fake_mode modes[8];
    int open_errno;
};

static struct {
    struct fake_device all[4];
    int count;
    /* the one that is open; fds are 100 + index */
    struct v4l2_pix_format agreed;
    uint8_t *memory[FAKE_BUFFERS];
    size_t length;
    enum { IDLE, QUEUED, FILLED } state[FAKE_BUFFERS];
    uint32_t used[FAKE_BUFFERS], flags[FAKE_BUFFERS], order[FAKE_BUFFERS];
    int filled, taken;
    size_t pad; /* more bytes a row than the picture needs */
    bool streams, unplugged;
    int fds, maps, lamp, lamp_asked, start_errno;
    int calls, fail_at;
} fake;

static void fake_reset(void) {
    for (int i = 0; i < FAKE_BUFFERS; i++)
        free(fake.memory[i]);
    memset(&fake, 0, sizeof fake);
    fake.lamp = -1;
}

static bool fails(void) {
    errno = EIO;
    return ++fake.calls == fake.fail_at;
}

static int fake_open(const char *path, int flags) {
    int i = -1;
    (void)flags;
    assert_int_equal(sscanf(path, "/dev/video%d", &i), 1);
    if (fails()) return -1;
    errno = ENOENT;
    if (i < 0 || i >= fake.count || fake.unplugged) return -1;
    errno = fake.all[i].open_errno;
    if (errno) return -1;
    fake.fds++;
    return 100 + i;
}

static int fake_close(int fd) {
    assert_true(fd >= 100 && fake.fds > 0);
    fake.fds--;
    fake.streams = false;
    for (int i = 0; i < FAKE_BUFFERS; i++)
        fake.state[i] = IDLE;
    return 0;
}

static int refuse(int why) {
    errno = why;
    return -1;
}

/* Formats are named once each, in the order in which the modes do. */
static int enum_formats(const struct fake_device *d, struct v4l2_fmtdesc *f) {
    uint32_t seen[8];
    int n = 0;
    for (int i = 0; i < 8 && d->modes[i].pixels; i++) {
        bool had = false;
        for (int k = 0; k < n; k++)
            had |= seen[k] == d->modes[i].pixels;
        if (!had) seen[n++] = d->modes[i].pixels;
    }
    if ((int)f->index >= n) return refuse(EINVAL);
    f->pixelformat = seen[f->index];
    return 0;
}

static int enum_sizes(const struct fake_device *d, struct v4l2_frmsizeenum *v) {
    int n = 0;
    for (int i = 0; i < 8 && d->modes[i].pixels; i++) {
        if (d->modes[i].pixels != v->pixel_format || n++ != (int)v->index) continue;
        v->type = V4L2_FRMSIZE_TYPE_DISCRETE;
        v->discrete.width = (uint32_t)d->modes[i].w;
        v->discrete.height = (uint32_t)d->modes[i].h;
        return 0;
    }
    return refuse(EINVAL);
}

static int enum_rates(const struct fake_device *d, struct v4l2_frmivalenum *v) {
    for (int i = 0; i < 8 && d->modes[i].pixels && v->index == 0; i++) {
        const struct fake_mode *m = &d->modes[i];
        if (m->pixels != v->pixel_format || m->w != (int)v->width || m->h != (int)v->height)
            continue;
        v->type = V4L2_FRMIVAL_TYPE_DISCRETE;
        v->discrete = (struct v4l2_fract){1, (uint32_t)m->fps};
        return 0;
    }
    return refuse(EINVAL);
}

static int agree(struct v4l2_format *f) {
    struct v4l2_pix_format *p = &f->fmt.pix;
    bool pixels = p->pixelformat == V4L2_PIX_FMT_YUYV;
    p->bytesperline = pixels ? p->width * 2 + (uint32_t)fake.pad : 0;
    p->sizeimage = p->width * p->height * 2 + (uint32_t)fake.pad * p->height;
    fake.agreed = *p;
    fake.length = p->sizeimage;
    return 0;
}

static int request(struct v4l2_requestbuffers *r) {
    r->count = FAKE_BUFFERS;
    for (int i = 0; i < FAKE_BUFFERS; i++) {
        free(fake.memory[i]);
        fake.memory[i] = calloc(1, fake.length);
        fake.state[i] = IDLE;
    }
    return 0;
}

static int take(struct v4l2_buffer *b) {
    if (!fake.streams) return refuse(EINVAL);
    for (int i = 0; i < FAKE_BUFFERS; i++) {
        if (fake.state[i] != FILLED || (int)fake.order[i] != fake.taken) continue;
        fake.state[i] = IDLE;
        fake.taken++;
        b->index = (uint32_t)i;
        b->bytesused = fake.used[i];
        b->flags = fake.flags[i];
        return 0;
    }
    return refuse(EAGAIN);
}

static int control(const struct v4l2_control *c) {
    if (c->id == V4L2_CID_FLASH_LED_MODE) {
        fake.lamp = c->value;
        fake.lamp_asked++;
        return 0;
    }
    assert_true(c->id != V4L2_CID_FLASH_STROBE && c->id != V4L2_CID_FLASH_TORCH_INTENSITY);
    return refuse(EINVAL);
}

static int fake_ioctl(int fd, unsigned long what, void *arg) {
    assert_true(fd >= 100 && fd < 100 + fake.count);
    const struct fake_device *d = &fake.all[fd - 100];
    struct v4l2_buffer *b = arg;
    if (fails()) return -1;
    if (fake.unplugged) return refuse(ENODEV);
    switch (what) {
    case VIDIOC_QUERYCAP:;
        struct v4l2_capability *cap = arg;
        snprintf((char *)cap->card, sizeof cap->card, "%s", d->card);
        cap->capabilities = V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        cap->device_caps = d->caps;
        return 0;
    case VIDIOC_ENUM_FMT:
        return enum_formats(d, arg);
    case VIDIOC_ENUM_FRAMESIZES:
        return enum_sizes(d, arg);
    case VIDIOC_ENUM_FRAMEINTERVALS:
        return enum_rates(d, arg);
    case VIDIOC_S_FMT:
        return agree(arg);
    case VIDIOC_S_CTRL:
        return control(arg);
    case VIDIOC_S_PARM:
        return 0;
    case VIDIOC_REQBUFS:
        return request(arg);
    case VIDIOC_QUERYBUF:
        b->length = (uint32_t)fake.length;
        b->m.offset = b->index * 4096;
        return 0;
    case VIDIOC_QBUF:
        if (b->index >= FAKE_BUFFERS || fake.state[b->index] != IDLE) return refuse(EINVAL);
        fake.state[b->index] = QUEUED;
        return 0;
    case VIDIOC_DQBUF:
        return take(arg);
    case VIDIOC_STREAMON:
        if (fake.start_errno) return refuse(fake.start_errno);
        fake.streams = true;
        return 0;
    case VIDIOC_STREAMOFF:
        fake.streams = false;
        return 0;
    default:
        return refuse(ENOTTY);
    }
}

static void *fake_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
    (void)at, (void)protection;
    assert_true(fd >= 100 && flags == MAP_SHARED && n == fake.length);
    assert_true(offset >= 0 && offset / 4096 < FAKE_BUFFERS);
    if (fails()) return MAP_FAILED;
    fake.maps++;
    return fake.memory[offset / 4096];
}

static int fake_munmap(void *p, size_t n) {
    assert_true(p && n == fake.length && fake.maps > 0);
    fake.maps--;
    return 0;
}

static const struct camera_calls calls = {.open = fake_open,
                                          .close = fake_close,
                                          .ioctl = fake_ioctl,
                                          .mmap = fake_mmap,
                                          .munmap = fake_munmap};

/* The device fills the next buffer that waits for it; false: none does. */
static bool fill(const void *bytes, size_t n, uint32_t flags) {
    for (int i = 0; i < FAKE_BUFFERS; i++) {
        if (fake.state[i] != QUEUED) continue;
        size_t put = n < fake.length ? n : fake.length;
        memcpy(fake.memory[i], bytes, put);
        fake.used[i] = (uint32_t)put;
        fake.flags[i] = flags;
        fake.order[i] = (uint32_t)fake.filled++;
        fake.state[i] = FILLED;
        return true;
    }
    return false;
}

/* ---- the product's side ---- */

static struct platform device;
static struct arena names_arena;
#define CAPTURES (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING)

static int set_up(void **state) {
    (void)state;
    unsetenv("LANTERN_CAMERA");
    fake_reset();
    camera_use_for_tests(&calls);
    linux_camera(&device, false);
    return 0;
}

static int take_down(void **state) {
    (void)state;
    device.camera_close(NULL);
    assert_int_equal(fake.fds, 0);
    assert_int_equal(fake.maps, 0);
    camera_use_for_tests(NULL);
    fake_reset();
    arena_release(&names_arena);
    return 0;
}

static size_t cameras(const char ***names) {
    return device.cameras(NULL, &names_arena, names);
}

static void a_webcam(void) {
    fake.all[0] = (struct fake_device){.card = "Webcam",
                                       .caps = CAPTURES,
                                       .modes = {{V4L2_PIX_FMT_YUYV, 640, 480, 30},
                                                 {V4L2_PIX_FMT_YUYV, 2048, 1536, 3},
                                                 {V4L2_PIX_FMT_MJPEG, 640, 480, 30},
                                                 {V4L2_PIX_FMT_MJPEG, 2048, 1536, 15},
                                                 {V4L2_PIX_FMT_MJPEG, 4096, 3072, 10}}};
    fake.count = 1;
}

static void a_pixel_camera(size_t pad) {
    fake.all[0] = (struct fake_device){
        .card = "Pixels",
        .caps = CAPTURES,
        .modes = {{V4L2_PIX_FMT_YUYV, 320, 240, 30}, {V4L2_PIX_FMT_YUYV, 640, 480, 30}}};
    fake.pad = pad;
    fake.count = 1;
}

static struct camera_frame frame(bool want) {
    struct camera_frame f = {0};
    bool fresh = false;
    OK(device.camera_frame(NULL, &f, &fresh));
    assert_int_equal(fresh, want);
    return f;
}

/* ---- tests ---- */

static void only_cameras_are_listed(void **state) {
    const char **names;
    (void)state;
    a_webcam();
    fake.all[1] = (struct fake_device){.card = "Webcam", .caps = V4L2_CAP_META_CAPTURE};
    fake.all[2] = fake.all[0];
    fake.all[3] = (struct fake_device){
        .card = "Films", .caps = CAPTURES, .modes = {{V4L2_PIX_FMT_H264, 1920, 1080, 30}}};
    fake.count = 4;
    assert_int_equal(cameras(&names), 2);
    assert_string_equal(names[0], "Webcam");
    assert_string_equal(names[1], "Webcam 2");
    assert_int_equal(fake.fds, 0);
    fake.unplugged = true;
    assert_int_equal(cameras(&names), 0);
    assert_int_equal(device.camera_open(NULL, 0), STATUS_NOT_FOUND);
    linux_camera(&device, true); /* without a window nothing is plugged in */
    fake.unplugged = false;
    assert_int_equal(cameras(&names), 0);
}

static void the_largest_that_flows_is_chosen(void **state) {
    (void)state;
    a_webcam();
    OK(device.camera_open(NULL, 0));
    assert_int_equal(fake.agreed.pixelformat, V4L2_PIX_FMT_MJPEG);
    assert_int_equal(fake.agreed.width, 2048);
    assert_int_equal(fake.agreed.height, 1536);
    device.camera_close(NULL);
    fake.all[0].modes[1].fps = 10; /* the cable carries it: no JPEG in between */
    OK(device.camera_open(NULL, 0));
    assert_int_equal(fake.agreed.pixelformat, V4L2_PIX_FMT_YUYV);
    assert_int_equal(fake.agreed.width, 2048);
    static const struct {
        struct camera_mode a, b;
        int better;
    } cases[] = {
        {{FRAME_MJPEG, 1280, 720, 300}, {FRAME_MJPEG, 1920, 1080, 50}, 0},   /* five a second */
        {{FRAME_MJPEG, 1280, 720, 300}, {FRAME_MJPEG, 4000, 3000, 300}, 0},  /* too large */
        {{FRAME_MJPEG, 5000, 3000, 300}, {FRAME_MJPEG, 4000, 3000, 300}, 1}, /* both are */
        {{FRAME_YUYV, 1920, 1080, 0}, {FRAME_MJPEG, 1280, 720, 0}, 1}, /* it does not say */
        {{FRAME_YUYV, 640, 480, 0}, {FRAME_MJPEG, 640, 480, 0}, 0},
        {{FRAME_MJPEG, 640, 480, 150}, {FRAME_MJPEG, 640, 480, 300}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct camera_mode *both[2] = {&cases[i].a, &cases[i].b};
        assert_ptr_equal(camera_better(both[0], both[1]), both[cases[i].better]);
        assert_ptr_equal(camera_better(both[1], both[0]), both[cases[i].better]);
    }
}

static void the_newest_jpeg_is_taken(void **state) {
    struct buf old = {0}, now = {0};
    struct picture *p = NULL;
    (void)state;
    a_webcam();
    frame_jpeg(&old, 640, 480, 60);
    frame_jpeg(&now, 640, 480, 200);
    OK(device.camera_open(NULL, 0));
    frame(false);
    assert_true(fill(old.data, old.size, 0));
    assert_true(fill(now.data, now.size, 0));
    struct camera_frame f = frame(true);
    assert_int_equal(f.format, FRAME_MJPEG);
    assert_int_equal(f.size, now.size);
    assert_memory_equal(f.bytes, now.data, now.size);
    OK(picture_of_frame(&p, &f, 640));
    assert_in_range(shade_at(p, 0.5, 0.5), 190, 225);
    picture_free(p);
    int64_t number = f.number;
    frame(false);
    for (int i = 0; i < 20; i++) { /* buffers go round, none is lost */
        assert_true(fill(now.data, now.size, 0));
        f = frame(true);
        assert_true(f.number > number);
        number = f.number;
    }
    /* what is broken is passed over */
    assert_true(fill(now.data, now.size, V4L2_BUF_FLAG_ERROR));
    frame(false);
    assert_true(fill("no JPEG at all", 14, 0));
    frame(false);
    assert_true(fill(now.data, 0, 0));
    frame(false);
    buf_release(&old);
    buf_release(&now);
}

static void pixels_with_wide_rows(void **state) {
    struct buf b = {0};
    (void)state;
    for (size_t pad = 0; pad <= 64; pad += 64) {
        struct picture *p = NULL;
        a_pixel_camera(pad);
        OK(device.camera_open(NULL, 0));
        assert_int_equal(fake.agreed.width, 640);
        frame_yuyv(&b, 640, 480, 40, 640 * 2 + pad);
        assert_true(fill(b.data, b.size, 0));
        struct camera_frame f = frame(true);
        assert_int_equal(f.format, FRAME_YUYV);
        assert_int_equal(f.stride, 1280 + pad);
        OK(picture_of_frame(&p, &f, 320));
        assert_int_equal(picture_width(p), 320);
        assert_in_range(shade_at(p, 0.5, 0.5), 20, 60);
        assert_in_range(shade_at(p, 0.5, 0.02), 205, 255); /* upright */
        picture_free(p);
        assert_true(fill(b.data, b.size / 2, 0)); /* half a picture */
        frame(false);
        device.camera_close(NULL);
    }
    buf_release(&b);
}

static void unplugged_in_use(void **state) {
    struct buf b = {0};
    struct camera_frame f;
    bool fresh = true;
    (void)state;
    a_webcam();
    frame_jpeg(&b, 640, 480, 60);
    OK(device.camera_open(NULL, 0));
    assert_true(fill(b.data, b.size, 0));
    frame(true);
    fake.unplugged = true;
    assert_int_equal(device.camera_frame(NULL, &f, &fresh), STATUS_NOT_FOUND);
    device.camera_close(NULL);
    assert_int_equal(fake.fds + fake.maps, 0);
    assert_int_equal(device.camera_frame(NULL, &f, &fresh), STATUS_NOT_FOUND);
    assert_int_equal(device.camera_open(NULL, 0), STATUS_NOT_FOUND);
    fake.unplugged = false; /* plugged in again */
    OK(device.camera_open(NULL, 0));
    assert_true(fill(b.data, b.size, 0));
    frame(true);
    buf_release(&b);
}

static void busy_forbidden_strange(void **state) {
    const char **names;
    (void)state;
    a_webcam();
    fake.start_errno = EBUSY;
    assert_int_equal(device.camera_open(NULL, 0), STATUS_BUSY);
    assert_int_equal(fake.fds + fake.maps, 0);
    fake.start_errno = 0;
    assert_int_equal(cameras(&names), 1);
    fake.all[0].open_errno = EACCES;
    assert_int_equal(device.camera_open(NULL, 0), STATUS_READ_ONLY);
    fake.all[0].open_errno = EBUSY;
    assert_int_equal(device.camera_open(NULL, 0), STATUS_BUSY);
    fake.all[0].open_errno = 0;
    fake.all[0].modes[0].pixels = V4L2_PIX_FMT_H264; /* it changed its mind */
    fake.all[0].modes[1].pixels = 0;
    assert_int_equal(device.camera_open(NULL, 0), STATUS_INVALID);
    assert_int_equal(fake.fds + fake.maps, 0);
}

static void no_lamp_is_ever_lit(void **state) {
    (void)state;
    a_webcam();
    OK(device.camera_open(NULL, 0));
    assert_int_equal(fake.lamp, V4L2_FLASH_LED_MODE_NONE);
    assert_true(fake.lamp_asked > 0);
}

/* Each call in turn fails once: it opens or it does not, and nothing stays behind. */
static void any_call_may_fail(void **state) {
    const char **names;
    struct buf b = {0};
    int opened = 0, refused = 0, at = 1;
    (void)state;
    a_webcam();
    frame_jpeg(&b, 640, 480, 60);
    for (bool through = false; !through && at < 500; at++) {
        struct camera_frame f;
        bool fresh;
        fake.calls = 0;
        fake.fail_at = 0;
        assert_int_equal(cameras(&names), 1);
        fake.calls = 0;
        fake.fail_at = at;
        enum status s = device.camera_open(NULL, 0);
        opened += !s;
        refused += s != STATUS_OK;
        if (s) assert_int_equal(fake.fds + fake.maps, 0);
        if (!s) {
            assert_true(fill(b.data, b.size, 0));
            enum status seen = device.camera_frame(NULL, &f, &fresh);
            through = fake.calls < at;
            if (through) assert_int_equal(seen, STATUS_OK);
        }
        device.camera_close(NULL);
        assert_int_equal(fake.fds + fake.maps, 0);
    }
    fake.fail_at = 0;
    assert_true(refused > 10 && opened > 5 && at < 500);
    printf("figure: a camera's %d calls failed one by one, %d times it did not open\n", at - 2,
           refused);
    buf_release(&b);
}

/* ---- recorded ---- */

static void put(const char *dir, const char *name, const struct buf *b) {
    struct arena t = {0};
    OK(file_make_dirs(dir));
    OK(file_write(path_join(&t, dir, name), b->data, b->size, 0600));
    arena_release(&t);
}

static void recorded_frames_come_in_through_the_same_door(void **state) {
    struct buf a = {0}, b = {0}, junk = {0};
    const char **names, *dir = scratch("recorded");
    struct arena t = {0};
    char *one = path_join(&t, dir, "kitchen"), *two = path_join(&t, dir, "lounge");
    (void)state;
    frame_jpeg(&a, 320, 240, 60);
    frame_yuyv(&b, 160, 120, 200, 320);
    buf_text(&junk, "this is no frame");
    put(one, "1.mjpeg", &a);
    put(one, "2-160x120.yuyv", &b);
    put(one, "3.mjpeg", &junk);
    put(one, "4-nosize.yuyv", &b);
    put(one, "notes.txt", &junk);
    put(two, "1.mjpeg", &a);
    setenv("LANTERN_CAMERA", dir, 1);
    linux_camera(&device, true); /* also without a window */
    assert_int_equal(cameras(&names), 2);
    assert_string_equal(names[0], "kitchen");
    assert_string_equal(names[1], "lounge");
    OK(device.camera_open(NULL, 0));
    for (int round = 0; round < 2; round++) {
        struct camera_frame f = frame(true);
        assert_int_equal(f.format, FRAME_MJPEG);
        assert_int_equal(f.width, 320);
        assert_int_equal(f.height, 240);
        assert_memory_equal(f.bytes, a.data, a.size);
        f = frame(true);
        assert_int_equal(f.format, FRAME_YUYV);
        assert_int_equal(f.width, 160);
        assert_memory_equal(f.bytes, b.data, b.size);
        frame(false);
        frame(false);
    }
    /* the folder goes: unplugged */
    assert_int_equal(remove(path_join(&t, one, "1.mjpeg")), 0);
    struct camera_frame f;
    bool fresh;
    assert_int_equal(device.camera_frame(NULL, &f, &fresh), STATUS_NOT_FOUND);
    OK(device.camera_open(NULL, 1));
    frame(true);
    setenv("LANTERN_CAMERA", scratch("nothing"), 1);
    device.camera_close(NULL);
    assert_int_equal(cameras(&names), 0);
    unsetenv("LANTERN_CAMERA");
    buf_release(&a);
    buf_release(&b);
    buf_release(&junk);
    arena_release(&t);
}

#define CAMERA_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, take_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CAMERA_TEST(only_cameras_are_listed),
        CAMERA_TEST(the_largest_that_flows_is_chosen),
        CAMERA_TEST(the_newest_jpeg_is_taken),
        CAMERA_TEST(pixels_with_wide_rows),
        CAMERA_TEST(unplugged_in_use),
        CAMERA_TEST(busy_forbidden_strange),
        CAMERA_TEST(no_lamp_is_ever_lit),
        CAMERA_TEST(any_call_may_fail),
        CAMERA_TEST(recorded_frames_come_in_through_the_same_door),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
