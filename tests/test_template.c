/* test_template.c -- forms and frameworks as data: what is read, what is refused and where;
 * needs: care base
 *
 * A refusal is written as an edit of one whole form: the text to find and what to put there,
 * with a @ where the complaint must point. The test takes the @ out and counts lines and
 * columns itself. */
#include "cases.h"

#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "base/text.h"
#include "care/framework.h"
#include "care/template.h"
#include "care/template_read.h"

static char *form; /* tests/cases/TRY.json */
static size_t form_size;

static struct arena frame;

static int fresh(void **state) {
    (void)state;
    arena_reset(&frame);
    status_clear();
    return 0;
}

static int load_form(void **state) {
    (void)state;
    struct buf b = {0};
    if (file_read("tests/cases/TRY.json", 1 << 20, &b)) return -1;
    form_size = b.size;
    form = malloc(b.size + 1);
    if (form) memcpy(form, buf_str(&b), b.size + 1);
    buf_release(&b);
    return form ? 0 : -1;
}

static int drop_form(void **state) {
    (void)state;
    free(form);
    return 0;
}

/* `from` in the form replaced by `to`; both must be there exactly once. */
static char *edited(const char *from, const char *to) {
    const char *at = strstr(form, from);
    if (!at) fail_msg("not in the form: %s", from);
    if (strstr(at + 1, from)) fail_msg("twice in the form: %s", from);
    return arena_printf(&frame, "%.*s%s%s", (int)(at - form), form, to, at + strlen(from));
}

/* Takes the @ out and says where it stood. */
static char *unmarked(char *text, int *line, int *column) {
    char *mark = strchr(text, '@');
    assert_non_null(mark);
    *line = *column = 1;
    for (const char *p = text; p < mark; p++) {
        if (*p == '\n') ++*line, *column = 0;
        if (((unsigned char)*p & 0xC0) != 0x80) ++*column;
        if (*p == '\n') *column = 1;
    }
    memmove(mark, mark + 1, strlen(mark));
    return text;
}

static struct template *read_form(const char *text) {
    struct template *t = NULL;
    if (template_read(&t, "TRY.json", text, strlen(text))) fail_msg("%s", status_detail());
    return t;
}

static void a_form_is_read_whole(void **state) {
    (void)state;
    struct template *t = read_form(form);
    assert_string_equal(t->code, "TRY");
    assert_int_equal(t->version, 3);
    assert_string_equal(t->about, "Only for tests, with a £ in it.");
    assert_string_equal(t->framework, "cqc-saf-2024-12");
    assert_true(t->night && !t->guide);
    assert_string_equal(t->speaker, "");
    assert_int_equal(t->lengths_count, 2);
    assert_int_equal(t->lengths[1].modules, 1);
    assert_int_equal(t->modules_count, 1);
    assert_string_equal(t->modules[0].title, "Bedrooms");
    assert_string_equal(t->use, "check");
    assert_string_equal(t->who, "Whoever leads");
    assert_string_equal(t->often, "Each month");
    assert_true(t->every_days == 28 && t->from_min == 22 * 60 && t->to_min == 390);
    assert_true(t->places_count == 2 && t->settings_count == 1);
    assert_string_equal(t->places[1], "stairs");
    assert_string_equal(t->settings[0], "nursing_home");
    assert_int_equal(t->sections_count, 3);
    assert_string_equal(t->sections[1].repeat_of, "rooms");
    assert_string_equal(t->sections[2].repeat_of, "records");
    assert_int_equal(t->sections[0].items_count, 2);
    assert_int_equal(t->sections[1].first_item, 2);
    assert_true(t->sections[1].repeats && t->sections[1].repeat_most == 6);
    assert_int_equal(t->json_size, form_size);
    assert_string_equal(t->json, form);
    const struct item *one = template_item(t, "T1"), *two = template_item(t, "T2"),
                      *three = template_item(t, "T3");
    assert_null(template_item(t, "T7"));
    assert_true(one->required && one->critical && !one->asks_worker && one->takes_both &&
                one->night_only);
    assert_string_equal(one->statements[1], "CAR-C1");
    assert_int_equal(one->regulations_count, 2);
    assert_string_equal(one->catches[0], "SAF-S3/17");
    assert_string_equal(one->settings[1], "extra_care");
    assert_string_equal(one->phrases[1], "Not found");
    assert_string_equal(one->lane, "before_leave");
    assert_int_equal(one->since, 2);
    assert_int_equal(one->when_count, 0);
    assert_string_equal(two->help, "");
    assert_int_equal(two->since, 1);
    assert_int_equal(two->parts_count, 1);
    assert_int_equal(two->parts[0].kind, PART_ASK);
    assert_true(two->when_count == 1 && two->when->by_number && !two->when_any);
    assert_int_equal(two->when->at_least, 1000); /* a number's unit is thousandths */
    assert_string_equal(three->when->is_not, "open");
    assert_null(three->when->is);
    assert_int_equal(three->section, 1);
    template_close(t);
    template_close(NULL);
}

