/* saw_evidence.c -- Photo, Voice and Where in one row, and what waits to be kept with the
 * words. Leaving without keeping loses none of it: it waits, and is shown when one comes back.
 * What is about one worker has neither photos nor voice: they go before anything is kept
 * (PEOPLE.md). */
#include "screen/saw_pieces.h"

#include "base/text.h"
#include "screen/tight_row.h"

#define ROW_DP    56.0F
#define BESIDE_DP 50.0F /* sign and air beside a word */

static struct evidence_to target(const struct saw *v, int64_t area) {
    struct evidence_to to = {.what = EVIDENCE_SAW, .visit = v->m->visit, .row = area};
    text_copy(to.item, sizeof to.item, v->m->item);
    return to;
}

struct voice_part saw_voice(const struct saw *v) {
    return (struct voice_part){.u = v->u,
                               .s = v->s,
                               .state = &v->state->voice,
                               .to = target(v, 0),
                               .list = &v->m->evidence,
                               .barred = v->state->conduct ? "evidence.conduct_voice" : NULL};
}

bool saw_has_evidence(const struct saw *v) {
    struct voice_part voice = saw_voice(v);
    return evidence_photos(&v->m->evidence) > 0 || voice_loose(&voice) > 0;
}

const char *saw_text(const struct saw *v) {
    if (!text_blank(v->text)) return v->text;
    return WORD(v->s, evidence_photos(&v->m->evidence) ? "evidence.see_photo"
                                                       : "evidence.hear_voice");
}

static const char *where(const struct saw *v) {
    for (int i = 0; i < v->m->areas_count; i++)
        if (v->m->areas[i].id == v->state->area) return v->m->areas[i].name;
    return WORD(v->s, "saw.where");
}

/* On a phone they stay one row, each with its sign above its word. */
static int choose(struct saw *v, rect *area, const struct option *o, int n) {
    struct ui *u = v->u;
    float gap = ui_theme(u)->touch_between, each = rect_column(*area, 0, n, gap).w;
    bool narrow = false, small = true;
    for (int i = 0; i < n; i++) {
        narrow = narrow || ui_text_width(u, FONT_H3, o[i].label) + BESIDE_DP > each;
        small = small && ui_text_width(u, FONT_SMALL, o[i].label) + 16 <= each;
    }
    if (!narrow || !small) return tight_row(u, area, "evidence", o, n, -1, ROW_DP);
    float tall = ui_theme(u)->touch_answer;
    struct button b[3];
    for (int i = 0; i < n; i++) {
        b[i] = (struct button){
            .label = o[i].label, .icon = o[i].icon, .icon_top = true, .font = FONT_SMALL};
        float h = ui_button_height(u, &b[i], each, tall);
        if (h > tall) tall = h;
    }
    rect row = rect_cut_top(area, tall);
    rect_cut_top(area, gap);
    int tapped = -1;
    for (int i = 0; i < n; i++) {
        ui_push(u, i);
        if (ui_button(u, rect_column(row, i, n, gap), &b[i])) tapped = i;
        ui_pop(u);
    }
    return tapped;
}

struct intent saw_evidence(struct saw *v, rect *area) {
    struct voice_part voice = saw_voice(v);
    struct evidence_to to = target(v, 0), place = target(v, v->state->area);
    struct button photo = evidence_photo_button(v->u, v->s, &v->m->evidence),
                  speak = evidence_voice_button(&voice);
    struct option o[3] = {{.label = photo.label, .icon = photo.icon},
                          {.label = speak.label, .icon = speak.icon},
                          {.label = where(v), .icon = ICON_MAP_PIN}};
    struct intent out = {0};
    int n = v->m->areas_count ? 3 : 2;
    int tapped = choose(v, area, o, n);
    rect_cut_top(area, ui_theme(v->u)->unit);
    if (tapped == 0) out = evidence_photo_go(&place);
    if (tapped == 1) v->state->voice.open = 1;
    if (tapped == 2) v->state->sheet = SAW_SHEET_PLACE;
    out = either(out, evidence_strip(v->u, v->s, area, &v->m->evidence, &to, COLOR_BG));
    return either(out, voice_notes(&voice, area));
}

/* It is about one worker now: what was taken before cannot go along. */
struct intent saw_evidence_goes(struct saw *v, rect *area) {
    struct voice_part voice = saw_voice(v);
    struct evidence_to to = target(v, 0);
    struct intent out = {0};
    if (!saw_has_evidence(v)) return out;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_PARTLY);
    if (evidence_photos(&v->m->evidence)) {
        part_text(v->u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD,
                  WORD(v->s, "evidence.conduct_photo"));
        rect_cut_top(&in, ui_theme(v->u)->gap);
        out = evidence_strip(v->u, v->s, &in, &v->m->evidence, &to, COLOR_CARD);
    }
    voice.ground = COLOR_CARD;
    if (voice_loose(&voice)) out = either(out, voice_part(&voice, &in));
    part_card_end(v->u, area, &card, in);
    return out;
}
