"""What several tests share: Saltmarsh, the made-up force in tests/good, read, checked and built once."""
import pytest
from hypothesis import settings

from saltmarsh import GOOD, SCHEMA, TODAY
from support_directory import check, directory

# The same examples in every run, and as long for each as a busy machine needs.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def good_entries():
    """The entries of Saltmarsh, which have no problems."""
    entries, problems = check.check(GOOD, SCHEMA, TODAY)
    assert problems == []
    return entries


@pytest.fixture(scope="session")
def good_directory(good_entries):
    """The directory of Saltmarsh."""
    return directory.build(good_entries)
