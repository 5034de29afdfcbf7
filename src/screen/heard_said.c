/* heard_said.c -- what is said to each prompt while it is not kept yet: words and small answers
 * lie in fields under the talk's own key, so that a flat battery loses none of them. A worker's
 * lie under the holder's (confide_part.h). */
#include "screen/heard_pieces.h"

#include <string.h>

#include "base/text.h"
#include "care/said.h"

static bool staff(const struct heard *v) {
    return v->state->speaker == SPEAKER_STAFF;
}

/* "said" goes with what is kept at once, "talk" stays until the talk ends. */
const char *heard_said_key(const struct heard *v, const struct heard_prompt *p,
                           const char *field) {
    const char *prefix = staff(v) ? v->conf.prefix : v->prefix;
    const char *what =
        !p || p->words || p->stage == STAGE_ASK || p->stage == STAGE_PROBE ? "said" : "talk";
    return arena_printf(ui_arena(v->u), "%s%s/%s/%s", prefix, what, p ? p->id : "", field);
}

static const char *field_text(const struct heard *v, const struct heard_prompt *p,
                              const char *field) {
    const char *text = ui_field_text(v->u, heard_said_key(v, p, field));
    return text ? text : "";
}

const char *heard_list_of(const struct heard *v, const struct heard_prompt *p) {
    return field_text(v, p, "parts");
}

const char *heard_part_word(const struct heard *v, const struct heard_prompt *p,
                            const char *part) {
    return said_get(ui_arena(v->u), heard_list_of(v, p), part);
}

void heard_put_part(struct heard *v, const struct heard_prompt *p, const char *part,
                    const char *word) {
    ui_field_set(v->u, heard_said_key(v, p, "parts"),
                 said_put(ui_arena(v->u), heard_list_of(v, p), part, word));
}

/* ---- in plain words ---- */

static const char *choice_text(const struct part *part, const char *id) {
    for (int i = 0; i < part->choices_count; i++)
        if (text_equal(part->choices[i].id, id)) return part->choices[i].text;
    return id;
}

static const char *ticks_text(struct arena *a, const struct part *part, const char *word) {
    const char *all = "";
    for (int i = 0; i < part->choices_count; i++)
        if (said_has(word, part->choices[i].id))
            all = said_join(a, all, part->choices[i].text, ", ");
    return all;
}

static const char *plain(const struct heard *v, const struct part *part, const char *said) {
    struct arena *a = ui_arena(v->u);
    day_no day = 0;
    switch (part->kind) {
    case PART_CHOICE:
        return choice_text(part, said);
    case PART_TICKS:
        return ticks_text(a, part, said);
    case PART_FACE:
        return WORD(v->s, arena_printf(a, "heard.face_%s", said));
    case PART_DAY:
        return day_read_iso(said, &day) ? day_text(a, day) : said;
    case PART_NUMBER:
        return text_blank(part->unit) ? said : arena_printf(a, "%s %s", said, part->unit);
    default:
        return WORD(v->s, arena_printf(a, "heard.said_%s", said));
    }
}

/* A question keeps its mark, everything else gets a colon. */
static const char *asked_and_said(struct arena *a, const char *question, const char *said) {
    size_t n = strlen(question);
    bool asks = n && (question[n - 1] == '?' || question[n - 1] == ':');
    return arena_printf(a, asks ? "%s %s" : "%s: %s", question, said);
}

/* What the app itself makes of it stands in columns of its own. */
static bool told_apart(const struct heard *v, const struct heard_prompt *p,
                       const struct part *part) {
    static const char own[] = "answer,by,sort";
    if (part->kind == PART_WORDS) return true;
    if (staff(v)) return false;
    return (p->consent && text_equal(part->id, "may")) ||
           (p->stage == STAGE_CLOSE && text_listed(own, ',', part->id));
}

const char *heard_marks_of(const struct heard *v, const struct heard_prompt *p, bool whole) {
    struct arena *a = ui_arena(v->u);
    const char *all = "";
    if (!p) return all;
    for (int i = 0; i < p->parts_count; i++) {
        const struct part *part = &p->parts[i];
        const char *one = heard_part_word(v, p, part->id);
        if (!*one || (told_apart(v, p, part) && !whole)) continue;
        all = said_join(a, all, asked_and_said(a, part->text, plain(v, part, one)), " · ");
    }
    const char *card = heard_part_word(v, p, "card");
    if (!*card) return all;
    card = WORD(v->s, arena_printf(a, "heard.said_%s", card));
    return said_join(a, all, asked_and_said(a, p->simple, card), " · ");
}

