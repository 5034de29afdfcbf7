/* test_pdf.c -- a paper read back by other programs (poppler): the very text, its fonts, its
 * title and language; long words, page breaks, headings that stand alone, letters from right to
 * left, whatever a person may have typed. needs: media base
 *
 * Every paper made here is opened by pdftotext, pdfinfo and pdffonts, which must not say a word
 * on stderr. */
#include "pdf_asked.h"

#include "media/pdf.h"

#define MADE_MS 1795315260000LL /* 22 November 2026, 02:41 */

static struct arena memory;
static const struct pdf_style body = {.size = 11, .tag = PDF_P};
static const struct pdf_style head = {.font = PDF_BOLD, .size = 16, .tag = PDF_H2};

static void number_pages(void *ctx, struct pdf *p, int page, int pages) {
    const char *text = arena_printf(&memory, "foot %d of %d", page, pages);
    struct pdf_style small = {.size = 8};
    (*(int *)ctx)++;
    pdf_text_at(p, &small, 50, 800, 400, text);
}

static int dressed;

static struct pdf *paper(const char *title) {
    struct pdf *p = NULL;
    dressed = 0;
    assert_int_equal(pdf_start(&p, &(struct pdf_options){.fonts = "assets/fonts",
                                                         .title = title,
                                                         .language = "en-GB",
                                                         .made_ms = MADE_MS,
                                                         .margin = {50, 60, 50, 60},
                                                         .dress = number_pages,
                                                         .ctx = &dressed}),
                     STATUS_OK);
    return p;
}

static const char *asked(const char *program, const char *file) {
    return asked_of(&memory, program, file);
}

static bool has(const char *text, const char *wanted) {
    return asked_has(text, wanted);
}

static const char *end(struct pdf *p, const char *name) {
    struct buf b = {0};
    const char *file = scratch(name);
    assert_int_equal(pdf_end(p, &b), STATUS_OK);
    assert_int_equal(file_write(file, b.data, b.size, 0600), STATUS_OK);
    buf_release(&b);
    pdf_free(p);
    asked_fonts(&memory, file);
    asked("pdfinfo", file);
    return file;
}

static void the_very_text_comes_back(void **state) {
    (void)state;
    static const char *const lines[] = {"£5 é ’ “quoted” — a · b ł ğ … ≤ ½ °C",
                                        "Room 9: cord out of reach, 03:12",
                                        "naïve café Łódź Gökçe Ñandú",
                                        "Ελληνικά Кирилла",
                                        "Rang ☎",
                                        "বাংলা",
                                        "ਪੰਜਾਬੀ"};
    struct pdf *p = paper("Night spot check · Oak House");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        pdf_flow(p, &body, 50, 480, lines[i]);
    const struct pdf_style semi = {.font = PDF_SEMIBOLD, .size = 13, .tag = PDF_P};
    pdf_flow(p, &semi, 50, 480, "Sémi — £");
    const char *file = end(p, "text.pdf");
    const char *text = asked("pdftotext", file);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_true(has(text, lines[i]));
    assert_true(has(text, "Sémi — £"));
}

static void title_language_and_order_are_in_the_file(void **state) {
    (void)state;
    struct pdf *p = paper("Check “Łódź” · £");
    pdf_heading(p, &head, 1, "Heading é", 20);
    pdf_flow(p, &body, 50, 480, "Text under it.");
    const char *file = end(p, "title.pdf");
    const char *info = asked("pdfinfo", file);
    assert_true(has(info, "Check “Łódź” · £"));
    assert_true(has(info, "Author:          Lantern"));
    assert_true(has(info, "Tagged:          yes"));
    assert_true(has(info, "A4"));
    assert_true(has(info, "Sun Nov 22 02:41:00 2026"));
    const char *tree = asked("pdfinfo -struct-text", file);
    assert_true(has(tree, "H2"));
    assert_true(has(tree, "Heading é"));
    assert_null(strstr(tree, "foot 1"));
    struct buf b = {0};
    assert_int_equal(file_read(file, 10000000, &b), STATUS_OK);
    assert_non_null(memmem(b.data, b.size, "/Lang (en-GB)", 13));
    assert_non_null(memmem(b.data, b.size, "/Outlines", 9));
    buf_release(&b);
}

static void same_input_same_bytes(void **state) {
    (void)state;
    struct buf b[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        struct pdf *p = paper("Same");
        pdf_heading(p, &head, 1, "Heading", 20);
        pdf_flow(p, &body, 50, 480, "Words — ☎ سلام");
        assert_int_equal(pdf_end(p, &b[i]), STATUS_OK);
        pdf_free(p);
    }
    assert_int_equal(b[0].size, b[1].size);
    assert_memory_equal(b[0].data, b[1].data, b[0].size);
    buf_release(&b[0]);
    buf_release(&b[1]);
}

