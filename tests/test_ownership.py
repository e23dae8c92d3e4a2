"""Whether a proposed change comes from a maintainer and touches that provider's entry only: each way around it, in a real git repository."""
import pytest

from repositories import HARBOUR, NIGHTLINE, REFUGE, Repository
from saltmarsh import SCHEMA, TODAY
from support_directory import check, history, ownership

HARBOURS, NIGHTLINES, STRANGER = "583231", "42", "77"


@pytest.fixture
def repository(tmp_path):
    """Saltmarsh, where one person maintains two providers and another person a third."""
    found = Repository(tmp_path / "repository")
    found.replace(NIGHTLINE, "checked:", f'maintainers:\n  - "{NIGHTLINES}"\nchecked:')
    found.replace(REFUGE, "checked:", f'maintainers:\n  - "{HARBOURS}"\nchecked:')
    found.first = found.commit("Maintainers")
    return found


def maintainers(repository, commit, folder):
    """The maintainers that the entries of a commit name, read as the explanation reads them."""
    folder.mkdir()
    history.unpack(repository.folder, commit, folder)
    entries, _ = check.check(folder, SCHEMA, TODAY)
    return {entry.slug: entry.data["maintainers"] for entry in entries if entry.kind == "provider" and "maintainers" in entry.data}


def verdict(repository, head, author, folder):
    """The verdict on the commit `head`, proposed by the author with that id."""
    return ownership.verdict(history.touched(repository.folder, repository.first, head), maintainers(repository, repository.first, folder / "before"), author,
                             maintainers(repository, head, folder / "after"))


def own_change(repository):
    repository.replace(HARBOUR, "0808 157 0123", "0808 157 0124")


def test_a_maintainers_own_change(repository, tmp_path):
    """A maintainer who changes the own entry and nothing else needs no more care."""
    own_change(repository)
    assert verdict(repository, repository.commit(), HARBOURS, tmp_path) == ownership.Verdict("harbour-advice", ())


# ---- each way around it: what is done to the repository (a commit is made of it, or given back), and what must be said

def others_file(repository):
    own_change(repository)
    repository.replace(NIGHTLINE, "at night", "at dawn")


def renamed_over(repository):
    repository.path(NIGHTLINE).rename(repository.path(HARBOUR))


def renamed_over_anothers(repository):
    repository.path(HARBOUR).rename(repository.path(NIGHTLINE))


def renamed(repository):
    repository.path(HARBOUR).rename(repository.path("providers/harbour-friends.yaml"))


def deleted(repository):
    repository.path(HARBOUR).unlink()


def added(repository):
    own_change(repository)
    repository.write("providers/new-one.yaml", repository.read(HARBOUR))


def case_variant(repository):
    return repository.with_row("100644", b"Harbour-Advice.yaml", repository.git("rev-parse", f"HEAD:{HARBOUR}"))


def case_variant_of_the_folder(repository):
    own_change(repository)
    repository.write("Providers/harbour-advice.yaml", repository.read(HARBOUR))


def self_made_owner(repository):
    repository.replace(NIGHTLINE, f'"{NIGHTLINES}"', f'"{STRANGER}"')


def more_maintainers(repository):
    repository.replace(HARBOUR, f'  - "{HARBOURS}"', f'  - "{HARBOURS}"\n  - "{STRANGER}"')


def workflow(repository):
    own_change(repository)
    repository.write(".github/workflows/check.yml", "name: Nothing\n")


def program(repository):
    own_change(repository)
    repository.write("plugins/support_directory/ownership.py", "verdict = None\n")


def link(repository):
    repository.path(HARBOUR).unlink()
    repository.path(HARBOUR).symlink_to("nightline.yaml")


def was_a_link(repository):
    link(repository)
    repository.first = repository.commit("A link")
    repository.path(HARBOUR).unlink()
    repository.write(HARBOUR, "name: Harbour Advice\n")


def executable(repository):
    repository.path(HARBOUR).chmod(0o755)


def submodule(repository):
    repository.git("rm", "-q", HARBOUR)
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.first},{HARBOUR}")
    return repository.commit_of(repository.git("write-tree"))


def hidden_submodule(repository):
    own_change(repository)
    repository.write(".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = https://example.org/x\n\tignore = all\n')
    repository.git("config", "diff.ignoreSubmodules", "all")
    repository.git("add", "-A")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.first},x")
    return repository.commit_of(repository.git("write-tree"))


def parent_folder(repository):
    inner = repository.tree(("100644", b"harbour-advice.yaml", repository.git("rev-parse", f"HEAD:{HARBOUR}")))
    return repository.with_row("40000", b"..", inner)


def line_break(repository):
    return repository.with_row("100644", b"harbour-advice.yaml\n::error::x.yaml", repository.git("rev-parse", f"HEAD:{HARBOUR}"))


def cyrillic(repository):
    return repository.with_row("100644", "h\u0430rbour-advice.yaml".encode(), repository.git("rev-parse", f"HEAD:{HARBOUR}"))


def no_text(repository):
    return repository.with_row("100644", b"harbour-\xff\xfe.yaml", repository.git("rev-parse", f"HEAD:{HARBOUR}"))


def attributes(repository):
    own_change(repository)
    repository.write(".gitattributes", "providers/* binary\n")


def attributes_inside(repository):
    own_change(repository)
    repository.write("providers/.gitattributes", "* binary\n")


def folder_of_that_name(repository):
    own_change(repository)
    repository.write("providers/harbour-advice/more.yaml", "name: More\n")


def other_ending(repository):
    own_change(repository)
    repository.write("providers/harbour-advice.yml", repository.read(HARBOUR))


