/* heard_talk.c -- a talk of several prompts: each thing said becomes a record of its own when
 * one goes on, who speaks and what they allowed goes along; at the end it is read back, put
 * right, and gets its one tag and the answer that was asked for. */
#include "screen/heard_pieces.h"

#include "base/text.h"
#include "care/said.h"
#include "screen/name_note.h"

static const char *const sorts[] = {"", "praise", "idea", "worry", "complaint"};

static bool may_write(const struct heard *v) {
    return v->state->consent != CONSENT_NO;
}

static bool is_settled(const struct heard *v) {
    return v->state->consent != CONSENT_UNSAID || v->state->speaker == SPEAKER_SHOWED_US;
}

/* Enough to keep: who speaks, and either what they said, written, spoken or pointed at, or,
 * when nothing may be written, what it is about. */
bool heard_ready(const struct heard *v) {
    const struct heard_state *st = v->state;
    struct heard_thing all[PROMPTS_MOST + 1];
    const struct heard_said *earlier;
    if (st->speaker == SPEAKER_NONE || heard_voice_must_go(v)) return false;
    if (st->speaker == SPEAKER_STAFF) return heard_staff_ready(v);
    if (may_write(v) && heard_things(v, all)) return is_settled(v);
    if (heard_has_voice(v) || heard_earlier(v, &earlier)) return true;
    return st->consent == CONSENT_NO ? st->about || st->sort : st->face != 0;
}

static const char *about_text(const struct heard *v) {
    const char *all = "";
    for (int i = 0; i < THEMES; i++)
        if (v->state->about >> i & 1u)
            all = said_join(ui_arena(v->u), all, heard_theme(i), ",");
    return all;
}

static struct feedback_intent feedback_of(const struct heard *v, const struct heard_thing *t) {
    const struct heard_state *st = v->state;
    const struct heard_prompt *p = t->prompt;
    return (struct feedback_intent){
        .visit = v->m->visit,
        .service = v->m->service,
        .speaker = speaker_words[st->speaker],
        .sort = sorts[st->sort],
        .about = about_text(v),
        .text = may_write(v) ? t->text : "",
        .prompt = p ? p->id : "",
        .question = p ? p->text : "",
        .statement = p ? p->statement : "",
        .list = t->list,
        .marks = t->marks,
        .face = t->face ? t->face : st->face,
        .consent = heard_consents[st->consent],
        .can_decide = heard_can_decide_word(st),
        .recorded = heard_may_record(st),
    };
}

/* All that is not kept yet; the newest is the one that voice and danger go to. */
static struct feedback_intent *all_of(struct heard *v) {
    struct arena *f = ui_arena(v->u);
    struct heard_thing *t = ARENA_ARRAY(f, struct heard_thing, PROMPTS_MOST + 1),
                       none = {.text = "", .list = "", .marks = ""};
    struct feedback_intent *more = ARENA_ARRAY(f, struct feedback_intent, PROMPTS_MOST + 1),
                           *k = ARENA_NEW(f, struct feedback_intent);
    int n = may_write(v) ? heard_things(v, t) : 0;
    for (int i = 0; i + 1 < n; i++) {
        more[i] = feedback_of(v, &t[i]);
        more[i].recorded = false; /* the voice goes to one of them */
    }
    *k = feedback_of(v, n ? &t[n - 1] : &none);
    k->more = more;
    k->more_count = n ? n - 1 : 0;
    k->closes = !n;
    return k;
}

static void new_thing(struct heard_state *st) {
    st->sort = st->face = 0;
    st->about = 0;
    st->alone = 0;
}

static bool recorder_runs(const struct heard *v) {
    return voice_is_for(v->s, &v->voice.to) && v->s->voice.state != VOICE_NONE &&
           v->s->voice.state != VOICE_STOPPED;
}

