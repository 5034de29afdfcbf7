/* test_reading.c -- what is said in confidence comes to its reader and to nobody else; and the
 * code of a tablet whose PIN was forgotten. needs: office sync model media care store base
 *
 * How the proof works: an office with two readers enrols a tablet. On it notes are sealed to
 * one and to the other, as the app seals them, and travel by bundle. Then the commands are run
 * as a person runs them: what they print is searched for every note, and the master's records
 * for who read what. Boxes that were damaged, swapped or are another reader's do not open. */
#include "office_hand.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "care/confidence.h"
#include "store/vault.h"

static const char *const notes[] = {"ZZNOTE the third worker slept", "ZZNOTE nobody came",
                                    "ZZNOTE she was told to lie"};
static const struct confidence_said asked[] = {
    {.prompt = "SF04",
     .question = "“Enough hands on your last shift?”",
     .text = "ZZNOTE two for forty",
     .list = "enough=no",
     .marks = "Were there enough of you? No"},
    {.prompt = "SF37", .question = "“What could happen to you?”", .list = "risk=some"}};
static const char *db, *guardian_key, *provider_key, *passphrase, *wrong;
static row_id guardian, provider;
static uint8_t boxed[3][4096];
static size_t boxed_n[3];

static row_id row_of(struct journal *j, const char *sql) {
    row_id id = query_one_int(j, 0, sql, 0);
    if (!id) fail_msg("nothing: %s", sql);
    return id;
}

static int64_t count(const char *sql) {
    struct journal *j = hand_open(db, "office");
    int64_t n = query_one_int(j, -1, sql, 0);
    journal_close(j);
    return n;
}
#define READ_COUNT "SELECT count(*) FROM access WHERE what = 'read'"

/* As the app does it: JSON, sealed to the reader's public key as the pack brought it. */
static row_id confide(struct journal *tablet, const char *code, int i) {
    struct confidence c = {.about = i == 1 ? "worker_conduct" : "staff_said",
                           .service = "OAK",
                           .service_name = "Oak House",
                           .checker = "Quality lead",
                           .role = "night carer",
                           .text = notes[i],
                           .answer_how = "by letter, not at work",
                           .severity = i == 2 ? 4 : 0,
                           .said = asked,
                           .said_count = i == 1 ? 0 : 2,
                           .day = 20780 + i};
    struct buf plain = {0};
    struct row r = row_new(&kind_confidence);
    struct query q;
    must(confidence_write(&c, &plain));
    query_open(&q, tablet, "SELECT id, key FROM reader WHERE code = ?1", 0);
    query_bind_text(&q, 1, code);
    assert_true(query_next(&q));
    size_t n;
    const uint8_t *key = query_bytes(&q, 1, &n);
    assert_int_equal(n, KEY_BYTES);
    boxed_n[i] = plain.size + KEY_SEAL_OVER;
    assert_true(boxed_n[i] <= sizeof boxed[i]);
    key_seal(key, plain.data, plain.size, boxed[i]);
    row_int(&r, "day", c.day);
    row_ref(&r, "reader", query_int(&q, 0));
    row_bytes(&r, "key", arena_copy(&memory, key, n), n);
    row_bytes(&r, "box", boxed[i], boxed_n[i]);
    must(query_close(&q));
    buf_release(&plain);
    return put(tablet, &r);
}

static void write_text(const char *path, const char *text) {
    must(file_write(path, text, strlen(text), 0600));
}

static struct journal *tablet;

