"""核定: an approved batch → the bytes of its file, which reading turns back into the same batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.approved import Use
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import money_json
from xiaxiang.render.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from xiaxiang.model.appraisal import Charge, DepartmentAppraisal, Item, PersonAppraisal
    from xiaxiang.model.approved import ApprovedBatch
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.source import Source
    from xiaxiang.render.yaml_text import Plain

    Row = dict[str, Plain]

_FEN_PER_YUAN: Final = 100
_HEAD: Final = """\
# {label}考核结果，{day} 核定。程序写的，请不要改：以后的名单、合计、公文都以这里的数为准。金额单位：元。
# 名册、登记后来改了，程序会列出不同，不会改这里；确实要重新核定: xiaxiang 考核 --approve --batch {name} --force
"""


def approved_yaml(batch: ApprovedBatch) -> bytes:
    """Return the file of `batch` (UTF-8): the same batch, the same bytes. One row for each figure, reason and check."""
    head = _HEAD.format(label=batch.name.label, day=batch.approved_on.isoformat(), name=batch.name)
    people, document = tuple(enumerate(batch.people, 1)), batch.document
    content: Row = {
        "批次": str(batch.name),
        "核定日期": batch.approved_on,
        "制度": batch.policy,
        "文件": document,
        "人员": [_person(number, one) for number, one in people],
        "科室": [_department(one) for one in batch.departments],
        "合计": _sums(batch),
        "项目": [_item(number, item, document) for number, one in people for item in one.items],
        "比较": [row for number, one in people for item in one.items for row in _checks(number, item)],
        "处罚": list(_charges(batch)),
        "理由": list(_reasons(batch)),
        "口径": [_reading(one, document) for one in batch.readings],
        "依据的登记": [{"名称": one.label, "内容": one.content} for one in batch.rests_on],
    }
    return (head + yaml_text(content)).encode()


def _person(number: int, one: PersonAppraisal) -> Row:
    row: Row = {"序号": number, "姓名": one.name}
    row |= _given({"工号": one.id, "科室": one.department})
    row |= {name: day for name, day in (("派驻开始", one.starts_on), ("派驻结束", one.ends_on)) if day is not None}
    row |= {"未完成": one.unmet or 0} | _given({"等级": one.grade or ""})
    if one.allowance is not None:
        money = one.allowance
        row |= {"应发": _money(money.due), "扣减": _money(money.deducted), "实发": _money(money.paid)}
    row |= {"科室奖励": _money(one.reward_share), "处罚": _money(one.sanction_total), "实得": _money(one.net or 0)}
    said = {"可填鉴定表": one.certificate, "重新下乡": one.redispatch}
    row |= {name: value for name, value in said.items() if value is not None}
    return row | _lists({"补助口径": one.allowance.settings if one.allowance else (), "说明": one.notes})


def _department(one: DepartmentAppraisal) -> Row:
    row: Row = {"名称": one.name, "人数": one.people, "奖励": _money(one.reward)}
    row |= {"处罚": _money(one.sanction_total), "净额": _money(one.net)}
    return row | _lists({"奖励口径": one.settings})


def _sums(batch: ApprovedBatch) -> Row:
    sums = {
        "实发": sum(one.allowance.paid for one in batch.people if one.allowance),
        "实得": sum(one.net or 0 for one in batch.people),
        "科室奖励": sum(one.reward for one in batch.departments),
        "科室处罚": sum(one.sanction_total for one in batch.departments),
    }
    row: Row = {"人数": len(batch.people)}
    return row | {name: _money(amount) for name, amount in sums.items()}


def _item(number: int, item: Item, document: str) -> Row:
    row: Row = {"人员": number, "名称": item.name, "算法": item.kind.value}
    row |= _numbers({"数值": item.value, "要求": item.bound}) | {"完成": item.met is True}
    if item.fraction is not None:
        row |= {name: _exact(part) for name, part in zip(("分子", "分母"), item.fraction, strict=True)}
    row |= {"期限": item.due_on} if item.due_on is not None else {}
    lists = {"事实": item.facts, "提醒": item.warnings, "口径": item.settings}
    return row | _cited(item.source, document) | _lists(lists)


def _checks(number: int, item: Item) -> Iterator[Row]:
    for check in item.checks:
        row: Row = {"人员": number, "项目": item.name, "名称": check.name}
        row |= _numbers({"数值": check.value, "要求": check.bound})
        yield row | ({} if check.met is None else {"完成": check.met})


def _charges(batch: ApprovedBatch) -> Iterator[Row]:
    for number, person in enumerate(batch.people, 1):
        yield from (_charge({"人员": number}, one, batch.document) for one in person.sanctions)
    for department in batch.departments:
        yield from (_charge({"科室": department.name}, one, batch.document) for one in department.sanctions)


def _charge(whose: Row, one: Charge, document: str) -> Row:
    row = whose | {"金额": _money(one.amount), "原因": one.reason} | _cited(one.source, document)
    return row | _lists({"口径": one.settings})


def _reasons(batch: ApprovedBatch) -> Iterator[Row]:
    for number, one in enumerate(batch.people, 1):
        allowance = one.allowance.reasons if one.allowance else ()
        uses = {
            Use.ALLOWANCE: allowance,
            Use.CERTIFICATE: one.certificate_reasons,
            Use.REDISPATCH: one.redispatch_reasons,
        }
        for use, reasons in uses.items():
            yield from _given_for({"人员": number}, use, reasons, batch.document)
    for department in batch.departments:
        yield from _given_for({"科室": department.name}, Use.REWARD, department.reward_reasons, batch.document)


def _given_for(whose: Row, use: Use, reasons: Iterable[Reason], document: str) -> Iterator[Row]:
    for one in reasons:
        cited = _cited(one.source, document) if one.source else {}
        yield whose | {"用于": use.value, "内容": one.text} | cited


def _reading(one: ReadingUsed, document: str) -> Row:
    row: Row = {"名称": one.setting, "取法": one.value, "说明": one.sentence}
    return row | _cited(one.source, document) | ({"计划所选": True} if one.chosen_by_plan else {})


def _cited(source: Source, document: str) -> Row:
    """Return the clause; its document too where it is another one, or where there is no clause to tell it by."""
    row: Row = {"文件": source.document} if source.document != document or not source.clause else {}
    return row | _given({"依据": source.clause})


def _lists(lists: dict[str, tuple[str, ...]]) -> Row:
    return {name: list(texts) for name, texts in lists.items() if texts}


def _given(texts: dict[str, str]) -> Row:
    return {name: text for name, text in texts.items() if text}


def _numbers(values: dict[str, Fraction | None]) -> Row:
    return {name: _exact(value) for name, value in values.items() if value is not None}


def _exact(value: Fraction | int) -> int | str:
    """Return an exact number: a whole one bare, else `2.5` or `20/31`."""
    text = number_text(value)
    return int(text) if text.isdecimal() else text


def _money(fen: int) -> int | str:
    """Return an amount in 元: whole ones bare, else with two digits: `440.50`."""
    yuan, rest = divmod(fen, _FEN_PER_YUAN)
    return money_json(fen) if rest else yuan
