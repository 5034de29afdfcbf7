/* test_union.c -- putting journals together: any order, any splitting, the same result.
 *
 * needs: store base
 *
 * Several devices write through the same functions the app uses, now and then seeing each
 * other's records, with clocks that are wrong by years. Their logs are then cut into pieces and
 * carried into fresh databases in different orders. The content hash and the hash over all
 * tables must be the same, and each must equal what a rebuild gives. */
#include "store_help.h"

#include <stdlib.h>

static draw dice;

static int below(int n) {
    return (int)draw_below(&dice, (uint32_t)n);
}

/* ---- a device that does random things ---- */

struct device {
    struct journal *j;
    struct clock_manual clock;
    char path[300];
};

static void device_open(struct device *d, const char *name, const char *role) {
    snprintf(d->path, sizeof d->path, "%s", scratch(name));
    d->clock = (struct clock_manual){.wall_ms = NOON + below(1000000)};
    d->j = open_device(d->path, &d->clock, role);
}

static row_id any_row(struct journal *j, const char *table) {
    char sql[120];
    snprintf(sql, sizeof sql,
             "SELECT id FROM \"%s\" ORDER BY lantern_order(id) LIMIT 1 OFFSET ?1", table);
    char count[80];
    snprintf(count, sizeof count, "SELECT count(*) FROM \"%s\"", table);
    int64_t n = query_one_int(j, 0, count, 0);
    return n ? query_one_int(j, 0, sql, 1, (int64_t)below((int)n)) : 0;
}

static bool sealed_or_ok(struct journal *j, enum status s) {
    if (s == STATUS_SEALED) {
        journal_rollback(j);
        return false;
    }
    OK(s);
    OK(journal_commit(j));
    return true;
}

static void fill_answer(struct row *r) {
    static const char *const words[] = {"met", "partly", "not_met", "not_seen"};
    char note[40];
    row_text(r, "item", words[below(4)]);
    row_text(r, "word", words[below(4)]);
    snprintf(note, sizeof note, "seen %d times", below(1000));
    if (below(2)) row_text(r, "note", strdup(note));
    if (below(3) == 0) row_int(r, "number", below(100000) - 50000);
    if (below(4) == 0) row_int(r, "after_leaving", below(2));
}

static void free_note(struct row *r) {
    const char *note = row_get_text(r, "note");
    if (note[0]) free((void *)(uintptr_t)note);
    row_unsay(r, "note");
}

static void new_answer(struct journal *j, row_id visit) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    fill_answer(&r);
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &r));
    free_note(&r);
}

static void change_answer(struct journal *j, row_id id) {
    struct arena a = {0};
    struct row r;
    OK(journal_row(j, &kind_answer, id, &a, &r));
    row_unsay(&r, "note");
    fill_answer(&r);
    if (below(12) == 0) row_ref(&r, "visit", any_row(j, "visit")); /* moved to another check */
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &r));
    free_note(&r);
    arena_release(&a);
}

static void revert_answer(struct journal *j, row_id id) {
    struct arena a = {0};
    struct version *v;
    size_t n;
    OK(journal_history(j, id, &a, &v, &n));
    OK(journal_begin(j));
    sealed_or_ok(j, journal_revert(j, &kind_answer, id, n ? v[below((int)n)].record : 0));
    arena_release(&a);
}

static void new_visit(struct journal *j) {
    struct row r = row_new(&kind_visit);
    row_ref(&r, "service", any_row(j, "service"));
    row_text(&r, "template", "NIGHT");
    put_alone(j, &r);
}

static void new_seal(struct journal *j, row_id visit) {
    struct row r = row_new(&kind_seal);
    row_ref(&r, "visit", visit);
    row_int(&r, "minutes", below(300));
    put_alone(j, &r);
}

static void other_rows(struct journal *j, row_id visit) {
    char text[24];
    struct row r = row_new(below(2) ? &kind_observation : &kind_feedback);
    snprintf(text, sizeof text, "words %d", below(100));
    row_ref(&r, "visit", visit);
    row_text(&r, "text", text);
    OK(journal_begin(j));
    sealed_or_ok(j, journal_put(j, &r));
    r = row_new(&kind_addendum);
    row_ref(&r, "visit", visit);
    row_text(&r, "text", text);
    put_alone(j, &r);
}

