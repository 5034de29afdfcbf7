/* test_screen_evidence.c -- photos and voice notes where they belong: at a question, with what
 * was seen, at an action's place, in a past check, and before the person in charge.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "base/hash.h"
#include "model/action_load.h"
#include "model/check_load.h"
#include "model/evidence_load.h"
#include "model/saw_load.h"
#include "model/show_load.h"
#include "model/walk_load.h"
#include "model/walk_model.h"
#include "photo_room.h"
#include "screen/evidence_to.h"

#define CORD    "Cord wound round the lamp"
#define STAFFED "Nobody at the desk"

static uint32_t px[ROOM_W * ROOM_H], later_px[ROOM_W * ROOM_H];
static const struct ui_image picture = {px, ROOM_W, ROOM_H, 2000001},
                             later = {later_px, ROOM_W, ROOM_H, 2000002};
static hash256 of_later;
static row_id visit, action, finding_photo;

static const struct ui_image *image(void *ctx, const hash256 *name, float longest) {
    (void)ctx, (void)longest;
    return memcmp(name, &of_later, sizeof of_later) == 0 ? &later : &picture;
}

static void fill(struct scene *s) {
    s->image = image;
    s->voice.microphone = s->voice.speaker = true;
}

static hash256 bytes_of(const char *text) {
    hash256 h;
    assert_int_equal(blob_put(world.j, text, strlen(text), &h), STATUS_OK);
    return h;
}

struct put {
    row_id visit, to, room, before;
    const char *item, *sort, *caption, *bytes;
};

static row_id put(const struct put *p) {
    struct row r = row_new(&kind_attachment);
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    hash256 h = bytes_of(p->bytes);
    row_ref(&r, "visit", p->visit);
    row_ref(&r, "to", p->to);
    row_ref(&r, "before", p->before);
    row_hash(&r, "hash", &h);
    if (text_equal(p->sort, "photo")) row_hash(&r, "thumb", &h);
    row_text(&r, "sort", p->sort);
    row_text(&r, "caption", p->caption);
    row_text(&r, "item", p->item);
    row_int(&r, "width", ROOM_W);
    row_int(&r, "height", ROOM_H);
    if (text_equal(p->sort, "voice")) row_int(&r, "ms", 12000);
    row_int(&r, "size", 24000);
    row_int(&r, "taken", NIGHT_MS - 60000);
    assert_int_equal(journal_put(world.j, &r), STATUS_OK);
    assert_int_equal(journal_commit(world.j), STATUS_OK);
    return r.id;
}

static row_id answer(const char *item, const char *word, const char *note) {
    struct row a = row_new(&kind_answer);
    const struct template *form = form_of(&world, visit);
    const struct item *i = template_item(form, item);
    assert_non_null(i);
    row_ref(&a, "visit", visit);
    row_text(&a, "item", item);
    for (int k = 0; k < i->parts_count; k++)
        if (i->parts[k].kind == PART_MET) row_text(&a, "part", i->parts[k].id);
    row_text(&a, "word", word);
    row_text(&a, "note", note);
    assert_int_equal(journal_put_alone(world.j, &a), STATUS_OK);
    return a.id;
}

static row_id observation(const char *text) {
    struct row o = row_new(&kind_observation);
    row_ref(&o, "visit", visit);
    row_ref(&o, "service", world.service);
    row_text(&o, "text", text);
    row_text(&o, "statement", "SAF-S5");
    assert_int_equal(journal_put_alone(world.j, &o), STATUS_OK);
    return o.id;
}

/* A draft as app/evidence.c writes it. */
static void wait_for_saw(const char *caption) {
    hash256 h = bytes_of("waits");
    char *key =
        arena_printf(&world.memory, "%s1", evidence_draft_prefix(&world.memory, "saw", 0, ""));
    char *hex = hex_of(&world.memory, h.b, sizeof h.b);
    char *json = arena_printf(&world.memory,
                              "{\"sort\":\"photo\",\"hash\":\"%s\",\"thumb\":\"%s\","
                              "\"caption\":\"%s\",\"taken\":%lld,\"width\":640,\"height\":480}",
                              hex, hex, caption, (long long)NIGHT_MS);
    assert_int_equal(draft_put(world.j, key, json, strlen(json)), STATUS_OK);
}

