"""The calendar is read back by a small reader of RFC 5545 written for this test, which knows nothing of the writer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import samples
import schedule_support as support
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.model.hospital import Person
from xiaxiang.model.masking import masked
from xiaxiang.render.ics import schedule_ics
from xiaxiang.render.text_layout import visible

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Schedule

Event = dict[str, str]
UNESCAPED = {"\\": "\\", ";": ";", ",": ",", "n": "\n", "N": "\n"}


def events(data: bytes) -> list[Event]:
    """Return the events, each as property (parameters dropped) → text. Fails where the file breaks the standard."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    lines = data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN"} <= set(lines[1:6])
    found: list[Event] = []
    inside: Event | None = None
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            found.append(inside)
            inside = None
        elif inside is not None:
            assert name.partition(";")[0] not in inside
            inside[name.partition(";")[0]] = text(value)
    return found


def text(value: str) -> str:
    result, signs = "", iter(value)
    for sign in signs:
        result += UNESCAPED[next(signs)] if sign == "\\" else sign
    return result


def sample() -> list[Event]:
    return events(schedule_ics(samples.workspace(), samples.schedule()))


def with_person(person: Person) -> Schedule:
    whole = samples.schedule()
    posting = samples.posting(1, samples.EAST, "内科", person)
    return replace(whole, batches=(replace(whole.batches[0], postings=(posting,)),))


def test_there_is_one_event_for_every_handover_and_one_for_every_posting_of_a_department() -> None:
    assert [one["SUMMARY"] for one in sample()] == [
        "2024年第1批交接",
        "下乡 内科 张三",
        "下乡 儿科 赵六",
        "下乡 妇产科 由科室确定（建议 钱七）",
        "2024年第4批交接",
        "下乡 外科 空缺",
    ]
    assert [one["STATUS"] for one in sample()] == ["CONFIRMED"] * 3 + ["TENTATIVE", "CONFIRMED", "TENTATIVE"]


def test_events_are_whole_days_and_end_on_the_day_after_the_last() -> None:
    assert [(one["DTSTART"], one["DTEND"]) for one in sample()][:2] == [
        ("20240102", "20240103"),
        ("20240102", "20240401"),
    ]


def test_the_reasons_stand_in_the_description_with_their_clauses() -> None:
    assert sample()[2]["DESCRIPTION"] == "2024年第1批\n外科后延（三（二））"
    assert sample()[2]["LOCATION"] == samples.EAST


def test_every_event_has_a_name_of_its_own_that_an_edit_does_not_change() -> None:
    before = [one["UID"] for one in sample()]
    changed = samples.schedule().batches[0]
    postings = tuple(replace(one, person=samples.ZHAO, proposed=False) for one in changed.postings)
    edited = replace(samples.schedule(), batches=(replace(changed, postings=postings), *samples.schedule().batches[1:]))
    after = [one["UID"] for one in events(schedule_ics(samples.workspace(), edited))]
    assert after == before
    assert max(Counter(before).values()) == 1


def test_who_stands_in_gets_an_event_beside_the_one_that_was_there() -> None:
    whole = samples.schedule()
    first = samples.posting(1, samples.EAST, "内科", samples.ZHANG, ends_on=date(2024, 2, 19))
    second = samples.posting(1, samples.EAST, "儿科", samples.ZHAO, starts_on=date(2024, 2, 20))
    cut = replace(whole, batches=(replace(whole.batches[0], postings=(first, second)),))
    names = [one["UID"].partition("@")[0] for one in events(schedule_ics(samples.workspace(), cut))]
    assert names == ["2024-1-handover", "2024-1-slot-1", "2024-1-slot-1-2"]


def test_the_edition_is_told_by_the_register_of_changes_and_not_by_a_clock() -> None:
    deferral = {"类型": "后延", "日期": "2024-03-05", "科室": "D5", "决定": "自动后延"}
    plain, later = support.workspace(), support.workspace(deferral)
    [first, *_], [second, *_] = (events(schedule_ics(one, support.run(one))) for one in (plain, later))
    assert (first["DTSTAMP"], first["SEQUENCE"]) == ("20240101T000000Z", "0")
    assert (second["DTSTAMP"], second["SEQUENCE"]) == ("20240305T000000Z", "1")


def test_a_draft_says_so_in_every_event() -> None:
    found = events(schedule_ics(samples.workspace("变动登记第 3 条"), samples.schedule()))
    assert {one["SUMMARY"].partition(" ")[0] for one in found} == {"草稿"}


def test_numbers_of_people_are_masked() -> None:
    data = schedule_ics(samples.workspace(), with_person(Person(name="张三 13812345678")))
    assert b"13812345678" not in data.replace(b"\r\n ", b"")


@given(
    st.text(max_size=120).filter(
        lambda name: name.isprintable() and visible(masked(name)) == name.strip() == name != ""
    )
)
def test_whatever_people_are_called_comes_back_and_nothing_becomes_an_event(name: str) -> None:
    found = events(schedule_ics(samples.workspace(), with_person(Person(name=name))))
    assert [one["SUMMARY"] for one in found] == ["2024年第1批交接", f"下乡 内科 {name}"]


def test_an_event_hidden_in_a_note_stays_a_note() -> None:
    hostile = "张三\r\nEND:VEVENT\nBEGIN:VEVENT\rUID:x\x85\u2028"
    found = events(schedule_ics(samples.workspace(), with_person(Person(name=hostile))))
    assert len(found) == 2
    assert found[1]["SUMMARY"] == "下乡 内科 张三\nEND:VEVENT\nBEGIN:VEVENT\nUID:x<U+0085><U+2028>"
