"""A made-up site of any size, as the texts of its files. Chance decides, from a seed: a size gives the same texts each time and everywhere."""
import itertools
import random
from bisect import bisect
from dataclasses import dataclass

import yaml

from support_directory.files import slug_of


@dataclass(frozen=True)
class Size:
    """How many there are of what. `national`: the share of services that help everywhere."""

    providers: int
    crime_types: int
    areas: int
    national: float

    @property
    def counts(self):
        """How many files there are of what there may be many."""
        return self.providers, self.crime_types, self.areas


SIZES = {"S": Size(60, 24, 5, .10), "M": Size(1000, 30, 40, .03), "L": Size(10_000, 30, 320, .003)}
# The shares of services that help in their own area and its neighbours to both sides, and, of the others, in one more area anywhere.
NEIGHBOURS, WITH_NEIGHBOURS, WITH_ANOTHER = 3, .15, .2
HOW_MANY_CRIME_TYPES = (2, 4, 6, 8, 12)
MADE_UP_WORDS, FLATTER, STEEPER = 12_000, 2.7, 1.07  # words follow a curve of Zipf, as in prose: the rank + FLATTER, to the power of STEEPER
LONGEST_ABOUT = 600  # characters that the schema allows
EVIDENCE, DUE = "2026-03-02", "2027-03-01"

COMMON = """the and you to of a in for can we with your or are they help people who be support have will our not what is this when need them if
at as also more all about from time any no may there call group place week first family home listen talk talking advice adviser worker team trained
free local safe choice plan next court letter report ring ask answer meet meeting room office visit evening morning children young adults women men older
deaf disabled faith language interpreter money rent housing repair locks door phone online bank school college work union sleep worry feel strong
calm again life change different kind gentle steady quiet open early late often sometimes never soon later month year""".split()
STARTS, MIDDLES, ENDS = ("b br c ch cl d dr f fl g gr h l m n p pl r s sh st t tr w".split(), "a ai e ea i o oa oo u".split(),
                         "b ck d g l ll m n nd ng p r rd s st t".split())
PLACES = """Alder Amber Apple Barley Birch Bramble Briar Cedar Cherry Clover Copper Coral Daisy Elder Feather Fern Flint Fox Garnet Gold Goose
Harvest Heather Heron Holly Honey Iron Ivy Juniper Kestrel Lark Linnet Maple Marble Mallow Nettle Otter Pebble Pepper Plover""".split()
PLACE_ENDS = "beck bridge brook dell fold garth heath mead pool reach".split()
GROUPS = {"home": "Home and street", "money": "Money and online", "family": "Family and partners", "body": "Your body", "hate": "Hate and harassment",
          "other": "Something else"}
CRIME_TYPES = {
    "Not sure": "other", "Burglary": "home", "Theft": "home", "Robbery": "home", "Damage": "home", "Arson": "home", "Vehicle crime": "home",
    "Scams": "money", "Online blackmail": "money", "Hacked accounts": "money", "Rogue traders": "money", "Domestic abuse": "family",
    "Controlling behaviour": "family", "Stalking": "family", "Abuse of older people": "family", "Forced marriage": "family", "Assault": "body",
    "Sexual assault": "body", "Spiking": "body", "Knife crime": "body", "Hate crime": "hate", "Harassment": "hate", "Threats": "hate",
    "Modern slavery": "other", "Antisocial behaviour": "hate", "Loan sharks": "money", "Abuse of children": "family", "Rape": "body", "Road crime": "other",
    "Bereaved by crime": "other",
}
NAMES = ("{} Listeners", "{} Advice Shop", "{} Harbour Light", "{} Night Line", "{} Women Together", "{} Youth Bridge", "{} Law Desk", "{} Neighbours",
         "{} Open Door", "{} Deaf Circle", "{} Friends at Court", "{} New Start")
SERVICES = ("Helpline", "Drop-in", "One to one", "Court support", "Evening group", "Home visits")
KINDS_OF_HELP, GENDERS = ("advocacy", "emotional-support", "practical-help", "counselling", "court"), ("women", "men", "everyone")
GROUPS_OF_PEOPLE, LANGUAGES = ("young-people", "older-people", "disabled", "deaf", "lgbt"), ("Polish", "Urdu", "Arabic", "Romanian", "Welsh", "French")
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama: each stands for the thousand numbers that begin so.
# Those that the check does not know (0115, 01632) are left out.
FOR_STORIES = (*(f"{code} 496 0" for code in ("0113", "0114", "0116", "0117", "0118", "0121", "0131", "0141", "0151", "0161")), "0191 498 0",
               "020 7946 0", "0808 157 0")
