"""What scripts that change entries share: the change is checked in a copy, and put in place in one step."""
import os
import shutil
import tempfile
from pathlib import Path

import _setup
from support_directory import check, editing

SCHEMA = _setup.ROOT / "schema"


def problems_with(site, texts, today):
    """The problems that the site would have with {path in it: bytes}, found in a copy: the site itself is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("content", "providers"):
            shutil.copytree(site / name, Path(folder, name))
        for path, data in texts.items():
            Path(folder, path).write_bytes(data)
        return check.check(folder, SCHEMA, today)[1]


def replace(path, data):
    """Puts bytes in the place of a file in one step: nobody meets half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        shutil.copymode(path, name)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def example_order():
    """The order in which editors write the fields."""
    return editing.order_in(editing.data_of((_setup.ROOT / "providers/_example.yaml").read_text(encoding="utf-8")))
