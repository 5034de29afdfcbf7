/* holders.h -- who may hold the tablet, and who of them can unlock it. Shared by the loaders of
 * the pin screen and of "People and PINs". */
#ifndef MODEL_HOLDERS_H
#define MODEL_HOLDERS_H

#include "model/context.h"
#include "model/pin_model.h"

/* By label; whoever has a PIN is in it, even when they are not on the office's list any more.
 */
MUST_CHECK enum status holders_load(const struct load_context *c, struct arena *a,
                                    struct pin_person **out, size_t *n);
/* Minutes after which the office wants a tablet that is left alone to lock; 0 no rule. */
MUST_CHECK enum status holders_lock_minutes(const struct load_context *c, int *out);

#endif
