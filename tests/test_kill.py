"""A build that is killed or stopped, at whatever moment: the old site is as it was, no process stays, and the next build clears up."""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from browser_tools import ROOT, build

KILLS, ROUNDS = 20, 5


def contents(folder):
    """{path: bytes} of every file under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def start(site, output):
    """Starts a build as an editor would."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(output), "--date", "2026-03-01"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def processes(output):
    """How many processes build this output now: both of a build have its path on their command line."""
    rows = subprocess.run(["ps", "-A", "-ww", "-o", "stat=,args="], capture_output=True, text=True, check=True).stdout.splitlines()
    return len([row for row in rows if str(output) in row and "build.py" in row and not row.startswith("Z")])


def until(true, what):
    """Waits until something is true."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def stopped_by(number, site, output, seconds):
    """Starts a build, sends it a signal after so many seconds -> its exit code. No process of it stays."""
    running = start(site, output)
    time.sleep(seconds)
    running.send_signal(number)
    try:
        running.communicate(timeout=60)
    finally:
        running.kill()
    until(lambda: processes(output) == 0, "a process of the build stays")
    return running.returncode


@pytest.fixture
def made(tmp_path):
    """Two sites that differ, what each looks like, how long a build takes, and a folder of its own with the old one as output."""
    sites = [tmp_path / "sites" / name for name in ("old", "new")]
    for site in sites:
        shutil.copytree(ROOT / "tests/good", site)
    entry = sites[1] / "providers/nightline.yaml"
    entry.write_text(entry.read_text().replace("at night.", "until dawn."))
    new = contents(build(sites[1], tmp_path / "sites/new-output"))
    output = tmp_path / "place" / "output"
    seconds = []
    for _ in range(3):
        began = time.monotonic()
        old = contents(build(sites[0], output))
        seconds.append(time.monotonic() - began)
    assert {re.sub("[0-9a-f]{12}", "", name) for name in old} == {re.sub("[0-9a-f]{12}", "", name) for name in new}
    assert len([path for path in old if old[path] != new.get(path)]) > 5
    return SimpleNamespace(old_site=sites[0], new_site=sites[1], old=old, new=new, output=output, seconds=sorted(seconds)[1])


def left(output):
    """The names beside the output."""
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def clears_up(made):
    """Whether an ordinary build succeeds after all this, and leaves nothing of long ago: what was left is made older by two hours first."""
    for name in left(made.output):
        os.utime(made.output.with_name(name), (time.time() - 7200,) * 2)
    build(made.new_site, made.output)
    return contents(made.output) == made.new and left(made.output) == []


def points(seed, seconds):
    """Random moments, one in each of as many equal parts of the time that a build takes, in random order."""
    chance = random.Random(seed)
    moments = [(part + chance.random()) / KILLS * seconds for part in range(KILLS)]
    chance.shuffle(moments)
    return moments


@pytest.mark.long
def test_a_killed_build_leaves_the_old_site_as_it_was(made):
    """Killed at 20 random moments and more, until 20 came before the swap: the old site is there 20 of 20 times; after the swap, the whole new one is."""
    before, after, with_leftovers = 0, 0, 0  # kills
    for number in range(ROUNDS):
        for seconds in points(number, made.seconds):
            already = left(made.output)
            code = stopped_by(signal.SIGKILL, made.new_site, made.output, seconds)
            found = contents(made.output)
            assert found in (made.old, made.new), f"neither the old site nor the new one after {seconds} s"
            before += found == made.old and code == -signal.SIGKILL
            after += found == made.new
            with_leftovers += left(made.output) != already
            if found == made.new:
                build(made.old_site, made.output)
                assert contents(made.output) == made.old
        if before >= KILLS:
            break
    print(f"{before} kills before the swap, {after} after it or too late, {with_leftovers} times with a folder left beside the output")
    assert before >= KILLS
    assert with_leftovers >= 3
    assert clears_up(made)


# What a site's pelicanconf.py can do to be killed at one certain moment: its code runs when the build has begun.
HOOK = """
import os, signal
from pelican import signals
from support_directory import publish

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

