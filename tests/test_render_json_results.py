"""The shapes that other programs rely on: keys may be added, never renamed or removed."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
import samples

from xiaxiang.model.diagnostic import error, warning
from xiaxiang.model.position import Position
from xiaxiang.render.json_assess import assess_json, empty_assessment
from xiaxiang.render.json_common import document, number, policy_list, rate, validation, with_diagnostics
from xiaxiang.render.json_schedule import empty_schedule, schedule_json

PLACE = Position("plan.yaml", 3, 9, 11)


def test_validate_gives_every_finding_with_its_span_and_the_counts() -> None:
    found = [warning("b", "二", "", PLACE), error("a", "一", "改", PLACE, left_out="变动登记第 3 条")]
    assert validation(found) == {
        "diagnostics": [
            {
                "code": "a",
                "severity": "error",
                "file": "plan.yaml",
                "line": 3,
                "column": 9,
                "end_column": 11,
                "message": "一",
                "hint": "改",
                "left_out": "变动登记第 3 条",
            },
            {
                "code": "b",
                "severity": "warning",
                "file": "plan.yaml",
                "line": 3,
                "column": 9,
                "end_column": 11,
                "message": "二",
                "hint": "",
                "left_out": "",
            },
        ],
        "errors": 1,
        "warnings": 1,
    }


def test_every_result_says_whether_it_is_a_draft_and_what_it_does_without() -> None:
    done = with_diagnostics({"a": 1}, samples.workspace(), [])
    assert done == {"a": 1, "draft": False, "left_out": [], "diagnostics": []}
    draft = with_diagnostics({}, samples.workspace("内科 张三"), [error("a", "一", "", PLACE)])
    assert (draft["draft"], draft["left_out"], len(draft["diagnostics"])) == (True, ["内科 张三"], 1)
    assert with_diagnostics({}, None, [])["draft"] is True


def test_a_schedule_has_the_keys_and_values_of_the_contract() -> None:
    result = schedule_json(samples.schedule(), 2024)
    assert {"plan", "policy", "year", "batches", "notices", "sanctions", "readings"} <= result.keys()
    batch = result["batches"][0]
    assert (batch["batch"], batch["nominal_on"], batch["handover_on"], batch["ends_on"]) == (
        "2024-1",
        "2024-01-01",
        "2024-01-02",
        "2024-03-31",
    )
    assert batch["postings"][2] == {
        "slot": 3,
        "recipient_unit": "河西乡卫生院",
        "department": "妇产科",
        "person": "钱七",
        "person_id": None,
        "professional_title": "主管护师",
        "cycle": 1,
        "starts_on": "2024-01-02",
        "ends_on": "2024-03-31",
        "proposed": True,
        "reason": "queue",
        "because": [
            {
                "text": "派遣顺序第 3 位",
                "source": {"document": "样例制度", "clause": "三（一）"},
                "position": None,
            }
        ],
    }
    empty = result["batches"][1]["postings"][1]
    assert (empty["department"], empty["person"], empty["cycle"]) == (None, None, None)
    assert result["notices"][0] == {
        "code": "deferral-used",
        "severity": "note",
        "batch": "2024-1",
        "department": "外科",
        "person": None,
        "date": "2023-12-20",
        "message": "外科后延",
        "source": {"document": "样例制度", "clause": "三（二）"},
        "published_on": None,
    }
    fine = result["sanctions"][0]
    assert (fine["department"], fine["amount"], fine["date"]) == ("眼科", "2000.00", "2023-12-28")
    reading = result["readings"][0]
    assert {"setting": "遇节假日", "value": "顺延"}.items() <= reading.items()
    assert reading["source"] == {"document": "样例制度", "clause": "三（一）"}


def test_an_assessment_has_the_keys_and_values_of_the_contract() -> None:
    result = assess_json(samples.appraisal())
    assert {"policy", "people", "departments", "totals", "readings"} <= result.keys()
    first, second, third, pending = result["people"]
    assert first["items"][2] == {
        "name": "考勤",
        "kind": "rate",
        "value": {"fraction": "58/62", "rounded": 0.935484},
        "bound": {"fraction": "4/5", "rounded": 0.8},
        "met": True,
        "checks": [
            {
                "name": "比率",
                "value": {"fraction": "29/31", "rounded": 0.935484},
                "bound": {"fraction": "4/5", "rounded": 0.8},
                "met": True,
            }
        ],
        "source": {"document": "样例制度", "clause": "四（二）"},
        "facts": [],
        "warnings": [],
        "due_on": None,
        "settings": [],
    }
    assert {"name": "授课", "kind": "count", "value": 4, "bound": 4, "met": True}.items() <= first["items"][0].items()
    assert {"due": "1320.00", "deducted": "440.00", "paid": "880.00"}.items() <= second["allowance"].items()
    assert {"state": "held", "missing": ["下乡总结"]}.items() <= second["release"].items()
    assert third["redispatch"] is True
    assert third["sanctions"][0]["amount"] == "120.00"
    keys = ("unmet", "grade", "allowance", "certificate", "redispatch", "net")
    assert [pending[key] for key in keys] == [None] * len(keys)
    assert pending["complete"] is False
    department = result["departments"][1]
    assert (department["reward"], department["sanctions"], department["net"]) == ("1000.00", "500.00", "500.00")
    assert department["sanction_items"][0]["reason"] == "各项均未完成"
    assert result["totals"]["paid"] == "2640.00"


def test_where_nothing_can_be_computed_the_shape_is_the_same_and_its_lists_are_empty() -> None:
    assert empty_schedule(2024).keys() == schedule_json(samples.schedule(), 2024).keys()
    assert empty_assessment().keys() == assess_json(samples.appraisal()).keys()
    assert [empty_schedule(None)[key] for key in ("batches", "notices", "sanctions", "readings")] == [[]] * 4


def test_numbers_are_exact() -> None:
    assert number(Fraction(4)) == 4
    assert number(Fraction(7, 2)) == "7/2"
    assert number(None) is None
    assert rate(Fraction(48, 60), (48, 60)) == {"fraction": "48/60", "rounded": 0.8}
    assert rate(None) is None


def test_policies_are_listed_with_their_documents_and_whom_they_assess() -> None:
    policy = samples.workspace().policy
    assert policy_list([policy]) == {
        "policies": [{"name": policy.name, "document": policy.document, "subject": "人员", "rotates": True}]
    }


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_document_is_one_json_text_whatever_the_encoding(*, ascii_only: bool) -> None:
    text = document({"姓名": "𠮷野"}, ascii_only=ascii_only)
    assert json.loads(text) == {"姓名": "𠮷野"}
    assert text.isascii() == ascii_only
