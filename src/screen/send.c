/* send.c -- Send to the office: what waits, save a bundle to a stick or folder, read a receipt
 * or pack, every bundle made here. See send-night.png. */
#include "screen/send_pieces.h"

#include "base/text.h"

#define ICON_DP 64.0F

/* "2 checks, 1 piece of feedback wait here": only what there is is named. */
static const char *waiting_title(struct sending *d) {
    struct arena *f = ui_arena(d->u);
    const struct send_model *m = d->m;
    char *said = arena_strdup(f, "");
    const struct {
        int n;
        const char *key;
    } parts[] = {{m->checks, "send.checks"},
                 {m->observations, "send.observations"},
                 {m->feedback, "send.feedback"}};
    if (m->outbox.problem) return WORD(d->s, "send.cannot_read");
    if (!m->outbox.records) return WORD(d->s, "send.nothing_waits");
    for (size_t i = 0; i < 3; i++) {
        if (!parts[i].n) continue;
        const char *one = SAY(d->u, d->s, parts[i].key, int_text(f, parts[i].n));
        said = arena_printf(f, "%s%s%s", said, *said ? ", " : "", one);
    }
    if (!*said) return WORD(d->s, "send.small_things");
    return SAY(d->u, d->s, "send.wait_here", said);
}

static void card_waiting(struct sending *d, rect *area) {
    struct ui *u = d->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE), text = in;
    bool wide = part_width(u, *area) != WIDTH_PHONE;
    if (wide) {
        rect icon = rect_cut_left(&text, ICON_DP + 24);
        ui_icon(u, rect_make(icon.x, icon.y, ICON_DP, ICON_DP), ICON_PACKAGE, COLOR_AMBER, true,
                ICON_DP);
    }
    part_text(u, &text, wide ? FONT_H1 : FONT_H2, COLOR_INK, COLOR_CARD, waiting_title(d));
    rect_cut_top(&text, 4);
    if (d->m->outbox.records)
        part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, d->s, "send.size", int_text(ui_arena(u), d->m->outbox.records),
                      send_size(d, d->m->outbox.bytes)));
    if (wide && text.y < in.y + ICON_DP) text.y = in.y + ICON_DP;
    part_card_end(u, area, &card, text);
}

/* A path has no blanks: where it is wider than its place it goes on after a slash, a hyphen or
 * a point, and in the middle of a word only when there is none of these. */
static const char *path_lines(struct ui *u, enum font font, const char *path, float width) {
    struct arena *f = ui_arena(u);
    char *out = arena_strdup(f, "");
    while (ui_text_width(u, font, path) > width) {
        size_t fits = 0;
        for (size_t i = 0; path[i]; i++) {
            if (!strchr("/-.", path[i])) continue;
            if (ui_text_width(u, font, arena_strndup(f, path, i + 1)) > width) break;
            fits = i + 1;
        }
        if (!fits) break;
        out = arena_printf(f, "%s%.*s\n", out, (int)fits, path);
        path += fits;
    }
    return arena_printf(f, "%s%s", out, path);
}

/* Long work and what came of it. */
static void card_job(struct sending *d, rect *area) {
    const struct job *job = &d->s->job;
    struct ui *u = d->u;
    struct card card;
    bool here =
        job->key && (text_equal(job->key, "job.export") || text_equal(job->key, "job.read") ||
                     text_equal(job->key, "job.opening"));
    if (job->state == JOB_NONE || !here) return;
    bool bad = job->state == JOB_FAILED;
    rect in = part_card_begin(u, area, &card,
                              bad                      ? COLOR_NOT_MET
                              : job->state == JOB_DONE ? COLOR_MET
                                                       : COLOR_LINE);
    if (job->state == JOB_RUNNING) {
        part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, job->key));
        rect_cut_top(&in, 12);
        struct segment part = {(float)job->progress, COLOR_AMBER};
        ui_bar(u, rect_cut_top(&in, 10), &part, 1, COLOR_SOFT, WORD(d->s, job->key));
        rect_cut_top(&in, 12);
        if (ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_primary),
                      &(struct button){.label = WORD(d->s, "common.cancel")}))
            d->intent.kind = INTENT_export_cancel;
    } else {
        part_text(u, &in, FONT_BODY, bad ? COLOR_NOT_MET : COLOR_INK, COLOR_CARD, job->text);
        if (!bad && job->path) {
            rect_cut_top(&in, 4);
            part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                      path_lines(u, FONT_SMALL, job->path, in.w));
        }
    }
    part_card_end(u, area, &card, in);
}

