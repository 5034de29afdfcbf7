/* saw_conduct.c -- it is about how one worker behaved. People who live here come first: wake,
 * cover the floor. Then what was seen and heard, not what it means, for the provider only and
 * in no check; or, where that cannot be kept yet, whom to ring instead (PEOPLE.md, Someone who
 * is afraid). */
#include "screen/saw_pieces.h"

#include "base/text.h"
#include "screen/name_note.h"
#include "screen/ring_list.h"

#define WORDS_MOST 16000
#define LINE_MOST  600
#define SHORT_MOST 60
#define BREAKS     3

static const char *const fields[] = {"text", "from", "until", "said", "witness"};
static const char *const breaks[BREAKS] = {"saw.break_planned", "saw.break_not_planned",
                                           "saw.break_not_asked"};

void saw_conduct_forget(struct saw *v) {
    confide_forget(&v->conf, fields, (int)(sizeof fields / sizeof fields[0]));
    v->conf.state->reader = 0;
    v->conf.state->severity = 0;
    v->state->break_asked = 0;
}

bool saw_conduct_ready(const struct saw *v) {
    return confide_reader(&v->conf) && !saw_has_evidence(v) &&
           !text_blank(confide_said(&v->conf, "text"));
}

static const char *said(struct saw *v, const char *field) {
    return arena_strdup(ui_arena(v->u), confide_said(&v->conf, field));
}

struct intent saw_conduct_keep(struct saw *v) {
    int asked = v->state->break_asked;
    return confide_keep(&v->conf,
                        &(struct confide_intent){
                            .service = v->m->service,
                            .about = "worker_conduct",
                            .text = said(v, "text"),
                            .from = said(v, "from"),
                            .until = said(v, "until"),
                            .break_asked = asked > 0 ? WORD(v->s, breaks[asked - 1]) : "",
                            .they_said = said(v, "said"),
                            .witness = said(v, "witness"),
                        });
}

/* Turning it on takes what was typed out of the open record: into the confidence where it may
 * be kept, else away. */
void saw_conduct_turn(struct saw *v) {
    v->state->conduct = !v->state->conduct;
    v->state->statement[0] = 0;
    if (!v->state->conduct) return;
    if (!text_blank(v->text) && !confide_hindered(&v->conf, ROUTE_PROVIDER) &&
        text_blank(confide_said(&v->conf, "text")))
        ui_field_set(v->u, confide_key(&v->conf, "text"), v->text);
    ui_field_set(v->u, v->key, "");
}

static void point(struct saw *v, rect *in, enum icon icon, const char *key) {
    rect row = *in, left = rect_cut_left(&row, 40);
    float top = row.y;
    part_text(v->u, &row, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, key));
    ui_icon(v->u, rect_make(left.x, top, 28, ui_line_height(v->u, FONT_BODY)), icon, COLOR_INK,
            false, 24);
    rect_cut_top(in, row.y - top + 12);
}

static void first(struct saw *v, rect *area, bool kept) {
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_NOT_MET);
    part_text(v->u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(v->s, "saw.conduct_title"));
    rect_cut_top(&in, 12);
    point(v, &in, ICON_BED, "saw.conduct_wake");
    point(v, &in, ICON_USERS, "saw.conduct_cover");
    point(v, &in, ICON_EYE, "saw.conduct_facts");
    if (!kept) {
        point(v, &in, ICON_CLOCK, "saw.conduct_note");
        point(v, &in, ICON_PHONE, "saw.conduct_ring");
    }
    part_card_end(v->u, area, &card, in);
}

/* From when to when, side by side where the words allow. */
static void from_until(struct saw *v, rect *in) {
    struct confide *c = &v->conf;
    bool side = in->w >= 480 * ui_text_scale(v->u);
    rect from = side ? rect_column(*in, 0, 2, 16) : *in;
    confide_field(c, &from, "from", "saw.from", "saw.from_hint", 1, SHORT_MOST);
    rect until = side ? rect_column(*in, 1, 2, 16) : from;
    confide_field(c, &until, "until", "saw.until", "saw.until_hint", 1, SHORT_MOST);
    rect_cut_top(in, (until.y > from.y ? until.y : from.y) - in->y);
}

