"""Every code that the program can say is explained, has its smallest bad file, and stands in the documentation."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.load.explanations import load_explanations
from xiaxiang.load.raw_signs import TRAP_CODES

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "xiaxiang"
ERRORS = ROOT / "tests" / "errors"
KNOWN = load_explanations()

_LITERAL = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
NOT_CODES = {
    *("allowance-sheet", "assessment-circular", "dispatch-notice", "quality-bulletin", "rotation-table"),
    *("service-certificate", "turn-explanation", "policy-list", "what-if", "schedule-diff", "mac-roman"),
    *("utf-8", "utf-16-be", "utf-16-le", "utf-8-sig", "yyyy-mm-dd"),
    *("level-1", "level-2", "level-3", "level-4", "event-kind", "handover-day", "indicator-kind", "on-whom"),
    *("special-reason", "yes-no"),
}
"""Literals that look like codes and are names of other things: documents, encodings, formats, schemas."""

WITHOUT_A_FOLDER = {
    **dict.fromkeys(
        ("needs-scale", "bad-parquet", "memory-too-small"), "hangs on the extra `scale`: test_load_record_measure"
    ),
    "too-large": "too large to keep: test_load_files, test_load_yaml and test_load_excel make one",
    "too-many-years": "depends on the year that is asked for: test_pipeline",
    "not-in-force": "depends on the year that is asked for: test_pipeline, test_assess_properties",
    "no-rotation": "said by schedule, not by validate: test_pipeline",
    "published-differs": "a notice that comes with the publishing of schedules",
}
GROUPS_WITHOUT_FOLDERS = {
    "制度核对": "found by policy check: test_check_policy",
    "考核": "found by assessing a roster: test_assess_*",
    "排班": "notices of a schedule: test_schedule_*",
    "模板": "found in a template: test_render_templates",
}


def codes_in_sources() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(SOURCES.rglob("*.py")))
    return {code for text in texts for code in _LITERAL.findall(text)} - NOT_CODES


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_code_in_the_sources_is_explained() -> None:
    assert codes_in_sources() - set(KNOWN) == set()
    assert set(KNOWN) >= TRAP_CODES


def test_every_explained_code_is_one_that_the_program_can_say() -> None:
    announced = {"refusal"}  # of json.md; one word is no literal that can be looked for
    assert set(KNOWN) - codes_in_sources() - set(TRAP_CODES) == announced


def test_every_folder_of_errors_is_explained() -> None:
    assert {folder.name for folder in ERRORS.iterdir() if folder.is_dir()} - set(KNOWN) == set()


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_a_code_has_its_smallest_bad_file_or_a_reason_why_not(code: str) -> None:
    has_folder = (ERRORS / code / "plan.yaml").is_file()
    excused = code in WITHOUT_A_FOLDER or KNOWN[code].group in GROUPS_WITHOUT_FOLDERS

    assert has_folder != excused


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_an_explanation_says_in_whole_sentences_what_is_meant_and_shows_the_cure(code: str) -> None:
    one = KNOWN[code]

    assert re.search("[一-鿿].*[。]$", one.meaning)
    assert one.wrong
    assert one.right
    assert one.wrong != one.right


def test_the_documentation_is_what_the_cases_print() -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")

    assert page == generator().diagnostics_page()
    assert [code for code in KNOWN if f"\n### {code}\n" not in page] == []
