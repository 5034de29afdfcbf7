/* frameworks.c -- the folder of frameworks, and the files that lead from one to another.
 *
 * A bad file takes nothing with it: it is refused with one message, and what was there stays.
 */
#include "care/frameworks.h"

#include "base/file.h"
#include "base/text.h"
#include "care/fields.h"

#define MAPPING_BYTES_MOST ((size_t)256 * 1024)
#define PAIRS_MOST         400
#define TARGETS_MOST       40
#define SOURCES_MOST       20

#define AT(type, member)   offsetof(struct type, member)

/* ---- mappings ---- */

static const struct field root_fields[] = {
    {.name = "schema", .kind = FIELD_OTHER, .required = true},
    {.name = "from", .kind = FIELD_ID, .offset = AT(mapping, from), .required = true},
    {.name = "to", .kind = FIELD_ID, .offset = AT(mapping, to), .required = true},
    {.name = "version",
     .kind = FIELD_INT,
     .offset = AT(mapping, version),
     .least = 1,
     .most = 1000000,
     .required = true},
    {.name = "about", .kind = FIELD_TEXT, .offset = AT(mapping, about), .required = true},
    {.name = "status", .kind = FIELD_TEXT, .offset = AT(mapping, status), .required = true},
    {.name = "sources", .kind = FIELD_OTHER},
    {.name = "pairs", .kind = FIELD_OTHER, .required = true},
    {.name = NULL},
};
static const struct field source_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = AT(source, id), .required = true},
    {.name = "title", .kind = FIELD_TEXT, .offset = AT(source, title), .required = true},
    {.name = "publisher", .kind = FIELD_TEXT, .offset = AT(source, publisher)},
    {.name = "date", .kind = FIELD_TEXT, .offset = AT(source, date)},
    {.name = NULL},
};
static const struct field pair_fields[] = {
    {.name = "from", .kind = FIELD_ID, .offset = AT(mapping_pair, from), .required = true},
    {.name = "to",
     .kind = FIELD_TEXTS,
     .offset = AT(mapping_pair, to),
     .count = AT(mapping_pair, to_count),
     .most = TARGETS_MOST,
     .required = true},
    {.name = NULL},
};

static void read_sources(struct reading *r, struct mapping *m, const json *root) {
    const json *list = reading_list(r, root, "sources", 0, SOURCES_MOST);
    m->sources = ARENA_ARRAY(r->memory, struct source, json_count(list) + 1);
    for (size_t i = 0; i < json_count(list) && !r->bad; i++)
        reading_fields(r, json_at(list, i), source_fields, &m->sources[m->sources_count++]);
    bool verified = text_equal(m->status, RULE_VERIFIED);
    if (!verified && !text_equal(m->status, RULE_NOT_VERIFIED))
        reading_complain(r, root, "\"status\" must be \"%s\" or \"%s\"", RULE_VERIFIED,
                         RULE_NOT_VERIFIED);
    if (verified && !m->sources_count)
        reading_complain(r, root, "it says \"%s\" but names no source", RULE_VERIFIED);
}

static void read_pairs(struct reading *r, struct mapping *m, const json *root) {
    const json *list = reading_list(r, root, "pairs", 1, PAIRS_MOST);
    m->pairs = ARENA_ARRAY(r->memory, struct mapping_pair, json_count(list) + 1);
    for (size_t i = 0; i < json_count(list) && !r->bad; i++) {
        struct mapping_pair *p = &m->pairs[m->pairs_count];
        reading_subject(r, "pair", json_text(json_get(json_at(list, i), "from"), ""));
        reading_fields(r, json_at(list, i), pair_fields, p);
        if (!r->bad && mapping_of(m, p->from))
            reading_complain(r, json_at(list, i), "this code stands here twice");
        m->pairs_count++;
    }
}

enum status mapping_load(struct mapping **out, const char *path) {
    struct arena memory = {0};
    struct reading r = {.memory = &memory};
    enum status s = json_load(&r.doc, path, MAPPING_BYTES_MOST);
    if (s) return s;
    struct mapping *m = ARENA_NEW(&memory, struct mapping);
    const json *root = json_root(r.doc);
    if (json_type_of(root) == JSON_T_MAP)
        reading_schema(&r, root, "lantern.framework-mapping", 1);
    reading_fields(&r, root, root_fields, m);
    if (!r.bad) read_sources(&r, m, root);
    if (!r.bad) read_pairs(&r, m, root);
    json_close(r.doc);
    if (r.bad) {
        arena_release(&memory);
        return r.bad;
    }
    m->memory = memory;
    *out = m;
    return STATUS_OK;
}

void mapping_close(struct mapping *m) {
    if (!m) return;
    struct arena memory = m->memory; /* m itself lives in it */
    arena_release(&memory);
}

static bool has_code(const struct framework *f, const char *code) {
    return framework_statement(f, code) || framework_question(f, code) >= 0;
}

