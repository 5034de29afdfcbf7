/* master.c -- opens the office's database: its keys, their passphrase, and another Lantern that
 * is at work on it just now. See office.h. */
#include "base/file.h"
#include "base/keys.h"
#include "base/text.h"
#include "office/office.h"

#define PASSPHRASE_TRIES 3
#define TURN_MS          1000 /* how long one attempt waits for another Lantern */

/* Another Lantern holds the database only while it works: wait, and say so once. */
static enum status open_in_turn(struct office *o, struct journal_options *options,
                                struct journal **out) {
    int64_t until = clock_boot(&o->clock) + o->wait_ms;
    bool said = false;
    if (o->wait_ms) options->wait_ms = TURN_MS;
    for (;;) {
        enum status s = journal_open(out, options);
        if (s != STATUS_BUSY || clock_boot(&o->clock) >= until) return s;
        if (!said) fprintf(stderr, "%s\n", OFFICE_SAY(o, "office.waiting", options->path));
        said = true;
    }
}

/* The keys lie under a passphrase: from a file or the environment, or else from the terminal,
 * where a slip of the finger costs nothing. */
static enum status open_locked(struct office *o, struct journal_options *options,
                               struct journal **out) {
    bool given = false;
    enum status s = o->passphrase[0] ? STATUS_OK : passphrase_given(o, &given);
    if (s) return s;
    given = given || o->passphrase[0];
    for (int tries = 0; tries < (given ? 1 : PASSPHRASE_TRIES); tries++) {
        if (!given) {
            s = passphrase_ask(OFFICE_SAY(o, "office_keys.ask", options->key_path),
                               o->passphrase);
            if (s) return s;
        }
        options->passphrase = o->passphrase;
        s = open_in_turn(o, options, out);
        if (s != STATUS_WRONG_CODE) return s;
        key_wipe(o->passphrase, sizeof o->passphrase);
    }
    return s;
}

enum status office_open(struct office *o, const char *path, bool create, bool read_only,
                        struct journal **out) {
    if (create && file_exists(path)) return status_fail(STATUS_EXISTS, "%s", path);
    if (!create && !file_exists(path)) return status_fail(STATUS_NOT_FOUND, "%s", path);
    struct journal_options options = {
        .path = path,
        .key_path = arena_printf(&o->arena, "%s.keys", path),
        .clock = o->clock,
        .device_name = OFFICE_WORD(o, "common.office"),
        .device_role = "office",
        .read_only = read_only,
        .cache_kib = 65536,
        .passphrase = create && o->passphrase[0] ? o->passphrase : NULL,
    };
    enum status s = open_in_turn(o, &options, out);
    o->keys_locked = s == STATUS_LOCKED;
    if (s == STATUS_LOCKED) s = open_locked(o, &options, out);
    o->keys_refused = s == STATUS_LOCKED || s == STATUS_WRONG_CODE ? options.key_path : NULL;
    return s;
}
