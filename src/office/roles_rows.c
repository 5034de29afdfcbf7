/* roles_rows.c -- which rows a copy has. See roles_office.h.
 *
 * Every present row of every kind is read once with what it refers to. A row is in the copy
 * when its table is, it is not taken back, it belongs to the service that was asked for (a
 * column that names a service says it, else the first that names a row which belongs to one),
 * its check is one that this reader gets (the report's own list), and neither it nor anything
 * that it hangs on was said in confidence, also when those words were erased since. Where
 * something cannot be told, it is not in the copy. */
#include <stdlib.h>

#include "base/text.h"
#include "care/template.h"
#include "model/talk_kept.h"
#include "office/report/report.h"
#include "store/query.h"

#define DEPTH_MOST 32 /* photo → addendum → action → answer → visit …; a ring is nobody's */

struct role_link {
    const struct column *column;
    row_id to;
};
enum known { UNKNOWN, ASKED, KNOWN };
struct role_row {
    row_id id, version;
    int64_t hlc, at, number;
    const uint8_t *order; /* lantern_order: which of two at one moment comes first */
    size_t order_size;
    const struct kind *kind;
    uint32_t refs, refs_count;
    bool withdrawn;
    bool shy;      /* said in confidence, or hangs on what was */
    bool kept;     /* not for this reader */
    bool worker;   /* a worker's words */
    bool wordless; /* there, but without the words */
    bool talk;     /* said in a worker's talk */
    bool there;
    enum known known;
    row_id service;
};
struct role {
    struct report report;
    bool all;
    row_id form_of; /* the check asked about last, and its form */
    const struct template *form;
    struct buf rows_buf, refs_buf, shy_buf, gone_buf, records,
        numbered; /* of row_id, struct role_row * */
    struct role_row *rows;
    size_t rows_count;
    const struct role_link *refs;
    const row_id *shy;  /* erased, and said in confidence */
    const row_id *gone; /* erased */
    struct buf talks;   /* of row_id in order: what was said or recorded in a worker's talk */
    size_t shy_count, gone_count, records_count, numbered_count;
};