enum status mapping_fits(const struct mapping *m, const struct framework *from,
                         const struct framework *to) {
    for (int i = 0; i < m->pairs_count; i++) {
        const struct mapping_pair *p = &m->pairs[i];
        if (!has_code(from, p->from))
            return status_fail(STATUS_INVALID, "%s to %s: %s knows no %s", m->from, m->to,
                               m->from, p->from);
        for (int k = 0; k < p->to_count; k++)
            if (!has_code(to, p->to[k]))
                return status_fail(STATUS_INVALID, "%s to %s: %s knows no %s", m->from, m->to,
                                   m->to, p->to[k]);
    }
    return STATUS_OK;
}

const struct mapping_pair *mapping_of(const struct mapping *m, const char *code) {
    for (int i = 0; m && i < m->pairs_count; i++)
        if (text_equal(m->pairs[i].from, code)) return &m->pairs[i];
    return NULL;
}

/* ---- the folder ---- */

/* In force, then those that came before, drafts last; of one framework the newest edition
 * first.
 */
static bool comes_before(const struct framework *a, const struct framework *b) {
    if (a->draft != b->draft) return b->draft;
    int from = strcmp(a->from, b->from), id = strcmp(a->id, b->id);
    if (from) return from > 0;
    return id ? id < 0 : a->version > b->version;
}

const struct framework *frameworks_edition(const struct frameworks *f, const char *id,
                                           int64_t version) {
    for (int i = 0; i < f->count; i++)
        if (text_equal(f->all[i]->id, id) && f->all[i]->version == version) return f->all[i];
    return NULL;
}

const struct framework *frameworks_newest(const struct frameworks *f, const char *id) {
    const struct framework *newest = NULL;
    for (int i = 0; i < f->count; i++)
        if (text_equal(f->all[i]->id, id) && (!newest || f->all[i]->version > newest->version))
            newest = f->all[i];
    return newest;
}

const struct mapping *frameworks_mapping(const struct frameworks *f, const char *from,
                                         const char *to) {
    for (int i = 0; i < f->maps_count; i++)
        if (text_equal(f->maps[i]->from, from) && text_equal(f->maps[i]->to, to))
            return f->maps[i];
    return NULL;
}

enum status frameworks_take(struct frameworks *f, const char *path) {
    struct framework *one = NULL;
    enum status s = framework_load(&one, path);
    if (s) return s;
    if (frameworks_edition(f, one->id, one->version))
        s = status_fail(STATUS_EXISTS, "%s: edition %d of %s is here already", path,
                        one->version, one->id);
    if (!s && f->count == FRAMEWORKS_MOST)
        s = status_fail(STATUS_TOO_LARGE, "%s: more than %d frameworks", path, FRAMEWORKS_MOST);
    if (s) {
        framework_close(one);
        return s;
    }
    int at = f->count++;
    for (; at > 0 && comes_before(one, f->all[at - 1]); at--)
        f->all[at] = f->all[at - 1];
    f->all[at] = one;
    return STATUS_OK;
}

/* A mapping stays only when both ends are here and know its codes. */
static enum status take_mapping(struct frameworks *f, const char *path) {
    struct mapping *m = NULL;
    enum status s = mapping_load(&m, path);
    if (s) return s;
    const struct framework *from = frameworks_newest(f, m->from),
                           *to = frameworks_newest(f, m->to);
    if (f->maps_count == MAPPINGS_MOST)
        s = status_fail(STATUS_TOO_LARGE, "%s: more than %d mappings", path, MAPPINGS_MOST);
    else if (!from || !to)
        s = status_fail(STATUS_NOT_FOUND, "%s: no framework %s", path, from ? m->to : m->from);
    else
        s = mapping_fits(m, from, to);
    if (s)
        mapping_close(m);
    else
        f->maps[f->maps_count++] = m;
    return s;
}

static void refused(struct frameworks *f, enum status s) {
    if (s && !f->problem) f->problem = arena_strdup(&f->memory, status_detail());
}

enum status frameworks_open(struct frameworks *out, const char *dir) {
    struct frameworks f = {0};
    char **names;
    size_t n = 0;
    enum status s = dir_list(&f.memory, dir, ".json", &names, &n);
    for (size_t i = 0; !s && i < n; i++)
        refused(&f, frameworks_take(&f, path_join(&f.memory, dir, names[i])));
    if (!s && !f.count)
        s = f.problem ? status_fail(STATUS_INVALID, "%s", f.problem)
                      : status_fail(STATUS_NOT_FOUND, "%s", dir);
    const char *maps = s ? NULL : path_join(&f.memory, dir, "mappings");
    if (!s && !dir_list(&f.memory, maps, ".json", &names, &n))
        for (size_t i = 0; i < n; i++)
            refused(&f, take_mapping(&f, path_join(&f.memory, maps, names[i])));
    if (s) {
        frameworks_close(&f);
        return s;
    }
    *out = f;
    return STATUS_OK;
}

void frameworks_close(struct frameworks *f) {
    for (int i = 0; i < f->count; i++)
        framework_close(f->all[i]);
    for (int i = 0; i < f->maps_count; i++)
        mapping_close(f->maps[i]);
    arena_release(&f->memory);
    *f = (struct frameworks){0};
}
