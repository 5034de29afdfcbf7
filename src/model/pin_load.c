/* pin_load.c -- reads whose PIN is to be chosen or asked for. */
#include "model/pin_load.h"

#include "base/text.h"
#include "model/holders.h"
#include "model/send_model.h"
#include "store/vault.h"

/* Nobody is taken for granted when the PIN is somebody else's, or when the office's code let
 * them in. */
static row_id whose(const struct load_context *c) {
    bool asks = text_equal(c->word, "add") || text_equal(c->word, "reset");
    return c->row ? c->row : asks ? 0 : journal_holder(c->j);
}

enum status pin_load(const struct load_context *c, struct arena *a, const void **out) {
    struct pin_model *m = ARENA_NEW(a, struct pin_model);
    struct pin_person *people;
    enum status s = holders_load(c, a, &people, &m->people_count);
    if (s) return s;
    m->people = people;
    m->label = "";
    m->sealed = journal_at_rest_sealed(c->j);
    m->office = c->outbox && c->outbox->belongs.enrolled;
    m->why = arena_strdup(a, c->word);
    row_id person = whose(c);
    for (size_t i = 0; i < m->people_count; i++) {
        if (people[i].row != person) continue;
        m->person = person;
        m->label = people[i].label;
        m->has = people[i].has;
    }
    if (text_equal(c->word, "let_in") && !m->has) {
        m->person = 0; /* then anybody with a PIN, who says who they are */
        m->label = "";
    }
    if (m->sealed) m->wait_ms = vault_check_wait_ms(c->j);
    *out = m;
    return STATUS_OK;
}
