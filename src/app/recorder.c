/* recorder.c -- a voice note from the first word to Keep or Discard. See recorder.h.
 *
 * Invariants
 *  1. The microphone is open while RECORDING and at no other time.
 *  2. What was said is on the disk within a second, or a person has been told that it is not;
 *     then it stays in memory and is tried again each second.
 *  3. A note goes only by Keep (its record takes over, in the same transaction) or by Discard.
 */
#include "app/recorder_inside.h"

#include "app/app_state.h"
#include "app/evidence.h"
#include "base/keys.h"
#include "base/log.h"
#include "base/text.h"

#define PIECE_MS  600 /* with a page of 200 and a frame of 100 still less than a second */
#define FRAME_MS  100
#define RETRY_MS  1000
#define HEAR_MOST (60 * 10) /* tenths of a second in one frame */

/* ---- what is there ---- */

struct recorder *recorder_of(struct app *a) {
    if (!a->recorder) {
        struct arena own = {0};
        a->recorder = arena_take(&own, sizeof *a->recorder);
        a->recorder->arena = own;
    }
    return a->recorder;
}

void recorder_problem(struct app *a, const char *key) {
    struct recorder *r = recorder_of(a);
    text_copy(r->problem, sizeof r->problem, key ? word(a->words, key) : "");
}

bool recorder_runs(const struct app *a) {
    return a->recorder && a->recorder->rec.state == VOICE_RECORDING;
}

bool recorder_saved(const struct app *a) {
    const struct recorder *r = a->recorder;
    return !r || r->rec.state == VOICE_NONE || (!r->rec.fresh.size && !r->rec.head_owed);
}

static const struct place *page(const struct app *a) {
    return &a->stack[a->depth - 1].place;
}

static bool same_place(const struct place *x, const struct place *y) {
    return x->screen == y->screen && x->row == y->row && x->other == y->other &&
           text_equal(x->word, y->word) && text_equal(x->word2, y->word2);
}

/* Looking wakes the device's sound up for a moment, so it is done once a page and not for Home,
 * which is the first one. */
static void look_for_devices(struct app *a) {
    struct recorder *r = recorder_of(a);
    const struct platform *d = a->platform;
    if (page(a)->screen == SCREEN_home || (r->looked_once && same_place(&r->looked, page(a))))
        return;
    r->looked = *page(a);
    r->looked_once = true;
    if (!r->rec.state) r->problem[0] = '\0'; /* it was said on another page */
    r->microphone = d->microphone_there && d->microphone_there(d->ctx);
    r->speaker = d->speaker_there && d->speaker_there(d->ctx);
}

/* ---- to the disk ---- */

/* The disk may be full or gone: the recording ends with what there was, and that is told once.
 */
static void not_written(struct app *a, enum status s) {
    struct recorder *r = recorder_of(a);
    r->rec.retry_boot = clock_boot(&a->clock) + RETRY_MS;
    log_line("voice note not written: %s", status_key(s));
    if (s == STATUS_BUSY || r->rec.told) return;
    r->rec.told = true;
    recorder_end(a, "disk");
    recorder_problem(a, "recorder.disk");
    app_told(a, s);
}

/* While a pack is being read everything is part of that one transaction, which may come to
 * nothing. */
static void write_what_there_is(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    if (recorder_saved(a) || journal_writing(a->j)) return;
    if (clock_boot(&a->clock) < rec->retry_boot) return;
    enum status s = disk_piece(a);
    if (s) {
        not_written(a, s);
    } else {
        rec->told = false;
    }
}

static void write_step(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    bool due =
        rec->head_owed || rec->state != VOICE_RECORDING || rec->ms - rec->kept_ms >= PIECE_MS;
    if (due) write_what_there_is(a);
}

/* ---- hearing ---- */

static void close_microphone(struct app *a) {
    a->platform->microphone_close(a->platform->ctx);
}

/* Its end goes to the disk at once, or as soon as that is possible. */
static void stop(struct app *a, const char *cut_off) {
    struct recording *rec = &recorder_of(a)->rec;
    if (!rec->writer) return;
    if (rec->state == VOICE_RECORDING) close_microphone(a);
    if (voice_write_end(rec->writer)) log_line("the end of a voice note is missing");
    rec->writer = NULL;
    rec->state = VOICE_STOPPED;
    text_copy(rec->cut_off, sizeof rec->cut_off, cut_off);
    key_wipe(rec->tenth, sizeof rec->tenth);
    rec->tenth_count = 0;
    rec->head_owed = true;
    app_touched(a);
    log_line("voice note: %lld ms, ended by %s", (long long)rec->ms,
             *cut_off ? cut_off : "a person");
    write_what_there_is(a);
}

void recorder_end(struct app *a, const char *cut_off) {
    if (!a->recorder || !a->j) return;
    play_hush(a);
    stop(a, cut_off);
}

