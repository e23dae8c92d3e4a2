"""Files as a slip of the hand, a bad copy or an attack could leave them: good ones, changed in one to six places.

The same number gives the same file, on every machine.
"""
import random
import re
from pathlib import Path

from saltmarsh import GOOD, ROOT
from support_directory.files import KINDS, SINGLE

# Pieces with a meaning in YAML, in Markdown, to a browser or to a terminal, and values that are nearly right.
TOKENS = [
    *"& * ! !! &a *a <<: <<:*a --- ... %YAML %TAG | > |- >+ |9 >0 ? : :: - -- # [ ] { } , ,, ' ` \\x00 \\u200b \\ud800 \\U0010ffff @ ~ =".split(),
    *"!!python/object:os.system null Null true false yes No 0x1F 0o17 1e3 .inf .nan 0151234567 9:30 2026-13-45 2026-02-30 99999999999999999999 -1".split(),
    *"<b> <script> &amp; &#x200b; javascript:alert(1) https:// http:// https://a https://[::1]/ https://x:y@z.example.org/ https://1.2.3.4".split(),
    *"//evil.example.org mailto: help@ @help a@b@c +44 07700900123 0844 999 53.40,-2.99 all national force-wide burglary _ - . .. ../ / $ ${x} {{x}}".split(),
    *"{%x%} ::error:: %0A ##[x] \u00e9 \uff4c \u0663 \u0430 \u03a9 \u00e2\u20ac\u2122 \u0130 \u00df \ufb01 \U0001f600".split(),
    *"\x00\x07\t\x0b\x0c\r\x1b\x7f\x85\xa0\xad\u200b\u200d\u202e\u2028\u2029\u3000\ufeff\ufffe\uffff\ud800\ue000\U000e0001",
    *('"', "'" * 3, "%YAML 1.1", "Call #1", "L20 1AB", "\n", "\n\n", "\n---\n", "\n...\n", "\n- ", "\n  - ", ": ", "- ", " #", " # ", "\r\n", "  ", " " * 40),
    *("\nname: x\n", "\n? a\n: b\n"),
    # Very much of one thing.
    "\n" + "[" * 70, "{" * 70, "\n" + "".join(f"{' ' * n}a{n}:\n" for n in range(40)), "\n- " * 300, "[" + "a, " * 3000, "x" * 5000,
    "\n".join(f"k{n}: v" for n in range(3000)), "a: &a [b]\nc: [" + "*a, " * 500 + "]", '"' + "\\n" * 3000 + '"', "9" * 4000, "((((" * 500, "@" * 2000,
    "https://" + "a." * 3000, "0" * 3000, "<" * 3000, "**" * 2000, "[a](" * 1500, "- {}\n" * 3000, "\n    - a" * 5000,
]


def seeds():
    """(kind, name, bytes) of every good file of Saltmarsh, and of the project's own."""
    found = []
    for site in (GOOD, ROOT):
        single = [site / f"content/{name}.yaml" for name in ("accessibility", "bank-holidays", "monitoring", "site", "start")]
        for path in sorted([*site.glob("providers/*.yaml"), *site.glob("content/*/*.yaml"), *site.glob("content/*/*.md"), *single]):
            name = path.relative_to(site).as_posix()
            found.append((SINGLE.get(name) or KINDS[Path(name).parent.as_posix()], name, path.read_bytes()))
    return found


def mutated(number, files):
    """The number of a mutation, what `seeds` gave -> (kind, name, bytes)."""
    chance = random.Random(number)
    kind, name, data = chance.choice(files)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice(WAYS)(chance, data, files)
    return kind, name, data


def _place(chance, data):
    return chance.randrange(len(data) + 1)


def _other_byte(chance, data, files):
    place = _place(chance, data)
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1:]


def _more_bytes(chance, data, files):
    place = _place(chance, data)
    return data[:place] + chance.randbytes(chance.choice((1, 1, 2, 4))) + data[place:]


def _fewer_bytes(chance, data, files):
    place = _place(chance, data)
    return data[:place] + data[place + chance.choice((1, 1, 2, 5, 20, 200)):]


def _token(chance, data, files):
    place = _place(chance, data)
    return data[:place] + chance.choice(TOKENS).encode("utf-8", "surrogatepass") + data[place:]


def _token_for_a_value(chance, data, files):
    """A token in place of what stands after a colon or a hyphen."""
    places = [found.span(1) for found in re.finditer(rb"(?:: |- )([^\n]*)", data)]
    if not places:
        return data
    start, end = chance.choice(places)
    return data[:start] + chance.choice(TOKENS).encode("utf-8", "surrogatepass") + data[end:]


def _lines(chance, data, files):
    """A line moved, doubled, taken out, or indented otherwise."""
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    line = lines[at]
    way = chance.randrange(5)
    if way == 0:
        lines.insert(to, lines.pop(at))
    elif way == 1:
        lines.insert(at, line)
    elif way == 2:
        lines.pop(at)
    elif way == 3:
        lines[at] = b" " * chance.randrange(12) + line.lstrip()
    else:
        lines[at] = line.replace(b":", b"", 1) if chance.randrange(2) else line.replace(b"- ", b"-", 1)
    return b"\n".join(lines)


def _part_of_another(chance, data, files):
    other = chance.choice(files)[2]
    start, place = _place(chance, other), _place(chance, data)
    return data[:place] + other[start:start + chance.choice((5, 50, 500))] + data[place:]


