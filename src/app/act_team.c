/* act_team.c -- a team's answers are counted and let go.
 *
 * Journey: the team screen → intent team_pass → here: what one person said is added to the
 * counts and is nowhere else. The counts are a draft of this tablet: overwritten in place,
 * never exported, no record, no history, so that nothing tells which answer came when. When
 * everybody has had a turn they become one row a question; of fewer than five nothing is kept.
 */
#include "app/act_care.h"
#include "base/text.h"
#include "model/gather_model.h"
#include "model/team_load.h"
#include "model/team_model.h"
#include "store/query.h"

struct tally_of {
    const struct item *item;
    const struct part *part;
    struct team_option options[TEAM_OPTIONS_MOST];
    int counts[TEAM_OPTIONS_MOST], options_count;
};
struct counting {
    struct tally_of items[TEAM_ITEMS_MOST];
    int items_count, answered;
};

static void all_items(struct act *t, const struct template *form, struct counting *c) {
    for (int i = 0; i < form->items_count && c->items_count < TEAM_ITEMS_MOST; i++) {
        struct tally_of *k = &c->items[c->items_count];
        *k = (struct tally_of){.item = &form->items[i], .part = &form->items[i].parts[0]};
        k->options_count = team_options(k->part, t->words, k->options);
        c->items_count += k->options_count > 0;
    }
}

static struct tally_of *item_of(struct counting *c, const char *at, size_t n) {
    for (int i = 0; i < c->items_count; i++)
        if (strlen(c->items[i].item->id) == n && strncmp(c->items[i].item->id, at, n) == 0)
            return &c->items[i];
    return NULL;
}

/* "4;TM01=3,1,0;TM02=…" */
static void read_counts(struct counting *c, const char *text) {
    c->answered = (int)strtol(text, NULL, 10);
    for (const char *at = strchr(text, ';'); at; at = strchr(at, ';')) {
        size_t n = strcspn(++at, "=;");
        struct tally_of *k = item_of(c, at, n);
        at += n;
        for (int i = 0; k && *at && *at != ';' && i < k->options_count; i++) {
            char *end = NULL;
            k->counts[i] = (int)strtol(at + 1, &end, 10);
            at = end;
        }
    }
}

static const char *write_counts(struct act *t, const struct counting *c) {
    struct buf b = {0};
    buf_printf(&b, "%d", c->answered);
    for (int i = 0; i < c->items_count; i++) {
        const struct tally_of *k = &c->items[i];
        buf_printf(&b, ";%s", k->item->id);
        for (int o = 0; o < k->options_count; o++)
            buf_printf(&b, "%c%d", o ? ',' : '=', k->counts[o]);
    }
    const char *out = arena_strdup(t->arena, buf_str(&b));
    buf_wipe(&b);
    return out;
}

static const char *key_of(struct act *t, row_id visit) {
    return arena_printf(t->arena, TEAM_DRAFT, (long long)visit);
}

static enum status counts_read(struct act *t, row_id visit, struct counting *c) {
    const struct template *form = act_template(t, visit);
    void *p = NULL;
    size_t n = 0;
    *c = (struct counting){0};
    if (!form || form_use(form) != USE_TEAM)
        return status_fail(STATUS_INVALID, "not a team's form");
    all_items(t, form, c);
    enum status s = draft_get(t->j, key_of(t, visit), t->arena, &p, &n);
    if (!s) read_counts(c, p);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static bool closed_already(struct act *t, row_id visit) {
    return query_one_int(t->j, 0, "SELECT present IS NOT NULL FROM visit WHERE id = ?1", 1,
                         visit) != 0;
}

static void count_in(struct counting *c, const char *said) {
    for (const char *at = said; *at; at += *at == ',') {
        size_t n = strcspn(at, "=,");
        struct tally_of *k = item_of(c, at, n);
        at += n;
        int option = *at == '=' ? (int)strtol(at + 1, NULL, 10) : -1;
        if (k && option >= 0 && option < k->options_count) k->counts[option]++;
        at += strcspn(at, ",");
    }
}

enum status act_team_pass(struct act *t, const struct intent *in) {
    struct counting c;
    enum status s = counts_read(t, in->row, &c);
    if (s) return s;
    if (text_blank(in->text) || closed_already(t, in->row)) {
        t->nothing = true;
        return STATUS_OK;
    }
    count_in(&c, in->text);
    c.answered++;
    const char *now = write_counts(t, &c);
    return draft_put(t->j, key_of(t, in->row), now, strlen(now));
}

static enum status put_counts(struct act *t, row_id visit, const struct tally_of *k) {
    struct row r;
    int total = 0;
    const char *list = "";
    for (int i = 0; i < k->options_count; i++) {
        total += k->counts[i];
        list = arena_printf(t->arena, "%s%s%s=%d", list, *list ? "," : "", k->options[i].id,
                            k->counts[i]);
    }
    if (total < GATHER_FEW) return STATUS_OK; /* too few said anything at this one */
    enum status s = act_answer_row(t, visit, k->item->id, k->part->id, 0, &r);
    if (s) return s;
    row_text(&r, "list", list);
    row_int(&r, "of", total);
    return act_put(t, &r);
}

enum status act_team_close(struct act *t, const struct intent *in) {
    struct counting c;
    struct row visit;
    enum status s = counts_read(t, in->row, &c);
    if (s) return s;
    if (!c.answered || closed_already(t, in->row)) {
        t->nothing = true;
        return STATUS_OK;
    }
    for (int i = 0; !s && c.answered >= GATHER_FEW && i < c.items_count; i++)
        s = put_counts(t, in->row, &c.items[i]);
    if (!s) s = act_row(t, &kind_visit, in->row, &visit);
    if (s) return s;
    row_text(&visit, "present", arena_printf(t->arena, "workers=%d", c.answered));
    s = act_put(t, &visit);
    return s ? s : draft_put(t->j, key_of(t, in->row), NULL, 0);
}
