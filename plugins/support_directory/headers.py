"""What a host must send with each file: _headers, the file that Netlify, Cloudflare Pages and others read (docs/hosting.md).

Where several rules fit an address, some hosts join the values of a name and others take one of them. So no two rules that can fit
the same address give the same name, and a star stands only at the end of a path.
"""
from . import addresses

PATH = "_headers"
# The one place of these rules: each page says them in its head (theme/templates/base.html), and a host that can says them again.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
# Nobody may show our pages inside theirs. A browser takes this one from a host only, never from a page.
IN_A_HEADER = f"{POLICY}; frame-ancestors 'none'"
# What a page could ask a browser for, and ours never do. Browsers complain of names that they do not know.
SWITCHED_OFF = ("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
                "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
                "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking")
EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", IN_A_HEADER),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in SWITCHED_OFF)),
)
# Whatever names a service, as pages, lists of the search and the saved copy do, leaves nothing in the browser's cache.
NOT_KEPT = ("Cache-Control", "no-store")
# What says nothing about anybody, and has its fingerprint in its address.
KEPT = ("Cache-Control", "public, max-age=31536000, immutable")
ASSETS = "static"
# A browser that gets this with an answer empties its cache and storage of our site: /offline/ asks for it when it has removed the saved copy.
CLEARED = ("Clear-Site-Data", '"cache", "storage"')
# Programs of partners read the open data from their own pages; it says the same to everybody.
FOR_EVERYBODY = ("Access-Control-Allow-Origin", "*")
# It has scripts inside, which POLICY would stop if it were opened here; it is made to be carried.
TO_CARRY = ("Content-Disposition", "attachment")


def rules(files, root="/"):
    """The paths of all files of a site, and the path of its address ("/", "/directory/") -> [(path with a star at its end or not, ((name, value) ...))]."""
    tops = {path.partition("/")[::2] for path in files}
    alone = sorted({name for name, below in tops if not below} - {PATH})
    folders = sorted({name for name, below in tops if below})
    to_carry = f"{addresses.ONE_FILE_BEGINS}*" if any(path.startswith(addresses.ONE_FILE_BEGINS) for path in files) else addresses.ONE_FILE
    found = [("*", EVERYWHERE), ("", (NOT_KEPT,)), *((name, (NOT_KEPT,)) for name in alone),
             *((f"{name}/*", (KEPT if name == ASSETS else NOT_KEPT,)) for name in folders if name != addresses.OFFLINE.rstrip("/")),
             (f"{addresses.OFFLINE}*", (NOT_KEPT,)), (f"{addresses.REMOVED}*", (CLEARED,)), (to_carry, (TO_CARRY,)),
             (f"{addresses.DATA}*", (FOR_EVERYBODY,))]
    return [(root + path, said) for path, said in found]


def text(files, root="/"):
    """The paths of all files of a site, and the path of its address -> the text of _headers."""
    lines = (line for path, said in rules(files, root) for line in (path, *(f"  {name}: {value}" for name, value in said)))
    return "# What a host must send with each file: see docs/hosting.md.\n" + "\n".join(lines) + "\n"


def parsed(words):
    """The text of _headers -> its rules, as `rules` gives them. ValueError: a line that is neither a path nor a header of one."""
    found = []
    for number, line in enumerate(words.splitlines(), 1):
        name, colon, value = line.strip().partition(":")
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("/") and "*" not in line[:-1]:
            found.append((line.strip(), ()))
        elif line[0] == " " and colon and found:
            found[-1] = (found[-1][0], (*found[-1][1], (name, value.strip())))
        else:
            raise ValueError(f"line {number} of {PATH} is neither a path nor a header: {line}")
    return found


def of(path, found):
    """What these rules say of the path of an address -> [(name, value)], in their order."""
    return [pair for pattern, said in found if fits(path, pattern) for pair in said]


def fits(path, pattern):
    """Whether a rule speaks of a path."""
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern
