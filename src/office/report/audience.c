/* audience.c -- words as the reader of a copy may have them (roles_office.h says who has what).
 *
 * Restricted records only for the provider, on a page of their own; coverage for
 * provider roles only; no words of workers for anyone who could guess whose they are; in public
 * copies roles with fewer than five holders are merged, a room is "a bedroom, Willow", and text
 * that seems to hold a name or a telephone number is held back whole. */
#include "office/report/report.h"

#include <ctype.h>
#include <strings.h>

#include "base/text.h"

#define TELEPHONE_DIGITS 7

/* A run of digits with only spaces, dots and hyphens between them. */
static bool likely_telephone(const char *s) {
    int digits = 0;
    for (; *s; s++) {
        if (isdigit((unsigned char)*s)) {
            if (++digits >= TELEPHONE_DIGITS) return true;
        } else if (!strchr(" .-()+/", *s)) {
            digits = 0;
        }
    }
    return false;
}

static bool in_word(char c) {
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

const char *audience_place(struct report *r, const struct report_service *s, const char *name,
                           const char *unit, bool room) {
    (void)s;
    if (!r->who.merged || !room) return name;
    return text_blank(unit) ? REPORT_WORD(r, "a_bedroom") : REPORT_SAY(r, "a_bedroom_in", unit);
}

/* The longest room of this service that begins here as whole words. */
static const struct report_room *room_at(const struct report_service *s, const char *p) {
    const struct report_room *best = NULL;
    for (int i = 0; s && i < s->rooms_count; i++) {
        size_t n = strlen(s->rooms[i].name);
        if (!n || strncasecmp(p, s->rooms[i].name, n) != 0 || in_word(p[n])) continue;
        if (!best || n > strlen(best->name)) best = &s->rooms[i];
    }
    return best;
}

static const char *without_rooms(struct report *r, const struct report_service *s,
                                 const char *text) {
    struct buf b = {0};
    for (const char *p = text; *p;) {
        bool starts = p == text || !in_word(p[-1]);
        const struct report_room *room = starts ? room_at(s, p) : NULL;
        if (room) {
            buf_text(&b, audience_place(r, s, room->name, room->unit, true));
            p += strlen(room->name);
        } else {
            buf_byte(&b, (uint8_t)*p++);
        }
    }
    const char *out = arena_strdup(&r->page, buf_str(&b));
    buf_release(&b);
    return out;
}

const char *audience_text(struct report *r, const struct report_service *s, const char *text) {
    size_t at, n;
    if (!text) return "";
    if (!r->who.merged || !*text) return text;
    if (likely_telephone(text)) return REPORT_WORD(r, "held_back");
    const char *plain = without_rooms(r, s, text);
    return likely_name(plain, &at, &n) ? REPORT_WORD(r, "held_back") : plain;
}

static bool same_role(const char *a, const char *b) {
    return !text_blank(a) && strcasecmp(a, b) == 0;
}

/* By the list of people: a label gives its role, a role counts its holders here. */
const char *audience_role(struct report *r, const struct report_service *s, const char *said) {
    const char *role = said;
    int holders = 0;
    if (!r->who.merged || text_blank(said)) return said ? said : "";
    for (int i = 0; s && i < s->persons_count; i++)
        if (same_role(s->persons[i].label, said) && !text_blank(s->persons[i].role))
            role = s->persons[i].role;
    for (int i = 0; s && i < s->persons_count; i++)
        holders += same_role(s->persons[i].role, role);
    return holders >= REPORT_FEW ? role : REPORT_WORD(r, "a_member_of_staff");
}
