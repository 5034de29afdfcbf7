/* test_author.c -- forms by people who write no JSON: sheets there and back, and what is told.
 * needs: author care base
 *
 * Every form that ships goes to a sheet and back and must be the same bytes as laid out anew.
 * One small sheet is then saved in every way that spreadsheet programs save, and spoiled in
 * every way that people spoil; what must be told stands beside each. The XLSForms of
 * tests/xlsform are compared with what they must become by office_forms.py. */
#include "author/author.h"
#include "author/conditions.h"
#include "author/decode.h"
#include "author/nearest.h"
#include "author/rows.h"
#include "author/xlsform_expr.h"
#include "base/file.h"
#include "base/text.h"
#include "care/template_read.h"
#include "support.h"

#define FORMS "assets/templates"

static const char small[] =
    "row,id,text,help,kind,unit,least,most,target,rule,default,bad,when,"
    "statement,evidence,phrases,# mine\n"
    "form,code,FRIDGE,,,,,,,,,,,,,,\n"
    "form,title,The fridge \xE2\x80\x93 and what\xE2\x80\x99s in it,,,,,,,,,,,,,,\n"
    "form,hours,22:00 to 6:30,,,,,,,,,,,,,,\n"
    "section,look,Look,,,,,,,,,,,,,,\n"
    "item,FR01,How warm is it?,Look first.,number,degrees,-5,40.0,"
    "fridge,at_most,8,,,SAF-S8,observation,,hello\n"
    "item,FR02,\"What, in all, stands in it?\",,ticks,,,,,,,,,SAF-S8,"
    "observation,Food | Old \\| stale food,\n"
    "choice,nothing,Nothing else,,,,,,,,,,,,,,\n"
    "choice,food,Food,,,,,,,,,yes,,,,,\n"
    "item,FR03,Whose is it?,,words,,,,,,,,FR02 = food and FR01 >= 2.5,"
    "SAF-S8,observation,,\n";

/* ---- helpers ---- */

static struct arena arena;

static struct problems none(void) {
    return (struct problems){.memory = &arena};
}

static char *told(const struct problems *p) {
    struct buf b = {0};
    for (int i = 0; i < p->count; i++)
        buf_printf(&b, "%s%s: %s\n", p->list[i].note ? "note " : "", p->list[i].where,
                   p->list[i].what);
    char *all = arena_strndup(&arena, buf_str(&b), b.size);
    buf_release(&b);
    return all;
}

/* The form of a sheet that is sound. */
static char *form_of(const char *bytes, size_t n) {
    struct problems p = none();
    struct authored f;
    if (author_csv(&p, "fridge.csv", bytes, n, &f)) fail_msg("%s", told(&p));
    char *made = arena_strndup(&arena, buf_str(&f.json), f.json.size);
    authored_release(&f);
    return made;
}

/* What is told of a sheet that is not. */
static char *refused(const char *bytes, size_t n) {
    struct problems p = none();
    struct authored f;
    assert_int_equal(author_csv(&p, "fridge.csv", bytes, n, &f), STATUS_INVALID);
    assert_true(p.wrong > 0);
    assert_null(f.json.data);
    return told(&p);
}

/* `small` with `from` replaced by `to`; `from` is there. */
static char *edited(const char *from, const char *to) {
    const char *at = strstr(small, from);
    assert_non_null(at);
    return arena_printf(&arena, "%.*s%s%s", (int)(at - small), small, to, at + strlen(from));
}

