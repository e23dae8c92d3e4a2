"""What came in: the bytes of a file, the words of a saved e-mail, of a note or of an issue."""
import email
import email.policy
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from _saying import printable
from support_directory.editing import Refused

MOST_BYTES = 1024 * 1024
SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
UNSEEN = re.compile("[\xad\u200b-\u200d\u2060\ufeff]")
MAIL = re.compile(rb"(?i)(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")


def read_all(path):
    """The bytes of a file, or of what is pasted where the path is "-". Refused where it cannot be read."""
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if str(path) == "-" else Path(path).read_bytes()
    except OSError as error:
        raise Refused(f"{path} could not be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise Refused(f"{path} is larger than 1 MiB. Save only the message itself.")
    return data


def words_of_issue(number, folder):
    """The text of an issue, read through gh in a folder of its repository. Who wrote it is not asked for."""
    by_hand = f"Open issue {number} in your browser, copy its text into a file, and use: --text FILE --channel issue"
    gh = shutil.which("gh")
    if not gh:
        raise Refused(f"GitHub's program gh is not on this computer. {by_hand}")
    answer = subprocess.run([gh, "issue", "view", str(number), "--json", "body"], cwd=folder, capture_output=True, encoding="utf-8")
    try:
        if answer.returncode:
            raise ValueError(answer.stderr.strip())
        return plain_text(json.loads(answer.stdout)["body"].encode("utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"gh could not read issue {number}: {printable(error)}. {by_hand}") from None


def plain_text(data):
    """The bytes of a text or of a saved e-mail -> its words, with plain spaces and line breaks. The head of an e-mail is not looked at."""
    if MAIL.match(data) and re.search(rb"(?im)^(mime-version|content-type|from|received):", data.partition(b"\n\n")[0]):
        try:
            body = email.message_from_bytes(data, policy=email.policy.default).get_body(("plain",))
            text = body.get_content() if body else ""
        except (LookupError, ValueError, AttributeError) as error:
            raise Refused(f"The e-mail could not be read: {printable(error)}. Copy its words into a file, and use that.") from None
        if not text:
            raise Refused("The e-mail holds no plain text. Copy its words into a file, and use that.")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", SPACES.sub(" ", text))
