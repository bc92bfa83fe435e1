"""From a request to a finished paper: content, wording (the workspace's own template first), document, bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import Reader, builtin
from xiaxiang.model.document import Refusal, Wording
from xiaxiang.present.kinds import present
from xiaxiang.render.templates import fill, template_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.document import Content, Document, Request
    from xiaxiang.present.given import Given

_TEMPLATES: Final = "templates"


@dataclass(frozen=True, slots=True)
class Papers:
    """What became of the requests: documents with the names of their files, refusals, faults in templates."""

    documents: tuple[tuple[str, Document], ...]
    refusals: tuple[Refusal, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, str]


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
    for place in (folder / _TEMPLATES, builtin("templates")):
        for name in template_names(content.kind, content.name):
            if (place / name).is_file():
                text = reader.text_of(place / name)
                return Wording(reader.shown(place / name), text) if text is not None else None
    raise FileNotFoundError(content.kind)  # a kind without a built-in template: our fault
