/* merge.c -- a bundle into the journal: check everything, decide at the door, then join.
 *
 * First pass: bytes, seal, sizes, digest, signatures; nothing is inflated, nothing is written.
 * Then the door (door.h): is this meant for us, and do we let it in. Second pass: inflate,
 * chain, insert, all in one transaction that is rolled back when anything is wrong or the file
 * is no longer the one that was checked. What is a record and what it means is the store's;
 * nothing here knows a kind. A source that can be read only once is copied beside the database
 * first (spool.h).
 *
 * On a tablet the second pass is one step: a person may touch the screen between two steps, and
 * that is a transaction of its own. */
#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "sync/apply.h"
#include "sync/door.h"
#include "sync/plan.h"
#include "sync/spool.h"

enum merge_stage { STAGE_SPOOL, STAGE_CHECK, STAGE_APPLY, STAGE_DONE };

/* Which of our keys opened the bundle; none when it was the code. */
struct opening {
    const struct journal *j;
    const uint8_t *recovery; /* NULL: none */
    bool *ours, *recovered;
};

struct merge {
    struct arena arena;
    struct journal *j;
    const char *path;
    bool trust, tablet;
    bool code_given, ours, recovered;
    char code[13]; /* plain; "" none, or what was typed is no code */
    uint8_t recovery[32];
    struct opening opening;
    struct bundle_opener opener;
    enum merge_stage stage;
    struct spool spool;
    struct bundle_reader first,
        reader; /* of either pass; the door goes on looking at the first */
    struct apply_room room;
    struct door door;
    struct apply apply;
    bool writing;
    struct merge_summary summary;
};

static void undo(struct merge *m) {
    if (!m->writing) return;
    apply_abandon(&m->apply);
    union_rollback(m->j);
    m->writing = false;
}

static void merge_free(struct merge *m) {
    undo(m);
    apply_release(&m->apply);
    door_release(&m->door);
    reader_release(&m->reader);
    reader_release(&m->first);
    spool_release(&m->spool);
    key_wipe(m->code, sizeof m->code);
    key_wipe(m->recovery, sizeof m->recovery);
    struct arena a = m->arena;
    arena_release(&a);
}

/* The sentence of a failure survives the clearing up after it. */
static enum status keep_detail(enum status s, void (*clear)(struct merge *), struct merge *m) {
    struct status_kept kept = status_keep();
    clear(m);
    status_put_back(&kept);
    return s;
}

/* ---- opening
 * ---------------------------------------------------------------------------------- */

static bool unwrap(const void *ctx, const uint8_t wrapped[80], uint8_t key[32]) {
    const struct opening *o = ctx;
    *o->ours = journal_unwrap(o->j, wrapped, key);
    if (!*o->ours && o->recovery) *o->recovered = key_unwrap(o->recovery, wrapped, key);
    return *o->ours || *o->recovered;
}

static void prepare_opener(struct merge *m, const struct merge_options *o) {
    m->opening = (struct opening){.j = m->j, .ours = &m->ours, .recovered = &m->recovered};
    if (o->recovery) {
        memcpy(m->recovery, o->recovery, sizeof m->recovery);
        m->opening.recovery = m->recovery;
    }
    m->code_given = o->code && *o->code;
    if (m->code_given && !enrol_code_read(o->code, m->code)) m->code[0] = '\0';
    m->opener = (struct bundle_opener){.unwrap = unwrap, .ctx = &m->opening};
    if (m->code[0]) m->opener.code = m->code;
}

/* The reader's word about the seal, in the words of this side. */
static enum status say_sealed(const struct merge *m, const struct bundle_reader *r,
                              enum status s) {
    if (!r->header.sealed) return s;
    if (s == STATUS_NOT_OURS && m->tablet)
        return status_fail(s, "This pack is sealed for another tablet.");
    if (s == STATUS_LOCKED && !m->tablet)
        return status_fail(STATUS_NOT_OURS, "This is a first pack. It is opened on its tablet, "
                                            "with its code.");
    if (s == STATUS_LOCKED && m->code_given)
        return status_fail(STATUS_WRONG_CODE,
                           "That is not a code: a code has twelve letters and digits.");
    return s;
}

static enum status open_reader(struct merge *m, struct bundle_reader *r) {
    enum status s = reader_open_with(r, m->path, &m->opener);
    return s ? say_sealed(m, r, s) : STATUS_OK;
}

enum status merge_start(struct merge **out, struct journal *j, const struct merge_options *o) {
    struct arena a = {0};
    struct merge *m = wire_take(&a, sizeof *m);
    m->arena = a;
    m->j = j;
    m->path = arena_strdup(&m->arena, o->path);
    m->trust = o->trust;
    m->tablet = o->tablet;
    prepare_opener(m, o);
    enum status s;
    if (spool_wanted(m->path)) {
        m->stage = STAGE_SPOOL;
        s = spool_start(&m->spool, j, &m->arena, m->path);
    } else {
        char *left;
        m->stage = STAGE_CHECK;
        s = spool_clear(j, &m->arena, &left);
        if (!s) s = open_reader(m, &m->first);
    }
    if (s) return keep_detail(s, merge_free, m);
    *out = m;
    return STATUS_OK;
}

static enum status step_spool(struct merge *m) {
    bool done = false;
    enum status s = spool_step(&m->spool, m->j, &done);
    if (s || !done) return s;
    m->path = m->spool.path;
    m->stage = STAGE_CHECK;
    return open_reader(m, &m->first);
}

/* ---- the first pass
 * --------------------------------------------------------------------------- */

