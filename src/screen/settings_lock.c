/* settings_lock.c -- the lock: now, who can open it, the office's rule, and plainly what it
 * does not protect against. */
#include "screen/settings_pieces.h"

void settings_lock(struct setting *d, rect *area) {
    struct card card;
    if (d->m->sample) return;
    rect in = part_card_begin(d->u, area, &card, COLOR_LINE);
    settings_heading(d, &in, "settings.lock");
    if (!d->s->sealed) {
        settings_note(d, &in, WORD(d->s, "settings.not_sealed"));
        if (settings_button(d, &in, "settings.choose_pin", ICON_LOCK))
            d->intent = part_go(SCREEN_pin, 0, 0, "");
    } else {
        settings_note(d, &in, WORD(d->s, "settings.lock_how"));
        if (d->m->lock_minutes > 0)
            settings_note(d, &in,
                          SAY(d->u, d->s, "settings.lock_rule",
                              int_text(ui_arena(d->u), d->m->lock_minutes)));
        if (settings_button(d, &in, "settings.lock_now", ICON_LOCK))
            d->intent.kind = INTENT_lock;
        if (settings_button(d, &in, "settings.lock_people", ICON_USERS))
            d->intent = part_go(SCREEN_people, 0, 0, "");
        settings_note(d, &in, WORD(d->s, "settings.lock_limits"));
    }
    part_card_end(d->u, area, &card, in);
}
