from __future__ import annotations

import re

import pytest

from xiaxiang.cli.app import COMMANDS, POLICY_COMMANDS, run
from xiaxiang.model.scalar import display_width

CALLS = [
    [],
    *([name] for name, *_ in COMMANDS),
    ["policy"],
    *(["policy", name] for name, *_ in POLICY_COMMANDS),
]
ENGLISH = re.compile(r"Usage|Options|Arguments|Commands|Show |exit\.|default|required|Error|Try ")


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_help_is_chinese_and_fits_the_screen(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"用法: {' '.join(['xiaxiang', *words])} ")
    assert text.endswith("\n")
    assert not ENGLISH.search(text)
    assert max(map(display_width, text.split("\n"))) <= 80


def test_the_help_names_every_command_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    lines = capsys.readouterr().out.split("\n")
    for english, chinese, _, about in COMMANDS:
        assert any(line.split()[:2] == [english, chinese] and about in line for line in lines)
    assert any(line.split()[:2] == ["policy", "制度"] for line in lines)


@pytest.mark.parametrize("chinese", [chinese for _, chinese, *_ in COMMANDS] + ["制度"])
def test_a_command_answers_to_its_chinese_name(chinese: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([chinese, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"用法: xiaxiang {chinese} ")


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_told(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([flag]) == 0
    assert re.fullmatch(r"xiaxiang \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("call", "message", "remedy"),
    [
        (["shedule"], "没有命令“shedule”", "是不是“schedule”？"),
        (["排版"], "没有命令“排版”", "是不是“排班”？"),
        (["xyzzy"], "没有命令“xyzzy”", "全部命令: xiaxiang --help"),
        (["policy", "lst"], "没有命令“lst”", "是不是“list”？全部命令: xiaxiang policy --help"),
        (["--foo"], "没有选项 --foo", "全部选项: xiaxiang --help"),
        (["schedule", "--yaer", "2024"], "没有选项 --yaer", "是不是“--year”？"),
        (["schedule", "-z"], "没有选项 -z", "全部选项: xiaxiang schedule --help"),
        (["schedule", "--year"], "选项 --year 后面要写一个值", "全部选项: xiaxiang schedule --help"),
        (["schedule", "--strict=1"], "选项 --strict 后面不能写值", "全部选项"),
        (["schedule", "--year", "24"], "--year 写得不对: “24”不是 1990 到 2100 之间的年份，写成 2024", ""),
        (["schedule", "--year", "99999"], "--year 写得不对", ""),
        (["schedule", "--format", "xml"], "“xml”不是输出格式，只有 table、json、csv、xlsx、ics、html", ""),
        (["report", "派遣通知", "--month", "13月"], "“13月”不是月份，月份写成 2024-03 或 2024年3月", ""),
        (["report", "派遣通知", "--batch", "春季"], "“春季”不是批次的写法，批次写成 2024-1 或 2024年第1批", ""),
        (["schedule", "2024"], "多写了“2024”", "用法: xiaxiang schedule [选项]"),
        (["policy", "show"], "少写了 制度", "用法: xiaxiang policy show 制度 [选项]"),
        (["report"], "少写了文种", "全部文种: xiaxiang 出文 --list"),
        (["report", "派遣"], "没有文种“派遣”", "是不是“派遣通知”？"),
        (["report", "--all"], "要写明放在哪里", "加 -o 文件夹"),
        (["report", "轮换表", "--text", "-o", "表.docx"], "--text 只显示，不写文件", "去掉 --text 或 -o"),
        (["schedule", "--plan", "nowhere/plan.yaml"], "找不到文件“nowhere/plan.yaml”", "检查文件名"),
    ],
)
def test_a_wrong_call_is_answered_in_chinese_with_the_nearest_right_one(
    call: list[str], message: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(call) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err
    assert remedy in told.err
    assert not ENGLISH.search(told.err)


@pytest.mark.parametrize("dashes", ["--", "——", "—", "－－", "––"])
def test_dashes_from_an_input_method_begin_an_option(dashes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", f"{dashes}year", "二〇二四"]) == 2
    assert "--year 写得不对: “二〇二四”" in capsys.readouterr().err


def test_one_wide_dash_begins_a_short_option_and_words_keep_their_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["－z"]) == 2
    assert "没有选项 -z" in capsys.readouterr().err
    assert run(["—某—"]) == 2
    assert "没有命令“—某—”" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["2024", "２０２４", "2024年", " 2024 "])
def test_a_year_may_be_typed_as_clerks_type_it(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "--year", text, "--plan", "nowhere.yaml"]) == 2
    assert "年份" not in capsys.readouterr().err
