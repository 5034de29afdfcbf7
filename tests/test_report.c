/* test_report.c -- the office's web site: who gets to read what, escaping, links that lead
 * somewhere, the same records the same bytes; needs: office sync model media care store base
 *
 * A season of the sample services is written to a journal, with words planted where a reader
 * must not find them; then every written file is searched. */
#include "support.h"

#include <ctype.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "model/reference.h"
#include "model/season.h"
#include "office/office.h"
#include "report_hand.h"
#include "store/query.h"
#include "sync/bundle.h"

#define DAY_MS  (24LL * 3600 * 1000)
#define FORMS   2
#define TABLETS 2

static struct office office;
static int64_t now;

/* ---- making records ---- */

static struct template *forms[FORMS];

static struct journal *open_journal(const char *path, struct clock clock, const char *name,
                                    const char *role) {
    struct journal *j = NULL;
    must(journal_open(
        &j, &(struct journal_options){.path = path,
                                      .key_path = arena_printf(&memory, "%s.keys", path),
                                      .clock = clock,
                                      .device_name = name,
                                      .device_role = role}));
    return j;
}

static void put(struct journal *j, struct row *r) {
    must(journal_put_alone(j, r));
}

static row_id one(struct journal *j, const char *sql) {
    row_id id = query_one_int(j, 0, sql, 0);
    if (!id) fail_msg("nothing: %s", sql);
    return id;
}

static void season(struct journal *j, struct clock_manual *time, uint64_t seed, int checks) {
    struct reference_summary added;
    struct season_summary made;
    must(reference_add_file(j, "assets/sample/sample.json", &added));
    must(
        season_make(j,
                    &(struct season_options){.seed = seed,
                                             .clock = time,
                                             .from_ms = now - 60 * DAY_MS,
                                             .until_ms = now - DAY_MS,
                                             .checks = checks,
                                             .phrases = "assets/sample/season.json",
                                             .templates = (const struct template *const *)forms,
                                             .templates_count = FORMS},
                    &made));
    assert_int_equal(made.checks, checks);
}

/* A worker's word in confidence, and all that may hang on it. */
static void plant_restricted(struct journal *j, row_id service, row_id visit) {
    struct row f = row_new(&kind_feedback), o = row_new(&kind_observation);
    row_ref(&f, "service", service);
    row_text(&f, "speaker", "staff");
    row_text(&f, "sort", "worry");
    row_text(&f, "text", "ZZSECRET said in confidence");
    row_int(&f, "restricted", 1);
    row_text(&f, "reader", "provider");
    row_int(&f, "day", london_day(now) - 3);
    put(j, &f);
    row_ref(&o, "service", service);
    row_ref(&o, "visit", visit);
    row_text(&o, "text", "ZZSECRET conduct seen");
    row_int(&o, "restricted", 1);
    row_int(&o, "severity", 4);
    put(j, &o);
    struct row a = row_new(&kind_action);
    row_ref(&a, "service", service);
    row_text(&a, "reference", "ZZ1");
    row_text(&a, "different", "ZZSECRET action");
    row_ref(&a, "source", f.id);
    row_int(&a, "due", now - DAY_MS);
    put(j, &a);
    struct row s = row_new(&kind_step);
    row_ref(&s, "action", a.id);
    row_text(&s, "sort", "update");
    row_text(&s, "text", "ZZSECRET step");
    put(j, &s);
    struct row g = row_new(&kind_danger);
    row_ref(&g, "visit", visit);
    row_ref(&g, "service", service);
    row_ref(&g, "source", o.id);
    row_text(&g, "text", "ZZSECRET danger");
    row_int(&g, "opened", now - 2 * DAY_MS);
    put(j, &g);
    struct row c = row_new(&kind_call);
    row_ref(&c, "visit", visit);
    row_ref(&c, "danger", g.id);
    row_text(&c, "whom", "ZZSECRET whom");
    put(j, &c);
    struct row d = row_new(&kind_duty);
    row_ref(&d, "visit", visit);
    row_ref(&d, "danger", g.id);
    row_text(&d, "name", "police");
    row_text(&d, "why", "ZZDUTY because");
    put(j, &d);
    struct row n = row_new(&kind_addendum);
    row_ref(&n, "visit", visit);
    row_ref(&n, "about", o.id);
    row_text(&n, "text", "ZZDUTY addendum");
    put(j, &n);
    struct row t = row_new(&kind_attachment);
    row_ref(&t, "visit", visit);
    row_ref(&t, "to", o.id);
    row_text(&t, "sort", "photo");
    row_text(&t, "caption", "ZZDUTY caption");
    row_hash(&t, "hash", &(hash256){{3}}); /* not arrived */
    put(j, &t);
}

