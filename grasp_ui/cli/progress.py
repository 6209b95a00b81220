"""Progress on stderr: a bar on a terminal, a line for each tenth elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from grasp_ui.cli.outcome import note

Show = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and a few words beside them."""


@contextmanager
def progress(title: str) -> Iterator[Show]:
    """Something to call as the work goes on."""
    if sys.stderr.isatty():
        with _bar(title) as show:
            yield show
    else:
        yield _Tenths(title)


class _Tenths:
    """Says a line whenever another tenth is done."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._said = 0

    def __call__(self, done: int, total: int, words: str) -> None:
        tenth = 10 * done // max(total, 1)
        if tenth > self._said:
            self._said = tenth
            note(f"{self._title}: {done} of {total}{', ' if words else ''}{words}")


@contextmanager
def _bar(title: str) -> Iterator[Show]:
    # Imported late: only a terminal wants it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(), TextColumn("{task.fields[words]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None, words="")
        yield lambda done, total, words: bar.update(task, completed=done, total=total, words=words)
