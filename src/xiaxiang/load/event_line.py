"""One event on one line (`后延 外科 2024-03-01 自动后延`) → an Event with places in that line, and back.

The first word is the 类型; the others come in any order and are known by their shape or by the plan. What neither
knows is written `标签 值` or `标签=值`. Nothing is guessed in silence: a year or a batch filled in is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.bind import Binder
from xiaxiang.load.draft import Context
from xiaxiang.load.event_words import Known, Line, as_value, is_day
from xiaxiang.load.files import Reader
from xiaxiang.load.shapes import labels, required, shapes, spellings
from xiaxiang.load.values import span_of
from xiaxiang.load.yaml import Mapping, Scalar
from xiaxiang.model.diagnostic import Diagnostic, error, note
from xiaxiang.model.event import EVENT_KINDS, RULING_WORDS, Donation, Event, Incident, Trainee, event_class
from xiaxiang.model.position import COMMAND_LINE, Position
from xiaxiang.model.scalar import parse_day
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

    ComesUp = Callable[[str, date], BatchName | None]

FILE: Final = COMMAND_LINE
"""What findings call the command line; each argument is one line of it."""

_FIELDS: Final = {
    "day": ("on", "from_on", "until_on"),
    "batch": ("batch",),
    "department": ("department", "substitute_department"),
    "person": ("person", "substitute"),
    "unit": ("recipient_unit",),
    "ruling": ("ruling",),
    "title": ("title",),
    "yes_no": ("special_reason", "approved"),
    "days": ("days",),
    "leave_kind": ("leave_kind",),
}
"""Which fields a word of a kind can be, the first free one first."""
_FREE: Final[dict[type[Event], str]] = {Trainee: "person", Donation: "item"}
"""The field for a name that no plan lists: who comes from a recipient unit, what is given."""
_BARE: Final = ("on", "batch", "department", "person", "ruling")
_EXAMPLES: Final = {"on": "2024-03-01", "batch": "2024-2", "from_on": "起=2024-03-04", "until_on": "止=2024-03-08"}


def read_event_line(
    text: str, plan: Plan, *, year: int, number: int = 1, line: int = 1, comes_up: ComesUp | None = None
) -> tuple[Event | None, tuple[Diagnostic, ...]]:
    """Return the event that `text` says, as entry `number` of 变动登记; None, with findings, where it says none.

    A day without a year is taken in `year`. `comes_up` answers in which batch a department's event of a day falls;
    it is asked where the line names no batch. Findings stand in line `line` of `FILE`.
    """
    reader = Reader(Path(), Path())
    words = Line(text, line)
    first = words.word()
    cls = None if first is None else event_class(first.text) or event_class(first.text.lower())
    if first is None or cls is None:
        return None, (_unknown_type(first, line),)
    reading = _Reading(text, cls, Known.of(plan), year, reader)
    reading.read(words)
    reading.complete(first, comes_up)
    if any(one.is_error for one in reader.findings):
        return None, tuple(reader.findings)
    pairs = [(Scalar("类型", *span_of(first)), replace(first, text=cls.kind)), *reading.pairs.values()]
    mapping = Mapping(line, 1, len(text) + 1, list(pairs))
    entry = Binder(reader, FILE, Path()).item(Event, mapping, Context(number, "变动登记"))
    found = tuple(replace(one, left_out="") for one in reader.findings)
    return entry if isinstance(entry, Event) else None, found


def event_line(event: Event, plan: Plan) -> str:
    """Return the line that `read_event_line` reads as `event`: short where the plan knows every word."""
    written = event.written()
    names = {label: name for name, label in ((name, event.label(name)) for name in type(event).model_fields)}
    short = [event.kind]
    long = [event.kind]
    for label, value in written.items():
        if label == "类型":
            continue
        typed = as_value("、".join(value) if isinstance(value, tuple) else str(value))
        long.append(f"{label}={typed}")
        short.append(typed if names[label] in _BARE else f"{label}={typed}")
    read, _ = read_event_line(" ".join(short), plan, year=event.on.year)
    return " ".join(short if read is not None and read.written() == written else long)


def _unknown_type(first: Scalar | None, line: int) -> Diagnostic:
    kinds = "、".join(one.kind for one in EVENT_KINDS)
    if first is None:
        hint = f"先写类型，例如  后延 2024-03-01 外科 自动后延；类型有 {kinds}"
        return error("missing-field", "这一条是空的", hint, Position(FILE, line, 1, 1))
    known = [word for one in EVENT_KINDS for word in (one.kind, *one.also)]
    hint = nearest_hint(first.text, known, f"第一个词写类型：{kinds}")
    return error("unknown-event-type", f"不认识类型“{first.text}”", hint, Position(FILE, *span_of(first)))


@dataclass(slots=True)
class _Reading:
    """One line while it is read: which field each word has become."""

    text: str
    cls: type[Event]
    known: Known
    year: int
    reader: Reader
    pairs: dict[str, tuple[Scalar, Scalar]] = field(default_factory=dict)

    def read(self, words: Line) -> None:
        """Give every word after the type its field."""
        for one in words.rest():
            if isinstance(one, tuple):
                self._labelled(*one)
            elif not one.quoted and spellings(self.cls).get(one.text) and (value := words.value()) is not None:
                self._labelled(one, value)
            else:
                self._plain(one)

    def complete(self, first: Scalar, comes_up: ComesUp | None) -> None:
        """Fill in what follows from the rest and say it; say what is still missing."""
        self._departments_of_people()
        self._batch(comes_up)
        missing = [name for name in required(self.cls) if name not in self.pairs]
        if not missing or any(one.is_error for one in self.reader.findings):
            return
        what = "、".join(f"“{self.cls.label(name)}”" for name in missing)
        examples = " ".join(_EXAMPLES.get(name) or f"{self.cls.label(name)}=……" for name in missing)
        hint = f"写成  {self.text.strip()} {examples}"
        self._say(error("missing-field", f"{self.cls.kind}少了{what}", hint, Position(FILE, *span_of(first))))

    def _labelled(self, key: Scalar, value: Scalar) -> None:
        name = spellings(self.cls).get(key.text)
        if name == "substitute" and value.text in self.known.departments:
            name, key = "substitute_department", replace(key, text="接替科室")
        if name is None:  # said by `bind`, with the nearest known name
            self.pairs[key.text] = (key, value)
        elif name in self.pairs:
            self._no_room(value, name)
        else:
            self._put(name, value, key)

    def _plain(self, word: Scalar) -> None:
        kind = "" if word.quoted else self.known.kind_of(word, self.year)
        wanted = [name for name in _FIELDS.get(kind, ()) if name in shapes(self.cls)]
        free = _FREE.get(self.cls)
        if not wanted and free and free not in self.pairs:
            wanted = [free]
        name = next((name for name in wanted if name not in self.pairs), None)
        if name is not None:
            self._put(name, word)
        elif kind:
            self._no_room(word, wanted[-1] if wanted else "")
        else:
            self._unknown(word)

    def _put(self, name: str, value: Scalar, key: Scalar | None = None) -> None:
        """Make a word the value of a field; a day without a year gets the one in question, aloud."""
        if name in self.pairs:
            return
        day = shapes(self.cls)[name].of is date
        if day and not is_day(value.text) and is_day(value.text, self.year):
            whole = parse_day(value.text, year=self.year).isoformat()
            message = f"“{value.text}”没有写年份，按 {self.year} 年算"
            self._say(note("year-assumed", message, "不对的话，日期里写上年份", Position(FILE, *span_of(value))))
            value = replace(value, text=whole)
        self.pairs[name] = (key or Scalar(self.cls.label(name), *span_of(value)), value)

    def _departments_of_people(self) -> None:
        """Find the department of who is named without one; list all where the name is not one person's."""
        who = self.pairs.get("person")
        if self.cls is Trainee or who is None:
            return
        given = self.pairs.get("department")
        found = self.known.people.get(who[1].text, [])
        if given is not None:
            found = [one for one in found if one[0] == given[1].text]
        if len(found) > 1:
            self._ambiguous(who[1], found)
        elif found and given is None and "department" in required(self.cls):
            self._put("department", replace(who[1], text=found[0][0]))
        self._department_of_substitute()

    def _department_of_substitute(self) -> None:
        who, given = self.pairs.get("substitute"), self.pairs.get("department")
        if self.cls is not Incident or who is None or given is None or "substitute_department" in self.pairs:
            return
        found = self.known.people.get(who[1].text, [])
        if any(name == given[1].text for name, _ in found):
            return
        if len(found) > 1:
            self._ambiguous(who[1], found)
        elif found:
            self._put("substitute_department", replace(who[1], text=found[0][0]))

    def _ambiguous(self, word: Scalar, found: list[tuple[str, Person]]) -> None:
        who = "、".join(f"{name} {one.name}" + (f"（工号 {one.id}）" if one.id else "") for name, one in found)
        message = f"有 {len(found)} 个“{word.text}”：{who}"
        hint = "写上科室；同一科室的，把姓名换成工号"
        self._say(error("ambiguous-person", message, hint, Position(FILE, *span_of(word))))

    def _batch(self, comes_up: ComesUp | None) -> None:
        """Fill in the batch in which the department comes up, where one is needed and none is named."""
        on, department = self.pairs.get("on"), self.pairs.get("department")
        if "batch" in self.pairs or "batch" not in required(self.cls) or comes_up is None:
            return
        if on is None or department is None or not is_day(on[1].text):
            return
        name = comes_up(department[1].text, parse_day(on[1].text))
        if name is None:
            return
        message = f"没有写批次，按{name.label}算：{department[1].text}在这一批"
        at = Position(FILE, *span_of(department[1]))
        self._say(note("batch-assumed", message, f"不对的话写上批次，例如  {self.text.strip()} {name}", at))
        self._put("batch", replace(department[1], text=str(name)))

    def _no_room(self, word: Scalar, name: str) -> None:
        first = self.pairs.get(name)
        message = f"“{word.text}”放不进“{self.cls.kind}”"
        if first is not None:
            message = f"“{self.cls.label(name)}”已经有了“{first[1].text}”，“{word.text}”不知道是哪一项"
        alike = shapes(self.cls)[name].of if name else str
        free = [one for one, shape in shapes(self.cls).items() if one not in self.pairs and shape.of is alike]
        example = self.cls.label(free[0] if free else "remark")
        hint = f"写明是哪一项，例如  {example}={word.text}；可以写 {'、'.join(labels(self.cls)[1:])}"
        self._say(error("unplaced-word", message, hint, Position(FILE, *span_of(word))))

    def _unknown(self, word: Scalar) -> None:
        known = {*self.known.departments, *self.known.people, *self.known.units, *labels(self.cls), *RULING_WORDS}
        otherwise = f"原因之类写成  原因={word.text}；人员、科室要在计划里"
        hint = nearest_hint(word.text, known, otherwise)
        self._say(error("unplaced-word", f"不认识“{word.text}”", hint, Position(FILE, *span_of(word))))

    def _say(self, finding: Diagnostic) -> None:
        self.reader.report(finding)
