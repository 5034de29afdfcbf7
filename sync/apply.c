/* apply.c -- records, copies, receipt and blobs of one bundle into the union.
 *
 * Each section must end in the hash that its table entry, and with it the checkpoint, names;
 * that one comparison proves every record before it. */
#include "sync/apply.h"

#include "base/file.h"
#include "base/log.h"
#include "store/query.h"
#include "sync/enrol.h"
#include "sync/had.h"
#include "sync/plan.h"

void apply_init(struct apply *a, struct journal *j, struct bundle_reader *r, bool tablet,
                struct merge_summary *summary) {
    *a = (struct apply){.j = j, .reader = r, .tablet = tablet, .summary = summary};
}

void apply_abandon(struct apply *a) {
    struct union_outcome o;
    struct union_section *open = a->open;
    a->open = NULL;
    enum status s = open ? union_section_end(open, &o) : STATUS_OK;
    if (s) log_line("a section was left: %s", status_key(s));
    blob_write_abandon(a->blob);
    a->blob = NULL;
}

void apply_release(struct apply *a) {
    BELIEVE(!a->open && !a->blob);
    packer_release(&a->packer);
    frame_state_release(&a->frames);
    buf_release(&a->raw);
    hash_set_release(&a->names);
    hash_set_release(&a->gone);
    buf_release(&a->named);
    arena_release(&a->arena);
}

/* ---- records
 * ---------------------------------------------------------------------------------- */

static enum status section_open(struct apply *a, const struct section *s) {
    a->next_seq = s->first_seq;
    frame_section_start(&a->frames);
    return union_section_start(&a->open, a->j, &s->log, s->key, s->incarnation, s->first_seq,
                               &s->previous, s->salt_key);
}

static enum status section_close(struct apply *a, const struct section *s) {
    struct union_outcome o;
    struct union_section *open = a->open;
    a->open = NULL;
    enum status st = union_section_end(open, &o);
    if (st) return st;
    if (!hash_equal(&o.head, &s->head))
        return wire_damaged("its records do not fit their signed end");
    a->summary->added += o.added;
    a->summary->known += o.known;
    a->summary->gaps += o.gap;
    a->summary->forks += o.fork;
    a->summary->copies_differ += o.copies_differ;
    a->section++;
    arena_reset(&a->arena);
    return checkpoint_keep(a->j, s, &a->arena);
}

/* ---- blobs that records name ---- */

struct named {
    hash256 name;
    row_id row;
};

struct naming {
    struct apply *a;
    const hash256 *log;
    const struct record_wire *r;
    row_id row; /* 0: not looked up yet */
    bool erased;
};

static void find_row(struct naming *n) {
    struct log_info log;
    struct arena scratch = {0};
    char *why;
    int32_t day;
    bool creates = n->r->op == OP_CREATE;
    const hash256 *id = creates ? n->log : &n->r->row.log;
    if (n->row || union_log_by_id(n->a->j, id, &log)) return;
    n->row = ROW_ID(log.no, n->r->row.seq);
    n->erased = journal_erased(n->a->j, n->row, &scratch, &why, &day);
    arena_release(&scratch);
}

static void note_name(void *ctx, const hash256 *name, bool bulky) {
    struct naming *n = ctx;
    (void)bulky;
    if (hash_is_zero(name) || hash_set_has(&n->a->names, name)) return;
    find_row(n);
    if (n->erased) {
        hash_set_add(&n->a->gone, name);
        return;
    }
    struct named one = {*name, n->row};
    hash_set_add(&n->a->names, name);
    buf_add(&n->a->named, &one, sizeof one);
}

static void note_names(struct apply *a, const hash256 *log, const struct record_wire *r) {
    struct naming n = {.a = a, .log = log, .r = r};
    blob_names(r, note_name, &n);
}