static void step(struct device *d) {
    struct journal *j = d->j;
    row_id visit = any_row(j, "visit"), answer = any_row(j, "answer");
    d->clock.wall_ms += below(5000);
    if (below(200) == 0) d->clock.wall_ms += (below(21) - 10) * 365LL * 86400000;
    switch (below(20)) {
    case 0:
        new_visit(j);
        break;
    case 1:
        if (visit && below(4) == 0) new_seal(j, visit);
        break;
    case 2:
    case 3:
        if (visit) other_rows(j, visit);
        break;
    case 4:
    case 5:
        if (answer) revert_answer(j, answer);
        break;
    case 6: {
        struct row r = row_new(&kind_service);
        char code[8];
        snprintf(code, sizeof code, "S%d", below(5));
        row_text(&r, "code", code);
        row_text(&r, "name", below(3) ? "a home" : "another home");
        put_alone(j, &r);
        break;
    }
    case 7: {
        struct row r = row_new(&kind_person);
        row_text(&r, "label", "night lead");
        journal_hold(j, put_alone(j, &r));
        break;
    }
    case 8:
    case 9:
    case 10:
    case 11:
        if (answer) change_answer(j, answer);
        break;
    default:
        if (visit) new_answer(j, visit);
    }
}

/* ---- pieces of logs in any order ---- */

struct piece {
    struct journal *from;
    struct log_info log;
    int64_t first, last;
};

static size_t cut(struct journal *j, bool own_only, struct piece *out, size_t room) {
    struct arena a = {0};
    struct log_info *logs;
    size_t n, used = 0;
    OK(union_logs(j, &a, &logs, &n));
    for (size_t i = 0; i < n; i++) {
        if (own_only && !logs[i].own) continue;
        for (int64_t at = logs[i].first_seq; at <= logs[i].highest_seq;) {
            int64_t last = at + below(25);
            if (last > logs[i].highest_seq) last = logs[i].highest_seq;
            assert_true(used < room);
            out[used++] = (struct piece){j, logs[i], at, last};
            at = last + 1;
            if (below(6) == 0 && at > 3) at -= below(3); /* overlapping now and then */
        }
    }
    arena_release(&a);
    return used;
}

static void shuffle(struct piece *p, size_t n) {
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)below((int)i);
        struct piece t = p[i - 1];
        p[i - 1] = p[k];
        p[k] = t;
    }
}

static void deliver(struct journal *to, const struct piece *p, size_t n, int *gaps,
                    int *forks) {
    struct union_outcome out;
    for (size_t i = 0; i < n;) {
        OK(union_begin(to));
        int together = 1 + below(4);
        for (; together > 0 && i < n; together--, i++) {
            OK(carry_run(p[i].from, to, &p[i].log, p[i].first, p[i].last, &out));
            *gaps += out.gap;
            *forks += out.fork;
        }
        OK(union_commit(to));
    }
}

static void same_in_any_order(struct piece *p, size_t n, int orders, const char *what) {
    hash256 want_content = {0}, want_tables = {0};
    int gaps = 0, forks = 0;
    for (int i = 0; i < orders; i++) {
        struct clock_manual clock = {.wall_ms = NOON};
        char name[60];
        snprintf(name, sizeof name, "order-%s-%d.db", what, i);
        struct journal *to = open_device(scratch(name), &clock, "office");
        if (i) shuffle(p, n);
        deliver(to, p, n, &gaps, &forks);
        hash256 c = content(to), t = tables_hash(to);
        if (i == 0) {
            want_content = c;
            want_tables = t;
        }
        if (memcmp(&c, &want_content, 32) != 0)
            fail_msg("%s: order %d, other content", what, i);
        if (memcmp(&t, &want_tables, 32) != 0) fail_msg("%s: order %d, other tables", what, i);
        struct journal_report r;
        enum status s = journal_verify(to, &r);
        if (s) print_error("%s order %d: %s\n", what, i, status_detail());
        assert_int_equal(s, STATUS_OK);
        assert_int_equal(r.gaps, 0);
        deliver(to, p, n < 5 ? n : 5, &gaps, &forks); /* again: nothing happens */
        t = tables_hash(to);
        assert_memory_equal(&t, &want_tables, 32);
        journal_close(to);
        remove(scratch(name));
    }
    printf("figure: %s: %zu pieces, %d orders, %d gaps opened and closed, %d forks told\n",
           what, n, orders, gaps, forks);
}

