/* send_sheets.c -- what the send screen asks: where to save, which file to read, the code of a
 * first pack, whether an open pack is from one's own office. */
#include "screen/send_pieces.h"

#include <ctype.h>

#include "base/text.h"

#define ROW_DP      74.0F
#define CODE_CHARS  12
#define GROUP_CHARS 4

static float list_height(struct sending *d, size_t n) {
    return ((float)n + 1) * (ROW_DP * ui_text_scale(d->u) + 12) + 60;
}

static void say(struct sending *d, rect *in, enum font font, enum color color,
                const char *text) {
    part_text(d->u, in, font, color, COLOR_CARD, text);
    rect_cut_top(in, ui_theme(d->u)->gap);
}

static bool button(struct sending *d, rect *in, const struct button *b) {
    float least = ui_theme(d->u)->touch_primary;
    rect r = rect_cut_top(in, ui_button_height(d->u, b, in->w, least));
    rect_cut_top(in, ui_theme(d->u)->gap);
    return ui_button(d->u, r, b);
}

/* ---- where to ---- */

static void sheet_folders(struct sending *d) {
    struct ui *u = d->u;
    bool closed = false, sealed = d->m->outbox.belongs.enrolled;
    size_t n = d->m->sticks_count;
    rect in =
        ui_sheet_begin(u, "folders", WORD(d->s, "send.where"), list_height(d, n), &closed);
    if (n && !sealed) say(d, &in, FONT_BODY, COLOR_PARTLY, WORD(d->s, "send.open_warning"));
    say(d, &in, FONT_BODY, COLOR_INK,
        WORD(d->s, !n       ? "send.no_folder"
                   : sealed ? "send.sealed_where"
                            : "send.open_cure"));
    for (size_t i = 0; i < n; i++) {
        struct button b = {.label = d->m->stick_names[i],
                           .sub = d->m->sticks[i],
                           .key = d->m->sticks[i],
                           .icon = i ? ICON_FOLDER : ICON_USB,
                           .left = true};
        if (button(d, &in, &b)) {
            d->intent = (struct intent){.kind = INTENT_export_to, .text = d->m->sticks[i]};
            closed = true;
        }
    }
    ui_sheet_end(u);
    if (closed) d->state->choosing = false;
}

/* ---- which file ---- */

static void sheet_files(struct sending *d) {
    struct ui *u = d->u;
    bool closed = false;
    size_t n = d->m->files_count;
    rect in =
        ui_sheet_begin(u, "files", WORD(d->s, "send.which_file"), list_height(d, n), &closed);
    say(d, &in, FONT_BODY, COLOR_INK, WORD(d->s, n ? "send.which_file_sub" : "send.no_files"));
    for (size_t i = 0; i < n; i++) {
        struct button b = {.label = d->m->files[i].name,
                           .sub = d->m->files[i].folder,
                           .key = d->m->files[i].path,
                           .icon = ICON_FILE_TEXT,
                           .left = true};
        if (button(d, &in, &b)) {
            d->intent = (struct intent){.kind = INTENT_read_file, .text = d->m->files[i].path};
            closed = true;
        }
    }
    ui_sheet_end(u);
    if (closed) d->state->reading = false;
}

/* ---- the code of a first pack ---- */

const char *send_code_groups(struct arena *a, const char *typed) {
    char out[CODE_CHARS + CODE_CHARS / GROUP_CHARS + 1];
    size_t n = 0;
    int chars = 0;
    for (const char *p = typed; *p && chars < CODE_CHARS; p++) {
        if (!isalnum((unsigned char)*p)) continue;
        if (chars && chars % GROUP_CHARS == 0) out[n++] = '-';
        out[n++] = (char)toupper((unsigned char)*p);
        chars++;
    }
    out[n] = '\0';
    return arena_strdup(a, out);
}

static bool whole_code(const char *groups) {
    return strlen(groups) == CODE_CHARS + CODE_CHARS / GROUP_CHARS - 1;
}

/* Large type, for what is compared letter by letter; whole at any size. */
static enum font code_font(struct sending *d, float width) {
    static const enum font fonts[] = {FONT_H1, FONT_H2, FONT_H3};
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (ui_text_width(d->u, fonts[i], "WWWW-WWWW-WWWW") < width - 40) return fonts[i];
    return FONT_SMALL;
}

