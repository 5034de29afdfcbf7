/* trouble.c -- see trouble.h. It needs words, fonts and a window, and nothing of the database.
 */
#include "app/trouble.h"

#include "base/file.h"
#include "base/text.h"

#define PAGE_W 640.0F

struct trouble {
    struct arena life;
    struct words *words;
    struct ui *ui;
    enum status why;
    char *detail;
};

static const char *key_of(enum status why) {
    switch (why) {
    case STATUS_BUSY:
        return "common.start_busy";
    case STATUS_NEWER:
        return "common.start_newer";
    case STATUS_DAMAGED:
    case STATUS_NOT_OURS:
    case STATUS_TRUNCATED:
        return "common.start_damaged";
    case STATUS_DISK_FULL:
        return "common.start_full";
    case STATUS_READ_ONLY:
    case STATUS_EXISTS:
        return "common.start_read_only";
    case STATUS_NOT_FOUND:
    case STATUS_INVALID:
        return "common.start_assets";
    default:
        return "common.start_other";
    }
}

static enum status read_words(struct words **out, const char *assets) {
    struct arena t = {0};
    enum status s = words_load(out, path_join(&t, assets, "words/en"));
    arena_release(&t);
    return s;
}

char *trouble_sentence(struct arena *a, const char *assets, enum status why, bool starting) {
    struct words *w = NULL;
    const char *key = starting ? key_of(why) : status_key(why);
    char *said = arena_strdup(a, status_key(why));
    if (!read_words(&w, assets)) said = text_trim(a, words_say(a, w, key, ""));
    words_close(w);
    return said;
}

enum status trouble_open(struct trouble **out, const struct app_options *o, enum status why,
                         const char *detail) {
    struct arena life = {0};
    struct trouble *t = ARENA_NEW(&life, struct trouble);
    const struct platform *p = o->platform;
    const char *assets = o->assets ? o->assets : p->assets_dir(p->ctx);
    t->life = life;
    t->why = why;
    t->detail = arena_strdup(&t->life, detail);
    enum status s = read_words(&t->words, assets);
    if (!s)
        s = ui_open(&t->ui, &(struct ui_options){.assets = assets,
                                                 .title = word(t->words, "common.title"),
                                                 .width_dp = o->width_dp,
                                                 .height_dp = o->height_dp,
                                                 .scale = o->scale,
                                                 .offscreen = o->offscreen});
    if (s) {
        trouble_close(t);
        return s;
    }
    ui_set_words(t->ui, t->words);
    *out = t;
    return STATUS_OK;
}

void trouble_close(struct trouble *t) {
    if (!t) return;
    ui_close(t->ui);
    words_close(t->words);
    struct arena life = t->life;
    arena_release(&life);
}

struct ui *trouble_ui(struct trouble *t) {
    return t->ui;
}

static void text(struct trouble *t, rect *in, enum font font, enum color color,
                 const char *said) {
    struct label l = {.font = font, .color = color};
    rect_cut_top(in, ui_label(t->ui, *in, said, &l) + 16);
}

static bool button(struct trouble *t, rect *in, const char *key, enum button_role role) {
    struct button b = {.label = word(t->words, key), .role = role};
    float h = ui_button_height(t->ui, &b, in->w, ui_theme(t->ui)->touch_primary);
    rect r = rect_cut_top(in, h);
    rect_cut_top(in, ui_theme(t->ui)->gap);
    return ui_button(t->ui, r, &b);
}

bool trouble_frame(struct trouble *t, int64_t boot_ms, int *wait_ms, bool *again) {
    ui_begin(t->ui, boot_ms);
    rect area = rect_inset(ui_window(t->ui), 24, 24), top = area;
    if (area.w > PAGE_W)
        top = rect_make(area.x + (area.w - PAGE_W) / 2, area.y, PAGE_W, area.h);
    ui_fill(t->ui, ui_window(t->ui), COLOR_BG, 0);
    rect in = ui_scroll_begin(t->ui, top, "trouble");
    float from = in.y;
    ui_icon(t->ui, rect_cut_top(&in, 56), ICON_LAMP_PENDANT, COLOR_AMBER, true, 40);
    text(t, &in, FONT_H1, COLOR_INK, word(t->words, "common.start_problem"));
    text(t, &in, FONT_BODY, COLOR_INK, word(t->words, key_of(t->why)));
    if (!text_blank(t->detail)) text(t, &in, FONT_SMALL, COLOR_MUTE, t->detail);
    *again = button(t, &in, "common.try_again", BUTTON_MAIN);
    bool closed = button(t, &in, "common.close", BUTTON_PLAIN);
    ui_scroll_end(t->ui, in.y - from);
    closed |= ui_back_pressed(t->ui);
    ui_end(t->ui);
    *wait_ms = ui_wait_ms(t->ui);
    return !closed && !*again && !ui_quit_asked(t->ui);
}
