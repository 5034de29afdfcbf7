/* test_screen_camera.c -- a photo: what must be said before there is a button to take one, the
 * preview, marks, the folders, and keeping it.
 * needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include <math.h>

#include "model/camera_load.h"
#include "photo_room.h"
#include "screen/camera_pieces.h"

static uint32_t live_px[ROOM_W * ROOM_H], old_px[ROOM_W * ROOM_H];
static struct ui_image live_image = {live_px, ROOM_W, ROOM_H, 1000001};
static struct ui_image old_image = {old_px, ROOM_W, ROOM_H, 1000002};
static struct scene now; /* what the app would say of shot and camera */
static const char *const names[] = {"Back camera", "Front camera"};

static const struct ui_image *image(void *ctx, const hash256 *name, float longest) {
    (void)ctx, (void)longest;
    return hash_is_zero(name) ? NULL : &old_image;
}

static void fill(struct scene *s) {
    s->shot = now.shot;
    s->camera = now.camera;
    s->room_state = now.room_state;
    s->image = image;
}

static void with_camera(void) {
    now = (struct scene){.camera = {.state = CAMERA_LIVE,
                                    .live = &live_image,
                                    .names = names,
                                    .count = 2,
                                    .problem = ""}};
}

static void with_shot(void) {
    with_camera();
    now.shot = (struct shot_scene){
        .state = SHOT_READY, .image = &live_image, .marks = 1, .problem = ""};
}

/* ---- places ---- */

static row_id visit_now(void) {
    return one("SELECT id FROM visit ORDER BY hlc DESC LIMIT 1");
}

static row_id put_room(const char *sort) {
    struct query q;
    row_id area = 0;
    query_open(&q, world.j, "SELECT id FROM area WHERE service = ?1 AND sort = ?2", 1,
               world.service);
    query_bind_text(&q, 2, sort);
    if (query_next(&q)) area = query_int(&q, 0);
    assert_int_equal(query_close(&q), STATUS_OK);
    assert_true(area != 0);
    struct row r = row_new(&kind_room);
    row_ref(&r, "visit", visit_now());
    row_ref(&r, "area", area);
    row_text(&r, "section", "rooms");
    assert_int_equal(journal_put_alone(world.j, &r), STATUS_OK);
    return r.id;
}

static struct place at(enum evidence_for what, row_id visit, row_id row, const char *item) {
    struct evidence_to to = {.what = (int32_t)what, .visit = visit, .row = row};
    text_copy(to.item, sizeof to.item, item);
    return evidence_place(SCREEN_camera, &to);
}

static struct place in_lounge(void) {
    static row_id room;
    if (!room) room = put_room("lounge");
    return at(EVIDENCE_ITEM, visit_now(), room, "N07");
}

static struct place in_bedroom(void) {
    static row_id room;
    if (!room) room = put_room("room");
    return at(EVIDENCE_ITEM, visit_now(), room, "N07");
}

static row_id put_photo(row_id visit, row_id to, const char *sort) {
    static uint8_t n;
    struct row r = row_new(&kind_attachment);
    uint8_t bytes[] = {1, 2, ++n};
    hash256 h;
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    assert_int_equal(blob_put(world.j, bytes, sizeof bytes, &h), STATUS_OK);
    row_ref(&r, "visit", visit);
    row_ref(&r, "to", to);
    row_hash(&r, "hash", &h);
    row_hash(&r, "thumb", &h);
    row_text(&r, "sort", sort);
    assert_int_equal(journal_put(world.j, &r), STATUS_OK);
    assert_int_equal(journal_commit(world.j), STATUS_OK);
    return r.id;
}

static struct bench *open_at(struct place p) {
    struct bench *b = bench_open(&screen_camera, camera_load, p, 1280, 800, true, 1);
    b->fill = fill;
    frames(b, 3);
    return b;
}

static void none_to_take(struct bench *b) {
    assert_null(find(b, "button", "Take the photo"));
    assert_null(find(b, "button", "From a file"));
    assert_null(find(b, "image", "What the camera sees"));
}

