"""How the service is doing: every figure stands beside what it means, and the chart, the table and the CSV of a period say the same."""
import csv
import html
import io
import re
import shutil
import xml.etree.ElementTree as ET
from dataclasses import replace
from types import SimpleNamespace

import pytest
import yaml

from browser_tools import build
from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import chart, check, measures, pages, performance, performance_pages

CASES = yaml.safe_load((ROOT / "tests/cases/figures.yaml").read_text(encoding="utf-8"))
WORDS_BEFORE = ("more than", "nearly", "about", "up to", "over", "at least")
# Parts of a page in which a figure, its meaning and its source stand together.
PARTS = re.compile(r"<tr\b.*?</tr>|<li\b.*?</li>|<div><dt>.*?</div>|<p\b.*?</p>", re.DOTALL)
CHART = re.compile(r'<svg class="chart".*?</svg>', re.DOTALL)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The project's own site and the made-up force, built."""
    folder = tmp_path_factory.mktemp("performance")
    return {"real": build(ROOT, folder / "real", "2026-11-29"), "good": build(GOOD, folder / "good")}


@pytest.fixture(scope="module")
def rows(outputs):
    """Each row of a table, item of a list and paragraph below /performance/ and /commissioning/, as text."""
    files = [path for room in ("performance", "commissioning") for path in sorted((outputs["real"] / room).rglob("*.html"))]
    return [row for path in files for row in rows_of(path.read_text(encoding="utf-8"))]


def rows_of(text):
    """The parts of a page, without their tags."""
    return [words(part) for part in PARTS.findall(text)]


def words(part):
    """A piece of HTML as the words that it shows."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", part)).split())


def shows(row, figure):
    """Whether a row shows a figure, whole and with no other word before it: "788" is not shown by "more than 788" nor by "1,788"."""
    pattern = rf"(?<![\w£])(?<!\d[,.]){re.escape(figure.casefold())}(?![\w£]|[,.]\d)"
    is_bare = not figure.casefold().startswith(WORDS_BEFORE)
    found = re.search(pattern, row.casefold())
    return bool(found) and not (is_bare and row.casefold()[:found.start()].rstrip().endswith(WORDS_BEFORE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['figure']}: {case['means'][0]}"[:50])
def test_each_figure_stands_beside_what_it_means_with_its_source(rows, case):
    """Wherever the meaning stands, the figure stands, the same everywhere; and its source stands with it."""
    for means in case["means"]:
        found = [row for row in rows if means.casefold() in row.casefold()]
        assert [row for row in found if not shows(row, case["figure"])] == []
        assert [row for row in found if case["source"] in row], (means, found)


@pytest.mark.parametrize(("row", "figure", "is_shown"), [
    ("Have a care plan 788", "788", True), ("Have a care plan more than 788", "788", False), ("A plan 1,788", "788", False),
    ("More than 6,570", "more than 6,570", True), ("6,570 people", "more than 6,570", False),
    ("£75,000 in total", "75,000", False), ("78.5 a month", "78", False), ("In 2016/17.", "2016/17", True),
])
def test_a_figure_is_looked_for_whole(row, figure, is_shown):
    """The test above would see another figure, or another word before it."""
    assert shows(row, figure) is is_shown


# ---- the chart, the table, the CSV

def read_csv(path):
    """The rows of a CSV file, each a dict."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def in_words(row):
    """How the number of a row of the CSV is said."""
    if not row["value"].isdigit():
        return row["value"]
    digits = f"£{int(row['value']) // 1_000_000} million" if row["unit"] == "pounds" else f"{int(row['value']):,}"
    return f"{row['qualifier']} {digits}".strip()


def tables(text):
    """{label: number} of the tables of a page; what stands below a label in its cell is left out."""
    found = {}
    for label, said in re.findall(r'<th scope="row">(.*?)</th><td class="n">(.*?)</td>', text, re.DOTALL):
        found[words(label.partition("<div>")[0])] = words(said)
    return found