static void newer_kinds_are_read(void **state) {
    (void)state;
    struct template *t = read_form(form);
    const struct item *four = template_item(t, "T4"), *five = template_item(t, "T5"),
                      *six = template_item(t, "T6");
    const struct part *share = item_part(four, "share"), *look = item_part(four, "look"),
                      *end = item_part(four, "end"), *seen = item_part(four, "seen");
    assert_string_equal(four->simple, "Files?");
    assert_string_equal(four->picture, "book");
    assert_true(share->kind == PART_PERCENT && share->rule == TARGET_AT_LEAST);
    assert_int_equal(share->target_default, 92500);
    assert_true(look->kind == PART_SINCE && look->target_default == 28000);
    assert_true(end->kind == PART_UNTIL && end->rule == TARGET_AT_LEAST);
    assert_int_equal(item_part(four, "own")->kind, PART_SCORE);
    assert_int_equal(item_part(four, "pick")->of, 5);
    assert_true(seen->choices[0].good && !seen->choices[0].bad);
    assert_true(!seen->choices[1].good && !seen->choices[1].bad && seen->choices[2].bad);
    assert_true(five->when_count == 2 && !five->when_any);
    assert_true(five->when[0].at_least == 29000 && five->when[0].at_most == 90000);
    assert_string_equal(five->when[1].is, "action");
    assert_true(six->when_count == 2 && six->when_any);
    assert_true(six->when[0].at_least == INT64_MIN && six->when[0].at_most == 2);
    template_close(t);
}

static void numbers_have_their_units(void **state) {
    (void)state;
    struct template *t = read_form(form);
    const struct item *i = template_item(t, "T1");
    const struct part *count = item_part(i, "count"), *wait = item_part(i, "wait"),
                      *heat = item_part(i, "heat"), *late = item_part(i, "late"),
                      *reach = item_part(i, "reach"), *door = item_part(i, "door");
    assert_true(count->bounded && count->least == 0 && count->most == 60000);
    assert_int_equal(count->rule, TARGET_NONE);
    assert_true(wait->most == 900000 && wait->target_default == 180000 &&
                wait->rule == TARGET_AT_MOST);
    assert_true(heat->least == -5000 && heat->most == 40500);
    assert_true(heat->target_default == 18500 && heat->target_default_high == 24000 &&
                heat->rule == TARGET_BETWEEN);
    assert_string_equal(heat->unit, "°C");
    assert_true(late->most == 90 * 60000 &&
                late->target_default == 15000); /* ms; thousandths of a minute */
    assert_true(reach->of == 4 && reach->most == 6);
    assert_false(item_part(i, "")->bounded);
    assert_int_equal(door->choices_count, 2);
    assert_true(!door->choices[0].bad && door->choices[1].bad);
    assert_null(item_part(i, "roof"));
    template_close(t);
}

static void kinds_have_names(void **state) {
    (void)state;
    assert_string_equal(part_kind_name(PART_X_OF_Y), "x_of_y");
    assert_string_equal(part_kind_column(PART_TALLY), "list");
    assert_string_equal(part_kind_column(PART_SECONDS), "number");
    assert_string_equal(part_kind_name(PART_KINDS), "");
}

/* "\\n" in a case is a line break, "\\\\" one backslash, "(nothing)" no text at all. */
static char *plain(char *text) {
    if (text_equal(text, "(nothing)")) return text + strlen(text);
    char *to = text;
    for (const char *p = text; *p; p++) {
        bool escape = *p == '\\' && (p[1] == 'n' || p[1] == '\\');
        if (escape) p++;
        *to++ = escape && *p == 'n' ? '\n' : *p;
    }
    *to = '\0';
    return text;
}

static void what_is_wrong_is_told_with_its_place(void **state) {
    (void)state;
    struct cases c = cases_of(&frame, "template");
    char *l[3];
    while (cases_next(&c, 3, l)) {
        char *text = edited(plain(l[0]), plain(l[1]));
        struct template *t = NULL;
        int line = 0, column = 0;
        if (strchr(text, '@')) unmarked(text, &line, &column);
        if (template_read(&t, "TRY.json", text, strlen(text)) != STATUS_INVALID)
            fail_msg("template.test, line %d: taken", c.line);
        assert_null(t);
        const char *place =
            line ? arena_printf(&frame, "TRY.json: line %d, column %d: ", line, column)
                 : "TRY.json: line ";
        bool any = text_equal(l[2], "-");
        if (any ? !text_starts(status_detail(), place)
                : !text_equal(status_detail(), arena_printf(&frame, "%s%s", place, l[2])))
            fail_msg("template.test, line %d: wanted %s%s\n   got %s", c.line, place, l[2],
                     status_detail());
    }
    printf("figure: %d mistakes in a form refused, each with its place\n", c.count);
}