def content(repository):
    own_change(repository)
    repository.replace("content/site.yaml", "020 7946 0005", "020 7946 0006")


def two_of_ones_own(repository):
    own_change(repository)
    repository.replace(REFUGE, "A safe place to stay.", "A safe place.")


def nothing(repository):
    """Touches nothing."""


CASES = [
    (others_file, HARBOURS, "providers/nightline.yaml: the entry of another provider."),
    (renamed_over, HARBOURS, "providers/nightline.yaml: deleted"),
    (renamed_over, HARBOURS, "providers/nightline.yaml: the entry of another provider."),
    (renamed_over_anothers, HARBOURS, "providers/nightline.yaml: the entry of another provider."),
    (renamed, HARBOURS, "providers/harbour-friends.yaml: a new entry."),
    (deleted, HARBOURS, "providers/harbour-advice.yaml: deleted"),
    (added, HARBOURS, "providers/new-one.yaml: a new entry."),
    (case_variant, HARBOURS, "providers/Harbour-Advice.yaml: a name with capital letters"),
    (case_variant_of_the_folder, HARBOURS, "Providers/harbour-advice.yaml: a name with capital letters"),
    (self_made_owner, STRANGER, "It comes from somebody who is not a maintainer of any provider."),
    (self_made_owner, STRANGER, "providers/nightline.yaml: the entry of another provider."),
    (more_maintainers, HARBOURS, "It changes who the maintainers of harbour-advice are."),
    (workflow, HARBOURS, ".github/workflows/check.yml: decides how GitHub checks and publishes"),
    (program, HARBOURS, "plugins/support_directory/ownership.py: part of the programs"),
    (link, HARBOURS, "providers/harbour-advice.yaml: a link to another file"),
    (was_a_link, HARBOURS, "providers/harbour-advice.yaml: not a plain file before."),
    (executable, HARBOURS, "providers/harbour-advice.yaml: marked as a program."),
    (submodule, HARBOURS, "providers/harbour-advice.yaml: another project that is brought in (a submodule)."),
    (hidden_submodule, HARBOURS, "x: another project that is brought in (a submodule)."),
    (hidden_submodule, HARBOURS, ".gitmodules: decides how git treats"),
    (parent_folder, HARBOURS, "providers/../harbour-advice.yaml: a path that leads out of its folder."),
    (line_break, HARBOURS, r"providers/harbour-advice.yaml\n::error::x.yaml: a name with characters that cannot be seen"),
    (cyrillic, HARBOURS, r"providers/h\u0430rbour-advice.yaml: a name with letters that are not a to z (Cyrillic)"),
    (no_text, HARBOURS, r"providers/harbour-\udcff\udcfe.yaml: a name with characters that cannot be seen"),
    (attributes, HARBOURS, ".gitattributes: decides how git treats"),
    (attributes_inside, HARBOURS, "providers/.gitattributes: decides how git treats"),
    (folder_of_that_name, HARBOURS, "providers/harbour-advice/more.yaml: in the folder of providers, but no provider's entry."),
    (other_ending, HARBOURS, "providers/harbour-advice.yml: in the folder of providers, but no provider's entry."),
    (content, HARBOURS, "content/site.yaml: one of the texts and lists of the site"),
    (two_of_ones_own, HARBOURS, "It touches the entries of 2 providers at once: harbour-advice, hilltop-refuge."),
    (own_change, STRANGER, "It comes from somebody who is not a maintainer of any provider."),
    (own_change, NIGHTLINES, "providers/harbour-advice.yaml: the entry of another provider."),
    (own_change, None, "It is not known who proposes it."),
    (nothing, HARBOURS, "It touches no file."),
]


@pytest.mark.parametrize(("change", "author", "said"), CASES, ids=[f"{change.__name__}-{author}" for change, author, _ in CASES])
def test_what_is_more_than_a_maintainers_own_change(repository, tmp_path, change, author, said):
    """Whatever else is touched, by whomever, is never taken for a maintainer's own change, and the reason is said."""
    head = change(repository) or repository.commit()
    found = verdict(repository, head, author, tmp_path)
    assert found.slug == ""
    assert any(reason.startswith(said) for reason in found.reasons), found.reasons
    assert all(reason.isprintable() and reason.isascii() and reason.endswith(".") for reason in found.reasons), found.reasons


@pytest.mark.parametrize("author", ["583231\n", " 583231", "0583231", "+583231", "583231.0", "0x8e63f", "583_231", "٥٨٣٢٣١", "", "true", "58323", "5832311"])
def test_an_id_is_a_number_and_nothing_else(repository, tmp_path, author):
    """What only looks like a maintainer's id is nobody's."""
    own_change(repository)
    assert verdict(repository, repository.commit(), author, tmp_path).slug == ""


@pytest.mark.parametrize("ids", [["0583231"], ["583231\n"], [""], []])
def test_what_is_no_id_in_an_entry_belongs_to_nobody(ids):
    """An entry that names something else than numbers has no maintainer."""
    row = ownership.Row("100644", "100644", "M", HARBOUR)
    assert ownership.verdict([row], {"harbour-advice": ids}, "583231").slug == ""
    assert ownership.verdict([row], {"harbour-advice": ["583231"]}, "583231").slug == "harbour-advice"


def test_many_paths_make_a_short_reason():
    """A reason that holds for many paths names the first few and counts the others."""
    rows = [ownership.Row("100644", "100644", "M", f"docs/{n}.md") for n in range(9)]
    assert ownership.verdict(rows, {}, "1").reasons[0] == (
        "docs/0.md, docs/1.md, docs/2.md, docs/3.md, docs/4.md and 4 more: part of the programs and papers of the site, not an entry.")
