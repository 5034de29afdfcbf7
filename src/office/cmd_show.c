/* cmd_show.c -- what a bundle or a master holds, a record a line: for people, or as JSON lines
 * (the documented second format, sync/FORMAT.md). An open bundle is read without a database; a
 * sealed one with the office's keys (--db) or the recovery key, and without them only its clear
 * header is told. */
#include "base/cbor.h"
#include "base/json.h"
#include "base/keys.h"
#include "base/text.h"
#include "office/office.h"
#include "office/readers.h"
#include "office/recovery.h"
#include "office/roles_office.h"
#include "office/show_copy.h"
#include "store/union.h"
#include "sync/bundle.h"

struct showing {
    struct office *o;
    const char *kind;
    struct journal *j;
    struct readers readers;     /* by whom a box is called; none without a master */
    struct role *role;          /* NULL: a bundle, which is for the provider */
    const struct log_info *log; /* whose records come now; NULL: of a bundle */
    struct arena line;
    int64_t shown;
};

/* One record as it is told: of which row, and the key beside a box. */
struct telling {
    struct showing *s;
    const struct kind *kind; /* NULL: of a newer Lantern */
    const hash256 *log;
    const uint8_t *key;
    size_t key_n;
};

static void put_ref(struct json_out *out, const char *key, const struct global_ref *r,
                    struct arena *a) {
    if (!r->seq) return;
    json_open_map(out, key);
    json_put_text(out, "log", hex_of(a, r->log.b, sizeof r->log.b));
    json_put_int(out, "seq", r->seq);
    json_close_map(out);
}

/* A reference in a body: a seq of the own log, or [log id, seq, check]. */
static void put_body_ref(struct json_out *out, const char *key, struct cbor_item item,
                         struct cursor *c, const hash256 *log, struct arena *a) {
    struct global_ref r = {.log = *log, .seq = item.i};
    if (item.type == CBOR_ARRAY) {
        struct cbor_item id = cbor_next(c), seq = cbor_next(c);
        cbor_next(c); /* the check */
        if (id.type != CBOR_BYTES || id.n != sizeof r.log.b) return;
        memcpy(r.log.b, id.p, sizeof r.log.b);
        r.seq = seq.i;
    }
    put_ref(out, key, &r, a);
}

static void put_bytes(struct json_out *out, struct telling *t, const struct column *c,
                      const char *key, const struct cbor_item *item) {
    if (c && text_equal(c->name, "key")) {
        t->key = item->p;
        t->key_n = item->n;
    }
    json_put_text(out, key,
                  c && sealed_box(c)
                      ? sealed_box_says(t->s->o, &t->s->line, &t->s->readers, t->key, t->key_n)
                      : hex_of(&t->s->line, item->p, item->n));
}

static void put_item(struct json_out *out, struct telling *t, const struct column *column,
                     const char *key, struct cursor *c) {
    struct cbor_item item = cbor_next(c);
    switch (item.type) {
    case CBOR_NULL:
    case CBOR_BAD:
        return;
    case CBOR_BOOL:
        json_put_bool(out, key, item.i != 0);
        return;
    case CBOR_TEXT:
        json_put_text(out, key, arena_strndup(&t->s->line, (const char *)item.p, item.n));
        return;
    case CBOR_BYTES:
        put_bytes(out, t, column, key, &item);
        return;
    case CBOR_ARRAY:
        put_body_ref(out, key, item, c, t->log, &t->s->line);
        return;
    case CBOR_INT:
        if (column && column->type == COL_REF) {
            put_body_ref(out, key, item, c, t->log, &t->s->line);
        } else {
            json_put_int(out, key, item.i);
        }
        return;
    }
}