static void plant_words(struct journal *j, row_id service, row_id visit) {
    static const char *const words[][3] = {
        {"staff", "worry", "ZZSTAFF says it is short tonight"},
        {"family", "praise", "ZZNAME was helped by Mrs Pemberton"},
        {"family", "worry", "ZZPHONE ring me on 01632 960999"},
        {"lives_here", "idea", "<script>alert('ZZSCRIPT')</script> & \"so\" on"},
        {"visitor", "praise", "ZZROOM in Willow 12 all was well"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct row f = row_new(&kind_feedback);
        row_ref(&f, "visit", visit);
        row_ref(&f, "service", service);
        row_text(&f, "speaker", words[i][0]);
        row_text(&f, "sort", words[i][1]);
        row_text(&f, "text", words[i][2]);
        put(j, &f);
    }
}

/* A check still open, so that feedback can be added to it; sealed at the end. */
static row_id plant_visit(struct journal *j, row_id service, const char *held,
                          const char *code) {
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service", service);
    row_text(&v, "template", "WALK");
    row_int(&v, "started", now - 2 * DAY_MS);
    row_int(&v, "left", now - 2 * DAY_MS + 3600000);
    row_int(&v, "night", london_day(now - 2 * DAY_MS));
    row_text(&v, "held_back", held);
    row_text(&v, "join_code", code);
    put(j, &v);
    return v.id;
}

static void seal(struct journal *j, row_id visit) {
    struct row s = row_new(&kind_seal);
    hash256 digest;
    int64_t rows;
    must(journal_visit_digest(j, visit, &digest, &rows));
    row_ref(&s, "visit", visit);
    row_bytes(&s, "digest", digest.b, sizeof digest.b);
    row_int(&s, "rows", rows);
    put(j, &s);
}

/* A danger whose worry is about somebody on the list, and a check held back from the home. */
static void plant_held(struct journal *j, row_id service, row_id open) {
    struct row g = row_new(&kind_danger);
    row_ref(&g, "visit", open);
    row_ref(&g, "service", service);
    row_text(&g, "text", "ZZLISTED the worry is about somebody listed");
    row_text(&g, "listed", "yes");
    row_int(&g, "opened", now - 2 * DAY_MS);
    put(j, &g);
    row_id held = plant_visit(j, service, "held", "HELD");
    struct row o = row_new(&kind_observation), a = row_new(&kind_action);
    row_ref(&o, "visit", held);
    row_ref(&o, "service", service);
    row_text(&o, "text", "ZZHELD not for the home");
    row_int(&o, "severity", 3);
    put(j, &o);
    row_ref(&a, "visit", held);
    row_ref(&a, "service", service);
    row_text(&a, "reference", "ZZ2");
    row_text(&a, "different", "ZZHELD action");
    row_ref(&a, "source", o.id);
    put(j, &a);
    seal(j, held);
}

/* A stroke of three points as the pad keeps it: u16 x, u16 y, u8 pressure, u32 ms. */
static void plant_signature(struct journal *j, row_id visit) {
    static const uint16_t points[][2] = {{0, 0}, {30000, 60000}, {65535, 65535}};
    struct buf b = {0};
    hash256 h;
    for (int i = 0; i < 3; i++) {
        buf_u16(&b, points[i][0]);
        buf_u16(&b, points[i][1]);
        buf_byte(&b, 255);
        buf_u32(&b, (uint32_t)i * 20);
    }
    buf_byte(&b, 1); /* half a point at the end does no harm */
    must(blob_put(j, b.data, b.size, &h));
    struct row g = row_new(&kind_signature);
    row_ref(&g, "visit", visit);
    row_text(&g, "side", "in_charge");
    row_text(&g, "choice", "signed");
    row_text(&g, "text", "ZZHOME I want to add this");
    row_hash(&g, "strokes", &h);
    put(j, &g);
    buf_release(&b);
}

static void plant_answer(struct journal *j, row_id visit, const char *item, const char *part,
                         const char *word) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", item);
    row_text(&r, "part", part);
    row_text(&r, "word", word);
    put(j, &r);
}

