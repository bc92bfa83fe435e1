"""JSON Schema (2020-12) of every file that users write, made from the models; `render` has those of the results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.load.case_reader import EVENTS, EXPECTED, INPUT, OTHERS, READINGS, TITLE
from xiaxiang.load.columns import DEPARTMENT, FIXED, NAME, VALUES, ColumnKind
from xiaxiang.load.include import DEPARTMENT_COLUMNS
from xiaxiang.load.schema_entries import (
    DEFINED,
    entry_schema,
    event_schema,
    hide,
    list_of,
    properties_of,
)
from xiaxiang.load.schema_values import NOTHING
from xiaxiang.load.shapes import shapes, spellings
from xiaxiang.model.calendar_year import CalendarYear
from xiaxiang.model.case import EXPECTATIONS, OF_DEPARTMENTS
from xiaxiang.model.entry import Entry
from xiaxiang.model.event import EVENT_KINDS, Event
from xiaxiang.model.hospital import Department, Person
from xiaxiang.model.json_schema import Json, ref, whole
from xiaxiang.model.plan import Issue, Plan
from xiaxiang.model.policy import Policy
from xiaxiang.model.record import AMOUNT, COLUMNS, DAY, TYPE, USUAL_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PERSON_ROW: Final = "PersonRow"
_CELLS: Final = {
    ColumnKind.DAYS: ("text", "日期，几个之间用“；”隔开"),
    ColumnKind.DAY: ("day", "日期"),
    ColumnKind.COUNT: ("count", "次数"),
    ColumnKind.NUMBER: ("number", "数"),
    ColumnKind.YES_NO: ("yes-no", "是或否"),
    ColumnKind.HANDED_IN: ("text", "交来的日期，没有交写“未交”"),
}
_WHO: Final = {
    NAME: "姓名",
    "工号": "工号；名册里有重名时写",
    DEPARTMENT: "科室的名称",
    "批次": "哪一批，写成 2024-1",
    "派驻开始": "派驻的第一天",
    "派驻结束": "派驻的最后一天",
}
_OF_RECORDS: Final = {
    NAME: "姓名，要和计划的“人员”一致",
    "工号": "工号；有重名时写",
    DAY: "哪一天",
    TYPE: "例如 " + "、".join(USUAL_TYPES),
    AMOUNT: "数量；不写就是 1",
}


def input_schema(name: str) -> Json | None:
    """Return the schema of one kind of file by its English name, or None: plan, policy, cases, roster, …."""
    make = _INPUTS.get(name)
    return None if make is None else whole(make(), _definition)


def _plan() -> Json:
    return ref(Plan.__name__) | {"title": "计划 plan.yaml"}


def _policy() -> Json:
    return ref(Policy.__name__) | {"title": "制度 policy.yaml"}


def _events() -> Json:
    return _split("变动登记", ref(Event.__name__), "events")


def _documents() -> Json:
    return _split("发文登记", ref(Issue.__name__), "documents")


def _departments() -> Json:
    return _split("科室名单", {"anyOf": [ref(Department.__name__), ref(_PERSON_ROW)]}, "departments")


def _split(title: str, item: Json, identifier: str) -> Json:
    """Return the schema of a list in a file of its own, alone or under its own name in the plan."""
    names = [name for name, meant in spellings(Plan).items() if meant == identifier]
    inside = {"type": "object", "properties": dict.fromkeys(names, list_of(item)), "additionalProperties": False}
    return {"title": title, "anyOf": [{"type": "array", "items": item}, inside, NOTHING]}


def _person_row() -> Json:
    """Return one row of departments written one person a row."""
    columns = {name: ref("words") | {"title": "科室"} for name in sorted(DEPARTMENT_COLUMNS)}
    row = entry_schema(Person)
    asked = {"anyOf": [{"required": [name]} for name in columns]}
    return row | {"title": "人员一行", "properties": columns | row["properties"], "allOf": [*row["allOf"], asked]}


def _roster() -> Json:
    """Return the schema of a roster: its rows as mappings from column to cell. Unknown columns are carried along."""
    names = [NAME, *FIXED[NAME]]
    row = {
        "type": "object",
        "title": "名册一行",
        "properties": _columns(),
        "anyOf": [{"required": [name]} for name in names],
    }
    return {"title": "下乡名册 roster.csv", "description": "一行一人一批，列名在第一行", "type": "array", "items": row}


def _records() -> Json:
    """Return the schema of a file of records: its rows as mappings from column to cell."""
    shown = {
        name: ref("words" if name == TYPE else _CELLS.get(kind, ("text",))[0])
        | {"title": name, "description": _OF_RECORDS.get(name, name)}
        for name, (kind, _) in COLUMNS.items()
    }
    hidden = {other: hide(shown[name]) for name, (_, also) in COLUMNS.items() for other in also}

    def asked(*names: str) -> Json:
        return {"anyOf": [{"required": [one]} for name in names for one in (name, *COLUMNS[name][1])]}

    row = {
        "type": "object",
        "title": "一条工作记录",
        "properties": shown | hidden,
        "allOf": [asked(NAME, "工号"), asked(DAY), asked(TYPE)],
    }
    return {"title": "工作记录 records.csv", "description": "一行一件事，列名在第一行", "type": "array", "items": row}


def _columns() -> Json:
    shown = {
        name: ref("day" if name.startswith("派驻") else "batch" if name == "批次" else "text")
        | {"title": name, "description": about}
        for name, about in _WHO.items()
    }
    for name, (kind, _) in VALUES.items():
        value, about = _CELLS[kind]
        shown[name] = ref(value) | {"title": name, "description": about}
    also = {**FIXED, **{name: others for name, (_, others) in VALUES.items()}}
    hidden = {other: hide(shown[name]) for name, others in also.items() for other in others}
    return shown | hidden


def _cases() -> Json:
    """Return the schema of a policy's worked cases. Further columns and items are the policy's own."""
    row = {"type": "object", "properties": _case_columns()}
    given = {
        EVENTS: list_of(ref(Event.__name__), lone=[ref("file")]),
        READINGS: properties_of(Plan)["口径"],
        OTHERS: list_of(row, lone=[row]),
    }
    figure = {"type": ["string", "number", "boolean"]}
    by_department = {"anyOf": [figure, {"type": "object", "additionalProperties": figure}]}
    expected = {key: by_department if key in OF_DEPARTMENTS else figure for key in EXPECTATIONS}
    case = {
        "type": "object",
        "title": "案例",
        "properties": {
            TITLE: ref("text") | {"description": "这个案例验的是哪句规定"},
            INPUT: {"type": "object", "description": "名册的一行", "properties": given | _case_columns()},
            EXPECTED: {"type": "object", "description": "应当算出什么；也可写项目的名称", "properties": expected},
        },
        "required": [TITLE, INPUT, EXPECTED],
        "additionalProperties": False,
    }
    return {"title": "案例 cases.yaml", "type": "array", "items": case}


def _case_columns() -> Json:
    """Return a roster's columns as they stand in YAML: several days may be a list."""
    days = list_of(ref("text"), lone=[ref("text")])
    kinds = {name: kind for name, (kind, _) in VALUES.items()}
    kinds |= {other: kind for kind, others in VALUES.values() for other in others}
    return {
        name: {"title": value["title"], **days} if kinds.get(name) is ColumnKind.DAYS else value
        for name, value in _columns().items()
    }


