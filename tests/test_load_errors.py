"""Every diagnostic of load and check has a smallest bad file in tests/errors/<code>/ and stands at the right place."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.assess.records import who_of
from xiaxiang.check import check
from xiaxiang.load import load_roster, load_workspace
from xiaxiang.load.attendance_grid import load_attendance
from xiaxiang.load.event_line import read_event_line
from xiaxiang.load.record_measure import measure_records
from xiaxiang.load.records import check_records
from xiaxiang.model.batch import BatchName
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_diagnostics import diagnostic_text
from xiaxiang.render.text_layout import visible

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.record import Who
    from xiaxiang.model.workspace import Workspace

ERRORS = Path(__file__).parent / "errors"
FITS = 60  # cells: a longer line is shown through a window
SOURCES = Path(__file__).parents[1] / "src" / "xiaxiang"
FOLDERS = sorted(folder for folder in ERRORS.iterdir() if (folder / "plan.yaml").is_file())
# Too large to keep as a file: test_load_files, test_load_yaml and test_load_excel make them. The others hang on the
# extra `scale`: test_load_record_measure.
WITHOUT_A_FILE = {"too-large", "needs-scale", "bad-parquet"}


def first_batch(_department: str, _on: date) -> BatchName:
    return BatchName(2024, 1)


def postings_of(folder: Path, workspace: Workspace) -> dict[Who, tuple[tuple[date, date], ...]]:
    roster, _, _ = load_roster(folder / "roster.csv", workspace, here=folder)
    rows = roster.rows if roster else ()
    return {who_of(row): ((row.starts_on, row.ends_on),) for row in rows if row.starts_on and row.ends_on}


def findings_of(folder: Path) -> list[Diagnostic]:
    loaded = load_workspace(folder / "plan.yaml", here=folder)
    found = list(loaded.diagnostics)
    if loaded.workspace is not None:
        found += check(loaded.workspace)
        if (folder / "roster.csv").is_file():
            found += load_roster(folder / "roster.csv", loaded.workspace, here=folder)[1]
        if (folder / "measured.csv").is_file():  # records held against the postings of the roster
            path, postings = folder / "measured.csv", postings_of(folder, loaded.workspace)
            found += measure_records(path, loaded.workspace, postings, ("授课",), here=folder)[1]
        if (folder / "attendance.csv").is_file():
            path, postings = folder / "attendance.csv", postings_of(folder, loaded.workspace)
            found += load_attendance(path, loaded.workspace.plan, postings, here=folder)[1]
        if (folder / "records.csv").is_file():
            found += check_records(folder / "records.csv", loaded.workspace, here=folder).diagnostics
        if (folder / "event.txt").is_file():  # what somebody types after `xiaxiang what-if`
            lines = (folder / "event.txt").read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines, 1):
                found += read_event_line(line, loaded.workspace.plan, year=2024, line=number, comes_up=first_batch)[1]
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_smallest_bad_file_is_explained_at_the_place_of_the_mistake(folder: Path) -> None:
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()

    assert [f"{one.position} {one.severity} {one.code}" for one in findings_of(folder)] == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_finding_is_one_chinese_sentence_with_what_to_do(folder: Path) -> None:
    found = findings_of(folder)

    assert folder.name in {one.code for one in found}
    for one in found:
        assert re.search("[一-鿿]", one.message), one
        assert re.search("[一-鿿]", one.hint), one
        assert "\n" not in one.message + one.hint
        assert one.position.end_column >= one.position.column


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_caret_stands_under_the_cells_of_what_is_wrong(folder: Path) -> None:
    texts = load_workspace(folder / "plan.yaml", here=folder).texts
    for one in findings_of(folder):
        lines = texts.get(one.position.file, "").split("\n")
        if one.position.line > len(lines):
            continue
        line = lines[one.position.line - 1]
        before, marked = (
            visible(part)
            for part in (line[: one.position.column - 1], line[one.position.column - 1 : one.position.end_column - 1])
        )
        if display_width(visible(line)) > FITS or not line:
            continue  # a window of a long line: test_render_text_diagnostics
        shown, caret = next(
            (above.partition(" | ")[2], under.partition(" | ")[2])
            for above, under in pairwise(diagnostic_text(one, texts).split("\n"))
            if under.strip(" |^") == "" and "^" in under
        )
        assert shown == visible(line).rstrip()
        assert caret == " " * display_width(before) + "^" * max(display_width(marked), 1)


def test_the_corpus_holds_at_least_sixty_smallest_bad_files() -> None:
    assert len(FOLDERS) >= 60


def test_every_code_of_load_and_check_has_its_folder() -> None:
    pattern = re.compile(
        r'(?:error|warning|note|NodeError|ScalarError|_RefusedError|Fault)\(\s*(?:\w+, )?"([a-z]+(?:-[a-z0-9]+)+)"'
    )
    written = {
        code
        for package in ("load", "check")
        for path in sorted((SOURCES / package).glob("*.py"))
        if path != SOURCES / "check" / "policy.py"  # said by `policy check`, not by `validate`: test_check_policy
        for code in pattern.findall(path.read_text(encoding="utf-8"))
    }

    assert written - {folder.name for folder in FOLDERS} == WITHOUT_A_FILE
