"""Progress bars on stderr: how far, how fast, how long still. Nothing where nobody looks."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from clausewatch.cli import output


class RateColumn(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        """`38/s`, nothing before the first step."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/s" if speed else "", style="progress.data.speed")


class Bar:
    """A bar that is moved along."""

    def __init__(self, progress: Progress, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)

    def to(self, done: int, total: int | None = None) -> None:
        """So many steps are done."""
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def bar(what: str, total: int | None = None, *, quiet: bool = False) -> Iterator[Bar]:
    """Show a bar while the block runs. total: steps in all, None when that is not known yet."""
    console = output.console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        yield Bar(progress, total)