def _calendar() -> Json:
    """Return the schema of calendar.yaml: one mapping a year."""
    years = {"^\\s*(?:20|２０)[0-9０-９]{2}\\s*年?\\s*$": ref(CalendarYear.__name__)}
    return {"title": "日历 calendar.yaml", "type": "object", "patternProperties": years, "additionalProperties": False}


def _definition(name: str) -> Json:
    if name in DEFINED:
        return DEFINED[name]
    if name == Event.__name__:
        return event_schema()
    return _person_row() if name == _PERSON_ROW else entry_schema(_CLASSES[name])


def _classes(*roots: type[Entry]) -> Iterable[type[Entry]]:
    """Yield the classes of entries that `roots` hold, and what these hold."""
    for cls in roots:
        yield cls
        held = (shape.of for shape in shapes(cls).values())
        yield from _classes(*(one for one in held if issubclass(one, Entry)))


_CLASSES: Final = {cls.__name__: cls for cls in (*_classes(Plan, Policy, CalendarYear), *EVENT_KINDS)}

_INPUTS: Final[Mapping[str, Callable[[], Json]]] = {
    "plan": _plan,
    "policy": _policy,
    "cases": _cases,
    "roster": _roster,
    "records": _records,
    "departments": _departments,
    "events": _events,
    "documents": _documents,
    "calendar": _calendar,
}