static void add_rows(struct journal *j) {
    row_id service = one(j, "SELECT id FROM service WHERE code = 'OAK'");
    row_id visit = plant_visit(j, service, "given", "JOINED");
    row_id second = plant_visit(j, service, "given", "JOINED");
    plant_words(j, service, visit);
    plant_restricted(j, service, visit);
    plant_signature(j, visit);
    plant_held(j, service, visit);
    /* Both tablets look at W02, and find different things; each at one more. */
    plant_answer(j, visit, "W02", "", "met");
    plant_answer(j, second, "W02", "", "not_met");
    plant_answer(j, visit, "W04", "", "met");
    plant_answer(j, second, "W08", "", "met");
    seal(j, visit);
    seal(j, second);
}

/* ---- running the command ---- */

/* A manager's copy is of one home. */
static int report(const char *db, const char *out, const char *reader) {
    const char *argv[] = {db, "--out", out, "--for", reader, "--service", "OAK"};
    bool manager = text_equal(reader, "manager");
    fflush(stdout);
    return office_report(&office, manager ? 7 : 5, (char **)(uintptr_t)argv);
}

static const char *db_path;

static int setup(void **state) {
    (void)state;
    log_open("/dev/null");
    static struct clock_manual time = {.boot_ms = 1}; /* the office keeps its clock */
    static const char *const files[FORMS] = {"assets/templates/NIGHT.json",
                                             "assets/templates/WALK.json"};
    random_seed(11);
    if (!time_read_iso("2026-11-22T06:12", &now)) return -1;
    time.wall_ms = now - 60 * DAY_MS;
    for (int i = 0; i < FORMS; i++)
        must(template_load(&forms[i], files[i]));
    office = (struct office){.clock = clock_manual(&time), .assets = "assets"};
    office.command = "report";
    must(words_load(&office.words, "assets/words/en"));
    db_path = scratch("master.db");
    struct journal *j = open_journal(db_path, clock_manual(&time), "Tablet", "tablet");
    season(j, &time, 20, 24);
    time.wall_ms = now;
    add_rows(j);
    journal_close(j);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    for (int i = 0; i < FORMS; i++)
        template_close(forms[i]);
    words_close(office.words);
    arena_release(&office.arena);
    arena_release(&memory);
    return 0;
}

/* ---- who reads what ---- */

struct expected {
    const char *reader, *word;
    bool there;
    const char *only_on; /* the one page where it may stand */
};

