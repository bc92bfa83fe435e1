"""The same assessment as an OpenFisca tax-benefit system, asked through its entity dictionaries: a peer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTH = "2024-04"
NO_GAP = 999
"""Between fewer than two lectures."""

Row = tuple[int, int, int, int, int]
"""Lectures, smallest gap, rounds, days attended, days required."""


def system() -> Any:  # noqa: ANN401 - a peer's own class, loaded only where it is installed
    """Return the rules: three items, what is unmet, and what is paid."""
    from openfisca_core.entities import build_entity  # noqa: PLC0415 - a peer that may be absent
    from openfisca_core.periods import DateUnit  # noqa: PLC0415
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # noqa: PLC0415
    from openfisca_core.variables import Variable  # noqa: PLC0415

    person = build_entity(key="person", plural="persons", label="person", is_person=True)
    shared = {"entity": person, "definition_period": DateUnit.MONTH, "value_type": int, "label": "x"}

    def given(name: str) -> type:
        return type(name, (Variable,), dict(shared))

    def unmet(people: Any, month: Any) -> Any:  # noqa: ANN401 - arrays of a peer
        lectures, gap = people("lectures", month), people("gap", month)
        too_few = (lectures < 4) | (gap < 7)
        absent = people("attended", month) * 5 < people("required", month) * 4
        return too_few.astype(int) + (people("rounds", month) < 8) + absent

    def paid(people: Any, month: Any) -> Any:  # noqa: ANN401 - arrays of a peer
        return 1320 - 440 * people("unmet", month).clip(0, 2)

    rules = TaxBenefitSystem([person])
    for name in ("lectures", "gap", "rounds", "attended", "required"):
        rules.add_variable(given(name))
    rules.add_variable(type("unmet", (Variable,), {**shared, "formula": unmet}))
    rules.add_variable(type("paid", (Variable,), {**shared, "formula": paid}))
    return rules


def appraise(rules: Any, rows: Sequence[Row]) -> list[tuple[int, int]]:  # noqa: ANN401 - a peer's own class
    """Return (unmet items, 元 paid) of each row."""
    from openfisca_core.simulations import SimulationBuilder  # noqa: PLC0415 - a peer that may be absent

    names = ("lectures", "gap", "rounds", "attended", "required")
    people = {
        f"p{serial}": {name: {MONTH: value} for name, value in zip(names, row, strict=True)}
        for serial, row in enumerate(rows)
    }
    simulation = SimulationBuilder().build_from_entities(rules, {"persons": people})
    unmet, paid = (simulation.calculate(name, MONTH) for name in ("unmet", "paid"))
    return [(int(one), int(other)) for one, other in zip(unmet, paid, strict=True)]
