"""A table of units, teams, departments or people assessed without a plan: items, score, grade, money."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.assess.amounts import lines_of
from xiaxiang.assess.applicable import bounds_for, report_unread, report_untouched
from xiaxiang.assess.grade import Grounds, graded
from xiaxiang.assess.indicator import item_of
from xiaxiang.assess.measure import missing
from xiaxiang.assess.run import Run
from xiaxiang.assess.score import total_of
from xiaxiang.assess.settlement_funds import balance_of
from xiaxiang.assess.stint import Stint
from xiaxiang.assess.subject import Subject
from xiaxiang.assess.windows import period_text
from xiaxiang.model.appraisal_table import SubjectAppraisal, TableAppraisal
from xiaxiang.model.diagnostic import Diagnostic, in_order
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from xiaxiang.model.roster import Roster, RosterRow
    from xiaxiang.model.workspace import Workspace


def assess_table(
    workspace: Workspace, table: Roster, history: Mapping[str, Mapping[int, str]]
) -> tuple[TableAppraisal, tuple[Diagnostic, ...]]:
    """Return the result of a table, subjects in its order, with what was found wrong on the way.

    Every row says its period (派驻开始、派驻结束); of a policy that looks at who makes up a team, the rows of one
    team are one subject. `history` gives the grades of earlier years.
    """
    run = Run(workspace, table, None)
    kind = workspace.policy.subject
    subjects = _told_apart(
        _appraised(run, rows, history.get(rows[0].name, {})) for rows in _groups(workspace, table.rows)
    )
    sums: dict[str, tuple[int, int, int]] = {}
    for line in (line for one in subjects for line in one.money):
        amount, withheld, paid = sums.get(line.name, (0, 0, 0))
        sums[line.name] = amount + line.amount, withheld + line.withheld, paid + line.paid
    balance = balance_of(workspace.policy, subjects)
    result = TableAppraisal(workspace.policy.name, kind, subjects, tuple(sums.items()), run.readings_used(), balance)
    return result, in_order(run.findings)


def _told_apart(subjects: Iterable[SubjectAppraisal]) -> tuple[SubjectAppraisal, ...]:
    """Return the subjects, those of one name labelled with their periods (甲医院 2014年6月)."""
    found = tuple(subjects)
    often = Counter(one.name for one in found)
    return tuple(
        replace(one, label=f"{one.name} {period_text(one.starts_on, one.ends_on)}") if often[one.name] > 1 else one
        for one in found
    )


def _groups(workspace: Workspace, rows: Iterable[RosterRow]) -> list[tuple[RosterRow, ...]]:
    """Return the rows of each subject: all rows of a team where 构成 is looked at, else each row alone."""
    assessment = workspace.policy.assessment
    by_team = any(one.kind is IndicatorKind.COMPOSITION for one in (assessment.indicators if assessment else ()))
    if not by_team:
        return [(row,) for row in rows]
    teams: dict[tuple[str, date | None, date | None], list[RosterRow]] = {}
    for row in rows:
        teams.setdefault((row.department or row.name, row.starts_on, row.ends_on), []).append(row)
    return [tuple(team) for team in teams.values()]


def _appraised(run: Run, rows: tuple[RosterRow, ...], earlier: Mapping[int, str]) -> SubjectAppraisal:
    row = rows[0]
    if row.starts_on is None or row.ends_on is None:
        raise ValueError(row)  # whoever reads the table gives every row its period
    stint = Stint(None, row.starts_on, row.ends_on, row.starts_on, row.ends_on)
    rules = run.rules(stint.term_from)
    subject = Subject(row, row.department, stint, rules, members=rows, kind=run.policy.subject)
    bounds = bounds_for(run, subject)
    items = tuple(item_of(run, subject, one) for one in bounds)
    recommended = _recommended(run, row)
    open_items = recommended is None or any(item.met is None for item in items)
    unmet = None if open_items else [item.met for item in items].count(False)
    score, score_facts = total_of(items, bounds)
    years = _in_a_row(earlier, row.ends_on.year)
    grounds = Grounds(items, bounds, score, years, recommended or "")
    found = None if open_items else graded(run.policy, stint.term_from, grounds)
    withheld = found.withheld if found else {}
    money = None if open_items else lines_of(run, subject, stint.term_from, withheld, all_met=unmet == 0)
    if items or money != ():
        report_unread(run, row)
    else:
        report_untouched(run, row)
    return SubjectAppraisal(
        name=row.department or row.name,
        label=row.department or row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        items=items,
        unmet=unmet,
        complete=money is not None,
        score=score,
        score_facts=score_facts,
        grade=found.grade.name if found else None,
        grade_reasons=found.reasons if found else (),
        follows=found.follows if found else (),
        money=money or (),
        row=row,
    )


def _recommended(run: Run, row: RosterRow) -> str | None:
    """Return the grade recommended for a row ("" where the policy works grades out); None (reported) if none is."""
    assessment = run.policy.assessment
    if assessment is None or not assessment.recommended:
        return ""
    column, grades = assessment.recommended, [one.name for one in assessment.grades]
    said = str(row.values.get(column, "")).strip()
    if said in grades:
        return said
    missing(run, row, column)
    if said:
        hint = nearest_hint(said, grades, "等级有 " + "、".join(grades))
        run.warn("unknown-word", f"{row.name}的“{column}”写的“{said}”不是等级，待补", hint, row.places.of(column))
    return None


def _in_a_row(earlier: Mapping[int, str], year: int) -> tuple[str, ...]:
    """Return the grades of the years before `year`, the latest first, up to the first year without one."""
    found: list[str] = []
    while year - 1 - len(found) in earlier:
        found.append(earlier[year - 1 - len(found)])
    return tuple(found)
