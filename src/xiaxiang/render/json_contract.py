"""JSON Schema (2020-12) of what `--format json` prints: the contract that the `json_…` modules keep.

More keys may be added, none renamed; so nothing here forbids further keys, and the test suite holds real
results to it, key by key.
"""

from __future__ import annotations

from typing import Final

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.json_schema import Json, ref, whole
from xiaxiang.render.json_contract_attendance import ATTENDANCE
from xiaxiang.render.json_contract_ledger import OUTPUTS as _LEDGER
from xiaxiang.render.json_contract_rotation import OUTPUTS as _ROTATION
from xiaxiang.render.json_contract_rotation import READINGS as _READINGS_OF_SCHEDULE
from xiaxiang.render.json_contract_settlement import ALLOWANCE, APPROVAL, APPROVING, BALANCE, OF_MONEY, YEARS
from xiaxiang.render.json_contract_why import OUTPUTS as _WHY
from xiaxiang.render.json_shapes import (
    BATCH,
    COUNT,
    COUNT_OR_NULL,
    DAY,
    DAY_OR_NULL,
    MEASURED,
    MONEY,
    MONEY_OR_NULL,
    NUMBER,
    RATE,
    SEVERITY,
    TEXT,
    TEXT_OR_NULL,
    YES_NO,
    YES_NO_OR_NULL,
    list_of,
    or_null,
    record,
)

_DEFINITIONS: Final[dict[str, Json]] = {
    **OF_MONEY,
    "source": record("依据", document=TEXT, clause=TEXT),
    "diagnostic": record(
        "诊断信息",
        code=TEXT,
        severity=SEVERITY,
        file=TEXT,
        line={"type": "integer", "minimum": 1},
        column={"type": "integer", "minimum": 1},
        end_column={"type": "integer", "minimum": 1},
        message=TEXT,
        hint=TEXT,
        left_out=TEXT,
    ),
    "reason": record(
        "理由",
        text=TEXT,
        source=or_null(ref("source")),
        position=or_null(record("位置", file=TEXT, line=COUNT, column=COUNT)),
    ),
    "reading": record(
        "口径",
        setting=TEXT,
        value=TEXT,
        sentence=TEXT,
        chosen_by={"enum": ["plan", "policy"]},
        source=ref("source"),
    ),
    "rate": RATE,
    "posting": record(
        "派驻",
        slot=COUNT,
        recipient_unit=TEXT,
        department=TEXT_OR_NULL,
        person=TEXT_OR_NULL,
        person_id=TEXT_OR_NULL,
        professional_title=TEXT_OR_NULL,
        cycle=COUNT_OR_NULL,
        starts_on=DAY,
        ends_on=DAY,
        proposed=YES_NO,
        reason={"enum": ["queue", "promotion", "redispatch", "incident"]},
        because=list_of(ref("reason")),
    ),
    "batch": record(
        "批次",
        batch=BATCH,
        nominal_on=DAY,
        handover_on=DAY,
        ends_on=DAY,
        is_provisional=YES_NO,
        ends_provisionally=YES_NO,
        handover_because=list_of(ref("reason")),
        postings=list_of(ref("posting")),
        passed_over=list_of(record("没有派出的科室", department=TEXT, because=ref("reason"))),
        waiting=list_of(record("还在排队的轮次", cycle=COUNT, department=TEXT)),
    ),
    "notice": record(
        "提示",
        code=TEXT,
        severity=SEVERITY,
        batch=or_null(BATCH),
        department=TEXT_OR_NULL,
        person=TEXT_OR_NULL,
        date=DAY_OR_NULL,
        message=TEXT,
        source=ref("source"),
        published_on=DAY_OR_NULL,
    ),
    "sanction": record(
        "处罚",
        batch=BATCH,
        department=TEXT_OR_NULL,
        person=TEXT_OR_NULL,
        amount=MONEY,
        date=DAY,
        reason=TEXT,
        source=ref("source"),
    ),
    "item": record(
        "项目",
        name=TEXT,
        kind={"enum": [kind.english for kind in IndicatorKind]},
        value=MEASURED,
        bound=MEASURED,
        met=YES_NO_OR_NULL,
        checks=list_of(record("比较", name=TEXT, value=MEASURED, bound=MEASURED, met=YES_NO_OR_NULL)),
        source=ref("source"),
        facts=list_of(TEXT),
        warnings=list_of(TEXT),
        due_on=DAY_OR_NULL,
        settings=list_of(TEXT),
    ),
    "person": record(
        "人员",
        name=TEXT,
        id=TEXT,
        department=TEXT,
        batch=or_null(BATCH),
        starts_on=DAY_OR_NULL,
        ends_on=DAY_OR_NULL,
        items=list_of(ref("item")),
        unmet=COUNT_OR_NULL,
        complete=YES_NO,
        grade=TEXT_OR_NULL,
        grade_because=list_of(ref("reason")),
        allowance=ALLOWANCE,
        release=record(
            "发放前提",
            state={"enum": ["ready", "held", "unknown"]},
            missing=list_of(TEXT),
            source=or_null(ref("source")),
        ),
        certificate=YES_NO_OR_NULL,
        certificate_because=list_of(ref("reason")),
        redispatch=YES_NO_OR_NULL,
        redispatch_because=list_of(ref("reason")),
        sanctions=list_of(ref("charge")),
        reward_share=MONEY,
        net=MONEY_OR_NULL,
        notes=list_of(TEXT),
        approved_on=DAY_OR_NULL,
        attendance=or_null(ATTENDANCE),
    ),
    "subject": record(
        "表里的一行",
        name=TEXT,
        from_on=DAY,
        until_on=DAY,
        items=list_of(ref("item")),
        unmet=COUNT_OR_NULL,
        complete=YES_NO,
        score=NUMBER,
        grade=TEXT_OR_NULL,
        grade_because=list_of(ref("reason")),
        follows=list_of(ref("reason")),
        money=list_of(
            record(
                "一笔钱",
                name=TEXT,
                amount=MONEY,
                withheld=MONEY,
                paid=MONEY,
                parts=list_of(MONEY),
                put_by=YES_NO,
                because=list_of(ref("reason")),
            )
        ),
        paid=MONEY_OR_NULL,
    ),
    "change": record(
        "变化",
        department=TEXT,
        person=TEXT_OR_NULL,
        unmet=record("未完成", before=COUNT_OR_NULL, after=COUNT_OR_NULL),
        net=record("实发", before=MONEY_OR_NULL, after=MONEY_OR_NULL),
        difference=MONEY_OR_NULL,
    ),
}

