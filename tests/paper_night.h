/* paper_night.h -- a night check with everything in it that a paper can show, and everything
 * that none may: ten photos, voice notes, signatures, actions, duties; a worker's name, a
 * worker's words, things in confidence. Kept through the real app, intent by intent, for
 * test_paper and bench_pdf. */
#ifndef TESTS_PAPER_NIGHT_H
#define TESTS_PAPER_NIGHT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_state.h"
#include "app/evidence.h"
#include "app/papers.h"
#include "base/file.h"
#include "base/text.h"
#include "media/picture.h"
#include "model/reference.h"
#include "store/query.h"

#define PAPER_NIGHT_MS 1795315260000LL       /* Sun 22 Nov 2026 02:41 in London */
#define WORKER         "Marigold Penhaligon" /* on no paper for the home */
#define CONFIDED       "zanzibar"            /* in words that are on no paper at all */
#define STAFF_SAID     "quicksilver"

struct night {
    struct app *app;
    struct clock_manual time;
    struct platform platform;
    char dir[600];
    row_id service, visit, lead, worker, action, marker, voice, quote, staff_voice;
    struct arena memory;
    const char *stick;
    const char *shared; /* the file last handed to another app */
};

static inline void night_must(enum status s, const char *what) {
    if (!s) return;
    fprintf(stderr, "%s: %s %s\n", what, status_key(s), status_detail());
    abort();
}

static inline const char *night_dir(void *ctx) {
    return ((struct night *)ctx)->dir;
}
static inline const char *night_assets(void *ctx) {
    (void)ctx;
    return "assets";
}
static inline const char *night_boot(void *ctx) {
    (void)ctx;
    return "boot-1";
}
static inline size_t night_sticks(void *ctx, struct arena *a, const char ***out) {
    struct night *t = ctx;
    *out = ARENA_ARRAY(a, const char *, 1);
    (*out)[0] = t->stick;
    return t->stick ? 1 : 0;
}
static inline bool night_share(void *ctx, const char *path, const char *type) {
    struct night *t = ctx;
    t->shared = text_equal(type, "application/pdf") ? arena_strdup(&t->memory, path) : NULL;
    return true;
}

static inline void night_frame(struct night *t) {
    int wait;
    t->time.wall_ms += 100000;
    t->time.boot_ms += 100000;
    app_touched(t->app);
    app_frame(t->app, &wait);
}

static inline void night_act(struct night *t, const struct intent *in) {
    t->app->problem = (struct problem){0};
    app_act(t->app, in);
    night_must(t->app->problem.status, "intent");
    night_frame(t);
}

static inline row_id night_put(struct night *t, struct row *r) {
    night_must(journal_put_alone(t->app->j, r), "put");
    return r->id;
}

static inline row_id night_find(struct night *t, const char *sql) {
    return query_one_int(t->app->j, 0, sql, 0);
}

/* ---- a photo: a made-up room, different each time, with the grain of a real one ---- */

static inline void night_photo_bytes(int number, int w, int h, struct buf *jpeg,
                                     struct buf *thumb) {
    struct buf yuyv = {0};
    uint32_t seed = 12345U + (uint32_t)number * 7919U;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            seed = seed * 1664525U + 1013904223U;
            float fx = (float)x / (float)w, fy = (float)y / (float)h;
            int wall = 150 + (int)(50 * fx) - (fy > 0.7F ? 70 : 0);
            bool door =
                fx > 0.25F + 0.04F * (float)(number % 5) && fx < 0.5F && fy > 0.2F && fy < 0.9F;
            int luma = (door ? 90 : wall) + (int)(seed >> 28);
            buf_byte(&yuyv, (uint8_t)luma);
            buf_byte(&yuyv, (uint8_t)(x & 1 ? (door ? 150 : 136) : (door ? 110 : 122)));
        }
    struct camera_frame f = {.format = FRAME_YUYV,
                             .width = w,
                             .height = h,
                             .stride = (size_t)w * 2,
                             .bytes = yuyv.data,
                             .size = yuyv.size};
    struct picture *p = NULL, *small = NULL;
    night_must(picture_of_frame(&p, &f, PICTURE_SIDE_MOST), "frame");
    small = picture_smaller(p, THUMB_SIDE);
    night_must(picture_write(p, jpeg), "jpeg");
    night_must(picture_write(small, thumb), "thumb");
    picture_free(small);
    picture_free(p);
    buf_release(&yuyv);
}

