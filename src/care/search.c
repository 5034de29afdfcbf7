/* search.c -- an index of words over forms and items, and what is typed held against it.
 *
 * 1. Every word stands once in a sorted list; each knows the cards that have it, and how much
 * it weighs there. A prefix is a run of that list.
 * 2. A thousand cards have some sixty thousand words in all: they are put into a table first,
 * so that only the few thousand different ones are sorted. */
#include "care/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "care/search_words.h"

/* What a word weighs, by where it stands. */
enum {
    WEIGHT_TITLE = 14,
    WEIGHT_CODE = 14,
    WEIGHT_KNOWN = 10,
    WEIGHT_TEXT = 9,
    WEIGHT_SIMPLE = 6,
    WEIGHT_PART = 5,
    WEIGHT_ABOUT = 5,
    WEIGHT_HELP = 3,
    WEIGHT_PHRASE = 3,
    WEIGHT_GOOD = 2,
    WEIGHT_AROUND = 2, /* of the form and the section that an item stands in */
};

/* How well a typed word fits: in parts of the weight. */
enum { FIT_EXACT = 12, FIT_NEARLY = 9, FIT_BEGINS = 7 };
enum { LESS_NONE = 10, LESS_STEM = 8, LESS_SAME = 6, LESS_WRONG = 4 };

struct posting {
    uint32_t entry;
    uint32_t weight;
    struct posting *next;
};
struct word_of {
    const char *text;
    size_t size;
    uint64_t hash;
    struct posting *first; /* newest entry first */
};
struct search_index {
    struct search_entry *entries;
    int entries_count;
    struct word_of *words; /* sorted */
    int words_count;
    const struct search_speech *speech;
};

/* ---- building ---- */

struct building {
    struct arena *a;
    struct search_index *x;
    struct word_of *table; /* open addressing */
    size_t slots, used;
};

static void grow(struct building *b) {
    struct word_of *old = b->table;
    size_t slots = b->slots;
    b->slots = slots ? slots * 2 : 8192;
    b->table = ARENA_ARRAY(b->a, struct word_of, b->slots);
    for (size_t i = 0; i < slots; i++) {
        if (!old[i].text) continue;
        size_t at = old[i].hash & (b->slots - 1);
        while (b->table[at].text)
            at = (at + 1) & (b->slots - 1);
        b->table[at] = old[i];
    }
}

static struct word_of *slot_of(struct building *b, const char *word, size_t n) {
    uint64_t hash = 1469598103934665603ULL;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (uint8_t)word[i]) * 1099511628211ULL;
    hash ^= hash >> 29;
    if (b->used * 2 >= b->slots) grow(b);
    size_t at = hash & (b->slots - 1);
    for (; b->table[at].text; at = (at + 1) & (b->slots - 1))
        if (b->table[at].hash == hash && b->table[at].size == n &&
            memcmp(b->table[at].text, word, n) == 0)
            return &b->table[at];
    b->table[at] =
        (struct word_of){.text = arena_strndup(b->a, word, n), .size = n, .hash = hash};
    b->used++;
    return &b->table[at];
}

static void add(struct building *b, uint32_t entry, uint32_t weight, const char *text) {
    char word[SEARCH_WORD_MAX];
    size_t n;
    while (text && (n = search_next_word(&text, word)) > 0) {
        struct word_of *w = slot_of(b, word, n);
        if (w->first && w->first->entry == entry) { /* where it weighs most */
            if (weight > w->first->weight) w->first->weight = weight;
            continue;
        }
        struct posting *p = ARENA_NEW(b->a, struct posting);
        *p = (struct posting){.entry = entry, .weight = weight, .next = w->first};
        w->first = p;
    }
}

static uint32_t new_entry(struct building *b, const struct template *t, const struct item *i) {
    b->x->entries[b->x->entries_count] = (struct search_entry){.form = t, .item = i};
    return (uint32_t)b->x->entries_count++;
}

static void add_form(struct building *b, const struct template *t) {
    uint32_t e = new_entry(b, t, NULL);
    add(b, e, WEIGHT_TITLE, t->title);
    add(b, e, WEIGHT_CODE, t->code);
    add(b, e, WEIGHT_ABOUT, t->about);
    for (int i = 0; i < t->sections_count; i++)
        add(b, e, WEIGHT_HELP, t->sections[i].title);
    size_t n = strlen(t->code);
    for (size_t i = 0; i < b->x->speech->known_count; i++) {
        const char *known = b->x->speech->known[i];
        if (strncmp(known, t->code, n) == 0 && known[n] == ' ')
            add(b, e, WEIGHT_KNOWN, known + n);
    }
}

