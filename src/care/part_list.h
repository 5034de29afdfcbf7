/* part_list.h -- the kinds of answer a part of an item can have: one line here, one file
 * screen/answer_NAME.c that draws it. PART(NAME, name in templates, column of the answer it fills) */
PART(MET, "met", "word")          /* met | partly | not_met | not_seen | does_not_apply */
PART(ASK, "ask", "word")          /* sure | partly | could_not_say | not_asked | spared */
PART(YES_NO, "yes_no", "word")    /* yes | no | does_not_apply */
PART(CHOICE, "choice", "word")    /* one of `choices` */
PART(TICKS, "ticks", "list")      /* several of `choices`: a,b */
PART(X_OF_Y, "x_of_y", "number")  /* number of `of` */
PART(TALLY, "tally", "list")      /* one-tap counts: id=n,id=n */
PART(COUNTS, "counts", "list")    /* named whole numbers: id=n,id=n */
PART(NUMBER, "number", "number")  /* in thousandths, with a unit */
PART(SECONDS, "seconds", "number")/* stopwatch; ms in number; the timing rows have the rest */
PART(MINUTES, "minutes", "number")/* whole minutes, typed; in ms */
PART(TIME, "time", "time")
PART(DAY, "day", "day")
PART(WORDS, "words", "text")
PART(PERSON, "person", "person")  /* person on shift */
PART(FACE, "face", "number")      /* 1 to 5 in faces */
PART(PERCENT, "percent", "number")/* 0 to 100 as read off a list, in thousandths; never made from ticks */
PART(SINCE, "since", "day")       /* a past date; number: days from it to the visit's day, in thousandths */
PART(UNTIL, "until", "day")       /* an expiry; number: days from the visit's day to it, in thousandths */
PART(SCORE, "score", "number")    /* 1 to 4, a person's own judgement; text: the reason */
PART(READY, "ready", "word")      /* yes | no | does_not_apply | action (no, but one is under way) */
PART(PROOF, "proof", "word")      /* proved | partly | not_proved */
PART(DRAW, "draw", "list")        /* pool=N,seed=S,nI=1,... : which of N on a list, drawn fairly */
