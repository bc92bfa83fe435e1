from __future__ import annotations

from pathlib import Path

import pytest

from xiaxiang.cli import app, session
from xiaxiang.cli.crash import REPORT, report_text


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Make every command that looks for a plan fail as only a bug of ours can."""

    def fail(_path: object) -> None:
        raise RuntimeError("张三 13800001111 出错")

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XIAXIANG_DEBUG", raising=False)
    monkeypatch.setattr("xiaxiang.load.files.find_plan", fail)
    return tmp_path


@pytest.mark.usefixtures("broken")
def test_our_own_fault_is_a_sentence_status_70_and_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["schedule", "--year", "2024"]) == 70
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("程序内部出错，不是您的文件的问题。")
    assert "Traceback" not in told.err


def test_the_report_names_places_and_options_but_nobody(broken: Path) -> None:
    assert app.run(["schedule", "--year=2024", "--plan", ".", "张三.yaml"]) == 2
    assert app.run(["schedule", "--year=2024", "--plan", "."]) == 70
    text = (broken / REPORT).read_text(encoding="utf-8")
    assert "命令: schedule --year --plan\n" in text
    assert "session.py:" in text
    assert "RuntimeError: 某 ＊ 某\n" in text
    assert "张三" not in text
    assert "1380" not in text
    assert str(broken) not in text


@pytest.mark.usefixtures("broken")
def test_where_no_report_can_be_written_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    Path(REPORT).mkdir()
    assert app.run(["schedule"]) == 70
    assert "RuntimeError: 某 ＊ 某" in capsys.readouterr().err


@pytest.mark.usefixtures("broken")
def test_developers_see_the_traceback_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAXIANG_DEBUG", "1")
    with pytest.raises(RuntimeError):
        app.run(["schedule"])


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("xiaxiang.load.files.find_plan", interrupt)
    assert app.run(["schedule"]) == 130
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_a_deep_recursion_is_our_fault_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def recurse(_path: object) -> None:
        recurse(_path)

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XIAXIANG_DEBUG", raising=False)
    monkeypatch.setattr("xiaxiang.load.files.find_plan", recurse)
    assert app.run(["schedule"]) == 70
    assert "Traceback" not in capsys.readouterr().err


def test_a_report_without_arguments_is_a_report_still() -> None:
    assert "ValueError: 坏" not in report_text(ValueError("坏"), [])
    assert "ValueError: 某" in report_text(ValueError("坏"), [])
    assert session.quoted(Path("a b")) == '"a b"'
