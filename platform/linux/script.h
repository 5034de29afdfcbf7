/* script.h -- the driven app: the same touches as a finger, from a text file (DESIGN.md section 4).
 *
 * A command a line, # begins a remark:
 *   tap "Met"                        the centre of the one thing of that name; fails when covered, off-screen, ambiguous
 *   tap "Met" in "People can call"   the first one drawn after that text
 *   tap "Met" in "Bells" in "Room 1" … the first one after the second text, which comes after the first (tap, reach, press)
 *   tap "Met" #2 | #last             the second, the last of that name
 *   hold "Met"  double "Met"         long press, two taps
 *   reach "text"                     drags the page up until that text is in view (fails after 80 drags)
 *   reach "Met" in "text"            the same for the control after that text; press "Met" [in "text"]: reach and tap
 *   drag "thing" DX DY               presses it and moves by that many dp, over six frames
 *   type "words"   key Tab|Return|Escape|Backspace|F8|ctrl+a …
 *   sign "name"                      three strokes on a signature pad
 *   draw "name" X1 Y1 X2 Y2 …        one finger through those points, parts (0 to 1) of that thing
 *   pinch "name" FACTOR              two fingers apart (2) or together (0.5) about its middle
 *   drop PATH                        a file dropped on the window
 *   pin 274936                       those digits on the pad of the lock page
 *   wait 2s | 500ms | 5m | 1h        moves both clocks, drawing every frame that asks for it
 *   clock 2026-11-22T02:41           sets the wall clock (a clock step)
 *   expect "text"   absent "text"    some drawn text holds that; none does
 *   screen walk                      the screen on top has that name
 *   size 800x1280 [scale]  theme day|night  text 200
 *   pages NAME                       the page from here to its end, a PNG for each window: NAME-01.png, NAME-02.png …
 *   shot NAME  dump [NAME]           PNG or text into the --shots folder
 *   send                             waits until long work has ended
 *   print "words"                    to standard error, for progress */
#ifndef PLATFORM_LINUX_SCRIPT_H
#define PLATFORM_LINUX_SCRIPT_H

#include "app/app.h"

struct script_options {
    const char *path, *shots; /* shots: folder, created; NULL the current one */
    struct clock_manual *clock;
};
/* 0 when every line did what it says; else the first failure is on standard error with its line number. */
int script_run(struct app *a, const struct script_options *o);

#endif
