/* answer.c -- the table of answer kinds, and what they share: intents, keys, lists, and choices
 * among words. */
#include "screen/answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#define TIGHT_DP   20.0F /* air at both sides of a word under its sign */
#define SMALL_PART 0.8F

const struct answer_kind *answer_kind_of(enum part_kind k) {
    static const struct answer_kind *const kinds[PART_KINDS] = {
#define PART(NAME, name, column) [PART_##NAME] = &answer_##NAME,
#include "care/part_list.h"
#undef PART
    };
    BELIEVE(k < PART_KINDS);
    return kinds[k];
}

const struct answer_value *answer_value_of(const struct answer_at *at) {
    static const struct answer_value nothing = {.word = "", .list = "", .text = ""};
    return at->part->answer ? &at->part->answer->value : &nothing;
}

bool answer_is(const struct answer_at *at, const char *word) {
    return text_equal(answer_value_of(at)->word, word);
}

const char *answer_key(struct ui *u, const struct answer_at *at, const char *what) {
    return arena_printf(
        ui_arena(u), "answer/%lld/%s/%lld/%s/%s", (long long)at->m->visit, at->item->item->id,
        (long long)(at->item->room ? at->item->room->row : 0), at->part->part->id, what);
}

struct intent answer_say(struct ui *u, const struct answer_at *at, struct answer_intent **a) {
    struct answer_intent *say = ARENA_NEW(ui_arena(u), struct answer_intent);
    say->visit = at->m->visit;
    say->room = at->item->room ? at->item->room->row : 0;
    say->item = at->item->item->id;
    say->part = at->part->part->id;
    *a = say;
    return (struct intent){.kind = INTENT_answer, .detail = say};
}

struct intent answer_word(struct ui *u, const struct answer_at *at, const char *word) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_word = true;
    a->word = answer_is(at, word) ? "" : word;
    if (!*a->word) in.undo = "answer.taken_back";
    return in;
}

struct intent answer_number(struct ui *u, const struct answer_at *at, int64_t number) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_number = true;
    a->number = number;
    return in;
}

struct intent answer_list(struct ui *u, const struct answer_at *at, const char *list) {
    struct answer_intent *a;
    struct intent in = answer_say(u, at, &a);
    a->set_list = true;
    a->list = list;
    return in;
}

/* ---- choices ---- */

/* The weightier answers share the row equally; the small ones stand beside them when there is
 * room, else below. */
static bool fits_one_row(struct ui *u, float width, const struct answer_word *w,
                         const char *const *labels, int n) {
    float gap = ui_theme(u)->touch_between, big = 0, small = 0;
    int bigs = 0, smalls = 0;
    for (int i = 0; i < n; i++) {
        struct button b = {.label = labels[i],
                           .icon = w[i].icon,
                           .font = w[i].small ? FONT_SMALL : FONT_BUTTON};
        float need = ui_button_width(u, &b);
        if (w[i].small) {
            smalls++;
            if (need > small) small = need;
        } else {
            bigs++;
            if (need > big) big = need;
        }
    }
    return big * (float)bigs + small * (float)smalls + gap * (float)(n - 1) <= width;
}

/* On a narrow card the sign stands above its word, so that the answers stay beside each other.
 */
static struct button word_button(const struct answer_word *w, const char *label, bool on,
                                 bool top) {
    return (struct button){.label = label,
                           .key = w->word,
                           .icon = w->icon,
                           .icon_top = top && w->icon,
                           .role = on ? w->role : BUTTON_PLAIN,
                           .selected = on,
                           .font = w->small ? FONT_SMALL : FONT_BUTTON};
}

static int draw_row(struct ui *u, const struct answer_at *at, rect row,
                    const struct answer_word *w, const char *const *labels, int first, int n,
                    float small_part, bool top) {
    float gap = ui_theme(u)->touch_between, units = 0;
    int tapped = -1;
    for (int i = first; i < first + n; i++)
        units += w[i].small ? small_part : 1.0F;
    float unit = (row.w - gap * (float)(n - 1)) / units;
    for (int i = first; i < first + n; i++) {
        struct button b = word_button(&w[i], labels[i], answer_is(at, w[i].word), top);
        if (ui_button(u, rect_cut_left(&row, unit * (w[i].small ? small_part : 1.0F)), &b))
            tapped = i;
        rect_cut_left(&row, gap);
    }
    return tapped;
}

static float row_height(struct ui *u, float width, const struct answer_word *w,
                        const char *const *labels, int first, int n, bool top) {
    float gap = ui_theme(u)->touch_between, tall = ui_theme(u)->touch_answer;
    for (int i = first; i < first + n; i++) {
        struct button b = word_button(&w[i], labels[i], false, top);
        float column = (width - gap * (float)(n - 1)) / (float)n;
        float h = ui_button_height(u, &b, column, ui_theme(u)->touch_answer);
        if (h > tall) tall = h;
    }
    return tall;
}

