"""Words as the search compares them: small letters, no accents, no endings. theme/static/js/words.js does the same, step by step.

Both are light on purpose: two languages have to agree on every word (tests/browser/test_search.py holds them to it).
"""
import functools
import re
import unicodedata

APOSTROPHES = re.compile("['’‘`´ʼ]")
# Accents, and the vowel marks of Arabic, which hardly anybody types.
MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
# Letters that look or sound alike, and that keyboards mix: of Arabic, Persian, Urdu and Kurdish, and those that are no letter with an accent.
GROUPS = {"l": "ł", "d": "đ", "o": "ø", "i": "ı", "ا": "أإآٱ", "و": "ؤ", "ی": "ئيى", "ک": "ك", "ه": "ہەةھ"}
ALIKE = str.maketrans({letter: meant for meant, letters in GROUPS.items() for letter in letters} | {"æ": "ae", "œ": "oe", "ß": "ss"})
# Letters and numbers; the vowel signs of India's scripts belong to their words.
WORD = re.compile("(?:[^\\W_]|[\u0900-\u0963\u0966-\u0dff])+")
DOUBLED = re.compile(r"([b-df-hjkmnp-rtvwx])\1$")  # not ll, ss, zz, nor vowels
# Scripts that put no spaces between words (Chinese, Japanese): their words are taken as pairs of signs.
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def words(text, short_forms=None):
    """Text -> its words as they are compared, each stemmed. `short_forms`: {"bf": "boyfriend"}, written out before anything else is done."""
    plain = APOSTROPHES.sub("", text).lower()
    folded = plain if plain.isascii() else MARKS.sub("", unicodedata.normalize("NFKD", plain.translate(ALIKE))).lower().translate(ALIKE)
    found = WORD.findall(folded)
    if short_forms:
        found = [word for typed in found for word in short_forms.get(typed, typed).split(" ")]
    if folded.isascii() and not short_forms:
        return list(map(stem, found))
    return [stem(part) for word in found for part in (_pairs(word) if UNSPACED.search(word) else (word,))]


def _pairs(word):
    return [word[at:at + 2] for at in range(max(1, len(word) - 1))]


@functools.cache
def stem(word):
    """A word without its commonest English endings."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = DOUBLED.sub(r"\1", word[:-3])
    elif len(word) > 4 and word.endswith("ed"):
        word = DOUBLED.sub(r"\1", word[:-2])
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
