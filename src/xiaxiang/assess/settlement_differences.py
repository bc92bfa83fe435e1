"""What an approved batch has otherwise than the same batch computed now: who, which figure, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.approved import ApprovalDifference
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import money_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xiaxiang.model.appraisal import DepartmentAppraisal, Item, PersonAppraisal

ROW: Final = "名册里的一行"
THERE: Final = "有"
MISSING: Final = "没有"
_MARKS: Final = {True: " √", False: " ×", None: ""}


def differences(
    people: Iterable[tuple[PersonAppraisal | None, PersonAppraisal | None]],
    approved: Sequence[DepartmentAppraisal],
    computed: Sequence[DepartmentAppraisal],
) -> tuple[ApprovalDifference, ...]:
    """Return every figure that differs, people first; `people` are pairs (approved, computed now)."""
    found: list[ApprovalDifference] = []
    for before, after in people:
        one = before or after
        if one is not None:
            pair = _of_person(before), _of_person(after)
            found += _changed(one.department, one.name, *pair)
    kept, now = ({one.name: one for one in those} for those in (approved, computed))
    for name in dict.fromkeys((*kept, *now)):
        found += _changed(name, "", _of_department(kept.get(name)), _of_department(now.get(name)))
    return tuple(found)


def _changed(
    department: str, person: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterable[ApprovalDifference]:
    if person and ROW in {*before} ^ {*after}:  # one line for somebody who came or went, not one for each figure
        was = ROW in before
        yield ApprovalDifference(department, person, ROW, THERE if was else MISSING, MISSING if was else THERE)
        return
    for figure in dict.fromkeys((*before, *after)):
        old, new = before.get(figure, MISSING), after.get(figure, MISSING)
        if old != new:
            yield ApprovalDifference(department, person, figure, old, new)


def _of_person(one: PersonAppraisal | None) -> dict[str, str]:
    """Return every figure of a person as people read it; nothing where there is no such person."""
    if one is None:
        return {}
    money = one.allowance
    net = PENDING if one.net is None else money_text(one.net)
    figures = {ROW: THERE, **{item.name: _measured(item) for item in one.items}, "结论": one.verdict}
    if money is not None:
        figures |= {"应发": money_text(money.due), "扣减": money_text(money.deducted), "实发": money_text(money.paid)}
    elif not one.complete:
        figures |= dict.fromkeys(("应发", "扣减", "实发"), PENDING)
    figures |= {"科室奖励": money_text(one.reward_share), "处罚": money_text(one.sanction_total), "实得": net}
    return figures | {"鉴定表": _yes_no(one.certificate), "重新下乡": _yes_no(one.redispatch)}


def _measured(item: Item) -> str:
    if item.value is None:
        return "未填"
    parts = item.fraction or (item.value,)
    return "/".join(number_text(part) for part in parts) + _MARKS[item.met]


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 - the one thing asked
    return "—" if value is None else "是" if value else "否"


def _of_department(one: DepartmentAppraisal | None) -> dict[str, str]:
    if one is None:
        return {}
    amounts = {"奖励": one.reward, "处罚": one.sanction_total, "净额": one.net}
    return {name: money_text(amount) for name, amount in amounts.items()}
