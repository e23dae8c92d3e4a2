"""Texts that would reach a reader wrongly: marks of other programs, words that say nothing, letters that only look right."""
import re

from . import problems, values

TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--")
ENTITY = re.compile("&(?:[A-Za-z][A-Za-z0-9]{1,20}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,6});")
MARKDOWN = re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__|!?\[[^][\n]+\]\([^()\n]+\)|^#{1,6} |`[^`\n]+`|"
                      r"(?:^|\s)[*_][A-Za-z][^*_\n]{0,60}[A-Za-z][*_](?=[\s.,!?]|$)", re.MULTILINE)
# What somebody types to fill a gap.
SAYS_NOTHING = re.compile(r"(?:~|null|none|nil|nan|n/?a|to ?do|x{2,}|\?+|-+|\.+|…|test|unknown|not (?:known|applicable)|(?:see|as) above)\W*", re.IGNORECASE)
SAYS_SOMETHING = re.compile(r"\w")
FILLER = re.compile("lorem ipsum|your text here", re.IGNORECASE)
# Latin beside Cyrillic or Greek in one word: a letter that only looks like the right one. The search would never find that word.
MIXED = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")
# Text that was saved in one encoding and opened in another: â€™ for ’, Ã© for é, Â£ for £.
BROKEN = re.compile("\u00e2\u20ac.|\u00f0\u0178|"
                    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2018-\u2022\u2030\u2039\u203a\u20ac\u2122]")
# A letter that was lost when the text was copied: we don?t.
LOST_LETTER = re.compile(r"[a-z]\?[a-z]|[A-Za-z]\u00d5[a-z]|[\u251c\u252c]")
# Another field that ended up inside this one, because its line stands too far to the right.
FIELD_INSIDE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|"
                          r"(?:^|\s)(?:website|coverage|contacts|services|hours|languages|cost|summary|eligibility|maintainers|checked|status|slug): ")
# What editors write where they mean to come back.
UNFINISHED = re.compile(r"\b(?:tb[acd]|todo|fixme|xxx+|to be (?:confirmed|added|decided)|please check before)\b|"
                        r"\[(?:insert|add|name|your)\b|\?\?", re.IGNORECASE)
VAGUE_SOURCES = {"google", "internet", "the internet", "website", "their website", "web", "online", "same", "me", "x", "here", "email", "phone", "somebody",
                 "a friend", "various"}
# Words that UNFINISHED and FILLER cannot do without.
UNFINISHED_WORDS = ("tba", "tbc", "tbd", "todo", "fixme", "xxx", "to be ", "please check before", "[", "??")
FILLER_WORDS = ("lorem ipsum", "your text here")
SENTENCE_FIELDS, FEWEST_WORDS = {"about", "summary", "description"}, 2
ODD = re.compile(r"[<&*_[`#?]|[^\x00-\x7f]")
# Fields whose text is a name, a note or a sentence; all others have a form of their own.
SENTENCES = set("""
    name about summary eligibility referral_note label note access_note who_answers what_happens voicemail call_back police_told by title description
    reassurance emergency step more line text how source also_known_as languages places nearby attributions editor_note discreet_name area_name
    counts of_whom what figure
""".split())


def texts(entry):
    """Problems of the texts of an entry. The text of a page of words is Markdown: markup.py looks at it."""
    for path, text in entry.short_texts:
        name = path[-1] if isinstance(path[-1], str) else next(part for part in reversed(path) if isinstance(part, str))
        if path == ("body",) or (text.isascii() and name not in SENTENCES):
            continue
        odd = bool(ODD.search(text))  # most texts have nothing of what is looked for below
        mixed, broken = (MIXED.search(text), BROKEN.search(text)) if not text.isascii() else (None, None)
        if mixed:
            yield entry.problem(path, problems.mixed_letters(text, mixed.group()))
        if broken:
            yield entry.problem(path, problems.broken_letters(broken.group()))
        if name not in SENTENCES or not text.strip():
            continue
        if _says_nothing(name, text.strip()):
            yield entry.problem(path, problems.says_nothing(text))
        elif not values.readers_see(path) or name == "also_known_as":
            continue
        elif _unfinished(text):
            yield entry.problem(path, problems.unfinished(UNFINISHED.search(text).group()))
        elif ("_" in text or ": " in text) and FIELD_INSIDE.search(text):
            yield entry.problem(path, problems.field_inside(FIELD_INSIDE.search(text).group().strip(" :\n")))
        elif odd and LOST_LETTER.search(text):
            yield entry.problem(path, problems.broken_letters(LOST_LETTER.search(text).group()))
        elif odd:
            mark = TAG.search(text) or ENTITY.search(text) or MARKDOWN.search(text)
            if mark:
                yield entry.problem(path, problems.marks_in_a_text(mark.group()))


def _unfinished(text):
    return values.holds_any(values.small(text), UNFINISHED_WORDS) and UNFINISHED.search(text)


def _says_nothing(name, text):
    """Whether the text of a field of this name, without spaces around it, tells nobody anything."""
    if name in SENTENCE_FIELDS and len(text.split()) < FEWEST_WORDS:
        return True
    if name == "source" and text.lower() in VAGUE_SOURCES:
        return True
    start = text[:80]
    return bool(SAYS_NOTHING.fullmatch(start) or UNFINISHED.fullmatch(start.rstrip(" .,:;!-")) or _filler(text)) or not SAYS_SOMETHING.search(text)


def _filler(text):
    return values.holds_any(values.small(text), FILLER_WORDS) and FILLER.search(text)
