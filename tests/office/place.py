"""What the tests of the office program share: running a command, expecting, and a folder with a
simulation in it whose masters may be copied and spoiled.

Each command is a process of its own, as a person or a script at the office starts it. What counts is its
exit status (0 done, 1 wrong use, 2 refused, 3 the disk), what it prints, and the content hash of the
master before and after: a refusal that changes the hash is a failure, whatever was printed.
"""
import atexit
import glob
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OFFICE = os.environ.get("LANTERN_OFFICE", os.path.join(ROOT, "build/asan/lantern-office"))
count = 0
# No passphrase of the person who runs the tests, and no terminal to be asked on.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith("LANTERN_") or k == "LANTERN_ASSETS"}


def expect(true, what):
    global count
    count += 1
    if not true:
        sys.exit(f"FAILED: {what}")


def run(*args, want=0, env=None, **more):
    """Runs a command; its exit status must be `want` (None: any). Gives standard output and error."""
    more.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run([OFFICE, *map(str, args)], capture_output=True, text=True, cwd=ROOT,
                          env={**CLEAN, **(env or {})}, start_new_session=True, **more)
    expect(want is None or done.returncode == want,
           f"{' '.join(map(str, args))}: exit {done.returncode}, not {want}\n{done.stdout}{done.stderr}")
    return done.stdout, done.stderr


def lines(*args, **more):
    """JSON lines of a command."""
    return [json.loads(x) for x in run(*args, "--json", **more)[0].splitlines()]


def refused(db, *args, want=2, said=None, **more):
    """A refusal: exit status, one sentence, and a master that is what it was."""
    before = hash_of(db)
    out, err = run(*args, want=want, **more)
    expect(said is None or said in out + err, f"{' '.join(map(str, args))}: says {said!r}: {out}{err}")
    expect(hash_of(db) == before, f"{' '.join(map(str, args))}: changed the master")
    return out, err


def hash_of(db):
    return run("hash", db, "--all")[0].strip()


def received(db):
    return run("hash", db)[0].strip()


def holds(path, words):
    """Whether these words stand in a file, or in the files that SQLite keeps beside it."""
    for ending in ("", "-wal", "-journal"):
        if os.path.exists(path + ending):
            with open(path + ending, "rb") as f:
                if words.encode() in f.read():
                    return True
    return False


made = {}  # what was asked for -> the folder in which it lies untouched


def simulate(out, *options):
    """Asked for the same once more, a copy: the simulation takes longer than most tests of what it made."""
    if options not in made:
        made[options] = tempfile.mkdtemp(prefix="office-made-", dir=os.path.join(ROOT, "build"))
        atexit.register(shutil.rmtree, made[options], ignore_errors=True)
        run("simulate", "--out", os.path.join(made[options], "sim"), *options)
    shutil.copytree(os.path.join(made[options], "sim"), out)


class Place:
    """A folder with a simulation in it, and masters copied from its office."""

    def __init__(self, folder, *options, tablets=4, checks=10):
        self.dir = folder
        self.sim = os.path.join(folder, "sim")
        simulate(self.sim, "--tablets", tablets, "--checks", checks, "--seed", 7, *options)
        self.early = sorted(glob.glob(self.sim + "/bundles/*.lantern"))
        self.later = sorted(glob.glob(self.sim + "/later/*.lantern"))
        self.all = self.early + self.later

    def path(self, name):
        return os.path.join(self.dir, name)

    def of(self, number, which=1):
        """A tablet's bundle."""
        return next(x for x in self.all if x.endswith(f"tablet-{number:02}-{which}.lantern"))

    def master(self, name):
        """A fresh copy of the office's database, nothing merged yet."""
        shutil.copy(self.sim + "/office.db", self.path(name))
        shutil.copy(self.sim + "/office.db.keys", self.path(name) + ".keys")
        return self.path(name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as f:
            f.write(text)
        return self.path(name)


def in_place(test, *options, **more):
    """Runs a test in a folder of its own, which goes afterwards."""
    folder = tempfile.mkdtemp(prefix="office-", dir=os.path.join(ROOT, "build"))
    os.chmod(folder, 0o755)
    try:
        test(Place(folder, *options, **more))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Terminal:
    """A command on a terminal of its own: what it asks is read, what a person would type is typed."""

    def __init__(self, *args):
        self.shown = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execve(OFFICE, [OFFICE, *map(str, args)], CLEAN)

    def read_until(self, words, seconds=60):
        """Waits until these words are shown; b"" waits for the end."""
        end = time.monotonic() + seconds
        while not words or words.encode() not in self.shown:
            expect(time.monotonic() < end, f"the terminal never showed {words!r}: {self.shown}")
            ready, _, _ = select.select([self.fd], [], [], 0.2)
            if not ready:
                continue
            try:
                got = os.read(self.fd, 65536)
            except OSError:
                got = b""
            if not got:
                expect(not words, f"it ended before it showed {words!r}: {self.shown}")
                break
            self.shown += got

    def answer(self, asked, typed):
        self.read_until(asked)
        self.shown = self.shown.split(asked.encode(), 1)[1]
        time.sleep(0.1)  # a person reads before typing; the terminal is switched in that time
        os.write(self.fd, typed.encode())

    def end(self, want=0):
        self.read_until("")
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        text = self.shown.decode("utf-8", "replace")
        expect(status == want, f"on a terminal: exit {status}, not {want}: {text}")
        return text
