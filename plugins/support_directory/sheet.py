"""A table as CSV (RFC 4180), for programs that calculate. No cell of it can become a formula there."""
import csv
import io

# What a spreadsheet program takes for the beginning of a formula.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def text(columns, rows):
    """The names of columns, and rows of texts -> the text of a CSV file. A cell that would be a formula gets an apostrophe in front."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([columns, *([_cell(cell) for cell in row] for row in rows)])
    return written.getvalue()


def _cell(value):
    return f"'{value}" if value.lstrip(" ").startswith(BEGINS_A_FORMULA) else value
