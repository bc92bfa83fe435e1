"""One invented hospital with a year's schedule and a batch's appraisal, for tests of documents. Only nouns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from xiaxiang.model.appraisal import (
    Allowance,
    Appraisal,
    Charge,
    Check,
    DepartmentAppraisal,
    Item,
    PersonAppraisal,
    Release,
    Totals,
)
from xiaxiang.model.batch import BatchName, parse_batch
from xiaxiang.model.calendar import WorkCalendar
from xiaxiang.model.decision import Reason
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.document import Content, Document, Request, Wording
from xiaxiang.model.funding import Funding, PersonalAllowance, RecallSanction, ReleaseGate
from xiaxiang.model.hospital import Department, Person, RecipientUnit, Unit
from xiaxiang.model.indicator import AssessmentRules, Conclusion, Indicator, IndicatorKind
from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.model.plan import Issue, LeadingGroup, Plan
from xiaxiang.model.policy import LeaveRules, Policy, RotationRules
from xiaxiang.model.rank import Rank, RankTable
from xiaxiang.model.reading import ReadingUsed
from xiaxiang.model.roster import RosterRow
from xiaxiang.model.schedule import Batch, Notice, Posting, PostingReason, Schedule
from xiaxiang.model.source import Source
from xiaxiang.model.workspace import Workspace
from xiaxiang.present.given import Given
from xiaxiang.present.kinds import present
from xiaxiang.render.templates import fill

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
DOCUMENT = "卫生下乡工作制度"
EAST, WEST = "河东中心卫生院", "河西乡卫生院"
FIRST, SECOND = BatchName(2024, 1), BatchName(2024, 2)
STARTS_ON, ENDS_ON = date(2024, 4, 1), date(2024, 6, 30)
MONTH_PAY, TERM_PAY = 44000, 132000

WANG = Person(
    name="王五",
    id="1005",
    professional_title="主治医师",
    sex="男",
    born="1985年6月",
    education="大学本科",
    specialty="普通外科",
    licence="110370000001234",
    mobile="13812345678",
    id_number="370100198506151234",
)
SUN = Person(name="孙八", id="1008", professional_title="主管护师")
WU = Person(name="吴十", id="1010", professional_title="副主任医师")
ZHENG = Person(name="郑一", id="1011", professional_title="主治医师")
ZHANG = Person(name="张三", id="1003", professional_title="主治医师")
QIAN = Person(name="钱七", id="1007")
PEOPLE = {"外科": WANG, "骨科": SUN, "眼科": WU, "口腔科": ZHENG, "内科": ZHANG, "妇产科": QIAN}


def clause(text: str) -> Source:
    return Source(DOCUMENT, text)


def always(value: object, own: str = "") -> Parameter[object]:
    return Parameter(((ALWAYS, value),), own)


def policy() -> Policy:
    return Policy(
        name=DOCUMENT,
        document=DOCUMENT,
        rotation=RotationRules(
            headcount=always(3),
            handover_months=always((1, 4, 7, 10)),
            handover_day=always("首个周一"),
            clause="三（一）",
        ),
        assessment=AssessmentRules(
            indicators=(
                Indicator(
                    name="授课",
                    kind=IndicatorKind.COUNT,
                    at_least=always(Fraction(4)),
                    min_gap_days=always(7),
                    routine="每两周一次",
                    clause="四（二）",
                ),
                Indicator(name="查房", kind=IndicatorKind.COUNT, at_least=always(Fraction(8)), clause="四（二）"),
                Indicator(
                    name="考勤",
                    kind=IndicatorKind.RATE,
                    at_least=always(Fraction(4, 5)),
                    numerator="出勤天数",
                    denominator="应出勤天数",
                    clause="四（二）",
                ),
            ),
            conclusions=(
                Conclusion(unmet=always(0), months_deducted=always(0), clause="四（四）"),
                Conclusion(unmet=always(1), months_deducted=always(1), clause="四（三）"),
                Conclusion(unmet=always(3), months_deducted=always(2), clause="四（三）"),
            ),
        ),
        funding=Funding(
            allowance=PersonalAllowance(
                per_day=always(2000), days_per_month=always(22), months=always(3), clause="四（五）"
            ),
            release_gate=ReleaseGate(papers=("任务考核表", "下乡总结", "医务部审核"), clause="四（四）"),
            recall=RecallSanction(per_working_day=always(4000), on_whom=("个人", "科室"), clause="三（六）"),
        ),
        leave=LeaveRules(written_from_days=always(3), clause="三（七）"),
        clauses={"人员派遣": "三（一）", "意外公布": "三（四）", "派遣顺序": "三（一）"},
    )


ISSUES = (
    Issue(
        kind="派遣通知",
        batch=parse_batch("2024-2"),
        number="某县医发[2024]第012号",
        issued_on=date(2024, 3, 27),
        contact="李四",
        phone="0000-1234567",
        copied_to="县卫生健康局，河东中心卫生院，河西乡卫生院",
    ),
    Issue(kind="quality-bulletin", month="2024-03", number="某县医质〔2024〕3号"),
    Issue(kind="考核通报", batch=parse_batch("第2批"), number="某县医发（2024）31号", copied_to="县卫生健康局。"),
    Issue(kind="服务鉴定表", person="王五", number="鉴2024-05"),
)


def workspace(*left_out: str) -> Workspace:
    plan = Plan(
        title="2024年卫生下乡计划",
        supporting_unit=Unit(name="某县人民医院"),
        recipient_units=(RecipientUnit(name=EAST), RecipientUnit(name=WEST)),
        starts_on=date(2024, 1, 1),
        departments=tuple(Department(name=name, people=(person,)) for name, person in PEOPLE.items()),
        dispatch_order=tuple(PEOPLE),
        leading_group=LeadingGroup(office="设在医务部"),
        documents=ISSUES,
    )
    calendar = WorkCalendar(
        {date(2024, 1, 1): "元旦", date(2024, 6, 10): "端午节"}, frozenset(), frozenset({2023, 2024})
    )
    return Workspace(plan, policy(), calendar, RankTable({"主治医师": Rank.INTERMEDIATE}), left_out)


def posting(slot: int, unit: str, department: str | None, **changes: object) -> Posting:
    given: dict[str, object] = {
        "person": PEOPLE.get(department or ""),
        "cycle": 1,
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "proposed": False,
        "reason": PostingReason.QUEUE,
        "because": (Reason("派遣顺序第 1 位，第 1 轮轮到", clause("三（一）")),),
    }
    return Posting(slot=slot, recipient_unit=unit, department=department, **(given | changes))  # type: ignore[arg-type]  # a test's defaults


def _first_batch() -> Batch:
    span = {"starts_on": date(2024, 1, 2), "ends_on": date(2024, 3, 31)}
    postings = (
        posting(1, EAST, "内科", **span),
        posting(2, EAST, "妇产科", proposed=True, **span),
        posting(3, WEST, None, person=None, cycle=None, **span),
    )
    moved = (Reason("首个周一1月1日是元旦，顺延到1月2日（周二）", clause("三（一）")),)
    return Batch(FIRST, date(2024, 1, 1), date(2024, 1, 2), date(2024, 3, 31), postings, moved)


def _second_batch() -> Batch:
    changed_on = date(2024, 5, 20)
    postings = (
        posting(1, EAST, "骨科", reason=PostingReason.PROMOTION),
        posting(2, EAST, "外科"),
        posting(3, WEST, "眼科", ends_on=date(2024, 5, 19)),
        posting(3, WEST, "口腔科", starts_on=changed_on, reason=PostingReason.INCIDENT),
    )
    return Batch(SECOND, STARTS_ON, STARTS_ON, ENDS_ON, postings)


def notice(code: str, message: str, **changes: object) -> Notice:
    given: dict[str, object] = {
        "severity": Severity.NOTE,
        "batch": SECOND,
        "department": None,
        "person": None,
        "on": date(2024, 3, 20),
        "source": clause("三（四）"),
        "published_on": date(2024, 3, 1),
    }
    return Notice(code=code, message=message, **(given | changes))  # type: ignore[arg-type]  # a test's defaults


NOTICES = (
    notice(
        "handover-moved",
        "首个周一1月1日是元旦，顺延到1月2日（周二）",
        batch=FIRST,
        on=date(2024, 1, 1),
        source=clause("三（一）"),
        published_on=None,
    ),
    notice("promotion-placed", "骨科 孙八 2024-03-22 申请晋升优先，占用本科室第 1 轮名次", on=date(2024, 3, 22)),
    notice("slot-vacant", "妇产科 钱七 因产检不能成行，由下一科室派员，轮次保留到下一批最前。", department="妇产科"),
    notice(
        "person-replaced",
        "眼科 吴十 自 2024-05-20 起因病离开，由 口腔科 郑一 接替到批次结束",
        on=date(2024, 5, 20),
        published_on=date(2024, 5, 1),
    ),
    notice("below-rank", "与变动无关的提醒", published_on=None),
)
READINGS = (
    ReadingUsed("授课间隔", "任一间隔", "有一次间隔不足即不合格", clause("四（二）")),
    ReadingUsed("应出勤", "工作日", "派驻期间的法定工作日", clause("四（二）")),
    ReadingUsed("补助月数", "固定三个月", "不论派驻几周，按规定的月数发放", clause("四（五）")),
)


def schedule() -> Schedule:
    return Schedule("2024年卫生下乡计划", DOCUMENT, (_first_batch(), _second_batch()), NOTICES, (), READINGS)


def item(name: str, value: Fraction | None, bound: Fraction, *facts: str, met: bool | None = True) -> Item:
    if name == "考勤":
        counted = (value * 62, 62) if value is not None else None
        return Item(name, IndicatorKind.RATE, value, bound, met, (), clause("四（二）"), facts, fraction=counted)
    checks = [Check("次数", value, bound, value >= bound)]
    if name == "授课":
        checks.append(Check("间隔", Fraction(14 if met else 4), Fraction(7), met))
    return Item(name, IndicatorKind.COUNT, value, bound, met, tuple(checks), clause("四（二）"), facts)


def items(lectures: int, rounds: int, attended: int | None, *facts: str, lecture_met: bool = True) -> tuple[Item, ...]:
    rate = None if attended is None else Fraction(attended, 62)
    rate_met = None if rate is None else rate >= Fraction(4, 5)
    return (
        item("授课", Fraction(lectures), Fraction(4), *facts, met=lecture_met),
        item("查房", Fraction(rounds), Fraction(8), f"{rounds} 次", met=rounds >= 8),
        item("考勤", rate, Fraction(4, 5), f"{attended} 天 ÷ 62 天", met=rate_met),
    )


def settled(months: int) -> Allowance:
    deducted = months * MONTH_PAY
    reasons = (Reason("66 天 × 20 元 = 1,320 元", clause("四（五）")), Reason("扣减", clause("四（三）")))
    return Allowance(TERM_PAY, deducted, TERM_PAY - deducted, reasons)


def appraised(
    person: Person, department: str, unmet: int | None, judged: tuple[Item, ...], **changes: object
) -> PersonAppraisal:
    complete = unmet is not None
    money = settled(min(unmet, 2)) if unmet is not None else None
    given: dict[str, object] = {
        "batch": SECOND,
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "grade": None,
        "release": Release("ready", (), clause("四（四）")),
        "certificate": unmet < 2 if unmet is not None else None,
        "certificate_reasons": (Reason("鉴定表", clause("四（三）" if unmet else "四（四）")),) if complete else (),
        "redispatch": unmet == 3 if complete else None,
        "redispatch_reasons": (Reason("重新下乡", clause("四（三）")),) if unmet == 3 else (),
        "sanctions": (),
        "reward_share": 0,
        "net": money.paid if money else None,
        "row": RosterRow(person.name, department),
    }
    return PersonAppraisal(
        name=person.name,
        id=person.id,
        department=department,
        items=judged,
        unmet=unmet,
        complete=complete,
        allowance=money,
        **(given | changes),  # type: ignore[arg-type]  # a test's defaults
    )


def appraisal() -> Appraisal:
    held = Release("held", ("下乡总结",), clause("四（四）"))
    recalled = Charge(20000, "擅自返回本科室 5 个工作日", clause("三（六）"))
    close = "4月8日与4月12日相隔 4 天，少于 7 天"
    people = (
        appraised(WANG, "外科", 0, items(5, 10, 58, "5 次")),
        appraised(SUN, "骨科", 1, items(4, 9, 60, "4 次", close, lecture_met=False), release=held),
        appraised(
            WU,
            "眼科",
            3,
            items(2, 5, 40, "2 次", lecture_met=False),
            sanctions=(recalled,),
            net=TERM_PAY - 88000 - 20000,
        ),
        appraised(ZHENG, "口腔科", None, items(4, 8, None, "4 次")),
    )
    fine = Charge(50000, "吴十三项均未完成", clause("四（三）"))
    departments = tuple(
        DepartmentAppraisal(name, 1, 100000, (), (fine,) if name == "眼科" else ()) for name in ("外科", "骨科", "眼科")
    )
    totals = Totals(3, 1, 396000, 132000, 264000, 20000, 0, 244000, 300000, 50000, 250000)
    return Appraisal(DOCUMENT, people, departments, totals, READINGS)


def given(*left_out: str, unmasked: bool = False) -> Given:
    return Given(workspace(*left_out), schedule(), appraisal(), unmasked)


REQUESTS = {
    "dispatch-notice": Request("dispatch-notice", SECOND),
    "rotation-table": Request("rotation-table", year=2024),
    "quality-bulletin": Request("quality-bulletin", month=date(2024, 3, 1)),
    "assessment-circular": Request("assessment-circular", SECOND),
    "allowance-sheet": Request("allowance-sheet", SECOND),
    "service-certificate": Request("service-certificate", SECOND, person="王五"),
}


def wording(kind: str) -> Wording:
    file = TEMPLATES / f"{kind}.txt.j2"
    return Wording(f"templates/{file.name}", file.read_text(encoding="utf-8"))


def content(kind: str, *left_out: str, request: Request | None = None) -> Content:
    made = present(given(*left_out), request or REQUESTS[kind])
    assert isinstance(made, Content), made
    return made


def document(kind: str, *left_out: str, request: Request | None = None) -> Document:
    made, found = fill(content(kind, *left_out, request=request), wording(kind))
    assert found == ()
    assert made is not None
    return made


def with_workspace(changed: Workspace) -> Given:
    return replace(given(), workspace=changed)
