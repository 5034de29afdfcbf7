/* test_credentials.c -- what a bundle says about keys, broken one rule at a time.
 * needs: sync store base
 *
 * Form and order only; whether signatures and proofs hold is the door's (test_door.c). */
#include "support.h"

#include "bundle_sample.c" /* each test is one program of one file */
#include "sealed_sample.c"

#define REFUSED "tests/golden/refused_credentials.bin"
#include "broken_rules.h"

/* ---- credentials
 * ------------------------------------------------------------------------------ */

/* Offsets in the sample's block 8 without a token. */
enum { AT_OFFICE = 0, AT_TOKEN = 40, AT_SUCCESSIONS = 41, SUCCESSION = 136, PROOF = 72 };
enum { AT_PROOFS = AT_SUCCESSIONS + 2 + 2 * SUCCESSION };

static uint8_t *credential(struct sample_bundle *b, size_t at) {
    return sample_find(b, BLOCK_CREDENTIALS, 0)->bytes.data + at;
}
static void swap_bytes(uint8_t *a, uint8_t *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint8_t t = a[i];
        a[i] = b[i];
        b[i] = t;
    }
}
static void office_before_1970(struct sample_bundle *b) {
    credential(b, AT_OFFICE)[7] = 0x80;
}
static void office_after_2200(struct sample_bundle *b) {
    credential(b, AT_OFFICE)[6] = 0x01;
}
static void token_neither(struct sample_bundle *b) {
    *credential(b, AT_TOKEN) = 2;
}
static void token_without_bytes(struct sample_bundle *b) {
    *credential(b, AT_TOKEN) = 1;
}
static void successions_fall(struct sample_bundle *b) {
    uint8_t *first = credential(b, AT_SUCCESSIONS + 2);
    swap_bytes(first, first + SUCCESSION, SUCCESSION);
}
static void succession_twice(struct sample_bundle *b) {
    uint8_t *first = credential(b, AT_SUCCESSIONS + 2);
    memcpy(first, first + SUCCESSION, SUCCESSION);
}
static void succession_in_2300(struct sample_bundle *b) {
    credential(b, AT_SUCCESSIONS + 2 + SUCCESSION + 64)[6] = 1;
}
static void successions_more(struct sample_bundle *b) {
    ++*credential(b, AT_SUCCESSIONS);
}
static void successions_huge(struct sample_bundle *b) {
    memset(credential(b, AT_SUCCESSIONS), 0xFF, 2);
}
static void proofs_fall(struct sample_bundle *b) {
    uint8_t *first = credential(b, AT_PROOFS + 2);
    swap_bytes(first, first + PROOF, PROOF);
}
static void proof_twice(struct sample_bundle *b) {
    uint8_t *first = credential(b, AT_PROOFS + 2);
    memcpy(first + PROOF, first, PROOF);
}
static void proofs_fewer(struct sample_bundle *b) {
    --*credential(b, AT_PROOFS);
}
static void proofs_huge(struct sample_bundle *b) {
    memset(credential(b, AT_PROOFS), 0xFF, 2);
}
static void credentials_longer(struct sample_bundle *b) {
    buf_byte(&sample_find(b, BLOCK_CREDENTIALS, 0)->bytes, 0);
}
static void credentials_shorter(struct sample_bundle *b) {
    sample_find(b, BLOCK_CREDENTIALS, 0)->bytes.size--;
}
static void credentials_none(struct sample_bundle *b) {
    sample_find(b, BLOCK_CREDENTIALS, 0)->bytes.size = 0;
}
static void credentials_too_big(struct sample_bundle *b) {
    static const uint8_t zeros[4096];
    struct buf *c = &sample_find(b, BLOCK_CREDENTIALS, 0)->bytes;
    while (c->size <= WIRE_CREDENTIALS_MAX)
        buf_add(c, zeros, sizeof zeros);
}
static void credentials_twice(struct sample_bundle *b) {
    struct buf copy = {0};
    struct buf *c = &sample_find(b, BLOCK_CREDENTIALS, 0)->bytes;
    buf_add(&copy, c->data, c->size);
    sample_insert(b, 3, BLOCK_CREDENTIALS, &copy);
    buf_release(&copy);
}
static void credentials_move(struct sample_bundle *b, size_t to) {
    struct buf copy = {0};
    struct buf *c = &sample_find(b, BLOCK_CREDENTIALS, 0)->bytes;
    buf_add(&copy, c->data, c->size);
    sample_remove(b, 2);
    sample_insert(b, to, BLOCK_CREDENTIALS, &copy);
    buf_release(&copy);
}
static void credentials_first(struct sample_bundle *b) {
    credentials_move(b, 0);
}
static void credentials_before_table(struct sample_bundle *b) {
    credentials_move(b, 1);
}
static void credentials_after_chunk(struct sample_bundle *b) {
    credentials_move(b, 3);
}
static void credentials_last(struct sample_bundle *b) {
    credentials_move(b, b->count - 1);
}

