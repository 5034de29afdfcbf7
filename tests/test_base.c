/* test_base.c -- the floor everything stands on; needs: base
 *
 * Expected values are written out by hand or come from the standards (RFC 8949 appendix A,
 * the published BLAKE2b vectors), never from the code under test. */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/cbor.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/status.h"
#include "base/text.h"
#include "base/words.h"

static struct arena frame;

static int fresh(void **state) {
    (void)state;
    arena_reset(&frame);
    status_clear();
    return 0;
}

static void put(const char *path, const char *text) {
    assert_int_equal(file_write(path, text, strlen(text), 0600), STATUS_OK);
}

/* ---- status ---- */

static void status_keeps_the_detail(void **state) {
    (void)state;
    assert_string_equal(status_key(STATUS_OK), "status.ok");
    assert_string_equal(status_key(STATUS_DISK_FULL), "status.disk_full");
    assert_string_equal(status_key((enum status)999), "status.io");
    assert_int_equal(status_fail(STATUS_INVALID, "line %d", 12), STATUS_INVALID);
    assert_string_equal(status_detail(), "line 12");
    /* A detail built from the detail. */
    assert_int_equal(status_fail(STATUS_DAMAGED, "in a.lantern: %s", status_detail()),
                     STATUS_DAMAGED);
    assert_string_equal(status_detail(), "in a.lantern: line 12");
    char pounds[1001];
    for (int i = 0; i < 500; i++)
        memcpy(pounds + 2 * i, "£", 2);
    pounds[1000] = '\0';
    assert_int_equal(status_fail(STATUS_IO, "x%s", pounds), STATUS_IO);
    assert_int_equal(strlen(status_detail()), 399); /* 400 would cut a pound in two */
    assert_true(text_valid(status_detail(), strlen(status_detail())));
    status_clear();
    assert_string_equal(status_detail(), "");
}

static void errno_becomes_a_status(void **state) {
    (void)state;
    static const struct {
        int e;
        enum status s;
    } cases[] = {{ENOENT, STATUS_NOT_FOUND}, {ENOSPC, STATUS_DISK_FULL},
                 {EROFS, STATUS_READ_ONLY},  {EACCES, STATUS_READ_ONLY},
                 {EBUSY, STATUS_BUSY},       {EIO, STATUS_IO}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errno = cases[i].e;
        assert_int_equal(status_errno("a/b"), cases[i].s);
        assert_true(text_starts(status_detail(), "a/b: "));
    }
}

/* ---- memory ---- */

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    struct arena a = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t n = 0; n < 3000; n += 7) {
            uint8_t *p = arena_take(&a, n);
            assert_int_equal((uintptr_t)p % 16, 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xAB, n);
        }
        uint8_t *big = arena_take(&a, 5 * 1024 * 1024);
        assert_int_equal(big[5 * 1024 * 1024 - 1], 0);
        memset(big, 0xAB, 5 * 1024 * 1024);
        arena_reset(&a);
    }
    assert_string_equal(arena_strdup(&a, NULL), "");
    assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_printf(&a, "%s-%03d", "x", 7), "x-007");
    assert_memory_equal(arena_copy(&a, "\1\2\3", 3), "\1\2\3", 3);
    arena_release(&a);
    assert_null(a.first);
    arena_release(&a); /* a zeroed one is fine */
}

static void buf_grows_and_its_failure_sticks(void **state) {
    (void)state;
    struct buf b = {.limit = 10};
    buf_text(&b, "0123456789");
    assert_false(b.overflow);
    buf_byte(&b, 'x');
    assert_true(b.overflow);
    buf_add(&b, "", 0);
    assert_int_equal(b.size, 10);
    assert_string_equal(buf_str(&b), "0123456789");
    buf_clear(&b);
    buf_printf(&b, "%d!", 42);
    assert_string_equal(buf_str(&b), "42!");
    buf_printf(&b, "%s", "12345678");
    assert_true(b.overflow);
    buf_release(&b);
    assert_string_equal(buf_str(&b), "");
    buf_u16(&b, 0x0102);
    buf_u32(&b, 0x03040506);
    assert_memory_equal(b.data, "\x02\x01\x06\x05\x04\x03", 6);
    buf_release(&b);
}

static void varints_have_one_form(void **state) {
    (void)state;
    static const uint64_t values[] = {
        0, 1, 127, 128, 300, 16383, 16384, 1u << 31, UINT32_MAX, UINT64_MAX, UINT64_MAX >> 1};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct buf b = {0};
        buf_varint(&b, values[i]);
        struct cursor c = cursor_of(b.data, b.size);
        assert_true(cursor_varint(&c) == values[i]);
        assert_false(c.bad);
        assert_ptr_equal(c.p, c.end);
        c = cursor_of(b.data, b.size - 1); /* cut short */
        assert_true(cursor_varint(&c) == 0);
        assert_true(c.bad);
        buf_release(&b);
    }
    struct cursor longer = cursor_of("\x80\x00", 2);
    cursor_varint(&longer);
    assert_true(longer.bad);
    struct cursor beyond = cursor_of("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10);
    cursor_varint(&beyond);
    assert_true(beyond.bad);
}

