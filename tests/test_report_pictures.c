/* test_report_pictures.c -- photos and recordings on the office's pages: what each reader gets,
 * where it stands, what is said of what has not arrived.
 *
 * needs: office sync model media care store base
 *
 * One home with two checks that it may read and one that is held back. Photos and recordings
 * hang on everything they can hang on, each with a word of its own in its caption and bytes of
 * its own; then the pages and the files beside them are searched, for each reader. */
#include "report_hand.h"

#include "base/hash.h"
#include "base/log.h"
#include "model/reference.h"
#include "office/office.h"
#include "store/query.h"

#define HOUR 3600000LL
#define DAY  (24 * HOUR)

static struct office office;
static struct clock_manual now = {.boot_ms = 1};
static struct journal *j;
static const char *db_path;
static row_id service, first, second, held;

/* ---- records ---- */

static row_id put(struct row *r) {
    now.wall_ms += 1000;
    must(journal_put_alone(j, r));
    return r->id;
}

static row_id visit(int64_t started, const char *held_back) {
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service", service);
    row_text(&v, "template", "WALK");
    row_int(&v, "started", started);
    row_int(&v, "left", started + HOUR);
    row_int(&v, "night", london_day(started));
    row_text(&v, "held_back", held_back);
    return put(&v);
}

static void seal(row_id of) {
    struct row s = row_new(&kind_seal);
    hash256 digest;
    int64_t rows;
    must(journal_visit_digest(j, of, &digest, &rows));
    row_ref(&s, "visit", of);
    row_bytes(&s, "digest", digest.b, sizeof digest.b);
    row_int(&s, "rows", rows);
    put(&s);
}

/* The bytes are made of the caption, so a test can tell whose file it found. */
static hash256 bytes_of(const char *caption, const char *which, bool here) {
    const char *text = arena_printf(&memory, "%s of %s", which, caption);
    hash256 h = hash_of(text, strlen(text));
    if (here) must(blob_put(j, text, strlen(text), &h));
    return h;
}

struct shot {
    row_id visit, to, before;
    const char *caption, *type, *item, *cut_off;
    bool voice, no_large, no_small;
};

static row_id add(struct shot s) {
    struct row t = row_new(&kind_attachment);
    hash256 large = bytes_of(s.caption, "large", !s.no_large), small; /* borrowed by the row */
    row_ref(&t, "visit", s.visit);
    row_ref(&t, "to", s.to);
    row_ref(&t, "before", s.before);
    row_text(&t, "sort", s.voice ? "voice" : "photo");
    row_text(&t, "type", s.type ? s.type : s.voice ? "audio/ogg" : "image/jpeg");
    row_text(&t, "caption", s.caption);
    row_text(&t, "item", s.item);
    row_text(&t, "cut_off", s.cut_off);
    row_hash(&t, "hash", &large);
    row_int(&t, "taken", now.wall_ms);
    if (s.voice) row_int(&t, "ms", 42000);
    if (!s.voice) {
        small = bytes_of(s.caption, "small", !s.no_small);
        row_hash(&t, "thumb", &small);
    }
    return put(&t);
}

static row_id feedback(row_id of, const char *speaker, const char *text) {
    struct row f = row_new(&kind_feedback);
    row_ref(&f, "visit", of);
    row_ref(&f, "service", service);
    row_text(&f, "speaker", speaker);
    row_text(&f, "sort", "worry");
    row_text(&f, "consent", "yes");
    row_text(&f, "text", text);
    row_int(&f, "recorded", 1);
    return put(&f);
}

static row_id observation(row_id of, const char *text, bool good, bool restricted) {
    struct row o = row_new(&kind_observation);
    row_ref(&o, "visit", of);
    row_ref(&o, "service", service);
    row_text(&o, "text", text);
    row_int(&o, "severity", 2);
    if (good) row_int(&o, "good", 1);
    if (restricted) row_int(&o, "restricted", 1);
    return put(&o);
}

static row_id action(row_id of, row_id source, const char *reference) {
    struct row a = row_new(&kind_action);
    row_ref(&a, "service", service);
    row_ref(&a, "visit", of);
    row_ref(&a, "source", source);
    row_text(&a, "reference", reference);
    row_text(&a, "different", "Something will be different");
    return put(&a);
}