static int setup(void **state) {
    (void)state;
    struct buf out = {0};
    hand_setup();
    random_seed(31);
    db = scratch("office.db");
    guardian_key = scratch("guardian.key");
    provider_key = scratch("provider.key");
    passphrase = scratch("passphrase");
    wrong = scratch("wrong");
    write_text(passphrase, "seven quiet owls\n");
    write_text(wrong, "seven loud owls!\n");
    assert_int_equal(RUN(&out, init, db, "--provider", "Harbour", "--recovery", scratch("rec")),
                     EXIT_DONE);
    assert_int_equal(RUN(&out, reader, db, "--name", "Speak-up guardian", "--out", guardian_key,
                         "--reader-passphrase-file", passphrase),
                     EXIT_DONE);
    assert_int_equal(RUN(&out, reader, db, "--name", "Nominated individual", "--provider",
                         "--code", "NOM", "--out", provider_key, "--reader-passphrase-file",
                         passphrase),
                     EXIT_DONE);
    tablet = hand_open(scratch("tablet.db"), "tablet");
    struct journal *m = hand_open(db, "office");
    hand_enrol(m, tablet, "Night bag", scratch("first.lantern"));
    guardian = row_of(m, "SELECT id FROM reader WHERE code = 'SG'");
    provider = row_of(m, "SELECT id FROM reader WHERE code = 'NOM' AND provider = 1");
    confide(tablet, "SG", 0);
    confide(tablet, "NOM", 1);
    confide(tablet, "SG", 2);
    hand_send(tablet, m, scratch("said.lantern"));
    assert_int_equal(query_one_int(m, 0, "SELECT count(*) FROM confidence", 0), 3);
    journal_close(m);
    buf_release(&out);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    journal_close(tablet);
    hand_teardown();
    return 0;
}

/* ---- reading ---- */

static void a_reader_reads_his_own_and_it_is_on_the_record(void **state) {
    (void)state;
    struct buf out = {0};
    int64_t before = count(READ_COUNT);
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", passphrase),
        EXIT_DONE);
    assert_true(says(&out, notes[0]) && says(&out, notes[2]));
    assert_false(says(&out, notes[1]) || says(&out, "Nominated"));
    assert_false(says(&out, "Sealed to other readers")); /* one is too few to be told of */
    assert_true(says(&out, "a worker said this") && says(&out, "Oak House (OAK)"));
    assert_true(says(&out, "by letter, not at work") && says(&out, "DANGER NOW"));
    assert_false(says(&out, "[office_reader."));
    assert_true(says(&out, "        “Enough hands on your last shift?”\n"));
    assert_true(says(&out, "        ZZNOTE two for forty\n"));
    assert_true(says(&out, "        Were there enough of you? No\n"));
    assert_int_equal(count(READ_COUNT), before + 2);
    assert_int_equal(
        count("SELECT count(*) FROM access a JOIN confidence c ON c.id = a.\"row\" "
              "WHERE a.what = 'read' AND a.who = 'Speak-up guardian' AND c.reader = "
              "(SELECT id FROM reader WHERE code = 'SG')"),
        before + 2);
    assert_int_equal(RUN(&out, read, db, "--key", provider_key, "--reader-passphrase-file",
                         passphrase, "--json"),
                     EXIT_DONE);
    assert_true(says(&out, notes[1]) && says(&out, "\"about\":\"worker_conduct\""));
    assert_false(says(&out, notes[0]) || says(&out, notes[2]));
    assert_false(says(&out, "two for forty") || says(&out, "Enough hands"));
    assert_int_equal(count(READ_COUNT), before + 3);
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--json"),
                     EXIT_DONE);
    assert_true(says(&out, "\"prompt\":\"SF04\"") && says(&out, "\"list\":\"enough=no\""));
    buf_release(&out);
}

static void one_row_alone(void **state) {
    (void)state;
    struct buf out = {0};
    struct journal *m = hand_open(db, "office");
    char own[64], other[64];
    snprintf(own, sizeof own, "confidence:%lld",
             (long long)query_one_int(m, 0, "SELECT min(id) FROM confidence WHERE reader = ?1",
                                      1, guardian));
    snprintf(other, sizeof other, "%lld",
             (long long)query_one_int(m, 0, "SELECT id FROM confidence WHERE reader = ?1", 1,
                                      provider));
    journal_close(m);
    int64_t before = count(READ_COUNT);
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--row", own),
                     EXIT_DONE);
    assert_true(says(&out, notes[0]) && !says(&out, notes[2]) && !says(&out, notes[1]));
    assert_int_equal(count(READ_COUNT), before + 1);
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--row", other),
                     EXIT_REFUSED);
    assert_false(says(&out, "ZZNOTE"));
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--row", "reader:1"),
                     EXIT_REFUSED);
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--row", "nonsense"),
                     EXIT_REFUSED);
    assert_int_equal(count(READ_COUNT), before + 1);
    buf_release(&out);
}

