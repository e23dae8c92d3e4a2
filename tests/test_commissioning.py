"""Services by year: every figure stands with its meaning, the picture and the table say the same, and a provider's page tells its history."""
import re
from dataclasses import replace

import pytest
import yaml

from saltmarsh import ROOT, SCHEMA, TODAY
from support_directory import bars, cards, check, commissioning_pages, directory, hubs, pages

# Figures of the source documents that belong to commissioning: the year, the figure, words of what it means, words of its source.
FIGURES = [
    ("2015-16", "8 June 2015", "launched", "25 April 2017"), ("2015-16", "Six months", "research", "16/17"),
    ("2016-17", "March 2016", "second year", "16/17"), ("2016-17", "6", "Specialist services", "16/17"), ("2016-17", "5", "councils", "16/17"),
    ("2016-17", "24 hours", "hate crime", "16/17"), ("2016-17", "July 2016", "bereaved", "16/17"), ("2016-17", "August 2016", "opened", "16/17"),
    ("2016-17", "624", "People who used", "16/17"), ("2016-17", "78", "on average", "16/17"), ("2016-17", "3", "Trial projects", "16/17"),
    ("2016-17", "£75,000", "in total", "16/17"), ("2016-17", "As young as 10", "age", "16/17"), ("2016-17", "11 to 19", "MALS", "16/17"),
    ("2016-17", "50", "Professionals in Knowsley and Sefton", "16/17"), ("2016-17", "Nearly £11,000", "On one condition", "16/17"),
    ("2016-17", "20", "Sessions", "16/17"), ("2016-17", "Up to 700", "Young people", "16/17"),
    ("2017-18", "6", "Key services", "25 April 2017"), ("2017-18", "November 2016 to January 2017", "bid", "25 April 2017"),
    ("2017-18", "February 2017", "Panels", "25 April 2017"), ("2017-18", "1 April 2017", "started work", "25 April 2017"),
    ("2018-2022", "Three years", "paid for at a time", "merseysidepcc.info/36"), ("2018-2022", "March 2022", "longer", "otsnews.co.uk"),
    ("2018-2022", "2020/21", "gaps", "Police Oracle"), ("2018-2022", "5", "risk assessors", "page Victim Care Merseyside"),
    ("2018-2022", "5", "councils", "page Victim Care Merseyside"),
    ("since-2022", "3 October 2022", "opened", "Police Oracle"), ("since-2022", "17 November 2022", "officially launched", "Police Oracle"),
    ("since-2022", "15", "advisers and managers", "Police Oracle"), ("since-2022", "10", "Other independent services", "Police Oracle"),
    ("since-2022", "More than £2.5 million", "Catch22", "catch-22.org.uk"), ("since-2022", "2027 to 2032", "asked", "juiceliverpool"),
]


@pytest.fixture(scope="module")
def planned():
    """{address: page} of the project's own site."""
    entries, found = check.check(ROOT, SCHEMA, TODAY)
    assert found == []
    return {page.address: page for page in pages.plan(directory.build(entries, TODAY))}


@pytest.mark.parametrize(("year", "figure", "means", "source"), FIGURES)
def test_each_figure_stands_beside_what_it_means_with_its_source(planned, year, figure, means, source):
    """Exactly as it was published: "nearly" and "more than" stay."""
    figures = planned[f"commissioning/{year}/"].content.figures
    assert [row for row in dict(figures)[figure] if means in row.means and source in row.source], figures
    assert len(dict(figures)) == len(figures)


def test_the_picture_and_the_table_say_the_same(planned):
    """Each strand has as many bars as its cell has lines, with the same words."""
    content = planned["commissioning/"].content
    assert len(content.drawing.rows) == len(content.table) > 10
    for row, (strand, lines) in zip(content.drawing.rows, content.table, strict=True):
        assert " ".join(part.text for part in row.label) == strand
        assert sorted(" ".join(line.text for line in bar.lines) for bar in row.bars) == sorted(who for _, who in lines)


def test_each_bar_spans_the_years_that_its_line_names(planned):
    """Measured on the drawing: from the head of the first year that the table names to that of the last, and every year of every file is in both."""
    drawing, table = planned["commissioning/"].content.drawing, planned["commissioning/"].content.table
    heads = [head.text for head in drawing.heads]
    pictured = [(" ".join(part.text for part in row.label), " ".join(line.text for line in bar.lines), title) for row in drawing.rows for bar in row.bars
                for head, title in zip(drawing.heads, heads, strict=True) if bar.x <= head.x < bar.x + bar.width]
    in_words = [(strand, who, title) for strand, lines in table for when, who in lines for title in heads
                if title.casefold() in re.split(", | and ", when.casefold())]
    assert sorted(pictured) == sorted(in_words)
    files = [(service["strand"], title) for path in sorted((ROOT / "content/commissioning").glob("*.yaml")) for year in [yaml.safe_load(path.read_bytes())]
             for title in [year["title"]] for service in year["services"]]
    assert {(strand, title) for strand, _, title in pictured} == set(files)


def test_bars_never_lie_on_each_other(planned):
    """No bar covers another or leaves the drawing."""
    drawing = planned["commissioning/"].content.drawing
    bars = [bar for row in drawing.rows for bar in row.bars]
    for n, bar in enumerate(bars):
        assert bar.x + bar.width <= drawing.width and bar.y + bar.height <= drawing.height
        for other in bars[:n]:
            assert (bar.x + bar.width <= other.x or other.x + other.width <= bar.x or bar.y + bar.height <= other.y or other.y + other.height <= bar.y)


