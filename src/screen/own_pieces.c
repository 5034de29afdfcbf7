/* own_pieces.c -- see own_pieces.h. */
#include "screen/own_pieces.h"

#include "base/text.h"

#define NONE_LEFT "-" /* begun, and every card was taken out again */

const char *own_key(struct ui *u, const char *code, const char *what) {
    return arena_printf(ui_arena(u), "own/%s/%s", text_blank(code) ? "new" : code, what);
}

static const char *picks_text(struct ui *u, const char *code) {
    const char *text = ui_field_text(u, own_key(u, code, "picks"));
    return text ? text : "";
}

bool own_begun(struct ui *u, const char *code) {
    return !text_blank(picks_text(u, code));
}

static bool read_line(const char *line, size_t n, struct own_choice *out) {
    const char *mark = memchr(line, '/', n);
    if (!mark) return false;
    size_t form = (size_t)(mark - line), item = n - form - 1;
    if (!form || !item || form >= sizeof out->form || item >= sizeof out->item) return false;
    *out = (struct own_choice){0};
    memcpy(out->form, line, form);
    memcpy(out->item, mark + 1, item);
    return true;
}

int own_picks(struct ui *u, const char *code, struct own_choice out[OWN_ITEMS_MOST]) {
    const char *p = picks_text(u, code);
    int n = 0;
    while (*p && n < OWN_ITEMS_MOST) {
        size_t line = strcspn(p, "\n");
        n += read_line(p, line, &out[n]);
        p += line + (p[line] == '\n');
    }
    return n;
}

int own_picks_count(struct ui *u, const char *code) {
    struct own_choice picks[OWN_ITEMS_MOST];
    return own_picks(u, code, picks);
}

void own_picks_set(struct ui *u, const char *code, const struct own_choice *picks, int n) {
    struct arena *a = ui_arena(u);
    char *text = arena_take(a, (size_t)n * sizeof *picks + 8);
    size_t at = 0;
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, sizeof *picks + 2, "%s/%s\n", picks[i].form,
                               picks[i].item);
    ui_field_set(u, own_key(u, code, "picks"), n ? text : NONE_LEFT);
}

bool own_picked(struct ui *u, const char *code, const char *item) {
    struct own_choice picks[OWN_ITEMS_MOST];
    int n = own_picks(u, code, picks);
    for (int i = 0; i < n; i++)
        if (text_equal(picks[i].item, item)) return true;
    return false;
}

void own_pick_turn(struct ui *u, const char *code, const char *form, const char *item) {
    struct own_choice picks[OWN_ITEMS_MOST + 1];
    int n = own_picks(u, code, picks), kept = 0;
    bool out = false;
    for (int i = 0; i < n; i++) {
        if (text_equal(picks[i].item, item)) {
            out = true;
            continue;
        }
        picks[kept++] = picks[i];
    }
    if (!out && kept < OWN_ITEMS_MOST) {
        picks[kept] = (struct own_choice){0};
        text_copy(picks[kept].form, sizeof picks[kept].form, form);
        text_copy(picks[kept].item, sizeof picks[kept].item, item);
        kept++;
    }
    own_picks_set(u, code, picks, kept);
}

void own_forget(struct ui *u, const char *code) {
    ui_field_set(u, own_key(u, code, "picks"), "");
    ui_field_set(u, own_key(u, code, "title"), "");
}

bool own_button(struct ui *u, const struct scene *s, rect *area, const char *words_key,
                enum icon icon) {
    struct button b = {.label = WORD(s, words_key), .key = words_key, .icon = icon};
    rect r = rect_cut_top(area, ui_button_height(u, &b, area->w, ui_theme(u)->touch_primary));
    rect_cut_top(area, ui_theme(u)->gap);
    return ui_button(u, r, &b);
}

struct intent own_go(enum screen_id screen, const char *word, const char *word2) {
    struct intent in = {.kind = INTENT_replace, .to = {.screen = (int32_t)screen}};
    text_copy(in.to.word, sizeof in.to.word, word);
    text_copy(in.to.word2, sizeof in.to.word2, word2);
    return in;
}
