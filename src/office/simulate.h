/* simulate.h -- made-up tablets, an office and their bundles, as trouble really leaves them.
 *
 * The order of events, each by the manual clock, so that the same seed makes the same records:
 *
 *   day 0     the office adds services and forms and writes pack.lantern      office.db stays
 * so weeks 1…  every tablet reads the pack, checks, sends its first bundle week 13   a second
 * master, a copy of the office's, merges these and writes pack-2.lantern with its receipt (the
 * copy is thrown away: to office.db everything is new) weeks 14… every tablet reads the second
 * pack, goes on, sends what the receipt lacks
 *
 * Trouble: the last tablet's first bundle lies in later/ (a gap that closes when it comes);
 * tablets 1 and 2 change one telephone number without knowing of each other; tablet 2 also
 * sends everything a second time; tablet 3 was copied with its key, and both go on (a fork);
 * tablet 4's clock is forty minutes fast.
 *
 * Sealed, office.db has enrolled all tablets; each reads packs/ of its own (simulate_enrol.c).
 */
#ifndef OFFICE_SIMULATE_H
#define OFFICE_SIMULATE_H

#include "office/office.h"

struct template; /* care/template.h */

#define SIMULATE_TABLETS_MOST 500
#define SIMULATE_FORMS_MOST   64
#define SIMULATE_ROUNDS       2
#define DAY_MS                (24LL * 3600 * 1000)
#define ROUND_MS              (91 * DAY_MS)

struct simulation {
    struct office *o;
    const char *dir, *phrases;
    int tablets, checks, photos; /* photos: of each tablet */
    uint64_t seed;
    bool sealed;  /* tablets are enrolled, bundles and packs sealed */
    char **codes; /* of the first packs, by number; NULL unless sealed */
    struct clock_manual office_time;
    struct template *forms[SIMULATE_FORMS_MOST];
    size_t forms_count;
    const char *pack; /* the newest */
    int lives_done, lives_all;
    int64_t checks_made, photos_made, records, actions, bundles, bytes;
};

/* One tablet's weeks of one round (0, 1): read the newest pack, check, send. `copy` is the
 * second of two that share a key; number counts from 1. */
MUST_CHECK enum status simulate_round(struct simulation *s, int number, int round, bool copy);
/* Copies a closed tablet's folder, key and all. */
MUST_CHECK enum status simulate_copy(struct simulation *s, int number);
MUST_CHECK enum status simulate_copy_file(const char *from, const char *to, int mode);

/* simulate_photos.c: of places that the newest actions are about, before and after by turns. */
MUST_CHECK enum status simulate_photos(struct simulation *s, struct journal *j, int photos,
                                       uint64_t seed, struct clock_manual *time);

/* Sealed: enrols every tablet in the office and writes the first packs; the second ones later.
 */
MUST_CHECK enum status simulate_enrol(struct simulation *s, struct journal *j);
MUST_CHECK enum status simulate_packs(struct simulation *s, struct journal *j);
char *simulate_name(struct arena *a, int number);
char *simulate_pack_path(struct simulation *s, struct arena *a, int number, int round);

#endif
