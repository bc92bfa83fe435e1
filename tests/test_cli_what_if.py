"""假如 end to end: the screen, the entries to add, that nothing is written, and that the real edit gives the same."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaxiang.cli.app import run
from xiaxiang.cli.supposing import suppose_all
from xiaxiang.load import load_workspace
from xiaxiang.load.event_line import event_line
from xiaxiang.model.event import event_class
from xiaxiang.pipeline import add_results, read, suppose
from xiaxiang.render.json_schedule import schedule_json
from xiaxiang.render.text_what_if import yaml_entries

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
DEFERRAL = "后延 检验科 2024-09-01 自动后延"
ENTRY = "- {类型: 后延, 日期: 2024-09-01, 科室: 检验科, 决定: 自动后延}\n"


class Told(NamedTuple):
    status: int
    out: str
    err: str


class Call(Protocol):
    def __call__(self, *words: str) -> Told: ...


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "变动登记.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    assert folder.is_dir()

    def _call(*words: str) -> Told:
        capsys.readouterr()
        status = run(words)
        return Told(status, *capsys.readouterr())

    return _call


def test_the_screen_shows_before_and_after_what_follows_and_the_line_to_add(call: Call) -> None:
    told = call("假如", DEFERRAL)
    assert (told.status, told.err) == (0, "")
    assert told.out.split("\n", 4)[4] == (
        "\n"
        " 批次         原来                            如果\n"
        " 2024年第4批  检验科 建议 伏向晚（主管技师）  内科 建议 岳晓岚（主治）①\n"
        "              内科 建议 岳晓岚（主治）        外科 建议 米嘉树（主治）①②③\n"
        "① 检验科 2024-09-01 批准后延，自动后延：保留名次，下一批最先派出；第 2 轮已用 1\n"
        "  次，共 1 次（三（二））\n"
        "② 派遣顺序第 2 位，第 3 轮轮到（三（一））\n"
        "③ 建议 米嘉树：还没有下过乡，按名单顺序（三（一））\n"
        " 科室  外科 2025年第1批 → 2024年第4批 · 检验科 2024年第4批 → 2025年第1批\n"
        " 服务  米嘉树（外科） 无 → 3 个月 · 伏向晚（检验科） 3 个月 → 无\n"
        " 要公布  2024年9月质控动态登 1 条\n"
        "         · 2024年第4批 检验科 2024-09-01 批准后延，自动后延：保留名次，下一批最\n"
        "           先派出；第 2 轮已用 1 次，共 1 次（三（二））\n"
        " 以后  2025 年也有变动: 加 --year 2025 看\n"
        "\n"
        "没有改动任何文件。要登记，把下面加在 变动登记.yaml 最后：\n"
        "\n"
        f"{ENTRY}"
        "\n"
        "下一步  xiaxiang 检查\n"
    )


def test_several_at_once_ask_for_consents_and_say_what_they_filled_in(call: Call) -> None:
    told = call("假如", "意外 2024-09-20 检验科 伏向晚 原因 产检", "晋升优先 9月22日 骨科 庄致和", "--year", "2024")
    assert told.status == 0
    assert "1. 意外 2024-09-20 2024-4 检验科 伏向晚 原因=产检\n" in told.out
    assert " 要沟通  2024年第4批 庄致和 晋升优先，需与 外科 沟通" in told.out
    assert "要公布  2024年9月质控动态登 2 条" in told.out
    assert "batch-assumed" in told.err
    assert "“9月22日”没有写年份，按 2024 年算" in told.err


def test_sanctions_that_would_follow_are_shown(call: Call) -> None:
    told = call("假如", "拒派 2024-4 2024-09-20 中医科 无")
    assert " 处罚  新增 2024年第4批 中医科 2,000 元" in told.out


def test_what_changes_nothing_says_so(call: Call) -> None:
    told = call("假如", "捐赠 2024-05-01 河东中心卫生院 心电图机 数量=2")
    assert told.status == 0
    assert "轮换、通知和处罚都不变。" in told.out


def test_nothing_on_disk_changes(call: Call, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    call("假如", DEFERRAL)
    call("假如", DEFERRAL, "--format", "json")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_wrong_word_is_shown_in_the_argument_and_nothing_is_computed(call: Call) -> None:
    told = call("假如", DEFERRAL, "后延 外可 2024-9-1 自动后延")
    assert (told.status, told.out) == (1, "")
    assert (
        "命令行:2:4: 错误 unplaced-word: 不认识“外可”\n"
        "    1 | 后延 检验科 2024-09-01 自动后延\n"
        "    2 | 后延 外可 2024-9-1 自动后延\n"
        "      |      ^^^^\n"
        "怎么改: 最接近的是“外科”；"
    ) in told.err


def test_new_events_go_through_the_checks_of_the_files_own(call: Call) -> None:
    told = call("假如", "后延 外科 2024-03-01 申请日期=2024-04-01 自动后延")
    assert (told.status, told.out) == (1, "")
    assert "命令行:1:23: 错误 dates-out-of-order" in told.err


def test_a_call_without_events_says_how_to_write_one(call: Call) -> None:
    told = call("假如")
    assert told.status == 2
    assert "少写了事件" in told.err
    assert "xiaxiang 假如 '后延 外科 2024-03-01 自动后延'" in told.err


@pytest.mark.parametrize("name", ["事件.yaml", "事件.csv"])
def test_a_file_of_events_says_the_same_as_the_words(call: Call, folder: Path, name: str) -> None:
    text = ENTRY if name.endswith("yaml") else "类型,日期,科室,决定\n后延,2024-09-01,检验科,自动后延\n"
    (folder / name).write_text(text, encoding="utf-8")
    told = call("假如", "--file", name)
    assert told.status == 0
    said = call("假如", DEFERRAL)
    assert (
        told.out.replace(f"  {name}:1:3", "").replace(f"  {name}:2:1", "").split(" 科室  ")[1]
        == said.out.split(" 科室  ")[1]
    )


def test_a_broken_file_of_events_is_explained_and_a_missing_one_is_a_wrong_call(call: Call, folder: Path) -> None:
    (folder / "事件.yaml").write_text(ENTRY.replace("检验科", "检验可"), encoding="utf-8")
    told = call("假如", "--file", "事件.yaml")
    assert (told.status, told.out) == (1, "")
    assert "事件.yaml:1:32: 错误 unknown-department" in told.err
    assert call("假如", "--file", "没有.yaml").status == 2


def test_the_entry_is_ready_to_paste_wherever_the_events_stand(call: Call, folder: Path) -> None:
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    events = (folder / "变动登记.yaml").read_text(encoding="utf-8")
    inside = "变动登记:\n" + "".join(f"  {line}\n" for line in events.splitlines())
    (folder / "plan.yaml").write_text(plan.replace("变动登记: 变动登记.yaml\n", "") + inside, encoding="utf-8")
    told = call("假如", DEFERRAL)
    assert f"把下面加在 plan.yaml 的“变动登记”最后：\n\n  {ENTRY}\n" in told.out
    (folder / "plan.yaml").write_text(plan.replace("变动登记: 变动登记.yaml\n", ""), encoding="utf-8")
    assert f"最后：\n\n变动登记:\n  {ENTRY}\n" in call("假如", DEFERRAL).out


def test_a_sheet_of_events_gets_a_row_in_its_own_columns(call: Call, folder: Path) -> None:
    (folder / "变动.csv").write_text(
        "登记日期,变动类型,科室,批次,决定,经办\n2024-03-01,后延,外科,,待定,小宋\n", encoding="utf-8-sig"
    )
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(plan.replace("变动登记.yaml", "变动.csv"), encoding="utf-8")
    told = call("假如", f"{DEFERRAL} 申请日期=2024-08-30")
    assert told.status == 0
    rows = told.out.split("不用抄）：\n\n")[1].split("\n\n")[0].splitlines()
    assert rows[0] == "登记日期,变动类型,科室,批次,决定,经办"
    assert list(csv.reader(rows[1:2])) == [["2024-09-01", "后延", "检验科", "", "自动后延", ""]]
    assert "表里没有这几列，先加上: 申请日期\n" in told.out


def test_a_workbook_of_events_gets_its_cells_side_by_side(call: Call, folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["类型", "日期", "批次", "科室", "决定"])
    book.active.append(["后延", "2024-03-01", "", "外科", "待定"])
    book.save(folder / "变动.xlsx")
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(plan.replace("变动登记.yaml", "变动.xlsx"), encoding="utf-8")
    told = call("假如", DEFERRAL)
    assert told.status == 0
    assert (
        "在 变动.xlsx 最后加 1 行（下面第一行是列名，不用抄）：\n"
        "\n"
        " 类型  日期        科室    决定\n"
        " 后延  2024-09-01  检验科  自动后延\n"
    ) in told.out


def test_machines_read_the_changes_the_entries_and_the_draft(call: Call, folder: Path) -> None:
    answer = json.loads(call("what-if", DEFERRAL, "--format", "json").out)
    assert answer["events"] == [{"type": "deferral", "line": "后延 2024-09-01 检验科 自动后延", "entry": ENTRY.strip()}]
    assert [(one["batch"], one["slot"]) for one in answer["changes"]["slots"]] == [("2024-4", 2), ("2024-4", 3)]
    assert [(one["person"], one["before"]["months"], one["after"]["months"]) for one in answer["service"]] == [
        ("米嘉树", 0, 3),
        ("伏向晚", 3, 0),
    ]
    assert answer["draft"] is False
    with (folder / "变动登记.yaml").open("a", encoding="utf-8") as file:
        file.write("- {类型: 后延, 日期: 昨天, 科室: 外科}\n")
    broken = call("what-if", DEFERRAL, "--format", "json")
    assert (broken.status, json.loads(broken.out)["draft"]) == (1, True)
    assert json.loads(broken.out)["changes"]["slots"] != []


def test_under_strict_a_plan_with_errors_computes_nothing(call: Call, folder: Path) -> None:
    with (folder / "变动登记.yaml").open("a", encoding="utf-8") as file:
        file.write("- {类型: 后延, 日期: 昨天, 科室: 外科}\n")
    assert "草稿" in call("假如", DEFERRAL).out
    told = call("假如", DEFERRAL, "--strict")
    assert (told.status, told.out) == (1, "")


def test_days_without_a_year_are_of_this_year_unless_the_plan_begins_later(folder: Path) -> None:
    result = read(folder / "plan.yaml")
    for today, year in ((date(2024, 5, 1), 2024), (date(2020, 5, 1), 2023)):
        (said,) = suppose_all(result, ("后延 外科 9月1日 自动后延",), None, today, None).events
        assert said[1].on == date(year, 9, 1)
    (said,) = suppose_all(result, ("后延 外科 9月1日 自动后延",), None, date(2024, 5, 1), 2025).events
    assert said[1].on == date(2025, 9, 1)


WORKSPACE = load_workspace(EXAMPLE / "plan.yaml").workspace
assert WORKSPACE is not None
PEOPLE = [(one.name, person.name) for one in WORKSPACE.plan.departments for person in one.people]
DEPARTMENTS = st.sampled_from(WORKSPACE.plan.dispatch_order)
DAYS = st.dates(date(2022, 12, 1), date(2025, 3, 1)).map(str)
BATCHES = st.sampled_from([f"{year}-{number}" for year in (2023, 2024) for number in (1, 2, 3, 4)])
MEMBERS = st.sampled_from(PEOPLE).map(lambda one: {"科室": one[0], "人员": one[1]})


def of(kind: str, **fields: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"类型": st.just(kind), "日期": DAYS, **fields})


EVENTS = st.one_of(
    of("后延", 科室=DEPARTMENTS, 决定=st.sampled_from(["自动后延", "调至最后一批", "不同意", "待定"])),
    of("后延", 科室=DEPARTMENTS, 决定=st.just("自动后延"), 批次=BATCHES),
    st.tuples(of("晋升优先"), MEMBERS).map(lambda both: both[0] | both[1]),
    st.tuples(of("指派", 批次=BATCHES), MEMBERS).map(lambda both: both[0] | both[1]),
    st.tuples(of("意外", 批次=BATCHES), MEMBERS).map(lambda both: both[0] | both[1]),
    of("意外", 批次=BATCHES, 科室=DEPARTMENTS, 接替科室=DEPARTMENTS),
    of("拒派", 批次=BATCHES, 科室=DEPARTMENTS, 有无特殊原因=st.sampled_from(["有", "无"])),
    st.tuples(of("重新下乡", 批次=BATCHES), MEMBERS).map(lambda both: both[0] | both[1]),
)


def without_places(content: object) -> object:
    """Return a result without where its reasons stand: the words of a call stand elsewhere than a file's entries."""
    if isinstance(content, dict):
        return {key: without_places(value) for key, value in content.items() if key != "position"}
    return [without_places(one) for one in content] if isinstance(content, list) else content


