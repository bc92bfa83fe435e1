from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from schema_support import faults

from xiaxiang.cli.app import run
from xiaxiang.cli.schema import NAMES
from xiaxiang.render.json_contract import output_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
COMMANDS: dict[str, Sequence[Sequence[str]]] = {
    "validate": (["validate"], ["validate", "broken.yaml"], ["validate", "nowhere.yaml"]),
    "schedule": (
        ["schedule", "--year", "2023"],
        ["schedule", "--year", "2024"],
        ["schedule", "--plan", "broken.yaml"],
        ["schedule", "--plan", "nowhere.yaml"],
    ),
    "assess": (
        ["assess", "--readings"],
        ["assess", "--plan", "broken.yaml"],
        ["assess", "nowhere.csv"],
        ["assess", "--approve", "--batch", "2024-1"],
        ["assess", "--approve", "--batch", "2024-2"],
        ["assess", "--approve", "--plan", "broken.yaml"],
        ["assess", "--batch", "2024-1"],
    ),
    "schedule-diff": (
        ["schedule", "--diff"],
        ["schedule", "--diff", "--plan", "announced"],
        ["schedule", "--diff", "--plan", "nowhere.yaml"],
    ),
    "publish": (
        ["publish", "--batch", "2024-4", "--dry-run"],
        ["publish", "--batch", "2024-4", "--plan", "announced", "--dry-run"],
        ["publish", "--plan", "broken.yaml"],
    ),
    "what-if": (
        ["what-if", "后延 检验科 2024-09-01 自动后延", "拒派 2024-4 2024-09-20 中医科 无"],
        ["what-if", "后延 检验科 2024-09-01 自动", "--plan", "broken.yaml"],
        ["what-if", "后延 检验科 2024-09-01", "--plan", "nowhere.yaml"],
    ),
    "explain": (
        ["explain"],
        ["explain", "三（二）"],
        ["explain", "2024-4", "中医科"],
        ["explain", "2024-2", "外科"],
        ["explain", "儿科"],
        ["explain", "应怀远"],
        ["explain", "2024-2", "外科", "--plan", "broken.yaml"],
    ),
    "ledger": (
        ["ledger", "--as-of", "2024-12-31"],
        ["ledger", "--as-of", "2024-12-31", "--person", "贺春来", "--clock", "晋升"],
        ["ledger", "--as-of", "2024-12-31", "--plan", "broken.yaml"],
        ["ledger", "--as-of", "2024-12-31", "--plan", "nowhere.yaml"],
    ),
    "stats": (
        ["stats", "--year", "2024"],
        *(["stats", "--to", "2024-12-31", "--by", by] for by in ("人员", "职级", "专业")),
        ["stats", "--plan", "nowhere.yaml"],
    ),
    "policy-list": (["policy", "list"],),
    "doctor": (["doctor"],),
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, and a plan beside it in which one entry is broken."""
    folder = tmp_path / "county-hospital"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("expected"))
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    assert "变动登记: 变动登记.yaml" in plan
    broken = plan.replace("变动登记: 变动登记.yaml", "变动登记: [{类型: 后延, 日期: 昨天, 科室: 内科}]")
    (folder / "broken.yaml").write_text(broken, encoding="utf-8")
    announced = folder / "announced"
    shutil.copytree(EXAMPLE, announced, ignore=shutil.ignore_patterns("expected"))
    run(["publish", "--batch", "2024-4", "--plan", str(announced), "--published-on", "2024-09-20"])
    events = (announced / "变动登记.yaml").read_text(encoding="utf-8")
    (announced / "变动登记.yaml").write_text(
        f"{events}- {{类型: 后延, 日期: 2024-09-01, 科室: 检验科, 决定: 自动后延}}\n", encoding="utf-8"
    )
    monkeypatch.chdir(folder)
    return folder


def closed(schema: object) -> Any:  # noqa: ANN401 - a schema, or a part of one
    """Return a schema that knows no further keys: so that no key is printed that the contract does not name."""
    if isinstance(schema, dict):
        inner = {key: closed(value) for key, value in schema.items()}
        named = isinstance(schema.get("properties"), dict) and schema.get("type") == "object"
        return inner | ({"additionalProperties": False} if named else {})
    return [closed(one) for one in schema] if isinstance(schema, list) else schema


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", COMMANDS)
def test_results_keep_the_contract_key_by_key(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    schema = output_schema(name)
    assert schema is not None
    capsys.readouterr()
    for command in COMMANDS[name]:
        run([*command, "--format", "json"])
        result = json.loads(capsys.readouterr().out)
        assert faults(closed(schema), result) == [], command


def test_every_result_that_is_listed_has_a_contract_that_is_tried() -> None:
    assert set(COMMANDS) <= set(NAMES)
    assert all(output_schema(name) is not None for name in COMMANDS)
    assert [name for name in NAMES if output_schema(name)] == list(COMMANDS)


def test_the_contract_asks_for_every_key_but_the_one_that_is_printed_on_demand() -> None:
    assess = output_schema("assess")
    assert assess is not None
    assert set(assess["properties"]) - set(assess["required"]) == {
        "approving",
        "balance",
        "other_readings",
        "subject",
        "subjects",
        "sums",
    }
    assert faults(assess, {"policy": None}) != []
