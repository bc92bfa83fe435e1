"""Files that say what has become a fact (公布, 核定): one for each batch, in a folder beside the plan.

Such a fact must not change by itself, so a file is taken as a whole or not at all: no entry of it is left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from xiaxiang.load.bind import Binder
from xiaxiang.load.draft import Context
from xiaxiang.load.files import start_of
from xiaxiang.load.yaml import read_yaml
from xiaxiang.model.batch import BatchName, parse_batch
from xiaxiang.model.diagnostic import error
from xiaxiang.model.entry import Entry
from xiaxiang.model.scalar import ScalarError

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.model.batch import BatchRef
    from xiaxiang.model.position import Position

_ENDINGS: Final = (".yaml", ".yml", ".yaml.txt", ".yml.txt")

Written = TypeVar("Written", bound=Entry)


def files_in(reader: Reader, folder: Path, name: str, what: str) -> list[Path]:
    """Return the files of the folder `name` beside the plan, in order; `what` says to users what is kept there."""
    place = folder / name
    try:
        present = {path.name for path in place.iterdir()}
    except FileNotFoundError:
        present = set()
    except OSError:
        file = reader.shown(place)
        reader.report(error("cannot-read", f"读不了文件夹“{file}”", what, start_of(file)))
        present = set()
    names = sorted(one for one in present if one.lower().endswith(_ENDINGS) and not one.startswith("."))
    paths = [reader.beside(folder, f"{name}/{one}", start_of(reader.shown(place / one))) for one in names]
    return [path for path in paths if path is not None]


def read_frozen(reader: Reader, path: Path, kind: type[Written], restore: str) -> Written | None:
    """Return the one entry that a file holds, or None; what is wrong in it is reported, and nothing is left out.

    Where anything was reported as an error the entry is not to be used. `restore` says how a lost file is got back.
    """
    file = reader.shown(path)
    text = reader.text_of(path)
    if text is None:
        return None
    mark = len(reader.findings)
    tree, found = read_yaml(text, file)
    reader.report(*found)
    if tree is None and not found:
        reader.report(error("missing-field", f"“{file}”里没有内容", restore, start_of(file)))
    written = None if tree is None else Binder(reader, file, path.parent).entry(kind, tree, Context(label=file))
    reader.findings[mark:] = [replace(one, left_out="") for one in reader.findings[mark:]]
    return written


def name_of(reader: Reader, ref: BatchRef, at: Position, path: Path, misnamed: str) -> BatchName | None:
    """Return the full name of the batch written at `at`, which is the file's as well: else None, and `misnamed`."""
    name = _full(ref)
    if name is None:
        reader.report(error("bad-batch", f"“{ref.text}”没有写明年份和第几批", "批次写成 2024-1", at))
    elif batch_of(path) != name:
        message = f"文件叫“{path.name}”，里面是{name.label}"
        reader.report(error(misnamed, message, f"文件名改回 {name}.yaml；复制的就删去", at))
        return None
    return name


def batch_of(path: Path) -> BatchName | None:
    """Return the batch that a file's name says, or None."""
    try:
        return _full(parse_batch(path.name.partition(".")[0]))
    except ScalarError:
        return None


def _full(ref: BatchRef) -> BatchName | None:
    return BatchName(ref.year, ref.number) if ref.year is not None and ref.number is not None else None