/* Whatever goes wrong: nothing is shown, and nothing says that it was read. */
static void nothing_is_shown_that_is_not_on_the_record(void **state) {
    (void)state;
    struct buf out = {0}, key = {0};
    int64_t before = count(READ_COUNT);
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", wrong),
        EXIT_REFUSED);
    assert_false(says(&out, "ZZNOTE"));
    assert_int_equal(RUN(&out, read, db, "--key", db, "--reader-passphrase-file", passphrase),
                     EXIT_REFUSED);
    /* A key of another office. */
    const char *elsewhere = scratch("elsewhere.db"), *theirs = scratch("theirs.key");
    assert_int_equal(
        RUN(&out, init, elsewhere, "--provider", "Else", "--recovery", scratch("rec2")),
        EXIT_DONE);
    assert_int_equal(RUN(&out, reader, elsewhere, "--name", "Guardian", "--out", theirs,
                         "--reader-passphrase-file", passphrase),
                     EXIT_DONE);
    assert_int_equal(
        RUN(&out, read, db, "--key", theirs, "--reader-passphrase-file", passphrase),
        EXIT_REFUSED);
    assert_true(says(&out, "no reader of this office") && !says(&out, "ZZNOTE"));
    /* Another Lantern has the database: it cannot be put on the record, so it is not read. */
    struct journal *m = hand_open(db, "office");
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", passphrase),
        EXIT_FAILED);
    assert_false(says(&out, "ZZNOTE"));
    journal_close(m);
    /* Each character of the key file that is wrong is noticed. */
    must(file_read(guardian_key, 4096, &key));
    const char *spoiled = scratch("spoiled.key");
    size_t from = (size_t)(strstr(buf_str(&key), "\n    ") - buf_str(&key)) + 5;
    int tried = 0;
    for (size_t i = from; i < key.size; i++) {
        char was = (char)key.data[i];
        if (was == '-' || was == ' ' || was == '\n') continue;
        key.data[i] = was == '7' ? '8' : '7';
        must(file_write(spoiled, key.data, key.size, 0600));
        assert_int_equal(
            RUN(&out, read, db, "--key", spoiled, "--reader-passphrase-file", passphrase),
            EXIT_REFUSED);
        assert_true(says(&out, "a slip in it"));
        key.data[i] = (uint8_t)was;
        tried++;
    }
    assert_int_equal(tried, (KEY_LOCKED_BYTES + 5) * 8 / 5);
    assert_int_equal(count(READ_COUNT), before);
    buf_release(&key);
    buf_release(&out);
}

/* No room for the record that it was read: no word of it, in either form. */
static void no_room_no_words(void **state) {
    (void)state;
    struct buf out = {0};
    struct rlimit was, small;
    int64_t before = count(READ_COUNT);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small = was;
    small.rlim_cur = 4096;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    for (int form = 0; form < 2; form++) {
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        int result = RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, form ? "--json" : NULL);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
        assert_int_equal(result, EXIT_FAILED);
        assert_false(says(&out, "ZZNOTE") || says(&out, "DANGER"));
    }
    signal(SIGXFSZ, handler);
    assert_int_equal(count(READ_COUNT), before);
    buf_release(&out);
}

/* Whoever closes the pipe after the first word has read it. */
static void words_nobody_takes_count_as_read(void **state) {
    (void)state;
    const char *argv[] = {db,         "--key", guardian_key, "--reader-passphrase-file",
                          passphrase, NULL};
    int64_t before = count(READ_COUNT);
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), full = open("/dev/full", O_WRONLY);
    assert_true(kept >= 0 && full >= 0 && dup2(full, STDOUT_FILENO) >= 0);
    office.command = "read";
    office.json = false;
    int result = office_read(&office, 5, (char **)(uintptr_t)argv);
    fflush(stdout);
    clearerr(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(full);
    assert_int_equal(result, EXIT_DONE);
    assert_int_equal(count(READ_COUNT), before + 2);
}