/* ---- rules ---- */

static void the_reminder_comes_first(void **state) {
    (void)state;
    with_camera();
    struct bench *b = open_at(in_lounge());
    none_to_take(b);
    assert_non_null(find(b, "label", "No people, no names"));
    assert_null(find(b, "button", "Nobody is in this room"));
    tap(b, "button", "I understand");
    frames(b, 2);
    tap(b, "button", "Take the photo");
    assert_int_equal(b->last.kind, INTENT_photo_take);
    bench_close(b);
}

static void in_a_bedroom_nobody_first(void **state) {
    (void)state;
    with_camera();
    struct bench *b = open_at(in_bedroom());
    none_to_take(b);
    assert_null(find(b, "button", "I understand")); /* one tap answers both */
    tap(b, "button", "Somebody is here");
    frames(b, 2);
    none_to_take(b);
    assert_non_null(find(b, "label", "Then no photo now"));
    tap(b, "button", "The room is empty now");
    frames(b, 2);
    none_to_take(b);
    tap(b, "button", "Nobody is in this room");
    frames(b, 2);
    assert_non_null(find(b, "button", "Take the photo"));
    with_shot();
    frames(b, 2);
    tap(b, "button", "Keep photo");
    const struct photo_intent *p = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_photo_keep);
    assert_true(p->nobody);
    assert_int_equal(p->to.what, EVIDENCE_ITEM);
    assert_int_equal(p->to.row, in_bedroom().other);
    assert_string_equal(p->to.item, "N07");
    with_camera();
    b->boot += 6 * 60000; /* it was said some time ago: rooms fill again */
    frames(b, 2);
    none_to_take(b);
    bench_close(b);
}

/* A question that stands in no room is often about bedrooms; a photo by the way as well. */
static void an_unknown_place_is_asked_for(void **state) {
    (void)state;
    with_camera();
    struct bench *b = open_at(at(EVIDENCE_ITEM, visit_now(), 0, "N07"));
    none_to_take(b);
    tap(b, "button", "Not in a bedroom");
    frames(b, 2);
    assert_non_null(find(b, "button", "Take the photo"));
    with_shot();
    frames(b, 2);
    tap(b, "button", "Keep photo");
    assert_false(((const struct photo_intent *)b->last.detail)->nobody);
    bench_close(b);
}

static void once_a_check(void **state) {
    (void)state;
    with_camera();
    put_photo(visit_now(), 0, "photo");
    struct bench *b = open_at(in_lounge());
    assert_non_null(find(b, "button", "Take the photo"));
    bench_close(b);
    b = open_at(in_bedroom()); /* the reminder is over; the bedroom is not */
    none_to_take(b);
    assert_null(find(b, "label", "No people, no names"));
    bench_close(b);
}

/* ---- the camera ---- */

static struct bench *ready(void) {
    struct bench *b = open_at(in_lounge());
    if (find(b, "button", "I understand")) tap(b, "button", "I understand");
    frames(b, 2);
    return b;
}

static void cameras_come_and_go(void **state) {
    (void)state;
    with_camera();
    struct bench *b = ready();
    tap(b, "button", "Other camera");
    assert_int_equal(b->last.kind, INTENT_camera_choose);
    assert_int_equal(b->last.number, 1);
    now.camera = (struct camera_scene){.state = CAMERA_LOST, .problem = "The camera is gone."};
    frames(b, 2);
    assert_null(find(b, "button", "Take the photo"));
    assert_non_null(find(b, "label", "The camera is gone."));
    tap(b, "button", "Try again");
    assert_int_equal(b->last.kind, INTENT_camera_again);
    now.camera = (struct camera_scene){.state = CAMERA_NONE, .problem = ""};
    frames(b, 2);
    assert_non_null(find(b, "button", "From a file"));
    with_camera();
    now.room_state = ROOM_NONE;
    frames(b, 2);
    none_to_take(b);
    tap(b, "button", "Free some space");
    assert_int_equal(b->last.to.screen, SCREEN_settings);
    bench_close(b);
    b = open_at(in_bedroom()); /* and nobody is asked about the room beforehand */
    frames(b, 2);
    assert_null(find(b, "button", "Nobody is in this room"));
    assert_non_null(find(b, "button", "Free some space"));
    bench_close(b);
}

