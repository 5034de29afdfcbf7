/* fuzz_template.c -- a form's JSON, as a provider's author writes it or a pack brings it.
 *
 * covers: src/care/template_read.c src/care/template_part.c src/care/template_check.c
 * covers: src/care/template_fields.c src/care/fields.c src/base/json.c
 *
 * Random bytes hardly ever are JSON, so most changes are made to the tree: values swapped,
 * taken out, doubled, turned into something else. Believed: what is refused is refused with a
 * place in the file; of what is accepted, every text is there, every run lies within its array,
 * and the same bytes are accepted again. */
#include "fuzz.h"

#include <jansson.h>

#include "care/template.h"

static size_t text_bytes(const char *s) {
    BELIEVE(s != NULL);
    return strlen(s);
}

static size_t look_at_part(const struct part *p) {
    BELIEVE((unsigned)p->kind < PART_KINDS && p->choices_count <= CHOICES_MAX);
    size_t sum =
        text_bytes(p->id) + text_bytes(p->text) + text_bytes(p->unit) + text_bytes(p->target);
    for (int i = 0; i < p->choices_count; i++)
        sum += text_bytes(p->choices[i].id) + text_bytes(p->choices[i].text);
    BELIEVE(!p->bounded || p->least <= p->most);
    BELIEVE(p->rule != TARGET_BETWEEN || p->target_default <= p->target_default_high);
    return sum;
}

static size_t look_at_list(const char *const *texts, int n) {
    size_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += text_bytes(texts[i]);
    return sum;
}

static size_t look_at_item(const struct template *t, const struct item *i) {
    BELIEVE(i->section >= 0 && i->section < t->sections_count);
    BELIEVE(i->parts_count >= 1 && i->parts_count <= PARTS_MAX);
    BELIEVE(template_item(t, i->id) == i); /* ids are unique */
    size_t sum = text_bytes(i->text) + text_bytes(i->help) + text_bytes(i->module) +
                 text_bytes(i->statement) + text_bytes(i->evidence) + text_bytes(i->lane) +
                 text_bytes(i->follow_up) + text_bytes(i->owner_role) + text_bytes(i->measure) +
                 text_bytes(i->good_looks_like);
    sum += look_at_list(i->statements, i->statements_count);
    sum += look_at_list(i->regulations, i->regulations_count);
    sum += look_at_list(i->catches, i->catches_count);
    sum += look_at_list(i->settings, i->settings_count);
    sum += look_at_list(i->phrases, i->phrases_count);
    for (int k = 0; k < i->parts_count; k++) {
        BELIEVE(item_part(i, i->parts[k].id) == &i->parts[k]);
        sum += look_at_part(&i->parts[k]);
    }
    sum += text_bytes(i->simple) + text_bytes(i->picture);
    BELIEVE(i->when_count >= 0 && (i->when || !i->when_count));
    for (int k = 0; k < i->when_count; k++) { /* only on what was asked before */
        const struct condition *c = &i->when[k];
        const struct item *other = template_item(t, c->item);
        BELIEVE(other && other < i && item_part(other, c->part));
        BELIEVE(!!c->is + !!c->is_not + c->by_number == 1 && c->at_least <= c->at_most);
    }
    return sum;
}

static size_t look_at(const struct template *t) {
    size_t sum = text_bytes(t->code) + text_bytes(t->title) + text_bytes(t->about) +
                 text_bytes(t->framework) + text_bytes(t->speaker) + text_bytes(t->use) +
                 text_bytes(t->who) + text_bytes(t->often);
    int next = 0;
    sum += look_at_list(t->places, t->places_count);
    sum += look_at_list(t->settings, t->settings_count);
    BELIEVE(*t->use && t->every_days >= 0 && t->every_days <= 730);
    BELIEVE(t->from_min >= 0 && t->from_min < 1440 && t->to_min >= 0 && t->to_min < 1440);
    BELIEVE(t->items_count <= TEMPLATE_ITEMS_MAX && t->sections_count <= TEMPLATE_SECTIONS_MAX);
    for (int i = 0; i < t->sections_count; i++) {
        const struct section *s = &t->sections[i];
        sum += text_bytes(s->id) + text_bytes(s->title) + text_bytes(s->about) +
               text_bytes(s->repeat_of);
        BELIEVE(s->repeats == (s->repeat_most > 0));
        BELIEVE(s->first_item == next);
        next += s->items_count;
    }
    BELIEVE(next == t->items_count);
    for (int i = 0; i < t->items_count; i++)
        sum += look_at_item(t, &t->items[i]);
    for (int i = 0; i < t->modules_count; i++)
        sum += text_bytes(t->modules[i].id) + text_bytes(t->modules[i].title);
    for (int i = 0; i < t->lengths_count; i++)
        sum += text_bytes(t->lengths[i].id) + text_bytes(t->lengths[i].title);
    return sum;
}