static void answer(row_id of, const char *item, const char *word) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", of);
    row_text(&r, "item", item);
    row_text(&r, "part", "");
    row_text(&r, "word", word);
    put(&r);
}

/* At questions: whole, only the small one, nothing; hostile words and types. */
static void at_questions(void) {
    answer(first, "W02", "not_met");
    add((struct shot){
        .visit = first, .item = "W02", .caption = "ZZITEM <b>\"bold\"</b> & '../../etc' on"});
    add((struct shot){
        .visit = first, .item = "W02", .caption = "ZZSMALL only", .no_large = true});
    add((struct shot){.visit = first,
                      .item = "W02",
                      .caption = "ZZNOWHERE yet",
                      .no_large = true,
                      .no_small = true});
    add((struct shot){.visit = first,
                      .item = "W04",
                      .caption = "ZZTYPE of another sort",
                      .type = "image/svg+xml\"><script>alert('ZZSCRIPT')</script>",
                      .no_small = true});
    add((struct shot){.visit = first,
                      .item = "W04",
                      .caption = "ZZOWN words of the checker",
                      .voice = true,
                      .cut_off = "covered"});
    add((struct shot){.visit = first,
                      .item = "W04",
                      .caption = "ZZNOVOICE has come",
                      .voice = true,
                      .no_large = true});
}

static void on_rows(void) {
    row_id seen = observation(first, "A cord was tied up.", false, false);
    row_id good = observation(first, "Low light in the corridor.", true, false);
    row_id back = observation(first, "ZZWORDSBACK taken back", false, false);
    row_id shy = observation(first, "ZZCONDUCT of a worker", false, true);
    row_id family = feedback(first, "family", "It can be such a long time.");
    row_id silent = feedback(first, "lives_here", "");
    row_id staff = feedback(first, "staff", "We are short tonight.");
    row_id gone = feedback(first, "family", "ZZGONE words");
    add((struct shot){.visit = first, .to = seen, .caption = "ZZSEEN cord"});
    add((struct shot){.visit = first, .to = good, .caption = "ZZGOOD light"});
    add((struct shot){.visit = first, .to = back, .caption = "ZZBACK with its words"});
    must(journal_withdraw_alone(j, &kind_observation, back));
    row_id alone = add((struct shot){.visit = first, .to = seen, .caption = "ZZALONE back"});
    must(journal_withdraw_alone(j, &kind_attachment, alone));
    add((struct shot){.visit = first, .to = shy, .caption = "ZZSHY restricted"});
    add((struct shot){.visit = first, .to = family, .caption = "ZZVOICE said", .voice = true});
    add((struct shot){.visit = first, .to = silent, .caption = "ZZSILENT said", .voice = true});
    add((struct shot){.visit = first, .to = staff, .caption = "ZZWORKER photo"});
    add((struct shot){.visit = first, .to = staff, .caption = "ZZSTAFF voice", .voice = true});
    add((struct shot){.visit = first, .to = gone, .caption = "ZZERASED voice", .voice = true});
    add((struct shot){.visit = first, .to = gone, .caption = "ZZERASED photo"});
    row_id place = action(first, shy, "SHY1");
    add((struct shot){.visit = first, .to = place, .caption = "ZZSHYPLACE of an action"});
}

/* A place as it was found, and as it was at the next check; and one photographed during a check
 * that is held back from the home, of an action that is not. */
static void places(void) {
    row_id a = action(first, 0, "PAIR1"), open = action(0, 0, "OPEN1");
    row_id marker = add((struct shot){.visit = first, .to = a, .caption = "ZZBEFORE cord"});
    now.wall_ms += 8 * DAY;
    add((struct shot){.visit = second, .to = a, .before = marker, .caption = "ZZAFTER cord"});
    add((struct shot){.visit = held, .to = open, .caption = "ZZHELD place"});
    row_id gone = add((struct shot){.to = open, .caption = "ZZFORMER taken back"});
    must(journal_withdraw_alone(j, &kind_attachment, gone));
    add((struct shot){.to = open, .before = gone, .caption = "ZZORPHAN of no pair"});
}

