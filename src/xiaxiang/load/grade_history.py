"""history.csv of grades: 名称, 年度, 等级 of earlier years. A row that cannot be read is left out aloud."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import place
from xiaxiang.load.files import Reader
from xiaxiang.load.rows import columns_of, missing_columns
from xiaxiang.load.tables import read_table
from xiaxiang.model.diagnostic import Diagnostic, error, in_order
from xiaxiang.model.scalar import ScalarError, half_width, parse_count

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME, YEAR, GRADE = "名称", "年度", "等级"
_COLUMNS: Final = {
    NAME: ("name", "单位", "单位名称", "姓名", "科室", "队伍", "机构"),
    YEAR: ("year", "年", "年份", "考核年度"),
    GRADE: ("grade", "等次", "考核等级", "考核结果"),
}
_LABELS: Final = {word: name for name, also in _COLUMNS.items() for word in (name, *also)}

Grades = dict[str, dict[int, str]]
"""名称 → 年度 → 等级."""


def has_grades(path: Path) -> bool:
    """Whether the table in `path` holds grades of earlier years (名称、年度、等级), not days of service."""
    table = read_table(Reader(root=path.parent, here=Path(), allow_outside=True), path, _LABELS)
    return table is not None and {_LABELS.get(cell.text) for cell in table.header.cells} >= set(_COLUMNS)


def load_grades(path: Path, *, here: Path | None = None) -> tuple[Grades, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return the grades of earlier years in `path`, findings in order, and texts for excerpts."""
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    return _read(reader, path), in_order(reader.findings), dict(reader.texts)


def _read(reader: Reader, path: Path) -> Grades:
    table = read_table(reader, path, _LABELS)
    if table is None:
        return {}
    columns = {_LABELS[cell.text]: index for index, cell in columns_of(reader, table, _LABELS).known.items()}
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        reader.report(missing_columns(table, missing, "第一行写列名：名称、年度、等级"))
        return {}
    grades: Grades = {}
    for row in table.rows:
        cells = {name: row.cell(index) for name, index in columns.items()}
        left_out = f"“{table.file}”第 {row.line} 行"
        try:
            year = parse_count(half_width(cells[YEAR].text).strip().removesuffix("年度").removesuffix("年"))
        except ScalarError as bad:
            at = place(table.file, cells[YEAR])
            reader.report(error(bad.code, f"{YEAR}：{bad.message}", "年度写成 2024", at, left_out))
            continue
        of_name = grades.setdefault(cells[NAME].text.strip(), {})
        if year in of_name:
            message = f"{cells[NAME].text} {year} 年的等级已经写过"
            reader.report(error("duplicate-row", message, "两行只留一行", place(table.file, cells[NAME]), left_out))
            continue
        of_name[year] = cells[GRADE].text.strip()
    return grades