static enum status apply_chunk(struct apply *a, const struct block *b) {
    BELIEVE(a->section < a->reader->manifest.sections);
    const struct section *s = &a->reader->sections[a->section];
    uint16_t count;
    enum status st = chunk_get(&a->packer, &a->raw, b->data, b->size, &count);
    if (st) return st;
    if (a->open)
        frame_chunk_start(&a->frames);
    else
        st = section_open(a, s);
    struct cursor c = cursor_of(a->raw.data, a->raw.size);
    for (uint16_t i = 0; i < count && !st; i++) {
        struct record_wire r;
        st = frame_get(&c, &a->frames, &s->log, a->next_seq, &r);
        if (!st) st = union_section_add(a->open, &r);
        if (st) break;
        note_names(a, &s->log, &r);
        a->next_seq++;
    }
    if (!st && c.p != c.end) st = wire_damaged("a part of it holds more than it says");
    if (!st && a->next_seq > s->last_seq) st = section_close(a, s);
    return st;
}

static enum status apply_copies(struct apply *a, const struct block *b) {
    uint16_t count;
    enum status st = chunk_get(&a->packer, &a->raw, b->data, b->size, &count);
    if (st) return st;
    struct cursor c = cursor_of(a->raw.data, a->raw.size);
    frame_section_start(&a->frames);
    for (uint16_t i = 0; i < count; i++) {
        struct record_wire r;
        hash256 log;
        st = copy_get(&c, &a->frames, &log, &r);
        /* A master has, or will have, the real ones: there copies are read past. */
        if (!st && a->tablet) st = union_add_copy(a->j, &log, &r);
        if (st) return st;
        if (a->tablet) note_names(a, &log, &r);
        a->summary->copies += a->tablet;
    }
    return c.p == c.end ? STATUS_OK : wire_damaged("a part of it holds more than it says");
}

/* ---- receipt
 * ---------------------------------------------------------------------------------- */

/* Whether our own log ever held what the receipt says it did. Every stretch of it counts: when
 * the office has a fork of our log, one of its ends was written by somebody who is us as well.
 */
static enum status never_written(struct journal *j, const struct receipt *r, bool *out) {
    struct journal_self self;
    struct log_info own;
    *out = false;
    journal_self(j, &self);
    enum status s = union_log_by_id(j, &self.log_id, &own);
    if (s) return s == STATUS_NOT_FOUND ? STATUS_OK : s;
    for (uint32_t i = 0; i < r->logs_count && !s; i++) {
        hash256 held;
        uint8_t unused[32];
        const struct receipt_log *l = &r->logs[i];
        if (!hash_equal(&l->log, &self.log_id)) continue;
        if (l->seq > own.last_seq) {
            *out = true;
            break;
        }
        s = union_read_base(j, own.no, l->seq + 1, &held, unused);
        *out |= !s && !hash_equal(&held, &l->hash);
    }
    return s;
}

static enum status receipt_kept(struct apply *a, const struct receipt *r) {
    struct receipt_state now;
    struct buf at = {0};
    enum status s = had_receipt(a->j, r, a->was.own_seq);
    if (!s) s = receipt_newest(a->j, &now);
    if (!s) s = never_written(a->j, r, &a->renew);
    if (s) return s;
    a->summary->receipt = true;
    a->summary->office_has_less = now.records < a->was.records;
    buf_u64(&at, (uint64_t)r->at);
    s = union_keep(a->j, KEPT_OFFICE_AT, at.data, at.size);
    buf_release(&at);
    if (!s && now.records > 0) s = union_keep(a->j, KEPT_CONFIRMED, "\1", 1);
    return s;
}

static enum status apply_receipt(struct apply *a, const struct block *b) {
    struct arena arena = {0};
    struct receipt r;
    bool kept = false;
    enum status s = receipt_get(b->data, b->size, &arena, &r);
    if (!s && memcmp(r.key, a->reader->manifest.carrier, 32) != 0)
        s = wire_damaged("the receipt in it is not from the office that made the pack");
    if (!s && a->tablet) s = receipt_newest(a->j, &a->was);
    if (!s && a->tablet) s = receipt_keep(a->j, b->data, b->size, &arena, &kept);
    if (!s && kept) s = receipt_kept(a, &r);
    arena_release(&arena);
    return s;
}

