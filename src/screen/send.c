/* send.c -- Send to the office: what waits, save a bundle to a stick or folder, read a receipt
 * or pack, every bundle made here. See send-night.png. */
#include "model/send_model.h"
#include "screen/part.h"

#include "base/text.h"

#define ROW_DP  74.0F
#define ICON_DP 64.0F

struct send_state {
    bool choosing; /* the folder sheet for saving */
    bool reading;  /* the file sheet for a receipt or pack */
};

struct sending {
    struct ui *u;
    const struct scene *s;
    struct send_state *state;
    const struct send_model *m;
    struct intent intent;
};

static const char *size_text(struct sending *d, int64_t bytes) {
    struct arena *f = ui_arena(d->u);
    if (bytes < 1000) return SAY(d->u, d->s, "send.bytes", int_text(f, bytes));
    if (bytes < 1000000)
        return SAY(d->u, d->s, "send.kilobytes", int_text(f, (bytes + 500) / 1000));
    return SAY(d->u, d->s, "send.megabytes",
               arena_printf(f, "%lld.%lld", (long long)(bytes / 1000000),
                            (long long)(bytes % 1000000 / 100000)));
}

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
                      size_text(d, d->m->outbox.bytes)));
    if (wide && text.y < in.y + ICON_DP) text.y = in.y + ICON_DP;
    part_card_end(u, area, &card, text);
}

/* Long work and what came of it. */
static void card_job(struct sending *d, rect *area) {
    const struct job *job = &d->s->job;
    struct ui *u = d->u;
    struct card card;
    if (job->state == JOB_NONE) return;
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
            part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, job->path);
        }
    }
    part_card_end(u, area, &card, in);
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

static void card_made(struct sending *d, rect *area) {
    struct ui *u = d->u;
    struct arena *f = ui_arena(u);
    const struct outbox *o = &d->m->outbox;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "send.made_here"));
    rect_cut_top(&in, 8);
    if (!o->made_count)
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(d->s, "send.none_made"));
    for (size_t i = 0; i < o->made_count; i++) {
        const struct outbox_bundle *b = &o->made[i];
        const char *tag = WORD(d->s, b->received ? "send.received" : "send.waits");
        float tag_w = ui_tag_width(u, tag), tag_h = ui_line_height(u, FONT_TAG) + 12;
        rect row = in, text = in;
        rect right = rect_cut_right(&text, tag_w);
        rect_cut_right(&text, 12);
        rect_cut_top(&text, 10);
        part_text(u, &text, FONT_H3, COLOR_INK, COLOR_CARD, time_day_hm(f, b->at));
        part_text(
            u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
            SAY(u, d->s, "send.bundle_size", int_text(f, b->records), size_text(d, b->bytes)));
        rect_cut_top(&text, 10);
        ui_tag(u, rect_make(right.x, row.y + 14, tag_w, tag_h), tag,
               b->received ? COLOR_MET : COLOR_PARTLY,
               b->received ? COLOR_MET_SOFT : COLOR_PARTLY_SOFT);
        ui_line(u, row.x, text.y, row.x + row.w, text.y, COLOR_LINE, 1);
        rect_cut_top(&in, text.y - row.y);
    }
    part_card_end(u, area, &card, in);
}

static void sheet_folders(struct sending *d) {
    struct ui *u = d->u;
    bool closed = false;
    size_t n = d->m->sticks_count;
    float h = ((float)n + 1) * (ROW_DP * ui_text_scale(u) + 12) + 60;
    rect in = ui_sheet_begin(u, "folders", WORD(d->s, "send.where"), h, &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
              WORD(d->s, n ? "send.open_warning" : "send.no_folder"));
    rect_cut_top(&in, 12);
    for (size_t i = 0; i < n; i++) {
        struct button b = {.label = d->m->stick_names[i],
                           .sub = d->m->sticks[i],
                           .key = d->m->sticks[i],
                           .icon = i ? ICON_FOLDER : ICON_USB,
                           .left = true};
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ROW_DP));
        rect_cut_top(&in, 12);
        if (ui_button(u, r, &b)) {
            d->intent = (struct intent){.kind = INTENT_export_to, .text = d->m->sticks[i]};
            closed = true;
        }
    }
    ui_sheet_end(u);
    if (closed) d->state->choosing = false;
}

static void sheet_files(struct sending *d) {
    struct ui *u = d->u;
    bool closed = false;
    size_t n = d->m->files_count;
    float h = ((float)n + 1) * (ROW_DP * ui_text_scale(u) + 12) + 60;
    rect in = ui_sheet_begin(u, "files", WORD(d->s, "send.which_file"), h, &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
              WORD(d->s, n ? "send.which_file_sub" : "send.no_files"));
    rect_cut_top(&in, 12);
    for (size_t i = 0; i < n; i++) {
        struct button b = {.label = d->m->files[i].name,
                           .sub = d->m->files[i].folder,
                           .key = d->m->files[i].path,
                           .icon = ICON_FILE_TEXT,
                           .left = true};
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ROW_DP));
        rect_cut_top(&in, 12);
        if (ui_button(u, r, &b)) {
            d->intent = (struct intent){.kind = INTENT_read_file, .text = d->m->files[i].path};
            closed = true;
        }
    }
    ui_sheet_end(u);
    if (closed) d->state->reading = false;
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct send_model *m = model;
    struct sending d = {.u = u, .s = s, .state = state, .m = m};
    const struct theme *t = ui_theme(u);
    const char *sub = m->service[0] && m->device[0]
                          ? SAY(u, s, "send.sub", m->device, m->service)
                          : m->device;
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
    card_made(&d, wide ? &right : &left);
    float bottom = wide && right.y > left.y ? right.y : left.y;
    ui_scroll_end(u, bottom - top);
    if (d.state->choosing) sheet_folders(&d);
    if (d.state->reading) sheet_files(&d);
    return d.intent;
}

const struct screen screen_send = {
    .name = "send", .state_size = sizeof(struct send_state), .draw = draw};
