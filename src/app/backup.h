/* backup.h -- a tablet's whole database as one file, and back.
 *
 * The copy holds no secret key: that lies beside the database and stays there. So a restored
 * tablet goes on as a new incarnation (journal.h), and what it writes can never be taken for
 * what the lost one wrote. A backup of a locked tablet is sealed as the tablet is, and opens
 * with the PINs that it had then. */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include <stdint.h>

#include "app/support.h"
#include "base/arena.h"

struct backup_result {
    int64_t records, bytes;
    char *aside; /* restore: where what was there before now lies; NULL when nothing was */
};
/* Both prove every record of the copy before they give it its name. STATUS_BUSY while the app
 * is open. `who` (support.h) opens it when it is sealed: the tablet, or the backup that comes
 * back; NULL: asked at the terminal. */
MUST_CHECK enum status backup_make(const char *data_dir, const char *out,
                                   const struct support_who *who, struct backup_result *r);
MUST_CHECK enum status backup_restore(const char *data_dir, const char *from,
                                      const struct support_who *who, struct arena *a,
                                      struct backup_result *r);

#endif
