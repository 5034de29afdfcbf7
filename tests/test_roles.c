/* test_roles.c -- what csv, show and report let a manager, a board and everyone have.
 * needs: office sync model media care store base
 *
 * How the proof works: words that nobody would find by chance are planted in every column of
 * every kind that holds text, in rows of several sorts: of the service asked for; of another
 * one; of a check held back, and of one not sealed yet; said in confidence, and everything that
 * hangs on it; the same where those words were erased since; a worker's; taken back. Then every
 * byte of every file and of what is printed is searched. Each word says in itself from which
 * sort of row, kind and column it is, so that nothing is let through for being forgotten in a
 * list. */
#include "office_hand.h"

#include <ctype.h>

#include "office/roles_office.h"

#define DAY_MS (24LL * 3600 * 1000)
#define MARK   "zzq"

/* Sorts of rows. */
#define OWN       "own"
#define OTHER     "oth"
#define HELD      "hel"
#define OPEN      "ope"
#define SHY       "shy"
#define ERASED    "era"
#define WORKER    "wor"
#define TAKEN     "tak"
#define OFFICE    "off"
#define CONFIDED  "con"
#define TALK      "tlk" /* a worker's talk: in no copy */
#define SORT_LONG 3

static const char *db;

struct home {
    row_id service, person, area, contact, score;
};

/* Columns that hold codes: they have to be what they are, or nothing is shown at all. */
static bool is_code(const struct column *c) {
    return text_listed(
        "code|item|part|word|template|framework|section|statement|regulations|modules|"
        "reference|type|zone|boot_id|letters|category|question|rating",
        '|', c->name);
}

/* Fills every text column that is not said yet with a word of its own. */
static void plant(struct row *r, const char *sort) {
    for (const struct column *c = r->kind->columns; c->name; c++) {
        int at = kind_column(r->kind, c->name);
        if (c->type != COL_TEXT || r->values[at].said || is_code(c)) continue;
        row_text(r, c->name,
                 arena_printf(&memory, MARK "%s%sx%s", sort, r->kind->name, c->name));
    }
}

static row_id put_planted(struct journal *j, struct row *r, const char *sort) {
    plant(r, sort);
    return put(j, r);
}

static void refer(struct row *r, const char *column, row_id to) {
    if (kind_column(r->kind, column) >= 0) row_ref(r, column, to);
}

static struct row row_at(const struct kind *k, const struct home *h, row_id visit) {
    struct row r = row_new(k);
    if (k != &kind_visit) refer(&r, "visit", visit);
    refer(&r, "service", h->service);
    refer(&r, "person", h->person);
    refer(&r, "owner", h->person);
    refer(&r, "area", h->area);
    refer(&r, "contact", h->contact);
    if (kind_column(k, "item") >= 0) row_text(&r, "item", "W02");
    if (kind_column(k, "severity") >= 0) row_int(&r, "severity", 3);
    return r;
}

/* Scored outside any check: the reason is the provider's and the manager's to read. */
static row_id score(struct journal *j, const struct home *h, const char *sort) {
    static const struct kind *const kinds[] = {&kind_circumstance, &kind_rating, &kind_score};
    struct row r;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        r = row_at(kinds[i], h, 0);
        row_text(&r, "framework", "cqc-saf-2024-12");
        if (kinds[i] == &kind_circumstance) row_text(&r, "code", "breach");
        if (kinds[i] == &kind_rating) row_text(&r, "question", "SAF");
        if (kinds[i] == &kind_score) row_text(&r, "statement", "SAF-S1");
        if (kinds[i] == &kind_score) row_int(&r, "score", 2);
        put_planted(j, &r, sort);
    }
    return r.id;
}

static struct home home(struct journal *j, const char *code, const char *sort) {
    struct home h = {0};
    struct row r = row_new(&kind_service);
    row_text(&r, "code", code);
    h.service = put_planted(j, &r, sort);
    r = row_new(&kind_area);
    row_ref(&r, "service", h.service);
    row_text(&r, "sort", "room");
    h.area = put_planted(j, &r, sort);
    r = row_new(&kind_person);
    row_ref(&r, "service", h.service);
    row_text(&r, "code", arena_printf(&memory, "%s-M", code));
    h.person = put_planted(j, &r, sort);
    r = row_new(&kind_contact);
    row_ref(&r, "service", h.service);
    h.contact = put_planted(j, &r, sort);
    r = row_new(&kind_target);
    row_ref(&r, "service", h.service);
    put_planted(j, &r, sort);
    h.score = score(j, &h, sort);
    return h;
}

