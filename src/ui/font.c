/* font.c -- faces and their measures, and lines of text as pictures.
 *
 * SDL2_ttf 2.20 knows no fallback fonts: a text is split into runs, each in the
 * first face that has its code points; what no face has is shown as U+XXXX, so
 * that it is seen to be there. Widths come from advances measured once at
 * METRIC_PX for each pair of letters (kerning included) and scaled: measuring a
 * text is adding numbers, the same at every size. Scripts whose letters join
 * are measured run by run. The advance of a pair is found by setting it between
 * two bars, since bars kern with nothing and have no overhang that SDL2_ttf
 * would add to the width. */
#include "ui/font.h"

#include <SDL_ttf.h>

#include "base/file.h"
#include "base/text.h"
#include "ui/cache.h"

#define LARGE_DP   24.0f
#define METRIC_PX  512
#define FACES_MAX  16
#define SIZES_MAX  48
#define PAIRS      16384 /* a power of two */
#define FACE_CACHE 1024
#define FONT_BYTES (24u << 20)

enum { FACE_REGULAR, FACE_SEMIBOLD, FACE_BOLD, FACE_ICON, FACE_ICON_FILL, FACE_FALLBACK };

struct face {
    struct buf bytes;
    TTF_Font *metric;
    float bar; /* advance of '|' at METRIC_PX */
    float bars;
};
struct sized {
    TTF_Font *font;
    int face, px;
    int64_t used;
};
struct pair {
    uint64_t key;
    float advance;
};
struct fonts {
    struct face faces[FACES_MAX];
    int face_count;
    struct sized sizes[SIZES_MAX];
    int64_t tick;
    float ascii[3][128][128]; /* 0: not measured yet */
    struct pair pairs[PAIRS];
    int pair_count;
    struct {
        uint32_t cp;
        int8_t face; /* -1: none has it */
    } found[FACE_CACHE];
};

static TTF_Font *open_size(struct face *f, int px) {
    SDL_RWops *rw = SDL_RWFromConstMem(f->bytes.data, (int)f->bytes.size);
    TTF_Font *font = rw ? TTF_OpenFontRW(rw, 1, px) : NULL;
    if (font) TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
    return font;
}

static enum status face_open(struct fonts *fs, const char *path) {
    struct face *f = &fs->faces[fs->face_count];
    enum status s = file_read(path, FONT_BYTES, &f->bytes);
    if (s) return s;
    f->metric = open_size(f, METRIC_PX);
    if (!f->metric) {
        buf_release(&f->bytes);
        return status_fail(STATUS_DAMAGED, "%s: %s", path, TTF_GetError());
    }
    int bar = 0, w = 0;
    TTF_GlyphMetrics32(f->metric, '|', NULL, NULL, NULL, NULL, &bar);
    TTF_SizeUTF8(f->metric, "||", &w, NULL);
    f->bar = (float)bar;
    f->bars = (float)w;
    fs->face_count++;
    return STATUS_OK;
}

/* Every NotoSans*.ttf that is there helps out, in the order of their names;
 * none is needed. */
static void open_fallbacks(struct ui *u, const char *dir) {
    struct arena a = {0};
    char **names = NULL;
    size_t n = 0;
    if (!dir_list(&a, dir, ".ttf", &names, &n)) {
        for (size_t i = 0; i < n && u->fonts->face_count < FACES_MAX; i++)
            if (text_starts(names[i], "Noto") &&
                face_open(u->fonts, path_join(&a, dir, names[i])))
                log_line("font %s left out: %s", names[i], status_detail());
    }
    arena_release(&a);
}

enum status fonts_open(struct ui *u) {
    static const char *const own[] = {
        [FACE_REGULAR] = "fonts/AtkinsonHyperlegibleNext-Regular.ttf",
        [FACE_SEMIBOLD] = "fonts/AtkinsonHyperlegibleNext-SemiBold.ttf",
        [FACE_BOLD] = "fonts/AtkinsonHyperlegibleNext-Bold.ttf",
        [FACE_ICON] = "icons/Phosphor-Regular.ttf",
        [FACE_ICON_FILL] = "icons/Phosphor-Fill.ttf",
    };
    if (TTF_Init()) return status_fail(STATUS_IO, "SDL2_ttf: %s", TTF_GetError());
    u->fonts = ARENA_NEW(&u->life, struct fonts);
    struct arena a = {0};
    enum status s = STATUS_OK;
    for (size_t i = 0; i < sizeof own / sizeof *own && !s; i++)
        s = face_open(u->fonts, path_join(&a, u->assets, own[i]));
    if (!s) open_fallbacks(u, path_join(&a, u->assets, "fonts"));
    arena_release(&a);
    return s;
}