def test_a_bar_goes_on_while_the_same_organisation_does():
    """A bar over two years is twice as long, and bars that share no year stand in one line."""
    drawing = bars.drawing(["1", "2", "3"], [("Row", [("Same", 0, 1), ("Other", 1, 1), ("Again", 2, 2)])])
    first, again, other = drawing.rows[0].bars
    assert first.width > 1.9 * other.width and again.y == first.y and other.y > first.y


def test_what_is_not_known_is_said(good_directory):
    """A service without organisation, money or dates says so; a name without an entry is no link, and one with an entry leads there."""
    planner = pages.Planner(good_directory)
    by_address = {page.address: page for page in commissioning_pages.pages(planner)}
    helpline, talks = by_address["commissioning/2024-25/"].content.services
    rows = {label: (text, [(link.text, link.address) for link in links]) for label, text, links in talks.rows}
    assert rows["Delivered by"][1] == [("The Old Lamp of Saltmarsh", "providers/old-lamp/"), ("A school of the harbour", "")]
    assert rows["How much"][0] == "Nearly £2,000 for ten talks." and rows["Paid for by"][0] == "We do not know."
    assert rows["Where"][0] == "Anywhere in Saltmarsh."
    assert rows["When"][0] == "Until March 2025. We do not know since when."
    assert {label: text for label, text, _ in helpline.rows}["When"] == "April 2024 to March 2025."
    talks_now = by_address["commissioning/since-2025/"].content.services[1]
    assert {label: text for label, text, _ in talks_now.rows}["Delivered by"] == "We do not know."


def test_a_provider_has_its_history(good_directory):
    """What it was paid for, year by year, each year with a link."""
    planner = pages.Planner(good_directory)
    told = commissioning_pages.history(planner, planner.providers["harbour-advice"])
    assert [(link.text, link.address, names) for link, names in told] == [
        ("2024/25", "commissioning/2024-25/", "Harbour helpline"), ("Since 2025", "commissioning/since-2025/", "Harbour helpline")]
    assert commissioning_pages.history(planner, planner.providers["nightline"]) == []


@pytest.mark.parametrize(("text", "wrong"), [
    ('"The Hub", for bereaved families', False), ("Families Fighting for Justice opened the Hub.", False), ("The Hub helps everyone.", True),
    ('the "Hub" helped 624 people.', True), ("The Victim Care Merseyside hub is for everyone.", False), ("The hub opened in October.", False),
    ("Families Fighting for Justice ran the hub.", True), ("Wirral Domestic Abuse Hub", False), ("THE HUB", False),
    ("It is not the Victim Care Merseyside hub, but The Hub of Families Fighting for Justice.", False),
])
def test_two_things_of_nearly_one_name_are_told_apart(text, wrong):
    """The name of the one stands only beside words that say whose it is, and the small name never beside those words."""
    assert hubs.mistaken(text, "The Hub", ["bereaved", "Families Fighting for Justice"]) is wrong


@pytest.mark.parametrize(("contract", "said"), [
    ({"since": "2024", "until": "2027-03-31"}, "Paid for by the Office until 31 March 2027."),
    ({"since": "2024", "until": "2027-03"}, "Paid for by the Office until March 2027."),
    ({"since": "2024"}, "Paid for by the Office since 2024. We do not know until when."),
    ({"since": "2022-10-03", "until": "not known"}, "Paid for by the Office since 3 October 2022. We do not know until when."),
    ({"since": "not known"}, "Paid for by the Office. We do not know until when."), ({}, "Paid for by the Office. We do not know until when."),
    ({"since": "2024", "until": "2025"}, ""), ({"since": "2027", "until": "2028"}, ""), ({"since": "2027"}, ""),
])
def test_a_listing_says_who_pays_until_when(good_directory, contract, said):
    """Only while the contract runs: what has ended or has not begun is not said. Where the end is not known, that is said."""
    listing = good_directory.every_listing[0]
    service = replace(listing.service, commissioned=(directory.Commissioned("Office", **contract),))
    assert cards.card(replace(listing, service=service), TODAY).paid == said


def test_of_several_contracts_the_one_that_is_known_to_run_longest_is_said(good_directory):
    """A known end says more than "since": the listing names the last day that somebody is sure to pay."""
    listing = good_directory.every_listing[0]
    contracts = (directory.Commissioned("Fund", since="2020"), directory.Commissioned("Office", since="2024", until="2027"),
                 directory.Commissioned("Council", since="2024", until="2028-03"))
    assert cards.paid(replace(listing.service, commissioned=contracts), TODAY) == "Paid for by the Council until March 2028."


def test_the_page_of_a_provider_says_too_that_the_end_is_not_known(good_directory):
    """The row of who pays says so, and the row of who paid, whose end is known, does not."""
    service = replace(good_directory.every_listing[0].service, commissioned=(
        directory.Commissioned("Office", since="2024"), directory.Commissioned("Council", since="2018", until="2022")))
    assert [(label, said) for label, said, _ in pages.Planner(replace(good_directory, today=TODAY)).paid_for(service) if said] == [
        ("Paid for by", "Office, since 2024. We do not know until when."), ("Was paid for by", "Council, 2018 to 2022.")]