static void signature(void) {
    static const uint16_t points[][2] = {{0, 0}, {30000, 60000}, {65535, 0}};
    struct buf b = {0};
    hash256 h;
    for (int i = 0; i < 3; i++) {
        buf_u16(&b, points[i][0]);
        buf_u16(&b, points[i][1]);
        buf_byte(&b, 255);
        buf_u32(&b, (uint32_t)i * 20);
    }
    must(blob_put(j, b.data, b.size, &h));
    struct row g = row_new(&kind_signature);
    row_ref(&g, "visit", first);
    row_text(&g, "side", "in_charge");
    row_text(&g, "choice", "signed");
    row_hash(&g, "strokes", &h);
    put(&g);
    buf_release(&b);
}

static int setup(void **state) {
    (void)state;
    struct reference_summary added;
    struct erase_summary erased;
    log_open("/dev/null");
    random_seed(7);
    if (!time_read_iso("2026-11-10T02:00", &now.wall_ms)) return -1;
    office = (struct office){.clock = clock_manual(&now), .assets = "assets"};
    must(words_load(&office.words, "assets/words/en"));
    db_path = scratch("master.db");
    must(journal_open(
        &j, &(struct journal_options){.path = db_path,
                                      .key_path = arena_printf(&memory, "%s.keys", db_path),
                                      .clock = clock_manual(&now),
                                      .device_name = "Office",
                                      .device_role = "office"}));
    must(reference_add_file(j, "assets/sample/sample.json", &added));
    service = query_one_int(j, 0, "SELECT id FROM service WHERE code = 'OAK'", 0);
    first = visit(now.wall_ms, "given");
    second = visit(now.wall_ms + 8 * DAY, "given");
    held = visit(now.wall_ms + 8 * DAY, "held");
    signature();
    at_questions();
    on_rows();
    places();
    must(journal_erase(
        j, query_one_int(j, 0, "SELECT id FROM feedback WHERE text LIKE 'ZZGONE%'", 0),
        "asked for it", london_day(now.wall_ms), &erased));
    seal(first);
    seal(second);
    seal(held);
    now.wall_ms += DAY;
    journal_close(j);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    words_close(office.words);
    arena_release(&office.arena);
    arena_release(&memory);
    return 0;
}

/* ---- the site ---- */

static struct site report(const char *reader) {
    const char *dir = scratch(reader);
    const char *argv[] = {db_path, "--out", dir, "--for", reader, "--service", "OAK"};
    bool manager = text_equal(reader, "manager");
    office.command = "report";
    fflush(stdout);
    assert_int_equal(office_report(&office, manager ? 7 : 5, (char **)(uintptr_t)argv),
                     EXIT_DONE);
    return read_site(dir);
}

/* The file beside the pages with these bytes; NULL none. */
static const char *file_with(const struct site *s, const char *caption, const char *which) {
    hash256 h = bytes_of(caption, which, false);
    const char *hex = hex_of(&memory, h.b, 12), *text;
    for (size_t i = 0; i < s->n; i++) {
        if (page(s->names[i]) || !strstr(s->names[i], hex)) continue;
        text = arena_printf(&memory, "%s of %s", which, caption);
        assert_int_equal(s->bytes[i].size, strlen(text));
        assert_memory_equal(s->bytes[i].data, text, strlen(text));
        return s->names[i];
    }
    return NULL;
}

static int evidence_files(const struct site *s) {
    int n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += text_starts(s->names[i], "evidence-");
    return n;
}

static char *page_with(const struct site *s, const char *text, const char *starts) {
    for (size_t i = 0; i < s->n; i++)
        if (page(s->names[i]) && text_starts(s->names[i], starts) &&
            strstr(buf_str(&s->bytes[i]), text))
            return arena_strdup(&memory, buf_str(&s->bytes[i]));
    fail_msg("\"%s\" is on no page %s", text, starts);
    return NULL;
}

/* ---- who gets what ---- */

