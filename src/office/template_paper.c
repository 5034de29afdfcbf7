/* template_paper.c -- lays a form out on pages: every question with room for its answer, and
 * below it in small what an author wants to see: when it is asked, what it is measured by. */
#include "office/template_paper.h"

#include "base/file.h"
#include "base/text.h"
#include "care/part_nature.h"
#include "media/pdf.h"

#define INK       0x1D2733
#define MUTE      0x55606B
#define LINE      0xC9C3B6
#define BOX       9.0F
#define BOX_GAP   5.0F
#define GAP       14.0F
#define INDENT    34.0F
#define KEEP      64.0F
#define RULED_H   20.0F
#define RULES     2
#define ID_BESIDE 6 /* letters of an id that stand in the margin; a longer one stands below */

struct form_paper {
    struct office *o;
    const struct template *t;
    struct pdf *p;
    struct pdf_box area;
    float x; /* where the next thing of a row of answers stands */
};

static const struct pdf_style title = {
    .font = PDF_BOLD, .size = 22, .line = 1.2F, .color = INK, .tag = PDF_H1};
static const struct pdf_style chapter = {
    .font = PDF_BOLD, .size = 14.5F, .line = 1.3F, .color = INK, .tag = PDF_H2};
static const struct pdf_style question = {
    .font = PDF_SEMIBOLD, .size = 11, .line = 1.35F, .color = INK, .tag = PDF_P};
static const struct pdf_style body = {.size = 10.2F, .line = 1.4F, .color = INK, .tag = PDF_P};
static const struct pdf_style small = {.size = 8.8F, .line = 1.4F, .color = MUTE, .tag = PDF_P};
static const struct pdf_style foot = {.size = 7.8F, .line = 1.4F, .color = MUTE};

static const char *say(struct form_paper *d, const char *key) {
    return OFFICE_WORD(d->o, key);
}

static void flow(struct form_paper *d, const struct pdf_style *s, const char *text) {
    if (!text_blank(text)) pdf_flow(d->p, s, d->area.x + INDENT, d->area.w - INDENT, text);
}

/* ---- answers ---- */

/* The next row of answers, at the left. */
static void next_row(struct form_paper *d) {
    pdf_skip(d->p, 4);
    pdf_keep(d->p, 20);
    d->x = d->area.x + INDENT;
}

static void end_row(struct form_paper *d) {
    pdf_skip(d->p, 19);
}

static void make_room(struct form_paper *d, float w) {
    if (d->x + w <= d->area.x + d->area.w || d->x <= d->area.x + INDENT) return;
    end_row(d);
    next_row(d);
}

/* A box to tick, and what it means. */
static void put_box(struct form_paper *d, const char *text) {
    float most = d->area.w - INDENT - BOX - BOX_GAP;
    float w = pdf_text_width(d->p, &body, text);
    if (w > most) w = most;
    make_room(d, BOX + BOX_GAP + w);
    float y = pdf_y(d->p), h = pdf_text_height(d->p, &body, text, w + 1);
    pdf_outline(d->p, (struct pdf_box){d->x, y + 3, BOX, BOX}, INK, 2, 0.9F);
    pdf_text_at(d->p, &body, d->x + BOX + BOX_GAP, y, w + 1, text);
    d->x += BOX + BOX_GAP + w + GAP;
    if (h > 20) pdf_skip(d->p, h - 16);
}

/* A line to write on, and what stands behind it. */
static void put_line(struct form_paper *d, float w, const char *after) {
    float text = text_blank(after) ? 0 : pdf_text_width(d->p, &body, after) + 4;
    make_room(d, w + text);
    float y = pdf_y(d->p);
    pdf_rule(d->p, d->x, y + 13, d->x + w, y + 13, INK, 0.7F);
    if (text > 0) pdf_text_at(d->p, &body, d->x + w + 4, y, text + 1, after);
    d->x += w + text + GAP;
}

