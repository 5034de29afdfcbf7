/* passphrase.c -- where the office's passphrase comes from: a file, the environment, or a
 * person at the terminal, who types it unseen. Nothing here keeps it; office.h holds the one in
 * use. */
#include "base/keys.h"
#include "base/secret.h"
#include "base/text.h"
#include "office/office.h"

enum status passphrase_read(const char *file, const char *variable, char out[PASSPHRASE_ROOM],
                            bool *any) {
    const char *said = variable ? getenv(variable) : NULL;
    enum status s = STATUS_OK;
    *any = false;
    if (file) {
        s = secret_of_file(file, out, PASSPHRASE_ROOM);
    } else if (said) {
        s = secret_of_text(said, strlen(said), variable, out, PASSPHRASE_ROOM);
    } else {
        return STATUS_OK;
    }
    if (!s) *any = true;
    return s;
}

enum status passphrase_given(struct office *o, bool *any) {
    return passphrase_read(o->passphrase_file, "LANTERN_PASSPHRASE", o->passphrase, any);
}

enum status passphrase_ask(const char *question, char out[PASSPHRASE_ROOM]) {
    return secret_ask(question, out, PASSPHRASE_ROOM);
}

enum status passphrase_fits(struct office *o, const char *passphrase) {
    if (text_count(passphrase) >= PASSPHRASE_LEAST) return STATUS_OK;
    return status_fail(
        STATUS_USAGE, "%s",
        OFFICE_SAY(o, "office_keys.short", int_text(&o->arena, PASSPHRASE_LEAST)));
}

enum status passphrase_ask_new(struct office *o, const char *question,
                               char out[PASSPHRASE_ROOM]) {
    char again[PASSPHRASE_ROOM];
    enum status s = passphrase_ask(OFFICE_WORD(o, question), out);
    if (!s) s = passphrase_fits(o, out);
    if (!s) s = passphrase_ask(OFFICE_WORD(o, "office_keys.ask_again"), again);
    if (!s && strcmp(out, again) != 0)
        s = status_fail(STATUS_USAGE, "%s", OFFICE_WORD(o, "office_keys.differ"));
    key_wipe(again, sizeof again);
    if (s) key_wipe(out, PASSPHRASE_ROOM);
    return s;
}
