/* test_forms_played.c -- needs: platform app screen model ui media sync care store base
 *
 * Every form that Lantern brings, played by a finger from Start to its end: every question is
 * answered, and what was touched is compared with the database, item by item. At each section
 * the view is looked at on a small phone with type twice as large, and in turn on another of
 * four windows: a phone and a tablet, both also with type twice as large.
 *
 * The touches are made from the form itself (form_touch.h), so a form that grows is played
 * whole. Each form is played on the phone or the tablet in turn, one part of each question and
 * every kind of answer; with LANTERN_TEST_ALL=1 every part, and everything on all four windows.
 * LANTERN_PLAY_ONLY=MEDS,IPC plays only those. LANTERN_PLAY_SHOTS=DIR keeps a
 * picture of every section, as high as it is. */
#include "forms_played.h"

#include "care/use.h"
#include "model/reflect_model.h"
#include "model/start_model.h"

#define SEARCH_EACH 10 /* so many-th form is searched; the others are found in their group */

#define LARGE_PHONE 2 /* the narrowest page of all: looked at each time */
#define IN_TURN     2 /* of the windows; all of them with LANTERN_TEST_ALL */
#define TEAM_OF     5 /* fewer are not shown */

static const struct look_at windows[] = {
    {"phone", "360x740", "day", 100},
    {"tablet", "1280x800", "day", 100},
    {"phone, large text", "360x740", "day", 200},
    {"tablet, large text", "1280x800", "day", 200},
};
enum { WINDOWS = sizeof windows / sizeof *windows };
static const struct {
    const char *setting, *name;
} services[] = {{"nursing_home", "Oak House"},
                {"home_care", "Riverside Home Care"},
                {"learning_disability", "Mill Cottage"}};
enum { SERVICES = sizeof services / sizeof *services };

static struct words *words;
static struct played played;
static struct {
    int looks, forms, items, parts, sections, findings;
    int wrong, failed, unplayed;
    bool kinds[PART_KINDS], there[PART_KINDS]; /* touched; in any form */
} sum;

/* ---- the view ---- */

static void lay_out(const struct look_at *w) {
    char size[40];
    window = w->name;
    ui_set_text_scale(app_ui(hand_app), (float)w->text / 100.0F);
    snprintf(size, sizeof size, "size %s\n", w->size);
    PLAY(size);
}

static void keep_picture(const struct look_at *w, const char *name) {
    const char *dir = getenv("LANTERN_PLAY_SHOTS");
    if (!dir) return;
    struct script_options o = {.path = scratch("shot.txt"), .shots = dir, .clock = &hand_time};
    char *lines = arena_printf(&hand_life, "size %.*sx%d\nshot %s-%.*s-%d\nsize %s\n",
                               (int)strcspn(w->size, "x"), w->size, 2600, name,
                               (int)strcspn(w->size, "x"), w->size, w->text, w->size);
    assert_int_equal(file_write(o.path, lines, strlen(lines), 0600), STATUS_OK);
    assert_int_equal(script_run(hand_app, &o), 0);
}

/* Where one stands, on the windows that are due, then as before. */
static void look_everywhere(const struct look_at *now, const char *name, bool night) {
    stop = arena_strdup(&views_memory, name);
    seen.stops++;
    for (int i = 0; i < WINDOWS; i++) {
        bool due = i == LARGE_PHONE || i == seen.stops % WINDOWS || (night && i == 1);
        if (!due && !play_whole()) continue;
        sum.looks++;
        lay_out(&windows[i]);
        look_at_view(app_ui(hand_app), night && i == 1);
        keep_picture(&windows[i], name);
    }
    lay_out(now);
}

/* ---- one form ---- */

static void theme_of(const struct template *form) {
    app_force_theme(hand_app, form->night ? "night" : "day");
    hand_time.wall_ms = form->night ? NIGHT_0241 : NIGHT_0241 + 8 * 60 * MINUTE_MS;
}

