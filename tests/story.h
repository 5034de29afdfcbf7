/* story.h -- what the stories share: an office and tablets, each a journal with a clock of its
 * own, that know each other only through files on a stick.
 *
 * Sealed bundles go one way, packs the other; nobody is trusted by --trust unless the story
 * says so. Whatever is found wrong is asked of the same list that verify and the report have.
 */
#ifndef TESTS_STORY_H
#define TESTS_STORY_H

#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "office/known.h"
#include "rest_env.h"
#include "store/query.h"
#include "store/union.h"
#include "sync/bundle.h"
#include "sync/enrol.h"

#define MINUTE (60 * 1000LL)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define YEAR   (365 * DAY + 6 * HOUR)
#define NIGHT  1795313460000LL /* 22 November 2026, 02:11 */

struct device {
    struct journal *j;
    struct clock_manual time;
    char *name, *path;
    bool office;
};
struct check {
    row_id visit, answer, action;
    char *reference;
};

static struct arena memory;
static struct office program; /* what the office's commands need; its clock is the office's */
static int files_made;

static inline void must(enum status s) {
    if (s) fail_msg("%s: %s", status_key(s), status_detail());
}

/* ---- devices ---- */

static inline void wake(struct device *d) {
    must(journal_open(
        &d->j, &(struct journal_options){.path = d->path,
                                         .key_path = arena_printf(&memory, "%s.keys", d->path),
                                         .clock = clock_manual(&d->time),
                                         .device_name = d->name,
                                         .device_role = d->office ? "office" : "tablet",
                                         .rest_key = d->office ? NULL : test_rest_key()}));
    if (!d->office) believe_sealed(d->j);
}

static inline void rest(struct device *d) {
    journal_close(d->j);
    d->j = NULL;
}

static inline struct device *device(const char *name, bool office) {
    struct device *d = ARENA_NEW(&memory, struct device);
    d->name = arena_strdup(&memory, name);
    d->path = arena_printf(&memory, "%s/%d-%s.db", scratch_dir(), ++files_made, name);
    d->office = office;
    d->time = (struct clock_manual){.wall_ms = NIGHT, .boot_ms = 1};
    wake(d);
    return d;
}

static inline row_id put(struct device *d, struct row *r) {
    d->time.wall_ms += 20 * 1000;
    must(journal_put_alone(d->j, r));
    return r->id;
}

static inline struct device *office_of(const char *provider) {
    struct device *o = device("Office", true);
    struct row p = row_new(&kind_provider), s = row_new(&kind_service);
    row_text(&p, "code", "HL");
    row_text(&p, "name", provider);
    put(o, &p);
    row_text(&s, "code", "OAK");
    row_text(&s, "name", "Oak House");
    row_text(&s, "setting", "nursing_home");
    put(o, &s);
    struct row n = row_new(&kind_person);
    row_ref(&n, "service", s.id);
    row_text(&n, "label", "Night lead");
    row_text(&n, "role", "Night lead");
    put(o, &n);
    return o;
}

/* The folder with everything in it, keys too, copied to another machine. */
static inline struct device *copy_of(struct device *d, const char *suffix) {
    struct device *c = ARENA_NEW(&memory, struct device);
    static const char *const endings[] = {"", "-wal", ".keys"};
    *c = *d;
    c->path = arena_printf(&memory, "%s-%s.db", d->path, suffix);
    rest(d);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct buf b = {0};
        const char *from = arena_printf(&memory, "%s%s", d->path, endings[i]);
        if (!file_exists(from)) continue;
        must(file_read(from, 64 << 20, &b));
        must(file_write(arena_printf(&memory, "%s%s", c->path, endings[i]), b.data, b.size,
                        0600));
        buf_release(&b);
    }
    wake(d);
    wake(c);
    return c;
}

/* ---- files between them ---- */

static inline const char *stick(const char *what) {
    return arena_printf(&memory, "%s/%d-%s.lantern", scratch_dir(), ++files_made, what);
}

static inline const char *send_as(struct device *t, struct export_options o) {
    struct export_summary sum;
    o.path = stick(t->name);
    t->time.wall_ms += MINUTE;
    must(export_all(t->j, &o, &sum));
    return o.path;
}

static inline const char *send(struct device *t) {
    return send_as(t, (struct export_options){.purpose = BUNDLE_TO_OFFICE});
}

static inline enum status try_take(struct device *o, const char *file, struct merge_options m,
                                   struct merge_summary *sum) {
    *sum = (struct merge_summary){0};
    m.path = file;
    o->time.wall_ms += MINUTE;
    return merge_file(o->j, &m, sum);
}

