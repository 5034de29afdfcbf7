/* act_seen.c -- what was seen and what was heard becomes a record of its own, beside the
 * questions of a form.
 *
 * Journey: Saw something, Heard something → intents observe and feedback → here → journal.
 * Someone in danger: what was said is kept first, then the danger card opens in the same
 * transaction. What a worker says is refused here: it goes into a box of its own
 * (act_confide.c; PEOPLE.md, Someone who is afraid). */
#include "app/act_care.h"
#include "app/evidence.h"
#include "app/recorder.h"
#include "base/text.h"
#include "care/consent.h"
#include "care/said.h"
#include "model/evidence_load.h"

#define DANGER_NOW  4
#define DAY_MINUTES (23 * 60 + 59)

static row_id service_of(struct act *t, row_id visit, row_id service) {
    row_id of_visit = visit ? act_visit_service(t, visit) : 0;
    return of_visit ? of_visit : service ? service : t->service;
}

static bool has_left(struct act *t, row_id visit) {
    struct row r;
    if (!visit || journal_row(t->j, &kind_visit, visit, t->arena, &r)) return false;
    return row_get_int(&r, "left") != 0;
}

static enum status put_observation(struct act *t, const struct observe_intent *o,
                                   row_id service, row_id *out) {
    struct row r = row_new(&kind_observation);
    if (o->row) {
        enum status s = act_row(t, &kind_observation, o->row, &r);
        if (s) return s;
    } else {
        row_int(&r, "when_seen", t->wall_ms);
    }
    row_ref(&r, "visit", o->visit);
    row_ref(&r, "service", service);
    row_int(&r, "good", o->good);
    row_text(&r, "text", text_blank(o->text) ? NULL : text_trim(t->arena, o->text));
    row_ref(&r, "area", o->area);
    row_text(&r, "statement", o->statement);
    if (o->severity && !o->good) {
        row_int(&r, "severity", o->severity);
    } else {
        row_unsay(&r, "severity");
    }
    row_text(&r, "item", o->item);
    if (has_left(t, o->visit)) row_int(&r, "after_leaving", 1);
    enum status s = act_put(t, &r);
    if (!s) *out = r.id;
    return s;
}

/* Photos and voice notes that waited for the form, and what is on the recorder for it, are its
 * row's from now on. */
static enum status claim(struct act *t, enum evidence_for form, row_id visit, const char *item,
                         row_id row) {
    enum status s = evidence_claim(t, form, visit, item, row);
    if (!s) s = recorder_claim(t, form, visit, item, row);
    return s;
}

enum status act_observe(struct act *t, const struct intent *in) {
    const struct observe_intent *o = in->detail;
    row_id service = service_of(t, o->visit, o->service), made = 0;
    enum status s = put_observation(t, o, service, &made);
    if (!s) s = claim(t, EVIDENCE_SAW, o->visit, o->item, made);
    if (s) return s;
    if (o->severity == DANGER_NOW && !o->good)
        return act_danger_for(t, o->visit, service, made, o->area, o->text);
    t->made = made;
    if (o->raise_after) {
        t->then = (struct place){.screen = SCREEN_raise, .row = o->visit, .other = made};
        text_copy(t->then.word, sizeof t->then.word, o->item ? o->item : "");
    }
    return STATUS_OK;
}

/* An answer was asked for: somebody has to give it, by a day. The person who promised owns it.
 */
static enum status promise_answer(struct act *t, const struct feedback_intent *k,
                                  row_id service, row_id source) {
    struct row r = row_new(&kind_action);
    struct civil c = day_civil((day_no)k->answer_by);
    int64_t due = k->answer_by
                      ? london_to_ms(c.year, c.month, c.day, DAY_MINUTES / 60, DAY_MINUTES % 60)
                      : 0;
    row_ref(&r, "service", service);
    row_ref(&r, "visit", k->visit);
    row_text(&r, "reference", journal_next_reference(t->j, t->arena));
    row_int(&r, "must", 0);
    row_text(&r, "different", word(t->words, "heard.action_different"));
    row_text(&r, "measure",
             text_blank(k->answer_how)
                 ? word(t->words, "heard.action_measure")
                 : words_say(t->arena, t->words, "heard.action_measure_how", k->answer_how));
    row_text(&r, "lane", "date");
    if (due) row_int(&r, "due", due);
    row_ref(&r, "owner", t->holder);
    row_text(&r, "statement", text_blank(k->statement) ? NULL : k->statement);
    row_ref(&r, "source", source);
    return act_put(t, &r);
}

static struct row feedback_row(struct act *t, const struct feedback_intent *k, row_id service) {
    struct row r = row_new(&kind_feedback);
    bool may_write = !text_equal(k->consent, "no");
    row_ref(&r, "visit", k->visit);
    row_ref(&r, "service", service);
    row_text(&r, "speaker", k->speaker);
    row_text(&r, "sort", k->sort);
    row_text(&r, "about", k->about);
    if (may_write && !text_blank(k->text)) row_text(&r, "text", text_trim(t->arena, k->text));
    row_text(&r, "prompt", k->prompt);
    row_text(&r, "consent", k->consent);
    row_text(&r, "can_decide", k->can_decide);
    if (k->recorded) row_int(&r, "recorded", 1);
    row_int(&r, "wants_answer", k->wants_answer);
    row_text(&r, "answer_how", k->answer_how);
    if (k->wants_answer && k->answer_by) row_int(&r, "answer_by", k->answer_by);
    row_text(&r, "statement", k->statement);
    if (k->face) row_int(&r, "face", k->face);
    row_ref(&r, "area", k->area);
    if (has_left(t, k->visit)) row_int(&r, "after_leaving", 1);
    if (k->severity) row_int(&r, "severity", k->severity);
    if (may_write) {
        row_text(&r, "list", text_blank(k->list) ? NULL : k->list);
        row_text(&r, "question", text_blank(k->question) ? NULL : k->question);
        row_text(&r, "marks", text_blank(k->marks) ? NULL : k->marks);
    }
    return r;
}

