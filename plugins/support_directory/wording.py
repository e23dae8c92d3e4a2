"""Dates, hours and people in the site's own plain words."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNKNOWN = "not known"
GENDERS = {"women": "Women", "men": "Men", "women-and-children": "Women and children", "everyone": "Anyone"}
GROUPS = {
    "children": "children", "young-people": "young people", "older-people": "older people", "lgbt": "LGBT+ people", "deaf": "Deaf people",
    "disabled": "disabled people", "learning-disability": "people with a learning disability", "ethnic-communities": "people from ethnic communities",
    "faith-communities": "people of faith", "jewish": "Jewish people", "muslim": "Muslim people", "black-and-minoritised-women": "Black and minoritised women",
    "migrants": "migrants", "refugees": "refugees and people seeking asylum", "travellers": "Gypsies, Roma and Travellers", "sell-sex": "people who sell sex",
    "bereaved": "bereaved people", "parents": "parents", "professionals": "professionals", "homeless": "people without a home",
    "shop-and-business": "shops and businesses",
}
# Kinds of help, each in the words of a card, and what a list of choices says besides.
KINDS_OF_HELP = {
    "advocacy": ("somebody who speaks up for you", "advocacy"), "emotional-support": ("somebody who listens", "emotional support"),
    "practical-help": ("practical help", "with things that you need or must do"), "counselling": ("counselling", "talking with a counsellor or therapist"),
    "live-chat": ("live chat", "you write online, somebody answers"), "self-help": ("self-help", "things to do by yourself"),
    "restorative-justice": ("restorative justice", "telling the person who harmed you what it did"), "court": ("help with court", "before it and on the day"),
}
ROUTES = {"self": "You can get in touch yourself", "professional": "a professional can ask for you", "police": "the police can ask for you"}
ACCESS = (("interpreters", "interpreters"), ("bsl", "British Sign Language (BSL)"), ("text_relay", "text relay"), ("easy_read", "Easy Read"),
          ("step_free", "a step-free way in"))


def date(text):
    """"2026-11-22" -> "22 November 2026"; "2026-11" -> "November 2026"; "2026" -> "2026"."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) == 2 else month


def trust(checked, confirmed=None, is_amber=False):
    """How far a fact is to be trusted, in one line (safety requirement 46: what is not confirmed with the provider says so).

    `is_amber`: it is more than half a year old. Its colour must not be all that tells.
    """
    if confirmed:
        return f"Confirmed with them on {date(confirmed.date)}." + (" That is a while ago." if is_amber else "")
    if checked.confidence == "likely":
        return "Found in public lists. Not yet confirmed with them."
    when = f"Published {date(checked.date)}." if checked.date != UNKNOWN else "Published, date not known."
    return f"{when} Not yet confirmed with them."


def aged(since, is_last, is_crisis_line):
    """What a reader must know first of a listing that is a year old or more. Whoever rings a crisis line is not told to ask first."""
    if is_last:
        return f"We could not confirm this. What we know is from {date(since)}, so ask first."
    said = f"We have not been able to check this since {date(since)}."
    return said if is_crisis_line else f"{said} It may have changed, so ask first."


def listed(words, last="and"):
    """["a", "b", "c"] -> "a, b and c"."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text):
    """The text with a capital letter first and a full stop last."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."


def time(text):
    """"09:00" -> "9am"; "17:30" -> "5:30pm"; "12:00" -> "midday"; "24:00" -> "midnight"."""
    hour, minute = map(int, text.split(":"))
    if minute == 0 and hour in (0, 12, 24):
        return "midday" if hour == 12 else "midnight"
    clock = f"{(hour - 1) % 12 + 1}" + (f":{minute:02}" if minute else "")
    return clock + ("am" if hour < 12 else "pm")


def days(names):
    """Days of the week -> "Monday to Friday", "Tuesday and Thursday", "Every day"."""
    numbers = sorted(DAYS.index(name) for name in names)
    if len(numbers) == 7:
        return "Every day"
    names = [DAYS[number].capitalize() for number in numbers]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]} to {names[-1]}"
    return listed(names)


def hours(times):
    """Hours -> sentences for a reader, or "" where nothing is known."""
    if times is None:
        return ""
    said = ["24 hours a day, every day"] if times.open_24_hours else []
    said += [f"{days(row.days)}, {time(row.opens)} to {time(row.closes)}" for row in times.weekly]
    if times.note:
        said.append(times.note)
    if times.bank_holidays != UNKNOWN and not times.open_24_hours:
        said.append(f"{times.bank_holidays.capitalize()} on bank holidays")
    return " ".join(sentence(part) for part in said)


def who_for(service):
    """For whom a service is, in one or two sentences: the provider's own words where we have them."""
    if service.eligibility:
        return sentence(service.eligibility)
    people = service.who_for
    gender = GENDERS.get(people.gender, "")
    groups = listed(GROUPS[group] for group in people.groups) if people.groups else ""
    said = f"{gender}: {groups}" if gender and groups else gender or groups
    ages = age(people)
    said = f"{said}, {ages}" if said and ages else said or ages
    return sentence(said) if said else ""


def age(people):
    """Youngest and oldest age in words, or ""."""
    low, high = people.minimum_age, people.maximum_age
    if low and high:
        return f"aged {low} to {high}"
    if low:
        return f"aged {low} or over"
    return f"aged {high} or under" if high else ""


def kinds_of_help(service):
    """What kinds of help a service gives, in the order in which lists name them, or "" where nobody has told us."""
    said = [words for kind, (words, _) in KINDS_OF_HELP.items() if kind in service.kinds_of_help]
    return sentence(", ".join(said)) if said else ""


def by_and_for(service):
    """Whose own community runs the service, or ""."""
    groups = service.who_for.by_and_for
    return f"Run by and for {listed(GROUPS[group] for group in groups)}." if groups else ""


def on_contact(steps):
    """What happens when somebody gets in touch, in the order in which it happens."""
    return " ".join(sentence(step) for step in (steps.who_answers, steps.what_happens, steps.voicemail, steps.call_back, steps.police_told) if step)


def referral(service):
    """Who can make the first contact, in the entry's own words where it has some, or ""."""
    routes = [said for route, said in ROUTES.items() if route in service.referral_routes]
    return sentence(service.referral_note or listed(routes)) if service.referral_note or routes else ""


def access(service):
    """What is known about languages and access: (what there is, what there is not, what nobody has told us), each a list of names."""
    answers = [(getattr(service, name), said) for name, said in ACCESS]
    there = [f"{listed(service.languages)} spoken"] if service.languages else []
    there += [said for answer, said in answers if answer == "yes"]
    return there, [said for answer, said in answers if answer == "no"], [said for answer, said in answers if answer == UNKNOWN]


def interpreters(service):
    """What is known about interpreters, for somebody who speaks another language."""
    known = {"yes": "has interpreters. Say the name of your language.", "no": "has no interpreters."}
    return known.get(service.interpreters, "may have interpreters: we do not know yet. Say the name of your language and ask.")


NO_END = "We do not know until when."


def commissioned(contract, is_ahead=False):
    """Who pays, paid or will pay, and when: "Police and Crime Commissioner for Merseyside, 2018 to 2022."."""
    since, until = (date(text) if text and text != UNKNOWN else "" for text in (contract.since, contract.until))
    when = f", {since} to {until}" if since and until else f", {'from' if is_ahead else 'since'} {since}" if since else f", until {until}" if until else ""
    return f"{contract.by}{when}."


def website(address):
    """https://www.example.org/ -> example.org"""
    return address.removeprefix("https://").removeprefix("www.").split("/")[0]
