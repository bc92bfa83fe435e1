"""Assessment: 300,000 people with all reasons, clauses and money, beside the plain loop of baseline.py and OpenFisca.

As in `pipeline`, no garbage is looked for while people are assessed; the plain loop makes next to none.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import entities
from baseline import appraise
from measure import heading, in_turn, line, rate
from peers import has_package
from rotation import hospital

from xiaxiang.assess import assess
from xiaxiang.load.files import collector_at_rest
from xiaxiang.model.batch import BatchName
from xiaxiang.model.roster import Roster, RosterRow

DEPARTMENTS, PEOPLE = 6000, 50
SECONDS = 10
FOR_OPENFISCA = 10_000
"""People asked of its entity dictionaries, whose time grows faster than their number."""
STARTS_ON, ENDS_ON = date(2024, 4, 1), date(2024, 6, 30)
REQUIRED_DAYS = 62


def row(department: int, place: int) -> RosterRow:
    """Return one person's row: most meet everything, some lecture too seldom or too close, or stay away."""
    serial = department * PEOPLE + place
    name = f"科室{department + 1}"
    gap, lectures = (14, 5) if serial % 5 else (4, 4)
    days = tuple(STARTS_ON + timedelta(days=7 + gap * number) for number in range(lectures - (serial % 11 == 0) * 2))
    return RosterRow(
        f"{name}{place}",
        name,
        batch=BatchName(2024, 2),
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        values={
            "授课日期": days,
            "查房次数": 6 + serial % 6,
            "出勤天数": 45 + serial % 18,
            "应出勤天数": REQUIRED_DAYS,
            "总结日期": ENDS_ON,
            "审核日期": ENDS_ON,
            "考核表交表日期": ENDS_ON,
        },
        row=serial + 2,
    )


def main() -> None:
    """Print the figures."""
    count = DEPARTMENTS * PEOPLE
    heading([f"考核：{count:,} 人"])
    workspace = hospital(DEPARTMENTS, PEOPLE)
    rows = tuple(row(department, place) for department in range(DEPARTMENTS) for place in range(PEOPLE))
    roster = Roster("名册.csv", {name: name for name in rows[0].values}, rows)
    plain = [(list(days(one)), number(one, "查房次数"), number(one, "出勤天数"), REQUIRED_DAYS) for one in rows]
    appraisal, _ = assess(workspace, roster, None)
    same = [(one.unmet, one.allowance.paid if one.allowance else None) for one in appraisal.people]
    if same != [(unmet, yuan * 100) for unmet, yuan in appraise(plain)]:
        message = "the plain loop gives other answers than the product: the comparison means nothing"
        raise SystemExit(message)

    def ours_at_rest() -> None:
        with collector_at_rest():
            assess(workspace, roster, None)

    ours, theirs = in_turn(ours_at_rest, lambda: appraise(plain), runs=3)
    line("考核（含全部理由和条款）", ours, "只算结果的循环", theirs)
    print(f"考核 {count:,} 人: {ours:.1f} 秒   （要求 ≤ {SECONDS} 秒）", flush=True)
    if has_package("openfisca_core"):
        beside_openfisca(plain[:FOR_OPENFISCA], count / ours)


def beside_openfisca(plain: list[tuple[list[date], int, int, int]], ours: float) -> None:
    """Print our people a second beside those of OpenFisca's entity dictionaries."""
    rows = [(len(set(days)), smallest_gap(days), *rest) for days, *rest in plain]
    rules = entities.system()
    if entities.appraise(rules, rows) != appraise(plain):
        message = "OpenFisca gives other answers than the product: the comparison means nothing"
        raise SystemExit(message)
    (theirs,) = in_turn(lambda: entities.appraise(rules, rows), runs=1)
    rate("考核", ours, f"OpenFisca 的实体字典（{len(rows):,} 人）", len(rows) / theirs, "≥ 10 倍")


def smallest_gap(days: list[date]) -> int:
    """Return the fewest days between two lectures."""
    return min(((late - early).days for early, late in pairwise(sorted(set(days)))), default=entities.NO_GAP)


def days(one: RosterRow) -> tuple[date, ...]:
    value = one.values["授课日期"]
    return value if isinstance(value, tuple) else ()


def number(one: RosterRow, column: str) -> int:
    value = one.values[column]
    return int(value) if isinstance(value, (int, Fraction)) else 0


if __name__ == "__main__":
    main()