void fonts_close(struct ui *u) {
    struct fonts *fs = u->fonts;
    if (!fs) return;
    for (int i = 0; i < SIZES_MAX; i++)
        if (fs->sizes[i].font) TTF_CloseFont(fs->sizes[i].font);
    for (int i = 0; i < FACES_MAX; i++) {
        if (fs->faces[i].metric) TTF_CloseFont(fs->faces[i].metric);
        buf_release(&fs->faces[i].bytes);
    }
    TTF_Quit();
    u->fonts = NULL;
}

static TTF_Font *font_sized(struct ui *u, int face, int px) {
    struct fonts *fs = u->fonts;
    struct sized *slot = &fs->sizes[0];
    for (int i = 0; i < SIZES_MAX; i++) {
        struct sized *s = &fs->sizes[i];
        if (s->font && s->face == face && s->px == px) {
            s->used = ++fs->tick;
            return s->font;
        }
        if (s->used < slot->used) slot = s;
    }
    if (slot->font) TTF_CloseFont(slot->font);
    *slot = (struct sized){open_size(&fs->faces[face], px), face, px, ++fs->tick};
    return slot->font;
}

/* What is large already grows half as fast: at 200 % a heading of 30 dp would
 * leave a telephone room for one word a line, and nobody needs it that large to
 * read it. */
float font_dp(const struct ui *u, enum font f) {
    float dp = ui_theme(u)->font_dp[f];
    return dp * (dp >= LARGE_DP ? 1 + (u->text_scale - 1) / 2 : u->text_scale);
}

int font_px(const struct ui *u, enum font f) {
    float px = font_dp(u, f) * u->scale;
    return px < 4 ? 4 : (int)(px + 0.5f);
}

static int face_of_role(const struct ui *u, enum font f) {
    int weight = ui_theme(u)->font_weight[f];
    return weight >= 700 ? FACE_BOLD : weight >= 600 ? FACE_SEMIBOLD : FACE_REGULAR;
}

/* Marks, joiners and selectors belong to what stands before them and have no
 * look of their own.
 */
static bool unseen_mark(uint32_t cp) {
    return cp == 0x200B || cp == 0x200C || cp == 0x200D || cp == 0xFEFF ||
           (cp >= 0xFE00 && cp <= 0xFE0F);
}

static int face_for(struct ui *u, int first, uint32_t cp) {
    struct fonts *fs = u->fonts;
    if (cp < 0x7F) return first;
    uint32_t slot = (cp * 2654435761u) % FACE_CACHE;
    if (fs->found[slot].cp != cp) {
        int face = -1;
        if (TTF_GlyphIsProvided32(fs->faces[FACE_REGULAR].metric, cp)) face = FACE_REGULAR;
        for (int i = FACE_FALLBACK; i < fs->face_count && face < 0; i++)
            if (TTF_GlyphIsProvided32(fs->faces[i].metric, cp)) face = i;
        fs->found[slot].cp = cp;
        fs->found[slot].face = (int8_t)face;
    }
    int face = fs->found[slot].face;
    return face == FACE_REGULAR ? first : face; /* the three weights have the same letters */
}

static bool joins(uint32_t cp, bool *rtl) {
    *rtl = (cp >= 0x0590 && cp <= 0x08FF) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
           (cp >= 0xFE70 && cp <= 0xFEFE);
    return *rtl || (cp >= 0x0900 && cp <= 0x0DFF) || (cp >= 0x0300 && cp <= 0x036F);
}

size_t missing_name(uint32_t cp, char out[12]) {
    return (size_t)snprintf(out, 12, "U+%04X", (unsigned)cp);
}