/* What can be typed and what comes in with somebody's file: nothing is lost, nothing breaks. */
static void hostile_text(void **state) {
    (void)state;
    struct pdf *p = paper("a\tb\x01");
    pdf_flow(p, &body, 50, 480, "bell\x07 tab\tand\x1b[31m escape\x7f end");
    pdf_flow(p, &body, 50, 480, "emoji \xF0\x9F\x98\x80 and \xE2\xA4\xB4 stay as codes");
    pdf_flow(p, &body, 50, 480, "over\xE2\x80\xAEturned\xE2\x80\xAC zero\xE2\x80\x8Bwidth");
    pdf_flow(p, &body, 50, 480, "broken \xC3 bytes \xFF here");
    pdf_flow(p, &body, 50, 480, ") Tj ET (\\ <<>> endstream %% 100 %s");
    pdf_flow(p, &body, 50, 480, "");
    pdf_flow(p, &body, 50, 480, " \n\n \n");
    pdf_flow(p, &body, 50, 480, "last");
    const char *text = asked("pdftotext", end(p, "hostile.pdf"));
    assert_true(has(text, "bell tab and [31m escape end"));
    assert_true(has(text, "emoji U+1F600 and U+2934 stay as codes"));
    assert_true(has(text, "overturned zerowidth"));
    assert_true(has(text, "broken"));
    assert_true(has(text, ") Tj ET (\\ <<>> endstream %% 100 %s"));
    assert_true(has(text, "last"));
}

static void words_wider_than_the_page(void **state) {
    (void)state;
    char word[401];
    memset(word, 'm', 400);
    word[400] = '\0';
    struct pdf *p = paper("Long");
    float one = pdf_text_height(p, &body, "m", 200);
    assert_true(pdf_text_height(p, &body, word, 200) > one * 10);
    assert_true(pdf_text_width(p, &body, word) > 2000);
    pdf_flow(p, &body, 50, 200, word);
    pdf_flow(p, &body, 50, 200, "half-and-half/and/half-and-half-and-half/and/half");
    const char *text = asked("pdftotext -raw", end(p, "long.pdf"));
    size_t m = 0;
    for (const char *c = text; *c; c++)
        m += *c == 'm';
    assert_int_equal(m, 400);
    assert_true(has(text, "half-and-half/and/half-"));
}

static void a_text_cut_to_lines_ends_after_a_word(void **state) {
    (void)state;
    struct pdf_style two = body;
    two.lines_most = 2;
    struct pdf *p = paper("Cut");
    const char *long_text = "one two three four five six seven eight nine ten eleven twelve "
                            "thirteen fourteen fifteen sixteen seventeen eighteen";
    float line = pdf_text_height(p, &body, "one", 200);
    assert_float_equal(pdf_text_height(p, &two, long_text, 200), line * 2, 0.01);
    pdf_text_at(p, &two, 50, 100, 200, long_text);
    const char *text = asked("pdftotext -raw", end(p, "cut.pdf"));
    const char *dots = strstr(text, "…");
    assert_non_null(dots);
    assert_true(dots > text && dots[-1] != ' ');
    const char *word = dots;
    while (word > text && word[-1] != ' ' && word[-1] != '\n')
        word--;
    assert_non_null(
        strstr(long_text, arena_printf(&memory, " %.*s ", (int)(dots - word), word)));
    assert_null(strstr(text, "eighteen"));
}

/* ---- pages ---- */

static const char *page_text(const char *file, int page) {
    return asked(arena_printf(&memory, "pdftotext -f %d -l %d", page, page), file);
}

static void a_note_of_ten_thousand_letters(void **state) {
    (void)state;
    struct buf b = {0};
    for (int i = 0; b.size < 10000; i++)
        buf_printf(&b, "word%d ", i);
    struct pdf *p = paper("Note");
    pdf_flow(p, &body, 50, 300, buf_str(&b));
    int pages = pdf_pages(p);
    assert_true(pages >= 3);
    const char *file = end(p, "note.pdf");
    assert_int_equal(dressed, pages);
    const char *text = asked("pdftotext", file);
    int seen = 0;
    for (int i = 0; i < 1500; i++)
        seen += strstr(text, arena_printf(&memory, "word%d", i)) != NULL;
    assert_true(seen >= 1100);
    assert_true(
        has(page_text(file, pages), arena_printf(&memory, "foot %d of %d", pages, pages)));
    buf_release(&b);
}

/* A paragraph of four lines with room for one, two or three: never one line alone. */
static void no_line_alone(void **state) {
    (void)state;
    const char *four = "l1\nl2\nl3\nl4";
    for (int lines = 0; lines <= 4; lines++) {
        struct pdf *p = paper("Lines");
        struct pdf_box area = pdf_area(p);
        float line = pdf_text_height(p, &body, "l", 100);
        pdf_go(p, area.y + area.h - line * (float)lines - 1);
        pdf_flow(p, &body, 50, 100, four);
        int expect = lines == 4 ? 4 : lines < 2 ? 0 : 2;
        const char *file = end(p, "alone.pdf"), *first = page_text(file, 1);
        int here = 0;
        for (const char *c = strchr(first, 'l'); c; c = strchr(c + 1, 'l'))
            here++;
        assert_int_equal(here, expect);
    }
}

