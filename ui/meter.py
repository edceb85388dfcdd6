"""How far a command is in, its progress bar on a terminal out: amount, pace, time left."""

from __future__ import annotations

from rich.progress import Progress, ProgressColumn, Task
from rich.table import Column
from rich.text import Text


class Meter:
    """What a running command moves its progress bar with."""

    def __init__(self, bar: Progress, task: int) -> None:
        self._bar = bar
        self._task = bar.task_ids[task]

    def move(
        self, done: float, *, total: float | None = None, what: str | None = None, count: int | None = None
    ) -> None:
        """Set how much is done, and when they change, of how much and what; `count`: units, where not they are done."""
        self._bar.update(self._task, completed=done, total=total, description=what)
        if count is not None:
            self._bar.update(self._task, count=count)


class Pace(ProgressColumn):
    """`120 of 295 articles, 41.2/s`; `120 articles, 41.2/s` where the total is unknown or counts something else."""

    def __init__(self, unit: str) -> None:
        super().__init__(Column(no_wrap=True))
        self._unit = unit

    def render(self, task: Task) -> Text:
        """The column's text."""
        if (count := task.fields.get("count")) is not None:
            pace = f", {count / task.elapsed:,.1f}/s" if task.elapsed else ""
            return Text(f"{count:,} {self._unit}{pace}", style="dim")
        of = f" of {task.total:,.0f}" if task.total is not None else ""
        pace = f", {task.speed:,.1f}/s" if task.speed else ""
        return Text(f"{task.completed:,.0f}{of} {self._unit}{pace}", style="dim")


class TimeLeft(ProgressColumn):
    """`2 min left`, once that can be told."""

    max_refresh = 0.5

    def __init__(self) -> None:
        super().__init__(Column(no_wrap=True))

    def render(self, task: Task) -> Text:
        """The column's text."""
        left = task.time_remaining
        if not left:
            return Text()
        return Text(f"{left / 60:,.0f} min left" if left >= 90 else f"{left:.0f} s left", style="dim")