static void go_home(void) {
    app_act(hand_app, &(struct intent){.kind = INTENT_home});
    PLAY("wait 100ms\nscreen home\n");
}

/* As somebody does who knows what the form is called … */
static void search_form(struct played *p) {
    const struct touching *t = &p->hand;
    const char *title = quoted(t, p->form->title), *search = words_of(t, "find.search");
    press_word(p, "start.search");
    buf_printf(&p->lines, "screen find\ntype \"%s\"\ntap \"%s\"\n", title,
               words_of(t, "keyboard.hide"));
    buf_printf(&p->lines, "press \"%s\" in \"%s\"\n", title, search);
    buf_printf(&p->lines, "press \"%s\" in \"%s\"\nscreen start\n",
               quoted(t, words_say(t->a, t->words, "find.start", p->form->title)), search);
}

/* … or who looks where it would be. */
static void unfold_group(struct played *p, const struct start_model *m) {
    const struct touching *t = &p->hand;
    const char *group = NULL, *fewer = words_of(t, "start.fewer_forms");
    for (int i = 0; i < m->groups_count && !group; i++)
        for (int k = 0; k < m->groups[i].count; k++)
            if (text_equal(m->forms[m->groups[i].forms[k]].form->code, p->form->code))
                group = m->groups[i].name;
    if (!group) fail_msg("%s stands in no group", p->form->code);
    buf_printf(&p->lines, "press \"%s\"\n",
               words_say(t->a, t->words, "start.more_forms", int_text(t->a, m->forms_count)));
    buf_printf(&p->lines, "press \"%s\" in \"%s\"\npress \"%s\" in \"%s\"\n",
               quoted(t, words_of(t, group)), fewer, quoted(t, p->form->title), fewer);
}

static bool choose_on_start(struct played *p, const char *service) {
    const struct touching *t = &p->hand;
    buf_printf(&p->lines, "press \"%s\"\nscreen start\npress \"%s\" in \"%s\"\n",
               words_of(t, p->form->night ? "home.start_night" : "home.start_audit"), service,
               words_of(t, "start.service"));
    if (!play_waiting(p)) return false;
    if (sum.forms % SEARCH_EACH == 0)
        search_form(p);
    else
        unfold_group(p, hand_app->model);
    if (p->form->lengths_count > 1)
        buf_printf(&p->lines, "press \"%s\" in \"%s\"\n",
                   quoted(t, p->form->lengths[p->form->lengths_count - 1].title),
                   words_of(t, "start.length"));
    buf_printf(&p->lines, "tap \"%s\" #1\n", words_of(t, "start.start"));
    return play_waiting(p);
}

static bool begin(struct played *p, int service) {
    p->setting = services[service].setting;
    go_home();
    if (!choose_on_start(p, services[service].name)) return false;
    p->visit = hand_count("SELECT id FROM visit ORDER BY hlc DESC LIMIT 1");
    if (!text_equal(app_screen_name(hand_app), "walk")) return true; /* a page of its own */
    const struct walk_model *m = hand_app->model;
    p->hand.worker = m->people_count ? arena_strdup(&hand_life, m->people[0].label) : "";
    p->hand.worker_row = m->people_count ? m->people[0].row : 0;
    return true;
}

/* So many numbers as the section takes, drawn from a list of twelve. */
static void draw_numbers(struct played *p, const struct section *s) {
    const struct touching *t = &p->hand;
    const char *list = words_of(t, "walk.list_length");
    int take = s->repeat_most < OF_A_LIST ? s->repeat_most : OF_A_LIST;
    press_word(p, "walk.from_list");
    buf_printf(&p->lines, "press \"%s\" in \"%s\"\ntype \"%d\"\nkey Return\n", list,
               words_of(t, "walk.from_list_how"), OF_A_LIST);
    buf_printf(&p->lines, "press \"%s\"\n",
               words_say(t->a, t->words, "walk.draw_now", int_text(t->a, take),
                         int_text(t->a, OF_A_LIST)));
}

