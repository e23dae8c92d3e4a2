"""security.txt: where to report a weakness of the site (RFC 9116)."""
import re
import urllib.parse

from . import phone

PATH = ".well-known/security.txt"
# A contact is an address of one of these kinds; an address holds visible ASCII only (RFC 3986), so nothing in it can begin another line.
CONTACT = re.compile("(mailto|tel|https):[!-~]+")


def text(site, url=""):
    """Site, and the public address with a slash at its end or "" -> the text of security.txt.

    Its fields are those of RFC 9116: Contact (2.5.3, the best one first), Expires (2.5.5), Preferred-Languages (2.5.8), Canonical (2.5.2).
    """
    rows = [("Contact", address) for address in contacts(site.opcc)]
    rows += [("Expires", f"{site.security_txt_expires}T00:00:00Z"), ("Preferred-Languages", "en")]
    if url:
        rows.append(("Canonical", url + PATH))
    return "".join(f"{name}: {value}\n" for name, value in rows)


def contacts(opcc):
    """The office -> the addresses where it can be told: e-mail, telephone, website, as far as they are known."""
    email = f"mailto:{urllib.parse.quote(opcc.email, safe='@+')}" if opcc.email else ""
    number = phone.link(opcc.phone)
    if not number.startswith("tel:+"):
        number += ";phone-context=+44"  # RFC 3966, 5.1.4: a short number needs to say where it holds
    return [address for address in (email, number, opcc.website) if CONTACT.fullmatch(address)]
