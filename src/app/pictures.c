/* pictures.c -- see pictures.h.
 *
 * An entry is one picture at one size. A larger one is read while the smaller is shown, and
 * takes its place. Sizes come in four steps, so that a pinch does not read it over and over. */
#include "app/pictures.h"

#include "app/app_state.h"
#include "base/hash.h"
#include "base/log.h"
#include "media/picture.h"
#include "store/query.h"

#define ENTRIES 512

enum entry_state { ENTRY_FREE, ENTRY_WANTED, ENTRY_READY, ENTRY_MISSING, ENTRY_BAD };
struct picture_entry {
    enum entry_state state;
    hash256 name, thumb; /* thumb: of a larger one, zero: none known */
    int side;
    struct picture *picture;
    struct ui_image image;
    int64_t asked, generation; /* frame; when it was missing */
};
struct pictures {
    struct picture_entry all[ENTRIES];
    int64_t frame;
    size_t bytes;
    struct picture_reader *reader; /* of `reads` */
    struct picture_entry *reads;
    struct buf blob;
};

static struct pictures *pictures_of(struct app *a) {
    if (!a->pictures) a->pictures = ARENA_NEW(&a->own, struct pictures);
    return a->pictures;
}

static size_t bytes_of(const struct picture *p) {
    return p ? (size_t)picture_width(p) * (size_t)picture_height(p) * sizeof(uint32_t) : 0;
}

static void stop_reading(struct pictures *c) {
    picture_read_free(c->reader);
    c->reader = NULL;
    c->reads = NULL;
    buf_wipe(&c->blob);
}

static void let_go(struct pictures *c, struct picture_entry *e) {
    if (c->reads == e) stop_reading(c);
    c->bytes -= bytes_of(e->picture);
    picture_free(e->picture);
    *e = (struct picture_entry){0};
}

void pictures_wipe(struct app *a) {
    struct pictures *c = a->pictures;
    if (!c) return;
    stop_reading(c);
    for (int i = 0; i < ENTRIES; i++)
        if (c->all[i].state) let_go(c, &c->all[i]);
    BELIEVE(c->bytes == 0);
}

void pictures_forget(struct app *a, const hash256 *name) {
    struct pictures *c = a->pictures;
    for (int i = 0; c && i < ENTRIES; i++)
        if (c->all[i].state && hash_equal(&c->all[i].name, name)) let_go(c, &c->all[i]);
}

size_t pictures_held(const struct app *a) {
    return a->pictures ? a->pictures->bytes : 0;
}

/* ---- room ---- */

static struct picture_entry *oldest(struct pictures *c, bool with_pixels) {
    struct picture_entry *found = NULL;
    for (int i = 0; i < ENTRIES; i++) {
        struct picture_entry *e = &c->all[i];
        if (!e->state || e == c->reads || e->asked + 1 >= c->frame) continue;
        if (with_pixels && !e->picture) continue;
        if (!found || e->asked < found->asked) found = e;
    }
    return found;
}

/* What the last frame showed stays, whatever it takes: this one will show it too. */
static void make_room(struct pictures *c) {
    struct picture_entry *e;
    while (c->bytes > PICTURES_BYTES && (e = oldest(c, true)))
        let_go(c, e);
}

static struct picture_entry *entry_for(struct pictures *c) {
    for (int i = 0; i < ENTRIES; i++)
        if (!c->all[i].state) return &c->all[i];
    struct picture_entry *e = oldest(c, false);
    if (e) let_go(c, e);
    return e;
}

/* ---- asking ---- */

static int side_for(const struct app *a, float dp) {
    static const int sides[] = {THUMB_SIDE, 640, 1024, PICTURE_SIDE_MOST};
    float scale = ui_scale(a->ui);
    for (size_t i = 0; i + 1 < sizeof sides / sizeof sides[0]; i++)
        if (dp * scale <= (float)sides[i]) return sides[i];
    return PICTURE_SIDE_MOST;
}

/* At that size or larger, the smallest; else the largest that is smaller. */
static struct picture_entry *best(struct pictures *c, const hash256 *name, int side) {
    struct picture_entry *found = NULL;
    for (int i = 0; i < ENTRIES; i++) {
        struct picture_entry *e = &c->all[i];
        if (e->state != ENTRY_READY || !hash_equal(&e->name, name)) continue;
        bool enough = e->side >= side, had = found && found->side >= side;
        if (!found || (enough && !had) || (enough == had && (e->side < found->side) == enough))
            found = e;
    }
    return found;
}

static struct picture_entry *same(struct pictures *c, const hash256 *name, int side) {
    for (int i = 0; i < ENTRIES; i++)
        if (c->all[i].state && c->all[i].side == side && hash_equal(&c->all[i].name, name))
            return &c->all[i];
    return NULL;
}

static hash256 thumb_of(struct app *a, const hash256 *name) {
    hash256 out = {{0}};
    struct query q;
    query_open(&q, a->j,
               "SELECT thumb FROM attachment WHERE hash = ?1 AND thumb IS NOT NULL LIMIT 1", 0);
    query_bind_bytes(&q, 1, name->b, sizeof name->b);
    if (query_next(&q)) {
        size_t n = 0;
        const void *p = query_bytes(&q, 0, &n);
        if (p && n == sizeof out) memcpy(&out, p, sizeof out);
    }
    if (query_close(&q)) log_line("thumbnail not looked up");
    return out;
}

