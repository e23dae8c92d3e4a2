"""A made-up site with many areas and providers, for tests: above each limit but that of saved pages."""
import sys

from saltmarsh import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import _sample

AREAS, CRIME_TYPES, PROVIDERS = 25, 12, 600
CLOSED = 3  # so many of its providers are closed
# Only this crime type is reached by the questions, so that the others let somebody choose an area on their own page.
ASKED = "burglary"
START = f"""description: Answer one question.
helping: Are you here for somebody else? Then answer for them.
first: what
questions:
  - slug: what
    question: What happened?
    answers:
      - text: Somebody got into my home
        help: {ASKED}
      - text: I am not safe
        page: emergency
"""


def write(folder):
    """Writes its files -> the folder."""
    _sample.SIZES["many"] = _sample.Size(PROVIDERS, CRIME_TYPES, AREAS, .05)
    written = {**dict(_sample.files("many")), "content/start.yaml": START}
    closed = [path for path in sorted(written) if path.startswith("providers/") and path.split("/")[1] not in ("hub.yaml", "night-line.yaml")][:CLOSED]
    for path, text in written.items():
        if path in closed:
            text += "  status:\n    state: closed\n    since: '2026-01'\n    instead_use:\n    - hub/hub\n"
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder
