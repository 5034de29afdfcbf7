/* act_finish.c -- signatures, additions after sealing, words taken back before the first
 * export. */
#include "app/app.h"

#include "base/text.h"
#include "store/query.h"
#include "store/union.h"

enum status act_sign(struct act *t, const struct intent *in) {
    const struct sign_intent *d = in->detail;
    struct row r = row_new(&kind_signature);
    row_ref(&r, "visit", d->visit);
    row_text(&r, "who", d->who);
    row_ref(&r, "person", text_equal(d->side, "checker") ? t->holder : d->person);
    row_text(&r, "side", d->side);
    row_text(&r, "choice", d->choice);
    row_text(&r, "text", d->text);
    row_text(&r, "meaning", d->meaning);
    hash256 h; /* the row borrows it until it is put */
    if (d->strokes_size) {
        enum status s = blob_put(t->j, d->strokes, d->strokes_size, &h);
        if (s) return s;
        row_hash(&r, "strokes", &h);
    }
    enum status s = act_put(t, &r);
    if (!s) t->made = r.id;
    return s;
}

enum status act_addendum(struct act *t, const struct intent *in) {
    struct row r = row_new(&kind_addendum);
    if (text_blank(in->text)) {
        t->nothing = true;
        return STATUS_OK;
    }
    row_ref(&r, "visit", in->row);
    row_ref(&r, "about", in->other);
    row_text(&r, "text", in->text);
    row_text(&r, "why", in->word2);
    return act_put(t, &r);
}

/* What was already carried out of the building cannot be taken back here: the office erases. */
enum status act_withdraw(struct act *t, const struct intent *in) {
    const struct kind *k = in->word ? kind_by_name(in->word) : NULL;
    if (!k) return status_fail(STATUS_NOT_FOUND, "%s", in->word ? in->word : "");
    struct journal_self self;
    journal_self(t->j, &self);
    if (ROW_LOG(in->row) != self.log || ROW_SEQ(in->row) <= union_exported_seq(t->j))
        return status_fail(STATUS_INVALID, "%s", word(t->words, "check.exported_already"));
    struct row r = row_new(&kind_withdrawal);
    row_ref(&r, "row", in->row);
    row_text(&r, "what", k->name);
    row_text(&r, "why", in->text);
    row_ref(&r, "visit", in->other);
    enum status s = act_put(t, &r);
    return s ? s : act_take_back(t, k, in->row);
}
