"""What no website can promise: that a visit or a call is never seen. Somebody who believes it may be found out.

Phones, bills, routers and shared accounts keep what we cannot reach. So texts say what stays, and never that nothing does.
"""
import re

from . import files, problems, values

_NEVER = r"(?:won['’]t|can['’]t|doesn['’]t|don['’]t|isn['’]t|aren['’]t|(?:will|does|do|can|would|is|are) ?not|never)"
_WHOLLY = r"(?:completely|totally|entirely|fully|absolutely|perfectly|wholly|truly|always|guaranteed|100 ?%|100 per cent)"
_KEPT = "(?:bills?|statements?|history|records?|call (?:logs?|lists?)|lists? of calls)"
_NOBODY = "(?:nobody|no one|no-one|none)"
HISTORY = "Browser history, routers, shared accounts and spyware keep what our site cannot reach"
BILLS = "What stands on a bill depends on the number, the phone company and the contract; calls stay in the phone's own list"
PEOPLE = "Nobody can know who else can look at a phone, an account or a network"
SECRETS = "Every service has cases in which it must tell others, and every connection can be seen by whoever provides it"
DEVICES = "A browser keeps copies and addresses of its own, and what is deleted can often be found again"
# Words that a pattern cannot do without: of each group at least one stands in whatever it finds.
_NOT = ("n't", "n’t", "not", "never")
_KEPT_WORDS = ("bill", "statement", "history", "record", "call")
_WHOLLY_WORDS = ("completely", "totally", "entirely", "fully", "absolutely", "perfectly", "wholly", "truly", "always", "guaranteed", "100")
_HIDDEN = ("safe", "private", "confidential", "anonymous", "secure", "secret", "hidden", "discreet")
# Each pattern -> why it is not true, and groups of such words. A space in it stands for whatever is between two words.
PATTERNS = {
    r"\b(?:clear|eras|wip|delet|remov|cover|hid|clean)(?:e|es|ed|s|ing)?(?: up)? (?:(?:all|any|every|your|my|their|the|of) ){1,3}"
    r"(?:web |digital |online )?(?:tracks?|traces?|footprints?)\b": (HISTORY, ("track", "trace", "footprint")),
    r"\b(?:leav(?:e|es|ing)|left) (?:behind )?(?:no|without|not a|not any) (?:\w+ )?traces?\b|\bwithout (?:leaving )?(?:a |any )?traces?\b|"
    r"\bno traces? (?:is|are|will|remains?|stays?|left|behind)\b|\btraceless": (HISTORY, ("trace",)),
    rf"\b{_NEVER} (?:ever |be )?(?:shown?|shows|appears?|seen|listed|comes? up|turns? up)(?: up)? (?:on|in) (?:\w+ ){{0,3}}{_KEPT}\b":
        (BILLS, _NOT, _KEPT_WORDS, ("show", "appear", "seen", "listed", "come", "turn")),
    rf"\b{_NEVER} (?:ever |be )?(?:on|in) (?:your|the|any|a|an|their|his|her|my) (?:\w+ ){{0,2}}{_KEPT}\b": (BILLS, _NOT, _KEPT_WORDS),
    r"\bnever (?:shows?|appears?)(?: up)? (?:on|in)\b": (BILLS, ("never",)),
    r"\bun(?:trace?able|trackable|detectable)\b": (PEOPLE, ("traceable", "tracable", "trackable", "detectable")),
    rf"\b(?:{_NEVER}|cannot|impossible to|no way to) (?:ever )?be (?:traced|tracked|found out|followed back)\b|"
    r"\b(?:impossible|no way) to (?:trace|track)\b": (PEOPLE, ("trac", "found", "followed")),
    rf"\b{_NOBODY}(?: else)? (?:can|will|could|would)(?: ever)? (?:see|know|notice|tell|trace|track|find out|read)\b|"
    r"\bwithout anyone (?:ever )?knowing\b": (PEOPLE, ("nobody", "one", "knowing")),
    rf"(?<!not\s)(?<!never\s)\b{_WHOLLY} (?:safe|private|confidential|anonymous|secure|secret|hidden|discreet)\b":
        (SECRETS, _WHOLLY_WORDS, _HIDDEN),
    r"\b(?:complete|total|absolute|perfect|full|guaranteed?|100 ?%) (?:\w+ )?(?:privacy|safety|anonymity|confidentiality|secrecy|security)\b|"
    r"\bguarantees? (?:\w+ ){0,2}(?:privacy|safety|anonymity|confidentiality|secrecy)\b|\brisk-free\b|\bfool-?proof\b":
        (SECRETS, ("privacy", "safety", "anonymity", "confidentiality", "secrecy", "security", "risk-free", "proof")),
    r"\b(?:this|our|the) (?:web ?)?(?:site|page|search) (?:is|stays?|remains?|keeps (?:you|it)) (?:\w+ )?"
    r"(?:anonymous|private|secure|safe|confidential|secret|hidden)\b|"
    r"\banonymous(?:ly)? (?:visits?|brows\w+|search\w*|web ?site|reading)\b|\b(?:brows|search|visit|read|look)\w* (?:\w+ ){0,3}anonymously\b|"
    r"\byour? (?:visit|search|reading)(?:es|s)? (?:is|are|stays?|will be|remains?) (?:\w+ )?(?:anonymous|private|secret|hidden|safe|confidential)\b":
        (HISTORY, _HIDDEN, ("site", "page", "search", "visit", "brows", "read", "look")),
    r"\byou(?:['’]re| are| will be| stay| remain) (?:\w+ )?(?:anonymous|safe|invisible|hidden)(?: here| on (?:this|our) (?:web ?)?site)\b":
        (HISTORY, ("you",), ("anonymous", "safe", "invisible", "hidden")),
    r"\bhid(?:e|es|ing) (?:your|this|the|that|my|a) (?:visits?|history|browsing|search(?:es)?|calls?|reading)\b":
        (HISTORY, ("hid",), ("visit", "history", "browsing", "search", "call", "reading")),
    r"\b(?:button|site|page|exit|link|key|it|we|which|that) (?:also |then |safely )?(?:clears?|deletes|erases?|wipes?|removes) "
    r"(?:(?:your|the|all|of|its|this|these|those) ){1,3}(?:\w+ ){0,2}(?:history|addresses)\b": (HISTORY, ("history", "addresses")),
    r"\bnothing (?:is|will be|stays?|remains?)(?: ever)?(?: left| kept| stored| saved| recorded)?(?: behind)? (?:on|in) (?:your|the|this|any) "
    r"(?:phone|device|computer|tablet|browser|history)\b": (DEVICES, ("nothing",)),
    r"\b(?:private|incognito) (?:browsing|windows?|mode|tabs?) (?:keeps?|hides?|protects?|makes?|means|leaves?)\b":
        (DEVICES, ("private", "incognito")),
    rf"\b(?:permanently|forever|irreversibly|{_WHOLLY}) (?:removed?s?|deleted?s?|erased?s?|cleared?s?|wiped?s?)\b":
        (DEVICES, ("permanently", "forever", "irreversibly", *_WHOLLY_WORDS), ("remove", "delete", "erase", "clear", "wipe")),
}
# Between two words there can be a line's end, and the stars of Markdown.
COMPILED = tuple((re.compile(pattern.replace(" ?", r"[\s*_]?").replace(" ", r"[\s*_]{1,4}"), re.IGNORECASE), why) for pattern, (why, *_) in PATTERNS.items())
NEEDED = tuple(groups for _, *groups in PATTERNS.values())
# Most texts hold none of these words, and need no longer look.
TELLTALE = ("trac", "footprint", "bill", "statement", "histor", "record", "call l", "list of calls", "lists of calls", "never", "nobody", "no one", "no-one",
            "none ", "knowing", "safe", "priva", "confid", "anonym", "secre", "secur", "hidden", "hide ", "hides ", "hiding", "discreet", "proof", "risk-free",
            "undetect", "clear", "delet", "eras", "wip", "remov", "nothing", "incognito", "invisible", "found out", "followed")


def untrue(text):
    """A text -> [(place, the words found, why they are not true)], in their order."""
    if not values.holds_any(text.lower(), TELLTALE):
        return []
    small = values.small(text)
    found = ((match.start(), " ".join(match.group().replace("*", "").split()), why) for (pattern, why), groups in zip(COMPILED, NEEDED, strict=True)
             if all(values.holds_any(small, group) for group in groups) for match in pattern.finditer(text))
    return sorted(found)


def of_entry(entry):
    """Problems of what an entry promises to readers. In the text of a page, each has its own line and column."""
    shown = entry.shown_texts if values.holds_any(entry.in_small_letters, TELLTALE) else ()
    for path, text in shown:
        if path == ("body",):
            continue
        for _, words, why in untrue(text)[:1]:
            yield entry.problem(path, problems.untrue_promise(words, why))
    body = values.text(entry.data.get("body")) if entry.kind in files.IN_MARKDOWN else ""
    for place, words, why in untrue(body):
        line = entry.places[("body",)][0] + body.count("\n", 0, place)
        yield problems.Problem(entry.path, line, place - body.rfind("\n", 0, place), "body", *problems.untrue_promise(words, why))
