/* support.c -- see support.h. */
#include "app/support.h"

#include "base/file.h"
#include "base/keys.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/vault.h"
#include "sync/bundle.h"

/* ---- who opens it ---- */

static enum status name_one(const char *why, const struct vault_person *people, size_t n) {
    struct buf names = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", people[i].label);
    enum status s =
        status_fail(STATUS_USAGE, "%s Say --person with one of: %s", why, buf_str(&names));
    buf_release(&names);
    return s;
}

static enum status find_one(struct vault *v, const char *label,
                            const struct vault_person **out) {
    const struct vault_person *people;
    int last = 0;
    size_t n = vault_people(v, &people, &last), found = 0;
    for (size_t i = 0; i < n; i++) {
        if (label && !text_equal(people[i].label, label)) continue;
        *out = &people[i];
        found++;
    }
    if (found == 1) return STATUS_OK;
    if (!n) return status_fail(STATUS_LOCKED, "Nobody has a PIN here any more.");
    if (!label) return name_one("Several people open this tablet.", people, n);
    return name_one(found ? "Several people are called that." : "Nobody is called that.",
                    people, n);
}

static enum status pin_of(const struct vault_person *p, const char *file,
                          char pin[PASS_MOST + 1]) {
    struct arena t = {0};
    if (file) return secret_of_file(file, pin, PASS_MOST + 1);
    enum status s =
        secret_ask(arena_printf(&t, "%s of %s: ", p->pin ? "PIN" : "Passphrase", p->label), pin,
                   PASS_MOST + 1);
    if (s == STATUS_LOCKED)
        s = status_fail(s, "There is no terminal to ask at. Use --pin-file FILE.");
    arena_release(&t);
    return s;
}

static enum status not_heard_yet(struct vault *v) {
    struct arena t = {0};
    int64_t wait = vault_wait_ms(v);
    enum status s = STATUS_OK;
    if (wait)
        s = status_fail(STATUS_LOCKED, "After %d wrong tries nobody is heard for another %s.",
                        vault_wrong(v), duration_text(&t, wait + 999));
    arena_release(&t);
    return s;
}

static enum status try_one(struct vault *v, const struct support_who *who, uint8_t *key) {
    char pin[PASS_MOST + 1] = "";
    const struct vault_person *p = NULL;
    enum status s = find_one(v, who->person, &p);
    if (!s) s = not_heard_yet(v); /* before somebody types in vain */
    if (!s) s = pin_of(p, who->pin_file, pin);
    if (!s) s = vault_try(v, p->slot, pin, key);
    key_wipe(pin, sizeof pin);
    return s;
}

enum status support_unlock(const char *db, const struct support_who *who, uint8_t **key) {
    struct clock clock = clock_system();
    struct support_who nobody = {0};
    struct vault *v = NULL;
    *key = NULL;
    enum status s = vault_open(&v, db, NULL, &clock);
    if (s == STATUS_NOT_FOUND) return STATUS_OK; /* lies open, or is not there */
    if (s) return s;
    uint8_t *room = key_room(KEY_BYTES);
    s = try_one(v, who ? who : &nobody, room);
    vault_close(v);
    if (s)
        key_room_free(room);
    else
        *key = room;
    return s;
}

/* ---- what is done with it ---- */

static enum status open_there(const char *data_dir, const struct support_who *who,
                              struct journal **out) {
    struct arena t = {0};
    uint8_t *key = NULL;
    char *db = path_join(&t, data_dir, "lantern.db");
    enum status s = file_exists(db) ? STATUS_OK : status_fail(STATUS_NOT_FOUND, "%s", db);
    if (!s) s = support_unlock(db, who, &key);
    if (!s)
        s = journal_open(out, &(struct journal_options){.path = db,
                                                        .clock = clock_system(),
                                                        .device_name = "Tablet",
                                                        .device_role = "tablet",
                                                        .rest_key = key});
    key_room_free(key);
    arena_release(&t);
    return s;
}

enum status support_export(const char *data_dir, const char *out, const struct support_who *who,
                           struct support_result *r) {
    struct journal *j = NULL;
    struct export_summary sum;
    enum status s = open_there(data_dir, who, &j);
    if (!s)
        s = export_all(j,
                       &(struct export_options){
                           .path = out, .purpose = BUNDLE_TO_OFFICE, .everything = true},
                       &sum);
    journal_close(j);
    if (!s) *r = (struct support_result){.records = sum.records, .bytes = sum.bytes};
    return s;
}

enum status support_verify(const char *data_dir, const struct support_who *who,
                           struct support_result *r) {
    struct journal *j = NULL;
    struct journal_report report;
    enum status s = open_there(data_dir, who, &j);
    if (!s) s = journal_verify(j, &report);
    journal_close(j);
    if (!s) *r = (struct support_result){.records = report.records, .logs = report.logs};
    return s;
}