"""
JUST_BEFORE = HOOK + "signals.finalized.connect(die, weak=False)\n"
JUST_AFTER = HOOK + "publish.shutil.rmtree = die\n"
BETWEEN = HOOK + """
rename = os.rename
publish.exchange = lambda one, other: False
publish.os.rename = lambda source, target: die() if ".new-" in str(source) else rename(source, target)
"""


def killed_at(made, hook):
    """Builds the new site, killed where the hook says."""
    settings = made.new_site / "pelicanconf.py"
    own = settings.read_text()
    settings.write_text(own + hook)
    running = start(made.new_site, made.output)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == -signal.SIGKILL, said
    settings.write_text(own)
    until(lambda: processes(made.output) == 0, "a process of the build stays")


def test_killed_at_the_three_moments_that_count(made):
    """With all pages written: the old site. With the old one not yet removed: the new site. Between two renames: the next build puts the old one back."""
    killed_at(made, JUST_BEFORE)
    assert contents(made.output) == made.old and [name.split("-")[0] for name in left(made.output)] == ["output.new"]
    assert clears_up(made)
    build(made.old_site, made.output)
    killed_at(made, JUST_AFTER)
    assert contents(made.output) == made.new and len(left(made.output)) == 1
    assert clears_up(made)
    build(made.old_site, made.output)
    killed_at(made, BETWEEN)
    assert not made.output.exists() and len(left(made.output)) == 2
    entry = made.new_site / "providers/nightline.yaml"
    right = entry.read_text()
    entry.write_text(right.replace("type: phone", "type: fone"))
    running = start(made.new_site, made.output)
    assert b"1 to mend. Nothing was built." in running.communicate(timeout=60)[0]
    assert running.returncode == 1 and contents(made.output) == made.old
    entry.write_text(right)
    assert clears_up(made)


def test_a_killed_build_leaves_no_process(made):
    """The second process of a build ends when the first is killed, even if it is in the middle of its work."""
    running = start(made.new_site, made.output)
    until(lambda: processes(made.output) == 2, "the build has no second process")
    running.kill()
    running.wait()
    began = time.monotonic()
    until(lambda: processes(made.output) == 0, "the second process stays")
    assert time.monotonic() - began < 5
    running.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stopped_build_leaves_nothing(made, number):
    """Asked to stop, at whatever moment: the old site or the whole new one, nothing beside it, and an exit code that says so."""
    codes = []
    for seconds in points(int(number), made.seconds * 1.05)[:KILLS // 2]:
        codes.append(stopped_by(number, made.new_site, made.output, seconds))
        found = contents(made.output)
        assert found in (made.old, made.new) and left(made.output) == [], seconds
        if found == made.new:
            build(made.old_site, made.output)
    print(codes)
    assert 128 + number in codes
    assert set(codes) <= {0, 128 + number, -number}


ASKED_AGAIN = HOOK + """
remove = publish.shutil.rmtree

def ask(*_):
    os.kill(os.getpid(), signal.SIGTERM)

def ask_and_remove(*arguments, **options):
    ask()
    remove(*arguments, **options)

publish.shutil.rmtree = ask_and_remove
signals.finalized.connect(ask, weak=False)
"""


def test_a_build_that_is_asked_again_still_clears_up(made):
    """Whoever asks a build to stop, and again while it clears up, disturbs nothing: the old site, and nothing beside it."""
    with (made.new_site / "pelicanconf.py").open("a") as settings:
        settings.write(ASKED_AGAIN)
    running = start(made.new_site, made.output)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 128 + signal.SIGTERM and b"Traceback" not in said, said
    assert contents(made.output) == made.old and left(made.output) == []


def test_only_the_first_process_can_be_stopped(made):
    """Ctrl+C reaches both processes of a build: the second leaves it to the first to decide, and goes on."""
    running = start(made.new_site, made.output)

    def second():
        rows = subprocess.run(["ps", "-A", "-o", "ppid=,pid=,ignored="], capture_output=True, text=True, check=True).stdout.splitlines()
        children = [row.split() for row in rows if row.split()[0] == str(running.pid)]
        return [int(pid) for _, pid, ignored in children if int(ignored, 16) & 1 << signal.SIGINT - 1]

    until(second, "the second process minds its signals")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(second()[0], number)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert contents(made.output) == made.new and left(made.output) == []
