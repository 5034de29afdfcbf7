/* belonging.c -- which service a row belongs to, so that a pack tells a tablet of its own
 * services only. See tablet_pack.h. Nothing here knows a kind by name but `service`: a new kind
 * that names a service, or a row that belongs to one, is covered by its descriptor. */
#include "base/text.h"
#include "office/tablet_pack.h"
#include "store/query.h"
#include "store/union.h"

#define DEPTH_MOST 6 /* step → action → visit → earlier visit … */

struct known_service {
    row_id row;
    const char *code;
};

struct belongs { /* one for each row and service it ever belonged to; service 0: to no tablet */
    row_id row, service;
};

struct belonging {
    struct journal *j;
    struct arena scratch;
    struct known_service *services;
    size_t services_count;
    struct belongs *all; /* ascending */
    size_t count;
};

/* ---- one version of one row
 * -------------------------------------------------------------------- */

static enum status service_of(struct belonging *b, const struct row *r, int depth, row_id *out);

static enum status service_of_row(struct belonging *b, const struct kind *k, row_id id,
                                  int depth, row_id *out) {
    struct row r;
    *out = 0;
    if (k == &kind_service) {
        *out = id;
        return STATUS_OK;
    }
    enum status s = journal_row(b->j, k, id, &b->scratch, &r);
    if (s == STATUS_NOT_FOUND) return STATUS_OK; /* not here: it says nothing about a service */
    return s ? s : service_of(b, &r, depth + 1, out);
}

/* Columns that name a service come first, wherever they stand. */
static enum status service_of(struct belonging *b, const struct row *r, int depth,
                              row_id *out) {
    enum status s = STATUS_OK;
    *out = 0;
    for (int direct = 1; direct >= 0; direct--)
        for (int i = 0; !s && !*out && r->kind->columns[i].name; i++) {
            const struct column *c = &r->kind->columns[i];
            const struct kind *to = c->type == COL_REF && c->to ? kind_by_name(c->to) : NULL;
            bool is_service = to == &kind_service;
            if (!to || is_service != (direct == 1) || !r->values[i].said) continue;
            if (is_service || depth < DEPTH_MOST)
                s = service_of_row(b, to, r->values[i].i, depth, out);
        }
    return s;
}

/* ---- the office's own rows
 * --------------------------------------------------------------------- */

struct own_row {
    row_id row;
    const struct kind *kind;
};

static int by_row(const void *x, const void *y) {
    const struct own_row *a = x, *b = y;
    return a->row < b->row ? -1 : a->row > b->row;
}

static int by_both(const void *x, const void *y) {
    const struct belongs *a = x, *b = y;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->service < b->service ? -1 : a->service > b->service;
}

/* Every row that one log says something about. */
static enum status rows_of_log(struct journal *j, const struct log_info *log, struct buf *out) {
    struct query q;
    for (query_open(&q, j,
                    "SELECT DISTINCT \"row\", kind FROM journal WHERE id BETWEEN ?1 AND ?2", 2,
                    ROW_ID(log->no, 1), ROW_ID(log->no, log->highest_seq));
         query_next(&q);) {
        struct own_row one = {query_int(&q, 0), kind_by_number((uint32_t)query_int(&q, 1))};
        if (one.kind && !one.kind->program) buf_add(out, &one, sizeof one);
    }
    return query_close(&q);
}

static enum status own_rows(struct journal *j, struct arena *a, struct own_row **out,
                            size_t *n) {
    struct log_info *logs;
    size_t logs_count;
    struct buf found = {0};
    enum status s = union_logs(j, a, &logs, &logs_count);
    for (size_t i = 0; !s && i < logs_count; i++)
        if (logs[i].own || logs[i].office) s = rows_of_log(j, &logs[i], &found);
    *n = found.size / sizeof(struct own_row);
    *out = ARENA_ARRAY(a, struct own_row, *n + 1);
    if (*n) memcpy(*out, found.data, found.size);
    buf_release(&found);
    qsort(*out, *n, sizeof **out, by_row);
    return s;
}