/* A critical item owes four texts and two phrases; each is taken away in turn. */
static void critical_items_owe(void **state) {
    (void)state;
    static const char *const fields[] = {
        "\"goodLooksLike\": \"All awake.\", ", "\"measure\": \"Seen awake.\", ",
        "\"ownerRole\": \"night lead\",", "\"lane\": \"before_leave\", "};
    static const char *const names[] = {"goodLooksLike", "measure", "ownerRole", "lane"};
    for (int i = 0; i < 4; i++) {
        struct template *t = NULL;
        const char *text = edited(fields[i], "");
        assert_int_equal(template_read(&t, "TRY.json", text, strlen(text)), STATUS_INVALID);
        assert_string_equal(
            status_detail(),
            arena_printf(&frame,
                         "TRY.json: line 14, column 7: item T1: a critical item needs \"%s\"",
                         names[i]));
    }
    struct template *t = NULL;
    const char *text = edited("[\"Asleep in a chair\", \"Not found\"]", "[\"Not found\"]");
    assert_int_equal(template_read(&t, "TRY.json", text, strlen(text)), STATUS_INVALID);
    assert_string_equal(
        status_detail(),
        "TRY.json: line 14, column 7: item T1: a critical item needs two \"phrases\" or more");
    text = edited("\"critical\": true", "\"critical\": false");
    const char *lane = strstr(text, "\"lane\"");
    assert_non_null(lane);
    template_close(read_form(text));
}

static void a_newer_form_is_told_apart(void **state) {
    (void)state;
    struct template *t = NULL;
    const char *text = edited("lantern.template/1", "lantern.template/2");
    assert_int_equal(template_read(&t, "TRY.json", text, strlen(text)), STATUS_NEWER);
    assert_string_equal(
        status_detail(),
        "TRY.json: line 2, column 3: \"schema\" must be \"lantern.template/1\"");
    text = edited("lantern.template/1", "lantern.template/x");
    assert_int_equal(template_read(&t, "TRY.json", text, strlen(text)), STATUS_INVALID);
    assert_null(t);
}

/* A form of `items` items over `sections` sections, `parts` parts each, `choices` choices each.
 */
static enum status read_sized(int sections, int items, int parts, int choices) {
    struct buf b = {0};
    buf_text(&b,
             "{\"schema\":\"lantern.template/"
             "1\",\"code\":\"BIG\",\"version\":1,\"title\":\"Big\",\"framework\":\"f\","
             "\"lengths\":[{\"id\":\"core\",\"title\":\"Core\",\"minutes\":1}],\"sections\":[");
    for (int s = 0, n = 0; s < sections; s++) {
        buf_printf(&b, "%s{\"id\":\"s%d\",\"title\":\"S\",\"items\":[", s ? "," : "", s);
        int share = items / sections + (s < items % sections);
        for (int i = 0; i < share; i++, n++) {
            buf_printf(
                &b,
                "%s{\"id\":\"i%d\",\"text\":\"T\",\"module\":\"core\",\"statement\":\"SAF-S1\","
                "\"evidence\":\"staff\",\"parts\":[",
                i ? "," : "", n);
            for (int p = 0; p < parts; p++) {
                buf_printf(&b, "%s{\"id\":\"p%d\",\"kind\":\"tally\",\"choices\":[",
                           p ? "," : "", p);
                for (int c = 0; c < choices; c++)
                    buf_printf(&b, "%s{\"id\":\"c%d\",\"text\":\"C\"}", c ? "," : "", c);
                buf_text(&b, "]}");
            }
            buf_text(&b, "]}");
        }
        buf_text(&b, "]}");
    }
    buf_text(&b, "]}");
    struct template *t = NULL;
    enum status s = template_read(&t, "BIG.json", buf_str(&b), b.size);
    if (!s) assert_int_equal(t->items_count, items);
    template_close(t);
    buf_release(&b);
    return s;
}

static void limits_hold_at_their_edge(void **state) {
    (void)state;
    assert_int_equal(read_sized(4, 5000, 1, 1), STATUS_OK);
    assert_int_equal(read_sized(4, 5001, 1, 1), STATUS_INVALID);
    assert_true(strstr(status_detail(), "more than 5000 items") != NULL);
    assert_int_equal(read_sized(200, 200, 1, 1), STATUS_OK);
    assert_int_equal(read_sized(201, 201, 1, 1), STATUS_INVALID);
    assert_true(
        strstr(status_detail(), "\"sections\" has 201 entries; it must have 1 to 200") != NULL);
    assert_int_equal(read_sized(1, 1, 8, 16), STATUS_OK);
    assert_int_equal(read_sized(1, 1, 9, 16), STATUS_INVALID);
    assert_true(strstr(status_detail(), "\"parts\" has 9 entries; it must have 1 to 8") !=
                NULL);
    assert_int_equal(read_sized(1, 1, 8, 17), STATUS_INVALID);
    assert_true(strstr(status_detail(), "\"choices\" has 17 entries; it must have 1 to 16") !=
                NULL);
    assert_int_equal(read_sized(1, 1, 1, 0), STATUS_INVALID);
    size_t n = TEMPLATE_BYTES_MAX + 1;
    char *big = arena_take(&frame, n);
    memset(big, ' ', n);
    struct template *t = NULL;
    assert_int_equal(template_read(&t, "BIG.json", big, n), STATUS_TOO_LARGE);
    const char *path = scratch("big.json");
    assert_int_equal(file_write(path, big, n, 0600), STATUS_OK);
    assert_int_equal(template_load(&t, path), STATUS_TOO_LARGE);
    assert_int_equal(template_load(&t, scratch("none.json")), STATUS_NOT_FOUND);
    assert_null(t);
}

