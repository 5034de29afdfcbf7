/* test_union_wrong.c -- records that no device would write are refused, and nothing of their
 * merge stays; a changed word shows in the head of the log.
 *
 * needs: store base
 */
#include "union_hand.h"

static void wrong_records_are_refused_whole(void **state) {
    (void)state;
    dice.s = 17;
    struct device x, y;
    struct log_info log;
    struct journal_self self;
    start(&x, "wx.db", "tablet");
    start(&y, "wy.db", "office");
    first_things(&x);
    new_answer(x.j, any_row(x.j, "visit"));
    journal_self(x.j, &self);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    hash256 before = content(y.j), previous;
    uint8_t key[32];
    int refused = 0;
    for (int damage = 0; damage < 14; damage++) {
        struct union_reader *reader;
        struct union_section *section;
        struct record_wire r;
        struct union_outcome out;
        uint8_t body[BODY_BYTES_MAX];
        OK(union_read_base(x.j, log.no, 1, &previous, key));
        OK(union_begin(y.j));
        OK(union_section_start(&section, y.j, &log.id, log.key, log.incarnation, 1, &previous,
                               key));
        OK(union_read_open(&reader, x.j, log.no, 1, log.last_seq));
        enum status s = STATUS_OK;
        while (!s && union_read_next(reader, &r)) {
            bool last = r.seq == log.last_seq;
            memcpy(body, r.body, r.body_size);
            r.body = body;
            if (last && damage == 0) r.seq++;
            if (last && damage == 1) r.hlc = 1;
            if (last && damage == 2) r.hlc = (uint64_t)JOURNAL_YEAR_MAX_MS << 16;
            if (last && damage == 3) r.op = 3;
            if (last && damage == 4) r.kind = 0;
            if (last && damage == 5) r.row.seq--;
            if (last && damage == 6) r.row.check[0] = 1;
            if (last && damage == 7) r.by.check[0] = 1;
            if (last && damage == 8) r.parent = r.row;
            if (last && damage == 9) body[0] = 0xA0;
            if (last && damage == 10) r.body_size--;
            if (last && damage == 11) body[1] = 0xF6; /* the visit, which an answer needs */
            if (last && damage == 12) body[r.body_size++] = 0xF6;
            if (last && damage == 13) r.op = OP_CHANGE, r.row.seq = r.seq;
            s = union_section_add(section, &r);
        }
        OK(union_read_close(reader));
        must_be(damage == 2 || s == STATUS_INVALID ? STATUS_INVALID : s, s, "a wrong record");
        if (s == STATUS_INVALID) refused++;
        if (s != STATUS_INVALID) print_error("damage %d was let in\n", damage);
        OK(union_section_end(section, &out));
        union_rollback(y.j);
        hash256 after = content(y.j);
        assert_memory_equal(&before, &after, 32);
    }
    assert_int_equal(refused, 14);
    uint8_t stranger[8] = {1};
    struct union_section *section;
    OK(union_begin(y.j));
    must_be(STATUS_INVALID,
            union_section_start(&section, y.j, &log.id, log.key, stranger, 1, &previous, key),
            "a log id of another key");
    must_be(
        STATUS_INVALID,
        union_section_start(&section, y.j, &log.id, log.key, log.incarnation, 1, &before, key),
        "a first record after something");
    union_rollback(y.j);
    carry_all(x.j, y.j); /* and the right one is let in after all that */
    laws(y.j);
    printf("figure: %d wrong records refused\n", refused);
    CLOSE(x.j, y.j);
}

static void a_changed_body_breaks_the_head(void **state) {
    (void)state;
    dice.s = 19;
    struct device x, y;
    struct log_info log;
    struct journal_self self;
    start(&x, "hx.db", "tablet");
    start(&y, "hy.db", "office");
    first_things(&x);
    new_answer(x.j, any_row(x.j, "visit"));
    journal_self(x.j, &self);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    struct union_reader *reader;
    struct union_section *section;
    struct union_outcome out;
    struct record_wire r;
    hash256 previous;
    uint8_t key[32], body[BODY_BYTES_MAX];
    OK(union_read_base(x.j, log.no, 1, &previous, key));
    OK(union_begin(y.j));
    OK(union_section_start(&section, y.j, &log.id, log.key, log.incarnation, 1, &previous,
                           key));
    OK(union_read_open(&reader, x.j, log.no, 1, log.last_seq));
    while (union_read_next(reader, &r)) {
        memcpy(body, r.body, r.body_size);
        if (r.seq == 3) body[r.body_size - 1] ^= 1; /* one letter of the home's name */
        r.body = body;
        OK(union_section_add(section, &r));
    }
    OK(union_read_close(reader));
    OK(union_section_end(section, &out));
    assert_memory_not_equal(&out.head, &self.head_hash, 32); /* the checkpoint will not fit */
    union_rollback(y.j);
    CLOSE(x.j, y.j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_records_are_refused_whole),
        cmocka_unit_test(a_changed_body_breaks_the_head),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
