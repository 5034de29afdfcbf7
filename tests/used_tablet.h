/* used_tablet.h -- a tablet after a season: every text that a record can hold, drafts,
 * settings, blobs, kept data, an undo, a withdrawal, an erasure; each bears a planted word
 * (planted.h).
 *
 * It belongs to an office (merge_help.h), whose packs it reads and to which it sends bundles.
 * Its data folder holds what the app's would: database, key file, log. What it makes for others
 * (bundles) lies outside. */
#ifndef TESTS_USED_TABLET_H
#define TESTS_USED_TABLET_H

#include "merge_help.h"
#include "planted.h"
#include "store/vault.h"

#define HOME_PIN     "83194027"
#define HOME_ERASED  4
#define HOME_SETTING "words-of-a-setting"

struct home {
    char dir[300], db[340];
    const char *vfs;   /* NULL: real files */
    char shim_db[340]; /* its name below a vfs; an empty file of that name is there too */
    bool sealed;
    uint8_t key[32];
    int cache_kib;
    char name[24]; /* what the device calls itself */
    struct journal *j;
    row_id erase[HOME_ERASED]; /* rows that the office will erase */
};

static inline void home_folder(struct home *h, const char *name) {
    snprintf(h->dir, sizeof h->dir, "%s/%s", scratch_dir(), name);
    snprintf(h->db, sizeof h->db, "%s/lantern.db", h->dir);
    assert_int_equal(file_make_dirs(h->dir), STATUS_OK);
    log_open(path_join(&test_arena, h->dir, "lantern.log"));
}

static inline enum status home_try(struct home *h) {
    char key[400];
    snprintf(key, sizeof key, "%s.key", h->db);
    struct journal_options o = {.path = h->vfs ? h->shim_db : h->db,
                                .key_path = key,
                                .clock = clock_manual(&now),
                                .device_name = h->name,
                                .device_role = "tablet",
                                .vfs = h->vfs,
                                .cache_kib = h->cache_kib,
                                .rest_key = h->sealed ? h->key : NULL};
    return journal_open(&h->j, &o);
}

static inline void home_open(struct home *h) {
    enum status s = home_try(h);
    if (s) print_error("home: %s: %s\n", status_key(s), status_detail());
    assert_int_equal(s, STATUS_OK);
    assert_true(journal_at_rest_sealed(h->j) == h->sealed);
}

static inline void home_close(struct home *h) {
    journal_close(h->j);
    h->j = NULL;
}

/* ---- rows that say something everywhere ---- */

static inline row_id any_of(struct journal *j, const struct kind *k) {
    char *sql = arena_printf(&test_arena, "SELECT id FROM \"%s\" ORDER BY id LIMIT 1", k->name);
    return query_one_int(j, 0, sql, 0);
}

/* Longer than a page, so that it goes over several; the word stands in it many times. */
static inline void planted_blob(struct journal *j, const char *where, size_t size,
                                hash256 *name) {
    const char *word = plant(where);
    struct buf b = {0};
    while (b.size < size)
        buf_printf(&b, "%s,%zu;", word, b.size);
    assert_int_equal(blob_put(j, b.data, b.size, name), STATUS_OK);
    buf_release(&b);
}

static inline void plant_column(struct journal *j, struct row *r, const struct column *c) {
    static uint8_t some[64];
    static hash256 names[8]; /* a row borrows them until it is put */
    static int next;
    char where[60];
    snprintf(where, sizeof where, "%s.%s", r->kind->name, c->name);
    switch (c->type) {
    case COL_TEXT:
        if (planted_left() && (!c->most || c->most >= PLANTED_LETTERS))
            row_text(r, c->name, plant(where));
        else if (c->required)
            row_text(r, c->name, "x");
        break;
    case COL_HASH:
        if (!planted_left()) break;
        planted_blob(j, where, next % 2 ? 300 : 70000, &names[next % 8]);
        row_hash(r, c->name, &names[next++ % 8]);
        break;
    case COL_REF: {
        row_id to = any_of(j, c->to ? kind_by_name(c->to) : &kind_visit);
        if (to) row_ref(r, c->name, to);
        break;
    }
    case COL_WORD:
        if (c->required)
            row_text(r, c->name, arena_strndup(&test_arena, c->words, strcspn(c->words, "|")));
        break;
    case COL_BYTES:
        if (c->required) row_bytes(r, c->name, some, c->most && c->most < 32 ? c->most : 32);
        break;
    case COL_INT:
    case COL_TIME:
    case COL_DAY:
    case COL_BOOL:
        if (c->required) row_int(r, c->name, 20800);
        break;
    }
}

static inline row_id plant_row(struct journal *j, const struct kind *k) {
    struct row r = row_new(k);
    for (const struct column *c = k->columns; c->name; c++)
        plant_column(j, &r, c);
    return put(j, &r);
}

