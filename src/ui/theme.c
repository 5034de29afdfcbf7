/* theme.c -- reads tokens.json into a theme and knows the WCAG arithmetic.
 *
 * Colours, type and sizes are data; here stands only which token fills which role. A missing
 * token is told with its place in the file rather than replaced by a guess. */
#include "ui/theme.h"

#include <math.h>

#include "base/json.h"

static const char *const color_token[COLOR_COUNT] = {
    [COLOR_BG] = "bg",
    [COLOR_CARD] = "card",
    [COLOR_RAIL] = "rail",
    [COLOR_LINE] = "line",
    [COLOR_OUTLINE] = "outline",
    [COLOR_INK] = "ink",
    [COLOR_MUTE] = "mute",
    [COLOR_PRIMARY] = "primary",
    [COLOR_ON_PRIMARY] = "on_primary",
    [COLOR_SOFT] = "soft",
    [COLOR_AMBER] = "amber",
    [COLOR_ON_AMBER] = "on_amber",
    [COLOR_MET] = "met",
    [COLOR_MET_SOFT] = "met_soft",
    [COLOR_PARTLY] = "partly",
    [COLOR_PARTLY_SOFT] = "partly_soft",
    [COLOR_NOT_MET] = "not_met",
    [COLOR_NOT_MET_SOFT] = "not_met_soft",
    [COLOR_NA] = "na",
    [COLOR_NA_SOFT] = "na_soft",
};
static const char *const font_token[FONT_COUNT] = {
    [FONT_DISPLAY] = "display", [FONT_H1] = "h1",     [FONT_H2] = "h2",
    [FONT_H3] = "h3",           [FONT_BODY] = "body", [FONT_BUTTON] = "button",
    [FONT_SMALL] = "small",     [FONT_TAG] = "tag",
};

static double channel(uint32_t v) {
    double c = (double)(v & 0xFF) / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double color_luminance(uint32_t rgb) {
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) + 0.0722 * channel(rgb);
}

double color_contrast(uint32_t a, uint32_t b) {
    double la = color_luminance(a), lb = color_luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static enum status read_color(const struct json_doc *d, const json *map, const char *key,
                              uint32_t *out) {
    const json *node = json_get(map, key);
    const char *s = json_text(node, "");
    char *end = NULL;
    unsigned long v = s[0] == '#' ? strtoul(s + 1, &end, 16) : 0;
    if (!end || *end || end - s != 7)
        return json_complain(d, node ? node : map, "colour \"%s\" must read #RRGGBB", key);
    *out = (uint32_t)v;
    return STATUS_OK;
}

static enum status read_size(const struct json_doc *d, const json *group, const char *key,
                             int at, float *out) {
    const json *node = json_get(group, key);
    if (at >= 0) node = json_at(node, (size_t)at);
    double v = json_real(node, -1);
    if (v < 0) v = (double)json_int(node, -1);
    if (v < 0 || v > 1000)
        return json_complain(d, node ? node : json_root(d), "size \"%s\" is missing or odd",
                             key);
    *out = (float)v;
    return STATUS_OK;
}

static enum status read_sizes(const struct json_doc *d, struct theme *t) {
    const json *root = json_root(d);
    const struct {
        const char *group, *key;
        int at;
        float *to;
    } sizes[] = {
        {"space", "unit", -1, &t->unit},
        {"space", "gap", -1, &t->gap},
        {"space", "card_pad", 0, &t->card_pad_y},
        {"space", "card_pad", 1, &t->card_pad_x},
        {"space", "screen_pad", -1, &t->screen_pad},
        {"touch", "minimum", -1, &t->touch_min},
        {"touch", "answer", -1, &t->touch_answer},
        {"touch", "primary", -1, &t->touch_primary},
        {"touch", "between", -1, &t->touch_between},
        {"radius", "card", -1, &t->radius_card},
        {"radius", "button", -1, &t->radius_button},
        {"radius", "tag", -1, &t->radius_tag},
        {"radius", "bar", -1, &t->radius_bar},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        enum status s = read_size(d, json_get(root, sizes[i].group), sizes[i].key, sizes[i].at,
                                  sizes[i].to);
        if (s) return s;
    }
    for (int f = 0; f < FONT_COUNT; f++) {
        float weight = 0;
        enum status s = read_size(d, json_get(root, "type"), font_token[f], 0, &t->font_dp[f]);
        if (!s) s = read_size(d, json_get(root, "type"), font_token[f], 1, &weight);
        if (s) return s;
        t->font_weight[f] = (int)weight;
    }
    return STATUS_OK;
}

/* White or dark: whichever can be read on all answers' fills, so that words do not change
 * colour from one answer to the next. */
static enum status derive_on_met(const struct json_doc *d, struct theme *t) {
    const enum color fills[] = {COLOR_MET, COLOR_PARTLY, COLOR_NOT_MET, COLOR_NA};
    const uint32_t candidates[] = {t->colors[COLOR_ON_PRIMARY], 0xFFFFFF, t->colors[COLOR_BG],
                                   0x000000};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        bool fits = true;
        for (size_t k = 0; k < sizeof fills / sizeof *fills; k++)
            fits = fits && color_contrast(candidates[i], t->colors[fills[k]]) >= 4.5;
        if (!fits) continue;
        t->colors[COLOR_ON_MET] = candidates[i];
        return STATUS_OK;
    }
    return json_complain(d, json_root(d), "no words can be read on met, partly and not_met");
}

enum status theme_load(const char *tokens_path, bool night, struct theme *out) {
    struct json_doc *d = NULL;
    struct theme t = {.night = night};
    enum status s = json_load(&d, tokens_path, 64 * 1024);
    if (s) return s;
    const char *name = night ? "night" : "day";
    const json *map = json_get(json_root(d), name);
    if (!map) {
        s = json_complain(d, json_root(d), "\"%s\" is missing", name);
        goto done;
    }
    for (int c = 0; c < COLOR_COUNT && !s; c++)
        s = read_color(d, map, color_token[c], &t.colors[c]);
    if (!s) s = read_sizes(d, &t);
    if (!s) s = derive_on_met(d, &t);
    t.colors[COLOR_BLACK] = 0x000000;
    t.colors[COLOR_ON_BLACK] = night ? 0xC9C2B4 : 0xEDE8DE;
    if (!s) *out = t;
done:
    json_close(d);
    return s;
}