static int tidy(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- there and back ---- */

static void there_and_back(const char *path, int *items) {
    struct buf form = {0}, sheet = {0}, again = {0};
    struct problems p = none();
    struct authored laid_out, back;
    const char *name = path_name(path);
    assert_int_equal(file_read(path, TEMPLATE_BYTES_MAX, &form), STATUS_OK);
    if (author_json(&p, name, buf_str(&form), form.size, &laid_out)) fail_msg("%s", told(&p));
    assert_int_equal(author_to_csv(&p, name, buf_str(&form), form.size, &sheet), STATUS_OK);
    if (author_csv(&p, "sheet.csv", buf_str(&sheet), sheet.size, &back))
        fail_msg("%s", told(&p));
    assert_string_equal(buf_str(&laid_out.json), buf_str(&back.json));
    assert_int_equal(author_to_csv(&p, name, buf_str(&back.json), back.json.size, &again),
                     STATUS_OK);
    assert_string_equal(buf_str(&sheet), buf_str(&again));
    assert_int_equal(p.count, 0);
    *items += back.items;
    authored_release(&laid_out);
    authored_release(&back);
    buf_release(&form);
    buf_release(&sheet);
    buf_release(&again);
}

static void every_form_goes_to_a_sheet_and_back(void **state) {
    (void)state;
    struct arena names_of = {0};
    char **names;
    size_t n;
    int items = 0;
    assert_int_equal(dir_list(&names_of, FORMS, ".json", &names, &n), STATUS_OK);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++) {
        there_and_back(path_join(&names_of, FORMS, names[i]), &items);
        arena_release(&arena);
    }
    there_and_back("tests/cases/TRY.json", &items);
    arena_release(&names_of);
    printf("figure: %zu forms with %d items are the same after a sheet and back\n", n + 1,
           items);
}

static bool is_known(const struct field *f, enum row_kind k, const char *const *apart) {
    for (int i = 0; apart[i]; i++)
        if (text_equal(apart[i], f->name)) return true;
    for (int i = 0; k == ROW_FORM && i < PROPERTIES; i++)
        if (text_equal(property_about[i].field, f->name)) return true;
    for (int c = 0; k != ROW_FORM && c < COLUMNS; c++)
        if ((column_about[c].rows & (unsigned)k) &&
            text_equal(column_field((enum column)c, k), f->name))
            return true;
    return false;
}

