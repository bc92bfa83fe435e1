"""JSON Schema (2020-12) of what `--format json` prints: the contract that the `json_…` modules keep.

More keys may be added, none renamed; so nothing here forbids further keys, and the test suite holds real
results to it, key by key.
"""

from __future__ import annotations

from typing import Final

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.json_schema import Json, ref, whole
from xiaxiang.render import json_shapes as shapes
from xiaxiang.render.json_contract_attendance import ATTENDANCE
from xiaxiang.render.json_contract_ledger import OUTPUTS as _LEDGER
from xiaxiang.render.json_contract_rotation import OUTPUTS as _ROTATION
from xiaxiang.render.json_contract_rotation import READINGS as _READINGS_OF_SCHEDULE
from xiaxiang.render.json_contract_settlement import ALLOWANCE, APPROVAL, APPROVING, BALANCE, OF_MONEY, YEARS
from xiaxiang.render.json_contract_why import OUTPUTS as _WHY

_BATCH: Final = shapes.BATCH
_COUNT: Final = shapes.COUNT
_COUNT_OR_NULL: Final = shapes.COUNT_OR_NULL
_DAY: Final = shapes.DAY
_DAY_OR_NULL: Final = shapes.DAY_OR_NULL
_MEASURED: Final = shapes.MEASURED
_MONEY: Final = shapes.MONEY
_MONEY_OR_NULL: Final = shapes.MONEY_OR_NULL
_NUMBER: Final = shapes.NUMBER
_RATE: Final = shapes.RATE
_SEVERITY: Final = shapes.SEVERITY
_TEXT: Final = shapes.TEXT
_TEXT_OR_NULL: Final = shapes.TEXT_OR_NULL
_YES_NO: Final = shapes.YES_NO
_YES_NO_OR_NULL: Final = shapes.YES_NO_OR_NULL
_list = shapes.list_of
_or_null = shapes.or_null
_object = shapes.record

_DEFINITIONS: Final[dict[str, Json]] = {
    **OF_MONEY,
    "source": _object("依据", document=_TEXT, clause=_TEXT),
    "diagnostic": _object(
        "诊断信息",
        code=_TEXT,
        severity=_SEVERITY,
        file=_TEXT,
        line={"type": "integer", "minimum": 1},
        column={"type": "integer", "minimum": 1},
        end_column={"type": "integer", "minimum": 1},
        message=_TEXT,
        hint=_TEXT,
        left_out=_TEXT,
    ),
    "reason": _object(
        "理由",
        text=_TEXT,
        source=_or_null(ref("source")),
        position=_or_null(_object("位置", file=_TEXT, line=_COUNT, column=_COUNT)),
    ),
    "reading": _object(
        "口径",
        setting=_TEXT,
        value=_TEXT,
        sentence=_TEXT,
        chosen_by={"enum": ["plan", "policy"]},
        source=ref("source"),
    ),
    "rate": _RATE,
    "posting": _object(
        "派驻",
        slot=_COUNT,
        recipient_unit=_TEXT,
        department=_TEXT_OR_NULL,
        person=_TEXT_OR_NULL,
        person_id=_TEXT_OR_NULL,
        professional_title=_TEXT_OR_NULL,
        cycle=_COUNT_OR_NULL,
        starts_on=_DAY,
        ends_on=_DAY,
        proposed=_YES_NO,
        reason={"enum": ["queue", "promotion", "redispatch", "incident"]},
        because=_list(ref("reason")),
    ),
    "batch": _object(
        "批次",
        batch=_BATCH,
        nominal_on=_DAY,
        handover_on=_DAY,
        ends_on=_DAY,
        is_provisional=_YES_NO,
        ends_provisionally=_YES_NO,
        handover_because=_list(ref("reason")),
        postings=_list(ref("posting")),
        passed_over=_list(_object("没有派出的科室", department=_TEXT, because=ref("reason"))),
        waiting=_list(_object("还在排队的轮次", cycle=_COUNT, department=_TEXT)),
    ),
    "notice": _object(
        "提示",
        code=_TEXT,
        severity=_SEVERITY,
        batch=_or_null(_BATCH),
        department=_TEXT_OR_NULL,
        person=_TEXT_OR_NULL,
        date=_DAY_OR_NULL,
        message=_TEXT,
        source=ref("source"),
        published_on=_DAY_OR_NULL,
    ),
    "sanction": _object(
        "处罚",
        batch=_BATCH,
        department=_TEXT_OR_NULL,
        person=_TEXT_OR_NULL,
        amount=_MONEY,
        date=_DAY,
        reason=_TEXT,
        source=ref("source"),
    ),
    "item": _object(
        "项目",
        name=_TEXT,
        kind={"enum": [kind.english for kind in IndicatorKind]},
        value=_MEASURED,
        bound=_MEASURED,
        met=_YES_NO_OR_NULL,
        checks=_list(_object("比较", name=_TEXT, value=_MEASURED, bound=_MEASURED, met=_YES_NO_OR_NULL)),
        source=ref("source"),
        facts=_list(_TEXT),
        warnings=_list(_TEXT),
        due_on=_DAY_OR_NULL,
        settings=_list(_TEXT),
    ),
    "person": _object(
        "人员",
        name=_TEXT,
        id=_TEXT,
        department=_TEXT,
        batch=_or_null(_BATCH),
        starts_on=_DAY_OR_NULL,
        ends_on=_DAY_OR_NULL,
        items=_list(ref("item")),
        unmet=_COUNT_OR_NULL,
        complete=_YES_NO,
        grade=_TEXT_OR_NULL,
        grade_because=_list(ref("reason")),
        allowance=ALLOWANCE,
        release=_object(
            "发放前提",
            state={"enum": ["ready", "held", "unknown"]},
            missing=_list(_TEXT),
            source=_or_null(ref("source")),
        ),
        certificate=_YES_NO_OR_NULL,
        certificate_because=_list(ref("reason")),
        redispatch=_YES_NO_OR_NULL,
        redispatch_because=_list(ref("reason")),
        sanctions=_list(ref("charge")),
        reward_share=_MONEY,
        net=_MONEY_OR_NULL,
        notes=_list(_TEXT),
        approved_on=_DAY_OR_NULL,
        attendance=_or_null(ATTENDANCE),
    ),
    "subject": _object(
        "表里的一行",
        name=_TEXT,
        from_on=_DAY,
        until_on=_DAY,
        items=_list(ref("item")),
        unmet=_COUNT_OR_NULL,
        complete=_YES_NO,
        score=_NUMBER,
        grade=_TEXT_OR_NULL,
        grade_because=_list(ref("reason")),
        follows=_list(ref("reason")),
        money=_list(
            _object(
                "一笔钱",
                name=_TEXT,
                amount=_MONEY,
                withheld=_MONEY,
                paid=_MONEY,
                parts=_list(_MONEY),
                put_by=_YES_NO,
                because=_list(ref("reason")),
            )
        ),
        paid=_MONEY_OR_NULL,
    ),
    "change": _object(
        "变化",
        department=_TEXT,
        person=_TEXT_OR_NULL,
        unmet=_object("未完成", before=_COUNT_OR_NULL, after=_COUNT_OR_NULL),
        net=_object("实发", before=_MONEY_OR_NULL, after=_MONEY_OR_NULL),
        difference=_MONEY_OR_NULL,
    ),
}

