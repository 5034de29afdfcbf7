/* vault_people.c -- the vault while the journal is open: who gets a PIN, who loses it, who
 * takes over, what goes on the record.
 *
 * Journey: Settings and the screen `pin` call this; the office reads the access records.
 * The key itself stays what it is: a PIN is another lock on it. A lock that is replaced or
 * removed is gone from the file and its write-ahead log when the commit returns. */
#include <string.h>

#include "base/code.h"
#include "store/vault_inside.h"

/* ---- on the record ---- */

static enum status put_access(struct journal *j, const char *what, row_id person) {
    struct row r = row_new(&kind_access);
    row_text(&r, "what", what);
    row_ref(&r, "person", person);
    return journal_put(j, &r);
}

/* Inside the transaction that drops a locked key. */
static enum status forget_lock(struct journal *j) {
    j->wipe = true;
    return wipe_mark(j);
}

static enum status drop_damaged(struct journal *j, const struct vault_slots *all) {
    enum status s = STATUS_OK;
    for (size_t i = 0; i < all->n && !s; i++)
        if (all->at[i].damaged) s = vault_slot_drop(j, all->at[i].slot);
    return s;
}

/* ---- giving and taking ---- */

static enum status may_have(struct journal *j, row_id person, const char *label,
                            const char *pass, struct vault_slots *all) {
    if (!j->rest.sealed) return status_fail(STATUS_INVALID, "the database lies open");
    if (person == 0 || pass_fault(pass) != PASS_FINE)
        return status_fail(STATUS_INVALID, "no PIN");
    enum status s = vault_label_check(label);
    if (!s) s = vault_slots_load(j, all);
    if (!s && !vault_slot_of(all, person) && vault_slots_people(all) >= VAULT_PEOPLE_MAX)
        s = status_fail(STATUS_TOO_LARGE, "%d people have a PIN", VAULT_PEOPLE_MAX);
    return s;
}

/* Whoever chose a new PIN after the office's code counts as let in last. */
static enum status came_back(struct journal *j, int slot) {
    struct vault_tries t;
    enum status s = vault_tries_load(j, &t);
    if (s) return s;
    t.last = slot;
    return vault_tries_save(j, &t);
}

/* The code that let somebody in has done its work once there is a PIN again, and not before:
 * a crash in between costs nobody the tablet. */
static enum status put_slot(struct journal *j, struct vault_slots *all, struct vault_slot *slot,
                            bool had, bool reset) {
    const struct vault_slot *code = vault_slot_code(all);
    enum status s = drop_damaged(j, all);
    if (!s) s = vault_slot_put(j, slot, j->rest.key);
    if (!s && reset && code) s = vault_slot_drop(j, code->slot);
    if (!s && (had || reset)) s = forget_lock(j);
    if (!s && reset) s = came_back(j, slot->slot);
    if (!s)
        s = put_access(j, reset ? "pin_reset" : had ? "pin_changed" : "pin_set", slot->person);
    return s;
}

enum status vault_set(struct journal *j, row_id person, const char *label, const char *pass,
                      bool reset) {
    struct vault_slots all;
    struct vault_slot slot = {.person = person, .made_at = clock_wall(&j->clock)};
    bool alone = false;
    enum status s = may_have(j, person, label, pass, &all);
    if (s) return s;
    const struct vault_slot *had = vault_slot_of(&all, person);
    if (had) slot.slot = had->slot;
    memcpy(slot.label, label, strlen(label) + 1);
    slot.sort = pass_is_pin(pass) ? VAULT_BY_PIN : VAULT_BY_WORDS;
    s = key_lock(pass, j->rest.key, slot.locked);
    if (!s) s = alone_begin(j, &alone);
    if (s) return s;
    return alone_end(j, alone, put_slot(j, &all, &slot, had != NULL, reset));
}

enum status vault_remove(struct journal *j, row_id person) {
    struct vault_slots all;
    bool alone = false;
    if (!j->rest.sealed) return status_fail(STATUS_NOT_FOUND, "the database lies open");
    enum status s = vault_slots_load(j, &all);
    const struct vault_slot *slot = s ? NULL : vault_slot_of(&all, person);
    if (s) return s;
    if (!slot) return status_fail(STATUS_NOT_FOUND, "no PIN to remove");
    if (vault_slots_people(&all) == 1)
        return status_fail(STATUS_INVALID, "the last PIN stays: nobody could open the tablet");
    s = alone_begin(j, &alone);
    if (s) return s;
    s = vault_slot_drop(j, slot->slot);
    if (!s) s = forget_lock(j);
    if (!s) s = put_access(j, "removed", person);
    return alone_end(j, alone, s);
}

enum status vault_list(struct journal *j, struct arena *a, struct vault_person **out,
                       size_t *n) {
    struct vault_slots all = {.n = 0};
    enum status s = j->rest.sealed ? vault_slots_load(j, &all) : STATUS_OK;
    if (s) return s;
    struct vault_person *people = ARENA_ARRAY(a, struct vault_person, all.n + 1);
    size_t found = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct vault_slot *slot = &all.at[i];
        if (slot->damaged || slot->sort == VAULT_BY_CODE) continue;
        struct vault_person *p = &people[found++];
        p->slot = slot->slot;
        p->person = slot->person;
        p->pin = slot->sort == VAULT_BY_PIN;
        memcpy(p->label, slot->label, sizeof p->label);
    }
    *out = people;
    *n = found;
    return STATUS_OK;
}

/* After a fork people's rows have other numbers here; the proof of a slot is made anew. Inside
 * the relabelling's transaction, once for each log. */
