/* test_confidence.c -- what is sealed into a box of words in confidence: written, read,
 * bounded, and hostile ones refused; needs: care base */
#include "base_help.h"

#include "base/text.h"
#include "care/confidence.h"

static const struct confidence whole = {.about = "worker_conduct",
                                        .service = "OAK",
                                        .service_name = "Oak House",
                                        .checker = "Quality lead",
                                        .role = "night carer",
                                        .text = "Two of us.\nThe third “slept”, \\ she said.",
                                        .answer_how = "by letter, not at work",
                                        .statement = "SAF-S6",
                                        .from = "02:10",
                                        .until = "03:05",
                                        .break_asked = "no",
                                        .they_said = "It was my break.",
                                        .witness = "the other night carer",
                                        .severity = 3,
                                        .day = 20779};

static enum status read_says(const char *json, struct confidence *out) {
    return confidence_read(&frame, json, strlen(json), out);
}

static void is_invalid(const char *json) {
    struct confidence c = {.severity = 77};
    if (read_says(json, &c) != STATUS_INVALID) fail_msg("taken: %s", json);
    assert_int_equal(c.severity, 77); /* nothing written on failure */
}

static void all_of_it_comes_back(void **state) {
    (void)state;
    struct buf b = {0};
    struct confidence c;
    assert_int_equal(confidence_write(&whole, &b), STATUS_OK);
    assert_int_equal(confidence_read(&frame, b.data, b.size, &c), STATUS_OK);
    assert_string_equal(c.about, whole.about);
    assert_string_equal(c.service, whole.service);
    assert_string_equal(c.service_name, whole.service_name);
    assert_string_equal(c.checker, whole.checker);
    assert_string_equal(c.role, whole.role);
    assert_string_equal(c.text, whole.text);
    assert_string_equal(c.answer_how, whole.answer_how);
    assert_string_equal(c.statement, whole.statement);
    assert_string_equal(c.from, whole.from);
    assert_string_equal(c.until, whole.until);
    assert_string_equal(c.break_asked, whole.break_asked);
    assert_string_equal(c.they_said, whole.they_said);
    assert_string_equal(c.witness, whole.witness);
    assert_int_equal(c.severity, 3);
    assert_int_equal(c.day, 20779);
    buf_release(&b);
}

static void what_was_not_said_is_empty_and_never_null(void **state) {
    (void)state;
    struct confidence c;
    assert_int_equal(read_says("{\"about\":\"staff_said\",\"day\":\"2026-11-22\"}", &c),
                     STATUS_OK);
    assert_string_equal(c.text, "");
    assert_string_equal(c.role, "");
    assert_string_equal(c.witness, "");
    assert_int_equal(c.severity, 0);
    assert_int_equal(c.day, 20779);
    assert_int_equal(read_says("{\"about\":\"a newer word\",\"day\":\"2026-11-22\","
                               "\"later\":[1,{\"x\":2}],\"role\":null}",
                               &c),
                     STATUS_OK); /* of a newer Lantern */
    assert_string_equal(c.about, "a newer word");
}

static void prompt_by_prompt(void **state) {
    (void)state;
    struct buf b = {0};
    struct confidence c = whole, back;
    const struct confidence_said said[] = {{.prompt = "SF04",
                                            .question = "“Enough hands?”",
                                            .text = "Two for forty.\nNobody sat down.",
                                            .list = "enough=no,break=no",
                                            .marks = "Were there enough of you? No"},
                                           {.prompt = "SF09", .list = "last=never"}};
    c.said = said;
    c.said_count = 2;
    assert_int_equal(confidence_write(&c, &b), STATUS_OK);
    assert_int_equal(b.size % 1000, 0);
    assert_int_equal(confidence_read(&frame, b.data, b.size, &back), STATUS_OK);
    assert_int_equal(back.said_count, 2);
    assert_string_equal(back.said[0].prompt, "SF04");
    assert_string_equal(back.said[0].question, said[0].question);
    assert_string_equal(back.said[0].text, said[0].text);
    assert_string_equal(back.said[0].list, said[0].list);
    assert_string_equal(back.said[0].marks, said[0].marks);
    assert_string_equal(back.said[1].list, "last=never");
    assert_string_equal(back.said[1].text, ""); /* never NULL */
    c.said_count = CONFIDENCE_SAID_MOST + 1;
    assert_int_equal(confidence_write(&c, &b), STATUS_INVALID);
    buf_release(&b);
}

static size_t size_of_text(size_t n) {
    struct buf b = {0};
    char *text = arena_take(&frame, n + 1);
    memset(text, 'a', n);
    struct confidence c = whole;
    c.text = text;
    assert_int_equal(confidence_write(&c, &b), STATUS_OK);
    size_t size = b.size;
    buf_release(&b);
    return size;
}

static void the_size_does_not_tell_how_much_was_said(void **state) {
    (void)state;
    assert_int_equal(size_of_text(1), size_of_text(300));
    assert_int_equal(size_of_text(1) % 1000, 0);
    assert_int_equal(size_of_text(1000), size_of_text(1) + 1000);
}