static row_id visit(struct journal *j, const struct home *h, const char *sort,
                    const char *held) {
    struct row r = row_at(&kind_visit, h, 0);
    row_text(&r, "template", "WALK");
    row_int(&r, "started", hand_clock.wall_ms - DAY_MS);
    row_int(&r, "left", hand_clock.wall_ms - DAY_MS + 3600000);
    row_int(&r, "night", london_day(hand_clock.wall_ms - DAY_MS));
    row_text(&r, "held_back", held);
    row_ref(&r, "checker", h->person);
    row_ref(&r, "in_charge", h->person);
    return put_planted(j, &r, sort);
}

static void seal(struct journal *j, row_id of, const char *sort) {
    struct row r = row_new(&kind_seal);
    hash256 digest;
    int64_t rows;
    must(journal_visit_digest(j, of, &digest, &rows));
    row_ref(&r, "visit", of);
    row_bytes(&r, "digest", digest.b, sizeof digest.b);
    row_int(&r, "rows", rows);
    put_planted(j, &r, sort);
}

/* Everything that may hang on a row: an action and what became of it, a danger and its calls, a
 * duty, words added, a photo. */
static void hang(struct journal *j, const struct home *h, row_id on, row_id of,
                 const char *sort) {
    struct row a = row_at(&kind_action, h, of), s, g, c, d, n, t;
    row_text(&a, "reference", arena_printf(&memory, "R%lld", (long long)ROW_SEQ(on)));
    row_ref(&a, "source", on);
    put_planted(j, &a, sort);
    s = row_at(&kind_step, h, 0);
    row_ref(&s, "action", a.id);
    row_text(&s, "sort", "update");
    put_planted(j, &s, sort);
    g = row_at(&kind_danger, h, of);
    row_ref(&g, "source", on);
    put_planted(j, &g, sort);
    c = row_at(&kind_call, h, of);
    row_ref(&c, "danger", g.id);
    put_planted(j, &c, sort);
    d = row_at(&kind_duty, h, of);
    row_ref(&d, "danger", g.id);
    row_text(&d, "name", "police");
    put_planted(j, &d, sort);
    n = row_at(&kind_addendum, h, of);
    row_ref(&n, "about", on);
    put_planted(j, &n, sort);
    t = row_at(&kind_attachment, h, of);
    row_ref(&t, "to", on);
    row_text(&t, "sort", "photo");
    put_planted(j, &t, sort);
    struct row b = row_at(&kind_basis, h, 0);
    row_ref(&b, "score", h->score);
    row_ref(&b, "evidence", on);
    put_planted(j, &b, sort);
}

/* One of each kind that is written on a check. */
static void fill(struct journal *j, const struct home *h, row_id of, const char *sort) {
    static const struct kind *const kinds[] = {
        &kind_room,   &kind_timing,     &kind_event,      &kind_told,       &kind_signature,
        &kind_sample, &kind_unanswered, &kind_withdrawal, &kind_observation};
    struct row r = row_at(&kind_answer, h, of);
    row_text(&r, "word", "not_met");
    row_id answer = put_planted(j, &r, sort);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        r = row_at(kinds[i], h, of);
        if (kinds[i] == &kind_withdrawal) row_ref(&r, "row", answer);
        put_planted(j, &r, sort);
    }
    r = row_at(&kind_feedback, h, of);
    row_text(&r, "speaker", "family");
    row_text(&r, "sort", "worry");
    row_id said = put_planted(j, &r, sort);
    hang(j, h, answer, of, sort);
    hang(j, h, said, of, sort);
}

static row_id restricted(struct journal *j, const struct kind *k, const struct home *h,
                         row_id of, const char *sort) {
    struct row r = row_at(k, h, k == &kind_feedback ? 0 : of);
    row_int(&r, "restricted", 1);
    if (k == &kind_feedback) row_text(&r, "speaker", "staff");
    row_id id = put_planted(j, &r, sort);
    hang(j, h, id, of, sort);
    return id;
}

