/* progress.c -- answered of asked. Counts, never a percentage: Home and the bar on it read
 * them. */
#include "model/progress.h"

#include "base/text.h"
#include "model/answer_read.h"

#define ANSWERS_MOST 8000

struct said {
    const char *item, *part;
    struct answer_value value;
    bool answered;
};

static enum status read_said(struct journal *j, row_id visit, struct arena *a,
                             struct said **out, int *count) {
    struct query q;
    struct said *all = ARENA_ARRAY(a, struct said, ANSWERS_MOST);
    int n = 0;
    for (query_open(&q, j,
                    "SELECT a.item, a.part, " ANSWER_COLUMNS
                    " FROM answer a WHERE a.visit = ?1 "
                    "AND a.withdrawn = 0 ORDER BY a.hlc DESC, lantern_order(a.id)",
                    1, visit);
         n < ANSWERS_MOST && query_next(&q);) {
        struct said *x = &all[n++];
        *x = (struct said){.item = query_text(&q, 0, a), .part = query_text(&q, 1, a)};
        answer_read(&q, 2, a, &x->value);
        x->answered = answer_said(&x->value);
    }
    enum status s = query_close(&q);
    if (s) return s;
    *out = all;
    *count = n;
    return STATUS_OK;
}

/* What was said, by item: first[k] is the newest answer to item k + 1, next[n] the one before
 * it; 0 ends the chain. */
struct all_said {
    const struct template *form;
    const struct said *all;
    int *first, *next;
};

static struct all_said by_item(const struct template *t, const struct said *all, int n,
                               struct arena *a) {
    struct all_said s = {.form = t, .all = all};
    s.first = ARENA_ARRAY(a, int, t->items_count + 1);
    s.next = ARENA_ARRAY(a, int, n + 1);
    for (int k = n - 1; k >= 0; k--) {
        const struct item *i = template_item(t, all[k].item);
        if (!i) continue;
        s.next[k] = s.first[i - t->items];
        s.first[i - t->items] = k + 1;
    }
    return s;
}

static const struct answer_value *find(void *ctx, const char *item, const char *part) {
    const struct all_said *s = ctx;
    const struct item *i = template_item(s->form, item);
    for (int k = i ? s->first[i - s->form->items] : 0; k; k = s->next[k - 1])
        if (text_equal(s->all[k - 1].part, part)) return &s->all[k - 1].value;
    return NULL;
}

static bool answered(const struct all_said *s, int item) {
    for (int k = s->first[item]; k; k = s->next[k - 1])
        if (s->all[k - 1].answered) return true;
    return false;
}

enum status progress_read(struct journal *j, const struct template *t, row_id visit, bool night,
                          struct progress *out) {
    struct arena a = {0};
    struct query q;
    struct said *all = NULL;
    const char *length = "", *modules = "", *setting = "";
    struct progress p = {.section = ""};
    int n = 0;
    query_open(
        &q, j,
        "SELECT v.length, v.modules, s.setting FROM visit v LEFT JOIN service s ON s.id = "
        "v.service WHERE v.id = ?1",
        1, visit);
    if (query_next(&q)) {
        length = query_text(&q, 0, &a);
        modules = query_text(&q, 1, &a);
        setting = query_text(&q, 2, &a);
    }
    enum status s = query_close(&q);
    if (!s) s = read_said(j, visit, &a, &all, &n);
    struct all_said said = {0};
    if (!s && t) said = by_item(t, all, n, &a);
    for (int k = 0; !s && t && k < t->items_count; k++) {
        const struct item *i = &t->items[k];
        bool done = answered(&said, k);
        bool asked = item_applies(i, setting) && item_chosen(i, length, modules) &&
                     (!i->night_only || t->night || night) && item_asked(i, find, &said);
        p.answered += done;
        p.asked += done || asked;
    }
    const struct item *last = !s && t && n ? template_item(t, all[0].item) : NULL;
    if (last) p.section = t->sections[last->section].id;
    arena_release(&a);
    if (!s) *out = p;
    return s;
}