#define PIECES_MAX 4000
static struct piece pieces[PIECES_MAX];

static int more(int usual, int all) {
    return getenv("LANTERN_TEST_ALL") ? all : usual;
}

/* ---- tests ---- */

static void first_things(struct device *d) {
    struct row r = row_new(&kind_service);
    row_text(&r, "code", "S0");
    row_text(&r, "name", "a home");
    put_alone(d->j, &r);
    new_visit(d->j);
}

static void three_devices_agree(void **state) {
    (void)state;
    dice.s = 7;
    struct device d[3];
    device_open(&d[0], "a.db", "tablet");
    device_open(&d[1], "b.db", "tablet");
    device_open(&d[2], "c.db", "office");
    for (int i = 0; i < 3; i++)
        first_things(&d[i]);
    int steps = more(600, 3000);
    for (int i = 0; i < steps; i++) {
        step(&d[below(3)]);
        if (below(40) == 0) {
            int x = below(3), y = below(3);
            if (x != y) carry_all(d[x].j, d[y].j);
        }
    }
    size_t n = 0;
    for (int i = 0; i < 3; i++) {
        laws(d[i].j);
        n += cut(d[i].j, true, pieces + n, PIECES_MAX - n);
    }
    same_in_any_order(pieces, n, more(6, 24), "three devices");

    /* And the devices themselves, once they have seen everything. */
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 3; i++)
            carry_all(d[i].j, d[(i + 1) % 3].j);
    hash256 c = content(d[0].j), t = tables_hash(d[0].j);
    for (int i = 1; i < 3; i++) {
        hash256 other = content(d[i].j);
        assert_memory_equal(&other, &c, 32);
        other = tables_hash(d[i].j);
        assert_memory_equal(&other, &t, 32);
        laws(d[i].j);
    }
    printf("figure: %lld rows with a rival, %lld versions after a seal\n",
           (long long)query_one_int(d[0].j, 0,
                                    "SELECT count(*) FROM answer WHERE rival IS NOT NULL", 0),
           (long long)query_one_int(d[0].j, 0, "SELECT count(*) FROM late", 0));
    for (int i = 0; i < 3; i++)
        journal_close(d[i].j);
}

static void two_people_changed_this(void **state) {
    (void)state;
    dice.s = 9;
    struct arena a = {0};
    struct device x, y;
    struct version *v;
    size_t n;
    device_open(&x, "x.db", "tablet");
    device_open(&y, "y.db", "tablet");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    put_alone(x.j, &r);
    carry_all(x.j, y.j);
    row_id there = any_row(y.j, "answer");
    y.clock.wall_ms -= 20LL * 365 * 86400000; /* its clock is wrong: no matter */
    struct row rx, ry;
    OK(journal_row(x.j, &kind_answer, r.id, &a, &rx));
    OK(journal_row(y.j, &kind_answer, there, &a, &ry));
    row_text(&rx, "word", "met");
    row_text(&ry, "word", "not_met");
    put_alone(x.j, &rx);
    put_alone(y.j, &ry);
    carry_all(x.j, y.j);
    carry_all(y.j, x.j);
    assert_int_not_equal(query_one_int(x.j, 0, "SELECT rival FROM answer", 0), 0);
    hash256 tx = tables_hash(x.j), ty = tables_hash(y.j);
    assert_memory_equal(&tx, &ty, 32);
    OK(journal_history(x.j, r.id, &a, &v, &n));
    assert_int_equal(n, 3);
    assert_int_equal(v[0].concurrent + v[1].concurrent + v[2].concurrent, 1);
    /* A change made after seeing both beats both, whatever the clock says. */
    OK(journal_row(y.j, &kind_answer, there, &a, &ry));
    row_text(&ry, "word", "partly");
    put_alone(y.j, &ry);
    carry_all(y.j, x.j);
    OK(journal_row(x.j, &kind_answer, r.id, &a, &rx));
    assert_string_equal(row_get_text(&rx, "word"), "partly");
    laws(x.j);
    laws(y.j);
    journal_close(x.j);
    journal_close(y.j);
    arena_release(&a);
}

