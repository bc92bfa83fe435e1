"""说明: what a code means in full, with the smallest wrong example and the right one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code. `group` is the heading under which it stands; `wrong` and `right` may have several lines."""

    code: str
    group: str
    meaning: str
    wrong: str
    right: str