/* The office lets a sealed bundle in. */
static inline struct merge_summary take(struct device *o, const char *file) {
    struct merge_summary sum;
    must(try_take(o, file, (struct merge_options){0}, &sum));
    assert_true(sum.sealed);
    return sum;
}

/* Name, letters, token and code; the first pack; the code typed on the tablet. */
static inline void enrol(struct device *o, struct device *t) {
    struct enrol_made made;
    must(enrol_new(o->j, t->name, NULL, "OAK", &made));
    const char *file = send_as(o, (struct export_options){.purpose = BUNDLE_PACK,
                                                          .everything = true,
                                                          .for_tablet = t->name,
                                                          .code = made.code,
                                                          .token = made.token});
    struct merge_summary sum;
    assert_int_equal(try_take(t, file, (struct merge_options){.tablet = true}, &sum),
                     STATUS_LOCKED);
    must(try_take(t, file, (struct merge_options){.tablet = true, .code = made.code}, &sum));
    assert_true(sum.pack && sum.enrolled);
}

/* Every open action that somebody else wrote goes along as a copy. */
static inline const char *pack_for(struct device *o, struct device *t) {
    struct journal_self self;
    struct query q;
    uint8_t key[KEY_BYTES];
    row_id *copies = ARENA_ARRAY(&memory, row_id, 100);
    size_t n = 0;
    journal_self(t->j, &self);
    assert_true(key_of_signer(self.key, key));
    for (query_open(&q, o->j, "SELECT id FROM action WHERE withdrawn = 0", 0); query_next(&q);)
        copies[n++] = query_int(&q, 0);
    must(query_close(&q));
    return send_as(o, (struct export_options){.purpose = BUNDLE_PACK,
                                              .everything = true,
                                              .for_tablet = t->name,
                                              .seal_to = key,
                                              .copies = copies,
                                              .copies_count = n});
}

static inline struct merge_summary give_pack(struct device *o, struct device *t) {
    struct merge_summary sum;
    must(try_take(t, pack_for(o, t), (struct merge_options){.tablet = true}, &sum));
    assert_true(sum.pack && sum.sealed);
    return sum;
}

static inline int64_t waiting(struct device *t) {
    int64_t records;
    must(export_waiting(t->j, &records, NULL));
    return records;
}

/* ---- a night check ---- */

static inline row_id row_of(struct device *d, const char *sql) {
    row_id id = query_one_int(d->j, 0, sql, 0);
    if (!id) fail_msg("%s: nothing: %s", d->name, sql);
    return id;
}

static inline row_id answer(struct device *t, row_id visit, const char *item, const char *part,
                            const char *word, const char *note) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", item);
    row_text(&r, "part", part);
    row_text(&r, "word", word);
    row_text(&r, "note", note);
    return put(t, &r);
}

static inline void seal(struct device *t, row_id visit) {
    struct row s = row_new(&kind_seal);
    hash256 digest;
    int64_t rows;
    must(journal_visit_digest(t->j, visit, &digest, &rows));
    row_ref(&s, "visit", visit);
    row_bytes(&s, "digest", digest.b, sizeof digest.b);
    row_int(&s, "rows", rows);
    put(t, &s);
}

/* Two answers and an action, due within the week by the tablet's own clock. Not sealed yet. */
static inline struct check walk(struct device *t, const char *note) {
    struct check c = {0};
    struct row v = row_new(&kind_visit), a = row_new(&kind_action);
    row_ref(&v, "service", row_of(t, "SELECT id FROM service WHERE code = 'OAK'"));
    row_text(&v, "template", "NIGHT");
    row_int(&v, "unannounced", 1);
    row_int(&v, "started", t->time.wall_ms);
    c.visit = put(t, &v);
    answer(t, c.visit, "N07", "awake", "met", "");
    c.answer = answer(t, c.visit, "N04", "", "not_met", note);
    row_ref(&a, "service", row_of(t, "SELECT id FROM service WHERE code = 'OAK'"));
    row_ref(&a, "visit", c.visit);
    row_ref(&a, "source", c.answer);
    c.reference = journal_next_reference(t->j, &memory);
    row_text(&a, "reference", c.reference);
    row_text(&a, "different", "Nothing private lies open in the hall");
    row_int(&a, "must", 1);
    row_int(&a, "due", t->time.wall_ms + 7 * DAY);
    c.action = put(t, &a);
    return c;
}

static inline struct check walk_and_seal(struct device *t, const char *note) {
    struct check c = walk(t, note);
    seal(t, c.visit);
    return c;
}

