/* reference.c -- reference data from JSON, and which reader a file belongs to. The whole file
 * is one transaction: a mistake anywhere leaves everything as it was. */
#include "model/reference.h"

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "care/template.h"
#include "model/reference_row.h"
#include "store/query.h"

struct reading {
    struct reference ref;
    struct json_doc *doc;
};

/* JSON keeps the number of people who live there apart from the list of those who work there.
 */
static const char *column_of(const struct kind *k, const char *key) {
    if (k == &kind_service && text_equal(key, "people_now")) return "people";
    if (k == &kind_provider && text_equal(key, "lockMinutes")) return "lock_minutes";
    return key;
}

static const char *as_text(struct reading *rd, const json *v) {
    switch (json_type_of(v)) {
    case JSON_T_TEXT:
        return json_text(v, "");
    case JSON_T_INT:
        return arena_printf(&rd->ref.arena, "%lld", (long long)json_int(v, 0));
    case JSON_T_REAL:
        return arena_printf(&rd->ref.arena, "%.3f", json_real(v, 0));
    case JSON_T_BOOL:
        return json_bool(v, false) ? "yes" : "no";
    case JSON_T_NULL:
        return "";
    case JSON_T_NONE:
    case JSON_T_LIST:
    case JSON_T_MAP:
        return NULL;
    }
    return NULL;
}

static enum status fill_row(struct reading *rd, const json *map, struct row *r) {
    for (size_t i = 0; i < json_count(map); i++) {
        const json *v;
        const char *key = json_key_at(map, i, &v), *text = as_text(rd, v);
        if (json_type_of(v) == JSON_T_LIST) continue; /* its own rows */
        if (!text) return json_complain(rd->doc, v, "\"%s\" is not a value", key);
        if (!reference_set(&rd->ref, r, column_of(r->kind, key), text)) {
            char *why = arena_strdup(&rd->ref.arena, status_detail());
            return json_complain(rd->doc, v, "%s", why);
        }
    }
    return STATUS_OK;
}

static enum status want_map(struct reading *rd, const json *v, const struct kind *k) {
    if (json_type_of(v) == JSON_T_MAP) return STATUS_OK;
    return json_complain(rd->doc, v, "a %s in { } is wanted", k->name);
}

static enum status want_list(struct reading *rd, const json *v) {
    if (!v || json_type_of(v) == JSON_T_LIST) return STATUS_OK;
    return json_complain(rd->doc, v, "a list in [ ] is wanted");
}

static enum status put_map(struct reading *rd, const json *map, struct row *r) {
    enum status s = want_map(rd, map, r->kind);
    if (!s) s = fill_row(rd, map, r);
    if (!s) s = reference_put(&rd->ref, r);
    if (s == STATUS_INVALID || s == STATUS_TOO_LARGE) {
        char *why = arena_strdup(&rd->ref.arena, status_detail());
        if (!strstr(why, "line ")) return json_complain(rd->doc, map, "%s", why);
    }
    return s;
}

static enum status read_list(struct reading *rd, const json *list, const struct kind *k,
                             row_id service, int *count) {
    enum status s = want_list(rd, list);
    for (size_t i = 0; !s && i < json_count(list); i++) {
        struct row r = row_new(k);
        row_ref(&r, "service", service);
        s = put_map(rd, json_at(list, i), &r);
        if (!s) (*count)++;
    }
    return s;
}

static enum status read_service(struct reading *rd, const json *v) {
    static const char *const lists[] = {"areas", "people", "targets", "contacts"};
    struct row r = row_new(&kind_service);
    enum status s = want_map(rd, v, &kind_service);
    if (s) return s;
    row_ref(&r, "provider", rd->ref.provider);
    for (size_t i = 0; i < json_count(v); i++) {
        const json *inner;
        const char *key = json_key_at(v, i, &inner);
        bool known = false;
        for (size_t k = 0; k < 4; k++)
            known = known || text_equal(key, lists[k]);
        if (json_type_of(inner) == JSON_T_LIST && !known)
            return json_complain(rd->doc, inner, "unknown list \"%s\"", key);
    }
    s = put_map(rd, v, &r);
    rd->ref.sum.services++;
    if (!s) s = read_list(rd, json_get(v, "areas"), &kind_area, r.id, &rd->ref.sum.areas);
    if (!s) s = read_list(rd, json_get(v, "people"), &kind_person, r.id, &rd->ref.sum.people);
    if (!s) s = read_list(rd, json_get(v, "targets"), &kind_target, r.id, &rd->ref.sum.targets);
    if (!s)
        s = read_list(rd, json_get(v, "contacts"), &kind_contact, r.id, &rd->ref.sum.contacts);
    return s;
}