static inline row_id night_attach(struct night *t, const struct evidence_to *to,
                                  const void *bytes, size_t n, const struct buf *thumb,
                                  struct evidence_new e) {
    row_id row = 0;
    night_must(journal_begin(t->app->j), "begin");
    night_must(blob_put(t->app->j, bytes, n, &e.hash), "blob");
    if (thumb) night_must(blob_put(t->app->j, thumb->data, thumb->size, &e.thumb), "thumb");
    e.size = (int64_t)n;
    e.taken = t->time.wall_ms;
    night_must(evidence_put(t->app, to, &e, &row), "evidence");
    night_must(journal_commit(t->app->j), "commit");
    return row;
}

static inline row_id night_photo(struct night *t, const struct evidence_to *to, int number,
                                 int w, int h, const char *caption) {
    struct buf jpeg = {0}, thumb = {0};
    night_photo_bytes(number, w, h, &jpeg, &thumb);
    row_id row = night_attach(t, to, jpeg.data, jpeg.size, &thumb,
                              (struct evidence_new){.sort = EVIDENCE_PHOTO,
                                                    .caption = caption,
                                                    .source = "camera",
                                                    .type = "image/jpeg",
                                                    .width = w,
                                                    .height = h});
    buf_release(&jpeg);
    buf_release(&thumb);
    return row;
}

static inline row_id night_voice(struct night *t, const struct evidence_to *to,
                                 const char *words) {
    return night_attach(
        t, to, words, strlen(words), NULL,
        (struct evidence_new){
            .sort = EVIDENCE_VOICE, .source = "microphone", .type = "audio/ogg", .ms = 42000});
}

/* ---- the check ---- */

static inline void night_answer(struct night *t, const char *item, const char *part,
                                const char *word, const char *note, int severity,
                                const char *safe) {
    struct answer_intent k = {.visit = t->visit,
                              .item = item,
                              .part = part,
                              .set_word = true,
                              .word = word,
                              .set_note = note != NULL,
                              .note = note,
                              .set_severity = severity > 0,
                              .severity = severity,
                              .set_safe = safe != NULL,
                              .safe = safe,
                              .safe_by = safe ? "night lead" : NULL,
                              .safe_at = t->time.wall_ms};
    night_act(t, &(struct intent){.kind = INTENT_answer, .detail = &k});
}

static inline void night_raise(struct night *t, const char *item, const char *different,
                               bool must, const char *owner) {
    struct raise_intent r = {.visit = t->visit,
                             .service = t->service,
                             .must = must,
                             .found_at_night = true,
                             .different = different,
                             .measure = "Seen on two nights by somebody else",
                             .baseline = "As found tonight",
                             .why = "People cannot call for help",
                             .lane = "before_tonight",
                             .owner_text = owner,
                             .item = item,
                             .template_code = "NIGHT",
                             .statement = "SAF-S4",
                             .severity = 2};
    night_act(t, &(struct intent){.kind = INTENT_raise, .detail = &r});
}

static inline void night_observe(struct night *t, bool good, const char *text, int severity,
                                 const char *statement) {
    struct observe_intent o = {.visit = t->visit,
                               .service = t->service,
                               .good = good,
                               .text = text,
                               .severity = severity,
                               .statement = statement};
    night_act(t, &(struct intent){.kind = INTENT_observe, .detail = &o});
}

static inline void night_heard(struct night *t, const char *speaker, const char *sort,
                               const char *text, const char *consent) {
    struct feedback_intent k = {.visit = t->visit,
                                .service = t->service,
                                .speaker = speaker,
                                .sort = sort,
                                .text = text,
                                .can_decide = "yes",
                                .consent = consent,
                                .recorded = text_equal(consent, "yes")};
    night_act(t, &(struct intent){.kind = INTENT_feedback, .detail = &k});
}

static inline void night_sign(struct night *t, const char *side, const char *who) {
    struct buf b = {0};
    for (int i = 0; i <= 60; i++) {
        float x = 0.1F + 0.8F * (float)i / 60;
        buf_u16(&b, (uint16_t)(x * 65534));
        buf_u16(&b, (uint16_t)((0.5F + 0.35F * sinf((float)i * 0.4F)) * 65534));
        buf_byte(&b, (uint8_t)(100 + 2 * i));
        buf_u32(&b, (uint32_t)i * 12);
        if (i == 30) {
            buf_u16(&b, 65535);
            buf_u16(&b, 65535);
            buf_byte(&b, 0);
            buf_u32(&b, 370);
        }
    }
    struct sign_intent s = {
        .visit = t->visit,
        .who = who,
        .side = side,
        .choice = "signed",
        .meaning = "I was told this.",
        .text = text_equal(side, "in_charge") ? "The door was reported last week." : NULL,
        .strokes = b.data,
        .strokes_size = b.size};
    night_act(t, &(struct intent){.kind = INTENT_sign, .detail = &s});
    buf_release(&b);
}

