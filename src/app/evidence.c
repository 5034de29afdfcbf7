/* evidence.c -- a photo or a voice note becomes a record. */
#include "app/evidence.h"

enum status act_evidence_remove(struct act *t, const struct intent *in) {
    return act_take_back(t, &kind_attachment, in->row);
}

enum status act_evidence_caption(struct act *t, const struct intent *in) {
    struct row r;
    enum status s = journal_row(t->j, &kind_attachment, in->row, t->arena, &r);
    if (s) return s;
    row_text(&r, "caption", in->text);
    return act_put(t, &r);
}