enum got {
    NO,
    YES,
    RESTRICTED
}; /* nowhere; somewhere; on the page of restricted records alone */
static const struct {
    const char *caption;
    enum got told[2];        /* provider, manager */
    bool large[2], small[2]; /* the bytes lie beside the pages */
} cases[] = {
    {"ZZITEM <b>\"bold\"</b> & '../../etc' on", {YES, YES}, {1, 1}, {1, 1}},
    {"ZZSMALL only", {YES, YES}, {0, 0}, {1, 1}},
    {"ZZNOWHERE yet", {YES, YES}, {0, 0}, {0, 0}},
    {"ZZTYPE of another sort", {YES, YES}, {0, 0}, {0, 0}},
    {"ZZOWN words of the checker", {YES, YES}, {1, 0}, {0, 0}},
    {"ZZNOVOICE has come", {YES, YES}, {0, 0}, {0, 0}},
    {"ZZSEEN cord", {YES, YES}, {1, 1}, {1, 1}},
    {"ZZGOOD light", {YES, YES}, {1, 1}, {1, 1}},
    {"ZZBACK with its words", {NO, NO}, {0, 0}, {0, 0}},
    {"ZZALONE back", {NO, NO}, {0, 0}, {0, 0}},
    {"ZZSHY restricted", {RESTRICTED, NO}, {1, 0}, {1, 0}},
    {"ZZSHYPLACE of an action", {RESTRICTED, NO}, {1, 0}, {1, 0}},
    {"ZZVOICE said", {YES, YES}, {1, 0}, {0, 0}},
    {"ZZSILENT said", {YES, YES}, {1, 0}, {0, 0}},
    {"ZZWORKER photo", {YES, NO}, {1, 0}, {1, 0}},
    {"ZZSTAFF voice", {YES, NO}, {1, 0}, {0, 0}},
    {"ZZERASED voice", {YES, NO}, {1, 0}, {0, 0}},
    {"ZZERASED photo", {YES, NO}, {1, 0}, {1, 0}},
    {"ZZBEFORE cord", {YES, YES}, {1, 1}, {1, 1}},
    {"ZZAFTER cord", {YES, YES}, {1, 1}, {1, 1}},
    {"ZZHELD place", {YES, NO}, {1, 0}, {1, 0}},
    {"ZZFORMER taken back", {NO, NO}, {0, 0}, {0, 0}},
    {"ZZORPHAN of no pair", {YES, YES}, {1, 1}, {1, 1}},
};
#define CASES (sizeof cases / sizeof cases[0])

/* Captions stand escaped: what comes before the first sign that is. */
static const char *begins(const char *caption) {
    return arena_strndup(&memory, caption, strcspn(caption, "<"));
}

static void one_reader(const struct site *s, int k, const char *name) {
    int files = 0;
    for (size_t i = 0; i < CASES; i++) {
        const char *words = begins(cases[i].caption);
        int all = holding(s, words, NULL), others = holding(s, words, "restricted.html");
        bool right = cases[i].told[k] == NO           ? !all
                     : cases[i].told[k] == RESTRICTED ? all && !others
                                                      : others > 0;
        if (!right) fail_msg("%s: %s on %d pages, %d elsewhere", name, words, all, others);
        bool large = file_with(s, cases[i].caption, "large") != NULL;
        bool small = file_with(s, cases[i].caption, "small") != NULL;
        if (large != cases[i].large[k] || small != cases[i].small[k])
            fail_msg("%s: %s: large %d, small %d", name, words, large, small);
        files += large + small;
    }
    assert_int_equal(evidence_files(s), files); /* and no other */
}