/* A section that is asked of each room, record or worker: of the first of them. */
static void begin_section(struct played *p, const struct section *s) {
    go_to_section(p, (int)(s - p->form->sections));
    if (!s->repeats) return;
    if (section_of_rooms(s)) {
        press_word(p, "walk.draw_rooms");
        press_word(p, "walk.with_worker");
    } else if (!text_equal(s->repeat_of, "talks") && !text_equal(s->repeat_of, "calls") &&
               p->turn[PART_DRAW]++ % 2) {
        draw_numbers(p, s);
    } else {
        press_word(p, arena_printf(&hand_life, "walk.add_%s", s->repeat_of));
    }
}

static bool is_wanted(const struct played *p, int item) {
    const struct item *i = &p->form->items[item];
    return !p->done[item] && item_applies(i, p->setting);
}

static bool play_section(struct played *p, const struct look_at *on, int at) {
    const struct section *s = &p->form->sections[at];
    int wanted = 0;
    for (int i = 0; i < s->items_count; i++)
        wanted += is_wanted(p, s->first_item + i);
    if (!wanted) return true;
    begin_section(p, s);
    for (int i = 0; i < s->items_count; i++)
        if (is_wanted(p, s->first_item + i)) answer_item(p, &p->form->items[s->first_item + i]);
    go_to_section(p, at);
    if (!play_waiting(p)) return false;
    follow_findings(p);
    if (!play_waiting(p)) return false;
    sum.sections++;
    look_everywhere(on, arena_printf(&hand_life, "%s-%d", p->form->code, at + 1),
                    p->form->night);
    return true;
}

/* The last page of a check: looked at, and the check is closed for good. */
static bool finish(struct played *p, const struct look_at *on) {
    bool table = use_at_a_table(form_use(p->form));
    enum form_use use = form_use(p->form);
    const char *close = use == USE_MEETING && on->text == 100 && on->size[0] == '1'
                            ? "gather.close_meeting"
                            : "gather.close";
    buf_printf(&p->lines, "tap \"%s\" #1\nscreen finish\n",
               words_of(&p->hand, table ? close : "walk.finish"));
    if (!play_waiting(p)) return false;
    look_everywhere(on, arena_printf(&hand_life, "%s-finish", p->form->code), p->form->night);
    return true;
}

static void count_played(const struct played *p) {
    for (int i = 0; i < p->count; i++) {
        sum.parts++;
        sum.kinds[p->given[i].part->kind] = true;
    }
}

/* ---- forms with a page of their own ---- */

/* For oneself alone: kept on no record; the page itself says what it holds. */
static bool play_private(struct played *p, const struct look_at *on) {
    static const char *const words_said = "On the morning round";
    line(p, "screen pin\npin " HAND_PIN "\ntap \"Go on\"\nsend");
    for (int i = 0; i < p->form->items_count; i++) {
        const struct item *item = &p->form->items[i];
        for (int k = 0; k < item->parts_count; k++) {
            sum.kinds[item->parts[k].kind] = true;
            if (item->parts[k].kind == PART_SCORE)
                touch(
                    &p->hand, item, NULL,
                    words_of(&p->hand, arena_printf(&hand_life, "reflect.score%d", i % 4 + 1)));
        }
        type_into(&p->hand, item, NULL, words_of(&p->hand, "reflect.example"), words_said);
        line(p, arena_printf(&hand_life, "tap \"%s\"", words_of(&p->hand, "keyboard.hide")));
    }
    if (!play_waiting(p)) return false;
    look_everywhere(on, p->form->code, false);
    const struct reflect_model *m = hand_app->model;
    for (int i = 0; i < m->items_count; i++) {
        p->done[i] = true;
        sum.parts += 1 + m->items[i].scored;
        if ((m->items[i].scored && m->items[i].score != i % 4 + 1) ||
            !text_equal(m->items[i].text, words_said))
            sum.wrong += wrong_answer(p, m->items[i].item->id, "", "not kept as touched");
    }
    return hand_count("SELECT count(*) FROM visit WHERE template = 'LEAD'") == 0;
}

