/* test_own_form.c -- a form of one's own is a form like any other, and its cards stay the cards
 * they were; needs: care base */
#include "support.h"

#include "base/file.h"
#include "base/text.h"
#include "care/own_form.h"

#define FORMS_MOST 64

static struct arena lasting;
static struct template *forms[FORMS_MOST];
static size_t forms_count;

static int read_all(void **state) {
    (void)state;
    char **names;
    size_t n;
    if (dir_list(&lasting, "assets/templates", ".json", &names, &n)) return -1;
    for (size_t i = 0; i < n && forms_count < FORMS_MOST; i++) {
        char *path = path_join(&lasting, "assets/templates", names[i]);
        if (!template_load(&forms[forms_count], path)) forms_count++;
    }
    return forms_count ? 0 : -1;
}

static int let_go(void **state) {
    (void)state;
    for (size_t i = 0; i < forms_count; i++)
        template_close(forms[i]);
    arena_release(&lasting);
    return 0;
}

static struct own_pick pick(const char *code, const char *id) {
    for (size_t i = 0; i < forms_count; i++) {
        if (!text_equal(forms[i]->code, code)) continue;
        const struct item *item = template_item(forms[i], id);
        assert_non_null(item);
        return (struct own_pick){.form = forms[i], .item = item};
    }
    fail_msg("no form %s", code);
    return (struct own_pick){0};
}

static struct template *made_of(const struct own_pick *picks, int n) {
    struct own_form o = {.code = "OWN-7K4M",
                         .title = "Five things, ten minutes",
                         .about = "Made here",
                         .version = 1,
                         .picks = picks,
                         .count = n};
    struct buf json = {0};
    struct template *t = NULL;
    if (own_form_write(&o, &json)) fail_msg("not written: %s", status_detail());
    if (template_read(&t, "OWN-7K4M", buf_str(&json), json.size))
        fail_msg("%s\n%s", status_detail(), buf_str(&json));
    buf_release(&json);
    return t;
}

static void same_texts(const char *const *a, int n, const char *const *b, int m) {
    assert_int_equal(n, m);
    for (int i = 0; i < n; i++)
        assert_string_equal(a[i], b[i]);
}

static void same_part(const struct part *a, const struct part *b) {
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->text, b->text);
    assert_int_equal(a->kind, b->kind);
    assert_string_equal(a->unit, b->unit);
    assert_int_equal(a->bounded, b->bounded);
    assert_int_equal(a->least, b->least);
    assert_int_equal(a->most, b->most);
    assert_int_equal(a->of, b->of);
    assert_int_equal(a->rule, b->rule);
    assert_true(text_equal(a->target, b->target));
    assert_int_equal(a->target_default, b->target_default);
    assert_int_equal(a->target_default_high, b->target_default_high);
    assert_int_equal(a->choices_count, b->choices_count);
    for (int i = 0; i < a->choices_count; i++) {
        assert_string_equal(a->choices[i].id, b->choices[i].id);
        assert_string_equal(a->choices[i].text, b->choices[i].text);
        assert_int_equal(a->choices[i].bad, b->choices[i].bad);
        assert_int_equal(a->choices[i].good, b->choices[i].good);
    }
}

/* All that an answer, an action or a trend goes by. */
static void same_card(const struct item *a, const struct item *b) {
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->text, b->text);
    assert_string_equal(a->help, b->help);
    assert_int_equal(a->required, b->required);
    assert_int_equal(a->critical, b->critical);
    assert_int_equal(a->takes_both, b->takes_both);
    assert_int_equal(a->night_only, b->night_only);
    assert_string_equal(a->statement, b->statement);
    same_texts(a->statements, a->statements_count, b->statements, b->statements_count);
    same_texts(a->regulations, a->regulations_count, b->regulations, b->regulations_count);
    same_texts(a->catches, a->catches_count, b->catches, b->catches_count);
    same_texts(a->settings, a->settings_count, b->settings, b->settings_count);
    same_texts(a->phrases, a->phrases_count, b->phrases, b->phrases_count);
    assert_string_equal(a->evidence, b->evidence);
    assert_string_equal(a->good_looks_like, b->good_looks_like);
    assert_string_equal(a->measure, b->measure);
    assert_string_equal(a->owner_role, b->owner_role);
    assert_string_equal(a->lane, b->lane);
    assert_int_equal(a->parts_count, b->parts_count);
    for (int i = 0; i < a->parts_count; i++)
        same_part(&a->parts[i], &b->parts[i]);
}

static void five_things_are_a_form_in_their_own_order(void **state) {
    (void)state;
    struct own_pick picks[] = {pick("WALK", "W11"), pick("NIGHT", "N29"), pick("WALK", "W02"),
                               pick("NIGHT", "N18"), pick("WALK", "W05")};
    struct template *t = made_of(picks, 5);
    assert_int_equal(t->items_count, 5);
    assert_string_equal(t->title, "Five things, ten minutes");
    assert_string_equal(t->code, "OWN-7K4M");
    assert_false(t->night); /* two of the cards are of the day */
    for (int i = 0; i < 5; i++) {
        same_card(picks[i].item, &t->items[i]);
        assert_string_equal(t->items[i].module, "core");
    }
    assert_int_equal(t->lengths[0].minutes, own_form_minutes(picks, 5));
    assert_in_range(t->lengths[0].minutes, 5, 20);
    template_close(t);
    struct own_pick night = pick("NIGHT", "N29");
    t = made_of(&night, 1);
    assert_true(t->night);
    template_close(t);
}

