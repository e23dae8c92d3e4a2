"""A finished site that fits its manifest takes the place of the old one, and a failed one leaves no trace."""
import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from browser_tools import ROOT, build
from support_directory import publish
from support_directory.output import Output

ON_LINUX = sys.platform == "linux"
MARK = "0123456789abcdef"


def contents(folder):
    """{path: bytes} of every file under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def written(folder, files):
    """Writes a site as the plugin does, with its manifest: {path: bytes}."""
    output = Output(folder)
    for path, content in files.items():
        output.write(path, content)
    output.write(publish.MANIFEST, publish.manifest(output.files))
    return folder


def site_in(folder):
    """The files of a site without its manifest."""
    return {path: content for path, content in contents(folder).items() if path != publish.MANIFEST}


@pytest.fixture(params=["exchange", "two renames"])
def swap(request, monkeypatch):
    """Both ways to put a site in place: where folders can change places, and where they cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    return request.param


@pytest.fixture
def output(tmp_path):
    """A folder with an old site."""
    folder = tmp_path / "output"
    (folder / "help").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"old\r\n")
    (folder / "help" / "index.html").write_bytes(b"old help")
    return folder


def test_a_finished_site_takes_the_place_of_the_old(output, swap):
    """After success the new site is there, whole and readable by a web server, and nothing of the old one or of the work is left."""
    with publish.swapped_in(output) as fresh:
        assert list(fresh.iterdir()) == []
        assert fresh.parent == output.parent
        written(fresh, {"new.html": b"new"})
        assert contents(output) == {"index.html": b"old\r\n", "help/index.html": b"old help"}
    assert site_in(output) == {"new.html": b"new"}
    assert output.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in output.parent.iterdir()] == ["output"]


def test_a_first_site_needs_no_old_one(tmp_path):
    """Where there was no site, its folder and those above it are made."""
    with publish.swapped_in(tmp_path / "public" / "today" / "site") as fresh:
        written(fresh, {"index.html": b"new"})
    assert site_in(tmp_path / "public/today/site") == {"index.html": b"new"}
    assert [path.name for path in (tmp_path / "public" / "today").iterdir()] == ["site"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failed_site_leaves_the_old_as_it_was(output, error):
    """Whatever ends a build early, the old site is byte for byte the same, the error is passed on, and no folder is left over."""
    before = contents(output)
    with pytest.raises(error), publish.swapped_in(output) as fresh:
        (fresh / "index.html").write_bytes(b"half")
        raise error("stopped")
    assert contents(output) == before
    assert [path.name for path in output.parent.iterdir()] == ["output"]


def test_a_failed_first_site_leaves_nothing(tmp_path):
    """A first build that fails leaves no site and no folder."""
    with pytest.raises(ValueError, match="stopped"), publish.swapped_in(tmp_path / "output") as fresh:
        (fresh / "index.html").write_bytes(b"half")
        raise ValueError("stopped")
    assert list(tmp_path.iterdir()) == []


def test_a_swap_that_fails_halfway_puts_the_old_site_back(output, monkeypatch):
    """Where the new site cannot be moved into place after the old one was moved away, the old one comes back."""
    before, rename = contents(output), publish.os.rename
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)

    def stubborn(source, target):
        if ".new-" in str(source):
            raise OSError("no")
        rename(source, target)

    monkeypatch.setattr(publish.os, "rename", stubborn)
    with pytest.raises(OSError, match="no"), publish.swapped_in(output) as fresh:
        written(fresh, {"index.html": b"new"})
    assert contents(output) == before
    assert [path.name for path in output.parent.iterdir()] == ["output"]


def test_a_build_can_be_cleared_up_at_any_moment(output, swap):
    """With the mark of a build somebody else can clear up: while it works, between its renames, and when all is done. Other builds' folders stay."""
    other = written(output.with_name("output.new-" + MARK), {"a": b"another build"})
    old, mark = contents(output), publish.new_mark()
    fresh, gone = publish.beside(output, mark)
    written(fresh, {"new.html": b"new"})
    publish.clear(output, mark)
    assert contents(output) == old and not fresh.exists()
    written(fresh, {"new.html": b"new"})
    output.rename(gone)
    publish.clear(output, mark)
    assert contents(output) == old and not fresh.exists() and not gone.exists()
    written(fresh, {"new.html": b"new"})
    publish.swap(fresh, output, gone)
    publish.clear(output, mark)
    assert site_in(output) == {"new.html": b"new"} and not fresh.exists() and not gone.exists()
    publish.clear(output, mark)
    assert site_in(output) == {"new.html": b"new"} and site_in(other) == {"a": b"another build"}


