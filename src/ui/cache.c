/* cache.c -- finished pictures (a shaped line of text, a rounded corner, a stroke) as textures,
 * by hash.
 *
 * A frame of a busy screen is some hundred blits of pictures that were made once. The least
 * recently used go when the bytes pass the limit; what this frame uses never goes. A key is a
 * 64-bit hash of everything that makes the picture; two pictures with one hash are not to be
 * expected in the life of a tablet. */
#include "ui/cache.h"

#include "base/keys.h"

#define SLOTS     8192 /* a power of two */
#define LIVE_MAX  4096
#define PROBE_MAX 64

struct textures {
    struct picture slots[SLOTS];
    size_t bytes, bytes_max;
    int live;
    int64_t tick;
};

void textures_open(struct ui *u) {
    u->textures = ARENA_NEW(&u->life, struct textures);
    u->textures->bytes_max = 48u << 20;
}

static void drop(struct textures *t, struct picture *p) {
    SDL_DestroyTexture(p->texture);
    t->bytes -= p->bytes;
    t->live--;
    *p = (struct picture){.key = p->key}; /* the key stays, so that probes go on past it */
}

void textures_clear(struct ui *u) {
    struct textures *t = u->textures;
    if (!t) return;
    for (int i = 0; i < SLOTS; i++)
        if (t->slots[i].texture) SDL_DestroyTexture(t->slots[i].texture);
    memset(t->slots, 0, sizeof t->slots);
    t->bytes = 0;
    t->live = 0;
}

struct picture *texture_find(struct ui *u, uint64_t key) {
    struct textures *t = u->textures;
    for (uint64_t i = 0; i < PROBE_MAX; i++) {
        struct picture *p = &t->slots[(key + i) & (SLOTS - 1)];
        if (!p->key) return NULL;
        if (p->key != key || !p->texture) continue;
        p->used = t->tick;
        return p;
    }
    return NULL;
}

/* The oldest picture that this frame has not used. */
static struct picture *oldest(struct textures *t) {
    struct picture *best = NULL;
    for (int i = 0; i < SLOTS; i++) {
        struct picture *p = &t->slots[i];
        if (p->texture && p->used < t->tick && (!best || p->used < best->used)) best = p;
    }
    return best;
}

static struct picture *free_slot(struct textures *t, uint64_t key) {
    struct picture *least_used = NULL;
    for (uint64_t i = 0; i < PROBE_MAX; i++) {
        struct picture *p = &t->slots[(key + i) & (SLOTS - 1)];
        if (!p->texture) return p;
        if (!least_used || p->used < least_used->used) least_used = p;
    }
    drop(t, least_used);
    return least_used;
}

struct picture *texture_keep(struct ui *u, uint64_t key, SDL_Surface *s) {
    if (!s) return NULL;
    struct textures *t = u->textures;
    SDL_Texture *texture = SDL_CreateTextureFromSurface(window_renderer(u), s);
    if (!texture) return NULL;
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    struct picture *p = free_slot(t, key);
    *p = (struct picture){.key = key,
                          .texture = texture,
                          .w = s->w,
                          .h = s->h,
                          .used = t->tick,
                          .bytes = (size_t)s->w * (size_t)s->h * 4};
    t->bytes += p->bytes;
    t->live++;
    return p;
}

struct picture *texture_make(struct ui *u, uint64_t key, int w, int h) {
    struct textures *t = u->textures;
    SDL_Texture *texture = SDL_CreateTexture(window_renderer(u), SDL_PIXELFORMAT_ARGB8888,
                                             SDL_TEXTUREACCESS_STREAMING, w, h);
    if (!texture) return NULL;
    struct picture *p = free_slot(t, key);
    *p = (struct picture){.key = key,
                          .texture = texture,
                          .w = w,
                          .h = h,
                          .used = t->tick,
                          .bytes = (size_t)w * (size_t)h * 4,
                          .streams = true};
    t->bytes += p->bytes;
    t->live++;
    return p;
}

void texture_drop(struct ui *u, struct picture *p) {
    drop(u->textures, p);
}

void textures_wipe(struct ui *u) {
    for (int i = 0; u->textures && i < SLOTS; i++) {
        const struct picture *p = &u->textures->slots[i];
        void *px;
        int pitch;
        if (!p->texture || !p->streams || SDL_LockTexture(p->texture, NULL, &px, &pitch))
            continue;
        key_wipe(px, (size_t)pitch * (size_t)p->h);
        SDL_UnlockTexture(p->texture);
    }
}

size_t textures_bytes(const struct ui *u) {
    return u->textures->bytes;
}

void textures_tick(struct ui *u) {
    struct textures *t = u->textures;
    while (t->bytes > t->bytes_max || t->live > LIVE_MAX) {
        struct picture *p = oldest(t);
        if (!p) break;
        drop(t, p);
    }
    t->tick++;
}
