"""What the open data costs: time and memory beyond the build of the pages, for 10,000 services.

    .venv/bin/python tests/bench/export.py [SERVICES]

The services are those of the project's own site, again and again under other names. Prints the seconds that it takes to make and to write every
file of the open data (and those of the processor, which other work on the machine changes less), how many files and bytes there are, and by how
much the most memory that was ever in use grew (budget: 3 s, 200 MiB).
"""
import datetime
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "plugins"))

from support_directory import check, directory, open_data  # noqa: E402
from support_directory.output import Output  # noqa: E402

TODAY = datetime.date(2026, 11, 22)


def many(found, count):
    """A Directory -> the same with at least `count` services: its providers, again and again."""
    providers, services, n = [], 0, 0
    while services < count:
        original = found.providers[n % len(found.providers)]
        providers.append(replace(original, slug=f"{original.slug}-{n}"))
        services, n = services + len(original.services), n + 1
    return replace(found, providers=tuple(providers))


def most_memory():
    """The most memory that this process ever used, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count):
    entries, _ = check.check(ROOT, ROOT / "schema", TODAY)
    found = many(directory.build(entries, TODAY), count)
    before, started, processor, written = most_memory(), time.perf_counter(), time.process_time(), 0
    with tempfile.TemporaryDirectory() as folder:
        output = Output(folder)
        for path, text in open_data.files(found):
            output.write(path, text)
            written += len(text.encode())
        seconds, processor = time.perf_counter() - started, time.process_time() - processor
    print(f"{len(found.every_listing)} services: {seconds:.2f} s ({processor:.2f} s of the processor), {len(output.files)} files, {written / 1e6:.1f} MB, "
          f"{most_memory() - before:.0f} MiB more memory")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