static void test_readers(void **state) {
    (void)state;
    static const char *const readers[] = {"provider", "manager", "board", "public"};
    static const struct expected cases[] = {
        {"provider", "ZZSECRET said", true, "restricted.html"},
        {"provider", "ZZSECRET conduct", true, "restricted.html"},
        {"provider", "ZZSECRET action", true, "restricted.html"},
        {"provider", "ZZSECRET step", true, "restricted.html"},
        {"provider", "ZZSECRET danger", true, "restricted.html"},
        {"provider", "ZZSECRET whom", true, "restricted.html"},
        {"provider", "ZZDUTY because", true, "restricted.html"},
        {"provider", "ZZDUTY addendum", true, "restricted.html"},
        {"provider", "ZZDUTY caption", true, "restricted.html"},
        {"manager", "ZZSECRET", false, NULL},
        {"board", "ZZSECRET", false, NULL},
        {"public", "ZZSECRET", false, NULL},
        {"manager", "ZZ1", false, NULL},
        {"board", "ZZ1", false, NULL},
        {"public", "ZZ1", false, NULL},
        {"manager", "ZZDUTY", false, NULL},
        {"board", "ZZDUTY", false, NULL},
        {"public", "ZZDUTY", false, NULL},
        {"provider", "ZZSTAFF", true, NULL},
        {"manager", "ZZSTAFF", false, NULL},
        {"board", "ZZSTAFF", false, NULL},
        {"public", "ZZSTAFF", false, NULL},
        {"provider", "Pemberton", true, NULL},
        {"manager", "Pemberton", true, NULL},
        {"public", "Pemberton", false, NULL},
        {"public", "960999", false, NULL},
        {"board", "960999", true, NULL}, /* somebody's own words, not a contact */
        {"public", "01632 960100", false, NULL},
        {"provider", "01632 960100", true, NULL},
        {"board", "01632 960100", false, NULL},
        {"provider", "Willow 12", true, NULL},
        {"public", "Willow 12", false, NULL},
        {"public", "a bedroom, Willow", true, NULL},
        {"public", "[words held back]", true, NULL},
        {"provider", "ZZHELD", true, NULL},
        {"board", "ZZHELD", true, NULL},
        {"manager", "ZZHELD", false, NULL},
        {"public", "ZZHELD", false, NULL},
        {"provider", "ZZLISTED", true, NULL},
        {"manager", "ZZLISTED", false, NULL},
        {"public", "ZZLISTED", false, NULL},
        {"provider", "night-hours", true, NULL},
        {"board", "night-hours", true, NULL},
        {"manager", "night-hours", false, NULL},
        {"public", "night-hours", false, NULL},
        {"provider", "Last night seen", true, NULL},
        {"manager", "Last night seen", false, NULL},
        {"public", "Last night seen", false, NULL},
        {"public", ">Manager<", false, NULL},
        {"provider", ">Manager<", true, NULL},
        {"public", "a member of staff", true, NULL},
        {"provider", "<script", false, NULL},
        {"public", "<script", false, NULL},
        {"provider", "&lt;script&gt;alert(&#39;ZZSCRIPT&#39;)&lt;/script&gt; &amp; &quot;so",
         true, NULL},
        {"provider", "[report.", false, NULL},
        {"manager", "[report.", false, NULL},
        {"board", "[report.", false, NULL},
        {"public", "[report.", false, NULL},
        {"public", "restricted.html", false, NULL},
        {"public", "<svg class=\"signature\"", false, NULL},
        {"provider", "<path d=\"M0 0L274 183\"", true, NULL},
        {"manager", "ZZHOME", true, NULL},
        {"board", "ZZHOME", false, NULL},
        {"public", "ZZHOME", false, NULL},
    };
    int checked = 0;
    for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++) {
        const char *dir = scratch(readers[k]);
        assert_int_equal(report(db_path, dir, readers[k]), EXIT_DONE);
        struct site s = read_site(dir);
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            const struct expected *e = &cases[i];
            if (!text_equal(e->reader, readers[k])) continue;
            int all = holding(&s, e->word, NULL);
            int others = e->only_on ? holding(&s, e->word, e->only_on) : 0;
            if ((all > 0) != e->there || others)
                fail_msg("%s: \"%s\" on %d pages, %d elsewhere", e->reader, e->word, all,
                         others);
            checked++;
        }
        site_close(&s);
    }
    assert_int_equal(checked, sizeof cases / sizeof cases[0]);
    assert_int_equal(words_missing(office.words), 0);
}

/* Never a percentage where things are counted; a form may ask for one and have it answered. */
static void test_no_percentage(void **state) {
    (void)state;
    const char *dir = scratch("counts");
    assert_int_equal(report(db_path, dir, "provider"), EXIT_DONE);
    struct site s = read_site(dir);
    for (size_t i = 0; i < s.n; i++) {
        if (!page(s.names[i]) || text_starts(s.names[i], "check-")) continue;
        if (strchr(buf_str(&s.bytes[i]), '%')) fail_msg("%s has a percentage", s.names[i]);
    }
    site_close(&s);
}

/* One service alone, as of an earlier day: nothing of another service, no later check. */
static void test_one_service(void **state) {
    (void)state;
    const char *dir = scratch("one");
    const char *argv[] = {db_path,     "--out", dir,       "--for",           "manager",
                          "--service", "MILL",  "--as-of", "2026-11-01T12:00"};
    assert_int_equal(office_report(&office, 9, (char **)(uintptr_t)argv), EXIT_DONE);
    struct site s = read_site(dir);
    assert_int_equal(holding(&s, "Oak House", NULL), 0);
    assert_true(holding(&s, "Mill Cottage", NULL) > 2);
    assert_true(holding(&s, "Sun 1 Nov 2026, 12:00", NULL) > 2);
    for (size_t i = 0; i < s.n; i++) {
        assert_false(text_starts(s.names[i], "check-OAK"));
        if (text_starts(s.names[i], "check-MILL-"))
            assert_true(strcmp(s.names[i], "check-MILL-2026-11-01~") < 0);
    }
    site_close(&s);
    argv[6] = "NONE";
    assert_int_equal(office_report(&office, 9, (char **)(uintptr_t)argv), EXIT_REFUSED);
}

