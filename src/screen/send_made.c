/* send_made.c -- every bundle made here and what became of it: made, waiting, received; and
 * whether anybody but the office could read it. */
#include "screen/send_pieces.h"

#include "base/text.h"

#define LATE_DAYS 7 /* not received after that: said plainly */
#define DAY_MS    86400000LL

const char *send_size(struct sending *d, int64_t bytes) {
    struct arena *f = ui_arena(d->u);
    if (bytes < 1000) return SAY(d->u, d->s, "send.bytes", int_text(f, bytes));
    if (bytes < 1000000)
        return SAY(d->u, d->s, "send.kilobytes", int_text(f, (bytes + 500) / 1000));
    return SAY(d->u, d->s, "send.megabytes",
               arena_printf(f, "%lld.%lld", (long long)(bytes / 1000000),
                            (long long)(bytes % 1000000 / 100000)));
}

static int64_t days_waited(const struct sending *d, const struct outbox_bundle *b) {
    return b->received ? 0 : (d->s->wall_ms - b->at) / DAY_MS;
}

static const char *became(struct sending *d, const struct outbox_bundle *b) {
    struct arena *f = ui_arena(d->u);
    if (b->received_at)
        return SAY(d->u, d->s, "send.received_on", time_day_hm(f, b->received_at));
    if (b->received || days_waited(d, b) < LATE_DAYS) return "";
    return SAY(d->u, d->s, "send.not_received", int_text(f, days_waited(d, b)));
}

/* The tag stands at the right while there is room for the words beside it, else below them. */
static void one(struct sending *d, rect *in, const struct outbox_bundle *b) {
    struct ui *u = d->u;
    struct arena *f = ui_arena(u);
    const char *tag = WORD(d->s, b->received ? "send.received" : "send.waits");
    float tag_w = ui_tag_width(u, tag), tag_h = ui_line_height(u, FONT_TAG) + 12;
    rect row = *in, text = *in;
    bool beside = in->w > tag_w + 200 * ui_text_scale(u);
    if (beside) rect_cut_right(&text, tag_w + 12);
    rect_cut_top(&text, 10);
    part_text(u, &text, FONT_H3, COLOR_INK, COLOR_CARD,
              SAY(u, d->s, "send.made_on", time_day_hm(f, b->at)));
    part_text(u, &text, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
              SAY(u, d->s, "send.bundle_size", int_text(f, b->records), send_size(d, b->bytes),
                  WORD(d->s, b->sealed ? "send.sealed" : "send.open")));
    part_text(u, &text, FONT_SMALL, b->received ? COLOR_MUTE : COLOR_NOT_MET, COLOR_CARD,
              became(d, b));
    rect at = rect_make(row.x + row.w - tag_w, row.y + 14, tag_w, tag_h);
    if (!beside) {
        rect_cut_top(&text, 6);
        at = rect_make(text.x, text.y, tag_w, tag_h);
        rect_cut_top(&text, tag_h);
    }
    ui_tag(u, at, tag, b->received ? COLOR_MET : COLOR_PARTLY,
           b->received ? COLOR_MET_SOFT : COLOR_PARTLY_SOFT);
    rect_cut_top(&text, 10);
    ui_line(u, row.x, text.y, row.x + row.w, text.y, COLOR_LINE, 1);
    rect_cut_top(in, text.y - row.y);
}

void send_made(struct sending *d, rect *area) {
    struct ui *u = d->u;
    const struct outbox *o = &d->m->outbox;
    struct card card;
    bool late = false, open = false;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, "send.made_here"));
    rect_cut_top(&in, 8);
    if (!o->made_count)
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(d->s, "send.none_made"));
    for (size_t i = 0; i < o->made_count; i++) {
        bool too_late = days_waited(d, &o->made[i]) >= LATE_DAYS;
        late |= too_late;
        open |= too_late && !o->made[i].sealed;
        ui_push(u, (int64_t)i);
        one(d, &in, &o->made[i]);
        ui_pop(u);
    }
    if (late) {
        rect_cut_top(&in, 12);
        part_text(u, &in, FONT_SMALL, COLOR_INK, COLOR_CARD, WORD(d->s, "send.late_cure"));
        if (open)
            part_text(u, &in, FONT_SMALL, COLOR_PARTLY, COLOR_CARD,
                      WORD(d->s, "send.late_open"));
    }
    part_card_end(u, area, &card, in);
}