/* What is on the recorder goes on over several prompts: then all of it is kept at the end. */
struct intent heard_keep_so_far(struct heard *v, bool quiet) {
    struct heard_thing all[PROMPTS_MOST + 1];
    if (v->state->speaker == SPEAKER_STAFF || heard_voice_must_go(v) || recorder_runs(v))
        return (struct intent){0};
    if (!may_write(v) || !is_settled(v) || !heard_things(v, all)) return (struct intent){0};
    struct intent in = {.kind = INTENT_feedback,
                        .detail = all_of(v),
                        .draft = arena_printf(ui_arena(v->u), "%ssaid/", v->prefix),
                        .undo = quiet ? NULL : "heard.kept"};
    new_thing(v->state);
    return in;
}

static const int64_t *rows_of(struct heard *v, const struct heard_said *all, int n) {
    int64_t *rows = ARENA_ARRAY(ui_arena(v->u), int64_t, n + 1);
    for (int i = 0; i < n; i++)
        rows[i] = all[i].row;
    return rows;
}

struct intent heard_keep(struct heard *v, int severity) {
    if (v->state->speaker == SPEAKER_STAFF) return heard_staff_keep(v);
    struct arena *f = ui_arena(v->u);
    const struct heard_state *st = v->state;
    const struct heard_said *earlier = NULL;
    const char *list, *marks, *how = ui_field_text(v->u, v->how_key);
    struct feedback_intent *k = all_of(v);
    k->earlier_count = heard_earlier(v, &earlier);
    k->earlier = rows_of(v, earlier, k->earlier_count);
    k->closes = k->closes && k->earlier_count && !heard_has_voice(v);
    heard_around(v, &list, &marks);
    if (may_write(v)) {
        k->list = k->closes ? list : said_join(f, k->list, list, ",");
        k->marks = k->closes ? marks : said_join(f, k->marks, marks, " · ");
    }
    k->wants_answer = st->wants_answer != 0;
    k->answer_how = st->wants_answer && how ? arena_strdup(f, how) : "";
    k->answer_by = st->wants_answer ? heard_answer_day(v) : 0;
    k->severity = severity;
    return (struct intent){.kind = INTENT_feedback,
                           .detail = k,
                           .draft = v->prefix,
                           .undo = severity == 4 ? NULL : "heard.kept",
                           .back_after = true};
}

/* ---- read back ---- */

int heard_earlier(const struct heard *v, const struct heard_said **out) {
    const struct heard_model *m = v->m;
    struct heard_said *mine = ARENA_ARRAY(ui_arena(v->u), struct heard_said, m->said_count + 1);
    int n = 0;
    for (int i = 0; i < m->said_count && v->state->talk_at; i++)
        if (m->said[i].at >= v->state->talk_at &&
            text_equal(m->said[i].speaker, speaker_words[v->state->speaker]))
            mine[n++] = m->said[i];
    *out = mine;
    return n;
}

static const char *marks_of(struct heard *v, const struct heard_said *s) {
    const char *face = s->face >= 1 && s->face <= 5
                           ? WORD(v->s, arena_printf(ui_arena(v->u), "heard.face_%d", s->face))
                           : "";
    if (text_blank(s->marks)) return face;
    return s->marks;
}

static void one_said(struct heard *v, rect *in, const struct heard_said *s, int i) {
    struct ui *u = v->u;
    ui_push(u, s->row);
    part_text(u, in, FONT_SMALL, COLOR_MUTE, COLOR_CARD, s->question);
    if (!text_blank(s->text))
        part_text(u, in, FONT_H3, COLOR_INK, COLOR_CARD, SAY(u, v->s, "finish.quote", s->text));
    part_text(u, in, FONT_BODY, COLOR_INK, COLOR_CARD, marks_of(v, s));
    struct button b = {.label = WORD(v->s, "heard.put_right"),
                       .key = "put_right",
                       .icon = ICON_PENCIL_SIMPLE,
                       .role = BUTTON_QUIET,
                       .font = FONT_SMALL};
    float w = ui_button_width(u, &b);
    rect r = rect_cut_top(in, ui_button_height(u, &b, in->w, ui_theme(u)->touch_min));
    r.w = w < r.w ? w : r.w;
    if (ui_button(u, r, &b)) {
        v->state->fixing = i + 1;
        ui_field_set(u, arena_printf(ui_arena(u), "%sfix", v->prefix), s->text);
    }
    rect_cut_top(in, 8);
    ui_pop(u);
}