/* Rows that the screens would never make here, as another tablet or an older version might
 * have. */
static inline void night_plant(struct night *t) {
    struct row r = row_new(&kind_feedback);
    row_ref(&r, "visit", t->visit);
    row_ref(&r, "service", t->service);
    row_text(&r, "speaker", "staff");
    row_text(&r, "sort", "worry");
    row_text(&r, "text", "We are too few, " STAFF_SAID);
    t->staff_voice = night_put(t, &r);
    r = row_new(&kind_feedback);
    row_ref(&r, "service", t->service);
    row_text(&r, "speaker", "staff");
    row_text(&r, "text", "In confidence, " CONFIDED);
    row_int(&r, "restricted", 1);
    night_put(t, &r);
    r = row_new(&kind_observation);
    row_ref(&r, "visit", t->visit);
    row_ref(&r, "service", t->service);
    row_text(&r, "text", "Conduct of somebody, " CONFIDED);
    row_int(&r, "severity", 3);
    row_int(&r, "restricted", 1);
    row_id conduct = night_put(t, &r);
    r = row_new(&kind_feedback);
    row_ref(&r, "visit", t->visit);
    row_text(&r, "speaker", "family");
    row_text(&r, "consent", "no");
    row_text(&r, "text", "Not to be written down, " CONFIDED);
    night_put(t, &r);
    r = row_new(&kind_action);
    row_ref(&r, "service", t->service);
    row_ref(&r, "visit", t->visit);
    row_text(&r, "reference", "ZZ99");
    row_text(&r, "different", "About the conduct, " CONFIDED);
    row_ref(&r, "source", conduct);
    night_put(t, &r);
}

static inline void night_persons(struct night *t) {
    struct row r = row_new(&kind_person);
    row_text(&r, "label", "Quality lead");
    row_text(&r, "role", "quality lead");
    row_text(&r, "side", "provider");
    t->lead = night_put(t, &r);
    r = row_new(&kind_person);
    row_text(&r, "label", WORKER);
    row_text(&r, "role", "night care worker");
    row_text(&r, "side", "staff");
    row_ref(&r, "service", t->service);
    t->worker = night_put(t, &r);
    journal_hold(t->app->j, t->lead);
}

static inline void night_open(struct night *t, const char *dir) {
    *t = (struct night){.time = {.wall_ms = PAPER_NIGHT_MS, .boot_ms = 5000}};
    text_copy(t->dir, sizeof t->dir, dir);
    t->platform = (struct platform){.ctx = t,
                                    .data_dir = night_dir,
                                    .assets_dir = night_assets,
                                    .boot_id = night_boot,
                                    .sticks = night_sticks,
                                    .share_file = night_share};
    night_must(app_open(&t->app, &(struct app_options){.width_dp = 1280,
                                                       .height_dp = 800,
                                                       .scale = 1,
                                                       .offscreen = true,
                                                       .clock = clock_manual(&t->time),
                                                       .platform = &t->platform}),
               "open");
    struct row s = row_new(&kind_service);
    row_text(&s, "code", "OAK");
    row_text(&s, "name", "Oak House");
    row_text(&s, "setting", "nursing_home");
    t->service = night_put(t, &s);
    app_act(t->app, &(struct intent){.kind = INTENT_choose_service, .row = t->service});
    night_persons(t);
    struct start_intent start = {.service = t->service,
                                 .checker = t->lead,
                                 .in_charge = t->worker,
                                 .template_code = "NIGHT",
                                 .length = "core",
                                 .reason = "routine",
                                 .unannounced = true};
    night_act(t, &(struct intent){.kind = INTENT_visit_start, .detail = &start});
    t->visit = night_find(t, "SELECT max(id) FROM visit");
}

static inline struct evidence_to night_item(struct night *t, const char *item) {
    struct evidence_to to = {.what = EVIDENCE_ITEM, .visit = t->visit};
    text_copy(to.item, sizeof to.item, item);
    return to;
}