static int build(void **state) {
    room_paint(px, 0, 0xA9A294);
    room_paint(later_px, 10, 0x9CA29A);
    if (build_world(state)) return 1;
    visit = one("SELECT id FROM visit ORDER BY hlc DESC LIMIT 1");
    action =
        one("SELECT a.id FROM action a WHERE a.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM "
            "step s WHERE s.action = a.id AND s.sort <> 'update') LIMIT 1");
    assert_true(visit && action);
    answer("N41", "not_met", "Chairs in the way out");
    answer("N07", "not_met", STAFFED);
    finding_photo = put(&(struct put){
        .visit = visit, .item = "N41", .sort = "photo", .caption = CORD, .bytes = "one"});
    put(&(struct put){.visit = visit, .item = "N41", .sort = "photo", .bytes = "two"});
    put(&(struct put){.visit = visit, .item = "N41", .sort = "voice", .bytes = "three"});
    put(&(struct put){
        .visit = visit, .item = "N07", .sort = "photo", .caption = STAFFED, .bytes = "four"});
    row_id seen = observation("The lamp cord lies across the way");
    put(&(struct put){
        .visit = visit, .to = seen, .sort = "photo", .caption = "The cord", .bytes = "five"});
    row_id before = put(
        &(struct put){.to = action, .sort = "photo", .caption = "As found", .bytes = "six"});
    row_id after =
        put(&(struct put){.to = action, .before = before, .sort = "photo", .bytes = "seven"});
    assert_true(after != 0);
    of_later = hash_of("seven", 5);
    return 0;
}

static struct bench *open_filled(const struct screen *screen, loader load, struct place p) {
    struct bench *b = bench_open(screen, load, p, 1280, 6000, true, 1);
    b->fill = fill;
    frames(b, 3);
    return b;
}

static void filled(struct bench *b) {
    b->fill = fill;
}

/* ---- the walk ---- */

static struct place at_item(const char *item) {
    struct place p = {.screen = SCREEN_walk, .row = visit};
    text_copy(p.word, sizeof p.word, item);
    return p;
}

static void a_finding_shows_what_there_is(void **state) {
    (void)state;
    struct bench *b = open_filled(&screen_walk, walk_load, at_item("N41"));
    assert_non_null(find(b, "button", "Photo · 2"));
    assert_non_null(find(b, "image", CORD));
    tap(b, "button", "Photo · 2");
    struct evidence_to to = evidence_of_place(&b->last.to);
    assert_int_equal(b->last.to.screen, SCREEN_camera);
    assert_int_equal(to.what, EVIDENCE_ITEM);
    assert_int_equal(to.visit, visit);
    assert_string_equal(to.item, "N41");
    tap(b, NULL, "Open: " CORD);
    assert_int_equal(b->last.to.screen, SCREEN_picture);
    assert_int_equal(b->last.to.row, finding_photo);
    bench_close(b);
    look_at(&screen_walk, walk_load, at_item("N41"), "evidence-walk", filled);
}

/* Where nothing is wrong, one sign leads there, or the help. */
static void every_question_can_have_one(void **state) {
    (void)state;
    struct bench *b = open_filled(&screen_walk, walk_load, at_item("N41"));
    const struct ui_thing *t;
    size_t n = ui_things(b->ui, &t);
    int signs = 0, helps = 0;
    for (size_t i = 0; i < n; i++) {
        signs += text_equal(t[i].name, "Photo") && t[i].tappable;
        helps += text_equal(t[i].name, "How to look at this");
    }
    assert_true(signs > 3 && signs == helps - 1); /* all but the finding */
    tap(b, NULL, "Photo");
    assert_int_equal(b->last.to.screen, SCREEN_camera);
    bench_close(b);
    b = bench_open(&screen_walk, walk_load, at_item(""), 390, 6000, true, 1);
    b->fill = fill;
    frames(b, 3);
    tap(b, NULL, "How to look at this");
    frames(b, 2);
    tap(b, "button", "Photo");
    assert_int_equal(b->last.to.screen, SCREEN_camera);
    bench_close(b);
}

/* ---- Saw something ---- */

static void a_photo_waits_with_the_words(void **state) {
    (void)state;
    wait_for_saw("Trolley");
    struct bench *b = open_filled(&screen_saw, saw_load, (struct place){.screen = SCREEN_saw});
    assert_non_null(find(b, "button", "Photo · 1"));
    tap(b, "button", "Where?");
    frames(b, 2);
    tap(b, "button", "Willow lounge");
    frames(b, 2);
    tap(b, "button", "Photo · 1");
    struct evidence_to to = evidence_of_place(&b->last.to);
    assert_int_equal(to.what, EVIDENCE_SAW);
    assert_int_equal(to.row, one("SELECT id FROM area WHERE name = 'Willow lounge'"));
    tap(b, "button", "Concern");
    frames(b, 2);
    tap(b, "button", "Keep"); /* a photo says enough */
    const struct observe_intent *o = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_observe);
    assert_string_equal(o->text, "See the photo.");
    tap(b, NULL, "Take this photo away");
    const struct evidence_remove_intent *gone = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_evidence_remove);
    assert_int_equal(gone->number, 1);
    assert_int_equal(gone->to.what, EVIDENCE_SAW);
    bench_close(b);
    look_at(&screen_saw, saw_load, (struct place){.screen = SCREEN_saw}, "evidence-saw",
            filled);
}