static void put_words(struct form_paper *d, const char *const *keys, int n) {
    for (int i = 0; i < n; i++)
        put_box(d, say(d, keys[i]));
}
#define PUT_WORDS(d, ...)                            \
    put_words(d, (const char *const[]){__VA_ARGS__}, \
              (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

static void put_ruled(struct form_paper *d) {
    float y = pdf_y(d->p);
    for (int i = 1; i <= RULES; i++)
        pdf_rule(d->p, d->area.x + INDENT, y + RULED_H * (float)i - 4, d->area.x + d->area.w,
                 y + RULED_H * (float)i - 4, LINE, 0.7F);
    pdf_skip(d->p, RULED_H * (RULES - 1));
}

/* Tallies and counts have a line for each choice, others a box. */
static void put_choices(struct form_paper *d, const struct part *p, bool lines) {
    for (int i = 0; i < p->choices_count; i++) {
        if (lines)
            put_line(d, 30, p->choices[i].text);
        else
            put_box(d, p->choices[i].text);
    }
}

static void put_answer(struct form_paper *d, const struct part *p) {
    const char *of = say(d, "author.paper_of");
    switch (p->kind) {
    case PART_MET:
        PUT_WORDS(d, "answer.met", "answer.partly", "answer.not_met", "answer.not_seen",
                  "answer.does_not_apply");
        break;
    case PART_ASK:
        PUT_WORDS(d, "answer.sure", "answer.partly", "answer.could_not_say",
                  "answer.not_asked");
        break;
    case PART_YES_NO:
        PUT_WORDS(d, "answer.yes", "answer.no", "answer.does_not_apply");
        break;
    case PART_READY:
        PUT_WORDS(d, "answer.yes", "answer.action", "answer.no", "answer.does_not_apply");
        break;
    case PART_PROOF:
        PUT_WORDS(d, "answer.proved", "answer.partly", "answer.not_proved");
        break;
    case PART_FACE:
        PUT_WORDS(d, "answer.face1", "answer.face2", "answer.face3", "answer.face4",
                  "answer.face5");
        break;
    case PART_SCORE:
        PUT_WORDS(d, "answer.score1", "answer.score2", "answer.score3", "answer.score4");
        end_row(d);
        next_row(d);
        put_ruled(d);
        break;
    case PART_CHOICE:
    case PART_TICKS:
        put_choices(d, p, false);
        break;
    case PART_TALLY:
    case PART_COUNTS:
        put_choices(d, p, true);
        break;
    case PART_X_OF_Y:
        put_line(d, 40, of);
        put_line(d, 40, p->unit);
        break;
    case PART_NUMBER:
        put_line(d, 60, p->unit);
        break;
    case PART_PERCENT:
        put_line(d, 60, "%");
        break;
    case PART_SECONDS:
        put_line(d, 60, say(d, "author.paper_seconds"));
        break;
    case PART_MINUTES:
        put_line(d, 60, say(d, "answer.minutes"));
        break;
    case PART_TIME:
    case PART_DAY:
    case PART_SINCE:
    case PART_UNTIL:
        put_line(d, 110,
                 say(d, p->kind == PART_TIME ? "author.paper_time" : "author.paper_day"));
        break;
    case PART_PERSON:
        put_line(d, 180, say(d, "author.paper_role"));
        break;
    case PART_DRAW:
        put_line(d, 60, say(d, "author.paper_list"));
        put_line(d, 140, say(d, "author.paper_taken"));
        break;
    case PART_WORDS:
        put_ruled(d);
        break;
    case PART_KINDS:
        break;
    }
}

static const char *target_said(struct form_paper *d, const struct part *p) {
    struct arena *a = &d->o->arena;
    const char *low = arena_printf(a, "%g", (double)p->target_default / 1000),
               *high = arena_printf(a, "%g", (double)p->target_default_high / 1000);
    const char *limit = p->rule == TARGET_AT_MOST ? OFFICE_SAY(d->o, "answer.at_most", low)
                        : p->rule == TARGET_AT_LEAST
                            ? OFFICE_SAY(d->o, "answer.at_least", low)
                            : OFFICE_SAY(d->o, "answer.between", low, high);
    return arena_printf(a, "%s · %s · %s", limit, say(d, "answer.own_choice"), p->target);
}

static void put_part(struct form_paper *d, const struct part *p) {
    pdf_keep(d->p, 40);
    if (*p->text) {
        pdf_skip(d->p, 3);
        flow(d, &body, p->text);
    }
    next_row(d);
    put_answer(d, p);
    end_row(d);
    if (p->rule != TARGET_NONE) flow(d, &small, target_said(d, p));
}

/* ---- questions ---- */

static double scale_of(const struct part *p) {
    return p ? (double)part_nature(p->kind)->scale : 1;
}

static const char *limits_said(struct form_paper *d, const struct condition *c,
                               const struct part *p) {
    struct arena *a = &d->o->arena;
    bool least = c->at_least > INT64_MIN, most = c->at_most < INT64_MAX;
    const char *low = arena_printf(a, "%g", (double)c->at_least / scale_of(p)),
               *high = arena_printf(a, "%g", (double)c->at_most / scale_of(p));
    if (least && most) return OFFICE_SAY(d->o, "answer.between", low, high);
    return least ? OFFICE_SAY(d->o, "answer.at_least", low)
                 : OFFICE_SAY(d->o, "answer.at_most", high);
}

static const char *value_said(struct form_paper *d, const struct condition *c) {
    const struct item *i = template_item(d->t, c->item);
    const struct part *p = i ? item_part(i, c->part) : NULL;
    const char *said = c->is ? c->is : c->is_not;
    if (!said) return limits_said(d, c, p);
    for (int k = 0; p && k < p->choices_count; k++)
        if (text_equal(p->choices[k].id, said)) return p->choices[k].text;
    const char *key = arena_printf(&d->o->arena, "answer.%s", said);
    return words_have(d->o->words, key) ? OFFICE_WORD(d->o, key) : said;
}

static const char *when_said(struct form_paper *d, const struct item *i) {
    struct buf b = {0};
    for (int k = 0; k < i->when_count; k++) {
        const struct condition *c = &i->when[k];
        if (k)
            buf_printf(&b, " %s ",
                       say(d, i->when_any ? "author.paper_or" : "author.paper_and"));
        buf_text(&b, OFFICE_SAY(d->o, c->is_not ? "author.paper_is_not" : "author.paper_is",
                                c->item, value_said(d, c)));
    }
    const char *all = arena_strndup(&d->o->arena, buf_str(&b), b.size);
    buf_release(&b);
    return OFFICE_SAY(d->o, "author.paper_when", all);
}

/* What only an author looks for. */
static void put_facts(struct form_paper *d, const struct item *i) {
    struct buf b = {0};
    if (strlen(i->id) > ID_BESIDE) buf_printf(&b, "%s · ", i->id);
    buf_printf(&b, "%s · %s", i->statement, i->evidence);
    for (int k = 0; k < i->regulations_count; k++)
        buf_printf(&b, " · %s", i->regulations[k]);
    if (i->required) buf_printf(&b, " · %s", say(d, "author.paper_required"));
    if (i->critical) buf_printf(&b, " · %s", say(d, "author.paper_critical"));
    if (!text_equal(i->module, "core")) buf_printf(&b, " · %s", i->module);
    flow(d, &small, buf_str(&b));
    buf_release(&b);
    if (i->when_count) flow(d, &small, when_said(d, i));
}

static void put_item(struct form_paper *d, const struct item *i) {
    pdf_keep(d->p, KEEP);
    pdf_skip(d->p, 11);
    if (strlen(i->id) <= ID_BESIDE)
        pdf_text_at(d->p, &small, d->area.x, pdf_y(d->p) + 2, INDENT - 2, i->id);
    flow(d, &question, i->text);
    flow(d, &body, i->help);
    for (int k = 0; k < i->parts_count; k++)
        put_part(d, &i->parts[k]);
    put_facts(d, i);
}

static void put_section(struct form_paper *d, const struct section *s) {
    const char *each = NULL;
    pdf_skip(d->p, 20);
    pdf_heading(d->p, &chapter, 1, s->title, KEEP);
    if (*s->about) pdf_flow(d->p, &body, d->area.x, d->area.w, s->about);
    if (s->repeats)
        each = OFFICE_SAY(d->o, "author.paper_repeats",
                          say(d, arena_printf(&d->o->arena, "author.each_%s", s->repeat_of)),
                          int_text(&d->o->arena, s->repeat_most));
    if (each) pdf_flow(d->p, &small, d->area.x, d->area.w, each);
    for (int i = 0; i < s->items_count; i++)
        put_item(d, &d->t->items[s->first_item + i]);
}

static void put_front(struct form_paper *d) {
    const struct template *t = d->t;
    struct arena *a = &d->o->arena;
    pdf_heading(d->p, &title, 1, t->title, 20);
    if (*t->about) pdf_flow(d->p, &body, d->area.x, d->area.w, t->about);
    const char *facts[] = {t->who, t->often};
    for (int i = 0; i < 2; i++)
        if (*facts[i]) pdf_flow(d->p, &small, d->area.x, d->area.w, facts[i]);
    for (int i = 0; i < t->lengths_count; i++)
        pdf_flow(d->p, &small, d->area.x, d->area.w,
                 OFFICE_SAY(d->o, "author.paper_length", int_text(a, t->lengths[i].minutes),
                            t->lengths[i].title));
}

static void dress(void *ctx, struct pdf *p, int page, int pages) {
    struct form_paper *d = ctx;
    struct pdf_style right = foot;
    struct arena *a = &d->o->arena;
    float y = PDF_PAGE_H - 40;
    right.right = true;
    pdf_text_at(p, &foot, d->area.x, y, d->area.w / 2,
                OFFICE_SAY(d->o, "author.paper_foot", d->t->code, int_text(a, d->t->version)));
    pdf_text_at(p, &right, d->area.x + d->area.w / 2, y, d->area.w / 2,
                OFFICE_SAY(d->o, "author.paper_page", int_text(a, page), int_text(a, pages)));
}

enum status template_paper(struct office *o, const struct template *t, struct buf *out) {
    struct form_paper d = {.o = o, .t = t};
    struct pdf_options options = {.fonts = path_join(&o->arena, o->assets, "fonts"),
                                  .title = t->title,
                                  .language = "en-GB",
                                  .made_ms = clock_wall(&o->clock),
                                  .margin = {56, 56, 56, 64},
                                  .dress = dress,
                                  .ctx = &d};
    enum status s = pdf_start(&d.p, &options);
    if (s) return s;
    d.area = pdf_area(d.p);
    put_front(&d);
    for (int i = 0; i < t->sections_count; i++)
        put_section(&d, &t->sections[i]);
    s = pdf_end(d.p, out);
    pdf_free(d.p);
    return s;
}