/* Two tablets with one join code are one check, on one page. */
static void test_joined(void **state) {
    (void)state;
    const char *dir = scratch("joined");
    assert_int_equal(report(db_path, dir, "provider"), EXIT_DONE);
    struct site s = read_site(dir);
    assert_int_equal(holding(&s, "Checker 2: ", NULL), 1);
    size_t checks = 0;
    for (size_t i = 0; i < s.n; i++)
        checks += text_starts(s.names[i], "check-");
    assert_int_equal(checks, 24 + 2); /* the season's, the joined one, the one held back */
    site_close(&s);
}

/* What was said in confidence is erased: with it goes the mark that it was. What hangs on it
 * stays where it was, and the erasing is told without the hour. */
static void test_erased_in_confidence(void **state) {
    (void)state;
    static const char *const readers[] = {"provider", "manager", "board", "public"};
    static struct clock_manual time = {.boot_ms = 1};
    const char *db = scratch("confidence.db");
    struct reference_summary added;
    struct erase_summary gone;
    time.wall_ms = now;
    struct journal *j = open_journal(db, clock_manual(&time), "Office", "office");
    must(reference_add_file(j, "assets/sample/sample.json", &added));
    row_id service = one(j, "SELECT id FROM service WHERE code = 'OAK'");
    row_id visit = plant_visit(j, service, "given", "");
    plant_restricted(j, service, visit);
    seal(j, visit);
    must(journal_erase(j, one(j, "SELECT id FROM feedback"), "ZZWHY asked for", 20000, &gone));
    must(journal_erase(j, one(j, "SELECT id FROM observation"), "ZZWHY asked for", 20000,
                       &gone));
    journal_close(j);
    for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++) {
        const char *dir = scratch(arena_printf(&memory, "confidence-%s", readers[k]));
        assert_int_equal(report(db, dir, readers[k]), EXIT_DONE);
        struct site s = read_site(dir);
        bool provider = k == 0;
        assert_int_equal(holding(&s, "ZZSECRET said", NULL), 0);
        assert_int_equal(holding(&s, "ZZSECRET conduct", NULL), 0);
        assert_int_equal(holding(&s, "ZZSECRET danger", NULL), provider);
        assert_int_equal(holding(&s, "ZZSECRET action", NULL) > 0, provider);
        assert_int_equal(holding(&s, "ZZDUTY", "restricted.html"), 0);
        assert_int_equal(holding(&s, "ZZWHY", "index.html"), 0);
        assert_int_equal(holding(&s, "ZZWHY", NULL), provider);
        assert_int_equal(holding(&s, "[report.", NULL), 0);
        site_close(&s);
    }
}

static void add_notes(struct journal *j, int n) {
    static row_id reader;
    struct row r = row_new(&kind_reader), c = row_new(&kind_confidence);
    row_text(&r, "code", "SG");
    row_text(&r, "label", "ZZREADER");
    row_bytes(&r, "key", "12345678123456781234567812345678", 32);
    if (!reader) put(j, &r);
    if (!reader) reader = r.id;
    for (int i = 0; i < n; i++) {
        c.id = 0;
        row_int(&c, "day", london_day(now));
        row_ref(&c, "reader", reader);
        row_bytes(&c, "key", "12345678123456781234567812345678", 32);
        row_bytes(&c, "box", "ZZBOX", 5);
        put(j, &c);
    }
}

/* Of what is sealed to a reader only the provider learns how many there are, from five on, and
 * never of which service. */
