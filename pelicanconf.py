"""Settings for Pelican. What is particular to a force is not here but in content/site.yaml."""
import datetime
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, StrictUndefined

HERE = Path(__file__).parent
# Templates as Jinja compiles them, as Python keeps its own modules: each by its text and by the versions of Jinja and Python. Safe to delete.
COMPILED = HERE / ".cache" / "templates"
COMPILED.mkdir(parents=True, exist_ok=True)

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["support_directory.plugin"]
# With --fatal warnings, Pelican would stop for want of a time zone.
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en-gb"

# Pelican's own readers find nothing: entries and pages are read, checked and written by the plugin.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
# Pelican's own pages and feeds are not part of this site.
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
# Nothing is cached between builds by Pelican: there is nothing that it reads.
CACHE_CONTENT = LOAD_CONTENT_CACHE = False
# Data can never become markup, and a template that asks for something that is not there stops the build.
# A build reads each template once (serve.py builds in a new process), so Jinja need not look for changes.
JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "auto_reload": False,
                     "bytecode_cache": FileSystemBytecodeCache(str(COMPILED))}

# For the plugin. scripts/build.py sets all five.
DIRECTORY_SITE = HERE
DIRECTORY_SCHEMA = HERE / "schema"
DIRECTORY_DATE = datetime.date.today()
DIRECTORY_URL = ""
DIRECTORY_COMMIT = ""