static void fuzz_one(const uint8_t *p, size_t n) {
    struct template *t = NULL, *again = NULL;
    enum status s = template_read(&t, "TRY.json", (const char *)p, n);
    if (s) {
        BELIEVE(t == NULL && strncmp(status_detail(), "TRY.json: ", 10) == 0);
        return;
    }
    fuzz_used(look_at(t));
    BELIEVE(t->json_size == n && memcmp(t->json, p, n) == 0);
    BELIEVE(template_read(&again, "TRY.json", t->json, t->json_size) == STATUS_OK);
    BELIEVE(again->items_count == t->items_count);
    template_close(again);
    template_close(t);
}

/* ---- changes to the tree ---- */

struct spot { /* a value and where it hangs */
    json_t *parent;
    const char *key;
    size_t index;
};
#define SPOTS_MAX 400
struct spots {
    struct spot at[SPOTS_MAX];
    size_t count;
};

static void find_spots(json_t *v, struct spots *s) {
    const char *key;
    json_t *child;
    size_t i;
    if (json_is_object(v)) {
        json_object_foreach(v, key, child) {
            if (s->count == SPOTS_MAX) return;
            s->at[s->count++] = (struct spot){.parent = v, .key = key};
            find_spots(child, s);
        }
    } else if (json_is_array(v)) {
        json_array_foreach(v, i, child) {
            if (s->count == SPOTS_MAX) return;
            s->at[s->count++] = (struct spot){.parent = v, .index = i};
            find_spots(child, s);
        }
    }
}

static json_t *value_at(const struct spot *s) {
    return s->key ? json_object_get(s->parent, s->key) : json_array_get(s->parent, s->index);
}

static void set_at(const struct spot *s, json_t *v) {
    if (s->key)
        json_object_set_new(s->parent, s->key, v);
    else
        json_array_set_new(s->parent, s->index, v);
}

static json_t *special_value(struct steer *s) {
    static const char *const texts[] = {
        "",          "core",    "met",      "choice",    "ticks",  "number",    "tally",
        "x_of_y",    "minutes", "seconds",  "T1",        "T2",     "SAF-S6",    "between",
        "at_most",   "heat",    "standard", "care_home", "people", "this_week", "RA2014-9A",
        "SAF-S3/17", "late",    "not_met",  "\xc2\xa3",  "time",   "ask",       "full",
        "percent",   "until",   "draw",     "records",   "action", "proved",    "kitchen",
        "checklist", "22:00"};
    static const double numbers[] = {0, 1, -1, 3, 59, 60, 61, 0.5, 0.0005, 1e9, 1e15, -1e300};
    switch (below(s, 6)) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(below(s, 2));
    case 2:
        return json_integer((json_int_t)numbers[below(s, 10)]);
    case 3:
        return json_real(numbers[below(s, 12)]);
    case 4:
        return below(s, 2) ? json_array() : json_object();
    default:
        return json_string(texts[below(s, sizeof texts / sizeof texts[0])]);
    }
}

static const char *some_field(struct steer *s) {
    static const char *const names[] = {
        "id",      "text",   "kind",     "unit",        "least",     "most",       "of",
        "choices", "target", "default",  "defaultHigh", "rule",      "when",       "parts",
        "answer",  "is",     "isNot",    "atLeast",     "item",      "part",       "critical",
        "phrases", "since",  "module",   "bad",         "repeats",   "repeatMost", "unknown",
        "whenAny", "atMost", "repeatOf", "use",         "everyDays", "hours",      "from",
        "to",      "places", "settings", "good",        "simple"};
    return names[below(s, sizeof names / sizeof names[0])];
}

