/* template_read.c -- a form's JSON, walked from top to bottom into the structs of template.h.
 *
 * Nothing is kept unless everything holds: a form that is wrong somewhere would ask the wrong
 * thing somewhere, at night. */
#include "care/template_read.h"

#include "base/file.h"
#include "base/text.h"
#include "care/part_nature.h"

const char *part_kind_name(enum part_kind k) {
    static const char *const names[PART_KINDS] = {
#define PART(NAME, name, column) [PART_##NAME] = name,
#include "care/part_list.h"
#undef PART
    };
    return (unsigned)k < PART_KINDS ? names[k] : "";
}

const char *part_kind_column(enum part_kind k) {
    static const char *const columns[PART_KINDS] = {
#define PART(NAME, name, column) [PART_##NAME] = column,
#include "care/part_list.h"
#undef PART
    };
    return (unsigned)k < PART_KINDS ? columns[k] : "";
}

static void read_lengths(struct reading *r, const json *root, struct template *t) {
    bool flawed = false;
    reading_subject(r, "", "");
    const json *list = reading_list(r, root, "lengths", 1, LENGTHS_MOST);
    reading_goes_on(r, &flawed);
    t->lengths = ARENA_ARRAY(r->memory, struct form_length, LENGTHS_MOST);
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        const json *map = json_at(list, i);
        struct form_length *l = &t->lengths[i];
        reading_subject(r, "length", json_text(json_get(map, "id"), ""));
        reading_fields(r, map, template_length_fields, l);
        if (!r->bad && !is_one_of(l->id, "core|standard|full"))
            reading_complain(r, map, "a length is core, standard or full");
        if (!r->bad && l->modules > t->modules_count)
            reading_complain(r, map, "the form has only %d modules", t->modules_count);
        for (size_t k = 0; k < i && !r->bad; k++)
            if (text_equal(t->lengths[k].id, l->id))
                reading_complain(r, map, "this id stands here twice");
        reading_goes_on(r, &flawed);
        t->lengths_count++;
    }
}

static void read_modules(struct reading *r, const json *root, struct template *t) {
    bool flawed = false;
    reading_subject(r, "", "");
    const json *list = reading_list(r, root, "modules", 0, MODULES_MOST);
    reading_goes_on(r, &flawed);
    t->modules = ARENA_ARRAY(r->memory, struct module, json_count(list));
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        const json *map = json_at(list, i);
        struct module *m = &t->modules[i];
        reading_subject(r, "module", json_text(json_get(map, "id"), ""));
        reading_fields(r, map, template_module_fields, m);
        if (!r->bad && text_equal(m->id, "core"))
            reading_complain(r, map, "core is always there and is not listed");
        for (size_t k = 0; k < i && !r->bad; k++)
            if (text_equal(t->modules[k].id, m->id))
                reading_complain(r, map, "this id stands here twice");
        reading_goes_on(r, &flawed);
        t->modules_count++;
    }
}

/* "answer": "met" stands for one part of that kind without an id. */
static void read_parts(struct reading *r, const json *map, struct item *i) {
    const json *answer = json_get(map, "answer"), *given = json_get(map, "parts");
    if (!answer == !given) {
        reading_complain(r, answer ? answer : map, "an item has \"parts\" or an \"answer\"");
        return;
    }
    if (answer) {
        struct part *one = ARENA_NEW(r->memory, struct part);
        const char *name = json_text(answer, "");
        while (one->kind < PART_KINDS && strcmp(part_kind_name(one->kind), name) != 0)
            one->kind++;
        if (one->kind == PART_KINDS)
            reading_complain(r, answer, "no kind of answer is called \"%s\"", name);
        else if (part_nature(one->kind)->choices)
            reading_complain(r, answer, "the kind \"%s\" needs \"parts\" with \"choices\"",
                             name);
        one->id = one->text = one->unit = one->target = "";
        i->parts = one;
        i->parts_count = 1;
        return;
    }
    const json *list = reading_list(r, map, "parts", 1, PARTS_MAX);
    struct part *parts = ARENA_ARRAY(r->memory, struct part, json_count(list));
    for (size_t k = 0; k < json_count(list) && !r->bad; k++)
        template_read_part(r, json_at(list, k), &parts[k]);
    i->parts = parts;
    i->parts_count = (int)json_count(list);
}

