/* kind.c -- the table of kinds, made from kind_list.h.
 *
 * Journey: every other file of the store walks these descriptors; none of them names a column.
 * A listed kind without its file fails to link by name; a number used twice is a duplicate
 * case. */
#include "store/kind.h"

#include <string.h>

#include "store/inside.h"

#define KIND(name, number) _Static_assert((number) < KIND_NUMBERS_MAX, "make room for " #name);
#include "store/kind_list.h"
#undef KIND

static const struct kind *const kinds[] = {
#define KIND(name, number) &kind_##name,
#include "store/kind_list.h"
#undef KIND
};

const size_t kinds_count = sizeof kinds / sizeof kinds[0];

const struct kind *kind_at(size_t i) {
    return i < kinds_count ? kinds[i] : NULL;
}

const struct kind *kind_by_number(uint32_t number) {
    switch (number) {
#define KIND(name, number) \
    case number:           \
        return &kind_##name;
#include "store/kind_list.h"
#undef KIND
    }
    return NULL;
}

const struct kind *kind_by_name(const char *name) {
    for (size_t i = 0; i < kinds_count; i++) {
        if (strcmp(kinds[i]->name, name) == 0) return kinds[i];
    }
    return NULL;
}

int kind_column(const struct kind *k, const char *name) {
    for (int i = 0; k->columns[i].name; i++) {
        if (strcmp(k->columns[i].name, name) == 0) return i;
    }
    return -1;
}

int kind_column_count(const struct kind *k) {
    int n = 0;
    while (k->columns[n].name)
        n++;
    return n;
}

int kind_visit_column(const struct kind *k) {
    if (k->sealed_by && strcmp(k->sealed_by, "id") == 0) return KIND_IS_VISIT;
    int c = kind_column(k, k->sealed_by ? k->sealed_by : "visit");
    return c >= 0 && k->columns[c].type == COL_REF ? c : KIND_NO_VISIT;
}

uint32_t column_most(const struct column *c) {
    if (c->type == COL_HASH) return HASH_BYTES;
    return c->most ? c->most : 4000;
}

bool column_has_word(const struct column *c, const char *s, size_t n) {
    const char *w = c->words ? c->words : "";
    while (*w) {
        size_t len = strcspn(w, "|");
        if (len == n && memcmp(w, s, n) == 0) return true;
        w += len;
        if (*w) w++;
    }
    return false;
}