/* Where the talk ends: word by word, as it was written. */
struct intent heard_read_back(struct heard *v, rect *in) {
    const struct heard_said *all;
    int n = heard_earlier(v, &all);
    if (!n || v->state->speaker == SPEAKER_STAFF) return (struct intent){0};
    part_text(v->u, in, FONT_H3, COLOR_INK, COLOR_CARD, WORD(v->s, "heard.you_wrote"));
    rect_cut_top(in, 8);
    for (int i = 0; i < n; i++)
        one_said(v, in, &all[i], i);
    return (struct intent){0};
}

static struct intent put_right(struct heard *v, const struct heard_said *s, const char *key) {
    struct feedback_intent *k = ARENA_NEW(ui_arena(v->u), struct feedback_intent);
    *k = (struct feedback_intent){.row = s->row,
                                  .speaker = s->speaker,
                                  .text =
                                      arena_strdup(ui_arena(v->u), ui_field_text(v->u, key))};
    v->state->fixing = 0;
    return (struct intent){
        .kind = INTENT_feedback, .detail = k, .draft = key, .undo = "heard.kept"};
}

static struct intent take_out(struct heard *v, const struct heard_said *s, const char *key) {
    v->state->fixing = 0;
    return (struct intent){.kind = INTENT_withdraw,
                           .row = s->row,
                           .other = v->m->visit,
                           .word = "feedback",
                           .text = WORD(v->s, "heard.taken_out_why"),
                           .draft = key,
                           .undo = "heard.taken_out"};
}

struct intent heard_fixing_sheet(struct heard *v) {
    struct ui *u = v->u;
    const struct heard_said *all;
    struct intent go = {0};
    bool closed = false;
    int n = heard_earlier(v, &all), i = v->state->fixing - 1;
    if (i < 0) return go;
    if (i >= n) {
        v->state->fixing = 0;
        return go;
    }
    const char *key = arena_printf(ui_arena(u), "%sfix", v->prefix);
    rect in = ui_sheet_begin(u, "fix", WORD(v->s, "heard.put_right"), 420 * ui_text_scale(u),
                             &closed);
    rect column = ui_scroll_begin(u, in, "fix");
    float top = column.y;
    struct field f = {.key = key,
                      .name = WORD(v->s, "heard.own_words"),
                      .hint = WORD(v->s, "heard.words_hint"),
                      .lines = 4,
                      .ground = COLOR_RAIL};
    part_text(u, &column, FONT_BODY, COLOR_MUTE, COLOR_BG, all[i].question);
    rect_cut_top(&column, 8);
    ui_field(u, rect_cut_top(&column, ui_field_height(u, &f, column.w)), &f);
    name_note(u, v->s, &column, key, COLOR_BG);
    rect_cut_top(&column, 16);
    struct option o[2] = {{.label = WORD(v->s, "common.keep"), .icon = ICON_CHECK},
                          {.label = WORD(v->s, "heard.take_out"), .icon = ICON_TRASH}};
    int tapped = part_options(u, &column, "fix", o, 2, -1, 56);
    ui_scroll_end(u, column.y - top + 8);
    ui_sheet_end(u);
    if (tapped == 0 && ui_field_text(u, key)) go = put_right(v, &all[i], key);
    if (tapped == 1) go = take_out(v, &all[i], key);
    if (closed) v->state->fixing = 0;
    return go;
}
