/* names.c -- a likely name in typed words, to be pointed out: "Looks like a name. Replace it?"
 *
 * It only points; a person decides. So it leans towards silence where a capital has another
 * reason (a sentence begins, a unit is called Willow, an abbreviation) and speaks up at titles,
 * at two capitalised words together, and at first names that are common in England. */
#include "base/text.h"
#include "care/rules.h"

struct word_at {
    const char *p;
    size_t n;
    bool starts;  /* first of its sentence */
    bool adjoins; /* only a space (or the full stop of a title) stands between it and the last
                     one */
};

static const char *const titles[] = {"Mr",     "Mrs",   "Ms",       "Miss",  "Mx",     "Dr",
                                     "Doctor", "Prof",  "Reverend", "Rev",   "Sir",    "Dame",
                                     "Lady",   "Lord",  "Father",   "Nurse", "Sister", "Matron",
                                     "Auntie", "Uncle", "Nan",      NULL};
/* Capitalised words that name no person: days, months, places and things of a home, bodies. */
static const char *const not_names[] = {
    "I",         "Monday",     "Tuesday",   "Wednesday",    "Thursday", "Friday",   "Saturday",
    "Sunday",    "January",    "February",  "March",        "April",    "May",      "June",
    "July",      "August",     "September", "October",      "November", "December", "Christmas",
    "Easter",    "Eve",        "Day",       "Night",        "Room",     "Rooms",    "Unit",
    "Ward",      "Wing",       "House",     "Home",         "Lodge",    "Court",    "Floor",
    "Lounge",    "Kitchen",    "Office",    "Hall",         "Corridor", "Garden",   "Care",
    "Quality",   "Commission", "Council",   "Safeguarding", "English",  "Welsh",    "Polish",
    "Urdu",      "Punjabi",    "Bengali",   "Panel",        "Fire",     "Plan",     "Team",
    "Manager",   "Nurse",      "Senior",    "Lead",         "Officer",  "Chart",    "Form",
    "Register",  "Street",     "Road",      "Hospital",     "Surgery",  "Pharmacy", "Police",
    "Ambulance", "Health",     "Safety",    "Act",          "Zone",     "Station",  "Ground",
    "First",     "Second",     "North",     "South",        "East",     "West",     "Willow",
    "Maple",     "Oak",        "Ash",       "Beech",        "Birch",    "Elm",      "Cedar",
    "Rowan",     "Holly",      "Ivy",       "Rose",         "Lily",     "Poppy",    "Daisy",
    "Primrose",  "Bluebell",   "Lavender",  "Heather",      "Jasmine",  "Orchard",  "Meadow",
    "Sensor",    "Mat",        "Hoist",     "Trolley",      "Bell",     "Door",     "Red",
    "Green",     "Blue",       "Yellow",    "God",          "Bank",     "Holiday",  "Zimmer",
    "Teams",     "Word",       "Excel",     "Wi",           "Fi",       NULL};
/* Words that begin sentences: with one of these in front, two capitals are no first and last
 * name. */
static const char *const openers[] = {
    "The",      "A",       "An",      "In",      "On",     "At",       "By",      "From",
    "To",       "Near",    "No",      "Not",     "One",    "Two",      "Three",   "Four",
    "Five",     "Six",     "All",     "Both",    "Some",   "When",     "While",   "After",
    "Before",   "During",  "Since",   "Until",   "Every",  "Each",     "This",    "That",
    "These",    "Those",   "There",   "It",      "He",     "She",      "They",    "We",
    "You",      "My",      "Our",     "Their",   "His",    "Her",      "And",     "But",
    "If",       "As",      "Is",      "Was",     "Were",   "Are",      "Has",     "Had",
    "Have",     "Saw",     "Heard",   "Asked",   "Told",   "Spoke",    "Met",     "Found",
    "With",     "Without", "Outside", "Inside",  "Behind", "Opposite", "Between", "Over",
    "Under",    "Towards", "Into",    "Of",      "For",    "Only",     "Also",    "Then",
    "Staff",    "People",  "Worker",  "Workers", "Agency", "Person",   "Nobody",  "Someone",
    "Everyone", "Call",    "Called",  "Ring",    "Rang",   "See",      "Why",     "What",
    "Who",      "How",     "Where",   NULL};
