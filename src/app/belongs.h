/* belongs.h -- whose tablet this is, for the models of Send and Settings and for saving. */
#ifndef APP_BELONGS_H
#define APP_BELONGS_H

#include "model/send_model.h"
#include "store/journal.h"

/* When it cannot be read, *out says "nobody's". */
MUST_CHECK enum status belongs_read(struct journal *j, struct arena *to, struct belongs *out);
/* The X25519 key of the office that this tablet is enrolled with; *known false: none. */
MUST_CHECK enum status belongs_office_key(struct journal *j, uint8_t key[32], bool *known);

#endif
