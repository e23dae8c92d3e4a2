"""QR codes as SVG, for what is printed: a camera reads from them the address that is written below."""
import io

import segno
from markupsafe import Markup


def code(address):
    """An address -> Markup of an SVG that scales with its box. Black on white in dark colours too: cameras need it."""
    made = io.BytesIO()
    segno.make_qr(address, error="m").save(made, kind="svg", xmldecl=False, svgns=False, omitsize=True, light="#fff", dark="#000", nl=False)
    # The address stands below in letters, so nobody needs the picture who cannot see it.
    return Markup(made.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1))
