"""轮次说明: one page of the schedule's own reasons; and no paper ever names a person who is only proposed."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import schedule_support as made

from xiaxiang.cli.documents import papers
from xiaxiang.model.batch import BatchName
from xiaxiang.model.document import Content, Document, Refusal, Request
from xiaxiang.present.given import Given
from xiaxiang.present.kinds import KINDS, every, present
from xiaxiang.render.document_text import document_text
from xiaxiang.render.docx import docx

FIRST, SECOND = BatchName(2024, 1), BatchName(2024, 2)
DEFERRED = {"类型": "后延", "日期": "2023-12-20", "科室": "D2", "原因": "进修", "决定": "自动后延"}
CHOSEN = {"类型": "指派", "日期": "2024-03-01", "批次": "2024-2", "科室": "D2", "人员": "D2乙"}
REPLACED = {
    "类型": "意外",
    "日期": "2024-02-10",
    "批次": "2024-1",
    "科室": "D1",
    "人员": "D1甲",
    "接替科室": "D9",
    "原因": "生病",
}
SOFFICE = shutil.which("soffice") if shutil.which("pdftotext") else None


def given(*written: dict[str, str], years: tuple[int, ...] = (2024,), **more: object) -> Given:
    workspace = made.workspace(*written, **more)
    return Given(workspace, made.run(workspace, *years))


def page(of: Given, batch: BatchName, department: str) -> Document:
    done = papers(of, [Request("turn-explanation", batch, department=department, file_stem="页")], Path("nowhere"))
    assert done.refusals == ()
    [(_, document)] = done.documents
    return document


def test_the_page_says_why_this_batch_and_why_not_an_earlier_one() -> None:
    text = document_text(page(given(DEFERRED), SECOND, "D2"))
    assert "2024年第2批为什么轮到D2" in text
    assert "派遣顺序第2位，第1轮轮到（三（一））" in text
    assert "2024年第1批：D2 2023年12月20日批准后延（进修）" in text.replace("D22023", "D2 2023")
    assert "自动后延：下一批（三（二））" in text


def test_a_proposal_is_left_to_the_department_until_an_assignment_confirms_it() -> None:
    open_page = document_text(page(given(DEFERRED), SECOND, "D2"))
    assert "由科室确定" in open_page
    assert "请在交接日以前确定派出人选" in open_page
    assert "D2甲" not in open_page
    settled = document_text(page(given(DEFERRED, CHOSEN), SECOND, "D2"))
    assert "D2乙（主治医师）" in settled
    assert "由科室确定" not in settled


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.needs_roster], ids=lambda kind: kind.name)
def test_no_kind_of_paper_names_somebody_who_is_only_proposed(kind: object) -> None:
    of = given(DEFERRED, REPLACED)
    postings = [one for batch in of.schedule.batches for one in batch.postings if one.person]
    written = {one.person.name for one in postings if not one.proposed} | {"D1甲"}
    proposed = {one.person.name for one in postings if one.proposed} - written
    assert "D9甲" in proposed
    requests = every(of, kind.identifier).requests
    assert requests
    for request in requests:
        content = present(of, request)
        assert isinstance(content, Content)
        said = f"{content.values}{content.tables}"
        assert [name for name in sorted(proposed) if name in said] == [], request


def test_after_the_assignment_the_same_papers_name_the_person() -> None:
    of = given(DEFERRED, CHOSEN)
    for kind in ("dispatch-notice", "rotation-table", "turn-explanation"):
        content = present(of, Request(kind, SECOND, year=2024, department="D2"))
        assert isinstance(content, Content)
        assert "D2乙" in str(content.tables)


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (Request("turn-explanation", FIRST), "没有写明批次或科室"),
        (Request("turn-explanation", FIRST, department="D77"), "没有科室“D77”"),
        (Request("turn-explanation", BatchName(2031, 1), department="D1"), "计划里没有这一批"),
        (Request("turn-explanation", FIRST, department="D9"), "2024年第1批没有轮到D9"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_what_to_do(request_: Request, reason: str) -> None:
    refusal = present(given(), request_)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason
    assert refusal.hint


def test_a_page_for_every_department_of_every_batch_with_a_name_of_its_own() -> None:
    stems = [one.file_stem for one in every(given(), "轮次说明").requests]
    assert stems[:4] == [
        "轮次说明_2024年第1批_D1",
        "轮次说明_2024年第1批_D2",
        "轮次说明_2024年第1批_D3",
        "轮次说明_2024年第2批_D4",
    ]
    assert len(set(stems)) == len(stems)


def test_a_paper_marks_days_that_rest_on_an_unpublished_year() -> None:
    of = given(years=(2030,), starts_on=date(2030, 1, 1))
    for kind in ("dispatch-notice", "rotation-table", "turn-explanation"):
        content = present(of, Request(kind, BatchName(2030, 1), year=2030, department="D1"))
        assert isinstance(content, Content)
        assert "（暂定）" in f"{content.values}{content.tables}", kind
    known = given(years=(2024,))
    for kind in ("dispatch-notice", "rotation-table", "turn-explanation"):
        content = present(known, Request(kind, FIRST, year=2024, department="D1"))
        assert isinstance(content, Content)
        assert "（暂定）" not in f"{content.values}{content.tables}", kind


def test_a_page_with_much_to_tell_is_set_smaller() -> None:
    content = present(given(), Request("turn-explanation", FIRST, department="D1"))
    assert isinstance(content, Content)
    assert not content.tables["说明"].dense
    full = present(_crowded(), Request("turn-explanation", BatchName(2025, 4), department="D9"))
    assert isinstance(full, Content)
    assert full.tables["说明"].dense


def _crowded() -> Given:
    """Return a plan in which the last department is refused, deferred and waits for two years."""
    quarters = [f"{year}-{number}" for year in (2024, 2025) for number in (1, 2, 3, 4)]
    names = tuple(f"第{number}内科病区门诊" for number in range(1, 9))
    written = [
        {"类型": "拒派", "日期": "2023-12-30", "批次": batch, "科室": "D9", "原因": "门诊和病房人手都不够，正在招聘"}
        for batch in quarters[:-1]
    ]
    return given(*written, years=(2024, 2025), names=("D9", *names))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice or pdftotext is absent")
@pytest.mark.parametrize("crowded", [False, True])
def test_it_fits_one_page(tmp_path: Path, *, crowded: bool) -> None:
    document = page(_crowded(), BatchName(2025, 4), "D9") if crowded else page(given(DEFERRED), SECOND, "D2")
    (tmp_path / "页.docx").write_bytes(docx(document))
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "页.docx")], check=True, capture_output=True)
    shown = subprocess.run(["pdftotext", str(tmp_path / "页.pdf"), "-"], check=True, capture_output=True, text=True)
    assert shown.stdout.count("\f") == 1
    assert "科室负责人（签名）" in shown.stdout