static void add_item(struct building *b, const struct template *t, const struct item *i) {
    uint32_t e = new_entry(b, t, i);
    add(b, e, WEIGHT_TEXT, i->text);
    add(b, e, WEIGHT_TEXT, i->id);
    add(b, e, WEIGHT_SIMPLE, i->simple);
    add(b, e, WEIGHT_HELP, i->help);
    add(b, e, WEIGHT_GOOD, i->good_looks_like);
    for (int k = 0; k < i->parts_count; k++) {
        add(b, e, WEIGHT_PART, i->parts[k].text);
        for (int c = 0; c < i->parts[k].choices_count; c++)
            add(b, e, WEIGHT_HELP, i->parts[k].choices[c].text);
    }
    for (int k = 0; k < i->phrases_count; k++)
        add(b, e, WEIGHT_PHRASE, i->phrases[k]);
    add(b, e, WEIGHT_AROUND, t->title);
    if (i->section < t->sections_count) add(b, e, WEIGHT_AROUND, t->sections[i->section].title);
}

static int by_text(const void *x, const void *y) {
    const struct word_of *a = x, *b = y;
    return strcmp(a->text, b->text);
}

static void sort_words(struct building *b) {
    struct search_index *x = b->x;
    x->words = ARENA_ARRAY(b->a, struct word_of, b->used + 1);
    for (size_t i = 0; i < b->slots; i++)
        if (b->table[i].text) x->words[x->words_count++] = b->table[i];
    qsort(x->words, (size_t)x->words_count, sizeof *x->words, by_text);
}

const struct search_index *search_build(struct arena *a, const struct template *const *forms,
                                        size_t forms_count,
                                        const struct search_speech *speech) {
    static const struct search_speech silent = {0};
    struct search_index *x = ARENA_NEW(a, struct search_index);
    struct building b = {.a = a, .x = x};
    size_t entries = 0;
    for (size_t i = 0; i < forms_count; i++)
        entries += 1 + (size_t)forms[i]->items_count;
    x->entries = ARENA_ARRAY(a, struct search_entry, entries + 1);
    x->speech = speech ? speech : &silent;
    for (size_t i = 0; i < forms_count; i++) {
        add_form(&b, forms[i]);
        for (int k = 0; forms[i]->items && k < forms[i]->items_count; k++)
            add_item(&b, forms[i], &forms[i]->items[k]);
    }
    sort_words(&b);
    return x;
}

int search_entries(const struct search_index *x) {
    return x->entries_count;
}

/* ---- asking ---- */

struct asking {
    const struct search_index *x;
    uint32_t *best;  /* of the word in hand, for each entry */
    uint32_t *score; /* so far */
    uint8_t *words;
    bool any; /* the word in hand was found */
};

