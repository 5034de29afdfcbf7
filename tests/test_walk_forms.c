/* test_walk_forms.c -- every section of every form, drawn on three windows and at 200 % text.
 * needs: app screen model ui media sync care store base */
#include "walk_hand.h"

static int tappable_small;

static void look_over(void) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++) {
        if (!t[i].tappable || t[i].r.w <= 0) continue;
        if (t[i].r.h < 47.5F || t[i].r.w < 47.5F) {
            if (!tappable_small++)
                print_message("small: %s %s %gx%g\n", t[i].type, t[i].name, (double)t[i].r.w,
                              (double)t[i].r.h);
        }
    }
}

static void draw_all_sections(void) {
    const struct walk_model *m = app->model;
    struct {
        int32_t section;
    } *st = (void *)app->stack[app->depth - 1].state;
    for (int s = 0; s < m->sections_count; s++) {
        st->section = s;
        frame();
        look_over();
    }
    st->section = 0;
}

static void every_form_draws_on_every_window(void **state) {
    (void)state;
    static const float sizes[][3] = {
        {1280, 800, 1}, {800, 1280, 1}, {390, 844, 1}, {390, 844, 2}, {1280, 800, 2}};
    add_area("Room 1", 1);
    int drawn = 0, missing = words_missing(app->words);
    tappable_small = 0;
    for (size_t f = 0; f < app->templates_count; f++) {
        const char *use = app->templates[f]->use;
        bool walked =
            !app->templates[f]->guide && strcmp(use, "private") && strcmp(use, "team");
        if (!walked) continue; /* each has a screen of its own */
        begin(app->templates[f]->code, "full", "");
        for (int s = 0; s < walk()->sections_count; s++) {
            const struct section *section_of = walk()->sections[s].section;
            if (section_of->repeats)
                act((struct intent){
                    .kind = INTENT_room_draw, .row = visit, .text = section_of->id});
        }
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            ui_set_size(app_ui(app), sizes[k][0], sizes[k][1], 1);
            ui_set_text_scale(app_ui(app), sizes[k][2]);
            draw_all_sections();
            drawn += walk()->sections_count;
        }
    }
    assert_true(drawn > 50);
    assert_int_equal(words_missing(app->words), missing); /* every word is in the words files */
    assert_int_equal(tappable_small, 0);
    print_message("figure: sections drawn %d\n", drawn);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK(every_form_draws_on_every_window),
    };
    return cmocka_run_group_tests_name("walk forms", tests, NULL, NULL);
}