/* From its present head on nothing of it counts any more. */
static inline void revoke_from(struct device *office, const struct journal_self *stolen,
                               const char *why) {
    struct row r = row_new(&kind_revoke);
    row_bytes(&r, "key", stolen->key, sizeof stolen->key);
    row_bytes(&r, "incarnation", stolen->incarnation, sizeof stolen->incarnation);
    row_int(&r, "seq", stolen->head_seq);
    row_bytes(&r, "hash", stolen->head_hash.b, sizeof stolen->head_hash.b);
    row_text(&r, "why", why);
    put(office, &r);
}

/* ---- looking ---- */

/* Chains, hashes, blobs, rebuild == live. */
static inline void laws(struct device *d) {
    struct journal_report r;
    must(journal_verify(d->j, &r));
}

static inline hash256 content(struct device *d) {
    hash256 h;
    must(journal_content_hash(d->j, false, &h));
    return h;
}

static inline void same_content(struct device *a, struct device *b) {
    hash256 x = content(a), y = content(b);
    assert_memory_equal(x.b, y.b, sizeof x.b);
}

static inline int64_t count(struct device *d, const char *sql) {
    return query_one_int(d->j, -1, sql, 0);
}

static inline const struct findings_model *findings(struct device *o) {
    static const struct findings_model none;
    const struct findings_model *m = &none;
    must(office_findings(&program, o->j, &memory, &m));
    return m;
}

static inline int found_of(struct device *o, enum finding_sort sort) {
    const struct findings_model *m = findings(o);
    int n = 0;
    for (size_t i = 0; i < m->count; i++)
        n += m->all[i].sort == sort;
    return n;
}

/* The one finding of that sort. */
static inline const struct finding *finding(struct device *o, enum finding_sort sort) {
    static const struct finding none = {.says = "nothing", .cure = ""};
    const struct findings_model *m = findings(o);
    assert_int_equal(found_of(o, sort), 1);
    for (size_t i = 0; i < m->count; i++)
        if (m->all[i].sort == sort) return &m->all[i];
    return &none;
}

static inline void says(const struct finding *f, const char *words) {
    if (!strstr(f->says, words)) fail_msg("\"%s\" is not in: %s", words, f->says);
}

/* `lantern-office verify`, as a script would see it. */
static inline int verify_exit(struct device *o) {
    const char *argv[] = {o->path};
    rest(o);
    fflush(stdout);
    int status = office_verify(&program, 1, (char **)(uintptr_t)argv);
    wake(o);
    return status;
}

/* All pages of `lantern-office report`, one after another in the order of their names. */
static inline const char *report_of(struct device *o) {
    char **names, *dir = arena_printf(&memory, "%s/%d-report", scratch_dir(), ++files_made);
    size_t n;
    struct buf all = {0};
    const char *argv[] = {o->path, "--out", dir};
    rest(o);
    fflush(stdout);
    assert_int_equal(office_report(&program, 3, (char **)(uintptr_t)argv), EXIT_DONE);
    wake(o);
    must(dir_list(&memory, dir, ".html", &names, &n));
    for (size_t i = 0; i < n; i++) {
        struct buf page = {0};
        must(file_read(path_join(&memory, dir, names[i]), 16 << 20, &page));
        buf_printf(&all, "\n== %s\n", names[i]);
        buf_add(&all, page.data, page.size);
        buf_release(&page);
    }
    char *out = arena_strdup(&memory, buf_str(&all));
    buf_release(&all);
    return out;
}

static inline void same_report(struct device *a, struct device *b) {
    assert_string_equal(report_of(a), report_of(b));
}

static inline int times(const char *all, const char *words) {
    int n = 0;
    for (const char *p = all; (p = strstr(p, words)) != NULL; p += strlen(words))
        n++;
    return n;
}

static inline void shows(const char *report, const char *words, bool there) {
    if ((strstr(report, words) != NULL) != there)
        fail_msg("\"%s\" is %s the report", words, there ? "not in" : "in");
}

/* Do the bytes lie in any file of this device? */
static inline bool in_files(struct device *d, const void *words, size_t n) {
    static const char *const endings[] = {"", "-wal", "-shm", ".keys"};
    bool found = false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct buf b = {0};
        const char *path = arena_printf(&memory, "%s%s", d->path, endings[i]);
        if (!file_exists(path)) continue;
        must(file_read(path, 64 << 20, &b));
        found = found || (b.size >= n && memmem(b.data, b.size, words, n) != NULL);
        buf_release(&b);
    }
    return found;
}

static inline int story_begin(void **state) {
    (void)state;
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    static struct clock_manual office_time = {.wall_ms = NIGHT, .boot_ms = 1};
    program = (struct office){.clock = clock_manual(&office_time), .assets = "assets"};
    must(words_load(&program.words, "assets/words/en"));
    return 0;
}

static inline int story_end(void **state) {
    (void)state;
    words_close(program.words);
    arena_release(&program.arena);
    arena_release(&memory);
    return 0;
}

#endif
