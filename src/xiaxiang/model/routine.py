"""常规: the pace that a duty should keep, as a policy writes it (每两周一次)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from xiaxiang.model.scalar import half_width

_DIGITS: Final = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_NUMBER: Final = r"\d{1,3}|[一二两三四五六七八九十]"
_ROUTINE: Final = re.compile(rf"每(?P<every>{_NUMBER})?个?(?P<unit>天|日|周|星期|月|季度|年)(?P<times>{_NUMBER})次")
# Whole months are counted as days of a mean month: a pace is a rule of thumb, and it fails nobody.
_UNIT_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "季度": 91, "年": 365}


@dataclass(frozen=True, slots=True)
class Routine:
    """`times` sessions in every `days` days; `text` as the policy has it."""

    text: str
    days: int
    times: int


def _number(text: str | None) -> int:
    return 1 if not text else _DIGITS.get(text) or int(text)


def parse_routine(text: str) -> Routine | None:
    """Return the pace that `text` names (`每两周一次`), or None where it names none."""
    match = _ROUTINE.fullmatch(half_width(text).strip())
    days = _number(match["every"]) * _UNIT_DAYS[match["unit"]] if match else 0
    return Routine(text.strip(), days, _number(match["times"])) if match and days else None
