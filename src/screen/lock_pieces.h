/* lock_pieces.h -- what the lock page's files share: the pieces that stand on it, measured and
 * drawn. Seen by lock*.c only. */
#ifndef SCREEN_LOCK_PIECES_H
#define SCREEN_LOCK_PIECES_H

#include "screen/lock.h"
#include "ui/ui.h"

#define LOCK_CODE_MOST 12
#define PIECES         12

enum piece_kind {
    PIECE_TEXT,
    PIECE_SAYS, /* what went wrong or is awaited: keeps its place while there is nothing */
    PIECE_INITIALS,
    PIECE_WHOSE, /* initials and title in one row, where height is dear */
    PIECE_PEOPLE,
    PIECE_DOTS,
    PIECE_PAD,
    PIECE_FIELD,
    PIECE_BUTTON,
    PIECE_BAR
};
struct piece {
    enum piece_kind kind;
    const char *text;
    enum font font;
    enum color color;
    enum lock_wish wish; /* of a button */
    bool main, off;
    float gap; /* below it */
};
struct lock {
    struct ui *u;
    const struct scene *s;
    const struct lock_page *p;
    const struct lock_person *person; /* NULL nobody chosen */
    bool busy;                        /* a try is being heard */
    bool beside, tight;               /* the pad beside the words; no height to give away */
    struct lock_answer answer;
};
struct pieces {
    struct piece list[PIECES];
    int n;
};

/* lock_pieces.c */
float pieces_height(struct lock *l, const struct pieces *all, float width,
                    float room); /* room: for a pad */
void pieces_draw(struct lock *l, rect *r, const struct pieces *all, float room);
/* Two buttons stand side by side where their words have room. */
float pieces_buttons_height(struct lock *l, const struct pieces *all, float width);
void pieces_draw_buttons(struct lock *l, rect *r, const struct pieces *all);

#endif
