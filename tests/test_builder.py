"""A site that is built again in place is, byte for byte, the site that a new build makes of the same entries."""
import datetime
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

import _builder
import _sharing
from browser_tools import ROOT, build
from saltmarsh import GOOD
from support_directory import making

DAY = datetime.date(2026, 3, 1)


def contents(folder):
    """{path: bytes} of every file under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def made(tmp_path):
    """A Builder that has built a copy of Saltmarsh, and remembers it."""
    shutil.copytree(GOOD, tmp_path / "site")
    builder = _builder.Builder(tmp_path / "site", tmp_path / "output", keeps=True)
    assert builder.build(DAY) == ([], [])
    return builder


def change(builder, name, old, new):
    """Changes a file of the site as an editor does."""
    path = builder.site / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def as_new(builder, folder, day=DAY):
    """What a new build of the same site writes."""
    return contents(build(builder.site, folder, day.isoformat()))


EDITS = {
    "summary": lambda b: change(b, "providers/harbour-advice.yaml", "A charity that listens", "A charity that always listens"),
    "name": lambda b: change(b, "providers/nightline.yaml", "name: ", "name: Old "),
    "comment": lambda b: (b.site / "providers/nightline.yaml").open("a", encoding="utf-8").write("# Rang them.\n"),
    "new file": lambda b: shutil.copy(b.site / "content/crime-types/burglary.yaml", b.site / "content/crime-types/break-in.yaml")
    and change(b, "content/crime-types/break-in.yaml", "title: ", "title: Another "),
    "page": lambda b: change(b, "content/pages/about.md", "\n---\n", "\n---\n\nA word more.\n\n"),
    "area": lambda b: change(b, "content/areas/harbour.yaml", "name: ", "name: New "),
    "site": lambda b: change(b, "content/site.yaml", "discreet_name: ", "discreet_name: My "),
    "file that goes": lambda b: (b.site / "content/crime-types/break-in.yaml").unlink(),
}


def test_each_edit_gives_what_a_new_build_gives(made, tmp_path):
    """One edit after the other, of every kind, and in the end a new day."""
    for number, edit in enumerate(EDITS.values()):
        edit(made)
        assert made.build_again(DAY) == ([], [])
        assert contents(made.output) == as_new(made, tmp_path / f"new-{number}"), list(EDITS)[number]
    day = datetime.date(2026, 3, 2)
    assert made.build_again(day) == ([], [])
    assert contents(made.output) == as_new(made, tmp_path / "new-day", day)


def test_what_stays_as_it_is_is_not_written_again(made):
    """The page of another organisation is the very file that it was; that of the one that changed is not."""
    same, other = (made.output / f"providers/{slug}/index.html" for slug in ("nightline", "harbour-advice"))
    before = same.stat(), other.stat()
    EDITS["summary"](made)
    made.build_again(DAY)
    assert (same.stat().st_ino, same.stat().st_mtime_ns) == (before[0].st_ino, before[0].st_mtime_ns)
    assert other.stat().st_ino != before[1].st_ino


def test_a_mistake_changes_nothing_and_its_cure_does(made, tmp_path):
    """While something is to be mended, the last good site stays."""
    before = contents(made.output)
    change(made, "providers/harbour-advice.yaml", "A charity that listens", "Lorem ipsum")
    problems, _ = made.build_again(DAY)
    assert [problem.file for problem in problems] == ["providers/harbour-advice.yaml"]
    assert contents(made.output) == before
    change(made, "providers/harbour-advice.yaml", "Lorem ipsum", "A charity that hears you")
    assert made.build_again(DAY) == ([], [])
    assert contents(made.output) == as_new(made, tmp_path / "new") != before


def test_an_output_that_somebody_else_changed_is_built_as_a_whole(made, tmp_path):
    """Nothing is taken for granted of a folder that is not as it was left."""
    (made.output / "manifest.json").write_text("{}")
    (made.output / "help/index.html").unlink()
    assert made.build_again(DAY) == ([], [])
    assert contents(made.output) == as_new(made, tmp_path / "new")


def test_an_error_on_the_way_is_followed_by_a_whole_build(made, tmp_path, monkeypatch):
    """After it nobody knows what is in the folder."""
    EDITS["summary"](made)
    with monkeypatch.context() as patch:
        patch.setattr("support_directory.state.State.write_rest", lambda state, output: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made.build_again(DAY)
    assert made.build_again(DAY) == ([], [])
    assert contents(made.output) == as_new(made, tmp_path / "new")


def test_what_was_left_for_a_newer_state_is_made_with_it(made, tmp_path):
    """An edit while the one before it is still being written: its listing's page is there, and after a quiet edit everything is."""
    EDITS["summary"](made)
    assert made.build_again(DAY, is_late=lambda: True) == ([], [])
    page = made.output / "providers/harbour-advice/index.html"
    assert "A charity that always listens" in page.read_text(encoding="utf-8")
    change(made, "providers/harbour-advice.yaml", "A charity that always listens", "A charity that listens")  # as it was in the manifest
    assert made.build_again(DAY, is_late=lambda: True) == ([], [])
    assert "A charity that listens" in page.read_text(encoding="utf-8")
    EDITS["page"](made)
    assert made.build_again(DAY) == ([], [])
    assert contents(made.output) == as_new(made, tmp_path / "new")