static void a_change_after_the_seal_stays_outside(void **state) {
    (void)state;
    dice.s = 11;
    struct arena a = {0};
    struct device x, y;
    struct version *v;
    size_t n;
    device_open(&x, "sx.db", "tablet");
    device_open(&y, "sy.db", "tablet");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    row_text(&r, "word", "met");
    put_alone(x.j, &r);
    carry_all(x.j, y.j);
    new_seal(x.j, visit);
    y.clock.wall_ms = x.clock.wall_ms + 60000;
    struct row late;
    OK(journal_row(y.j, &kind_answer, any_row(y.j, "answer"), &a, &late));
    row_text(&late, "word", "not_met");
    put_alone(y.j, &late); /* it has not heard of the seal */
    assert_int_equal(query_one_int(y.j, 0, "SELECT count(*) FROM late", 0), 0);
    carry_all(x.j, y.j);
    carry_all(y.j, x.j);
    for (int i = 0; i < 2; i++) {
        struct journal *j = i ? y.j : x.j;
        struct row now;
        OK(journal_row(j, &kind_answer, any_row(j, "answer"), &a, &now));
        assert_string_equal(row_get_text(&now, "word"), "met");
        OK(journal_history(j, now.id, &a, &v, &n));
        assert_true(v[0].present && v[1].after_seal && !v[1].present);
        assert_int_equal(query_one_int(j, 0, "SELECT count(*) FROM late", 0), 1);
        laws(j);
    }
    journal_close(x.j);
    journal_close(y.j);
    arena_release(&a);
}

static void a_gap_is_kept_and_closes(void **state) {
    (void)state;
    dice.s = 13;
    struct device x, y;
    struct log_info log;
    struct union_outcome out;
    struct journal_self self;
    device_open(&x, "gx.db", "tablet");
    device_open(&y, "gy.db", "office");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    for (int i = 0; i < 30; i++)
        new_answer(x.j, visit);
    journal_self(x.j, &self);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    out = carry(x.j, y.j, &log, 20, 30);
    assert_true(out.gap && !out.fork);
    assert_int_equal(out.added, 11);
    OK(union_log_by_id(y.j, &self.log_id, &log));
    assert_int_equal(log.last_seq, 0);
    assert_int_equal(log.highest_seq, 30);
    assert_int_equal(query_one_int(y.j, 0, "SELECT count(*) FROM answer", 0), 11); /* shown */
    laws(y.j);
    struct journal_report r;
    OK(journal_verify(y.j, &r));
    assert_int_equal(r.gaps, 1);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    out = carry(x.j, y.j, &log, 1, 19);
    assert_false(out.gap || out.fork);
    OK(journal_verify(y.j, &r));
    assert_int_equal(r.gaps, 0);
    OK(union_log_by_id(y.j, &self.log_id, &log));
    assert_int_equal(log.last_seq, 30);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    out = carry(x.j, y.j, &log, 1, 33);
    assert_int_equal(out.known, 30);
    assert_int_equal(out.added, 3);
    hash256 cx = content(x.j), cy = content(y.j);
    assert_memory_not_equal(&cx, &cy, 32); /* the last records are still missing */
    carry_all(x.j, y.j);
    cx = content(x.j), cy = content(y.j);
    assert_memory_equal(&cx, &cy, 32);
    journal_close(x.j);
    journal_close(y.j);
}

