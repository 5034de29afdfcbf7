/* paper_answer.c -- what an answer says, in plain words: numbers with their unit, ticks and
 * tallies by their own names. */
#include "app/paper_inside.h"
#include "model/answer_says.h"

static const char *choice(const struct part *p, const char *id) {
    for (int i = 0; i < p->choices_count; i++)
        if (text_equal(p->choices[i].id, id)) return p->choices[i].text;
    return id;
}

/* "a=2,b=0" with the choices' own words. */
static const char *list(struct paper *d, const struct part *p, const char *listed) {
    const char *said = "";
    for (const char *at = listed ? listed : ""; *at;) {
        size_t n = strcspn(at, ","), name = strcspn(at, "=,");
        const char *label = choice(p, arena_strndup(d->a, at, name));
        const char *count = name < n ? arena_strndup(d->a, at + name + 1, n - name - 1) : "";
        said = arena_printf(d->a, "%s%s%s%s%s", said, *said ? ", " : "", label,
                            *count ? ": " : "", count);
        at += n + (at[n] == ',');
    }
    return said;
}

static const char *number(struct paper *d, const struct part *p, int64_t v) {
    const char *unit = text_blank(p->unit) ? "" : arena_printf(d->a, " %s", p->unit);
    if (v % 1000) return arena_printf(d->a, "%.1f%s", (double)v / 1000.0, unit);
    return arena_printf(d->a, "%s%s", int_text(d->a, v / 1000), unit);
}

const char *paper_answer(struct paper *d, const struct part *p, const struct answer_value *v) {
    struct answer_value typed = *v;
    typed.text = paper_typed(d, v->text);
    switch (p->kind) {
    case PART_MET:
    case PART_ASK:
    case PART_YES_NO:
        return text_blank(v->word)
                   ? ""
                   : paper_word(d, arena_printf(d->a, "check.word_%s", v->word));
    case PART_CHOICE:
        return choice(p, v->word ? v->word : "");
    case PART_TICKS:
    case PART_TALLY:
    case PART_COUNTS:
        return list(d, p, v->list);
    case PART_X_OF_Y:
        return PAPER_SAY(d, "check.x_of_y", int_text(d->a, v->number), int_text(d->a, v->of));
    case PART_NUMBER:
        return number(d, p, v->number);
    case PART_SECONDS:
    case PART_MINUTES:
        return duration_text(d->a, v->number);
    case PART_TIME:
        return time_hm(d->a, v->time);
    case PART_DAY:
        return day_text(d->a, v->day);
    case PART_WORDS:
        return paper_typed(d, v->text);
    case PART_FACE:
        return PAPER_SAY(d, "check.face", int_text(d->a, v->number));
    case PART_PERCENT:
    case PART_SINCE:
    case PART_UNTIL:
    case PART_SCORE:
    case PART_READY:
    case PART_PROOF:
    case PART_DRAW:
        return answer_says(d->a, d->app->words, p, &typed);
    case PART_PERSON:
    case PART_KINDS:
        break;
    }
    return "";
}
