from __future__ import annotations

from datetime import date

import pytest
from schedule_support import codes, run, workspace

# rules.md, section 7 (H): quarter → nominal, next working day, next working Monday, previous working day
HANDOVERS = [
    ("2023-1", "2023-01-02", "2023-01-03", "2023-01-09", "2022-12-30"),
    ("2023-4", "2023-10-02", "2023-10-07", "2023-10-09", "2023-09-28"),
    ("2024-1", "2024-01-01", "2024-01-02", "2024-01-08", "2023-12-29"),
    ("2024-2", "2024-04-01", "2024-04-01", "2024-04-01", "2024-04-01"),
    ("2024-3", "2024-07-01", "2024-07-01", "2024-07-01", "2024-07-01"),
    ("2024-4", "2024-10-07", "2024-10-08", "2024-10-14", "2024-09-30"),
    ("2025-1", "2025-01-06", "2025-01-06", "2025-01-06", "2025-01-06"),
    ("2025-2", "2025-04-07", "2025-04-07", "2025-04-07", "2025-04-07"),
    ("2025-3", "2025-07-07", "2025-07-07", "2025-07-07", "2025-07-07"),
    ("2025-4", "2025-10-06", "2025-10-09", "2025-10-13", "2025-09-30"),
    ("2026-2", "2026-04-06", "2026-04-07", "2026-04-13", "2026-04-03"),
    ("2026-4", "2026-10-05", "2026-10-08", "2026-10-12", "2026-09-30"),
]


def handovers(**readings: str) -> dict[str, tuple[str, str]]:
    result = run(workspace(starts_on=date(2022, 10, 1), readings=readings), 2023, 2024, 2025, 2026)
    return {str(b.name): (b.nominal_on.isoformat(), b.handover_on.isoformat()) for b in result.batches}


@pytest.mark.parametrize(("reading", "column"), [("顺延", 2), ("下一个周一", 3), ("提前", 4), ("不变", 1)])
def test_every_handover_of_2023_to_2026_moves_as_the_reading_says(reading: str, column: int) -> None:
    found = handovers(遇节假日=reading)
    expected = {row[0]: (row[1], row[column]) for row in HANDOVERS}
    assert expected == {name: found[name] for name in expected}


def test_a_make_up_saturday_is_no_handover_where_the_reading_says_so() -> None:
    assert handovers(调休上班日交接="否")["2023-4"] == ("2023-10-02", "2023-10-09")


def test_a_moved_handover_is_a_notice_with_both_days_and_its_clause() -> None:
    moved = [one for one in run(workspace()).notices if one.code == "handover-moved"]
    assert [(str(one.batch), one.message, one.source.clause) for one in moved] == [
        ("2024-1", "首个周一1月1日是元旦，顺延到1月2日（周二）", "三（一）"),
        ("2024-4", "首个周一10月7日是国庆节，顺延到10月8日（周二）", "三（一）"),
    ]


def test_a_batch_ends_on_the_day_before_the_next_handover() -> None:
    batches = run(workspace(), 2024, 2025).batches
    assert [b.ends_on.isoformat() for b in batches][:4] == ["2024-03-31", "2024-06-30", "2024-10-07", "2025-01-05"]


def test_the_term_of_the_second_quarter_of_2024_has_62_working_days() -> None:
    batch = run(workspace()).batches[1]
    assert workspace().calendar.working_days(batch.handover_on, batch.ends_on) == 62


def test_the_first_batch_is_the_first_whose_nominal_or_moved_day_is_not_before_the_start() -> None:
    # 2024-10-07 is nominal, 2024-10-08 the moved day: a plan that starts on the 8th still has that batch.
    assert [str(b.name) for b in run(workspace(starts_on=date(2024, 10, 8))).batches] == ["2024-4"]
    assert run(workspace(starts_on=date(2024, 10, 9))).batches == ()


def test_july_is_the_third_batch_also_in_the_first_year_of_a_plan() -> None:
    assert [str(b.name) for b in run(workspace(starts_on=date(2024, 5, 1))).batches] == ["2024-3", "2024-4"]


def test_an_unpublished_year_says_so_once_and_still_works() -> None:
    result = run(workspace(), 2027)
    assert [code for code in codes(result) if code[1] == "calendar-unpublished"] == [("2027-1", "calendar-unpublished")]
    assert [str(b.handover_on) for b in result.batches] == ["2027-01-04", "2027-04-06", "2027-07-05", "2027-10-08"]
    assert result.batches[1].handover_because[0].text == "首个周一4月5日是清明，顺延到4月6日（周二）"
