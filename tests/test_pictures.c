/* test_pictures.c -- stored pictures on the screen: read a little in each frame, the small one
 * shown while the large one comes, no more memory than is allowed, and nothing left of them
 * when the tablet is covered, locked, or told to erase.
 *
 * needs: platform app screen model ui media sync care store base
 *
 * A screen asks through scene.image; so does this test, between the frames of the real app. */
#include "shot_hand.h"

#define STEPS_MOST 300

static hash256 put_picture(int w, int h, uint64_t seed, hash256 *thumb) {
    struct buf b = {0};
    hash256 name;
    struct picture *p = frame_noise(w, h, seed), *small = picture_smaller(p, THUMB_SIDE);
    OK(picture_write(p, &b));
    OK(blob_put(app_journal(hand_app), b.data, b.size, &name));
    buf_clear(&b);
    OK(picture_write(small, &b));
    if (thumb) OK(blob_put(app_journal(hand_app), b.data, b.size, thumb));
    picture_free(p);
    picture_free(small);
    buf_release(&b);
    return name;
}

static void name_it(const hash256 *name, const hash256 *thumb) {
    struct evidence_to to = shot_to(EVIDENCE_ITEM, 0, "N07");
    struct evidence_new e = {
        .sort = EVIDENCE_PHOTO, .hash = *name, .thumb = *thumb, .source = "camera", .size = 1};
    row_id row;
    OK(journal_begin(app_journal(hand_app)));
    OK(evidence_put(hand_app, &to, &e, &row));
    OK(journal_commit(app_journal(hand_app)));
}

static const struct ui_image *ask(const hash256 *name, float dp) {
    return hand_app->scene.image(hand_app->scene.image_ctx, name, dp);
}

/* As a screen that asks in each frame. */
static const struct ui_image *wait_for(const hash256 *name, float dp, int side_least) {
    for (int i = 0; i < STEPS_MOST; i++) {
        const struct ui_image *img = ask(name, dp);
        if (img && (img->w >= side_least || img->h >= side_least)) return img;
        shot_frame(1);
    }
    return NULL;
}

static void small_first_then_large(void **state) {
    (void)state;
    hash256 thumb, name, none = {{7}}, zero = {{0}};
    (void)shot_check("small");
    name = put_picture(1600, 1200, 3, &thumb);
    name_it(&name, &thumb);
    shot_frame(2);
    int small = 0, frames = 0;
    const struct ui_image *img = ask(&name, 1200);
    assert_true(!img || img->w == THUMB_SIDE); /* not yet; the walk shows the small one */
    for (; frames < STEPS_MOST; frames++) {
        img = ask(&name, 1200);
        if (img && img->w == 1600) break;
        if (img) {
            assert_int_equal(img->w, THUMB_SIDE);
            small++;
        }
        shot_frame(1);
    }
    assert_true(img && img->w == 1600 && img->h == 1200);
    assert_true(small > 0);
    uint64_t version = img->version;
    const struct ui_image *other = wait_for(&thumb, 200, 1);
    assert_true(other && other->version != version);
    assert_ptr_equal(ask(&name, 100),
                     ask(&name, 1200)); /* what is there serves smaller wishes */
    assert_null(wait_for(&none, 100, 1));
    assert_null(ask(&zero, 100));
    printf("figure: a large picture stands after %d frames, its small one after %d\n", frames,
           frames - small);
    shot_end();
}

static void no_more_memory_than_is_allowed(void **state) {
    (void)state;
    hash256 names[30];
    (void)shot_check("memory");
    for (int i = 0; i < 30; i++)
        names[i] = put_picture(1024, 1024, 100 + (uint64_t)i, NULL);
    size_t most = 0;
    for (int i = 0; i < 30; i++) {
        assert_non_null(wait_for(&names[i], 1000, 1024));
        shot_frame(3);
        if (pictures_held(hand_app) > most) most = pictures_held(hand_app);
    }
    assert_in_range(most, 40u << 20, PICTURES_BYTES + (5u << 20));
    assert_non_null(ask(&names[29], 1000));
    assert_null(ask(&names[0], 1000)); /* looked at longest ago */
    assert_non_null(wait_for(&names[0], 1000, 1024));
    printf("figure: 30 pictures of 4 MB looked at one by one, at most %.0f MB held\n",
           (double)most / 1e6);
    shot_end();
}

static void nothing_stays_when_it_is_put_away(void **state) {
    (void)state;
    hash256 thumb, name;
    (void)shot_check("away");
    name = put_picture(800, 600, 3, &thumb);
    name_it(&name, &thumb);
    assert_non_null(wait_for(&name, 800, 800));
    assert_true(pictures_held(hand_app) > 0);
    PLAY("tap \"Cover\"\nscreen cover\n");
    assert_int_equal(pictures_held(hand_app), 0);
    assert_null(ask(&name, 800));
    PLAY("tap \"Covered. Touch to come back.\"\nscreen walk\nwait 1s\ntap \"Interrupted\"\n");
    assert_non_null(wait_for(&name, 800, 800));
    pictures_forget(hand_app, &name);
    assert_true(pictures_held(hand_app) < 800 * 600 * 4);
    assert_non_null(wait_for(&name, 800, 800));
    PLAY("tap \"Cover\"\nwait 31s\nscreen lock\n");
    assert_int_equal(pictures_held(hand_app), 0);
    PLAY(LET_IN);
    assert_non_null(wait_for(&name, 800, 800));
    shot_end();
}

static void damaged_and_missing_ones_are_not_asked_for_again(void **state) {
    (void)state;
    hash256 bad, name, thumb;
    struct journal *j;
    (void)shot_check("bad");
    j = app_journal(hand_app);
    OK(blob_put(j, "this is no picture", 18, &bad));
    assert_null(wait_for(&bad, 100, 1));
    assert_false(pictures_reading(hand_app));
    name = put_picture(640, 480, 9, &thumb);
    struct buf b = {0};
    OK(blob_get(j, &name, &b));
    OK(blob_drop(j, &name));
    assert_null(wait_for(&name, 600, 1));
    assert_false(pictures_reading(hand_app));
    OK(blob_put(j, b.data, b.size, &name)); /* a bundle brought it */
    name_it(&name, &thumb);
    assert_non_null(wait_for(&name, 600, 640));
    buf_release(&b);
    shot_end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_first_then_large),
        cmocka_unit_test(no_more_memory_than_is_allowed),
        cmocka_unit_test(nothing_stays_when_it_is_put_away),
        cmocka_unit_test(damaged_and_missing_ones_are_not_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
