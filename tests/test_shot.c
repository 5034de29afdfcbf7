/* test_shot.c -- a photo from the camera or a file to the record, and what must never be kept.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * The real app under a finger with a camera of recorded noise. "Nowhere" is looked for byte by
 * byte in every file of the data folder of a tablet that lies open (the sample's); that the
 * search can find is shown with the photo that was kept. */
#include "shot_hand.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- every byte of a folder ---- */

#define WINDOW 16

struct windows {
    const struct buf *of;
    size_t from, to, step; /* which windows of it are looked for */
    int found, looked;
};

static void look_in_file(const char *path, struct windows *w, int n) {
    struct buf all = {0};
    OK(file_read(path, 256u << 20, &all));
    for (int i = 0; i < n; i++)
        for (size_t at = w[i].from; at + WINDOW <= w[i].to; at += w[i].step) {
            w[i].looked++;
            w[i].found += memmem(all.data, all.size, w[i].of->data + at, WINDOW) != NULL;
        }
    buf_release(&all);
}

static void look_in(const char *dir, struct windows *w, int n) {
    struct arena t = {0};
    char **names;
    size_t count;
    OK(dir_list(&t, dir, NULL, &names, &count));
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(&t, dir, names[i]);
        if (file_is_dir(path)) {
            look_in(path, w, n);
        } else {
            look_in_file(path, w, n);
        }
    }
    arena_release(&t);
}

static struct windows windows_of(const struct buf *b, double from, double to) {
    return (struct windows){.of = b,
                            .from = (size_t)((double)b->size * from),
                            .to = (size_t)((double)b->size * to),
                            .step = 997};
}

/* An open tablet: the sample's, at one of its actions. */
static char *open_sample(const char *name, struct evidence_to *to) {
    char *dir = arena_strdup(&hand_life, scratch(name));
    shot_frames(640, 480);
    hand_new_tablet(dir);
    shot_open_at(dir);
    shot_ask(&(struct intent){.kind = INTENT_sample, .number = 1});
    shot_frame(3);
    shot_visit = 0;
    *to = shot_to(EVIDENCE_ACTION, hand_count("SELECT max(id) FROM action"), "");
    return dir;
}

static const float top_quarter[] = {0, 0.02F, 1, 0.02F, 1, 0.06F, 0, 0.06F, 0, 0.1F,  1, 0.1F,
                                    1, 0.14F, 0, 0.14F, 0, 0.18F, 1, 0.18F, 1, 0.22F, 0, 0.22F,
                                    0, 0.26F, 1, 0.26F, 1, 0.3F,  0, 0.3F};

static double noise_in(struct picture *p, double from, double to) {
    int w = picture_width(p), h = picture_height(p), n = 0;
    double sum = 0;
    for (int y = (int)(h * from); y < (int)(h * to); y++)
        for (int x = 1; x < w; x++, n++)
            sum += apart(picture_argb(p)[y * w + x], picture_argb(p)[y * w + x - 1]);
    return sum / n;
}

