/* paper.c -- a paper to hand over: which copy is chosen first, with what is in it and what is
 * not; then where to. What came of it stays here: its name, pages, size, and handing it to
 * another app. */
#include "model/paper_model.h"
#include "screen/part.h"

#include "base/file.h"
#include "base/text.h"

enum chosen { CHOSEN_NONE, CHOSEN_CHECK, CHOSEN_HOME, CHOSEN_ACTION, CHOSEN_SAID, CHOSEN_SELF };
struct paper_state {
    int32_t chosen; /* whose folder is being asked for */
};

struct papering {
    struct ui *u;
    const struct scene *s;
    struct paper_state *state;
    const struct paper_model *m;
    struct intent intent;
};

static const char *const words_of[] = {"", "check", "home", "action", "said", "self"};

/* ---- one copy: for whom, what is in it, what is left out ---- */

struct copy {
    enum chosen chosen;
    enum icon icon;
    const char *title, *whom, *in, *out;
};

static void with_icon(struct papering *d, rect *in, enum icon icon, enum color color,
                      const char *text) {
    struct ui *u = d->u;
    float size = 22 * ui_text_scale(u), top = in->y;
    rect row = *in, left = rect_cut_left(&row, size + 10);
    ui_icon(u, rect_make(left.x, left.y + 1, size, size), icon, color, false, size);
    part_text(u, &row, FONT_BODY, COLOR_INK, COLOR_CARD, WORD(d->s, text));
    rect_cut_top(in, row.y - top + 8);
}

static void decide(struct papering *d, rect *in) {
    struct ui *u = d->u;
    part_text(u, in, FONT_BODY, COLOR_NOT_MET, COLOR_CARD,
              WORD(d->s, d->m->sealed ? "paper.home_held_sealed" : "paper.home_held"));
    rect_cut_top(in, 10);
    if (d->m->sealed) return;
    struct button give = {.label = WORD(d->s, "paper.home_give"), .icon = ICON_HANDSHAKE};
    if (ui_button(
            u, rect_cut_top(in, ui_button_height(u, &give, in->w, ui_theme(u)->touch_primary)),
            &give))
        d->intent = (struct intent){.kind = INTENT_visit_copy,
                                    .row = d->m->row,
                                    .word = "decided_give",
                                    .undo = "paper.home_given"};
}

/* What a copy says about itself, so that two of them side by side have their buttons on one
 * line. */
static float copy_height(struct papering *d, const struct copy *c, float w) {
    struct ui *u = d->u;
    float words_w = w - 22 * ui_text_scale(u) - 10;
    return ui_text_height(u, FONT_H2, WORD(d->s, c->title), w) +
           ui_text_height(u, FONT_SMALL, WORD(d->s, c->whom), w) +
           ui_text_height(u, FONT_BODY, WORD(d->s, c->in), words_w) +
           ui_text_height(u, FONT_BODY, WORD(d->s, c->out), words_w);
}

static void card_copy(struct papering *d, rect *area, const struct copy *c,
                      const struct copy *beside) {
    struct ui *u = d->u;
    struct card card;
    rect in = part_card_begin(u, area, &card, COLOR_LINE);
    bool held = c->chosen == CHOSEN_HOME && d->m->held;
    ui_icon(u, rect_make(in.x, in.y, 40, 40), c->icon, COLOR_AMBER, false, 40);
    rect_cut_top(&in, 48);
    part_text(u, &in, FONT_H2, COLOR_INK, COLOR_CARD, WORD(d->s, c->title));
    part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, WORD(d->s, c->whom));
    rect_cut_top(&in, 12);
    with_icon(d, &in, ICON_CHECK, COLOR_MET, c->in);
    with_icon(d, &in, ICON_X, COLOR_NOT_MET, c->out);
    float short_by = beside ? copy_height(d, beside, in.w) - copy_height(d, c, in.w) : 0;
    rect_cut_top(&in, 6 + (short_by > 0 ? short_by : 0));
    if (held) {
        decide(d, &in);
    } else {
        struct button make = {.label = WORD(d->s, "paper.make"),
                              .key = c->title,
                              .icon = ICON_FILE_PDF,
                              .role = c->chosen == CHOSEN_HOME ? BUTTON_PLAIN : BUTTON_MAIN,
                              .disabled = d->s->job.state == JOB_RUNNING};
        float h = ui_button_height(u, &make, in.w, ui_theme(u)->touch_answer);
        if (ui_button(u, rect_cut_top(&in, h), &make)) d->state->chosen = (int32_t)c->chosen;
    }
    part_card_end(u, area, &card, in);
}

/* ---- what came of it ---- */

static void card_job(struct papering *d, rect *area) {
    const struct job *job = &d->s->job;
    struct ui *u = d->u;
    struct card card;
    if (job->state == JOB_NONE || !text_equal(job->key, "paper.making")) return;
    bool bad = job->state == JOB_FAILED, done = job->state == JOB_DONE;
    rect in = part_card_begin(u, area, &card,
                              bad    ? COLOR_NOT_MET
                              : done ? COLOR_MET
                                     : COLOR_LINE);
    if (!bad && !done) {
        part_text(u, &in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(d->s, job->key));
        part_card_end(u, area, &card, in);
        return;
    }
    part_text(u, &in, FONT_H3, bad ? COLOR_NOT_MET : COLOR_INK, COLOR_CARD, job->text);
    if (done) {
        rect_cut_top(&in, 4);
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD, path_name(job->path));
        part_text(u, &in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, path_dir(ui_arena(u), job->path));
    }
    if (done && d->s->share) {
        struct button share = {.label = WORD(d->s, "paper.share"), .icon = ICON_EXPORT};
        rect_cut_top(&in, 12);
        if (ui_button(u, rect_cut_top(&in, ui_theme(u)->touch_primary * ui_text_scale(u)),
                      &share))
            d->intent = (struct intent){.kind = INTENT_paper_share, .text = job->path};
    }
    part_card_end(u, area, &card, in);
}

