/* screen.h -- what a screen is: it draws a const model and returns what the person asked for.
 *
 * Journey: model → screen → intent → app/act → record. A screen holds no SQL, changes nothing, loads nothing.
 * State: a plain struct without pointers, at most SCREEN_STATE_MAX bytes, zeroed on entry. The app keeps it as a
 * draft after every change and brings it back after a crash, so coming back lands on the same question. Texts
 * live in ui fields under draft keys, not in the state. */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/hash256.h"
#include "base/words.h"
#include "care/framework.h"
#include "screen/intent.h"
#include "ui/ui.h"

#define SCREEN_STATE_MAX 4096

enum screen_id {
    SCREEN_none,
#define SCREEN(name) SCREEN_##name,
#include "screen/screen_list.h"
#undef SCREEN
    SCREEN_COUNT
};

enum job_state { JOB_NONE, JOB_RUNNING, JOB_DONE, JOB_FAILED };
/* What has to be asked before a file can be read: the code of a first pack, or whether an open
 * pack is from one's own office. */
enum job_ask { JOB_ASK_NOTHING, JOB_ASK_CODE, JOB_ASK_TRUST };
struct job {
    enum job_state state;
    const char *key;          /* words key of what it is: "job.export", "job.read", "job.verify" */
    double progress;          /* 0 to 1 */
    const char *text;         /* done or failed: the sentence to show */
    const char *path;         /* export: the file made; read: the file read */
    enum job_ask ask;         /* stays while it is tried with the answer */
    bool wrong_code;          /* the code typed last was another one */
};

/* A PIN or passphrase while it is typed. Stands in the app's locked memory and nowhere else: never in a screen's state, a
 * field, a draft, a dump or a picture. The app wipes it when the screen is left and after each use. */
#define SECRET_MOST 128
struct secret {
    char typed[SECRET_MOST + 4]; /* what the pad or the keyboard has so far */
    char first[SECRET_MOST + 4]; /* a new one: the first of two times */
};

/* The picture that was taken or opened and is not kept yet: in memory only, with its marks burnt in. */
/* Under 200 MB free the app warns; under 50 MB it takes no new photos and no voice, answers always. */
enum storage_room { ROOM_ENOUGH, ROOM_LOW, ROOM_NONE };
enum shot_status { SHOT_NONE, SHOT_READING, SHOT_READY, SHOT_KEEPING, SHOT_REFUSED };
struct shot_scene {
    enum shot_status state;
    const struct ui_image *image;
    double progress;          /* reading, keeping */
    int marks;                /* that can be taken back */
    const char *problem;      /* refused: the sentence */
};
enum camera_status { CAMERA_NONE, CAMERA_CLOSED, CAMERA_STARTING, CAMERA_LIVE, CAMERA_LOST };
struct camera_scene {
    enum camera_status state;
    const struct ui_image *live; /* newest frame, NULL before the first */
    const char *const *names;
    int count, current;
    const char *problem;      /* lost, or not to be opened: the sentence */
    bool *wanted;             /* the page sets it in each frame in which it may show the preview: the camera is open, and a
                               * dropped file counts, only then. NULL: nobody looks */
};
enum voice_status { VOICE_NONE, VOICE_RECORDING, VOICE_PAUSED, VOICE_STOPPED };
#define VOICE_WAVE 96
struct voice_scene {
    enum voice_status state;
    struct evidence_to to;    /* what is being recorded for */
    int64_t ms, bytes;        /* so far */
    int64_t limit_ms;         /* no note is longer */
    uint8_t wave[VOICE_WAVE]; /* loudness 0 to 255, oldest first; recording: of the last seconds, else of the whole note */
    int wave_count;
    const char *cut_off;      /* as the attachment's column, "" ended by a person */
    const char *problem;      /* no microphone, disk full: the sentence; "" none */
    bool microphone, speaker; /* this device has one */
    bool playing;
    int64_t played_row;       /* attachment that plays, 0 the one just recorded */
    int64_t played_number;    /* … or one that waits for its form */
    int64_t play_ms, play_of_ms;
};

/* What every screen may know besides its model; the same for all, filled by the app each frame. */
struct scene {
    const struct words *words;
    int64_t wall_ms, boot_ms;
    bool left_hand;           /* main buttons at the left */
    bool sample;              /* made-up data: shown in the header */
    int64_t saved_at;         /* wall ms of the newest durable commit */
    const char *holder;       /* who holds the tablet, "" nobody */
    const char *service;      /* chosen service's name */
    /* stopwatches running now, newest first (top bar) */
    const struct running *running;
    int running_count;
    bool night;
    struct secret *secret;    /* for the screens that ask for a PIN */
    bool secret_wrong;        /* the one tried last was another; until something is typed */
    bool sealed;              /* this tablet keeps everything sealed and can lock */
    double loading;           /* 0 to 1: older checks are still being read; 1: all are here */
    struct shot_scene shot;
    struct camera_scene camera;
    struct voice_scene voice;
    enum storage_room room_state; /* of what is free on this tablet's disk */
    int64_t room_bytes;       /* free, -1 unknown */
    /* A stored picture at least that large on its longer side if there is one, NULL when it is not here (yet: asking makes
     * the app read it, and draw again when it has). Good for this frame. */
    const struct ui_image *(*image)(void *ctx, const hash256 *name, float longest_dp);
    void *image_ctx;
    bool share;               /* this device can hand a file to another app */
    struct job job;           /* long work under way or just ended (export, reading a file, verifying) */
};
struct running {
    int64_t row;
    const char *label;        /* what is timed, "" */
    int64_t ms;               /* so far */
    int64_t target_ms;        /* 0 none */
    bool free;                /* not yet given to a question */
};

struct screen {
    const char *name;
    size_t state_size;
    /* Draws into area (below nothing: a screen draws its own header with part_header). */
    struct intent (*draw)(struct ui *u, const struct scene *s, void *state, const void *model, rect area);
};
#define SCREEN(name) extern const struct screen screen_##name;
#include "screen/screen_list.h"
#undef SCREEN
const struct screen *screen_of(enum screen_id id);
enum screen_id screen_by_name(const char *name);

#endif