/* Several answer alone, one after the other; what is kept is how many said what. */
static bool play_team(struct played *p, const struct look_at *on) {
    for (int person = 0; person < TEAM_OF; person++) {
        press_word(p, "team.begin");
        for (int i = 0; i < p->form->items_count; i++)
            touch(&p->hand, &p->form->items[i], NULL,
                  words_of(&p->hand, (person + i) % 3 ? "team.yes" : "team.no"));
        if (!play_waiting(p)) return false;
        if (person == 0) look_everywhere(on, p->form->code, false);
        buf_printf(&p->lines, "press \"%s\" in \"%s\"\n", words_of(&p->hand, "team.pass_on"),
                   quoted(&p->hand, p->form->items[p->form->items_count - 1].text));
    }
    press_word(p, "team.everybody");
    press_word(p, "team.show_spread");
    if (!play_waiting(p)) return false;
    look_everywhere(on, "TEAM-spread", false);
    for (int i = 0; i < p->form->items_count; i++) {
        int no = 0;
        for (int person = 0; person < TEAM_OF; person++)
            no += (person + i) % 3 == 0;
        const char *want = arena_printf(
            &hand_life,
            "SELECT count(*) FROM answer WHERE item = '%s' AND list LIKE 'yes=%d,no=%d,%%'",
            p->form->items[i].id, TEAM_OF - no, no);
        p->done[i] = true;
        sum.parts++;
        if (hand_count(want) < 1)
            sum.wrong += wrong_answer(p, p->form->items[i].id, "", "counted otherwise");
    }
    return true;
}

/* In one service: everything that was not asked in another one before. */
static bool play_in(struct played *p, const struct look_at *on, int service) {
    p->count = p->section = 0;
    if (!begin(p, service)) return false;
    if (form_use(p->form) == USE_PRIVATE) return play_private(p, on);
    if (form_use(p->form) == USE_TEAM) return play_team(p, on);
    for (int i = 0; i < p->form->sections_count; i++)
        if (!play_section(p, on, i)) return false;
    sum.wrong += compare_kept(p);
    count_played(p);
    return finish(p, on);
}

static int items_in(const struct played *p, int service) {
    int n = 0;
    bool all = p->form->settings_count == 0;
    for (int i = 0; !all && i < p->form->settings_count; i++)
        all = text_equal(p->form->settings[i], services[service].setting);
    for (int i = 0; all && i < p->form->items_count; i++)
        n += !p->done[i] && item_applies(&p->form->items[i], services[service].setting);
    return n;
}

/* Where most of it is asked first; then whatever is only asked elsewhere. */
static void play_form(const char *path, const struct look_at *on) {
    struct played *p = &played;
    assert_int_equal(template_load(&p->form, path), STATUS_OK);
    p->done = ARENA_ARRAY(&hand_life, bool, p->form->items_count + 1);
    if (p->form->guide) { /* asked on Heard something: test_heard_guide.c, test_heard_talk.c */
        template_close(p->form);
        return;
    }
    lay_out(on);
    theme_of(p->form);
    while (true) {
        int best = 0;
        for (int i = 1; i < SERVICES; i++)
            if (items_in(p, i) > items_in(p, best)) best = i;
        if (!items_in(p, best)) break;
        p->hand.wall_ms = hand_time.wall_ms;
        if (play_in(p, on, best)) continue;
        sum.failed++;
        print_message("%s on %s: not played to its end\n", p->form->code, on->name);
        break;
    }
    for (int i = 0; i < p->form->items_count; i++) {
        const struct item *item = &p->form->items[i];
        for (int k = 0; k < item->parts_count; k++)
            sum.there[item->parts[k].kind] = true;
        sum.items += p->done[i];
        if (p->done[i]) continue;
        sum.unplayed++;
        print_message("%s on %s: %s was not asked\n", p->form->code, on->name,
                      p->form->items[i].id);
    }
    sum.forms++;
    template_close(p->form);
    p->form = NULL;
}

