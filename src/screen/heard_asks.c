/* heard_asks.c -- the small answers beside the words: yes or no, sure or not, a face, a choice,
 * one tap each. A second tap takes it back. */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "care/said.h"
#include "screen/name_note.h"

#define WORDS_MOST 4000

static const char *const yes_no[] = {"yes", "no", "not_sure"};
static const char *const sure[] = {"sure", "partly", "could_not_say", "not_asked", "spared"};
static const char *const faces[] = {"5", "4", "3", "2", "1"};

static const char *label_of(struct heard *v, const struct part *part, const char *said) {
    return WORD(v->s, arena_printf(ui_arena(v->u), "heard.%s_%s",
                                   part->kind == PART_FACE ? "face" : "said", said));
}

static void one_of(struct heard *v, rect *in, const struct heard_prompt *p,
                   const struct part *part, const char *const *words, int n) {
    const char *labels[CHOICES_MAX], *now = heard_part_word(v, p, part->id);
    bool selected[CHOICES_MAX];
    for (int i = 0; i < n; i++) {
        labels[i] = label_of(v, part, words[i]);
        selected[i] = text_equal(words[i], now);
    }
    int tapped = part_chips(v->u, in, part->id, labels, selected, n);
    if (tapped >= 0) heard_put_part(v, p, part->id, selected[tapped] ? "" : words[tapped]);
}

/* "By phone": an answer is wanted, and so. */
static void answer_chosen(struct heard *v, const struct choice *c, bool on) {
    struct heard_state *st = v->state;
    st->wants_answer = on && !text_equal(c->id, "no");
    ui_field_set(v->u, v->how_key, st->wants_answer ? c->text : "");
}

static void chosen(struct heard *v, const struct heard_prompt *p, const struct part *part,
                   const struct choice *c, bool on) {
    if (v->state->speaker == SPEAKER_STAFF) {
        if (heard_only_listens(v)) heard_forget_said(v);
        if (p->consent && on) heard_put_part(v, p, part->id, c->id);
    } else if (p->stage == STAGE_CLOSE && text_equal(part->id, "answer")) {
        answer_chosen(v, c, on);
    }
}

static void choices(struct heard *v, rect *in, const struct heard_prompt *p,
                    const struct part *part) {
    const char *labels[CHOICES_MAX], *now = heard_part_word(v, p, part->id);
    bool selected[CHOICES_MAX], several = part->kind == PART_TICKS;
    for (int i = 0; i < part->choices_count; i++) {
        const char *id = part->choices[i].id;
        labels[i] = part->choices[i].text;
        selected[i] = several ? said_has(now, id) : text_equal(now, id);
    }
    int tapped = part_chips(v->u, in, part->id, labels, selected, part->choices_count);
    if (tapped < 0) return;
    const struct choice *c = &part->choices[tapped];
    bool on = !selected[tapped];
    const char *one = on ? c->id : "";
    heard_put_part(v, p, part->id, several ? said_toggle(ui_arena(v->u), now, c->id) : one);
    chosen(v, p, part, c, on);
}

/* The tag of the talk is one of four, and the same that stands beside the words. */
static void one_tag(struct heard *v, rect *in, const struct part *part) {
    static const char *const ids[] = {"", "praise", "idea", "worry", "complaint"};
    const char *labels[CHOICES_MAX];
    bool selected[CHOICES_MAX];
    int sorts[CHOICES_MAX], n = 0;
    for (int i = 0; i < part->choices_count; i++)
        for (int s = SORT_PRAISE; s <= SORT_COMPLAINT; s++) {
            if (!text_equal(part->choices[i].id, ids[s])) continue;
            labels[n] = part->choices[i].text;
            selected[n] = v->state->sort == s;
            sorts[n++] = s;
        }
    int tapped = part_chips(v->u, in, "tag", labels, selected, n);
    if (tapped >= 0) v->state->sort = selected[tapped] ? 0 : sorts[tapped];
}

