"""What the replay writes down while it goes: notices and sanctions, each with its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.event import Incident
from xiaxiang.model.schedule import Notice, Sanction

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.event import Event
    from xiaxiang.model.position import Position
    from xiaxiang.model.source import Source
    from xiaxiang.schedule.calendar import BatchDays


class Journal:
    """Collects notices and sanctions of one replay; `open_batch` says which batch they are about."""

    def __init__(self) -> None:
        """Start empty."""
        self.notices: list[Notice] = []
        self.sanctions: list[Sanction] = []
        self._days: BatchDays | None = None
        self._previous: BatchDays | None = None

    def open_batch(self, days: BatchDays) -> None:
        """Turn to the next batch."""
        if self._days is None or self._days.name != days.name:
            self._previous = self._days
        self._days = days

    def note(  # noqa: PLR0913 - a notice has these parts
        self,
        code: str,
        message: str,
        source: Source,
        *,
        severity: Severity = Severity.NOTE,
        department: str | None = None,
        person: str | None = None,
        event: Event | None = None,
        announced: bool = False,
        position: Position | None = None,
    ) -> None:
        """Write one notice; `announced` ones appear in the 质控动态 of the month that `_month` names."""
        days = self._days
        self.notices.append(
            Notice(
                code,
                severity,
                days.name if days else None,
                department,
                person,
                event.on if event else days.handover_on if days else None,
                message,
                source,
                event.places.of() if event and event.places.file else position,
                self._month(event) if announced else None,
            )
        )

    def warn(self, code: str, message: str, source: Source, event: Event | None = None, **who: str | None) -> None:
        """Write one warning-level notice."""
        self.note(code, message, source, severity=Severity.WARNING, event=event, **who)  # type: ignore[arg-type]  # who is department or person

    def sanction(self, department: str, amount: int, reason: str, source: Source, on: date) -> None:
        """Write one sanction on a department, in 分."""
        if self._days:
            self.sanctions.append(Sanction(self._days.name, department, None, amount, on, reason, source))

    def _month(self, event: Event | None) -> date | None:
        """Return the first day of the month that announces a change.

        The month of the event's day; the handover's month where the event moves a batch later than the next one.
        An accident is told in the month in which it happened, whichever batch it touches.
        """
        if isinstance(event, Incident):
            return event.on.replace(day=1)
        days, previous = self._days, self._previous
        if days is None:
            return None
        is_for_next = event is not None and (previous is None or event.on >= previous.handover_on)
        on = event.on if event is not None and is_for_next else days.handover_on
        return on.replace(day=1)
