"""Whether a telephone number, an e-mail address, a web address or a postcode can be used as it was typed.

Text in, (says, fix) or None out. What is nearly right comes with a guess, and a guess is itself right.
"""
import difflib
import functools
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

import phonenumbers

from . import lists, problems

NUMBER_TYPES = {"phone", "text", "textphone", "whatsapp"}
WEB_TYPES = {"bsl_video", "web_chat", "web_form"}
# Numbers that are dialled as they are and that no numbering library knows (Ofcom, National Telephone Numbering Plan).
SHORT_NUMBERS = {"999", "112", "101", "105", "111", "119", "159", "18000", "116123", "116000", "116111", "08001111"}
SHORT_CODE = re.compile("[678][0-9]{4}|7726")  # for text messages only
# Service charge (084, 087, 09, directory enquiries 118) and personal numbers (070): the caller pays extra (Ofcom, the same plan).
PREMIUM = re.compile("(?=[0-9]{10,11}$)(09|084|087|070)|118[0-9]{3}$")
ORDINARY = re.compile("0[1-9][0-9]{7,9}")
MADE_UP = re.compile(r"0?1234567|([0-9])\1{6}")
NUMBERS_INSIDE = re.compile(r"(?<![0-9])(?:\+44|0)[0-9 ()-]{8,14}[0-9]")
# What is typed in place of a digit.
DIGITS_MEANT = str.maketrans("OoIl", "0011")
REMEMBERED = 1 << 15  # answers that are kept: a website stands in several fields of an entry, and each is asked about more than once
LONGEST_GUESSED = 120  # a longer text was never meant to be a number or an address

EMAIL_NAME = re.compile(r"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*")
HOST_PART = re.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")  # RFC 1123
ODD_IN_WEB = re.compile(r"""[^\x21-\x7e]|[\\"<>^`{|}]""")  # RFC 3986; browsers read a backslash as a slash
BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]")

WRAPPERS_ABOVE = tuple(f".{name}" for name in lists.WRAPPERS)
LONGEST_FREE_MAIL = max(map(len, lists.FREE_MAIL)) + 1

OUTWARD, INWARD = "[A-Z]{1,2}[0-9][0-9A-HJ-NP-Z]?", "[0-9][ABD-HJLNP-UW-Z]{2}"
POSTCODE = re.compile(f"{OUTWARD} {INWARD}")
LIKE_A_POSTCODE = re.compile(r"(?<![\w-])([A-Za-z]{1,2}[0-9Oo][0-9A-Za-z]?) {0,2}([0-9OoIl](?!st\b|nd\b|rd\b|th\b)[A-Za-z]{2})(?![\w-])")


def value(kind, typed):
    """What is wrong with the value of a contact of this type, as (says, fix), or None. Addresses are looked at for their postcode only."""
    if kind not in NUMBER_TYPES | WEB_TYPES | {"email", "address"} or not typed.strip():
        return None
    wanted = family(kind)
    words = number(kind, typed) if wanted == "number" else {"email": email, "web": web, "address": postcode}[wanted](typed)
    looks = looks_like(typed) if words or wanted == "address" else None
    return problems.value_of_another_type(typed, kind, looks) if looks and looks != wanted else words


def family(kind):
    """A type of contact -> the kind of its value: number, web, email or address."""
    return "number" if kind in NUMBER_TYPES else "web" if kind in WEB_TYPES else kind


def looks_like(typed):
    """The kind of value that a text can only be, or None: an e-mail address under `phone` was put into the wrong place."""
    if number("phone", typed) is None:
        return "number"
    if email(typed) is None:
        return "email"
    return "web" if re.match("https?://|www[.]", typed.strip(), re.IGNORECASE) else None


# ---- telephone numbers

def number(kind, typed):
    """What is wrong with a telephone number, as (says, fix), or None.

    Digits and single spaces; a short number that is dialled as it is, or valid in the United Kingdom; never one that costs extra.
    """
    fault = _number_fault(kind, typed)
    if not fault:
        return None
    guesses = _numbers_meant(kind, typed)
    if any(PREMIUM.match(_subscriber(kind, guess)) for guess in guesses):
        return problems.premium_number(typed)
    return problems.bad_phone(typed, fault, next((guess for guess in guesses if not _number_fault(kind, guess)), None))


