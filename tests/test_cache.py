"""What was read is kept by the content of its file: safe to delete, never trusted when damaged or of another version, and never wrong."""
import shutil

import pytest

import _cache
import _reading
from saltmarsh import GOOD, SCHEMA, TODAY
from support_directory import check

ENTRY, WORDS = "providers/harbour-advice.yaml", "A charity that listens"


@pytest.fixture
def site(tmp_path):
    """A copy of Saltmarsh."""
    return shutil.copytree(GOOD, tmp_path / "site")


@pytest.fixture
def cache(tmp_path):
    """A folder for the cache, not yet there."""
    return tmp_path / "cache"


def read(site, cache):
    """Reads the site with the cache -> Found, which is what a reading without one finds."""
    found = _reading.Reading(site, SCHEMA, cache=cache).whole(TODAY)
    assert found == _reading.Reading(site, SCHEMA).whole(TODAY)
    assert found.problems == check.check(site, SCHEMA, TODAY)[1]
    return found


def edit(site, name, old, new):
    """Changes a file of the site."""
    text = (site / name).read_text(encoding="utf-8")
    assert old in text
    (site / name).write_text(text.replace(old, new), encoding="utf-8")


def the_file(cache):
    """The one file of the cache."""
    found, = cache.glob("*.db")
    return found


def test_a_second_reading_finds_the_same(site, cache):
    """From the cache, after it was deleted, and after edits that make an entry wrong and right again, each time what is found without it."""
    first = read(site, cache)
    assert first.problems == [] and read(site, cache) == first
    edit(site, ENTRY, WORDS, "Lorem ipsum")
    assert [problem.file for problem in read(site, cache).problems] == [ENTRY]
    edit(site, ENTRY, "Lorem ipsum", WORDS)
    assert read(site, cache) == first
    shutil.rmtree(cache)
    assert read(site, cache) == first


def test_an_entry_that_others_make_wrong_is_wrong(site, cache):
    """An entry whose own file is as it was can have a problem because of another one: what was clean is so only among the same others."""
    read(site, cache)
    (site / "content/crime-types/burglary.yaml").unlink()
    found = read(site, cache)
    assert any(problem.file.startswith("providers/") and "burglary" in str(problem) for problem in found.problems)


def test_what_is_damaged_is_made_again_and_said_once(site, cache, capsys):
    """One line, and the readings are right."""
    first = read(site, cache)
    file = the_file(cache)
    file.write_bytes(b"no database at all" * 1000)
    capsys.readouterr()
    assert _reading.Reading(site, SCHEMA, cache=cache).whole(TODAY) == first
    assert capsys.readouterr().err == f"{file} is damaged. It is made again.\n"
    assert read(site, cache) == first and capsys.readouterr().err == ""


def test_a_row_that_is_damaged_is_not_used(site, cache):
    """Each reading is kept with its checksum."""
    first = read(site, cache)
    with _cache.sqlite3.connect(the_file(cache)) as found:
        assert found.execute("UPDATE readings SET reading = substr(reading, 2)").rowcount == len(first.providers)
    assert read(site, cache) == first


def test_another_version_is_never_trusted(site, cache, monkeypatch):
    """Another version of the program begins anew, and takes the old file away."""
    read(site, cache)
    old = the_file(cache)
    monkeypatch.setattr(_cache, "version", lambda: "another")
    read(site, cache)
    assert not old.exists() and the_file(cache).name == f"{_cache.NAME}-another.db"


def test_it_knows_what_it_has_read(site, cache):
    """A second reading takes providers out of it: with their readings changed there, it finds what stands there."""
    read(site, cache)
    slug = ENTRY.removeprefix("providers/").removesuffix(".yaml")
    key = _cache.key(slug, (site / ENTRY).read_bytes())
    (data, comments), clean = _cache.Cache(the_file(cache)).get(key)
    kept = _cache.Cache(the_file(cache))
    kept.put(key, (data.replace(b"listens", b"whistle"), comments), clean)
    kept.save()
    found = _reading.Reading(site, SCHEMA, cache=cache).whole(TODAY)
    assert "A charity that whistle" in next(provider.about for provider in found.providers if provider.slug == slug)


def test_without_a_place_for_it_there_is_none(site, tmp_path):
    """A file where the folder should be: the reading goes on without."""
    (tmp_path / "file").write_text("x")
    read(site, tmp_path / "file" / "cache")


def test_a_small_site_keeps_none(site):
    """Nothing appears in the folder of a site that is read in a moment."""
    _reading.Reading(site, SCHEMA).whole(TODAY)
    assert not (site / ".cache").exists()
