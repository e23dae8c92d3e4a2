"""The made-up site of any size: the same each time, and without a problem."""
import subprocess
import sys

import _sample
from saltmarsh import ROOT, SCHEMA, TODAY
from support_directory import check, contacts

SCRIPT = ROOT / "scripts/make_sample_site.py"


def made(out, size="S"):
    return subprocess.run([sys.executable, SCRIPT, "--size", size, out], capture_output=True, text=True)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_small_one_is_the_same_each_time_and_passes_the_check(tmp_path):
    assert (made(tmp_path / "one").returncode, made(tmp_path / "two").returncode) == (0, 0)
    files = contents(tmp_path / "one")
    assert files == contents(tmp_path / "two")
    counts = {folder: sum(name.startswith(f"{folder}/") for name in files) for folder in ("providers", "content/crime-types", "content/areas")}
    assert counts == {"providers": 60, "content/crime-types": 24, "content/areas": 5}
    entries, problems = check.check(tmp_path / "one", SCHEMA, TODAY)
    assert (problems, len(entries)) == ([], len(files) - 1)  # all but its pelicanconf.py


def test_what_is_there_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("Mine.", encoding="utf-8")
    refused = made(tmp_path)
    assert refused.returncode == 1 and "is there already. Nothing was written" in refused.stdout
    assert contents(tmp_path) == {"mine.txt": b"Mine."}


def test_every_number_that_a_large_one_has_passes_the_check():
    """The first and the last number of each thousand; there are enough thousands for the largest size."""
    assert [found for start in _sample.FOR_STORIES for end in ("000", "999") if (found := contacts.value("phone", start + end))] == []
    assert len(_sample.FOR_STORIES) * 1000 >= max(size.providers for size in _sample.SIZES.values())
