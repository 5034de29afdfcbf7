/* cmd_keys.c -- the office's own keys: new ones, a new recovery key, a passphrase over them, or
 * none. */
#include "base/keys.h"
#include "base/text.h"
#include "office/recovery.h"
#include "sync/bundle.h"
#include "sync/enrol.h"
#include "sync/office_keys.h"

struct keys_want {
    bool make, lock, unlock, recover;
    const char *new_file, *recovery;
};

static int rotate(struct office *o, struct journal *j) {
    enum status s = office_rotate(j);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_WORD(o, "office_keys.rotated"));
    return EXIT_DONE;
}

static int new_recovery(struct office *o, struct journal *j, const char *file) {
    enum status s = recovery_give(o, j, file);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_WORD(o, "office_keys.recovery_changed"));
    return EXIT_DONE;
}

/* Over keys that had none, the passphrase given is the new one; else that one only opens them.
 */
static enum status new_passphrase(struct office *o, const struct keys_want *want,
                                  char out[PASSPHRASE_ROOM]) {
    bool given = false;
    enum status s = passphrase_read(want->new_file, "LANTERN_NEW_PASSPHRASE", out, &given);
    if (!s && !given && !o->keys_locked)
        s = passphrase_read(o->passphrase_file, "LANTERN_PASSPHRASE", out, &given);
    if (s) return s;
    return given ? passphrase_fits(o, out) : passphrase_ask_new(o, "office_keys.ask_new", out);
}

static int lock(struct office *o, struct journal *j, const struct keys_want *want) {
    char passphrase[PASSPHRASE_ROOM];
    enum status s = new_passphrase(o, want, passphrase);
    if (s == STATUS_LOCKED)
        return office_wrong(o, "office.needs", "LANTERN_NEW_PASSPHRASE, --new-passphrase-file");
    if (!s) s = journal_set_passphrase(j, passphrase);
    key_wipe(passphrase, sizeof passphrase);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_WORD(o, "office_keys.under_passphrase"));
    return EXIT_DONE;
}

static int unlock(struct office *o, struct journal *j) {
    enum status s = journal_set_passphrase(j, NULL);
    if (s) return office_failed(o, s);
    printf("%s\n", OFFICE_WORD(o, "office_keys.no_passphrase"));
    return EXIT_DONE;
}

int office_keys(struct office *o, int argc, char **argv) {
    struct keys_want want = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"new", NULL, &want.make},
                                        {"passphrase", NULL, &want.lock},
                                        {"no-passphrase", NULL, &want.unlock},
                                        {"new-passphrase-file", &want.new_file, NULL},
                                        {"new-recovery", NULL, &want.recover},
                                        {"recovery", &want.recovery, NULL}};
    int wrong = office_options(o, argc, argv, specs, 6, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (want.new_file) want.lock = true;
    if (want.recovery) want.recover = true;
    if (want.make + want.lock + want.unlock + want.recover != 1)
        return office_wrong(o, "office.one_of",
                            "--new, --new-recovery, --passphrase, --no-passphrase");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (s) return office_failed(o, s);
    int result = want.make      ? rotate(o, j)
                 : want.lock    ? lock(o, j, &want)
                 : want.recover ? new_recovery(o, j, want.recovery)
                                : unlock(o, j);
    journal_close(j);
    return result;
}
