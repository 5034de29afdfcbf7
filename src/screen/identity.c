/* identity.c -- Show who I am: held up to a worker who asks. One big card, a role, a number to
 * ring; nothing else of the check can be read on it. */
#include "model/identity_model.h"

#include <strings.h>

#include "base/text.h"
#include "screen/ring_list.h"

/* To be read at arm's length; with large type on a phone no word may be cut for it. */
static void large(struct ui *u, rect *in, const char *text) {
    float widest = 0;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        float w = ui_text_width(u, FONT_DISPLAY, arena_strndup(ui_arena(u), p, n));
        if (w > widest) widest = w;
        p += n + (p[n] == ' ');
    }
    part_text(u, in, widest > in->w ? FONT_H1 : FONT_DISPLAY, COLOR_INK, COLOR_CARD, text);
}

static void card(struct ui *u, const struct scene *s, const struct identity_model *m,
                 rect *area) {
    struct card c;
    rect in = part_card_begin(u, area, &c, COLOR_LINE);
    rect_cut_top(&in, 12);
    ui_icon(u, rect_make(in.x, in.y, 72, 72), ICON_IDENTIFICATION_CARD, COLOR_AMBER, false, 64);
    rect_cut_top(&in, 84);
    if (!m->named) {
        part_text(u, &in, FONT_H1, COLOR_INK, COLOR_CARD, WORD(s, "identity.nobody"));
        part_text(u, &in, FONT_BODY, COLOR_MUTE, COLOR_CARD, WORD(s, "identity.nobody_sub"));
        part_card_end(u, area, &c, in);
        return;
    }
    large(u, &in, m->label);
    if (strcasecmp(m->label, m->role) != 0)
        part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, m->role);
    part_text(u, &in, FONT_H2, COLOR_MUTE, COLOR_CARD, m->provider);
    rect_cut_top(&in, 20);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(s, "identity.ring"));
    rect_cut_top(&in, 8);
    /* The provider's own number first: a number that the visitor brings proves little. */
    if (!text_blank(m->telephone) && !m->ring_count) {
        large(u, &in, m->telephone);
        rect_cut_top(&in, 8);
    }
    ring_list(u, s, &in, m->ring, m->ring_count, COLOR_CARD);
    if (text_blank(m->telephone) && !m->ring_count)
        part_text(u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(s, "identity.no_number"));
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(s, "identity.own_number"));
    part_card_end(u, area, &c, in);
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct identity_model *m = model;
    (void)state;
    struct intent in = part_header_intent(part_header(
        u, s, &area,
        &(struct header){.title = WORD(s, "identity.title"), .close = true, .no_saved = true}));
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad;
    rect column = ui_scroll_begin(u, rect_inset(area, pad, 0), "identity");
    float top = column.y;
    if (column.w > 760)
        column = rect_make(column.x + (column.w - 760) / 2, column.y, 760, column.h);
    rect_cut_top(&column, pad);
    card(u, s, m, &column);
    part_text(u, &column, FONT_BODY, COLOR_INK, COLOR_BG, WORD(s, "identity.promise"));
    ui_scroll_end(u, column.y - top + pad);
    return in;
}

const struct screen screen_identity = {.name = "identity", .state_size = 0, .draw = draw};