static void what_was_covered_is_nowhere(void **state) {
    (void)state;
    struct evidence_to to;
    char *dir = open_sample("covered", &to);
    struct buf frame = {0}, bare = {0}, kept = {0};
    shot_page(&to);
    shot_take();
    struct picture *original = picture_copy(shot_now()->shown);
    OK(picture_write(original, &bare));
    OK(file_read(path_join(&shot_arena, scratch("frames"), "1.mjpeg"), 1 << 24, &frame));
    assert_true(noise_in(original, 0.02, 0.25) > 30);
    shot_mark(MARK_COVER, top_quarter, 16);
    shot_mark(MARK_ARROW, (float[]){0.2F, 0.8F, 0.6F, 0.6F}, 2);
    shot_frame(4);
    /* held: nothing of it is on the disk, covered or not */
    struct windows w[] = {windows_of(&frame, 0.02, 0.98), windows_of(&bare, 0.02, 0.98)};
    look_in(dir, w, 2);
    assert_int_equal(w[0].found + w[1].found, 0);
    shot_keep_it(&to, "The corner");
    PLAY("expect \"Photo kept\"\n");
    /* kept: what was covered is nowhere */
    struct evidence_list l;
    OK(evidence_of_row(app_journal(hand_app), &shot_arena, to.row, &l));
    assert_int_equal(l.count, 1);
    OK(blob_get(app_journal(hand_app), &l.all[0].hash, &kept));
    struct windows after[] = {windows_of(&frame, 0.02, 0.2), windows_of(&bare, 0.02, 0.2),
                              windows_of(&kept, 0.02, 0.98)};
    look_in(dir, after, 3);
    assert_int_equal(after[0].found + after[1].found, 0);
    assert_true(after[2].found > 20); /* the search finds what is there */
    printf(
        "figure: %d pieces of an uncovered photo looked for, none found; %d of the kept one\n",
        w[0].looked + w[1].looked + after[0].looked + after[1].looked, after[2].found);
    for (int i = 0; i < 2; i++) { /* picture and thumbnail */
        struct picture *p = NULL;
        buf_clear(&kept);
        OK(blob_get(app_journal(hand_app), i ? &l.all[0].thumb : &l.all[0].hash, &kept));
        OK(picture_read(&p, kept.data, kept.size, PICTURE_SIDE_MOST));
        assert_int_equal(picture_width(p), i ? THUMB_SIDE : 640);
        assert_true(noise_in(p, 0.03, 0.24) < 9);
        if (!i) assert_true(noise_in(p, 0.75, 1) > 30);
        picture_free(p);
    }
    picture_free(original);
    hand_close();
    struct windows closed[] = {windows_of(&frame, 0.02, 0.2), windows_of(&bare, 0.02, 0.2)};
    look_in(dir, closed, 2);
    assert_int_equal(closed[0].found + closed[1].found, 0);
    buf_release(&frame);
    buf_release(&bare);
    buf_release(&kept);
    arena_reset(&shot_arena);
}

/* ---- files ---- */

static const char *picture_file(const char *name, const struct buf *b) {
    const char *path = scratch(name);
    OK(file_write(path, b->data, b->size, 0600));
    return path;
}

static void where_a_picture_was_taken_is_not_kept(void **state) {
    (void)state;
    struct evidence_to to;
    char *dir = open_sample("exif", &to);
    struct buf b = {0}, place = {0};
    jpeg_make(&(struct jpeg_made){.w = 1200, .h = 800, .turn = 6}, &b);
    for (int i = 0; i < 4; i++)
        buf_u32(&place, i % 2 ? 1 : HIDDEN_PLACE);
    assert_true(holds(&b, HIDDEN_MAKE, strlen(HIDDEN_MAKE)));
    const char *path = picture_file("phone-picture-7731.jpg", &b);
    shot_page(&to);
    shot_ask(&(struct intent){.kind = INTENT_photo_file, .text = path});
    assert_true(shot_wait_for(SHOT_READY));
    assert_int_equal(picture_width(shot_now()->shown), 800); /* upright */
    assert_int_equal(picture_height(shot_now()->shown), 1200);
    shot_keep_it(&to, "");
    struct evidence_list l;
    OK(evidence_of_row(app_journal(hand_app), &shot_arena, to.row, &l));
    assert_int_equal(l.count, 1);
    assert_string_equal(l.all[0].source, "file");
    assert_int_equal(l.all[0].height, 1200);
    hand_close();
    struct buf make = {0}, name = {0}, big = {0};
    buf_add(&make, HIDDEN_MAKE "\0", WINDOW);
    buf_add(&name, "phone-picture-77", WINDOW);
    for (int i = 0; i < 4; i++) /* the other byte order */
        buf_u32(&big, i % 2 ? 0x01000000 : __builtin_bswap32(HIDDEN_PLACE));
    struct windows w[] = {windows_of(&make, 0, 1), windows_of(&place, 0, 1),
                          windows_of(&big, 0, 1), windows_of(&name, 0, 1)};
    look_in(dir, w, 4);
    for (int i = 0; i < 4; i++) {
        assert_true(w[i].looked > 0);
        assert_int_equal(w[i].found, 0);
    }
    buf_release(&b);
    buf_release(&place);
    buf_release(&make);
    buf_release(&name);
    buf_release(&big);
    arena_reset(&shot_arena);
}