static void cloned_tablets_lose_nothing(void **state) {
    (void)state;
    int rounds = more(4, 16);
    for (int round = 0; round < rounds; round++) {
        dice.s = 100 + (uint64_t)round;
        struct device d[4];
        char name[40], key[60], other[60];
        snprintf(name, sizeof name, "f%d-0.db", round);
        device_open(&d[0], name, "tablet");
        first_things(&d[0]);
        for (int i = 0; i < 30; i++)
            step(&d[0]);
        journal_close(d[0].j);
        /* The whole folder is copied, key and all: two devices that think they are one. */
        for (int i = 1; i < 3; i++) {
            snprintf(other, sizeof other, "f%d-%d.db", round, i);
            copy_file(d[0].path, scratch(other));
            snprintf(key, sizeof key, "f%d-%d.db.key", round, i);
            snprintf(other, sizeof other, "f%d-0.db.key", round);
            copy_file(scratch(other), scratch(key));
        }
        d[0].j = open_device(d[0].path, &d[0].clock, "tablet");
        for (int i = 1; i < 3; i++) {
            snprintf(other, sizeof other, "f%d-%d.db", round, i);
            device_open(&d[i], other, "tablet");
        }
        snprintf(other, sizeof other, "f%d-3.db", round);
        device_open(&d[3], other, "office");
        for (int i = 0; i < 60; i++)
            step(&d[below(3)]);
        /* The office sees one tail, changes what it says, then sees the others. */
        carry_all(d[below(3)].j, d[3].j);
        for (int i = 0; i < 20; i++)
            step(&d[3]);
        size_t n = 0;
        for (int i = 0; i < 4; i++) {
            laws(d[i].j);
            n += cut(d[i].j, true, pieces + n, PIECES_MAX - n);
        }
        snprintf(name, sizeof name, "clones %d", round);
        same_in_any_order(pieces, n, more(5, 10), name);

        /* A clone that meets its twin goes on in a log of its own. */
        struct journal_self before, after;
        journal_self(d[0].j, &before);
        carry_all(d[1].j, d[0].j);
        journal_self(d[0].j, &after);
        assert_memory_not_equal(&before.log_id, &after.log_id, 32);
        for (int i = 0; i < 10; i++)
            step(&d[0]);
        laws(d[0].j);
        for (int i = 0; i < 4; i++)
            journal_close(d[i].j);
    }
}

static void wrong_records_are_refused_whole(void **state) {
    (void)state;
    dice.s = 17;
    struct device x, y;
    struct log_info log;
    struct journal_self self;
    device_open(&x, "wx.db", "tablet");
    device_open(&y, "wy.db", "office");
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
    journal_close(x.j);
    journal_close(y.j);
}

static void a_changed_body_breaks_the_head(void **state) {
    (void)state;
    dice.s = 19;
    struct device x, y;
    struct log_info log;
    struct journal_self self;
    device_open(&x, "hx.db", "tablet");
    device_open(&y, "hy.db", "office");
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
    journal_close(x.j);
    journal_close(y.j);
}

/* ---- erasing ---- */

static void erased_words_go_everywhere(void **state) {
    (void)state;
    dice.s = 23;
    struct arena a = {0};
    struct device x, office, late;
    struct version *v;
    size_t n;
    device_open(&x, "ex.db", "tablet");
    device_open(&office, "eo.db", "office");
    device_open(&late, "el.db", "office");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    for (int i = 0; i < 5; i++)
        new_answer(x.j, visit);
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", visit);
    row_text(&r, "item", "lights");
    row_text(&r, "note", "a name that must go");
    put_alone(x.j, &r);
    row_text(&r, "note", "a name that must go too");
    put_alone(x.j, &r);
    hash256 before = content(x.j);
    carry_all(x.j, office.j);
    struct row p = row_new(&kind_provider); /* what makes it an office to the others */
    row_text(&p, "code", "P1");
    row_text(&p, "name", "who runs the homes");
    put_alone(office.j, &p);
    struct row e = row_new(&kind_erase);
    row_ref(&e, "row",
            query_one_int(office.j, 0, "SELECT id FROM answer WHERE note LIKE 'a name%'", 0));
    row_text(&e, "why", "asked for by the person");
    put_alone(office.j, &e);
    laws(office.j);
    /* A tablet may not say so: its own erase record does nothing. */
    struct row no = row_new(&kind_erase);
    row_ref(&no, "row", any_row(x.j, "service"));
    row_text(&no, "why", "not an office");
    put_alone(x.j, &no);
    assert_int_equal(
        query_one_int(x.j, 0, "SELECT count(*) FROM service WHERE name IS NULL", 0), 0);

    /* To the tablet, which has the words, and to a fresh office in both orders. */
    carry_all(office.j, x.j);
    carry_all(office.j, late.j);
    carry_all(x.j, late.j);
    struct journal *all[] = {x.j, office.j, late.j};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(query_one_int(all[i], -1,
                                       "SELECT count(*) FROM answer WHERE note LIKE 'a name%'",
                                       0),
                         0);
        assert_int_equal(
            query_one_int(all[i], -1,
                          "SELECT count(*) FROM journal WHERE body IS NULL AND kind = 12", 0),
            2);
        assert_int_equal(query_one_int(all[i], 0, "SELECT count(*) FROM answer", 0), 6);
        laws(all[i]);
    }
    assert_int_equal(journal_history(x.j, r.id, &a, &v, &n), STATUS_OK);
    assert_int_equal(n, 2);
    must_be(STATUS_NOT_FOUND, journal_version(x.j, v[0].record, &a, &r), "erased");
    /* The tablet goes on, and the chain is still one chain. */
    new_answer(x.j, visit);
    laws(x.j);
    struct device fresh;
    device_open(&fresh, "ef.db", "office");
    size_t pieces_n = cut(x.j, false, pieces, PIECES_MAX);
    int gaps = 0, forks = 0;
    shuffle(pieces, pieces_n);
    deliver(fresh.j, pieces, pieces_n, &gaps, &forks);
    laws(fresh.j);
    hash256 tx = tables_hash(x.j), tf = tables_hash(fresh.j);
    assert_memory_equal(&tx, &tf, 32);
    assert_memory_not_equal(&before, &tx, 32);
    journal_close(x.j);
    journal_close(office.j);
    journal_close(late.j);
    journal_close(fresh.j);
    arena_release(&a);
}

