"""Programs that edit YAML complete fields and explain them from our schemas: .vscode/settings.json says which file has which."""
import json
from pathlib import PurePosixPath

from saltmarsh import ROOT
from support_directory import files


def test_every_entry_has_its_schema():
    """Each file that is read as YAML is completed from the schema that the check holds it against; pages of words and articles are Markdown."""
    chosen = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert all((ROOT / schema).is_file() for schema in chosen)
    entries = [(name, kind) for _, name, kind in files.files(ROOT) if kind not in files.IN_MARKDOWN]
    assert len(entries) > 100
    for name, kind in entries:
        found = [PurePosixPath(schema).name for schema, pattern in chosen.items() if PurePosixPath(name).match(pattern)]
        assert found == [f"{kind}.schema.json"], name
