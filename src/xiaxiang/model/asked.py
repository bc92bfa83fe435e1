"""要求: what one item asks, in the policy's own numbers: `月报：不晚于 次月5日（月报）`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.clause import values_of
from xiaxiang.model.parameter import Parameter

if TYPE_CHECKING:
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy

_ASKED: Final = ("per", "at_least", "at_most", "min_gap_days", "not_after", "expected", "lowest_level", "full_score")
"""What an item asks of its columns, in the order in which it is said."""


def asked_of(policy: Policy, item: Indicator) -> str:
    """Return what an item asks, with its clause; for whom and under which reading where it is not for all."""
    said: list[str] = []
    clause = ""
    for name in _ASKED:
        value = getattr(item, name)
        if isinstance(value, Parameter):
            said.append(f"{item.label(name)} {'；'.join(values_of(item, name, value))}")
            clause = clause or item.clause_of(name)
    only = [f"{column} {words}" for column, words in item.applies_to.items()]
    only += [f"口径 {value}" for value in item.under.values()]
    asked = f"{item.name}：{'，'.join(said)}" if said else item.name
    clause = clause or item.clause or (policy.assessment.clause if policy.assessment else "")
    return asked + (f"（{clause}）" if clause else "") + (f"[{'，'.join(only)}]" if only else "")