/* ---- copies ---- */

static void copies_become_records(void **state) {
    (void)state;
    dice.s = 29;
    struct device x, y;
    struct log_info log;
    struct journal_self self;
    struct union_reader *reader;
    struct record_wire r;
    device_open(&x, "cx.db", "tablet");
    device_open(&y, "cy.db", "tablet");
    first_things(&x);
    row_id visit = any_row(x.j, "visit");
    for (int i = 0; i < 10; i++)
        new_answer(x.j, visit);
    journal_self(x.j, &self);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    hash256 empty = content(y.j);
    OK(union_begin(y.j));
    OK(union_read_open(&reader, x.j, log.no, 6, 9));
    while (union_read_next(reader, &r))
        OK(union_add_copy(y.j, &log.id, &r));
    OK(union_read_close(reader));
    OK(union_commit(y.j));
    hash256 c = content(y.j);
    assert_memory_equal(&c, &empty, 32); /* they count in no hash and no vector */
    OK(union_log_by_id(y.j, &self.log_id, &log));
    assert_int_equal(log.highest_seq, 0);
    assert_int_equal(query_one_int(y.j, 0, "SELECT count(*) FROM answer", 0), 4); /* but show */
    laws(y.j);
    OK(union_log_by_id(x.j, &self.log_id, &log));
    struct union_outcome out = carry(x.j, y.j, &log, 1, log.last_seq);
    assert_int_equal(out.copies_differ, 0);
    assert_int_equal(out.added, log.last_seq);
    hash256 cx = content(x.j);
    c = content(y.j);
    assert_memory_equal(&c, &cx, 32);
    laws(y.j);
    journal_close(x.j);
    journal_close(y.j);
}

static void what_sync_keeps(void **state) {
    (void)state;
    struct arena a = {0};
    char **keys;
    struct buf *values;
    size_t n;
    struct device x;
    device_open(&x, "kx.db", "tablet");
    OK(union_keep(x.j, "receipt/2", "two", 3));
    OK(union_keep(x.j, "receipt/1", "one", 3));
    OK(union_keep(x.j, "made/1", "x", 1));
    OK(union_kept(x.j, "receipt/", &a, &keys, &values, &n));
    assert_int_equal(n, 2);
    assert_string_equal(keys[1], "receipt/2");
    assert_memory_equal(values[0].data, "one", 3);
    OK(union_keep(x.j, "receipt/1", NULL, 0));
    OK(union_kept(x.j, "receipt/", &a, &keys, &values, &n));
    assert_int_equal(n, 1);
    journal_close(x.j);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_changed_this),
        cmocka_unit_test(a_change_after_the_seal_stays_outside),
        cmocka_unit_test(a_gap_is_kept_and_closes),
        cmocka_unit_test(wrong_records_are_refused_whole),
        cmocka_unit_test(a_changed_body_breaks_the_head),
        cmocka_unit_test(erased_words_go_everywhere),
        cmocka_unit_test(copies_become_records),
        cmocka_unit_test(what_sync_keeps),
        cmocka_unit_test(three_devices_agree),
        cmocka_unit_test(cloned_tablets_lose_nothing),
    };
    log_open("/dev/null");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
