/* cmd_read.c -- read DB --key FILE: what was said in confidence to the reader whose key that
 * is. The one command that opens it, and each reading is itself a record. */
#include "base/text.h"
#include "office/reader_key.h"
#include "office/reading.h"
#include "office/row_said.h"

struct read_want {
    const char *key_file, *row, *passphrase_file;
};

/* confidence:ID as the tables and the list name it, or LOG/SEQ as `show` does. */
static enum status one_row(struct office *o, struct journal *j, const char *text, row_id *out) {
    struct pointed p;
    int64_t id;
    bool plain = office_number(text, 1, INT64_MAX, &id);
    enum status s =
        row_pointed(o, j, plain ? arena_printf(&o->arena, "confidence:%s", text) : text, &p);
    if (!s && p.kind != &kind_confidence) s = status_fail(STATUS_USAGE, "%s", text);
    if (!s) *out = p.row;
    return s;
}

static enum status open_key(struct office *o, const struct read_want *want,
                            uint8_t secret[KEY_BYTES]) {
    uint8_t locked[KEY_LOCKED_BYTES];
    char passphrase[PASSPHRASE_ROOM];
    enum status s = reader_key_load(o, want->key_file, locked);
    if (!s) s = reader_passphrase(o, want->passphrase_file, false, passphrase);
    if (s) return s;
    s = key_unlock(passphrase, locked, secret);
    key_wipe(passphrase, sizeof passphrase);
    return s == STATUS_WRONG_CODE
               ? status_fail(s, "%s", OFFICE_SAY(o, "office_reader.wrong", want->key_file))
               : s;
}

static int run(struct office *o, struct journal *j, const struct read_want *want,
               const uint8_t secret[KEY_BYTES]) {
    struct reading r = {0};
    row_id only = 0;
    enum status s = want->row ? one_row(o, j, want->row, &only) : STATUS_OK;
    if (s == STATUS_USAGE) return office_wrong(o, "office.wants_record", "--row");
    if (!s) s = reading_open(o, j, secret, only, &r);
    if (!s && only && r.others) return office_refused(o, "office_reader.not_yours", want->row);
    if (!s) s = reading_record(j, &r);
    if (s) return office_failed(o, s);
    reading_say(o, &r);
    return r.opened == r.count ? EXIT_DONE : EXIT_REFUSED;
}

int office_read(struct office *o, int argc, char **argv) {
    struct read_want want = {0};
    uint8_t secret[KEY_BYTES];
    char **rest;
    int n;
    const struct option_spec specs[] = {{"key", &want.key_file, NULL},
                                        {"row", &want.row, NULL},
                                        {"reader-passphrase-file", &want.passphrase_file, NULL},
                                        {"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 4, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(want.key_file)) return office_wrong(o, "office.needs", "--key");
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, false, &j);
    if (!s) s = open_key(o, &want, secret);
    int result = s ? office_failed(o, s) : run(o, j, &want, secret);
    key_wipe(secret, sizeof secret);
    journal_close(j);
    return result;
}
