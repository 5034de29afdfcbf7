/* support.h -- what can be done for a tablet without its screen: save everything as a bundle, check every record. No
 * words are read. */
#ifndef APP_SUPPORT_H
#define APP_SUPPORT_H

#include <stdint.h>

#include "base/status.h"

struct support_result {
    int64_t records, bytes, logs;
};
MUST_CHECK enum status support_export(const char *data_dir, const char *out, struct support_result *r);
MUST_CHECK enum status support_verify(const char *data_dir, struct support_result *r);

#endif