static void the_longest_is_kept_and_one_page_more_refused(void **state) {
    (void)state;
    struct buf b = {0};
    char *text = arena_take(&frame, CONFIDENCE_BYTES_MAX + 1);
    struct confidence c = whole, back;
    memset(text, 'a', CONFIDENCE_BYTES_MAX);
    c.text = text;
    buf_text(&b, "before");
    assert_int_equal(confidence_write(&c, &b), STATUS_TOO_LARGE);
    assert_int_equal(b.size, 6); /* refused whole */
    buf_clear(&b);
    text[CONFIDENCE_BYTES_MAX - 600] = '\0';
    assert_int_equal(confidence_write(&c, &b), STATUS_OK);
    assert_int_equal(b.size, CONFIDENCE_BYTES_MAX);
    assert_int_equal(confidence_read(&frame, b.data, b.size, &back), STATUS_OK);
    assert_string_equal(back.text, text);
    buf_byte(&b, ' ');
    assert_int_equal(confidence_read(&frame, b.data, b.size, &back), STATUS_INVALID);
    memset(text, '\n', CONFIDENCE_BYTES_MAX / 2); /* two bytes each in JSON */
    assert_int_equal(confidence_write(&c, &b), STATUS_TOO_LARGE);
    buf_release(&b);
}

static void without_a_subject_nothing_is_written(void **state) {
    (void)state;
    struct buf b = {0};
    struct confidence c = whole;
    c.about = "";
    assert_int_equal(confidence_write(&c, &b), STATUS_INVALID);
    c = whole;
    c.severity = 5;
    assert_int_equal(confidence_write(&c, &b), STATUS_INVALID);
    assert_int_equal(b.size, 0);
    buf_release(&b);
}

static void hostile_boxes_are_refused(void **state) {
    (void)state;
    struct confidence c;
    static const char *const bad[] = {
        "",
        " ",
        "null",
        "[]",
        "\"staff_said\"",
        "{}",
        "{\"about\":\"staff_said\"}",
        "{\"day\":\"2026-11-22\"}",
        "{\"about\":\"  \",\"day\":\"2026-11-22\"}",
        "{\"about\":\"staff_said\",\"day\":20779}",
        "{\"about\":\"staff_said\",\"day\":\"2026-13-40\"}",
        "{\"about\":7,\"day\":\"2026-11-22\"}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"text\":[\"a\"]}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"witness\":{}}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"severity\":5}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"severity\":-1}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"severity\":4294967297}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"severity\":1.5}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"severity\":\"4\"}",
        "{\"about\":\"staff_said\",\"about\":\"worker_conduct\",\"day\":\"2026-11-22\"}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"text\":\"a\\u0000b\"}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"text\":\"\xC3\x28\"}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"said\":{}}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"said\":[1]}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"said\":[{\"text\":2}]}",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\"} trailing",
        "{\"about\":\"staff_said\",\"day\":\"2026-11-22\"",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        is_invalid(bad[i]);
    char deep[400];
    memset(deep, '[', sizeof deep);
    assert_int_equal(confidence_read(&frame, deep, sizeof deep, &c), STATUS_INVALID);
    assert_int_equal(confidence_read(&frame, "{\"a\0b\":1}", 9, &c), STATUS_INVALID);
}

/* Every cut and every changed byte of a real one: refused or read, never more. */
static void cut_and_changed_bytes_do_no_harm(void **state) {
    (void)state;
    struct buf b = {0};
    struct confidence c;
    size_t taken = 0;
    assert_int_equal(confidence_write(&whole, &b), STATUS_OK);
    for (size_t n = 0; n < b.size; n++)
        if (!confidence_read(&frame, b.data, n, &c)) taken++;
    for (size_t i = 0; i < b.size; i++) {
        uint8_t was = b.data[i];
        b.data[i] = (uint8_t)(was ^ (1u << (i % 8)));
        if (!confidence_read(&frame, b.data, b.size, &c)) assert_non_null(c.text);
        b.data[i] = was;
    }
    printf("figure: %zu of %zu cuts read (the spaces at the end)\n", taken, b.size);
    buf_release(&b);
}

static void nothing_in_it_can_drive_a_terminal(void **state) {
    (void)state;
    struct confidence c;
    assert_int_equal(read_says("{\"about\":\"staff_said\",\"day\":\"2026-11-22\",\"text\":"
                               "\"one\\u001b[2J\\r\\ntwo\\u009b31m\\u007f\"}",
                               &c),
                     STATUS_OK);
    assert_string_equal(c.text, "one [2J \ntwo  31m ");
}

static void a_complaint_quotes_nothing(void **state) {
    (void)state;
    struct confidence c;
    assert_int_equal(read_says("{\"about\": secretword}", &c), STATUS_INVALID);
    assert_null(strstr(status_detail(), "secretword"));
    assert_int_equal(read_says("{\"about\":\"secretword\",\"day\":\"secretword\"}", &c),
                     STATUS_INVALID);
    assert_null(strstr(status_detail(), "secretword"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(all_of_it_comes_back),
        FRESH(what_was_not_said_is_empty_and_never_null),
        FRESH(prompt_by_prompt),
        FRESH(the_size_does_not_tell_how_much_was_said),
        FRESH(the_longest_is_kept_and_one_page_more_refused),
        FRESH(without_a_subject_nothing_is_written),
        FRESH(hostile_boxes_are_refused),
        FRESH(cut_and_changed_bytes_do_no_harm),
        FRESH(nothing_in_it_can_drive_a_terminal),
        FRESH(a_complaint_quotes_nothing),
    };
    return cmocka_run_group_tests_name("confidence", tests, NULL, over);
}