WORDS_OF_PAGES = {
    "about": ("About", "Who makes this site.", "Nobody does: all that stands here is made up."),
    "accessibility": ("Accessibility", "How everybody can use this site.", "Tell us if something does not work."),
    "emergency": ("Emergency", "How to get help at once.", "## If it is not an emergency\n\nRing [101](tel:101)."),
    "privacy": ("Privacy", "What this site knows about you.", "We store nothing."),
    "safety": ("Stay safe on this site", "How to use this site safely.", "Your browser keeps a history. See [privacy](/privacy/)."),
    "update": ("Is something wrong?", "How to tell us what has changed.", "Ring [020 7946 0005](tel:+442079460005)."),
}


class Chance:
    """Chance from a seed. It uses nothing of `random` but the number from 0 to 1, which is the same in every version of Python."""

    def __init__(self, seed):
        self.number = random.Random(seed).random

    def below(self, end):
        """A whole number from 0 up to and without `end`."""
        return int(self.number() * end)

    def one(self, rows):
        """One of several."""
        return rows[self.below(len(rows))]

    def some(self, rows, count):
        """So many of several, each once, in their order."""
        left = list(rows)
        chosen = {left.pop(self.below(len(left))) for _ in range(count)}
        return [row for row in rows if row in chosen]


class Prose:
    """Sentences whose words are as common and as rare as in prose, so that they compress and can be searched like it."""

    def __init__(self):
        chance, made = Chance("words"), dict.fromkeys(COMMON)
        while len(made) < MADE_UP_WORDS:
            word = "".join(chance.one(STARTS) + chance.one(MIDDLES) + chance.one(("", chance.one(ENDS))) for _ in range(2 + chance.below(2)))
            made[word] = None
        self.words = tuple(made)
        self.weights = tuple(itertools.accumulate(1 / (rank + FLATTER) ** STEEPER for rank in range(len(made))))

    def text(self, chance, count):
        """Sentences of so many words together."""
        sentences = []
        while count > 0:
            length = min(count, 7 + chance.below(6))
            words = [self.words[bisect(self.weights, chance.number() * self.weights[-1])] for _ in range(length)]
            sentences.append(" ".join(words).capitalize() + ".")
            count -= length
        return " ".join(sentences)


def files(size):
    """The name of a size -> (path, text) of every file of its site."""
    measure, prose = SIZES[size], Prose()
    places = [start + end for end in PLACE_ENDS for start in PLACES][:measure.areas]
    crime_types = {slug_of(title): (title, group) for title, group in itertools.islice(CRIME_TYPES.items(), measure.crime_types)}
    yield "pelicanconf.py", '"""A made-up site. Whatever is not set here is as in the project\'s own pelicanconf.py."""\n'
    yield "content/site.yaml", _yaml(_site(crime_types))
    yield "content/accessibility.yaml", _yaml(_accessibility())
    for slug, (title, description, body) in WORDS_OF_PAGES.items():
        yield f"content/pages/{slug}.md", f"---\n{_yaml({'title': title, 'description': description, 'review_due': DUE})}---\n{body}\n"
    for slug, (title, group) in crime_types.items():
        yield f"content/crime-types/{slug}.yaml", _yaml(_crime_type(slug, title, group, crime_types, prose))
    for n, place in enumerate(places):
        yield f"content/areas/{slug_of(place)}.yaml", _yaml(_area(n, place))
    yield "providers/hub.yaml", _yaml(_for_everyone("The Hub for Everyone", "0808 157 0999", "hub"))
    yield "providers/night-line.yaml", _yaml(_for_everyone("The Line of the Night", "020 7946 0999", "line"))
    for n in range(measure.providers - 2):
        slug, data = _provider(n, measure, places, list(crime_types), prose)
        yield f"providers/{slug}.yaml", _yaml(data)


def _yaml(data):
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=140, default_flow_style=False)


class _Dumper(yaml.SafeDumper):
    """Never writes "see above": what several places share is written in each."""

    def ignore_aliases(self, data):
        return True


def _checked(source):
    return {"date": EVIDENCE, "source": source, "confidence": "confirmed"}


def _site(crime_types):
    source = "https://office.example.org"
    return {
        "name": "Help in Sampleshire", "discreet_name": "Sampleshire", "area_name": "Sampleshire", "stage": "draft",
        "opcc": {"name": "Office of the Police and Crime Commissioner for Sampleshire", "phone": "020 7946 0005", "email": "", "checked": _checked(source)},
        "hub": "hub/hub", "crisis_line": "night-line/line", "first_for_any_crime": ["hub/hub"], "not_sure": "not-sure",
        "exit_target": "https://weather.example.org",
        "emergency": {"number": "999", "line": "If you cannot speak on a mobile, press 55 when asked.",
                      "ways": [{"name": "Call 999", "text": "Free, day and night, from any phone.", "checked": _checked(source)}]},
        "crime_type_groups": [{"slug": slug, "title": title} for slug, title in GROUPS.items() if slug in {group for _, group in crime_types.values()}],
        "crime_type_order": list(crime_types), "footer": list(WORDS_OF_PAGES), "attributions": ["All of this is made up."],
        "security_txt_expires": "2099-12-31",
    }


