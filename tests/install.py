#!/usr/bin/env python3
"""make install and make uninstall, into a folder of their own.

How the proof works: the tree is installed under a DESTDIR, every file of the list must be there, and both
programs are run from it, from another folder and without any hint where their data lie. Then uninstall:
what is left must be exactly what lay there before, also when the prefix is a home's ~/.local, where
share/lantern is at the same time the folder of the checks. The man pages must name every option and
every command that the programs' own help names.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = os.environ.get("LANTERN_BUILD", "build/asan")
INSTALL = ROOT / "platform/linux/install"
checks = 0


def expect(true, what):
    global checks
    checks += 1
    if not true:
        sys.exit(f"FAILED: {what}")


def run(*args, want=0, cwd=ROOT, **env):
    clean = {k: v for k, v in os.environ.items() if k not in ("LANTERN_ASSETS", "LANTERN_STICKS", "MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True, cwd=cwd, env={**clean, **env})
    expect(done.returncode == want, f"{args}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def make(target, dest, prefix):
    # -o: the programs were built by this test run already, with other flags than make would choose.
    run("make", "-s", "-o", f"{BUILD}/lantern", "-o", f"{BUILD}/lantern-office", f"B={BUILD}",
        f"DESTDIR={dest}", f"PREFIX={prefix}", target)


def files(folder):
    return {str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob("*") if not p.is_dir()}


def folders(folder):
    return {str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob("*") if p.is_dir()}


def installed_whole(at):
    for name in ("bin/lantern", "bin/lantern-office"):
        expect(os.access(at / name, os.X_OK), f"{name} cannot be run")
    for name in ("share/applications/lantern.desktop", "share/mime/packages/lantern.xml",
                 "share/icons/hicolor/scalable/apps/lantern.svg", "share/man/man1/lantern.1",
                 "share/man/man1/lantern-office.1", "share/doc/lantern/LICENSE", "share/doc/lantern/README.md"):
        expect((at / name).stat().st_mode & 0o777 == 0o644, f"{name}: not readable by all")
    for path in (ROOT / "assets").rglob("*"):
        name = path.relative_to(ROOT / "assets")
        if path.is_dir() or name.parts[0] == "pictures":
            continue
        expect((at / "share/lantern" / name).read_bytes() == path.read_bytes(), f"{name} is not the same")


def programs_work(at, scratch):
    """From another folder, without LANTERN_ASSETS: everything they need is found beside them."""
    out = run(at / "bin/lantern-office", "init", scratch / "m.db", "--provider", "Home", cwd="/")
    expect("Home" in out, "the office has lost its words")
    run(at / "bin/lantern-office", "add", scratch / "m.db", at / "share/lantern/sample/sample.json", cwd="/")
    script = scratch / "start.txt"
    script.write_text('expect "Welcome to Lantern"\ntap "Try the sample"\nsend\nexpect "Oak House"\nshot home\n')
    run(at / "bin/lantern", "--data", scratch / "t", "--script", script, "--shots", scratch, "--clock",
        "2026-11-22T14:00", cwd="/", SDL_VIDEODRIVER="dummy", SDL_RENDER_DRIVER="software")
    expect((scratch / "home.png").stat().st_size > 10000, "the installed app drew nothing")


def desktop_entry():
    text = (INSTALL / "lantern.desktop").read_text()
    entry = dict(line.split("=", 1) for line in text.splitlines()[1:] if "=" in line)
    expect(text.startswith("[Desktop Entry]\n"), "the desktop entry has no group")
    expect(entry["Type"] == "Application" and entry["Exec"] == "lantern" and entry["Icon"] == "lantern",
           "the desktop entry starts something else")
    expect(all(entry[k].endswith(";") for k in ("Categories", "Keywords")), "a list must end with ;")
    if shutil.which("desktop-file-validate"):
        run("desktop-file-validate", INSTALL / "lantern.desktop")


def file_type(scratch):
    """The type's magic is the bundle's own, and a bundle is known by it under any name."""
    tree = xml.etree.ElementTree.parse(INSTALL / "lantern.xml")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    match = tree.find(f".//{space}match").get("value").encode().decode("unicode_escape").encode("latin-1")
    bundle = (ROOT / "tests/golden/small.lantern").read_bytes()
    expect(len(match) == 8 and bundle.startswith(match), "the magic is not a bundle's")
    xml.etree.ElementTree.parse(INSTALL / "lantern.svg")
    if shutil.which("update-mime-database"):
        packages = scratch / "mime/packages"
        packages.mkdir(parents=True)
        shutil.copy(INSTALL / "lantern.xml", packages)
        run("update-mime-database", scratch / "mime")
        expect("*.lantern" in (scratch / "mime/globs2").read_text(), "the type was not taken")


def man_pages():
    page = (INSTALL / "lantern.1").read_text().replace("\\-", "-")
    for option in sorted(set(re.findall(r"--[a-z]+", run(f"{BUILD}/lantern", "--help")))):
        expect(option in page, f"lantern.1 does not tell of {option}")
    for command in re.findall(r"^       lantern ([a-z]+) ", run(f"{BUILD}/lantern", "--help"), re.M):
        expect(f"\n.B {command}\n" in page, f"lantern.1 does not tell of {command}")
    page = (INSTALL / "lantern-office.1").read_text().replace("\\-", "-")
    commands = (ROOT / "src/office/command_list.h").read_text()
    for command in re.findall(r"^COMMAND\((\w+)\)", commands, re.M):
        told = "\n".join(re.findall(rf'^\.BI "?{command} .*$', page, re.M))
        expect(told, f"lantern-office.1 does not tell of {command}")
        usage = run(f"{BUILD}/lantern-office", command, "--help").splitlines()[0]
        for option in re.findall(r"--[a-z]+(?:-[a-z]+)*", usage):
            expect(option in told, f"lantern-office.1, {command}: no {option}")
    for told in re.findall(r"^\.BI ([a-z]+) ", page, re.M):
        expect(f"COMMAND({told})" in commands, f"lantern-office.1 tells of {told}, which is no command")
    if shutil.which("groff"):
        for name in ("lantern.1", "lantern-office.1"):
            done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", INSTALL / name], capture_output=True, text=True)
            expect(done.returncode == 0 and not done.stderr, f"{name}: {done.stderr}")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        dest = scratch / "dest"
        make("install", dest, "/usr/local")
        at = dest / "usr/local"
        installed_whole(at)
        count = len(files(dest))
        programs_work(at, scratch)
        expect(len(files(dest)) == count, "running the programs changed what was installed")
        make("uninstall", dest, "/usr/local")
        expect(not files(dest), f"left behind: {sorted(files(dest))[:5]}")

        # A home's own prefix: the checks lie where the assets go.
        home = scratch / "home"
        kept = home / ".local/share/lantern/sample/lantern.db"
        kept.parent.mkdir(parents=True)
        for path in (kept, home / ".local/share/lantern/lantern.db", home / ".local/bin/other"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("precious")
        before, before_folders = files(home), folders(home)
        make("install", "", home / ".local")
        expect(len(files(home)) > count, "nothing was installed there")
        make("uninstall", "", home / ".local")
        after = {f for f in files(home) if not f.startswith((".local/share/mime/", ".local/share/icons/", ".local/share/applications/"))}
        expect(after == before, f"uninstall took or left {sorted(after ^ before)[:5]}")
        expect(folders(home) >= before_folders and kept.read_text() == "precious", "uninstall touched the checks")

        desktop_entry()
        file_type(scratch)
        man_pages()
    print(f"figure: {count} files installed and removed again, {checks} checks")


main()
