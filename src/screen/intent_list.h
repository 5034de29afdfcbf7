/* intent_list.h -- what a person can ask for. INTENT(name) needs a handler act_NAME in some app/act_*.c.
 * INTENT_APP(name) are the conductor's own (app/navigate.c). */
#ifndef INTENT_APP
#define INTENT_APP(name) INTENT(name)
#endif
INTENT_APP(none)
/* moving about (navigate.c) */
INTENT_APP(go)           /* to: push that place */
INTENT_APP(replace)      /* to: in place of this one */
INTENT_APP(back)
INTENT_APP(home)
INTENT_APP(cover)
INTENT_APP(theme)        /* word: day | night | auto */
INTENT_APP(text_scale)   /* number: per cent */
INTENT_APP(left_hand)    /* number 0/1 */
INTENT_APP(choose_service) /* row */
INTENT_APP(hold)         /* row: person who holds the tablet from now on; text: a new one by role */
INTENT_APP(add_service)  /* text: name */
INTENT_APP(sample)       /* opens the sample service, apart from real data; number 0 leaves it */
INTENT_APP(quit)
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
INTENT(visit_present)/* row visit; text: who is there, as counts by group */
INTENT(visit_no_action) /* row visit; word: why nothing will be done, text: the same in words */
INTENT(visit_about)  /* row visit; other: the action that it proves or looks at again */
INTENT(team_pass)    /* row visit; text: one person's answers, ITEM=OPTION,… counted and let go */
INTENT(team_close)   /* row visit: everybody has had a turn */
INTENT(private_put)  /* row: the holder; word: form, word2: item; number: 1 to 4, 0 none, -1 as it is; text */
INTENT(private_erase)/* row: the holder; word: form */
INTENT(event)        /* row visit; word: sort; text; number: ms */
INTENT(answer)       /* detail: struct answer_intent */
INTENT(answer_clear) /* row: answer, or visit + item */
INTENT(unanswered)   /* row visit; text: section id; word: reason; number: items */
INTENT(room_add)     /* row visit; other: area; text: label; word: how seen; section in text2; neither: the next record, worker … */
INTENT(room_change)  /* row room; word: how seen; text: why; number: empty */
INTENT(room_draw)    /* row visit; draws rooms fairly; text: section id; number: of so many on a list */
INTENT(room_remove)  /* row room: nothing was said about it yet */
INTENT(timing_start) /* row visit; text: label; word: item, word2: part; other: area, number: room */
INTENT(timing_stop)  /* row timing; word: outcome; text: help given */
INTENT(timing_second)/* row timing: the second worker came */
INTENT(timing_give)  /* row timing; word: item; word2: part */
/* seen, heard, danger (act_seen.c, act_danger.c) */
INTENT(observe)      /* detail: struct observe_intent */
INTENT(feedback)     /* detail: struct feedback_intent */
INTENT(confide)      /* detail: struct confide_intent */
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
/* ratings (act_rating.c) */
INTENT(score)        /* detail: struct score_intent */
INTENT(score_link)   /* row: score or rating; other: what it rests on; text: what that shows */
INTENT(score_unlink) /* row: basis */
INTENT(score_clear)  /* row: score or rating, taken back */
INTENT(rate)         /* detail: struct rate_intent */
INTENT(circumstance) /* detail: struct circumstance_intent */
/* finishing (act_finish.c) */
INTENT(sign)         /* detail: struct sign_intent */
INTENT(addendum)     /* row visit; other: about; text; word2: why */
INTENT(withdraw)     /* row; text: reason */
INTENT(evidence_remove)  /* row: an attachment, taken back; or detail: struct evidence_remove_intent, one not kept yet */
INTENT(evidence_caption) /* row: attachment; text */
/* forms of one's own (act_own.c) */
INTENT(own_save)         /* detail: struct own_intent; goes on to Start with it */
INTENT(own_retire)       /* word: code; number 1: not offered any more, 0: offered again */
/* sending (act_send.c) */
INTENT_APP(export_to)    /* text: folder */
INTENT_APP(export_cancel)
INTENT_APP(read_file)    /* text: path of a pack or receipt; text2: the code typed; number 1: an open pack of one's own office */
INTENT_APP(free_space)   /* number: bytes; the largest photos and files that the office has go from this tablet, 0 all */
INTENT_APP(auto_cover)   /* number: minutes without a touch, 0 never */
INTENT_APP(lock)         /* now */
INTENT_APP(pin_set)      /* row: person, 0 the holder; scene.secret: the new one twice; text: what the lock page calls them */
INTENT_APP(pin_hold)     /* row: person who takes over; scene.secret: their PIN */
INTENT_APP(pin_remove)   /* row: person */
INTENT_APP(verify_now)
INTENT_APP(support_file) /* text: folder */
/* photos, voice, papers (shot.c, recorder.c, papers.c) */
INTENT_APP(camera_choose)  /* number: which camera */
INTENT_APP(camera_again)   /* after it was lost: look for it once more */
INTENT_APP(photo_take)     /* the frame on the screen becomes the shot */
INTENT_APP(photo_file)     /* text: path of a picture */
INTENT_APP(photo_browse)   /* text: folder that the picker shows */
INTENT_APP(photo_mark)     /* detail: struct mark_intent; burnt into the shot at once */
INTENT_APP(photo_unmark)   /* takes the last mark back */
INTENT_APP(photo_drop)     /* nothing of the shot stays */
INTENT_APP(photo_keep)     /* detail: struct photo_intent */
INTENT_APP(voice_start)    /* detail: struct evidence_to */
INTENT_APP(voice_pause)
INTENT_APP(voice_resume)
INTENT_APP(voice_stop)
INTENT_APP(voice_keep)     /* what was recorded becomes a record, or waits for its form */
INTENT_APP(voice_discard)
INTENT_APP(voice_play)     /* detail: struct evidence, NULL: what was just recorded; number: from that ms */
INTENT_APP(voice_seek)     /* number: ms */
INTENT_APP(voice_hush)     /* stops playing */
INTENT_APP(paper_make)     /* row: check, action or feedback; word: check | home | action | said; text: folder */
INTENT_APP(paper_share)    /* text: path of the one made; handed to another app */
#undef INTENT_APP
