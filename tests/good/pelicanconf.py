"""Saltmarsh, a made-up force for the tests. Whatever is not set here is as in the project's own pelicanconf.py."""
