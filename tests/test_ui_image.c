/* test_ui_image.c -- pictures of the caller's pixels: where they lie, what they look like
 * small, dark, half transparent and round, how much memory they take, and that nothing of them
 * stays when the tablet locks. needs: ui base */
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "freed.h"
#include "ui_hand.h"

#include "ui/cache.h"
#include "ui/resample.h"

#define W 640
#define H 480

static uint32_t pixels[W * H];
static struct ui_image img;
static struct image_look look;
static struct ui_zoom zoom;
static rect place;

static void quarters(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            pixels[y * W + x] = y < H / 2 ? (x < W / 2 ? a : b) : (x < W / 2 ? c : d);
    img = (struct ui_image){pixels, W, H, img.version + 1};
}

static void page(struct ui *u) {
    look.name = "Photo";
    look.zoom = zoom;
    ui_image(u, place, &img, &look);
}

static void list_page(struct ui *u);

static int setup(void **state) {
    (void)state;
    hand_open(400, 600, 1, page);
    look = (struct image_look){0};
    zoom = (struct ui_zoom){0};
    place = rect_make(40, 100, 320, 240);
    quarters(0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFFFF);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    hand_close();
    return 0;
}

static uint32_t seen(float x, float y) {
    const uint32_t *argb;
    int w, h, pitch;
    ui_pixels(hand.u, &argb, &w, &h, &pitch);
    assert_non_null(argb);
    return argb[(int)y * pitch + (int)x] & 0xFFFFFF;
}

static void near_color(uint32_t have, uint32_t want) {
    for (int shift = 0; shift <= 16; shift += 8)
        if (abs((int)(have >> shift & 0xFF) - (int)(want >> shift & 0xFF)) > 3)
            fail_msg("%06x instead of %06x", have, want);
}

static void a_picture_lies_where_it_should(void **state) {
    (void)state;
    frame();
    near_color(seen(45, 105), 0xFF0000);
    near_color(seen(355, 105), 0x00FF00);
    near_color(seen(45, 335), 0x0000FF);
    near_color(seen(355, 335), 0xFFFFFF);
    assert_int_equal(seen(39, 105), seen(5, 5));
    assert_int_equal(seen(200, 341), seen(5, 5));
    rect r = ui_image_place(rect_make(0, 0, 100, 300), W, H);
    assert_float_equal(r.w, 100, 0.01);
    assert_float_equal(r.h, 75, 0.01);
    assert_float_equal(r.y, 112.5, 0.01);
    place = rect_make(0, 0, 100, 300); /* whole: bands above and below; as a cover: none, cut */
    frame();
    assert_int_equal(seen(50, 20), seen(390, 590));
    look.cover = true;
    frame();
    near_color(seen(10, 20), 0xFF0000);
    near_color(seen(90, 290), 0xFFFFFF);
    assert_int_equal(seen(101, 20), seen(390, 590));
}

static void the_dump_says_what_it_is(void **state) {
    (void)state;
    struct buf b = {0};
    frame();
    ui_dump(hand.u, &b);
    buf_byte(&b, 0);
    assert_non_null(strstr((char *)b.data, "image \"Photo\" 40,100 320x240 640x480\n"));
    zoom = (struct ui_zoom){2, 0.5F, 0.5F};
    frame();
    buf_clear(&b);
    ui_dump(hand.u, &b);
    buf_byte(&b, 0);
    assert_non_null(
        strstr((char *)b.data, "image \"Photo\" 40,100 320x240 640x480 zoom 2.0\n"));
    buf_release(&b);
}

static void dark_faint_and_round(void **state) {
    (void)state;
    look.dim = 0.5F;
    frame();
    near_color(seen(45, 105), 0x800000);
    look.dim = 0;
    look.alpha = 0.5F;
    frame();
    uint32_t ground = seen(5, 5), half = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        half |= ((ground >> shift & 0xFF) + (0xFF0000u >> shift & 0xFF)) / 2 << shift;
    near_color(seen(45, 105), half);
    look.alpha = 0;
    look.radius = 20;
    frame();
    assert_int_equal(seen(40, 100), ground);
    assert_int_equal(seen(359, 339), ground);
    near_color(seen(60, 120), 0xFF0000);
}

static void zoomed_it_stays_within(void **state) {
    (void)state;
    zoom = (struct ui_zoom){4, 0.25F, 0.25F};
    frame();
    near_color(seen(45, 105), 0xFF0000);
    near_color(seen(355, 335), 0xFF0000);
    assert_int_equal(seen(39, 200), seen(5, 5));
    zoom = (struct ui_zoom){4, 9, -9}; /* bounded: the top right corner */
    frame_after(300);
    near_color(seen(45, 105), 0x00FF00);
    near_color(seen(359, 100), 0x00FF00);
}