/* ---- the shot ---- */

static void marks_are_parts_of_the_picture(void **state) {
    (void)state;
    with_shot();
    struct bench *b = ready();
    tap(b, "button", "Cover up");
    frames(b, 2);
    const struct ui_thing *t = find(b, "stroke", "Draw on the photo");
    if (!t) t = find(b, NULL, "Draw on the photo");
    assert_non_null(t);
    rect r = t->r;
    finger(b, SDL_FINGERDOWN, r.x + r.w * 0.25F, r.y + r.h * 0.5F);
    frame(b);
    finger(b, SDL_FINGERMOTION, r.x + r.w * 0.5F, r.y + r.h * 0.5F);
    frame(b);
    finger(b, SDL_FINGERMOTION, r.x + r.w * 0.75F, r.y + r.h * 0.5F);
    frame(b);
    memset(&b->last, 0, sizeof b->last);
    finger(b, SDL_FINGERUP, r.x + r.w * 0.75F, r.y + r.h * 0.5F);
    for (int i = 0; i < 3 && !frame(b).kind; i++)
        ;
    const struct mark_intent *m = b->last.detail;
    assert_int_equal(b->last.kind, INTENT_photo_mark);
    assert_int_equal(m->sort, 3); /* PICTURE_COVER */
    assert_true(m->count >= 2);
    assert_true(fabsf(m->points[0] - 0.25F) < 0.02F && fabsf(m->points[1] - 0.5F) < 0.02F);
    assert_true(fabsf(m->points[2 * m->count - 2] - 0.75F) < 0.02F);
    tap(b, "button", "Undo the last mark");
    assert_int_equal(b->last.kind, INTENT_photo_unmark);
    bench_close(b);
}

static void leaving_asks_for_a_word(void **state) {
    (void)state;
    with_shot();
    struct bench *b = ready();
    tap(b, "button", "Close");
    assert_int_equal(b->last.kind, INTENT_none);
    frames(b, 2);
    tap(b, "button", "Do not keep it");
    assert_int_equal(b->last.kind, INTENT_photo_drop);
    assert_true(b->last.back_after);
    frames(b, 2);
    tap(b, "button", "Again");
    assert_int_equal(b->last.kind, INTENT_photo_drop);
    assert_false(b->last.back_after);
    bench_close(b);
}

/* ---- files ---- */

/* The folder that the picker shows comes with the model. */
static const char *with_pictures(void) {
    const char *dir = scratch("Pictures");
    static const char *const made[] = {"Door.JPG", "cord.png", "notes.txt", ".hidden.jpg"};
    assert_int_equal(file_make_dirs(path_join(&world.memory, dir, "Evening")), STATUS_OK);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            file_write(path_join(&world.memory, dir, made[i]), "0123456789", 10, 0600),
            STATUS_OK);
    return dir;
}

static void only_pictures_are_offered(void **state) {
    (void)state;
    const char *dir = with_pictures();
    struct arena *a = &world.memory;
    const char *deeper = path_join(a, dir, "Evening");
    struct place p = in_lounge();
    struct load_context c = context(NIGHT_MS, &p);
    c.folder = dir;
    const void *out;
    assert_int_equal(camera_load(&c, a, &out), STATUS_OK);
    const struct camera_model *m = out;
    assert_int_equal(m->files_count, 3);
    assert_string_equal(m->files[0].name, "Evening");
    assert_true(m->files[0].folder);
    assert_string_equal(m->files[1].name, "Door.JPG");
    assert_int_equal(m->files[1].size, 10);
    with_camera();
    struct bench *b = ready();
    b->model = m;
    tap(b, "button", "From a file");
    frames(b, 3);
    tap(b, "button", "Evening");
    assert_int_equal(b->last.kind, INTENT_photo_browse);
    assert_string_equal(b->last.text, deeper);
    tap(b, "button", "One folder up");
    assert_int_equal(b->last.kind, INTENT_photo_browse);
    tap(b, "button", "cord.png");
    assert_int_equal(b->last.kind, INTENT_photo_file);
    assert_string_equal(b->last.text, path_join(a, dir, "cord.png"));
    bench_close(b);
}