def _cut(chance, data, files):
    return data[:_place(chance, data)]


WAYS = (_other_byte, _more_bytes, _fewer_bytes, _token, _token, _token_for_a_value, _token_for_a_value, _lines, _lines, _part_of_another, _cut)


# ---- long files

PROVIDER = (GOOD / "providers/nightline.yaml").read_text(encoding="utf-8")
SUMMARY, NUMBER, WEBSITE = "You can talk or chat at night.", "020 7946 0018", "website: https://nightline.example.org"
SECRET = PROVIDER.replace("coverage: national", 'coverage: national\n    confidential_location: true\n    editor_note: "{}"')
SERVICE = "services:\n  - slug: a\n"
PAGE = "---\ntitle: A\ndescription: B.\n---\n"
SIZE = 64 * 1024  # the most that is read
# What a text, an entry with a secret place, a page and a list consist of, again and again.
TEXTS = {"digits": "0", "digits-and-spaces": "0 ", "capitals": "A", "names": "Aa ", "at-signs": "a@", "dots": "a.", "stars": "**", "brackets": "[",
         "ampersands": "&a", "angles": "<a ", "backticks": "`", "underscores": "__", "half-names": "Mr A", "words": "a "}
SECRETS = {"codes": "A1 ", "capital-dots": "A.", "house-numbers": "1 Aa ", "hyphens": "Aa-", "percents": "%41", "decimals": "11.111", "degrees": "1 °",
           "slashes": "/"}
PAGES = {"angles": "<a", "brackets": "[", "half-links": "](", "links": "[a](b)\n", "backticks": "`", "fences": "```\n", "headings": "# a\n", "pictures": "![",
         "comments": "<!--", "underlines": "=\n", "references": "[a]: b\n", "half-references": "[a", "schemes": "<a:", "addresses": "<http://", "mails": "<a@"}
CONTACTS, HOURS = SERVICE + "    contacts:\n", SERVICE + "    hours:\n      weekly:\n"
LISTS = {
    "fields": ("name: a\n", "k%d: v\n"),
    "services": ("services:\n", "  - slug: s%d\n"),
    "empty-services": ("services:\n", "  - {}\n"),
    "references": (SERVICE + "    crime_types:\n", "      - burglry-%d\n"),
    "routes": (SERVICE + "    referral_routes:\n", "      - sel%d\n"),
    "instead": (SERVICE + "    status:\n      instead_use:\n", "        - lam%d\n"),
    "numbers": (CONTACTS, "      - type: phone\n        value: 0151 777 5%d\n"),
    "e-mails": (CONTACTS, "      - type: email\n        value: a.b%d@gmail.con\n"),
    "web-addresses": (CONTACTS, "      - type: web_chat\n        value: http://a%d.example.org/?utm_source=a\n"),
    "hours": (HOURS, '        - days: [monday]\n          opens: "09:00"\n          closes: "17:00"\n'),
}


def _full(unit, head=""):
    return head + unit * ((SIZE - len(head)) // len(unit))


def _numbered(unit, head=""):
    """`unit` again and again, each with its own number in place of %d."""
    rows, size = [], len(head)
    while size < SIZE - 100:
        rows.append(unit.replace("%d", str(len(rows))))
        size += len(rows[-1])
    return head + "".join(rows)


def _inside(text, unit):
    """`unit` as often as it fits, in place of {}."""
    return text.replace("{}", unit * ((SIZE - len(text)) // len(unit)), 1)


def long_files():
    """{name: (kind, text)}: files as large as they may be, each of a form that a careless pattern or loop would take seconds for."""
    return {
        **{f"text-of-{name}": ("provider", _inside(PROVIDER.replace(SUMMARY, '"{}"'), unit)) for name, unit in TEXTS.items()},
        **{f"secret-of-{name}": ("provider", _inside(SECRET, unit)) for name, unit in SECRETS.items()},
        **{f"page-of-{name}": ("page", _full(unit, PAGE)) for name, unit in PAGES.items()},
        **{f"list-of-{name}": ("provider", _numbered(row, head)) for name, (head, row) in LISTS.items()},
        "one-website": ("provider", _inside(PROVIDER.replace(WEBSITE, "website: https://{}"), "a.")),
        "one-query": ("provider", _inside(PROVIDER.replace(WEBSITE, WEBSITE + "/?{}"), "a=1&")),
        "one-number": ("provider", _inside(PROVIDER.replace(NUMBER, '"{}"'), "1 ")),
        "one-e-mail": ("provider", _inside(PROVIDER.replace("type: phone", "type: email").replace(NUMBER, "{}"), "a")),
        "flow-list": ("provider", _inside("name: [{}]", "a,")),
        "flow-fields": ("provider", _numbered("k%d: v, ", "name: {") + "}"),
        "lists-of-lists": ("provider", _inside("services: [{}]", "[],")),
        "escapes": ("provider", _inside('name: "{}"', "\\n")),
        "quotes": ("provider", _inside("name: '{}'", "'" * 2)),
        "comments": ("provider", _full("# a\n")),
        "blank-lines": ("provider", _full("\n")),
        "colons": ("provider", _full("a: ")),
        "postcodes": ("area", _numbered("  L%d 1: x\n", "name: a\nplaces: [a]\npostcodes:\n")),
        "places": ("area", _full("  - a\n", "name: a\nplaces:\n")),
    }