/* ---- one thing said ---- */

/* Several kinds of words to one prompt are one text, each under its own name. */
static const char *words_of(const struct heard *v, const struct heard_prompt *p) {
    struct arena *a = ui_arena(v->u);
    const char *all = "";
    if (!p) return field_text(v, p, "text");
    for (int i = 0; i < p->parts_count; i++) {
        const struct part *part = &p->parts[i];
        if (part->kind != PART_WORDS) continue;
        const char *text = field_text(v, p, part->id);
        if (text_blank(text)) continue;
        text = p->words > 1 ? asked_and_said(a, part->text, text) : text;
        all = said_join(a, all, text, "\n");
    }
    return arena_strdup(a, all);
}

/* The face has a column of its own. */
static int take_face(const struct heard *v, const struct heard_prompt *p, const char **list) {
    for (int i = 0; p && i < p->parts_count; i++) {
        if (p->parts[i].kind != PART_FACE) continue;
        int face = heard_part_word(v, p, p->parts[i].id)[0] - '0';
        *list = said_put(ui_arena(v->u), *list, p->parts[i].id, "");
        return face >= 1 && face <= 5 ? face : 0;
    }
    return 0;
}

static const char *without_own(const struct heard *v, const struct heard_prompt *p,
                               const char *list) {
    for (int i = 0; p && i < p->parts_count; i++)
        if (told_apart(v, p, &p->parts[i]))
            list = said_put(ui_arena(v->u), list, p->parts[i].id, "");
    return list;
}

bool heard_thing_of(const struct heard *v, const struct heard_prompt *p,
                    struct heard_thing *out) {
    struct heard_thing t = {.prompt = p, .list = p ? heard_list_of(v, p) : ""};
    t.text = words_of(v, p);
    t.list = arena_strdup(ui_arena(v->u), without_own(v, p, t.list));
    t.marks = heard_marks_of(v, p, false);
    if (!staff(v)) t.face = take_face(v, p, &t.list);
    *out = t;
    return !text_blank(t.text) || !text_blank(t.list) || t.face;
}

static bool is_thing(const struct heard *v, const struct heard_prompt *p) {
    return staff(v) || p->words || p->stage == STAGE_ASK || p->stage == STAGE_PROBE;
}

int heard_things(const struct heard *v, struct heard_thing *out) {
    int n = 0;
    if (!staff(v)) n += heard_thing_of(v, NULL, &out[n]);
    for (int i = 0; v->guide && i < v->guide->count; i++) {
        const struct heard_prompt *p = &v->guide->prompts[i];
        if (is_thing(v, p)) n += heard_thing_of(v, p, &out[n]);
    }
    return n;
}

void heard_around(const struct heard *v, const char **list, const char **marks) {
    struct arena *a = ui_arena(v->u);
    *list = *marks = "";
    for (int i = 0; v->guide && i < v->guide->count; i++) {
        const struct heard_prompt *p = &v->guide->prompts[i];
        for (int k = 0; k < p->parts_count && !is_thing(v, p); k++) {
            const struct part *part = &p->parts[k];
            const char *word = heard_part_word(v, p, part->id);
            if (!*word || told_apart(v, p, part)) continue;
            *list =
                said_join(a, *list, arena_printf(a, "%s.%s=%s", p->id, part->id, word), ",");
            *marks = said_join(a, *marks, asked_and_said(a, part->text, plain(v, part, word)),
                               " · ");
        }
    }
}

static void forget(struct heard *v, const char *key) {
    const char *text = ui_field_text(v->u, key);
    if (text && *text) ui_field_set(v->u, key, "");
}

/* All of it goes: another speaker, a no, "only listen". */
void heard_forget_said(struct heard *v) {
    forget(v, heard_said_key(v, NULL, "text"));
    for (int i = 0; v->guide && i < v->guide->count; i++) {
        const struct heard_prompt *p = &v->guide->prompts[i];
        forget(v, heard_said_key(v, p, "parts"));
        for (int k = 0; k < p->parts_count; k++)
            forget(v, heard_said_key(v, p, p->parts[k].id));
    }
}
