"""统计 as machines read it; the shape is a contract: keys may be added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.statistics import GroupBy
from xiaxiang.render.json_common import Json, day, number, reason

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.statistics import Group, Spread, Statistics


def stats_json(statistics: Statistics) -> Json:
    """Return groups with their figures and the facts behind them, totals, and how far apart the groups are."""
    return {
        "from_on": day(statistics.from_on),
        "until_on": day(statistics.until_on),
        "by": statistics.by.english,
        "groups": [_group(one, statistics.by) for one in statistics.groups],
        "totals": dict(statistics.totals),
        "spreads": [_spread(one) for one in statistics.spreads],
        "notes": [reason(one) for one in statistics.notes],
    }


def empty_stats(by: GroupBy, from_on: date | None, until_on: date | None) -> Json:
    """Return the same shape where nothing could be computed."""
    return {
        "from_on": day(from_on),
        "until_on": day(until_on),
        "by": by.english,
        "groups": [],
        "totals": {},
        "spreads": [],
        "notes": [],
    }


def _group(one: Group, by: GroupBy) -> Json:
    key = {by.english: one.name} | ({"department": one.department} if by is GroupBy.PERSON else {})
    return {
        "key": key,
        "figures": dict(one.figures),
        "compared": one.counts,
        "because": [reason(why) for why in one.because],
    }


def _spread(one: Spread) -> Json:
    return {
        "figure": one.figure,
        "least": one.least,
        "median": number(one.median),
        "most": one.most,
        "least_names": list(one.least_names),
        "most_names": list(one.most_names),
    }