/* ---- what no author means ---- */

/* Refused with one message, and nothing is left behind. */
static void refused(const char *text, size_t n, enum status as, const char *says) {
    struct template *t = NULL;
    assert_int_equal(template_read(&t, "BAD.json", text, n), as);
    assert_null(t);
    if (!strstr(status_detail(), says)) fail_msg("wanted %s\n   got %s", says, status_detail());
    assert_null(strchr(status_detail(), '\n'));
    assert_in_range(strlen(status_detail()), 1, 400);
    enum status head = template_head(&t, "BAD.json", text, n);
    if (head == STATUS_OK) { /* only its questions are wrong: they never get in */
        assert_null(t->items);
        assert_int_equal(template_fill(t, "BAD.json", text, n), as);
        assert_null(t->items);
        template_close(t);
    }
    status_clear();
}

static const char *with_items(struct buf *b, int count, const char *item) {
    buf_clear(b);
    buf_text(b, "{\"schema\":\"lantern.template/1\",\"code\":\"BAD\",\"version\":1,\"title\":"
                "\"Bad\",\"framework\":\"f\",\"lengths\":[{\"id\":\"core\",\"title\":\"Core\","
                "\"minutes\":1}],\"sections\":[{\"id\":\"s\",\"title\":\"S\",\"items\":[");
    for (int i = 0; i < count; i++) {
        buf_text(b, i ? "," : "");
        const char *number = strchr(item, '#');
        buf_add(b, item, (size_t)(number - item));
        buf_printf(b, "%d%s", i, number + 1);
    }
    buf_text(b, "]}]}");
    return buf_str(b);
}

#define REST "\"module\":\"core\",\"statement\":\"SAF-S1\",\"evidence\":\"staff\""

static void what_no_author_means_is_told_once(void **state) {
    (void)state;
    struct buf b = {0}, line = {0};
    const char *text = with_items(&b, 100000, "{\"id\":\"i#\"}");
    refused(text, b.size, STATUS_INVALID, "\"items\" has 100000 entries");
    with_items(&b, 1, "{\"id\":\"i#\",\"text\":\"T\"," REST ",\"answer\":\"stars\"}");
    refused(buf_str(&b), b.size, STATUS_INVALID, "\"stars\"");
    with_items(&b, 1, "{\"text\":\"T#\"," REST ",\"answer\":\"met\"}");
    refused(buf_str(&b), b.size, STATUS_INVALID, "\"id\"");
    with_items(&b, 1,
               "{\"id\":\"i#\",\"text\":\"T\"," REST
               ",\"answer\":\"met\",\"when\":{\"item\":\"i0\",\"is\":\"met\"}}");
    refused(buf_str(&b), b.size, STATUS_INVALID, "i0");
    with_items(&b, 2,
               "{\"id\":\"i#\",\"text\":\"T\"," REST
               ",\"answer\":\"met\",\"when\":{\"item\":\"i1\",\"is\":\"met\"}}");
    refused(buf_str(&b), b.size, STATUS_INVALID, "i1"); /* a circle begins by looking ahead */
    for (int i = 0; i < 1000000; i++)
        buf_byte(&line, 'x');
    buf_clear(&b);
    buf_printf(&b, "{\"id\":\"i#\",\"text\":\"%s\"," REST ",\"answer\":\"met\"}",
               buf_str(&line));
    char *item = arena_strdup(&frame, buf_str(&b));
    with_items(&b, 1, item);
    refused(buf_str(&b), b.size, STATUS_INVALID, "has 1000000 bytes, more than 300");
    refused(buf_str(&line), line.size, STATUS_INVALID, "line 1, column ");
    with_items(&b, 1, "{\"id\":\"i#\",\"text\":\"\xC3(\"," REST ",\"answer\":\"met\"}");
    refused(buf_str(&b), b.size, STATUS_INVALID, "line 1, column ");
    refused("", 0, STATUS_INVALID, "line 1");
    buf_release(&b);
    buf_release(&line);
}

