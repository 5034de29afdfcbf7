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