def test_folders_change_places_in_one_step(tmp_path):
    """On Linux two folders change places at once; where one is missing, or on another system, nothing happens and the answer says so."""
    one, other = written(tmp_path / "one", {"a": b"1"}), written(tmp_path / "other", {"b": b"2"})
    assert not publish.exchange(one, tmp_path / "nowhere")
    assert (site_in(one), site_in(other)) == ({"a": b"1"}, {"b": b"2"})
    assert publish.exchange(one, other) == ON_LINUX
    assert site_in(one) == ({"b": b"2"} if ON_LINUX else {"a": b"1"})


def test_there_is_no_moment_without_a_site(output, monkeypatch):
    """On Linux the old site is never moved away: the two change places, and nothing is renamed."""
    rename, renamed = publish.os.rename, []
    monkeypatch.setattr(publish.os, "rename", lambda source, target: [renamed.append(source), rename(source, target)])
    with publish.swapped_in(output) as fresh:
        written(fresh, {"new.html": b"new"})
    assert len(renamed) == (0 if ON_LINUX else 2)
    assert site_in(output) == {"new.html": b"new"}


def test_an_output_that_is_a_file_is_refused(tmp_path):
    """A file that has the name of the output is left as it was."""
    (tmp_path / "output").write_bytes(b"mine")
    with pytest.raises(publish.Unfit, match=r"output is not a folder$"), publish.swapped_in(tmp_path / "output"):
        pytest.fail("began to build")
    assert contents(tmp_path) == {"output": b"mine"}


# ---- what builds that were killed left behind


def aged(folder, seconds):
    """The folder, changed so many seconds ago."""
    os.utime(folder, (time.time() - seconds,) * 2)
    return folder


def test_what_killed_builds_left_is_removed_after_an_hour(output):
    """A build removes folders of builds that were killed more than an hour ago, and leaves those of builds that may still run."""
    for state, mark, age in (("new", "a", 3700), ("old", "b", 3700), ("new", "c", 3500), ("old", "d", 3500)):
        aged(written(output.with_name(f"output.{state}-{mark * 16}"), {"index.html": b"left"}), age)
    with publish.swapped_in(output) as fresh:
        written(fresh, {"new.html": b"new"})
    assert sorted(path.name for path in output.parent.iterdir()) == ["output", f"output.new-{'c' * 16}", f"output.old-{'d' * 16}"]


def test_what_is_named_alike_stays(output):
    """Clearing up touches only what a build made: no other name, no other output's folders, no file, no link and what it leads to."""
    kept = [output.with_name(name) for name in ("output.old-backup", "output.old", "other.new-" + MARK, "output.new-" + MARK + "0", "xoutput.old-" + MARK)]
    for folder in kept:
        aged(written(folder, {"index.html": b"kept"}), 9999)
    link, file = output.with_name("output.new-" + "a" * 16), output.with_name("output.new-" + "b" * 16)
    link.symlink_to(kept[0])
    file.write_bytes(b"kept")
    aged(file, 9999)
    before = contents(output.parent)
    publish.tidy(output, time.time())
    assert contents(output.parent) == before and link.is_symlink()


def test_a_build_killed_between_the_two_renames_is_mended(output):
    """Where the output is missing, the next build first puts the newest whole old site back, even if it fails then."""
    shutil.rmtree(output)
    for mark, files, age in (("a", {"a": b"older"}, 9000), ("b", {"a": b"newer"}, 60), ("c", {"a": b"half removed", "b": b"gone"}, 30)):
        aged(written(output.with_name(f"output.old-{mark * 16}"), files), age)
    half = output.with_name(f"output.old-{'c' * 16}")
    (half / "b").unlink()
    aged(half, 30)
    with pytest.raises(ValueError, match="stopped"), publish.swapped_in(output):
        assert site_in(output) == {"a": b"newer"}
        raise ValueError("stopped")
    assert site_in(output) == {"a": b"newer"}
    assert sorted(path.name for path in output.parent.iterdir()) == ["output", half.name]


def test_an_unfinished_site_is_never_put_in_place(output):
    """Where the output is missing and only a new site of a killed build is there, nothing takes the output's place: it was never held against anything."""
    shutil.rmtree(output)
    written(output.with_name(f"output.new-{MARK}"), {"a": b"unfinished"})
    publish.tidy(output, time.time())
    assert not output.exists()


