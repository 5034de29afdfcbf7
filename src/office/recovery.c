/* recovery.c -- gives the recovery key out once, and reads it back. See recovery.h. */
#include "office/recovery.h"

#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"
#include "store/union.h"
#include "sync/bundle.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"

#define RECOVERY_FILE_MAX 4096
#define KEPT_RECOVERY     "office/recovery" /* sync/enrol.h */

static enum status write_new(struct office *o, const char *path, const char *text) {
    struct buf b = {0};
    buf_printf(&b, "%s\n\n%s\n", OFFICE_WORD(o, "office_keys.recovery_file"), text);
    enum status s = office_secret_file(o, path, &b);
    buf_wipe(&b);
    return s;
}

static enum status print(struct office *o, const char *text) {
    printf("\n%s\n\n    %s\n\n%s\n", OFFICE_WORD(o, "office_keys.recovery_once"), text,
           OFFICE_WORD(o, "office_keys.recovery_keep"));
    if (fflush(stdout) == 0) return STATUS_OK;
    return status_errno(OFFICE_WORD(o, "office_keys.standard_output"));
}

/* A key that nobody has seen must not stay in force: the one before comes back. */
static enum status give(struct office *o, struct journal *j, const char *file) {
    char text[RECOVERY_TEXT_BYTES], **keys;
    struct buf *before;
    size_t n = 0;
    enum status s = union_kept(j, KEPT_RECOVERY, &o->arena, &keys, &before, &n);
    if (!s) s = office_recovery_make(j, text);
    if (s) return s;
    s = file ? write_new(o, file, text) : print(o, text);
    key_wipe(text, sizeof text);
    if (!s) return STATUS_OK;
    enum status back = n ? union_keep(j, KEPT_RECOVERY, before[0].data, before[0].size)
                         : union_keep(j, KEPT_RECOVERY, NULL, 0);
    return back ? back : s;
}

enum status recovery_give(struct office *o, struct journal *j, const char *file) {
    enum status s = give(o, j, file);
    if (!s && file) printf("%s\n", OFFICE_SAY(o, "office_keys.recovery_written", file));
    return s;
}

enum status recovery_write(struct office *o, struct journal *j, const char *file) {
    return give(o, j, file);
}

enum status recovery_load(struct office *o, const char *file, uint8_t secret[32]) {
    struct buf b = {0};
    enum status s = file_read(file, RECOVERY_FILE_MAX, &b);
    if (s) return s;
    bool found = false;
    const char *text = buf_str(&b), *end = text + b.size;
    for (const char *line = text; !found && line < end;) {
        size_t n = strcspn(line, "\r\n");
        char one[RECOVERY_TEXT_BYTES * 2];
        if (n && n < sizeof one) {
            memcpy(one, line, n);
            one[n] = '\0';
            found = office_recovery_read(one, secret) == STATUS_OK;
        }
        key_wipe(one, sizeof one);
        line += n + 1;
    }
    key_wipe(b.data, b.size);
    buf_release(&b);
    if (found) return STATUS_OK;
    return status_fail(STATUS_INVALID, "%s",
                       OFFICE_SAY(o, "office_keys.no_recovery_key", file));
}
