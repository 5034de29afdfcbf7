/* cmd_init.c -- makes the master, the office's keys and the recovery key. */
#include "office/office.h"
#include "office/recovery.h"

#include "base/file.h"
#include "base/text.h"

static enum status put_provider(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    row_text(&r, "zone", "Europe/London");
    return journal_put_alone(j, &r);
}

struct init {
    const char *db, *provider, *code, *recovery;
    bool passphrase;
};

/* Keys of an earlier office would be taken over unseen. */
static enum status nothing_there(struct office *o, const struct init *want) {
    char *keys = arena_printf(&o->arena, "%s.keys", want->db);
    if (file_exists(want->db)) return status_fail(STATUS_EXISTS, "%s", want->db);
    if (file_exists(keys))
        return status_fail(STATUS_EXISTS, "%s", OFFICE_SAY(o, "office_keys.left_over", keys));
    if (want->recovery && file_exists(want->recovery))
        return status_fail(STATUS_EXISTS, "%s", want->recovery);
    return STATUS_OK;
}

static enum status new_passphrase(struct office *o, const struct init *want) {
    bool given = false;
    enum status s = passphrase_given(o, &given);
    if (!s && given) s = passphrase_fits(o, o->passphrase);
    if (!s && !given && want->passphrase) s = passphrase_ask_new(o, o->passphrase);
    return s;
}

/* A master whose recovery key nobody has seen is not left behind. */
static void take_back(struct office *o, const char *db) {
    static const char *const endings[] = {"", ".keys", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        remove(arena_printf(&o->arena, "%s%s", db, endings[i]));
}

static enum status make(struct office *o, const struct init *want) {
    struct journal *j = NULL;
    enum status s = office_open(o, want->db, true, false, &j);
    if (!s) s = put_provider(j, want->code ? want->code : "P1", want->provider);
    if (!s) printf("%s\n", OFFICE_SAY(o, "office.init_done", want->db, want->provider));
    if (!s) s = recovery_give(o, j, want->recovery);
    journal_close(j);
    if (s) take_back(o, want->db);
    return s;
}

int office_init(struct office *o, int argc, char **argv) {
    struct init want = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"provider", &want.provider, NULL},
                                        {"code", &want.code, NULL},
                                        {"passphrase", NULL, &want.passphrase},
                                        {"recovery", &want.recovery, NULL}};
    int wrong = office_options(o, argc, argv, specs, 4, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(want.provider)) return office_wrong(o, "office.needs", "--provider");
    want.db = rest[0];
    enum status s = nothing_there(o, &want);
    if (!s) s = new_passphrase(o, &want);
    if (!s) s = make(o, &want);
    if (s) return office_failed(o, s);
    if (o->passphrase[0]) printf("%s\n", OFFICE_WORD(o, "office_keys.under_passphrase"));
    return EXIT_DONE;
}