/* The example at the end of the page for authors is a form. */
static void the_example_for_authors_works(void **state) {
    (void)state;
    struct buf page = {0}, example = {0};
    assert_int_equal(file_read("assets/templates/README.md", 1 << 20, &page), STATUS_OK);
    const char *line = strstr(buf_str(&page), "## A whole small form");
    assert_non_null(line);
    for (; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (text_starts(line, "    "))
            buf_add(&example, line, (size_t)(strchr(line, '\n') - line) + 1);
    struct template *t = read_form(buf_str(&example));
    assert_string_equal(t->code, "BELL");
    assert_int_equal(t->items_count, 2);
    template_close(t);
    buf_release(&page);
    buf_release(&example);
}

/* The page names every field and every kind of answer there is. */
static void the_page_for_authors_is_whole(void **state) {
    (void)state;
    static const struct field *const tables[] = {
        template_root_fields,    template_length_fields, template_module_fields,
        template_section_fields, template_item_fields,   template_part_fields,
        template_choice_fields,  template_when_fields};
    struct buf page = {0};
    assert_int_equal(file_read("assets/templates/README.md", 1 << 20, &page), STATUS_OK);
    int names = 0;
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++)
        for (const struct field *f = tables[k]; f->name; f++, names++)
            if (!strstr(buf_str(&page), arena_printf(&frame, "`%s`", f->name)) &&
                !strstr(buf_str(&page), arena_printf(&frame, "`\"%s\"", f->name)))
                fail_msg("the page does not name the field %s", f->name);
    for (int k = 0; k < PART_KINDS; k++, names++)
        if (!strstr(buf_str(&page),
                    arena_printf(&frame, "`%s`", part_kind_name((enum part_kind)k))))
            fail_msg("the page does not name the kind %s", part_kind_name((enum part_kind)k));
    buf_release(&page);
    printf("figure: %d fields and kinds of answer, each on the page for authors\n", names);
}

/* The list of forms needs no more than heads. Filled, a head is the form as it is read whole.
 */
static void same_form(const struct template *a, const struct template *b, bool filled) {
    assert_string_equal(a->code, b->code);
    assert_string_equal(a->title, b->title);
    assert_string_equal(a->about, b->about);
    assert_string_equal(a->use, b->use);
    assert_string_equal(a->who, b->who);
    assert_true(a->version == b->version && a->night == b->night && a->guide == b->guide);
    assert_true(a->every_days == b->every_days && a->from_min == b->from_min);
    assert_int_equal(a->places_count, b->places_count);
    assert_int_equal(a->lengths_count, b->lengths_count);
    assert_int_equal(a->modules_count, b->modules_count);
    assert_int_equal(a->sections_count, b->sections_count);
    assert_int_equal(a->items_count, b->items_count);
    for (int i = 0; filled && i < a->items_count; i++) {
        assert_string_equal(a->items[i].id, b->items[i].id);
        assert_ptr_equal(template_item(a, b->items[i].id), &a->items[i]);
    }
}

static void a_head_is_the_form_without_questions(void **state) {
    (void)state;
    struct template *whole = read_form(form), *head = NULL;
    assert_int_equal(template_head(&head, "TRY.json", form, form_size), STATUS_OK);
    same_form(head, whole, false);
    assert_true(!head->items && !head->sections && !head->json);
    assert_null(template_item(head, "T1"));
    const char *title = head->title;
    char *other = edited("\"version\": 3", "\"version\": 4");
    assert_int_equal(template_fill(head, "TRY.json", other, form_size), STATUS_INVALID);
    assert_null(head->items);
    assert_int_equal(template_fill(head, "TRY.json", form, form_size), STATUS_OK);
    same_form(head, whole, true);
    assert_ptr_equal(head->title, title); /* what was pointed to stays */
    assert_int_equal(template_fill(head, "TRY.json", form, form_size), STATUS_OK);
    template_close(head);
    template_close(whole);
}

/* Where the head is wrong the complaint is the same; brackets and quotes within texts count for
 * nothing. */
static void a_head_is_refused_like_the_whole(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"\"code\": \"TRY\"", "\"code\": \"A B\""},
        {"\"schema\": \"lantern.template/1\"", "\"schema\": \"lantern.template/9\""},
        {"\"sections\": [", "\"section\": ["},
        {"\"sections\": [", "\"sections\": {"},
        {"\"sections\": [", "\"sections\": [], \"sections\": ["},
        {"\"A try\"", "\"A try"},
        {"\"modules\": 1}]", "\"modules\": 9}]"},
        {"\"isNot\": \"open\"}}]},", "\"isNot\": \"open\"}]},"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = edited(cases[i][0], cases[i][1]);
        struct template *t = NULL;
        enum status s = template_read(&t, "TRY.json", text, strlen(text));
        assert_int_not_equal(s, STATUS_OK);
        const char *says = arena_strdup(&frame, status_detail());
        status_clear();
        assert_int_equal(template_head(&t, "TRY.json", text, strlen(text)), s);
        assert_string_equal(status_detail(), says);
        assert_null(t);
    }
    const char *odd = edited("\"Was everyone awake?\"", "\"[{\\\"sections\\\": \\\\\"");
    struct template *head = NULL;
    assert_int_equal(template_head(&head, "TRY.json", odd, strlen(odd)), STATUS_OK);
    assert_true(head->items_count == 6 && head->sections_count == 3 && !head->items);
    template_close(head);
}

