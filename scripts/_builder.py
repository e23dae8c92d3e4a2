"""Builds a site, and builds it again when its entries have changed: then only what comes out differently is made and written."""
import json
import os
import subprocess
import time
from pathlib import Path

import _reading
import _setup
import _sharing
from support_directory import publish


class Builder:
    """`site`: the folder with content/ and providers/; `output`: where the site is written; `url`: its public address, or "".

    `cache`: the folder for what can be used again (_reading.py). `keeps`: whether it remembers what it has built, so that a later state of the site is
    written in place, file by file.
    """

    def __init__(self, site, output, url="", keeps=False, cache=None):
        self.site, self.output, self.url, self.keeps = Path(site).resolve(), Path(output), url, keeps
        self.reading, self.generator, self.manifest = _reading.Reading(self.site, _setup.ROOT / "schema", keeps, cache), None, None
        self.pages = 0  # how many there are in the output
        self.on_disk, self.written = {}, None  # what is in the output, and the reading that all of it comes from

    def build(self, date, mark=""):
        """Builds the whole site as on a day, with that mark -> the problems that stopped it (empty: it is built), what it reminds of.

        publish.Unfit: the site that was made is not fit to be published. Where anything stops it, the old output is as it was.
        Other processes read and check the entries while this one loads Pelican.
        """
        if not (self.site / "content").is_dir():  # Pelican would stop at that in words of its own
            return self.reading.whole(date).problems, []
        self.generator, held = None, []
        if self.output.parent.is_dir():
            publish.tidy(self.output.resolve(), time.time())  # also where this build ends before it begins to write
        with self.reading.started(date) as found:
            from pelican import Pelican, console

            console.quiet = True  # Pelican would count its own articles, of which there are none
            chosen = settings(self.site, self.output, date, self.url)
            read = found()
        if read.problems:
            return read.problems, []
        del found
        with publish.swapped_in(self.output, mark) as fresh:
            given = {"OUTPUT_PATH": str(fresh), "DIRECTORY_READ": lambda: (read.entries, read.providers, []), "DIRECTORY_SHARE": _sharing.share}
            given |= {"DIRECTORY_HOLD": held.append} if self.keeps else {}
            Pelican(chosen | given).run()
        self.pages = sum(name.endswith(".html") for _, _, names in os.walk(self.output) for name in names)
        if self.keeps:
            self.generator, self.manifest, self.written = held[0], self.manifest_now(), read
            self.on_disk = {row["path"]: (row["size"], row["sha256"]) for row in json.loads(self.manifest)["files"]}
        return [], read.reminders

    def build_again(self, date, mark="", is_late=lambda: False):
        """As `build`; where the output is as this Builder left it, what has changed since is written to it in place, pages that show listings first.

        What is there stays as it is while there is anything to mend. `is_late`: whether something has changed again; what is still to be written is
        left for the next time then.
        """
        if not self.generator or self.manifest_now() != self.manifest:
            return self.build(date, mark)
        from support_directory import directory, output, saving

        read = self.reading.read(date)
        if read.problems or read is self.written:
            return read.problems, read.reminders
        generator, self.generator, self.written = self.generator, None, None  # until this has ended well, nobody knows what is in the output
        generator.settings["DIRECTORY_DATE"] = date
        found = directory.build(read.entries, date, read.providers)
        for _ in generator.write(found, output.InPlace(self.output, self.on_disk, saving.is_offered(found))):
            if is_late():
                break
        else:
            self.written, self.manifest = read, self.manifest_now()
            self.pages = sum(path.endswith(".html") for path in self.on_disk)
        self.generator = generator
        return [], read.reminders

    def manifest_now(self):
        """The manifest of the output, or None where it is not there."""
        path = self.output / publish.MANIFEST
        return path.read_bytes() if path.is_file() else None


def settings(site, output, date, url):
    """The project's pelicanconf.py, with the site's own on top: what a site leaves out is as in the project."""
    from pelican.settings import get_settings_from_file, read_settings

    own = get_settings_from_file(str(site / "pelicanconf.py")) if site != _setup.ROOT else {}
    changes = {key: value for key, value in own.items() if key.isupper() and key not in ("PATH", "THEME", "PLUGIN_PATHS")}
    url = url and url.rstrip("/") + "/"
    changes |= {"PATH": str(site / "content"), "OUTPUT_PATH": str(output), "DIRECTORY_SITE": site, "DIRECTORY_DATE": date, "DIRECTORY_URL": url,
                "DIRECTORY_COMMIT": commit(site), "DIRECTORY_EVENTS": events(site) if url else None}
    return read_settings(str(_setup.ROOT / "pelicanconf.py"), override=changes)


def events(site):
    """What has happened to the listings of a site, out of git's history, or None where it is not there: the feed of changes is left out then."""
    from support_directory import happened, history

    try:
        return happened.events(site)
    except history.Unreadable as why:
        print(f"No feed of changes: {why} It needs the whole history of the project (in a workflow, fetch-depth: 0).")
        return None


def commit(site):
    """The commit that the site's folder is at, or "" outside git."""
    try:
        answer = subprocess.run(["git", "-C", str(site), "rev-parse", "HEAD"], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
