/* json_copy.c -- values of any sort, down to the last. */
#include "care/json_copy.h"

#include "base/text.h"

void json_copy_members(struct json_out *out, const json *map, const char *but) {
    for (size_t i = 0; i < json_count(map); i++) {
        const json *v;
        const char *key = json_key_at(map, i, &v);
        if (!text_listed(but, '|', key)) json_copy(out, key, v);
    }
}

void json_copy(struct json_out *out, const char *key, const json *v) {
    switch (json_type_of(v)) {
    case JSON_T_NONE:
    case JSON_T_NULL:
        json_put_null(out, key);
        break;
    case JSON_T_BOOL:
        json_put_bool(out, key, json_bool(v, false));
        break;
    case JSON_T_INT:
        json_put_int(out, key, json_int(v, 0));
        break;
    case JSON_T_REAL:
        json_put_real(out, key, json_number(v, 0));
        break;
    case JSON_T_TEXT:
        json_put_text(out, key, json_text(v, ""));
        break;
    case JSON_T_LIST:
        json_open_list(out, key);
        for (size_t i = 0; i < json_count(v); i++)
            json_copy(out, NULL, json_at(v, i));
        json_close_list(out);
        break;
    case JSON_T_MAP:
        json_open_map(out, key);
        json_copy_members(out, v, "");
        json_close_map(out);
        break;
    }
}
