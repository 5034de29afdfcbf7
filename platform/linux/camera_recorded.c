/* camera_recorded.c -- a folder of recorded frames as a camera: NAME.mjpeg, and NAME-WxH.yuyv,
 * in the order of their names, over and over. Folders inside it are further cameras. When the
 * folder goes away, the camera was unplugged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "platform/linux/camera_inside.h"

/* The one that is open. */
static struct {
    struct arena arena;
    char **paths;
    size_t count, next;
} play;

static bool ends(const char *name, const char *end) {
    size_t n = strlen(name), k = strlen(end);
    return n > k && strcmp(name + n - k, end) == 0;
}

static bool is_frame(const char *name) {
    return ends(name, ".mjpeg") || ends(name, ".yuyv");
}

static bool has_frames(struct arena *t, const char *dir) {
    char **names;
    size_t n;
    if (dir_list(t, dir, NULL, &names, &n)) return false;
    for (size_t i = 0; i < n; i++)
        if (is_frame(names[i])) return true;
    return false;
}

static size_t add(struct arena *t, const char *dir, struct camera_named *out, size_t n,
                  size_t most) {
    if (n >= most || strlen(dir) >= sizeof out->path || !has_frames(t, dir)) return n;
    text_copy(out[n].name, sizeof out[n].name, path_name(dir));
    text_copy(out[n].path, sizeof out[n].path, dir);
    return n + 1;
}

size_t camera_recordings(const char *dir, struct camera_named *out, size_t most) {
    struct arena t = {0};
    char **names;
    size_t n = 0, inside = 0;
    n = add(&t, dir, out, n, most);
    if (dir_list(&t, dir, NULL, &names, &inside)) inside = 0;
    for (size_t i = 0; i < inside; i++) {
        char *path = path_join(&t, dir, names[i]);
        if (file_is_dir(path)) n = add(&t, path, out, n, most);
    }
    arena_release(&t);
    return n;
}

enum status recorded_open(const char *path) {
    char **names;
    size_t n;
    recorded_close();
    enum status s = dir_list(&play.arena, path, NULL, &names, &n);
    if (s) return s;
    play.paths = ARENA_ARRAY(&play.arena, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (is_frame(names[i]))
            play.paths[play.count++] = path_join(&play.arena, path, names[i]);
    return play.count ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s: no frames", path);
}

void recorded_close(void) {
    arena_release(&play.arena);
    play.paths = NULL;
    play.count = play.next = 0;
}

/* "NAME-WxH.yuyv" */
static bool size_of_name(const char *path, int *w, int *h) {
    const char *dash = strrchr(path_name(path), '-');
    char *end = NULL;
    if (!dash) return false;
    long wide = strtol(dash + 1, &end, 10);
    if (*end != 'x') return false;
    long high = strtol(end + 1, &end, 10);
    if (strcmp(end, ".yuyv") != 0 || wide <= 0 || high <= 0 || wide > 30000 || high > 30000)
        return false;
    *w = (int)wide;
    *h = (int)high;
    return true;
}

/* A device tells the size beside the bytes; here it stands in the JPEG's frame header. */
static bool size_of_jpeg(const struct buf *b, int *w, int *h) {
    struct cursor c = cursor_of(b->data, b->size);
    cursor_take(&c, 2);
    while (!c.bad) {
        if (cursor_byte(&c) != 0xFF) return false;
        uint8_t sort = cursor_byte(&c);
        const uint8_t *n = cursor_take(&c, 2);
        size_t size = n ? (size_t)n[0] << 8 | n[1] : 0;
        const uint8_t *body = size >= 2 ? cursor_take(&c, size - 2) : NULL;
        if (!body) return false;
        if (sort < 0xC0 || sort > 0xC2 || size < 8) continue;
        *h = body[1] << 8 | body[2];
        *w = body[3] << 8 | body[4];
        return true;
    }
    return false;
}

enum status recorded_frame(bool *fresh) {
    struct buf b = {0};
    int w = 0, h = 0;
    const char *path = play.paths[play.next];
    play.next = (play.next + 1) % play.count;
    enum status s = file_read(path, FRAME_BYTES_MOST, &b);
    if (s) return s;
    if (ends(path, ".mjpeg")) {
        *fresh =
            size_of_jpeg(&b, &w, &h) && camera_newest(FRAME_MJPEG, w, h, 0, b.data, b.size);
    } else {
        *fresh = size_of_name(path, &w, &h) &&
                 camera_newest(FRAME_YUYV, w, h, (size_t)w * 2, b.data, b.size);
    }
    buf_release(&b);
    return STATUS_OK;
}