/* Another version in the same place is drawn at once, and with care when it has come to rest.
 */
static void a_change_is_seen_and_then_rests(void **state) {
    (void)state;
    frame();
    int64_t drawn = ui_frames_drawn(hand.u);
    frame();
    assert_int_equal(ui_frames_drawn(hand.u), drawn); /* nothing new: nothing drawn */
    for (int i = 0; i < 10; i++) {
        quarters(0xFF101010u * (uint32_t)(i + 1), 0, 0, 0);
        frame();
        near_color(seen(45, 105), 0x101010u * (uint32_t)(i + 1));
    }
    int wait = ui_wait_ms(hand.u);
    assert_in_range(wait, 1, 200);
    drawn = ui_frames_drawn(hand.u);
    frame_after(wait);
    assert_int_equal(ui_frames_drawn(hand.u), drawn + 1);
    frame();
    assert_int_equal(ui_frames_drawn(hand.u), drawn + 1);
    assert_int_equal(ui_wait_ms(hand.u), -1);
    assert_true(textures_bytes(hand.u) < 2 * (sizeof pixels) + 4 * 320 * 240 * 2);
}

/* Every pixel has its share: fine stripes become grey, not stripes of chance. */
static void small_is_an_average(void **state) {
    (void)state;
    struct arena a = {0};
    uint32_t *small = ARENA_ARRAY(&a, uint32_t, 64 * 48);
    for (int i = 0; i < W * H; i++)
        pixels[i] = i % 2 ? 0xFFFFFFFF : 0xFF000000;
    struct resample r = {.from = pixels, .from_w = W, .from_h = H, .w = W, .h = H};
    r.to_w = 64;
    r.to_h = 48;
    resample(&r, small, 64, &a);
    for (int i = 0; i < 64 * 48; i++)
        near_color(small[i], 0x7F7F7F);
    const int sizes[][2] = {{1, 1}, {3, 480}, {640, 1}, {63, 47}, {640, 480}, {1000, 700}};
    uint32_t *out = ARENA_ARRAY(&a, uint32_t, 1000 * 700);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes;
         i++) { /* one colour stays one colour */
        for (int k = 0; k < W * H; k++)
            pixels[k] = 0xFF336699;
        r.to_w = sizes[i][0];
        r.to_h = sizes[i][1];
        resample(&r, out, (size_t)r.to_w, &a);
        for (int k = 0; k < r.to_w * r.to_h; k++)
            near_color(out[k], 0x336699);
    }
    const struct resample odd[] = {/* parts at the very edges, narrower than a pixel */
                                   {pixels, W, H, 639.5F, 479.5F, 0.5F, 0.5F, 9, 9},
                                   {pixels, W, H, 0, 0, 0.01F, 0.01F, 5, 5},
                                   {pixels, W, H, 100.3F, 0, 539.7F, 480, 77, 3},
                                   {pixels, 1, 1, 0, 0, 1, 1, 40, 40}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        resample(&odd[i], out, (size_t)odd[i].to_w, &a);
        near_color(out[0], 0x336699);
        near_color(out[odd[i].to_w * odd[i].to_h - 1], 0x336699);
    }
    arena_release(&a);
}

#define LISTED 500
#define SIDE   320
#define CELL   195
#define ROW    200

static uint32_t *many;

static void list_page(struct ui *u) {
    rect view = ui_area(u), all = ui_scroll_begin(u, view, "list"), row = all;
    for (int i = 0; i < LISTED; i++) {
        struct ui_image one = {many + (size_t)i * SIDE * SIDE, SIDE, SIDE, (uint64_t)i + 1};
        if (i % 2 == 0) row = rect_cut_top(&all, ROW);
        ui_image(u, rect_make(row.x + (float)(i % 2) * ROW, row.y, CELL, CELL), &one,
                 &(struct image_look){.name = "One of many", .radius = 8, .cover = true});
    }
    ui_scroll_end(u, ROW * LISTED / 2);
}

