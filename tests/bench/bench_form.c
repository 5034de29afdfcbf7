/* bench_form.c -- a form of 60, 500 and 5,000 items, half of it answered: from opening the
 * check to its first frame (the form is read from its blob, the answers from the tables), and
 * from an answer to the frame that shows it. In sections of 25 questions, and all in one.
 *
 * Rows are thread CPU time, so that other work on the machine does not count; what passed on
 * the wall, with the sync of the disk, is printed beside them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_state.h"
#include "base/buf.h"
#include "base/file.h"
#include "measure.h"
#include "model/reference.h"
#include "model/walk_model.h"
#include "platform/linux/linux.h"
#include "store/query.h"

#define OPENS          15
#define ANSWERS        300
#define SECTION        25
#define MOST_OPEN_MS   50
#define MOST_ANSWER_MS 16

static struct arena arena;
static struct clock_manual now = {.wall_ms = 1795315260000LL, .boot_ms = 1000000};

struct size {
    int items, section;
    const char *code, *name;
};
static const struct size sizes[] = {
    {60, SECTION, "F60", "60 items"},
    {500, SECTION, "F500", "500 items"},
    {5000, SECTION, "F5000", "5,000 items"},
    {5000, 5000, "FLONG", "5,000 items in one section"},
};

static void add_item(struct buf *b, int i) {
    static const char *const parts[] = {
        "\"answer\":\"met\"", "\"answer\":\"yes_no\"",
        ("\"parts\":[{\"kind\":\"number\",\"unit\":\"cups\",\"least\":0,\"most\":40,\"target\":"
         "\"cups\",\"rule\":\"at_least\",\"default\":6},{\"id\":\"why\",\"text\":\"Why?\","
         "\"kind\":\"words\"}]"),
        ("\"parts\":[{\"kind\":\"choice\",\"choices\":[{\"id\":\"full\",\"text\":\"Full\"},{"
         "\"id\":\"empty\",\"text\":\"Empty\",\"bad\":true}]}]"),
        "\"answer\":\"since\""};
    buf_printf(
        b,
        "{\"id\":\"F%04d\",\"text\":\"Is the jug of bed %d within reach, and full?\","
        "\"help\":\"Look at it from the bed: can a hand get there?\",\"module\":\"core\","
        "\"statement\":\"SAF-S6\",\"regulations\":[\"RA2014-12\"],\"evidence\":"
        "\"observation\",%s",
        i, i, parts[i % 5]);
    if (i % 10 == 9) buf_printf(b, ",\"when\":{\"item\":\"F%04d\",\"is\":\"not_met\"}", i - 9);
    buf_text(b, "}");
}

static const char *make_form(const char *dir, const struct size *z) {
    struct buf b = {0};
    buf_printf(&b,
               "{\"schema\":\"lantern.template/1\",\"code\":\"%s\",\"version\":1,\"title\":"
               "\"%s\",\"framework\":\"cqc-saf-2024-12\",\"lengths\":[{\"id\":\"full\","
               "\"title\":\"Full\",\"minutes\":60}],\"sections\":[",
               z->code, z->name);
    for (int i = 0; i < z->items; i++) {
        if (i % z->section == 0)
            buf_printf(&b, "%s{\"id\":\"s%d\",\"title\":\"Part %d\",\"minutes\":5,\"items\":[",
                       i ? "]}," : "", i / z->section, i / z->section + 1);
        else
            buf_text(&b, ",");
        add_item(&b, i);
    }
    buf_text(&b, "]}]}");
    char *path = path_join(&arena, dir, arena_printf(&arena, "%s.json", z->code));
    must(file_write(path, buf_str(&b), b.size, 0600), path);
    buf_release(&b);
    return path;
}

static struct answer_intent answer_to(row_id visit, int i, int way) {
    static char item[16];
    snprintf(item, sizeof item, "F%04d", i);
    struct answer_intent a = {.visit = visit, .item = item, .part = ""};
    switch (i % 5) {
    case 0:
        a.set_word = true, a.word = way % 2 ? "met" : "not_met";
        break;
    case 1:
        a.set_word = true, a.word = way % 2 ? "yes" : "no";
        break;
    case 2:
        a.set_number = true, a.number = 1000 * (way % 12);
        break;
    case 3:
        a.set_word = true, a.word = way % 2 ? "full" : "empty";
        break;
    default:
        a.set_day = true, a.day = 20000 + way;
    }
    return a;
}

static void answer(struct app *app, row_id visit, int i, int way) {
    struct answer_intent a = answer_to(visit, i, way);
    app_act(app, &(struct intent){.kind = INTENT_answer, .detail = &a});
}

static void frame(struct app *app) {
    int wait;
    now.wall_ms += 700;
    now.boot_ms += 700;
    must_true(app_frame(app, &wait), "the app goes on");
}

/* Every second question has an answer, written past the app: nobody waits for these. */
static void half_answered(struct app *app, row_id visit, int items) {
    must(journal_begin(app->j), "begin");
    for (int i = 0; i < items; i += 2) {
        struct answer_intent a = answer_to(visit, i, 1);
        struct row r = row_new(&kind_answer);
        row_ref(&r, "visit", visit);
        row_text(&r, "item", a.item);
        row_text(&r, "part", "");
        if (a.set_word) row_text(&r, "word", a.word);
        if (a.set_number) row_int(&r, "number", a.number);
        if (a.set_day) row_int(&r, "day", a.day);
        must(journal_put(app->j, &r), "answer");
    }
    must(journal_commit(app->j), "commit");
}

