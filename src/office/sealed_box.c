/* sealed_box.c -- see sealed_box.h. */
#include "office/sealed_box.h"

#include "base/keys.h"
#include "base/text.h"
#include "store/query.h"

bool sealed_box(const struct column *c) {
    return c->type == COL_BYTES && text_equal(c->name, "box");
}

static char *label_of(struct journal *j, struct arena *a, const void *key) {
    struct query q;
    char *label = NULL;
    if (!j) return NULL;
    for (query_open(&q, j, "SELECT label, key FROM reader ORDER BY hlc, lantern_order(id)", 0);
         query_next(&q);) {
        size_t n;
        const void *p = query_bytes(&q, 1, &n);
        if (n == KEY_BYTES && memcmp(p, key, KEY_BYTES) == 0) label = query_text(&q, 0, a);
    }
    if (query_close(&q)) status_clear();
    return label;
}

const char *sealed_box_says(struct office *o, struct journal *j, const void *key, size_t n) {
    uint8_t id[KEY_ID_BYTES];
    if (!key || n != KEY_BYTES) return OFFICE_WORD(o, "office_reader.sealed_office");
    char *label = label_of(j, &o->arena, key);
    key_id(key, id);
    if (!label) label = hex_of(&o->arena, id, sizeof id);
    return OFFICE_SAY(o, "office_reader.sealed_to", label);
}