static void workers(struct journal *j, const struct home *h, row_id of) {
    struct row r = row_at(&kind_feedback, h, of), t;
    row_text(&r, "speaker", "staff");
    row_text(&r, "sort", "idea");
    row_id said = put_planted(j, &r, WORKER);
    t = row_at(&kind_addendum, h, of);
    row_ref(&t, "about", said);
    put_planted(j, &t, WORKER);
    r = row_at(&kind_answer, h, of);
    row_text(&r, "item",
             "NOWHERE"); /* not in the form: nobody knows whether it asks a worker */
    put_planted(j, &r, WORKER);
    r = row_at(&kind_danger, h, of);
    row_text(&r, "listed", "yes"); /* about somebody on the list: not for the home */
    put_planted(j, &r, HELD);
}

/* A talk with a worker, one of which nobody said whose it was, and a leader's. */
static void talks(struct journal *j, const struct home *h, row_id of) {
    static const char *const groups[] = {"staff", NULL, "leaders"};
    for (int i = 0; i < 3; i++) {
        const char *sort = i < 2 ? TALK : OWN;
        struct row room = row_at(&kind_room, h, of), r, t;
        row_text(&room, "repeat_of", "talks");
        put_planted(j, &room, OWN);
        for (int k = groups[i] ? 0 : 1; k < 2; k++) {
            r = row_new(&kind_answer);
            row_ref(&r, "visit", of);
            row_ref(&r, "repeat", room.id);
            row_text(&r, "item", k ? "DR05" : "DR01");
            row_text(&r, "part", k ? "said" : "group");
            if (!k) row_text(&r, "word", groups[i]);
            if (k)
                put_planted(j, &r, sort);
            else
                put(j, &r);
        }
        t = row_new(&kind_attachment);
        row_ref(&t, "visit", of);
        row_ref(&t, "room", room.id);
        row_text(&t, "sort", "voice");
        put_planted(j, &t, i < 2 ? TALK : TAKEN); /* a voice is in no copy for others */
    }
}

static void taken_back(struct journal *j, const struct home *h, row_id of) {
    struct row r = row_at(&kind_observation, h, of);
    row_id seen = put_planted(j, &r, TAKEN);
    r = row_at(&kind_action, h, of);
    row_text(&r, "reference", "TB1");
    row_id action = put_planted(j, &r, TAKEN);
    r = row_at(&kind_step, h, 0);
    row_ref(&r, "action", action);
    row_text(&r, "sort", "update");
    put_planted(j, &r, TAKEN);
    must(journal_withdraw_alone(j, &kind_observation, seen));
    must(journal_withdraw_alone(j, &kind_action, action));
}

/* What is the office's own, and what is sealed. */
static void offices_own(struct journal *j, const struct home *h, row_id of) {
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", "P");
    put_planted(j, &r, OFFICE);
    r = row_new(&kind_reader);
    row_text(&r, "code", "SG");
    row_bytes(&r, "key", "12345678123456781234567812345678", 32);
    row_id reader = put_planted(j, &r, OFFICE);
    r = row_new(&kind_confidence);
    row_int(&r, "day", 20780);
    row_ref(&r, "reader", reader);
    row_bytes(&r, "key", "12345678123456781234567812345678", 32);
    row_bytes(&r, "box", MARK CONFIDED "confidencexbox",
              strlen(MARK CONFIDED "confidencexbox"));
    row_id box = put(j, &r);
    hang(j, h, box, of, CONFIDED);
    r = row_new(&kind_access);
    row_text(&r, "what", "read");
    row_ref(&r, "row", box);
    row_ref(&r, "person", h->person);
    put_planted(j, &r, OFFICE);
    r = row_new(&kind_enrolment);
    put_planted(j, &r, OFFICE);
    r = row_new(&kind_revoke);
    row_bytes(&r, "key", "12345678123456781234567812345678", 32);
    put_planted(j, &r, OFFICE);
    r = row_new(&kind_template);
    row_text(&r, "code", "OWNFORM");
    row_int(&r, "edition", 1);
    row_hash(&r, "hash", &(hash256){{7}});
    put_planted(j, &r, OFFICE);
}