/* ---- the office's side ---- */

static const struct kind *const by_office[] = {&kind_provider, &kind_service,  &kind_area,
                                               &kind_person,   &kind_template, &kind_target,
                                               &kind_contact,  &kind_reader};

static inline struct journal *planting_office(const char *name) {
    char text[RECOVERY_TEXT_BYTES];
    struct journal *m = open_device(name, "office");
    for (size_t i = 0; i < sizeof by_office / sizeof *by_office; i++)
        plant_row(m, by_office[i]);
    assert_int_equal(office_recovery_make(m, text), STATUS_OK);
    return m;
}

static inline void home_enrol(struct home *h, struct journal *office) {
    const char *file = arena_printf(&test_arena, "first-%s.lantern", path_name(h->dir));
    struct enrol_made made = first_pack(office, plant("the tablet's name"), file);
    read_first_pack(h->j, file, made.code);
}

/* ---- the tablet's ---- */

static inline row_id planted_answer(struct home *h, const char *where) {
    struct row r = row_new(&kind_answer);
    row_ref(&r, "visit", any_of(h->j, &kind_visit));
    row_text(&r, "item", "bell-reach");
    row_text(&r, "note", plant(where));
    return put(h->j, &r);
}

static inline void planted_change(struct home *h, row_id id, const char *where) {
    struct arena a = {0};
    struct row r;
    assert_int_equal(journal_row(h->j, &kind_answer, id, &a, &r), STATUS_OK);
    row_text(&r, "note", plant(where));
    put(h->j, &r);
    arena_release(&a);
}

static inline void undone_and_withdrawn(struct home *h) {
    row_id id = planted_answer(h, "answer before an undo");
    planted_change(h, id, "answer that was undone");
    assert_int_equal(journal_begin(h->j), STATUS_OK);
    assert_int_equal(journal_revert(h->j, &kind_answer, id, id), STATUS_OK);
    assert_int_equal(journal_commit(h->j), STATUS_OK);
    id = planted_answer(h, "answer that never was");
    assert_int_equal(journal_begin(h->j), STATUS_OK);
    assert_int_equal(journal_revert(h->j, &kind_answer, id, 0), STATUS_OK);
    assert_int_equal(journal_commit(h->j), STATUS_OK);
    id = planted_answer(h, "answer that was withdrawn");
    assert_int_equal(journal_withdraw_alone(h->j, &kind_answer, id), STATUS_OK);
}

/* What somebody is typing: several steps of each, as the keyboard gives them. */
static inline void typing(struct home *h, int n) {
    for (int i = 0; i < n; i++) {
        char key[60];
        const char *word = plant("a draft");
        snprintf(key, sizeof key, "field/answer/%d/note", i);
        for (size_t to = 6; to <= strlen(word); to += 2)
            assert_int_equal(draft_put(h->j, key, word, to), STATUS_OK);
    }
    for (int order = 0; order < 2; order++) {
        uint8_t wide[2 * PLANTED_LETTERS] = {0};
        const char *word = plant(order ? "a draft in UTF-16BE" : "a draft in UTF-16LE");
        for (int i = 0; i < PLANTED_LETTERS; i++)
            wide[2 * i + order] = (uint8_t)word[i];
        assert_int_equal(draft_put(h->j, order ? "wide/be" : "wide/le", wide, sizeof wide),
                         STATUS_OK);
    }
}

static inline void settings_and_kept(struct home *h) {
    for (int i = 0; i < 6; i++)
        assert_int_equal(local_put(h->j, arena_printf(&test_arena, HOME_SETTING "-%d", i),
                                   plant("a setting")),
                         STATUS_OK);
    for (int i = 0; i < 3; i++)
        plant_kept(h->j, arena_printf(&test_arena, "kept/%d", i), plant("kept data"),
                   PLANTED_LETTERS);
    journal_hold(h->j, any_of(h->j, &kind_person));
}

static inline void every_kind(struct home *h) {
    static const enum kind_number not_here[] = {
        KIND_salt,   KIND_provider, KIND_device,   KIND_service, KIND_area,
        KIND_person, KIND_target,   KIND_template, KIND_contact, KIND_enrolment,
        KIND_reader, KIND_erase,    KIND_revoke,   KIND_seal,    KIND_confidence};
    static const struct kind *const first[] = {&kind_visit, &kind_room, &kind_danger,
                                               &kind_action};
    bool done[256] = {false};
    for (size_t i = 0; i < sizeof not_here / sizeof *not_here; i++)
        done[not_here[i]] = true;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        plant_row(h->j, first[i]);
        done[first[i]->number] = true;
    }
    for (size_t i = 0; i < kinds_count; i++)
        if (!done[kind_at(i)->number]) plant_row(h->j, kind_at(i));
}

