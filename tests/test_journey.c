/* test_journey.c -- the tour: touches → journal → bundle → second database → report.
 *
 * needs: care base
 *
 * Two tablets and an office, each a program of its own, as in life: they share no process, no
 * file but the bundles on a stick, and no clock. Each tablet starts empty, opens the office's
 * pack, walks the whole night form of 60 items through the real screens by down, move and up of
 * a finger, and saves a bundle. The office merges both bundles in both orders into two masters:
 * one content hash, the same report byte for byte, and every item answered on both tablets.
 *
 * A third tablet is enrolled: a first pack under a code that the office prints, a sealed bundle
 * that is let in without being trusted, a pack back with the receipt. Its way is
 * tests/scripts/enrol.txt and receipt.txt.
 *
 * The scripts of touches are made from the form itself, so a form that grows is walked whole.
 */
#include "support.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "care/template.h"
#include "form_touch.h"

#define ITEMS 60

struct tablet {
    const char *name, *clock; /* the hour; the day is the office's, or its clock were wrong */
    int every;                /* each so many-th judgement is not as it should be */
};

static struct arena arena;

static char *program(const char *name) {
    char exe[1024];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    assert_true(n > 0);
    exe[n] = '\0';
    return path_join(&arena, path_dir(&arena, exe), name);
}

/* Runs a shell line; what it prints goes to a log that is shown when it fails. */
static void run(const char *line) {
    char *log = arena_strdup(&arena, scratch("run.log"));
    int status = system(arena_printf(&arena, "(%s) >%s 2>&1", line, log));
    if (status != 0) {
        struct buf text = {0};
        if (!file_read(log, 1 << 20, &text)) print_error("%s\n%s\n", line, buf_str(&text));
        buf_release(&text);
    }
    assert_int_equal(status, 0);
}

static char *output(const char *line) {
    char *log = arena_strdup(&arena, scratch("out.log"));
    struct buf text = {0};
    assert_int_equal(system(arena_printf(&arena, "(%s) >%s", line, log)), 0);
    assert_int_equal(file_read(log, 64 << 20, &text), STATUS_OK);
    char *copy = arena_strndup(&arena, buf_str(&text), text.size);
    buf_release(&text);
    return copy;
}

/* A tablet whose clock is more than a day from the office's is reported, so the day is today.
 */
static char *today_at(const char *hour) {
    char *day = output("date +%Y-%m-%d");
    day[strcspn(day, "\n")] = '\0';
    return arena_printf(&arena, "%sT%s", day, hour);
}

/* ---- touches from the form
 * -------------------------------------------------------------------- */

static int ease(enum part_kind k) {
    static const enum part_kind easiest[] = {
        PART_MET,   PART_ASK,    PART_YES_NO, PART_X_OF_Y, PART_CHOICE, PART_TICKS,
        PART_TALLY, PART_COUNTS, PART_NUMBER, PART_TIME,   PART_DAY,    PART_SECONDS};
    for (int i = 0; i < (int)(sizeof easiest / sizeof easiest[0]); i++)
        if (easiest[i] == k) return i;
    return 99;
}

static const struct part *easiest_part(const struct item *item) {
    const struct part *best = &item->parts[0];
    for (int i = 1; i < item->parts_count; i++)
        if (ease(item->parts[i].kind) < ease(best->kind)) best = &item->parts[i];
    return best;
}

/* Questions that others hang on: somebody sleeps in, somebody is from an agency. */
static void open_conditions(const struct touching *hand, const struct template *t,
                            const struct item *item) {
    for (int i = 0; i < t->items_count; i++) {
        const struct condition *c = t->items[i].when;
        if (!t->items[i].when_count || !text_equal(c->item, item->id)) continue;
        const struct part *p = item_part(item, c->part);
        assert_non_null(p);
        assert_true(c->by_number);
        struct answer_value v = {.number = c->at_least, .has_number = true};
        if (p->kind == PART_X_OF_Y) v.of = v.number;
        touch_give(hand, item, p, NULL, &v);
    }
}

static void walk_section(const struct touching *hand, const struct template *t, int at,
                         const struct tablet *tablet) {
    const struct section *s = &t->sections[at];
    if (at > 0) buf_printf(hand->b, "tap \"%s\" #last\n", s->title);
    buf_printf(hand->b, "print \"%s: %s\"\n", tablet->name, s->title);
    if (s->repeats)
        buf_printf(hand->b,
                   "tap \"Draw rooms fairly\"\npress \"With a worker who was going in\"\n");
    for (int i = 0; i < s->items_count; i++) {
        const struct item *item = &t->items[s->first_item + i];
        const struct part *p = easiest_part(item);
        open_conditions(hand, t, item);
        struct answer_value v = touch_plain(hand, p, (s->first_item + i) % tablet->every == 0);
        touch_give(hand, item, p, NULL, &v);
    }
}