/* A person who moved belongs to both services: the tablet of the old one has to learn of it. */
static enum status add_versions(struct belonging *b, const struct own_row *own,
                                struct buf *out) {
    struct version *versions;
    size_t n;
    enum status s = journal_history(b->j, own->row, &b->scratch, &versions, &n);
    for (size_t i = 0; !s && i < n; i++) {
        struct belongs one = {.row = own->row};
        struct row r;
        if (versions[i].op == OP_WITHDRAW) continue;
        if (own->kind == &kind_service) {
            one.service = own->row;
        } else {
            s = journal_version(b->j, versions[i].record, &b->scratch, &r);
            if (s == STATUS_OK) s = service_of(b, &r, 0, &one.service);
            if (s == STATUS_NOT_FOUND)
                s = STATUS_OK; /* erased: there are no words to hold back */
        }
        if (!s && one.service) buf_add(out, &one, sizeof one);
    }
    arena_reset(&b->scratch);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static enum status load_services(struct belonging *b, struct arena *a) {
    struct query q;
    struct buf found = {0};
    for (query_open(&q, b->j, "SELECT id, code FROM service", 0); query_next(&q);) {
        struct known_service one = {query_int(&q, 0), query_text(&q, 1, a)};
        buf_add(&found, &one, sizeof one);
    }
    enum status s = query_close(&q);
    b->services_count = found.size / sizeof(struct known_service);
    b->services = ARENA_ARRAY(a, struct known_service, b->services_count + 1);
    if (b->services_count) memcpy(b->services, found.data, found.size);
    buf_release(&found);
    return s;
}

/* What was said in confidence, and who was let in or read it, is no tablet's business, not even
 * of one that gets all services. */
static bool for_no_tablet(const struct kind *k) {
    return k->confidential || k->number == KIND_access;
}

static enum status add_row(struct belonging *b, const struct own_row *own, struct buf *out) {
    struct belongs nobodys = {.row = own->row};
    if (!for_no_tablet(own->kind)) return add_versions(b, own, out);
    buf_add(out, &nobodys, sizeof nobodys);
    return STATUS_OK;
}

enum status belonging_find(struct office *o, struct journal *j, struct belonging **out) {
    struct belonging *b = ARENA_NEW(&o->arena, struct belonging);
    struct own_row *rows;
    size_t n = 0;
    struct buf found = {0};
    b->j = j;
    enum status s = load_services(b, &o->arena);
    if (!s) s = own_rows(j, &o->arena, &rows, &n);
    for (size_t i = 0; !s && i < n; i++)
        if (i == 0 || rows[i].row != rows[i - 1].row) s = add_row(b, &rows[i], &found);
    b->count = found.size / sizeof(struct belongs);
    b->all = ARENA_ARRAY(&o->arena, struct belongs, b->count + 1);
    if (b->count) memcpy(b->all, found.data, found.size);
    qsort(b->all, b->count, sizeof *b->all, by_both);
    buf_release(&found);
    arena_release(&b->scratch);
    if (!s) *out = b;
    return s;
}

/* ---- one tablet
 * -------------------------------------------------------------------------------- */

static bool is_mine(const struct belonging *b, row_id service, const char *services) {
    for (size_t i = 0; i < b->services_count; i++)
        if (b->services[i].row == service)
            return text_listed(services, ' ', b->services[i].code);
    return false;
}

void belonging_withheld(const struct belonging *b, struct arena *a, const char *services,
                        row_id **out, size_t *n) {
    *out = ARENA_ARRAY(a, row_id, b->count + 1);
    *n = 0;
    for (size_t i = 0, next; i < b->count; i = next) {
        bool mine = text_blank(services) && b->all[i].service;
        for (next = i; next < b->count && b->all[next].row == b->all[i].row; next++)
            mine = mine || is_mine(b, b->all[next].service, services);
        if (!mine) (*out)[(*n)++] = b->all[i].row;
    }
}
