/* answer_says.c -- how an answer reads, in words. */
#include "model/answer_says.h"

#include "base/text.h"

static const char *days_say(struct arena *a, const struct words *w, const struct part *p,
                            const struct answer_value *v) {
    if (!v->has_day) return "";
    const char *day = day_text(a, v->day);
    if (!v->has_number) return day;
    bool past = (p->kind == PART_SINCE) == (v->number >= 0);
    int64_t days = (v->number < 0 ? -v->number : v->number) / 1000;
    const char *key = days == 0   ? "answer.day_itself"
                      : days == 1 ? past ? "answer.one_day_ago" : "answer.one_day_left"
                      : past      ? "answer.days_ago"
                                  : "answer.days_left";
    return words_say(a, w, key, day, int_text(a, days));
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

static const char *draw_says(struct arena *a, const struct words *w,
                             const struct answer_value *v) {
    const char *drawn = answer_drawn(a, v->list);
    const char *pool = v->list ? strstr(v->list, "pool=") : NULL;
    if (!*drawn || !pool) return "";
    return words_say(a, w, "answer.drawn", drawn,
                     int_text(a, strtoll(pool + strlen("pool="), NULL, 10)));
}

static const char *score_says(struct arena *a, const struct words *w,
                              const struct answer_value *v) {
    if (!v->has_number || v->number < 1 || v->number > 4) return "";
    const char *score = word(w, arena_printf(a, "answer.score%d", (int)v->number));
    return text_blank(v->text) ? score : arena_printf(a, "%s: %s", score, v->text);
}

static const char *percent_says(struct arena *a, const struct words *w,
                                const struct answer_value *v) {
    if (!v->has_number) return "";
    int64_t tenths = (v->number + 50) / 100;
    const char *n = tenths % 10 ? arena_printf(a, "%lld.%lld", (long long)(tenths / 10),
                                               (long long)(tenths % 10))
                                : int_text(a, tenths / 10);
    return words_say(a, w, "answer.per_cent", n);
}

const char *answer_says(struct arena *a, const struct words *w, const struct part *p,
                        const struct answer_value *v) {
    switch (p->kind) {
    case PART_SINCE:
    case PART_UNTIL:
        return days_say(a, w, p, v);
    case PART_DRAW:
        return draw_says(a, w, v);
    case PART_SCORE:
        return score_says(a, w, v);
    case PART_PERCENT:
        return percent_says(a, w, v);
    case PART_READY:
    case PART_PROOF:
        return text_blank(v->word) ? "" : word(w, arena_printf(a, "answer.%s", v->word));
    default:
        return "";
    }
}