/* ---- all of them ---- */

static bool is_chosen(const char *file) {
    const char *only = getenv("LANTERN_PLAY_ONLY");
    return !only || in_list(only, arena_strndup(&hand_life, file, strcspn(file, ".")));
}

static int play_all(void **state) {
    (void)state;
    char **names;
    size_t n = 0;
    const char *dir = path_join(&hand_life, hand_assets(), "templates");
    const char *data = arena_strdup(&hand_life, scratch("tablet"));
    assert_int_equal(dir_list(&hand_life, dir, ".json", &names, &n), STATUS_OK);
    assert_int_equal(words_load(&words, path_join(&hand_life, hand_assets(), "words/en")),
                     STATUS_OK);
    played.hand = (struct touching){.a = &hand_life, .words = words, .b = &played.lines};
    hand_new_tablet(data);
    hand_open(data);
    PLAY("tap \"Who holds this?\"\ntap \"Quality lead\"\n"
         "tap \"Start a night spot check\"\n" HAND_CHOOSE_PIN "screen start\n");
    const char *window_only = getenv("LANTERN_PLAY_WINDOW");
    for (size_t i = 0, k = 0; i < n; i++) {
        if (!is_chosen(names[i])) continue;
        for (int w = 0; w < WINDOWS; w++) {
            bool on = play_whole() || w == (int)(k % IN_TURN);
            if (window_only) on = w == window_only[0] - '0';
            if (on) play_form(path_join(&hand_life, dir, names[i]), &windows[w]);
        }
        k++;
    }
    return 0;
}

static int close_all(void **state) {
    (void)state;
    hand_close();
    words_close(words);
    arena_release(&hand_life);
    arena_release(&views_memory);
    return 0;
}

static void test_every_answer_is_kept_as_touched(void **state) {
    (void)state;
    int kinds = 0, there = 0;
    for (int i = 0; i < PART_KINDS; i++) {
        kinds += sum.kinds[i];
        there += sum.there[i];
        if (sum.there[i] && !sum.kinds[i])
            print_message("no answer of kind %s was touched\n",
                          part_kind_name((enum part_kind)i));
    }
    print_message("figure: forms played: %d, questions %d, answers %d of %d kinds; kept "
                  "otherwise than touched: %d\n",
                  sum.forms, sum.items, sum.parts, kinds, sum.wrong);
    assert_int_equal(sum.wrong, 0);
    assert_int_equal(sum.failed, 0);
    assert_int_equal(sum.unplayed, 0);
    assert_int_equal(kinds, there);
}

static void test_no_word_is_cut(void **state) {
    (void)state;
    print_message("figure: sections looked at: %d places, %d views, %d things\n", seen.stops,
                  seen.views, seen.things);
    assert_int_equal(seen.views, sum.looks);
    assert_true(sum.looks >= seen.stops * (play_whole() ? WINDOWS : 1));
    views_cut_nothing();
}

static void test_a_finger_finds_everything(void **state) {
    (void)state;
    views_in_reach();
}

static void test_everything_can_be_read(void **state) {
    (void)state;
    views_readable();
}

static void test_night_stays_dark(void **state) {
    (void)state;
    views_dark_by_night();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_answer_is_kept_as_touched),
        cmocka_unit_test(test_no_word_is_cut),
        cmocka_unit_test(test_a_finger_finds_everything),
        cmocka_unit_test(test_everything_can_be_read),
        cmocka_unit_test(test_night_stays_dark),
    };
    return cmocka_run_group_tests_name("forms played", tests, play_all, close_all);
}
