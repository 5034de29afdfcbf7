/* test_reference.c -- services, areas and people from files that somebody else wrote: what fits
 * is kept, what does not is refused whole with its place, and nothing brings the program down;
 * needs: model care store base
 *
 * After each refusal the journal must be what it was: same content hash, same tables. */
#include "support.h"

#include "base/text.h"
#include "model/reference.h"
#include "store/query.h"

static struct clock_manual now = {.wall_ms = 1790000000000LL};

static struct journal *fresh(const char *name) {
    struct journal *j = NULL;
    struct journal_options o = {.path = scratch(name),
                                .device_name = "Office",
                                .device_role = "office",
                                .clock = clock_manual(&now)};
    assert_int_equal(journal_open(&j, &o), STATUS_OK);
    return j;
}

static const char *const wrong_json[] = {
    "",
    "[]",
    "7",
    "{\"schema\":\"lantern.reference/2\"}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[[1]]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[[]]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[null]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":{\"OAK\":{}}}",
    "{\"schema\":\"lantern.reference/1\",\"services\":\"OAK\"}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[{}]}",
    "{\"schema\":\"lantern.reference/1\",\"provider\":[1]}",
    "{\"schema\":\"lantern.reference/1\",\"people\":{\"a\":1}}",
    "{\"schema\":\"lantern.reference/1\",\"people\":[1]}",
    "{\"schema\":\"lantern.reference/1\",\"staff\":[]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"A\",\"name\":\"A\","
    "\"rooms\":[]}]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"A\",\"name\":{}}]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"A\",\"name\":\"A\","
    "\"setting\":\"castle\"}]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"A\",\"name\":\"A\","
    "\"places\":1e300}]}",
    "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"A\",\"name\":\"A\","
    "\"areas\":[{\"name\":\"B\",\"service\":\"A\"}]}]}",
};

static const char *const wrong_csv[] = {
    "",
    "name\n\"never closed\n",
    "name,sort\nWillow,castle\n",
    "name,sort,service\nWillow,unit,NOWHERE\n",
    "name,nonsense\nWillow,1\n",
    "name\nWillow,Oak\n",
    "name\n\"a\"b\n",
    "name\n\xff\xfe\n",
    "kind,name\nhouse,Willow\n",
};

static void refused(struct journal *j, enum status s, const char *text, const hash256 *before) {
    hash256 after;
    struct journal_report r;
    if (!s) fail_msg("was taken: %s", text);
    assert_int_equal(s, STATUS_INVALID);
    assert_int_equal(journal_content_hash(j, true, &after), STATUS_OK);
    assert_true(hash_equal(before, &after));
    assert_int_equal(journal_verify(j, &r), STATUS_OK);
}

static void what_does_not_fit_is_refused_whole(void **state) {
    (void)state;
    struct journal *j = fresh("wrong.db");
    struct reference_summary sum;
    size_t n = 0;
    const char *first = "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"OAK\","
                        "\"name\":\"Oak House\"}]}";
    assert_int_equal(reference_add_json(j, "a.json", first, strlen(first), &sum), STATUS_OK);
    hash256 before;
    assert_int_equal(journal_content_hash(j, true, &before), STATUS_OK);
    for (size_t i = 0; i < sizeof wrong_json / sizeof *wrong_json; i++, n++)
        refused(j, reference_add_json(j, "a.json", wrong_json[i], strlen(wrong_json[i]), &sum),
                wrong_json[i], &before);
    for (size_t i = 0; i < sizeof wrong_csv / sizeof *wrong_csv; i++, n++)
        refused(j, reference_add_csv(j, "areas.csv", wrong_csv[i], strlen(wrong_csv[i]), &sum),
                wrong_csv[i], &before);
    print_message("figure: %zu files of services refused, each leaving everything as it was\n",
                  n);
    journal_close(j);
}

/* Every single byte of a good file dropped, doubled or turned into a bracket: taken or refused
 * with a place, never a crash, and never half of it. */
static void no_damaged_file_brings_it_down(void **state) {
    (void)state;
    static const char whole[] =
        "{\"schema\":\"lantern.reference/1\",\"provider\":{\"code\":\"P\",\"name\":\"P\"},"
        "\"services\":[{\"code\":\"A\",\"name\":\"A\",\"areas\":[{\"name\":\"W\",\"sort\":"
        "\"unit\"}],\"targets\":[{\"name\":\"bell\",\"value\":180}]}]}";
    static const char swaps[] = "[]{}\",:0\xff";
    struct journal *j = fresh("damaged.db");
    struct reference_summary sum;
    size_t taken = 0, tried = 0;
    for (size_t at = 0; at < sizeof whole - 1; at++) {
        for (size_t k = 0; k < sizeof swaps - 1; k++, tried++) {
            char text[sizeof whole];
            memcpy(text, whole, sizeof whole);
            text[at] = swaps[k];
            enum status s = reference_add_json(j, "a.json", text, sizeof whole - 1, &sum);
            if (s && !strstr(status_detail(), "a.json: line 1, column"))
                fail_msg("no place in: %s", status_detail());
            taken += !s;
        }
    }
    struct journal_report r;
    assert_int_equal(journal_verify(j, &r), STATUS_OK);
    assert_true(taken < tried);
    print_message("figure: %zu damaged files of services tried, %zu still made sense\n", tried,
                  taken);
    journal_close(j);
}

static void the_same_file_twice_writes_nothing(void **state) {
    (void)state;
    struct journal *j = fresh("twice.db");
    struct reference_summary sum;
    const char *text = "{\"schema\":\"lantern.reference/1\",\"services\":[{\"code\":\"OAK\","
                       "\"name\":\"Oak House\",\"areas\":[{\"name\":\"Willow\",\"sort\":"
                       "\"unit\"}]}]}";
    const char *csv =
        "\xEF\xBB\xBFname,sort,service\r\n\"Willow\",unit,OAK\r\n\r\nElm,unit,OAK";
    assert_int_equal(reference_add_json(j, "a.json", text, strlen(text), &sum), STATUS_OK);
    assert_int_equal(sum.written, 2);
    assert_int_equal(reference_add_json(j, "a.json", text, strlen(text), &sum), STATUS_OK);
    assert_int_equal(sum.written, 0);
    assert_int_equal(sum.same, 2);
    assert_int_equal(reference_add_csv(j, "areas.csv", csv, strlen(csv), &sum), STATUS_OK);
    assert_int_equal(sum.written, 1);
    assert_int_equal(sum.same, 1);
    assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM area", 0), 2);
    journal_close(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_is_refused_whole),
        cmocka_unit_test(no_damaged_file_brings_it_down),
        cmocka_unit_test(the_same_file_twice_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
