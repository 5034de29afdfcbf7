/* tablets.c -- finds tablets by name and records by the way a person points at them. See
 * tablets.h. */
#include "office/tablets.h"

#include "base/text.h"

enum status tablet_named(struct office *o, struct journal *j, const char *name,
                         struct enrolment *out, bool *any) {
    struct enrolment *all;
    size_t n = 0;
    *any = false;
    enum status s = enrol_list(j, &o->arena, &all, &n);
    for (size_t i = 0; !s && i < n; i++) {
        if (!text_equal(all[i].name, name)) continue;
        if (*any && (!out->revoked || all[i].revoked)) continue;
        *out = all[i];
        *any = true;
    }
    return s;
}

int tablet_unknown(struct office *o, struct journal *j, const char *name) {
    struct enrolment *all;
    size_t n = 0;
    struct buf names = {0};
    enum status s = enrol_list(j, &o->arena, &all, &n);
    if (s) return office_failed(o, s);
    for (size_t i = 0; i < n; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", all[i].name);
    fprintf(stderr, "lantern-office: %s\n",
            n ? OFFICE_SAY(o, "office_tablets.unknown", name, buf_str(&names))
              : OFFICE_SAY(o, "office_tablets.none_at_all", name));
    buf_release(&names);
    return EXIT_REFUSED;
}

enum status logs_of_key(struct journal *j, struct arena *a, const uint8_t key[32],
                        struct log_info **out, size_t *n) {
    struct log_info *all;
    size_t count = 0;
    enum status s = union_logs(j, a, &all, &count);
    *n = 0;
    *out = ARENA_ARRAY(a, struct log_info, count + 1);
    for (size_t i = 0; !s && i < count; i++)
        if (memcmp(all[i].key, key, 32) == 0) (*out)[(*n)++] = all[i];
    return s;
}

/* ---- LOG/SEQ
 * ----------------------------------------------------------------------------------- */

static size_t hex_digits(const char *s) {
    return strspn(s, "0123456789abcdefABCDEF");
}

bool record_pointer(const char *text) {
    size_t n = hex_digits(text);
    return n >= LOG_DIGITS_LEAST && n <= 2 * HASH_BYTES && text[n] == '/' && text[n + 1] &&
           text[n + 1 + strspn(text + n + 1, "0123456789")] == '\0' && strlen(text + n) < 16;
}

static bool begins_nocase(const char *hex, const char *digits, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (hex[i] != (digits[i] >= 'A' && digits[i] <= 'F' ? digits[i] + 32 : digits[i]))
            return false;
    return true;
}

enum status record_pointed(struct office *o, struct journal *j, const char *text,
                           struct log_info *log, int64_t *seq) {
    struct log_info *all;
    size_t n, digits = hex_digits(text), fits = 0;
    if (!record_pointer(text))
        return status_fail(STATUS_INVALID, "%s",
                           OFFICE_SAY(o, "office_tablets.no_pointer", text));
    enum status s = union_logs(j, &o->arena, &all, &n);
    *seq = strtoll(text + digits + 1, NULL, 10);
    /* A log that forked has several stretches of one id: the one that holds the record counts.
     */
    for (size_t i = 0; !s && i < n; i++) {
        bool here = *seq >= 1 && *seq <= all[i].highest_seq && *seq >= all[i].first_seq;
        if (!here || !begins_nocase(hex_of(&o->arena, all[i].id.b, HASH_BYTES), text, digits))
            continue;
        if (fits++ == 0) *log = all[i];
    }
    if (!s && fits > 1)
        s = status_fail(STATUS_INVALID, "%s", OFFICE_SAY(o, "office_tablets.two_fit", text));
    if (!s && !fits) s = status_fail(STATUS_NOT_FOUND, "%s", text);
    return s;
}
