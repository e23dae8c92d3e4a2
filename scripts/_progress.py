"""A bar for what takes long: how much is done, how fast, and what is being done now. Where nobody watches a terminal it says nothing."""
import sys
import time

LONG = 2  # seconds; what is done before that needs no bar


class Progress:
    """Counts up to `total` of `what` ("pages"). A context: the bar is gone at its end.

    `stream`: where the bar is shown, if it is a terminal; `clock`: gives the time in seconds.
    """

    def __init__(self, what, total, stream=None, clock=time.monotonic):
        self.what, self.total, self.stream, self.clock = what, total, stream or sys.stderr, clock
        self.done, self.began, self.bar, self.row = 0, clock(), None, None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.bar:
            self.bar.stop()

    def step(self, now="", count=1):
        """So many more are done; `now` says what was done last."""
        self.done += count
        if not self.bar and self.stream.isatty() and self.clock() - self.began >= LONG:
            self._show()
        if self.bar:
            rate = self.done / max(self.clock() - self.began, 0.001)
            self.bar.update(self.row, completed=self.done, rate=f"{rate:,.0f}/s", now=now)

    def of(self, now, total):
        """As `step`, by something that knows only by and by how many there are."""
        self.total = total
        self.step(now)

    def _show(self):
        from rich import console, progress  # only where it is shown: loading it takes a sixth of a second

        columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
                   progress.TextColumn("{task.fields[rate]}"), progress.TextColumn("{task.fields[now]}"))
        self.bar = progress.Progress(*columns, console=console.Console(file=self.stream), transient=True)
        self.row = self.bar.add_task(self.what, total=self.total, rate="", now="")
        self.bar.start()