/* A field that the reader learns and the sheet does not would be lost on the way. */
static void every_field_has_a_column(void **state) {
    (void)state;
    static const char *const apart[] = {"schema", "lengths", "modules", "sections", "items",
                                        "parts",  "answer",  "whenAny", "choices",  NULL};
    const struct {
        const struct field *fields;
        enum row_kind kind;
    } all[] = {{template_root_fields, ROW_FORM},     {template_length_fields, ROW_LENGTH},
               {template_module_fields, ROW_MODULE}, {template_section_fields, ROW_SECTION},
               {template_item_fields, ROW_ITEM},     {template_part_fields, ROW_PART},
               {template_choice_fields, ROW_CHOICE}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (const struct field *f = all[i].fields; f->name; f++)
            if (!is_known(f, all[i].kind, apart))
                fail_msg("%s of a %s has no column", f->name, row_kind_name(all[i].kind));
}

/* ---- one sheet, saved in every way ---- */

static char *between(const char *csv, char c) {
    char *out = arena_strdup(&arena, csv);
    bool quoted = false;
    for (char *p = out; *p; p++) {
        quoted = quoted != (*p == '"');
        if (*p == ',' && !quoted) *p = c;
    }
    return out;
}

static size_t utf16(const char *text, bool little, bool mark, char **out) {
    char *to = arena_take(&arena, 2 * strlen(text) + 4);
    size_t n = 0;
    const char *end = text + strlen(text);
    if (mark) {
        to[n++] = (char)(little ? 0xFF : 0xFE);
        to[n++] = (char)(little ? 0xFE : 0xFF);
    }
    while (text < end) {
        uint32_t c = text_next(&text, end);
        to[n++] = (char)(little ? c & 0xFF : c >> 8);
        to[n++] = (char)(little ? c >> 8 : c & 0xFF);
    }
    *out = to;
    return n;
}

static char *windows(const char *text) {
    char *to = arena_take(&arena, strlen(text) + 1), *p = to;
    const char *end = text + strlen(text);
    while (text < end) {
        uint32_t c = text_next(&text, end);
        *p++ = (char)(c < 0x80 ? c : c == 0x2013 ? 0x96 : c == 0x2019 ? 0x92 : '?');
    }
    return to;
}

static char *line_ends(const char *text, const char *with) {
    struct buf b = {0};
    for (; *text; text++) {
        if (*text == '\n')
            buf_text(&b, with);
        else
            buf_byte(&b, (uint8_t)*text);
    }
    char *out = arena_strndup(&arena, buf_str(&b), b.size);
    buf_release(&b);
    return out;
}

static void a_sheet_is_read_however_it_was_saved(void **state) {
    (void)state;
    const char *want = form_of(small, sizeof small - 1);
    const char *same[] = {
        arena_printf(&arena, "\xEF\xBB\xBF%s", small),
        between(small, ';'),
        between(small, '\t'),
        line_ends(small, "\r\n"),
        line_ends(small, "\r"),
        arena_printf(&arena, "sep=;\r\n%s", between(small, ';')),
        windows(small),
        windows(between(small, ';')),
        edited("row,id", "Row, ID "),
        edited("22:00 to 6:30", "22:00:00 - 06:30:00"),
        edited(",40.0,", ",+40,"),
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_string_equal(form_of(same[i], strlen(same[i])), want);
    for (int i = 0; i < 4; i++) {
        char *wide;
        size_t n = utf16(small, i & 1, i & 2, &wide);
        assert_string_equal(form_of(wide, n), want);
    }
    assert_non_null(strstr(want, "\"from\": \"22:00\", \"to\": \"06:30\""));
    assert_non_null(strstr(want, "[\"Food\", \"Old | stale food\"]"));
    assert_non_null(strstr(want, "{\"item\": \"FR01\", \"atLeast\": 2.5}"));
    assert_non_null(strstr(want, "The fridge \xE2\x80\x93 and what\xE2\x80\x99s in it"));
}

/* What a spreadsheet program would take for a formula comes back as it was. */
static void formulas_stay_words(void **state) {
    (void)state;
    static const char *const texts[] = {
        "=1+1 is not asked", "-4 or colder?", "+44 is dialled", "@ the desk",
        "'=quoted",          "''@twice",      "'plain"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct problems p = none();
        struct buf csv = {0};
        struct authored f;
        char *made = form_of(small, sizeof small - 1);
        const char *at = strstr(made, "Whose is it?");
        char *form = arena_printf(&arena, "%.*s%s%s", (int)(at - made), made, texts[i],
                                  at + strlen("Whose is it?"));
        assert_int_equal(author_to_csv(&p, "f.json", form, strlen(form), &csv), STATUS_OK);
        for (const char *c = buf_str(&csv); (c = strpbrk(c, "=+@")); c++)
            assert_true(c[-1] != ',' && c[-1] != '\n' && (c[-1] != '"' || c[-2] != ','));
        assert_int_equal(author_csv(&p, "f.csv", buf_str(&csv), csv.size, &f), STATUS_OK);
        assert_non_null(strstr(buf_str(&f.json), arena_printf(&arena, "\"%s\"", texts[i])));
        authored_release(&f);
        buf_release(&csv);
    }
}

/* ---- what is told ---- */

static const struct {
    const char *from, *to, *told;
} spoiled[] = {
    {",number,", ",numbr,",
     "fridge.csv: row 6, column E (kind): item FR01: no kind of answer is called \"numbr\"; "
     "did "
     "you mean \"number\"? There are met, ask,"},
    {"item,FR03,", "item,,", "fridge.csv: row 10: item: \"id\" is missing. Give it one"},
    {"item,FR03,", "item,FR01,",
     "fridge.csv: row 10, column B (id): item FR01: this id stands in the form twice"},
    {"item,FR03,", "item,FR 3,",
     "row 10, column B (id): item FR 3: \"id\" must be 1 to 24 letters"},
    {"FR02 = food", "FR03 = food",
     "fridge.csv: row 10, column M (when): item FR03: no item before this one is called "
     "\"FR03\""},
    {"FR02 = food", "FR22 = food",
     "a condition can only look back, never at itself or ahead. Did you mean \"FR02\"?"},
    {"FR02 = food", "FR02 = fud",
     "row 10, column M (when): item FR03: the answer can never be \"fud\""},
    {"FR02 = food and", "FR02 = food or FR01 >= 3 and",
     "\"and\" and \"or\" cannot stand in one cell"},
    {"FR01 >= 2.5", "FR01 > 2.5", "\">\" is not known here; write >= and the next number"},
    {"FR01 >= 2.5", "FR01 >= warm", "after \"FR01\" a number is wanted"},
    {"FR01 >= 2.5", "FR01", "after \"FR01\" one of =, !=, >= and <= is wanted"},
    {"observation,Food", "look,Food",
     "fridge.csv: row 7, column O (evidence): item FR02: \"evidence\" must be one of people|"},
    {",-5,", ",cold,", "fridge.csv: row 6, column G (least): \"cold\" is no number"},
    {",-5,", ",50,", "row 6, column H (most): item FR01: \"most\" is less than \"least\""},
    {"food,Food,,,,,,,,,yes", "food,Food,,,,,,,,,perhaps",
     "row 9, column L (bad): \"perhaps\" is neither yes nor no"},
    {"choice,food,", "choise,food,",
     "row 9, column A (row): \"choise\" is no kind of row; it is one of form, length, module, "
     "section, item, part or choice; did you mean \"choice\"?"},
    {"section,look,Look", "# section,look,Look", "an item needs a section above it"},
    {"section,look,Look,", "part,look,Look,", "a part needs an item above it"},
    {"choice,nothing,", "part,nothing,", "the item above has a kind of answer itself"},
    {",ticks,", ",,", "fridge.csv: row 7: this item has no kind of answer: fill \"kind\""},
    {"form,code,FRIDGE,,", "form,code,FRIDGE,help,",
     "a row \"form\" has nothing here (section, item rows do)"},
    {"form,title", "form,titel", "\"titel\" is none. Did you mean \"title\"?"},
    {"form,title", "form,code", "this is said of the form twice"},
    {"form,code,FRIDGE", "form,about,It", "fridge.csv: \"code\" is missing"},
    {",statement,", ",statment,",
     "fridge.csv: row 1, column N: no column is called \"statment\"; did you mean "
     "\"statement\"?"},
    {"row,id,text", "type,name,label",
     "this is a sheet of an XLSForm: read it with template from-xlsform"},
    {"row,id,text", "sort,id,text", "the first row must name the columns: row, id, text"},
    {"\"What, in all, stands in it?\"", "What, in all, stands in it?", "row 7"},
    {"\"What, in all,", "\"\"What, in all,", "row 7"},
    {"in it?\",,ticks", "in it?,,ticks",
     "row 7, column C: a quote \" is opened here and never closed"},
    {"hello\n", "hello,,,,more\n", "row 6, column U: this cell stands beyond the last heading"},
    {"22:00 to 6:30", "at night", "row 4, column C (text): \"hours\" is {\"from\""},
};

static void each_mistake_is_told_at_its_cell(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof spoiled / sizeof *spoiled; i++) {
        const char *sheet = edited(spoiled[i].from, spoiled[i].to);
        const char *all = refused(sheet, strlen(sheet));
        if (!strstr(all, spoiled[i].told))
            fail_msg("%s → %s\nwanted: %s\ntold: %s", spoiled[i].from, spoiled[i].to,
                     spoiled[i].told, all);
        arena_release(&arena);
    }
}

/* Not only the first of them. */
static void all_mistakes_are_told_in_one_run(void **state) {
    (void)state;
    static const char sheet[] = "row,id,text,kind,when,required,statement,evidence,lane\n"
                                "form,code,F\n"
                                "form,title,F\n"
                                "form,version,two\n"
                                "section,one,One\n"
                                "item,A1,First,mett,,,SAF-S6,staff\n"
                                "item,A2,Second,met,A3 = met,,SAF-S6,staff\n"
                                "item,A3,Third,met,A2 = met,,SAF-S6,staff\n"
                                "item,A4,,met,,perhaps,SAF,stuff\n"
                                "item,A5,Fifth,met,A9 = met,,SAF-6,staff,soon\n"
                                "section,two,Two\n"
                                "section,two,Again\n"
                                "item,A5,Sixth,number,,,SAF-S6,staff\n"
                                "choice,x,X\n";
    const char *all = refused(sheet, sizeof sheet - 1);
    static const char *const wanted[] = {
        "fridge.csv: row 4, column C (text): \"two\" is no number\n",
        "row 6, column D (kind): item A1: no kind of answer is called \"mett\"",
        "row 7, column E (when): item A2: no item before this one is called \"A3\"",
        ". A3 stands in row 8: move one of the two",
        "row 9, column F (required): \"perhaps\" is neither yes nor no",
        "row 10, column E (when): item A5: no item before this one is called \"A9\"",
        "row 11: section two: \"items\" has 0 entries",
        "row 12: section two: this id stands here twice",
        "row 13: item A5: \"parts\"",
    };
    for (size_t i = 0; i < 6; i++)
        if (!strstr(all, wanted[i])) fail_msg("wanted: %s\ntold: %s", wanted[i], all);
    assert_non_null(strstr(all, wanted[6]));
    assert_non_null(strstr(all, wanted[7]));
    assert_null(strstr(all, "A3: ")); /* what looks back at a mistake is none */
}

static void told_one(void *ctx, const char *complaint) {
    struct buf *b = ctx;
    buf_printf(b, "%s\n", complaint);
}

/* The same of the JSON itself, and the reader alone still stops at the first. */
static void every_complaint_about_json(void **state) {
    (void)state;
    static const char form[] =
        "{\"schema\": \"lantern.template/1\", \"code\": \"F 1\", \"version\": 1, \"titel\": "
        "\"F\",\n"
        " \"framework\": \"cqc-saf-2024-12\",\n"
        " \"lengths\": [{\"id\": \"short\", \"title\": \"Short\", \"minutes\": 0}],\n"
        " \"sections\": [{\"id\": \"s\", \"title\": \"S\", \"items\": [\n"
        "  {\"id\": \"A1\", \"text\": \"One\", \"module\": \"core\", \"statement\": "
        "\"SAF-S6\",\n"
        "   \"evidence\": \"staff\", \"answer\": \"mett\"},\n"
        "  {\"id\": \"A2\", \"text\": \"Two\", \"module\": \"core\", \"statement\": "
        "\"SAF-S6\",\n"
        "   \"evidence\": \"staff\", \"answer\": \"met\", \"when\": {\"item\": \"A1\", \"is\": "
        "\"met\"}},\n"
        "  {\"text\": \"Three\", \"module\": \"none\", \"statement\": \"SAF-S6\",\n"
        "   \"evidence\": \"staff\", \"answer\": \"met\"},\n"
        "  7]}]}\n";
    struct buf all = {0};
    struct template *t = NULL;
    assert_int_equal(template_problems("f.json", form, sizeof form - 1, told_one, &all),
                     STATUS_INVALID);
    static const char *const wanted[] = {
        "f.json: line 1, column 63: no field is called \"titel\"\n",
        "f.json: line 1, column 1: \"title\" is missing\n",
        "f.json: line 1, column 34: \"code\" must be 1 to 24",
        "line 3, column 48: length short: \"minutes\" must be a whole number from 1 to",
        "f.json: line 6, column 25: item A1: no kind of answer is called \"mett\"\n",
        "f.json: line 9, column 3: item: \"id\" is missing\n",
        "f.json: line 11, column 3: item: a map { } is wanted here\n",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(buf_str(&all), wanted[i]))
            fail_msg("wanted: %s\ntold: %s", wanted[i], buf_str(&all));
    assert_null(strstr(buf_str(&all), "item A2"));
    assert_int_equal(template_read(&t, "f.json", form, sizeof form - 1), STATUS_INVALID);
    assert_string_equal(status_detail(),
                        "f.json: line 1, column 63: no field is called \"titel\"");
    buf_release(&all);
}

/* ---- bytes that are no sheet ---- */

static void one_message(const char *bytes, size_t n, const char *want) {
    const char *all = refused(bytes, n);
    if (!strstr(all, want)) fail_msg("wanted: %s\ntold: %s", want, all);
    const char *first = strchr(all, '\n');
    assert_true(first && !first[1]);
    arena_release(&arena);
}

static void what_is_no_sheet_gets_one_message(void **state) {
    (void)state;
    static const char zip[] = "PK\003\004 and more",
                      old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and";
    one_message("", 0, "fridge.csv: the sheet is empty");
    one_message(",,,\n\n,,\n", 8, "fridge.csv: the sheet is empty");
    one_message(zip, sizeof zip - 1, "this is a whole workbook. Open it and save each sheet");
    one_message(old, sizeof old - 1, "this is a whole workbook");
    one_message("row,id\nitem,\xE2\x80\x99 \xE2\x80\n", 18,
                "fridge.csv: line 2: the byte E2 is not UTF-8 text");
    one_message("row,id\nitem,\x81\n", 14, "line 2: the byte 81 is not UTF-8 text");
    one_message("\xFF\xFEr\0o\0w", 7, "it ends in the middle of a character");
    one_message("\xFF\xFEr\0\0\xD8w\0", 8, "a character in it is broken");
    one_message("row,id,text\nitem,A,\"never closed\nitem,B,x\n", 41,
                "row 2, column C: a quote \" is opened here and never closed");
}

/* Larger than any form: told at once, and soon. */
static void what_is_far_too_large_is_told(void **state) {
    (void)state;
    struct buf b = {0};
    buf_text(&b,
             "row,id,text,kind,statement,evidence\nform,code,F\nform,title,F\nsection,s,S\n");
    size_t head = b.size;
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, "item,I%d,Is it so?,met,SAF-S6,staff\n", i);
    one_message(buf_str(&b), b.size, "the sheet goes on after 60,000 rows");
    b.size = head;
    for (int i = 0; i < 5001; i++)
        buf_printf(&b, "item,I%d,Is it so?,met,SAF-S6,staff\n", i);
    const char *all = refused(buf_str(&b), b.size);
    assert_non_null(strstr(
        all,
        "fridge.csv: row 4: section s: \"items\" has 5001 entries; it must have 1 to 5000"));
    b.size = head;
    buf_text(&b, "item,A1,");
    for (int i = 0; i < 1000000; i++)
        buf_byte(&b, 'a');
    buf_text(&b, ",met,SAF-S6,staff\n");
    one_message(buf_str(&b), b.size, "row 5, column C: this cell holds more than 4000 bytes");
    b.size = head;
    for (int i = 0; i < 1000000; i++)
        buf_byte(&b, ',');
    one_message(buf_str(&b), b.size, "row 5: this row has more than 200 columns");
    b.size = 0;
    for (int i = 0; i < 9000000; i++)
        buf_byte(&b, 'a');
    one_message(buf_str(&b), b.size, "the file has more than 8 MB");
    buf_release(&b);
}

