/* context.h -- what a loader gets. One loader a screen, in model/NAME_load.c:
 *     enum status NAME_load(const struct load_context *c, struct arena *a, const void **out);
 * with its prototype in NAME_load.h and its struct in NAME_model.h (which screens include).
 *
 * A loader reads the projected tables through store/query.h into a struct in `a` (the screen's
 * arena, reset at each reload) and returns it through *out. It runs when the journal's
 * generation moved or the place changed, never while drawing. Long lists are windows (first,
 * count, total). Nothing is invented: what is not in the database is left out. */
#ifndef MODEL_CONTEXT_H
#define MODEL_CONTEXT_H

#include "base/clock.h"
#include "base/words.h"
#include "care/framework.h"
#include "care/template.h"
#include "store/journal.h"

struct outbox; /* model/send_model.h */
struct walk_cache;     /* model/walk_cache.h */
struct findings_known; /* model/findings_model.h */
struct frameworks; /* care/frameworks.h */

struct load_context {
    struct journal *j;
    const struct words *words;
    const struct framework *framework;
    const struct template *const
        *templates; /* built in and from packs, sorted by title; newest version of each code */
    size_t templates_count;
    int64_t wall_ms, boot_ms;
    row_id service;    /* chosen service, 0 none */
    row_id row, other; /* the place's */
    const char *word, *word2;
    bool night;
    const char *boot_id;       /* which start of the machine this is */
    const char *const *sticks; /* folders where a bundle could be saved: removable media first,
                                  then Documents */
    size_t sticks_count;
    const struct outbox *outbox; /* what waits for the office; only for the send screen, else NULL */
    const struct findings_known *known; /* what sync knows of the devices; only for verify and
                                           the report, else NULL */
    struct walk_cache *walked; /* answers as they were read last (model/walk_cache.h); NULL: none are kept */
    bool reading; /* a check is read, not walked: last time's results and what is said to be done are left out */
    const char *folder; /* that the camera page shows to pick from; NULL: the first there is */
    int text_percent;
    const char *theme; /* day | night | auto */
    bool left_hand, sample;
    const char *version;
    const char *data_dir;
    const char *assets;
    /* A visit's own form as it was (its blob), else the built-in of that code; cached by the
     * app. NULL when unknown. */
    const struct template *(*template_of)(void *ctx, row_id visit);
    /* The forms of `templates` are heads, their sections and items NULL until somebody asks: see form_whole. */
    const struct template *(*whole)(void *ctx, const struct template *head);
    void *ctx;
    /* All frameworks at hand, read when first asked for; NULL when none can be read. */
    const struct frameworks *(*frameworks)(void *ctx);
};

/* The form with its questions: the same pointer, filled once for all. NULL when it can no longer be read. */
static inline const struct template *form_whole(const struct load_context *c, const struct template *head) {
    return head && !head->items && c->whole ? c->whole(c->ctx, head) : head;
}
#endif
