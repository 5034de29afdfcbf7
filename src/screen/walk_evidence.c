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

struct intent walk_photo(const struct walk_draw *w, const struct walk_item *i) {
    struct evidence_to to = walk_evidence_to(w, i);
    return evidence_photo_go(&to);
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
    walk_take(w, evidence_row(w->u, w->s, area, &i->evidence, &to, &voice, COLOR_CARD));
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
