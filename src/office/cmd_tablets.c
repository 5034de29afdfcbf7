/* cmd_tablets.c -- every tablet that was enrolled: what it is called, what it may see, when it
 * was last heard of, and whether its clock is right. */
#include "base/json.h"
#include "base/text.h"
#include "office/tablet_access.h"
#include "office/tablets.h"

#define DAY_MS (24LL * 3600 * 1000)

struct listing {
    struct enrolment *all;
    size_t count;
    struct wrong_clock *clocks;
    size_t clocks_count;
};

struct heard {
    int64_t made; /* newest bundle by the tablet's own clock, 0 none */
    int64_t parked;
};

static const struct wrong_clock *clock_of(const struct listing *l, const struct enrolment *e) {
    for (size_t i = 0; e->claimed && i < l->clocks_count; i++)
        if (memcmp(l->clocks[i].key, e->key, sizeof e->key) == 0) return &l->clocks[i];
    return NULL;
}

/* A tablet signs a checkpoint of its log with each bundle; the newest one tells when. */
static enum status last_heard(struct journal *j, const struct enrolment *e, struct heard *out) {
    struct arena a = {0};
    struct log_info *logs;
    size_t n = 0;
    *out = (struct heard){0};
    enum status s = e->claimed ? logs_of_key(j, &a, e->key, &logs, &n) : STATUS_OK;
    for (size_t i = 0; !s && i < n; i++) {
        char **keys;
        struct buf *values;
        size_t count = 0;
        out->parked += logs[i].parked;
        s = union_kept(j,
                       arena_printf(&a, "checkpoint/%s/", hex_of(&a, logs[i].id.b, HASH_BYTES)),
                       &a, &keys, &values, &count);
        for (size_t k = 0; !s && k < count; k++) {
            struct cursor c = cursor_of(values[k].data, values[k].size);
            int64_t at = (int64_t)cursor_u64(&c);
            if (!c.bad && at > out->made) out->made = at;
        }
    }
    arena_release(&a);
    return s;
}

static void access_json(struct arena *a, struct json_out *out, const struct tablet_access *t) {
    json_put_int(out, "pins", t->people);
    if (t->tries) json_put_int(out, "wrong_tries", t->tries);
    if (t->tries)
        json_put_text(out, "wrong_tries_since",
                      time_iso(a, t->tries_since ? t->tries_since : t->tries_at));
    json_put_bool(out, "code", t->box != NULL);
    if (t->code_told_at) json_put_text(out, "code_told", time_iso(a, t->code_told_at));
}

static void say_json(struct office *o, const struct enrolment *e, const struct heard *h,
                     const struct wrong_clock *clock, const struct tablet_access *t) {
    struct arena *a = &o->arena;
    struct buf b = {0};
    struct json_out out = {.to = &b};
    json_open_map(&out, NULL);
    json_put_text(&out, "name", e->name);
    json_put_text(&out, "letters", e->letters);
    json_put_text(&out, "services", e->services);
    json_put_text(&out, "enrolled", day_iso(a, e->day));
    json_put_text(&out, "token", hex_of(a, e->token_id, sizeof e->token_id));
    if (e->claimed) json_put_text(&out, "key", hex_of(a, e->key, sizeof e->key));
    if (e->claimed) json_put_text(&out, "proved", time_iso(a, e->claimed_at));
    if (h->made) json_put_text(&out, "last_bundle", time_iso(a, h->made));
    if (clock) json_put_int(&out, "clock_off_ms", clock->off_ms);
    if (clock) json_put_text(&out, "clock_seen", time_iso(a, clock->seen_at));
    access_json(a, &out, t);
    json_put_int(&out, "parked", h->parked);
    json_put_bool(&out, "revoked", e->revoked);
    json_close_map(&out);
    printf("%s\n", buf_str(&b));
    buf_release(&b);
}

static char *moment(struct arena *a, int64_t at) {
    return arena_printf(a, "%s, %s", time_date(a, at), time_hm(a, at));
}

static void line(struct office *o, const char *key, const char *what) {
    printf("    %s\n", OFFICE_SAY(o, key, what));
}

/* Whether somebody who finds it can read it. */
static void say_access(struct office *o, const struct tablet_access *t) {
    struct arena *a = &o->arena;
    if (t->people)
        line(o, "office_tablets.pins", int_text(a, t->people));
    else
        line(o, "office_tablets.no_pins", "");
    if (t->tries)
        printf("    %s\n",
               OFFICE_SAY(o, "office_tablets.wrong_tries", int_text(a, t->tries),
                          moment(a, t->tries_since ? t->tries_since : t->tries_at)));
    if (t->box)
        line(o, t->code_told_at ? "office_tablets.code_told" : "office_tablets.code",
             moment(a, t->code_told_at ? t->code_told_at : t->code_at));
    else if (t->people)
        line(o, "office_tablets.no_code", "");
}

static void say(struct office *o, const struct enrolment *e, const struct heard *h,
                const struct wrong_clock *clock, const struct tablet_access *t) {
    struct arena *a = &o->arena;
    if (o->json) {
        say_json(o, e, h, clock, t);
        return;
    }
    printf("%s  %s\n", e->letters, e->name);
    if (e->services[0])
        line(o, "office_tablets.services", e->services);
    else
        line(o, "office_tablets.services_all", "");
    line(o, "office_tablets.enrolled_on", time_date(a, e->day * DAY_MS));
    if (e->claimed)
        line(o, "office_tablets.proved", moment(a, e->claimed_at));
    else
        line(o, "office_tablets.unproved", "");
    if (h->made) line(o, "office_tablets.last_bundle", moment(a, h->made));
    if (clock)
        line(o,
             clock->off_ms > 0 ? "office_tablets.clock_ahead" : "office_tablets.clock_behind",
             office_days(o, clock->off_ms));
    if (e->claimed) say_access(o, t);
    if (e->revoked) line(o, "office_tablets.revoked", int_text(a, h->parked));
}

int office_tablets(struct office *o, int argc, char **argv) {
    struct listing l = {0};
    char **rest;
    int n;
    const struct option_spec specs[] = {{"json", NULL, &o->json}};
    int wrong = office_options(o, argc, argv, specs, 1, 1, 1, &rest, &n);
    if (wrong) return wrong;
    struct journal *j = NULL;
    enum status s = office_open(o, rest[0], false, true, &j);
    if (!s) s = enrol_list(j, &o->arena, &l.all, &l.count);
    if (!s) s = enrol_clocks(j, &o->arena, &l.clocks, &l.clocks_count);
    for (size_t i = l.count; !s && i-- > 0;) { /* the first one first */
        struct heard h;
        struct tablet_access t;
        s = last_heard(j, &l.all[i], &h);
        if (!s) s = tablet_access_read(o, j, &l.all[i], &t);
        if (!s) say(o, &l.all[i], &h, clock_of(&l, &l.all[i]), &t);
    }
    if (!s && !l.count && !o->json) printf("%s\n", OFFICE_WORD(o, "office_tablets.none"));
    journal_close(j);
    return s ? office_failed(o, s) : EXIT_DONE;
}