static double seconds_of(int64_t since_ns) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)((int64_t)t.tv_sec * 1000000000 + t.tv_nsec - since_ns) / 1e9;
}

static void heads_of_all_forms(void **state) {
    (void)state;
    char **names;
    size_t n = 0;
    double heads = 0, wholes = 0;
    if (dir_list(&frame, "assets/templates", ".json", &names, &n))
        fail_msg("%s", status_detail());
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        struct template *head = NULL, *whole = NULL;
        assert_int_equal(
            file_read(path_join(&frame, "assets/templates", names[i]), 1 << 22, &b), STATUS_OK);
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        int64_t from = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
        assert_int_equal(template_head(&head, names[i], buf_str(&b), b.size), STATUS_OK);
        heads += seconds_of(from);
        assert_null(head->items);
        if (template_read(&whole, names[i], buf_str(&b), b.size))
            fail_msg("%s", status_detail());
        wholes += seconds_of(from);
        same_form(head, whole, false);
        assert_int_equal(template_fill(head, names[i], buf_str(&b), b.size), STATUS_OK);
        same_form(head, whole, true);
        template_close(head);
        template_close(whole);
        buf_release(&b);
    }
    printf("figure: heads of %zu forms in %.1f ms, heads and wholes %.1f ms (sanitized)\n", n,
           heads * 1e3, wholes * 1e3);
}

/* Every form and framework that ships, and what they say of each other. */
static void what_ships_is_sound(void **state) {
    (void)state;
    char **names;
    size_t n = 0, items = 0, frameworks = 0;
    struct framework *f = NULL;
    if (dir_list(&frame, "assets/frameworks", ".json", &names, &frameworks))
        fail_msg("%s", status_detail());
    for (size_t i = 0; i < frameworks; i++) {
        framework_close(f);
        f = NULL;
        if (framework_load(&f, path_join(&frame, "assets/frameworks", names[i])))
            fail_msg("%s", status_detail());
    }
    if (dir_list(&frame, "assets/templates", ".json", &names, &n))
        fail_msg("%s", status_detail());
    for (size_t i = 0; i < n; i++) {
        struct template *t = NULL;
        if (template_load(&t, path_join(&frame, "assets/templates", names[i])))
            fail_msg("%s", status_detail());
        assert_string_equal(names[i], arena_printf(&frame, "%s.json", t->code));
        items += (size_t)t->items_count;
        for (int k = 0; f && text_equal(t->framework, f->id) && k < t->items_count; k++) {
            const struct item *it = &t->items[k];
            if (!framework_statement(f, it->statement))
                fail_msg("%s: %s", it->id, it->statement);
            for (int s = 0; s < it->statements_count; s++)
                if (!framework_statement(f, it->statements[s]))
                    fail_msg("%s: %s", it->id, it->statements[s]);
            for (int g = 0; g < it->regulations_count; g++)
                if (!framework_regulation(f, it->regulations[g]))
                    fail_msg("%s: %s", it->id, it->regulations[g]);
        }
        template_close(t);
    }
    framework_close(f);
    printf("figure: %zu frameworks, %zu forms with %zu items read\n", frameworks, n, items);
}

/* ---- frameworks ---- */

static const char small[] =
    "{\"schema\": \"lantern.framework-data/1\", \"id\": \"try\", \"title\": \"A try\",\n"
    " \"questions\": [{\"code\": \"SAF\", \"name\": \"Safe\", \"statements\": [\n"
    "   {\"code\": \"SAF-S1\", \"name\": \"One\", \"plain\": \"First.\", \"keywords\": "
    "[\"fall\", \"log\"]},\n"
    "   {\"code\": \"SAF-S2\", \"name\": \"Two\", \"plain\": \"Second.\", \"keywords\": "
    "[\"bell\", \"fire door\"]}]},\n"
    "  {\"code\": \"CAR\", \"name\": \"Caring\", \"statements\": [\n"
    "   {\"code\": \"CAR-C1\", \"name\": \"Three\", \"plain\": \"Third.\", \"keywords\": "
    "[\"bell\", \"rude\", \"cold\"]}]}],\n"
    " \"regulations\": [{\"id\": \"RA2014-12\", \"set\": \"RA2014\", \"number\": \"12\", "
    "\"title\": \"Safe care\", \"plain\": \"\"}]}\n";

static enum status load_framework(struct framework **f, const char *text) {
    const char *path = scratch("try.json");
    assert_int_equal(file_write(path, text, strlen(text), 0600), STATUS_OK);
    return framework_load(f, path);
}