static void change_spot(struct steer *s, struct spots *all) {
    const struct spot *a = &all->at[place_in(s, all->count)];
    const struct spot *b = &all->at[place_in(s, all->count)];
    json_t *copy = json_deep_copy(value_at(b));
    switch (below(s, 7)) {
    case 0: /* gone */
        if (a->key)
            json_object_del(a->parent, a->key);
        else
            json_array_remove(a->parent, a->index);
        break;
    case 1: /* something else */
        set_at(a, special_value(s));
        break;
    case 2: /* what stands elsewhere */
        set_at(a, copy);
        copy = NULL;
        break;
    case 3: /* once more */
        if (!a->key) json_array_append_new(a->parent, json_deep_copy(value_at(a)));
        break;
    case 4: /* in a list, one more; in a map, a field more */
        if (json_is_array(a->parent))
            json_array_insert_new(a->parent, a->index, special_value(s));
        else
            json_object_set_new(a->parent, some_field(s), special_value(s));
        break;
    case 5: /* a field moved here */
        if (json_is_object(a->parent)) {
            json_object_set_new(a->parent, some_field(s), copy);
            copy = NULL;
        }
        break;
    default: /* a text made longer */
        if (json_is_string(value_at(a))) {
            struct buf longer = {0};
            for (uint32_t i = below(s, 80) + 1; i > 0; i--)
                buf_text(&longer, "0123456789");
            set_at(a, json_string(buf_str(&longer)));
            buf_release(&longer);
        }
    }
    json_decref(copy);
}

static int dump_to(const char *p, size_t n, void *ctx) {
    buf_add(ctx, p, n);
    return 0;
}

/* Of what is not JSON, the bytes. */
static void change_tree(struct steer *s, struct buf *b) {
    json_t *root = json_loadb((const char *)b->data, b->size, 0, NULL);
    if (!root || below(s, 5) == 0) {
        json_decref(root);
        change_bytes(s, b);
        return;
    }
    for (uint32_t i = below(s, 3) + 1; i > 0; i--) {
        struct spots all = {.count = 0};
        find_spots(root, &all);
        if (all.count) change_spot(s, &all);
    }
    buf_clear(b);
    json_dump_callback(root, dump_to, b, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(root);
}

#ifdef LANTERN_LIBFUZZER
size_t LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *p, size_t n, size_t most);

size_t LLVMFuzzerCustomMutator(uint8_t *p, size_t n, size_t most, unsigned seed) {
    struct steer s = {.seeded = {seed}};
    struct buf b = {0};
    if (below(&s, 4) == 0) return LLVMFuzzerMutate(p, n, most);
    buf_add(&b, p, n);
    change_tree(&s, &b);
    size_t size = b.size < most ? b.size : most;
    if (size) memcpy(p, b.data, size);
    buf_release(&b);
    return size;
}
#endif

/* ---- inputs to start from ---- */

#define HEAD                                                                               \
    "{\"schema\":\"lantern.template/1\",\"code\":\"TRY\",\"version\":3,\"title\":\"Try\"," \
    "\"framework\":\"cqc-saf\","
#define LENGTHS "\"lengths\":[{\"id\":\"core\",\"title\":\"Core\",\"minutes\":20}],"
#define ITEM(id)                                                                      \
    "{\"id\":\"" id "\",\"text\":\"?\",\"module\":\"core\",\"statement\":\"SAF-S6\"," \
    "\"evidence\":\"people\","