static void by_day(struct heard *v, rect *in, const struct heard_prompt *p,
                   const struct part *part) {
    static const int away[] = {1, 5, 14};
    struct arena *a = ui_arena(v->u);
    const char *labels[3], *words[3];
    bool selected[3];
    for (int i = 0; i < 3; i++) {
        day_no day = london_day(v->s->wall_ms) + away[i];
        words[i] = day_iso(a, day);
        labels[i] = day_text(a, day);
        selected[i] = text_equal(words[i], heard_part_word(v, p, part->id));
    }
    int tapped = part_chips(v->u, in, part->id, labels, selected, 3);
    if (tapped < 0) return;
    heard_put_part(v, p, part->id, selected[tapped] ? "" : words[tapped]);
    v->state->answer_in = selected[tapped] ? 0 : away[tapped];
}

static void number(struct heard *v, rect *in, const struct heard_prompt *p,
                   const struct part *part) {
    struct field f = {.key =
                          heard_said_key(v, p, arena_printf(ui_arena(v->u), "%s.n", part->id)),
                      .name = part->text,
                      .hint = part->unit,
                      .kind = FIELD_DECIMAL,
                      .initial = heard_part_word(v, p, part->id),
                      .lines = 1,
                      .bytes_max = 12,
                      .ground = COLOR_RAIL};
    struct field_result r =
        ui_field(v->u, rect_cut_top(in, ui_field_height(v->u, &f, in->w)), &f);
    if (r.changed) heard_put_part(v, p, part->id, r.text);
}

void heard_field(struct heard *v, rect *in, const struct heard_prompt *p,
                 const struct part *part, float least) {
    bool staff = v->state->speaker == SPEAKER_STAFF;
    const char *key = heard_said_key(v, p, part ? part->id : "text");
    struct field f = {.key = key,
                      .name = part ? part->text : WORD(v->s, "heard.own_words"),
                      .hint = WORD(v->s, "heard.words_hint"),
                      .lines = 3,
                      .bytes_max = staff ? WORDS_MOST : 0,
                      .ground = COLOR_RAIL};
    float h = ui_field_height(v->u, &f, in->w);
    ui_field(v->u, rect_cut_top(in, h < least ? least : h), &f);
    name_note(v->u, v->s, in, key, COLOR_CARD);
}

static void one_ask(struct heard *v, rect *in, const struct heard_prompt *p,
                    const struct part *part) {
    bool staff = v->state->speaker == SPEAKER_STAFF;
    switch (part->kind) {
    case PART_YES_NO:
        one_of(v, in, p, part, yes_no, 3);
        break;
    case PART_ASK:
        one_of(v, in, p, part, sure, 5);
        break;
    case PART_FACE:
        one_of(v, in, p, part, faces, 5);
        break;
    case PART_CHOICE:
        choices(v, in, p, part);
        break;
    case PART_TICKS:
        if (!staff && p->stage == STAGE_CLOSE && text_equal(part->id, "sort"))
            one_tag(v, in, part);
        else
            choices(v, in, p, part);
        break;
    case PART_DAY:
        by_day(v, in, p, part);
        break;
    case PART_NUMBER:
        number(v, in, p, part);
        break;
    default: /* other kinds stand in no guide */
        break;
    }
}

void heard_asks(struct heard *v, rect *in, const struct heard_prompt *p) {
    bool staff = v->state->speaker == SPEAKER_STAFF;
    for (int i = 0; i < p->parts_count; i++) {
        const struct part *part = &p->parts[i];
        if (part->kind == PART_WORDS) continue;
        if (!staff && p->consent && text_equal(part->id, "may")) continue; /* asked already */
        ui_push_text(v->u, p->id);
        part_text(v->u, in, FONT_BODY, COLOR_INK, COLOR_CARD, part->text);
        rect_cut_top(in, 6);
        one_ask(v, in, p, part);
        rect_cut_top(in, 4);
        ui_pop(v->u);
    }
}
