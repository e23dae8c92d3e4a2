"""The address of a heading within its page, as in /glossary/#witness. Both wings go by it: one makes the links, the other tells editors of a clash."""
import re
import unicodedata

# Ids that the page around the words has already (theme/templates).
TAKEN = {"main", "talk", "form", "provider"}


def anchor(heading, separator="-"):
    """A heading's text -> its anchor: "Victims' Code" -> "victims-code"; "" where no letter or digit of it can stand in one."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return separator.join(re.findall("[a-z0-9]+", plain.replace("'", "")))