struct run run_next(struct ui *u, enum font f, const char *s, size_t n, size_t at) {
    const char *p = s + at, *end = s + n;
    int first = face_of_role(u, f);
    struct run r = {.start = at, .end = at, .face = -1};
    while (p < end) {
        const char *here = p;
        bool rtl = false;
        uint32_t cp = text_next(&p, end);
        bool shaped = joins(cp, &rtl);
        int face = unseen_mark(cp) && r.face >= 0 ? r.face : face_for(u, first, cp);
        if (cp == ' ' && r.rtl)
            face = r.face, shaped = rtl = true; /* words of one phrase stay together */
        if (r.face >= 0 && (face != r.face || rtl != r.rtl)) {
            while (r.rtl && r.end > at && s[r.end - 1] == ' ')
                r.end--; /* the blank before other words stands on their side */
            break;
        }
        if (face < 0) {
            if (here > s + at) break;
            r = (struct run){first, at, (size_t)(p - s), false, false, true, cp};
            return r;
        }
        r.face = face;
        r.rtl = rtl;
        r.shaped = r.shaped || shaped;
        r.end = (size_t)(p - s);
    }
    return r;
}

static float measure_pair(struct face *f, uint32_t before, uint32_t cp) {
    char text[16];
    size_t n = 0;
    int w = 0, alone = 0;
    text[n++] = '|';
    if (before) n += text_put(text + n, before);
    size_t m = n;
    n += text_put(text + n, cp);
    text[n++] = '|';
    text[n] = 0;
    TTF_SizeUTF8(f->metric, text, &w, NULL);
    if (!before) return ((float)w - f->bars) / METRIC_PX;
    text[m] = '|';
    text[m + 1] = 0;
    TTF_SizeUTF8(f->metric, text, &alone, NULL);
    return (float)(w - alone) / METRIC_PX;
}

static struct pair *pair_at(struct fonts *fs, uint64_t key) {
    if (fs->pair_count > PAIRS / 2) { /* foreign text of all the world: start again */
        memset(fs->pairs, 0, sizeof fs->pairs);
        fs->pair_count = 0;
    }
    uint64_t at = key * 0x9E3779B97F4A7C15u >> 40;
    for (;; at++) {
        struct pair *p = &fs->pairs[at & (PAIRS - 1)];
        if (p->key == key || !p->key) return p;
    }
}

float run_advance(struct ui *u, int face, uint32_t before, uint32_t cp) {
    struct fonts *fs = u->fonts;
    struct face *f = &fs->faces[face];
    if (unseen_mark(cp) || cp < 0x20) return 0;
    if (face <= FACE_BOLD && before < 128 && cp < 128) {
        float *known = &fs->ascii[face][before][cp];
        if (*known <= 0) *known = measure_pair(f, before, cp);
        return *known;
    }
    uint64_t key = ((uint64_t)(face + 1) << 42) | ((uint64_t)before << 21) | cp;
    struct pair *p = pair_at(fs, key);
    if (p->key) return p->advance;
    *p = (struct pair){key, measure_pair(f, before, cp)};
    fs->pair_count++;
    return p->advance;
}

/* SDL2_ttf shapes by script only when it is told which; vowel signs of Indian
 * scripts would stay behind the letter they stand before. */
static const char *script_of(const char *s, size_t n) {
    const char *p = s, *end = s + n;
    while (p < end) {
        uint32_t cp = text_next(&p, end);
        if (cp >= 0x0590 && cp <= 0x05FF) return "Hebr";
        if (cp >= 0x0600 && cp <= 0x08FF) return "Arab";
        if (cp >= 0x0900 && cp <= 0x097F) return "Deva";
        if (cp >= 0x0980 && cp <= 0x09FF) return "Beng";
        if (cp >= 0x0A00 && cp <= 0x0A7F) return "Guru";
    }
    return "Latn";
}

static void set_direction(TTF_Font *font, bool rtl, const char *script) {
    TTF_SetFontDirection(font, rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script);
}

/* Letters that join are shaped word by word, and a word that was seen is not
 * shaped again. */
static float word_width(struct ui *u, const char *s, size_t n, int face, bool rtl) {
    uint64_t key = 0xCBF29CE484222325u ^ (uint64_t)face;
    for (size_t i = 0; i < n; i++)
        key = (key ^ (uint8_t)s[i]) * 0x100000001B3u;
    key |= UINT64_C(1) << 63; /* apart from the pairs of letters */
    struct pair *p = pair_at(u->fonts, key);
    if (p->key) return p->advance;
    char *copy = arena_strndup(ui_arena(u), s, n);
    TTF_Font *font = u->fonts->faces[face].metric;
    int w = 0;
    set_direction(font, rtl, script_of(s, n));
    TTF_SizeUTF8(font, copy, &w, NULL);
    set_direction(font, false, "Latn");
    *p = (struct pair){key, (float)w / METRIC_PX};
    u->fonts->pair_count++;
    return p->advance;
}

