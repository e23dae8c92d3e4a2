"""Whether a text is in another language than the page says.

Letters that English does not have give most languages away. The others are known by their commonest words, from the lists of
stopwordsiso (Welsh and a few more are here): a run of words that another language uses, and English does not.
Sees: three words or more of one of these languages in Latin letters, any word in other letters, and languages' names for themselves.
Does not see: one or two foreign words in Latin letters, names, and languages that no list knows.
"""
import re
import unicodedata
from functools import lru_cache

import stopwordsiso

# Languages that people in Britain are written to in. The lists of others hold too many English words.
LATIN = "af ca cs da de es et fi fr ga hr hu id it ku lt lv ms nl no pl pt ro sk sl so sv sw tl tr vi yo".split()
MORE = {
    "cy": ("a ac ag ai am ar at bod bydd byddwn byddwch chi chwi cyn dim dros dw efo ei eich ein eu fe fel fod gallu gall gallwch gallwn gan "
           "gyda gyfer hefyd hi hon hwn hyn "
           "i'r i'ch i'n iawn mae maen mai mewn mor nad neu ni nid nhw o'r o'ch oes oedd os pan pob pwy rhag rhai roedd rydych rydym rwy'n "
           "sut sy sydd siarad cymorth "
           "un unrhyw wedi wrth y yn yng ym yr yw ydych ydy yma'n helpu eisiau cymraeg ffoniwch angen").split(),
    "sq": "dhe në për nuk është jam janë që me nga një ju ne ata tek por ose si kur ku duhet mund jeni flasim ndihmë shqip".split(),
    "pa": [], "ro": "sau și să vă puteți dumneavoastră vorbim limba română aveți nevoie ajutor suntem".split(),
    "pl": "nie się jest czy możesz mówimy pomoc potrzebujesz polsku są dla jeśli możemy".split(),
    "so": "waa iyo ku ka waxaan waxaad haddii aad caawimaad soomaali".split(),
}
# What languages call themselves: one such word in a list of languages is in that language (WCAG 3.1.2).
OWN_NAMES = frozenset("polski cymraeg français español português română deutsch italiano türkçe čeština slovenčina magyar lietuvių latviešu "
                      "shqip soomaali kiswahili "
                      "nederlands svenska suomi hrvatski slovenščina gaeilge gàidhlig yorùbá filipino".split()) | {"tiếng việt", "bahasa indonesia"}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=1)
def lists():
    """Language -> its common words, without those that are English as well; and English's own."""
    ours = "support help police call free victim crime services service advice safe local home women men children"
    english = set(stopwordsiso.stopwords("en")) | set(ours.split())
    names = sorted({*LATIN, *MORE})
    known = {name: (set(stopwordsiso.stopwords(name)) if name in LATIN else set()) | set(MORE.get(name, ())) for name in names}
    return {name: frozenset(word for word in words if word not in english) for name, words in known.items()}, frozenset(english)


def other_script(text):
    """A word in letters that are not Latin, or None."""
    return next((word for word in WORD.findall(text) if len(word) > 1 and any(map(_not_latin, word))), None)


def _not_latin(letter):
    """Whether a letter is of another script; marks such as ª and ʼ are of none."""
    name = unicodedata.name(letter, "LATIN")
    return unicodedata.category(letter).startswith("L") and not any(word in name for word in ("LATIN", "MODIFIER", "ORDINAL"))


def foreign_run(text):
    """The part of a text that is in another language in Latin letters -> its words, or None."""
    known, english = lists()
    for piece in re.split(r"[.!?;:()\[\]“”\"|•\n/–—]+", text):
        words = [word.lower().replace("’", "'") for word in WORD.findall(piece)]
        if len(words) < 3:
            continue
        native = sum(word in english for word in words)
        hits = max(([word for word in words if word in common] for common in known.values()), key=lambda same: len(set(same)))
        marked = sum(any(ord(letter) > 127 for letter in word.replace("'", "")) for word in words)
        needed = 2 if len(words) < 8 else max(2, len(words) // 4)
        if len(set(hits)) >= needed and len(hits) > native and (len(hits) >= len(words) * .34 or (marked >= 2 and len(hits) >= 2)):
            return piece.strip()
        # Letters with marks in most words, and no English ones.
        if marked >= 2 and marked >= len(words) * .4 and native <= len(words) * .2:
            return piece.strip()
    return None


def _in_its_own_name(text):
    """Whether a short line such as "Hablamos español" says what it speaks in that language."""
    words = [word.lower() for word in WORD.findall(text)]
    return 1 < len(words) <= 4 and any(word in OWN_NAMES for word in words) and not any(word in lists()[1] for word in words)


def faults(texts):
    """Texts with the language that they are said to be in -> (text's record, what was found) for each that is in another."""
    for text in texts:
        said = text["lang"].lower().split("-")[0]
        if said not in ("", "en"):
            continue
        words = text["text"]
        script = other_script(words)
        if script:
            yield text, f"“{script}” in “{words[:60]}” is not in Latin letters and stands as {text['lang'] or 'no language'}"
        elif words.lower().strip(" .,:()") in OWN_NAMES or _in_its_own_name(words):
            yield text, f"“{words[:60]}” has a language's own name for itself and stands as {text['lang'] or 'no language'}"
        else:
            run = foreign_run(words)
            if run:
                yield text, f"“{run[:60]}” looks like another language and stands as {text['lang'] or 'no language'}"