def test_a_site_that_is_moved_away_counts_as_young(output, monkeypatch):
    """Between the two renames another build never takes the old site for a leftover of long ago, however old the site is."""
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    rename, seen = publish.os.rename, []

    def look(source, target):
        rename(source, target)
        seen.append(time.time() - target.stat().st_mtime)

    monkeypatch.setattr(publish.os, "rename", look)
    aged(output, 99999)
    with publish.swapped_in(output) as fresh:
        written(fresh, {"new.html": b"new"})
    assert len(seen) == 2 and seen[0] < 60


# ---- the manifest

SITE = {"index.html": b"home", "help/a/index.html": b"help", ".well-known/security.txt": b"Contact"}


def relisted(change):
    """A fault of the manifest: its rows changed."""
    def spoil(folder):
        path = folder / publish.MANIFEST
        rows = json.loads(path.read_bytes())["files"]
        change(rows)
        path.write_bytes(publish.manifest({row["path"]: (row["size"], row["sha256"]) for row in rows}).encode())
    return spoil


def renamed(path):
    """A fault of the manifest: it gives one of its files this path."""
    return relisted(lambda rows: rows[0].update(path=path))


def linked(folder):
    """A file outside takes the place of one inside, by a link."""
    (folder.parent / "outside").write_bytes(b"home")
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(folder.parent / "outside")


def linked_folder(folder):
    """A folder outside with the same files takes the place of one inside, by a link."""
    shutil.move(folder / "help/a", folder.parent / "outside")
    (folder / "help/a").symlink_to(folder.parent / "outside")


def linked_hard(folder):
    """A file stands under a second name outside."""
    os.link(folder / "index.html", folder.parent / "outside")


FAULTS = {
    "missing": (lambda folder: (folder / "index.html").unlink(), "index.html is missing"),
    "extra": (lambda folder: (folder / "help/extra.html").write_bytes(b""), "help/extra.html is not in manifest.json"),
    "extra, hidden": (lambda folder: (folder / ".extra").write_bytes(b""), ".extra is not in manifest.json"),
    "changed": (lambda folder: (folder / "help/a/index.html").write_bytes(b"hell"), "help/a/index.html is not as it was written"),
    "longer": (lambda folder: (folder / "index.html").write_bytes(b"home "), "index.html is not as it was written"),
    "another size": (relisted(lambda rows: rows[0].update(size=1)), ".well-known/security.txt is not as it was written"),
    "executable": (lambda folder: (folder / "index.html").chmod(0o645), "index.html is executable"),
    "executable manifest": (lambda folder: (folder / "manifest.json").chmod(0o744), "manifest.json is executable"),
    "a link to a file": (linked, "index.html is a link"),
    "a link to a folder": (linked_folder, "help/a is a link"),
    "a second name": (linked_hard, "index.html is a link: the same file stands somewhere else too"),
    "a link to nothing": (lambda folder: (folder / "x").symlink_to("nothing"), "x is a link"),
    "a pipe": (lambda folder: os.mkfifo(folder / "help/pipe"), "help/pipe is neither a file nor a folder"),
    "an empty folder": (lambda folder: (folder / "help/b").mkdir(), "help/b is an empty folder"),
    "forged line": (lambda folder: (folder / "a\n::error::b").write_bytes(b""), "'a\\n::error::b' is not in manifest.json"),
    "a path above": (renamed("../outside"), "../outside would be outside the site"),
    "a path above, later": (renamed("help/../../outside"), "help/../../outside would be outside the site"),
    "an absolute path": (renamed("/etc/passwd"), "/etc/passwd would be outside the site"),
    "an absolute path of Windows": (renamed("C:/outside"), "C:/outside would be outside the site"),
    "backslashes": (renamed("..\\outside"), "..\\outside would be outside the site"),
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "manifest.json is missing"),
    "no JSON": (lambda folder: (folder / "manifest.json").write_bytes(b"{"), "manifest.json is not a list of files"),
    "no list": (lambda folder: (folder / "manifest.json").write_bytes(b'{"files": [1]}'), "manifest.json is not a list of files"),
    "a number for a path": (lambda folder: (folder / "manifest.json").write_bytes(b'{"files": [{"path": 1, "size": 1, "sha256": ""}]}'),
                            "manifest.json is not a list of files"),
    "another order": (lambda folder: (folder / "manifest.json").write_text(json.dumps(json.loads((folder / "manifest.json").read_text()))),
                      "manifest.json does not name each file once, sorted by path"),
}


