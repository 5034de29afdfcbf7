/* act_private.c -- what somebody writes for nobody else.
 *
 * Journey: the reflect screen → intents private_put and private_erase → here → drafts of this
 * tablet: overwritten in place, sealed at rest where there are PINs, never a record, so they
 * are in no history, no bundle, no report. Only the one who holds the tablet writes under that
 * name; whoever is given that person's PIN by somebody else finds nothing left. */
#include "app/act_care.h"
#include "app/app_state.h"
#include "base/text.h"
#include "model/reflect_load.h"

static enum status put_day(struct act *t, row_id person, const char *code) {
    void *p = NULL;
    size_t n = 0;
    char *key = arena_printf(t->arena, PRIVATE_KEY, (long long)person, code, PRIVATE_DAY);
    enum status s = draft_get(t->j, key, t->arena, &p, &n);
    if (s != STATUS_NOT_FOUND) return s;
    status_clear();
    const char *day = int_text(t->arena, london_day(t->wall_ms));
    return draft_put(t->j, key, day, strlen(day));
}

/* Word: the form, word2: the item. Text NULL or number -1: that half stays. */
enum status act_private_put(struct act *t, const struct intent *in) {
    void *p = NULL;
    size_t n = 0;
    t->nothing = true;
    if (!t->holder || in->row != t->holder) return STATUS_OK;
    char *key = arena_printf(t->arena, PRIVATE_KEY, (long long)t->holder, in->word, in->word2);
    enum status s = draft_get(t->j, key, t->arena, &p, &n);
    if (s && s != STATUS_NOT_FOUND) return s;
    status_clear();
    const char *was = s ? "" : p, *line = strchr(was, '\n');
    int64_t score = in->number >= 0 ? in->number : strtol(was, NULL, 10);
    const char *text = in->text ? in->text : line ? line + 1 : "";
    const char *now = arena_printf(t->arena, "%lld\n%s", (long long)score, text);
    s = draft_put(t->j, key, now, strlen(now));
    return s ? s : put_day(t, t->holder, in->word);
}

struct keys {
    struct arena *a;
    struct buf list; /* of char * */
};

static void note_key(void *ctx, const char *key, const void *p, size_t n) {
    struct keys *k = ctx;
    char *copy = arena_strdup(k->a, key);
    (void)p, (void)n;
    buf_add(&k->list, &copy, sizeof copy);
}

static enum status forget(struct app *a, const char *prefix, const char *typed) {
    struct keys k = {.a = &a->act_arena};
    enum status s = draft_each(a->j, prefix, note_key, &k);
    char *const *all = (char *const *)(void *)k.list.data;
    for (size_t i = 0; !s && i < k.list.size / sizeof *all; i++)
        s = draft_put(a->j, all[i], NULL, 0);
    buf_release(&k.list);
    if (!s) s = drafts_forget(a, typed);
    if (!s) ui_field_forget(a->ui, typed);
    a->model_stale = true;
    return s;
}

enum status private_forget_of(struct app *a, row_id person) {
    struct arena *t = &a->act_arena;
    return forget(a, arena_printf(t, PRIVATE_OF, (long long)person),
                  arena_printf(t, "reflect/%lld/", (long long)person));
}

enum status act_private_erase(struct act *t, const struct intent *in) {
    t->nothing = true;
    if (!t->holder || in->row != t->holder) return STATUS_OK;
    return forget(t->app,
                  arena_printf(t->arena, PRIVATE_KEY, (long long)t->holder, in->word, ""),
                  arena_printf(t->arena, "reflect/%lld/%s/", (long long)t->holder, in->word));
}
