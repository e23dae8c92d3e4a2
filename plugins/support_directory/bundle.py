"""Our JavaScript modules as one classic script: from file:// a browser runs no modules, but it does run a script that stands in the page.

Each module becomes a function that runs once, when it is first asked for, and gives back its exports. Only the forms of import and export that
the modules in theme/static/js use are known; any other is refused, so that nothing is put into the script that means something else there.
"""
import re

FROM = re.compile(r'import \{([^}]*)\} from "\./([\w-]+)\.js";?')
FOR_ITS_WORK = re.compile(r'import "\./([\w-]+)\.js";?')
LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
EXPORT = re.compile(r"^export (?=(?:async )?function (\w+)|const (\w+) ?=)", re.MULTILINE)
RENAMED = re.compile(r"\bas\b")
UNKNOWN = re.compile(r"^\s*(?:import\b(?!\()|export\b).*|\bimport\.meta.*|\bimport\((?!\"\./).*|</script.*", re.MULTILINE | re.IGNORECASE)
# Imports must stand at the beginning of a line. What `need` gives is bound before the rest of the module runs, as imports are.
WHOLE = """(() => {{
"use strict";
const made = {{}};
const modules = {{
{modules}
}};
const need = (name) => (made[name] ||= modules[name]());
need("{first}");
}})();
"""


def classic(modules, first):
    """{name: text of the module} and the name of the one to start with -> one classic script of all that it needs.

    ValueError: a module is not there, modules need each other in a circle, or one is written in a form that is not known here.
    """
    found = {}
    _collect(modules, first, (), found)
    texts = (f'"{name}"() {{\n{text}\nreturn {{ {", ".join(exports)} }};\n}},' for name, (text, exports) in found.items())
    return WHOLE.format(modules="\n".join(texts), first=first)


def _collect(modules, name, above, found, asked_by="the page"):
    """Puts a module and all that it needs into `found`, what is needed first; `above`: the modules that led here."""
    if name in above:
        raise ValueError(f"{' needs '.join([*above[above.index(name):], name])}: modules must not need each other in a circle")
    if name in found:
        return
    if name not in modules:
        raise ValueError(f"{above[-1] if above else asked_by} needs {name}.js, which is not there")
    text = modules[name]
    now = [*(match[2] for match in FROM.finditer(text)), *FOR_ITS_WORK.findall(text)]
    for other in now:
        _collect(modules, other, (*above, name), found)
    found[name] = _as_function(name, text)
    for other in LATER.findall(text):
        if other not in (*above, name):
            _collect(modules, other, (), found, asked_by=name)


def _as_function(name, text):
    """A module's text -> (the body of its function, the names that it exports)."""
    exports = [one or other for one, other in EXPORT.findall(text)]
    body = FROM.sub(_bound, text)
    body = FOR_ITS_WORK.sub(r'need("\1");', body)
    body = LATER.sub(r'Promise.resolve().then(() => need("\1"))', body)
    body = EXPORT.sub("", body)
    unknown = UNKNOWN.search(body)
    if unknown:
        line = body.count("\n", 0, unknown.start() + len(unknown[0]) - len(unknown[0].lstrip())) + 1
        raise ValueError(f"{name}.js, line {line}: {unknown[0].strip()[:80]!r} cannot be put into one script. bundle.py says which forms can")
    return body, exports


def _bound(match):
    if RENAMED.search(match[1]):
        return match[0]  # refused: a name that changes on its way
    return f'const {{{match[1]}}} = need("{match[2]}");'