static struct role_row *find(const struct role *r, row_id id) {
    size_t low = 0, high = r->rows_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->rows[middle].id == id) return &r->rows[middle];
        if (r->rows[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool listed(const row_id *ids, size_t n, row_id id) {
    for (size_t i = 0; i < n; i++)
        if (ids[i] == id) return true;
    return false;
}

static int by_number(const void *x, const void *y) {
    row_id a = *(const row_id *)x, b = *(const row_id *)y;
    return (a > b) - (a < b);
}

static bool of_talk(const struct role *r, row_id row) {
    return r->talks.size &&
           bsearch(&row, r->talks.data, r->talks.size / sizeof row, sizeof row, by_number);
}

static bool erased_shy(const struct role *r, row_id id) {
    return listed(r->shy, r->shy_count, id);
}

/* ---- reading ---- */

/* Columns that decide by themselves; NULL for a kind without them. */
static const char *const asked[] = {"restricted", "speaker", "listed", "sort",
                                    "consent",    "item",    "visit"};
enum { RESTRICTED = 6, SPEAKER, LISTED, SORT, CONSENT, ITEM, VISIT, REFS };

static char *select_of(struct arena *a, const struct kind *k) {
    struct buf b = {0};
    buf_text(&b, "SELECT id, version, withdrawn, hlc, at, lantern_order(id)");
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (kind_column(k, asked[i]) >= 0)
            buf_printf(&b, ", \"%s\"", asked[i]);
        else
            buf_text(&b, ", NULL");
    for (const struct column *c = k->columns; c->name; c++)
        if (c->type == COL_REF) buf_printf(&b, ", \"%s\"", c->name);
    buf_printf(&b, " FROM \"%s\" ORDER BY id", k->name);
    char *sql = arena_strndup(a, buf_str(&b), b.size);
    buf_release(&b);
    return sql;
}

/* What this reader does not get for the row's own sake. */
static bool kept_back(struct role *r, const struct role_row *row, const struct query *q) {
    const struct audience *who = &r->report.who;
    struct arena *a = &r->report.page;
    if (row->kind == &kind_visit) return !report_check_of(&r->report, row->id);
    if (row->kind == &kind_danger)
        return who->home && text_equal(query_text(q, LISTED, a), "yes");
    if (row->kind == &kind_attachment)
        return !who->voices && !text_equal(query_text(q, SORT, a), "photo");
    return false;
}

static bool asks_worker(struct role *r, row_id visit, const char *item) {
    if (visit != r->form_of) r->form = forms_of_visit(&r->report, visit);
    r->form_of = visit;
    const struct item *i = r->form ? template_item(r->form, item) : NULL;
    return !i || i->asks_worker; /* a form that is not here: nobody knows */
}

/* A worker's own answer is never told per person; who said no to being written down is not. */
static bool wordless(struct role *r, const struct role_row *row, const struct query *q) {
    struct arena *a = &r->report.page;
    if (r->report.who.staff_words) return false;
    if (row->kind == &kind_answer)
        return asks_worker(r, query_int(q, VISIT), query_text(q, ITEM, a));
    return row->kind == &kind_feedback && text_equal(query_text(q, CONSENT, a), "no");
}

static enum status read_kind(struct role *r, const struct kind *k) {
    struct query q;
    for (query_open(&q, r->report.j, select_of(&r->report.o->arena, k), 0); query_next(&q);) {
        struct role_row row = {.id = query_int(&q, 0),
                               .version = query_int(&q, 1),
                               .kind = k,
                               .withdrawn = query_int(&q, 2) == 1,
                               .hlc = query_int(&q, 3),
                               .at = query_int(&q, 4),
                               .refs = (uint32_t)(r->refs_buf.size / sizeof(struct role_link))};
        const void *order = query_bytes(&q, 5, &row.order_size);
        row.order = arena_copy(&r->report.arena, order, row.order_size);
        row.shy = k->confidential || query_int(&q, RESTRICTED) == 1 || erased_shy(r, row.id);
        row.kept = kept_back(r, &row, &q);
        row.wordless = wordless(r, &row, &q);
        row.talk = of_talk(r, row.id);
        row.worker = k == &kind_feedback && !r->report.who.staff_words &&
                     text_equal(query_text(&q, SPEAKER, &r->report.page), "staff");
        int col = REFS;
        for (const struct column *c = k->columns; c->name; c++) {
            if (c->type != COL_REF) continue;
            struct role_link ref = {c, query_int(&q, col++)};
            if (!ref.to) continue;
            buf_add(&r->refs_buf, &ref, sizeof ref);
            row.refs_count++;
        }
        buf_add(&r->rows_buf, &row, sizeof row);
        arena_reset(&r->report.page);
    }
    return query_close(&q);
}

/* A worker's words are not for whoever leads them: in no copy row by row, the provider's either
 * (PEOPLE.md); its report shows them together when enough were asked. That there was a talk,
 * and with whom, stays. */
static enum status read_talks(struct role *r) {
    struct query q;
    for (query_open(&q, r->report.j,
                    "SELECT a.id FROM answer a WHERE coalesce(a.part, '') <> 'group' "
                    "AND " TALK_KEPT("a.repeat") " UNION SELECT t.id FROM attachment t "
                                                 "WHERE " TALK_KEPT("t.room") " ORDER BY 1",
                    0);
         query_next(&q);) {
        row_id id = query_int(&q, 0);
        buf_add(&r->talks, &id, sizeof id);
    }
    return query_close(&q);
}

static enum status read_erased(struct role *r) {
    struct query q;
    for (query_open(&q, r->report.j, "SELECT \"row\", restricted FROM erase", 0);
         query_next(&q);) {
        row_id id = query_int(&q, 0);
        buf_add(&r->gone_buf, &id, sizeof id);
        if (query_int(&q, 1) == 1) buf_add(&r->shy_buf, &id, sizeof id);
    }
    r->shy = (const row_id *)(const void *)r->shy_buf.data;
    r->shy_count = r->shy_buf.size / sizeof *r->shy;
    r->gone = (const row_id *)(const void *)r->gone_buf.data;
    r->gone_count = r->gone_buf.size / sizeof *r->gone;
    return query_close(&q);
}

static int by_id(const void *x, const void *y) {
    const struct role_row *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static enum status read_rows(struct role *r) {
    enum status s = read_erased(r);
    for (size_t i = 0; !s && i < kinds_count; i++)
        if (!kind_at(i)->program) s = read_kind(r, kind_at(i));
    r->rows = (struct role_row *)(void *)r->rows_buf.data;
    r->rows_count = r->rows_buf.size / sizeof *r->rows;
    r->refs = (const struct role_link *)(const void *)r->refs_buf.data;
    if (r->rows_count) qsort(r->rows, r->rows_count, sizeof *r->rows, by_id);
    return s;
}

/* ---- what hangs on what ---- */

/* An action stands for itself whatever it came from, as does what was said of it on a later
 * check; but never when that was said in confidence. */
static bool carries(const struct role_row *row, const struct role_row *to,
                    const struct column *c) {
    if (row->kind == &kind_action && text_equal(c->name, "source")) return false;
    if (row->kind == &kind_step && text_equal(c->name, "visit")) return false;
    bool part_of = !c->to || to->kind == &kind_action || to->kind == &kind_danger;
    return to->kept || to->worker || to->talk || (part_of && to->withdrawn);
}

/* A photo of words that are gone: they may have been a worker's, nobody can tell any more. */
static bool of_erased(const struct role *r, const struct role_row *row, row_id to) {
    bool about = row->kind == &kind_attachment || row->kind == &kind_addendum;
    return about && listed(r->gone, r->gone_count, to);
}

static void judge(struct role *r, struct role_row *row, int depth);

static void judge_ref(struct role *r, struct role_row *row, const struct role_link *ref,
                      int depth) {
    struct role_row *to = find(r, ref->to);
    if (erased_shy(r, ref->to)) row->shy = true;
    if (!to) {
        row->kept = row->kept || !ref->column->to; /* who knows what it came from */
        return;
    }
    if (to->known == UNKNOWN) judge(r, to, depth + 1);
    row->shy = row->shy || to->shy || to->known == ASKED;
    row->kept = row->kept || carries(row, to, ref->column) || of_erased(r, row, to->id);
}

static row_id service_of(const struct role *r, const struct role_row *row) {
    const struct role_link *refs = r->refs + row->refs;
    row_id through = 0;
    if (row->kind == &kind_service) return row->id;
    for (uint32_t i = 0; i < row->refs_count; i++) {
        const struct role_row *to = find(r, refs[i].to);
        if (to && to->kind == &kind_service) return to->id;
        if (to && !through) through = to->service;
    }
    return through;
}

/* A check hangs on nothing: those it follows make a long chain and decide nothing. */
static void judge(struct role *r, struct role_row *row, int depth) {
    row->known = ASKED;
    if (depth > DEPTH_MOST) row->shy = true;
    for (uint32_t i = 0; row->kind != &kind_visit && depth <= DEPTH_MOST && i < row->refs_count;
         i++)
        judge_ref(r, row, &r->refs[row->refs + i], depth);
    row->service = service_of(r, row);
    row->known = KNOWN;
}

static bool in_copy(const struct role *r, const struct role_row *row) {
    bool wanted = !r->report.only || report_wants(&r->report, row->service);
    if (r->report.who.copy == COPY_PROVIDER) return wanted;
    return wanted && !row->talk && role_has_table(r, row->kind) && !row->withdrawn &&
           !row->shy && !row->kept && !row->worker;
}

/* As it was written, the same in every database. */
static int by_time(const void *x, const void *y) {
    const struct role_row *a = *(const struct role_row *const *)x,
                          *b = *(const struct role_row *const *)y;
    size_t n = a->order_size < b->order_size ? a->order_size : b->order_size;
    if (a->hlc != b->hlc) return a->hlc < b->hlc ? -1 : 1;
    return n ? memcmp(a->order, b->order, n) : 0;
}

static void number_all(struct role *r) {
    r->numbered_count = r->numbered.size / sizeof(struct role_row *);
    struct role_row **rows = (struct role_row **)(void *)r->numbered.data;
    if (r->numbered_count) qsort(rows, r->numbered_count, sizeof *rows, by_time);
    for (size_t i = 0; i < r->numbered_count; i++)
        rows[i]->number = (int64_t)i + 1;
}

static void judge_all(struct role *r) {
    for (size_t i = 0; i < r->rows_count; i++) {
        struct role_row *row = &r->rows[i];
        if (row->known == UNKNOWN) judge(r, row, 0);
        row->there = in_copy(r, row);
        if (!row->there) continue;
        buf_add(&r->records, &row->version, sizeof row->version);
        buf_add(&r->numbered, &row, sizeof row);
    }
    r->records_count = r->records.size / sizeof(row_id);
    if (r->records_count) qsort(r->records.data, r->records_count, sizeof(row_id), by_number);
    number_all(r);
}

enum status role_open(struct office *o, struct journal *j, const struct audience *who,
                      const char *service, struct role **out) {
    struct role *r = ARENA_NEW(&o->arena, struct role);
    *r = (struct role){.report = {.o = o, .j = j, .who = *who, .only = service}};
    r->all = who->copy == COPY_PROVIDER && !service;
    enum status s = read_talks(r);
    if (!s && !r->all) s = report_prepare(&r->report);
    if (!s && !r->all) s = read_rows(r);
    if (!s && !r->all) judge_all(r);
    if (s) role_close(r);
    if (!s) *out = r;
    return s;
}

void role_close(struct role *r) {
    if (!r) return;
    buf_release(&r->rows_buf);
    buf_release(&r->refs_buf);
    buf_release(&r->shy_buf);
    buf_release(&r->talks);
    buf_release(&r->gone_buf);
    buf_release(&r->records);
    buf_release(&r->numbered);
    report_close(&r->report);
}

/* ---- asking ---- */

bool role_all(const struct role *r) {
    return r->all;
}

bool role_provider(const struct role *r) {
    return r->report.who.copy == COPY_PROVIDER;
}

bool role_has_table(const struct role *r, const struct kind *k) {
    return copy_has_table(r->report.who.copy, k);
}

bool role_has_name(const struct role *r, const struct column *c) {
    return copy_has_name(r->report.who.copy, c);
}

bool role_has_column(const struct role *r, const struct kind *k, const struct column *c) {
    return copy_has_column(r->report.who.copy, k, c);
}

bool role_has_row(const struct role *r, row_id row) {
    const struct role_row *found = r->all ? NULL : find(r, row);
    return r->all || (found && found->there);
}

bool role_has_record(const struct role *r, row_id record) {
    return r->all || (r->records_count && bsearch(&record, r->records.data, r->records_count,
                                                  sizeof record, by_number));
}

int64_t role_number(const struct role *r, row_id row) {
    const struct role_row *found = r->all ? NULL : find(r, row);
    return found && found->there ? found->number : 0;
}

bool role_entry(const struct role *r, int64_t number, struct role_entry *out) {
    struct role_row *const *rows = (struct role_row *const *)(const void *)r->numbered.data;
    if (number < 1 || (size_t)number > r->numbered_count) return false;
    const struct role_row *row = rows[number - 1];
    *out = (struct role_entry){row->id, row->kind, row->at};
    return true;
}

int64_t role_ref(const struct role *r, const struct column *c, row_id to) {
    if (role_provider(r)) return to;
    return r->report.who.merged && text_equal(c->to, "person") ? 0 : role_number(r, to);
}

bool role_says(const struct role *r, row_id row, const struct column *c) {
    if (of_talk(r, row))
        return text_listed("visit|item|repeat|part|room|sort|framework|framework_version", '|',
                           c->name);
    const struct role_row *found = r->all ? NULL : find(r, row);
    return !found || !found->wordless ||
           !text_listed("text|note|list|marks|person|safe_by", '|', c->name);
}

static const struct report_service *service_at(const struct role *r, row_id row) {
    const struct role_row *found = find(r, row);
    for (int i = 0; found && i < r->report.services_count; i++)
        if (r->report.services[i].id == found->service) return &r->report.services[i];
    return NULL;
}

const char *role_text(struct role *r, row_id row, const struct column *c, const char *text) {
    static const char plain[] =
        "code|name|setting|address|item|part|template|section|statement|"
        "regulations|reference|framework|modules|unit|category|question|rating";
    if (!r->report.who.merged) return text;
    const struct report_service *s = service_at(r, row);
    if (copy_says_who(c)) return audience_role(&r->report, s, text);
    if (c->type != COL_TEXT || text_listed(plain, '|', c->name)) return text;
    return audience_text(&r->report, s, text);
}

void role_next(struct role *r) {
    arena_reset(&r->report.page);
}
