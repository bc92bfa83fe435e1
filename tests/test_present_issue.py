from __future__ import annotations

from datetime import date

import documents_support as made
import pytest

from xiaxiang.model.batch import BatchName, parse_batch
from xiaxiang.model.document import Request
from xiaxiang.model.plan import Issue
from xiaxiang.present.issue import before_handover, end_of_batch, end_of_month, find_issue, official_number

NAMES = ("dispatch-notice", "派遣通知")
SECOND = Request("dispatch-notice", BatchName(2024, 2))


def found(issue: Issue, request: Request, *people: str) -> bool:
    whole = made.workspace()
    changed = made.replace(whole, plan=whole.plan.model_copy(update={"documents": (issue,)}))
    return find_issue(changed, request, NAMES, people) is issue


@pytest.mark.parametrize("batch", ["2024-2", "2024年第2批", "第2批", "二季度"])
def test_an_entry_is_found_by_its_batch_however_that_is_written(batch: str) -> None:
    assert found(Issue(kind="派遣通知", batch=parse_batch(batch)), SECOND)
    assert found(Issue(kind="dispatch-notice", batch=parse_batch(batch), year="2024年"), SECOND)


def test_an_entry_about_another_batch_year_or_kind_is_not_taken() -> None:
    assert not found(Issue(kind="派遣通知", batch=parse_batch("2024-1")), SECOND)
    assert not found(Issue(kind="派遣通知", batch=parse_batch("第2批"), year="2023"), SECOND)
    assert not found(Issue(kind="考核通报", batch=parse_batch("2024-2")), SECOND)
    # A number belongs to one document: an entry that names no batch is nobody's.
    assert not found(Issue(kind="派遣通知", number="1号"), SECOND)


@pytest.mark.parametrize(("month", "year"), [("2024-03", ""), ("2024年3月", ""), ("3月", "2024"), ("3", "2024年")])
def test_an_entry_is_found_by_its_month(month: str, year: str) -> None:
    request = Request("dispatch-notice", month=date(2024, 3, 1))
    assert found(Issue(kind="派遣通知", month=month, year=year), request) is (month != "3")
    assert not found(Issue(kind="派遣通知", month="2024-04"), request)


def test_an_entry_is_found_by_year_and_by_person() -> None:
    assert found(Issue(kind="派遣通知", year="２０２４年"), Request("dispatch-notice", year=2024))
    person = Request("dispatch-notice", BatchName(2024, 2), person="1005")
    assert found(Issue(kind="派遣通知", person="王五"), person, "王五", "1005")
    assert found(Issue(kind="派遣通知", person="王五", batch=parse_batch("2024-2")), person, "王五", "1005")
    assert not found(Issue(kind="派遣通知", person="王五", batch=parse_batch("2024-1")), person, "王五", "1005")
    assert not found(Issue(kind="派遣通知", batch=parse_batch("2024-2")), person, "王五", "1005")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("某县医发〔2024〕3号", "某县医发〔2024〕3号"),
        ("某县医发[2024]第003号", "某县医发〔2024〕3号"),
        ("某县医发（２０２４）12号", "某县医发〔2024〕12号"),
        ("某县医发【2024】5", "某县医发〔2024〕5号"),
        ("鉴2024-05", "鉴2024-05"),
    ],
)
def test_a_number_has_its_year_in_the_standards_brackets_and_no_leading_zero(written: str, printed: str) -> None:
    assert official_number(Issue(kind="派遣通知", number=written), date(2024, 1, 1)) == (printed, True)


def test_a_document_without_a_number_prints_the_place_for_one() -> None:
    assert official_number(None, date(2024, 3, 29)) == ("〔2024〕　号", False)
    assert official_number(Issue(kind="派遣通知"), date(2023, 12, 29)) == ("〔2023〕　号", False)


def test_the_date_without_an_entry_is_a_working_day_and_never_the_clock() -> None:
    whole = made.workspace()
    assert before_handover(whole, date(2024, 1, 2)) == date(2023, 12, 29)  # 1 January off, then a weekend
    assert end_of_month(whole, date(2024, 3, 1)) == date(2024, 3, 29)
    assert end_of_month(whole, date(2023, 12, 1)) == date(2023, 12, 29)
    assert end_of_batch(whole, date(2024, 6, 30)) == date(2024, 6, 28)
