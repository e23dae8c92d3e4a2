"""Texts that would reach a reader wrongly: marks of other programs, words that say nothing, letters that only look right."""
import re

from . import problems

TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--")
ENTITY = re.compile("&(?:[A-Za-z][A-Za-z0-9]{1,20}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,6});")
MARKDOWN = re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__|!?\[[^][\n]+\]\([^()\n]+\)|^#{1,6} |`[^`\n]+`|"
                      r"(?:^|\s)[*_][A-Za-z][^*_\n]{0,60}[A-Za-z][*_](?=[\s.,!?]|$)", re.MULTILINE)
# What somebody types to fill a gap.
SAYS_NOTHING = re.compile(r"(?:~|null|none|nil|nan|n/?a|tb[acd]|to ?do|to be (?:confirmed|added|decided)|x{2,}|\?+|-+|\.+|…|test|unknown|"
                          r"not (?:known|applicable)|(?:see|as) above|lorem ipsum.*|your text here)\W*", re.IGNORECASE | re.DOTALL)
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
UNFINISHED = re.compile(r"\b(?:TODO|TBC|TBA|XXX+|FIXME)\b|\[(?:insert|add|name|your)\b|\?\?|[Ll]orem ipsum|please check before")
VAGUE_SOURCES = {"google", "internet", "the internet", "website", "their website", "web", "online", "same", "me", "x", "here", "email", "phone", "somebody",
                 "a friend", "various"}
SENTENCE_FIELDS, FEWEST_WORDS = {"about", "summary", "description"}, 2
ODD = re.compile(r"[<&*_[`#?]|[^\x00-\x7f]")
# Fields whose text is a name, a note or a sentence; all others have a form of their own.
SENTENCES = set("""
    name about summary eligibility referral_note label note access_note who_answers what_happens voicemail call_back police_told by title description
    reassurance emergency step more line text how source also_known_as languages places nearby attributions editor_note discreet_name area_name
""".split())
NEVER_SHOWN = {"editor_note", "checked", "website_checked", "confirmed_with_provider", "also_known_as"}


def texts(entry):
    """Problems of the texts of an entry. The text of a page of words is Markdown: markup.py looks at it."""
    for path, text in entry.short_texts:
        name = next(part for part in reversed(path) if isinstance(part, str))
        if path == ("body",):
            continue
        odd = bool(ODD.search(text))  # most texts have nothing of what is looked for below
        mixed, broken = (MIXED.search(text), BROKEN.search(text)) if odd else (None, None)
        if mixed:
            yield entry.problem(path, problems.mixed_letters(text, mixed.group()))
        if broken:
            yield entry.problem(path, problems.broken_letters(broken.group()))
        if name not in SENTENCES or not text.strip():
            continue
        few = name in SENTENCE_FIELDS and len(text.split()) < FEWEST_WORDS
        if few or SAYS_NOTHING.fullmatch(text.strip()[:80]) or not re.search(r"\w", text) or (name == "source" and text.strip().lower() in VAGUE_SOURCES):
            yield entry.problem(path, problems.says_nothing(text))
        elif "source" not in path and "editor_note" not in path and "checked" not in path and FIELD_INSIDE.search(text):
            yield entry.problem(path, problems.field_inside(FIELD_INSIDE.search(text).group().strip(" :\n")))
        elif UNFINISHED.search(text) and not NEVER_SHOWN & set(path):
            yield entry.problem(path, problems.unfinished(UNFINISHED.search(text).group()))
        elif odd and LOST_LETTER.search(text) and not NEVER_SHOWN & set(path):
            yield entry.problem(path, problems.broken_letters(LOST_LETTER.search(text).group()))
        elif odd and not NEVER_SHOWN & set(path):
            mark = TAG.search(text) or ENTITY.search(text) or MARKDOWN.search(text)
            if mark:
                yield entry.problem(path, problems.marks_in_a_text(mark.group()))
