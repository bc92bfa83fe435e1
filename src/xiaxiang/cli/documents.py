"""From what the call wants to finished papers: requests, content, wording, documents, files. Heavy: import it late."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.cli import console
from xiaxiang.cli.status import CallError
from xiaxiang.load.files import Reader, builtin
from xiaxiang.model.document import Offer, Refusal, Request, Wording
from xiaxiang.present.kinds import available, complete, every, kind_named, present
from xiaxiang.render.document_text import body_text, document_text
from xiaxiang.render.docx import docx
from xiaxiang.render.templates import fill, template_names
from xiaxiang.write.files import write_files
from xiaxiang.write.names import folded, free_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.model.batch import BatchName, BatchRef
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.document import Content, Document
    from xiaxiang.present.given import Given
    from xiaxiang.present.kinds import Kind

SUFFIX: Final = ".docx"
TEMPLATES: Final = "templates"


@dataclass(frozen=True, slots=True)
class Papers:
    """What became of the requests: documents with the names of their files, refusals, faults in templates."""

    documents: tuple[tuple[str, Document], ...]
    refusals: tuple[Refusal, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents the call asks for."""

    kind: Kind | None
    all: bool
    year: int | None
    month: date | None
    batch: BatchRef | None
    person: str
    department: str = ""


def offer(given: Given, wanted: Wanted) -> Offer:
    """Return the requests: one, one of each kind, or every one of a kind."""
    if wanted.kind is None:
        return available(given)
    if wanted.all:
        return every(given, wanted.kind.identifier)
    batch = _batch(given, wanted)
    request = Request(
        wanted.kind.identifier, batch, wanted.month, wanted.year, wanted.person, department=wanted.department
    )
    return Offer((complete(given, request),))


def _batch(given: Given, wanted: Wanted) -> BatchName | None:
    """Return the full name of the batch asked for: in the year given, else in the roster's last, else in the first."""
    if wanted.batch is None:
        return None
    people = given.appraisal.people if given.appraisal else ()
    first = given.workspace.plan.starts_on.year
    year = wanted.year or max((one.batch.year for one in people if one.batch), default=first)
    name = wanted.batch.named_in(year, given.workspace.policy.months_of(wanted.batch.year or year))
    if name is None or given.schedule.batch(name) is None:
        known = "、".join(str(one.name) for one in given.schedule.batches)
        raise CallError(f"没有批次“{wanted.batch.text}”", f"有 {known}")
    return name


def papers(given: Given, requests: Iterable[Request], folder: Path) -> Papers:
    """Write every document wanted; `folder` is the workspace's, whose `templates/` come before the built-in ones."""
    documents: list[tuple[str, Document]] = []
    refusals: list[Refusal] = []
    reader = Reader(root=folder, here=Path(), allow_outside=True)
    for request in requests:
        content = present(given, request)
        if isinstance(content, Refusal):
            refusals.append(content)
            continue
        wording = _wording(reader, content, folder)
        document, found = fill(content, wording) if wording else (None, ())
        reader.report(*found)
        if document is not None:
            documents.append((request.file_stem, document))
    return Papers(tuple(documents), tuple(refusals), tuple(reader.findings), reader.texts)


def _wording(reader: Reader, content: Content, folder: Path) -> Wording | None:
    for place in (folder / TEMPLATES, builtin("templates")):
        for name in template_names(content.kind, content.name):
            if (place / name).is_file():
                text = reader.text_of(place / name)
                return Wording(reader.shown(place / name), text) if text is not None else None
    raise FileNotFoundError(content.kind)  # a kind without a built-in template: our fault


def show(done: Papers) -> None:
    """Print the documents; a kind that is pasted into another paper without head and tail."""
    shown = []
    for _, document in done.documents:
        kind = kind_named(document.kind)
        shown.append(body_text(document) if kind and kind.pastes else document_text(document))
    console.say("\n".join(shown))


def write(done: Papers, place: Path, *, into_folder: bool, force: bool) -> None:
    """Write the documents as .docx and print where each is and what it still lacks. Raises WriteError."""
    if not done.documents:
        return
    taken: set[str] = set()
    contents, lines = {}, []
    for stem, document in done.documents:
        name = free_name(stem, SUFFIX, taken)
        taken.add(folded(name))
        is_folder = into_folder or place.is_dir() or place.suffix.lower() != SUFFIX
        path = place / name if is_folder else place
        contents[path] = docx(document)
        marks = [word for word, on in (("待编号", not document.is_numbered), ("草稿", document.is_draft)) if on]
        lines.append(f"  {path}" + (f"  {'、'.join(marks)}" if marks else ""))
    write_files(contents, force=force)
    console.say("已写入\n" + "\n".join(lines) + "\n")
    if any(not document.is_numbered for _, document in done.documents):
        console.say("待编号的，在计划的“发文登记”里写上发文字号再出一次。\n")