static void planned_break(struct saw *v, rect *in) {
    const char *labels[BREAKS];
    bool selected[BREAKS];
    part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "saw.break_asked"));
    rect_cut_top(in, 8);
    for (int i = 0; i < BREAKS; i++) {
        labels[i] = WORD(v->s, breaks[i]);
        selected[i] = v->state->break_asked == i + 1;
    }
    int tapped = part_chips(v->u, in, "break", labels, selected, BREAKS);
    if (tapped >= 0)
        v->state->break_asked = v->state->break_asked == tapped + 1 ? 0 : tapped + 1;
    rect_cut_top(in, 8);
}

static void write_it(struct saw *v, rect *area) {
    struct confide *c = &v->conf;
    struct card card;
    rect in = part_card_begin(v->u, area, &card, COLOR_PRIMARY);
    const struct confide_reader *reader = confide_reader(c);
    confide_choose_reader(c, &in);
    if (reader) {
        part_text(v->u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD,
                  SAY(v->u, v->s, "heard.sealed_for", reader->label));
        rect_cut_top(&in, 16);
        confide_field(c, &in, "text", "saw.conduct_words", "saw.conduct_words_hint", 4,
                      WORDS_MOST);
        name_note(v->u, v->s, &in, confide_key(c, "text"), COLOR_CARD);
        from_until(v, &in);
        planned_break(v, &in);
        confide_field(c, &in, "said", "saw.they_said", "saw.they_said_hint", 2, LINE_MOST);
        confide_field(c, &in, "witness", "saw.witness", "saw.witness_hint", 1, LINE_MOST);
        confide_severity(c, &in);
    }
    part_card_end(v->u, area, &card, in);
}

/* It cannot be kept here: why, and a PIN where that would help. */
static struct intent not_kept(struct saw *v, rect *area) {
    struct card card;
    struct intent go = {0};
    rect in = part_card_begin(v->u, area, &card, COLOR_LINE);
    bool hopeless = confide_hopeless(&v->conf, ROUTE_PROVIDER);
    part_text(v->u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(v->s, "saw.conduct_why"));
    rect_cut_top(&in, 12);
    if (hopeless)
        part_text(v->u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD,
                  WORD(v->s, confide_hindered(&v->conf, ROUTE_PROVIDER)));
    else
        go = confide_pin(&v->conf, &in);
    part_card_end(v->u, area, &card, in);
    return go;
}

static void whom_to_ring(struct saw *v, rect *area) {
    struct ui *u = v->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "saw.conduct_whom"));
    rect_cut_top(&in, 12);
    if (!text_blank(v->m->speak_up)) {
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
                  SAY(u, v->s, "heard.speak_up_line", v->m->speak_up));
        rect_cut_top(&in, 12);
    }
    ring_list(u, v->s, &in, v->m->ring, v->m->ring_count, COLOR_CARD);
    if (!v->m->ring_count && text_blank(v->m->speak_up))
        part_text(u, &in, FONT_BODY, COLOR_PARTLY, COLOR_CARD, WORD(v->s, "saw.no_contacts"));
    part_card_end(u, area, &card, in);
}

struct intent saw_conduct(struct saw *v, rect *area) {
    struct intent go = {0};
    bool kept = !confide_hindered(&v->conf, ROUTE_PROVIDER);
    first(v, area, kept);
    go = saw_evidence_goes(v, area);
    go = either(go, saw_risk(v, area));
    if (kept) {
        write_it(v, area);
    } else {
        go = either(go, not_kept(v, area));
    }
    whom_to_ring(v, area);
    confide_mine(&v->conf, area);
    return go;
}
