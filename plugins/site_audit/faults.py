"""What a fault is, how those of several engines become one, and the words that are printed."""
from collections import defaultdict
from dataclasses import dataclass, replace

from . import kinds, pages


@dataclass(frozen=True)
class Fault:
    """Something wrong on a page: its kind, who found it, where it is, what was found and what would be right.

    `tag`, `number` and `shape` say which element it is (see pages.Element), `line` and `column` where that stands in the file; 0 where not known.
    """
    kind: str
    engines: tuple
    page: str
    found: str
    right: str
    selector: str = ""
    tag: str = ""
    number: int = -1
    shape: str = ""
    line: int = 0
    column: int = 0

    @property
    def element(self):
        """What is the same for all that is said of one element."""
        return self.tag, self.number


@dataclass(frozen=True)
class Group:
    """Faults of one kind in elements of one shape: most often one mistake in one template. `first` stands for all of them."""
    first: Fault
    engines: tuple
    pages: tuple
    count: int


def in_page(kind, engine, page, found, place, right=""):
    """A fault at an element that the browser knows (`place` as tools.js makes it)."""
    return Fault(kind, (engine,), page, found, kinds.right_for(kind, right), place["selector"], place["tag"], place["number"], place["shape"])


def in_file(kind, engine, page, found, element, at, right="", selector=""):
    """A fault at a line and column of the file, and the element there, or None."""
    if not element:
        return Fault(kind, (engine,), page, found, kinds.right_for(kind, right), selector, line=at[0], column=at[1])
    return Fault(kind, (engine,), page, found, kinds.right_for(kind, right), selector or element.shape, element.tag, element.number, element.shape, *at)


def placed(folder, fault):
    """A fault with its line and column, where its element stands in the file as the browser has it."""
    if fault.line or not fault.tag:
        return fault
    element = pages.read(pages.file_of(folder, fault.page)).find(fault.tag, fault.number, fault.shape)
    return replace(fault, line=element.line, column=element.column) if element else fault


def merged(found):
    """Each fault once, with all who found it: the same kind at the same element, or on the same page where it has none."""
    together = defaultdict(list)
    for fault in found:
        together[fault.page, fault.kind, fault.element].append(fault)
    kinds_at = defaultdict(set)
    for page, kind, element in together:
        kinds_at[page, element].add(kind)
    kept = []
    for (page, kind, element), same in together.items():
        if any(kind in kinds.COVERS.get(other, ()) for other in kinds_at[page, element]):
            continue
        best = max(same, key=lambda fault: (fault.line > 0, bool(fault.selector)))
        kept.append(replace(best, engines=tuple(sorted({engine for fault in same for engine in fault.engines}))))
    return sorted(kept, key=lambda fault: (fault.page, fault.line, fault.column, fault.kind))


def grouped(found):
    """Faults that are one mistake of a template -> groups, those on most pages first."""
    together = defaultdict(list)
    for fault in found:
        together[fault.kind, fault.shape or fault.found].append(fault)
    groups = [Group(same[0], tuple(sorted({engine for fault in same for engine in fault.engines})),
                    tuple(dict.fromkeys(fault.page for fault in same)), len(same)) for same in together.values()]
    return sorted(groups, key=lambda group: (-len(group.pages), group.first.kind, group.first.page))


def worded(group):
    """A group as it is printed, in a few lines."""
    fault = group.first
    file = fault.page.lstrip("/") + ("index.html" if fault.page.endswith("/") else "")
    where = f"{file}:{fault.line}:{fault.column}" if fault.line else file
    alike = sorted({pages.kind_of_address(page) for page in group.pages})
    others = f" and {len(alike) - 4} other kinds of addresses" if len(alike) > 4 else ""
    many = f"on {len(group.pages)} pages" if len(group.pages) > 1 else "on 1 page"
    more = f", {group.count} times" if group.count > len(group.pages) else ""
    lines = [f"{fault.kind}  ({many}{more}: {', '.join(alike[:4])}{others})", f"  where: {where}"]
    if fault.selector:
        lines.append(f"         {fault.selector}")
    lines += [f"  found: {fault.found}", f"  right: {fault.right}", f"  seen by: {', '.join(group.engines)}"]
    return "\n".join(lines)