@settings(max_examples=25, deadline=timedelta(seconds=20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(EVENTS, min_size=1, max_size=3), announced=st.booleans())
def test_what_is_supposed_is_what_the_real_edit_gives(
    tmp_path_factory: pytest.TempPathFactory, written: list[dict[str, str]], *, announced: bool
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    for name in ("plan.yaml", "变动登记.yaml"):
        shutil.copy(EXAMPLE / name, folder / name)
    plan = folder / "plan.yaml"
    if announced:
        assert run(["publish", "--batch", "2024-1", "--plan", str(plan), "--published-on", "2023-12-28"]) == 0
    before = read(plan)
    assert before.workspace is not None
    events = tuple(event_class(one["类型"]).model_validate(one) for one in written)  # type: ignore[union-attr]
    lines = tuple(event_line(event, before.workspace.plan) for event in events)
    found = suppose_all(before, lines, None, date(2024, 5, 1), None)
    # The very text that the screen offers, put where the screen says.
    with (folder / "变动登记.yaml").open("a", encoding="utf-8") as file:
        file.write(yaml_entries([event for _, event in found.events], ""))
    really = read(plan)
    assert really.workspace is not None
    if found.after is None:
        assert really.has_errors
        return
    supposed = add_results(suppose(before, tuple(event for _, event in found.events)), 2026).schedule
    made = add_results(really, 2026).schedule
    assert supposed is not None
    assert made is not None
    for year in range(2023, 2027):
        assert without_places(schedule_json(supposed, year)) == without_places(schedule_json(made, year))
