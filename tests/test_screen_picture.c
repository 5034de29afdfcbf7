/* test_screen_picture.c -- one photo, its caption, its neighbours; before and after; sealed;
 * its bytes freed. needs: app screen model ui media care sync store base */
#include "screen_bench.h"

#include "model/picture_load.h"

#define PX_W 640
#define PX_H 480

static uint32_t now_px[PX_W * PX_H], old_px[PX_W * PX_H];
static struct ui_image now_image = {now_px, PX_W, PX_H, 2000001};
static struct ui_image old_image = {old_px, PX_W, PX_H, 2000002};
static row_id photo_alone, photo_second, photo_seen, photo_marker, photo_after, photo_sealed,
    photo_freed;
static hash256 old_hash;

static void paint(uint32_t *px, int x0, int y0, int x1, int y1, uint32_t c) {
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            px[y * PX_W + x] = 0xFF000000u | c;
}

/* A bath with a rail: before, it hangs loose; after, it is straight. */
static void paint_room(uint32_t *px, uint32_t wall, int loose) {
    paint(px, 0, 0, PX_W, PX_H, wall);
    paint(px, 0, 360, PX_W, PX_H, 0x7B6A58);
    paint(px, 80, 280, 460, 430, 0xF4F2EC);
    paint(px, 110, 300, 430, 330, 0xC9D6DC);
    for (int x = 0; x < 260; x++)
        paint(px, 150 + x, 150 + x * loose / 260, 151 + x, 162 + x * loose / 260, 0x707880);
    paint(px, 520, 80, 600, 360, 0x9C7A4C);
}

static const struct ui_image *image(void *ctx, const hash256 *name, float longest) {
    (void)ctx, (void)longest;
    if (hash_is_zero(name)) return NULL;
    return hash_equal(name, &old_hash) ? &old_image : &now_image;
}

static void fill(struct scene *s) {
    s->image = image;
}

static row_id photo_of(row_id visit, row_id to, const char *item, row_id before, int64_t at,
                       const char *caption, bool freed) {
    static uint8_t n;
    struct row r = row_new(&kind_attachment);
    uint8_t bytes[] = {9, 9, ++n};
    hash256 h;
    assert_int_equal(journal_begin(world.j), STATUS_OK);
    assert_int_equal(blob_put(world.j, bytes, sizeof bytes, &h), STATUS_OK);
    if (visit) row_ref(&r, "visit", visit);
    if (to) row_ref(&r, "to", to);
    if (before) row_ref(&r, "before", before);
    row_hash(&r, "hash", &h);
    row_hash(&r, "thumb", &h);
    row_text(&r, "sort", "photo");
    row_text(&r, "source", "camera");
    row_text(&r, "caption", caption);
    row_text(&r, "item", item);
    row_int(&r, "taken", at);
    row_int(&r, "width", PX_W);
    row_int(&r, "height", PX_H);
    row_int(&r, "nobody", 1);
    assert_int_equal(journal_put(world.j, &r), STATUS_OK);
    assert_int_equal(journal_commit(world.j), STATUS_OK);
    if (before) return r.id;
    if (!visit && to) old_hash = h;
    if (freed) assert_int_equal(blob_drop(world.j, &h), STATUS_OK);
    return r.id;
}

static row_id another_check(void) {
    struct row v = row_new(&kind_visit);
    row_ref(&v, "service", world.service);
    row_text(&v, "template", "NIGHT");
    row_text(&v, "length", "core");
    row_int(&v, "started", NIGHT_MS - 9000000);
    row_int(&v, "night", london_night(NIGHT_MS));
    assert_int_equal(journal_put_alone(world.j, &v), STATUS_OK);
    return v.id;
}

static int begin(void **state) {
    assert_int_equal(build_world(state), 0);
    paint_room(now_px, 0xD9E2DC, 0);
    paint_room(old_px, 0xD8D0C0, 90);
    row_id visit = one("SELECT id FROM visit ORDER BY hlc DESC LIMIT 1");
    row_id action = one("SELECT id FROM action WHERE reference IS NOT NULL LIMIT 1");
    row_id seen = one("SELECT id FROM observation WHERE restricted IS NOT 1 LIMIT 1");
    photo_alone =
        photo_of(visit, 0, "N07", 0, NIGHT_MS - 600000, "The rail by the bath", false);
    photo_second = photo_of(visit, 0, "N07", 0, NIGHT_MS - 500000, "", false);
    photo_seen = photo_of(visit, seen, "", 0, NIGHT_MS - 400000, "", false);
    photo_freed = photo_of(visit, 0, "N07", 0, NIGHT_MS - 300000, "Long ago", true);
    photo_marker =
        photo_of(0, action, "", 0, NIGHT_MS - 10 * 86400000LL, "The rail, as it hung", false);
    photo_after =
        photo_of(0, action, "", photo_marker, NIGHT_MS - 120000, "The rail, mended", false);
    row_id over = another_check();
    photo_sealed =
        photo_of(over, 0, "", 0, NIGHT_MS - 7200000, "Corridor, night light out", false);
    struct row seal = row_new(&kind_seal);
    row_ref(&seal, "visit", over);
    assert_int_equal(journal_put_alone(world.j, &seal), STATUS_OK);
    return 0;
}

