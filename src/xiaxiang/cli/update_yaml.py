"""What an update changes in a YAML file of people: values, pairs added to a person, people after the last one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from xiaxiang.load.people import plain_name
from xiaxiang.model.hospital import Person
from xiaxiang.write.lines import CannotEditError
from xiaxiang.write.yaml_edit import NewItem, YamlEdits

if TYPE_CHECKING:
    from xiaxiang.model.difference import Named
    from xiaxiang.model.plan import Plan
    from xiaxiang.write.yaml_edit import Pairs, Span

Edit = tuple[Person, str, str]


def yaml_edits(plan: Plan, edits: list[Edit], new: tuple[Named, ...]) -> YamlEdits:
    """Return the edits that put new texts and new people where they belong. Raises CannotEditError."""
    values: dict[Span, str] = {}
    pairs: dict[tuple[Span, Span], Pairs] = defaultdict(list)
    for person, field, text in edits:
        spans = person.places.spans
        if field in spans and person.text_of(field):
            values[spans[field]] = text
        elif field in spans:
            raise CannotEditError(f"第 {spans[field][0]} 行的“{Person.label(field)}”空着，没有改动")
        else:
            pairs[spans[""], spans["name"]].append((Person.label(field), text))
    return YamlEdits(values, pairs, [_item(plan, department, person) for department, person in new])


def _item(plan: Plan, department: str, person: Person) -> NewItem:
    known = plan.department(department)
    if known is None or not known.people:
        raise CannotEditError(f"科室“{department}”在计划里还没有人")
    last = known.people[-1]
    fields = dict.fromkeys(Person.spellings().values())
    texts = [(field, plain_name(person.name) if field == "name" else person.text_of(field)) for field in fields]
    if "unavailable" in last.places.spans and last.places.of().line != last.places.of("unavailable").line:
        raise CannotEditError(f"科室“{known.name}”最后一个人写了几行，新的人没有加")
    last_line = max(line for line, _, _ in last.places.spans.values())
    return NewItem(last.places.spans[""], last_line, [(Person.label(field), text) for field, text in texts if text])
