/* enrol.h -- how a tablet and an office come to know each other's keys.
 *
 * Journey: the office enrols a tablet by name (a record of kind enrolment and a one-time
 * token); the first pack, sealed under a code, brings office keys and token to the tablet; each
 * bundle from then on is sealed to the office and carries the proof of the token; door.c lets
 * it in. The office's own keys are office_keys.h's.
 *
 * Everything here that is no record is kept data of sync's own (union_keep), not part of what
 * merging compares:
 *
 *      office/key           tablet: the office's Ed25519 key in use
 *      office/keys/HEX      every office key that ever was (union_trust_office)
 *      office/provider      the provider's id
 *      office/recovery      X25519 public recovery key
 *      office/recovery-at   when the pack that brought it was made, i64
 *      office/succession/N  struct succession as bytes
 *      office/at            office's time in the newest pack or receipt, i64
 *      enrol/token          tablet: its token
 *      enrol/key            tablet: the key that the token belongs to; a copied database with
 *                           a new key is not enrolled any more
 *      enrol/letters, name  tablet: what the office calls it
 *      enrol/confirmed      tablet: the office has answered since
 *      enrol/tokens/ID      office: the token of an enrolment, sealed to the office's own key
 *      enrol/claims/ID      office: the key that has proved it (32), office's time (i64)
 *      enrolled/KEYHEX      office: token id (8), office's time of the first proof (i64)
 *      proof/KEYHEX         any device: the proof (72 bytes), to be carried on
 *      clock/KEYHEX         office: struct wrong_clock, see enrol_clocks */
#ifndef SYNC_ENROL_H
#define SYNC_ENROL_H

#include "sync/credentials.h"

/* ---- the office ---- */
struct enrolment {
    row_id row;
    char name[80], letters[9];
    char *services; /* codes with a space between; "" all */
    int32_t day;
    uint8_t token_id[TOKEN_ID_BYTES];
    bool claimed;    /* a device has proved the token */
    uint8_t key[32]; /* its Ed25519 key, once claimed */
    int64_t claimed_at;
    bool revoked;
};
/* All, newest first. */
MUST_CHECK enum status enrol_list(struct journal *j, struct arena *a, struct enrolment **out,
                                  size_t *n);
/* The newest of that name that is not revoked; STATUS_NOT_FOUND. */
MUST_CHECK enum status enrol_find(struct journal *j, struct arena *a, const char *name,
                                  struct enrolment *out);
MUST_CHECK enum status enrol_by_key(struct journal *j, struct arena *a, const uint8_t key[32],
                                    struct enrolment *out);

struct enrol_made {
    row_id row;
    uint8_t token[TOKEN_BYTES];
    char letters[9];
    char code[15]; /* "ABCD-EFGH-JKLM": to be read to the person; kept nowhere */
};
/* letters NULL: the next that no enrolment ever had (A to Z without I and O, then AA). */
MUST_CHECK enum status enrol_new(struct journal *j, const char *name, const char *letters,
                                 const char *services, struct enrol_made *out);

/* Clocks more than a day wrong, as noticed at merges (arrival data): newest finding of each
 * device. */
struct wrong_clock {
    uint8_t key[32];
    char name[80];
    int64_t off_ms;   /* + ahead, − behind */
    int64_t seen_at;  /* office's time */
    int64_t made_at;  /* what the tablet's clock said */
    int64_t right_at; /* office's time when a later bundle showed it right again; 0 not yet */
};
MUST_CHECK enum status enrol_clocks(struct journal *j, struct arena *a,
                                    struct wrong_clock **out, size_t *n);

/* For door.c: the token of an enrolment, which our own key opens; none for whoever has only a
 * copy of this database. */
MUST_CHECK enum status enrol_token(struct journal *j, const uint8_t id[TOKEN_ID_BYTES],
                                   uint8_t token[TOKEN_BYTES], bool *any);
/* For door.c: which key has proved a token, and that one has; inside a transaction or alone. */
MUST_CHECK enum status enrol_claimed_by(struct journal *j, const uint8_t id[TOKEN_ID_BYTES],
                                        bool *any, uint8_t key[32]);
MUST_CHECK enum status enrol_claim(struct journal *j, const uint8_t key[32],
                                   const uint8_t id[TOKEN_ID_BYTES]);
MUST_CHECK enum status enrol_clock_keep(struct journal *j, const struct wrong_clock *c);

/* ---- codes ---- */
void enrol_code_make(char out[15]);
/* To 12 plain characters; false: not a code. */
bool enrol_code_read(const char *typed, char out[13]);
#define ENROL_PACK_DAYS 14 /* a first pack older than that is refused */

/* ---- the tablet ---- */
struct enrol_state {
    bool enrolled;     /* knows its office's key and has a token */
    bool confirmed;    /* the office has answered: a receipt or a pack sealed to us came */
    char provider[80]; /* name from the office's records, "" not known */
    char name[80], letters[9];
    bool office_known; /* belongs to an office, even by an open pack */
};
MUST_CHECK enum status enrol_state(struct journal *j, struct enrol_state *out);
/* X25519 keys that this device's bundles are sealed to: the office's and the recovery key; 0
 * to 2. */
MUST_CHECK enum status enrol_readers(struct journal *j, uint8_t out[2][32], size_t *n);
/* Credentials for the next bundle of this device. Arrays live in `a`. */
MUST_CHECK enum status enrol_credentials(struct journal *j, struct arena *a,
                                         enum bundle_purpose purpose, struct credentials *out);
/* For merge.c: name and letters from the office's record of our token, kept when they changed;
 * and the proof of another device, to be carried on. */
MUST_CHECK enum status enrol_learn_name(struct journal *j);
MUST_CHECK enum status enrol_proof_keep(struct journal *j, const struct proof *p);

#endif
