"""Tables as CSV (RFC 4180): rows end with CR LF, every cell that needs it is quoted, UTF-8. No cell can begin a formula."""
import csv
import io

# A spreadsheet takes a cell that begins with one of these for a formula, and works it out when the file is opened
# (https://owasp.org/www-community/attacks/CSV_Injection). A leading apostrophe makes it a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def text(header, rows):
    """The names of the columns, and rows of texts or numbers -> CSV."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return made.getvalue()


def safe(cell):
    """A cell that no spreadsheet works out. Numbers stay as they are."""
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
