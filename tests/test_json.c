/* test_json.c -- JSON read, refused with line and column, and written. needs: base */
#include "base_help.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        FRESH(json_reads_what_stands_there),
        FRESH(json_says_line_and_column),
        FRESH(json_refuses),
        FRESH(json_writes),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, over);
}