static int setup(void **state) {
    (void)state;
    struct erase_summary gone;
    hand_setup();
    random_seed(17);
    db = scratch("roles.db");
    struct journal *j = hand_open(db, "office");
    struct home oak = home(j, "OAK", OWN), mill = home(j, "MILL", OTHER);
    row_id own = visit(j, &oak, OWN, "given"), other = visit(j, &mill, OTHER, "given");
    row_id held = visit(j, &oak, HELD, "held"), open = visit(j, &oak, OPEN, "");
    fill(j, &oak, own, OWN);
    fill(j, &mill, other, OTHER);
    fill(j, &oak, held, HELD);
    fill(j, &oak, open, OPEN);
    workers(j, &oak, own);
    talks(j, &oak, own);
    taken_back(j, &oak, own);
    restricted(j, &kind_feedback, &oak, own, SHY);
    restricted(j, &kind_observation, &oak, own, SHY);
    row_id gone_f = restricted(j, &kind_feedback, &oak, own, ERASED);
    row_id gone_o = restricted(j, &kind_observation, &oak, own, ERASED);
    offices_own(j, &oak, own);
    seal(j, own, OWN);
    seal(j, other, OTHER);
    seal(j, held, HELD);
    must(journal_erase(j, gone_f, MARK OFFICE "erasexwhy", 20780, &gone));
    must(journal_erase(j, gone_o, MARK OFFICE "erasexwhy", 20780, &gone));
    journal_close(j);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_teardown();
    return 0;
}

/* ---- what a copy holds ---- */

struct found {
    char **words;
    size_t count, most;
};

static void add_words(struct found *f, const struct buf *b) {
    const char *p = (const char *)b->data, *end = p + b->size;
    while (p && p < end && (p = memmem(p, (size_t)(end - p), MARK, strlen(MARK)))) {
        size_t n = 0;
        while (p + n < end && (isalpha((unsigned char)p[n]) || p[n] == '_'))
            n++;
        char *word = arena_strndup(&memory, p, n);
        bool known = false;
        for (size_t i = 0; i < f->count; i++)
            known = known || text_equal(f->words[i], word);
        if (!known) {
            assert_true(f->count < f->most);
            f->words[f->count++] = word;
        }
        p += n;
    }
}

static void add_folder(struct found *f, const char *dir) {
    char **names;
    size_t n;
    must(dir_list(&memory, dir, NULL, &names, &n));
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        must(file_read(path_join(&memory, dir, names[i]), PRINTED_MAX, &b));
        add_words(f, &b);
        buf_release(&b);
    }
}

static struct found nothing_found(void) {
    return (struct found){.words = ARENA_ARRAY(&memory, char *, 4096), .most = 4096};
}

static bool has(const struct found *f, const char *word) {
    for (size_t i = 0; i < f->count; i++)
        if (text_equal(f->words[i], word)) return true;
    return false;
}

static bool of_sort(const char *word, const char *sorts) {
    char sort[SORT_LONG + 1] = "";
    memcpy(sort, word + strlen(MARK), SORT_LONG);
    return text_listed(sorts, '|', sort);
}

enum way { CSV, SHOW, SHOW_JSON, WAYS };

static struct found copy(enum way way, const char *reader, const char *service) {
    struct found f = nothing_found();
    struct buf out = {0};
    const char *dir =
        scratch(arena_printf(&memory, "%s-%s-csv", reader, service ? service : "all"));
    const char *argv[10] = {db, "--for", reader};
    int n = 3;
    if (service) {
        argv[n++] = "--service";
        argv[n++] = service;
    }
    if (way == SHOW_JSON) argv[n++] = "--json";
    if (way == CSV) {
        argv[n++] = "--out";
        argv[n++] = dir;
    }
    int (*command)(struct office *, int, char **) = way == CSV ? office_csv : office_show;
    int result = said_by(command, way == CSV ? "csv" : "show", argv, &out);
    if (result != EXIT_DONE) fail_msg("%s: exit %d: %s", reader, result, buf_str(&out));
    assert_false(says(&out, "[office") || says(&out, "[report."));
    if (way == CSV)
        add_folder(&f, dir);
    else
        add_words(&f, &out);
    buf_release(&out);
    return f;
}