static void take_levels(struct recording *rec, const int16_t *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        rec->tenth[rec->tenth_count++] = p[i];
        if (rec->tenth_count < LEVEL_SAMPLES) continue;
        rec->tenth_count = 0;
        if (rec->levels_count < LEVELS_MOST)
            rec->levels[rec->levels_count++] = voice_level(rec->tenth, LEVEL_SAMPLES);
    }
}

static void take(struct app *a, const int16_t *p, size_t n) {
    struct recording *rec = &recorder_of(a)->rec;
    int64_t left = (VOICE_MOST_MS - rec->ms) * (VOICE_RATE / 1000);
    bool last = (int64_t)n >= left;
    if (last) n = (size_t)left;
    if (voice_write_add(rec->writer, p, n)) {
        stop(a, "microphone");
        recorder_problem(a, "recorder.lost");
        return;
    }
    take_levels(rec, p, n);
    rec->ms = voice_written_ms(rec->writer);
    if (!last) return;
    stop(a, "limit");
    recorder_problem(a, "recorder.limit");
}

static void hear(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    int16_t block[LEVEL_SAMPLES];
    bool lost = false;
    size_t n = LEVEL_SAMPLES;
    for (int i = 0; i < HEAR_MOST && n == LEVEL_SAMPLES && !lost; i++) {
        if (rec->state != VOICE_RECORDING) break;
        n = a->platform->microphone_read(a->platform->ctx, block, LEVEL_SAMPLES, &lost);
        if (n) take(a, block, n);
    }
    key_wipe(block, sizeof block);
    if (!lost || rec->state != VOICE_RECORDING) return;
    stop(a, "microphone");
    recorder_problem(a, "recorder.lost");
}

/* ---- its end ---- */

static void forget(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    if (rec->state == VOICE_RECORDING) close_microphone(a);
    voice_write_abandon(rec->writer);
    buf_wipe(&rec->fresh);
    key_wipe(rec, sizeof *rec);
}

/* Blob and record, and the drafts go: inside a transaction. */
static enum status put(struct app *a, const struct evidence_to *to, row_id *row) {
    struct recording *rec = &recorder_of(a)->rec;
    struct evidence_new e = {.sort = EVIDENCE_VOICE,
                             .caption = "",
                             .source = "microphone",
                             .cut_off = rec->cut_off,
                             .type = "audio/ogg",
                             .ms = rec->ms,
                             .taken = rec->taken,
                             .by = rec->by};
    struct buf b = {0};
    enum status s = disk_bytes(a, &b);
    if (!s) s = blob_put(a->j, b.data, b.size, &e.hash);
    e.size = (int64_t)b.size;
    buf_wipe(&b);
    if (!s) s = evidence_put(a, to, &e, row);
    if (!s) s = disk_drop(a);
    return s;
}

/* To the batch of the intent under way. */
static void remember(struct app *a, row_id row) {
    undo_remember(&a->undo[a->undo_next % UNDO_BATCHES],
                  &(struct undo_step){.kind = &kind_attachment,
                                      .row = row,
                                      .wrote = undo_version_of(a->j, row, &a->act_arena)});
}

static enum status keep_in_transaction(struct app *a, row_id *row) {
    if (journal_writing(a->j)) return status_fail(STATUS_BUSY, "a pack is being read");
    if (data_gone(a)) return status_fail(STATUS_IO, "%s", a->db_path);
    enum status s = journal_begin(a->j);
    if (s) return s;
    s = put(a, &recorder_of(a)->rec.to, row);
    if (!s) s = journal_commit(a->j);
    if (s) journal_rollback(a->j);
    return s;
}

static void discard(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    play_forget(a);
    if (rec->state == VOICE_RECORDING) close_microphone(a);
    voice_write_abandon(rec->writer);
    rec->writer = NULL;
    if (rec->state) rec->state = VOICE_STOPPED;
    enum status s =
        journal_writing(a->j) ? status_fail(STATUS_BUSY, "a pack is being read") : disk_drop(a);
    if (s) {
        app_told(a, s);
    } else if (rec->state) {
        forget(a);
    }
}

void recorder_erased(struct app *a, bool (*erased)(struct app *a, row_id row)) {
    const struct recording *rec = &recorder_of(a)->rec;
    if (rec->state && (erased(a, rec->to.visit) || erased(a, rec->to.row))) discard(a);
}

/* When the disk did not give it, nobody knows how much of it there is. */
static enum status look_again(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    if (!rec->unread) return STATUS_OK;
    forget(a);
    disk_find(a);
    return rec->unread ? status_fail(STATUS_IO, "%s", a->db_path) : STATUS_OK;
}