def drawn(text):
    """The chart of a page -> (its text alternative, [(label, how its number is said, number, length of its bar)]), or None."""
    found = CHART.search(text)
    if not found:
        return None
    svg = ET.fromstring(found.group())
    assert svg.get("role") == "img" and {inner.tag for inner in svg.iter()} == {"svg", "text", "path"}
    labels, bars = svg.findall("text")[::2], zip(svg.findall("path"), svg.findall("text")[1::2], strict=True)
    return svg.get("aria-label"), [(label.text, said.text, int(said.get("data-number")), float(re.search(r"L([\d.]+)", bar.get("d"))[1]))
                                   for label, (bar, said) in zip(labels, bars, strict=True)]


@pytest.mark.parametrize("site", ["real", "good"])
def test_the_chart_the_table_and_the_csv_say_the_same(outputs, site):
    """For every period: each number of the CSV stands in the table, each bar is a number of both, as long as it should be, and is said in words."""
    folder, charts = outputs[site] / "performance", 0
    for path in sorted(folder.glob("*/figures.csv")):
        page = (path.parent / "index.html").read_text(encoding="utf-8")
        table = {row["label"]: in_words(row) for row in read_csv(path)}
        assert {label: said.casefold() for label, said in tables(page).items()} == table
        charts += compare(drawn(page), table)
    assert charts


@pytest.mark.parametrize("site", ["real", "good"])
def test_the_chart_of_all_periods_has_the_numbers_of_its_table(outputs, site):
    """The first page's chart and table say the same, and the CSV of all periods has every row of the others, and no more."""
    folder = outputs[site] / "performance"
    page = (folder / "index.html").read_text(encoding="utf-8")
    table = {label: said.casefold() for label, said in tables(page).items()}
    assert compare(drawn(page), table)
    each = [row for path in folder.glob("*/figures.csv") for row in read_csv(path)]
    assert set(table.values()) <= set(map(in_words, each))
    assert sorted(map(str, each)) == sorted(map(str, read_csv(folder / "figures.csv"))) != []


def compare(chart_of, table):
    """Holds a chart against the numbers of a table -> how many charts there were."""
    if not chart_of:
        return 0
    alternative, bars = chart_of
    longest = max(bars, key=lambda bar: bar[2])
    for label, said, number, length in bars:
        assert table[label] == said and f"{label}: {said}" in alternative
        assert f"{number:,}" in said
        assert length == pytest.approx(max(longest[3] * number / longest[2], chart.SHORTEST), abs=0.1)
    return 1


def test_the_csv_of_a_period_has_its_dates_and_its_sources(outputs):
    """Whoever works with the numbers has what they mean, when they count and who says so beside them; notes for editors are not there."""
    row, *_ = read_csv(outputs["good"] / "performance/2025-26-q2/figures.csv")
    assert row == {"period": "2025-26-q2", "from": "2025-07-01", "to": "2025-09-30", "figure": "people-supported", "label": "People supported", "value": "1200",
                   "at_least": "yes", "counts": "People who got help from the hub", "source": "https://opcc.saltmarsh.example.org/report-q2",
                   "checked_date": "2025-10-14", "unit": "people", "qualifier": "more than", "of_whom": "", "confidence": "likely"}
    assert "secret" not in (outputs["good"] / "performance/figures.csv").read_text(encoding="utf-8")


def test_no_cell_of_the_csv_is_a_formula(good_directory):
    """What a spreadsheet would work out begins with an apostrophe: somebody's text never acts on the computer of whoever opens the file."""
    period = good_directory.performance[0]
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "  =HYPERLINK(1)", "\t=1"]
    figures = tuple(replace(period.figures[0], slug=f"m{n}", label=text, counts=text, checked=replace(period.figures[0].checked, source=text))
                    for n, text in enumerate(texts))
    planner = pages.Planner(replace(good_directory, performance=(replace(period, figures=figures),)))
    files = performance_pages.files(planner.directory, performance_pages.pages(planner), "")
    assert len(files) == 2
    for text in files.values():
        for row, typed in zip(csv.DictReader(io.StringIO(text, newline="")), texts, strict=True):
            assert (row["label"], row["counts"], row["source"], row["value"]) == (f"'{typed}",) * 3 + ("1200",)


# ---- what is drawn and compared

