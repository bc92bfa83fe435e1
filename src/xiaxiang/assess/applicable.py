"""适用与口径: which parts of a policy are about a row, and which hold under the readings in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from xiaxiang.assess.columns import columns_of
from xiaxiang.assess.measure import missing, number_of
from xiaxiang.assess.run import row_label
from xiaxiang.model.condition import NumberCondition, parse_condition
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.roster import RosterRow

SEPARATOR: Final = "、"
_NOTHING: Final = (None, False, 0, ())
"""What a clerk types where something does not concern a row."""


class Conditional(Protocol):
    """What may be about some rows only (适用), or hold under some readings only (口径)."""

    @property
    def applies_to(self) -> Mapping[str, str]:
        """Column → its values."""

    @property
    def under(self) -> Mapping[str, str]:
        """口径 → value."""


def bounds_for(run: Run, subject: Subject) -> tuple[Bounds, ...]:
    """Return the items that a subject is assessed by, in the policy's order; 未评定 where that is not known.

    An item about another 对象 (科室, 队伍) is not asked of somebody posted, nor of a table of others.
    """
    every, is_conditional = _of_kind(run, subject)
    if not is_conditional:
        return every
    concerned = ((one, is_about(run, one.indicator, subject.row)) for one in every if holds(run, one.indicator))
    return tuple(
        one if about else replace(one, not_in_force="不知道是否适用") for one, about in concerned if about is not False
    )


def _of_kind(run: Run, subject: Subject) -> tuple[tuple[Bounds, ...], bool]:
    """Return the items about the subject's 对象, and whether any is about some rows or readings only.

    Worked out once for each set of rules: everybody in a batch shares one.
    """
    key = (id(subject.rules), subject.kind)
    found = run.asked.get(key)
    if found is None:
        of_policy = run.policy.subject
        every = tuple(one for one in subject.rules.bounds if (one.indicator.subject or of_policy) == subject.kind)
        conditional = any(one.indicator.applies_to or one.indicator.under for one in every)
        found = run.asked[key] = every, conditional
    return found


def holds(run: Run, part: Conditional) -> bool:
    """Whether a part holds under the readings in force; the result then rests on them."""
    values = {name: run.reading(name) for name in part.under}
    return all(values[name] == value.strip() for name, value in part.under.items())


def is_about(run: Run, part: Conditional, row: RosterRow) -> bool | None:
    """Whether a row is one of those that a part is about; None (reported) where a number that decides it is missing.

    A row that does not say a word is not one of those: clerks leave the cell of what does not concern a row empty.
    """
    conditions = {column: parse_condition(words) for column, words in part.applies_to.items()}
    if _otherwise(part, row) is not None:
        return False
    verdicts = [_keeps(run, row, column, one) for column, one in conditions.items() if one is not None]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _otherwise(part: Conditional, row: RosterRow) -> str | None:
    """Return the first column in which a row says another word than the ones that a part is about; None for none."""
    for column, words in part.applies_to.items():
        meant = {word.strip() for word in words.split(SEPARATOR)}
        if parse_condition(words) is None and str(row.values.get(column, "")).strip() not in meant:
            return column
    return None


def _keeps(run: Run, row: RosterRow, column: str, condition: NumberCondition) -> bool | None:
    """Whether a column's number is one that is meant; the result rests on 以上以下 where it is the bound itself."""
    number = number_of(run, row, column)
    if number is None:
        missing(run, row, column)
        return None
    included = number == condition.bound and condition.may_include and run.reading("以上以下") == "含本数"
    return condition.holds(number, included=included)


def report_untouched(run: Run, row: RosterRow) -> None:
    """Warn of a row of which the policy asks nothing: most likely a word that 适用 does not have."""
    for column, legal in _words_of(run).items():
        text = str(row.values.get(column, "")).strip()
        if text not in legal:
            message = f"{row_label(row)}的“{column}”{_said(text)}，制度里没有一项适用，没有考核"
            run.warn("nothing-applies", message, _legal_hint(column, text, legal), row.places.of(column))
            return


def report_unread(run: Run, row: RosterRow) -> None:
    """Warn of cells that were filled in for nothing: every item that looks at them is about other rows (适用)."""
    read: set[str] = set()
    unread: dict[str, str] = {}
    for part, columns in _parts(run):
        why = _otherwise(part, row)
        if why is None:
            read.update(columns)
        else:
            unread |= {column: why for column in columns if column not in unread}
    filled = [one for one in unread if one not in read and row.values.get(one) not in _NOTHING]
    for why in dict.fromkeys(unread[one] for one in filled):
        told = "、".join(f"“{one}”" for one in filled if unread[one] == why)
        text = str(row.values.get(why, "")).strip()
        message = f"{row_label(row)}的{told}填了，但“{why}”{_said(text)}，这一行不看，没有考核"
        hint = _legal_hint(why, text, _words_of(run).get(why, {})) + "；本来就不考核的不用管"
        run.warn("nothing-applies", message, hint, row.places.of(why))


def _said(text: str) -> str:
    return f"写“{text}”" if text else "没有填"


def _legal_hint(column: str, text: str, legal: Iterable[str]) -> str:
    return nearest_hint(text, legal, f"{column}可以写 " + "、".join(legal))


def _parts(run: Run) -> list[tuple[Conditional, tuple[str, ...]]]:
    """Return every part that may be about some rows only, with the columns that it looks at."""
    indicators = run.policy.assessment.indicators if run.policy.assessment else ()
    sums = [(one, (one.column,)) for one in run.policy.funding.per_unit]
    return [*((one, columns_of(one)) for one in indicators), *sums]


def _words_of(run: Run) -> dict[str, dict[str, None]]:
    """Return column → the words that 适用 has for it, in the policy's order."""
    known: dict[str, dict[str, None]] = {}
    for column, words in (pair for part, _ in _parts(run) for pair in part.applies_to.items()):
        if parse_condition(words) is None:
            known.setdefault(column, {}).update(dict.fromkeys(word.strip() for word in words.split(SEPARATOR)))
    return known
