/* gather_hand.h -- forms that are no walk, played by a finger: the app of walk_hand.h with the
 * script's commands on top, and a look that finds words cut and controls too small on small
 * windows and at large type. */
#ifndef TESTS_GATHER_HAND_H
#define TESTS_GATHER_HAND_H

#include "walk_hand.h"

#include "base/file.h"
#include "platform/linux/script.h"

static inline bool play_lines(const char *lines) {
    const char *path = scratch("lines.txt");
    assert_int_equal(file_write(path, lines, strlen(lines), 0600), STATUS_OK);
    return script_run(app, &(struct script_options){.path = path,
                                                    .shots = getenv("LANTERN_LOOK")
                                                                 ? getenv("LANTERN_LOOK")
                                                                 : scratch("shots"),
                                                    .clock = &now}) == 0;
}
#define PLAY(lines) assert_true(play_lines(lines))

static inline bool shows(const char *text) {
    const struct ui_thing *t;
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++)
        if ((t[i].name && strstr(t[i].name, text)) || (t[i].value && strstr(t[i].value, text)))
            return true;
    return false;
}

static inline void look_here(const char *what) {
    const struct ui_thing *t;
    frame();
    size_t n = ui_things(app_ui(app), &t);
    for (size_t i = 0; i < n; i++) {
        bool bar = text_equal(t[i].name, "Heard") || text_equal(t[i].name, "Saw");
        if (bar) continue; /* the walk's own bar has tests of its own */
        if (t[i].state && strstr(t[i].state, "cut"))
            fail_msg("%s: \"%s\" is cut", what, t[i].name);
        if (!t[i].tappable || t[i].r.w <= 0) continue;
        if (t[i].r.h < 47.5F || t[i].r.w < 47.5F)
            fail_msg("%s: \"%s\" is %gx%g", what, t[i].name, (double)t[i].r.w,
                     (double)t[i].r.h);
    }
}

/* On a phone of 360 dp, there with type twice as large, by night, on a tablet. */
static inline void look_everywhere(const char *name) {
    static const float sizes[][3] = {
        {360, 780, 1}, {360, 780, 2}, {800, 1280, 1}, {1280, 800, 1}};
    int missing = words_missing(app->words);
    char line[160];
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        ui_set_size(app_ui(app), sizes[k][0], sizes[k][1], 1);
        ui_set_text_scale(app_ui(app), sizes[k][2]);
        frame();
        frame();
        look_here(name);
        snprintf(line, sizeof line, "shot %s-%g-%g\n", name, (double)sizes[k][0],
                 (double)sizes[k][2] * 100);
        if (getenv("LANTERN_LOOK")) PLAY(line);
    }
    assert_int_equal(words_missing(app->words), missing);
    ui_set_size(app_ui(app), 1280, 800, 1);
    ui_set_text_scale(app_ui(app), 1);
    frame();
}

/* Without going through Start: that has its own tests. */
static inline void begin_form(const char *code) {
    struct start_intent d = {.service = service,
                             .template_code = code,
                             .length = "core",
                             .modules = "",
                             .reason = "routine"};
    act((struct intent){.kind = INTENT_visit_start, .detail = &d});
    visit = count("SELECT id FROM visit ORDER BY id DESC LIMIT 1");
    assert_true(visit > 0);
}

static inline void say_text(const char *item, const char *id, const char *text) {
    struct answer_intent a = {
        .visit = visit, .item = item, .part = id, .set_text = true, .text = text};
    act((struct intent){.kind = INTENT_answer, .detail = &a});
}

static inline char *text_of(const char *sql) {
    static struct arena kept;
    struct query q;
    char *out = NULL;
    query_open(&q, app_journal(app), sql, 0);
    if (query_next(&q)) out = query_text(&q, 0, &kept);
    assert_int_equal(query_close(&q), STATUS_OK);
    return out ? out : arena_strdup(&kept, "");
}

#endif