static struct found report(const char *reader, const char *service) {
    struct found f = nothing_found();
    struct buf out = {0};
    const char *dir = scratch(arena_printf(&memory, "%s-report", reader));
    const char *argv[] = {db,      "--for", reader, "--out", dir, service ? "--service" : NULL,
                          service, NULL};
    assert_int_equal(said_by(office_report, "report", argv, &out), EXIT_DONE);
    add_folder(&f, dir);
    buf_release(&out);
    return f;
}

static void only(const struct found *f, const char *who, const char *sorts) {
    assert_true(f->count > 0);
    for (size_t i = 0; i < f->count; i++)
        if (!of_sort(f->words[i], sorts)) fail_msg("%s: %s", who, f->words[i]);
}

/* ---- the tests ---- */

/* The search finds everything in the copy that holds everything, so that its silence counts. */
static void the_provider_has_all(void **state) {
    (void)state;
    static const char *const sorts[] = {OWN,    OTHER, HELD,   OPEN,    SHY,
                                        WORKER, TAKEN, OFFICE, CONFIDED};
    for (enum way w = CSV; w < WAYS; w++) {
        struct found f = copy(w, "provider", NULL);
        for (size_t s = 0; s < sizeof sorts / sizeof sorts[0]; s++) {
            bool any = false;
            for (size_t i = 0; i < f.count; i++)
                any = any || of_sort(f.words[i], sorts[s]);
            if (!any) fail_msg("nothing of the sort %s", sorts[s]);
        }
        assert_true(f.count > 300);
        assert_false(has(&f, MARK CONFIDED "confidencexbox"));
        assert_true(has(&f, MARK OFFICE "erasexwhy") && has(&f, MARK OFFICE "accessxwho"));
        for (size_t i = 0; w == CSV && i < f.count; i++)
            assert_false(of_sort(f.words[i], TALK));
        if (w == CSV) print_message("figure: %d words planted and found\n", (int)f.count);
    }
}

static void a_manager_has_what_is_of_that_service(void **state) {
    (void)state;
    for (enum way w = CSV; w < WAYS; w++) {
        struct found f = copy(w, "manager", "OAK");
        only(&f, "manager of OAK", OWN);
        assert_true(has(&f, MARK OWN "feedbackxtext") && has(&f, MARK OWN "answerxnote"));
        assert_true(has(&f, MARK OWN "actionxdifferent") && has(&f, MARK OWN "stepxtext"));
        assert_true(has(&f, MARK OWN "personxlabel") && has(&f, MARK OWN "callxsaid"));
        assert_true(has(&f, MARK OWN "dangerxtext") && has(&f, MARK OWN "addendumxtext"));
        assert_false(has(&f, MARK OWN "feedbackxanswer_how"));
        assert_false(has(&f, MARK OWN "visitxback_tell") || has(&f, MARK OWN "eventxtext"));
        assert_false(has(&f, MARK OWN "samplexpool") || has(&f, MARK OWN "samplexdrawn"));
        struct found m = copy(w, "manager", "MILL");
        only(&m, "manager of MILL", OTHER);
        assert_true(m.count > 50);
    }
    struct found r = report("manager", "OAK");
    only(&r, "report for the manager of OAK", OWN);
    assert_true(has(&r, MARK OWN "feedbackxtext"));
}

/* Everything that the tables in roles_tables.c let in is there: nobody is told less by mistake.
 */
static void a_manager_has_all_of_it(void **state) {
    (void)state;
    struct found f = copy(CSV, "manager", "OAK");
    int checked = 0;
    for (size_t i = 0; i < kinds_count; i++) {
        const struct kind *k = kind_at(i);
        if (!copy_has_table(COPY_MANAGER, k)) continue;
        for (const struct column *c = k->columns; c->name; c++) {
            if (c->type != COL_TEXT || is_code(c) || !copy_has_column(COPY_MANAGER, k, c))
                continue;
            const char *word = arena_printf(&memory, MARK OWN "%sx%s", k->name, c->name);
            if (!has(&f, word)) fail_msg("not in the manager's copy: %s", word);
            checked++;
        }
    }
    assert_true(checked > 40);
}

