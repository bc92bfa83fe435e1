"""Whether an approved result adds up: what was changed by hand, or lost, does not go unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.scalar import money_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaxiang.load.approved_entries import (
        WrittenApproval,
        WrittenCharge,
        WrittenDepartment,
        WrittenItem,
        WrittenPerson,
    )
    from xiaxiang.model.entry import Entry

_RESTORE: Final = "核定过的不能改数：恢复原来的文件（.bak），或用 --approve --force 重新核定"


def misfits(written: WrittenApproval) -> Iterator[Diagnostic]:
    """Yield what does not add up: a person's and a department's own figures, the sums, rows that belong to nobody."""
    for person in written.people:
        yield from _of_person(person, [one for one in written.charges if one.person == person.number])
        yield from _unmet(person, [one for one in written.items if one.person == person.number])
    for department in written.departments:
        mine = [one for one in written.charges if one.person is None and one.department == department.name]
        yield from _of_department(department, mine)
    yield from _sums(written)
    yield from _strays(written)


def _of_person(one: WrittenPerson, charges: Iterable[WrittenCharge]) -> Iterator[Diagnostic]:
    due, deducted, paid = one.due or 0, one.deducted or 0, one.paid or 0
    yield from _unequal(one, "paid", paid, due - deducted, f"{one.name}的应发减扣减")
    yield from _unequal(one, "sanctions", one.sanctions, sum(each.amount for each in charges), f"{one.name}的各条处罚")
    net = paid + one.share - one.sanctions
    yield from _unequal(one, "net", one.net, net, f"{one.name}的实发加科室奖励减处罚")


def _unmet(one: WrittenPerson, items: Iterable[WrittenItem]) -> Iterator[Diagnostic]:
    found = sum(not item.met for item in items)
    if one.unmet != found:
        message = f"“{one.label('unmet')}”写的是 {one.unmet} 项，{one.name}没有完成的项目有 {found} 项"
        yield error("approved-sums", message, _RESTORE, one.places.of("unmet"))


def _of_department(one: WrittenDepartment, charges: Iterable[WrittenCharge]) -> Iterator[Diagnostic]:
    yield from _unequal(one, "sanctions", one.sanctions, sum(each.amount for each in charges), f"{one.name}的各条处罚")
    yield from _unequal(one, "net", one.net, one.reward - one.sanctions, f"{one.name}的奖励减处罚")


def _sums(written: WrittenApproval) -> Iterator[Diagnostic]:
    sums, people, departments = written.sums, written.people, written.departments
    if sums.people != len(people):
        message = f"“合计”写 {sums.people} 人，“人员”有 {len(people)} 行"
        yield error("approved-sums", message, _RESTORE, sums.places.of("people"))
    yield from _unequal(sums, "paid", sums.paid, sum(one.paid or 0 for one in people), "各人的实发加起来")
    yield from _unequal(sums, "net", sums.net, sum(one.net for one in people), "各人的实得加起来")
    yield from _unequal(sums, "rewards", sums.rewards, sum(one.reward for one in departments), "各科室的奖励加起来")
    total = sum(one.sanctions for one in departments)
    yield from _unequal(sums, "sanctions", sums.sanctions, total, "各科室的处罚加起来")


def _unequal(entry: Entry, field: str, written: int, found: int, what: str) -> Iterator[Diagnostic]:
    if written != found:
        message = f"“{entry.label(field)}”写的是 {money_text(written)}，{what}是 {money_text(found)}"
        yield error("approved-sums", message, _RESTORE, entry.places.of(field))


def _strays(written: WrittenApproval) -> Iterator[Diagnostic]:
    """Yield the rows about a person or a department that the file does not list."""
    numbers = {one.number for one in written.people}
    names = {one.name for one in written.departments}
    rows = (written.items, written.checks, written.charges, written.reasons)
    for one in (one for each in rows for one in each):
        person, department = getattr(one, "person", None), getattr(one, "department", "")
        if person is not None and person not in numbers:
            message = f"这一行说的是第 {person} 人，“人员”里没有这个序号"
            yield error("approved-sums", message, _RESTORE, one.places.of("person"))
        elif person is None and department not in names:
            message = f"这一行说的科室“{department}”不在这份核定里"
            yield error("approved-sums", message, _RESTORE, one.places.of("department"))