static void refused(const char *path, const char *key) {
    shot_ask(&(struct intent){.kind = INTENT_photo_file, .text = path});
    assert_true(shot_wait_for(SHOT_REFUSED));
    shot_frame(2);
    const char *says = word(hand_app->words, key);
    assert_string_equal(shot_now()->problem, says);
    assert_true(hand_shows(says));
    assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
}

static void hostile_files_are_refused_with_a_sentence(void **state) {
    (void)state;
    struct evidence_to to;
    struct buf b = {0}, png = {0};
    (void)shot_check("hostile");
    to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&to);
    buf_text(&b, "This is a letter, not a photo.");
    refused(picture_file("letter.jpg", &b), "shot.file_sort");
    buf_clear(&b);
    refused(picture_file("empty.jpg", &b), "shot.file_sort");
    jpeg_make(&(struct jpeg_made){.w = 800, .h = 600}, &b);
    b.size = b.size * 2 / 3;
    refused(picture_file("cut.jpg", &b), "shot.file_cut");
    png_make(&(struct png_made){.w = 60, .h = 40, .depth = 8, .type = PNG_COLOR_TYPE_RGB},
             &png);
    for (int i = 16; i < 24; i++) /* a width and height beyond all measure */
        png.data[i] = 0x07;
    shot_ask(
        &(struct intent){.kind = INTENT_photo_file, .text = picture_file("bomb.png", &png)});
    assert_true(shot_wait_for(SHOT_REFUSED));
    const char *large = scratch("large.jpg");
    buf_clear(&b);
    jpeg_make(&(struct jpeg_made){.w = 80, .h = 60}, &b);
    OK(file_write(large, b.data, b.size, 0600));
    assert_int_equal(truncate(large, (off_t)PICTURE_FILE_MOST + 1), 0);
    refused(large, "shot.file_large");
    refused(scratch_dir(), "shot.file_sort");
    refused(scratch("not-there.jpg"), "shot.file_gone");
    const char *pipe = scratch("pipe.jpg");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    refused(pipe, "shot.file_sort");
    /* and then one that is a picture, whatever it is called */
    buf_clear(&b);
    jpeg_make(&(struct jpeg_made){.w = 800, .h = 600}, &b);
    shot_ask(
        &(struct intent){.kind = INTENT_photo_file, .text = picture_file("photo.txt", &b)});
    assert_true(shot_wait_for(SHOT_READY));
    shot_keep_it(&to, "");
    assert_int_equal(shot_list().count, 1);
    buf_release(&b);
    buf_release(&png);
    shot_end();
}

static void a_dropped_file_waits_for_its_place(void **state) {
    (void)state;
    struct buf b = {0};
    (void)shot_check("drop");
    jpeg_make(&(struct jpeg_made){.w = 800, .h = 600}, &b);
    const char *path = picture_file("drop.jpg", &b);
    char *drop = arena_printf(&shot_arena, "drop %s\n", path);
    PLAY(drop);
    PLAY("screen walk\nexpect \"open Photo where it belongs\"\n");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_ask(&(struct intent){.kind = INTENT_go, .to = evidence_place(SCREEN_camera, &to)});
    shot_frame(3);
    assert_true(hand_shows("No people, no names"));
    PLAY(drop); /* nobody has said yet that the room is empty */
    assert_int_equal(shot_now()->state, SHOT_NONE);
    assert_false(camera_on());
    hand_close();
    buf_release(&b);
}

/* ---- marks ---- */