static enum status read_root(struct reading *rd, const json *root) {
    static const char *const keys[] = {"schema", "provider", "services",
                                       "people", "targets",  "contacts"};
    for (size_t i = 0; i < json_count(root); i++) {
        const json *v;
        const char *key = json_key_at(root, i, &v);
        bool known = false;
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            known = known || text_equal(key, keys[k]);
        if (!known) return json_complain(rd->doc, v, "unknown part \"%s\"", key);
    }
    enum status s = STATUS_OK;
    if (json_get(root, "provider")) {
        struct row r = row_new(&kind_provider);
        s = put_map(rd, json_get(root, "provider"), &r);
        rd->ref.provider = r.id;
    }
    const json *services = json_get(root, "services");
    if (!s) s = want_list(rd, services);
    for (size_t i = 0; !s && i < json_count(services); i++)
        s = read_service(rd, json_at(services, i));
    if (!s) s = read_list(rd, json_get(root, "people"), &kind_person, 0, &rd->ref.sum.people);
    if (!s) s = read_list(rd, json_get(root, "targets"), &kind_target, 0, &rd->ref.sum.targets);
    if (!s)
        s = read_list(rd, json_get(root, "contacts"), &kind_contact, 0, &rd->ref.sum.contacts);
    return s;
}

enum status reference_add_json(struct journal *j, const char *name, const char *text, size_t n,
                               struct reference_summary *out) {
    struct reading rd = {.ref = {.j = j}};
    enum status s = json_parse(&rd.doc, name, text, n);
    if (s) return s;
    const json *root = json_root(rd.doc);
    if (!text_equal(json_text(json_get(root, "schema"), ""), "lantern.reference/1")) {
        s = json_complain(rd.doc, root,
                          "this is not a file of services (schema lantern.reference/1)");
        goto done;
    }
    s = journal_begin(j);
    if (s) goto done;
    s = read_root(&rd, root);
    if (!s) s = journal_commit(j);
    if (s) journal_rollback(j);
    if (!s) *out = rd.ref.sum;
done:
    json_close(rd.doc);
    arena_release(&rd.ref.arena);
    return s;
}

/* The row of a form with exactly these bytes, 0 when there is none. */
static row_id find_form(struct journal *j, struct arena *a, const hash256 *h) {
    struct query q;
    row_id found = 0;
    query_open(&q, j, "SELECT id FROM template WHERE hex(hash) = upper(?1) AND withdrawn = 0",
               0);
    query_bind_text(&q, 1, hex_of(a, h->b, sizeof h->b));
    if (query_next(&q)) found = query_int(&q, 0);
    return query_close(&q) ? 0 : found;
}

/* A version says one thing for ever: other words under a number that is taken, or under an
 * earlier one, would be asked in place of what people think they ask. */
static enum status check_version(struct journal *j, const char *name,
                                 const struct template *t) {
    struct query q;
    int64_t newest = 0;
    query_open(&q, j, "SELECT max(edition) FROM template WHERE code = ?1 AND withdrawn = 0", 0);
    query_bind_text(&q, 1, t->code);
    if (query_next(&q)) newest = query_int(&q, 0);
    enum status s = query_close(&q);
    if (s || newest < t->version) return s;
    return status_fail(STATUS_INVALID,
                       "%s: version %lld of %s is here already, and this one differs. Raise "
                       "its version to %lld and add it again",
                       name, (long long)newest, t->code, (long long)newest + 1);
}

/* A form: validated whole, kept as a blob, named by a template record. */
static enum status add_template(struct journal *j, const char *name, const char *text, size_t n,
                                struct reference_summary *out) {
    struct template *t = NULL;
    struct reading rd = {.ref = {.j = j}};
    enum status s = template_read(&t, name, text, n);
    if (s) return s;
    hash256 h;
    struct row r = row_new(&kind_template);
    s = journal_begin(j);
    if (!s) s = blob_put(j, text, n, &h);
    if (!s && find_form(j, &rd.ref.arena, &h)) {
        rd.ref.sum.same++;
    } else if (!s) {
        s = check_version(j, name, t);
        row_text(&r, "code", t->code);
        row_int(&r, "edition", t->version);
        row_text(&r, "title", t->title);
        row_hash(&r, "hash", &h);
        if (!s) s = reference_put(&rd.ref, &r);
    }
    if (!s) s = journal_commit(j);
    if (s) journal_rollback(j);
    rd.ref.sum.templates = 1;
    if (!s) *out = rd.ref.sum;
    template_close(t);
    arena_release(&rd.ref.arena);
    return s;
}

enum status reference_add_file(struct journal *j, const char *path,
                               struct reference_summary *out) {
    struct buf text = {0};
    const char *name = path_name(path);
    size_t n = strlen(name);
    enum status s = file_read(path, REFERENCE_BYTES_MAX, &text);
    if (s) goto done;
    if (n > 4 && text_equal(name + n - 4, ".csv")) {
        s = reference_add_csv(j, name, buf_str(&text), text.size, out);
    } else if (strstr(buf_str(&text), "\"lantern.template/1\"")) {
        s = add_template(j, name, buf_str(&text), text.size, out);
    } else {
        s = reference_add_json(j, name, buf_str(&text), text.size, out);
    }
done:
    buf_release(&text);
    return s;
}
