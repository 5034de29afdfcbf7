/* answer_read.c -- see answer_read.h. */
#include "model/answer_read.h"

#include "base/text.h"

void answer_read(const struct query *q, int col, struct arena *a, struct answer_value *v) {
    *v = (struct answer_value){.word = query_text(q, col, a),
                               .number = query_int(q, col + 1),
                               .has_number = !query_null(q, col + 1),
                               .of = query_int(q, col + 2),
                               .has_of = !query_null(q, col + 2),
                               .list = query_text(q, col + 3, a),
                               .text = query_text(q, col + 4, a),
                               .time = query_int(q, col + 5),
                               .has_time = !query_null(q, col + 5),
                               .day = (day_no)query_int(q, col + 6),
                               .has_day = !query_null(q, col + 6),
                               .severity = (int)query_int(q, col + 7),
                               .person = query_int(q, col + 8)};
}

bool answer_said(const struct answer_value *v) {
    return !text_blank(v->word) || !text_blank(v->list) || !text_blank(v->text) ||
           v->has_number || v->has_of || v->has_time || v->has_day || v->person;
}
