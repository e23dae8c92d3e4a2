"""Web addresses of the entries: where each stands, whether its website still answers, and since when it has not.

Asking is polite: one request at a time to a website, a pause between two, a name that says what asks. Nothing is changed because of an answer:
an address that has failed in three weeks becomes a task for an editor.
"""
import concurrent.futures
import contextlib
import datetime
import http.client
import json
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from . import problems, values

AGENT = "link-check/1.0 (a directory of help for victims of crime sees whether its links still work, once a week)"
ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]\x00-\x20\x7f]+")
WEEKS = 3  # so many weeks in which an address failed make a task
MOST_REDIRECTS, MOST_BYTES = 10, 5_000_000
MOST_ROWS = 100  # of one part of the report; an issue on GitHub holds 65,536 characters
FEWEST_HOSTS = 5  # from so many websites on, most of them silent at once means that our own network is at fault
WORKS, MOVED, REFUSES, FAILS = "works", "moved", "refuses", "fails"
REFUSING = {401, 403, 405, 406, 429, 451}  # a website that is there, and does not like to be asked by a program
NO_ISSUER = {20, 21}  # what OpenSSL says where a website leaves out the certificates between its own and a known one
PASSING = {429, 500, 502, 503, 504}  # answers that may be others a minute later

NO_PAGE = "The page is not there"
FAULT = "The website has a fault"
ERROR = "The website answers with an error"
REFUSED = "The website is there, and does not answer programs"
NO_NAME = "There is no website of that name."
NO_ANSWER = "The website does not answer."
TOO_SLOW = "The website does not answer in time."
NOT_TRUSTED = "A browser warns people before it opens this website: its certificate is not right."
HALF_TRUSTED = "A part of the website's certificate is missing, which browsers can often find by themselves."
NO_WEBSITE = "What answers is no website."
CIRCLE = "The address leads from one to the next and never to a page."
NOWHERE = "The address leads to something that is no web address."


class Place(NamedTuple):
    """Where an address stands. `for_readers`: whether the site shows it; the others are the sources of what it shows."""

    file: str
    line: int
    field: str
    for_readers: bool


class Answer(NamedTuple):
    """What asking an address came to: WORKS, MOVED (then `target` is where it leads), REFUSES or FAILS, and why in a sentence."""

    state: str
    why: str = ""
    target: str = ""
    passing: bool = False  # whether asking again may help
    network: bool = False  # whether nobody answered at all


class Unanswered(Exception):
    """A page that could not be fetched; `status` is what the website answered, or None where nobody did."""

    def __init__(self, why, status=None):
        super().__init__(why)
        self.status = status


class Failing(NamedTuple):
    """What is remembered of an address that fails: since which day, in how many weeks, and the last day."""

    since: datetime.date
    weeks: int
    last: datetime.date


# ---- where they stand

def found(entries):
    """Entries -> {address: [Place]}, each without what follows a #, in the order of the entries. Editors' notes are left out."""
    places = {}
    for entry in entries:
        for path, text in entry.texts:
            for_readers = values.readers_see(path)
            if not for_readers and path[-1] != "source":
                continue
            line = entry.places[path][0]
            for start, address in _in_text(text):
                # Only a page's words are read line by line; any other value is one place.
                at = line + text[:start].count("\n") if path == ("body",) else line
                places.setdefault(urldefrag(address)[0], []).append(Place(entry.path, at, problems.field_name(path), for_readers))
    return places


def _in_text(text):
    """Every address in a text, as (where it starts, address)."""
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?*")
        while address.endswith(")") and address.count(")") > address.count("("):  # of the sentence, or of Markdown
            address = address[:-1].rstrip(".,;:!?*")
        if _host(address):
            yield match.start(), address


def _host(address):
    """The host of an address, in small letters, or "" where it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


# ---- asking

@dataclass
class Manners:
    """How websites are asked. Times are in seconds. `sleep` and `clock` are time's own, but in tests."""

    timeout: float = 20
    longest: float = 60  # for one request as a whole: a website that sends a letter now and then would never time out
    pause: float = 2
    waits: tuple = (10, 60)  # before the second and the third try
    at_once: int = 24  # websites
    sleep: object = time.sleep
    clock: object = time.monotonic
    _turns: dict = field(default_factory=dict)
    _lock: object = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def turn(self, host):
        """Waits until nobody else asks this host, and until the pause since the last request is over."""
        with self._lock:
            turn = self._turns.setdefault(host, {"lock": threading.Lock(), "free": self.clock()})
        with turn["lock"]:
            rest = turn["free"] - self.clock()
            if rest > 0:
                self.sleep(rest)
            try:
                yield
            finally:
                turn["free"] = self.clock() + self.pause