@functools.lru_cache(REMEMBERED)
def _number_fault(kind, typed):
    if "\n" in typed:
        return "holds a line break"
    odd = re.search("[^0-9 ]", typed)
    if odd and not re.search(r"\d.?\d.?\d", typed):
        return "is no telephone number"
    if odd and len(NUMBERS_INSIDE.findall(typed)) > 1:
        return "holds two numbers; give each a contact of its own"
    if odd and re.search("[A-Za-z]{3}", typed.translate(DIGITS_MEANT)):
        return "holds words beside the number; they belong into the contact's note"
    if odd:
        return f'holds "{odd.group()}", which is neither a digit nor a space'
    if typed != typed.strip():
        return "begins or ends with a space"
    if "  " in typed:
        return "has two spaces in a row"
    digits = _subscriber(kind, typed)
    if (digits in SHORT_NUMBERS and kind in ("phone", "textphone")) or (kind == "text" and (SHORT_CODE.fullmatch(digits) or digits == "999")):
        return None
    if PREMIUM.match(digits):
        return "costs extra"
    if MADE_UP.search(digits):
        return "looks made up"
    if kind == "text" and digits.startswith(("0800", "0808")):
        return "is a number to ring, which takes no text messages"
    return None if _in_use(digits) else "is not a full telephone number of the United Kingdom"


def _in_use(digits):
    """Whether digits are a number of the United Kingdom, typed with its 0, for the link is made from what was typed."""
    try:
        if ORDINARY.fullmatch(digits):  # what the library would make of it, without its search for countries and extensions
            parsed = phonenumbers.PhoneNumber(country_code=44, national_number=int(digits[1:]))
        else:
            parsed = phonenumbers.parse(digits, "GB") if len(digits) < 20 else None
    except phonenumbers.NumberParseException:
        parsed = None
    # The second question is asked of every part of the kingdom with a plan of its own, such as Jersey, and takes three times as long.
    valid = parsed and (phonenumbers.is_valid_number_for_region(parsed, "GB") or phonenumbers.is_valid_number(parsed))
    return bool(valid) and digits == f"0{parsed.national_number}"


def _subscriber(kind, typed):
    digits = typed.replace(" ", "")
    return digits.removeprefix("18001") if kind == "textphone" else digits  # Relay UK: the prefix, then the number itself


def _numbers_meant(kind, typed):
    """What may have been meant by a text that is not a number as it stands, the likeliest first."""
    if len(typed) > LONGEST_GUESSED:
        return []
    plain = unicodedata.normalize("NFKC", typed).translate(DIGITS_MEANT)
    plain = "".join(str(unicodedata.digit(letter, letter)) for letter in plain)
    plain = re.sub(r"^\D*(\+|00) ?44[ -]?(\(0\)|0)?[ -]?", "0", plain)
    inside = NUMBERS_INSIDE.findall(plain)
    plain = re.sub("[^0-9]+", " ", inside[0] if len(inside) == 1 else plain).strip()
    return [plain, f"0{plain}", re.sub("^44 ?0?", "0", plain)] if plain else []


def is_mobile(typed):
    """Whether a number, as typed and right, is a mobile one (070 is not: those are personal numbers that cost extra)."""
    return typed.replace(" ", "").startswith("07")


# ---- e-mail addresses

def email(typed):
    """What is wrong with an e-mail address, as (says, fix), or None."""
    fault = _email_fault(typed)
    if not fault:
        return None
    meant = re.sub(r"\s*[([]\s*at\s*[)\]]\s*|\s+at\s+", "@", typed[:LONGEST_GUESSED].strip(), flags=re.IGNORECASE)
    meant = re.sub(r"\s*[([]\s*dot\s*[)\]]\s*|\s+dot\s+", ".", meant, flags=re.IGNORECASE)
    meant = re.sub("^mailto:", "", meant, flags=re.IGNORECASE).strip("<>.,; ").replace(" ", "").replace(",", ".")
    meant = re.sub(r"\.{2,}", ".", _ending_meant(meant))
    name, at, host = meant.partition("@")
    meant = name + at + (_free_mail_meant(host) or host)
    return problems.bad_email(typed, fault, None if _email_fault(meant) else meant)


