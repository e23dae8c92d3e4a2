"""The engines that others make: axe-core and IBM's accessibility-checker-engine in the page, html-validate and the Nu checker on the files."""
import json
import re
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from . import faults, kinds, left_out, pages

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
NU = MODULES / "vnu-jar/build/dist/vnu.jar"
NAMES = {"axe": "axe-core", "ibm": "IBM", "html": "html-validate", "nu": "Nu", "own": "own checks"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Experimental rules that have proved themselves, and the one for targets, which is off unless it is asked for.
MORE_RULES = {rule: {"enabled": True} for rule in
              ("target-size", "css-orientation-lock", "label-content-name-mismatch", "p-as-heading", "td-has-header", "table-fake-caption")}


@lru_cache(maxsize=2)
def script(name):
    """The text of an engine's script."""
    return (MODULES / {"axe": "axe-core/axe.min.js", "ibm": "accessibility-checker-engine/ace-window.js"}[name]).read_text(encoding="utf-8")


def inject(page, name):
    """Puts an engine into a page, past its content security policy and without an element."""
    page.evaluate(script(name))


def axe(page, address, tools, only_colours=False, where=""):
    """Runs axe-core on a page that has it -> its faults. `tools` is the text of tools.js."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": ["cat.color"] if only_colours else TAGS}}
    options |= {} if only_colours else {"rules": MORE_RULES}
    found = page.evaluate(_AXE.replace("TOOLS", tools), options)
    for row in found:
        if left_out.reason("axe", f"{row['rule']}: {row['summary']}"):
            continue
        yield faults.in_page(kinds.kind_of("axe", row["rule"], row["tag"]), NAMES["axe"], address, _said(row["summary"]) + where, row, row["help"] + ".")


_AXE = """options => axe.run(document, {...options, elementRef: true}).then(({violations}) => {
    const {place} = (TOOLS)();
    const told = rule => node => ({rule: rule.id, help: rule.help, summary: node.failureSummary, ...place(node.element || document.documentElement)});
    return violations.flatMap(rule => rule.nodes.map(told(rule)));
})"""
_IBM = """() => new ace.Checker().check(document, ['IBM_Accessibility']).then(({results}) => {
    const {place} = (TOOLS)();
    const at = path => document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
    return results.filter(row => row.value[1] !== 'PASS').map(row => {
        const node = at(row.path.dom), element = node && node.nodeType === 1 ? node : document.documentElement;
        const labelled = element.labels && [...element.labels].some(label => label.textContent.trim());
        const message = row.message + (labelled ? ' (it has a <label>)' : '');
        return {rule: `${row.ruleId}/${row.reasonId}`, sure: row.value.join(' '), message, ...place(element)};
    });
})"""


def ibm(page, address, tools):
    """Runs IBM's engine on a page that has it -> its faults: what it is sure of, and what it suspects, but for what left_out.py names."""
    for row in page.evaluate(_IBM.replace("TOOLS", tools)):
        if left_out.reason("ibm", f"{row['rule']}: {row['message']}") or row["sure"].endswith("MANUAL"):
            continue
        kind = kinds.kind_of("ibm", row["rule"], row["tag"])
        yield faults.in_page(kind, NAMES["ibm"], address, row["message"], row, row["message"] + ".")


def _said(summary):
    """axe-core's lines as one sentence."""
    lines = [line.strip() for line in summary.splitlines() if line.strip() and not line.startswith("Fix ")]
    return "; ".join(lines)


def html_validate(folder, wanted):
    """Runs html-validate on files -> its faults."""
    files = {str(pages.file_of(folder, address)): address for address in wanted}
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryFile("w+", encoding="utf-8") as told:  # it ends before a long pipe is read
        settings = Path(place) / "settings.json"
        settings.write_text(json.dumps(left_out.HTML_SETTINGS), encoding="utf-8")
        command = ["node", str(MODULES / ".bin/html-validate"), "--config", str(settings), "-f", "json", *_fewer(folder, files)]
        answer = subprocess.run(command, stdout=told, stderr=subprocess.PIPE, text=True)
        told.seek(0)
        text = told.read()
    if answer.returncode not in (0, 1) or not text.startswith("["):
        raise RuntimeError(f"html-validate did not run: {answer.stderr or text}")
    for result in json.loads(text):
        address = files.get(str(Path(result["filePath"])))
        for row in result["messages"] if address else ():
            element = pages.read(pages.file_of(folder, address)).at(row["line"], row["column"])
            # Its place of a start tag is that of the name, one after the bracket.
            kind = kinds.kind_of("html", row["ruleId"], element.tag if element else "")
            at, message = (row["line"], row["column"]), row["message"]
            yield faults.in_file(kind, NAMES["html"], address, message, element, at, message + ".", row.get("selector") or "")


def nu(folder, wanted):
    """Runs the Nu checker on files -> its faults; None where there is no Java."""
    java = shutil.which("java")
    if not java:
        return None
    files = {pages.file_of(folder, address).resolve().as_uri(): address for address in wanted}
    options = ["--stdout", "--format", "json", "--exit-zero-always", "--skip-non-html"]
    command = [java, "-Xss4m", "-Xmx512m", "-jar", str(NU), *options, *_fewer(folder, files)]
    answer = subprocess.run(command, capture_output=True, text=True)
    if not answer.stdout.startswith("{"):
        raise RuntimeError(f"The Nu checker did not run: {answer.stderr or answer.stdout}")
    return list(_nu_faults(folder, {uri.replace("file:///", "file:/"): address for uri, address in files.items()}, json.loads(answer.stdout)["messages"]))


def _nu_faults(folder, files, messages):
    """The Nu checker's messages as faults: errors and warnings, but for what left_out.py names."""
    for row in messages:
        address = files.get(row["url"].replace("file:///", "file:/"))
        if not address or left_out.reason("nu", row["message"]):
            continue
        # A message names the end of a start tag, and its beginning where it knows it.
        line, column = row.get("firstLine", row.get("lastLine", 0)), row.get("firstColumn", row.get("lastColumn", 0))
        element = pages.read(pages.file_of(folder, address)).at(line, column) if line else None
        message = re.sub(r"\s+", " ", row["message"])
        yield faults.in_file(kinds.kind_of("nu", message, element.tag if element else ""), NAMES["nu"], address, message, element, (line, column), message)


def _fewer(folder, files):
    """The folder itself where all of its pages are wanted, or the files: a command line holds only so many."""
    return [str(folder)] if len(files) == len(pages.addresses(folder)) else [name.removeprefix("file://") for name in files]