static row_id begin(struct app *app, const struct size *z) {
    struct start_intent d = {.service = app->service,
                             .template_code = z->code,
                             .length = "full",
                             .modules = "",
                             .reason = "routine"};
    app_act(app, &(struct intent){.kind = INTENT_visit_start, .detail = &d});
    frame(app);
    must_true(strcmp(app_screen_name(app), "walk") == 0, "a check is begun");
    row_id visit = ((const struct walk_model *)app->model)->visit;
    half_answered(app, visit, z->items);
    return visit;
}

static void forget_forms(struct app *app) {
    while (app->forms_count)
        template_close(app->forms[--app->forms_count].form);
}

static void time_opening(struct app *app, const struct size *z, row_id visit) {
    double wall[OPENS], cpu[OPENS];
    for (int i = 0; i < OPENS; i++) {
        app_act(app, &(struct intent){.kind = INTENT_go,
                                      .to = {.screen = SCREEN_saw, .row = visit}});
        frame(app);
        forget_forms(app);
        double t = wall_s(), c = thread_s();
        app_act(app, &(struct intent){.kind = INTENT_back});
        frame(app);
        wall[i] = (wall_s() - t) * 1e3;
        cpu[i] = (thread_s() - c) * 1e3;
        must_true(strcmp(app_screen_name(app), "walk") == 0, "the check is open");
    }
    result_most(arena_printf(&arena, "open a form of %s", z->name), percentile(cpu, OPENS, 0.5),
                "ms", MOST_OPEN_MS);
    note("on the wall %.1f ms", percentile(wall, OPENS, 0.5));
}

static void time_answers(struct app *app, const struct size *z, row_id visit) {
    static double wall[ANSWERS], cpu[ANSWERS];
    for (int i = 0; i < ANSWERS; i++) {
        double t = wall_s(), c = thread_s();
        answer(app, visit, i % (z->items < SECTION ? z->items : SECTION), i);
        frame(app);
        wall[i] = (wall_s() - t) * 1e3;
        cpu[i] = (thread_s() - c) * 1e3;
    }
    result_most(arena_printf(&arena, "answer to painted, %s, p99", z->name),
                percentile(cpu, ANSWERS, 0.99), "ms", MOST_ANSWER_MS);
    note("p50 %.1f ms; on the wall, with the disk, p50 %.1f ms, p99 %.1f ms",
         percentile(cpu, ANSWERS, 0.5), percentile(wall, ANSWERS, 0.5),
         percentile(wall, ANSWERS, 0.99));
}

int main(int argc, char **argv) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    char *dir = bench_dir(&arena, "form");
    struct app *app = NULL;
    struct journal *j = open_as(path_join(&arena, dir, "lantern.db"), &now, "tablet", 0);
    fill_tablet(j, &now, 0, 1);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct reference_summary sum;
        must(reference_add_file(j, make_form(dir, &sizes[i]), &sum), sizes[i].code);
    }
    journal_close(j);
    must(app_open(&app, &(struct app_options){.data_dir = dir,
                                              .assets = "assets",
                                              .width_dp = 1280,
                                              .height_dp = 800,
                                              .scale = 1,
                                              .offscreen = true,
                                              .clock = clock_manual(&now),
                                              .platform = platform_linux(dir, NULL, true)}),
         "app_open");
    must(local_put(app->j, "auto_cover_minutes", "0"), "no cover");
    frame(app);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (argc > 1 && strcmp(argv[1], sizes[i].code) != 0) continue; /* one of them alone */
        row_id visit = begin(app, &sizes[i]);
        time_opening(app, &sizes[i], visit);
        time_answers(app, &sizes[i], visit);
        app_act(app, &(struct intent){.kind = INTENT_home});
        frame(app);
    }
    app_close(app);
    arena_release(&arena);
    return 0;
}