def ask_all(addresses, manners):
    """Addresses -> {address: Answer}, websites at the same time, the addresses of one website after each other."""
    by_host = {}
    for address in addresses:
        by_host.setdefault(_host(address), []).append(address)
    answers = {}
    with concurrent.futures.ThreadPoolExecutor(manners.at_once) as pool:
        for rows in pool.map(lambda some: [(address, ask(address, manners)) for address in some], by_host.values()):
            answers |= dict(rows)
    return {address: answers[address] for address in addresses}


def ask(address, manners):
    """One address -> Answer. HEAD first, which is light; GET where HEAD brings no page; again after a wait where that may help."""
    for wait in (*manners.waits, None):
        answer = _asked("HEAD", address, manners)
        if answer.state in (REFUSES, FAILS):
            answer = _asked("GET", address, manners)
        if wait is None or not answer.passing:
            break
        manners.sleep(wait)
    return answer


def fetch(address, manners):
    """The bytes of one page, at most MOST_BYTES of them. Unanswered: there are none; asked again as in `ask`."""
    for wait in (*manners.waits, None):
        status, _, content = None, address, b""
        try:
            status, _, content = _follow("GET", address, manners)
            answer = _of_status(status)
        except _Trouble as trouble:
            answer = trouble.answer
        if answer.state == WORKS:
            return content
        if wait is None or not answer.passing:
            break
        manners.sleep(wait)
    raise Unanswered(answer.why, status)


class _Trouble(Exception):
    def __init__(self, why, passing=False, network=False, state=FAILS):
        super().__init__(why)
        self.answer = Answer(state, why, passing=passing, network=network)


def _asked(method, address, manners):
    try:
        status, target, _ = _follow(method, address, manners)
    except _Trouble as trouble:
        return trouble.answer
    answer = _of_status(status)
    return Answer(MOVED, target=target) if answer.state == WORKS and _elsewhere(address, target) else answer


def _of_status(status):
    """What the number means that a website answers with."""
    if 200 <= status < 300:
        return Answer(WORKS)
    passing = status in PASSING
    if status in REFUSING:
        return Answer(REFUSES, f"{REFUSED} ({status}).", passing=passing)
    what = NO_PAGE if status in (404, 410) else FAULT if status >= 500 else ERROR
    return Answer(FAILS, f"{what} ({status}).", passing=passing)


def _elsewhere(address, target):
    """Whether an address leads to another website, or to one that others can read along (http). With or without www. is the same."""
    hosts = {_host(one).removeprefix("www.") for one in (address, target)}
    return len(hosts) > 1 or (address.startswith("https:") and not target.startswith("https:"))


def _follow(method, address, manners):
    """Asks, and goes where it is sent -> (status, the last address, the content where the method is GET). _Trouble: nothing is there."""
    for _ in range(MOST_REDIRECTS + 1):
        status, location, content = _request(method, address, manners)
        if status not in (301, 302, 303, 307, 308) or not location:
            return status, address, content
        try:
            address = urldefrag(urljoin(address, location.strip()))[0]
        except ValueError:
            raise _Trouble(NOWHERE) from None
        if not address.startswith(("https://", "http://")) or not _host(address):
            raise _Trouble(NOWHERE)
        address = quote(address, safe=":/?#@!$&'()*+,;=%~-._")
    raise _Trouble(CIRCLE)


def _request(method, address, manners):
    """One request -> (status, where it sends, content). _Trouble: no answer."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname.encode("idna").decode(), parts.port
    except ValueError:  # UnicodeError is one
        raise _Trouble(NO_NAME) from None
    target = quote(parts.path or "/", safe="/:@!$&'()*+,;=%~-._") + (f"?{quote(parts.query, safe='/?:@!$&()*+,;=%~-._')}" if parts.query else "")
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = connect(host, port, timeout=manners.timeout)
    too_long = threading.Event()
    late = threading.Timer(manners.longest, _hang_up, [connection, too_long])
    late.daemon = True
    with manners.turn(host):
        late.start()
        try:
            connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
            answer = connection.getresponse()
            content = answer.read(MOST_BYTES) if method == "GET" else b""
            return answer.status, answer.headers.get("Location", ""), content
        except ssl.SSLCertVerificationError as error:
            if error.verify_code in NO_ISSUER:
                raise _Trouble(HALF_TRUSTED, state=REFUSES) from None
            raise _Trouble(NOT_TRUSTED) from None
        except socket.gaierror:
            raise _Trouble(NO_NAME, passing=True, network=True) from None
        except TimeoutError:
            raise _Trouble(TOO_SLOW, passing=True, network=True) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            if too_long.is_set():
                raise _Trouble(TOO_SLOW, passing=True, network=True) from None
            answered = isinstance(error, http.client.HTTPException) and not isinstance(error, http.client.RemoteDisconnected)
            raise _Trouble(NO_WEBSITE if answered else NO_ANSWER, passing=True, network=not answered) from None
        finally:
            late.cancel()
            connection.close()


def _hang_up(connection, too_long):
    """Ends a request that takes too long, from beside the thread that waits for it."""
    too_long.set()
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def our_own_fault(answers):
    """Whether most websites did not answer at all: then it is our network that fails, and nothing may be remembered."""
    hosts, silent = {_host(address) for address in answers}, {_host(address) for address, answer in answers.items() if answer.network}
    return len(hosts) >= FEWEST_HOSTS and len(silent) * 2 > len(hosts)


# ---- remembering

def remembered(text):
    """The text of a state file -> {address: Failing}. ValueError: it is none."""
    try:
        return {address: Failing(datetime.date.fromisoformat(row["since"]), int(row["weeks"]), datetime.date.fromisoformat(row["last"]))
                for address, row in json.loads(text)["failing"].items()}
    except (KeyError, TypeError, AttributeError):
        raise ValueError("it does not hold what this check writes") from None


def as_text(failing):
    """{address: Failing} -> the text of a state file, which can stand in a comment of HTML and names nobody there."""
    rows = {address: {"since": row.since.isoformat(), "weeks": row.weeks, "last": row.last.isoformat()} for address, row in sorted(failing.items())}
    text = json.dumps({"failing": rows}, indent=1)
    return re.sub("[<>@&]", lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n"


def after(failing, answers, today):
    """What was remembered, and this week's answers -> what to remember now. An address that answers, or stands nowhere any more, is forgotten."""
    now = {}
    for address, answer in answers.items():
        if answer.state == FAILS:
            before = failing.get(address, Failing(today, 0, datetime.date.min))
            new_week = before.last.isocalendar()[:2] != today.isocalendar()[:2]
            now[address] = Failing(before.since, before.weeks + new_week, today)
    return now