/* Paragraphs of one to five lines at every height near the end of a page: all of them arrive.
 */
static void nothing_is_lost_at_the_end_of_a_page(void **state) {
    (void)state;
    struct pdf *p = paper("Ends");
    struct pdf_box area = pdf_area(p);
    int said = 0;
    for (int lines = 1; lines <= 5; lines++)
        for (float left = -20; left < 90; left += 7) {
            const char *text = arena_printf(&memory, "no%d", said++);
            for (int i = 1; i < lines; i++)
                text = arena_printf(&memory, "%s\nno%d", text, said++);
            pdf_go(p, area.y + area.h - left);
            pdf_flow(p, &body, 50, 400, text);
        }
    const char *text = asked("pdftotext -raw", end(p, "ends.pdf"));
    for (int i = 0; i < said; i++)
        assert_true(has(text, arena_printf(&memory, "no%d\n", i)));
}

static void a_heading_stays_with_its_text(void **state) {
    (void)state;
    struct pdf *p = paper("Heading");
    struct pdf_box area = pdf_area(p);
    pdf_go(p, area.y + area.h - 40);
    pdf_heading(p, &head, 1, "The heading", 30);
    pdf_flow(p, &body, 50, 400, "Its text");
    const char *file = end(p, "heading.pdf");
    assert_null(strstr(page_text(file, 1), "The heading"));
    assert_true(has(page_text(file, 2), "The heading"));
    assert_true(has(page_text(file, 2), "Its text"));
}

/* ---- from right to left ---- */

static void arabic_is_copied_as_it_was_typed(void **state) {
    (void)state;
    const char *salam = "سلام عليكم", *urdu = "شکریہ";
    struct pdf *p = paper("Arabic");
    pdf_flow(p, &body, 50, 400, salam);
    pdf_flow(p, &body, 50, 400, arena_printf(&memory, "She said %s twice", salam));
    pdf_flow(p, &body, 50, 400, urdu);
    const char *text = asked("pdftotext", end(p, "arabic.pdf"));
    assert_true(has(text, "سلام"));
    assert_true(has(text, "عليكم"));
    assert_true(has(text, "She said"));
    assert_null(strstr(text, "U+"));
}

/* ---- shapes and pictures ---- */

static void a_broken_picture_is_told_and_nothing_sticks(void **state) {
    (void)state;
    static const uint8_t bad[] = {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9};
    const struct pdf_picture *i = NULL;
    struct pdf *p = paper("Picture");
    for (size_t n = 0; n <= sizeof bad; n++)
        assert_int_equal(pdf_picture_load(p, bad, n, &i), STATUS_DAMAGED);
    assert_null(i);
    pdf_fill(p, (struct pdf_box){50, 60, 100, 20}, 0xB3261E, 4);
    pdf_outline(p, (struct pdf_box){50, 90, 100, 20}, 0x1D2733, 4, 1);
    const float points[] = {0, 0, 0.5F, 1, 1, 0}, widths[] = {1, 2, 1};
    pdf_stroke(p, (struct pdf_box){50, 120, 100, 40}, points, widths, 3, 0);
    pdf_stroke(p, (struct pdf_box){50, 120, 100, 40}, points, widths, 1, 0);
    pdf_stroke(p, (struct pdf_box){50, 120, 100, 40}, points, widths, 0, 0);
    pdf_flow(p, &body, 50, 400, "still there");
    assert_true(has(asked("pdftotext", end(p, "shapes.pdf")), "still there"));
}

static void no_fonts_no_paper(void **state) {
    (void)state;
    struct pdf *p = NULL;
    assert_int_equal(pdf_start(&p, &(struct pdf_options){.fonts = "assets/none",
                                                         .title = "x",
                                                         .language = "en-GB"}),
                     STATUS_NOT_FOUND);
    assert_null(p);
}

static void too_large_is_said(void **state) {
    (void)state;
    struct buf small = {.limit = 5000};
    struct pdf *p = paper("Limit");
    pdf_flow(p, &body, 50, 400, "text");
    assert_int_equal(pdf_end(p, &small), STATUS_TOO_LARGE);
    pdf_free(p);
    pdf_free(NULL);
    buf_release(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_very_text_comes_back),
        cmocka_unit_test(title_language_and_order_are_in_the_file),
        cmocka_unit_test(same_input_same_bytes),
        cmocka_unit_test(hostile_text),
        cmocka_unit_test(words_wider_than_the_page),
        cmocka_unit_test(a_text_cut_to_lines_ends_after_a_word),
        cmocka_unit_test(a_note_of_ten_thousand_letters),
        cmocka_unit_test(no_line_alone),
        cmocka_unit_test(nothing_is_lost_at_the_end_of_a_page),
        cmocka_unit_test(a_heading_stays_with_its_text),
        cmocka_unit_test(arabic_is_copied_as_it_was_typed),
        cmocka_unit_test(a_broken_picture_is_told_and_nothing_sticks),
        cmocka_unit_test(no_fonts_no_paper),
        cmocka_unit_test(too_large_is_said),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&memory);
    return failed;
}