static void credentials_rules(void **state) {
    (void)state;
    static const struct rule broken[] = {
        {"nothing", nothing, STATUS_OK},
        {"office's time before 1970", office_before_1970, STATUS_DAMAGED},
        {"office's time beyond 2200", office_after_2200, STATUS_DAMAGED},
        {"a token neither there nor not", token_neither, STATUS_DAMAGED},
        {"a token that is not there", token_without_bytes, STATUS_DAMAGED},
        {"successions going back in time", successions_fall, STATUS_DAMAGED},
        {"a succession twice", succession_twice, STATUS_DAMAGED},
        {"a succession beyond 2200", succession_in_2300, STATUS_DAMAGED},
        {"more successions than there are", successions_more, STATUS_DAMAGED},
        {"65,535 successions", successions_huge, STATUS_DAMAGED},
        {"proofs out of order", proofs_fall, STATUS_DAMAGED},
        {"a proof twice", proof_twice, STATUS_DAMAGED},
        {"fewer proofs than there are", proofs_fewer, STATUS_DAMAGED},
        {"65,535 proofs", proofs_huge, STATUS_DAMAGED},
        {"a byte more", credentials_longer, STATUS_DAMAGED},
        {"a byte less", credentials_shorter, STATUS_DAMAGED},
        {"no bytes", credentials_none, STATUS_DAMAGED},
        {"more than 1 MiB", credentials_too_big, STATUS_DAMAGED},
        {"credentials twice", credentials_twice, STATUS_DAMAGED},
        {"credentials before the manifest", credentials_first, STATUS_DAMAGED},
        {"credentials before the table", credentials_before_table, STATUS_DAMAGED},
        {"credentials after a chunk", credentials_after_chunk, STATUS_DAMAGED},
        {"credentials after the blobs", credentials_last, STATUS_DAMAGED},
    };
    size_t n = sizeof broken / sizeof *broken;
    for (size_t i = 0; i < n; i++) {
        struct sample_bundle b;
        struct buf bytes = {0};
        sample_make(&b);
        sample_credentials(&b, false);
        broken[i].change(&b);
        sample_seal(&b, &bytes);
        enum status s = accept_bytes(bytes.data, bytes.size);
        if (s != broken[i].expected)
            print_error("%s: %s: %s\n", broken[i].name, status_key(s), status_detail());
        assert_int_equal(s, broken[i].expected);
        keep_refused(broken[i].name, &bytes, s);
        buf_release(&bytes);
        sample_release(&b);
    }
    printf("figure: %zu rules of the credentials broken one by one, each refused\n", n - 1);
}

/* A token goes under a code or not at all: not open, not for readers alone, not to the office.
 */
static void tokens_are_kept_secret(void **state) {
    (void)state;
    key_lock_weakly_for_tests();
    for (int way = 0; way < 5; way++) {
        struct sample_bundle b;
        struct sample_lock l;
        struct buf bytes = {0};
        struct sample_reader office = sample_reader(SAMPLE_OFFICE);
        struct bundle_opener o = sample_opener(&office, SAMPLE_CODE);
        sample_make(&b);
        sample_credentials(&b, true);
        if (way == 4) { /* to the office: nothing in it but the token is wrong */
            struct manifest m;
            struct sample_block *x = sample_find(&b, BLOCK_MANIFEST, 0);
            assert_int_equal(manifest_get(x->bytes.data, x->bytes.size, &m), STATUS_OK);
            m.purpose = BUNDLE_TO_OFFICE;
            m.copies = 0;
            m.receipt = false;
            m.tablet[0] = '\0';
            buf_clear(&x->bytes);
            manifest_put(&x->bytes, &m);
            while (b.blocks[b.count - 1].type != BLOCK_CHUNK)
                sample_remove(&b, b.count - 1);
        }
        if (way) sample_lock(&b, &l, way != 2, way == 1 ? NULL : SAMPLE_CODE);
        if (way)
            sample_seal_stream(&b, &l, &(struct sample_shape){0}, &bytes);
        else
            sample_seal(&b, &bytes);
        assert_int_equal(
            bundle_show_sealed_memory(bytes.data, bytes.size, &o, NULL, NULL, NULL),
            way == 2 || way == 3 ? STATUS_OK : STATUS_INVALID);
        if (way == 0) keep_refused("a token in an open bundle", &bytes, STATUS_INVALID);
        buf_release(&bytes);
        sample_release(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(credentials_rules), cmocka_unit_test(tokens_are_kept_secret),
        cmocka_unit_test(golden_refused), /* last: takes what the others made */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
