/* keyboard_layout.c -- which keys stand where (British, as on every telephone here), and what
 * stands behind a key that is held: accents of the languages spoken in homes, other money,
 * other quotes. Data only. */
#include "ui/keyboard.h"

#include "base/text.h"

#define ARRAY_N(a) (sizeof(a) / sizeof *(a))

/* Keys are parted by blanks; "*1.5" is the width. Each row of a page adds up to the same. */
static const char *const rows[PAGE_COUNT][KEY_ROWS] = {
    [PAGE_LETTERS] = {"q w e r t y u i o p", "a s d f g h j k l '",
                      "shift*1.5 z x c v b n m delete*1.5",
                      "symbols*2 , space*3.5 . hide enter*1.5"},
    [PAGE_SYMBOLS] = {"1 2 3 4 5 6 7 8 9 0", "@ # £ & _ - ( ) % +",
                      "more*1.5 \" ' : ; / ! ? delete*1.5",
                      "letters*2 , space*3.5 . hide enter*1.5"},
    [PAGE_MORE] = {"€ $ ¥ ½ ¼ ¾ ° × ÷ =", "“ ” ‘ ’ « » – — … •",
                   "symbols*1.5 * [ ] < > ~ ^ delete*1.5",
                   "letters*2 , space*3.5 . hide enter*1.5"},
    [PAGE_NUMBER] = {"1 2 3 delete", "4 5 6 -", "7 8 9 hide", "0*3 enter"},
    [PAGE_DECIMAL] = {"1 2 3 delete", "4 5 6 -", "7 8 9 hide", ". 0*2 enter"},
    [PAGE_PHONE] = {"1 2 3 delete", "4 5 6 +", "7 8 9 hide", "space 0*2 enter"},
};

static const struct {
    const char *name;
    enum key_act act;
    enum key_page page;
} named[] = {
    {"shift", KEY_SHIFT, PAGE_LETTERS},  {"delete", KEY_DELETE, PAGE_LETTERS},
    {"space", KEY_SPACE, PAGE_LETTERS},  {"enter", KEY_ENTER, PAGE_LETTERS},
    {"hide", KEY_HIDE, PAGE_LETTERS},    {"letters", KEY_PAGE, PAGE_LETTERS},
    {"symbols", KEY_PAGE, PAGE_SYMBOLS}, {"more", KEY_PAGE, PAGE_MORE},
};

static const struct {
    const char *key, *others;
} held[] = {
    {"a", "á à â ä ã å æ ā ą ă"},
    {"c", "ç ć č"},
    {"d", "ð ď"},
    {"e", "é è ê ë ē ę ė ě"},
    {"g", "ğ ģ"},
    {"i", "í ì î ï ī į ı"},
    {"l", "ł ľ ļ"},
    {"n", "ñ ń ň ņ"},
    {"o", "ó ò ô ö õ ø œ ō ő"},
    {"r", "ř"},
    {"s", "ß ś š ş ș"},
    {"t", "þ ť ț"},
    {"u", "ú ù û ü ū ů ű ų"},
    {"w", "ŵ"},
    {"y", "ý ŷ ÿ"},
    {"z", "ž ź ż"},
    {"0", "° ⁰ ø"},
    {"1", "½ ⅓ ¼"},
    {"2", "⅔ ²"},
    {"3", "¾ ³"},
    {"£", "€ $ ¥ ₹ ¢"},
    {"$", "£ € ¢ ₹"},
    {"€", "£ $ ₹"},
    {"%", "‰"},
    {"-", "– — ·"},
    {"+", "± × ÷ ="},
    {"(", "[ { <"},
    {")", "] } >"},
    {"/", "\\ |"},
    {"!", "¡"},
    {"?", "¿"},
    {"'", "’ ‘ ` \""},
    {"\"", "“ ” „ « »"},
    {".", "… ? ! : ;"},
    {",", "; : ' \""},
    {"*", "† •"},
    {"=", "≠ ≈"},
    {"<", "≤"},
    {">", "≥"},
    {"&", "§ ¶"},
    {"#", "№"},
};

enum key_page layout_page_of(enum field_kind kind) {
    switch (kind) {
    case FIELD_NUMBER:
        return PAGE_NUMBER;
    case FIELD_DECIMAL:
        return PAGE_DECIMAL;
    case FIELD_PHONE:
        return PAGE_PHONE;
    case FIELD_TEXT:
    case FIELD_SEARCH:
        break;
    }
    return PAGE_LETTERS;
}

/* The next word of a list parted by blanks; false at its end. */
static bool next_word(const char **s, char *out, size_t room) {
    size_t n = strcspn(*s, " ");
    if (!n) return false;
    BELIEVE(n < room);
    memcpy(out, *s, n);
    out[n] = '\0';
    *s += n + ((*s)[n] == ' ');
    return true;
}

static struct key key_of(char *word) {
    struct key k = {.act = KEY_CHAR, .width = 1};
    char *star = word[1] ? strchr(word + 1, '*') : NULL;
    if (star) {
        k.width = strtof(star + 1, NULL);
        *star = '\0';
    }
    for (size_t i = 0; i < ARRAY_N(named); i++) {
        if (!text_equal(word, named[i].name)) continue;
        k.act = named[i].act;
        k.page = named[i].page;
        return k;
    }
    text_copy(k.text, sizeof k.text, word);
    return k;
}

int layout_row(enum key_page page, int row, struct key *out) {
    const char *s = rows[page][row];
    char word[24];
    int n = 0;
    while (next_word(&s, word, sizeof word))
        out[n++] = key_of(word);
    return n;
}

int layout_others(const char *key, char out[OTHERS_MAX][KEY_TEXT]) {
    int n = 0;
    for (size_t i = 0; i < ARRAY_N(held); i++) {
        if (!text_equal(key, held[i].key)) continue;
        const char *s = held[i].others;
        while (n < OTHERS_MAX && next_word(&s, out[n], KEY_TEXT))
            n++;
    }
    return n;
}

/* Capitals of the letters above: Latin-1 lies 32 apart; Latin Extended-A and -B in pairs, whose
 * capitals are even, except in two stretches. */
static uint32_t upper(uint32_t c) {
    if (c >= 'a' && c <= 'z') return c - 32;
    if (c == 0xFF) return 0x178;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
    if (c == 0x131) return 'I';
    bool odd_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (odd_capital) return c % 2 == 0 ? c - 1 : c;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x218 && c <= 0x21B)) return c % 2 ? c - 1 : c;
    return c;
}

void layout_upper(const char *text, char out[KEY_TEXT]) {
    const char *p = text, *end = text + strlen(text);
    uint32_t c = text_next(&p, end);
    size_t n = text_put(out, upper(c));
    text_copy(out + n, KEY_TEXT - n, p);
}
