/* cmd_init.c -- makes the master, the office's keys and the recovery key; or an office anew
 * from its recovery key and the tablets' bundles. */
#include "office/recovery.h"
#include "office/restore.h"

#include "base/file.h"
#include "base/text.h"
#include "store/query.h"

static enum status put_provider(struct journal *j, const char *code, const char *name) {
    struct row r = row_new(&kind_provider);
    row_text(&r, "code", code);
    row_text(&r, "name", name);
    row_text(&r, "zone", "Europe/London");
    return journal_put_alone(j, &r);
}

struct init {
    const char *db, *provider, *code, *recovery, *from;
    bool passphrase;
    struct restoring restore;
};

/* Keys of an earlier office would be taken over unseen. */
static enum status nothing_there(struct office *o, const struct init *want) {
    char *keys = arena_printf(&o->arena, "%s.keys", want->db);
    if (file_exists(want->db)) return status_fail(STATUS_EXISTS, "%s", want->db);
    if (file_exists(keys))
        return status_fail(STATUS_EXISTS, "%s", OFFICE_SAY(o, "office_keys.left_over", keys));
    if (want->recovery && !want->from && file_exists(want->recovery))
        return status_fail(STATUS_EXISTS, "%s", want->recovery);
    return STATUS_OK;
}

static enum status new_passphrase(struct office *o, const struct init *want) {
    bool given = false;
    enum status s = passphrase_given(o, &given);
    if (!s && given) s = passphrase_fits(o, o->passphrase);
    if (!s && !given && want->passphrase)
        s = passphrase_ask_new(o, "office_keys.ask_new", o->passphrase);
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

/* The lost office's own provider row may have come back with the bundles. */
static enum status provider_again(struct journal *j, const struct init *want) {
    if (query_one_int(
            j, 0, "SELECT 1 FROM provider WHERE withdrawn = 0 AND coalesce(sample, 0) = 0", 0))
        return STATUS_OK;
    return put_provider(j, want->code ? want->code : "P1", want->provider);
}

static int make_again(struct office *o, struct init *want) {
    struct journal *j = NULL;
    enum status s = office_open(o, want->db, true, false, &j);
    int result = s ? office_failed(o, s) : restore_merge(o, j, &want->restore);
    bool any = want->restore.how.done > 0;
    if (!s && any) s = provider_again(j, want);
    if (s && any) result = office_failed(o, s);
    journal_close(j);
    if (s || !any) {
        take_back(o, want->db);
        return result;
    }
    printf("%s\n%s\n", OFFICE_SAY(o, "office.init_done", want->db, want->provider),
           OFFICE_WORD(o, "office_keys.restored"));
    return result;
}

/* Every bundle is looked into first, so that a slip leaves nothing behind. */
static int restore(struct office *o, struct init *want) {
    struct restoring *r = &want->restore;
    if (text_blank(want->recovery)) return office_wrong(o, "office.needs", "--recovery");
    r->bundles = option_values(o, want->from, &r->count);
    enum status s = restore_look(o, want->recovery, r);
    int result = s ? office_failed(o, s) : make_again(o, want);
    key_wipe(r->how.recovery, sizeof r->how.recovery);
    return result;
}

int office_init(struct office *o, int argc, char **argv) {
    struct init want = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"provider", &want.provider, NULL},
                                        {"code", &want.code, NULL},
                                        {"passphrase", NULL, &want.passphrase},
                                        {"recovery", &want.recovery, NULL},
                                        {"from+", &want.from, NULL}};
    int wrong = office_options(o, argc, argv, specs, 5, 1, 1, &rest, &n);
    if (wrong) return wrong;
    if (text_blank(want.provider)) return office_wrong(o, "office.needs", "--provider");
    want.db = rest[0];
    enum status s = nothing_there(o, &want);
    if (!s) s = new_passphrase(o, &want);
    if (s == STATUS_LOCKED) /* nobody to ask */
        return office_wrong(o, "office.needs", "LANTERN_PASSPHRASE, --passphrase-file");
    if (s) return office_failed(o, s);
    int result = EXIT_DONE;
    if (want.from)
        result = restore(o, &want);
    else if ((s = make(o, &want)))
        return office_failed(o, s);
    if (o->passphrase[0] && file_exists(want.db))
        printf("%s\n", OFFICE_WORD(o, "office_keys.under_passphrase"));
    return result;
}