_DRAFT_MARKS: Final = {"draft": YES_NO, "left_out": list_of(TEXT), "diagnostics": list_of(ref("diagnostic"))}
_OTHER_READINGS: Final = list_of(
    record(
        "另一种口径",
        setting=TEXT,
        value=TEXT,
        sentence=TEXT,
        source=ref("source"),
        changes=list_of(ref("change")),
    )
)

_OUTPUTS: Final[dict[str, Json]] = {
    "validate": record("检查的结果", diagnostics=list_of(ref("diagnostic")), errors=COUNT, warnings=COUNT),
    "schedule": record(
        "轮换表",
        plan=TEXT_OR_NULL,
        policy=TEXT_OR_NULL,
        year={"type": ["integer", "null"]},
        batches=list_of(ref("batch")),
        notices=list_of(ref("notice")),
        sanctions=list_of(ref("sanction")),
        readings=list_of(ref("reading")),
        **_DRAFT_MARKS,
    ),
    "assess": record(
        "考核结果",
        policy=TEXT_OR_NULL,
        people=list_of(ref("person")),
        departments=list_of(ref("department")),
        totals={"anyOf": [ref("totals"), {"type": "object", "maxProperties": 0}]},
        batches=list_of(
            record(
                "一批", batch=BATCH, departments=list_of(ref("department")), totals=ref("totals"), approval=APPROVAL
            ),
        ),
        department_years=YEARS,
        readings=list_of(ref("reading")),
        **_DRAFT_MARKS,
    ),
    **{name: record(title, **keys, **_DRAFT_MARKS) for name, (title, keys) in (_LEDGER | _ROTATION | _WHY).items()},
    "policy-list": record(
        "内置制度", policies=list_of(record("制度", name=TEXT, document=TEXT, subject=TEXT, rotates=YES_NO))
    ),
    "doctor": record(
        "体检的结果",
        checks=list_of(record("一项", name=TEXT, title=TEXT, ok=YES_NO, message=TEXT, hint=TEXT)),
        problems=COUNT,
    ),
}
_OUTPUTS["schedule"]["properties"]["other_readings"] = _READINGS_OF_SCHEDULE
_OUTPUTS["assess"]["properties"] |= {
    "approving": APPROVING,
    "balance": BALANCE,
    "other_readings": _OTHER_READINGS,
    "subject": {"enum": ["人员", "科室", "队伍", "单位", None]},
    "subjects": list_of(ref("subject")),
    "sums": list_of(record("一笔钱的合计", name=TEXT, amount=MONEY, withheld=MONEY, paid=MONEY)),
}


def output_schema(command: str) -> Json | None:
    """Return the schema of what a command prints with --format json, or None where it prints none."""
    schema = _OUTPUTS.get(command)
    return None if schema is None else whole(schema, _DEFINITIONS.__getitem__)
