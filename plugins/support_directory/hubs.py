"""Two things with nearly the same name are never mistaken for each other: content/site.yaml lists such names (names_apart), and each text is held to it.

Merseyside has two: "The Hub" for bereaved families, and the Victim Care Merseyside hub for everyone. Somebody who was robbed must not ring the one,
nor a bereaved family be told that its help began in 2022. So the old name stands only beside words that say whose it is, and those words
never beside the bare name in small letters.
"""
import re

from . import files, problems, values


def of_entry(entry, site):
    """Problems of the texts of an entry that readers see. `site`: the entry of content/site.yaml, or None."""
    for rule in values.rows(site.data.get("names_apart")) if site and entry.kind != "site" else ():
        name, beside, other = values.text(rule.get("name")), [text for text in values.texts(rule.get("only_beside")) if text], values.text(rule.get("not"))
        if not name.strip() or not beside or not other.strip():
            continue
        words_of_it = name.split()[-1].lower()  # most texts hold nothing like it
        for path, text in entry.texts if words_of_it in entry.in_small_letters else ():
            if words_of_it not in text.lower() or not values.readers_see(path) or path[-1] == "source":
                continue
            in_markdown = path == ("body",) and entry.kind in files.IN_MARKDOWN
            for part in text.split("\n\n") if in_markdown else (text,):
                if mistaken(part, name, beside):
                    yield entry.problem(path, problems.name_to_be_told_apart(name, beside, other))
                    break


def mistaken(text, name, beside):
    """Whether a text holds the name without any of the words beside it, or such words with the name in small letters, which means the other thing."""
    words = name.split()
    capital = re.search(rf"\b{_spelt(words)}\b", text)
    says_whose = any(word.lower() in text.lower() for word in beside)
    small = re.search(rf"\b{re.escape(name.lower())}\b", text)
    return bool(small) if says_whose else bool(capital)


def _spelt(words):
    """A name as it may stand in a sentence: its first letter in either case, quotation marks and stars between its words."""
    first = f"[{words[0][0].upper()}{words[0][0].lower()}]{re.escape(words[0][1:])}"
    return r"[\s\"'“‘*_]+".join([first, *map(re.escape, words[1:])])