/* Figures: no words of people, no persons, in no check. */
static void a_board_has_figures(void **state) {
    (void)state;
    static const char may[] = "servicexname|areaxname|areaxunit|targetxname|targetxunit|"
                              "targetxsource|actionxdifferent|actionxmeasure";
    for (enum way w = CSV; w < WAYS; w++) {
        struct found f = copy(w, "board", NULL);
        only(&f, "board", OWN "|" OTHER "|" HELD "|" OPEN);
        for (size_t i = 0; i < f.count; i++)
            if (!text_listed(may, '|', f.words[i] + strlen(MARK) + SORT_LONG))
                fail_msg("board: %s", f.words[i]);
        assert_true(has(&f, MARK OTHER "actionxdifferent"));
        struct found one = copy(w, "board", "MILL");
        only(&one, "board, of MILL", OTHER);
    }
    /* Its first page also says which tablets there are. */
    struct found r = report("board", NULL);
    for (size_t i = 0; i < r.count; i++)
        if (!text_equal(r.words[i], MARK OFFICE "enrolmentxname") &&
            !of_sort(r.words[i], OWN "|" OTHER "|" HELD "|" OPEN))
            fail_msg("report for the board: %s", r.words[i]);
}

/* As the report: nobody's name or role, no telephone, nothing of the home's own. */
static void the_public_has_what_anybody_may_know(void **state) {
    (void)state;
    static const char never[] =
        "personx|contactx|areax|roomx|toldxsaid|toldxwhy|toldxwhom|callx|dangerx|dutyx|"
        "signaturexwho|"
        "signaturextext|actionxowner_text|stepxwho|visitxin_charge_text|answerxsafe_by|"
        "servicextelephone|attachmentx|targetx|eventx|withdrawalx|feedbackxanswer_how";
    for (enum way w = CSV; w < WAYS; w++) {
        struct found f = copy(w, "public", NULL);
        only(&f, "public", OWN "|" OTHER);
        for (size_t i = 0; i < f.count; i++)
            for (const char *p = never; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL) {
                char part[64] = "";
                memcpy(part, p, strcspn(p, "|"));
                if (text_starts(f.words[i] + strlen(MARK) + SORT_LONG, part))
                    fail_msg("public: %s", f.words[i]);
            }
        assert_true(has(&f, MARK OWN "feedbackxtext") &&
                    has(&f, MARK OTHER "actionxdifferent"));
    }
    struct found r = report("public", NULL);
    only(&r, "report for everyone", OWN "|" OTHER);
}

/* A name and a number are held back in a public table as they are in the report. */
static void names_are_held_back_in_public(void **state) {
    (void)state;
    struct buf out = {0};
    struct journal *j = hand_open(db, "office");
    struct row r = row_new(&kind_action);
    row_ref(&r, "service", query_one_int(j, 0, "SELECT id FROM service WHERE code = 'OAK'", 0));
    row_text(&r, "reference", "NM1");
    row_text(&r, "different", "Mrs Pemberton is asked what she likes");
    row_text(&r, "measure", "ring 01632 960999");
    row_id id = put(j, &r);
    journal_close(j);
    assert_int_equal(RUN(&out, show, db, "--for", "manager", "--service", "OAK"), EXIT_DONE);
    assert_true(says(&out, "Pemberton") && says(&out, "960999"));
    assert_int_equal(RUN(&out, show, db, "--for", "public", "--json"), EXIT_DONE);
    assert_true(says(&out, "NM1") && says(&out, "held back"));
    assert_false(says(&out, "Pemberton") || says(&out, "960999") || says(&out, "\"by\""));
    j = hand_open(db, "office");
    must(journal_withdraw_alone(j, &kind_action, id));
    journal_close(j);
    buf_release(&out);
}

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* The first column of every row of every table of a folder. */
static size_t ids_of(const char *dir, int64_t *out, size_t most) {
    char **names;
    size_t n, count = 0;
    must(dir_list(&memory, dir, ".csv", &names, &n));
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        must(file_read(path_join(&memory, dir, names[i]), PRINTED_MAX, &b));
        assert_true(text_starts(buf_str(&b), "id,at,"));
        for (const char *p = strchr(buf_str(&b), '\n'); p && p[1]; p = strchr(p + 1, '\n')) {
            assert_true(count < most);
            out[count++] = strtoll(p + 1, NULL, 10);
        }
        buf_release(&b);
    }
    return count;
}

