/* merge.c -- a bundle into the journal: check everything, decide at the door, then join.
 *
 * First pass: bytes, sizes, digest, signatures; nothing is inflated, nothing is written. Then
 * the door: is this meant for us, and do we let it in. Second pass: inflate, chain, insert, all
 * in one transaction that is rolled back when anything is wrong or the file is no longer the
 * one that was checked. What is a record and what it means is the store's; nothing here knows a
 * kind.
 *
 * On a tablet the second pass is one step: a person may touch the screen between two steps, and
 * that is a transaction of its own. */
#include "base/log.h"
#include "base/text.h"
#include "sync/apply.h"
#include "sync/plan.h"

enum merge_stage { STAGE_CHECK, STAGE_APPLY, STAGE_DONE };

struct merge {
    struct arena arena;
    struct journal *j;
    char *path;
    bool trust, tablet;
    enum merge_stage stage;
    struct bundle_reader reader;
    hash256 id; /* from the first pass */
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
    reader_release(&m->reader);
    struct arena a = m->arena;
    arena_release(&a);
}

/* The sentence of a failure survives the clearing up after it. */
static enum status keep_detail(enum status s, void (*clear)(struct merge *), struct merge *m) {
    char detail[401];
    text_copy(detail, sizeof detail, status_detail());
    clear(m);
    return status_fail(s, "%s", detail);
}

enum status merge_start(struct merge **out, struct journal *j, const struct merge_options *o) {
    struct arena a = {0};
    struct merge *m = wire_take(&a, sizeof *m);
    m->arena = a;
    m->j = j;
    m->path = arena_strdup(&m->arena, o->path);
    m->trust = o->trust;
    m->tablet = o->tablet;
    enum status s = reader_open(&m->reader, m->path);
    if (s) return keep_detail(s, merge_free, m);
    *out = m;
    return STATUS_OK;
}

/* ---- the door
 * --------------------------------------------------------------------------------- */

static enum status door_provider(struct merge *m) {
    hash256 ours;
    const hash256 *theirs = &m->reader.manifest.provider;
    enum status s = provider_id(m->j, &ours);
    if (s || hash_is_zero(&ours) || hash_is_zero(theirs) || hash_equal(&ours, theirs)) return s;
    return status_fail(STATUS_NOT_OURS, "This bundle belongs to another provider.");
}

/* The office of the first pack is this tablet's office from then on. */
static enum status door_tablet(struct merge *m) {
    const struct manifest *f = &m->reader.manifest;
    struct buf known;
    if (f->purpose != BUNDLE_PACK)
        return status_fail(STATUS_INVALID,
                           "This bundle is meant for the office. A tablet reads packs from its "
                           "office.");
    enum status s = kept_value(m->j, KEPT_OFFICE_KEY, &m->arena, &known);
    if (s) return s;
    if (known.size && (known.size != 32 || memcmp(known.data, f->carrier, 32) != 0))
        return status_fail(STATUS_NOT_OURS, "This pack comes from another office.");
    for (uint32_t i = 0; i < f->sections; i++)
        if (memcmp(m->reader.sections[i].key, f->carrier, 32) != 0)
            return status_fail(STATUS_INVALID, "This pack holds what a pack may not hold.");
    return STATUS_OK;
}

static enum status door(struct merge *m) {
    if (m->tablet) {
        enum status s = door_tablet(m);
        return s ? s : door_provider(m);
    }
    if (!m->trust)
        return status_fail(STATUS_NOT_TRUSTED,
                           "This bundle is open: it does not prove who sent it. "
                           "Let it in only if you know where it comes from.");
    return door_provider(m);
}

/* ---- the passes
 * ------------------------------------------------------------------------------- */

static char *bundle_key(struct merge *m) {
    return arena_printf(&m->arena, "bundle/%s", hex_of(&m->arena, m->id.b, HASH_BYTES));
}

static void summarize_manifest(struct merge *m) {
    const struct manifest *f = &m->reader.manifest;
    m->summary.pack = f->purpose == BUNDLE_PACK;
    text_copy(m->summary.carrier, sizeof m->summary.carrier, f->carrier_name);
}

static enum status first_pass_done(struct merge *m) {
    struct buf kept;
    m->id = m->reader.id;
    enum status s = door(m);
    if (!s) s = kept_value(m->j, bundle_key(m), &m->arena, &kept);
    if (s) return s;
    summarize_manifest(m);
    if (kept.size) {
        m->summary.known = (int64_t)m->reader.manifest.records;
        m->stage = STAGE_DONE;
        return STATUS_OK;
    }
    reader_release(&m->reader);
    s = reader_open(&m->reader, m->path);
    if (s) return s;
    m->stage = STAGE_APPLY;
    apply_init(&m->apply, m->j, &m->reader, m->tablet, &m->summary);
    return STATUS_OK;
}

static enum status step_check(struct merge *m) {
    struct block b;
    enum status s = reader_next(&m->reader, &b);
    return s || !m->reader.ended ? s : first_pass_done(m);
}

static enum status keep_office(struct merge *m) {
    const struct manifest *f = &m->reader.manifest;
    enum status s = union_keep(m->j, KEPT_OFFICE_KEY, f->carrier, sizeof f->carrier);
    if (!s && !hash_is_zero(&f->provider))
        s = union_keep(m->j, KEPT_OFFICE_PROVIDER, f->provider.b, HASH_BYTES);
    return s;
}

static enum status keep_bundle(struct merge *m) {
    struct buf b = {0};
    buf_u64(&b, (uint64_t)clock_wall(journal_clock(m->j)));
    enum status s = union_keep(m->j, bundle_key(m), b.data, b.size);
    buf_release(&b);
    return s;
}

static enum status second_pass_done(struct merge *m) {
    if (!hash_equal(&m->reader.id, &m->id)) return wire_damaged("it changed while it was read");
    enum status s = apply_finish(&m->apply, &m->arena);
    if (!s && m->tablet) s = keep_office(m);
    if (!s) s = keep_bundle(m);
    if (!s) s = union_commit(m->j);
    if (s) return s;
    m->writing = false;
    m->stage = STAGE_DONE;
    if (m->summary.receipt) s = apply_covered_until(m->j, &m->summary.covered_until);
    return s;
}

static enum status step_apply(struct merge *m) {
    struct block b;
    if (!m->writing) {
        enum status s = union_begin(m->j);
        if (s) return s;
        m->writing = true;
    }
    do {
        enum status s = reader_next(&m->reader, &b);
        if (!s) s = m->reader.ended ? second_pass_done(m) : apply_block(&m->apply, &b);
        if (s) return s;
    } while (m->tablet && !m->reader.ended);
    return STATUS_OK;
}

static double progress_of(const struct merge *m) {
    if (m->stage == STAGE_DONE) return 1;
    double part = m->reader.size ? (double)m->reader.at / (double)m->reader.size : 0;
    return m->stage == STAGE_CHECK ? 0.1 * part : 0.1 + 0.89 * part;
}

enum status merge_step(struct merge *m, int ms, bool *done, double *progress) {
    const struct clock *clock = journal_clock(m->j);
    int64_t until = clock_boot(clock) + ms;
    enum status s = STATUS_OK;
    do {
        if (m->stage == STAGE_CHECK)
            s = step_check(m);
        else if (m->stage == STAGE_APPLY)
            s = step_apply(m);
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
