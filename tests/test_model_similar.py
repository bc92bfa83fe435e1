"""What was probably meant: the usual slips of Chinese input methods find their word, and none finds another first."""

from __future__ import annotations

import pytest

from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.event import EVENT_KINDS, Deferral
from xiaxiang.model.hospital import Department, Person
from xiaxiang.model.plan import Plan
from xiaxiang.model.reading import SETTINGS
from xiaxiang.model.similar import nearest, nearest_hint
from xiaxiang.model.sound import sounds

DEPARTMENTS = ["心血管内科", "呼吸内科", "消化内科", "普通外科", "骨科", "妇产科", "儿科", "眼科", "中医科", "急诊科"]
PEOPLE = ["张明", "李静", "王小雨", "赵强", "孙磊", "钱芳", "冯丽", "陈晨", "阿依古丽·买买提"]
KINDS = [word for kind in EVENT_KINDS for word in (kind.kind, *kind.also)]
COMMANDS = ["validate", "检查", "schedule", "排班", "assess", "考核", "report", "出文", "explain", "解释"]
TYPOS: list[tuple[str, list[str], str]] = [
    ("性名", list(Person.spellings()), "姓名"),
    ("只称", list(Person.spellings()), "职称"),
    ("其始日期", list(Plan.spellings()), "起始日期"),
    ("支院单位", list(Plan.spellings()), "支援单位"),
    ("受元单位", list(Plan.spellings()), "受援单位"),
    ("排遣顺序", list(Plan.spellings()), "派遣顺序"),
    ("变动等级", list(Plan.spellings()), "变动登记"),
    ("领到小组", list(Plan.spellings()), "领导小组"),
    ("科是", list(Plan.spellings()), "科室"),
    ("人圆", list(Department.spellings()), "人员"),
    ("拟晋生", list(Person.spellings()), "拟晋升"),
    ("元因", list(Deferral.spellings()), "原因"),
    ("侯延", KINDS, "后延"),
    ("晋升有先", KINDS, "晋升优先"),
    ("心内科", DEPARTMENTS, "心血管内科"),
    ("耳科", DEPARTMENTS, "儿科"),
    ("张名", PEOPLE, "张明"),
    ("副主任医生", list(load_ranks().ranks), "副主任医师"),
    ("遇节假期", [one.name for one in SETTINGS], "遇节假日"),
    ("检察", COMMANDS, "检查"),
]


def test_of_twenty_typos_at_least_seventeen_are_found_and_none_is_taken_for_another() -> None:
    first = {typo: nearest(typo, known)[:1] for typo, known, _ in TYPOS}
    found = [typo for typo, _, meant in TYPOS if first[typo] == (meant,)]

    assert len(TYPOS) == 20
    assert [(typo, first[typo]) for typo, _, meant in TYPOS if first[typo] not in {(), (meant,)}] == []
    assert len(found) >= 17


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("部门", ["科室", "人员"], "科室"),
        ("名字", ["姓名", "名称"], "姓名"),
        ("电话", ["手机", "备注"], "手机"),
        ("妇科", ["儿科", "妇产科"], "妇产科"),
        ("延后", ["后延", "指派"], "后延"),
    ],
)
def test_what_people_call_a_thing_comes_before_what_looks_alike(word: str, known: list[str], meant: str) -> None:
    assert nearest(word, known)[0] == meant


def test_nothing_is_suggested_that_is_not_legal_there() -> None:
    assert nearest("部门", ["姓名", "职称"]) == ()
    assert nearest_hint("部门", ["姓名"], "写姓名") == "写姓名"


def test_at_most_three_are_named_the_likeliest_first() -> None:
    assert nearest("内科", [f"内科{number}" for number in range(9)] + ["内科"]) == ("内科", "内科0", "内科1")


def test_the_order_of_what_is_known_changes_nothing() -> None:
    assert nearest("主任", ["主任医师", "副主任", "主管"]) == nearest("主任", ["主管", "副主任", "主任医师"])


def test_characters_of_one_sound_sound_alike_and_rare_ones_like_themselves() -> None:
    assert sounds("支职制") == sounds("只值智")
    assert sounds("晨") == sounds("程")  # en and eng are one to many
    assert sounds("内")[0] != sounds("外")[0]
    assert sounds("𠮷a") == ("𠮷", "a")