static char *make_script(const struct template *t, const struct tablet *tablet) {
    struct buf b = {0};
    struct words *words = NULL;
    assert_int_equal(words_load(&words, "assets/words/en"), STATUS_OK);
    struct touching hand = {.a = &arena, .words = words, .b = &b};
    assert_true(time_read_iso(today_at(tablet->clock), &hand.wall_ms));
    char *path = arena_strdup(&arena, scratch(arena_printf(&arena, "%s.txt", tablet->name)));
    buf_printf(
        &b,
        "tap \"Open a pack\"\ntap \"Read a file\"\ntap \"pack.lantern\"\nsend\n"
        "tap \"Yes, let it in\"\nsend\n"
        "expect \"from the office\"\ntap \"Back\"\ntap \"Who holds this?\"\ntap \"Quality "
        "lead\"\n"
        "tap \"Start a night spot check\"\nscreen pin\npin 274936\ntap \"Next\"\n"
        "pin 274936\ntap \"Keep it\"\nsend\nscreen start\n"
        "tap \"Full, over two visits\"\ntap \"Start\" #1\n"
        "press \"Yes, %s\"\n",
        tablet->clock);
    for (int i = 0; i < t->sections_count; i++)
        walk_section(&hand, t, i, tablet);
    buf_printf(
        &b, "tap \"Finish\"\nscreen finish\nsign \"Quality lead\"\npress \"Keep signature\"\n"
            "press \"I'm leaving\"\nwait 7s\npress \"Seal\"\ntap \"Seal now\"\nscreen morning\n"
            "press \"Send to the office\"\ntap \"Save a bundle\"\ntap \"stick\"\nsend\n"
            "expect \"records saved as\"\n");
    assert_int_equal(file_write(path, b.data, b.size, 0600), STATUS_OK);
    buf_release(&b);
    words_close(words);
    return path;
}

/* ---- the office
 * ------------------------------------------------------------------------------------- */

static char *office(const char *args) {
    return arena_printf(&arena, "%s %s", program("lantern-office"), args);
}

static void make_office(const char *dir) {
    run(office(
        arena_printf(&arena, "init %s/office.db --provider 'Journey Care' --code HL", dir)));
    run(office(arena_printf(&arena, "add %s/office.db assets/sample/sample.json", dir)));
    run(office(
        arena_printf(&arena, "pack %s/office.db --open --out %s/pack.lantern", dir, dir)));
}

static pid_t start_tablet(const char *dir, const struct template *t,
                          const struct tablet *tablet) {
    char *stick = arena_printf(&arena, "%s/%s/stick", dir, tablet->name);
    char *script = make_script(t, tablet);
    assert_int_equal(file_make_dirs(stick), STATUS_OK);
    run(arena_printf(&arena, "cp %s/pack.lantern %s/", dir, stick));
    char *line = arena_printf(
        &arena,
        "LANTERN_STICKS=%s %s --data %s/%s/data --shots %s/%s/shots --script %s --clock %s "
        ">%s/%s/log 2>&1",
        stick, program("lantern"), dir, tablet->name, dir, tablet->name, script,
        today_at(tablet->clock), dir, tablet->name);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    return child;
}

static void finish_tablet(const char *dir, const struct tablet *tablet, pid_t child) {
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status) {
        struct buf log = {0};
        if (!file_read(arena_printf(&arena, "%s/%s/log", dir, tablet->name), 1 << 20, &log))
            print_error("%s\n", buf_str(&log));
        buf_release(&log);
    }
    assert_int_equal(status, 0);
}

/* At an office that knows this tablet only: its own database opens with a PIN. */
static int items_answered(const char *dir, const struct template *t, const char *name) {
    run(arena_printf(&arena, "cp %s/office.db %s/%s.db && cp %s/office.db.keys %s/%s.db.keys",
                     dir, dir, name, dir, dir, name));
    run(office(arena_printf(&arena, "merge %s/%s.db %s/%s/stick/lantern-*.lantern --trust", dir,
                            name, dir, name)));
    char *json =
        output(office(arena_printf(&arena, "show %s/%s.db --kind answer --json", dir, name)));
    int found = 0;
    for (int i = 0; i < t->items_count; i++) {
        char *want = arena_printf(&arena, "\"item\":\"%s\"", t->items[i].id);
        if (strstr(json, want) ||
            strstr(json, arena_printf(&arena, "\"item\": \"%s\"", t->items[i].id))) {
            found++;
        } else {
            print_error("%s: item %s has no answer\n", name, t->items[i].id);
        }
    }
    return found;
}

