/* test_json.c -- JSON read, refused with line and column, and written. needs: base */
#include "base_help.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/json_decode.h"
#undef json_real
#include "base/text.h"
#include <jansson.h>

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
    assert_true(json_number(json_at(a, 1), 0) < -2.4 && json_number(json_at(a, 0), 0) > 0.9);
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

/* The decoder and jansson have one opinion of every text, and of what stands in it. */
static void same_value(const struct json_node *ours, json_t *theirs) {
    switch (json_typeof(theirs)) {
    case JSON_NULL:
        assert_int_equal(ours->type, JSON_T_NULL);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        assert_int_equal(ours->type, JSON_T_BOOL);
        assert_int_equal(ours->whole, json_is_true(theirs));
        break;
    case JSON_INTEGER:
        assert_int_equal(ours->type, JSON_T_INT);
        assert_int_equal(ours->whole, json_integer_value(theirs));
        break;
    case JSON_REAL: {
        double other = json_real_value(theirs);
        assert_int_equal(ours->type, JSON_T_REAL);
        assert_memory_equal(&ours->number, &other, sizeof other);
        break;
    }
    case JSON_STRING:
        assert_int_equal(ours->type, JSON_T_TEXT);
        assert_string_equal(ours->text, json_string_value(theirs));
        break;
    case JSON_ARRAY:
        assert_int_equal(ours->type, JSON_T_LIST);
        assert_int_equal(ours->count, json_array_size(theirs));
        for (size_t i = 0; i < ours->count; i++)
            same_value(&ours->kids[i], json_array_get(theirs, i));
        break;
    case JSON_OBJECT:
        assert_int_equal(ours->type, JSON_T_MAP);
        assert_int_equal(ours->count, json_object_size(theirs));
        for (size_t i = 0; i < ours->count; i++) {
            json_t *other = json_object_get(theirs, ours->kids[i].key);
            assert_non_null(other);
            same_value(&ours->kids[i], other);
        }
    }
}

static bool judged_alike(const char *text, size_t n) {
    struct arena a = {0};
    size_t deep = 0;
    char *own = arena_strndup(&a, text, n);
    json_error_t e;
    struct json_node *ours = json_decode(&a, own, n, &deep);
    json_t *theirs = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if ((ours != NULL) != (theirs != NULL && !deep))
        fail_msg("%s by us: %.*s", ours ? "taken" : "refused", (int)n, text);
    if (ours) same_value(ours, theirs);
    json_decref(theirs);
    arena_release(&a);
    return ours != NULL;
}

static void two_decoders_have_one_opinion(void **state) {
    (void)state;
    static const char *const texts[] = {
        "{\"a\":[1,-0,0,-2.5,1e9,1E-3,12.5e+2,true,false,null,\"x\"],\"b\":{\"c\":{}},\"d\":[]"
        "}",
        "[\"\\u00a3\\ud83d\\ude00\\\"\\\\\\/"
        "\\b\\f\\n\\r\\t\",\"\\u0041b\",\"\xC2\xA3\",\"\xE2\x82\xAC\"]",
        " {\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9,\"10\":0,"
        "\"11\":1,"
        "\"12\":2,\"13\":3,\"14\":[9223372036854775807,-9223372036854775808]}\n",
        "[9223372036854775808]",
        "[-9223372036854775809]",
        "[1e400]",
        "[1e-400]",
        "[-1e999]",
        "[\"\\ud83d\"]",
        "[\"\\ude00\"]",
        "[\"\\ud83dx\"]",
        "[\"\\u0000\"]",
        "[\"\\x\"]",
        "[\"\xC3(\"]",
        "[\"\xED\xA0\x80\"]",
        "[\"\xF5\x80\x80\x80\"]",
        "1",
        "\"a\"",
        "tru",
        "truex",
        "[-]",
        "[+1]",
        "[.5]",
        "[5.]",
        "[0x1]",
        "[1e]",
        "[NaN]",
        "{,}",
        "{\"a\"}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "[1 2]",
        "[",
        "{",
        "\"",
        "\"\\",
        "\xEF\xBB\xBF[]",
        "[]x",
        "[],",
        " "};
    static const char bytes[] = "{}[]\",:0123456789.eE+-tfn\\u/ \n\xC2\xA3\xD8\x01";
    enum { ROUNDS = 60000, ROOM = 400 };
    draw d = {20261122};
    int taken = 0;
    size_t count = sizeof texts / sizeof *texts;
    for (size_t i = 0; i < count; i++)
        judged_alike(texts[i], strlen(texts[i]));
    judged_alike("[1]\0", 4);
    judged_alike("[\"a\0b\"]", 7);
    for (int i = 0; i < ROUNDS; i++) {
        char text[ROOM];
        const char *from = texts[draw_below(&d, i % 2 ? 3 : (uint32_t)count)];
        size_t n = strlen(from);
        memcpy(text, from, n);
        for (uint32_t edits = draw_below(&d, 4); edits && n; edits--) {
            size_t at = draw_below(&d, (uint32_t)n), to = draw_below(&d, (uint32_t)n);
            size_t run = 1 + draw_below(&d, 6);
            if (run > n - at) run = n - at;
            if (draw_below(&d, 2)) {
                text[at] = bytes[draw_below(&d, sizeof bytes - 1)];
            } else if (draw_below(&d, 2)) {
                memmove(text + at, text + at + run, n - at - run);
                n -= run;
            } else if (to + run <= n) {
                memmove(text + to, text + at, run);
            }
        }
        taken += judged_alike(text, n);
    }
    printf("figure: %d texts judged alike by two decoders, %d of them taken\n", ROUNDS, taken);
    assert_in_range(taken, ROUNDS / 10, ROUNDS * 9 / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(json_reads_what_stands_there),
        FRESH(json_says_line_and_column),
        FRESH(json_refuses),
        FRESH(json_writes),
        FRESH(two_decoders_have_one_opinion),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, over);
}