@functools.lru_cache(REMEMBERED)
def _email_fault(typed):
    if re.search(r"\s", typed):
        return "holds a space"
    if typed.count("@") != 1:
        return 'must have one "@", and no more'
    name, host = typed.split("@")
    if len(typed) > 254 or len(name) > 64:  # RFC 5321
        return "is too long for an e-mail address"
    if not EMAIL_NAME.fullmatch(name):
        return 'has something before the "@" that cannot be right'
    if name.lower() in lists.UNREAD:
        return "is an address where nobody answers"
    fault = _host_fault(host.lower())
    if fault:
        return f'{fault} after the "@"'
    return None if host.lower() in lists.FREE_MAIL or not _free_mail_meant(host) else 'looks like a slip of the name after the "@"'


@functools.cache
def _free_mail_meant(host):
    """The free mail service that a host was meant to be, or None."""
    if len(host) > LONGEST_FREE_MAIL:
        return None
    close = difflib.get_close_matches(host.lower()[:40], lists.FREE_MAIL, n=1, cutoff=0.87)
    return close[0] if close else None


def is_somebodys(address, own=""):
    """Whether an e-mail address belongs to a person or to a free service, by its look: jo.bloggs@..., j.bloggs@..., sarah@..., ...@gmail.com.

    `own`: the organisation's names, whose words are no person's: paul.lavelle@ is the Paul Lavelle Foundation's.
    """
    name, _, host = address.lower().partition("@")
    parts = [part for part in (re.sub("[0-9]+$", "", part) for part in re.split("[._+-]", name)) if part]
    if host in lists.FREE_MAIL:
        return True
    if not parts or lists.TEAM_WORDS & set(parts) or all(part in own.lower() for part in parts):
        return False
    return bool(lists.GIVEN_NAMES & set(parts)) or (len(parts) in (2, 3) and all(part.isalpha() for part in parts) and len(parts[0]) == 1)


def same_house(address, website):
    """Whether an e-mail's host is the website's host or its parent (www. left out)."""
    host, site = address.lower().rpartition("@")[2], host_of(website)
    return site == host or (site.endswith(f".{host}") and host not in lists.SUFFIXES)


def same_site(address, website):
    """Whether two web addresses belong to the same house: the same name, or one above the other."""
    one, other = host_of(address), host_of(website)
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer == shorter or (longer.endswith(f".{shorter}") and shorter not in lists.SUFFIXES)


def host_of(website):
    """https://www.example.org/a -> example.org; "" where there is none."""
    return re.split("[/?#]", website.removeprefix("https://"), maxsplit=1)[0].lower().removeprefix("www.")


# ---- web addresses

def web(typed):
    """What is wrong with a web address, as (says, fix), or None. The raw text is judged first, then how it is parsed."""
    fault = _web_fault(typed)
    if not fault:
        return None
    meant = _web_meant(typed) if len(typed) <= 300 else typed
    return problems.bad_web(typed, fault, None if _web_fault(meant) else meant)


@functools.lru_cache(REMEMBERED)
def _web_fault(typed):
    if re.search(r"\s", typed):
        return "holds a space"
    if not typed.startswith("https://"):
        return "does not begin with https://"
    rest = typed.removeprefix("https://")
    host = re.split("[/?#]", rest, maxsplit=1)[0]
    if re.match("https?:", rest, re.IGNORECASE):
        return "holds https:// twice"
    odd = ODD_IN_WEB.search(typed)
    if odd:
        return f'holds "{odd.group()}", which no web address may hold'
    if "@" in host:
        return 'holds a user\'s name (what stands before the "@")'
    if re.search(":[0-9]*$", host) and "]" not in host[-1:]:
        return "holds a port (the number after the colon)"
    if host != host.lower():
        return "has capital letters in its name"
    fault = _host_fault(host)
    if fault:
        return fault
    if urlsplit(typed).hostname != host:  # whatever else two programs could read in two ways
        return "can be read in more than one way"
    without_www = host.removeprefix("www.")
    if without_www in lists.SHORTENERS:
        return "is a short link, which hides where it leads"
    if _wrapped(without_www, rest.partition("/")[2]):
        return "leads through another company's site"
    if lists.NO_PAGES.match(typed):
        return "is not a page that everybody can open"
    if re.match("ww?[.]|wwww+[.]|www[.]www[.]", host):
        return "does not begin with www as it should"
    if BAD_ESCAPE.search(typed):
        return "holds a % that stands for nothing"
    if typed.endswith((".", ",", ";", "'", "#")) or (typed.endswith(")") and "(" not in typed):
        return f'ends with "{typed[-1]}"'
    if re.search("https?(:|%3a)", rest, re.IGNORECASE):
        return "holds a second address"
    parts = urlsplit(typed)
    marks = [mark for part in (parts.query, parts.fragment) if part for mark in parse_qsl(part, keep_blank_values=True)]
    mark = next((name for name, _ in marks if lists.TRACKING.fullmatch(name)), None)
    return mark and f'holds a mark for counting visitors ("{mark}")'