static void put_body(struct json_out *out, struct telling *t, const struct record_wire *r) {
    struct cursor c = cursor_of(r->body, r->body_size);
    struct cbor_item head = cbor_next(&c);
    int columns = t->kind ? kind_column_count(t->kind) : 0;
    if (head.type != CBOR_ARRAY) return;
    json_open_map(out, "body");
    for (int64_t i = 0; i < head.i && !c.bad; i++) {
        const struct column *column = i < columns ? &t->kind->columns[i] : NULL;
        const char *key =
            column ? column->name : arena_printf(&t->s->line, "%lld", (long long)i);
        put_item(out, t, column, key, &c);
    }
    json_close_map(out);
}

static bool in_copy(const struct showing *s, const struct record_wire *r) {
    return !s->role || (s->log && role_has_record(s->role, ROW_ID(s->log->no, r->seq)));
}

static bool show_record(void *ctx, const hash256 *log, const struct record_wire *r) {
    static const char *const ops[] = {"create", "change", "withdraw"};
    struct showing *s = ctx;
    const struct kind *k = kind_by_number(r->kind);
    struct arena *a = &s->line;
    const char *name = k ? k->name : arena_printf(a, "kind %d", r->kind);
    struct telling t = {.s = s, .kind = k, .log = log};
    if (s->kind && !text_equal(s->kind, name)) return true;
    if (!in_copy(s, r)) return true;
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_text(&out, "log", hex_of(a, log->b, sizeof log->b));
    json_put_int(&out, "seq", r->seq);
    json_put_int(&out, "hlc", (int64_t)r->hlc);
    json_put_text(&out, "at", time_iso(a, r->at));
    put_ref(&out, "by", &r->by, a);
    json_put_text(&out, "kind", name);
    json_put_text(&out, "op", r->op < 3 ? ops[r->op] : "?");
    put_ref(&out, "row", &r->row, a);
    put_ref(&out, "parent", &r->parent, a);
    json_put_text(&out, "hash", hex_of(a, r->hash.b, sizeof r->hash.b));
    if (r->body_erased) {
        json_put_bool(&out, "erased", true);
    } else if (r->op != OP_WITHDRAW) {
        put_body(&out, &t, r);
    }
    json_close_map(&out);
    if (s->o->json) {
        printf("%s\n", buf_str(&b));
    } else {
        printf("%.8s/%lld  %s  %-12s %s\n", hex_of(a, log->b, sizeof log->b), (long long)r->seq,
               time_day_hm(a, r->at), name,
               strstr(buf_str(&b), "\"body\"") ? strstr(buf_str(&b), "\"body\"") + 7 : "");
    }
    buf_release(&b);
    arena_reset(a);
    s->shown++;
    return !ferror(stdout);
}

static enum status show_logs(struct showing *s) {
    struct log_info *logs;
    size_t n = 0;
    enum status st = union_logs(s->j, &s->o->arena, &logs, &n);
    for (size_t i = 0; !st && i < n; i++) {
        struct union_reader *u = NULL;
        struct record_wire r;
        st = union_read_open(&u, s->j, logs[i].no, 1, logs[i].highest_seq);
        if (st) break;
        s->log = &logs[i];
        while (union_read_next(u, &r) && show_record(s, &logs[i].id, &r))
            continue;
        st = union_read_close(u);
    }
    return st;
}

static enum status show_master(struct office *o, const char *path, const struct audience *who,
                               const char *service, struct showing *s) {
    struct role *role = NULL;
    enum status st = office_open(o, path, false, true, &s->j);
    if (!st) st = readers_read(o, s->j, &s->readers);
    if (!st) st = role_open(o, s->j, who, service, &role);
    if (!st && !role_all(role)) s->role = role;
    if (!st) st = role_provider(role) ? show_logs(s) : show_copy(o, s->j, role, s->kind);
    role_close(role);
    journal_close(s->j);
    return st;
}

static bool is_database(const char *path) {
    char head[16] = "";
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    size_t n = fread(head, 1, sizeof head, f);
    fclose(f);
    return n == sizeof head && memcmp(head, "SQLite format 3", 16) == 0;
}

/* ---- bundles
 * ----------------------------------------------------------------------------------- */

