"""What 考核 and 经费 of a policy must be to be computed with: each kind of item its bounds, each name known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.indicator import Indicator, IndicatorKind
from xiaxiang.model.reading import SETTINGS, setting
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.funding import PerUnit
    from xiaxiang.model.indicator import ConsecutiveYears, Grade
    from xiaxiang.model.policy import Policy

SUBJECTS: Final = ("人员", "科室", "队伍", "单位")
_BOUNDED: Final = frozenset({IndicatorKind.COUNT, IndicatorKind.DAYS, IndicatorKind.RATE, IndicatorKind.VALUE})
_COUNTED: Final = frozenset({IndicatorKind.COUNT, IndicatorKind.DAYS})
_NEEDS: Final = {
    IndicatorKind.RATE: (("numerator", "出勤天数"), ("denominator", "应出勤天数")),
    IndicatorKind.DEADLINE: (("not_after", "次月5日"),),
    IndicatorKind.SCORE: (("full_score", "100"),),
    IndicatorKind.LEVEL: (("levels", "[大专, 本科, 硕士]"), ("lowest_level", "本科")),
}
"""What an item of a kind cannot do without, each with an example."""


def assessment_faults(policy: Policy) -> Iterator[Diagnostic]:
    """Yield what makes 考核 and 经费 unfit for computing."""
    if policy.subject not in SUBJECTS:
        hint = nearest_hint(policy.subject, SUBJECTS, "对象可以写 " + "、".join(SUBJECTS))
        yield error("unknown-word", f"对象没有“{policy.subject}”这种写法", hint, policy.places.of("subject"))
    grades = [one.name for one in policy.assessment.grades] if policy.assessment else []
    for item in policy.assessment.indicators if policy.assessment else ():
        yield from _item(item)
        yield from _conditions(item)
        for _, cap in item.grade_cap.values if item.grade_cap else ():
            if cap not in grades:
                hint = nearest_hint(cap, grades, "等级有 " + "、".join(grades) if grades else "在“考核”里写“等级”")
                yield error("unknown-word", f"没有“{cap}”这个等级", hint, item.places.of("grade_cap"))
    for unit in policy.funding.per_unit:
        yield from _conditions(unit)
    yield from _funds(policy)


def _item(item: Indicator) -> Iterator[Diagnostic]:
    """Yield what an item lacks to be measured."""
    if item.kind in _BOUNDED and item.at_least is None and item.at_most is None:
        yield error("missing-field", f"项目“{item.name}”没有写至少或至多", "加上“至少: ……”", item.places.of())
    if item.kind is IndicatorKind.COMPOSITION and item.members is None and not item.specialties:
        hint = "加上“人数至少: 3”，或“专业各: {内科: 1}”"
        yield error("missing-field", f"项目“{item.name}”没有写人数至少或专业各", hint, item.places.of())
    for name, example in _NEEDS.get(item.kind, ()):
        if not getattr(item, name):
            label = Indicator.label(name)
            column = "列名" if item.kind is IndicatorKind.RATE else "……"
            hint = f"加上“{label}: {column}”，例如  {label}: {example}"
            yield error("missing-field", f"项目“{item.name}”少了“{label}”", hint, item.places.of())
    words = [word for one in item.levels for word in one.split("/")]
    for _, lowest in item.lowest_level.values if item.lowest_level else ():
        if words and lowest not in words:
            hint = nearest_hint(lowest, words, "从低到高有 " + "、".join(words))
            yield error("unknown-word", f"项目“{item.name}”没有“{lowest}”这一级", hint, item.places.of("lowest_level"))
    if item.per is not None and item.kind not in _COUNTED:
        hint = "“每”只用于 次数 和 天数；去掉“每”，或改“算法”"
        yield error(
            "unknown-word", f"项目“{item.name}”的算法是{item.kind.value}，不能按期间看", hint, item.places.of("per")
        )


def _conditions(part: Indicator | PerUnit) -> Iterator[Diagnostic]:
    """Yield readings under which a part holds that nobody knows."""
    for name, value in part.under.items():
        known = setting(name)
        if known is None:
            names = [one.name for one in SETTINGS]
            hint = nearest_hint(name, names, "口径有 " + "、".join(names))
            yield error("unknown-reading", f"没有“{name}”这一口径", hint, part.places.of("under"))
        elif value.strip() not in known.values:
            hint = nearest_hint(value, known.values, "可以写 " + "、".join(known.values))
            message = f"口径“{name}”没有“{value}”这种取法"
            yield error("unknown-reading-value", message, hint, part.places.of("under"))


def _funds(policy: Policy) -> Iterator[Diagnostic]:
    """Yield grades that withhold from a fund which the policy does not have."""
    funds = [one.name for one in policy.funding.funds]
    for grade in policy.assessment.grades if policy.assessment else ():
        sections: tuple[Grade | ConsecutiveYears, ...] = (grade, *grade.consecutive)
        for section in sections:
            for name in section.withheld:
                if name not in funds:
                    hint = nearest_hint(name, funds, "基金有 " + "、".join(funds) if funds else "在“经费”里写“基金”")
                    yield error("unknown-word", f"没有“{name}”这笔经费", hint, section.places.of("withheld"))