/* Without both answers nothing of anybody's voice becomes a record, whatever a screen asks for.
 */
static enum status claim_voice(struct act *t, const struct feedback_intent *k, row_id row) {
    struct evidence_list waits = {0};
    if (consent_to_voice(k->speaker, k->can_decide, k->consent, k->recorded))
        return claim(t, EVIDENCE_HEARD, k->visit, "", row);
    if (k->recorded) return status_fail(STATUS_INVALID, "recorded without both answers");
    enum status s = evidence_waiting(t->j, t->arena, "heard", k->visit, "", &waits);
    if (!s && (waits.count || recorder_holds(t->app, EVIDENCE_HEARD, k->visit, "")))
        s = status_fail(STATUS_INVALID, "a voice note that was not agreed to");
    return s;
}

/* Read back, and not how they meant it: those words and nothing else change. */
static enum status put_right(struct act *t, const struct feedback_intent *k) {
    struct row r;
    enum status s = act_row(t, &kind_feedback, k->row, &r);
    if (s) return s;
    if (text_equal(row_get_text(&r, "consent"), "no") ||
        text_equal(row_get_text(&r, "speaker"), "staff"))
        return status_fail(STATUS_INVALID, "nothing of it is written down");
    row_text(&r, "text", text_blank(k->text) ? NULL : text_trim(t->arena, k->text));
    return act_put(t, &r);
}

/* What was kept earlier in the same talk gets the sort that is said for all of it at the end.
 */
static enum status sort_earlier(struct act *t, const struct feedback_intent *k) {
    enum status s = STATUS_OK;
    for (int i = 0; !s && i < k->earlier_count && !text_blank(k->sort); i++) {
        struct row r;
        s = act_row(t, &kind_feedback, k->earlier[i], &r);
        if (s || !text_blank(row_get_text(&r, "sort"))) continue;
        row_text(&r, "sort", k->sort);
        s = act_put(t, &r);
    }
    return s;
}

/* Nothing new is said: how they want an answer, and what the opening and the end have brought,
 * go to what they said last. */
static enum status close_talk(struct act *t, const struct feedback_intent *k, row_id *out) {
    struct row r;
    row_id last = k->earlier_count ? k->earlier[k->earlier_count - 1] : 0;
    enum status s = act_row(t, &kind_feedback, last, &r);
    if (s) return s;
    const char *list = said_join(t->arena, row_get_text(&r, "list"), k->list, ",");
    const char *marks = said_join(t->arena, row_get_text(&r, "marks"), k->marks, " · ");
    bool says = k->wants_answer || !text_blank(k->list);
    row_text(&r, "list", text_blank(list) ? NULL : list);
    row_text(&r, "marks", text_blank(marks) ? NULL : marks);
    if (k->wants_answer) {
        row_int(&r, "wants_answer", 1);
        row_text(&r, "answer_how", k->answer_how);
        if (k->answer_by) row_int(&r, "answer_by", k->answer_by);
    }
    *out = last;
    return says ? act_put(t, &r) : STATUS_OK;
}

static enum status put_said(struct act *t, const struct feedback_intent *k, row_id service,
                            row_id *out) {
    struct row r = feedback_row(t, k, service);
    enum status s = act_put(t, &r);
    if (!s) *out = r.id;
    return s;
}

static bool of_worker(const struct feedback_intent *k) {
    for (int i = 0; i < k->more_count; i++)
        if (text_equal(k->more[i].speaker, "staff")) return true;
    return text_equal(k->speaker, "staff");
}

enum status act_feedback(struct act *t, const struct intent *in) {
    const struct feedback_intent *k = in->detail;
    if (of_worker(k))
        return status_fail(STATUS_INVALID,
                           "words of a worker are kept in confidence or not at all");
    if (k->row) return put_right(t, k);
    row_id service = service_of(t, k->visit, k->service), row = 0, other = 0;
    enum status s = STATUS_OK;
    for (int i = 0; !s && i < k->more_count; i++)
        s = put_said(t, &k->more[i], service, &other);
    if (!s) s = sort_earlier(t, k);
    if (!s) s = k->closes ? close_talk(t, k, &row) : put_said(t, k, service, &row);
    if (!s) s = claim_voice(t, k, row);
    if (!s && k->wants_answer) s = promise_answer(t, k, service, row);
    if (s) return s;
    t->made = row;
    if (k->severity == DANGER_NOW)
        return act_danger_for(t, k->visit, service, row, k->area,
                              text_equal(k->consent, "no") || text_blank(k->text)
                                  ? NULL
                                  : text_trim(t->arena, k->text));
    return STATUS_OK;
}
