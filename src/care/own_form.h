/* own_form.h -- a form of one's own: single cards of other forms, in one's own order ("Five things, ten minutes").
 *
 * Journey: cards picked on screen/find.c and own.c → own_form_write → a blob and a record `template` (app/act_own.c)
 * → offered on Start like any other, and to the office with the next bundle.
 * A card keeps its id, so that trends and retests join what is answered here with what is answered elsewhere; it keeps
 * its targets, phrases, statement and regulations, too. What only made sense in its first place is left off: its
 * module, and a condition on a card that is not here, or not before it. */
#ifndef CARE_OWN_FORM_H
#define CARE_OWN_FORM_H

#include "base/buf.h"
#include "care/template.h"

#define OWN_ITEMS_MOST  40
#define OWN_TITLE_BYTES 80
#define OWN_PREFIX      "OWN-"

struct own_pick {
    const struct template *form; /* whole */
    const struct item *item;     /* of it */
};
struct own_form {
    const char *code, *title, *about;
    int version; /* its edition, from 1 */
    const struct own_pick *picks;
    int count;
};

bool own_form_code(const char *code); /* made on a tablet */
/* Whether cards of this form may stand in another. Not those whose words are kept from others there: guides (a worker's
 * way to speak comes first), a team's, talks', and what somebody writes for nobody else. In a form of one's own they
 * would be open answers. */
bool own_form_lends(const struct template *t);
/* Minutes it will take, going by what the first forms plan for their sections; at least one a card. */
int own_form_minutes(const struct own_pick *picks, int count);
/* STATUS_INVALID: no card, too many, one twice, or cards of two frameworks; status_detail() says which. What is written
 * passes template_read. */
MUST_CHECK enum status own_form_write(const struct own_form *o, struct buf *out);

#endif