/* What anybody can seal to a public key is a stranger's: it must not break what is beside it.
 */
static void boxes_that_do_not_open(void **state) {
    (void)state;
    struct buf out = {0};
    uint8_t junk[200], sealed[200 + KEY_SEAL_OVER];
    struct journal *m = hand_open(db, "office");
    struct row r = row_new(&kind_confidence);
    struct query q;
    size_t n;
    query_open(&q, m, "SELECT key FROM reader WHERE id = ?1", 1, guardian);
    assert_true(query_next(&q));
    const uint8_t *key = arena_copy(&memory, query_bytes(&q, 0, &n), KEY_BYTES);
    must(query_close(&q));
    memset(junk, 'x', sizeof junk);
    key_seal(key, junk, sizeof junk, sealed);
    row_int(&r, "day", 20790);
    row_ref(&r, "reader", guardian);
    row_bytes(&r, "key", key, KEY_BYTES);
    row_bytes(&r, "box", sealed, sizeof sealed);
    row_id no_json = put(m, &r);
    r.id = 0;
    row_bytes(&r, "box", boxed[1], boxed_n[1]); /* another reader's, moved here */
    row_id moved = put(m, &r);
    r.id = 0;
    row_bytes(&r, "box", "x", 1);
    row_id tiny = put(m, &r);
    journal_close(m);
    int64_t before = count(READ_COUNT);
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", passphrase),
        EXIT_REFUSED);
    assert_true(says(&out, notes[0]) && says(&out, notes[2]) && says(&out, "does not open"));
    assert_false(says(&out, notes[1]) || says(&out, "xxxx"));
    assert_int_equal(count(READ_COUNT), before + 2); /* of those that opened */
    m = hand_open(db, "office");
    must(journal_withdraw_alone(m, &kind_confidence, no_json));
    must(journal_withdraw_alone(m, &kind_confidence, moved));
    must(journal_withdraw_alone(m, &kind_confidence, tiny));
    journal_close(m);
    buf_release(&out);
}

/* A tablet may write what it likes of another's rows, with a program of its own: it puts nobody
 * else in a reader's place, and keeps nothing from the reader. */
static void another_tablet_cannot_come_between(void **state) {
    (void)state;
    struct buf out = {0};
    uint8_t key[KEY_BYTES], secret[KEY_BYTES];
    struct row r, own = row_new(&kind_reader);
    struct journal *m = hand_open(db, "office"),
                   *evil = hand_open(scratch("evil.db"), "tablet");
    hand_enrol(m, evil, "Evil bag", scratch("evil.lantern"));
    key_pair(key, secret);
    row_id reader = row_of(evil, "SELECT id FROM reader WHERE code = 'SG'");
    must(journal_row(evil, &kind_reader, reader, &memory, &r));
    row_text(&r, "label", "Manager");
    row_bytes(&r, "key", key, sizeof key);
    put(evil, &r);
    row_text(&own, "code", "EV");
    row_text(&own, "label", "Nominated individual");
    row_bytes(&own, "key", key, sizeof key);
    row_int(&own, "provider", 1);
    put(evil, &own);
    hand_send(evil, m, scratch("evil-sends.lantern"));
    /* The tables say what the newest version says … */
    assert_int_equal(
        query_one_int(m, 0, "SELECT count(*) FROM reader WHERE label = 'Manager'", 0), 1);
    journal_close(m);
    /* … but not to whoever reads, nor in what is made of it. */
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", passphrase),
        EXIT_DONE);
    assert_true(says(&out, notes[0]) && says(&out, notes[2]));
    assert_int_equal(RUN(&out, reader, db), EXIT_DONE);
    assert_true(says(&out, "SG  Speak-up guardian"));
    assert_false(says(&out, "Manager") || says(&out, "EV "));
    assert_int_equal(RUN(&out, show, db, "--kind", "confidence"), EXIT_DONE);
    assert_true(says(&out, "sealed to Speak-up guardian") && !says(&out, "Manager"));
    assert_int_equal(count(READ_COUNT " AND who IS NOT 'Speak-up guardian' AND who IS NOT "
                                      "'Nominated individual'"),
                     0);
    /* Nor when it knows the rows of another tablet: a change, and one taken back. */
    m = hand_open(db, "office");
    row_id first =
        query_one_int(m, 0, "SELECT min(id) FROM confidence WHERE \"key\" IS NOT NULL", 0);
    must(journal_row(m, &kind_confidence, first, &memory, &r));
    row_bytes(&r, "box", "nothing", 7);
    row_bytes(&r, "key", key, sizeof key);
    put(m, &r);
    journal_close(m);
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", passphrase),
        EXIT_DONE);
    assert_true(says(&out, notes[0]) && says(&out, notes[2]));
    m = hand_open(db, "office");
    must(journal_withdraw_alone(m, &kind_confidence, first));
    journal_close(m);
    assert_int_equal(
        RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file", passphrase),
        EXIT_DONE);
    assert_true(says(&out, notes[0]) && says(&out, notes[2]));
    journal_close(evil);
    buf_release(&out);
}

