"""公布 and 排班 --diff end to end: what is written, what is refused, and that the announcement stands."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.batch import BatchName
from xiaxiang.pipeline import add_results, read
from xiaxiang.schedule.compare import compare

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
DEFERRAL = "- {类型: 后延, 日期: 2024-09-01, 科室: 检验科, 决定: 自动后延}\n"
FOURTH = ("公布", "--batch", "2024-4", "--published-on", "2024-09-25")


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


def add_deferral(folder: Path) -> None:
    with (folder / "变动登记.yaml").open("a", encoding="utf-8") as file:
        file.write(DEFERRAL)


def file_of(folder: Path, name: str = "2024-4.yaml") -> Path:
    return folder / "published" / name


def test_the_screen_says_what_is_fixed_what_is_open_and_what_comes_next(call: Call, folder: Path) -> None:
    told = call(*FOURTH)
    assert told.status == 0
    assert told.out.startswith(
        "青禾县人民医院  公布2024年第4批                            依据 卫生下乡工作制度\n口径: "
    )
    assert told.out.endswith(
        "10月8日 周二 交接，派驻至 次年1月5日；公布日期 2024-09-25\n"
        "\n"
        " 名额  科室    人员        受援单位\n"
        " 1     中医科  由科室确定  河东中心卫生院\n"
        " 2     检验科  由科室确定  河东中心卫生院\n"
        " 3     内科    由科室确定  河西乡卫生院\n"
        "提醒: 3 处由科室确定（中医科、检验科、内科）：定了就在变动登记里加一条“指派”，不\n"
        "      算改动公布的内容\n"
        "\n"
        "已公布，写入 published/2024-4.yaml。从现在起以它为准，改计划不会改动这一批。\n"
        "下一步  xiaxiang 出文 派遣通知 --batch 2024-4 -o 派遣通知.docx\n"
    )
    assert told.err == (
        "提醒: 2024年第3批还没有公布，之后还可能变动，影响名次。先公布它: xiaxiang 公布 --batch 2024-3\n"
    )
    head, rest = file_of(folder).read_text(encoding="utf-8").split("批次: ", 1)
    assert all(line.startswith("# ") for line in head.splitlines())
    assert "请不要改" in head
    assert rest.startswith("2024-4\n公布日期: 2024-09-25\n")


def test_without_a_batch_the_next_one_is_shown_and_written_only_when_it_is_named(call: Call, folder: Path) -> None:
    for name in ("2024-3", "2024-4", "2025-1"):
        shown = call("公布", "--published-on", "2024-09-25")
        assert shown.status == 0
        assert "还没有写文件。确定公布这一批，照下面打一遍。" in shown.out
        assert shown.out.endswith(f"下一步  xiaxiang 公布 --batch {name}\n")
        assert not file_of(folder, f"{name}.yaml").is_file()
        assert call("公布", "--batch", name, "--published-on", "2024-09-25").status == 0
        assert file_of(folder, f"{name}.yaml").is_file()
    assert [path.name for path in sorted((folder / "published").iterdir())] == [
        "2024-3.yaml",
        "2024-4.yaml",
        "2025-1.yaml",
    ]


@pytest.mark.parametrize("words", [("第4批",), ("四季度",), ("第4批", "--year", "2024"), ("2024年第4批",)])
def test_a_batch_may_be_named_as_people_name_it(call: Call, folder: Path, words: tuple[str, ...]) -> None:
    assert call("publish", "--batch", *words, "--published-on", "2024-09-25").status == 0
    assert file_of(folder).is_file()


def test_a_batch_that_there_is_not_is_refused_with_those_that_there_are(call: Call) -> None:
    told = call("公布", "--batch", "2024-9")
    assert told.status == 2
    assert "没有批次“2024-9”" in told.err


def test_a_dry_run_shows_the_same_and_writes_nothing(call: Call, folder: Path) -> None:
    dry = call(*FOURTH, "--dry-run")
    assert (dry.status, (folder / "published").exists()) == (0, False)
    assert "没有写文件" in dry.out
    assert dry.out.split("\n\n")[:2] == call(*FOURTH).out.split("\n\n")[:2]


def test_nothing_is_announced_from_a_plan_with_errors(call: Call, folder: Path) -> None:
    with (folder / "变动登记.yaml").open("a", encoding="utf-8") as file:
        file.write("- {类型: 后延, 日期: 2024-09-01, 科室: 检验可}\n")
    told = call(*FOURTH)
    assert (told.status, told.out, (folder / "published").exists()) == (1, "", False)
    assert "unknown-department" in told.err
    assert told.err.endswith("有错误，什么也没有公布：改好上面的错误再公布。\n")
    answer = json.loads(call(*FOURTH, "--format", "json").out)
    assert (answer["batch"], answer["written"], answer["draft"]) == (None, False, True)


def test_what_was_announced_stands_whatever_is_edited(call: Call, folder: Path) -> None:
    before = add_results(read(folder / "plan.yaml"), 2024).schedule
    call(*FOURTH)
    add_deferral(folder)
    after = add_results(read(folder / "plan.yaml"), 2024).schedule
    assert before is not None
    assert after is not None
    shown = [
        [(one.slot, one.department, one.recipient_unit) for one in made.batches[-1].postings]
        for made in (before, after)
    ]
    assert shown[0] == shown[1]
    assert [one.code for one in after.notices if one.batch == BatchName(2024, 4)].count("published-differs") == 1


def test_announcing_changes_nothing_by_itself(call: Call, folder: Path) -> None:
    """The state just before and just after: same postings, no notice that anything differs."""
    plan = folder / "plan.yaml"
    before = add_results(read(plan), 2026).schedule
    for name in ("2023-1", "2023-2", "2023-3", "2023-4", "2024-1", "2024-2", "2024-3", "2024-4", "2025-1"):
        assert call("公布", "--batch", name, "--published-on", "2022-12-29").status == 0
    after = add_results(read(plan), 2026).schedule
    assert before is not None
    assert after is not None
    found = compare(before, after)
    assert [one for one in found.slots if _seats(one.before) != _seats(one.after)] == []
    assert [one.code for one in after.notices if one.code == "published-differs"] == []
    assert found.moves == ()


def _seats(postings: tuple) -> list:
    return [(one.department, one.person, one.starts_on, one.ends_on) for one in postings]


def test_a_batch_announced_before_is_kept_and_the_differences_are_shown(call: Call, folder: Path) -> None:
    call(*FOURTH)
    first = file_of(folder).read_bytes()
    assert "和现在排的一样，不用再公布" in call(*FOURTH).out
    add_deferral(folder)
    told = call(*FOURTH)
    assert told.status == 2
    assert "2024-09-25 公布过，和现在排的不同：" in told.out
    assert " 科室  外科 2025年第1批 → 2024年第4批 · 检验科 2024年第4批 → 2025年第1批\n" in told.out
    assert told.err.endswith("2024年第4批已经公布过，没有改动任何文件。确实要重新公布: 加 --force（原文件留作 .bak）\n")
    assert call(*FOURTH, "--dry-run").status == 0
    assert file_of(folder).read_bytes() == first
    again = call(*FOURTH, "--force")
    assert again.status == 0
    assert (folder / "published" / "2024-4.yaml.bak").read_bytes() == first
    assert "外科" in file_of(folder).read_text(encoding="utf-8").split("没有派出")[0]
    assert call("排班", "--diff").out.count("公布的和现在排的一样（2024-4）。") == 1


def test_the_same_plan_is_announced_in_the_same_bytes(call: Call, folder: Path) -> None:
    call(*FOURTH)
    first = file_of(folder).read_bytes()
    file_of(folder).unlink()
    call(*FOURTH)
    assert file_of(folder).read_bytes() == first


def test_the_sample_of_init_can_be_announced_and_goes_on_from_it(call: Call, folder: Path) -> None:
    assert call("新建", "样例").status == 0
    for name in ("2026-3", "2026-4", "2027-1"):
        words = ("--batch", name, "--published-on", "2026-09-25")
        assert call("公布", "--plan", "样例", *words).status == 0
    assert [path.name for path in sorted((folder / "样例" / "published").iterdir())] == [
        "2026-3.yaml",
        "2026-4.yaml",
        "2027-1.yaml",
    ]
    told = call("检查", "--plan", "样例")
    assert (told.status, told.err) == (0, "")
    assert "公布的和现在排的一样" in call("排班", "--diff", "--plan", "样例").out


def test_the_diff_without_an_announcement_says_so(call: Call) -> None:
    told = call("排班", "--diff")
    assert (told.status, told.out) == (0, "还没有公布过批次，没有可比的。\n下一步  xiaxiang 公布\n")


def test_the_diff_shows_who_moves_where_why_and_by_which_edit(call: Call, folder: Path) -> None:
    call(*FOURTH)
    add_deferral(folder)
    told = call("排班", "--diff")
    assert told.status == 0
    lines = told.out.splitlines()
    assert lines[0].startswith("青禾县人民医院  公布过的 1 批和现在排的")
    table = told.out.split("\n\n")[1]
    assert [line.split() for line in table.splitlines()[:3]] == [
        ["批次", "公布的", "现在排的"],
        ["2024年第4批", "检验科", "建议", "伏向晚（主管技师）", "内科", "建议", "岳晓岚（主治）①②"],
        ["内科", "建议", "岳晓岚（主治）", "外科", "建议", "米嘉树（主治）②③④"],
    ]
    assert "检验科 2024-09-01 批准后延" in told.out
    assert " 为什么  2024年第4批已于 2024年9月25日公布" in told.out
    assert lines[-1] == "下一步  xiaxiang 公布 --batch 2024-4 --force"
    answer = json.loads(call("schedule", "--diff", "--format", "json").out)
    assert answer["published"] == ["2024-4"]
    assert [(one["batch"], one["slot"]) for one in answer["changes"]["slots"]] == [("2024-4", 2), ("2024-4", 3)]


def test_a_choice_of_the_department_is_no_difference(call: Call, folder: Path) -> None:
    call(*FOURTH)
    with (folder / "变动登记.yaml").open("a", encoding="utf-8") as file:
        file.write("- {类型: 指派, 日期: 2024-09-27, 批次: 2024-4, 科室: 内科, 人员: 柳静宜}\n")
    made = add_results(read(folder / "plan.yaml"), 2024).schedule
    assert made is not None
    posting = made.batches[-1].postings[2]
    assert posting.person is not None
    assert (posting.department, posting.person.name, posting.proposed) == ("内科", "柳静宜", False)
    assert "published-differs" not in {one.code for one in made.notices}


def test_a_damaged_announcement_stops_the_schedule(call: Call, folder: Path) -> None:
    call(*FOURTH)
    text = file_of(folder).read_text(encoding="utf-8")
    file_of(folder).write_text(text.replace("交接日: 2024-10-08", "交接日: 2024-10-38"), encoding="utf-8")
    told = call("排班")
    assert (told.status, told.out) == (1, "")
    assert "published-unreadable" in told.err


def test_a_dispatch_notice_offers_to_announce_its_batch_until_that_is_done(call: Call) -> None:
    told = call("出文", "派遣通知", "--batch", "2024-4", "-o", "一.docx")
    assert told.out.endswith("下一步  xiaxiang 公布 --batch 2024-4\n")
    call(*FOURTH)
    assert "下一步" not in call("出文", "派遣通知", "--batch", "2024-4", "-o", "二.docx").out


def test_machines_read_the_announcement_and_where_it_stands(call: Call, folder: Path) -> None:
    answer = json.loads(call(*FOURTH, "--format", "json").out)
    assert (answer["batch"], answer["published_on"], answer["handover_on"], answer["ends_on"]) == (
        "2024-4",
        "2024-09-25",
        "2024-10-08",
        "2025-01-05",
    )
    assert (answer["file"], answer["written"], answer["differences"]) == ("published/2024-4.yaml", True, None)
    assert [(one["department"], one["person"], one["open"]) for one in answer["postings"]] == [
        ("中医科", None, True),
        ("检验科", None, True),
        ("内科", None, True),
    ]
    add_deferral(folder)
    again = json.loads(call(*FOURTH, "--format", "json").out)
    assert again["written"] is False
    assert [one["slot"] for one in again["differences"]["slots"]] == [2, 3]


def test_the_announcement_is_kept_of_a_workspace_seen_from_elsewhere(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    words = (*FOURTH, "--plan", folder.name)
    assert call(*words).status == 0
    assert file_of(folder).is_file()
    add_deferral(folder)
    assert call(*words, "--force").status == 0
    assert file_of(folder, "2024-4.yaml.bak").is_file()
    found = read(Path(folder.name) / "plan.yaml").workspace
    assert found is not None
    assert [replace(one, postings=()).name for one in found.published] == [BatchName(2024, 4)]
