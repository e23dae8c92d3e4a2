"""The directory of help: entries in YAML become checked listings, pages and a search.

Two wings that never import each other:
the editors' wing (load, check, problems) knows files, lines and words;
the readers' wing (directory, phone, pages, search) knows services, areas and addresses.
Only plugin.py, which Pelican loads, sees both.
"""
