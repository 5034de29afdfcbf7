/* input.h -- raw events between sdl.c and input.c. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include "ui/ui_internal.h"

enum raw_kind {
    RAW_DOWN,
    RAW_MOVE,
    RAW_UP,
    RAW_CANCEL_ALL,
    RAW_CANCEL_MOUSE,
    RAW_WHEEL,
    RAW_INPUT
};
struct raw {
    enum raw_kind kind;
    int64_t finger, device;
    float x, y, pressure; /* dp; wheel: where the mouse is */
    float by_x, by_y;     /* wheel: dp to scroll by */
    uint32_t ms;          /* of the event, 0 unknown */
    struct input_event input;
};
void input_push(struct ui *u, const struct raw *r);

#endif