static void test_sealed_notes(void **state) {
    (void)state;
    static const char *const readers[] = {"provider", "manager", "board", "public"};
    static struct clock_manual time = {.boot_ms = 1};
    const char *db = scratch("notes.db"), *dir = scratch("notes");
    struct reference_summary added;
    time.wall_ms = now;
    struct journal *j = open_journal(db, clock_manual(&time), "Office", "office");
    must(reference_add_file(j, "assets/sample/sample.json", &added));
    add_notes(j, 4);
    journal_close(j);
    for (int notes = 4; notes <= 5; notes++)
        for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++) {
            if (notes == 5 && k == 0) {
                j = open_journal(db, clock_manual(&time), "Office", "office");
                add_notes(j, 1);
                journal_close(j);
            }
            assert_int_equal(report(db, dir, readers[k]), EXIT_DONE);
            struct site s = read_site(dir);
            assert_int_equal(holding(&s, "Sealed to a reader: 5 notes", NULL),
                             notes == 5 && k == 0);
            assert_int_equal(holding(&s, "Sealed to a reader", "restricted.html"), 0);
            assert_int_equal(holding(&s, "ZZ", NULL), 0);
            site_close(&s);
        }
    const char *argv[] = {db, "--out", dir, "--service", "OAK"};
    fflush(stdout);
    assert_int_equal(office_report(&office, 5, (char **)(uintptr_t)argv), EXIT_DONE);
    struct site s = read_site(dir);
    assert_int_equal(holding(&s, "Sealed to a reader", NULL), 0);
    site_close(&s);
}

/* How many records of other devices a pack for everybody holds. */
static uint32_t copies_in_pack(const char *db, const char *out) {
    const char *argv[] = {db, "--open", "--out", out};
    struct bundle_head head;
    office.command = "pack";
    assert_int_equal(office_pack(&office, 4, (char **)(uintptr_t)argv), EXIT_DONE);
    office.command = "report";
    must(bundle_show(out, &head, NULL, NULL));
    return head.copies;
}

/* Another tablet lacks the words themselves, so it could not know that what came of them must
 * not be shown: it is not given it, not even when the words have been erased. */
static void test_packs_keep_confidence(void **state) {
    (void)state;
    static struct clock_manual time = {.boot_ms = 1};
    const char *db = scratch("packs.db"), *bundle = scratch("packs.lantern");
    struct reference_summary added;
    struct merge_summary merged;
    struct export_summary sent;
    struct erase_summary gone;
    time.wall_ms = now;
    struct journal *tablet =
        open_journal(scratch("packs-tablet.db"), clock_manual(&time), "Tablet", "tablet");
    must(reference_add_file(tablet, "assets/sample/sample.json", &added));
    row_id service = one(tablet, "SELECT id FROM service WHERE code = 'OAK'");
    plant_restricted(tablet, service, plant_visit(tablet, service, "given", ""));
    struct row plain = row_new(&kind_action);
    row_ref(&plain, "service", service);
    row_text(&plain, "reference", "ZZ2");
    row_text(&plain, "different", "The cord hangs free.");
    put(tablet, &plain);
    must(export_all(tablet, &(struct export_options){.path = bundle}, &sent));
    journal_close(tablet);
    struct journal *j = open_journal(db, clock_manual(&time), "Office", "office");
    must(merge_file(j, &(struct merge_options){.path = bundle, .trust = true}, &merged));
    journal_close(j);
    assert_int_equal(copies_in_pack(db, scratch("packs-1.lantern")), 1);
    j = open_journal(db, clock_manual(&time), "Office", "office");
    must(journal_erase(j, one(j, "SELECT id FROM feedback"), "asked for", 20000, &gone));
    journal_close(j);
    assert_int_equal(copies_in_pack(db, scratch("packs-2.lantern")), 1);
}

/* The figures of a row of a table: what stands between its tags, one a line. */
static char *cells_after(const char *page, const char *heading) {
    const char *p = strstr(page, heading), *end = p ? strstr(p, "</tr>") : NULL;
    struct buf b = {0};
    for (bool tag = false; p && p < end; p++) {
        if (*p == '<') tag = true;
        if (!tag) buf_byte(&b, (uint8_t)*p);
        if (*p == '>' && tag) {
            tag = false;
            if (b.size && b.data[b.size - 1] != '|') buf_byte(&b, '|');
        }
    }
    char *out = arena_strdup(&memory, buf_str(&b));
    buf_release(&b);
    return out;
}

/* What two tablets both looked at counts once, with the worse of what they found; the items of
 * the form are there once, too. */
