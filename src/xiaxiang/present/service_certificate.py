"""服务鉴定表: one person's service and results, with boxes for three opinions and seals; refused where withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Align, Cell, Column, Content, Refusal, Row, Table
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import day_text
from xiaxiang.present.given import Facts, content
from xiaxiang.present.issue import end_of_batch
from xiaxiang.present.wording import NOTHING, bound_text, measured, span_text, title_of

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import Item, PersonAppraisal
    from xiaxiang.model.document import Request
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given

NAMES: Final = ("service-certificate", "服务鉴定表")

_COLUMNS: Final = (
    Column("", 17),
    Column("", 17),
    Column("", 15),
    Column("", 17),
    Column("", 15),
    Column("", 19),
)
_WIDTH: Final = len(_COLUMNS)
_LINE: Final = 8  # mm; the form fits one page
_SUMMARY: Final = 27  # mm
_OPINION: Final = 25  # mm
_OPINIONS: Final = ("受援单位\n意见", "支援单位\n意见", "卫生健康\n行政部门\n意见")
_SIGNED_BY_PERSON: Final = "本人签名：　　　　　　　　　年　　月　　日"
_SIGNED: Final = "负责人（签名）：　　　　　　　　（公章）\n年　　月　　日"


def service_certificate(given: Given, request: Request) -> Content | Refusal:
    """Return the certificate of one person in one batch, or why it is withheld, with the clause."""
    found = _appraised(given, request)
    if isinstance(found, Refusal):
        return found
    withheld = refusal_of(found)
    if withheld is not None:
        return withheld
    workspace = given.workspace
    person = _person(found, workspace)
    starts_on, ends_on = found.starts_on, found.ends_on
    batch = given.schedule.batch(found.batch) if found.batch else None
    last_on = ends_on or (batch.ends_on if batch else None)
    if last_on is None:
        return Refusal(*NAMES, f"{found.name}的派驻起止不明", "在名册里写明批次或派驻结束日期")
    unit = _recipient(given, found)
    values = {
        "姓名": found.name,
        "科室": found.department,
        "批次": found.batch.label if found.batch else "",
        "服务单位": unit,
        "服务时间": span_text(starts_on, last_on) if starts_on else "",
        "结束日期": day_text(last_on),
        "结论": found.verdict,
    }
    table = _form(found, person, unit, workspace)
    facts = Facts(end_of_batch(workspace, last_on), values, {"鉴定": table}, (found.name, found.id))
    return content(given, request, NAMES, facts)


def refusal_of(person: PersonAppraisal) -> Refusal | None:
    """Return why this person's certificate is withheld, or None where it may be filled in."""
    if person.certificate and person.release.state != "held":
        return None
    if person.certificate:
        missing = "、".join(person.release.missing)
        reason = f"{person.name}的材料未齐（缺{missing}），审核完成后再填写"
        return Refusal(*NAMES, reason, "补齐材料，在名册里写上日期后再出", person.release.source)
    if person.certificate is None:
        return Refusal(*NAMES, f"{person.name}的考核还待补", "补齐名册里的空格后再出")
    first = next((one for one in person.certificate_reasons if one.source), None)
    reason = f"{person.name}{person.verdict}，不予填写"
    return Refusal(*NAMES, reason, "请通知受援单位不予填写", first.source if first else None)


def _appraised(given: Given, request: Request) -> PersonAppraisal | Refusal:
    """Return the assessed person whom the request means; the latest batch where it names none."""
    everybody = given.appraisal.people if given.appraisal else ()
    wanted = [
        one
        for one in everybody
        if request.person in {one.name, one.id} - {""} and (request.batch is None or one.batch == request.batch)
    ]
    if not wanted:
        who = f"名册里没有“{request.person}”" if request.person else "没有写明人员"
        return Refusal(*NAMES, who, "用 --person 写名册里的姓名或工号，用 --roster 写明名册")
    last = max((one.batch for one in wanted if one.batch), default=None)
    latest = [one for one in wanted if one.batch == last]
    if len(latest) > 1:
        places = "、".join(f"{one.department} {one.id}".strip() for one in latest)
        return Refusal(*NAMES, f"名册里有{len(latest)}个“{request.person}”（{places}）", "用 --person 写工号")
    return latest[0]


