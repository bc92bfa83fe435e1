"""核定 end to end: what is written, what is refused, and that the approved figures stand everywhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from xiaxiang.cli.app import run

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
FIRST = ("考核", "--approve", "--batch", "2024-1", "--approved-on", "2024-04-10")


class Told(NamedTuple):
    status: int
    out: str
    err: str


class Call(Protocol):
    def __call__(self, *words: str) -> Told: ...


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "变动登记.yaml", "roster.csv"):
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


def change(folder: Path, old: str, new: str, name: str = "roster.csv") -> None:
    text = (folder / name).read_bytes().decode("utf-8-sig")
    assert text.count(old) == 1
    (folder / name).write_bytes(("\ufeff" + text.replace(old, new)).encode())


def lose_attendance(folder: Path) -> None:
    """57 days of 61 become 40: two items not met instead of one."""
    change(folder, ",5,,11,57,,", ",5,,11,40,,")


def file_of(folder: Path) -> Path:
    return folder / "approved" / "2024-1.yaml"


def money(told: Told, name: str) -> tuple[str, str, str]:
    person = next(one for one in json.loads(told.out)["people"] if one["name"] == name)
    return person["allowance"]["deducted"], person["allowance"]["paid"], person["net"]


def test_the_screen_shows_what_is_approved_where_it_is_written_and_what_comes_next(call: Call, folder: Path) -> None:
    told = call(*FIRST)
    assert told.status == 0
    assert "2024年第1批\n 姓名    科室 " in told.out
    assert "2024年第2批" not in told.out
    assert told.out.endswith(
        "已核定，写入 approved/2024-1.yaml。从现在起以它为准，改名册不会改动这一批的数。\n"
        "下一步  xiaxiang 出文 补助发放表 --batch 2024-1 -o 补助发放表.docx\n"
        "        xiaxiang 考核 --batch 2024-1 -o 结算.xlsx\n"
    )
    head, rest = file_of(folder).read_text(encoding="utf-8").split("批次: ", 1)
    assert all(line.startswith("# ") for line in head.splitlines())
    assert rest.startswith("2024-1\n核定日期: 2024-04-10\n")
    assert '{序号: 2, 姓名: 骆清荷, 工号: "0302", 科室: 妇产科,' in rest


def test_without_a_batch_the_first_one_not_approved_is_shown_and_has_to_be_named(call: Call, folder: Path) -> None:
    told = call("考核", "--approve")
    assert (told.status, (folder / "approved").exists()) == (0, False)
    assert told.out.endswith(
        "还没有写文件。确定核定这一批，照下面打一遍。\n下一步  xiaxiang 考核 --approve --batch 2024-1\n"
    )
    call(*FIRST)
    again = call("考核", "--approve")  # 2024-2, in which somebody is open
    assert again.status == 1
    assert "2024年第2批还有 1 人待补" in again.err


def test_a_batch_with_somebody_open_is_not_approved_and_says_who_and_what_is_missing(call: Call, folder: Path) -> None:
    told = call("考核", "--approve", "--batch", "2024-2")
    assert (told.status, (folder / "approved").exists()) == (1, False)
    assert "待补: 舒百川（耳鼻喉科） 考勤\n" in told.err
    assert "没有核定：签字的表不留空。补上以后再核定。" in told.err


def test_nothing_is_approved_from_input_with_errors(call: Call, folder: Path) -> None:
    change(folder, "2024-04-03\r\n骆清荷", "昨天\r\n骆清荷")
    told = call(*FIRST)
    assert (told.status, (folder / "approved").exists()) == (1, False)
    assert "有错误，什么也没有核定" in told.err


def test_a_dry_run_shows_the_same_and_writes_nothing(call: Call, folder: Path) -> None:
    told = call(*FIRST, "--dry-run")
    assert (told.status, (folder / "approved").exists()) == (0, False)
    assert "还没有写文件。" in told.out


def test_a_batch_that_the_roster_lacks_is_refused_with_those_it_has(call: Call) -> None:
    told = call("考核", "--approve", "--batch", "2024-3")
    assert told.status == 2
    assert "名册里没有批次“2024-3”" in told.err
    assert "2024-1、2024-2" in told.err


def test_a_batch_approved_before_it_was_over_is_a_reminder(call: Call) -> None:
    told = call(*FIRST[:-1], "2024-03-01")
    assert told.status == 0
    assert "这一批到 2024-03-31 才结束，2024-03-01 核定早了" in told.err


def test_a_later_edit_is_shown_with_who_which_figure_and_what_was_edited_and_changes_nothing(
    call: Call, folder: Path
) -> None:
    call(*FIRST)
    before = json.loads(call("考核", "--format", "json").out)
    lose_attendance(folder)
    told = call("考核")
    assert told.status == 0
    assert "2024年第1批  已核定 2024-04-10\n" in told.out
    assert (
        "2024年第1批 2024-04-10 已核定，现在算出来的不同，仍以核定的为准：\n"
        " 科室    人员    哪一项  核定的      现在的\n"
        " 妇产科  骆清荷  考勤    57/61 √     40/61 ×\n"
        " 妇产科  骆清荷  结论    一项未完成  两项未完成\n"
        " 妇产科  骆清荷  扣减    440         880\n"
        " 妇产科  骆清荷  实发    880         440\n"
        " 妇产科  骆清荷  实得    880         440\n"
        " 妇产科  骆清荷  鉴定表  是          否\n"
        "改动: 名册 骆清荷（妇产科） 出勤天数: 57 → 40\n"
    ) in told.out
    assert "approved-differs" in told.err
    after = json.loads(call("考核", "--format", "json").out)
    assert (after["people"], after["departments"], after["totals"]) == (
        before["people"],
        before["departments"],
        before["totals"],
    )
    approval = after["batches"][0]["approval"]
    assert [one["figure"] for one in approval["differences"]] == ["考勤", "结论", "扣减", "实发", "实得", "鉴定表"]
    assert approval["edits"] == [{"what": "名册 骆清荷（妇产科） 出勤天数", "before": "57", "after": "40"}]
    assert call("考核", "--strict").status == 1


def test_papers_that_come_in_later_release_the_money_and_are_no_difference(call: Call, folder: Path) -> None:
    call(*FIRST)
    change(folder, ",2024-03-29,,\r\n", ",2024-03-29,2024-04-11,2024-04-12\r\n")
    told = call("考核", "--format", "json")
    person = next(one for one in json.loads(told.out)["people"] if one["name"] == "骆清荷")
    assert (person["release"]["state"], person["approved_on"]) == ("ready", "2024-04-10")
    assert json.loads(told.out)["batches"][0]["approval"]["differences"] == []


def test_recompute_shows_the_figures_of_now_and_leaves_the_approval_alone(call: Call, folder: Path) -> None:
    call(*FIRST)
    kept = file_of(folder).read_bytes()
    lose_attendance(folder)
    assert money(call("考核", "--format", "json"), "骆清荷") == ("440.00", "880.00", "880.00")
    assert money(call("考核", "--format", "json", "--recompute"), "骆清荷") == ("880.00", "440.00", "440.00")
    assert file_of(folder).read_bytes() == kept


def test_an_approval_is_kept_unless_forced_and_the_differences_are_shown_first(call: Call, folder: Path) -> None:
    call(*FIRST)
    kept = file_of(folder).read_bytes()
    same = call(*FIRST)
    assert (same.status, file_of(folder).read_bytes()) == (0, kept)
    assert "已经核定过，和现在算的一样，不用再核定。" in same.out
    lose_attendance(folder)
    refused = call(*FIRST)
    assert (refused.status, file_of(folder).read_bytes()) == (2, kept)
    assert "现在算出来的不同，要不要改由你定：" in refused.out
    assert "加 --force（原文件留作 .bak）" in refused.err
    forced = call(*FIRST, "--force")
    assert forced.status == 0
    assert file_of(folder).with_name("2024-1.yaml.bak").read_bytes() == kept
    assert money(call("考核", "--format", "json"), "骆清荷") == ("880.00", "440.00", "440.00")


def test_the_paper_for_finance_says_that_its_figures_are_approved(call: Call, folder: Path) -> None:
    call(*FIRST)
    lose_attendance(folder)
    paper = call("出文", "补助发放表", "--batch", "2024-1", "--text")
    assert paper.status == 0
    assert "表中数额已于2024年4月10日核定" in paper.out
    assert "880" in next(line for line in paper.out.split("\n") if "骆清荷" in line)


def test_somebody_added_after_the_approval_has_no_money_until_it_is_approved_anew(call: Call, folder: Path) -> None:
    call(*FIRST)
    with (folder / "roster.csv").open("ab") as file:
        file.write("卜元青,0205,外科,2024年第1批,2024-01-02,2024-03-31,,4,,8,60,,,,\r\n".encode())
    found = json.loads(call("考核", "--format", "json").out)
    late = next(one for one in found["people"] if one["name"] == "卜元青")
    assert (late["complete"], late["net"], late["notes"]) == (False, None, ["这一批已核定，核定里没有此人，金额不出"])
    differences = found["batches"][0]["approval"]["differences"]
    assert {
        "department": "外科",
        "person": "卜元青",
        "figure": "名册里的一行",
        "approved": "没有",
        "computed": "有",
    } in (differences)


def test_somebody_whose_row_was_deleted_keeps_the_approved_figures(call: Call, folder: Path) -> None:
    call(*FIRST)
    text = (folder / "roster.csv").read_bytes().decode()
    lines = [line for line in text.split("\r\n") if not line.startswith("骆清荷")]
    (folder / "roster.csv").write_bytes("\r\n".join(lines).encode())
    told = call("考核", "--format", "json")
    assert money(told, "骆清荷") == ("440.00", "880.00", "880.00")
    assert json.loads(told.out)["batches"][0]["totals"]["people"] == 3


def test_a_damaged_approval_stops_the_money_of_its_batch_alone_and_can_be_approved_anew(
    call: Call, folder: Path
) -> None:
    call(*FIRST)
    text = file_of(folder).read_text(encoding="utf-8")
    file_of(folder).write_text(text.replace("扣减: 440, 实发: 880", "扣减: 440, 实发: 1320"), encoding="utf-8")
    told = call("考核", "--format", "json")
    found = json.loads(told.out)
    assert told.status == 1
    assert found["draft"] is True
    codes = {one["code"] for one in found["diagnostics"]}
    assert {"approved-sums", "approved-unreadable"} <= codes
    nets = {one["name"]: one["net"] for one in found["people"]}
    assert [nets[name] for name in ("贺春来", "骆清荷", "齐沐阳")] == [None] * 3
    assert nets["桑榆晚"] == "1120.00"
    first, second = found["batches"]
    assert (first["totals"]["paid"], first["totals"]["department_net"]) == ("0.00", "0.00")
    assert second["totals"]["department_net"] == "2300.00"
    assert call(*FIRST).status == 2  # the file is kept
    assert call(*FIRST, "--force").status == 0
    assert json.loads(call("考核", "--format", "json").out)["draft"] is False


def test_validate_knows_an_approval_and_finds_what_was_changed_by_hand(call: Call, folder: Path) -> None:
    call(*FIRST)
    fine = call("检查", "approved/2024-1.yaml")
    assert fine.status == 0, fine
    text = file_of(folder).read_text(encoding="utf-8")
    file_of(folder).write_text(text.replace("人数: 3", "人数: 4"), encoding="utf-8")
    wrong = call("检查", "approved/2024-1.yaml")
    assert wrong.status == 1
    assert "“合计”写 4 人，“人员”有 3 行" in wrong.out


def test_the_answer_for_machines_says_what_was_written_and_who_keeps_a_batch_open(call: Call, folder: Path) -> None:
    written = json.loads(call(*FIRST, "--format", "json").out)["approving"]
    assert {key: written[key] for key in ("batch", "approved_on", "file", "written", "before", "pending")} == {
        "batch": "2024-1",
        "approved_on": "2024-04-10",
        "file": file_of(folder).relative_to(folder).as_posix(),
        "written": True,
        "before": None,
        "pending": [],
    }
    refused = json.loads(call("考核", "--approve", "--format", "json").out)["approving"]
    assert (refused["batch"], refused["written"]) == (None, False)
    assert refused["pending"] == [{"name": "舒百川", "department": "耳鼻喉科", "missing": ["考勤"]}]
