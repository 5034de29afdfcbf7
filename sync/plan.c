/* plan.c -- from the logs and the newest receipt to the table of sections.
 *
 * To the office goes what the receipt does not cover: our own log, and the sections of others
 * that we hold. A pack carries the office's own logs only; a tablet must not learn what other
 * tablets saw. */
#include "sync/plan.h"

#include "base/log.h"
#include "base/text.h"
#include "store/query.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"

/* ---- checkpoints
 * ------------------------------------------------------------------------------ */

static char *checkpoint_key(struct arena *a, const hash256 *log, int64_t seq,
                            const hash256 *head) {
    return arena_printf(a, "checkpoint/%s/%016llx/%s", hex_of(a, log->b, HASH_BYTES),
                        (unsigned long long)seq, hex_of(a, head->b, 8));
}

enum status checkpoint_keep(struct journal *j, const struct section *s, struct arena *a) {
    struct buf bytes = {0};
    enum status st = STATUS_OK;
    if (s->checkpoint.is_signed) {
        buf_u64(&bytes, (uint64_t)s->checkpoint.at);
        buf_add(&bytes, s->checkpoint.provider.b, HASH_BYTES);
        buf_add(&bytes, s->checkpoint.signature, sizeof s->checkpoint.signature);
        st = union_keep(j, checkpoint_key(a, &s->log, s->last_seq, &s->head), bytes.data,
                        bytes.size);
        /* The one where this section begins has done its work: sections now run on to the new
         * one. */
        if (!st && s->first_seq > 1)
            st = union_keep(j, checkpoint_key(a, &s->log, s->first_seq - 1, &s->previous), NULL,
                            0);
    }
    buf_release(&bytes);
    return st;
}

enum status kept_value(struct journal *j, const char *key, struct arena *a, struct buf *out) {
    return union_kept_one(j, key, a, out);
}

static enum status checkpoint_find(struct journal *j, struct arena *a, struct section *s) {
    struct buf value;
    enum status st =
        kept_value(j, checkpoint_key(a, &s->log, s->last_seq, &s->head), a, &value);
    if (st || value.size != 104) return st;
    struct checkpoint *c = &s->checkpoint;
    struct cursor from = cursor_of(value.data, value.size);
    c->is_signed = true;
    c->at = (int64_t)cursor_u64(&from);
    memcpy(c->provider.b, cursor_take(&from, HASH_BYTES), HASH_BYTES);
    memcpy(c->signature, cursor_take(&from, 64), 64);
    return STATUS_OK;
}

/* Under the key that the log belongs to: our present one or a former one; false when neither.
 */
static bool checkpoint_sign(struct journal *j, struct section *s, const hash256 *provider,
                            int64_t now) {
    struct section done = *s;
    done.checkpoint = (struct checkpoint){.is_signed = true, .at = now, .provider = *provider};
    struct buf message = {0};
    checkpoint_message(&message, &done);
    bool ours =
        journal_sign_as(j, s->key, message.data, message.size, done.checkpoint.signature);
    buf_release(&message);
    if (ours) *s = done;
    return ours;
}

static bool is_ours(const struct journal *j, const uint8_t key[32]) {
    uint8_t unused[64];
    return journal_sign_as(j, key, "", 0, unused);
}

/* ---- sections
 * --------------------------------------------------------------------------------- */

struct planning {
    struct journal *j;
    struct arena *arena;
    const hash256 *provider;
    int64_t now;
    const struct log_info *log;
    struct buf found; /* struct planned */
    enum status status;
};

static void plan_run(void *ctx, int64_t first, int64_t last) {
    struct planning *p = ctx;
    const struct log_info *log = p->log;
    if (p->status) return;
    struct planned one = {.log_no = log->no};
    struct section *s = &one.section;
    s->log = log->id;
    memcpy(s->key, log->key, sizeof s->key);
    memcpy(s->incarnation, log->incarnation, sizeof s->incarnation);
    memcpy(s->branch, log->branch, sizeof s->branch);
    s->first_seq = first;
    s->last_seq = last;
    p->status = union_read_base(p->j, log->no, first, &s->previous, s->salt_key);
    if (p->status) return;
    if (last == log->last_seq) {
        s->head = log->last_hash;
    } else {
        uint8_t unused[32];
        p->status = union_read_base(p->j, log->no, last + 1, &s->head, unused);
        if (p->status) return;
    }
    if (!checkpoint_sign(p->j, s, p->provider, p->now))
        p->status = checkpoint_find(p->j, p->arena, s);
    buf_add(&p->found, &one, sizeof one);
}

static bool key_known(const struct log_info *log) {
    static const uint8_t zeros[32];
    return memcmp(log->key, zeros, sizeof zeros) != 0;
}

static enum status plan_log(struct planning *p, const struct receipt *receipt) {
    const struct log_info *log = p->log;
    int64_t covered = 0;
    if (receipt) {
        enum status s = receipt_covers(p->j, receipt, log, &covered);
        if (s) return s;
    }
    int64_t first = covered + 1 > log->first_seq ? covered + 1 : log->first_seq;
    if (first <= log->last_seq) plan_run(p, first, log->last_seq);
    if (p->status) return p->status;
    /* What lies beyond a gap goes along each time; the gap closes it once it has come. */
    enum status s = log_gaps(p->j, log, p, NULL, plan_run);
    return p->status ? p->status : s;
}

/* A tablet that has moved to another office does not carry the former one's log to the new one,
 * which would not know its key. */
struct offices {
    struct buf pinned;
    hash256 provider;
    struct credentials kept; /* successions only */
};