/* ---- where to ---- */

static void sheet_folders(struct papering *d) {
    struct ui *u = d->u;
    const struct paper_model *m = d->m;
    bool closed = false;
    float row = 74 * ui_text_scale(u) + 12;
    rect in = ui_sheet_begin(u, "where", WORD(d->s, "paper.where"),
                             row * ((float)m->sticks_count + 1) + 60, &closed);
    part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_CARD,
              WORD(d->s, m->sticks_count ? "paper.where_sub" : "paper.no_folder"));
    rect_cut_top(&in, ui_theme(u)->gap);
    for (size_t i = 0; i < m->sticks_count; i++) {
        struct button b = {.label = m->stick_names[i],
                           .sub = m->sticks[i],
                           .key = m->sticks[i],
                           .icon = i ? ICON_FOLDER : ICON_USB,
                           .left = true};
        rect r = rect_cut_top(&in, ui_button_height(u, &b, in.w, ui_theme(u)->touch_primary));
        rect_cut_top(&in, ui_theme(u)->gap);
        if (!ui_button(u, r, &b)) continue;
        d->intent = (struct intent){.kind = INTENT_paper_make,
                                    .row = m->row,
                                    .word = words_of[d->state->chosen],
                                    .text = m->sticks[i]};
        closed = true;
    }
    ui_sheet_end(u);
    if (closed) d->state->chosen = CHOSEN_NONE;
}

/* ---- the page ---- */

static const struct copy copies[] = {
    {CHOSEN_CHECK, ICON_FILE_TEXT, "paper.check", "paper.check_for", "paper.check_in",
     "paper.check_out"},
    {CHOSEN_HOME, ICON_HANDSHAKE, "paper.home", "paper.home_for", "paper.home_in",
     "paper.home_out"},
    {CHOSEN_ACTION, ICON_FLAG, "paper.action_copy", "paper.action_for", "paper.action_in",
     "paper.action_out"},
    {CHOSEN_SAID, ICON_CHAT_TEARDROP_TEXT, "paper.said_copy", "paper.said_for", "paper.said_in",
     "paper.said_out"},
    {CHOSEN_SELF, ICON_USER, "paper.self_copy", "paper.self_for", "paper.self_in",
     "paper.self_out"},
};

static float page_of_check(struct papering *d, rect page, rect in) {
    struct ui *u = d->u;
    bool wide = part_width(u, page) == WIDTH_WIDE;
    float gap = ui_theme(u)->screen_pad;
    rect left = wide ? rect_column(in, 0, 2, gap) : in;
    card_copy(d, &left, &copies[0], wide ? &copies[1] : NULL);
    rect right = wide ? rect_column(in, 1, 2, gap) : left;
    card_copy(d, &right, &copies[1], wide ? &copies[0] : NULL);
    return right.y > left.y ? right.y : left.y;
}

static void above(struct papering *d, rect *in) {
    struct ui *u = d->u;
    const struct paper_model *m = d->m;
    const char *photos =
        m->photos ? SAY(u, d->s, "paper.photos_in", int_text(ui_arena(u), m->photos)) : "";
    card_job(d, in);
    if (m->of == PAPER_OF_CHECK && !m->sealed) {
        part_text(u, in, FONT_BODY, COLOR_PARTLY, COLOR_BG, WORD(d->s, "paper.draft_warning"));
        rect_cut_top(in, 12);
    }
    if (!text_blank(photos)) {
        part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_BG, photos);
        rect_cut_top(in, 12);
    }
}

static struct intent draw(struct ui *u, const struct scene *s, void *state, const void *model,
                          rect area) {
    const struct paper_model *m = model;
    struct papering d = {.u = u, .s = s, .state = state, .m = m};
    const char *sub = text_blank(m->sub) || text_blank(m->title)
                          ? m->sub
                          : arena_printf(ui_arena(u), "%s · %s", m->title, m->sub);
    d.intent = part_header_intent(part_header(
        u, s, &area, &(struct header){.title = WORD(s, "paper.title"), .sub = sub}));
    rect page = ui_scroll_begin(u, area, "paper");
    float pad = part_width(u, area) == WIDTH_PHONE ? 16 : ui_theme(u)->screen_pad, top = page.y;
    rect in = rect_inset(page, pad, pad);
    float bottom = in.y;
    if (!m->possible) {
        part_text(u, &in, FONT_BODY, COLOR_INK, COLOR_BG, WORD(s, "paper.not_possible"));
    } else {
        above(&d, &in);
        if (m->of == PAPER_OF_CHECK) {
            bottom = page_of_check(&d, area, in);
        } else {
            if (part_width(u, area) == WIDTH_WIDE) in = rect_inset(in, in.w * 0.2F, 0);
            card_copy(&d, &in, &copies[(int)m->of + 1], NULL);
        }
    }
    if (in.y > bottom) bottom = in.y;
    ui_scroll_end(u, bottom - top + pad);
    if (d.state->chosen && m->possible) sheet_folders(&d);
    return d.intent;
}

const struct screen screen_paper = {
    .name = "paper", .state_size = sizeof(struct paper_state), .draw = draw};
