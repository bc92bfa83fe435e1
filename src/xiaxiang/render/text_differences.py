"""How a list of people differs from a plan's, as people read it; people's numbers are masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.hospital import Person
from xiaxiang.render.text_layout import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.difference import Change, Differences, Named

_PRIVATE: Final = frozenset({"mobile", "id_number", "bank_account", "licence", "born"})
_SHOWN_DIGITS: Final = 2


def differences_text(found: Differences, source: str) -> str:
    """Return new, gone, changed, moved and returned people, a line each, and the counts."""
    if found.is_empty:
        return f"计划的人员和“{visible(source)}”一致\n"
    counts = f"新增 {len(found.new)} 人，名单里没有 {len(found.gone)} 人，变动 {len(found.changed)} 处"
    lines = [
        *_people("+ 新增    ", found.new),
        *_people("- 名单没有", found.gone),
        *(_changed(one) for one in found.changed),
        *(f"> 调科     {_named(old, person)} → {visible(new)}" for old, person, new in found.moved),
        *_people("? 又出现  ", found.back, "（计划里写着已离岗）"),
    ]
    return "".join(f"  {line}\n" for line in lines) + counts + "\n"


def _people(mark: str, people: Iterable[Named], remark: str = "") -> list[str]:
    return [f"{mark} {_named(department, person)}{remark}" for department, person in people]


def _named(department: str, person: Person) -> str:
    number = f"（{person.id}）" if person.id else ""
    return visible(f"{department} {person.name}{number}")


def _changed(one: Change) -> str:
    old, new = (_masked(one.field, text) for text in (one.old, one.new))
    return f"~ 变动     {_named(one.department, one.person)} {Person.label(one.field)}: {old or '（空）'} → {new}"


def _masked(field: str, text: str) -> str:
    if field not in _PRIVATE or not text:
        return visible(text)
    return "＊" * max(len(text) - _SHOWN_DIGITS, 1) + text[-_SHOWN_DIGITS:]
