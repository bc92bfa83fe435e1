"""考核: what each person did, what follows from it, and the money. Pure: the same input gives the same result."""

from __future__ import annotations

from xiaxiang.assess.appraise import assess
from xiaxiang.assess.cases import run_cases
from xiaxiang.assess.readings import under_other_readings
from xiaxiang.assess.redispatch import is_registered, redispatch_line
from xiaxiang.assess.settlement import by_batch, standing

__all__ = [
    "assess",
    "by_batch",
    "is_registered",
    "redispatch_line",
    "run_cases",
    "standing",
    "under_other_readings",
]
