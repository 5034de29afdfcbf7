/* talk_kept.h -- which talks of an interview are not told one by one, as SQL.
 *
 * A worker's talk, and one of which nobody said whose it was: fails towards silence. The part
 * that says whose talk it is has the id "group" (care/use.h, USE_INTERVIEW); its talks are rows
 * `room` with repeat_of "talks". gather_talks.c does the same with what it has loaded. */
#ifndef MODEL_TALK_KEPT_H
#define MODEL_TALK_KEPT_H

#define TALK_GROUP_SAID(room)                                                   \
    "EXISTS (SELECT 1 FROM answer kg WHERE kg.repeat = " room " AND kg.part = " \
    "'group' AND kg.withdrawn = 0 AND kg.word IS NOT NULL AND kg.word "

/* Whether the row `room` (an SQL expression) is such a talk. */
#define TALK_KEPT(room)                                                          \
    "(EXISTS (SELECT 1 FROM room kr WHERE kr.id = " room " AND kr.repeat_of = "  \
    "'talks') AND (" TALK_GROUP_SAID(room) "= 'staff') OR NOT " TALK_GROUP_SAID( \
        room) "<> '')))"

#endif
