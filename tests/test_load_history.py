from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from schedule_support import department, workspace

from xiaxiang.load.history import load_history

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.ledger import History

WS = workspace(
    departments=(
        department("内科", {"姓名": "张三", "工号": "01"}, {"姓名": "李四"}),
        department("外科", {"姓名": "李四"}),
    )
)


def load(folder: Path, text: str) -> tuple[History | None, list[str]]:
    path = folder / "history.csv"
    path.write_text(text, encoding="utf-8")
    history, found, _ = load_history(path, WS, here=folder)
    return history, [f"{one.position} {one.severity} {one.code}" for one in found]


def test_every_row_is_a_stay_of_somebody_in_the_plan(tmp_path: Path) -> None:
    history, found = load(
        tmp_path,
        "姓名,工号,科室,起,止,受援单位,月数,备注\n张三,01,内科,2022-01-03,2022年4月2日,河东卫生院,3,省里派\n李四,,外科,２０２２/７/１,44926,,,\n",
    )

    assert history is not None
    assert found == ["history.csv:3:17 note excel-serial"]
    one, other = history.rows
    assert (one.name, one.department, one.id, one.months) == ("张三", "内科", "01", 3)
    assert (one.recipient_unit, one.remark) == ("河东卫生院", "省里派")
    assert (one.from_on, one.until_on) == (date(2022, 1, 3), date(2022, 4, 2))
    assert (other.name, other.department, other.months, other.until_on) == ("李四", "外科", None, date(2022, 12, 31))


@pytest.mark.parametrize(
    ("row", "found", "whose"),
    [
        ("张三,内科,2023-02-29,2023-03-31", "history.csv:2:7 error bad-date", ("01", "内科")),
        ("张三,内科,2023-01-01,2023-02-29", "history.csv:2:18 error bad-date", ("01", "内科")),
        ("张三,内科,2023-03-01,2023-01-31", "history.csv:2:18 error end-before-start", ("01", "内科")),
        ("张三,内科,2023-03-01,", "history.csv:2:18 error missing-field", ("01", "内科")),
        ("李四,,2023-01-01,2023-03-31", "history.csv:2:1 error ambiguous-person", ("李四", "")),
        ("王二,内科,2023-01-01,2023-03-31", "history.csv:2:1 error unknown-person", ("王二", "内科")),
        ("张三,儿科,2023-01-01,2023-03-31", "history.csv:2:4 error unknown-department", ("张三", "儿科")),
    ],
)
def test_a_row_that_cannot_be_counted_is_said_at_its_cell_and_kept_with_its_name(
    tmp_path: Path, row: str, found: str, whose: tuple[str, str]
) -> None:
    history, told = load(tmp_path, f"姓名,科室,起,止\n{row}\n张三,内科,2024-01-01,2024-03-31\n")

    assert history is not None
    assert told == [found]
    assert [(one.name, one.department) for one in history.broken] == [whose]
    assert len(history.rows) == 1


def test_the_same_stay_twice_counts_once(tmp_path: Path) -> None:
    row = "张三,2024-01-01,2024-03-31\n"
    history, told = load(tmp_path, f"姓名,起,止\n{row}{row}")

    assert history is not None
    assert (len(history.rows), told) == (1, ["history.csv:3:1 error duplicate-row"])


def test_a_sheet_without_days_is_no_history(tmp_path: Path) -> None:
    assert load(tmp_path, "姓名,年度,等级\n张三,2023,优秀\n")[0] is None
    assert load(tmp_path, "科室,起,止\n内科,2023-01-01,2023-02-01\n")[1][-1] == "history.csv:1:1 error missing-column"