static void the_last_mark_goes_first(void **state) {
    (void)state;
    (void)shot_check("marks");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    struct picture *at[4];
    shot_page(&to);
    shot_take();
    at[0] = picture_copy(shot_now()->shown);
    shot_mark(MARK_CIRCLE, (float[]){0.1F, 0.1F, 0.5F, 0.5F}, 2);
    at[1] = picture_copy(shot_now()->shown);
    shot_mark(MARK_COVER, (float[]){0.2F, 0.2F, 0.4F, 0.4F, 0.7F, 0.3F}, 3);
    at[2] = picture_copy(shot_now()->shown);
    shot_mark(MARK_PEN, (float[]){0.9F, 0.1F, 0.3F, 0.9F}, 2);
    for (int i = 0; i < 3; i++)
        assert_false(same_picture(at[i], i < 2 ? at[i + 1] : shot_now()->shown));
    for (int i = 2; i >= 0; i--) {
        uint64_t version = shot_now()->image.version;
        shot_ask(&(struct intent){.kind = INTENT_photo_unmark});
        assert_true(same_picture(shot_now()->shown, at[i]));
        assert_true(shot_now()->image.version != version);
        shot_frame(1);
        assert_int_equal(hand_app->scene.shot.marks, i);
    }
    shot_ask(&(struct intent){.kind = INTENT_photo_unmark}); /* nothing left to take back */
    for (int i = 0; i < 3; i++)
        picture_free(at[i]);
    shot_ask(&(struct intent){.kind = INTENT_photo_drop});
    assert_int_equal(shot_now()->state, SHOT_NONE);
    assert_null(shot_now()->shown);
    assert_null(shot_now()->clean);
    shot_end();
}

/* ---- what happens in between ---- */

static void a_crash_before_keep_leaves_nothing(void **state) {
    (void)state;
    char *dir = shot_check("crash"),
         *killed = arena_strdup(&hand_life, scratch("crash-killed"));
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    int64_t blobs = hand_count("SELECT count(*) FROM blob");
    shot_page(&to);
    shot_take();
    shot_mark(MARK_PEN, (float[]){0.9F, 0.1F, 0.3F, 0.9F}, 2);
    shot_frame(10);
    hand_copy_as_killed(dir, killed);
    /* … and while it is being written as JPEG */
    char *writing = arena_strdup(&hand_life, scratch("crash-writing"));
    shot_ask_keep(&to, "");
    assert_int_equal(shot_now()->state, SHOT_KEEPING);
    hand_copy_as_killed(dir, writing);
    assert_true(shot_wait_for(SHOT_NONE));
    char *kept = arena_strdup(&hand_life, scratch("crash-kept"));
    hand_copy_as_killed(dir, kept);
    shot_end();
    char *const copies[] = {killed, writing, kept};
    for (int i = 0; i < 3; i++) {
        shot_open_at(copies[i]);
        shot_frame(3);
        assert_int_equal(shot_now()->state, SHOT_NONE);
        assert_int_equal(hand_count("SELECT count(*) FROM attachment"), i == 2);
        assert_int_equal(hand_count("SELECT count(*) FROM blob"), blobs + (i == 2 ? 2 : 0));
        if (i < 2) {
            PLAY("screen camera\n"); /* one is where one was */
        } else {
            struct buf b = {0};
            struct picture *p = NULL;
            PLAY("screen walk\n");
            struct evidence_list l = shot_list();
            assert_int_equal(l.count, 1);
            OK(blob_get(app_journal(hand_app), &l.all[0].hash, &b));
            OK(picture_read(&p, b.data, b.size, PICTURE_SIDE_MOST));
            assert_int_equal(picture_width(p), 640);
            assert_string_equal(l.all[0].source, "camera");
            picture_free(p);
            buf_release(&b);
        }
        shot_end();
    }
}

static void kept_and_taken_back(void **state) {
    (void)state;
    (void)shot_check("undo");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07"),
                       saw = shot_to(EVIDENCE_SAW, 0, "N07");
    shot_page(&to);
    shot_take();
    shot_keep_it(&to, "  a lead  ");
    PLAY("screen walk\nexpect \"Photo kept\"\n");
    assert_int_equal(shot_list().count, 1);
    assert_string_equal(shot_list().all[0].caption, "a lead");
    PLAY("tap \"Undo\"\n");
    assert_int_equal(shot_list().count, 0);
    /* what waits for its form is undone with its bytes */
    int64_t blobs = hand_count("SELECT count(*) FROM blob");
    shot_page(&saw);
    shot_take();
    shot_keep_it(&saw, "");
    struct evidence_list l;
    OK(evidence_waiting(app_journal(hand_app), &shot_arena, "saw", shot_visit, "N07", &l));
    assert_int_equal(l.count, 1);
    PLAY("tap \"Undo\"\n");
    OK(evidence_waiting(app_journal(hand_app), &shot_arena, "saw", shot_visit, "N07", &l));
    assert_int_equal(l.count, 0);
    assert_int_equal(hand_count("SELECT count(*) FROM blob"), blobs);
    shot_end();
}