_DRAFT_MARKS: Final = {"draft": _YES_NO, "left_out": _list(_TEXT), "diagnostics": _list(ref("diagnostic"))}
_OTHER_READINGS: Final = _list(
    _object(
        "另一种口径",
        setting=_TEXT,
        value=_TEXT,
        sentence=_TEXT,
        source=ref("source"),
        changes=_list(ref("change")),
    )
)

_OUTPUTS: Final[dict[str, Json]] = {
    "validate": _object("检查的结果", diagnostics=_list(ref("diagnostic")), errors=_COUNT, warnings=_COUNT),
    "schedule": _object(
        "轮换表",
        plan=_TEXT_OR_NULL,
        policy=_TEXT_OR_NULL,
        year={"type": ["integer", "null"]},
        batches=_list(ref("batch")),
        notices=_list(ref("notice")),
        sanctions=_list(ref("sanction")),
        readings=_list(ref("reading")),
        **_DRAFT_MARKS,
    ),
    "assess": _object(
        "考核结果",
        policy=_TEXT_OR_NULL,
        people=_list(ref("person")),
        departments=_list(ref("department")),
        totals={"anyOf": [ref("totals"), {"type": "object", "maxProperties": 0}]},
        batches=_list(
            _object(
                "一批", batch=_BATCH, departments=_list(ref("department")), totals=ref("totals"), approval=APPROVAL
            ),
        ),
        department_years=YEARS,
        readings=_list(ref("reading")),
        **_DRAFT_MARKS,
    ),
    **{name: _object(title, **keys, **_DRAFT_MARKS) for name, (title, keys) in (_LEDGER | _ROTATION | _WHY).items()},
    "policy-list": _object(
        "内置制度", policies=_list(_object("制度", name=_TEXT, document=_TEXT, subject=_TEXT, rotates=_YES_NO))
    ),
    "doctor": _object(
        "体检的结果",
        checks=_list(_object("一项", name=_TEXT, title=_TEXT, ok=_YES_NO, message=_TEXT, hint=_TEXT)),
        problems=_COUNT,
    ),
}
_OUTPUTS["schedule"]["properties"]["other_readings"] = _READINGS_OF_SCHEDULE
_OUTPUTS["assess"]["properties"] |= {
    "approving": APPROVING,
    "balance": BALANCE,
    "other_readings": _OTHER_READINGS,
    "subject": {"enum": ["人员", "科室", "队伍", "单位", None]},
    "subjects": _list(ref("subject")),
    "sums": _list(_object("一笔钱的合计", name=_TEXT, amount=_MONEY, withheld=_MONEY, paid=_MONEY)),
}


def output_schema(command: str) -> Json | None:
    """Return the schema of what a command prints with --format json, or None where it prints none."""
    schema = _OUTPUTS.get(command)
    return None if schema is None else whole(schema, _DEFINITIONS.__getitem__)
