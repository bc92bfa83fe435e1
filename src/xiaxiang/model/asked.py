"""要求: what one item asks, in the policy's own numbers: `月报：不晚于 次月5日（月报）`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.clause import values_of
from xiaxiang.model.condition import parse_condition
from xiaxiang.model.parameter import Parameter

if TYPE_CHECKING:
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy

_ASKED: Final = (
    *("at_least", "at_most", "min_gap_days", "not_after", "expected", "lowest_level", "full_score"),
    *("members", "lowest_rank"),
)
"""What an item asks, in the order in which it is said."""


def asked_of(policy: Policy, item: Indicator) -> str:
    """Return what an item asks, with its clause; for whom, and under which reading, where that is not always so."""
    per = "、".join(f"每{window}" for _, window in item.per.values) if item.per else ""
    given = [(name, value) for name in _ASKED if isinstance(value := getattr(item, name), Parameter)]
    said = [f"{item.label(name)} {'；'.join(values_of(item, name, value))}" for name, value in given]
    said += [f"{name} {'；'.join(values_of(item, 'specialties', one))}" for name, one in item.specialties.items()]
    clause = next((found for name, _ in given if (found := item.clause_of(name))), item.clause)
    clause = clause or (policy.assessment.clause if policy.assessment else "")
    said_of = item.applies_to.items()
    only = [column if words == "是" else words for column, words in said_of if parse_condition(words) is None]
    limited = "".join(f"，限{words}" for words in only) + "".join(f"，口径“{value}”" for value in item.under.values())
    asked = f"{item.name}：{per}{'，'.join(said)}" if said else item.name
    return f"{asked}（{clause}）{limited}" if clause else asked + limited