def _accessibility():
    return {
        "scope": "the website Help in Sampleshire", "compliance": "not assessed",
        "answer_within": "5 working days", "enforcement": {"website": "https://www.equalityadvisoryservice.com/"}, "prepared": EVIDENCE, "reviewed": EVIDENCE,
        "next_review": DUE, "tested": {"date": "not yet"}, "own_tests": ["use with a keyboard alone"],
    }


def _crime_type(slug, title, group, crime_types, prose):
    chance = Chance(f"crime type {slug}")
    return {
        "title": title, "group": group, "description": prose.text(chance, 24),
        "also_known_as": [prose.text(chance, 3).rstrip(".").lower() for _ in range(4)],
        "reassurance": prose.text(chance, 16), "do_now": [{"step": prose.text(chance, 6)} for _ in range(4)],
        "related": chance.some([other for other in crime_types if other != slug], 2), "extra_safety": "some",
    }


def _area(n, place):
    """The area with this number. No two share a postcode; no real postcode begins with a Z."""
    district, website = f"Z{'ABCDEFGH'[n // 40]}{n % 40 + 1}", f"https://{slug_of(place)}.example.org"
    return {
        "name": place, "council": {"name": f"{place} Council", "website": website}, "places": [f"Upper {place}", f"{place} Dock"],
        "postcodes": {f"{district} {sector}": "40" for sector in range(1, 6)}, "checked": _checked(website),
    }


def _for_everyone(name, number, slug):
    website = f"https://{slug}.example.org"
    return {
        "name": name, "about": "One place to ring after any crime.", "website": website, "checked": _checked(website),
        "services": [{
            "slug": slug, "name": name, "summary": "Somebody listens, and finds the right help with you.", "crime_types": "all", "coverage": "force-wide",
            "cost": "free", "needs_police_report": "no", "contacts": [{"type": "phone", "value": number}], "hours": {"open_24_hours": True},
            "crisis_line": slug == "line",
        }],
    }


def _provider(n, measure, places, crime_types, prose):
    """The provider with this number -> (its slug, its data)."""
    chance = Chance(f"provider {n}")
    home = chance.below(len(places))
    name = f"{chance.one(NAMES).format(places[home])} {n + 1}"  # the number keeps apart what chance has named alike
    website = f"https://{slug_of(name)}.example.org"
    return slug_of(name), {
        "name": name, "about": prose.text(chance, 75)[:LONGEST_ABOUT].rpartition(".")[0] + ".", "website": website, "checked": _checked(f"{website}/contact"),
        "services": [_service(n, chance, home, measure, [slug_of(place) for place in places], crime_types, prose, website)],
    }


def _service(n, chance, home, measure, areas, crime_types, prose, website):
    domain = website.removeprefix("https://")
    chat = [{"type": "web_chat", "value": f"https://chat.{domain}"}] if chance.number() < .3 else []
    weekdays = {"days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "opens": "09:00", "closes": "17:00"}
    return {
        "slug": "service", "name": chance.one(SERVICES), "summary": prose.text(chance, 18), "kinds_of_help": chance.some(KINDS_OF_HELP, 2),
        "crime_types": chance.some(crime_types, chance.one(HOW_MANY_CRIME_TYPES)), "coverage": _coverage(chance, home, measure, areas),
        "who_for": {"minimum_age": str(chance.one((11, 13, 16, 18))), "gender": chance.one(GENDERS), "groups": chance.some(GROUPS_OF_PEOPLE, 2)},
        "eligibility": prose.text(chance, 10), "cost": "free", "needs_police_report": "no", "referral_routes": ["self", "professional"],
        "contacts": [{"type": "phone", "value": f"{FOR_STORIES[n // 1000]}{n % 1000:03}"}, {"type": "email", "value": f"help@{domain}"}, *chat],
        "hours": {"weekly": [weekdays], "bank_holidays": "closed"},
        "languages": chance.some(LANGUAGES, 2), "interpreters": chance.one(("yes", "no", "not known")), "step_free": chance.one(("yes", "not known")),
    }


def _coverage(chance, home, measure, areas):
    """Where a service helps: everywhere in the country, around its home, or at home and perhaps somewhere else."""
    number = chance.number()
    if number < measure.national:
        return "national"
    if number < measure.national + WITH_NEIGHBOURS:
        return [areas[n] for n in range(max(0, home - NEIGHBOURS), min(len(areas), home + NEIGHBOURS + 1))]
    found = {home} | ({chance.below(len(areas))} if chance.number() < WITH_ANOTHER else set())
    return [areas[n] for n in sorted(found)]
