/* stack.c -- where one is in the app, and the typing under way: both are drafts, as durable as
 * a record, so that a crash or a flat battery lands on the same question with everything there.
 */
#include "app/app_state.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"

#define STACK_DRAFT   "app/stack"
#define FIELD_DRAFT   "field/"
#define STACK_VERSION 2

static void enter(struct app *a, int at, const struct place *to) {
    memset(&a->stack[at], 0, sizeof a->stack[at]);
    a->stack[at].place = *to;
    a->model_stale = true;
}

void stack_push(struct app *a, const struct place *to) {
    if (a->depth == STACK_MAX) { /* the oldest above Home makes room */
        memmove(&a->stack[1], &a->stack[2], sizeof a->stack[0] * (STACK_MAX - 2));
        a->depth--;
    }
    enter(a, a->depth++, to);
}

void stack_replace(struct app *a, const struct place *to) {
    enter(a, a->depth - 1, to);
}

void stack_pop(struct app *a) {
    if (a->depth > 1) a->depth--;
    a->model_stale = true;
}

void stack_home(struct app *a) {
    a->depth = 1;
    enter(a, 0, &(struct place){.screen = SCREEN_home});
}

static size_t state_size(const struct entry *e) {
    return screen_of((enum screen_id)e->place.screen)->state_size;
}

static void put_stack(struct app *a, struct buf *b) {
    buf_u32(b, STACK_VERSION);
    buf_u32(b, (uint32_t)a->depth);
    for (int i = 0; i < a->depth; i++) {
        const struct entry *e = &a->stack[i];
        buf_add(b, &e->place, sizeof e->place);
        buf_u32(b, (uint32_t)state_size(e));
        buf_add(b, e->state, state_size(e));
    }
}

static uint64_t short_hash(const struct buf *b) {
    hash256 h = hash_of(b->data, b->size);
    uint64_t out;
    memcpy(&out, &h, sizeof out);
    return out;
}

/* Where the pages are scrolled to goes along with what is written anyway: a scroll alone is no
 * reason to wake the disk until one rests (scrolls_keep). */
enum status stack_keep(struct app *a) {
    struct buf b = {0}, scrolls = {0};
    enum status s = STATUS_OK;
    put_stack(a, &b);
    uint64_t now = short_hash(&b);
    if (now != a->stack_kept) {
        ui_scrolls_keep(a->ui, &scrolls);
        buf_add(&b, scrolls.data, scrolls.size);
        s = draft_put(a->j, STACK_DRAFT, b.data, b.size);
        if (!s) a->stack_kept = now;
        if (!s) a->scrolls_kept = short_hash(&scrolls);
    }
    buf_release(&scrolls);
    buf_release(&b);
    return s;
}

void scrolls_keep(struct app *a) {
    struct buf now = {0};
    ui_scrolls_keep(a->ui, &now);
    if (short_hash(&now) != a->scrolls_kept) a->stack_kept = 0;
    buf_release(&now);
}

/* A draft of another version, or of a screen whose state has changed its size, is left: one
 * starts at Home. */
static bool read_stack(struct app *a, const void *p, size_t n) {
    struct cursor c = cursor_of(p, n);
    if (cursor_u32(&c) != STACK_VERSION) return false;
    uint32_t depth = cursor_u32(&c);
    if (depth < 1 || depth > STACK_MAX) return false;
    for (uint32_t i = 0; i < depth; i++) {
        struct place place;
        const uint8_t *raw = cursor_take(&c, sizeof place);
        if (!raw) return false;
        memcpy(&place, raw, sizeof place);
        if (place.screen <= SCREEN_none || place.screen >= SCREEN_COUNT) return false;
        enter(a, (int)i, &place);
        size_t size = cursor_u32(&c);
        const uint8_t *state = cursor_take(&c, size);
        if (!state || size != state_size(&a->stack[i])) return false;
        memcpy(a->stack[i].state, state, size);
    }
    if (c.bad) return false;
    a->depth = (int)depth;
    ui_scrolls_bring(a->ui, c.p, (size_t)(c.end - c.p));
    return true;
}

void stack_restore(struct app *a) {
    void *p = NULL;
    size_t n = 0;
    stack_home(a);
    a->stack_kept = 0;
    if (draft_get(a->j, STACK_DRAFT, &a->act_arena, &p, &n) || !n) return;
    if (!read_stack(a, p, n)) stack_home(a);
}

static void preload(void *ctx, const char *key, const void *p, size_t n) {
    struct app *a = ctx;
    ui_field_preload(a->ui, key + strlen(FIELD_DRAFT), arena_strndup(&a->act_arena, p, n));
}

void drafts_restore(struct app *a) {
    if (draft_each(a->j, FIELD_DRAFT, preload, a)) log_line("drafts not restored");
}

/* An emptied field is a draft too: what it held before must not come back. */
enum status draft_field_put(struct app *a, const char *key, const char *text) {
    char *full = arena_printf(&a->act_arena, FIELD_DRAFT "%s", key);
    return draft_put(a->j, full, text, *text ? strlen(text) : 1);
}

struct again {
    struct app *app;
    const char *prefix;
};

static void load_again(void *ctx, const char *key, const void *p, size_t n) {
    struct again *g = ctx;
    const char *name = key + strlen(FIELD_DRAFT), *text = ui_field_text(g->app->ui, name);
    if (!text_starts(name, g->prefix)) return;
    if (!text) text = arena_strndup(&g->app->act_arena, p, n);
    ui_field_preload(g->app->ui, name, arena_strdup(&g->app->act_arena, text));
}

void drafts_again(struct app *a, const char *prefix) {
    struct again g = {.app = a, .prefix = prefix};
    if (draft_each(a->j, FIELD_DRAFT, load_again, &g)) log_line("drafts not read again");
}

struct forgetting {
    struct app *app;
    char *keys[64];
    int count;
};

static void note_key(void *ctx, const char *key, const void *p, size_t n) {
    struct forgetting *f = ctx;
    (void)p, (void)n;
    if (f->count < 64) f->keys[f->count++] = arena_strdup(&f->app->act_arena, key);
}

enum status drafts_forget(struct app *a, const char *prefix) {
    struct forgetting f = {.app = a};
    char *full = arena_printf(&a->act_arena, FIELD_DRAFT "%s", prefix);
    enum status s = draft_each(a->j, full, note_key, &f);
    for (int i = 0; !s && i < f.count; i++)
        s = draft_put(a->j, f.keys[i], NULL, 0);
    return s;
}
