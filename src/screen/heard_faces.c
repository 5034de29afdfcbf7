/* heard_faces.c -- what a card shows: five faces from very upset to very happy, drawn so that
 * each differs from the next by its mouth and brows alone, and a picture for each subject. */
#include "screen/heard_pieces.h"

#include <math.h>

#include "base/text.h"

#define MOUTH_POINTS 13
#define PI           3.14159265F

static const struct {
    const char *name;
    enum icon icon;
} pictures[] = {
    {"bed", ICON_BED},           {"bell", ICON_BELL_RINGING},  {"food", ICON_FORK_KNIFE},
    {"drink", ICON_COFFEE},      {"toilet", ICON_TOILET},      {"pain", ICON_BANDAIDS},
    {"hands", ICON_HAND},        {"clothes", ICON_T_SHIRT},    {"bath", ICON_BATHTUB},
    {"door", ICON_DOOR},         {"people", ICON_USERS_THREE}, {"alone", ICON_USER},
    {"talk", ICON_CHATS},        {"phone", ICON_PHONE},        {"music", ICON_MUSIC_NOTES},
    {"outside", ICON_TREE},      {"book", ICON_BOOK_OPEN},     {"money", ICON_COINS},
    {"pills", ICON_PILL},        {"night", ICON_MOON_STARS},   {"day", ICON_SUN},
    {"heart", ICON_HEART},       {"sad", ICON_SMILEY_SAD},     {"happy", ICON_SMILEY},
    {"clock", ICON_CLOCK},       {"walk", ICON_PERSON_WALK},   {"house", ICON_HOUSE},
    {"question", ICON_QUESTION}, {"choice", ICON_SIGNPOST},    {"help", ICON_HAND_HEART}};

enum icon heard_picture(const char *name) {
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        if (text_equal(pictures[i].name, name)) return pictures[i].icon;
    return ICON_QUESTION;
}

/* bend: 1 a wide smile, -1 the corners far down. */
static void mouth(struct ui *u, rect r, float bend, enum color ink, float width) {
    float xy[2 * MOUTH_POINTS];
    for (int i = 0; i < MOUTH_POINTS; i++) {
        float at = (float)i / (MOUTH_POINTS - 1);
        xy[2 * i] = 0.29F + 0.42F * at;
        xy[2 * i + 1] = 0.67F + 0.16F * bend * (sinf(PI * at) - 0.5F);
    }
    ui_polyline(u, r, xy, MOUTH_POINTS, ink, width);
}

/* A laugh: the mouth is open. */
static void laugh(struct ui *u, rect r, enum color ink, float width) {
    float xy[2 * (MOUTH_POINTS + 1)];
    for (int i = 0; i < MOUTH_POINTS; i++) {
        float at = PI * (float)i / (MOUTH_POINTS - 1);
        xy[2 * i] = 0.5F - 0.24F * cosf(at);
        xy[2 * i + 1] = 0.57F + 0.24F * sinf(at);
    }
    xy[2 * MOUTH_POINTS] = xy[0];
    xy[2 * MOUTH_POINTS + 1] = xy[1];
    ui_polyline(u, r, xy, MOUTH_POINTS + 1, ink, width);
}

static void brow(struct ui *u, rect r, float inner_x, float outer_x, float tilt, enum color ink,
                 float width) {
    float xy[4] = {outer_x, 0.30F + tilt, inner_x, 0.30F - tilt};
    ui_polyline(u, r, xy, 2, ink, width);
}

void heard_face(struct ui *u, rect r, int face, enum color ink) {
    static const float bends[] = {-1.2F, -0.6F, 0, 0.8F};
    float size = r.w < r.h ? r.w : r.h, width = size / 22 < 2 ? 2 : size / 22;
    rect box = rect_center(r, size, size);
    float eye = size * 0.1F;
    if (face < 1 || face > 5) return;
    ui_outline(u, box, ink, size / 2, width);
    for (int side = 0; side < 2; side++) {
        float x = box.x + size * (side ? 0.66F : 0.34F);
        ui_fill(u, rect_make(x - eye / 2, box.y + size * 0.41F - eye / 2, eye, eye), ink,
                eye / 2);
    }
    if (face == 5)
        laugh(u, box, ink, width);
    else
        mouth(u, box, bends[face - 1], ink, width);
    if (face > 1) return;
    brow(u, box, 0.42F, 0.24F, 0.04F, ink, width);
    brow(u, box, 0.58F, 0.76F, 0.04F, ink, width);
}
