/* settings_keeps.c -- whose tablet this is, what it keeps, what of that the office has already,
 * and what may go from here. Nothing goes by itself. */
#include "screen/settings_pieces.h"

#include "base/text.h"

void settings_heading(struct setting *d, rect *in, const char *key) {
    part_text(d->u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, key));
    rect_cut_top(in, ui_theme(d->u)->gap);
}

void settings_note(struct setting *d, rect *in, const char *text) {
    part_text(d->u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, text);
    rect_cut_top(in, ui_theme(d->u)->gap);
}

bool settings_button(struct setting *d, rect *in, const char *key, enum icon icon) {
    struct button b = {.label = WORD(d->s, key), .icon = icon};
    rect r = rect_cut_top(in, ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary));
    rect_cut_top(in, ui_theme(d->u)->gap);
    return ui_button(d->u, r, &b);
}

static const char *megabytes(struct setting *d, int64_t bytes) {
    return int_text(ui_arena(d->u), (bytes + 999999) / 1000000);
}

/* ---- whose tablet this is ---- */

static const char *tablet_line(struct setting *d) {
    const struct belongs *b = &d->m->belongs;
    if (text_blank(b->letters) && text_blank(b->name)) return "";
    if (text_blank(b->letters)) return SAY(d->u, d->s, "settings.tablet", b->name);
    if (text_blank(b->name) || text_equal(b->name, b->letters))
        return SAY(d->u, d->s, "settings.tablet", b->letters);
    return SAY(d->u, d->s, "settings.tablet_letters", b->name, b->letters);
}

void settings_office(struct setting *d, rect *area) {
    const struct belongs *b = &d->m->belongs;
    struct card card;
    if (d->m->sample) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    settings_heading(d, &in, "settings.office");
    if (!text_blank(b->office))
        part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, b->office);
    part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, tablet_line(d));
    if (!text_blank(b->office) || !text_blank(tablet_line(d))) rect_cut_top(&in, 8);
    part_text(d->u, &in, FONT_BODY, b->enrolled ? COLOR_MET : COLOR_PARTLY, COLOR_CARD,
              WORD(d->s, !b->enrolled    ? "settings.not_enrolled"
                         : !b->confirmed ? "settings.enrolled_waits"
                                         : "settings.enrolled"));
    rect_cut_top(&in, 6);
    if (!b->enrolled) {
        settings_note(d, &in, WORD(d->s, "settings.how_to_enrol"));
        if (settings_button(d, &in, "settings.open_pack", ICON_FILE_TEXT))
            d->intent = part_go(SCREEN_send, 0, 0, "read");
    }
    part_card_end(d->u, area, &card, in);
}

/* ---- what it keeps ---- */

static void job_line(struct setting *d, rect *in) {
    const struct job *job = &d->s->job;
    bool here =
        job->key && (text_equal(job->key, "job.verify") ||
                     text_equal(job->key, "job.support") || text_equal(job->key, "job.free"));
    if (job->state == JOB_NONE || !here) return;
    part_text(d->u, in, FONT_BODY, job->state == JOB_FAILED ? COLOR_NOT_MET : COLOR_INK,
              COLOR_CARD, job->state == JOB_RUNNING ? WORD(d->s, job->key) : job->text);
    rect_cut_top(in, ui_theme(d->u)->gap);
}

/* Photos and voice: how much, and what of it the office has confirmed. */
static void files(struct setting *d, rect *in) {
    struct arena *f = ui_arena(d->u);
    const struct settings_model *m = d->m;
    if (m->photos)
        settings_note(d, in,
                      SAY(d->u, d->s, "settings.photos", int_text(f, m->photos),
                          megabytes(d, m->photos_bytes)));
    if (m->voices)
        settings_note(d, in,
                      SAY(d->u, d->s, "settings.voices", int_text(f, m->voices),
                          megabytes(d, m->voices_bytes)));
    if (!m->freeable) {
        bool any = m->photos || m->voices;
        settings_note(d, in,
                      WORD(d->s, any ? "settings.nothing_to_free" : "settings.no_files"));
        return;
    }
    struct button b = {.label =
                           SAY(d->u, d->s, "settings.free_up", megabytes(d, m->freeable_bytes)),
                       .key = "free",
                       .icon = ICON_ARCHIVE};
    rect r = rect_cut_top(in, ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary));
    rect_cut_top(in, ui_theme(d->u)->gap);
    if (ui_button(d->u, r, &b)) d->state->freeing = true;
}