def _wrapped(host, path):
    """Whether an address is one of those that carry another one inside."""
    whole = (f"{host}/{path}", f"{host.partition('.')[2]}/{path}")
    return host in lists.WRAPPERS or host.endswith(WRAPPERS_ABOVE) or any(address.startswith(lists.WRAPPERS) for address in whole)


def _web_meant(typed):
    """What may have been meant: https in front, small letters in the name, no marks for counting visitors."""
    meant = re.sub("^(h?t+p?s?[:;]/{0,3}|https?:?/{1,3}|//)+", "", "%20".join(typed.strip("<> ").split()), flags=re.IGNORECASE).rstrip(".,;)'#")
    meant = re.sub("^(wwww+|ww?|www[.]www)[.]", "www.", meant)
    host, slash, rest = re.match("([^/?#]*)([/?#]?)(.*)", meant, re.DOTALL).groups()
    meant = f"https://{_ending_meant(re.sub(r':(443|80)?$', '', host.lower().rstrip('.')))}{slash}{rest}"
    address, question, query = meant.partition("?")
    if not question:
        return meant
    query, sharp, fragment = query.partition("#")
    kept = [(name, text) for name, text in parse_qsl(query, keep_blank_values=True) if not lists.TRACKING.fullmatch(name)]
    return address + (f"?{urlencode(kept)}" if kept else "") + sharp + fragment


def _host_fault(host):
    """What is wrong with the name in an address, in small letters, or None."""
    parts = host.split(".")
    if "[" in host or ":" in host or re.fullmatch("[0-9.]+", host) or re.fullmatch("0x[0-9a-f]*|[0-9]+", parts[-1]):
        return "has numbers where a name belongs"
    if len(parts) < 2 or (parts[0] == "www" and len(parts) == 2) or parts[-1] in lists.PRIVATE_ENDINGS:
        return "has no ending such as .org or .uk"
    if any(part.startswith("xn--") for part in parts) or not host.isascii():
        return "has letters that look like others"
    if len(host) > 253 or not all(HOST_PART.fullmatch(part) for part in parts) or not re.fullmatch("[a-z]{2,}", parts[-1]):
        return "has a name that cannot be right"
    if host in lists.SUFFIXES:
        return "has nothing before its ending"
    slip = parts[-1] if parts[-1] in lists.MISTYPED_ENDINGS else ".".join(parts[-2:]) if _uk_slip(parts) else None
    return slip and f'has the ending ".{slip}", which does not exist'


def _uk_slip(parts):
    """Whether the part before .uk is a slip, as in help.or.uk or police.co.uk."""
    second = parts[-2] if len(parts) > 2 else ""
    return parts[-1] == "uk" and (second in lists.MISTYPED_SECOND or (second in ("co", "org") and parts[-3] in ("gov", "police", "nhs", "org", "co")))


def _ending_meant(address):
    """An address or a name with its ending put right where that is a well-known slip."""
    start, dot, ending = address.rpartition(".")
    address = start + dot + lists.MISTYPED_ENDINGS.get(ending.lower(), ending)
    address = re.sub("[.](gov|police|nhs|org)[.](co|org)[.]uk$", r".\1.uk", address)
    second = re.search("[.]([a-z]+)[.]uk$", address)
    return re.sub("[.][a-z]+[.]uk$", f".{lists.MISTYPED_SECOND[second[1]]}.uk", address) if second and second[1] in lists.MISTYPED_SECOND else address


# ---- postcodes

def postcode(address):
    """What is wrong with a postcode inside a street address, as (says, fix), or None. An address may have none."""
    for found in LIKE_A_POSTCODE.finditer(address):
        if not POSTCODE.fullmatch(found.group()):
            outward, inward = found.group(1).upper(), found.group(2).upper()
            meant = f"{outward[:1]}{outward[1:].replace('O', '0')} {inward[0].translate(DIGITS_MEANT).replace('L', '1')}{inward[1:]}"
            return problems.bad_postcode(found.group(), meant if POSTCODE.fullmatch(meant) else None)
    return None
