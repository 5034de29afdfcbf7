/* walk_evidence.c -- photos and voice notes of one question: two buttons, and what there is. On
 * a finding they stand below its words; elsewhere behind the help, so that a page stays a page.
 */
#include "screen/walk_screen.h"

#include "base/text.h"

struct evidence_to walk_evidence_to(const struct walk_draw *w, const struct walk_item *i) {
    struct evidence_to to = {
        .what = EVIDENCE_ITEM, .visit = w->m->visit, .row = i->room ? i->room->row : 0};
    text_copy(to.item, sizeof to.item, i->item->id);
    return to;
}

/* One that is kept is to be seen when one comes back (walk.c). */
static void remember(struct walk_draw *w, const struct walk_item *i) {
    w->st->photo_at = walk_key_of(i, NULL);
    w->st->photos = evidence_photos(&i->evidence);
}

struct intent walk_photo(struct walk_draw *w, const struct walk_item *i) {
    struct evidence_to to = walk_evidence_to(w, i);
    remember(w, i);
    return evidence_photo_go(&to);
}

static void look_for_kept(struct walk_draw *w, const struct walk_item *i, float top,
                          float bottom) {
    if (w->st->photo_at != walk_key_of(i, NULL)) return;
    if (evidence_photos(&i->evidence) > w->st->photos) {
        w->kept_top = top;
        w->kept_bottom = bottom;
        w->st->photo_at = 0;
    }
}

/* The sheet over everything is drawn at the end of the frame, for the question it belongs to.
 */
void walk_evidence(struct walk_draw *w, rect *area, const struct walk_item *i) {
    uint64_t key = walk_key_of(i, NULL);
    struct evidence_to to = walk_evidence_to(w, i);
    struct voice_state elsewhere = {0};
    bool here = w->st->voice_at == key;
    struct voice_part voice = {.u = w->u,
                               .s = w->s,
                               .state = here ? &w->st->voice : &elsewhere,
                               .to = to,
                               .list = &i->evidence,
                               .read_only = w->m->sealed,
                               .ground = COLOR_CARD};
    if (w->added) return;
    w->added = true;
    float top = area->y;
    struct intent tapped =
        evidence_row(w->u, w->s, area, &i->evidence, &to, &voice, COLOR_CARD);
    look_for_kept(w, i, top, area->y);
    if (tapped.kind == INTENT_go && tapped.to.screen == SCREEN_camera) remember(w, i);
    walk_take(w, tapped);
    if (w->m->sealed) walk_take(w, voice_notes(&voice, area));
    if (!here && elsewhere.open) {
        w->st->voice_at = key;
        w->st->voice = elsewhere;
        here = true;
    }
    if (!here) return;
    voice.state = &w->st->voice;
    w->voice = voice;
}
