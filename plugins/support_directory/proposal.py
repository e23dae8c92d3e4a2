"""Builds what the form on the page "Is something wrong?" loads, once somebody has chosen a provider there.

- update/<slug>.<fingerprint>.json: the path and the exact text of a provider's file. The form changes that text, so that whatever it does not
  touch stays as it is. Notes for editors are in it, as they are in the public repository; the form does not show them.
- update/all/choices.<fingerprint>.json: the names of crime types and areas, and the names of files that are taken.
- update/all/schema.<fingerprint>.json: the very schema that the editors' check reads.
"""
import hashlib
import json

from . import addresses

CHOICES, SCHEMA = "all/choices", "all/schema"  # no provider's slug has a slash


def of_providers(sources):
    """{provider's slug: (path, text) of its file} -> (file name with a fingerprint, text) of each."""
    for slug, (path, text) in sorted(sources.items()):
        yield _file(slug, json.dumps({"path": path, "text": text}, ensure_ascii=False))


def for_all(directory, schema):
    """Directory, text of the schema -> (file name with a fingerprint, text) of the choices and the schema."""
    yield _file(CHOICES, json.dumps(choices(directory), ensure_ascii=False))
    yield _file(SCHEMA, schema)


def names_of(paths):
    """The paths of a site's files -> {slug, CHOICES or SCHEMA: path} of those of the form."""
    return {path.removeprefix(addresses.UPDATE).rsplit(".", 2)[0]: path for path in paths if path.startswith(addresses.UPDATE) and path.endswith(".json")}


def choices(directory):
    """Directory -> what can be chosen by name: {field: [(slug, what a reader sees)]}, and the file names that are taken."""
    return {
        "crime_types": [(crime_type.slug, crime_type.title) for crime_type in directory.crime_types],
        "coverage": [(area.slug, area.name) for area in directory.areas],
        "taken": [provider.slug for provider in directory.providers],
    }


def _file(name, text):
    return f"{addresses.UPDATE}{name}.{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text