/* Numbers of records would tell how much was written in between, and so that somebody spoke. */
static void copies_number_their_own_rows(void **state) {
    (void)state;
    static const char *const readers[] = {"manager", "board", "public"};
    static int64_t ids[4096];
    struct buf out = {0};
    struct journal *j = hand_open(db, "office");
    struct journal_self self;
    journal_self(j, &self);
    char *log = hex_of(&memory, self.log_id.b, 4);
    journal_close(j);
    for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++) {
        const char *dir = scratch(arena_printf(&memory, "numbers-%s", readers[k]));
        assert_int_equal(
            RUN(&out, csv, db, "--out", dir, "--for", readers[k], "--service", "OAK"),
            EXIT_DONE);
        size_t n = ids_of(dir, ids, sizeof ids / sizeof ids[0]);
        assert_true(n > 15);
        qsort(ids, n, sizeof ids[0], by_number);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(ids[i], i + 1);
        assert_int_equal(RUN(&out, show, db, "--json", "--for", readers[k], "--service", "OAK"),
                         EXIT_DONE);
        size_t rows = 0;
        for (const char *p = buf_str(&out); (p = strchr(p, '\n')); p++)
            rows++;
        assert_int_equal(rows, n);
        assert_true(text_starts(buf_str(&out), "{\"id\":1,"));
        assert_false(says(&out, log) || says(&out, "\"seq\"") || says(&out, "\"hash\"") ||
                     says(&out, "\"hlc\"") || says(&out, "10995116"));
    }
    buf_release(&out);
}

/* A provider's copy of one service alone: all of that, and nothing of the others. */
static void a_provider_may_ask_for_one_service(void **state) {
    (void)state;
    for (enum way w = CSV; w < WAYS; w++) {
        struct found f = copy(w, "provider", "OAK");
        for (size_t i = 0; i < f.count; i++)
            if (of_sort(f.words[i], OTHER)) fail_msg("of another service: %s", f.words[i]);
        assert_true(has(&f, MARK SHY "feedbackxtext") && has(&f, MARK WORKER "feedbackxtext"));
        assert_true(has(&f, MARK HELD "answerxnote"));
    }
}

static void wrong_use_is_refused(void **state) {
    (void)state;
    struct buf out = {0};
    const char *dir = scratch("wrong");
    assert_int_equal(RUN(&out, csv, db, "--out", dir, "--for", "manager"), EXIT_USAGE);
    assert_int_equal(RUN(&out, show, db, "--for", "manager"), EXIT_USAGE);
    assert_int_equal(RUN(&out, report, db, "--out", dir, "--for", "manager"), EXIT_USAGE);
    assert_int_equal(RUN(&out, csv, db, "--out", dir, "--for", "nobody"), EXIT_USAGE);
    assert_int_equal(RUN(&out, show, db, "--for", "nobody"), EXIT_USAGE);
    assert_int_equal(RUN(&out, show, db, "--for", "manager", "--service", ""), EXIT_USAGE);
    assert_int_equal(RUN(&out, csv, db, "--out", dir, "--for", "manager", "--service", "NONE"),
                     EXIT_REFUSED);
    assert_int_equal(RUN(&out, show, db, "--for", "public", "--service", "NONE"), EXIT_REFUSED);
    assert_false(says(&out, MARK));
    assert_false(file_exists(dir));
    /* A bundle says nothing of services: it is shown to the provider or to nobody. */
    const char *file = scratch("a.lantern");
    must(file_write(file, "no bundle", 9, 0600));
    assert_int_equal(RUN(&out, show, file, "--for", "public"), EXIT_USAGE);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_provider_has_all),
        cmocka_unit_test(a_manager_has_what_is_of_that_service),
        cmocka_unit_test(a_manager_has_all_of_it),
        cmocka_unit_test(a_board_has_figures),
        cmocka_unit_test(the_public_has_what_anybody_may_know),
        cmocka_unit_test(names_are_held_back_in_public),
        cmocka_unit_test(copies_number_their_own_rows),
        cmocka_unit_test(a_provider_may_ask_for_one_service),
        cmocka_unit_test(wrong_use_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