static enum status covered_until(struct journal *j, int64_t *at) {
    struct receipt_state state;
    struct journal_self self;
    struct union_reader *u = NULL;
    struct record_wire r;
    journal_self(j, &self);
    enum status s = receipt_newest(j, &state);
    if (s || state.own_seq == 0) return s;
    s = union_read_open(&u, j, self.log, state.own_seq, state.own_seq);
    if (s) return s;
    if (union_read_next(u, &r)) { /* at noon: it would tell what the last record was */
        const struct kind *k = kind_by_number(r.kind);
        *at = k && k->confidential ? (int64_t)(r.hlc >> 16) : r.at;
    }
    return union_read_close(u);
}

/* ---- blobs
 * ------------------------------------------------------------------------------------ */

static enum status blob_done(struct apply *a, const struct piece *p) {
    struct blob_writer *w = a->blob;
    a->blob = NULL;
    enum status s = blob_write_end(w);
    if (s == STATUS_DAMAGED)
        return wire_damaged("a photo or file in it is not what its name says");
    arena_reset(&a->arena);
    if (!s) s = union_keep(a->j, lacking_key(&a->arena, &p->name), NULL, 0);
    if (!s && a->tablet) s = had_note(a->j, &p->name);
    if (!s) a->summary->blobs += !a->blob_known;
    return s;
}

/* Named by a record of this bundle, or asked for by a receipt, and not erased since. What
 * nobody names would lie here for ever, with no row by which it could be erased. */
static enum status wanted(struct apply *a, const hash256 *name, bool *out) {
    struct arena arena = {0};
    struct buf kept;
    *out = hash_set_has(&a->names, name);
    if (*out || hash_set_has(&a->gone, name)) return STATUS_OK;
    enum status s = kept_value(a->j, lacking_key(&arena, name), &arena, &kept);
    *out = !s && kept.size == 8 && lacking_still(a->j, &kept);
    arena_release(&arena);
    return s;
}

/* One that nobody wants here is held against its name all the same: whether a bundle is let in
 * must not depend on what came before it. */
static enum status pass_by(struct apply *a, const struct piece *p) {
    if (p->offset == 0) hash_start(&a->passed_by);
    hash_add(&a->passed_by, p->bytes, p->bytes_size);
    if (p->offset + p->raw_size < p->size) return STATUS_OK;
    hash256 found = hash_end(&a->passed_by);
    return hash_equal(&found, &p->name)
               ? STATUS_OK
               : wire_damaged("a photo or file in it is not what its name says");
}

/* The reader has seen to the order of the pieces and to their sizes. */
static enum status apply_piece(struct apply *a, const struct block *b) {
    struct piece p;
    enum status s = piece_get(b->data, b->size, &p);
    if (s) return s;
    if (p.offset == 0) {
        bool want = false;
        BELIEVE(!a->blob);
        a->blob_known = blob_have(a->j, &p.name);
        s = wanted(a, &p.name, &want);
        a->blob_gone = !want;
        if (!s && want) s = blob_write_start(&a->blob, a->j, &p.name, p.size);
    }
    if (!s && p.packed) {
        s = unpack(&a->packer, &a->raw, p.bytes, p.bytes_size, p.raw_size);
        p.bytes = a->raw.data;
        p.bytes_size = a->raw.size;
    }
    if (!s && a->blob_gone) return pass_by(a, &p);
    if (!s && p.bytes_size) s = blob_write_add(a->blob, p.bytes, p.bytes_size);
    if (s) return s;
    return p.offset + p.raw_size == p.size ? blob_done(a, &p) : STATUS_OK;
}

/* ---- all
 * -------------------------------------------------------------------------------------- */

enum status apply_block(struct apply *a, const struct block *b) {
    switch (b->type) {
    case BLOCK_CHUNK:
        return apply_chunk(a, b);
    case BLOCK_COPIES:
        return apply_copies(a, b);
    case BLOCK_RECEIPT:
        return apply_receipt(a, b);
    case BLOCK_PIECE:
        return apply_piece(a, b);
    case BLOCK_MANIFEST:
    case BLOCK_TABLE:
    case BLOCK_CREDENTIALS:
    case BLOCK_TRAILER:
        break;
    }
    return STATUS_OK;
}

static enum status erased_rows(struct journal *j, int64_t *n) {
    *n =
        query_one_int(j, 0, "SELECT count(DISTINCT \"row\") FROM erase WHERE withdrawn = 0", 0);
    return STATUS_OK;
}