static void frameworks_are_read_and_ranked(void **state) {
    (void)state;
    struct framework *f = NULL;
    if (load_framework(&f, small)) fail_msg("%s", status_detail());
    assert_int_equal(f->statements_count, 3);
    assert_int_equal(framework_question_of(f, "CAR-C1"), 1);
    assert_int_equal(framework_question_of(f, "CAR-C9"), -1);
    assert_string_equal(framework_statement(f, "SAF-S2")->name, "Two");
    assert_string_equal(framework_regulation(f, "RA2014-12")->title, "Safe care");
    assert_null(framework_regulation(f, "RA2014-13"));
    static const char *const near_c1[] = {"CAR-C1"}, *const near_two[] = {"SAF-S2", "ZZZ-Z9"};
    static const struct {
        const char *text;
        const char *const *near;
        int near_count, order[3];
    } cases[] = {
        {"", NULL, 0, {0, 1, 2}},                       /* the framework's order */
        {"", near_c1, 1, {2, 0, 1}},                    /* the section one came from */
        {"The bell rang", NULL, 0, {1, 2, 0}},          /* words; equal ones in order */
        {"The bell rang", near_c1, 1, {2, 1, 0}},       /* equal words: the nearer */
        {"A fall", near_c1, 1, {0, 2, 1}},              /* a word outweighs nearness */
        {"Rude, and the bell", near_two, 2, {2, 1, 0}}, /* two words outweigh one */
        {"the FIRE DOOR stood open", NULL, 0, {1, 0, 2}},
        {"falls, bells, colder", NULL, 0, {0, 1, 2}}, /* whole words only */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int got[3] = {-1, -1, -1};
        assert_int_equal(
            framework_rank(f, cases[i].text, cases[i].near, cases[i].near_count, 3, got), 3);
        if (memcmp(got, cases[i].order, sizeof got) != 0)
            fail_msg("%s: %d %d %d", cases[i].text, got[0], got[1], got[2]);
        int first[3] = {-1, -1, -1};
        assert_int_equal(
            framework_rank(f, cases[i].text, cases[i].near, cases[i].near_count, 1, first), 1);
        assert_true(first[0] == got[0] && first[1] == -1);
    }
    int many[9];
    assert_int_equal(framework_rank(f, NULL, NULL, 0, 9, many), 3);
    assert_int_equal(framework_rank(f, "bell", NULL, 0, 0, many), 0);
    framework_close(f);
    framework_close(NULL);
}

static void frameworks_refuse(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        {"framework-data/1", "framework/1",
         "try.json: line 1, column 2: \"schema\" must be \"lantern.framework-data/1\""},
        {"\"SAF-S2\"", "\"SAF-S1\"",
         "try.json: line 4, column 4: statement SAF-S1: this code stands here twice"},
        {"\"SAF-S2\"", "\"SAF-2\"",
         "try.json: line 4, column 4: statement SAF-2: the code must look like SAF-S6"},
        {"\"code\": \"CAR\"", "\"code\": \"SAF\"",
         "try.json: line 5, column 3: question SAF: this code stands here twice"},
        {"\"rude\"", "\"Rude\"",
         "try.json: line 6, column 4: statement CAR-C1: keywords are lower case: Rude"},
        {"\"number\": \"12\"", "\"number\": \"13\"",
         "try.json: line 7, column 18: regulation RA2014-12: the id must be set and number, "
         "such as RA2014-12"},
        {"\"plain\": \"First.\"", "\"plane\": \"First.\"",
         "try.json: line 3, column 38: statement SAF-S1: no field is called \"plane\""},
        {" \"regulations\"", " \"laws\"",
         "try.json: line 7, column 2: no field is called \"laws\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = strstr(small, cases[i].from);
        assert_non_null(at);
        struct framework *f = NULL;
        enum status s =
            load_framework(&f, arena_printf(&frame, "%.*s%s%s", (int)(at - small), small,
                                            cases[i].to, at + strlen(cases[i].from)));
        assert_int_equal(s, STATUS_INVALID);
        assert_null(f);
        assert_string_equal(status_detail(), cases[i].says);
    }
}

/* ---- rubbish ---- */