# ---- two processes

def test_two_processes_make_what_one_makes(tmp_path, monkeypatch):
    """Byte for byte."""
    two = contents(build(GOOD, tmp_path / "two"))
    monkeypatch.setattr(_sharing, "share", making.here)
    assert _builder.Builder(GOOD, tmp_path / "one").build(DAY) == ([], [])
    assert contents(tmp_path / "one") == two


def piece(name):
    """A Piece without files."""
    return making.Piece(name, None, list)


@pytest.mark.skipif(not _sharing.can_copy(), reason="on this system a process cannot be copied, or there is one processor only")
def test_pieces_are_shared_and_none_is_lost():
    """Both processes make some; each piece is made once, and an error in the other one comes back here."""
    def write(piece):
        time.sleep(0.01)
        if piece.name == "wrong":
            raise ValueError(piece.name)
        return piece.name, os.getpid()

    pieces = [piece(str(number)) for number in range(40)]
    made = {one.name: made for one, made in _sharing.share(pieces, write)}
    assert sorted(made) == sorted(one.name for one in pieces) and all(made[name][0] == name for name in made)
    assert len({process for _, process in made.values()}) == 2
    with pytest.raises(ValueError, match="wrong"):
        list(_sharing.share([*pieces, piece("wrong")], write))


def test_few_pieces_need_no_second_process():
    """A copy of a process costs more than a piece or two."""
    assert {process for _, process in _sharing.share([piece("a"), piece("b")], lambda piece: os.getpid())} == {os.getpid()}


def until(true, what):
    """Waits until something is true."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def test_serving_shows_an_edit_and_tells_of_a_mistake(tmp_path):
    """scripts/serve.py: the page on the disk holds the new words; a mistake is told of in this terminal; in the end no process stays."""
    site, output, said = tmp_path / "site", tmp_path / "output", []
    shutil.copytree(GOOD, site)
    command = [sys.executable, str(ROOT / "scripts/serve.py"), "--port", "0", "--site", str(site), "--output", str(output)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    threading.Thread(target=lambda: said.extend(iter(server.stderr.readline, "")), daemon=True).start()
    try:
        until(lambda: "http://localhost" in "".join(said), said)
        entry, page = site / "providers/harbour-advice.yaml", output / "providers/harbour-advice/index.html"
        entry.write_text(entry.read_text().replace("A charity that listens", "A charity that hums"))
        until(lambda: "A charity that hums" in page.read_text(), said)
        entry.write_text(entry.read_text().replace("A charity that hums", "Lorem ipsum"))
        until(lambda: "to mend. Nothing was built." in "".join(said), said)
        assert "providers/harbour-advice.yaml:" in "".join(said) and "A charity that hums" in page.read_text()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    rows = subprocess.run(["ps", "-A", "-ww", "-o", "stat=,args="], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [row for row in rows if str(output) in row and not row.startswith("Z")] == []