enum status apply_before(struct apply *a) {
    return erased_rows(a->j, &a->erased_before);
}

/* Named, but neither here nor in the bundle: the next receipt asks for them. */
enum status apply_finish(struct apply *a) {
    enum status s = STATUS_OK;
    const struct named *all = (const struct named *)(const void *)a->named.data;
    for (size_t i = 0; i < a->named.size / sizeof *all && !s; i++) {
        struct buf row = {0};
        arena_reset(&a->arena);
        if (blob_have(a->j, &all[i].name)) continue;
        buf_u64(&row, (uint64_t)all[i].row);
        s = union_keep(a->j, lacking_key(&a->arena, &all[i].name), row.data, row.size);
        buf_release(&row);
    }
    return s;
}

/* Those of this bundle's records that a revocation leaves outside. */
static enum status count_parked(struct apply *a) {
    for (uint32_t i = 0; i < a->reader->manifest.sections; i++) {
        const struct section *x = &a->reader->sections[i];
        struct log_info log;
        enum status s = union_log_by_id(a->j, &x->log, &log);
        if (s) return s;
        if (!log.revoked || log.accepted_seq >= x->last_seq) continue;
        int64_t from = log.accepted_seq < x->first_seq ? x->first_seq : log.accepted_seq + 1;
        a->summary->parked += x->last_seq - from + 1;
    }
    return STATUS_OK;
}

enum status apply_after(struct apply *a) {
    int64_t erased = 0;
    enum status s = count_parked(a);
    if (!s) s = erased_rows(a->j, &erased);
    a->summary->erased = erased - a->erased_before;
    if (s || !a->tablet) return s;
    if (a->renew) s = union_renew(a->j);
    /* The next pack tries again; this one has been read. */
    enum status named = s ? STATUS_OK : enrol_learn_name(a->j);
    if (named) log_line("name not learned: %s", status_key(named));
    if (!s && a->summary->receipt) s = covered_until(a->j, &a->summary->covered_until);
    return s;
}

/* ---- room
 * ------------------------------------------------------------------------------------- */

/* Measured: a record takes about five times its frame in journal, tables and indexes.
 * Everything stands in the write-ahead log first and in the database after. */
#define ROOM_PER_FRAME_BYTE 5
#define ROOM_TWICE          2
#define ROOM_LEAST          (1024 * 1024)

enum status apply_room_count(struct apply_room *r, const struct block *b) {
    uint16_t count;
    uint32_t raw;
    struct piece p;
    enum status s = STATUS_OK;
    if (b->type == BLOCK_CHUNK || b->type == BLOCK_COPIES) {
        s = chunk_peek(b->data, b->size, &count, &raw);
        if (!s) r->frames += raw;
    } else if (b->type == BLOCK_PIECE) {
        s = piece_get(b->data, b->size, &p);
        if (!s) r->blobs += p.raw_size;
    }
    return s;
}

int64_t apply_room_wanted(const struct apply_room *r) {
    return ROOM_TWICE * (ROOM_PER_FRAME_BYTE * r->frames + r->blobs) + ROOM_LEAST;
}

enum status apply_room_enough(int64_t wanted, int64_t free_bytes) {
    const int64_t mb = 1000000;
    if (free_bytes < 0 || free_bytes >= wanted) return STATUS_OK;
    return status_fail(STATUS_DISK_FULL,
                       "There is not enough room on this disk: this bundle needs about %lld MB "
                       "and %lld MB are free.",
                       (long long)((wanted + mb - 1) / mb), (long long)(free_bytes / mb));
}

enum status apply_room_check(struct journal *j, const struct apply_room *r, struct arena *a) {
    struct query q;
    int64_t room = -1;
    for (query_open(&q, j, "SELECT file FROM pragma_database_list WHERE name = 'main'", 0);
         query_next(&q);) {
        const char *file = query_text(&q, 0, a);
        if (*file) room = file_free_bytes(path_dir(a, file));
    }
    enum status s = query_close(&q);
    return s ? s : apply_room_enough(apply_room_wanted(r), room);
}