enum status vault_follow(struct journal *j) {
    struct vault_slots all;
    sqlite3_stmt *q = NULL;
    if (!j->rest.sealed) return STATUS_OK;
    enum status s = vault_slots_load(j, &all);
    if (!s) s = st_prepare(j, &q, "SELECT new FROM temp.relabel_step WHERE old = ?1");
    for (size_t i = 0; i < all.n && !s; i++) {
        struct vault_slot *slot = &all.at[i];
        row_id person = slot->person;
        if (slot->damaged || person == 0) continue;
        sqlite3_bind_int64(q, 1, person);
        if (st_row(j, q, &s)) person = sqlite3_column_int64(q, 0);
        sqlite3_reset(q);
        if (s || person == slot->person) continue;
        slot->person = person;
        s = vault_slot_put(j, slot, j->rest.key);
    }
    sqlite3_finalize(q);
    return s;
}

/* ---- taking over ---- */

enum status vault_check(struct journal *j, row_id person, const char *pass) {
    struct vault_slots all;
    struct vault_tries tries;
    uint8_t found[KEY_BYTES];
    if (!j->rest.sealed) return status_fail(STATUS_NOT_FOUND, "the database lies open");
    enum status s = vault_slots_load(j, &all);
    const struct vault_slot *slot = s ? NULL : vault_slot_of(&all, person);
    if (!s && !slot) s = status_fail(STATUS_NOT_FOUND, "no PIN to check");
    if (!s) s = vault_tries_load(j, &tries);
    if (!s) s = vault_tries_hear(j, &tries, slot, pass, found);
    if (s) return s;
    key_wipe(found, sizeof found);
    enum status told = vault_tell(j);
    if (told) log_line("vault: tries are not on the record yet: %s", status_key(told));
    return STATUS_OK;
}

int64_t vault_check_wait_ms(struct journal *j) {
    struct vault_tries tries;
    if (!j->rest.sealed || vault_tries_load(j, &tries)) return 0;
    return vault_tries_wait_ms(&tries, &j->clock);
}

/* ---- the code at the office ---- */

/* The access record of a new code: the office opens the box with its own key. */
static enum status put_code_made(struct journal *j, const uint8_t office[KEY_BYTES],
                                 const char *code) {
    uint8_t box[VAULT_CODE_CHARACTERS + KEY_SEAL_OVER];
    struct row r = row_new(&kind_access);
    key_seal(office, code, VAULT_CODE_CHARACTERS, box);
    row_text(&r, "what", "code_made");
    row_bytes(&r, "box", box, sizeof box);
    return journal_put(j, &r);
}

static enum status new_code(struct vault_slot *slot, const uint8_t key[KEY_BYTES],
                            char plain[VAULT_CODE_CHARACTERS + 1]) {
    char grouped[15];
    code_make(grouped);
    BELIEVE(code_plain(grouped, plain, VAULT_CODE_CHARACTERS));
    key_wipe(grouped, sizeof grouped);
    return key_lock(plain, key, slot->locked);
}

enum status vault_code_renew(struct journal *j, const uint8_t office[32]) {
    struct vault_slots all;
    struct vault_slot slot = {.sort = VAULT_BY_CODE, .made_at = clock_wall(&j->clock)};
    char plain[VAULT_CODE_CHARACTERS + 1];
    bool alone = false;
    static const uint8_t nobody[KEY_BYTES];
    if (!j->rest.sealed || memcmp(office, nobody, sizeof nobody) == 0)
        return status_fail(STATUS_INVALID, "no code: the database lies open, or no office");
    enum status s = vault_slots_load(j, &all);
    if (s) return s;
    const struct vault_slot *had = vault_slot_code(&all);
    if (had) slot.slot = had->slot;
    memcpy(slot.office, office, sizeof slot.office);
    s = new_code(&slot, j->rest.key, plain);
    if (!s) s = alone_begin(j, &alone);
    if (!s) {
        s = vault_slot_put(j, &slot, j->rest.key);
        if (!s && had) s = forget_lock(j);
        if (!s) s = put_code_made(j, office, plain);
        s = alone_end(j, alone, s);
    }
    key_wipe(plain, sizeof plain);
    return s;
}

bool vault_code_is_for(struct journal *j, const uint8_t office[32]) {
    struct vault_slots all;
    if (!j->rest.sealed || vault_slots_load(j, &all)) return false;
    const struct vault_slot *code = vault_slot_code(&all);
    return code && memcmp(code->office, office, KEY_BYTES) == 0;
}

/* ---- what happened while it was locked ---- */

/* Whose PIN was tried, when it was one person's only. */
static row_id tried_person(const struct vault_slots *all, int slot) {
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].slot == slot && !all->at[i].damaged) return all->at[i].person;
    return 0;
}

enum status vault_tell(struct journal *j) {
    struct vault_slots all;
    struct vault_tries tries;
    bool alone = false;
    if (!j->rest.sealed) return STATUS_OK;
    enum status s = vault_slots_load(j, &all);
    if (!s) s = vault_tries_load(j, &tries);
    if (s || tries.untold == 0) return s;
    struct row r = row_new(&kind_access);
    row_text(&r, "what", "wrong_tries");
    row_ref(&r, "person", tried_person(&all, tries.tried));
    row_int(&r, "tries", tries.untold);
    row_int(&r, "since", tries.since);
    tries.untold = tries.since = 0;
    tries.tried = -1;
    s = alone_begin(j, &alone);
    if (s) return s;
    s = journal_put(j, &r);
    if (!s) s = vault_tries_save(j, &tries);
    return alone_end(j, alone, s);
}
