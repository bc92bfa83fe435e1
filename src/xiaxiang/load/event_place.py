"""变动登记 as a file: reading one by itself, and how a new entry would have to be written where the entries stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.load.bind import Binder
from xiaxiang.load.draft import TABLE_ENDINGS, Context
from xiaxiang.load.files import Reader, start_of
from xiaxiang.load.header import known_name
from xiaxiang.load.include import include, is_path
from xiaxiang.load.shapes import spellings
from xiaxiang.load.tables import read_table
from xiaxiang.model.event import EVENT_KINDS, Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.plan import Plan


def read_events(path: Path, first: int) -> tuple[tuple[Event, ...], tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return the events of a file (.yaml, .csv, .xlsx), numbered from `first`, with findings and the texts read."""
    reader = Reader(root=path.parent, here=Path(), allow_outside=True)
    found = include(reader, path.parent, path.name, start_of(reader.shown(path)), Event)
    nodes = [] if found is None else found.nodes
    binder = Binder(reader, reader.shown(path), path.parent)
    items = (binder.item(Event, node, Context(number, "变动登记")) for number, node in enumerate(nodes, first))
    events = tuple(item for item in items if isinstance(item, Event))
    return events, tuple(replace(one, left_out="") for one in reader.findings), dict(reader.texts)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where new entries belong: the file, the columns of a sheet (None in YAML), what stands before a YAML entry.

    `opens` says that the list itself is not there yet, so that `变动登记:` has to be written first.
    """

    file: str
    columns: tuple[str, ...] | None = None
    indent: str = ""
    opens: bool = False


def event_place(plan: Plan, file: Path, texts: Mapping[str, str]) -> EventPlace:
    """Return where 变动登记 of the plan in `file` stands; `texts` are the files as they were read."""
    reader = Reader(root=file.parent, here=Path())
    own = reader.shown(file)
    at = plan.places.of("events")
    line = texts.get(own, "").split("\n")[at.line - 1 : at.line] or [""]
    named = line[0][at.column - 1 : at.end_column - 1].strip("\"' ")
    if "events" not in plan.places.spans:
        return EventPlace(own, indent="  ", opens=True)
    if not is_path(named):
        return EventPlace(own, indent=_indent(plan, own, texts))
    path = file.parent / named
    if not path.name.lower().endswith(TABLE_ENDINGS):
        return EventPlace(reader.shown(path), indent=_indent(plan, reader.shown(path), texts))
    words = {word: word for kind in EVENT_KINDS for word in spellings(kind)}
    table = read_table(reader, path, words)
    cells = table.header.cells if table else ()
    return EventPlace(reader.shown(path), tuple(known_name(cell, words) or cell.text for cell in cells))


def row_of(event: Event, columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cells of a row that says `event`, and the names of the fields for which there is no column."""
    written = event.written()
    names = spellings(type(event))
    labels = [type(event).label(names[column]) if column in names else "" for column in columns]
    cells = tuple(_cell(written[label]) if label in written else "" for label in labels)
    return cells, tuple(label for label in written if label not in labels)


def _cell(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _indent(plan: Plan, file: str, texts: Mapping[str, str]) -> str:
    """Return the blanks before the dash of the last entry that stands in `file`."""
    lines = texts.get(file, "").split("\n")
    for event in reversed(plan.events):
        line = event.places.of().line
        if event.places.file == file and line <= len(lines) and lines[line - 1].lstrip().startswith("-"):
            return lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
    return "" if "变动登记" not in "".join(lines) else "  "