static void journey(void **state) {
    (void)state;
    static const struct tablet tablets[] = {{"first", "02:41", 7}, {"second", "23:12", 5}};
    const char *dir = scratch_dir();
    struct template *t = NULL;
    pid_t child[2];
    assert_int_equal(template_load(&t, "assets/templates/NIGHT.json"), STATUS_OK);
    assert_int_equal(t->items_count, ITEMS);
    make_office(dir);
    for (int i = 0; i < 2; i++)
        child[i] = start_tablet(dir, t, &tablets[i]);
    for (int i = 0; i < 2; i++)
        finish_tablet(dir, &tablets[i], child[i]);
    for (int i = 0; i < 2; i++)
        assert_int_equal(items_answered(dir, t, tablets[i].name), ITEMS);

    /* Both orders, one content hash, the same report. */
    run(arena_printf(&arena,
                     "cp %s/office.db %s/other.db && cp %s/office.db.keys %s/other.db.keys",
                     dir, dir, dir, dir));
    run(office(arena_printf(&arena,
                            "merge %s/office.db %s/first/stick/lantern-*.lantern "
                            "%s/second/stick/lantern-*.lantern --trust",
                            dir, dir, dir)));
    run(office(arena_printf(&arena,
                            "merge %s/other.db %s/second/stick/lantern-*.lantern "
                            "%s/first/stick/lantern-*.lantern --trust",
                            dir, dir, dir)));
    char *one = output(office(arena_printf(&arena, "hash %s/office.db", dir)));
    char *two = output(office(arena_printf(&arena, "hash %s/other.db", dir)));
    assert_string_equal(one, two);
    assert_int_equal(strlen(one), 65);
    run(office(arena_printf(&arena, "verify %s/office.db", dir)));
    run(office(arena_printf(&arena, "report %s/office.db --out %s/report-1", dir, dir)));
    run(office(arena_printf(&arena, "report %s/other.db --out %s/report-2", dir, dir)));
    run(arena_printf(&arena, "diff -r %s/report-1 %s/report-2", dir, dir));
    run(arena_printf(&arena, "grep -q 'Oak House' %s/report-1/index.html", dir));
    run(arena_printf(&arena, "test $(ls %s/report-1/check-OAK-*.html | wc -l) = 2", dir));
    printf(
        "figure: two tablets, %d items each by touch, one content hash %.16s…, reports equal\n",
        ITEMS, one);
    template_close(t);
}

/* ---- a tablet that is enrolled
 * ---------------------------------------------------------------------- */

/* "ABCD-EFGH-JKLM" on a line of its own, as the office prints it. */
static char *code_printed(const char *said) {
    for (const char *line = said; line && *line; line = strchr(line, '\n')) {
        while (*line == '\n' || *line == ' ')
            line++;
        size_t n = strcspn(line, "\n ");
        if (n == 14 && line[4] == '-' && line[9] == '-') return arena_strndup(&arena, line, n);
    }
    fail_msg("no code in: %s", said);
    return NULL;
}

static char *with_code(const char *script, const char *code) {
    struct buf text = {0}, out = {0};
    static const char place[] = "\"CODE\"";
    char *path = arena_strdup(&arena, scratch("enrol.txt"));
    assert_int_equal(file_read(script, 1 << 20, &text), STATUS_OK);
    const char *at = strstr(buf_str(&text), place);
    assert_non_null(at);
    buf_add(&out, text.data, (size_t)(at - (const char *)text.data));
    buf_printf(&out, "\"%s\"%s", code, at + strlen(place));
    assert_int_equal(file_write(path, out.data, out.size, 0600), STATUS_OK);
    buf_release(&text);
    buf_release(&out);
    return path;
}

static void play_on(const char *dir, const char *script, const char *clock) {
    run(arena_printf(&arena,
                     "LANTERN_STICKS=%s/e/stick %s --data %s/e/data --shots %s/e/shots "
                     "--script %s --clock %s",
                     dir, program("lantern"), dir, dir, script, clock));
}

/* Whether those bytes stand anywhere in a file. */
static bool holds(const char *path, const char *words) {
    struct buf b = {0};
    assert_int_equal(file_read(path, 64 << 20, &b), STATUS_OK);
    bool found = memmem(b.data, b.size, words, strlen(words)) != NULL;
    buf_release(&b);
    return found;
}

static char *in_dir(const char *dir, const char *name) {
    return arena_printf(&arena, "%s/%s", dir, name);
}

/* Two rows are erased at the office; the next pack takes their words from the tablet, too: from
 * its screens and from its files. */
