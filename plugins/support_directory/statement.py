"""The accessibility statement in the government's model form, from content/accessibility.yaml and the office of content/site.yaml.

The wording that regulation 8 of the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 and the model
statement ask for stands here and nowhere else. It is not to be put more simply: "This wording is legally required and must not be changed."
"""
import html
import re
from types import SimpleNamespace

from . import phone, wording

SLUG = "accessibility"
REGULATIONS = "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
ENFORCEMENT = (f"The Equality and Human Rights Commission (EHRC) is responsible for enforcing the {REGULATIONS} (the ‘accessibility regulations’). "
               "If you’re not happy with how we respond to your complaint,")
ENFORCEMENT_LINK = "contact the Equality Advisory and Support Service (EASS)"
STANDARD = "the Web Content Accessibility Guidelines version 2.2 AA standard"
NOT_ASSESSED, NOT_YET = "not assessed", "not yet"
NON_COMPLIANCE, BURDEN, OUTSIDE = "non-compliance", "disproportionate burden", "not within scope"
# The headings of the model, in its order.
CONTACT, PROCEDURE, TECHNICAL = "Feedback and contact information", "Enforcement procedure", "Technical information about this website’s accessibility"
STATUS, CONTENT, PREPARATION = "Compliance status", "Non-accessible content", "Preparation of this accessibility statement"
REASONS = {
    NON_COMPLIANCE: "Non-compliance with the accessibility regulations",
    BURDEN: "Disproportionate burden",
    OUTSIDE: "Content that’s not within the scope of the accessibility regulations",
    NOT_ASSESSED: "Limits that nobody has assessed yet",
}


def statement(accessibility, site):
    """Accessibility, Site -> what the template shows, and under `required` what the page must hold: (sentences, addresses of links)."""
    office = site.opcc
    told = SimpleNamespace(
        heading=f"Accessibility statement for {site.name}",
        scope=f"This accessibility statement applies to {accessibility.scope}.",
        run_by=f"This website is run by the {office.name}.",
        contact=CONTACT, procedure=PROCEDURE, technical=TECHNICAL, status=STATUS, content=CONTENT, preparation=PREPARATION,
        phone=office.phone, phone_link=phone.link(office.phone), email=office.email, address=office.address, answer=answer(accessibility.answer_within),
        enforcement=ENFORCEMENT, enforcement_link=ENFORCEMENT_LINK, enforcement_website=accessibility.enforcement.website,
        commitment=f"The {office.name} is committed to making its website accessible, in accordance with the {REGULATIONS}.",
        compliance=compliance(accessibility), own_tests=accessibility.own_tests, improving=accessibility.improving,
        sections=sections(accessibility.not_accessible), prepared=prepared(accessibility), tested=tested(accessibility.tested))
    sentences = (told.heading, told.scope, CONTACT, PROCEDURE, f"{ENFORCEMENT} {ENFORCEMENT_LINK}.", TECHNICAL, told.commitment, STATUS, told.compliance,
                 CONTENT, PREPARATION, told.prepared, told.tested)
    told.required = (sentences, (told.phone_link, told.enforcement_website))
    return told


def missing(required, page):
    """What the page, as HTML, lacks of what it must hold (`required` of a statement), as a list of texts."""
    sentences, links = required
    plain = _plain(re.sub("<[^>]+>", "", page))
    targets = set(map(html.unescape, re.findall('<a [^>]*?href="([^"]*)"', page)))
    return [sentence for sentence in sentences if _plain(sentence) not in plain] + [link for link in links if link not in targets]


def _plain(text):
    return " ".join(html.unescape(text).split())


def answer(within):
    """How soon the office answers, in a sentence."""
    return "We do not know yet how soon we can answer." if within == wording.UNKNOWN else f"We answer within {within}."


def compliance(accessibility):
    """How far the site complies, in the words of the model; where nobody has assessed it, that and no more."""
    state = accessibility.compliance
    if state == NOT_ASSESSED:
        return f"Nobody has assessed yet how far this website complies with {STANDARD}. So we do not say that it does."
    reasons = {item.reason for item in accessibility.not_accessible}
    kinds = ["non-compliances"] if NON_COMPLIANCE in reasons else []
    kinds += ["exemptions"] if reasons & {BURDEN, OUTSIDE} else []
    listed = " and ".join(kinds)
    if state == "partially compliant":
        return f"This website is partially compliant with {STANDARD}, due to the {listed} listed below."
    return f"This website is {state} with {STANDARD}." + (f" The {listed} are listed below." if state == "not compliant" else "")


def sections(items):
    """What is not accessible, by reason, as [(heading, [[sentence, ...], ...])]."""
    found = [(heading, [sentences(item) for item in items if item.reason == reason]) for reason, heading in REASONS.items()]
    return [row for row in found if row[1]]


def sentences(item):
    """One thing that is not accessible -> what it is, why, what to use instead, since when we know and when it will be mended."""
    said = [item.what, item.why]
    said.append(f"This fails WCAG 2.2 success criterion {item.criterion}." if item.criterion else "")
    said.append(f"You can use this instead: {item.instead}" if item.instead else "")
    said.append(f"We have known this since {wording.date(item.known_since)}." if item.known_since else "")
    if item.mend_by == wording.UNKNOWN:
        said.append("We do not know yet when we can change this.")
    elif item.mend_by:
        said.append(f"We plan to mend this by {wording.date(item.mend_by)}.")
    return [wording.sentence(part) for part in said if part]


def prepared(accessibility):
    """When the statement was prepared, reviewed, and is to be reviewed again."""
    reviewed = f"It was last reviewed on {wording.date(accessibility.reviewed)}." if accessibility.reviewed else "It has not been reviewed since."
    due = wording.date(accessibility.next_review)
    return f"This statement was prepared on {wording.date(accessibility.prepared)}. {reviewed} The next review is due by {due}."


def tested(test):
    """When people last tested the site, and who: or that nobody has."""
    if test.date == NOT_YET:
        return "No person has tested this website against the WCAG 2.2 AA standard yet."
    how = f" {wording.sentence(test.how)}" if test.how else ""
    return f"This website was last tested on {wording.date(test.date)} against the WCAG 2.2 AA standard. The test was carried out by {test.by}.{how}"
