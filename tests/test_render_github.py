"""Findings as GitHub's commands: one line each, whatever stands in a message."""

from __future__ import annotations

from xiaxiang.model.diagnostic import error, note, warning
from xiaxiang.model.position import Position
from xiaxiang.render.github import github_text


def test_each_severity_has_its_command_with_the_place() -> None:
    place = Position("plan.yaml", 3, 5, 7)

    assert github_text([error("x", "错了", "改", place)]) == (
        "::error file=plan.yaml,line=3,endLine=3,col=5,endColumn=7,title=x::错了。怎么改: 改\n"
    )
    assert github_text([warning("x", "错了", "", place)]).startswith("::warning ")
    assert github_text([note("x", "错了", "", place)]).startswith("::notice ")


def test_nothing_in_a_message_or_a_name_can_end_the_command() -> None:
    shown = github_text([error("x", "一%\n::error::二", "", Position("a,b:c%.yaml", 1, 1, 2))])

    assert shown.count("\n") == 1
    assert "file=a%2Cb%3Ac%25.yaml," in shown
    assert shown.endswith("::一%25%0A::error::二\n")


def test_findings_stand_in_order_once_each() -> None:
    one, two = (error("x", "错", "", Position("a", line, 1, 2)) for line in (9, 2))

    assert [line.split("line=")[1][0] for line in github_text([one, two, one]).splitlines()] == ["2", "9"]
