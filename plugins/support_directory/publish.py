"""Puts a finished site in the place of the old one: built in an empty folder beside it, then swapped in."""
import contextlib
import os
import shutil
import tempfile
from pathlib import Path


@contextlib.contextmanager
def swapped_in(output):
    """Gives an empty folder to build in; when the block ends without an error, it takes the place of `output`.

    When the block fails, the old output is as it was. The two renames at the end are the only moment without a site.
    """
    output = Path(output).resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{output.name}.new-", dir=output.parent))
    fresh.chmod(0o755)  # mkdtemp keeps it private; a web server has to read it
    old = fresh.with_name(fresh.name.replace(".new-", ".old-"))
    try:
        yield fresh
        if output.exists():
            os.rename(output, old)
        os.rename(fresh, output)
    finally:
        if not output.exists() and old.exists():
            os.rename(old, output)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
