/* apply.c -- records, copies, receipt and blobs of one bundle into the union.
 *
 * Each section must end in the hash that its table entry, and with it the checkpoint, names;
 * that one comparison proves every record before it. */
#include "sync/apply.h"

#include "base/log.h"
#include "sync/had.h"
#include "sync/plan.h"
#include "sync/receipt.h"

void apply_init(struct apply *a, struct journal *j, struct bundle_reader *r, bool tablet,
                struct merge_summary *summary) {
    *a = (struct apply){.j = j, .reader = r, .tablet = tablet, .summary = summary};
}

void apply_abandon(struct apply *a) {
    struct union_outcome o;
    struct union_section *open = a->open;
    a->open = NULL;
    if (open && union_section_end(open, &o))
        log_line("a section was left: %s", status_detail());
}

void apply_release(struct apply *a) {
    BELIEVE(!a->open);
    packer_release(&a->packer);
    frame_state_release(&a->frames);
    buf_release(&a->raw);
    buf_release(&a->blob);
    hash_set_release(&a->names);
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
        blobs_of_record(&a->names, &r);
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
        a->summary->copies += a->tablet;
    }
    return c.p == c.end ? STATUS_OK : wire_damaged("a part of it holds more than it says");
}

/* ---- receipt
 * ---------------------------------------------------------------------------------- */

static enum status apply_receipt(struct apply *a, const struct block *b) {
    struct arena arena = {0};
    struct receipt r;
    struct receipt_state before = {0};
    bool kept = false;
    enum status s = receipt_get(b->data, b->size, &arena, &r);
    if (!s && memcmp(r.key, a->reader->manifest.carrier, 32) != 0)
        s = wire_damaged("the receipt in it is not from the office that made the pack");
    if (!s && a->tablet) s = receipt_newest(a->j, &before);
    if (!s && a->tablet) s = receipt_keep(a->j, b->data, b->size, &arena, &kept);
    if (!s && kept) s = had_receipt(a->j, &r, before.own_seq);
    if (!s) a->summary->receipt = kept;
    arena_release(&arena);
    return s;
}

enum status apply_covered_until(struct journal *j, int64_t *at) {
    struct receipt_state state;
    struct journal_self self;
    struct union_reader *u = NULL;
    struct record_wire r;
    journal_self(j, &self);
    enum status s = receipt_newest(j, &state);
    if (s || state.own_seq == 0) return s;
    s = union_read_open(&u, j, self.log, state.own_seq, state.own_seq);
    if (s) return s;
    if (union_read_next(u, &r)) *at = r.at;
    return union_read_close(u);
}

/* ---- blobs
 * ------------------------------------------------------------------------------------ */

static char *key_of(struct apply *a, const char *prefix, const hash256 *name) {
    return arena_printf(&a->arena, "%s/%s", prefix, hex_of(&a->arena, name->b, HASH_BYTES));
}

static enum status blob_done(struct apply *a, const struct piece *p) {
    hash256 found = hash_of(a->blob.data, a->blob.size);
    if (!hash_equal(&found, &p->name))
        return wire_damaged("a photo or file in it is not what its name says");
    arena_reset(&a->arena);
    bool had = blob_have(a->j, &p->name);
    enum status s = blob_put(a->j, a->blob.data, a->blob.size, &found);
    if (!s) s = union_keep(a->j, key_of(a, "lacking", &p->name), NULL, 0);
    if (!s && a->tablet) s = had_note(a->j, &p->name);
    if (!s) a->summary->blobs += !had;
    return s;
}

static enum status apply_piece(struct apply *a, const struct block *b) {
    struct piece p;
    enum status s = piece_get(b->data, b->size, &p);
    if (s) return s;
    s = piece_join(&a->packer, &a->raw, &p, &a->blob);
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

/* Named, but neither here nor in the bundle: the next receipt asks for them. */
enum status apply_finish(struct apply *a, struct arena *arena) {
    size_t n;
    hash256 *names = hash_set_sorted(&a->names, arena, &n);
    enum status s = STATUS_OK;
    for (size_t i = 0; i < n && !s; i++) {
        arena_reset(&a->arena);
        if (!blob_have(a->j, &names[i]))
            s = union_keep(a->j, key_of(a, "lacking", &names[i]), "", 1);
    }
    return s;
}