/* Nothing was heard: nothing waits, and nothing is in the way of the next one. */
static void drop_empty(struct app *a) {
    struct recorder *r = recorder_of(a);
    struct recording *rec = &r->rec;
    if (rec->state != VOICE_STOPPED || rec->ms || rec->claimed || journal_writing(a->j)) return;
    if (clock_boot(&a->clock) < rec->retry_boot) return;
    bool known = !look_again(a);
    if (known && (!rec->state || rec->ms)) return;
    if (!known || disk_drop(a)) {
        rec->retry_boot = clock_boot(&a->clock) + RETRY_MS;
        return;
    }
    forget(a);
    if (!r->problem[0]) recorder_problem(a, "recorder.nothing");
}

static void keep(struct app *a, const struct intent *in) {
    struct recording *rec = &recorder_of(a)->rec;
    row_id row = 0;
    play_forget(a);
    stop(a, "");
    enum status s = look_again(a);
    if (!rec->state) return;
    if (!s && rec->ms == 0) {
        drop_empty(a);
        return;
    }
    if (!s) s = keep_in_transaction(a, &row);
    if (s) {
        log_line("voice note not kept: %s", status_key(s));
        app_told(a, s);
        return;
    }
    const struct evidence_to to = rec->to;
    forget(a);
    evidence_kept(a, &to, row, in->undo ? in->undo : "recorder.kept");
    a->model_stale = true;
    if (in->back_after) stack_pop(a);
}

/* ---- its beginning ---- */

/* Why nothing is recorded now, as a words key; NULL: it may be. */
static const char *refused(struct app *a, const struct evidence_to *to) {
    const struct platform *d = a->platform;
    const struct recorder *r = recorder_of(a);
    if (a->covered || !to || to->what == EVIDENCE_NOTHING) return "recorder.no_microphone";
    if (r->rec.state) return "recorder.waits";
    if (a->scene.room_state == ROOM_NONE) return "recorder.no_room";
    if (journal_writing(a->j)) return "status.busy";
    enum status may = evidence_may(a, to);
    if (may) return may == STATUS_SEALED ? "status.sealed" : "recorder.not_for_this";
    if (!d->microphone_open || !d->microphone_there(d->ctx)) return "recorder.no_microphone";
    switch (d->microphone_open(d->ctx)) {
    case STATUS_OK:
        return NULL;
    case STATUS_BUSY:
        return "recorder.busy";
    default:
        return "recorder.no_microphone";
    }
}

static void start(struct app *a, const struct evidence_to *to) {
    struct recording *rec = &recorder_of(a)->rec;
    play_forget(a);
    const char *why = refused(a, to);
    if (why) {
        recorder_problem(a, why);
        log_line("no voice note: %s", why);
        return;
    }
    rec->to = *to;
    rec->place = *page(a);
    rec->taken = clock_wall(&a->clock);
    rec->by = journal_holder(a->j);
    rec->state = VOICE_RECORDING;
    enum status s = voice_write_start(&rec->writer, &rec->fresh);
    if (!s && data_gone(a)) s = status_fail(STATUS_IO, "%s", a->db_path);
    if (!s) s = disk_head(a);
    if (!s) return;
    forget(a);
    app_told(a, s);
}

static void pause_it(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    if (rec->state != VOICE_RECORDING) return;
    hear(a); /* up to the touch */
    if (rec->state != VOICE_RECORDING) return;
    close_microphone(a);
    rec->state = VOICE_PAUSED;
}

static void resume(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    const struct platform *d = a->platform;
    if (rec->state != VOICE_PAUSED) return;
    play_forget(a);
    if (!d->microphone_open(d->ctx)) {
        rec->state = VOICE_RECORDING;
        return;
    }
    stop(a, "microphone");
    recorder_problem(a, "recorder.lost");
}

/* ---- what others ask ---- */

bool recorder_holds(const struct app *a, enum evidence_for form, row_id visit,
                    const char *item) {
    if (!a->recorder || !a->recorder->rec.state) return false;
    const struct evidence_to *to = &a->recorder->rec.to;
    return to->what == (int32_t)form && to->visit == visit &&
           text_equal(to->item, item ? item : "");
}

enum status recorder_claim(struct act *t, enum evidence_for form, row_id visit,
                           const char *item, row_id row) {
    struct app *a = t->app;
    row_id made = 0;
    if (!recorder_holds(a, form, visit, item)) return STATUS_OK;
    stop(a, "");
    struct recording *rec = &recorder_of(a)->rec;
    rec->claimed = true;
    if (rec->unread) return status_fail(STATUS_IO, "%s", a->db_path);
    if (rec->ms == 0) return disk_drop(a);
    const struct evidence_to to = {.what = EVIDENCE_ROW, .visit = visit, .row = row};
    enum status s = put(a, &to, &made);
    if (!s) remember(a, made);
    return s;
}