static const char *const first_names[] = {
    "Abdul",     "Agnes",     "Agnieszka", "Ahmed",    "Aisha",      "Alan",     "Albert",
    "Alfred",    "Ali",       "Alice",     "Amanda",   "Amina",      "Amy",      "Andrea",
    "Andrew",    "Angela",    "Anita",     "Ann",      "Anna",       "Anne",     "Anthony",
    "Arthur",    "Audrey",    "Barbara",   "Barry",    "Beatrice",   "Ben",      "Bernard",
    "Betty",     "Beryl",     "Brenda",    "Brian",    "Carol",      "Caroline", "Catherine",
    "Charles",   "Charlotte", "Chloe",     "Chris",    "Christine",  "Claire",   "Colin",
    "Daniel",    "David",     "Dawn",      "Deborah",  "Denise",     "Dennis",   "Derek",
    "Diane",     "Donald",    "Doreen",    "Doris",    "Dorothy",    "Douglas",  "Edith",
    "Edna",      "Edward",    "Eileen",    "Elaine",   "Elizabeth",  "Elsie",    "Emily",
    "Emma",      "Eric",      "Ethel",     "Eunice",   "Evelyn",     "Fatima",   "Florence",
    "Frances",   "Frank",     "Fred",      "Freda",    "Gareth",     "Gary",     "Geoffrey",
    "George",    "Gerald",    "Geraldine", "Gladys",   "Gloria",     "Gordon",   "Graham",
    "Hannah",    "Harold",    "Harry",     "Hazel",    "Helen",      "Henry",    "Hilda",
    "Ian",       "Ibrahim",   "Irene",     "Jack",     "Jacqueline", "James",    "Jane",
    "Janet",     "Janice",    "Jason",     "Jayne",    "Jean",       "Jennifer", "Jenny",
    "Jessica",   "Jim",       "Joan",      "Joanne",   "Joe",        "John",     "Joseph",
    "Josephine", "Joyce",     "Judith",    "Julia",    "Julie",      "Karen",    "Kate",
    "Katarzyna", "Kathleen",  "Kathryn",   "Keith",    "Kenneth",    "Kevin",    "Kim",
    "Laura",     "Lauren",    "Leonard",   "Leslie",   "Lilian",     "Linda",    "Lisa",
    "Liz",       "Louise",    "Lucy",      "Mabel",    "Malcolm",    "Margaret", "Maria",
    "Marie",     "Marjorie",  "Martin",    "Mary",     "Maureen",    "Mavis",    "Michael",
    "Michelle",  "Mike",      "Mohammed",  "Muhammad", "Muriel",     "Nancy",    "Natalie",
    "Ngozi",     "Nicola",    "Nigel",     "Nora",     "Norma",      "Norman",   "Olive",
    "Oliver",    "Olivia",    "Pamela",    "Patricia", "Paul",       "Paula",    "Pauline",
    "Peggy",     "Peter",     "Philip",    "Phyllis",  "Piotr",      "Priya",    "Rachel",
    "Raymond",   "Rebecca",   "Richard",   "Rita",     "Robert",     "Roger",    "Ronald",
    "Ruth",      "Sally",     "Samantha",  "Sandra",   "Sarah",      "Sharon",   "Sheila",
    "Shirley",   "Simon",     "Sophie",    "Stanley",  "Stella",     "Stephen",  "Steve",
    "Steven",    "Stuart",    "Sue",       "Susan",    "Sylvia",     "Teresa",   "Terence",
    "Thelma",    "Thomas",    "Tom",       "Tony",     "Tracey",     "Vera",     "Veronica",
    "Victoria",  "Vincent",   "Walter",    "Wendy",    "Wilfred",    "William",  "Winifred",
    "Yasmin",    "Yvonne",    "Zainab",    NULL};

static bool is_in(const char *const *list, const struct word_at *w) {
    for (; *list; list++)
        if (strlen(*list) == w->n && memcmp(*list, w->p, w->n) == 0) return true;
    return false;
}

/* A letter, or a dash or apostrophe between letters (Anne-Marie, O'Neill). */
static bool is_letter(uint32_t cp) {
    return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
           (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7);
}

