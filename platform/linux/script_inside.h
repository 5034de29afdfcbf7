/* script_inside.h -- what script.c and script_draw.c share. */
#ifndef PLATFORM_LINUX_SCRIPT_INSIDE_H
#define PLATFORM_LINUX_SCRIPT_INSIDE_H

#include "base/arena.h"
#include "base/log.h"
#include "platform/linux/script.h"
#include "ui/ui.h"

#define ARGS_MAX  80
#define FINGER_ID 7
#define LAST      (-1) /* of several things of one name */

struct script {
    struct app *app;
    struct ui *ui;
    const struct script_options *o;
    struct arena line_arena;
    int line;
    bool failed, left;
};
struct args {
    char *v[ARGS_MAX];
    int n;
};

/* After which words a thing is looked for: `in` NULL, anywhere; then, when given, after the
 * inner ones that follow them. */
struct within {
    const char *in, *inner;
};

/* Says what is wrong, once; returns false. */
bool script_fail(struct script *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
int script_frame(struct script *s);   /* one frame; how long the app would wait now */
void script_settle(struct script *s); /* until nothing moves by itself */
void script_touch(struct script *s, uint32_t type, int finger, float x, float y);
/* Index of the first drawn thing whose words hold `want`, from `start`; -1. */
long script_find_text(struct script *s, const char *want, size_t start, bool shown);
/* Index of what says those words; -1. */
long script_find_within(struct script *s, struct within w);
/* The tappable thing of that name, after those words when given; number 0: the only one. NULL:
 * said why. */
const struct ui_thing *script_find_control(struct script *s, const char *want, struct within w,
                                           int number);
const struct ui_thing *script_reachable(struct script *s, const struct ui_thing *t);

bool script_draw(struct script *s, const struct args *a);
bool script_pinch(struct script *s, const struct args *a);
bool script_drop(struct script *s, const char *path);
/* A shot of each window's length of the page, from here to its end: NAME-01, NAME-02 … */
bool script_pages(struct script *s, const char *name,
                  bool (*shot)(struct script *, const char *));

#endif
