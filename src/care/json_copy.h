/* json_copy.h -- parts of a form's text, written again as they stood: for forms put together
 * from the cards of others. */
#ifndef CARE_JSON_COPY_H
#define CARE_JSON_COPY_H

#include "base/json.h"

void json_copy(struct json_out *out, const char *key, const json *v);
/* The members of a map, but for those listed ("module|when"). */
void json_copy_members(struct json_out *out, const json *map, const char *but);

/* Left off a card that is put into another form: what belongs to where it comes from, or to a
 * talk. */
#define CARD_LEFT_OFF "module|since|when|whenAny|followUp|simple|picture"

#endif