/* ---- the smaller pieces ---- */

static void conditions_are_read_and_written(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"N06 = met", "N06 = met"},
        {"N06.sleep_in>=1 AND N07=yes", "N06.sleep_in >= 1 and N07 = yes"},
        {"N06 is not met or N07 is met", "N06 != met or N07 = met"},
        {"N06 \u2260 met", "N06 != met"},
        {"N06 \u2265 0,5", "N06 >= 0.5"},
        {"N06 from -2 to 3.50", "N06 from -2 to 3.5"},
        {"N06 <= 007", "N06 <= 7"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct said_conditions c;
        struct buf b = {0};
        assert_null(conditions_parse(&arena, cases[i][0], &c));
        conditions_say(&c, &b);
        assert_string_equal(buf_str(&b), cases[i][1]);
        buf_release(&b);
    }
    static const char *const wrong[] = {"N06",         "N06 = ",     "N06 = met and",
                                        "N06 met",     "N06 from 1", "N06 from 1 to",
                                        "A = b C = d", "= = ="};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct said_conditions c;
        assert_non_null(conditions_parse(&arena, wrong[i], &c));
    }
}

static void shown(struct buf *b, const struct expr *e) {
    static const char *const names[] = {"?",        "and", "or", "not", "",
                                        "selected", "$",   ".",  "'",   "#"};
    if (!e) return;
    buf_printf(b, "(%s%s%s", names[e->kind], e->kind == EXPR_COMPARE ? e->sign : "",
               e->kind >= EXPR_ASKED && e->kind != EXPR_SELF ? e->text : "");
    shown(b, e->left);
    shown(b, e->right);
    buf_text(b, ")");
}

