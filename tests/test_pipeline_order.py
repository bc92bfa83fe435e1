"""From file to JSON: the order of keys, of departments and of roster rows changes nothing; same input, same bytes."""

from __future__ import annotations

import csv
import io
import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.cli.app import run
from xiaxiang.load.files import builtin

if TYPE_CHECKING:
    from pathlib import Path

START = builtin("templates") / "init"
PLAN = yaml.load((START / "plan.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings only
ROSTER = list(csv.reader(io.StringIO((START / "roster.csv").read_text(encoding="utf-8-sig"))))
RESULTS = ("batches", "sanctions", "people", "departments", "totals", "readings")


def shuffled(value: Any, random: Random) -> Any:  # noqa: ANN401 - what YAML holds
    """Return the same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(one, random) for one in value] if isinstance(value, list) else value


def printed(folder: Path, plan: Any, roster: list[list[str]], capsys: pytest.CaptureFixture[str]) -> list[Any]:  # noqa: ANN401
    """Return what schedule and assess say of a workspace, without places in files and findings."""
    (folder / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows(roster)
    where = ["--plan", str(folder / "plan.yaml"), "--format", "json"]
    found = []
    for command in (["schedule", *where], ["assess", str(folder / "roster.csv"), *where]):
        assert run(command) == 0
        said = json.loads(capsys.readouterr().out)
        found.append({key: said[key] for key in RESULTS if key in said})
    found[1]["people"].sort(key=lambda one: one["name"])
    return found


def content_of(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """Return the same without places in files, departments by name: their order follows the plan's."""
    if isinstance(value, dict):
        found = {key: content_of(one) for key, one in value.items() if key != "position"}
        if "departments" in found:
            found["departments"].sort(key=lambda one: one["name"])
        return found
    return [content_of(one) for one in value] if isinstance(value, list) else value


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_keys_departments_and_rows_changes_nothing(seed: int) -> None:
    capsys, folder = FIXTURES["capsys"], FIXTURES["folder"]
    random = Random(seed)
    plan = shuffled(PLAN, random)
    random.shuffle(plan["科室"])
    rows = ROSTER[1:]
    random.shuffle(rows)
    columns = list(range(len(ROSTER[0])))
    random.shuffle(columns)
    roster = [[row[place] for place in columns] for row in [ROSTER[0], *rows]]
    before, after = printed(folder, PLAN, ROSTER, capsys), printed(folder, plan, roster, capsys)
    assert content_of(before) == content_of(after)


FIXTURES: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _fixtures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FIXTURES.update(folder=tmp_path, capsys=capsys)


def test_the_same_input_gives_the_same_bytes_of_json_and_of_every_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(tmp_path, PLAN, ROSTER, capsys) == printed(tmp_path, PLAN, ROSTER, capsys)
    made = []
    for name in ("甲", "乙"):
        assert run(["report", "--all", "-o", str(tmp_path / name), "--plan", str(tmp_path / "plan.yaml")]) == 0
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) >= 5
