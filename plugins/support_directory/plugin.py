"""The one file that knows Pelican: settings in, a written site out.

Pelican's own readers and writers are left empty-handed (pelicanconf.py): entries are read by load, and pages written here,
so that nothing an editor types can become a setting, a path or a template.
"""
from pelican import signals
from pelican.generators import Generator

from . import directory, making, saving
from .output import Output
from .state import State


class ProblemsFound(Exception):
    """The entries have problems, so nothing was built. `problems` are the values that check gave."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems in the listings")
        self.problems = problems


def register():
    """Called by Pelican when it loads the plugin."""
    signals.get_generators.connect(generators)


def generators(pelican):
    """Names our generator to Pelican. A function of its own: Pelican holds it only as long as something else does."""
    return DirectoryGenerator


class DirectoryGenerator(Generator):
    """Reads and checks the entries, plans the pages and writes them.

    `state` is what was written last, and `made` what came of its pieces: what is written next takes from them what still holds.
    """

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.state, self.made = None, {}
        self.keeps = "DIRECTORY_HOLD" in self.settings
        if self.keeps:
            self.settings["DIRECTORY_HOLD"](self)

    def generate_context(self):
        """The entries, as DIRECTORY_READ gives them or read from DIRECTORY_SITE on DIRECTORY_DATE, -> the directory."""
        entries, providers, problems = self.settings.get("DIRECTORY_READ", self.read)()
        if problems:
            raise ProblemsFound(problems)
        self.directory = directory.build(entries, self.settings["DIRECTORY_DATE"], providers)

    def read(self):
        """Reads and checks the entries -> (entries, providers that are nouns already, problems)."""
        from . import check  # only here: scripts/build.py has done this already, elsewhere

        entries, problems = check.check(self.settings["DIRECTORY_SITE"], self.settings["DIRECTORY_SCHEMA"], self.settings["DIRECTORY_DATE"])
        return entries, (), problems

    def generate_output(self, writer):
        """Writes a whole site to an empty folder."""
        for _ in self.write(self.directory, Output(self.output_path, saving.is_offered(self.directory)), self.settings.get("DIRECTORY_SHARE", making.here)):
            pass

    def write(self, found, output, share=making.here):
        """Writes every file of a site to an Output, step by step: after each, it can be left for a newer state of the site.

        In a site that is there already, the pages that show listings change first.
        """
        state = State(found, self.env, self.settings, self.state, self.keeps)
        known = self.made if state.is_like_before else {}
        for pieces in (state.pages(), state.others()) if output.in_place else ([*state.pages(), *state.others()],):
            made = making.make(pieces, output, known, share, self.keeps)
            output.flush()
            if self.keeps:
                self.state, self.made = state, known | made
                known = self.made
            yield
        state.write_rest(output)
        output.flush()
        yield
        making.make(list(state.files_to_carry()), output)
        state.write_last(output)
        output.finish()