/* Where the item called `id` stands in by_id, or would stand. */
static int *slot_of(const struct template *t, const char *id) {
    uint32_t h = 2166136261U; /* FNV-1a */
    for (const char *p = id; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619U;
    for (;; h++) {
        int *slot = &t->by_id[h & (uint32_t)(t->slots - 1)];
        if (!*slot || text_equal(t->items[*slot - 1].id, id)) return slot;
    }
}

/* An item that is wrong somewhere keeps its place when reading goes on, so that what looks back
 * at it is not wrong too; without parts, when these are. */
static void read_item(struct reading *r, const json *map, struct template *t, int section) {
    struct item *i = &t->items[t->items_count];
    bool flawed = false;
    reading_subject(r, "item", json_text(json_get(map, "id"), ""));
    *i = (struct item){.since = 1, .section = section};
    reading_fields(r, map, template_item_fields, i);
    if (!reading_goes_on(r, &flawed) || json_type_of(map) != JSON_T_MAP) return;
    read_parts(r, map, i);
    if (r->bad) i->parts_count = 0;
    if (!reading_goes_on(r, &flawed)) return;
    template_read_when(r, map, t, i);
    if (!reading_goes_on(r, &flawed)) return;
    if (!flawed) template_check_item(r, map, t, i);
    if (!reading_goes_on(r, &flawed)) return;
    if (!flawed || (is_id(i->id) && !template_item(t, i->id)))
        *slot_of(t, i->id) = ++t->items_count;
}

static void read_section(struct reading *r, const json *map, struct template *t) {
    int index = t->sections_count;
    bool flawed = false;
    struct section *s = &t->sections[index];
    reading_subject(r, "section", json_text(json_get(map, "id"), ""));
    reading_fields(r, map, template_section_fields, s);
    for (int k = 0; k < index && !r->bad; k++)
        if (text_equal(t->sections[k].id, s->id))
            reading_complain(r, map, "this id stands here twice");
    if (!r->bad && !*s->repeat_of) s->repeat_of = "rooms";
    if (!r->bad && !is_one_of(s->repeat_of, REPEAT_OF))
        reading_complain(r, json_get(map, "repeatOf"), "\"repeatOf\" must be one of %s",
                         REPEAT_OF);
    if (!r->bad && s->repeats != (s->repeat_most > 0))
        reading_complain(r, map,
                         "\"repeats\" and a \"repeatMost\" of 1 or more belong together");
    reading_goes_on(r, &flawed);
    const json *list = reading_list(r, map, "items", 1, TEMPLATE_ITEMS_MAX);
    reading_goes_on(r, &flawed);
    s->first_item = t->items_count;
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        if (t->items_count == TEMPLATE_ITEMS_MAX)
            reading_complain(r, json_at(list, i), "more than %d items", TEMPLATE_ITEMS_MAX);
        else
            read_item(r, json_at(list, i), t, index);
    }
    s->items_count = t->items_count - s->first_item;
    t->sections_count++;
}

/* How many items to make room for, never more than the limit. */
static size_t count_items(const json *sections) {
    size_t n = 0;
    for (size_t i = 0; i < json_count(sections); i++)
        n += json_count(json_get(json_at(sections, i), "items"));
    return n < TEMPLATE_ITEMS_MAX ? n : TEMPLATE_ITEMS_MAX;
}

static void check_modules_used(struct reading *r, const json *root, const struct template *t) {
    if (r->flawed) return; /* an item that was wrong may be the one */
    for (int m = 0; m < t->modules_count && !r->bad; m++) {
        int used = 0;
        for (int i = 0; i < t->items_count; i++)
            used += text_equal(t->items[i].module, t->modules[m].id);
        reading_subject(r, "module", t->modules[m].id);
        if (!used)
            reading_complain(r, json_at(json_get(root, "modules"), (size_t)m),
                             "no item belongs to it");
    }
}