static void test_looked_at_twice(void **state) {
    (void)state;
    const char *dir = scratch("twice");
    assert_int_equal(report(db_path, dir, "provider"), EXIT_DONE);
    struct site s = read_site(dir);
    int found = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *page = buf_str(&s.bytes[i]);
        if (!text_starts(s.names[i], "check-") || !strstr(page, "Checker 2: ")) continue;
        const char *counts = strstr(page, "id=\"counts\"");
        assert_non_null(counts);
        char *safe = cells_after(counts, ">Safe<"), *caring = cells_after(counts, ">Caring<");
        char *responsive = cells_after(counts, ">Responsive<");
        const struct template *walk = forms[1];
        int of = 0;
        for (int k = 0; k < walk->items_count; k++)
            of += text_starts(walk->items[k].statement, "CAR-") &&
                  text_equal(walk->items[k].module, "core");
        assert_non_null(strstr(safe, "Safe|1 of "));
        assert_non_null(strstr(safe, "|0|0|1|")); /* not met: the worse of the two */
        assert_non_null(strstr(caring, arena_printf(&memory, "Caring|1 of %d|1|0|0|", of)));
        assert_non_null(strstr(responsive, "Responsive|1 of "));
        found++;
    }
    assert_int_equal(found, 1);
    site_close(&s);
}

/* A service with more actions than a page holds says how many are not there. */
static void test_too_many_actions(void **state) {
    (void)state;
    enum { MANY = 2007 };
    static struct clock_manual time = {.boot_ms = 1};
    const char *db = scratch("many.db"), *dir = scratch("many");
    struct reference_summary added;
    time.wall_ms = now - DAY_MS;
    struct journal *j = open_journal(db, clock_manual(&time), "Tablet", "tablet");
    must(reference_add_file(j, "assets/sample/sample.json", &added));
    row_id service = one(j, "SELECT id FROM service WHERE code = 'OAK'");
    must(journal_begin(j));
    for (int i = 0; i < MANY; i++) {
        struct row a = row_new(&kind_action);
        row_ref(&a, "service", service);
        row_text(&a, "reference", arena_printf(&memory, "X%d", i));
        row_text(&a, "different", "Something");
        must(journal_put(j, &a));
    }
    must(journal_commit(j));
    journal_close(j);
    assert_int_equal(report(db, dir, "provider"), EXIT_DONE);
    struct site s = read_site(dir);
    assert_int_equal(holding(&s, "7 older actions are kept at the office but not shown", NULL),
                     1);
    site_close(&s);
}

/* ---- pages hold together ---- */

static void test_links_and_tags(void **state) {
    (void)state;
    static const char *const readers[] = {"provider", "public"};
    long links = 0, pages = 0;
    for (int k = 0; k < 2; k++) {
        const char *dir = scratch(arena_printf(&memory, "links-%s", readers[k]));
        assert_int_equal(report(db_path, dir, readers[k]), EXIT_DONE);
        struct site s = read_site(dir);
        site_holds_together(&s, &pages, &links);
        site_close(&s);
    }
    printf("figure: report: %ld pages well formed, %ld links lead to a row\n", pages, links);
}

/* Colours only from the table of colours, day or night. */
static void test_colours(void **state) {
    (void)state;
    struct buf css = {0}, tokens = {0};
    int n = 0;
    must(file_read("assets/report/report.css", 1 << 20, &css));
    must(file_read("assets/tokens.json", 1 << 20, &tokens));
    for (const char *p = buf_str(&css); (p = strchr(p, '#')) != NULL; p++) {
        bool hex = true;
        for (int i = 1; i <= 6; i++)
            hex = hex && isxdigit((unsigned char)p[i]);
        if (!hex) continue;
        char *colour = arena_strndup(&memory, p, 7);
        if (!strstr(buf_str(&tokens), colour)) fail_msg("%s is no colour of ours", colour);
        n++;
    }
    assert_true(n > 40);
    assert_null(strstr(buf_str(&css), "http"));
    buf_release(&css);
    buf_release(&tokens);
}

/* ---- the same records, the same bytes ---- */