def tasks(failing):
    """The addresses that have failed in WEEKS weeks or more."""
    return [address for address, row in failing.items() if row.weeks >= WEEKS]


# ---- telling

def report(places, answers, failing, today, blob=""):
    """What an editor reads, in Markdown. `blob`: where the files can be seen, as in https://github.com/.../blob/main/, or "".

    Addresses stand between < and >, so that nothing in them is more than an address: no name is called, nothing is run.
    """
    due = tasks(failing)
    said = {address: f"Fails since {_day(row.since)}. {answers[address].why}" for address, row in failing.items()}
    moved = {address: f"Leads to {_link(answer.target)}" for address, answer in answers.items() if answer.state == MOVED}
    refusing = {address: answer.why for address, answer in answers.items() if answer.state == REFUSES}
    hosts = len({_host(address) for address in answers})
    lines = [f"{_day(today)}: {_count(len(answers), 'web address', 'web addresses')} on {_count(hosts, 'website', 'websites')} asked."
             " Nothing was taken off the site because of this list."]
    parts = (
        ("To do", due, said, f"Each of these has failed in {WEEKS} weeks or more. Open it. Where it has really gone, look for the new address, or ring the"
         " organisation by the number that we have, and change the line. Where you find no other, delete the line."),
        ("Lead to another website", moved, moved, "Open each, and see whether it still is the same organisation. If it is, write the new address."
         " If it is somebody else's now, delete the line at once."),
        ("Being watched", [address for address in failing if address not in due], said, "These failed this time. There is nothing to do yet."),
        ("Do not answer programs", refusing, refusing, "Nobody but a person can see whether these work. Open them now and then."),
    )
    for heading, addresses, words, what in parts:
        if addresses:
            lines += ["", f"## {heading}: {len(addresses)}", "", what, ""]
            ordered = sorted(addresses, key=lambda address: not _for_readers(places[address]))
            lines += [_row(address, places[address], words[address], blob, "- [ ]" if heading == "To do" else "-") for address in ordered[:MOST_ROWS]]
            if len(ordered) > MOST_ROWS:
                lines.append(f"- And {len(ordered) - MOST_ROWS} more.")
    if len(lines) == 1:
        lines += ["", "Every one of them works."]
    return "\n".join(lines) + "\n"


def _row(address, places, words, blob, mark):
    where = ", ".join(_where(place, blob) for place in places[:3]) + (f" and {len(places) - 3} more places" if len(places) > 3 else "")
    seen = "" if _for_readers(places) else " Readers do not see it: it is the source of what they see."
    return f"{mark} {_link(address)} in {where}. {words}{'' if words.endswith('.') else '.'}{seen}"


def _for_readers(places):
    return any(place.for_readers for place in places)


def _where(place, blob):
    said = f"{place.file}:{place.line}"
    return f"[{said}]({blob}{quote(place.file)}#L{place.line})" if blob else said


def _link(address):
    """An address in Markdown. What a website sent us to is somebody else's text: where it could be more than an address, it is not shown."""
    return f"<{address}>" if ADDRESS.fullmatch(address) and len(address) <= 500 else "an address that cannot be shown here"


def _day(date):
    return f"{date.day} {date:%B %Y}"


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"