static void expressions_are_read(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"${a} = 'x'", "(=($a)('x))"},
        {"${ a }>=3 and . < 2.5 or not(${b} != \u2019y\u2019)",
         "(or(and(>=($a)(#3))(<(.)(#2.5)))(not(!=($b)('y))))"},
        {"selected(${a}, 'x') or (${b} = 1 and ${c} = -2)",
         "(or(selected($a)('x))(and(=($b)(#1))(=($c)(#-2))))"},
        {"count-selected(${a}) > 2 and ${b} = 'x'", "(and(>(?($a))(#2))(=($b)('x)))"},
        {"${a} + 1 = 2 and ${b} = 'x'", "(and(=(?)(#2))(=($b)('x)))"},
        {"${a} = 'never closed", "(?)"},
        {"${a", "(?)"},
        {"${a} = ", "(?)"},
        {"${a} = 'x' 'y'", "(?)"},
        {"((((((((((((((((((((((((((((((((((1))))", "(?)"},
        {"", "(?)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        shown(&b, expr_parse(&arena, cases[i][0]));
        assert_string_equal(buf_str(&b), cases[i][1]);
        buf_release(&b);
    }
    int64_t v;
    assert_true(expr_thousandths("-2.5", &v) && v == -2500);
    assert_true(expr_thousandths("7", &v) && v == 7000);
    assert_true(expr_thousandths("0.1230", &v) && v == 123);
    assert_false(expr_thousandths("0.1234", &v));
    assert_false(expr_thousandths("", &v));
    assert_false(expr_thousandths("1234567890123", &v));
    assert_string_equal(thousandths_said(&arena, -2500), "-2.5");
    assert_string_equal(thousandths_said(&arena, -5), "-0.005");
    assert_string_equal(thousandths_said(&arena, 40000), "40");
}