/* All words are planted by its end. */
static inline void season(struct home *h) {
    row_id last = 0;
    every_kind(h);
    undone_and_withdrawn(h);
    typing(h, 10);
    settings_and_kept(h);
    for (int i = 0; i < HOME_ERASED; i++)
        h->erase[i] = planted_answer(h, "answer that the office erases");
    for (int i = 0; planted_left(); i++) {
        if (i % 3 == 2)
            planted_change(h, last, "another version of an answer");
        else
            last = planted_answer(h, "answer");
    }
    struct row seal = row_new(&kind_seal);
    row_ref(&seal, "visit", any_of(h->j, &kind_visit));
    row_int(&seal, "minutes", 50);
    put(h->j, &seal);
}

/* ---- between the two ---- */

static inline row_id same_row_at(struct journal *from, row_id id, struct journal *to) {
    struct log_info *logs, there;
    size_t n;
    assert_int_equal(union_logs(from, &test_arena, &logs, &n), STATUS_OK);
    for (size_t i = 0; i < n; i++)
        if (logs[i].no == ROW_LOG(id) && !union_log_by_id(to, &logs[i].id, &there))
            return ROW_ID(there.no, ROW_SEQ(id));
    return 0;
}

/* The bundle goes out, the office reads it, erases, and answers with a pack. */
static inline void there_and_back(struct home *h, struct journal *office) {
    struct erase_summary gone;
    char *out = arena_printf(&test_arena, "out-%s.lantern", path_name(h->dir));
    char *back = arena_printf(&test_arena, "back-%s.lantern", path_name(h->dir));
    assert_true(send(h->j, out).sealed);
    merge_sealed(office, out);
    for (int i = 0; i < HOME_ERASED; i++) {
        row_id row = same_row_at(h->j, h->erase[i], office);
        assert_int_equal(journal_erase(office, row, "asked for by the person", 20800, &gone),
                         STATUS_OK);
        assert_int_equal(gone.versions, 1);
    }
    pack_for(office, h->j, back);
    assert_true(read_sealed(h->j, back).erased > 0);
}

/* A tablet whose words are all planted, with its office; both stay open. */
static inline struct journal *used_tablet(struct home *h, const char *folder, uint64_t seed) {
    planted_start(seed);
    home_folder(h, folder);
    snprintf(h->name, sizeof h->name, "%s", plant("what the device calls itself"));
    struct journal *office =
        planting_office(arena_printf(&test_arena, "office-%s.db", path_name(folder)));
    home_open(h);
    home_enrol(h, office);
    season(h);
    assert_int_equal(planted.count, PLANTED_WORDS);
    return office;
}

/* ---- sealing it ---- */

/* Of a key file that lies open. */
static inline void device_key_is_secret(const struct home *h) {
    struct buf b = {0};
    uint8_t secret[64];
    assert_int_equal(file_read(path_join(&test_arena, h->dir, "lantern.db.key"), 1 << 20, &b),
                     STATUS_OK);
    char *at = strstr(buf_str(&b), "\nsecret ");
    assert_non_null(at);
    at[8 + 128] = '\0';
    assert_true(hex_read(at + 8, secret, sizeof secret));
    plant_secret("the device's key", secret, 32);
    buf_release(&b);
}

/* The first PIN of all, as the app chooses it. */
static inline enum status home_seal_try(struct home *h) {
    struct sealing *s = NULL;
    bool done = false;
    double part = 0;
    enum status st = sealing_start(&s, h->j, any_of(h->j, &kind_person), "NL", HOME_PIN);
    while (!st && !done)
        st = sealing_step(s, 20, &done, &part);
    if (st) {
        sealing_cancel(s);
        return st;
    }
    return sealing_finish(s, h->key);
}

static inline void home_seal(struct home *h) {
    enum status s = home_seal_try(h);
    if (s) print_error("sealing: %s: %s\n", status_key(s), status_detail());
    assert_int_equal(s, STATUS_OK);
    home_close(h);
    h->sealed = true;
    home_open(h);
}

/* The lock page: sealed (with the key, by PIN) or open, as the file says itself. */
static inline void home_find(struct home *h) {
    struct vault *v = NULL;
    struct clock c = clock_manual(&now);
    enum status s = vault_open(&v, h->vfs ? h->shim_db : h->db, h->vfs, &c);
    h->sealed = s == STATUS_OK;
    if (s == STATUS_NOT_FOUND) return;
    if (s) print_error("vault: %s: %s\n", status_key(s), status_detail());
    assert_int_equal(s, STATUS_OK);
    const struct vault_person *people;
    int last;
    assert_int_equal(vault_people(v, &people, &last), 1);
    assert_string_equal(people[0].label, "NL");
    assert_int_equal(vault_try(v, people[0].slot, HOME_PIN, h->key), STATUS_OK);
    vault_close(v);
}

#endif