void template_read_head(struct reading *r, struct template *t) {
    const json *root = json_root(r->doc);
    bool flawed = false;
    if (json_type_of(root) == JSON_T_MAP) reading_schema(r, root, "lantern.template", 1);
    if (r->bad) return;
    reading_fields(r, root, template_root_fields, t);
    reading_goes_on(r, &flawed);
    if (!flawed) template_check_root(r, root, t);
    reading_goes_on(r, &flawed);
    if (r->bad) return;
    read_modules(r, root, t);
    read_lengths(r, root, t);
}

static void read_root(struct reading *r, struct template *t) {
    const json *root = json_root(r->doc);
    template_read_head(r, t);
    const json *sections = reading_list(r, root, "sections", 1, TEMPLATE_SECTIONS_MAX);
    if (r->bad) return;
    t->sections = ARENA_ARRAY(r->memory, struct section, json_count(sections));
    size_t items = count_items(sections);
    t->items = ARENA_ARRAY(r->memory, struct item, items);
    for (t->slots = 4; (size_t)t->slots < 2 * items;)
        t->slots *= 2;
    t->by_id = ARENA_ARRAY(r->memory, int, t->slots);
    for (size_t i = 0; i < json_count(sections) && !r->bad; i++)
        read_section(r, json_at(sections, i), t);
    check_modules_used(r, root, t);
}

/* Into *out, which lives in r->memory. */
static enum status read_form(struct reading *r, const char *name, const char *text, size_t n,
                             struct template **out) {
    if (n > TEMPLATE_BYTES_MAX)
        return status_fail(STATUS_TOO_LARGE, "%s: more than %d bytes", name,
                           TEMPLATE_BYTES_MAX);
    enum status s = json_parse(&r->doc, name, text, n);
    if (s) return s;
    *out = ARENA_NEW(r->memory, struct template);
    read_root(r, *out);
    json_close(r->doc);
    return r->bad ? r->bad : r->flawed;
}

enum status template_problems(const char *name, const char *text, size_t n,
                              void (*told)(void *ctx, const char *complaint), void *ctx) {
    struct arena memory = {0};
    struct reading r = {.memory = &memory, .told = told, .ctx = ctx};
    struct template *t;
    enum status s = read_form(&r, name, text, n, &t);
    if (s && !r.complaints) told(ctx, status_detail());
    arena_release(&memory);
    return s;
}

enum status template_read(struct template **out, const char *name, const char *text, size_t n) {
    struct arena memory = {0};
    struct reading r = {.memory = &memory};
    struct template *t = NULL;
    enum status s = read_form(&r, name, text, n, &t);
    if (s) {
        arena_release(&memory);
        return s;
    }
    t->json = arena_strndup(&memory, text, n);
    t->json_size = n;
    t->memory = memory;
    *out = t;
    return STATUS_OK;
}

enum status template_load(struct template **out, const char *path) {
    struct buf b = {0};
    enum status s = file_read(path, TEMPLATE_BYTES_MAX, &b);
    if (!s) s = template_read(out, path_name(path), buf_str(&b), b.size);
    buf_release(&b);
    return s;
}

void template_close(struct template *t) {
    if (!t) return;
    struct arena memory = t->memory; /* t itself lives in it */
    arena_release(&t->rest);
    arena_release(&memory);
}

const struct item *template_item(const struct template *t, const char *id) {
    int at = id && t->slots ? *slot_of(t, id) : 0;
    return at ? &t->items[at - 1] : NULL;
}

const struct part *item_part(const struct item *i, const char *id) {
    for (int k = 0; k < i->parts_count; k++)
        if (text_equal(i->parts[k].id, id)) return &i->parts[k];
    return NULL;
}

bool section_of_rooms(const struct section *s) {
    return s->repeats && text_equal(s->repeat_of, "rooms");
}