static struct bench *open_photo(row_id row, float w, float h) {
    struct bench *b =
        bench_open(&screen_picture, picture_load,
                   (struct place){.screen = SCREEN_picture, .row = row}, w, h, true, 1);
    b->fill = fill;
    frames(b, 3);
    return b;
}

static void with_pictures(struct bench *b) {
    b->fill = fill;
}

static void one_over_the_other(struct bench *b) {
    b->fill = fill;
    frames(b, 2);
    tap(b, "button", "One over the other");
}

static void looks_right(void **state) {
    (void)state;
    look_at(&screen_picture, picture_load, (struct place){.row = photo_alone}, "picture",
            with_pictures);
    look_at(&screen_picture, picture_load, (struct place){.row = photo_after}, "picture-pair",
            with_pictures);
    look_at(&screen_picture, picture_load, (struct place){.row = photo_after}, "picture-over",
            one_over_the_other);
    look_at(&screen_picture, picture_load, (struct place){.row = photo_freed}, "picture-freed",
            with_pictures);
    look_at(&screen_picture, picture_load, (struct place){.row = photo_sealed},
            "picture-sealed", with_pictures);
    look_at(&screen_picture, picture_load, (struct place){.row = photo_seen}, "picture-opening",
            NULL);
}

static const struct picture_model *model_of(struct bench *b) {
    return b->model;
}

static void it_says_what_it_belongs_to(void **state) {
    (void)state;
    struct bench *b = open_photo(photo_alone, 1280, 800);
    const struct picture_model *m = model_of(b);
    assert_true(m->there && !m->fixed);
    assert_int_equal(m->about, ABOUT_QUESTION);
    assert_true(strlen(m->about_words) > 10);
    assert_int_equal(m->count, 4);
    assert_int_equal(m->at, 1);
    assert_int_equal(m->previous, 0);
    assert_int_equal(m->next, photo_second);
    assert_non_null(find(b, "label", m->about_words));
    assert_non_null(find(b, "label", "1 of 4"));
    assert_non_null(find(b, "label", "Nobody was in the room."));
    bench_close(b);
    b = open_photo(photo_seen, 1280, 800);
    assert_int_equal(model_of(b)->about, ABOUT_SEEN);
    bench_close(b);
    b = open_photo(photo_after, 1280, 800);
    assert_int_equal(model_of(b)->about, ABOUT_ACTION);
    assert_int_equal(model_of(b)->before->row, photo_marker);
    assert_int_equal(model_of(b)->after->row, photo_after);
    bench_close(b);
    b = open_photo(photo_marker, 1280, 800); /* from the other end, the same pair */
    assert_int_equal(model_of(b)->before->row, photo_marker);
    assert_int_equal(model_of(b)->after->row, photo_after);
    bench_close(b);
    b = open_photo(photo_freed, 1280, 800);
    assert_false(model_of(b)->photo.here);
    assert_non_null(find(
        b, "label", "Only the small photo is on this tablet. The office has the large one."));
    bench_close(b);
    b = open_photo(987654321, 1280, 800);
    assert_non_null(find(b, "label", "This photo was taken away."));
    bench_close(b);
}

static void a_sealed_one_stays_as_it_is(void **state) {
    (void)state;
    struct bench *b = open_photo(photo_sealed, 1280, 800);
    assert_true(model_of(b)->fixed);
    assert_false(has_field(b));
    assert_null(find(b, "button", "Take this photo away"));
    assert_non_null(find(b, "label", "Corridor, night light out"));
    bench_close(b);
}

