/* answer_says.c -- how an answer reads, in words: a table with one row a kind. */
#include "care/answer_says.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"

#define MINUTE_MS 60000

struct saying {
    struct arena *a;
    const struct words *w;
    const struct part *p;
};

/* ---- figures ---- */

const char *answer_decimal(struct arena *a, int64_t thousandths) {
    uint64_t v = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
    char *s = arena_printf(a, "%s%" PRIu64 ".%03" PRIu64, thousandths < 0 ? "-" : "", v / 1000,
                           v % 1000);
    size_t n = strlen(s);
    while (s[n - 1] == '0')
        s[--n] = '\0';
    if (s[n - 1] == '.') s[--n] = '\0';
    return s;
}

static const char *with_unit(const struct saying *o, const char *n) {
    return text_blank(o->p->unit) ? n : arena_printf(o->a, "%s %s", n, o->p->unit);
}

static const char *figure_decimal(const struct saying *o, int64_t v) {
    return with_unit(o, answer_decimal(o->a, v));
}

static const char *figure_whole(const struct saying *o, int64_t v) {
    return with_unit(o, int_text(o->a, v));
}

static const char *figure_time(const struct saying *o, int64_t v) {
    return duration_text(o->a, v);
}

static const char *figure_minutes(const struct saying *o, int64_t v) {
    return words_say(o->a, o->w, "answer.n_minutes", int_text(o->a, v / MINUTE_MS));
}

static const char *figure_percent(const struct saying *o, int64_t v) {
    return words_say(o->a, o->w, "answer.per_cent", answer_decimal(o->a, v));
}

static const char *figure_days(const struct saying *o, int64_t v) {
    return words_say(o->a, o->w, "answer.n_days", answer_decimal(o->a, v));
}

/* ---- words and lists ---- */

static const char *says_word(const struct saying *o, const struct answer_value *v) {
    if (text_blank(v->word)) return "";
    const char *key = arena_printf(o->a, "answer.%s", v->word);
    return words_have(o->w, key) ? word(o->w, key) : v->word; /* of a newer Lantern */
}

const char *answer_choice(const struct part *p, const char *id) {
    for (int i = 0; i < p->choices_count; i++)
        if (text_equal(p->choices[i].id, id)) return p->choices[i].text;
    return id;
}

static const char *says_choice(const struct saying *o, const struct answer_value *v) {
    return text_blank(v->word) ? "" : answer_choice(o->p, v->word);
}

/* "a,b" or "a=2,b=0" with the choices' own words. */
static const char *says_list(const struct saying *o, const struct answer_value *v) {
    struct buf all = {0};
    for (const char *at = v->list ? v->list : ""; *at;) {
        size_t n = strcspn(at, ","), name = strcspn(at, "=,");
        const char *label = answer_choice(o->p, arena_strndup(o->a, at, name));
        if (all.size) buf_text(&all, ", ");
        buf_text(&all, label);
        if (name < n) buf_printf(&all, ": %.*s", (int)(n - name - 1), at + name + 1);
        at += n + (at[n] == ',');
    }
    const char *said = arena_strndup(o->a, buf_str(&all), all.size);
    buf_release(&all);
    return said;
}

const char *answer_drawn(struct arena *a, const char *list) {
    char *all = arena_strdup(a, "");
    for (const char *at = list ? list : ""; *at;) {
        size_t n = strcspn(at, ",");
        if (at[0] == 'n' && at[1] >= '0' && at[1] <= '9')
            all = arena_printf(a, "%s%s%.*s", all, *all ? ", " : "", (int)strcspn(at + 1, "=,"),
                               at + 1);
        at += n + (at[n] == ',');
    }
    return all;
}

static const char *says_draw(const struct saying *o, const struct answer_value *v) {
    const char *drawn = answer_drawn(o->a, v->list);
    const char *pool = v->list ? strstr(v->list, "pool=") : NULL;
    if (!*drawn || !pool) return "";
    return words_say(o->a, o->w, "answer.drawn", drawn,
                     int_text(o->a, strtoll(pool + strlen("pool="), NULL, 10)));
}

/* ---- numbers, times, days ---- */

static const char *says_number(const struct saying *o, const struct answer_value *v) {
    return v->has_number ? answer_figure(o->a, o->w, o->p, v->number) : "";
}

