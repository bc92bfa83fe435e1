"""What a value may look like in YAML, as JSON Schema: one definition for each function that reads a text.

A pattern lets pass whatever its reader takes, full-width digits too; a test holds them to it. YAML has made
numbers of some texts before a schema sees them.

`errorMessage` and `doNotSuggest` are what editors understand beside the standard; validators pass over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.arrangement import Arrangement, parse_arrangement, parse_days
from xiaxiang.model.batch import parse_batch
from xiaxiang.model.clock import ClockKind, Counting, Records, parse_clock_kind, parse_counting, parse_records
from xiaxiang.model.event import RULING_WORDS, DeferralRuling, parse_ruling, parse_special_reason
from xiaxiang.model.hospital import parse_promotion
from xiaxiang.model.indicator import (
    WINDOW_WORDS,
    IndicatorKind,
    Window,
    parse_bound,
    parse_indicator_kind,
    parse_window,
)
from xiaxiang.model.parameter import parse_months, parse_words
from xiaxiang.model.rank import WORDS, Rank, parse_rank
from xiaxiang.model.scalar import parse_count, parse_day, parse_money, parse_number, parse_rate, parse_yes_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xiaxiang.model.json_schema import Json

TEXT: Final = "text"
_D: Final = "[0-9０-９]"
_MARK: Final = "[-−－/／.．]"
_WHOLE: Final = rf"[+＋]?{_D}[0-9０-９,，]*"
_DECIMAL: Final = rf"{_WHOLE}(?:[.．]{_D}+)?"
_UNITS: Final = "[天日次人名元年月条份个批]*"
_DAY: Final = (
    rf"{_D}{{4}}(?:{_MARK}{_D}{{1,2}}{_MARK}{_D}{{1,2}}|\s*年\s*{_D}{{1,2}}\s*月\s*{_D}{{1,2}}\s*[日号]?|{_D}{{4}})"
    r"(?:[T\s]00:00(?::00(?:\.0+)?)?)?"
)
_BATCH: Final = (
    rf"{_D}{{4}}\s*[-−－年]\s*(?:第\s*)?{_D}{{1,2}}\s*批?|第\s*(?:{_D}{{1,2}}|[一二三四五六七八九十])\s*批"
    rf"|(?:{_D}{{4}}\s*年?\s*)?第?[一二三四1-4１-４]季度"
)
_YES_NO: Final = (
    r"[是有对√已否无不×yYnN01ｙＹｎＮ０１]|没有|不是|[yY][eE][sS]|[nN][oO]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]"
)


NOTHING: Final[Json] = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
"""An empty value. Said in this way because an editor would offer the word `null` for {"type": "null"}."""

_NO_TEXT: Final[Json] = {"not": {"type": ["string", "null", "array", "object"]}}
"""A number, or the true and false that YAML makes of words; again nothing that an editor should offer."""


def _whole(pattern: str) -> str:
    """Return a pattern for a whole text. An empty one is not given, so it passes."""
    return rf"^\s*(?:{pattern})?\s*$"


def _written(about: str, pattern: str, *kinds: str, **limits: int) -> Json:
    """Return the schema of a value that is written in one of some notations; `about` is what an editor says."""
    return {
        "description": about,
        "errorMessage": about,
        "type": ["string", *kinds],
        "pattern": _whole(pattern),
        **limits,
    }


def words(about: str, shown: Iterable[str], others: Iterable[str] = ()) -> Json:
    """Return a choice of words: the ones that an editor offers, and the others that are read as well."""
    offered = list(shown)
    message = f"{about}只有 {'、'.join(offered)}"
    rest = "|".join(sorted(set(others) - set(offered)))
    also = [{"type": "string", "pattern": rf"^\s*(?:{rest})\s*$", "errorMessage": message}] if rest else []
    return {"description": message, "anyOf": [{"enum": offered, "errorMessage": message}, *also]}


VALUES: Final[dict[str, Json]] = {
    TEXT: {"description": "一行文字", "type": ["string", "number", "boolean"]},
    "words": {"description": "一行文字，不能空", "type": ["string", "number", "boolean"], "pattern": r"\S"},
    "day": _written("日期，写成 2024-01-02（2024/1/2、2024年1月2日 也可以）", _DAY, "integer"),
    "batch": _written("批次，写成 2024-1 或 2024年第1批（第1批、一季度 也可以）", _BATCH),
    "count": _written("整数，不小于 0，例如 3", rf"{_WHOLE}(?:[.．][0０]+)?\s*{_UNITS}", "integer", minimum=0),
    "number": _written("数，不小于 0，例如 3 或 2.5", rf"{_DECIMAL}\s*{_UNITS}", "number", minimum=0),
    "rate": _written("比率，写成 80% 或 0.8", rf"{_DECIMAL}\s*[%％]?", "number", minimum=0, maximum=1),
    "bound": _written("数或比率，例如 4 或 80%", rf"{_DECIMAL}\s*(?:[%％]|{_UNITS})", "number", minimum=0),
    "money": _written("金额，以元为单位，例如 440 或 440.50", rf"[¥￥]?\s*{_DECIMAL}\s*{_UNITS}", "number", minimum=0),
    "yes-no": {
        "description": "写“是”或“否”",
        "anyOf": [{"enum": ["是", "否"]}, _written("写“是”或“否”", _YES_NO), _NO_TEXT],
    },
    "special-reason": words("这里", ("有", "无"), ("没有", "是", "否")),
    "rank": words("职级", [rank.label for rank in Rank], WORDS),
    "ruling": words("决定", [one.value for one in DeferralRuling], RULING_WORDS),
    "window": words("期间", [one.value for one in Window], WINDOW_WORDS),
    "indicator-kind": words("算法", [kind.value for kind in IndicatorKind]),
    "clock": words("算法", [kind.value for kind in ClockKind]),
    "counting": words("计法", [one.value for one in Counting]),
    "records": words("单次或累计", [one.value for one in Records]),
    "arrangement": words("方式", list(Arrangement)),
    "promotion": {
        "description": "年份，例如 2025；或“是”“否”",
        "anyOf": [{"enum": ["是", "否"]}, _written("写年份，或“是”“否”", rf"{_YES_NO}|{_D}{{4}}年?"), _NO_TEXT],
    },
    "days": _written("日期，写成 [2024-03-04, 2024-09-02]", rf"(?:{_DAY})(?:\s*[、,，]\s*(?:{_DAY}))*", "integer"),
    "months": _written("月份，写成 [1, 4, 7, 10] 或 1、4、7、10", r"[0-9０-９月、,，\s]+", "integer"),
}
"""Name of a definition → the definition."""

_READERS: Final[dict[Callable[..., object] | None, str]] = {
    None: TEXT,
    parse_words: "words",
    parse_day: "day",
    parse_batch: "batch",
    parse_count: "count",
    parse_number: "number",
    parse_rate: "rate",
    parse_bound: "bound",
    parse_money: "money",
    parse_yes_no: "yes-no",
    parse_special_reason: "special-reason",
    parse_rank: "rank",
    parse_ruling: "ruling",
    parse_indicator_kind: "indicator-kind",
    parse_window: "window",
    parse_clock_kind: "clock",
    parse_counting: "counting",
    parse_records: "records",
    parse_promotion: "promotion",
    parse_months: "months",
    parse_days: "days",
    parse_arrangement: "arrangement",
}


def value_name(reader: Callable[..., object] | None) -> str:
    """Return the name of the definition for what `reader` reads (None: text). Raises KeyError for an unknown one."""
    return _READERS[reader]
