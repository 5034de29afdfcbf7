/* confide_hand.h -- Heard something and Saw something as they stand on a tablet that can lock:
 * readers named by the office, and models that say "sealed". */
#ifndef TESTS_CONFIDE_HAND_H
#define TESTS_CONFIDE_HAND_H

#include "screen_bench.h"

#include "base/keys.h"
#include "model/heard_load.h"
#include "model/heard_model.h"
#include "model/saw_load.h"
#include "model/saw_model.h"
#include "screen/heard_pieces.h"
#include "screen/saw_pieces.h"

static bool bench_sealed = true, bench_sample, bench_notes;

static inline row_id add_reader(const char *code, const char *label, bool provider,
                                uint8_t secret[KEY_BYTES]) {
    uint8_t key[KEY_BYTES];
    struct row r = row_new(&kind_reader);
    key_pair(key, secret);
    row_text(&r, "code", code);
    row_text(&r, "label", label);
    row_bytes(&r, "key", key, sizeof key);
    row_int(&r, "provider", provider);
    assert_int_equal(journal_put_alone(world.j, &r), STATUS_OK);
    return r.id;
}

static inline void end_reader(row_id id) {
    struct row r;
    assert_int_equal(journal_row(world.j, &kind_reader, id, &world.memory, &r), STATUS_OK);
    row_int(&r, "ended", 1);
    assert_int_equal(journal_put_alone(world.j, &r), STATUS_OK);
}

static inline void as_on_the_bench(struct confide_model *m) {
    static const struct confide_note notes[] = {
        {.row = 1,
         .reader = "Nominated individual",
         .about = "staff_said",
         .text = "We are told to sign for turns that nobody did.",
         .answer_how = "By letter to my sister’s",
         .role = "",
         .from = "",
         .until = "",
         .break_asked = "",
         .they_said = "",
         .witness = "",
         .day = 20779},
        {.row = 2,
         .reader = "Nominated individual",
         .about = "worker_conduct",
         .text = "Asleep in the lounge chair under a blanket, the bell ringing.",
         .answer_how = "",
         .role = "",
         .from = "02:10",
         .until = "02:35",
         .break_asked = "I asked: no",
         .they_said = "I only closed my eyes.",
         .witness = "The other night carer",
         .day = 20779}};
    m->sealed = bench_sealed;
    m->sample = bench_sample;
    if (bench_notes) m->notes = notes, m->notes_count = 2;
}

static inline enum status heard_load_here(const struct load_context *c, struct arena *a,
                                          const void **out) {
    enum status s = heard_load(c, a, out);
    if (s) return s;
    struct heard_model *m = arena_copy(a, *out, sizeof *m);
    as_on_the_bench(&m->confide);
    *out = m;
    return s;
}

static inline enum status saw_load_here(const struct load_context *c, struct arena *a,
                                        const void **out) {
    enum status s = saw_load(c, a, out);
    if (s) return s;
    struct saw_model *m = arena_copy(a, *out, sizeof *m);
    as_on_the_bench(&m->confide);
    *out = m;
    return s;
}

static inline void say(struct bench *b, const char *screen, const char *field,
                       const char *text) {
    char key[160];
    snprintf(key, sizeof key, "confide/%lld/%s/0/%s", (long long)journal_holder(world.j),
             screen, field);
    ui_field_set(b->ui, key, text);
    frames(b, 2);
}

static inline const char *typed(struct bench *b, const char *screen, const char *field) {
    char key[160];
    snprintf(key, sizeof key, "confide/%lld/%s/0/%s", (long long)journal_holder(world.j),
             screen, field);
    const char *text = ui_field_text(b->ui, key);
    return text ? text : "";
}

/* A whole page at once, for people to look at. */
static inline void tall_shots(const struct screen *screen, loader load, const char *name,
                              void (*prepare)(struct bench *b)) {
    static const struct look tall[] = {{"tablet", 1280, 1700, 1, false},
                                       {"night", 1280, 1700, 1, true},
                                       {"phone", 390, 2600, 1, true},
                                       {"phone-large", 390, 4600, 2, false}};
    for (size_t i = 0; i < sizeof tall / sizeof tall[0]; i++) {
        const struct look *l = &tall[i];
        char what[96];
        snprintf(what, sizeof what, "tall-%s-%s", name, l->name);
        struct bench *b = bench_open(screen, load, (struct place){.screen = SCREEN_heard}, l->w,
                                     l->h, l->night, l->text);
        frames(b, 2);
        prepare(b);
        frames(b, 3);
        shot(b, what);
        check_things(b, what);
        bench_close(b);
    }
}

#endif