static void cover_hides_and_a_lock_lets_go(void **state) {
    (void)state;
    (void)shot_check("cover");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&to);
    assert_true(camera_on());
    PLAY("tap \"Cover\"\nscreen cover\n");
    assert_false(camera_on());
    assert_null(shot_now()->camera.live);
    PLAY("tap \"Covered. Touch to come back.\"\nscreen camera\nwait 1s\ntap \"Interrupted\"\n");
    assert_true(camera_on());
    shot_take();
    shot_frame(2);
    assert_false(camera_on()); /* a shot is held */
    PLAY("tap \"Cover\"\nwait 10s\nscreen cover\ntap \"Covered. Touch to come back.\"\nscreen "
         "camera\nwait 1s\ntap \"Interrupted\"\n");
    assert_int_equal(shot_now()->state, SHOT_READY);
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n");
    assert_int_equal(shot_now()->state, SHOT_NONE);
    assert_null(shot_now()->shown);
    assert_false(hand_shows("because the tablet locked"));
    PLAY(LET_IN "expect \"because the tablet locked\"\n");
    assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
    shot_end();
}

/* Asked to keep, then locked before it was written: it is kept. */
static void what_was_asked_for_is_kept_before_locking(void **state) {
    (void)state;
    char *dir = shot_check("hurry");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&to);
    shot_take();
    shot_ask_keep(&to, "in a hurry");
    assert_int_equal(shot_now()->state, SHOT_KEEPING);
    hand_close();
    shot_open_at(dir);
    assert_int_equal(shot_list().count, 1);
    PLAY("screen walk\n");
    shot_end();
}

static void the_camera_is_lost_and_found(void **state) {
    (void)state;
    (void)shot_check("lost");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    shot_page(&to);
    assert_int_equal(hand_app->scene.camera.state, CAMERA_LIVE);
    camera_says = STATUS_NOT_FOUND;
    shot_frame(10);
    assert_false(camera_on());
    assert_int_equal(hand_app->scene.camera.state, CAMERA_LOST);
    assert_true(hand_shows("Was it unplugged?"));
    shot_ask(&(struct intent){.kind = INTENT_photo_take}); /* nothing to take */
    assert_int_equal(shot_now()->state, SHOT_NONE);
    camera_says = STATUS_OK;
    shot_frame(20);
    assert_false(camera_on()); /* not by itself */
    camera_opening = STATUS_BUSY;
    PLAY("tap \"Try again\"\nexpect \"Another program is using the camera\"\n");
    camera_opening = STATUS_READ_ONLY;
    PLAY("tap \"Try again\"\nexpect \"not allowed to use the camera\"\n");
    camera_opening = STATUS_OK;
    PLAY("tap \"Try again\"\n");
    shot_frame(10);
    assert_int_equal(hand_app->scene.camera.state, CAMERA_LIVE);
    shot_take();
    shot_ask(&(struct intent){.kind = INTENT_back});
    shot_frame(2);
    assert_int_equal(shot_now()->state, SHOT_NONE); /* left without keeping */
    assert_false(camera_on());
    shot_end();
}

static int64_t room_left;
static int64_t little_room(void *ctx, const char *dir) {
    (void)ctx, (void)dir;
    return room_left;
}

