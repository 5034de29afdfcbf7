/* home_pieces.h -- the pieces of Home: bar, cards, what to carry on, actions, choosers. Seen by
 * home*.c only. */
#ifndef SCREEN_HOME_PIECES_H
#define SCREEN_HOME_PIECES_H

#include "model/home_model.h"
#include "screen/action_line.h"
#include "screen/part.h"

enum home_sheet { HOME_SHEET_NONE, HOME_SHEET_SERVICE, HOME_SHEET_HOLDER };
struct home_state {
    int32_t sheet;
};

struct home {
    struct ui *u;
    const struct scene *s;
    const struct home_model *m;
    struct home_state *state;
    enum width_class width;
};

#define HOME_NEW_SERVICE "home/new_service"
#define HOME_NEW_HOLDER  "home/new_holder"

struct intent home_bar(struct home *h, rect *area);
struct intent home_cards(struct home *h,
                         rect *area); /* the big one and the three smaller ones */
struct intent home_alerts(
    struct home *h, rect *area); /* sample, danger, duties: only when there is something */
struct intent home_carry_on(struct home *h, rect *area);
struct intent home_actions(struct home *h, rect *area, bool whole_height);
struct intent home_links(struct home *h, rect *area);
struct intent home_empty(struct home *h, rect *area);
struct intent home_sheets(struct home *h);
/* Field and button in one row: true when the text was entered or the button tapped. */
bool home_add_field(struct home *h, rect *area, const char *key, const char *hint,
                    const char *button, const char **text);

#endif
