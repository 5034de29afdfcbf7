/* paper_answer.c -- what an answer says on a paper for people: with likely names taken out of
 * what was typed. */
#include "app/paper_inside.h"
#include "care/answer_says.h"

const char *paper_answer(struct paper *d, const struct part *p, const struct answer_value *v) {
    struct answer_value typed = *v;
    if (p->kind == PART_PERSON) return ""; /* whom a paper names stands elsewhere */
    typed.text = paper_typed(d, v->text);
    return answer_says(d->a, d->app->words, p, &typed);
}
