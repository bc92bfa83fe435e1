from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from schema_support import faults, faults_of_each, read

from xiaxiang.cli.schema import NAMES
from xiaxiang.load import load_workspace
from xiaxiang.load.policies import builtin_policies
from xiaxiang.load.schema import input_schema
from xiaxiang.load.schema_values import VALUES, value_name
from xiaxiang.model.about import ENTRIES, sentence_of, title_of
from xiaxiang.model.batch import parse_batch
from xiaxiang.model.event import EVENT_KINDS, RULING_WORDS, parse_ruling, parse_special_reason
from xiaxiang.model.hospital import Person, parse_promotion
from xiaxiang.model.indicator import parse_bound, parse_indicator_kind
from xiaxiang.model.parameter import parse_months
from xiaxiang.model.plan import Plan
from xiaxiang.model.rank import WORDS, parse_rank
from xiaxiang.model.scalar import ScalarError, parse_count, parse_day, parse_money, parse_number, parse_rate
from xiaxiang.model.scalar import parse_yes_no as parse_yes

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaxiang.model.entry import Entry

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "county-hospital"
POLICY = ROOT / "plans" / "卫生下乡工作制度"
FILES = {
    "example": ("plan", EXAMPLE / "plan.yaml"),
    "sample": ("plan", ROOT / "templates" / "init" / "plan.yaml"),
    "events": ("events", EXAMPLE / "变动登记.yaml"),
    "policy": ("policy", POLICY / "policy.yaml"),
    "cases": ("cases", POLICY / "cases.yaml"),
}
INPUTS = ("plan", "policy", "cases", "departments", "events", "documents", "roster")

SMALL = """\
计划名称: 样例
支援单位: 某县人民医院
受援单位: 甲院、乙院
起始日期: 2024-01-01
科室: [{名称: 内科, 人员: [{姓名: 张三}]}, {名称: 外科, 人员: [{姓名: 李四}]}]
派遣顺序: 内科、外科
"""
SOUND = {
    "as short as it goes": "",
    "english": (
        "title: x\nsupporting_unit: {name: a, kind: b}\nrecipient_units: {name: c, headcount: 2}\nstarts_on: 2024/1/2\n"
        "departments: [{name: d, people: {name: e, served_months: 3}}]\ndispatch_order: [d]\n"
    ),
    "other names": SMALL.replace("派遣顺序", "科室下乡顺序").replace("支援单位", "支援医院"),
    "full-width": SMALL.replace("2024-01-01", "２０２４年１月２日"),
    "empty values": SMALL + "变动登记:\n领导小组:\n目标:\n口径:\n任务:\n- {内容: 讲课, 期限: }\n",
    "texts that YAML takes for something else": SMALL.replace(
        "姓名: 张三", "姓名: 0123, 工号: 17, 拟晋升: 2025, 备注: no"
    ),
    "a time in which nobody can be sent, as text": SMALL.replace(
        "张三", "张三, 不可派: 2024-01-01至2024-03-31（产假）"
    ),
    "one event of each common kind": SMALL
    + "变动登记:\n"
    + "- {类型: 后延, 日期: 2024-02-01, 科室: 内科, 决定: 自动后延}\n"
    + "- {type: promotion, date: 2024-02-01, person: 李四, 沟通科室: [内科]}\n"
    + "- {事件: 换人, 日期: 2024-2-1, 批次: 第1批, 科室: 内科, 接替: 张三}\n"
    + "- {类型: 拒派, 日期: 2024.2.1, 批次: 2024-1, 科室: 外科, 有无特殊原因: 无}\n"
    + "- {类型: 请假, 日期: 20240201, 人员: 张三, 起: 2024-01-05, 天数: 1.5天, 受援单位批准: 是, 电话备案: true}\n"
    + "- {类型: 调回, 日期: 2024-02-01, 人员: 张三, 起: 2024-01-08, 止: 2024-01-09}\n"
    + "- {类型: 捐赠, 日期: 2024-02-01, 受援单位: 甲院, 物品: 心电图机, 数量: 1}\n",
    "readings by name and by sentence": SMALL
    + "口径: {遇节假日: 提前, 期限: 不含当日, 应出勤: 派驻期间的法定工作日}\n",
}
BROKEN = {
    "an unknown key": (SMALL + "备注: x\n", "'备注' was unexpected"),
    "an unknown key of a person": (SMALL.replace("姓名: 张三", "姓名: 张三, 星座: 双鱼"), "科室: "),
    "a missing key": (SMALL.replace("起始日期: 2024-01-01\n", ""), ": "),
    "one field in two spellings": (SMALL + "title: x\n", "valid under each of"),
    "a day that is none": (SMALL.replace("2024-01-01", "元月"), "起始日期: "),
    "an unknown kind of event": (SMALL + "变动登记: [{类型: 后严, 日期: 2024-02-01}]\n", "变动登记: "),
    "a field of another kind of event": (
        SMALL + "变动登记: [{类型: 后延, 日期: 2024-02-01, 科室: 内科, 假别: 病假}]\n",
        "变动登记: ",
    ),
    "a reading that does not exist": (SMALL + "口径: {遇节假日: 随便}\n", "口径: "),
    "a list where a name belongs": (SMALL.replace("某县人民医院", "[甲, 乙]"), "支援单位: "),
    "people in a word document": (SMALL.replace("人员: [{姓名: 张三}]", "人员: 人员.docx"), "科室: "),
}