/* About one worker nothing of it goes along, nor stays behind unseen. */
static void no_photo_of_one_worker(void **state) {
    (void)state;
    struct bench *b = open_filled(&screen_saw, saw_load, (struct place){.screen = SCREEN_saw});
    tap(b, "toggle", "This is about how one worker behaved");
    frames(b, 3);
    assert_null(find(b, "button", "Photo · 1"));
    assert_non_null(
        find(b, "label", "A photo cannot go with words about one worker. Take it away first."));
    assert_non_null(find(b, NULL, "Take this photo away"));
    bench_close(b);
}

/* ---- one action ---- */

static void the_pair_lies_side_by_side(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_action, .row = action};
    struct bench *b = open_filled(&screen_action, action_load, p);
    const struct ui_thing *was = find(b, "label", "As it was"),
                          *is = find(b, "label", "As it is");
    assert_non_null(was);
    assert_non_null(is);
    assert_true(was->r.x < is->r.x && was->r.y == is->r.y);
    tap(b, "button", "Photo like the first one");
    struct evidence_to to = evidence_of_place(&b->last.to);
    assert_int_equal(to.what, EVIDENCE_AFTER);
    assert_int_equal(to.row, action);
    bench_close(b);
    look_at(&screen_action, action_load, p, "evidence-action", filled);
}

/* Said to be done: on the walk the old photo is there, and leads to one from the same spot. */
static void what_is_said_to_be_done_shows_its_place(void **state) {
    (void)state;
    struct row x = row_new(&kind_action), said = row_new(&kind_step);
    row_ref(&x, "service", world.service);
    row_text(&x, "reference", "T1");
    row_text(&x, "different", "The way out is clear");
    row_text(&x, "template", "NIGHT");
    row_text(&x, "item", "N41");
    assert_int_equal(journal_put_alone(world.j, &x), STATUS_OK);
    row_id photo =
        put(&(struct put){.to = x.id, .sort = "photo", .caption = "Chairs", .bytes = "eight"});
    row_ref(&said, "action", x.id);
    row_text(&said, "sort", "said_done");
    assert_int_equal(journal_put_alone(world.j, &said), STATUS_OK);
    struct bench *b = open_filled(&screen_walk, walk_load, at_item("N41"));
    tap(b, "button", "Photo like the first one");
    struct evidence_to to = evidence_of_place(&b->last.to);
    assert_int_equal(to.what, EVIDENCE_AFTER);
    assert_int_equal(to.row, x.id);
    assert_int_equal(to.visit, visit);
    tap(b, NULL, "Open: Chairs");
    assert_int_equal(b->last.to.row, photo);
    bench_close(b);
}

/* ---- read again ---- */

static void a_past_check_shows_everything(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_check, .row = visit};
    struct bench *b = open_filled(&screen_check, check_load, p);
    assert_non_null(find(b, "image", CORD));
    assert_non_null(find(b, "image", STAFFED));
    assert_non_null(find(b, "image", "The cord"));
    assert_non_null(find(b, NULL, "Play"));
    bench_close(b);
    look_at(&screen_check, check_load, p, "evidence-check", filled);
}

/* The person in charge sees the photos of findings; nothing about workers, and no voice. */
static void the_person_in_charge_sees_photos(void **state) {
    (void)state;
    struct place p = {.screen = SCREEN_show, .row = visit};
    struct bench *b = open_filled(&screen_show, show_load, p);
    assert_non_null(find(b, "image", CORD));
    assert_non_null(find(b, "image", "The cord"));
    assert_null(find(b, "image", STAFFED));
    assert_null(find(b, NULL, "Open: " CORD));
    assert_null(find(b, NULL, "Play"));
    bench_close(b);
    look_at(&screen_show, show_load, p, "evidence-show", filled);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_shows_what_there_is),
        cmocka_unit_test(every_question_can_have_one),
        cmocka_unit_test(a_photo_waits_with_the_words),
        cmocka_unit_test(no_photo_of_one_worker),
        cmocka_unit_test(the_pair_lies_side_by_side),
        cmocka_unit_test(what_is_said_to_be_done_shows_its_place),
        cmocka_unit_test(a_past_check_shows_everything),
        cmocka_unit_test(the_person_in_charge_sees_photos),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen evidence", tests, build, end_world);
}
