/* vault_inside.h -- what the files of the vault share: one slot, the count of wrong tries.
 *
 * Everything here takes a struct journal, of which the locked vault fills nothing but the
 * database and the clock: so the same code counts and waits while locked and while open. */
#ifndef STORE_VAULT_INSIDE_H
#define STORE_VAULT_INSIDE_H

#include "store/inside.h"
#include "store/vault.h"

#define VAULT_FORMAT 2 /* user_version of a database that is sealed at rest */

enum vault_sort { VAULT_BY_PIN = 0, VAULT_BY_WORDS = 1, VAULT_BY_CODE = 2, VAULT_SORTS };

/* The database's key, locked for somebody. */
struct vault_slot {
    int slot;
    enum vault_sort sort;
    row_id person;                   /* 0: the office's code */
    char label[VAULT_LABEL_MAX + 1]; /* "" for the code */
    uint8_t office[KEY_BYTES];       /* code: the key that it was sealed to; else zeros */
    int64_t made_at;
    uint8_t locked[KEY_LOCKED_BYTES];
    uint8_t proof[HASH_BYTES]; /* under the database's key: nothing above has been exchanged */
    bool damaged;              /* not as it was written: opens nothing */
};

#define VAULT_SLOTS_MAX (VAULT_PEOPLE_MAX + 1)
struct vault_slots {
    struct vault_slot at[VAULT_SLOTS_MAX];
    size_t n;
};

/* ---- vault_slot.c ---- */
/* In the order in which they were added. STATUS_DAMAGED: not the tables of a vault. */
MUST_CHECK enum status vault_slots_load(struct journal *j, struct vault_slots *out);
/* slot 0: a new one. Inside the caller's transaction; fills slot and proof. */
MUST_CHECK enum status vault_slot_put(struct journal *j, struct vault_slot *s,
                                      const uint8_t key[KEY_BYTES]);
MUST_CHECK enum status vault_slot_drop(struct journal *j, int slot);
/* The key out of a slot. STATUS_WRONG_CODE; STATUS_DAMAGED: something in it was exchanged. */
MUST_CHECK enum status vault_slot_open(struct journal *j, const struct vault_slot *s,
                                       const char *pass, uint8_t key[KEY_BYTES]);
struct vault_slot *vault_slot_of(struct vault_slots *all, row_id person); /* NULL: none */
struct vault_slot *vault_slot_code(struct vault_slots *all);              /* NULL: none */
size_t vault_slots_people(const struct vault_slots *all);
MUST_CHECK enum status vault_label_check(const char *label);

/* ---- vault_tries.c ---- */
struct vault_tries {
    int64_t wrong;  /* since somebody was let in */
    int64_t boot;   /* boot clock at the last of them; 0: the machine was started since */
    int64_t untold; /* not on the record yet */
    int64_t since;  /* wall clock of the first of those: for the record, decides nothing */
    int last;       /* slot that was let in last, -1 nobody */
    int tried;      /* slot that those not on the record tried, -1 several */
    bool unkept;    /* a full disk did not take the count: an hour is waited here instead */
};
MUST_CHECK enum status vault_tries_load(struct journal *j, struct vault_tries *out);
MUST_CHECK enum status vault_tries_save(struct journal *j, const struct vault_tries *t);
/* The same in a transaction of its own, on the disk when it returns. */
MUST_CHECK enum status vault_tries_keep(struct journal *j, const struct vault_tries *t);
int64_t vault_tries_wait_ms(struct vault_tries *t, const struct clock *clock);
/* One try, whatever becomes of it: STATUS_BUSY while nobody is heard; counted on the disk; then
 * heard. Success resets the count. */
MUST_CHECK enum status vault_tries_hear(struct journal *j, struct vault_tries *t,
                                        const struct vault_slot *s, const char *pass,
                                        uint8_t key[KEY_BYTES]);

#endif
