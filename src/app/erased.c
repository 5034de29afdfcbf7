/* erased.c -- a pack erased something: no copy of it stays at hand.
 *
 * The journal has dropped the words, and what is on the screen is loaded anew. What is left is
 * what this program holds beside the journal: batches of undo, which could bring a former
 * version back, and typing under way that began with the erased words. */
#include "app/app_state.h"
#include "app/pictures.h"
#include "app/recorder.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"
#include "store/query.h"

#define KEYS_MOST 256

struct drafts {
    struct app *app;
    char *keys[KEYS_MOST];
    int count;
};

static void note_key(void *ctx, const char *key, const void *p, size_t n) {
    struct drafts *d = ctx;
    (void)p, (void)n;
    if (d->count < KEYS_MOST) d->keys[d->count++] = arena_strdup(&d->app->act_arena, key);
}

static bool is_erased(struct app *a, row_id row) {
    return row && query_one_int(a->j, 0,
                                "SELECT count(*) FROM erase WHERE \"row\" = ?1 AND "
                                "withdrawn = 0",
                                1, row) > 0;
}

/* "answer/VISIT/ITEM/…": the answer it began with is gone when none of that question is left in
 * a check of which an answer was erased. */
static bool answer_gone(struct app *a, const char *key) {
    static const char gone[] =
        "SELECT count(*) FROM erase e JOIN journal r ON r.id = e.\"row\" WHERE e.withdrawn = 0 "
        "AND r.kind = ?1 AND e.\"row\" > ?2 AND e.\"row\" < ?3 AND NOT EXISTS (SELECT 1 FROM "
        "answer x WHERE x.visit = ?2 AND x.item = ?4 AND x.withdrawn = 0)";
    char *end = NULL;
    row_id visit = strtoll(key, &end, 10);
    if (*end != '/') return false;
    const char *item = end + 1;
    char *name = arena_strndup(&a->act_arena, item, strcspn(item, "/"));
    struct query q;
    query_open(&q, a->j, gone, 3, (int64_t)KIND_answer, visit, ROW_ID(ROW_LOG(visit) + 1, 0));
    query_bind_text(&q, 4, name);
    bool found = query_next(&q) && query_int(&q, 0) > 0;
    return !query_close(&q) && found;
}

/* A draft's key names what it belongs to, by numbers between its slashes. */
static bool names_erased(struct app *a, const char *key) {
    if (text_starts(key, "field/answer/")) return answer_gone(a, key + strlen("field/answer/"));
    for (const char *at = strchr(key, '/'); at; at = strchr(at + 1, '/')) {
        char *end = NULL;
        row_id row = strtoll(at + 1, &end, 10);
        if (end != at + 1 && (*end == '/' || !*end) && is_erased(a, row)) return true;
    }
    return false;
}

void erased_forget(struct app *a) {
    struct drafts d = {.app = a};
    if (keep_now(a)) log_line("not everything was kept before erasing");
    memset(a->undo, 0, sizeof a->undo);
    pictures_wipe(a);
    recorder_erased(a, is_erased);
    enum status s = draft_each(a->j, "field/", note_key, &d);
    for (int i = 0; !s && i < d.count; i++)
        if (names_erased(a, d.keys[i])) s = draft_put(a->j, d.keys[i], NULL, 0);
    if (s) log_line("drafts of what was erased not dropped: %s", status_key(s));
    ui_field_forget(a->ui, "");
    drafts_restore(a);
    a->model_stale = true;
}