static void five_hundred_photos_in_a_list(void **state) {
    (void)state;
    struct arena a = {0};
    many = ARENA_ARRAY(&a, uint32_t, (size_t)LISTED * SIDE * SIDE);
    for (size_t i = 0; i < (size_t)LISTED * SIDE * SIDE; i++)
        many[i] = 0xFF000000u | (uint32_t)(i * 2654435761u >> 8);
    hand.page = list_page;
    frame();
    size_t first = textures_bytes(hand.u), most = 0, seen_most = 8 * CELL * CELL * 4;
    assert_in_range(first, seen_most * 3 / 4, seen_most); /* those in view, not the others */
    for (int at = 0; at < ROW * LISTED / 2; at += 280) {
        finger_down(1, 200, 590);
        frame();
        for (int k = 1; k <= 4; k++) {
            finger_move(1, 200, 590 - 97 * (float)k);
            frame();
        }
        for (int k = 0; k < 8; k++)
            frame(); /* at rest before it is lifted */
        finger_up(1, 200, 202);
        frame();
        size_t now = textures_bytes(hand.u);
        most = now > most ? now : most;
    }
    assert_true(ui_scroll_at(hand.u, "list") >
                ROW * (LISTED / 2 - 4)); /* all of them were seen */
    printf("figure: textures of %d photos in a list: at most %.1f MB of %.1f\n", LISTED,
           (double)most / 1e6, (double)LISTED * CELL * CELL * 4 / 1e6);
    assert_true(most <= (48u << 20) + seen_most);
    arena_release(&a);
}

struct runs {
    uint32_t color;
    int found;
};

static void count_runs(void *ctx, const uint8_t *p, size_t n) {
    struct runs *r = ctx;
    const uint32_t *pixel = (const uint32_t *)(const void *)p;
    for (size_t i = 0; i + 8 <= n / 4; i++)
        if (pixel[i] == r->color && pixel[i + 3] == r->color && pixel[i + 7] == r->color)
            r->found++;
}

/* Runs of one colour anywhere in the memory that this program can write to. */
static int runs_in_memory(uint32_t color) {
    struct runs r = {.color = color};
    memory_show(0, count_runs, &r);
    return r.found;
}

static void locking_leaves_no_pixel(void **state) {
    (void)state;
    const uint32_t color = 0xFFABCDE1;
    frame();
    quarters(color, color, color, color);
    frame();          /* as it is */
    frame_after(300); /* with care */
    assert_true(textures_bytes(hand.u) > 0);
    memset(pixels, 0, sizeof pixels);
    int shown = runs_in_memory(color);
    ui_forget(hand.u);
    assert_int_equal(textures_bytes(hand.u), 0);
    img = (struct ui_image){0};
    frame(); /* an empty place, and no complaint: the glass, too, is drawn over */
    assert_true((seen(200, 200) | 0xFF000000u) != color);
    int left = runs_in_memory(color);
    printf("figure: pixels of a photo in memory: shown %d, locked %d\n", shown, left);
    assert_true(shown > 100000);
    assert_int_equal(left, 0);
}

static const char *dropped[4];
static int drops;

static void drop_page(struct ui *u) {
    const char *path = ui_dropped(u);
    if (path && drops < 4) dropped[drops++] = strdup(path);
}

static void no_page(struct ui *u) {
    (void)u;
}

static void drop(const char *path) {
    SDL_Event e = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup(path)}};
    ui_event(hand.u, &e);
}

static void files_dropped_come_one_by_one(void **state) {
    (void)state;
    hand.page = drop_page;
    drops = 0;
    frame();
    assert_int_equal(drops, 0);
    drop("/media/stick/one.jpg");
    drop("/media/stick/two.jpg");
    frame();
    assert_int_equal(drops, 1);
    assert_int_equal(ui_wait_ms(hand.u), 0);
    frame();
    frame();
    assert_int_equal(drops, 2);
    assert_string_equal(dropped[0], "/media/stick/one.jpg");
    assert_string_equal(dropped[1], "/media/stick/two.jpg");
    hand.page = no_page; /* nobody wants it: it does not wait for the next screen */
    drop("/media/stick/three.jpg");
    frame();
    hand.page = drop_page;
    frame();
    assert_int_equal(drops, 2);
    for (int i = 0; i < drops; i++)
        free((void *)(uintptr_t)dropped[i]);
}

int main(int argc, char **argv) {
    (void)argc;
    freed_is_overwritten(argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_picture_lies_where_it_should, setup, teardown),
        cmocka_unit_test_setup_teardown(the_dump_says_what_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(dark_faint_and_round, setup, teardown),
        cmocka_unit_test_setup_teardown(zoomed_it_stays_within, setup, teardown),
        cmocka_unit_test_setup_teardown(a_change_is_seen_and_then_rests, setup, teardown),
        cmocka_unit_test_setup_teardown(small_is_an_average, setup, teardown),
        cmocka_unit_test_setup_teardown(five_hundred_photos_in_a_list, setup, teardown),
        cmocka_unit_test_setup_teardown(locking_leaves_no_pixel, setup, teardown),
        cmocka_unit_test_setup_teardown(files_dropped_come_one_by_one, setup, teardown),
    };
    return cmocka_run_group_tests_name("ui_image", tests, NULL, NULL);
}