static void each_reader_gets_their_own(void **state) {
    (void)state;
    static const char *const full[] = {"provider", "manager"};
    static const char *const none[] = {"board", "public"};
    long pages = 0, links = 0;
    for (int k = 0; k < 2; k++) {
        struct site s = report(full[k]);
        one_reader(&s, k, full[k]);
        site_holds_together(&s, &pages, &links);
        assert_int_equal(holding(&s, "<script", NULL), 0);
        assert_int_equal(holding(&s, "<b>", NULL), 0);
        assert_true(holding(&s, "&lt;b&gt;&quot;bold&quot;&lt;/b&gt;", NULL) > 0);
        assert_int_equal(holding(&s, "<audio", NULL) > 0, k == 0);
        assert_int_equal(holding(&s, "The recording is with the provider", NULL) > 0, k == 1);
        assert_int_equal(holding(&s, "[report.", NULL), 0);
        site_close(&s);
    }
    for (int k = 0; k < 2; k++) {
        struct site s = report(none[k]);
        assert_int_equal(evidence_files(&s), 0);
        for (size_t i = 0; i < CASES; i++)
            assert_int_equal(holding(&s, begins(cases[i].caption), NULL), 0);
        assert_int_equal(holding(&s, "<img", NULL) + holding(&s, "<audio", NULL), 0);
        assert_int_equal(holding(&s, "Photos and recordings", NULL), 0);
        site_holds_together(&s, &pages, &links);
        site_close(&s);
    }
    assert_int_equal(words_missing(office.words), 0);
    printf("figure: photos and recordings: %zu captions for two readers, %ld links and files "
           "on %ld pages are there\n",
           CASES, links, pages);
}

/* ---- where it stands ---- */

/* Where `b` comes after `a`; fails when one is missing. */
static const char *then(const char *from, const char *what) {
    const char *p = from ? strstr(from, what) : NULL;
    if (!p) fail_msg("\"%s\" does not come", what);
    return p;
}

static void what_has_not_arrived_is_said(void **state) {
    (void)state;
    struct site s = report("provider");
    const char *p = page_with(&s, "ZZNOWHERE", "check-"), *end;
    p = then(p, "Photos and recordings");
    const char *one = then(p, "<strong>ZZSMALL only</strong>");
    end = then(one, "</li>");
    assert_true(then(one, "Only the small picture has arrived so far") < end);
    one = then(p, "<strong>ZZNOWHERE yet</strong>");
    end = then(one, "</li>");
    assert_true(then(one, "Has not arrived yet") < end);
    one = then(p, "<strong>ZZNOVOICE has come</strong>");
    end = then(one, "</li>");
    assert_true(then(one, "Has not arrived yet") < end);
    /* The index says what is missing, too: two large photos, one small one, a recording … */
    assert_true(holding(&s, "has not arrived", NULL) + holding(&s, "not arrived", NULL) > 0);
    site_close(&s);
}

/* The large one shows itself over the page when its name is in the address, and leads back. */
static void large_without_a_script(void **state) {
    (void)state;
    struct site s = report("manager");
    const char *p = page_with(&s, "ZZSEEN cord", "check-");
    p = then(p, "Photos and recordings");
    const char *caption = then(p, "<strong>ZZSEEN cord</strong>"), *from = caption;
    while (strncmp(from, "<li id=\"e-", 10) != 0)
        from--;
    char *key = arena_strndup(&memory, from + 10, strcspn(from + 10, "\""));
    const char *small = file_with(&s, "ZZSEEN cord", "small"),
               *large = file_with(&s, "ZZSEEN cord", "large");
    then(from, arena_printf(&memory,
                            "<a class=\"small\" href=\"#p-%s\"><img loading=\"lazy\" "
                            "src=\"%s\" alt=\"ZZSEEN cord\"></a>",
                            key, small));
    then(from, arena_printf(&memory,
                            "<div class=\"large\" id=\"p-%s\"><a class=\"shut\" "
                            "href=\"#e-%s\">Close</a><img loading=\"lazy\" src=\"%s\"",
                            key, key, large));
    site_close(&s);
}

static void a_pair_stands_together(void **state) {
    (void)state;
    struct site s = report("manager");
    static const char *const pages[] = {"actions-", "check-"};
    for (int i = 0; i < 2; i++) {
        const char *p = page_with(&s, "ZZAFTER cord", pages[i]);
        const char *open = then(p, "<li class=\"pair\">"), *end = then(open, "</li>");
        const char *before = then(open, ">Before</span>");
        const char *found = then(before, "<strong>ZZBEFORE cord</strong>");
        const char *on = then(found, "Tue 10 Nov");
        const char *after = then(on, ">After</span>");
        const char *now_so = then(after, "<strong>ZZAFTER cord</strong>");
        assert_true(then(now_so, "Wed 18 Nov") < end);
    }
    /* At the check that found it, nothing is known yet of a later one. */
    const char *p = page_with(&s, "ZZSEEN cord", "check-");
    p = then(p, "Photos and recordings");
    assert_null(strstr(p, "<li class=\"pair\">"));
    assert_non_null(strstr(p, "<strong>ZZBEFORE cord</strong>"));
    /* What it was compared with was taken back. */
    p = page_with(&s, "ZZORPHAN", "actions-");
    const char *orphan = then(p, "<strong>ZZORPHAN of no pair</strong>");
    while (strncmp(orphan, "<li", 3) != 0)
        orphan--;
    assert_memory_equal(orphan, "<li id=\"e-", 10);
    site_close(&s);
}

