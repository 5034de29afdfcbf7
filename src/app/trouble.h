/* trouble.h -- the page that stands in the window when the app cannot start: what is wrong,
 * that nothing was changed, what to do, and a button to try again. */
#ifndef APP_TROUBLE_H
#define APP_TROUBLE_H

#include "app/app.h"

struct trouble;
/* `why` and `detail` are what app_open said. Fails when there is nothing to draw with (fonts,
 * words); then the platform has to say it in its own way. */
MUST_CHECK enum status trouble_open(struct trouble **out, const struct app_options *o,
                                    enum status why, const char *detail);
void trouble_close(struct trouble *t);
/* One frame: false when the person is done with it; *again when they want to try once more. */
bool trouble_frame(struct trouble *t, int64_t boot_ms, int *wait_ms, bool *again);
struct ui *trouble_ui(struct trouble *t);
/* The sentence alone, for standard error: in words when they can be read, else the key. */
char *trouble_sentence(struct arena *a, const char *assets, enum status why, bool starting);

#endif
