"""Looks at every page of a finished site the way its readers meet it, and says what is wrong with it.

It knows nothing of listings: a folder of HTML files goes in, faults come out. `audit.py` is its door.
"""
