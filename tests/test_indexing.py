"""The index that lunr.js reads is the one that lunr.py would have made; the files of the search come one after the other."""
import json

import pytest
from lunr.builder import Builder

from saltmarsh import ROOT, SCHEMA, TODAY
from support_directory import check, directory, indexing, parts, search


@pytest.fixture(scope="module")
def real():
    """The project's own directory."""
    return directory.build(check.check(ROOT, SCHEMA, TODAY)[0], TODAY)


def by_lunr(documents, boosts, length_counts):
    """What lunr.py makes of the same documents."""
    builder = Builder()
    builder.ref("id")
    for name, boost in boosts.items():
        builder.field(name, boost=boost)
    builder.b(length_counts)
    for name, fields in documents:
        builder.add({"id": name, **fields})
    return builder.build().serialize()


@pytest.mark.parametrize("documents", [
    [("a", {"name": ["door"], "text": ["open", "door", "open"]})],
    [("b", {"name": ["open", "door"], "text": []}),
     ("a", {"name": ["łódź"], "text": ["door", "__init__", "دعم", "1"]}), ("c", {"name": [], "text": ["x"] * 99})],
    [("a/b", {"name": [], "text": ["never", "a", "name"]}), ("c", {"name": [], "text": ["never"]})],
])
@pytest.mark.parametrize("length_counts", [0, search.LENGTH_COUNTS, 1])
def test_it_is_what_lunr_would_write(documents, length_counts):
    """Every byte is the same: words that are rare or in each document, empty fields, other scripts, any weight of lengths."""
    ours, theirs = (make(documents, search.BOOSTS, length_counts) for make in (indexing.index, by_lunr))
    assert json.dumps(ours, sort_keys=True) == json.dumps(theirs, sort_keys=True)


def test_it_is_what_lunr_would_write_of_our_own_listings(real, monkeypatch):
    """The files of the search are the same bytes as with lunr.py."""
    ours = search.build(real)
    monkeypatch.setattr(indexing, "index", by_lunr)
    assert search.build(real) == ours and sum(name.startswith("texts/") for name in ours) == len(real.areas) + 1


def test_parts_can_be_made_alone_and_in_any_order(real):
    """A part that is made by itself is the one of the whole, and "first" knows all parts."""
    files, at_first = search.build(real), parts.keys_at_first(real)
    alone = [row for part in reversed(parts.names(real)) for row in search.of_part(real, part, at_first)]
    assert len(alone) == 2 * len(parts.names(real)) == 2 * (len(real.areas) + 1)
    assert dict(alone) == dict(file for name, file in files.items() if "/" in name)
    assert json.loads(files["first"][1])["parts"] == {part: search.fingerprint(files[f"listings/{part}"][0]) for part in parts.names(real)}


def test_of_many_to_ring_first_only_those_of_all_areas_come_at_first(real, monkeypatch):
    """Where editors name many services to ring first, those of single areas come with their parts; each is in one file for every reader."""
    every = parts.first_to_ring(real)
    local = {listing.key for listing in every if not isinstance(listing.service.coverage, str)}
    assert local and len(every) <= parts.MOST_AT_FIRST
    monkeypatch.setattr(parts, "MOST_AT_FIRST", len(every) - 1)
    few = {listing.key for listing in parts.first_to_ring(real)}
    assert few == {listing.key for listing in every} - local == parts.keys_at_first(real)
    files = search.build(real)
    assert all(any(f'"{key}"' in text for name, (_, text) in files.items() if name.startswith("listings/")) for key in local)
