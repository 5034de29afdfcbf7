/* code.c -- see code.h. The alphabet leaves out I, L, O (read as 1, 1, 0) and U. */
#include "base/code.h"

#include <string.h>

#include "base/hash.h"
#include "base/keys.h"
#include "base/log.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void code_write(char *out, const uint8_t *p, size_t n) {
    BELIEVE(n % 5 == 0);
    size_t written = 0;
    uint32_t bits = 0, held = 0;
    for (size_t i = 0; i < n; i++) {
        held = held << 8 | p[i];
        for (bits += 8; bits >= 5; written++) {
            bits -= 5;
            if (written && written % 4 == 0) *out++ = '-';
            *out++ = alphabet[held >> bits & 31];
        }
        held &= (1u << bits) - 1;
    }
    *out = '\0';
}

/* The character that was meant; 0 when it is none of ours. */
static char meant(char c) {
    if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    return c && strchr(alphabet, c) ? c : '\0';
}

bool code_plain(const char *typed, char *out, size_t want) {
    size_t n = 0;
    for (const char *p = typed ? typed : ""; *p; p++) {
        if (*p == ' ' || *p == '-' || *p == '\t' || *p == '\r' || *p == '\n') continue;
        char c = meant(*p);
        if (!c || n == want) return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return n == want;
}

void code_bytes(const char *plain, uint8_t *out, size_t n) {
    uint32_t bits = 0, held = 0;
    for (size_t i = 0; i < n; plain++) {
        const char *at = strchr(alphabet, *plain);
        BELIEVE(*plain && at);
        held = (held << 5 | (uint32_t)(at - alphabet)) & 0xFFF;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out[i++] = (uint8_t)(held >> bits);
    }
}

void code_make(char out[15]) {
    uint8_t bytes[10];
    char text[20];
    random_bytes(bytes, sizeof bytes);
    code_write(text, bytes, sizeof bytes);
    memcpy(out, text, 14); /* three groups of four */
    out[14] = '\0';
    key_wipe(bytes, sizeof bytes);
    key_wipe(text, sizeof text);
}