def _person(appraised: PersonAppraisal, workspace: Workspace) -> Person | None:
    """Return the particulars in the plan; None where the plan has nobody, or more than one, of that name."""
    department = workspace.plan.department(appraised.department)
    found = department.find(appraised.id or appraised.name) if department else ()
    return found[0] if len(found) == 1 else None


def _recipient(given: Given, appraised: PersonAppraisal) -> str:
    """Return the unit where the schedule posted this person; where it posted somebody else, that department's."""
    batch = given.schedule.batch(appraised.batch) if appraised.batch else None
    postings = [one for one in batch.postings if one.department == appraised.department] if batch else []
    own = [one for one in postings if one.person and one.person.name == appraised.name]
    units = {one.recipient_unit for one in own or postings}
    return units.pop() if len(units) == 1 else ""


def _form(appraised: PersonAppraisal, person: Person | None, unit: str, workspace: Workspace) -> Table:
    span = span_text(appraised.starts_on, appraised.ends_on) if appraised.starts_on and appraised.ends_on else ""
    rows = [
        _pairs(("姓名", appraised.name), ("性别", person.sex if person else ""), ("出生年月", _born(person))),
        _pairs(
            ("学历", person.education if person else ""),
            ("职称", title_of(person, workspace) if person else ""),
            ("专业", person.specialty if person else ""),
        ),
        _pairs(("科室", appraised.department), ("工作单位", workspace.plan.supporting_unit.name)),
        _pairs(("执业证号", person.licence if person else ""), ("身份证号", person.id_number if person else "")),
        _pairs(("服务单位", unit), ("批次", appraised.batch.label if appraised.batch else "")),
        _pairs(("服务时间", span)),
        *_results(appraised),
        _box("个人小结", _SIGNED_BY_PERSON, _SUMMARY),
        *(_box(name, _SIGNED, _OPINION) for name in _OPINIONS),
    ]
    return Table(_COLUMNS, tuple(rows), headed=False)


def _box(name: str, signed: str, height: int) -> Row:
    """Return room to write, with the line to sign at its foot."""
    return Row((_label(name), Cell(signed, _WIDTH - 1, Align.RIGHT, at_bottom=True)), height)


def _born(person: Person | None) -> str:
    return person.born if person else ""


def _label(text: str, span: int = 1) -> Cell:
    return Cell(text, span, Align.CENTRE, label=True)


def _pairs(*pairs: tuple[str, str]) -> Row:
    """Return a row of labels and values that fills the width: one, two or three pairs."""
    spans = {1: (_WIDTH - 1,), 2: (2, 2), 3: (1, 1, 1)}[len(pairs)]
    cells = []
    for (name, text), span in zip(pairs, spans, strict=True):
        cells += [_label(name), Cell(text, span, Align.CENTRE)]
    return Row(tuple(cells), _LINE)


def _results(appraised: PersonAppraisal) -> list[Row]:
    """Return the assessed items: one row each, beside a label that runs over all of them, and the verdict."""
    rows = [Row((_label("考核结果"), _label("项目"), _label("标准", 2), _label("完成情况", 2)), _LINE)]
    for item in appraised.items:
        texts = (item.name, _demand(item), measured(item))
        cells = [Cell(texts[0]), *(Cell(text, 2, Align.CENTRE) for text in texts[1:])]
        rows.append(Row((Cell(continues=True, label=True), *cells), _LINE))
    end = (Cell(continues=True, label=True), _label("结论"), Cell(appraised.verdict, _WIDTH - 2, Align.CENTRE))
    return [*rows, Row(end, _LINE)]


def _demand(item: Item) -> str:
    """Return the bound of an item, and those of its further checks (间隔)."""
    parts = [bound_text(item.kind, item.bound)] if item.bound is not None else []
    gaps = (one for one in item.checks if one.bound is not None and "间隔" in one.name)
    parts += [f"{one.name}不少于{number_text(one.bound)}天" for one in gaps if one.bound is not None]
    return "，".join(dict.fromkeys(parts)) or NOTHING