def test_a_bar_is_as_long_as_its_number():
    """All bars begin at nought and have one scale; an open end is a point; a small number can still be seen."""
    drawing = chart.bars([("Many", 1000, "more than 1,000", True), ("Half", 500, "500", False), ("One", 1, "1", False)])
    lengths = [float(re.match(r"M0 \d+L([\d.]+)", bar.shape)[1]) for bar in drawing.bars]
    assert lengths[0] == chart.WIDTH - chart.POINT and lengths[1] == lengths[0] / 2 and lengths[2] == chart.SHORTEST
    assert [bar.shape.count("L") for bar in drawing.bars] == [4, 3, 3]
    assert drawing.says == "Many: more than 1,000. Half: 500. One: 1"


def test_only_what_can_be_compared_is_compared(good_directory):
    """Over time stands one measure, of one unit, over periods of one length; one period alone is no comparison."""
    newer, older = good_directory.performance
    assert [(period.slug, figure.number) for period, figure in performance.compared([newer, older])] == [("2025-26-q1", 410), ("2025-26-q2", 1200)]
    assert performance.compared([newer]) == performance.compared([newer, replace(older, until="2026-03-31")]) == []
    other = replace(older, figures=(replace(older.figures[0], unit="calls"),))
    assert performance.compared([newer, other]) == []
    assert [figure.slug for figure in performance.charted(newer)] == ["people-supported", "care-plans"] and performance.charted(older) == ()


def figure(**fields):
    """A figure of which only some fields matter."""
    return performance.Figure("a", "A", **({"value": "1", "unit": "people", "counts": "A", "checked": None} | fields))


@pytest.mark.parametrize(("fields", "said"), [
    ({"value": "6570", "qualifier": "more than"}, "more than 6,570"), ({"value": "788"}, "788"), ({"value": "not published"}, "not published"),
    ({"value": "3000000", "unit": "pounds"}, "£3 million"), ({"value": "2500000", "unit": "pounds"}, "£2,500,000"),
    ({"value": "10999", "unit": "pounds", "qualifier": "nearly"}, "nearly £10,999"), ({"value": "2000000"}, "2,000,000"),
])
def test_a_number_is_said_as_it_was_published(fields, said):
    """The word before it stays, and a number that was not published is none."""
    assert figure(**fields).said == said


@pytest.mark.parametrize(("since", "until", "name"), [
    ("2016-04-01", "2017-03-31", "2016-17"), ("2016-04", "2017-03", "2016-17"), ("2016-07", "2016-09", "2016-17-q2"),
    ("2017-01-01", "2017-03-31", "2016-17-q4"), ("1999-04", "2000-03", "1999-00"), ("2022-10-03", "2022-11-17", "2022-10-03-to-2022-11-17"),
    ("2022-10", "2023-09", "2022-10-to-2023-09"),
    ("2022", "2023", None), ("2022-13", "2023-01", None), ("not known", "2023-01", None),
])
def test_a_file_is_named_after_its_period(since, until, name):
    """A year from April to March and its quarters have short names; any other period is named by its dates."""
    assert measures.name_of(since, until) == name


def test_a_site_without_figures_has_no_pages_of_them(good_directory):
    """No page, no file, no link at the foot; with words about monitoring alone, there is a page that leads to them."""
    without = replace(good_directory, performance=(), monitoring=None)
    assert performance_pages.pages(SimpleNamespace(directory=without)) == performance_pages.links(without) == []
    planner = pages.Planner(replace(good_directory, performance=()))
    planned = performance_pages.pages(planner)
    assert [page.address for page in planned] == ["performance/", "performance/monitoring/"]
    assert performance_pages.files(planner.directory, planned, "") == {}


def test_the_example_for_editors_is_right(tmp_path):
    """Somebody who copies the example of docs/performance.md has a file without a problem, under the name that the paper says."""
    site = shutil.copytree(GOOD, tmp_path / "site")
    paper = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
    example, = re.findall(r"```yaml\n(.*?)```", paper, re.DOTALL)
    assert "`2026-27-q2.yaml`" in paper
    (site / "content/performance/2026-27-q2.yaml").write_text(example, encoding="utf-8")
    assert check.check(site, SCHEMA, TODAY)[1] == []
