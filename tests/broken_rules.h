/* broken_rules.h -- what the tests share that break one rule of FORMAT.md after the other in a
 * bundle whose hashes and signatures fit.
 *
 * Define REFUSED, the golden file of what has been broken, and include it after
 * bundle_sample.c. */
#ifndef TESTS_BROKEN_RULES_H
#define TESTS_BROKEN_RULES_H

#include "base/file.h"
#include "bundle_sample.h"

static enum status accept_bytes(const uint8_t *p, size_t n) {
    return bundle_show_memory(p, n, NULL, NULL, NULL);
}

/* Every bundle made here also goes into REFUSED (LANTERN_GOLDEN=1 writes it), so that
 * tests/check_reader.py can see whether an independent reader refuses the same: name, how,
 * size, bytes, one after the other, packed. */
#define REFUSED_MAX 16384 /* the larger ones only prove limits */
enum { MUST_REFUSE = 0, REFUSE_FOR_SIGNATURE = 1, MUST_ACCEPT = 2 };
static struct buf refused;

static void keep_refused(const char *name, const struct buf *bytes, enum status s) {
    const char *why = status_detail();
    bool signature = strstr(why, "not signed") || strstr(why, "signature");
    if (bytes->size > REFUSED_MAX) return;
    buf_byte(&refused, (uint8_t)strlen(name));
    buf_text(&refused, name);
    buf_byte(&refused, !s ? MUST_ACCEPT : signature ? REFUSE_FOR_SIGNATURE : MUST_REFUSE);
    buf_u32(&refused, (uint32_t)bytes->size);
    buf_add(&refused, bytes->data, bytes->size);
}

struct rule {
    const char *name;
    void (*change)(struct sample_bundle *b);
    enum status expected; /* STATUS_COUNT: any refusal */
};

static void nothing(struct sample_bundle *b) {
    (void)b;
}

/* What earlier builds were made to refuse is still refused, and for the same kind of reason. */
static void golden_refused(void **state) {
    (void)state;
    struct packer p = {0};
    struct buf file = {0}, raw = {0};
    int64_t count = 0;
    if (getenv("LANTERN_GOLDEN")) {
        buf_u32(&file, (uint32_t)refused.size);
        pack(&p, &file, refused.data, refused.size);
        assert_int_equal(file_write(REFUSED, file.data, file.size, 0644), STATUS_OK);
    }
    assert_int_equal(file_read(REFUSED, 1 << 20, &file), STATUS_OK);
    struct cursor c = cursor_of(file.data, file.size);
    uint32_t size = cursor_u32(&c);
    assert_int_equal(unpack(&p, &raw, c.p, (size_t)(c.end - c.p), size), STATUS_OK);
    for (c = cursor_of(raw.data, raw.size); c.p != c.end; count++) {
        cursor_take(&c, cursor_byte(&c));
        uint8_t how = cursor_byte(&c);
        size_t n = cursor_u32(&c);
        const uint8_t *bytes = cursor_take(&c, n);
        assert_non_null(bytes);
        assert_int_equal(accept_bytes(bytes, n) == STATUS_OK, how == MUST_ACCEPT);
    }
    printf("figure: %lld golden bundles that break a rule, each judged as ever\n",
           (long long)count);
    packer_release(&p);
    buf_release(&file);
    buf_release(&raw);
    buf_release(&refused);
}

#endif
