/* script_find.c -- what a script's words mean on the screen that stands there now. See
 * script.h. */
#include <string.h>

#include "base/text.h"
#include "platform/linux/script_inside.h"

static bool holds(const char *name, const char *want) {
    return name && strstr(name, want) != NULL;
}

static bool on_screen(const struct ui_thing *t) {
    return t->visible.w > 1 && t->visible.h > 1;
}

/* Index of the first drawn thing whose words hold `want`, from `start`; -1. */
long script_find_text(struct script *s, const char *want, size_t start, bool shown) {
    const struct ui_thing *t;
    size_t n = ui_things(s->ui, &t);
    for (size_t i = start; i < n; i++)
        if ((holds(t[i].name, want) || holds(t[i].value, want)) && (!shown || on_screen(&t[i])))
            return (long)i;
    return -1;
}

/* The inner words are a part's own: its whole text first, so that "Minutes" is not found in
 * "Minutes late". */
long script_find_within(struct script *s, struct within w) {
    const struct ui_thing *t;
    size_t n = ui_things(s->ui, &t);
    long from = script_find_text(s, w.in, 0, false);
    if (from < 0 || !w.inner) return from;
    for (size_t i = (size_t)from + 1; i < n; i++)
        if (t[i].name && text_equal(t[i].name, w.inner)) return (long)i;
    return script_find_text(s, w.inner, (size_t)from + 1, false);
}

static bool exact_or_whole(const char *name, const char *want) {
    return name && text_equal(name, want);
}

/* The tappable thing of that name: exact first, else the one that holds the words; after those
 * words when given. */
const struct ui_thing *script_find_control(struct script *s, const char *want, struct within w,
                                           int number) {
    const struct ui_thing *t;
    size_t n = ui_things(s->ui, &t), start = 0;
    if (w.in) {
        long at = script_find_within(s, w);
        if (at < 0) {
            script_fail(s, "nothing says \"%s\"%s%s", w.in, w.inner ? ", then " : "",
                        w.inner ? w.inner : "");
            return NULL;
        }
        start = (size_t)at;
    }
    for (int round = 0; round < 2; round++) {
        const struct ui_thing *found = NULL;
        int count = 0;
        for (size_t i = start; i < n; i++) {
            if (!t[i].tappable) continue;
            if (round == 0 ? !exact_or_whole(t[i].name, want) : !holds(t[i].name, want))
                continue;
            count++;
            if (number == LAST) found = &t[i];
            if (w.in || count == number || (!number && count == 1)) {
                if (!found) found = &t[i];
                if (w.in) break;
            }
        }
        if (!found) continue;
        if (!w.in && !number && count > 1) {
            script_fail(s, "\"%s\" is ambiguous: %d things have that name", want, count);
            return NULL;
        }
        return found;
    }
    script_fail(s, "nothing to touch is called \"%s\"%s%s", want, w.in ? " after " : "",
                w.in ? w.in : "");
    return NULL;
}

const struct ui_thing *script_reachable(struct script *s, const struct ui_thing *t) {
    if (!t) return NULL;
    if (!on_screen(t)) {
        script_fail(s, "\"%s\" is off the screen", t->name);
        return NULL;
    }
    if (t->covered) {
        script_fail(s, "\"%s\" is covered by something", t->name);
        return NULL;
    }
    return t;
}
