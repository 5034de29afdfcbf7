/* room.c -- how much room the tablet's disk has left, while something could still be done.
 *
 * Looked at every few seconds when a frame is drawn anyway. Low: Home says so, and one line
 * once. Nearly none: no new photos and no voice, so that answers, which are small, go on. */
#include "app/app_state.h"

#include "base/file.h"
#include "base/log.h"

#define LOOK_MS  5000
#define LOW      (200LL * 1000 * 1000)
#define NONE     (50LL * 1000 * 1000)
#define MEGABYTE 1000000

/* What was freed in the database's file is room for the next photo, though the file stays. */
static int64_t free_bytes(const struct app *a) {
    const struct platform *p = a->platform;
    int64_t n =
        p->free_bytes ? p->free_bytes(p->ctx, a->data_dir) : file_free_bytes(a->data_dir);
    return n < 0 ? n : n + journal_spare_bytes(a->j);
}

static enum storage_room room_of(int64_t bytes) {
    if (bytes < 0 || bytes >= LOW) return ROOM_ENOUGH; /* unknown refuses nobody */
    return bytes < NONE ? ROOM_NONE : ROOM_LOW;
}

static void tell(struct app *a) {
    const char *key = a->scene.room_state == ROOM_NONE ? "common.room_none" : "common.room_low";
    char *left = int_text(&a->act_arena, a->scene.room_bytes / MEGABYTE);
    ui_toast(a->ui, 0, words_say(&a->act_arena, a->words, key, left), NULL);
    log_line("%s MB free", left);
}

void room_step(struct app *a) {
    int64_t now = clock_boot(&a->clock);
    if (a->room_known && now - a->room_boot < LOOK_MS) return;
    enum storage_room before = a->scene.room_state;
    a->room_known = true;
    a->room_boot = now;
    a->scene.room_bytes = free_bytes(a);
    a->scene.room_state = room_of(a->scene.room_bytes);
    bool home = a->depth == 1; /* has a card that says it */
    if (a->scene.room_state > before && !a->covered && !home) tell(a);
}