static void fuzz_seeds(fuzz_put *put, void *ctx) {
    static const char *const seeds[] = {
        HEAD LENGTHS "\"sections\":[{\"id\":\"A\",\"title\":\"A\",\"items\":[" ITEM(
            "T1") "\"answer\":\"met\"}]}]}",
        HEAD
        "\"about\":\"\xc2\xa3\",\"night\":true,\"guide\":false,\"speaker\":\"relative\","
        "\"lengths\":[{\"id\":\"core\",\"title\":\"Core\",\"minutes\":20,\"modules\":0},"
        "{\"id\":\"full\",\"title\":\"Full\",\"minutes\":90,\"modules\":-1}],"
        "\"modules\":[{\"id\":\"bed\",\"title\":\"Beds\",\"minutes\":9}],"
        "\"sections\":[{\"id\":\"A\",\"title\":\"A\",\"about\":\"x\",\"minutes\":5,"
        "\"repeats\":true,\"repeatMost\":6,\"items\":["
        "{\"id\":\"T1\",\"text\":\"?\",\"help\":\"h\",\"module\":\"bed\",\"required\":true,"
        "\"critical\":true,\"asksWorker\":true,\"takesBoth\":true,\"nightOnly\":true,"
        "\"statement\":\"SAF-S6\",\"statements\":[\"SAF-S6\",\"CAR-C1\"],"
        "\"regulations\":[\"RA2014-9A\"],\"catches\":[\"SAF-S3/17\"],"
        "\"settings\":[\"care_home\"],\"evidence\":\"people\",\"goodLooksLike\":\"g\","
        "\"measure\":\"m\",\"ownerRole\":\"o\",\"lane\":\"this_week\","
        "\"phrases\":[\"a\",\"b\"],\"since\":2,\"followUp\":\"f\",\"parts\":["
        "{\"id\":\"late\",\"kind\":\"minutes\",\"least\":0,\"most\":90,\"target\":\"late\","
        "\"default\":15,\"rule\":\"at_most\",\"unit\":\"min\"},"
        "{\"id\":\"heat\",\"kind\":\"number\",\"least\":-5,\"most\":40.5,\"unit\":\"C\","
        "\"target\":\"heat\",\"default\":18.5,\"defaultHigh\":24,\"rule\":\"between\"},"
        "{\"id\":\"door\",\"text\":\"d\",\"kind\":\"choice\",\"choices\":[{\"id\":\"shut\","
        "\"text\":\"s\"},{\"id\":\"open\",\"text\":\"o\",\"bad\":true}]},"
        "{\"id\":\"of\",\"kind\":\"x_of_y\",\"of\":4}]}]},"
        "{\"id\":\"B\",\"title\":\"B\",\"items\":[" ITEM(
            "T2") "\"answer\":\"ask\",\"when\":{\"item\":\"T1\",\"part\":\"late\","
                  "\"atLeast\":10}}," ITEM("T3") "\"answer\":\"words\",\"when\":{\"item\":"
                                                 "\"T2\",\"is\":\"spared\"}}," ITEM(
                                                     "T4") "\"answer\":\"yes_no\",\"when\":{"
                                                           "\"item\":\"T1\",\"part\":"
                                                           "\"door\",\"isNot\":\"open\"}}]}]}",
        HEAD
        "\"use\":\"checklist\",\"who\":\"w\",\"often\":\"o\",\"everyDays\":28,"
        "\"hours\":{\"from\":\"22:00\",\"to\":\"06:30\"},\"places\":[\"kitchen\"],"
        "\"settings\":[\"care_home\"]," LENGTHS
        "\"sections\":[{\"id\":\"A\",\"title\":\"A\",\"repeats\":true,\"repeatMost\":9,"
        "\"repeatOf\":\"records\",\"items\":[" ITEM(
            "T1") "\"simple\":\"s\",\"picture\":\"book\",\"parts\":["
                  "{\"id\":\"p\",\"kind\":\"percent\",\"target\":\"t\",\"default\":9,"
                  "\"rule\":\"at_least\"},{\"id\":\"s\",\"kind\":\"since\",\"target\":"
                  "\"d\",\"default\":28,\"rule\":\"at_most\"},{\"id\":\"u\",\"kind\":"
                  "\"until\"},{\"id\":\"o\",\"kind\":\"score\"},{\"id\":\"r\",\"kind\":"
                  "\"ready\"},{\"id\":\"f\",\"kind\":\"proof\"},{\"id\":\"d\",\"kind\":"
                  "\"draw\",\"of\":5},{\"id\":\"c\",\"kind\":\"tally\",\"choices\":[{\"id\":"
                  "\"a\",\"text\":\"a\",\"good\":true}]}]}," ITEM(
                      "T2") "\"answer\":\"proof\",\"when\":[{\"item\":\"T1\",\"part\":"
                            "\"s\",\"atLeast\":29,\"atMost\":90},{\"item\":\"T1\",\"part\":"
                            "\"r\",\"is\":\"action\"}]}," ITEM(
                                "T3") "\"answer\":\"words\",\"whenAny\":[{\"item\":"
                                      "\"T2\",\"isNot\":\"proved\"},{\"item\":\"T1\","
                                      "\"part\":\"o\",\"atMost\":2}]}]}]}",
        "[1,2.5,null,true,\"\\u00e9\"]",
        "{\"schema\":\"lantern.template/2\"}",
    };
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++)
        put(ctx, seeds[i], strlen(seeds[i]));
}
