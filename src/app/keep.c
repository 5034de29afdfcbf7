/* keep.c -- what is under the finger is written after every frame: typing, where one is, the
 * cover. When the disk does not take it, nothing is lost: it stays on the screen and in memory,
 * the person is told, and it is tried again each second until it is kept.
 *
 * A failed intent leaves its typing as a draft. When the disk works again those fields count as
 * changed once more, so that the screen makes the record that it could not make before. */
#include "app/app_state.h"

#include <sys/stat.h>

#include "base/log.h"
#include "base/text.h"

#define RETRY_MS   1000
#define RESTING_MS 3000

/* Failures of the disk or of another program pass; the others are about what was asked. */
bool status_of_disk(enum status s) {
    return s == STATUS_IO || s == STATUS_DISK_FULL || s == STATUS_READ_ONLY || s == STATUS_BUSY;
}

/* ---- is the database still where it was? ----
 * An open file lives on when its folder is removed: everything would seem to be kept, and be
 * gone at the next start. */

static bool look(const char *path, uint64_t out[2]) {
    struct stat st;
    if (stat(path, &st)) return false;
    out[0] = (uint64_t)st.st_dev;
    out[1] = (uint64_t)st.st_ino;
    return true;
}

void keep_opened(struct app *a, const char *path) {
    text_copy(a->db_path, sizeof a->db_path, path);
    a->db_known = look(path, a->db_file);
    a->gone = a->waiting = false;
    a->stack_kept = 0;
    arena_reset(&a->waiting_arena);
    a->waiting_fields = NULL;
}

bool data_gone(struct app *a) {
    uint64_t now[2];
    if (!a->db_known) return false;
    bool there = look(a->db_path, now) && memcmp(now, a->db_file, sizeof now) == 0;
    if (there == a->gone) log_line(there ? "data is back" : "data is gone");
    a->gone = !there;
    return a->gone;
}

/* ---- typing that could not be kept ---- */

static void wait_field(struct app *a, const char *key, const char *text) {
    for (struct waiting_field *w = a->waiting_fields; w; w = w->next) {
        if (!text_equal(w->key, key)) continue;
        w->text = arena_strdup(&a->waiting_arena, text);
        return;
    }
    struct waiting_field *w = ARENA_NEW(&a->waiting_arena, struct waiting_field);
    w->key = arena_strdup(&a->waiting_arena, key);
    w->text = arena_strdup(&a->waiting_arena, text);
    w->next = a->waiting_fields;
    a->waiting_fields = w;
}

static void keep_one(void *ctx, const char *key, const char *text) {
    wait_field(ctx, key, text);
}

/* What became a record needs no draft any more. */
void keep_forget(struct app *a, const char *prefix) {
    struct waiting_field **at = &a->waiting_fields;
    while (*at) {
        if (text_starts((*at)->key, prefix)) {
            *at = (*at)->next;
        } else {
            at = &(*at)->next;
        }
    }
}

static enum status keep_fields(struct app *a) {
    ui_drafts_changed(a->ui, keep_one, a);
    while (a->waiting_fields) {
        struct waiting_field *w = a->waiting_fields;
        enum status s = draft_field_put(a, w->key, w->text);
        if (s == STATUS_TOO_LARGE) log_line("a field is too long for a draft");
        if (s && s != STATUS_TOO_LARGE) return s;
        a->waiting_fields = w->next;
    }
    arena_reset(&a->waiting_arena);
    return STATUS_OK;
}

/* ---- each frame ---- */

enum status keep_now(struct app *a) {
    if (a->gone) return status_fail(STATUS_IO, "%s", a->db_path);
    enum status s = keep_fields(a);
    if (!s) s = stack_keep(a);
    if (!s) s = cover_keep(a);
    return s;
}

static void kept_again(struct app *a) {
    a->waiting = false;
    if (status_of_disk(a->problem.status)) a->problem = (struct problem){0};
    if (a->failed_draft[0]) drafts_again(a, a->failed_draft);
    a->failed_draft[0] = '\0';
    a->model_stale = true;
    log_line("kept again");
    if (!a->covered) ui_toast(a->ui, 0, word(a->words, "common.kept_again"), NULL);
}

/* A line while one writes or touches, since a sheet would take the keys away from the field;
 * the sheet, once, when the fingers rest. */
static void not_kept(struct app *a, enum status s) {
    bool resting = clock_boot(&a->clock) - a->touched_boot >= RESTING_MS;
    if (!a->waiting) a->waiting_told = false;
    if (resting && !a->waiting_told) {
        a->waiting_told = true;
        app_told(a, s);
    }
    a->waiting = true;
    a->retry_boot = clock_boot(&a->clock) + RETRY_MS;
    a->stack_kept = 0; /* so that the next try writes, whatever else there is */
    ui_toast(a->ui, 0, word(a->words, "common.not_kept"), NULL);
}

/* An intent could not be written: from here on it is tried whether the disk works again. */
void keep_failed(struct app *a, enum status s, const char *draft) {
    if (!status_of_disk(s)) return;
    if (draft) text_copy(a->failed_draft, sizeof a->failed_draft, draft);
    a->waiting = a->waiting_told = true;
    a->retry_boot = clock_boot(&a->clock) + RETRY_MS;
    a->stack_kept = 0;
}

void keep_step(struct app *a) {
    int64_t boot = clock_boot(&a->clock);
    if (boot - a->looked_boot >= RETRY_MS || boot < a->looked_boot) {
        a->looked_boot = boot;
        data_gone(a);
    }
    if (a->waiting && boot < a->retry_boot) return;
    enum status s = keep_now(a);
    if (s) {
        not_kept(a, s);
    } else if (a->waiting) {
        kept_again(a);
    }
}

int keep_wait_ms(const struct app *a) {
    int64_t left = a->retry_boot - clock_boot(&a->clock);
    if (!a->waiting) return -1;
    return left < 0 ? 0 : left > RETRY_MS ? RETRY_MS : (int)left;
}