static bool is_capital(uint32_t cp) {
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z';
    return (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x100 && cp <= 0x17F && !(cp & 1));
}

static bool joins(uint32_t cp) {
    return cp == '-' || cp == '\'' || cp == 0x2019;
}

/* The word at or after *at; false at the end. What stood between decides starts and adjoins. */
static bool next_word(const char **at, const char *end, struct word_at *w) {
    const char *p = *at;
    bool only_space = true;
    while (p < end) {
        const char *here = p;
        uint32_t cp = text_next(&p, end);
        if (is_letter(cp)) {
            p = here;
            break;
        }
        if (cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == '\n' || cp == 0x2022)
            w->starts = true;
        if (cp != ' ' && cp != 0xA0) only_space = false;
    }
    if (p >= end) return false;
    w->p = p;
    w->adjoins = only_space;
    const char *last = p; /* just behind the last letter */
    while (p < end) {
        uint32_t cp = text_next(&p, end);
        if (is_letter(cp))
            last = p;
        else if (!joins(cp) || p >= end)
            break;
        else {
            const char *peek = p;
            if (!is_letter(text_next(&peek, end))) break;
        }
    }
    w->n = (size_t)(last - w->p);
    *at = last;
    return true;
}

/* "Margaret's" without its ending. */
static void drop_possessive(struct word_at *w) {
    if (w->n > 2 && w->p[w->n - 1] == 's' && w->p[w->n - 2] == '\'') w->n -= 2;
    if (w->n > 4 && w->p[w->n - 1] == 's' && memcmp(w->p + w->n - 4, "\xE2\x80\x99", 3) == 0)
        w->n -= 4;
}

/* Capital first, then at least one small letter: so no abbreviation ("CQC", "PRN"). */
static bool looks_like_name(const struct word_at *w) {
    const char *p = w->p, *end = p + w->n;
    if (!is_capital(text_next(&p, end)) || p >= end) return false;
    bool small = false;
    while (p < end) {
        uint32_t cp = text_next(&p, end);
        small = small || (is_letter(cp) && !is_capital(cp));
    }
    return small && !is_in(not_names, w);
}

static bool is_initial(const struct word_at *w) {
    return w->n == 1 && w->p[0] >= 'A' && w->p[0] <= 'Z';
}

/* From one word to another, and on over the names that follow at once ("Mary Anne Jones"). */
static bool found(const char *text, const struct word_at *from, const struct word_at *to,
                  size_t *start, size_t *length) {
    const char *last = to->p + to->n, *at = last, *end = last + strlen(last);
    struct word_at w = {0};
    while (next_word(&at, end, &w) && w.adjoins && !w.starts) {
        drop_possessive(&w);
        if (!looks_like_name(&w) || is_in(openers, &w)) break;
        last = at = w.p + w.n;
        w = (struct word_at){0};
    }
    *start = (size_t)(from->p - text);
    *length = (size_t)(last - from->p);
    return true;
}

/* After "Mr." the full stop ends no sentence. */
static bool follows_title(const struct word_at *title, const struct word_at *w) {
    const char *between = title->p + title->n;
    if (*between == '.') between++;
    while (*between == ' ')
        between++;
    return is_in(titles, title) && between == w->p;
}

bool likely_name(const char *text, size_t *start, size_t *length) {
    if (!text) return false;
    const char *at = text, *end = text + strlen(text);
    struct word_at last = {0}, w = {.starts = true};
    while (next_word(&at, end, &w)) {
        drop_possessive(&w);
        bool name = looks_like_name(&w);
        bool after_title = last.p && follows_title(&last, &w) && !is_in(openers, &w);
        if (after_title && (name || is_initial(&w)))
            return found(text, &last, &w, start, length);
        if (name && last.p && w.adjoins && !w.starts && looks_like_name(&last) &&
            !is_in(openers, &last) && !is_in(openers, &w) && !is_in(titles, &last))
            return found(text, &last, &w, start, length);
        if (last.p && is_in(first_names, &last) && !(w.adjoins && name))
            return found(text, &last, &last, start, length);
        last = w;
        w = (struct word_at){0};
    }
    return last.p && is_in(first_names, &last) && found(text, &last, &last, start, length);
}