/* Photos stand small at what they show, good or not; recordings at the words they belong to. */
static void beside_what_they_belong_to(void **state) {
    (void)state;
    struct site s = report("provider");
    const char *p = page_with(&s, "A cord was tied up.", "check-");
    const char *line = then(p, "A cord was tied up."), *end = then(line, "</li>");
    assert_true(then(line, "class=\"small\"") < end);
    line = then(p, "<li class=\"finding\">Low light in the corridor.");
    end = then(line, "</li>");
    assert_true(then(line, "class=\"small\"") < end);
    static const char *const places[] = {"check-", "service-"};
    for (int i = 0; i < 2; i++) {
        p = page_with(&s, "It can be such a long time.", places[i]);
        line = then(p, "<q>It can be such a long time.</q>");
        end = then(line, "</li>");
        const char *player = then(line, "<audio controls preload=\"none\" src=\"evidence-");
        assert_true(player < end && then(player, "42 s") < end);
        line = then(p, "In their own voice");
        assert_true(then(line, "<audio") < then(line, "</li>"));
    }
    assert_non_null(
        strstr(page_with(&s, "ZZOWN", "check-"), "Ends when the tablet was covered"));
    assert_non_null(strstr(page_with(&s, "ZZOWN", "check-"), "<path d=\"M0 0L274 183L600 0\""));
    site_close(&s);
    s = report("manager");
    p = page_with(&s, "It can be such a long time.", "check-");
    line = then(p, "<q>It can be such a long time.</q>");
    end = then(line, "</li>");
    assert_true(then(line, "The recording is with the provider") < end);
    assert_int_equal(holding(&s, "In their own voice", NULL) > 0, 1);
    site_close(&s);
}

/* ---- tables ---- */

static void tables_say_the_same(void **state) {
    (void)state;
    struct buf all = {0}, managers = {0};
    const char *dir = scratch("csv"), *other = scratch("csv-manager");
    const char *argv[] = {db_path, "--out", dir},
               *argm[] = {db_path, "--out", other, "--for", "manager", "--service", "OAK"};
    office.command = "csv";
    fflush(stdout);
    assert_int_equal(office_csv(&office, 3, (char **)(uintptr_t)argv), EXIT_DONE);
    assert_int_equal(office_csv(&office, 7, (char **)(uintptr_t)argm), EXIT_DONE);
    must(file_read(path_join(&memory, dir, "attachment.csv"), PAGES_MAX, &all));
    must(file_read(path_join(&memory, other, "attachment.csv"), PAGES_MAX, &managers));
    for (size_t i = 0; i < CASES; i++) {
        const char *words = begins(cases[i].caption);
        bool voice = strstr(words, "said") || strstr(words, "voice") ||
                     strstr(words, "ZZOWN") || strstr(words, "ZZNOVOICE");
        assert_non_null(strstr(buf_str(&all), words));
        bool there = strstr(buf_str(&managers), words) != NULL;
        if (there != (cases[i].told[1] == YES && !voice))
            fail_msg("manager's table: %s", words);
    }
    assert_non_null(strstr(buf_str(&all), "cut_off"));
    assert_null(strstr(buf_str(&managers), "cut_off"));
    assert_null(strstr(buf_str(&managers), "hash"));
    buf_release(&all);
    buf_release(&managers);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reader_gets_their_own),
        cmocka_unit_test(what_has_not_arrived_is_said),
        cmocka_unit_test(large_without_a_script),
        cmocka_unit_test(a_pair_stands_together),
        cmocka_unit_test(beside_what_they_belong_to),
        cmocka_unit_test(tables_say_the_same),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