struct opening {
    const char *db, *recovery;
    struct journal *j; /* the office's keys; NULL: none */
    uint8_t secret[KEY_BYTES];
};

static bool unwrap(const void *ctx, const uint8_t wrapped[KEY_WRAPPED_BYTES],
                   uint8_t key[KEY_BYTES]) {
    const struct opening *w = ctx;
    if (w->j && journal_unwrap(w->j, wrapped, key)) return true;
    return w->recovery && key_unwrap(w->secret, wrapped, key);
}

/* Nothing but what anybody who finds the stick can see. */
static void say_locked(struct office *o, const struct bundle_head *head) {
    struct arena *a = &o->arena;
    struct buf b = {0};
    struct json_out out = {.to = &b};
    if (!o->json) {
        printf("%s\n",
               OFFICE_SAY(o, head->under_code ? "office.show_code" : "office.show_locked",
                          int_text(a, head->readers_count)));
        for (int i = 0; i < head->readers_count; i++)
            printf("    %s\n", hex_of(a, head->readers[i], sizeof head->readers[i]));
        return;
    }
    json_open_map(&out, NULL);
    json_put_bool(&out, "sealed", true);
    json_put_bool(&out, "under_code", head->under_code);
    json_open_list(&out, "readers");
    for (int i = 0; i < head->readers_count; i++)
        json_put_text(&out, NULL, hex_of(a, head->readers[i], sizeof head->readers[i]));
    json_close_list(&out);
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

static void say_head(struct office *o, const struct showing *s,
                     const struct bundle_head *head) {
    char *carrier = arena_strdup(&o->arena, head->carrier);
    text_one_line(carrier); /* anybody may have written it */
    fprintf(stderr, "%s\n",
            OFFICE_SAY(o, head->sealed ? "office.show_head_sealed" : "office.show_head",
                       carrier, time_day_hm(&o->arena, head->made_at),
                       int_text(&o->arena, s->shown)));
}

static enum status show_bundle(struct office *o, const char *path, struct opening *with,
                               struct showing *s) {
    struct bundle_head head = {0};
    bool keys = with->db || with->recovery;
    enum status st =
        with->recovery ? recovery_load(o, with->recovery, with->secret) : STATUS_OK;
    if (!st && with->db) st = office_open(o, with->db, false, false, &with->j);
    if (st) return st;
    if (with->j) st = readers_read(o, with->j, &s->readers);
    if (!st)
        st = bundle_show_sealed(path, keys ? &(struct bundle_opener){unwrap, with, NULL} : NULL,
                                &head, show_record, s);
    if (st && head.locked && !keys) {
        say_locked(o, &head);
        st = STATUS_OK;
    } else if (!st) {
        say_head(o, s, &head);
    }
    journal_close(with->j);
    key_wipe(with->secret, sizeof with->secret);
    return st;
}

int office_show(struct office *o, int argc, char **argv) {
    struct showing s = {.o = o};
    struct opening with = {0};
    struct audience who;
    const char *reader = NULL, *service = NULL;
    char **rest;
    int n;
    const struct option_spec specs[] = {
        {"kind", &s.kind, NULL}, {"json", NULL, &o->json},
        {"db", &with.db, NULL},  {"recovery", &with.recovery, NULL},
        {"for", &reader, NULL},  {"service", &service, NULL}};
    int wrong = office_options(o, argc, argv, specs, 6, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (s.kind && !kind_by_name(s.kind)) return office_wrong(o, "office.unknown_kind", s.kind);
    wrong = audience_given(o, reader, service, &who);
    if (wrong) return wrong;
    bool master = is_database(rest[0]);
    if (!master && (service || who.copy != COPY_PROVIDER))
        return office_wrong(o, "office.master_only", service ? "--service" : "--for");
    enum status st = master ? show_master(o, rest[0], &who, service, &s)
                            : show_bundle(o, rest[0], &with, &s);
    arena_release(&s.line);
    return st ? office_failed(o, st) : EXIT_DONE;
}