/* The smallest sheet on the page for authors is one. */
static void the_sheet_for_authors_works(void **state) {
    (void)state;
    struct buf page = {0}, sheet = {0};
    assert_int_equal(file_read(FORMS "/README.md", 1 << 20, &page), STATUS_OK);
    const char *at = strstr(buf_str(&page), "    row,id,text,kind");
    assert_non_null(at);
    while (strncmp(at, "    ", 4) == 0) {
        const char *end = strchr(at, '\n') + 1;
        buf_add(&sheet, at + 4, (size_t)(end - at - 4));
        at = end;
    }
    const char *form = form_of(buf_str(&sheet), sheet.size);
    assert_non_null(strstr(form, "\"id\": \"FR02\""));
    buf_release(&page);
    buf_release(&sheet);
}

static void the_nearest_word(void **state) {
    (void)state;
    static const char *const words[] = {"met", "number", "yes_no", "words"};
    assert_string_equal(nearest("numbr", words, 4), "number");
    assert_string_equal(nearest("Yes no", words, 4), "yes_no");
    assert_string_equal(nearest("mett", words, 4), "met");
    assert_null(nearest("stopwatch", words, 4));
    assert_null(nearest("", words, 4));
    assert_true(same_heading("Good looks-like", "goodLooksLike"));
    assert_false(same_heading("good", "goodLooksLike"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_form_goes_to_a_sheet_and_back, tidy),
        cmocka_unit_test(every_field_has_a_column),
        cmocka_unit_test_teardown(a_sheet_is_read_however_it_was_saved, tidy),
        cmocka_unit_test_teardown(formulas_stay_words, tidy),
        cmocka_unit_test_teardown(each_mistake_is_told_at_its_cell, tidy),
        cmocka_unit_test_teardown(all_mistakes_are_told_in_one_run, tidy),
        cmocka_unit_test_teardown(every_complaint_about_json, tidy),
        cmocka_unit_test_teardown(what_is_no_sheet_gets_one_message, tidy),
        cmocka_unit_test_teardown(what_is_far_too_large_is_told, tidy),
        cmocka_unit_test_teardown(conditions_are_read_and_written, tidy),
        cmocka_unit_test_teardown(expressions_are_read, tidy),
        cmocka_unit_test_teardown(the_sheet_for_authors_works, tidy),
        cmocka_unit_test_teardown(the_nearest_word, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