/* ---- csv, show: to whom, and never the box ---- */

static void no_box(const struct buf *b, const char *where) {
    for (int i = 0; i < 3; i++) {
        char *hex = hex_of(&memory, boxed[i], boxed_n[i]);
        hex[64] = '\0';
        if (holds(b, boxed[i], 48) || says(b, hex) || says(b, notes[i]))
            fail_msg("%s holds box %d", where, i);
    }
}

static void the_box_is_never_printed(void **state) {
    (void)state;
    struct buf out = {0}, table = {0};
    const char *dir = scratch("csv"), *file = arena_printf(&memory, "%s/confidence.csv", dir);
    assert_int_equal(RUN(&out, csv, db, "--out", dir), EXIT_DONE);
    must(file_read(file, PRINTED_MAX, &table));
    buf_str(&table);
    assert_true(says(&table, "sealed to Speak-up guardian"));
    assert_true(says(&table, "sealed to Nominated individual"));
    no_box(&table, "confidence.csv");
    assert_int_equal(RUN(&out, show, db), EXIT_DONE);
    assert_true(says(&out, "sealed to Speak-up guardian"));
    no_box(&out, "show");
    assert_int_equal(RUN(&out, show, db, "--json"), EXIT_DONE);
    no_box(&out, "show --json");
    assert_int_equal(RUN(&out, show, scratch("said.lantern"), "--db", db, "--json"), EXIT_DONE);
    assert_true(says(&out, "sealed to Nominated individual"));
    no_box(&out, "show of a bundle");
    assert_int_equal(RUN(&out, verify, db), EXIT_DONE);
    /* For anybody else there are no such tables, also where a fuller copy lay before. */
    assert_int_equal(RUN(&out, csv, db, "--out", dir, "--for", "board"), EXIT_DONE);
    assert_false(file_exists(file));
    assert_false(file_exists(arena_printf(&memory, "%s/access.csv", dir)));
    assert_false(file_exists(arena_printf(&memory, "%s/reader.csv", dir)));
    buf_release(&table);
    buf_release(&out);
}

/* ---- making and ending ---- */