/* The form's transaction took the drafts along, or was taken back. */
static void settle_claim(struct app *a) {
    struct recording *rec = &recorder_of(a)->rec;
    void *p = NULL;
    size_t n = 0;
    if (!rec->claimed || journal_writing(a->j)) return;
    enum status s = draft_get(a->j, "voice/head", &a->act_arena, &p, &n);
    if (s && s != STATUS_NOT_FOUND) return;
    rec->claimed = false;
    if (s != STATUS_NOT_FOUND) return;
    play_forget(a);
    forget(a);
}

/* A form that takes the note along needs its end first; a check is not sealed over a note that
 * waits. */
static bool comes_first(struct app *a, const struct intent *in) {
    struct recording *rec = &recorder_of(a)->rec;
    if (in->kind == INTENT_observe || in->kind == INTENT_feedback) stop(a, "");
    if (in->kind != INTENT_visit_seal || !rec->state || rec->to.visit != in->row) return false;
    stop(a, "");
    ui_toast(a->ui, 0, word(a->words, "recorder.before_seal"), NULL);
    if (rec->place.screen && !same_place(&rec->place, page(a))) stack_push(a, &rec->place);
    return true;
}

bool recorder_navigate(struct app *a, const struct intent *in) {
    if (in->kind < INTENT_voice_start || in->kind > INTENT_voice_hush)
        return a->recorder && comes_first(a, in);
    recorder_problem(a, NULL);
    ui_wake_in(a->ui, 0);
    if (in->kind == INTENT_voice_start) start(a, in->detail);
    if (in->kind == INTENT_voice_pause) pause_it(a);
    if (in->kind == INTENT_voice_resume) resume(a);
    if (in->kind == INTENT_voice_stop) stop(a, "");
    if (in->kind == INTENT_voice_keep) keep(a, in);
    if (in->kind == INTENT_voice_discard) discard(a);
    if (in->kind == INTENT_voice_play && !recorder_runs(a))
        play_start(a, in->detail, in->number);
    if (in->kind == INTENT_voice_seek) play_seek(a, in->number);
    if (in->kind == INTENT_voice_hush) play_hush(a);
    return true;
}

/* ---- each frame ---- */

void recorder_step(struct app *a) {
    struct recorder *r = recorder_of(a);
    if (r->rec.claimed) settle_claim(a);
    if (!a->covered) look_for_devices(a);
    if (r->rec.writer && !same_place(&r->rec.place, page(a))) stop(a, "");
    if (r->rec.state == VOICE_RECORDING) hear(a);
    write_step(a);
    drop_empty(a);
    play_step(a);
    if (r->rec.state == VOICE_RECORDING || r->play.reader) ui_wake_in(a->ui, FRAME_MS);
    if (!recorder_saved(a)) ui_wake_in(a->ui, RETRY_MS);
}

/* While recording the last seconds; afterwards all of it, the loudest moment of each part. */
static void wave(const struct recording *rec, struct voice_scene *out) {
    int n = rec->levels_count, shown = n < VOICE_WAVE ? n : VOICE_WAVE;
    out->wave_count = shown;
    if (rec->state == VOICE_RECORDING) {
        memcpy(out->wave, rec->levels + n - shown, (size_t)shown);
        return;
    }
    for (int i = 0; i < n; i++) {
        uint8_t *at = &out->wave[(int64_t)i * shown / n];
        if (rec->levels[i] > *at) *at = rec->levels[i];
    }
}

void recorder_scene(struct app *a, struct voice_scene *out) {
    const struct recorder *r = recorder_of(a);
    const struct recording *rec = &r->rec;
    const struct playing *p = &r->play;
    *out = (struct voice_scene){.state = rec->state,
                                .to = rec->to,
                                .ms = rec->ms,
                                .bytes = rec->kept_bytes + (int64_t)rec->fresh.size,
                                .limit_ms = VOICE_MOST_MS,
                                .cut_off = rec->cut_off,
                                .problem = r->problem,
                                .microphone = r->microphone,
                                .speaker = r->speaker,
                                .playing = p->reader != NULL,
                                .played_row = p->row,
                                .played_number = p->number,
                                .play_ms = p->ms,
                                .play_of_ms = p->of_ms};
    wave(rec, out);
}

/* ---- with the journal ---- */

void recorder_opened(struct app *a) {
    disk_find(a);
}

void recorder_leave(struct app *a) {
    if (!a->recorder) return;
    struct recording *rec = &a->recorder->rec;
    play_forget(a);
    stop(a, "");
    rec->retry_boot = 0;
    write_what_there_is(a);
    forget(a);
    key_wipe(a->recorder->problem, sizeof a->recorder->problem);
}

void recorder_close(struct app *a) {
    if (!a->recorder) return;
    struct arena own = a->recorder->arena;
    a->recorder = NULL;
    arena_wipe(&own);
}