/* How many of the run that starts at `first` go beside each other. */
static int columns_that_fit(struct ui *u, float width, const struct answer_word *w,
                            const char *const *labels, int first, int run, bool top) {
    float gap = ui_theme(u)->touch_between, widest = 0;
    for (int i = first; i < first + run; i++) {
        struct button b = word_button(&w[i], labels[i], false, top);
        float need =
            top ? ui_text_width(u, b.font, labels[i]) + TIGHT_DP : ui_button_width(u, &b);
        if (need > widest) widest = need;
    }
    for (int n = run; n > 1; n--) {
        int rows = (run + n - 1) / n, even = (run + rows - 1) / rows;
        if (widest * (float)even + gap * (float)(even - 1) <= width) return even;
    }
    return 1;
}

static int draw_wrapped(struct ui *u, const struct answer_at *at, rect *area,
                        const struct answer_word *w, const char *const *labels, int n) {
    int tapped = -1;
    for (int first = 0; first < n;) {
        int run = 1;
        while (first + run < n && w[first + run].small == w[first].small)
            run++;
        int columns = columns_that_fit(u, area->w, w, labels, first, run, false);
        int stacked =
            w[first].icon ? columns_that_fit(u, area->w, w, labels, first, run, true) : 0;
        bool top = stacked > columns;
        if (top) columns = stacked;
        for (int i = 0; i < run; i += columns) {
            int k = run - i < columns ? run - i : columns;
            rect row = rect_cut_top(area, row_height(u, area->w, w, labels, first + i, k, top));
            int hit = draw_row(u, at, row, w, labels, first + i, k, 1, top);
            if (hit >= 0) tapped = hit;
            rect_cut_top(area, ui_theme(u)->touch_between);
        }
        first += run;
    }
    return tapped;
}

struct intent answer_words(struct ui *u, const struct answer_at *at, rect *area,
                           const struct answer_word *w, int n) {
    const char **labels = ARENA_ARRAY(ui_arena(u), const char *, n);
    for (int i = 0; i < n; i++)
        labels[i] = w[i].plain ? w[i].label : word(at->s->words, w[i].label);
    int tapped = -1;
    if (fits_one_row(u, area->w, w, labels, n)) {
        rect row = rect_cut_top(area, row_height(u, area->w, w, labels, 0, n, false));
        tapped = draw_row(u, at, row, w, labels, 0, n, SMALL_PART, false);
        rect_cut_top(area, ui_theme(u)->touch_between);
    } else {
        tapped = draw_wrapped(u, at, area, w, labels, n);
    }
    return tapped >= 0 ? answer_word(u, at, w[tapped].word) : (struct intent){0};
}

/* ---- lists ---- */

static const char *entry_of(const char *list, const char *id, char after) {
    size_t n = strlen(id);
    for (const char *p = list; p && *p;) {
        bool same = strncmp(p, id, n) == 0; /* only then is p[n] still in the list */
        if (same && (after ? p[n] == after : p[n] == 0 || p[n] == ',')) return p;
        p = strchr(p, ',');
        if (p) p++;
    }
    return NULL;
}

int64_t answer_list_number(const char *list, const char *id, bool *found) {
    const char *at = entry_of(list, id, '=');
    if (found) *found = at != NULL;
    return at ? strtoll(at + strlen(id) + 1, NULL, 10) : 0;
}

bool answer_list_has(const char *list, const char *id) {
    return entry_of(list, id, 0) != NULL;
}

/* The list without the entry that starts at `at`. */
static char *without(struct arena *a, const char *list, const char *at) {
    if (!at) return arena_strdup(a, list);
    const char *end = strchr(at, ',');
    size_t head = (size_t)(at - list);
    if (!end && head) head--; /* the comma before the last entry goes too */
    return arena_printf(a, "%.*s%s", (int)head, list, end ? end + 1 : "");
}

const char *answer_list_set(struct arena *a, const char *list, const char *id, int64_t number) {
    const char *at = entry_of(list, id, '=');
    if (at) {
        const char *end = strchr(at, ',');
        return arena_printf(a, "%.*s%s=%lld%s", (int)(at - list), list, id, (long long)number,
                            end ? end : "");
    }
    return arena_printf(a, "%s%s%s=%lld", list ? list : "", list && *list ? "," : "", id,
                        (long long)number);
}

const char *answer_list_toggle(struct arena *a, const char *list, const char *id) {
    const char *at = entry_of(list, id, 0);
    if (at) return without(a, list, at);
    return arena_printf(a, "%s%s%s", list ? list : "", list && *list ? "," : "", id);
}
