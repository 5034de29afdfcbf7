/* test_forms_kept.c -- which forms the tablet offers: an edition of the provider's own stands
 * before the built-in, a wrong one never takes its place, a retired one gives it back; and only
 * their heads are read at the start. needs: app screen model ui media sync care store base */
#include "walk_hand.h"

#include <stdlib.h>

#include "base/file.h"

static const struct template *offered(const char *code) {
    for (size_t i = 0; i < app->templates_count; i++)
        if (text_equal(app->templates[i]->code, code)) return app->templates[i];
    return NULL;
}

static row_id add_edition(int edition, const char *json, bool retired) {
    hash256 h;
    struct journal *j = app_journal(app);
    assert_int_equal(journal_begin(j), STATUS_OK);
    assert_int_equal(blob_put(j, json, strlen(json), &h), STATUS_OK);
    assert_int_equal(journal_commit(j), STATUS_OK);
    struct row r = row_new(&kind_template);
    row_text(&r, "code", "WALK");
    row_int(&r, "edition", edition);
    row_text(&r, "title", "Ours");
    row_hash(&r, "hash", &h);
    if (retired) row_int(&r, "retired", 1);
    row_id id = put(&r);
    app->model_stale = true; /* as a pack that was read, or an own form that was made */
    frame();
    return id;
}

static const char *walk_as(struct arena *a, int version, const char *title) {
    struct buf b = {0};
    assert_int_equal(file_read("assets/templates/WALK.json", 1 << 22, &b), STATUS_OK);
    char *text = arena_strdup(a, buf_str(&b)), *at = strstr(text, "\"version\": 1");
    buf_release(&b);
    assert_non_null(at);
    *at = 0;
    char *rest = at + strlen("\"version\": 1"), *name = strstr(rest, "\"title\": \"");
    assert_non_null(name);
    *name = 0;
    char *after = strstr(name + 10, "\",");
    return arena_printf(a, "%s\"version\": %d%s\"title\": \"%s%s", text, version, rest, title,
                        after);
}

static void only_heads_are_read_at_the_start(void **state) {
    (void)state;
    int whole = 0;
    for (size_t i = 0; i < app->templates_count; i++)
        whole += app->templates[i]->items != NULL;
    assert_int_equal(whole, 0);
    assert_true(app->templates_count >= 39);
    const struct template *head = offered("WALK");
    int items = head->items_count;
    assert_ptr_equal(form_read_whole(app, head), head);
    assert_true(head->items && head->items_count == items);
}

static void a_wrong_edition_never_takes_the_place(void **state) {
    (void)state;
    struct arena a = {0};
    const char *built_in = arena_strdup(&a, offered("WALK")->title);
    add_edition(2, walk_as(&a, 2, "Our own walk"), false);
    assert_string_equal(offered("WALK")->title, "Our own walk");
    add_edition(3, "{\"schema\": \"lantern.template/1\", \"code\": \"WALK\"", false);
    assert_string_equal(offered("WALK")->title, "Our own walk"); /* the old version is kept */
    const char *half = walk_as(&a, 4, "Half a walk");
    char *cut = strstr(half, "\"evidence\"");
    assert_non_null(cut);
    memcpy(cut, "\"evidenze\"", 10);
    add_edition(4, half, false); /* its head is right, a question is not */
    assert_string_equal(offered("WALK")->title, "Our own walk");
    assert_non_null(form_by_code(app, "WALK"));
    add_edition(5, walk_as(&a, 5, "Ours, retired"), true);
    assert_string_equal(offered("WALK")->title, built_in);
    add_edition(6, walk_as(&a, 6, "Ours again"), false);
    assert_string_equal(offered("WALK")->title, "Ours again");
    assert_int_equal(form_by_code(app, "WALK")->version, 6);
    arena_release(&a);
}

/* More forms than are kept, looked at for one model: none goes while it may be pointed to. */
static void forms_of_many_checks_live_together(void **state) {
    (void)state;
    row_id visits[64];
    int n = 0;
    for (size_t i = 0; i < app->templates_count && n < FORMS_MAX + 8; i++) {
        const struct template *t = app->templates[i];
        if (t->guide || !text_equal(t->use, "check")) continue;
        begin(t->code, "core", "");
        visits[n++] = visit;
    }
    assert_true(n > FORMS_MAX);
    const struct template *first = form_of_visit(app, visits[0]);
    char *code = strdup(first->code);
    for (int i = 1; i < n; i++)
        assert_non_null(form_of_visit(app, visits[i]));
    assert_string_equal(first->code, code);
    forms_refresh(app);
    assert_int_equal(app->forms_count, FORMS_MAX);
    free(code);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(only_heads_are_read_at_the_start),
        WALK(a_wrong_edition_never_takes_the_place),
        WALK(forms_of_many_checks_live_together),
    };
    return cmocka_run_group_tests_name("forms kept", tests, NULL, NULL);
}