def test_a_site_as_it_was_written_fits(tmp_path):
    """What the plugin wrote, with its manifest, has nothing wrong."""
    publish.verify(written(tmp_path / "site", SITE))


@pytest.mark.parametrize("name", FAULTS)
def test_a_site_that_does_not_fit_its_manifest_is_refused(output, name):
    """Whatever differs from the manifest, or is no plain file, is named; the old site stays as it was, and nothing is left beside it."""
    spoil, message = FAULTS[name]
    before = contents(output)
    with pytest.raises(publish.Unfit) as refused, publish.swapped_in(output) as fresh:
        spoil(written(fresh, SITE))
    assert str(refused.value) == message
    assert contents(output) == before
    assert {path.name for path in output.parent.iterdir()} - {"outside"} == {"output"}


def test_where_rights_are_not_kept_nothing_counts_as_executable(output, monkeypatch):
    """On a file system that shows every file as executable, such as those of Windows, a site can be built all the same; nothing else is let through."""
    monkeypatch.setattr(publish, "keeps_rights", lambda private: False)
    with publish.swapped_in(output) as fresh:
        for path in written(fresh, SITE).rglob("*.*"):
            path.chmod(0o777)
    assert site_in(output) == SITE
    with pytest.raises(publish.Unfit, match=r"^extra is not in manifest\.json$"), publish.swapped_in(output) as fresh:
        (written(fresh, SITE) / "extra").write_bytes(b"")


def test_it_is_seen_whether_rights_are_kept(tmp_path):
    """A folder made for its owner alone is looked at: if others may read it all the same, the file system keeps no rights."""
    for rights in (0o700, 0o755, 0o777):
        (tmp_path / str(rights)).mkdir()
        (tmp_path / str(rights)).chmod(rights)
    assert [publish.keeps_rights(tmp_path / str(rights)) for rights in (0o700, 0o755, 0o777)] == [True, False, False]


def test_an_empty_site_is_refused(output):
    """Where nothing was built, the old site stays."""
    with pytest.raises(publish.Unfit, match=r"^the new site is an empty folder$"), publish.swapped_in(output):
        pass
    assert set(contents(output)) == {"index.html", "help/index.html"}


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/x", "a//x", "./x", "", "a/", "..", "C:x", "a\\..\\x", "a\0"])
def test_nothing_is_written_outside(tmp_path, path):
    """The plugin refuses a path that would leave the folder of the site, and writes nothing."""
    output = Output(tmp_path / "site")
    with pytest.raises(publish.Unfit, match=r"would be outside the site$"):
        output.write(path, "x")
    assert list(tmp_path.iterdir()) == [] and output.files == {}


def test_nothing_is_written_twice(tmp_path):
    """Two pages never share an address: the second would take the first one's place unseen."""
    output = Output(tmp_path)
    output.write("a/index.html", "one")
    with pytest.raises(publish.Unfit, match=r"^a/index\.html would be written twice$"):
        output.write("a/index.html", "two")
    assert (tmp_path / "a/index.html").read_text() == "one"


# ---- the real build

TAMPERING = """
from pathlib import Path
from pelican import signals

def tamper(pelican):
    {}

signals.finalized.connect(lambda pelican: tamper(Path(pelican.output_path)), weak=False)
"""


@pytest.mark.parametrize(("tampering", "message"), [
    ('(pelican / "extra.html").write_text("x")', "extra.html is not in manifest.json"),
    ('(pelican / "help/burglary/index.html").write_text("x")', "help/burglary/index.html is not as it was written"),
    ('(pelican / "version.json").unlink()', "version.json is missing"),
])
def test_a_build_says_plainly_why_it_was_refused(tmp_path, tampering, message):
    """build.py prints one sentence with the file, ends with 1, and leaves the old site and nothing beside it."""
    site, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(ROOT / "tests/good", site)
    before = contents(build(site, output))
    (site / "pelicanconf.py").write_text(TAMPERING.format(tampering))
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(output), "--date", "2026-03-02"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert (answer.returncode, answer.stdout) == (1, f"{message}, so the new site was not put in place and the old one is as it was.\n"), answer.stderr
    assert contents(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "site"]