/* Before anything is saved: will whoever finds the stick be able to read it? */
static void who_can_read(struct sending *d, rect *in) {
    struct ui *u = d->u;
    bool sealed = d->m->outbox.belongs.enrolled;
    float size = 24 * ui_text_scale(u), top = in->y;
    rect row = *in, icon = rect_cut_left(&row, size + 12);
    ui_icon(u, rect_make(icon.x, icon.y, size, size), sealed ? ICON_LOCK : ICON_LOCK_OPEN,
            sealed ? COLOR_MET : COLOR_PARTLY, false, size);
    part_text(u, &row, FONT_BODY, sealed ? COLOR_INK : COLOR_PARTLY, COLOR_CARD,
              WORD(d->s, sealed ? "send.will_be_sealed" : "send.open_warning"));
    if (!sealed)
        part_text(u, &row, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(d->s, "send.open_cure"));
    rect_cut_top(in, row.y - top);
}

static void card_save(struct sending *d, rect *area) {
    struct ui *u = d->u;
    struct card card;
    rect whole = *area;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    rect icon = rect_cut_top(&in, 48);
    ui_icon(u, rect_make(icon.x, icon.y, 44, 44), ICON_USB, COLOR_AMBER, false, 44);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, "send.save"));
    rect_cut_top(&in, 4);
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(d->s, "send.save_sub"));
    rect_cut_top(&in, 10);
    who_can_read(d, &in);
    part_card_end(u, area, &card, in);
    whole.h = area->y - whole.y - ui_theme(u)->gap * 1.5F;
    if (ui_tap_area(u, whole, WORD(d->s, "send.save"))) d->state->choosing = true;
}

static void card_receipt(struct sending *d, rect *area) {
    struct ui *u = d->u;
    const struct outbox *o = &d->m->outbox;
    struct arena *f = ui_arena(u);
    struct card card;
    struct button read = {.label = WORD(d->s, "send.read"), .icon = ICON_FILE_TEXT};
    rect in = part_card_begin(u, area, &card, COLOR_LINE), text = in;
    float width = ui_button_width(u, &read), least = ui_theme(u)->touch_primary;
    bool beside = in.w > width + 280 * ui_text_scale(u);
    rect button = beside ? rect_cut_right(&text, width) : in;
    if (beside) rect_cut_right(&text, 16);
    if (o->receipt && o->receipt_records) {
        part_text(u, &text, FONT_H3, COLOR_INK, COLOR_CARD,
                  SAY(u, d->s, "send.office_has", time_day_hm(f, o->receipt_at)));
        part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(u, d->s, "send.receipt_for", int_text(f, o->receipt_records)));
        if (o->less)
            part_text(u, &text, FONT_BODY, COLOR_PARTLY, COLOR_CARD,
                      WORD(d->s, "send.office_less"));
    } else {
        part_text(u, &text, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "send.no_receipt"));
        part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  WORD(d->s, "send.no_receipt_sub"));
    }
    if (beside) {
        button.h = least;
        if (text.y < in.y + least) text.y = in.y + least;
    } else {
        rect_cut_top(&text, 12);
        button = rect_cut_top(&text, least);
    }
    if (ui_button(u, button, &read)) d->state->reading = true;
    part_card_end(u, area, &card, text);
}

/* "Tablet B" once the office has given it its letters. */
static const char *device(struct sending *d) {
    const struct belongs *b = &d->m->outbox.belongs;
    return text_blank(b->letters) ? d->m->device : SAY(d->u, d->s, "send.tablet", b->letters);
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct send_model *m = model;
    struct sending d = {.u = u, .s = s, .state = state, .m = m};
    const struct theme *t = ui_theme(u);
    const char *called = device(&d);
    const char *sub =
        m->service[0] && called[0] ? SAY(u, s, "send.sub", called, m->service) : called;
    struct header_result head =
        part_header(u, s, &area, &(struct header){.title = WORD(s, "send.title"), .sub = sub});
    d.intent = part_header_intent(head);
    bool wide = part_width(u, area) == WIDTH_WIDE;
    rect view = area, page = ui_scroll_begin(u, view, "send");
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : t->screen_pad, top = page.y;
    rect left = rect_inset(page, pad, pad), right;
    if (wide) {
        right = rect_cut_right(&left, left.w * 0.38F);
        rect_cut_right(&left, t->screen_pad);
    }
    card_waiting(&d, &left);
    card_job(&d, &left);
    if (m->sample) {
        part_text(u, &left, FONT_BODY, COLOR_MUTE, COLOR_BG, WORD(s, "send.sample"));
        rect_cut_top(&left, 12);
    } else {
        card_save(&d, &left);
    }
    card_receipt(&d, &left);
    send_made(&d, wide ? &right : &left);
    float bottom = wide && right.y > left.y ? right.y : left.y;
    ui_scroll_end(u, bottom - top);
    send_sheets(&d);
    return d.intent;
}

const struct screen screen_send = {
    .name = "send", .state_size = sizeof(struct send_state), .draw = draw};