void settings_storage(struct setting *d, rect *area) {
    struct card card;
    struct arena *f = ui_arena(d->u);
    const struct settings_model *m = d->m;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    settings_heading(d, &in, "settings.storage");
    settings_note(d, &in,
                  SAY(d->u, d->s, "settings.holds", int_text(f, m->records),
                      megabytes(d, m->database_bytes)));
    if (m->free_bytes >= 0)
        settings_note(d, &in,
                      SAY(d->u, d->s, "settings.free", int_text(f, m->free_bytes / 1000000)));
    files(d, &in);
    job_line(d, &in);
    if (settings_button(d, &in, "settings.verify", ICON_SHIELD_CHECK))
        d->intent.kind = INTENT_verify_now;
    if (m->sticks_count && settings_button(d, &in, "settings.support", ICON_FILE_TEXT))
        d->state->support = true;
    part_card_end(d->u, area, &card, in);
}

static bool free_button(struct setting *d, rect *in, const char *key, int64_t count,
                        int64_t bytes) {
    struct button b = {
        .label = SAY(d->u, d->s, key, int_text(ui_arena(d->u), count), megabytes(d, bytes)),
        .key = key,
        .icon = ICON_ARCHIVE};
    rect r = rect_cut_top(in, ui_button_height(d->u, &b, in->w, ui_theme(d->u)->touch_primary));
    rect_cut_top(in, ui_theme(d->u)->gap);
    return ui_button(d->u, r, &b);
}

/* The largest go first, so that few pictures are missed for the room they give. */
void settings_sheet_free(struct setting *d) {
    const struct settings_model *m = d->m;
    bool closed = false;
    rect in = ui_sheet_begin(d->u, "free", WORD(d->s, "settings.free_title"),
                             (m->largest ? 320 : 260) * ui_text_scale(d->u), &closed);
    part_text(d->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, "settings.free_ask"));
    rect_cut_top(&in, ui_theme(d->u)->gap);
    bool some = m->largest &&
                free_button(d, &in, "settings.free_largest", m->largest, m->largest_bytes);
    bool all = free_button(d, &in, "settings.free_all", m->freeable, m->freeable_bytes);
    closed |= settings_button(d, &in, "common.cancel", ICON_X);
    ui_sheet_end(d->u);
    if (some || all)
        d->intent =
            (struct intent){.kind = INTENT_free_space, .number = some ? m->largest_bytes : 0};
    if (some || all || closed) d->state->freeing = false;
}

/* ---- covering by itself ---- */

void settings_cover(struct setting *d, rect *in) {
    static const int minutes[] = {2, 5, 10, 20, 0};
    enum { N = sizeof minutes / sizeof *minutes };
    struct option o[N];
    int now = -1;
    rect_cut_top(in, 8);
    settings_heading(d, in, d->s->sealed ? "settings.cover_sealed" : "settings.cover");
    for (int i = 0; i < N; i++) {
        o[i] = (struct option){.label = minutes[i] ? SAY(d->u, d->s, "settings.cover_minutes",
                                                         int_text(ui_arena(d->u), minutes[i]))
                                                   : WORD(d->s, "settings.cover_never"),
                               .role = BUTTON_MAIN,
                               .outline_only = true};
        if (minutes[i] == d->m->cover_minutes) now = i;
    }
    int tapped = part_options(d->u, in, "cover", o, N, now, ui_theme(d->u)->touch_primary);
    if (tapped >= 0)
        d->intent = (struct intent){.kind = INTENT_auto_cover, .number = minutes[tapped]};
}
