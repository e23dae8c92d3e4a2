"""A finished site takes the place of the old one, and a failed one leaves no trace."""
import pytest

from support_directory import publish


def contents(folder):
    """{path: bytes} of every file under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def output(tmp_path):
    """A folder with an old site."""
    folder = tmp_path / "output"
    (folder / "help").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"old\r\n")
    (folder / "help" / "index.html").write_bytes(b"old help")
    return folder


def test_a_finished_site_takes_the_place_of_the_old(output):
    """After success the new site is there, whole and readable by a web server, and nothing of the old one or of the work is left."""
    with publish.swapped_in(output) as fresh:
        assert list(fresh.iterdir()) == []
        assert fresh.parent == output.parent
        (fresh / "new.html").write_bytes(b"new")
        assert contents(output) == {"index.html": b"old\r\n", "help/index.html": b"old help"}
    assert contents(output) == {"new.html": b"new"}
    assert output.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in output.parent.iterdir()] == ["output"]


def test_a_first_site_needs_no_old_one(tmp_path):
    """Where there was no site, its folder and those above it are made."""
    with publish.swapped_in(tmp_path / "public" / "today" / "site") as fresh:
        (fresh / "index.html").write_bytes(b"new")
    assert contents(tmp_path) == {"public/today/site/index.html": b"new"}
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

    def stubborn(source, target):
        if ".new-" in str(source):
            raise OSError("no")
        rename(source, target)

    monkeypatch.setattr(publish.os, "rename", stubborn)
    with pytest.raises(OSError, match="no"), publish.swapped_in(output) as fresh:
        (fresh / "index.html").write_bytes(b"new")
    assert contents(output) == before
    assert [path.name for path in output.parent.iterdir()] == ["output"]
