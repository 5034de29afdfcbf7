/* roles_tables.c -- which tables and columns a manager's, the board's and a public copy have.
 * What is not named here is in none of them; each word here is a decision. See roles_office.h.
 *
 * Never here: access, confidence, reader; erase and revoke, whose reasons are the office's own;
 * device, enrolment and salt; event, which holds who was covered and when; provider and
 * template, which belong to no service. */
#include "base/text.h"
#include "office/roles_office.h"

static const struct {
    const char *kind;
    const char *of[3]; /* manager, board, public; NULL: not in that copy */
} tables[] = {
    {"service",
     {"code name setting places people day_starts night_starts telephone address closed sample",
      "code name setting places people closed sample",
      "code name setting places people address closed sample"}},
    {"area", {"service name sort unit position closed", "service name sort unit closed", NULL}},
    {"person",
     {"code label role service side shift awake agency medicines first_aid evacuation moving "
      "telephone left",
      NULL, NULL}},
    {"target",
     {"service name value high unit source own_choice",
      "service name value high unit source own_choice", NULL}},
    {"contact",
     {"service position label telephone purpose outside hours source source_day", NULL, NULL}},
    {"visit",
     {"service template template_version framework framework_version length modules "
      "unannounced reason started "
      "night in_charge in_charge_text checker left sample",
      "service template template_version framework framework_version length modules "
      "unannounced reason started "
      "night left sample held_back",
      "service template template_version framework framework_version length modules "
      "unannounced reason started "
      "night in_charge in_charge_text checker left sample"}},
    {"room",
     {"visit section area label seen why position empty", "visit section seen position empty",
      "visit section seen position empty"}},
    {"answer",
     {"visit item repeat part word number of list text time day note severity safe safe_at "
      "safe_by person result after_leaving skip framework framework_version",
      "visit item repeat part word number of severity safe safe_at result after_leaving skip "
      "framework framework_version",
      "visit item repeat part word number of text note severity safe safe_at result "
      "after_leaving skip framework framework_version"}},
    {"timing",
     {"visit item part label started stopped ms second_ms outcome about area target_ms helped "
      "second_started",
      "visit item part started stopped ms second_ms outcome about target_ms second_started",
      "visit item part started stopped ms second_ms outcome about target_ms second_started"}},
    {"observation",
     {"visit service good text area statement severity when_seen until item "
      "after_leaving",
      "visit service good statement severity when_seen until item after_leaving",
      "visit service good text statement severity when_seen until item after_leaving"}},
    {"feedback",
     {"visit service speaker sort about text wants_answer answer_by statement face area "
      "after_leaving severity list question marks",
      "visit service speaker sort statement face after_leaving severity",
      "visit service speaker sort about text statement face after_leaving severity"}},
    {"told",
     {"visit service whom person when_told how said sort why",
      "visit service when_told how sort", "visit service whom when_told how sort"}},
    {"duty",
     {"visit service name decision decide_by who decided why reference danger",
      "visit service name decision decide_by decided danger", NULL}},
    {"action",
     {"service visit reference must different measure baseline lane due owner owner_text why "
      "statement regulations item template severity found_at_night times_found area",
      "service visit reference must different measure lane due statement regulations item "
      "template severity found_at_night times_found",
      "service visit reference must different measure baseline lane due owner owner_text why "
      "statement regulations item template severity found_at_night times_found"}},
    {"step",
     {"action sort text visit at_night unannounced due who weeks",
      "action sort visit at_night unannounced due weeks",
      "action sort text visit at_night unannounced due who weeks"}},
    {"attachment", {"visit to item room sort caption taken before", NULL, NULL}},
    {"signature",
     {"visit who person side choice text meaning", "visit side choice",
      "visit who side choice"}},
    {"seal", {"visit rows praise minutes", "visit rows minutes", "visit rows praise minutes"}},
    {"addendum", {"visit text about why", NULL, "visit text why"}},
    {"danger",
     {"visit service source text opened safe safe_at safe_by closed area",
      "visit service opened safe safe_at closed", NULL}},
    {"call",
     {"visit danger contact whom telephone started answered said reference service",
      "visit danger started answered service", NULL}},
    {"unanswered",
     {"visit section reason text items", "visit section reason items",
      "visit section reason text items"}},
    {"score",
     {"service visit framework framework_version statement category score reason day",
      "service visit framework framework_version statement category score day", NULL}},
    {"basis", {"score evidence note service", NULL, NULL}},
    {"rating",
     {"service visit framework framework_version question rating reason day",
      "service visit framework framework_version question rating day", NULL}},
    {"circumstance",
     {"service visit framework framework_version code yes reason day",
      "service visit framework framework_version code yes day", NULL}},
    {"sample", {"visit section who", "visit section who", "visit section who"}},
};

static const char *columns_of(enum copy copy, const struct kind *k) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (text_equal(tables[i].kind, k->name)) return tables[i].of[copy - COPY_MANAGER];
    return NULL;
}

bool copy_has_table(enum copy copy, const struct kind *k) {
    if (k->program) return false;
    return copy == COPY_PROVIDER || (!k->confidential && columns_of(copy, k));
}

bool copy_has_column(enum copy copy, const struct kind *k, const struct column *c) {
    return copy == COPY_PROVIDER || text_listed(columns_of(copy, k), ' ', c->name);
}

bool copy_has_name(enum copy copy, const struct column *c) {
    if (copy <= COPY_MANAGER || text_listed("service|action", '|', c->to)) return true;
    return copy == COPY_PUBLIC && text_equal(c->to, "person"); /* then a role */
}

bool copy_says_who(const struct column *c) {
    return text_equal(c->to, "person") ||
           (c->type == COL_TEXT &&
            text_listed("who|whom|owner_text|in_charge_text|safe_by|witness", '|', c->name));
}