static char *bundle_key(struct merge *m) {
    return arena_printf(&m->arena, "bundle/%s", hex_of(&m->arena, m->first.id.b, HASH_BYTES));
}

static void summarize_manifest(struct merge *m) {
    const struct manifest *f = &m->first.manifest;
    m->summary.pack = f->purpose == BUNDLE_PACK;
    m->summary.sealed = m->first.header.sealed;
    text_copy(m->summary.carrier, sizeof m->summary.carrier, f->carrier_name);
    text_one_line(m->summary.carrier);
}

static enum status decide(struct merge *m) {
    bool sealed = m->first.header.sealed;
    m->door = (struct door){.j = m->j,
                            .reader = &m->first,
                            .tablet = m->tablet,
                            .trust = m->trust,
                            .by_code = sealed && !m->ours && !m->recovered,
                            .to_us = sealed && m->ours};
    enum status s = door_decide(&m->door);
    if (s) return s;
    m->summary.clock_ms = m->door.clock_ms;
    return STATUS_OK;
}

static enum status first_pass_done(struct merge *m) {
    struct buf kept;
    enum status s = decide(m);
    if (!s) s = kept_value(m->j, bundle_key(m), &m->arena, &kept);
    if (s) return s;
    summarize_manifest(m);
    /* A first pack is obeyed each time: its tablet may have moved to another office meanwhile.
     */
    if (kept.size && !(m->tablet && m->door.by_code)) {
        m->summary.known = (int64_t)m->first.manifest.records;
        m->stage = STAGE_DONE;
        return STATUS_OK;
    }
    m->summary.enrolled = m->door.enrolled;
    s = apply_room_check(m->j, &m->room, &m->arena);
    if (!s) s = open_reader(m, &m->reader);
    if (s) return s;
    m->stage = STAGE_APPLY;
    apply_init(&m->apply, m->j, &m->reader, m->tablet, &m->summary);
    return STATUS_OK;
}

static enum status step_check(struct merge *m) {
    struct block b;
    enum status s = reader_next(&m->first, &b);
    if (!s && !m->first.ended) s = apply_room_count(&m->room, &b);
    return s || !m->first.ended ? s : first_pass_done(m);
}

/* ---- the second pass
 * -------------------------------------------------------------------------- */

static enum status keep_bundle(struct merge *m) {
    struct buf b = {0};
    buf_u64(&b, (uint64_t)clock_wall(journal_clock(m->j)));
    enum status s = union_keep(m->j, bundle_key(m), b.data, b.size);
    buf_release(&b);
    return s;
}

static enum status second_pass_done(struct merge *m) {
    if (!hash_equal(&m->reader.id, &m->first.id))
        return wire_damaged("it changed while it was read");
    enum status s = apply_finish(&m->apply);
    if (!s) s = keep_bundle(m);
    if (!s) s = union_commit(m->j);
    if (s) return s;
    m->writing = false;
    m->stage = STAGE_DONE;
    return apply_after(&m->apply);
}

static enum status begin_apply(struct merge *m) {
    enum status s = union_begin(m->j);
    if (s) return s;
    m->writing = true;
    s = door_note(&m->door);
    return s ? s : apply_before(&m->apply);
}

static enum status step_apply(struct merge *m) {
    struct block b;
    enum status s = m->writing ? STATUS_OK : begin_apply(m);
    if (s) return s;
    do {
        s = reader_next(&m->reader, &b);
        if (!s) s = m->reader.ended ? second_pass_done(m) : apply_block(&m->apply, &b);
        if (s) return s;
    } while (m->tablet && !m->reader.ended);
    return STATUS_OK;
}

static double progress_of(const struct merge *m) {
    if (m->stage == STAGE_DONE) return 1;
    if (m->stage == STAGE_SPOOL) return 0;
    const struct bundle_reader *r = m->stage == STAGE_CHECK ? &m->first : &m->reader;
    double part = r->size ? (double)r->at / (double)r->size : 0;
    return m->stage == STAGE_CHECK ? 0.1 * part : 0.1 + 0.89 * part;
}

static enum status step(struct merge *m) {
    switch (m->stage) {
    case STAGE_SPOOL:
        return step_spool(m);
    case STAGE_CHECK:
        return step_check(m);
    case STAGE_APPLY:
        return step_apply(m);
    case STAGE_DONE:
        break;
    }
    return STATUS_OK;
}

enum status merge_step(struct merge *m, int ms, bool *done, double *progress) {
    const struct clock *clock = journal_clock(m->j);
    int64_t until = clock_boot(clock) + ms;
    enum status s = STATUS_OK;
    do {
        s = step(m);
    } while (!s && m->stage != STAGE_DONE && clock_boot(clock) < until);
    if (s) return keep_detail(s, undo, m);
    *done = m->stage == STAGE_DONE;
    if (progress) *progress = progress_of(m);
    return STATUS_OK;
}

enum status merge_finish(struct merge *m, struct merge_summary *out) {
    BELIEVE(m->stage == STAGE_DONE);
    *out = m->summary;
    merge_free(m);
    return STATUS_OK;
}

void merge_cancel(struct merge *m) {
    if (m) merge_free(m);
}

enum status merge_file(struct journal *j, const struct merge_options *o,
                       struct merge_summary *out) {
    struct merge *m = NULL;
    bool done = false;
    enum status s = merge_start(&m, j, o);
    while (!s && !done)
        s = merge_step(m, 1000, &done, NULL);
    if (!s) return merge_finish(m, out);
    if (m) return keep_detail(s, merge_free, m);
    return s;
}