static void same_sites(const char *a, const char *b) {
    struct site x = read_site(a), y = read_site(b);
    assert_int_equal(x.n, y.n);
    for (size_t i = 0; i < x.n; i++) {
        assert_string_equal(x.names[i], y.names[i]);
        if (x.bytes[i].size != y.bytes[i].size ||
            memcmp(x.bytes[i].data, y.bytes[i].data, x.bytes[i].size) != 0)
            fail_msg("%s differs", x.names[i]);
    }
    site_close(&x);
    site_close(&y);
}

static void tablet(int i, const char *bundle) {
    struct clock_manual time = {.wall_ms = now - 60 * DAY_MS, .boot_ms = 1};
    char *path = arena_printf(&memory, "%s/tablet%d.db", scratch_dir(), i);
    char *name = arena_printf(&memory, "Tablet %d", i + 1);
    struct journal *j = open_journal(path, clock_manual(&time), name, "tablet");
    struct export_summary sum;
    season(j, &time, 31 + (uint64_t)i, 6);
    must(export_all(j, &(struct export_options){.path = bundle, .everything = true}, &sum));
    journal_close(j);
}

static void master(const char *path, char *const bundles[], bool backwards) {
    struct clock_manual time = {.wall_ms = now, .boot_ms = 1};
    struct journal *j = open_journal(path, clock_manual(&time), "Office", "office");
    for (int i = 0; i < TABLETS; i++) {
        struct merge_summary sum;
        int at = backwards ? TABLETS - 1 - i : i;
        must(merge_file(j, &(struct merge_options){.path = bundles[at], .trust = true}, &sum));
    }
    journal_close(j);
}

static void test_same_bytes(void **state) {
    (void)state;
    char *bundles[TABLETS];
    const char *a = scratch("a.db"), *b = scratch("b.db");
    for (int i = 0; i < TABLETS; i++) {
        bundles[i] = arena_printf(&memory, "%s/%d.lantern", scratch_dir(), i);
        tablet(i, bundles[i]);
    }
    master(a, bundles, false);
    master(b, bundles, true);
    const char *ra = scratch("ra"), *rb = scratch("rb");
    assert_int_equal(report(a, ra, "provider"), EXIT_DONE);
    assert_int_equal(report(b, rb, "provider"), EXIT_DONE);
    same_sites(ra, rb);
}

/* A copy for fewer readers over one for more leaves nothing of it; other files stay; a folder
 * that is not a report is refused. */
static void test_folder(void **state) {
    (void)state;
    const char *dir = scratch("over"), *other = scratch("other");
    const char *mine = path_join(&memory, dir, "notes.txt");
    assert_int_equal(report(db_path, dir, "provider"), EXIT_DONE);
    assert_true(file_exists(path_join(&memory, dir, "restricted.html")));
    must(file_write(mine, "mine", 4, 0600));
    assert_int_equal(report(db_path, dir, "public"), EXIT_DONE);
    assert_false(file_exists(path_join(&memory, dir, "restricted.html")));
    assert_true(file_exists(mine));
    struct site s = read_site(dir);
    assert_int_equal(holding(&s, "ZZSECRET", NULL), 0);
    assert_int_equal(holding(&s, "ZZHELD", NULL), 0);
    site_close(&s);
    must(file_make_dirs(other));
    must(file_write(path_join(&memory, other, "index.html"), "x", 1, 0600));
    assert_int_equal(report(db_path, other, "public"), EXIT_REFUSED);
    assert_int_equal(file_size(path_join(&memory, other, "index.html")), 1);
    assert_int_equal(report(db_path, scratch("none"), "nobody"), EXIT_USAGE);
}

static void test_speed(void **state) {
    (void)state;
    struct timespec from, to;
    const char *dir = scratch("speed");
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    assert_int_equal(report(db_path, dir, "provider"), EXIT_DONE);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double ms =
        (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
    printf("figure: report: %.1f ms of processor a check, with sanitizers\n", ms / 26);
    assert_true(ms / 26 < 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readers),
        cmocka_unit_test(test_joined),
        cmocka_unit_test(test_no_percentage),
        cmocka_unit_test(test_one_service),
        cmocka_unit_test(test_links_and_tags),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_speed),
        cmocka_unit_test(test_looked_at_twice),
        cmocka_unit_test(test_too_many_actions),
        cmocka_unit_test(test_erased_in_confidence),
        cmocka_unit_test(test_sealed_notes),
        cmocka_unit_test(test_packs_keep_confidence),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