/* One to four edits: a byte changed, a run dropped, a run copied elsewhere, a token put in. */
static size_t mutate(draw *d, char *text, size_t n, size_t room) {
    static const char *const tokens[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         "\"",
                                         ",",
                                         ":",
                                         "null",
                                         "true",
                                         "-1",
                                         "1e9",
                                         "\"\"",
                                         "{}",
                                         "[]",
                                         "\\u0000",
                                         "\"id\":",
                                         "99999999999999999999",
                                         "\xC3",
                                         "0.0001",
                                         "\"when\":{"};
    for (uint32_t edits = 1 + draw_below(d, 4); edits && n > 1; edits--) {
        size_t at = draw_below(d, (uint32_t)n), run = 1 + draw_below(d, 40);
        if (run > n - at) run = n - at;
        const char *token = tokens[draw_below(d, sizeof tokens / sizeof *tokens)];
        size_t length = strlen(token), to = draw_below(d, (uint32_t)n);
        switch (draw_below(d, 4)) {
        case 0:
            text[at] = (char)draw_below(d, 256);
            break;
        case 1:
            memmove(text + at, text + at + run, n - at - run);
            n -= run;
            break;
        case 2:
            if (to + run <= n) memmove(text + to, text + at, run);
            break;
        default:
            if (n + length > room) break;
            memmove(text + at + length, text + at, n - at);
            memcpy(text + at, token, length);
            n += length;
        }
    }
    return n;
}

/* One value for another, still JSON: so the readers behind the parser get their share. */
static size_t mutate_value(draw *d, char *text, size_t n, size_t room) {
    static const char *const values[] = {
        "0",           "-1",         "1",          "7",
        "1e300",       "0.0005",     "2147483648", "-9223372036854775808",
        "\"\"",        "\" \"",      "\"core\"",   "\"T1\"",
        "\"count\"",   "\"number\"", "\"ticks\"",  "\"x_of_y\"",
        "\"between\"", "\"SAF-S6\"", "\"£\"",      "true",
        "false",       "null",       "[]",         "{}",
        "[[]]",        "[null]",     "[\"a\"]",    "{\"id\": \"x\"}"};
    size_t at = draw_below(d, (uint32_t)n);
    while (at < n && text[at] != ':')
        at++;
    size_t from = at + 2, end = from;
    if (from >= n || text[from] == '[' || text[from] == '{') return n;
    while (end < n && !strchr(",}]\n", text[end]))
        end++;
    const char *value = values[draw_below(d, sizeof values / sizeof *values)];
    size_t length = strlen(value);
    if (n - (end - from) + length > room) return n;
    memmove(text + from + length, text + end, n - end);
    memcpy(text + from, value, length);
    return n - (end - from) + length;
}

static void no_bytes_crash_the_reader(void **state) {
    (void)state;
    enum { ROUNDS = 20000, SPARE = 200 };
    draw d = {20261122};
    int taken = 0, placed = 0, deep = 0;
    char *room = arena_take(&frame, form_size + 1 + SPARE);
    for (int i = 0; i < ROUNDS; i++) {
        memcpy(room, form, form_size + 1);
        size_t n = form_size;
        if (i % 2)
            n = mutate(&d, room, n, form_size + 1 + SPARE);
        else
            for (uint32_t edits = 1 + draw_below(&d, 3); edits; edits--)
                n = mutate_value(&d, room, n, form_size + 1 + SPARE);
        char *exact = malloc(n); /* no byte after its end may be read */
        assert_non_null(exact);
        memcpy(exact, room, n);
        struct template *t = NULL;
        enum status s = template_read(&t, "TRY.json", exact, n);
        free(exact);
        assert_true(s == STATUS_OK || s == STATUS_INVALID || s == STATUS_NEWER);
        if (s) assert_null(t);
        if (s) assert_true(text_valid(status_detail(), strlen(status_detail())));
        if (s && text_starts(status_detail(), "TRY.json: line ")) placed++;
        if (s && (strstr(status_detail(), ": item ") || strstr(status_detail(), ": section ")))
            deep++;
        if (!s) taken++;
        if (!s) assert_true(t->items_count >= 1 && t->items_count <= TEMPLATE_ITEMS_MAX);
        template_close(t);
        status_clear();
    }
    printf(
        "figure: %d damaged forms: %d refused, each with its place, %d of them in an item or "
        "section; %d still a form\n",
        ROUNDS, placed, deep, taken);
    assert_int_equal(placed + taken, ROUNDS);
    assert_in_range(taken, ROUNDS / 50, ROUNDS / 2); /* some are left whole ... */
    assert_in_range(deep, ROUNDS / 4, ROUNDS);       /* ... and many get past the parser */
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup(f, fresh)
        T(a_form_is_read_whole),
        T(numbers_have_their_units),
        T(newer_kinds_are_read),
        T(the_page_for_authors_is_whole),
        T(a_head_is_the_form_without_questions),
        T(a_head_is_refused_like_the_whole),
        T(heads_of_all_forms),
        T(what_no_author_means_is_told_once),
        T(kinds_have_names),
        T(what_is_wrong_is_told_with_its_place),
        T(critical_items_owe),
        T(a_newer_form_is_told_apart),
        T(limits_hold_at_their_edge),
        T(the_example_for_authors_works),
        T(what_ships_is_sound),
        T(frameworks_are_read_and_ranked),
        T(frameworks_refuse),
        T(no_bytes_crash_the_reader),
#undef T
    };
    int failed = cmocka_run_group_tests_name("template", tests, load_form, drop_form);
    arena_release(&frame);
    return failed;
}