static void cursor_never_leaves_its_bytes(void **state) {
    (void)state;
    struct cursor c = cursor_of("\1\2\3\4\5", 5);
    assert_int_equal(cursor_u32(&c), 0x04030201);
    assert_null(cursor_take(&c, 2));
    assert_true(c.bad);
    assert_int_equal(cursor_byte(&c), 0); /* there is a byte, but the cursor has failed */
    assert_null(cursor_take(&c, 0));
    struct cursor none = cursor_of(NULL, 0);
    assert_non_null(cursor_take(&none, 0));
    assert_int_equal(cursor_u64(&none), 0);
    assert_true(none.bad);
    struct cursor huge = cursor_of("abc", 3);
    assert_null(cursor_take(&huge, SIZE_MAX));
}

/* ---- text ---- */

static void text_is_strict_utf8(void **state) {
    (void)state;
    assert_true(text_valid("", 0));
    assert_true(text_valid(NULL, 0));
    assert_true(text_valid("£ é ਪ 🙂", strlen("£ é ਪ 🙂")));
    static const char *const bad[] = {
        "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",    "\xC3",
        "\xE2\x82", "\xFF",         "a\xC3z",       "\xF0\x80\x80\x80", "\xC1\xBF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(text_valid(bad[i], strlen(bad[i])));
    assert_false(text_valid("a\0b", 3));
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 97) {
        char out[4];
        size_t n = text_put(out, cp);
        const char *p = out;
        uint32_t want = cp >= 0xD800 && cp <= 0xDFFF ? 0xFFFD : cp;
        assert_int_equal(text_next(&p, out + n), want);
        assert_ptr_equal(p, out + n);
    }
    const char *p = "\xE2\x82z", *end = p + 3;
    assert_int_equal(text_next(&p, end), 0xFFFD);
    assert_int_equal(text_next(&p, end), 0xFFFD);
    assert_int_equal(text_next(&p, end), 'z');
    assert_int_equal(text_count("£1 🙂"), 4);
}