static void want(struct app *a, const hash256 *name, int side) {
    struct pictures *c = a->pictures;
    struct picture_entry *e = same(c, name, side);
    if (!e) {
        e = entry_for(c);
        if (!e) return; /* more on one page than there are entries */
        *e = (struct picture_entry){.state = ENTRY_WANTED, .name = *name, .side = side};
        if (side > THUMB_SIDE) e->thumb = thumb_of(a, name);
        ui_wake_in(a->ui, 0);
    } else if (e->state == ENTRY_MISSING && e->generation != journal_generation(a->j)) {
        e->state = ENTRY_WANTED; /* a bundle may have brought it */
        ui_wake_in(a->ui, 0);
    }
    e->asked = c->frame;
}

static const struct ui_image *shown(struct pictures *c, struct picture_entry *e) {
    e->asked = c->frame;
    return &e->image;
}

static const struct ui_image *image(void *ctx, const hash256 *name, float longest_dp) {
    struct app *a = ctx;
    struct pictures *c = pictures_of(a);
    if (hash_is_zero(name) || a->covered) return NULL;
    int side = side_for(a, longest_dp);
    struct picture_entry *e = best(c, name, side);
    if (e && e->side >= side) return shown(c, e);
    want(a, name, side);
    if (e) return shown(c, e);
    e = same(c, name, side);
    if (!e || hash_is_zero(&e->thumb) || hash_equal(&e->thumb, name)) return NULL;
    struct picture_entry *t = best(c, &e->thumb, THUMB_SIDE);
    if (t) return shown(c, t);
    want(a, &e->thumb, THUMB_SIDE);
    return NULL;
}

void pictures_scene(struct app *a) {
    a->scene.image = image;
    a->scene.image_ctx = a;
}

/* ---- reading ---- */

/* What the page asked for last, small ones first: a list fills before its large picture. */
static struct picture_entry *next_wanted(struct pictures *c) {
    struct picture_entry *found = NULL;
    for (int i = 0; i < ENTRIES; i++) {
        struct picture_entry *e = &c->all[i];
        if (e->state != ENTRY_WANTED) continue;
        bool later = found && e->asked > found->asked;
        bool smaller = found && e->asked == found->asked && e->side < found->side;
        if (!found || later || smaller) found = e;
    }
    return found;
}

static void failed(struct app *a, struct picture_entry *e, enum status s) {
    bool missing = s == STATUS_NOT_FOUND || s == STATUS_IO || s == STATUS_BUSY;
    e->state = missing ? ENTRY_MISSING : ENTRY_BAD;
    e->generation = journal_generation(a->j);
    if (!missing) log_line("a picture does not read: %s", status_key(s));
    stop_reading(a->pictures);
}

static void begin(struct app *a, struct picture_entry *e) {
    struct pictures *c = a->pictures;
    c->reads = e;
    enum status s = blob_get(a->j, &e->name, &c->blob);
    if (!s) s = picture_read_start(&c->reader, c->blob.data, c->blob.size, e->side);
    if (s) failed(a, e, s);
}

/* Smaller ones of the same picture are not needed any more. */
static void ready(struct app *a, struct picture_entry *e) {
    struct pictures *c = a->pictures;
    e->picture = picture_read_take(c->reader);
    e->image = (struct ui_image){.argb = picture_argb(e->picture),
                                 .w = picture_width(e->picture),
                                 .h = picture_height(e->picture),
                                 .version = ++a->picture_version};
    e->state = ENTRY_READY;
    e->asked = c->frame;
    c->bytes += bytes_of(e->picture);
    stop_reading(c);
    for (int i = 0; i < ENTRIES; i++) {
        struct picture_entry *o = &c->all[i];
        if (o != e && o->state == ENTRY_READY && o->side < e->side &&
            hash_equal(&o->name, &e->name))
            let_go(c, o);
    }
}

static bool read_some(struct app *a, int ms) {
    struct pictures *c = a->pictures;
    bool done = false;
    double part;
    if (!c->reads) {
        struct picture_entry *e = next_wanted(c);
        if (!e) return false;
        begin(a, e);
        if (!c->reads) return true;
    }
    enum status s = picture_read_step(c->reader, ms, &done, &part);
    if (s) {
        failed(a, c->reads, s);
    } else if (done) {
        ready(a, c->reads);
    }
    return true;
}

bool pictures_reading(const struct app *a) {
    return a->pictures && (a->pictures->reads || next_wanted(a->pictures));
}

/* What nobody looks at any more is not read to its end. */
static void drop_stale(struct pictures *c) {
    for (int i = 0; i < ENTRIES; i++) {
        struct picture_entry *e = &c->all[i];
        if (e->state == ENTRY_WANTED && e->asked + 2 < c->frame) let_go(c, e);
    }
}

void pictures_step(struct app *a) {
    struct pictures *c = pictures_of(a);
    if (a->covered) {
        pictures_wipe(a);
        return;
    }
    drop_stale(c);
    struct clock real = clock_system(); /* a test's clock stands still */
    int64_t end = clock_boot(&real) + PICTURES_MS;
    for (int left = PICTURES_MS; left > 0 && read_some(a, left);)
        left = (int)(end - clock_boot(&real));
    c->frame++;
    make_room(c);
    if (pictures_reading(a)) ui_wake_in(a->ui, 0);
}