/* ---- how it looks ---- */

static void go_on(struct bench *b) {
    struct camera_state *st = (struct camera_state *)(void *)b->state;
    b->fill = fill;
    st->understood = 1;
    frames(b, 2);
}

static void only_fill(struct bench *b) {
    b->fill = fill;
}

static void draw_an_arrow(struct bench *b) {
    go_on(b);
    frames(b, 2);
    const struct ui_thing *t = find(b, NULL, "Look closer at the photo");
    if (t && find(b, "button", "Arrow")) tap(b, "button", "Arrow");
}

static void pick_a_file(struct bench *b) {
    struct load_context c = context(b->now, &b->place);
    c.folder = with_pictures();
    assert_int_equal(camera_load(&c, &world.screen, &b->model), STATUS_OK);
    go_on(b);
    frames(b, 2);
    tap(b, "button", "From a file");
}

static void camera_looks(void **state) {
    (void)state;
    with_camera();
    look_at(&screen_camera, camera_load, in_lounge(), "camera", go_on);
    look_at(&screen_camera, camera_load, in_lounge(), "camera-files", pick_a_file);
    look_at(&screen_camera, camera_load, in_bedroom(), "camera-bedroom", only_fill);
    look_at(&screen_camera, camera_load, at(EVIDENCE_SAW, 0, 0, ""), "camera-before",
            only_fill);
    with_shot();
    look_at(&screen_camera, camera_load, in_lounge(), "camera-shot", draw_an_arrow);
    now.camera.state = CAMERA_LOST;
    now.shot.state = SHOT_NONE;
    look_at(&screen_camera, camera_load, in_lounge(), "camera-lost", go_on);
    with_camera();
    now.room_state = ROOM_NONE;
    look_at(&screen_camera, camera_load, in_lounge(), "camera-full", go_on);
}

static void the_old_picture_lies_over_it(void **state) {
    (void)state;
    row_id action = one("SELECT id FROM action WHERE withdrawn = 0 LIMIT 1");
    put_photo(0, action, "photo");
    with_camera();
    struct place p = at(EVIDENCE_AFTER, 0, action, "");
    struct bench *b = open_at(p);
    if (find(b, "button", "Not in a bedroom")) tap(b, "button", "Not in a bedroom");
    if (find(b, "button", "Nobody is in this room")) tap(b, "button", "Nobody is in this room");
    frames(b, 3);
    shot(b, "camera-after");
    assert_non_null(find(b, "image", "The first photo, laid over it"));
    tap(b, "toggle", "First photo on top");
    frames(b, 2);
    assert_null(find(b, "image", "The first photo, laid over it"));
    bench_close(b);
}

static int build(void **state) {
    room_paint(live_px, 0, 0xC9C2B4);
    room_paint(old_px, 14, 0xB9B4A8);
    return build_world(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reminder_comes_first),
        cmocka_unit_test(in_a_bedroom_nobody_first),
        cmocka_unit_test(an_unknown_place_is_asked_for),
        cmocka_unit_test(camera_looks),
        cmocka_unit_test(once_a_check),
        cmocka_unit_test(cameras_come_and_go),
        cmocka_unit_test(marks_are_parts_of_the_picture),
        cmocka_unit_test(leaving_asks_for_a_word),
        cmocka_unit_test(only_pictures_are_offered),
        cmocka_unit_test(the_old_picture_lies_over_it),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen camera", tests, build, end_world);
}
