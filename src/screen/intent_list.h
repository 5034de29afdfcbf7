/* intent_list.h -- what a person can ask for. INTENT(name) needs a handler act_NAME in some app/act_*.c.
 * Those marked "app" are handled by the conductor itself (app/navigate.c). */
INTENT(none)
/* moving about (navigate.c) */
INTENT(go)           /* to: push that place */
INTENT(replace)      /* to: in place of this one */
INTENT(back)
INTENT(home)
INTENT(cover)
INTENT(theme)        /* word: day | night | auto */
INTENT(text_scale)   /* number: per cent */
INTENT(left_hand)    /* number 0/1 */
INTENT(choose_service) /* row */
INTENT(hold)         /* row: person who holds the tablet from now on; text: a new one by role */
INTENT(add_service)  /* text: name */
INTENT(sample)       /* opens the sample service, apart from real data; number 0 leaves it */
INTENT(quit)
/* the check (act_visit.c, act_answer.c, act_timing.c) */
INTENT(visit_start)  /* detail: struct start_intent */
INTENT(visit_join)   /* text: join code; row: service */
INTENT(visit_in_charge) /* row visit; other: person, text: in words */
INTENT(visit_watch)  /* row visit; number: the watch's wall ms */
INTENT(visit_modules)/* row visit; text: by comma, word: length */
INTENT(visit_leave)  /* row visit */
INTENT(visit_back_by)/* row visit; number: ms, text: whom to tell */
INTENT(visit_seal)   /* row visit; text: what was good */
INTENT(visit_copy)   /* row visit; word: given | held | decided_give; text: why */
INTENT(event)        /* row visit; word: sort; text; number: ms */
INTENT(answer)       /* detail: struct answer_intent */
INTENT(answer_clear) /* row: answer, or visit + item */
INTENT(unanswered)   /* row visit; text: section id; word: reason; number: items */
INTENT(room_add)     /* row visit; other: area; text: label; word: how seen; section in text2 */
INTENT(room_change)  /* row room; word: how seen; text: why; number: empty */
INTENT(room_draw)    /* row visit; draws rooms fairly; text: section id */
INTENT(timing_start) /* row visit; text: label; word: item, word2: part; other: area */
INTENT(timing_stop)  /* row timing; word: outcome; text: help given */
INTENT(timing_second)/* row timing: the second worker came */
INTENT(timing_give)  /* row timing; word: item; word2: part */
/* seen, heard, danger (act_seen.c, act_danger.c) */
INTENT(observe)      /* detail: struct observe_intent */
INTENT(feedback)     /* detail: struct feedback_intent */
INTENT(danger_open)  /* row visit; other: source; text */
INTENT(danger_safe)  /* row danger; word; text: by whom; number: ms */
INTENT(danger_listed)/* row danger; word: yes | no; text: labels to skip */
INTENT(danger_close) /* row danger */
INTENT(call)         /* detail: struct call_intent */
INTENT(duty)         /* detail: struct duty_intent */
INTENT(told)         /* detail: struct told_intent */
/* actions (act_action.c) */
INTENT(raise)        /* detail: struct raise_intent */
INTENT(step)         /* row action; word: sort; text; number: due; other: visit */
/* finishing (act_finish.c) */
INTENT(sign)         /* detail: struct sign_intent */
INTENT(addendum)     /* row visit; other: about; text; word2: why */
INTENT(withdraw)     /* row; text: reason */
/* sending (act_send.c) */
INTENT(export_to)    /* text: folder */
INTENT(export_cancel)
INTENT(read_file)    /* text: path of a pack or receipt */
INTENT(verify_now)
INTENT(support_file) /* text: folder */