static const char *says_x_of_y(const struct saying *o, const struct answer_value *v) {
    int64_t of = v->has_of ? v->of : o->p->of;
    if (!v->has_number) return "";
    return words_say(o->a, o->w, "answer.x_of_y", int_text(o->a, v->number),
                     int_text(o->a, of));
}

static const char *says_face(const struct saying *o, const struct answer_value *v) {
    if (!v->has_number || v->number < 1 || v->number > 5) return "";
    return words_say(o->a, o->w, "answer.face_of",
                     word(o->w, arena_printf(o->a, "answer.face%d", (int)v->number)),
                     int_text(o->a, v->number));
}

static const char *says_score(const struct saying *o, const struct answer_value *v) {
    if (!v->has_number || v->number < 1 || v->number > 4) return "";
    const char *score = word(o->w, arena_printf(o->a, "answer.score%d", (int)v->number));
    return text_blank(v->text) ? score : arena_printf(o->a, "%s: %s", score, v->text);
}

static const char *says_time(const struct saying *o, const struct answer_value *v) {
    return v->has_time ? time_hm(o->a, v->time) : "";
}

/* A date that runs out or was long ago says its year. */
static const char *says_day(const struct saying *o, const struct answer_value *v) {
    if (!v->has_day) return "";
    return arena_printf(o->a, "%s %d", day_text(o->a, v->day), day_civil(v->day).year);
}

static const char *says_days(const struct saying *o, const struct answer_value *v) {
    const char *day = says_day(o, v);
    if (!v->has_day || !v->has_number) return day;
    bool past = (o->p->kind == PART_SINCE) == (v->number >= 0);
    int64_t days = (v->number < 0 ? -v->number : v->number) / 1000;
    const char *key = days == 0   ? "answer.day_itself"
                      : days == 1 ? past ? "answer.one_day_ago" : "answer.one_day_left"
                      : past      ? "answer.days_ago"
                                  : "answer.days_left";
    return words_say(o->a, o->w, key, day, int_text(o->a, days));
}

static const char *says_text(const struct saying *o, const struct answer_value *v) {
    (void)o;
    return v->text ? v->text : "";
}

/* ---- the table ---- */

static const struct {
    const char *(*says)(const struct saying *o, const struct answer_value *v);
    const char *(*figure)(const struct saying *o, int64_t v); /* NULL: it is no number */
} kinds[PART_KINDS] = {
    [PART_MET] = {says_word, NULL},
    [PART_ASK] = {says_word, NULL},
    [PART_YES_NO] = {says_word, NULL},
    [PART_CHOICE] = {says_choice, NULL},
    [PART_TICKS] = {says_list, NULL},
    [PART_X_OF_Y] = {says_x_of_y, figure_whole},
    [PART_TALLY] = {says_list, figure_whole},
    [PART_COUNTS] = {says_list, figure_whole},
    [PART_NUMBER] = {says_number, figure_decimal},
    [PART_SECONDS] = {says_number, figure_time},
    [PART_MINUTES] = {says_number, figure_minutes},
    [PART_TIME] = {says_time, NULL},
    [PART_DAY] = {says_day, NULL},
    [PART_WORDS] = {says_text, NULL},
    [PART_PERSON] = {says_text, NULL},
    [PART_FACE] = {says_face, figure_whole},
    [PART_PERCENT] = {says_number, figure_percent},
    [PART_SINCE] = {says_days, figure_days},
    [PART_UNTIL] = {says_days, figure_days},
    [PART_SCORE] = {says_score, figure_whole},
    [PART_READY] = {says_word, NULL},
    [PART_PROOF] = {says_word, NULL},
    [PART_DRAW] = {says_draw, NULL},
};

const char *answer_says(struct arena *a, const struct words *w, const struct part *p,
                        const struct answer_value *v) {
    BELIEVE((unsigned)p->kind < PART_KINDS && kinds[p->kind].says);
    return kinds[p->kind].says(&(struct saying){a, w, p}, v);
}

const char *answer_figure(struct arena *a, const struct words *w, const struct part *p,
                          int64_t number) {
    BELIEVE((unsigned)p->kind < PART_KINDS);
    if (!kinds[p->kind].figure) return "";
    return kinds[p->kind].figure(&(struct saying){a, w, p}, number);
}
