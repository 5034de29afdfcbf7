/* office_hand.h -- what the tests of the office's commands share: a master and a tablet that it
 * has enrolled, commands run in this process, and what they print. */
#ifndef TESTS_OFFICE_HAND_H
#define TESTS_OFFICE_HAND_H

#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"
#include "office/office.h"
#include "office/tablet_pack.h"
#include "store/query.h"
#include "store/union.h"
#include "sync/enrol.h"

#define PRINTED_MAX (64 * 1024 * 1024)

static struct arena memory;
static struct office office;
static struct clock_manual hand_clock = {.wall_ms = 1795867200000LL, .boot_ms = 1};

static inline void must(enum status s) {
    if (s) fail_msg("%s: %s", status_key(s), status_detail());
}

/* Opened as the commands open it: keys in DB.keys, not sealed at rest. */
static inline struct journal *hand_open(const char *path, const char *role) {
    struct journal *j = NULL;
    must(journal_open(
        &j, &(struct journal_options){.path = path,
                                      .key_path = arena_printf(&memory, "%s.keys", path),
                                      .clock = clock_manual(&hand_clock),
                                      .device_name = role,
                                      .device_role = role}));
    return j;
}

static inline row_id put(struct journal *j, struct row *r) {
    must(journal_put_alone(j, r));
    return r->id;
}

static inline void hand_setup(void) {
    log_open("/dev/null");
    key_lock_weakly_for_tests();
    office = (struct office){.clock = clock_manual(&hand_clock), .assets = "assets"};
    must(words_load(&office.words, "assets/words/en"));
}

static inline void hand_teardown(void) {
    words_close(office.words);
    arena_release(&office.arena);
    arena_release(&memory);
}

/* Runs a command; gives its exit status, and what it printed on both outputs in *out. */
static inline int said_by(int (*command)(struct office *, int, char **), const char *name,
                          const char *const *argv, struct buf *out) {
    const char *file = arena_printf(&memory, "%s/printed", scratch_dir());
    int n = 0, kept[2] = {0};
    while (argv[n])
        n++;
    fflush(stdout);
    fflush(stderr);
    int fd = open(file, O_RDWR | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    for (int i = 0; i < 2; i++) {
        kept[i] = dup(i + 1);
        assert_true(dup2(fd, i + 1) >= 0);
    }
    office.command = name;
    office.json = false;
    int result = command(&office, n, (char **)(uintptr_t)argv);
    fflush(stdout);
    fflush(stderr);
    for (int i = 0; i < 2; i++) {
        dup2(kept[i], i + 1);
        close(kept[i]);
    }
    close(fd);
    buf_release(out);
    *out = (struct buf){0};
    must(file_read(file, PRINTED_MAX, out));
    buf_str(out);
    return result;
}
#define RUN(out, name, ...) \
    said_by(office_##name, #name, (const char *const[]){__VA_ARGS__, NULL}, out)

static inline bool holds(const struct buf *b, const void *p, size_t n) {
    return b->size >= n && memmem(b->data, b->size, p, n) != NULL;
}
static inline bool says(const struct buf *b, const char *words) {
    return holds(b, words, strlen(words));
}

/* ---- a tablet and its office ---- */

static inline void hand_pack(struct journal *m, struct journal *tablet, const char *name,
                             const char *path) {
    struct belonging *b = NULL;
    struct export_summary sum;
    struct merge_summary merged;
    struct enrolment e;
    uint8_t key[KEY_BYTES];
    must(belonging_find(&office, m, &b));
    must(enrol_find(m, &memory, name, &e));
    assert_true(e.claimed && key_of_signer(e.key, key));
    must(tablet_pack_write(
        &office, m, b,
        &(struct tablet_pack){
            .path = path, .tablet = name, .services = e.services, .seal_to = key},
        &sum));
    must(merge_file(tablet, &(struct merge_options){.path = path, .tablet = true}, &merged));
}

static inline void hand_send(struct journal *tablet, struct journal *m, const char *path) {
    struct export_summary sum;
    struct merge_summary merged;
    must(export_all(tablet, &(struct export_options){.path = path}, &sum));
    must(merge_file(m, &(struct merge_options){.path = path}, &merged));
}

static inline void hand_enrol(struct journal *m, struct journal *tablet, const char *name,
                              const char *file) {
    struct belonging *b = NULL;
    struct enrol_made made;
    struct export_summary sum;
    struct merge_summary merged;
    const char *back = arena_printf(&memory, "%s-back", file);
    must(belonging_find(&office, m, &b));
    must(enrol_new(m, name, NULL, "", &made));
    must(tablet_pack_write(&office, m, b,
                           &(struct tablet_pack){.path = file,
                                                 .tablet = name,
                                                 .services = "",
                                                 .code = made.code,
                                                 .token = made.token},
                           &sum));
    must(merge_file(tablet,
                    &(struct merge_options){.path = file, .tablet = true, .code = made.code},
                    &merged));
    hand_send(tablet, m, back);
}

#endif