static void erased_by_pack(const char *dir, const char *now) {
    static const char words[] = "asleep in a chair";
    static const char why[] = "--why 'asked for by the family' --yes";
    char *db = in_dir(dir, "e/data/lantern.db"), *wal = in_dir(dir, "e/data/lantern.db-wal");
    char *found = output(arena_printf(
        &arena, "%s show %s/o.db --kind answer --json | grep '%s' | tail -1 | tr -d '\\n'",
        program("lantern-office"), dir, words));
    static const char mark[] = "\"row\":{\"log\":\"", at_seq[] = "\",\"seq\":";
    const char *log = strstr(found, mark), *seq = log ? strstr(log, at_seq) : NULL;
    assert_false(holds(db, words)); /* a tablet with a PIN never shows them */
    assert_false(file_exists(wal) && holds(wal, words));
    assert_non_null(seq);
    log += strlen(mark);
    run(office(arena_printf(&arena, "erase %s/o.db %.*s/%d %s", dir, (int)(seq - log), log,
                            (int)strtol(seq + strlen(at_seq), NULL, 10), why)));
    run(office(arena_printf(&arena, "erase %s/o.db A01 %s", dir, why)));
    run(office(arena_printf(
        &arena, "pack %s/o.db --tablet 'Night tablet' --out %s/e/stick/erased.lantern", dir,
        dir)));
    play_on(dir, "tests/scripts/erased.txt", now);
    assert_false(holds(db, words));
    assert_false(file_exists(wal) && holds(wal, words));
}

/* The code travelled with the first bundle; another takes its place once it was used, and
 * travels with the next. */
static void forgotten_pin(const char *dir, const char *now) {
    char *ask = arena_printf(&arena, "code %s/o.db --tablet 'Night tablet'", dir);
    char *code = code_printed(output(office(ask)));
    play_on(dir, with_code("tests/scripts/forgotten.txt", code), now);
    assert_int_equal(file_write(in_dir(dir, "pin"), "604817\n", 7, 0600), STATUS_OK);
    run(arena_printf(&arena, "%s export --data %s/e/data --out %s/reset.lantern --pin-file %s",
                     program("lantern"), dir, dir, in_dir(dir, "pin")));
    run(office(arena_printf(&arena, "merge %s/o.db %s/reset.lantern", dir, dir)));
    assert_string_not_equal(code, code_printed(output(office(ask))));
    char *access =
        output(office(arena_printf(&arena, "show %s/o.db --kind access --json", dir)));
    assert_non_null(strstr(access, "pin_reset"));
    assert_non_null(strstr(access, "wrong_tries"));
}

static void enrolled_and_sealed(void **state) {
    (void)state;
    const char *dir = arena_strdup(&arena, scratch("enrolled"));
    assert_int_equal(file_make_dirs(in_dir(dir, "e/stick")), STATUS_OK);
    run(office(arena_printf(&arena, "init %s/o.db --provider 'Journey Care'", dir)));
    run(office(arena_printf(&arena, "add %s/o.db assets/sample/sample.json", dir)));
    char *code = code_printed(output(office(arena_printf(
        &arena, "enrol %s/o.db --tablet 'Night tablet' --out %s/e/stick/first.lantern", dir,
        dir))));
    /* The pack is a stranger's without its code: not one service's name can be read in it. */
    assert_false(holds(in_dir(dir, "e/stick/first.lantern"), "Oak House"));

    char *now = today_at("02:41");
    play_on(dir, with_code("tests/scripts/enrol.txt", code), now);
    char *bundle = output(arena_printf(&arena, "ls %s/e/stick/lantern-*.lantern", dir));
    bundle[strcspn(bundle, "\n")] = '\0';
    assert_null(strstr(bundle, "open")); /* neither open nor called so */

    /* Let in without --trust, and its action bears the office's letter. */
    run(office(arena_printf(&arena, "merge %s/o.db %s", dir, bundle)));
    char *actions =
        output(office(arena_printf(&arena, "show %s/o.db --kind action --json", dir)));
    assert_non_null(strstr(actions, "A01"));
    run(office(arena_printf(&arena, "verify %s/o.db", dir)));

    /* The same, from its support command: enrolled, so sealed too. */
    assert_int_equal(file_write(in_dir(dir, "pin"), "274936\n", 7, 0600), STATUS_OK);
    run(arena_printf(&arena, "%s export --data %s/e/data --out %s/all.lantern --pin-file %s",
                     program("lantern"), dir, dir, in_dir(dir, "pin")));
    run(office(arena_printf(&arena, "merge %s/o.db %s/all.lantern", dir, dir)));

    run(office(arena_printf(
        &arena, "pack %s/o.db --tablet 'Night tablet' --out %s/e/stick/back.lantern", dir,
        dir)));
    play_on(dir, "tests/scripts/receipt.txt", now);
    erased_by_pack(dir, now);
    forgotten_pin(dir, now);
    printf("figure: a tablet enrolled by touch, its sealed bundle let in without trust, its "
           "receipt read\n");
}

static int arena_end(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(journey),
                                       cmocka_unit_test(enrolled_and_sealed)};
    return cmocka_run_group_tests(tests, NULL, arena_end);
}
