/* drop.c -- files that were dropped on the window: told one a frame to a screen that asks,
 * forgotten when none does. */
#include <string.h>

#include "ui/ui_internal.h"

#define DROPPED_BYTES_MAX (64 * 1024)

void drop_add(struct ui *u, const char *path) {
    size_t n = path ? strlen(path) : 0;
    if (!n || n >= DROPPED_BYTES_MAX - u->dropped.size) return;
    buf_add(&u->dropped, path, n + 1);
}

const char *ui_dropped(struct ui *u) {
    BELIEVE(u->in_frame);
    u->dropped_asked = true;
    if (!u->dropped.size) return NULL;
    size_t n = strlen((const char *)u->dropped.data) + 1;
    const char *path = arena_copy(ui_arena(u), u->dropped.data, n);
    memmove(u->dropped.data, u->dropped.data + n, u->dropped.size - n);
    u->dropped.size -= n;
    if (u->dropped.size) ui_wake_in(u, 0);
    return path;
}

void drop_end(struct ui *u) {
    if (!u->dropped_asked) buf_clear(&u->dropped);
    u->dropped_asked = false;
}