static enum status offices_of(struct journal *j, struct arena *a, struct offices *out) {
    *out = (struct offices){0};
    enum status s = kept_value(j, KEPT_OFFICE_KEY, a, &out->pinned);
    if (!s) s = provider_id(j, &out->provider);
    if (!s) s = office_successions(j, a, &out->kept.successions, &out->kept.successions_count);
    return s;
}

static bool of_former_office(const struct offices *o, const struct log_info *log) {
    return log->office && o->pinned.size == 32 &&
           !succession_reaches(&o->kept, &o->provider, log->key, o->pinned.data);
}

static int by_section(const void *x, const void *y) {
    const struct planned *a = x, *b = y;
    return section_order(&a->section, &b->section);
}

enum status plan_sections(struct journal *j, struct arena *a, enum bundle_purpose purpose,
                          const struct receipt *receipt, const hash256 *provider, int64_t now,
                          struct planned **out, size_t *n) {
    struct planning p = {.j = j, .arena = a, .provider = provider, .now = now};
    struct log_info *logs;
    size_t logs_count;
    struct offices offices;
    enum status s = union_logs(j, a, &logs, &logs_count);
    if (!s) s = offices_of(j, a, &offices);
    for (size_t i = 0; i < logs_count && !s; i++) {
        p.log = &logs[i];
        if (!key_known(&logs[i]) || of_former_office(&offices, &logs[i]) ||
            (purpose == BUNDLE_PACK && !is_ours(j, logs[i].key)))
            continue;
        s = plan_log(&p, receipt);
    }
    size_t count = p.found.size / sizeof(struct planned);
    if (!s && count > WIRE_SECTIONS_MAX)
        s = status_fail(STATUS_TOO_LARGE, "There are too many logs for one bundle.");
    if (!s) {
        struct planned *all = ARENA_ARRAY(a, struct planned, count + 1);
        if (count) memcpy(all, p.found.data, count * sizeof *all);
        qsort(all, count, sizeof *all, by_section);
        *out = all;
        *n = count;
    }
    buf_release(&p.found);
    return s;
}

/* ---- copies and names
 * ------------------------------------------------------------------------- */

static enum status present_version(struct journal *j, struct arena *a, row_id row,
                                   row_id *out) {
    struct version *versions;
    size_t n;
    *out = 0;
    enum status s = journal_history(j, row, a, &versions, &n);
    for (size_t i = 0; !s && i < n; i++)
        if (versions[i].present) *out = versions[i].record;
    return s;
}

static bool is_foreign(const struct journal *j, const struct log_info *logs, size_t n,
                       row_id record) {
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(record)) return !is_ours(j, logs[i].key);
    return false;
}

enum status plan_copies(struct journal *j, struct arena *a, const row_id *rows, size_t n,
                        row_id **out, size_t *out_count) {
    struct log_info *logs;
    struct arena scratch = {0};
    size_t logs_count, count = 0;
    row_id *all = ARENA_ARRAY(a, row_id, n + 1);
    enum status s = union_logs(j, a, &logs, &logs_count);
    for (size_t i = 0; i < n && !s; i++) {
        row_id version;
        arena_reset(&scratch);
        s = present_version(j, &scratch, rows[i], &version);
        if (!s && version && is_foreign(j, logs, logs_count, version)) all[count++] = version;
    }
    arena_release(&scratch);
    if (s) return s;
    *out = all;
    *out_count = count;
    return STATUS_OK;
}

enum status plan_carrier_name(struct journal *j, struct arena *a, char out[WIRE_NAME_MAX + 1]) {
    struct journal_self self;
    struct query q;
    journal_self(j, &self);
    out[0] = '\0';
    /* Under a new key there is no record of it before the first: then what we were called last.
     */
    for (query_open(&q, j, "SELECT name, key, id = ?1 FROM device ORDER BY id = ?1, hlc", 1,
                    self.device);
         query_next(&q);) {
        size_t n;
        const uint8_t *key = query_bytes(&q, 1, &n);
        if (query_int(&q, 2) || (n == 32 && is_ours(j, key)))
            text_copy(out, WIRE_NAME_MAX + 1, query_text(&q, 0, a));
    }
    return query_close(&q);
}

/* ---- provider
 * --------------------------------------------------------------------------------- */

/* The row that this very device created first; sample data counts for nothing. */
static enum status own_provider(struct journal *j, const struct journal_self *self,
                                row_id *out) {
    struct query q;
    *out = 0;
    for (query_open(
             &q, j,
             "SELECT p.id FROM provider p WHERE coalesce(p.sample, 0) = 0 "
             "AND p.withdrawn = 0 ORDER BY coalesce(p.made_at, p.at), lantern_order(p.id)",
             0);
         query_next(&q);)
        if (!*out && ROW_LOG(query_int(&q, 0)) == self->log) *out = query_int(&q, 0);
    return query_close(&q);
}

enum status provider_id(struct journal *j, hash256 *out) {
    struct arena a = {0};
    struct journal_self self;
    struct buf kept;
    row_id row = 0;
    hash256 id = {0};
    journal_self(j, &self);
    bool office =
        query_one_int(j, 0, "SELECT role = 'office' FROM device WHERE id = ?1", 1, self.device);
    enum status s = kept_value(j, KEPT_OFFICE_PROVIDER, &a, &kept);
    if (!s && kept.size == HASH_BYTES) {
        memcpy(id.b, kept.data, HASH_BYTES);
    } else if (!s && office) {
        s = own_provider(j, &self, &row);
        if (!s && row) id = union_provider_hash(&self.log_id, ROW_SEQ(row));
        /* Kept from the first time on, so that a restored master, whose log is a new one, stays
         * the same. */
        if (!s && row) s = union_keep(j, KEPT_OFFICE_PROVIDER, id.b, HASH_BYTES);
    }
    arena_release(&a);
    if (!s) *out = id;
    return s;
}