static void text_copy_cuts_between_characters(void **state) {
    (void)state;
    char out[8];
    static const struct {
        size_t room;
        const char *in, *want;
    } cases[] = {{8, "1234567", "1234567"},
                 {8, "12345678", "1234567"},
                 {8, "123456£", "123456"},
                 {8, "12345£", "12345£"},
                 {8, "1234🙂", "1234"},
                 {8, "123🙂", "123🙂"},
                 {8, "123456€", "123456"},
                 {1, "abc", ""},
                 {2, "£", ""},
                 {8, NULL, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(out, 'X', sizeof out);
        text_copy(out, cases[i].room, cases[i].in);
        assert_string_equal(out, cases[i].want);
    }
    memset(out, 'X', sizeof out);
    text_copy(out, 0, "abc");
    assert_int_equal(out[0], 'X');
}

static void text_words_and_blanks(void **state) {
    (void)state;
    assert_true(text_has_word_nocase("The Bell rang", "bell"));
    assert_true(text_has_word_nocase("Bell", "bell"));
    assert_true(
        text_has_word_nocase("the bell\xE2\x80\x99s cord", "bell")); /* a curly apostrophe */
    assert_true(text_has_word_nocase("(bell)", "bell"));
    assert_true(text_has_word_nocase("bellow and bell", "bell"));
    assert_true(text_has_word_nocase("see the fire door open", "Fire Door"));
    assert_false(text_has_word_nocase("bellow", "bell"));
    assert_false(text_has_word_nocase("doorbell", "bell"));
    assert_false(text_has_word_nocase("ébell", "bell"));
    assert_false(text_has_word_nocase("bellé", "bell"));
    assert_false(text_has_word_nocase("", "bell"));
    assert_false(text_has_word_nocase("bell", ""));
    assert_true(text_blank(NULL));
    assert_true(text_blank(" \t\xC2\xA0\xE2\x80\x89\n"));
    assert_false(text_blank(" . "));
    assert_string_equal(text_trim(&frame, "  a b\xC2\xA0 "), "a b");
    assert_string_equal(text_trim(&frame, " \n "), "");
    assert_true(text_listed("met|partly|not_met", '|', "partly"));
    assert_true(text_listed("met|partly|not_met", '|', "not_met"));
    assert_true(text_listed("speak_up", ',', "speak_up"));
    assert_false(text_listed("met|partly", '|', "part"));
    assert_false(text_listed("met|partly", '|', "met|partly"));
    assert_false(text_listed("a,,b", ',', ""));
    assert_false(text_listed(NULL, ',', "a"));
    assert_false(text_listed("a", ',', NULL));
    assert_true(text_equal(NULL, ""));
    assert_false(text_equal("a", "b"));
    assert_true(text_hash("a") == 0xaf63dc4c8601ec8cu); /* the published FNV-1a value */
}

/* ---- hashes and chance ---- */

static void hash_matches_the_published_vectors(void **state) {
    (void)state;
    /* BLAKE2b-256 of "" and "abc". */
    hash256 empty = hash_of(NULL, 0), abc = hash_of("abc", 3);
    assert_string_equal(hex_of(&frame, empty.b, 32),
                        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_string_equal(hex_of(&frame, abc.b, 32),
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    struct hash_state s;
    hash_start(&s);
    hash_add(&s, "a", 1);
    hash_add(&s, NULL, 0);
    hash_add(&s, "bc", 2);
    hash256 parts = hash_end(&s);
    assert_true(hash_equal(&parts, &abc));
    uint8_t key[32] = {1};
    hash256 keyed = hash_keyed(key, "abc", 3), zero = {{0}};
    assert_false(hash_equal(&keyed, &abc));
    assert_false(hash_is_zero(&abc));
    assert_true(hash_is_zero(&zero));
}

static void hex_reads_exactly(void **state) {
    (void)state;
    uint8_t out[2] = {9, 9};
    assert_true(hex_read("00fF", out, 2));
    assert_memory_equal(out, "\x00\xff", 2);
    static const char *const bad[] = {"00f", "00fff", "00fg", "", "0 ff", "00F@"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(hex_read(bad[i], out, 2));
    assert_false(hex_read(NULL, out, 2));
    assert_memory_equal(out, "\x00\xff", 2);
}

static void chance_repeats_only_when_asked(void **state) {
    (void)state;
    uint8_t a[40], b[40], c[40];
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    random_seed(7);
    random_bytes(a, sizeof a);
    random_bytes(c, sizeof c);
    random_seed(7);
    random_bytes(b, sizeof b);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_not_equal(a, c, sizeof a);
    draw d = {1234567};
    assert_true(draw_next(&d) == 6457827717110365317u); /* published splitmix64, seed 1234567 */
    assert_true(draw_next(&d) == 3203168211198807973u);
    int seen[6] = {0};
    for (int i = 0; i < 60000; i++)
        seen[draw_below(&d, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_in_range(seen[i], 9600, 10400); /* 4.4 standard deviations */
    assert_int_equal(draw_below(&d, 0), 0);
    assert_int_equal(draw_below(&d, 1), 0);
}

/* ---- time ---- */

static int64_t at(const char *iso) {
    int64_t ms = -1;
    if (!time_read_iso(iso, &ms)) fail_msg("not read: %s", iso);
    return ms;
}

static void days_of_the_calendar(void **state) {
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2000, 3, 1), 11017);
    assert_int_equal(day_of(2026, 11, 22), 20779);
    assert_int_equal(day_of(2026, 13, 1), day_of(2027, 1, 1)); /* months carry */
    assert_int_equal(day_of(2026, 0, 31), day_of(2025, 12, 31));
    int y = 1899, m = 12, d = 31, weekday = 6; /* a Sunday */
    for (day_no n = day_of(1899, 12, 31); n < day_of(2101, 1, 1); n++) {
        struct civil c = day_civil(n);
        assert_int_equal(c.year, y);
        assert_int_equal(c.month, m);
        assert_int_equal(c.day, d);
        assert_int_equal(c.weekday, weekday);
        assert_int_equal(day_of(y, m, d), n);
        /* Count on by hand. */
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        weekday = (weekday + 1) % 7;
        if (++d > lengths[m - 1] + (m == 2 && leap)) d = 1, m++;
        if (m > 12) m = 1, y++;
    }
}

static void both_clock_changes(void **state) {
    (void)state;
    /* The dates as published for these years. */
    static const struct {
        int year, march, october;
    } years[] = {{2020, 29, 25}, {2021, 28, 31}, {2022, 27, 30}, {2023, 26, 29},
                 {2024, 31, 27}, {2025, 30, 26}, {2026, 29, 25}, {2027, 28, 31},
                 {2028, 26, 29}, {2029, 25, 28}};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        int64_t spring = day_of(years[i].year, 3, years[i].march) * 86400000LL + 3600000;
        int64_t autumn = day_of(years[i].year, 10, years[i].october) * 86400000LL + 3600000;
        assert_int_equal(london_offset_min(spring - 1), 0);
        assert_int_equal(london_offset_min(spring), 60);
        assert_int_equal(london_offset_min(autumn - 1), 60);
        assert_int_equal(london_offset_min(autumn), 0);
    }
    assert_string_equal(time_hm(&frame, at("2026-03-29T00:59:00Z")), "00:59");
    assert_string_equal(time_hm(&frame, at("2026-03-29T01:00:00Z")), "02:00");
}

static void half_past_one_twice(void **state) {
    (void)state;
    int64_t first = at("2026-10-25T00:30:00Z"), second = at("2026-10-25T01:30:00Z");
    assert_string_equal(time_hm(&frame, first), "01:30 BST");
    assert_string_equal(time_hm(&frame, second), "01:30 GMT");
    assert_string_equal(time_day_hm(&frame, second), "Sun 25 Oct 01:30 GMT");
    assert_string_equal(time_hms(&frame, first + 5000), "01:30:05 BST");
    assert_string_equal(time_hm(&frame, first - 1800001), "00:59");
    assert_string_equal(time_hm(&frame, second + 1800000), "02:00");
    assert_true(civil_london(first).ambiguous && civil_london(second).ambiguous);
    assert_int_equal(civil_london(second).offset_min, 0);
    assert_true(london_to_ms(2026, 10, 25, 1, 30) == first); /* the first of the two */
    assert_true(london_to_ms(2026, 10, 25, 2, 0) == second + 1800000);
    assert_true(london_to_ms(2026, 10, 25, 0, 59) == first - 1860000);
    /* Half past one in March does not exist: moved forward, to half past two. */
    assert_string_equal(time_hm(&frame, london_to_ms(2026, 3, 29, 1, 30)), "02:30");
    assert_string_equal(time_hm(&frame, london_to_ms(2026, 3, 29, 2, 0)), "02:00");
    /* Every other minute of both nights comes back as it went in. */
    for (int64_t ms = at("2026-03-28T12:00:00Z"); ms < at("2026-10-27T12:00:00Z");
         ms += 420000) {
        struct civil c = civil_london(ms);
        int64_t back = london_to_ms(c.year, c.month, c.day, c.hour, c.minute);
        assert_true(back == ms || (c.ambiguous && c.offset_min == 0 && back == ms - 3600000));
    }
}

static void a_night_belongs_to_its_evening(void **state) {
    (void)state;
    day_no sunday = day_of(2026, 11, 22);
    assert_int_equal(london_night(at("2026-11-22T02:41")), sunday - 1);
    assert_int_equal(london_night(at("2026-11-22T11:59")), sunday - 1);
    assert_int_equal(london_night(at("2026-11-22T12:00")), sunday);
    assert_int_equal(london_night(at("2026-11-22T23:59")), sunday);
    assert_int_equal(london_day(at("2026-06-30T23:30:00Z")), day_of(2026, 7, 1)); /* BST */
    assert_int_equal(london_night(at("2026-06-30T23:30:00Z")), day_of(2026, 6, 30));
    assert_int_equal(london_night(at("2027-01-01T00:10")), day_of(2026, 12, 31));
}

static void times_as_people_read_them(void **state) {
    (void)state;
    int64_t ms = at("2026-11-22T02:41:07Z");
    assert_string_equal(time_hm(&frame, ms), "02:41");
    assert_string_equal(time_hms(&frame, ms), "02:41:07");
    assert_string_equal(time_day(&frame, ms), "Sun 22 Nov");
    assert_string_equal(time_day_hm(&frame, ms), "Sun 22 Nov 02:41");
    assert_string_equal(time_date(&frame, ms), "22 November 2026");
    assert_string_equal(time_iso(&frame, ms), "2026-11-22T02:41:07.000Z");
    assert_string_equal(time_iso(&frame, -1), "1969-12-31T23:59:59.999Z");
    assert_string_equal(day_text(&frame, day_of(2026, 9, 1)), "Tue 1 Sep");
    assert_string_equal(day_iso(&frame, day_of(2026, 9, 1)), "2026-09-01");
    assert_string_equal(duration_text(&frame, 277000), "4 min 37 s");
    assert_string_equal(duration_text(&frame, 59999), "59 s");
    assert_string_equal(duration_text(&frame, 240000), "4 min");
    assert_string_equal(duration_text(&frame, 3840000), "1 h 4 min");
    assert_string_equal(duration_text(&frame, -5), "0 s");
    assert_string_equal(duration_clock(&frame, 277000), "04:37");
    assert_string_equal(duration_clock(&frame, 3877000), "1:04:37");
}

static void iso_is_read_strictly(void **state) {
    (void)state;
    int64_t base = at("2026-07-22T02:41:00Z");
    assert_true(at("2026-07-22T02:41Z") == base);
    assert_true(at("2026-07-22T03:41") == base); /* London, summer */
    assert_true(at("2026-07-22 03:41") == base);
    assert_true(at("2026-07-22T04:41+02:00") == base);
    assert_true(at("2026-07-21T21:11:00.000-05:30") == base);
    assert_true(at("2026-07-22T02:41:00.5Z") == base + 500);
    assert_true(at("2026-07-22T02:41:00.123999Z") == base + 123);
    static const char *const bad[] = {"",
                                      "2026-07-22",
                                      "2026-7-22T02:41",
                                      "2026-02-30T02:41",
                                      "2026-07-22T24:00",
                                      "x",
                                      "2026-07-22T02:60",
                                      "2026-07-22T02:41z",
                                      "2026-07-22T02:41:00.Z",
                                      "2026-07-22T02:41:60",
                                      "2026-07-22T02:41+1:00",
                                      "2026-07-22T02:41Z ",
                                      "2026-13-01T00:00",
                                      "2026-00-01T00:00"};
    int64_t untouched = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (time_read_iso(bad[i], &untouched)) fail_msg("read: %s", bad[i]);
    assert_false(time_read_iso(NULL, &untouched));
    assert_true(untouched == 77);
    day_no d = 5;
    assert_true(day_read_iso("2028-02-29", &d));
    assert_int_equal(d, day_of(2028, 2, 29));
    assert_false(day_read_iso("2027-02-29", &d));
    assert_false(day_read_iso("2028-02-29T", &d));
    assert_int_equal(d, day_of(2028, 2, 29));
}

static void clocks_move_only_when_told(void **state) {
    (void)state;
    struct clock_manual m = {.wall_ms = 1000, .boot_ms = 5};
    struct clock c = clock_manual(&m);
    assert_true(clock_wall(&c) == 1000 && clock_boot(&c) == 5);
    m.wall_ms = 400; /* the wall clock was set back; boot time was not */
    m.boot_ms = 6;
    assert_true(clock_wall(&c) == 400 && clock_boot(&c) == 6);
    struct clock real = clock_system();
    assert_true(clock_wall(&real) > at("2024-01-01T00:00Z"));
    assert_true(clock_boot(&real) > 0);
}

/* ---- files ---- */

static void a_file_is_whole_or_not_at_all(void **state) {
    (void)state;
    const char *path = scratch("note.json"), *left = scratch("note.json.tmp~");
    put(path, "old");
    /* What a crash left behind is neither read nor in the way, even as a link. */
    int fd = open(left, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "half", 4), 4);
    close(fd);
    struct buf b = {0};
    assert_int_equal(file_read(path, 100, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "old");
    put(path, "new one");
    assert_false(file_exists(left));
    const char *victim = scratch("victim");
    put(victim, "untouched");
    assert_int_equal(symlink("victim", left), 0);
    put(path, "third");
    assert_int_equal(file_read(victim, 100, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "untouched");
    assert_int_equal(file_read(path, 100, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "third");
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    buf_release(&b);
}

static void a_failed_write_leaves_the_old_file(void **state) {
    (void)state;
    const char *dir = scratch("taken");
    assert_int_equal(file_make_dirs(dir), STATUS_OK);
    const char *inside = scratch("taken/x");
    put(inside, "kept");
    /* The rename fails: the name is that of a folder with something in it. */
    assert_int_not_equal(file_write(dir, "x", 1, 0600), STATUS_OK);
    assert_false(file_exists(scratch("taken.tmp~")));
    assert_true(file_is_dir(dir) && file_exists(inside));
    assert_int_equal(file_write(scratch("no/such/folder/x"), "x", 1, 0600), STATUS_NOT_FOUND);
}

static void reading_has_limits(void **state) {
    (void)state;
    const char *path = scratch("limits");
    put(path, "12345");
    struct buf b = {0};
    buf_text(&b, "before");
    assert_int_equal(file_read(path, 4, &b), STATUS_TOO_LARGE);
    assert_string_equal(buf_str(&b), "before"); /* untouched on failure */
    assert_int_equal(file_read(path, 5, &b), STATUS_OK);
    assert_string_equal(buf_str(&b), "12345");
    assert_int_equal(file_read(scratch_dir(), 5, &b), STATUS_INVALID);
    assert_int_equal(file_read(scratch("nothing"), 5, &b), STATUS_NOT_FOUND);
    assert_int_equal(file_read("/dev/zero", 5, &b), STATUS_INVALID);
    const char *pipe = scratch("pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(file_read(pipe, 5, &b),
                     STATUS_INVALID); /* and does not wait for a writer */
    assert_int_equal(file_size(path), 5);
    assert_int_equal(file_size(scratch("nothing")), -1);
    assert_true(file_free_bytes(scratch_dir()) > 0);
    assert_int_equal(file_free_bytes(scratch("nothing")), -1);
    buf_release(&b);
}

static void folders_and_paths(void **state) {
    (void)state;
    assert_int_equal(file_make_dirs(scratch("a/b/c")), STATUS_OK);
    assert_int_equal(file_make_dirs(scratch("a/b/c")), STATUS_OK);
    put(scratch("a/file"), "x");
    assert_int_equal(file_make_dirs(scratch("a/file")), STATUS_EXISTS);
    assert_int_not_equal(file_make_dirs(scratch("a/file/d")), STATUS_OK);
    put(scratch("a/z.json"), "{}");
    put(scratch("a/B.json"), "{}");
    char **names;
    size_t n;
    assert_int_equal(dir_list(&frame, scratch("a"), ".json", &names, &n), STATUS_OK);
    assert_int_equal(n, 2);
    assert_string_equal(names[0], "B.json");
    assert_string_equal(names[1], "z.json");
    assert_int_equal(dir_list(&frame, scratch("a"), NULL, &names, &n), STATUS_OK);
    assert_int_equal(n, 4);
    assert_int_equal(dir_list(&frame, scratch("q"), NULL, &names, &n), STATUS_NOT_FOUND);
    assert_string_equal(path_join(&frame, "a", "b"), "a/b");
    assert_string_equal(path_join(&frame, "a/", "b"), "a/b");
    assert_string_equal(path_join(&frame, "", "b"), "b");
    assert_string_equal(path_dir(&frame, "a/b/c"), "a/b");
    assert_string_equal(path_dir(&frame, "/c"), "/");
    assert_string_equal(path_dir(&frame, "c"), ".");
    assert_string_equal(path_name("a/b/c"), "c");
}

/* ---- CBOR ---- */

static void cbor_writes_the_standard_forms(void **state) {
    (void)state;
    static const struct {
        int64_t v;
        const char *hex; /* RFC 8949, appendix A */
    } ints[] = {{0, "00"},
                {10, "0a"},
                {23, "17"},
                {24, "1818"},
                {25, "1819"},
                {100, "1864"},
                {1000, "1903e8"},
                {1000000, "1a000f4240"},
                {1000000000000, "1b000000e8d4a51000"},
                {-1, "20"},
                {-10, "29"},
                {-100, "3863"},
                {-1000, "3903e7"},
                {INT64_MAX, "1b7fffffffffffffff"},
                {INT64_MIN, "3b7fffffffffffffff"}};
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++) {
        struct buf b = {0};
        cbor_int(&b, ints[i].v);
        assert_string_equal(hex_of(&frame, b.data, b.size), ints[i].hex);
        struct cursor c = cursor_of(b.data, b.size);
        struct cbor_item item = cbor_next(&c);
        assert_int_equal(item.type, CBOR_INT);
        assert_true(item.i == ints[i].v);
        buf_release(&b);
    }
    struct buf b = {0};
    cbor_array(&b, 5);
    cbor_bytes(&b, "\1\2\3\4", 4);
    cbor_text(&b, "ü", 2);
    cbor_bool(&b, true);
    cbor_bool(&b, false);
    cbor_null(&b);
    assert_string_equal(hex_of(&frame, b.data, b.size), "85440102030462c3bcf5f4f6");
    struct cursor c = cursor_of(b.data, b.size);
    assert_int_equal(cbor_next(&c).i, 5);
    struct cbor_item bytes = cbor_next(&c), text = cbor_next(&c), yes = cbor_next(&c);
    assert_int_equal(bytes.type, CBOR_BYTES);
    assert_int_equal(bytes.n, 4);
    assert_memory_equal(text.p, "ü", 2);
    assert_true(yes.type == CBOR_BOOL && yes.i == 1);
    assert_int_equal(cbor_next(&c).i, 0);
    assert_int_equal(cbor_next(&c).type, CBOR_NULL);
    assert_ptr_equal(c.p, c.end);
    assert_int_equal(cbor_next(&c).type, CBOR_BAD); /* nothing left */
    assert_true(c.bad);
    buf_release(&b);
}

static void cbor_refuses_every_other_spelling(void **state) {
    (void)state;
    static const char *const bad[] = {"1817",       /* 23 in two bytes */
                                      "1900ff",     /* 255 in three */
                                      "1a0000ffff", /* 65,535 in five */
                                      "1b00000000ffffffff",
                                      "3817",
                                      "5817",
                                      "580141",
                                      "780161",
                                      "990001f6",
                                      "9801f6",
                                      "1bffffffffffffffff", /* beyond int64 */
                                      "3bffffffffffffffff",
                                      "5f4101ff",
                                      "7f6161ff",
                                      "9ff6ff",
                                      "bf6161f6ff",
                                      "a16161f6",     /* a map */
                                      "c11a514b67b0", /* a tag */
                                      "f7",
                                      "f0",
                                      "f820",
                                      "f97e00",
                                      "fa47c35000",
                                      "fb3ff199999999999a",
                                      "ff",
                                      "1c",
                                      "1d",
                                      "1e",
                                      "1f",
                                      "4401",
                                      "62c3", /* cut short */
                                      "61ff",
                                      "62c328",
                                      "63eda080",
                                      "6100", /* text that is not ours */
                                      "9b7fffffffffffffff",
                                      "84f6f6", /* more elements than bytes */
                                      "5b7fffffffffffffff",
                                      "18",
                                      "19ff",
                                      ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t bytes[16];
        size_t n = strlen(bad[i]) / 2;
        assert_true(hex_read(bad[i], bytes, n));
        struct cursor c = cursor_of(bytes, n);
        if (cbor_next(&c).type != CBOR_BAD || !c.bad) fail_msg("taken: %s", bad[i]);
    }
    printf("figure: %zu wrong spellings of CBOR refused\n", sizeof bad / sizeof *bad);
}

/* ---- JSON ---- */

static void json_reads_what_stands_there(void **state) {
    (void)state;
    static const char text[] =
        "{ \"a\": [1, -2.5, true, null, \"\\u00a3 \\\"q\\\"\"],\n"
        "  \"b\": {\"x\": true, \"deep\": {\"y\": \"}{][,\"}}, \"c\": \"\" }";
    struct json_doc *d = NULL;
    assert_int_equal(json_parse(&d, "t.json", text, strlen(text)), STATUS_OK);
    const json *root = json_root(d), *a = json_get(root, "a"), *v;
    assert_int_equal(json_count(root), 3);
    assert_int_equal(json_count(a), 5);
    assert_int_equal(json_int(json_at(a, 0), -9), 1);
    assert_int_equal(json_int(json_at(a, 1), -9), -9);
    assert_true(json_real(json_at(a, 1), 0) < -2.4 && json_real(json_at(a, 0), 0) > 0.9);
    assert_true(json_bool(json_at(a, 2), false));
    assert_int_equal(json_type_of(json_at(a, 3)), JSON_T_NULL);
    assert_string_equal(json_text(json_at(a, 4), ""), "£ \"q\"");
    assert_null(json_at(a, 5));
    assert_int_equal(json_type_of(json_at(a, 5)), JSON_T_NONE);
    assert_null(json_get(a, "a"));
    assert_null(json_get(NULL, "a"));
    assert_string_equal(json_text(NULL, "none"), "none");
    assert_string_equal(json_key_at(root, 1, &v), "b");
    assert_string_equal(json_text(json_get(json_get(v, "deep"), "y"), ""), "}{][,");
    assert_null(json_key_at(root, 3, &v));
    json_close(d);
    json_close(NULL);
}

static void json_says_line_and_column(void **state) {
    (void)state;
    /* The second `true` is, inside jansson, the same object as the first. */
    static const char text[] =
        "{\n  \"first\": true,\n  \"£\": [true, {\"x\": [ ],\n     \"second\": true}]\n}\n";
    struct json_doc *d = NULL;
    assert_int_equal(json_parse(&d, "t.json", text, strlen(text)), STATUS_OK);
    const json *list = json_get(json_root(d), "£"), *map = json_at(list, 1);
    assert_int_equal(json_complain(d, json_root(d), "no %s", "good"), STATUS_INVALID);
    assert_string_equal(status_detail(), "t.json: line 1, column 1: no good");
    assert_int_equal(json_complain(d, json_get(json_root(d), "first"), "x"), STATUS_INVALID);
    assert_string_equal(status_detail(), "t.json: line 2, column 3: x");
    assert_int_equal(json_complain(d, json_at(list, 0), "x"), STATUS_INVALID);
    assert_string_equal(status_detail(), "t.json: line 3, column 9: x"); /* £ is one column */
    assert_int_equal(json_complain(d, map, "x"), STATUS_INVALID);
    assert_string_equal(status_detail(), "t.json: line 3, column 15: x");
    assert_int_equal(json_complain(d, json_get(map, "second"), "x"), STATUS_INVALID);
    assert_string_equal(status_detail(), "t.json: line 4, column 6: x");
    assert_int_equal(json_complain(d, NULL, "x"), STATUS_INVALID);
    assert_string_equal(status_detail(), "t.json: line 1, column 1: x");
    json_close(d);
}

static void json_refuses(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {{"", "t.json: line 1, column "},
                 {"{\n\"a\": }", "t.json: line 2, column "},
                 {"{\"a\":1,\n\"a\":2}", "t.json: line 2, column "},
                 {"[1,]", "t.json: line 1, column "},
                 {"[1] x", "t.json: line 1, column "},
                 {"\"\xC3(\"", "t.json: line 1, column "},
                 {"\"a\\u0000b\"", "t.json: line 1, column "},
                 {"[01]", "t.json: line 1, column "},
                 {"[99999999999999999999]", "t.json: line 1, column "},
                 {"[\"\t\"]", "t.json: line 1, column "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct json_doc *d = NULL;
        assert_int_equal(json_parse(&d, "t.json", cases[i].text, strlen(cases[i].text)),
                         STATUS_INVALID);
        assert_null(d);
        if (!text_starts(status_detail(), cases[i].says)) fail_msg("%s", status_detail());
    }
    char deep[140];
    for (int levels = 64; levels <= 65; levels++) {
        memset(deep, '[', (size_t)levels);
        memset(deep + levels, ']', (size_t)levels);
        struct json_doc *d = NULL;
        enum status s = json_parse(&d, "t.json", deep, 2 * (size_t)levels);
        assert_int_equal(s, levels == 64 ? STATUS_OK : STATUS_INVALID);
        if (s)
            assert_string_equal(status_detail(),
                                "t.json: line 1, column 65: more than 64 levels deep");
        json_close(d);
    }
    const char *path = scratch("big.json");
    struct json_doc *d = NULL;
    put(path, "[1, 2, 3]");
    assert_int_equal(json_load(&d, path, 8), STATUS_TOO_LARGE);
    assert_int_equal(json_load(&d, path, 9), STATUS_OK);
    json_close(d);
    put(path, "[1,");
    d = NULL;
    assert_int_equal(json_load(&d, path, 9), STATUS_INVALID);
    assert_true(text_starts(status_detail(), "big.json: line 1, column "));
}

static void json_writes(void **state) {
    (void)state;
    struct buf b = {0};
    struct json_out o = {.to = &b};
    json_open_map(&o, NULL);
    json_put_text(&o, "q\"", "a\\\n\x01£\xFF");
    json_put_int(&o, "n", -5);
    json_open_list(&o, "l");
    json_put_bool(&o, NULL, true);
    json_put_null(&o, NULL);
    json_open_list(&o, NULL);
    json_close_list(&o);
    json_close_list(&o);
    json_put_text(&o, "none", NULL);
    json_close_map(&o);
    assert_string_equal(buf_str(&b), "{\"q\\\"\":\"a\\\\\\n\\u0001£\xEF\xBF\xBD\",\"n\":-5,"
                                     "\"l\":[true,null,[]],\"none\":null}");
    struct json_doc *d = NULL;
    assert_int_equal(json_parse(&d, "own", (const char *)b.data, b.size), STATUS_OK);
    json_close(d);
    buf_clear(&b);
    o = (struct json_out){.to = &b, .pretty = true};
    json_open_map(&o, NULL);
    json_open_list(&o, "a");
    json_put_int(&o, NULL, 1);
    json_put_int(&o, NULL, 2);
    json_close_list(&o);
    json_close_map(&o);
    assert_string_equal(buf_str(&b), "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
    buf_release(&b);
}

/* ---- words ---- */

static const char *words_folder(const char *home) {
    const char *dir = scratch("words");
    assert_int_equal(file_make_dirs(dir), STATUS_OK);
    put(scratch("words/home.json"), home);
    put(scratch("words/walk.json"), "{\"walk.title\": \"The walk\"}");
    return dir;
}

static void words_fill_in(void **state) {
    (void)state;
    const char *dir = words_folder("{\"home.checks\": \"{0} {0|check|checks}\","
                                   "\"home.two\": \"{1} and {0}\","
                                   "\"home.nested\": \"{0|one room|{0} rooms of {1}}\","
                                   "\"home.others\": \"{1|it|them}\","
                                   "\"home.only\": \"{0|one}\"}");
    struct words *w = NULL;
    assert_int_equal(words_load(&w, dir), STATUS_OK);
    assert_string_equal(word(w, "walk.title"), "The walk");
    assert_string_equal(words_say(&frame, w, "home.checks", "1"), "1 check");
    assert_string_equal(words_say(&frame, w, "home.checks", "0"), "0 checks");
    assert_string_equal(words_say(&frame, w, "home.checks", "21"), "21 checks");
    assert_string_equal(words_say(&frame, w, "home.two", "a", "b"), "b and a");
    assert_string_equal(words_say(&frame, w, "home.two", "a"), " and a");
    assert_string_equal(words_say(&frame, w, "home.nested", "1", "9"), "one room");
    assert_string_equal(words_say(&frame, w, "home.nested", "4", "9"), "4 rooms of 9");
    assert_string_equal(words_say(&frame, w, "home.others", "x", "1"), "it");
    assert_string_equal(words_say(&frame, w, "home.only", "5"), "one");
    /* What a person typed is never read as a place. */
    assert_string_equal(words_say(&frame, w, "home.two", "{1}", "{0|a|b}"), "{0|a|b} and {1}");
    assert_int_equal(words_missing(w), 0);
    assert_string_equal(word(w, "home.gone"), "[home.gone]");
    assert_string_equal(words_say(&frame, w, "home.gone", "1"), "[home.gone]");
    assert_string_equal(word(w, "home.too"), "[home.too]");
    assert_int_equal(words_missing(w), 2);
    assert_true(words_have(w, "walk.title") && !words_have(w, "home.gone"));
    words_close(w);
    assert_string_equal(int_text(&frame, 1204), "1\xE2\x80\x89"
                                                "204");
    assert_string_equal(int_text(&frame, -1234567), "-1\xE2\x80\x89"
                                                    "234\xE2\x80\x89"
                                                    "567");
    assert_string_equal(int_text(&frame, 999), "999");
    assert_string_equal(int_text(&frame, -100), "-100");
}

static void words_refuse(void **state) {
    (void)state;
    static const struct {
        const char *home, *says;
    } cases[] = {{"{\"walk.x\": \"a\"}",
                  "home.json: line 1, column 2: the key walk.x must begin with home."},
                 {"{\"home.\": \"a\"}",
                  "home.json: line 1, column 2: the key home. must begin with home."},
                 {"{\"home.a\": \"a\",\n \"home.b\": 5}",
                  "home.json: line 2, column 2: home.b must be text"},
                 {"{\"home.a\": \"{x}\"}", "home.json: line 1, column 2: home.a has a {"},
                 {"{\"home.a\": \"{0\"}", "home.json: line 1, column 2: home.a has a {"},
                 {"[]", "home.json: line 1, column 1: a flat map"},
                 {"{", "home.json: line 1, column "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct words *w = NULL;
        assert_int_equal(words_load(&w, words_folder(cases[i].home)), STATUS_INVALID);
        assert_null(w);
        if (!text_starts(status_detail(), cases[i].says)) fail_msg("%s", status_detail());
    }
    struct words *w = NULL;
    assert_int_equal(words_load(&w, scratch("nowhere")), STATUS_NOT_FOUND);
}

/* Every file of words that ships is well formed. */
static void our_words_load(void **state) {
    (void)state;
    struct words *w = NULL;
    enum status s = words_load(&w, "assets/words/en");
    if (s) fail_msg("%s", status_detail());
    words_close(w);
}

/* ---- log ---- */

static void log_rotates(void **state) {
    (void)state;
    const char *path = scratch("support.log"), *older = scratch("support.log.1");
    log_open(path);
    for (int i = 0; i < 26000; i++)
        log_line("export %06d ok", i);
    log_close();
    assert_true(file_size(older) > 1024 * 1024 && file_size(older) < 1024 * 1024 + 200);
    assert_in_range(file_size(path), 1, 200000);
    struct buf b = {0};
    assert_int_equal(file_read(path, 1 << 20, &b), STATUS_OK);
    assert_true(strlen(buf_str(&b)) > 40);
    assert_non_null(strstr(buf_str(&b), "Z export 025999 ok\n"));
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup(f, fresh)
        T(status_keeps_the_detail),
        T(errno_becomes_a_status),
        T(arena_gives_zeroed_aligned_memory),
        T(buf_grows_and_its_failure_sticks),
        T(varints_have_one_form),
        T(cursor_never_leaves_its_bytes),
        T(text_is_strict_utf8),
        T(text_copy_cuts_between_characters),
        T(text_words_and_blanks),
        T(hash_matches_the_published_vectors),
        T(hex_reads_exactly),
        T(chance_repeats_only_when_asked),
        T(days_of_the_calendar),
        T(both_clock_changes),
        T(half_past_one_twice),
        T(a_night_belongs_to_its_evening),
        T(times_as_people_read_them),
        T(iso_is_read_strictly),
        T(clocks_move_only_when_told),
        T(a_file_is_whole_or_not_at_all),
        T(a_failed_write_leaves_the_old_file),
        T(reading_has_limits),
        T(folders_and_paths),
        T(cbor_writes_the_standard_forms),
        T(cbor_refuses_every_other_spelling),
        T(json_reads_what_stands_there),
        T(json_says_line_and_column),
        T(json_refuses),
        T(json_writes),
        T(words_fill_in),
        T(words_refuse),
        T(our_words_load),
        T(log_rotates),
#undef T
    };
    int failed = cmocka_run_group_tests_name("base", tests, NULL, NULL);
    arena_release(&frame);
    return failed;
}
