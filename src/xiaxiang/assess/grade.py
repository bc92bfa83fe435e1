"""等级: which grade a score or a number of unmet items gives, what caps it, and what follows, years in a row too."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.number import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from xiaxiang.assess.rules import Bounds
    from xiaxiang.model.appraisal import Item
    from xiaxiang.model.indicator import ConsecutiveYears, Grade
    from xiaxiang.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade with its reasons, and what follows from it: words, and shares (0..1) withheld of each fund."""

    grade: Grade
    reasons: tuple[Reason, ...]
    follows: tuple[Reason, ...]
    withheld: Mapping[str, tuple[Fraction, Reason]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a grade rests on. `earlier` are the grades of the years before, the latest first, without a gap.

    A grade that somebody `recommended` ("" for none) stands in place of one worked out.
    """

    items: Sequence[Item]
    bounds: Iterable[Bounds]
    score: Fraction | None
    earlier: Sequence[str]
    recommended: str = ""

    @property
    def unmet(self) -> int:
        """How many items are not met."""
        return [item.met for item in self.items].count(False)


def graded(policy: Policy, day: date, grounds: Grounds) -> Graded | None:
    """Return the grade of one subject; None where the policy has no grades or none fits.

    What caps a grade caps a recommended one too.
    """
    grades = policy.assessment.grades if policy.assessment else ()
    names, earlier = [one.name for one in grades], grounds.earlier
    place = _place(grades, day, grounds)
    if place is None:
        return None
    reasons = [_why(policy, grades, place, day, grounds)]
    unmet_names = {item.name for item in grounds.items if item.met is False}
    for bound in grounds.bounds:
        cap = bound.grade_cap
        if cap in names and bound.indicator.name in unmet_names and names.index(cap) > place:
            place = names.index(cap)
            reasons.append(Reason(f"{bound.indicator.name}未完成，等级最高为{cap}", bound.source))
    grade = grades[place]
    years = 1 + next((n for n, name in enumerate(earlier) if name != grade.name), len(earlier))
    if grade.consecutive and not earlier:
        source = policy.source(grade.consecutive[0].clause or grade.clause)
        reasons.append(Reason("没有上一年的等级，按第一年算", source))
    return Graded(grade, tuple(reasons), *_consequences(policy, grade, day, years))


def _place(grades: Sequence[Grade], day: date, grounds: Grounds) -> int | None:
    """Return which grade it is before any cap: the recommended one, else the first whose own bounds hold."""
    if grounds.recommended:
        return next((n for n, one in enumerate(grades) if one.name == grounds.recommended), None)
    return next((n for n, one in enumerate(grades) if _fits(one, day, grounds.score, grounds.unmet)), None)


def _fits(grade: Grade, day: date, score: Fraction | None, unmet: int) -> bool:
    """Whether a grade's own bounds hold; a bound not in force, or without a score to hold it against, does not."""
    lowest = grade.at_least.on(day) if grade.at_least else None
    most = grade.unmet_at_most.on(day) if grade.unmet_at_most else None
    if grade.at_least and (lowest is None or score is None or score < lowest):
        return False
    return not grade.unmet_at_most or (most is not None and unmet <= most)


def _why(policy: Policy, grades: Sequence[Grade], place: int, day: date, grounds: Grounds) -> Reason:
    """Return why it is this grade; of the lowest, which asks for nothing, what the one above it asks for."""
    grade = grades[place]
    parent = policy.assessment.clause if policy.assessment else ""
    name = "at_least" if grade.at_least else "unmet_at_most"
    source = policy.source(grade.clause_of(name) or parent)
    if grounds.recommended:
        return Reason(f"推荐{grounds.recommended}", source)
    if grade.at_least and grounds.score is not None:
        lowest = grade.at_least.on(day) or 0
        above = grades[place - 1].at_least if place and not lowest else None
        missed = above.on(day) if above else None
        bound = f"不低于 {number_text(lowest)} 分" if missed is None else f"低于 {number_text(missed)} 分"
        return Reason(f"{number_text(grounds.score)} 分，{bound}，{grade.name}", source)
    return Reason(f"{grounds.unmet} 项未完成，{grade.name}", source)


def _consequences(
    policy: Policy, grade: Grade, day: date, years: int
) -> tuple[tuple[Reason, ...], dict[str, tuple[Fraction, Reason]]]:
    """Return what follows from a grade given `years` years in a row: words and shares withheld.

    Of several 连续 the longest that is reached holds, beside what the grade itself says.
    """
    parent = policy.assessment.clause if policy.assessment else ""
    follows: list[Reason] = []
    withheld: dict[str, tuple[Fraction, Reason]] = {}
    lengths = [(one.years.on(day) or years + 1, one) for one in grade.consecutive]
    longest = max((one for one in lengths if one[0] <= years), key=itemgetter(0), default=None)
    sections: list[tuple[Grade | ConsecutiveYears, str]] = [(grade, grade.name)]
    if longest is not None:
        sections.append((longest[1], f"连续 {years} 年{grade.name}" if years > 1 else grade.name))
    for section, lead in sections:
        source = policy.source(section.clause or parent)
        follows += [Reason(f"{lead}：{text}", source) for text in section.follows]
        for fund, rate in section.withheld.items():
            share = rate.on(day)
            if share is not None:
                withheld[fund] = share, Reason(lead, policy.source(rate.clause or section.clause or parent))
    return tuple(follows), withheld