static void refused_where_it_cannot_be_kept(void **state) {
    (void)state;
    (void)shot_check("refused");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    hand_platform.free_bytes = little_room;
    room_left = 40LL << 20;
    shot_page(&to);
    PLAY("wait 6s\n");
    shot_ask(&(struct intent){.kind = INTENT_photo_take});
    assert_int_equal(shot_now()->state, SHOT_REFUSED);
    assert_string_equal(shot_now()->problem, word(hand_app->words, "shot.no_room"));
    room_left = 400LL << 20;
    shot_ask(&(struct intent){.kind = INTENT_photo_drop});
    PLAY("wait 6s\n");
    shot_take();
    /* sealed by another hand while it was held */
    struct row seal = row_new(&kind_seal);
    row_ref(&seal, "visit", shot_visit);
    put_alone(app_journal(hand_app), &seal);
    int64_t blobs = hand_count("SELECT count(*) FROM blob");
    shot_ask_keep(&to, "");
    assert_true(shot_wait_for(SHOT_READY)); /* not lost */
    assert_int_equal(hand_app->problem.status, STATUS_SEALED);
    assert_int_equal(hand_count("SELECT count(*) FROM attachment"), 0);
    assert_int_equal(hand_count("SELECT count(*) FROM blob"), blobs);
    assert_string_equal(app_screen_name(hand_app), "camera");
    shot_ask(&(struct intent){.kind = INTENT_photo_drop});
    shot_ask(&(struct intent){.kind = INTENT_photo_take});
    assert_string_equal(shot_now()->problem, word(hand_app->words, "shot.sealed"));
    shot_end();
}

/* ---- many ---- */

#define MANY 500

static double spent_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double keep_one_more(const struct evidence_to *to, const char *path) {
    shot_page(to);
    shot_ask(&(struct intent){.kind = INTENT_photo_file, .text = path});
    assert_true(shot_wait_for(SHOT_READY));
    double before = spent_ms();
    shot_keep_it(to, "");
    return spent_ms() - before;
}

static void put_many(const struct evidence_to *to) {
    struct journal *j = app_journal(hand_app);
    struct buf b = {0};
    for (int i = 0; i < MANY; i++) {
        struct evidence_new e = {.sort = EVIDENCE_PHOTO,
                                 .source = "camera",
                                 .type = "image/jpeg",
                                 .taken = hand_time.wall_ms,
                                 .width = 64,
                                 .height = 48};
        row_id row;
        struct picture *p = frame_noise(64, 48, 1000 + (uint64_t)i);
        buf_clear(&b);
        OK(picture_write(p, &b));
        picture_free(p);
        OK(journal_begin(j));
        OK(blob_put(j, b.data, b.size, &e.hash));
        e.thumb = e.hash;
        e.size = (int64_t)b.size;
        OK(evidence_put(hand_app, to, &e, &row));
        OK(journal_commit(j));
    }
    buf_release(&b);
}

static void five_hundred_photos_on_one_check(void **state) {
    (void)state;
    char *dir = shot_check("many");
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    struct buf b = {0};
    jpeg_make(&(struct jpeg_made){.w = 320, .h = 240}, &b);
    const char *path = picture_file("small.jpg", &b);
    double first = keep_one_more(&to, path), load = 0;
    shot_frame(4);
    put_many(&to);
    double last = keep_one_more(&to, path);
    for (int i = 0; i < 5; i++) {
        double before = spent_ms();
        assert_int_equal(shot_list().count, MANY + 2);
        load += (spent_ms() - before) / 5;
    }
    printf(
        "figure: keeping a photo takes %.0f ms of processor with none before, %.0f ms with %d; "
        "they are listed in %.1f ms\n",
        first, last, MANY + 1, load);
    assert_true(last < 6 * first + 200);
    shot_end();
    shot_open_at(dir);
    assert_int_equal(shot_list().count, MANY + 2);
    shot_end();
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_covered_is_nowhere),
        cmocka_unit_test(where_a_picture_was_taken_is_not_kept),
        cmocka_unit_test(hostile_files_are_refused_with_a_sentence),
        cmocka_unit_test(a_dropped_file_waits_for_its_place),
        cmocka_unit_test(the_last_mark_goes_first),
        cmocka_unit_test(a_crash_before_keep_leaves_nothing),
        cmocka_unit_test(kept_and_taken_back),
        cmocka_unit_test(cover_hides_and_a_lock_lets_go),
        cmocka_unit_test(what_was_asked_for_is_kept_before_locking),
        cmocka_unit_test(the_camera_is_lost_and_found),
        cmocka_unit_test(refused_where_it_cannot_be_kept),
        cmocka_unit_test(five_hundred_photos_on_one_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