static int first_from(const struct search_index *x, const char *prefix) {
    int low = 0, high = x->words_count;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (strcmp(x->words[mid].text, prefix) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void take(struct asking *q, const struct word_of *w, uint32_t fit) {
    for (const struct posting *p = w->first; p; p = p->next) {
        uint32_t worth = p->weight * fit;
        if (worth > q->best[p->entry]) q->best[p->entry] = worth;
    }
    q->any = true;
}

static void take_prefix(struct asking *q, const char *prefix, uint32_t less) {
    size_t n = strlen(prefix);
    for (int i = first_from(q->x, prefix); i < q->x->words_count; i++) {
        const struct word_of *w = &q->x->words[i];
        if (strncmp(w->text, prefix, n) != 0) return;
        uint32_t fit = w->size == n ? FIT_EXACT : w->size <= n + 2 ? FIT_NEARLY : FIT_BEGINS;
        take(q, w, fit * less);
    }
}

/* The other words of each group that the typed one belongs to. */
static void take_same(struct asking *q, const char *typed) {
    for (size_t i = 0; i < q->x->speech->same_count; i++) {
        if (!search_in_group(q->x->speech->same[i], typed)) continue;
        const char *rest = q->x->speech->same[i];
        char word[SEARCH_WORD_MAX];
        while (search_next_word(&rest, word) > 0)
            if (strcmp(word, typed) != 0) take_prefix(q, word, LESS_SAME);
    }
}

static void take_wrong(struct asking *q, const char *typed) {
    for (int i = 0; i < q->x->words_count; i++)
        if (search_one_wrong(q->x->words[i].text, typed))
            take(q, &q->x->words[i], FIT_NEARLY * LESS_WRONG);
}

static void ask_word(struct asking *q, const char *typed) {
    char stem[SEARCH_WORD_MAX];
    memset(q->best, 0, sizeof *q->best * (size_t)q->x->entries_count);
    q->any = false;
    take_prefix(q, typed, LESS_NONE);
    if (search_stem(typed, stem)) take_prefix(q, stem, LESS_STEM);
    take_same(q, typed);
    if (!q->any && strlen(typed) >= 5) take_wrong(q, typed);
    for (int i = 0; i < q->x->entries_count; i++) {
        q->score[i] += q->best[i];
        q->words[i] = (uint8_t)(q->words[i] + (q->best[i] > 0));
    }
}

/* More typed words first, then what weighs more; a form before its items; else as they stand.
 */
static int by_worth(const void *x, const void *y) {
    const struct search_hit *a = x, *b = y;
    if (a->words != b->words) return b->words - a->words;
    if (a->score != b->score) return b->score - a->score;
    if (!a->at.item != !b->at.item) return a->at.item ? 1 : -1;
    int forms = strcmp(a->at.form->code, b->at.form->code);
    if (forms || !a->at.item) return forms;
    return a->at.item < b->at.item ? -1 : a->at.item > b->at.item;
}

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The typed words side by side, as they were typed. One word alone is no phrase: it has been
 * weighed where it stands. */
static bool has_phrase(const char *text, const char *typed) {
    for (; text && *text; text++) {
        size_t i = 0;
        while (typed[i] && small(text[i]) == small(typed[i]))
            i++;
        if (!typed[i]) return true;
    }
    return false;
}

static uint32_t phrase_bonus(const struct search_entry *e, const char *typed) {
    const char *text = e->item ? e->item->text : e->form->title;
    const char *more = e->item ? e->item->help : e->form->about;
    if (!typed) return 0;
    if (has_phrase(text, typed)) return WEIGHT_TEXT * FIT_EXACT * LESS_NONE;
    return has_phrase(more, typed) ? WEIGHT_HELP * FIT_EXACT * LESS_NONE : 0;
}

/* Cards that have every typed word; when there is none, those that have most of them. */
static int gather(const struct asking *q, struct arena *a, const char *phrase, int typed,
                  struct search_hit *out, int most) {
    int top = 0, n = 0, least;
    for (int i = 0; i < q->x->entries_count; i++)
        top = q->words[i] > top ? q->words[i] : top;
    least = top == typed ? typed : (typed + 1) / 2 > top ? top : (typed + 1) / 2;
    if (!least) return 0;
    struct search_hit *all = ARENA_ARRAY(a, struct search_hit, q->x->entries_count + 1);
    for (int i = 0; i < q->x->entries_count; i++)
        if (q->words[i] >= least)
            all[n++] = (struct search_hit){
                .at = q->x->entries[i],
                .words = q->words[i],
                .score = (int)(q->score[i] + phrase_bonus(&q->x->entries[i], phrase))};
    qsort(all, (size_t)n, sizeof *all, by_worth);
    memcpy(out, all, sizeof *all * (size_t)(n < most ? n : most));
    return n;
}

int search_run(const struct search_index *x, struct arena *a, const char *typed,
               struct search_hit *out, int most) {
    size_t n = (size_t)x->entries_count + 1;
    struct asking q = {.x = x,
                       .best = ARENA_ARRAY(a, uint32_t, n),
                       .score = ARENA_ARRAY(a, uint32_t, n),
                       .words = ARENA_ARRAY(a, uint8_t, n)};
    char words[SEARCH_WORDS_MAX][SEARCH_WORD_MAX];
    int count = search_typed(typed, words);
    for (int i = 0; i < count; i++)
        ask_word(&q, words[i]);
    return count ? gather(&q, a, count > 1 ? text_trim(a, typed) : NULL, count, out, most) : 0;
}