static void readers_are_made_and_ended(void **state) {
    (void)state;
    struct buf out = {0}, key = {0};
    struct stat st;
    const char *file = scratch("more.key"), *empty = scratch("empty"),
               *brief = scratch("brief");
    write_text(empty, "\n");
    write_text(brief, "owls\n");
    assert_int_equal(stat(guardian_key, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    must(file_read(guardian_key, 4096, &key));
    assert_true(says(&key, "Speak-up guardian"));
    int64_t before = count("SELECT count(*) FROM reader");
    /* Never over a file; never without a passphrase; never under a code that was used. */
    assert_int_equal(RUN(&out, reader, db, "--name", "Trustee", "--out", guardian_key,
                         "--reader-passphrase-file", passphrase),
                     EXIT_REFUSED);
    assert_int_equal(RUN(&out, reader, db, "--name", "Trustee", "--out", file,
                         "--reader-passphrase-file", empty),
                     EXIT_USAGE);
    assert_int_equal(RUN(&out, reader, db, "--name", "Trustee", "--out", file,
                         "--reader-passphrase-file", brief),
                     EXIT_USAGE);
    assert_int_equal(RUN(&out, reader, db, "--name", "Trustee", "--code", "SG", "--out", file,
                         "--reader-passphrase-file", passphrase),
                     EXIT_REFUSED);
    assert_int_equal(RUN(&out, reader, db, "--name", "Trustee", "--service", "NONE", "--out",
                         file, "--reader-passphrase-file", passphrase),
                     EXIT_REFUSED);
    assert_int_equal(RUN(&out, reader, db, "--name", "Trustee", "--out", "/no/folder/key",
                         "--reader-passphrase-file", passphrase),
                     EXIT_REFUSED);
    assert_false(file_exists(file));
    assert_int_equal(count("SELECT count(*) FROM reader"), before);
    /* A second SG gets another code; ended, it is there no more for tablets, but reads on. */
    assert_int_equal(RUN(&out, reader, db, "--name", "Safeguarding Lead", "--out", file,
                         "--reader-passphrase-file", passphrase),
                     EXIT_DONE);
    assert_true(says(&out, "SL"));
    assert_int_equal(RUN(&out, reader, db, "--end", "SL"), EXIT_DONE);
    assert_int_equal(RUN(&out, reader, db, "--end", "SL"), EXIT_REFUSED);
    assert_int_equal(RUN(&out, reader, db, "--end", "XX"), EXIT_REFUSED);
    assert_int_equal(RUN(&out, reader, db), EXIT_DONE);
    assert_true(says(&out, "SG  Speak-up guardian") && says(&out, "no longer a reader"));
    assert_int_equal(RUN(&out, read, db, "--key", file, "--reader-passphrase-file", passphrase),
                     EXIT_DONE);
    assert_int_equal(count("SELECT ended FROM reader WHERE code = 'SL'"), 1);
    buf_release(&key);
    buf_release(&out);
}

/* ---- the code of a tablet ---- */

static void office_box_key(struct journal *j, uint8_t key[KEY_BYTES]) {
    uint8_t readers[2][32];
    size_t n;
    must(enrol_readers(j, readers, &n));
    assert_true(n >= 1);
    memcpy(key, readers[0], KEY_BYTES);
}

static void make_code(const char *code) {
    uint8_t key[KEY_BYTES], box[64 + KEY_SEAL_OVER];
    struct row r = row_new(&kind_access);
    office_box_key(tablet, key);
    key_seal(key, code, strlen(code), box);
    row_text(&r, "what", "code_made");
    row_bytes(&r, "box", box, strlen(code) + KEY_SEAL_OVER);
    put(tablet, &r);
}

static void access_says(const char *what, row_id person, int64_t tries) {
    struct row r = row_new(&kind_access);
    row_text(&r, "what", what);
    row_ref(&r, "person", person);
    if (tries) row_int(&r, "tries", tries);
    put(tablet, &r);
}

static void a_forgotten_pin(void **state) {
    (void)state;
    struct buf out = {0};
    assert_int_equal(RUN(&out, code, db, "--tablet", "Night bag"), EXIT_REFUSED);
    assert_true(says(&out, "has sent no code yet"));
    assert_int_equal(RUN(&out, code, db, "--tablet", "Day bag"), EXIT_REFUSED);
    assert_int_equal(RUN(&out, tablets, db), EXIT_DONE);
    assert_true(says(&out, "no PIN yet"));
    struct row p = row_new(&kind_person);
    row_text(&p, "label", "Quality lead");
    row_id first = put(tablet, &p);
    p.id = 0;
    row_id second = put(tablet, &p);
    access_says("pin_set", first, 0);
    access_says("pin_set", second, 0);
    access_says("pin_changed", first, 0);
    access_says("wrong_tries", 0, 7);
    make_code("ABCDEFGHJKMN");
    hand_clock.wall_ms += 1000;
    make_code("0123456789AB");
    access_says("removed", second, 0);
    struct journal *m = hand_open(db, "office");
    hand_send(tablet, m, scratch("code.lantern"));
    journal_close(m);
    assert_int_equal(RUN(&out, tablets, db), EXIT_DONE);
    assert_true(says(&out, "1 person") && says(&out, "wrong tries at the PIN: 7"));
    assert_true(says(&out, "code for a forgotten PIN: made"));
    assert_false(says(&out, "0123") || says(&out, "[office_"));
    assert_int_equal(RUN(&out, code, db, "--tablet", "Night bag"), EXIT_DONE);
    assert_true(says(&out, "0123-4567-89AB") && !says(&out, "told before"));
    assert_int_equal(count("SELECT count(*) FROM access WHERE what = 'code_told' AND who = "
                           "'Night bag'"),
                     1);
    /* Also when the office has other keys since; and it says that it was told. */
    assert_int_equal(RUN(&out, keys, db, "--new"), EXIT_DONE);
    assert_int_equal(RUN(&out, code, db, "--tablet", "Night bag", "--json"), EXIT_DONE);
    assert_true(says(&out, "\"code\":\"0123-4567-89AB\""));
    assert_int_equal(RUN(&out, code, db, "--tablet", "Night bag"), EXIT_DONE);
    assert_true(says(&out, "told before"));
    assert_int_equal(RUN(&out, tablets, db, "--json"), EXIT_DONE);
    assert_true(says(&out, "\"pins\":1") && says(&out, "\"code\":true"));
    assert_int_equal(count("SELECT count(*) FROM access WHERE what = 'code_told'"), 3);
    /* Nobody prints it but `code`. */
    assert_int_equal(RUN(&out, show, db, "--kind", "access", "--json"), EXIT_DONE);
    assert_true(says(&out, "sealed to the office") && !says(&out, "0123-4567"));
    /* It cannot be put on the record: it is not told. */
    m = hand_open(db, "office");
    assert_int_equal(RUN(&out, code, db, "--tablet", "Night bag"), EXIT_FAILED);
    assert_false(says(&out, "0123"));
    journal_close(m);
    buf_release(&out);
}

/* A code that is no code, or sealed to keys that are not ours, is said so. */
static void a_code_that_does_not_open(void **state) {
    (void)state;
    struct buf out = {0};
    make_code("too short");
    struct journal *m = hand_open(db, "office");
    hand_send(tablet, m, scratch("short.lantern"));
    journal_close(m);
    int64_t before = count("SELECT count(*) FROM access WHERE what = 'code_told'");
    assert_int_equal(RUN(&out, code, db, "--tablet", "Night bag"), EXIT_REFUSED);
    assert_true(says(&out, "keys that this office does not have"));
    assert_int_equal(count("SELECT count(*) FROM access WHERE what = 'code_told'"), before);
    buf_release(&out);
}

/* ---- the whole way: a tablet that is sealed, and somebody who forgot ---- */

static struct journal *sealed_open(const char *path, const uint8_t key[KEY_BYTES]) {
    struct journal *j = NULL;
    must(journal_open(
        &j, &(struct journal_options){.path = path,
                                      .key_path = arena_printf(&memory, "%s.keys", path),
                                      .clock = clock_manual(&hand_clock),
                                      .device_name = "tablet",
                                      .device_role = "tablet",
                                      .rest_key = key}));
    assert_true(journal_at_rest_sealed(j));
    return j;
}

static void seal_tablet(struct journal *j, uint8_t key[KEY_BYTES]) {
    struct sealing *s = NULL;
    struct row p = row_new(&kind_person);
    bool done = false;
    double part;
    row_text(&p, "label", "Quality lead");
    must(sealing_start(&s, j, put(j, &p), "QL", "482915"));
    while (!done)
        must(sealing_step(s, 50, &done, &part));
    must(sealing_finish(s, key));
    journal_close(j);
}

/* The twelve characters as the office prints them. */
static char *printed_code(const struct buf *out) {
    for (const char *p = strchr(buf_str((struct buf *)(uintptr_t)out), '-'); p;
         p = strchr(p + 1, '-'))
        if (p[5] == '-' && p[-5] == ' ') return arena_strndup(&memory, p - 4, 14);
    fail_msg("no code: %s", (const char *)out->data);
    return NULL;
}

static void the_code_opens_the_tablet_that_made_it(void **state) {
    (void)state;
    struct buf out = {0};
    uint8_t key[KEY_BYTES], again[KEY_BYTES], office_key[KEY_BYTES];
    const char *path = scratch("day.db");
    struct vault *v = NULL;
    struct journal *day = hand_open(path, "tablet"), *m = hand_open(db, "office");
    hand_enrol(m, day, "Day bag", scratch("day.lantern"));
    office_box_key(day, office_key);
    seal_tablet(day, key);
    day = sealed_open(path, key);
    must(vault_code_renew(day, office_key));
    hand_send(day, m, scratch("day-code.lantern"));
    journal_close(day);
    journal_close(m);
    assert_int_equal(RUN(&out, code, db, "--tablet", "Day bag"), EXIT_DONE);
    char *code = printed_code(&out);
    must(vault_open(&v, path, NULL, &office.clock));
    assert_int_equal(vault_try_code(v, "0000-0000-0000", again), STATUS_WRONG_CODE);
    must(vault_try_code(v, code, again));
    assert_memory_equal(key, again, KEY_BYTES);
    vault_close(v);
    assert_int_equal(RUN(&out, tablets, db), EXIT_DONE);
    assert_true(says(&out, "told"));
    buf_release(&out);
}

/* ---- under the office's passphrase ---- */

static void the_offices_passphrase_is_asked_for_too(void **state) {
    (void)state;
    struct buf out = {0};
    const char *other = scratch("office-pass");
    write_text(other, "nine loud geese\n");
    assert_int_equal(RUN(&out, keys, db, "--new-passphrase-file", other), EXIT_DONE);
    memset(office.passphrase, 0, sizeof office.passphrase);
    office.passphrase_file = NULL;
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--passphrase-file", wrong),
                     EXIT_REFUSED);
    assert_false(says(&out, "ZZNOTE"));
    memset(office.passphrase, 0, sizeof office.passphrase);
    assert_int_equal(RUN(&out, read, db, "--key", guardian_key, "--reader-passphrase-file",
                         passphrase, "--passphrase-file", other),
                     EXIT_DONE);
    assert_true(says(&out, notes[0]));
    memset(office.passphrase, 0, sizeof office.passphrase);
    assert_int_equal(RUN(&out, keys, db, "--no-passphrase", "--passphrase-file", other),
                     EXIT_DONE);
    memset(office.passphrase, 0, sizeof office.passphrase);
    office.passphrase_file = NULL;
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_reads_his_own_and_it_is_on_the_record),
        cmocka_unit_test(one_row_alone),
        cmocka_unit_test(nothing_is_shown_that_is_not_on_the_record),
        cmocka_unit_test(no_room_no_words),
        cmocka_unit_test(words_nobody_takes_count_as_read),
        cmocka_unit_test(boxes_that_do_not_open),
        cmocka_unit_test(the_box_is_never_printed),
        cmocka_unit_test(another_tablet_cannot_come_between),
        cmocka_unit_test(readers_are_made_and_ended),
        cmocka_unit_test(a_forgotten_pin),
        cmocka_unit_test(a_code_that_does_not_open),
        cmocka_unit_test(the_code_opens_the_tablet_that_made_it),
        cmocka_unit_test(the_offices_passphrase_is_asked_for_too),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