size_t word_end(const char *s, size_t at, size_t end) {
    while (at < end && s[at] != ' ')
        at++;
    while (at < end && s[at] == ' ')
        at++;
    return at;
}

float run_width(struct ui *u, const char *s, const struct run *r) {
    char name[12];
    const char *p = s + r->start, *end = s + r->end;
    float w = 0;
    if (r->missing) p = name, end = name + missing_name(r->cp, name);
    if (r->shaped) {
        for (size_t at = r->start, next; at < r->end; at = next) {
            next = word_end(s, at, r->end);
            w += word_width(u, s + at, next - at, r->face, r->rtl);
        }
        return w;
    }
    for (uint32_t before = 0; p < end;) {
        uint32_t cp = text_next(&p, end);
        w += run_advance(u, r->face, before, cp);
        before = cp;
    }
    return w;
}

int line_ascent_px(struct ui *u, enum font f) {
    TTF_Font *font = font_sized(u, face_of_role(u, f), font_px(u, f));
    return font ? TTF_FontAscent(font) : 0;
}

int line_height_px(struct ui *u, enum font f) {
    TTF_Font *font = font_sized(u, face_of_role(u, f), font_px(u, f));
    return font ? TTF_FontHeight(font) : 0;
}

static SDL_Color color_of(uint32_t rgb) {
    return (SDL_Color){(Uint8)(rgb >> 16), (Uint8)(rgb >> 8), (Uint8)rgb, 255};
}

static SDL_Surface *run_surface(struct ui *u, const char *s, const struct run *r, int px,
                                uint32_t rgb) {
    char name[12];
    const char *p = s + r->start;
    size_t n = r->end - r->start;
    if (r->missing) p = name, n = missing_name(r->cp, name);
    TTF_Font *font = font_sized(u, r->face, px);
    if (!font) return NULL;
    char *copy = arena_strndup(ui_arena(u), p, n);
    set_direction(font, r->rtl, script_of(copy, n));
    SDL_Surface *out = TTF_RenderUTF8_Blended(font, copy, color_of(rgb));
    set_direction(font, false, "Latn");
    return out;
}

static void lay_run(struct ui *u, SDL_Surface *whole, SDL_Surface *part, const struct run *r,
                    int px, int ascent, float x) {
    TTF_Font *font = font_sized(u, r->face, px);
    SDL_Rect to = {(int)(x + 0.5f), font ? ascent - TTF_FontAscent(font) : 0, part->w, part->h};
    SDL_SetSurfaceBlendMode(part, SDL_BLENDMODE_NONE);
    SDL_BlitSurface(part, NULL, whole, &to);
}

SDL_Surface *line_surface(struct ui *u, enum font f, uint32_t rgb, const char *s, size_t n) {
    int px = font_px(u, f), ascent = line_ascent_px(u, f);
    struct run r = run_next(u, f, s, n, 0);
    if (r.end >= n && r.face <= FACE_BOLD) return run_surface(u, s, &r, px, rgb);
    float width = 0;
    int height = line_height_px(u, f);
    for (size_t at = 0; at < n; at = r.end) {
        r = run_next(u, f, s, n, at);
        width += run_width(u, s, &r) * (float)px;
        TTF_Font *font = font_sized(u, r.face, px); /* other scripts reach lower */
        if (font)
            height = SDL_max(height, ascent - TTF_FontAscent(font) + TTF_FontHeight(font));
    }
    SDL_Surface *whole =
        SDL_CreateRGBSurfaceWithFormat(0, (int)width + 2, height, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!whole) return NULL;
    float x = 0;
    for (size_t at = 0; at < n; at = r.end) {
        r = run_next(u, f, s, n, at);
        SDL_Surface *part = run_surface(u, s, &r, px, rgb);
        if (part) lay_run(u, whole, part, &r, px, ascent, x);
        SDL_FreeSurface(part);
        x += run_width(u, s, &r) * (float)px;
    }
    return whole;
}

SDL_Surface *icon_surface(struct ui *u, uint32_t icon, bool fill, int px, uint32_t rgb) {
    TTF_Font *font = font_sized(u, fill ? FACE_ICON_FILL : FACE_ICON, px);
    return font ? TTF_RenderGlyph32_Blended(font, icon, color_of(rgb)) : NULL;
}
