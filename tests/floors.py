#!/usr/bin/env python3
"""The floors of the house: which folder may include which, checked over every #include."""
import pathlib, re, sys

root = pathlib.Path(__file__).resolve().parent.parent
MAY = {
    "base": set(),
    "store": {"base"},
    "care": {"base"},
    "author": {"base", "care"},
    "model": {"base", "store", "care"},
    "media": {"base"},
    "ui": {"base"},
    "screen": {"base", "care", "model", "ui"},
    "app": {"base", "store", "care", "model", "media", "ui", "screen", "sync", "platform"},
    "office": {"base", "store", "care", "author", "model", "media", "sync"},
    "sync": {"base", "store"},
    "platform": {"base", "ui", "app"},
}
PLATFORM_H_FOR = {"ui", "media", "app", "platform"}
LIBRARY = {  # header prefix -> folders that may see it
    "sqlite3": {"store"}, "libpq": {"store"}, "sodium": {"base", "sync", "store"}, "jansson": {"base"},
    "zlib": {"sync"}, "SDL": {"ui", "platform", "media"}, "jpeglib": {"media"}, "libexif": {"media"}, "png": {"media"}, "hpdf": {"media"}, "opus": {"media"},
}
bad, files = [], 0
for path in sorted(list((root / "src").rglob("*.[ch]")) + list((root / "sync").rglob("*.[ch]")) + list((root / "platform").rglob("*.[ch]"))):
    rel = path.relative_to(root)
    here = rel.parts[1] if rel.parts[0] == "src" else rel.parts[0]
    files += 1
    for n, line in enumerate(path.read_text().splitlines(), 1):
        m = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
        if not m:
            continue
        inc = m.group(1)
        where = f"{rel}:{n}"
        top = inc.split("/")[0]
        if top in MAY and "/" in inc:
            if inc == "platform/platform.h" and here in PLATFORM_H_FOR:
                continue
            if top != here and top not in MAY.get(here, set()):
                bad.append(f"{where}: {here} may not include {inc}")
            if here == "screen" and top == "model" and not inc.endswith("_model.h"):
                bad.append(f"{where}: a screen sees model structs only, not {inc}")
        for lib, folders in LIBRARY.items():
            if re.match(rf"(SDL2/)?{lib}", inc) and here not in folders:
                bad.append(f"{where}: {here} may not see {inc}")
for line in bad:
    print(line)
print(f"figure: {files} files checked against the floors, {len(bad)} breaches")
sys.exit(1 if bad else 0)
