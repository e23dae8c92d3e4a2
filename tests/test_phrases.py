"""What no website can promise stands nowhere: not on a page, not in what a script says, not in an entry (safety requirement 6)."""
import ast
import html
import json
import re
import subprocess
import sys

import pytest
import rjsmin

from saltmarsh import ROOT
from support_directory import promises, values

# One sentence for each way to promise too much. Every pattern of promises.py must be what catches at least one of them.
PLANTED = """
Clear your tracks with one press.
This will erase all traces of your visit.
It covers up your digital footprint.
Our site leaves no trace.
You can read this without leaving a trace.
No trace remains.
A call will not show on your bill.
It won’t appear on your phone bill.
Calls are never listed on your bank statement.
This call is not on your bill.
You are never in any phone history.
The number never appears on anything.
Your call is untraceable.
It is undetectable.
You cannot be traced.
Calls can’t be tracked.
There is no way to be found out.
It is impossible to trace a call.
Nobody can see what you read.
No one will ever know.
You can get help without anyone knowing.
This service is completely safe.
What you say is 100% confidential.
You stay totally anonymous.
Everything is always private.
We promise complete privacy.
We guarantee your safety.
It is risk-free.
This site is anonymous.
The site keeps you safe.
Browse this site anonymously.
Your visit stays private.
You are safe on this site.
You are invisible here.
The button hides your visit.
Hide your search.
The button clears your browser history.
It removes all the addresses.
Nothing is left on your phone.
Nothing stays in your browser.
Private browsing keeps you hidden.
An incognito window means that you are on your own.
The copy is permanently deleted.
It was completely removed.
""".strip().splitlines()
# What is true, and near enough to be caught by mistake.
ALLOWED = """
Free to call. Not normally on an itemised bill. Stays in the phone’s list of calls.
Numbers that begin with 0800, 0808 or 116 are normally not on itemised bills. Other numbers can be.
Do not clear everything at once. Somebody may notice, and ask why.
No button on a website can remove these.
This site stores nothing on your device unless you ask it to.
What you type in the search stays on your device. It is not sent to us or to anybody.
You can be anonymous. They do not ask your name.
You can tell Crimestoppers anonymously, and they do not trace calls.
Stay safe on this site.
You can go to a safe place.
The hearing is not always private.
We have removed the saved copy. Then we looked again.
Your browser may keep copies of pages that you opened.
They are confidential: they tell others only where somebody is in danger.
The police can trace a call to 999.
A message is not completely safe.
""".strip().splitlines()
INLINE = re.compile(r"</?(?:a|abbr|b|em|i|span|strong|small|mark|num)\b[^>]*>")
SAID_BY_A_TAG = re.compile(r'\b(?:content|alt|aria-label|title|placeholder|value)="([^"]*)"')
TEXTS = {".html", ".js", ".json", ".css", ".svg", ".xml", ".txt"}
# Python files that readers' words come from; problems.py speaks to editors, promises.py holds the patterns.
NOT_FOR_READERS = {"promises.py", "problems.py"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Both sites, built -> their folders."""
    folders = []
    for site in (ROOT, ROOT / "tests/good"):
        output = tmp_path_factory.mktemp("built") / "output"
        subprocess.run([sys.executable, ROOT / "scripts/build.py", "--site", site, "--output", output, "--date", "2026-11-25"], check=True, capture_output=True)
        folders.append(output)
    return folders


def words_of_html(text):
    """Every word of a page: what is seen, what a screen reader says, and what stands in its scripts; blocks are kept apart."""
    seen = re.sub(r"<[^>]+>", "\n.\n", INLINE.sub("", text))
    return html.unescape(" . ".join([seen, *SAID_BY_A_TAG.findall(text)]))


def words(path):
    """Every word of a file that a reader may get to see."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".html", ".svg", ".xml"):
        return words_of_html(text)
    if path.suffix == ".json":
        return "\n.\n".join(said for _, said in values.all_texts(json.loads(text)))
    if path.suffix == ".js":  # sentences that a script puts together from pieces
        return re.sub(r"['\"`]\s*\+\s*['\"`]", "", rjsmin.jsmin(text))
    if path.suffix == ".py":
        return "\n.\n".join(strings(ast.parse(text)))
    return text


def strings(tree):
    """Every text in Python code that is not there for developers, as docstrings are."""
    told = {node.body[0].value for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told]


def promised(paths):
    """Files -> every promise in them that nobody can keep, a line each."""
    return [f"{path.name}: {found} ({why})" for path in paths for _, found, why in promises.untrue(words(path))]


def files_of(folder):
    """Every file of text below a folder, but for libraries."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in TEXTS and "vendor" not in path.parts]


def test_both_built_sites_promise_nothing_untrue(built):
    """Every page, every list of the search, every script and, where there is one, the file to carry: of both sites."""
    for folder in built:
        paths = files_of(folder)
        assert {".html", ".json", ".js"} <= {path.suffix for path in paths} and len(paths) > 50
        assert promised(paths) == []


def test_the_sources_promise_nothing_untrue():
    """Templates, scripts and the words in our code, also where no page shows them today."""
    paths = [*files_of(ROOT / "theme"), *(path for path in sorted((ROOT / "plugins/support_directory").glob("*.py")) if path.name not in NOT_FOR_READERS)]
    assert len(paths) > 60 and promised(paths) == []


@pytest.mark.parametrize("sentence", PLANTED)
def test_a_promise_that_nobody_can_keep_is_found(sentence, tmp_path):
    """Each is found as it stands, in the middle of a page with marks around its words, in a script and in a list of the search."""
    assert promises.untrue(sentence)
    page = tmp_path / "index.html"
    page.write_text(f"<p>Words before. {sentence.replace(' ', ' <b>', 1)}</b></p>\n<p>After.</p>", encoding="utf-8")
    script = tmp_path / "it.js"
    script.write_text(f"const words = '{sentence[:8]}' +\n    '{sentence[8:]}';", encoding="utf-8")
    listed = tmp_path / "it.json"
    listed.write_text(json.dumps({"texts": [["burglary", sentence]]}), encoding="utf-8")
    for path in (page, script, listed):
        assert promised([path]), path.name


@pytest.mark.parametrize("pattern", promises.PATTERNS)
def test_every_pattern_is_needed(pattern):
    """Each pattern catches a sentence that would come through without it, each way that it offers its own."""
    number = list(promises.PATTERNS).index(pattern)
    caught = [sentence for sentence in PLANTED if promises.COMPILED[number][0].search(sentence)]
    others = [compiled for n, (compiled, _) in enumerate(promises.COMPILED) if n != number]
    assert [sentence for sentence in caught if not any(other.search(sentence) for other in others)]


@pytest.mark.parametrize("sentence", ALLOWED)
def test_what_is_true_may_be_said(sentence):
    """Sentences that say what stays are not taken for promises."""
    assert promises.untrue(sentence) == []


def test_a_promise_across_lines_and_stars_is_found():
    """In Markdown, where a line ends between two words and some are bold."""
    assert promises.untrue("It leaves **no**\ntrace.") and promises.untrue("It clears\n  your *tracks*.")