static void next_previous_and_taken_away(void **state) {
    (void)state;
    struct bench *b = open_photo(photo_second, 390, 844);
    tap(b, "button", "Next photo");
    assert_int_equal(b->last.kind, INTENT_replace);
    assert_int_equal(b->last.to.row, photo_seen);
    assert_int_equal(b->last.to.screen, SCREEN_picture);
    tap(b, "button", "Photo before this one");
    assert_int_equal(b->last.to.row, photo_alone);
    const struct ui_thing *t = find(b, "pinch", "Photo"); /* pushed to the left: the next one */
    assert_non_null(t);
    float y = t->r.y + t->r.h / 2;
    finger(b, SDL_FINGERDOWN, 300, y);
    frames(b, 2);
    finger(b, SDL_FINGERMOTION, 200, y);
    frames(b, 1);
    finger(b, SDL_FINGERUP, 150, y);
    b->last = (struct intent){0};
    frames(b, 2);
    assert_int_equal(b->last.kind, INTENT_replace);
    assert_int_equal(b->last.to.row, photo_seen);
    bench_close(b);
    b = open_photo(photo_alone, 1280, 800);
    tap(b, "button", "Take this photo away");
    assert_int_equal(b->last.kind, INTENT_evidence_remove);
    assert_int_equal(b->last.row, photo_alone);
    assert_true(b->last.back_after && b->last.undo);
    bench_close(b);
}

static void the_caption_is_kept_when_it_is_left(void **state) {
    (void)state;
    struct bench *b = open_photo(photo_second, 1280, 800);
    tap(b, "field", "What the photo shows");
    SDL_Event e = {.text = {.type = SDL_TEXTINPUT, .text = "Cord tied up"}};
    ui_event(b->ui, &e);
    frames(b, 2);
    ui_leave_fields(b->ui);
    b->last = (struct intent){0};
    for (int i = 0; i < 3 && !frame(b).kind; i++)
        ;
    assert_int_equal(b->last.kind, INTENT_evidence_caption);
    assert_int_equal(b->last.row, photo_second);
    assert_string_equal(b->last.text, "Cord tied up");
    assert_non_null(b->last.draft);
    bench_close(b);
}

static uint32_t pixel(struct bench *b, float x, float y) {
    const uint32_t *argb;
    int w, h, pitch;
    ui_pixels(b->ui, &argb, &w, &h, &pitch);
    return argb[(int)y * pitch + (int)x] & 0xFFFFFF;
}

/* The wall's colour says which of the two is seen. */
static void held_it_shows_the_one_before(void **state) {
    (void)state;
    struct bench *b = open_photo(photo_after, 1280, 800);
    const struct ui_thing *t = find(b, "image", "Before");
    assert_non_null(t);
    assert_non_null(find(b, "image", "After"));
    tap(b, "button", "One over the other");
    frames(b, 3);
    assert_null(find(b, "image", "Before"));
    t = find(b, "image", "After");
    rect in = ui_image_place(t->r, PX_W, PX_H);
    float x = in.x + 10, y = in.y + 10;
    uint32_t after = pixel(b, x, y);
    t = find(b, "button", "Hold to see before");
    float hx = t->r.x + t->r.w / 2, hy = t->r.y + t->r.h / 2;
    finger(b, SDL_FINGERDOWN, hx, hy);
    frames(b, 60);
    assert_non_null(find(b, "image", "Before"));
    uint32_t before = pixel(b, x, y);
    assert_true((before & 0xFF) + 8 < (after & 0xFF)); /* the older wall is browner */
    finger(b, SDL_FINGERUP, hx, hy);
    frames(b, 3);
    assert_non_null(find(b, "image", "After"));
    assert_int_equal(pixel(b, x, y), after);
    tap(b, "button",
        "Hold to see before"); /* a short tap changes over, for hands that cannot hold */
    frames(b, 2);
    assert_non_null(find(b, "image", "Before"));
    bench_close(b);
}

static void nothing_but_the_photo(void **state) {
    (void)state;
    struct bench *b = open_photo(photo_alone, 390, 844);
    float h = find(b, "image", "Photo")->r.h;
    tap(b, "button", "Only the photo");
    frames(b, 2);
    assert_true(find(b, "image", "Photo")->r.h > h * 1.3F);
    assert_false(has_field(b));
    tap(b, "button", "Show what belongs to it");
    frames(b, 2);
    assert_true(has_field(b));
    bench_close(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_right),
        cmocka_unit_test(it_says_what_it_belongs_to),
        cmocka_unit_test(a_sealed_one_stays_as_it_is),
        cmocka_unit_test(next_previous_and_taken_away),
        cmocka_unit_test(the_caption_is_kept_when_it_is_left),
        cmocka_unit_test(held_it_shows_the_one_before),
        cmocka_unit_test(nothing_but_the_photo),
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests_name("screen_picture", tests, begin, end_world);
}
