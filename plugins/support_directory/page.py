"""One page of the site, and the words that editors write in Markdown as safe HTML."""
import re
from dataclasses import dataclass, field
from types import SimpleNamespace

import markdown
import nh3
from markupsafe import Markup

from . import anchors

# What Markdown may become. Everything else is taken out.
TAGS = {"h2", "h3", "p", "ul", "ol", "li", "a", "strong", "em", "br", "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"https", "tel", "sms", "mailto"}
# `lang` for words of another language; ids so that a link can lead to a heading, but none that the page around the words has (theme/templates).
ATTRIBUTES = {"*": {"lang"}, "a": {"href"}, "h2": {"id"}, "h3": {"id"}}
# Browsers take two slashes, also as backslashes and behind what cannot be seen, for the beginning of another site.
WITHIN = re.compile(r"/$|/?[\w#.]")


@dataclass(frozen=True)
class Page:
    """One page: `content` is what the template of that name shows."""

    address: str
    template: str
    title: str
    heading: str
    description: str
    crumbs: tuple = ()
    content: SimpleNamespace = field(default_factory=SimpleNamespace)
    file: str = ""
    root: str | None = None

    @property
    def path(self):
        """The file that it is written to, relative to the output folder."""
        return self.file or self.address + "index.html"

    @property
    def to_root(self):
        """What to put before an address to reach it from this page: pages link relatively, so that a sub-path works too."""
        return "../" * self.path.count("/") if self.root is None else self.root


MARKDOWN = markdown.Markdown(extensions=["tables", "toc"], extension_configs={"toc": {"toc_depth": "2-3", "slugify": anchors.anchor}}, output_format="html")


def html(body, to_root):
    """Markdown -> Markup of the allowed tags only; root-relative links (/safety/) become relative to the page."""
    raw = MARKDOWN.reset().convert(body)
    return Markup(nh3.clean(raw, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_attribute, url_schemes=SCHEMES, link_rel="noreferrer",
                            url_relative=lambda address: _link_within(address, to_root)))


def _attribute(tag, name, value):
    """The value of an attribute, or None where it must go."""
    return None if name == "id" and value in anchors.TAKEN else value


def _link_within(address, to_root):
    """A link of a page of words within the site, relative to the page, or None where a browser would leave the site with it."""
    if not WITHIN.match(address):
        return None
    return to_root + (address[1:] or "./") if address.startswith("/") else address
