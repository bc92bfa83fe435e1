"""补助发放表: the settlement of one batch with room to sign, totals in figures and in 大写, and how they came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.document import Align, Cell, Column, Content, Refusal, Row, Table
from xiaxiang.model.scalar import day_text, money_text, short_day_text
from xiaxiang.present.given import Facts, content, readings_values, text_row
from xiaxiang.present.issue import end_of_batch
from xiaxiang.present.money import deduction_text, origin_text, rate_text, sums_of, sums_values
from xiaxiang.present.wording import NOTHING, charges_text, cited, named

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.document import Plain, Request
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given
    from xiaxiang.present.money import Sums

NAMES: Final = ("allowance-sheet", "补助发放表")

_COLUMNS: Final = (
    Column("序号", 34),
    Column("姓名", 46),
    Column("科室", 56),
    Column("派驻起止", 73),
    Column("补助标准", 76),
    Column("应发", 44, Align.RIGHT),
    Column("扣发月数\n及依据", 78),
    Column("扣发", 44, Align.RIGHT),
    Column("实发", 44, Align.RIGHT),
    Column("个人奖惩", 55, Align.RIGHT),
    Column("净额", 44, Align.RIGHT),
    Column("备注", 74),
    Column("签名", 56),
)
_SEE_NOTE: Final = "见说明"
_BEFORE_AMOUNTS: Final = 5
_MONEY_READINGS: Final = frozenset({"补助月数", "每月天数", "假期补助"})
_BESIDE_READINGS: Final = frozenset({"召回处罚", "科室奖励"})
_ROW_HEIGHT: Final = 11  # mm: room for a signature


def allowance_sheet(given: Given, request: Request) -> Content | Refusal:
    """Return the sheet of one batch; people without a result stand on it without an amount."""
    workspace = given.workspace
    people = given.people(request.batch) if request.batch else ()
    batch = given.schedule.batch(request.batch) if request.batch else None
    appraisal = given.of_batch(request.batch)
    if appraisal is None or batch is None or not people:
        return Refusal(*NAMES, "名册里没有这一批的人员", "用 --roster 写明名册，用 --batch 写明批次")
    sums = sums_of(people)
    rows = [_row(place, one, workspace) for place, one in enumerate(people, 1)]
    wanted = _MONEY_READINGS | (_BESIDE_READINGS if sums.shares or sums.sanctions else frozenset())
    readings = tuple(one for one in appraisal.readings if one.setting in wanted)
    values: dict[str, Plain] = {
        "批次": batch.name.label,
        "开始日期": day_text(batch.handover_on),
        "结束日期": day_text(batch.ends_on),
        "合计": sums_values(sums),
        "核定日期": next((day_text(one.approved_on) for one in people if one.approved_on), ""),
        "说明": tuple(note for one in people if (note := _note(one, workspace))),
        "口径": readings_values(readings, workspace),
    }
    table = Table(_COLUMNS, (*rows, _total(sums)), dense=True)
    return content(given, request, NAMES, Facts(end_of_batch(workspace, batch.ends_on), values, {"补助": table}))


def _row(place: int, person: PersonAppraisal, workspace: Workspace) -> Row:
    money = person.allowance
    none = PENDING if not person.complete else money_text(0)
    amounts = [money_text(one) for one in (money.due, money.deducted, money.paid)] if money else [none] * 3
    due, deducted, paid = amounts
    span = NOTHING
    if person.starts_on and person.ends_on:
        span = f"{short_day_text(person.starts_on)}至\n{short_day_text(person.ends_on)}"
    cells = text_row(
        str(place),
        person.name,
        person.department,
        span,
        PENDING if money is None else rate_text(person, workspace).replace("天×", "天\n×") or _SEE_NOTE,
        due,
        (deduction_text(person, workspace).replace("月（", "月\n（") or _SEE_NOTE) if money and money.deducted else "",
        deducted,
        paid,
        money_text(_beside(person)) if _beside(person) else "",
        PENDING if person.net is None else money_text(person.net),
        _remark(person, workspace),
        "",
    ).cells
    return Row(cells, _ROW_HEIGHT)


def _beside(person: PersonAppraisal) -> int:
    """Return what a person gets or owes beside the allowance, in 分: share of a reward less sanctions."""
    return person.reward_share - person.sanction_total


def _remark(person: PersonAppraisal, workspace: Workspace) -> str:
    if not person.complete:
        return PENDING
    if person.release.state == "held":
        clause = f"（{cited(person.release.source, workspace)}）" if person.release.source else ""
        return f"待发：缺{'、'.join(person.release.missing)}{clause}"
    return "发放前提未登记" if person.release.state == "unknown" else ""


def _note(person: PersonAppraisal, workspace: Workspace) -> str:
    """Return what the columns cannot say: how an unusual amount came about, and why somebody gets or owes more."""
    money, parts = person.allowance, []
    is_usual = rate_text(person, workspace) and (deduction_text(person, workspace) or not money or not money.deducted)
    if money is not None and not is_usual:
        parts.append(origin_text(person, workspace))
    if person.reward_share:
        parts.append(f"科室奖励中的个人份额{money_text(person.reward_share)}元")
    if person.sanctions:
        parts.append(f"处罚{charges_text(person.sanctions, workspace, named(person))}")
    return f"{person.name}：{'；'.join(parts)}" if parts else ""


def _total(sums: Sums) -> Row:
    beside = sums.shares - sums.sanctions
    amounts = (
        money_text(sums.due),
        "",
        money_text(sums.deducted),
        money_text(sums.paid),
        money_text(beside) if beside else "",
        money_text(sums.net),
    )
    return Row(
        (
            Cell("合计", _BEFORE_AMOUNTS, Align.CENTRE, label=True),
            *(Cell(text) for text in amounts),
            Cell(f"{sums.pending}人待补" if sums.pending else ""),
            Cell(),
        )
    )