/* Groups form while one writes on or deletes at the end. Whoever mends a letter in the middle
 * keeps the caret where it is. */
static const char *code_field(struct sending *d, rect *in, bool *entered) {
    struct ui *u = d->u;
    struct field f = {.key = SEND_CODE,
                      .name = WORD(d->s, "send.code"),
                      .hint = WORD(d->s, "send.code_hint"),
                      .lines = 1,
                      .bytes_max = 40,
                      .focus = true,
                      .font = code_font(d, in->w),
                      .ground = COLOR_CARD};
    struct field_result r = ui_field(u, rect_cut_top(in, ui_field_height(u, &f, in->w)), &f);
    const char *groups = send_code_groups(ui_arena(u), r.text), *before = d->state->typed;
    bool at_end = text_starts(r.text, before) || text_starts(before, r.text);
    if (r.changed && at_end && !text_equal(groups, r.text)) ui_field_set(u, SEND_CODE, groups);
    text_copy(d->state->typed, sizeof d->state->typed, at_end ? groups : r.text);
    rect_cut_top(in, ui_theme(u)->gap);
    *entered = r.entered;
    return groups;
}

static void sheet_code(struct sending *d) {
    struct ui *u = d->u;
    const struct job *job = &d->s->job;
    bool closed = false, entered = false, busy = job->state == JOB_RUNNING;
    rect in = ui_sheet_begin(u, "code", WORD(d->s, "send.code_title"), 300 * ui_text_scale(u),
                             &closed);
    const char *code = code_field(d, &in, &entered);
    if (job->wrong_code && !busy)
        say(d, &in, FONT_BODY, COLOR_NOT_MET, WORD(d->s, "send.code_wrong"));
    struct button open = {.label = WORD(d->s, busy ? "job.opening" : "send.code_open"),
                          .key = "open",
                          .icon = ICON_LOCK_OPEN,
                          .role = BUTTON_MAIN,
                          .disabled = busy || !whole_code(code)};
    bool go = button(d, &in, &open) || (entered && !open.disabled);
    if (go)
        d->intent = (struct intent){.kind = INTENT_read_file, .text = job->path, .text2 = code};
    say(d, &in, FONT_SMALL, COLOR_MUTE, WORD(d->s, "send.code_sub"));
    struct button cancel = {.label = WORD(d->s, "common.cancel"), .disabled = busy};
    closed |= button(d, &in, &cancel);
    ui_sheet_end(u);
    if (closed && !go && !busy) d->intent.kind = INTENT_export_cancel;
}

/* ---- an open pack ---- */

static void sheet_trust(struct sending *d) {
    struct ui *u = d->u;
    const struct job *job = &d->s->job;
    bool closed = false;
    rect in = ui_sheet_begin(u, "trust", WORD(d->s, "send.trust_title"), 260 * ui_text_scale(u),
                             &closed);
    say(d, &in, FONT_BODY, COLOR_INK, WORD(d->s, "send.trust_sub"));
    struct button yes = {.label = WORD(d->s, "send.trust_yes"), .role = BUTTON_MAIN};
    struct button no = {.label = WORD(d->s, "send.trust_no")};
    bool go = button(d, &in, &yes);
    closed |= button(d, &in, &no);
    ui_sheet_end(u);
    if (go) {
        d->intent = (struct intent){.kind = INTENT_read_file, .text = job->path, .number = 1};
    } else if (closed) {
        d->intent.kind = INTENT_export_cancel;
    }
}

void send_sheets(struct sending *d) {
    const struct job *job = &d->s->job;
    bool busy = job->state == JOB_RUNNING;
    if (job->ask != JOB_ASK_CODE) memset(d->state->typed, 0, sizeof d->state->typed);
    if (d->state->choosing) sheet_folders(d);
    if (d->state->reading) sheet_files(d);
    if (job->ask == JOB_ASK_CODE) sheet_code(d);
    if (job->ask == JOB_ASK_TRUST && !busy) sheet_trust(d);
}
