"""Nouns for tests of rendering: a small hospital, one year's schedule, one batch's appraisal; all invented."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

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
from xiaxiang.model.batch import BatchName
from xiaxiang.model.calendar import WorkCalendar
from xiaxiang.model.decision import Reason
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.hospital import Department, Person, RecipientUnit, Unit
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.model.plan import Plan
from xiaxiang.model.policy import Policy, RotationRules
from xiaxiang.model.position import Position
from xiaxiang.model.rank import RankTable
from xiaxiang.model.reading import ReadingUsed
from xiaxiang.model.roster import RosterRow
from xiaxiang.model.schedule import Batch, Notice, Posting, PostingReason, Sanction, Schedule
from xiaxiang.model.source import Source
from xiaxiang.model.workspace import Workspace

DOCUMENT = "样例制度"
EAST, WEST = "河东中心卫生院", "河西乡卫生院"
ZHANG = Person(name="张三", professional_title="主治医师")
ZHAO = Person(name="赵六", professional_title="副主任医师", id="0017")
QIAN = Person(name="钱七", professional_title="主管护师")


def clause(text: str) -> Source:
    return Source(DOCUMENT, text)


def workspace(*left_out: str) -> Workspace:
    rotation = RotationRules(
        headcount=Parameter(((ALWAYS, 3),)),
        handover_months=Parameter(((ALWAYS, (1, 4, 7, 10)),)),
        handover_day=Parameter(((ALWAYS, "首个周一"),)),
        clause="三（一）",
    )
    plan = Plan(
        title="样例计划",
        supporting_unit=Unit(name="某县人民医院"),
        recipient_units=(RecipientUnit(name=EAST), RecipientUnit(name=WEST)),
        starts_on=date(2024, 1, 1),
        departments=(
            Department(name="内科", people=(ZHANG,)),
            Department(name="儿科", people=(ZHAO,)),
            Department(name="妇产科", people=(QIAN,)),
            Department(name="外科"),
        ),
        dispatch_order=("内科", "外科", "儿科", "妇产科"),
    )
    policy = Policy(name=DOCUMENT, document=DOCUMENT, rotation=rotation)
    return Workspace(plan, policy, WorkCalendar({}, frozenset(), frozenset()), RankTable({}), left_out)


FIRST = BatchName(2024, 1)
START, END = date(2024, 1, 2), date(2024, 3, 31)
READING = ReadingUsed("遇节假日", "顺延", "顺延到下一个工作日", clause("三（一）"))
DEFERRED_AT = Position("plan.yaml", 25, 5, 9)


def posting(slot: int, unit: str, department: str | None, person: Person | None, **changes: object) -> Posting:
    given: dict[str, object] = {
        "cycle": 1,
        "starts_on": START,
        "ends_on": END,
        "proposed": False,
        "reason": PostingReason.QUEUE,
        "because": (Reason(f"派遣顺序第 {slot} 位", clause("三（一）")),),
    }
    return Posting(slot, unit, department, person, **(given | changes))  # type: ignore[arg-type]


def schedule() -> Schedule:
    first = Batch(
        FIRST,
        date(2024, 1, 1),
        START,
        END,
        (
            posting(1, EAST, "内科", ZHANG),
            posting(2, EAST, "儿科", ZHAO, because=(Reason("外科后延", clause("三（二）"), DEFERRED_AT),)),
            posting(3, WEST, "妇产科", QIAN, proposed=True),
        ),
        (Reason("1月1日是元旦，顺延到 1月2日", clause("三（一）")),),
    )
    last = Batch(
        BatchName(2024, 4),
        date(2024, 10, 7),
        date(2024, 10, 8),
        date(2025, 1, 5),
        (
            posting(1, EAST, "外科", None, starts_on=date(2024, 10, 8), ends_on=date(2025, 1, 5)),
            posting(2, EAST, None, None, cycle=None, starts_on=date(2024, 10, 8), ends_on=date(2025, 1, 5)),
        ),
    )
    moved = "首个周一 1月1日是元旦，顺延到 1月2日"
    notices = (
        Notice("deferral-used", Severity.NOTE, FIRST, "外科", None, date(2023, 12, 20), "外科后延", clause("三（二）")),
        Notice("handover-moved", Severity.NOTE, FIRST, None, None, START, moved, clause("三（一）")),
        Notice(
            "nobody-available",
            Severity.ERROR,
            BatchName(2024, 4),
            "外科",
            None,
            date(2024, 10, 8),
            "外科没有人可派",
            Source("另一份文件", "五"),
            DEFERRED_AT,
        ),
    )
    fine = Sanction(FIRST, "眼科", None, 200_000, date(2023, 12, 28), "无特殊原因拒派", clause("四（六）"))
    return Schedule("样例计划", DOCUMENT, (first, last), notices, (fine,), (READING,))


def item(name: str, value: int | None, bound: int, *facts: str) -> Item:
    met = None if value is None else value >= bound
    exact = None if value is None else Fraction(value)
    check = Check("次数", exact, Fraction(bound), met)
    return Item(name, IndicatorKind.COUNT, exact, Fraction(bound), met, (check,), clause("四（二）"), facts)


def attendance(days: int | None, of: int) -> Item:
    rate = None if days is None else Fraction(days, of)
    met = None if rate is None else rate >= Fraction(4, 5)
    checks = (Check("比率", rate, Fraction(4, 5), met),)
    counted = None if days is None else (days, of)
    return Item("考勤", IndicatorKind.RATE, rate, Fraction(4, 5), met, checks, clause("四（二）"), (), fraction=counted)


def person(name: str, department: str, items: tuple[Item, ...], **changes: object) -> PersonAppraisal:
    unmet = sum(one.met is False for one in items)
    complete = all(one.met is not None for one in items)
    paid = 132_000 - 44_000 * min(unmet, 2)
    allowance = Allowance(132_000, 132_000 - paid, paid, (Reason("每天 20 元 × 22 天 × 3 个月", clause("四（五）")),))
    given: dict[str, object] = {
        "name": name,
        "id": "",
        "department": department,
        "batch": FIRST,
        "starts_on": START,
        "ends_on": END,
        "items": items,
        "unmet": unmet if complete else None,
        "complete": complete,
        "grade": None,
        "allowance": allowance if complete else None,
        "release": Release("ready", (), clause("四（四）")),
        "certificate": unmet < 2 if complete else None,
        "certificate_reasons": (),
        "redispatch": unmet == 3 if complete else None,
        "redispatch_reasons": (),
        "sanctions": (),
        "reward_share": 0,
        "net": paid if complete else None,
        "row": RosterRow(name, department),
    }
    return PersonAppraisal(**(given | changes))  # type: ignore[arg-type]


def appraisal() -> Appraisal:
    gap = "4月8日与4月12日相隔 4 天，少于 7 天"
    people = (
        person("张三", "内科", (item("授课", 4, 4), item("查房", 10, 8), attendance(58, 62))),
        person(
            "赵六",
            "儿科",
            (item("授课", 3, 4, gap), item("查房", 9, 8), attendance(60, 62)),
            release=Release("held", ("下乡总结",), clause("四（四）")),
        ),
        person(
            "欧阳建国",
            "妇产科",
            (item("授课", 2, 4, "只有 2 次"), item("查房", 5, 8), attendance(40, 62)),
            certificate_reasons=(Reason("两项以上未完成", clause("四（三）")),),
            sanctions=(Charge(12_000, "擅自调回 3 天", clause("三（六）")),),
        ),
        person("郑一", "外科", (item("授课", 4, 4), item("查房", 8, 8), attendance(None, 62))),
    )
    reward = (Reason("派出 1 人", clause("四（六）")),)
    departments = (
        DepartmentAppraisal("内科", 1, 100_000, reward, ()),
        DepartmentAppraisal("妇产科", 1, 100_000, reward, (Charge(50_000, "各项均未完成", clause("四（三）")),)),
        DepartmentAppraisal("外科", 0, 0, (), ()),
    )
    totals = Totals(4, 1, 396_000, 132_000, 264_000, 12_000, 0, 252_000, 200_000, 50_000, 150_000)
    return Appraisal(DOCUMENT, people, departments, totals, (READING,))
