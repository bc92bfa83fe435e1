"""What every built-in policy must have: a clause and a unit for each number, and cases on both sides of each bound."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xiaxiang.assess import assess
from xiaxiang.assess.table import assess_table
from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.cases import builtin_cases, load_cases
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.case import is_posted
from xiaxiang.model.entry import Entry
from xiaxiang.model.indicator import Indicator, IndicatorKind
from xiaxiang.model.parameter import Parameter
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from xiaxiang.model.appraisal import Item
    from xiaxiang.model.case import Case
    from xiaxiang.model.policy import Policy

NAMES = builtin_policies()
WITHOUT_UNIT = frozenset({"handover_months", "handover_dates", "weight", "rate", "withheld"})
"""Numbers that say themselves what they are: months of the year, days, shares."""


@cache
def policy_of(name: str) -> Policy:
    policy, found = load_policy(name, Path())
    assert [one for one in found if one.is_error] == []
    assert policy is not None
    return policy


@cache
def cases_of(name: str) -> tuple[Case, ...]:
    cases, found, _ = load_cases(builtin_cases(name), policy_of(name))
    assert found == ()
    return cases


@cache
def items_of(name: str) -> tuple[Item, ...]:
    """Return the items of everybody in every case."""
    policy = policy_of(name)
    found: list[Item] = []
    for case in cases_of(name):
        workspace = Workspace(case.plan, policy, published_calendar(), load_ranks())
        if is_posted(policy):
            people, _ = assess(workspace, case.roster, None)
            found += [item for person in people.people for item in person.items]
        else:
            table, _ = assess_table(workspace, case.roster, {})
            found += [item for subject in table.subjects for item in subject.items]
    return tuple(found)


def numbers(entry: Entry, path: str = "") -> Iterator[tuple[str, str, Parameter[Any]]]:
    """Yield every parameter of a policy: where it stands, its identifier, itself."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if is_share(entry, name):
            continue
        for number, inner in enumerate(value if isinstance(value, tuple) else (value,)):
            here = f"{path}.{name}[{number}]" if isinstance(value, tuple) else f"{path}.{name}"
            if isinstance(inner, Entry):
                yield from numbers(inner, here)
            elif isinstance(inner, Parameter) and name in entry.model_fields_set:
                yield here, name, inner
        if isinstance(value, dict):
            yield from ((f"{path}.{name}.{key}", name, one) for key, one in value.items() if isinstance(one, Parameter))


def is_share(entry: Entry, name: str) -> bool:
    """Whether a number is a bound of a plain rate: 100% needs no more of a unit than 99% does."""
    plain = isinstance(entry, Indicator) and entry.kind is IndicatorKind.RATE and entry.per_units is None
    return plain and name in {"at_least", "at_most"}


def is_plain_number(value: object) -> bool:
    """Whether a value is a number whose unit is not plain from itself: no rate below 1, no word, no yes or no."""
    return hasattr(value, "numerator") and not isinstance(value, bool) and not hasattr(value, "label") and value >= 1  # type: ignore[operator]


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_its_unit(name: str) -> None:
    lacking = [
        where
        for where, identifier, parameter in numbers(policy_of(name))
        if identifier not in WITHOUT_UNIT
        and any(is_plain_number(value) for _, value in parameter.values)
        and not parameter.unit
    ]

    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_every_item_has_cases_on_both_sides_of_its_bound(name: str) -> None:
    """At the limit it is met, one step beyond it is not: both stand in cases.yaml."""
    policy = policy_of(name)
    one_sided = []
    for indicator in policy.assessment.indicators if policy.assessment else ():
        mine = [item for item in items_of(name) if item.name == indicator.name]
        verdicts = {item.met for item in mine}
        bounds = [bound for one in (indicator.at_least, indicator.at_most) if one for _, bound in one.values]
        if indicator.kind is IndicatorKind.SCORE:
            continue  # judged by the grades below
        if indicator.at_least and not indicator.at_least.values:
            continue  # 未定: its source sets no bound, so it has no sides
        if not {True, False} <= verdicts:
            one_sided.append(f"{indicator.name}: {verdicts}")
        elif bounds and not any(_is_at(item, bounds) for item in mine):
            one_sided.append(f"{indicator.name}: never at {bounds}")

    assert one_sided == []


def _is_at(item: Item, bounds: list[Fraction]) -> bool:
    return item.met is True and (item.value in bounds or any(check.value in bounds for check in item.checks))


@pytest.mark.parametrize("name", NAMES)
def test_every_grade_comes_out_of_some_case(name: str) -> None:
    policy = policy_of(name)
    grades = {one.name for one in policy.assessment.grades} if policy.assessment else set()
    expected = {line.text for case in cases_of(name) for line in case.expected if line.key == "等级"}

    assert grades - expected == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_sum_comes_out_of_some_case(name: str) -> None:
    funding = policy_of(name).funding
    sums = {one.name for one in (*funding.per_unit, *funding.funds)}
    expected = {line.key for case in cases_of(name) for line in case.expected}

    assert sums - {key.removesuffix("扣减").removesuffix("实付") for key in expected} == set()