def schema(name: str) -> dict[str, Any]:
    found = input_schema(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_files_that_the_project_ships_fit_their_schemas(name: str) -> None:
    kind, path = FILES[name]
    assert faults(schema(kind), read(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("kind", ["policy", "cases"])
def test_every_built_in_policy_and_its_cases_fit_their_schemas(kind: str) -> None:
    files = [ROOT / "plans" / name / f"{kind}.yaml" for name in builtin_policies()]
    assert faults_of_each(schema(kind), *(read(file.read_text(encoding="utf-8")) for file in files)) == []


@pytest.mark.parametrize("name", INPUTS)
def test_every_kind_of_file_has_a_sound_schema_with_a_chinese_title(name: str) -> None:
    assert faults(schema(name), None) is not None
    assert re.match("[一-鿿]", schema(name)["title"])
    assert set(INPUTS) <= set(NAMES)


@pytest.mark.parametrize("name", SOUND)
def test_what_the_program_reads_without_a_word_an_editor_does_not_underline(name: str, tmp_path: Path) -> None:
    text = SOUND[name] or SMALL
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    assert [one for one in load_workspace(plan).diagnostics if one.is_error] == []
    assert faults(schema("plan"), read(text)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_an_editor_can_know_to_be_wrong_it_underlines(name: str) -> None:
    text, expected = BROKEN[name]
    found = faults(schema("plan"), read(text))
    assert len(found) == 1
    assert expected in found[0]


def test_a_list_in_a_file_of_its_own_stands_alone_or_under_its_name() -> None:
    event = "{类型: 后延, 日期: 2024-02-01, 科室: 内科}"
    assert faults(schema("events"), read(f"- {event}")) == []
    assert faults(schema("events"), read(f"变动登记: [{event}]")) == []
    assert faults(schema("departments"), read("- {科室: 内科, 姓名: 张三, 职级: 中级}")) == []
    assert faults(schema("departments"), read("- {名称: 内科, 人员: 人员.CSV}")) == []
    assert len(faults(schema("departments"), read("- {姓名: 张三}"))) == 1


def test_a_roster_carries_unknown_columns_along_but_needs_a_name() -> None:
    row = {"姓名": "张三", "批次": "2024-1", "授课日期": "4.8；4.22", "出勤天数": "58", "血型": "O"}
    assert faults(schema("roster"), [row]) == []
    assert len(faults(schema("roster"), [{"科室": "内科"}])) == 1


def test_an_entry_is_offered_under_its_chinese_name_and_taken_under_every_other() -> None:
    person = schema("plan")["$defs"]["Person"]["properties"]
    assert set(person) == set(Person.spellings())
    assert [name for name, value in person.items() if "doNotSuggest" not in value] == [
        field.alias for field in Person.model_fields.values() if field.alias
    ]
    assert person["姓名"]["description"].startswith("姓名。也可写作: name、名字、人员姓名")
    assert schema("plan")["$defs"]["Person"]["additionalProperties"] is False


@pytest.mark.parametrize("cls", ENTRIES, ids=lambda cls: cls.__name__)
def test_every_field_is_explained_in_chinese_and_nothing_else_is(cls: type[Entry]) -> None:
    fields = {name for name, field in cls.model_fields.items() if field.alias}
    assert set(ENTRIES[cls][1]) <= fields
    assert all(re.search("[一-鿿]", sentence_of(cls, name)) for name in fields)
    assert title_of(cls)


def test_every_kind_of_event_leads_to_its_own_fields() -> None:
    definitions = schema("plan")["$defs"]
    branches = [one["then"]["$ref"] for one in definitions["Event"]["allOf"] if "then" in one]
    assert branches == [f"#/$defs/{kind.__name__}" for kind in EVENT_KINDS]
    assert {kind.__name__ for kind in EVENT_KINDS} <= set(definitions)


DAYS = ("2024-01-02", "2024/1/2", "2024.1.2", "2024年1月2日", "２０２４年１月２号", "20240102", "2024-01-02 00:00:00")
READ: dict[Callable[[str], object], tuple[str, ...]] = {
    parse_day: DAYS,
    parse_batch: (
        "2024-1",
        "2024年第1批",
        "2024年1",
        "第1批",
        "第三批",
        "一季度",
        "2024年二季度",
        "２０２４－１",
        "第2季度",
    ),
    parse_count: ("3", "３", "3次", "1,200", "3.0", "+3", "12 人"),
    parse_number: ("2.5", "２．５天", "0", "1,200.5"),
    parse_rate: ("80%", "0.8", "８０％", "1"),
    parse_bound: ("80%", "4次", "4", "２．５"),
    parse_money: ("440", "440.50", "¥440", "￥1,320元"),
    parse_months: ("1、4、7、10", "1,4,7,10", "１月 ４月"),
    parse_yes: ("有", "没有", "Yes", "ｙ", "TRUE", "√", "0"),
    parse_promotion: ("2025", "2025年", "有"),
}
UNREAD: dict[Callable[[str], object], tuple[str, ...]] = {
    parse_day: ("1月2日", "元旦", "2024-1", "2024-01-02至2024-01-05"),
    parse_batch: ("春季", "第1", "2024"),
    parse_count: ("三", "2.5", "-1", "3-4"),
    parse_number: ("约3", "-2.5"),
    parse_rate: ("八成", "80%以上"),
    parse_bound: ("至少4", "-4"),
    parse_money: ("八百", "$5"),
    parse_months: ("一月", "1-4"),
    parse_yes: ("可能", "待定"),
    parse_promotion: ("25年", "明年"),
}


def patterns(reader: Callable[[str], object]) -> list[str]:
    definition = VALUES[value_name(reader)]
    return [one["pattern"] for one in (definition, *definition.get("anyOf", ())) if "pattern" in one]


@pytest.mark.parametrize("reader", READ, ids=lambda reader: reader.__name__)
def test_a_pattern_passes_what_its_reader_reads_and_stops_what_it_does_not(reader: Callable[[str], object]) -> None:
    (pattern,) = patterns(reader)
    for text in READ[reader]:
        reader(text)
        assert re.search(pattern, text), text
    for text in UNREAD[reader]:
        with pytest.raises(ScalarError):
            reader(text)
        assert not re.search(pattern, text), text


def test_every_word_of_a_choice_is_one_that_its_reader_knows() -> None:
    choices = {parse_rank: WORDS, parse_ruling: RULING_WORDS, parse_special_reason: (), parse_indicator_kind: ()}
    for reader, also in choices.items():
        definition = VALUES[value_name(reader)]
        for word in (*definition["anyOf"][0]["enum"], *also):
            reader(word)
        assert all(
            any(word in one.get("enum", ()) or re.search(one.get("pattern", "^$"), word) for one in definition["anyOf"])
            for word in also
        )


def test_the_readings_of_a_plan_are_the_ones_that_the_engine_knows() -> None:
    (readings,) = [one for one in schema("plan")["$defs"]["Plan"]["properties"]["口径"]["anyOf"] if "properties" in one]
    assert "遇节假日" in readings["properties"]
    assert readings["additionalProperties"] is False
    assert Plan.label("readings") == "口径"