static inline void night_findings(struct night *t) {
    night_answer(t, "N29", "keys", "not_met",
                 "Keys in the trolley while nobody stood there. " WORKER " took them at once.",
                 3, "made_safe");
    night_answer(t, "N29", "locked", "met", NULL, 0, NULL);
    night_answer(t, "N02", "asked", "not_met",
                 "The front door opened at a push, with nobody near it.", 2, NULL);
    night_answer(t, "N02", "shut", "met", NULL, 0, NULL);
    night_answer(t, "N41", "clear", "partly", "A hoist stood across half of the way out.", 2,
                 "made_safe");
    night_answer(t, "N22", "ahead", "not_met", "Two charts were filled in for 04:00 at 02:55.",
                 2, NULL);
    night_answer(t, "N07", "awake", "partly", "One worker dozed in the lounge.", 2,
                 "made_safe");
    night_answer(t, "N18", "heard", "met", NULL, 0, NULL);
    night_answer(t, "N56", "written", "met", NULL, 0, NULL);
    night_raise(t, "N29", "The medicines keys are on one person, all night", true,
                "night lead");
    night_raise(t, "N02", "Nobody walks in without being asked who they are", true,
                "maintenance");
    night_observe(t, true, "A worker sat with a restless person until she slept.", 0, "CAR-C4");
    night_observe(t, true, "Doors shut softly; lights low in every corridor.", 0, "CAR-C1");
    night_observe(t, true, "Drinks stood fresh and within reach in all rooms I saw.", 0,
                  "EFF-E4");
    night_observe(t, true, "The night lead knew every person’s plan by heart.", 0, "WEL-W2");
    night_observe(t, false, "A sharp edge on the bath panel, Willow bathroom.", 2, "SAF-S5");
    night_observe(t, false, "A worker spoke of a person over her head.", 2, "SAF-S6");
}

static inline void night_talk(struct night *t) {
    struct evidence_to to = {.what = EVIDENCE_ROW, .visit = t->visit};
    night_heard(t, "lives_here", "praise",
                "They come when I ring. " WORKER " is an angel, £5 says so.", "yes");
    night_heard(t, "family", "worry", "At night it can be such a long time. سلام", "yes");
    t->quote = to.row = night_find(t, "SELECT max(id) FROM feedback");
    t->voice = night_voice(t, &to, "not really Opus");
    night_heard(t, "visitor", "idea", "Mrs Threadgold would like a night light.",
                "without_name");
    struct told_intent told = {.visit = t->visit,
                               .service = t->service,
                               .whom = WORKER,
                               .how = "shown",
                               .sort = "person_in_charge",
                               .said = "She knew about the door."};
    night_act(t, &(struct intent){.kind = INTENT_told, .detail = &told});
    struct duty_intent duty = {.visit = t->visit,
                               .service = t->service,
                               .name = "cqc",
                               .decision = "open",
                               .decide_by = t->time.wall_ms + 30000000};
    night_act(t, &(struct intent){.kind = INTENT_duty, .detail = &duty});
    night_sign(t, "checker", "Quality lead");
    night_sign(t, "in_charge", WORKER);
}

/* Ten photos: of items found, of one that was as it should be, of an observation, of an action.
 */
static inline void night_photos(struct night *t, int w, int h) {
    static const char *const items[] = {"N29", "N02", "N02", "N41", "N22", "N07", "N56"};
    static const char *const captions[] = {"Trolley, keys in the lock",
                                           "Front door, not on the latch",
                                           "The same door from inside",
                                           "Hoist across the way out",
                                           "Chart, written ahead of time",
                                           "Chair in the lounge",
                                           ""};
    for (int i = 0; i < 7; i++) {
        struct evidence_to to = night_item(t, items[i]);
        night_photo(t, &to, i, w, h, captions[i]);
    }
    struct evidence_to row = {
        .what = EVIDENCE_ROW,
        .visit = t->visit,
        .row = night_find(t, "SELECT min(id) FROM observation WHERE good = 1")};
    night_photo(t, &row, 7, w, h, "The low light in the corridor");
    row.row = night_find(t, "SELECT id FROM observation WHERE text LIKE 'A sharp edge%'");
    night_photo(t, &row, 8, h, w, "Bath panel");
    t->action = night_find(t, "SELECT min(id) FROM action WHERE must = 1");
    struct evidence_to marker = {.what = EVIDENCE_ACTION, .row = t->action};
    t->marker = night_photo(t, &marker, 9, w, h, "Where the keys were");
}

static inline void night_whole(struct night *t, const char *dir, int w, int h) {
    night_open(t, dir);
    night_findings(t);
    night_talk(t);
    night_photos(t, w, h);
    night_plant(t);
}

static inline void night_seal(struct night *t) {
    night_act(t, &(struct intent){.kind = INTENT_visit_leave, .row = t->visit});
    night_act(t, &(struct intent){.kind = INTENT_visit_seal,
                                  .row = t->visit,
                                  .text = "A calm house. People slept."});
}

static inline void night_close(struct night *t) {
    app_close(t->app);
    arena_release(&t->memory);
}

#endif
