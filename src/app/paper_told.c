/* paper_told.c -- who was told and what they said, calls and duties, signatures as they were
 * drawn, what was added later, and the seal. */
#include "app/paper_inside.h"

static void told(struct paper *d) {
    const struct found *f = d->f;
    for (int i = 0; i < f->told_count; i++) {
        const struct found_told *t = &f->told[i];
        const char *said = paper_told_whom(d, t);
        if (!text_blank(t->said)) said = arena_printf(d->a, "%s: %s", said, t->said);
        if (!text_blank(t->why)) said = arena_printf(d->a, "%s. %s", said, t->why);
        paper_fact(d, paper_when(d, t->at), said);
    }
    if (!f->told_count) paper_text(d, STYLE_BODY, paper_word(d, "paper.nobody_told"));
}

static const char *duty_says(struct paper *d, const struct found_duty *u) {
    bool needed = text_equal(u->decision, "needed"),
         not = text_equal(u->decision, "not_needed");
    const char *said = paper_word(d, needed ? "paper.duty_needed"
                                     : not  ? "paper.duty_not_needed"
                                            : "paper.duty_open");
    if (!needed && !not &&u->decide_by)
        said = PAPER_SAY(d, "morning.decide_by", said, paper_when(d, u->decide_by));
    if (!text_blank(u->who)) said = arena_printf(d->a, "%s · %s", said, u->who);
    if (u->decided) said = arena_printf(d->a, "%s · %s", said, paper_when(d, u->decided));
    if (!text_blank(u->why)) said = arena_printf(d->a, "%s\n%s", said, u->why);
    if (!text_blank(u->reference))
        said = arena_printf(d->a, "%s\n%s", said,
                            PAPER_SAY(d, "paper.duty_reference", u->reference));
    return said;
}

static void duties(struct paper *d) {
    const struct found *f = d->f;
    if (!f->duties_count) return;
    paper_head(d, paper_word(d, "paper.duties"), 40);
    for (int i = 0; i < f->duties_count; i++) {
        const struct found_duty *u = &f->duties[i];
        const char *name = paper_word(d, arena_printf(d->a, "morning.duty_%s", u->name));
        paper_fact(d, name, duty_says(d, u));
    }
}

static void signatures(struct paper *d) {
    const struct found *f = d->f;
    if (!f->signatures_count) return;
    paper_head(d, paper_word(d, "paper.signatures"), 74);
    pdf_skip(d->p, 4);
    for (int i = 0; i < f->signatures_count; i++)
        paper_signature(d, &f->signatures[i]);
}

static void copy(struct paper *d) {
    const char *why = d->f->held_why;
    bool held = paper_copy_held(d->f);
    const char *said = paper_word(d, held ? "paper.copy_held" : "paper.copy_given");
    paper_fact(d, paper_word(d, "finish.copy"),
               text_blank(why) ? said : arena_printf(d->a, "%s. %s", said, why));
}

void paper_told(struct paper *d) {
    paper_chapter(d, paper_word(d, "morning.told"), 40);
    told(d);
    copy(d);
    duties(d);
    signatures(d);
}

static void added(struct paper *d) {
    const struct found *f = d->f;
    if (!f->addenda_count) return;
    paper_head(d, paper_word(d, "check.added"), 30);
    for (int i = 0; i < f->addenda_count; i++) {
        const struct found_addendum *n = &f->addenda[i];
        const char *when = paper_when(d, n->at);
        if (!text_blank(n->by)) when = arena_printf(d->a, "%s\n%s", when, n->by);
        paper_fact(d, when, paper_typed(d, n->text));
    }
}

static void seal(struct paper *d) {
    const struct paper_seal *s = &d->seal;
    bool check = d->copy == PAPER_CHECK || d->copy == PAPER_HOME;
    if (check)
        paper_fact(d, paper_word(d, "paper.seal_state"),
                   s->at ? PAPER_SAY(d, "check.sealed", paper_when(d, s->at))
                         : paper_word(d, "paper.draft_means"));
    paper_fact(d, paper_word(d, "paper.seal_device"), s->device);
    paper_fact(d, paper_word(d, s->at ? "paper.seal_hash" : "paper.newest_hash"),
               arena_printf(d->a, "%s\n%s", paper_hash(d, &s->head),
                            PAPER_SAY(d, "paper.seal_record", int_text(d->a, s->seq))));
    paper_text(d, STYLE_SMALL,
               paper_word(d, s->at ? "paper.seal_means" : "paper.newest_means"));
}

void paper_end_with_seal(struct paper *d) {
    paper_chapter(d, paper_word(d, "paper.seal"), 70);
    seal(d);
    if (d->copy == PAPER_CHECK) added(d);
}