/* Every card of every form that comes with Lantern can stand in a form of one's own, but for
 * those whose words are kept from others in their first place. */
static void any_card_can_be_taken(void **state) {
    (void)state;
    int tried = 0;
    for (size_t f = 0; f < forms_count; f++) {
        for (int k = 0; own_form_lends(forms[f]) && k < forms[f]->items_count; k++) {
            struct own_pick p = {forms[f], &forms[f]->items[k]};
            struct template *t = made_of(&p, 1);
            same_card(p.item, &t->items[0]);
            template_close(t);
            tried++;
        }
    }
    assert_true(tried > 100);
    print_message("figure: %d cards each taken into a form of one's own, unchanged\n", tried);
}

/* In a form of one's own they would be open answers that name nobody's right to them. */
static void what_is_kept_from_others_stays_in_its_form(void **state) {
    (void)state;
    static const char *const stay[] = {"VFS", "VFP", "TEAM", "DRIVE", "LEAD"};
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++) {
        size_t f = 0;
        while (f < forms_count && !text_equal(forms[f]->code, stay[i]))
            f++;
        assert_true(f < forms_count);
        struct own_pick picks[] = {pick("WALK", "W11"), {forms[f], &forms[f]->items[0]}};
        struct own_form o = {
            .code = "OWN-7K4M", .title = "Mine", .version = 1, .picks = picks, .count = 2};
        struct buf json = {0};
        assert_int_equal(own_form_write(&o, &json), STATUS_INVALID);
        assert_non_null(strstr(status_detail(), stay[i]));
        buf_release(&json);
        o.count = 1;
        assert_int_equal(own_form_write(&o, &json), STATUS_OK);
        buf_release(&json);
    }
}

/* The first forms' cards, forty at a time, in their order and turned round. */
static void conditions_stay_where_what_they_ask_of_stands_before(void **state) {
    (void)state;
    int kept = 0, dropped = 0;
    for (size_t f = 0; f < forms_count; f++) {
        if (!own_form_lends(forms[f])) continue;
        struct own_pick there[OWN_ITEMS_MOST], round[OWN_ITEMS_MOST];
        int n = forms[f]->items_count < OWN_ITEMS_MOST ? forms[f]->items_count : OWN_ITEMS_MOST;
        for (int k = 0; k < n; k++)
            there[k] = round[n - 1 - k] = (struct own_pick){forms[f], &forms[f]->items[k]};
        struct template *t = made_of(there, n), *back = made_of(round, n);
        for (int k = 0; k < n; k++) {
            int had = there[k].item->when_count;
            assert_int_equal(t->items[k].when_count, had);
            assert_int_equal(t->items[k].when_any, there[k].item->when_any);
            kept += had > 0;
            assert_int_equal(back->items[n - 1 - k].when_count, 0);
            dropped += had > 0;
        }
        template_close(t);
        template_close(back);
    }
    assert_true(kept > 0 && kept == dropped);
}

static void refused(const struct own_pick *picks, int n, const char *title) {
    struct own_form o = {
        .code = "OWN-7K4M", .title = title, .version = 1, .picks = picks, .count = n};
    struct buf json = {0};
    assert_int_equal(own_form_write(&o, &json), STATUS_INVALID);
    buf_release(&json);
}

static void what_is_no_form_is_refused(void **state) {
    (void)state;
    struct own_pick two[] = {pick("WALK", "W11"), pick("WALK", "W11")};
    struct own_pick many[OWN_ITEMS_MOST + 1];
    for (int i = 0; i <= OWN_ITEMS_MOST; i++)
        many[i] = (struct own_pick){two[0].form, &two[0].form->items[i % 20]};
    refused(two, 2, "Twice");
    refused(two, 0, "None");
    refused(many, OWN_ITEMS_MOST + 1, "Too many");
    refused(two, 1, "");
    refused(two, 1, "  ");
    char long_title[OWN_TITLE_BYTES + 2];
    memset(long_title, 'x', sizeof long_title - 1);
    long_title[sizeof long_title - 1] = 0;
    refused(two, 1, long_title);
    struct template other = *two[0].form;
    other.framework = "another-2030";
    two[1] = (struct own_pick){&other, &two[0].form->items[3]};
    refused(two, 2, "Two frameworks");
}

/* A form of one's own is a source for the next. */
static void a_form_made_of_a_made_form(void **state) {
    (void)state;
    struct own_pick first[] = {pick("WALK", "W11"), pick("NIGHT", "N31")};
    struct template *t = made_of(first, 2);
    struct own_pick again[] = {{t, &t->items[1]}, {t, &t->items[0]}};
    struct template *u = made_of(again, 2);
    same_card(first[1].item, &u->items[0]);
    same_card(first[0].item, &u->items[1]);
    template_close(u);
    template_close(t);
    assert_true(own_form_code("OWN-7K4M"));
    assert_false(own_form_code("NIGHT"));
    assert_false(own_form_code(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_things_are_a_form_in_their_own_order),
        cmocka_unit_test(any_card_can_be_taken),
        cmocka_unit_test(what_is_kept_from_others_stays_in_its_form),
        cmocka_unit_test(conditions_stay_where_what_they_ask_of_stands_before),
        cmocka_unit_test(what_is_no_form_is_refused),
        cmocka_unit_test(a_form_made_of_a_made_form),
    };
    return cmocka_run_group_tests(tests, read_all, let_go);
}
