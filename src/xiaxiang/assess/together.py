"""Sessions of one person, or of everybody who shared the slot where 中途换人考核 counts them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.measure import Sessions, sessions_of

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.indicator import Indicator


def sessions_together(run: Run, subject: Subject, indicator: Indicator) -> Sessions | None:
    """Return the sessions of an item; None (reported) where anybody's are missing."""
    own = sessions_of(run, subject.row, subject.stint, indicator)
    if subject.absent:
        return None
    found = [own, *(sessions_of(run, one.row, one.stint, indicator) for one in subject.partners)]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    if len(known) == 1:
        return known[0]
    dated = [one.days for one in known if one.days is not None]
    if len(dated) < len(known):
        return Sessions(None, sum(one.count for one in known))
    if any(one.amounts for one in known):
        amounts: dict[date, int | Fraction] = {}
        for one in known:
            for day in one.days or ():
                amounts[day] = amounts.get(day, 0) + one.amounts.get(day, 1)
        return Sessions(tuple(sorted(amounts)), sum(one.count for one in known), amounts)
    days = tuple(sorted(day for days in dated for day in days))
    return Sessions(days, len(days))
