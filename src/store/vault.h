/* vault.h -- who can open a tablet's database: people with a PIN or passphrase each, and one code at the office.
 *
 * Journey: before the journal there is the lock page. It opens the vault of the database (nothing else of it can be read),
 * lets a person try, and gets the key with which journal_open opens the rest.
 * The database key is 32 random bytes, made once. For each person it lies locked under their PIN or passphrase
 * (key_lock: Argon2id, its numbers stored with it). One more copy lies under a code of twelve characters that only the
 * office knows: whoever forgot the PIN rings the office, types the code and chooses a new PIN; the code is then used up
 * and another takes its place. No PIN is ever weakened or stored.
 * Wrong tries count for all people together. The first VAULT_FREE_TRIES cost nothing; after each further one the vault
 * hears nobody for 30 s, 1 min, 2 min, 5 min, 15 min, then an hour each. The try is on the disk before it is heard, so
 * ending the program gives none for free. The wait is counted by the boot clock, which nobody can set; after a restart of
 * the machine it begins again. Whoever is let in resets the count, and it goes on the record (kind access).
 * Kept in tables `vault` and `vault_try` of the database, which with `mark`, headers and public keys is all that is not
 * sealed: local person numbers, labels of at most 24 bytes (initials), locked keys, counts.
 * Not thread-safe; one vault or one journal has the database open at a time. */
#ifndef STORE_VAULT_H
#define STORE_VAULT_H

#include "base/pass.h"
#include "store/journal.h"

#define VAULT_PEOPLE_MAX 32
#define VAULT_LABEL_MAX 24   /* bytes: initials, as the lock page shows them */
#define VAULT_FREE_TRIES 4
#define VAULT_CODE_CHARACTERS 12

struct vault_person {
    int slot;
    row_id person; /* local row of kind person */
    char label[VAULT_LABEL_MAX + 1];
    bool pin;      /* digits; else a passphrase */
};

/* ---- while locked ---- */
struct vault;
/* STATUS_NOT_FOUND: no such file, or it is not sealed. Otherwise as journal_open. */
MUST_CHECK enum status vault_open(struct vault **out, const char *path, const char *vfs, const struct clock *clock);
void vault_close(struct vault *v); /* NULL is allowed */
/* In the order in which they were added; the one let in last in *last (slot, -1 nobody). Valid until vault_close. */
size_t vault_people(const struct vault *v, const struct vault_person **people, int *last);
bool vault_has_code(const struct vault *v); /* an office holds a code */
/* How long nobody is heard, 0: go on. Wrong tries since somebody was let in. */
int64_t vault_wait_ms(struct vault *v);
int vault_wrong(const struct vault *v);
/* STATUS_OK: key gets the database's key. STATUS_WRONG_CODE: counted. STATUS_BUSY: nobody is heard yet.
 * STATUS_DISK_FULL: the try could not be counted and was not heard; an hour later, in the same process, one is.
 * STATUS_DAMAGED: this person's slot; the others' may open.
 * The code is read leniently (case, spaces, hyphens, O for 0, I and L for 1). */
MUST_CHECK enum status vault_try(struct vault *v, int slot, const char *pass, uint8_t key[32]);
MUST_CHECK enum status vault_try_code(struct vault *v, const char *code, uint8_t key[32]);
/* A setting of local.h that stands unsealed because the lock page needs it (theme, text size, hand); 0 absent. */
char *vault_local(struct vault *v, const char *key, struct arena *a);

/* ---- while the journal is open ---- */
/* Gives a person a PIN, or another one, with its access record, in one transaction. The journal has to be sealed.
 * STATUS_INVALID: not a PIN (pass_fault); STATUS_TOO_LARGE: too many people; `reset`: let in by the office's code. */
MUST_CHECK enum status vault_set(struct journal *j, row_id person, const char *label, const char *pass, bool reset);
/* STATUS_NOT_FOUND: has none; STATUS_INVALID: the last one stays. */
MUST_CHECK enum status vault_remove(struct journal *j, row_id person);
/* Somebody takes over: the same waits and counts as above. */
MUST_CHECK enum status vault_check(struct journal *j, row_id person, const char *pass);
int64_t vault_check_wait_ms(struct journal *j);
MUST_CHECK enum status vault_list(struct journal *j, struct arena *a, struct vault_person **out, size_t *n);
/* A new code for the office, the one before is void: its access record holds the code sealed to this X25519 key. Call
 * after enrolling, after the office's key has changed, and after the code was used. */
MUST_CHECK enum status vault_code_renew(struct journal *j, const uint8_t office[32]);
bool vault_code_is_for(struct journal *j, const uint8_t office[32]); /* the code there is was sealed to this key */
/* Wrong tries and lettings-in that happened while locked go on the record now. Called once after opening. */
MUST_CHECK enum status vault_tell(struct journal *j);

/* ---- sealing a database that is not sealed yet ----
 * One transaction over everything: bodies, blobs, drafts, settings, kept data, salts; the tables go. Until
 * sealing_finish it is as it was; a crash at any moment leaves the one or the other. Nobody else writes meanwhile.
 * After sealing_finish nothing readable is left in the file, its WAL, or the key file; close the journal and open it with
 * the key. STATUS_DISK_FULL before anything when there is not room for a second copy. */
struct sealing;
MUST_CHECK enum status sealing_start(struct sealing **out, struct journal *j, row_id person, const char *label,
                                     const char *pass);
MUST_CHECK enum status sealing_step(struct sealing *s, int ms, bool *done, double *part);
MUST_CHECK enum status sealing_finish(struct sealing *s, uint8_t key[32]); /* frees it, whatever comes of it */
void sealing_cancel(struct sealing *s);

#endif
