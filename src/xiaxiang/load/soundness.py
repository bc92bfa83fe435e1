"""What a policy must be to be computed with: a clause for every number, words that the engine understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.load.soundness_assessment import assessment_faults
from xiaxiang.model.arrangement import Arrangement
from xiaxiang.model.clock import Clock, ClockKind
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.funding import ReleaseGate
from xiaxiang.model.parameter import Parameter, Section
from xiaxiang.model.policy import RULES, Policy
from xiaxiang.model.reading import SETTINGS, setting
from xiaxiang.model.scalar import ScalarError, parse_count
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaxiang.model.entry import Entry

HANDOVER_DAYS: Final = ("首个周一", "首个工作日")
CERTIFICATES: Final = ("填写", "不予填写")
ON_WHOM: Final = ("个人", "科室")
_SHORTEST_MONTH: Final = 28
_ADD_CLAUSE: Final = "写上“依据: ……”，例如  依据: 三（一）"


def faults_of(policy: Policy) -> Iterator[Diagnostic]:
    """Yield what makes a policy unfit for computing, section by section."""
    for section, inherited in _sections(policy):
        yield from _clauses(section, inherited)
    yield from _readings(policy)
    yield from _rules(policy)
    yield from _words(policy)
    yield from assessment_faults(policy)
    for place, clock in enumerate(policy.clocks):
        yield from _clock(clock, [one.name for one in policy.clocks[:place]])


def _sections(entry: Entry, inherited: str = "") -> Iterator[tuple[Section, str]]:
    """Yield every section with the clause of the one around it."""
    if isinstance(entry, Section):
        yield entry, inherited
        inherited = entry.clause or inherited
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, (Section, Policy)):
                yield from _sections(inner, inherited)


def _clauses(section: Section, inherited: str) -> Iterator[Diagnostic]:
    """Yield the numbers of one section that rest on no clause: their own, the section's, or that of the one around."""
    if inherited:
        return
    for name in sorted(section.model_fields_set):
        value = getattr(section, name)
        needs_one = isinstance(value, Parameter) or isinstance(section, ReleaseGate)
        if needs_one and name not in {"clause", "places"} and not section.clause_of(name):
            label = type(section).label(name)
            yield error("missing-clause", f"“{label}”没有写依据的条款", _ADD_CLAUSE, section.places.of(name))


def _readings(policy: Policy) -> Iterator[Diagnostic]:
    """Yield readings that the engine does not know, and those without a clause."""
    for name, parameter in policy.readings.items():
        at = policy.places.of(f"readings.{name}")
        known = setting(name)
        if known is None:
            names = [one.name for one in SETTINGS]
            hint = nearest_hint(name, names, "口径有 " + "、".join(names))
            yield error("unknown-reading", f"没有“{name}”这一口径", hint, policy.places.of(f"readings.{name}.name"))
            continue
        for _, text in parameter.values:
            if known.value_of(text) is None:
                hint = nearest_hint(text, known.values, "可以写 " + "、".join(known.values))
                yield error("unknown-reading-value", f"口径“{name}”没有“{text}”这种取法", hint, at)
        if not parameter.clause:
            yield error("missing-clause", f"口径“{name}”没有写依据的条款", "写成 {值: ……, 依据: ……}", at)


def _rules(policy: Policy) -> Iterator[Diagnostic]:
    """Yield the rules without a number whose clause is not given, and names that are no rule's."""
    at = policy.places.of("clauses")
    for name in RULES if policy.rotation else ():
        if not policy.clauses.get(name, "").strip():
            hint = f"在“条款”下加一行“{name}: ……”，例如  {name}: 三（一）"
            yield error("missing-clause", f"“条款”里少了“{name}”", hint, at)
    for name in policy.clauses:
        if name not in RULES:
            hint = nearest_hint(name, RULES, "条款有 " + "、".join(RULES))
            yield error("unknown-key", f"“条款”里不认识“{name}”", hint, policy.places.of(f"clauses.{name}.name"))


def _words(policy: Policy) -> Iterator[Diagnostic]:
    """Yield words of the policy that the engine does not understand."""
    rotation = policy.rotation
    for _, day in rotation.handover_day.values if rotation else ():
        if day not in HANDOVER_DAYS and not _is_day_of_month(day):
            hint = nearest_hint(day, HANDOVER_DAYS, "写 首个周一、首个工作日，或 1 到 28 之间的日子")
            where = rotation.places.of("handover_day") if rotation else policy.places.of()
            yield error("bad-handover-day", f"“{day}”不是交接日的写法", hint, where)
    if rotation and not rotation.composition and Arrangement.SPECIALTIES in dict(rotation.arrangement.values).values():
        hint = "加上“组合: {内科: 1, 外科: 1}”，写明每批哪些专业、各几人"
        yield error("missing-field", "方式是专业组合，没有写“组合”", hint, rotation.places.of("arrangement"))
    recall = policy.funding.recall
    if recall is not None:
        yield from _one_of(recall.on_whom, ON_WHOM, recall, "on_whom")
    for conclusion in policy.assessment.conclusions if policy.assessment else ():
        if conclusion.certificate is not None:
            words = [word for _, word in conclusion.certificate.values]
            yield from _one_of(words, CERTIFICATES, conclusion, "certificate")


def _is_day_of_month(text: str) -> bool:
    try:
        return 1 <= parse_count(text) <= _SHORTEST_MONTH
    except ScalarError:
        return False


def _one_of(words: Iterable[str], legal: tuple[str, ...], section: Section, name: str) -> Iterator[Diagnostic]:
    label = type(section).label(name)
    for word in words:
        if word not in legal:
            hint = nearest_hint(word, legal, f"{label}可以写 " + "、".join(legal))
            yield error("unknown-word", f"{label}没有“{word}”这种写法", hint, section.places.of(name))


def _clock(clock: Clock, earlier: list[str]) -> Iterator[Diagnostic]:
    """Yield what makes one clock of 计时 useless: no clause, a name that another has, a bound for 本期.

    A bound that is not set is no fault: the ledger says 未设定.
    """
    if not clock.clause and clock.at_least is None:  # a bound without a clause is said where the bound stands
        yield error("missing-clause", f"计时“{clock.name}”没有写依据的条款", _ADD_CLAUSE, clock.places.of())
    if clock.name in earlier:
        yield error("duplicate-key", f"计时“{clock.name}”有不止一个", "各取各的名称", clock.places.of("name"))
    if clock.kind is ClockKind.TERM and clock.at_least is not None:
        message = f"计时“{clock.name}”算的是本期，不另设至少"
        yield error("unknown-word", message, "去掉“至少”：本期按批次自己的天数算", clock.places.of("at_least"))
    if clock.kind in {ClockKind.YEAR_DAYS, ClockKind.QUARTER_DAYS} and "records" not in clock.model_fields_set:
        hint = "加一行“单次或累计: 单次”或“单次或累计: 累计”"
        yield error("missing-field", f"计时“{clock.name}”少了“单次或累计”", hint, clock.places.of())
