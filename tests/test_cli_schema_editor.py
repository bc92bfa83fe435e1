"""An editor (through the YAML language server, as VS Code runs it) completes and checks a new workspace's plan.

Needs node and the server: tests/tools/install-yaml-language-server.sh FOLDER,
then XIAXIANG_YAML_LANGUAGE_SERVER=FOLDER.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from yaml_language_server import Editor

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = os.environ.get("XIAXIANG_YAML_LANGUAGE_SERVER", "")
SERVER = Path(FOLDER, "node_modules", "yaml-language-server", "bin", "yaml-language-server")
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    not (FOLDER and NODE and SERVER.is_file()), reason="node or XIAXIANG_YAML_LANGUAGE_SERVER is absent"
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "下乡"
    assert run(["init", str(folder)]) == 0
    return folder / "plan.yaml"


@pytest.fixture(scope="module")
def text(plan: Path) -> str:
    return plan.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def editor(plan: Path) -> Iterator[Editor]:
    assert NODE
    editor = Editor(NODE, SERVER, plan)
    yield editor
    editor.close()


def place_of(text: str, words: str) -> tuple[int, int]:
    """Return the line and column (from 1) just after `words`."""
    before = text[: text.index(words) + len(words)]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


def test_the_sample_as_it_stands_has_nothing_underlined(editor: Editor, text: str) -> None:
    assert editor.write(text) == []


def test_an_unknown_key_is_underlined_where_it_stands(editor: Editor, text: str) -> None:
    wrong = text.replace("受援单位:", "受缓单位:", 1)
    line, _ = place_of(wrong, "受缓单位")
    found = editor.write(wrong)
    assert any(one.startswith(f"{line}: ") and "受缓单位" in one for one in found), found


def test_a_wrong_date_and_a_wrong_word_are_explained_in_chinese(editor: Editor, text: str) -> None:
    wrong = text.replace("起始日期: 2026-01-01 ", "起始日期: 元月一日 ").replace(
        "类型: 指派, 日期: 2025", "类型: 指拍, 日期: 2025"
    )
    day, _ = place_of(wrong, "起始日期")
    kind, _ = place_of(wrong, "类型: 指拍")
    assert editor.write(wrong) == [
        f"{day}: 日期，写成 2024-01-02（2024/1/2、2024年1月2日 也可以）",
        f"{kind}: 类型只有 后延、晋升优先、指派、意外、拒派、重新下乡、请假、调回、捐赠、进修",
    ]


def test_the_keys_of_a_plan_are_offered_in_chinese_and_no_other_spelling(editor: Editor, text: str) -> None:
    editor.write(text + "\n")
    offered = editor.complete(text.count("\n") + 1, 1)
    assert {"任务", "依据文件", "已派科室", "发文登记", "口径"} <= set(offered)
    assert {"tasks", "工作任务", "dispatch_order", "科室"} & set(offered) == set()


def test_the_keys_of_an_event_are_those_of_its_kind(editor: Editor, text: str) -> None:
    longer = text.replace("变动登记:\n", "变动登记:\n  - 类型: 后延\n    日期: 2026-03-10\n    \n", 1)
    editor.write(longer)
    line, _ = place_of(longer, "日期: 2026-03-10\n")
    offered = set(editor.complete(line, 5))
    assert {"科室", "决定", "申请日期"} <= offered
    assert {"接替人员", "假别", "类型"} & offered == set()


def test_the_values_of_a_choice_are_offered(editor: Editor, text: str) -> None:
    longer = text + "口径:\n  遇节假日: \n"
    editor.write(longer)
    assert editor.complete(*place_of(longer, "\n  遇节假日: ")) == ["顺延", "下一个周一", "提前", "不变"]
