"""公布: an announced batch → the bytes of its file, which reading turns back into the same batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.published import REASON_WORDS
from xiaxiang.render.yaml_text import yaml_text

if TYPE_CHECKING:
    from xiaxiang.model.published import PassedOver, PublishedBatch, PublishedPosting
    from xiaxiang.render.yaml_text import Plain

_HEAD: Final = """\
# {label}，{day} 公布。程序写的，请不要改：以后排班就以这里为准，不会因为改计划而变。
# 换人、换科室写进计划的“变动登记”；确实要重新公布: xiaxiang 公布 --batch {name} --force
"""


def published_yaml(batch: PublishedBatch) -> bytes:
    """Return the file of `batch` (UTF-8): the same batch, the same bytes."""
    head = _HEAD.format(label=batch.name.label, day=batch.published_on.isoformat(), name=batch.name)
    content: dict[str, Plain] = {
        "批次": str(batch.name),
        "公布日期": batch.published_on,
        "名义交接日": batch.nominal_on,
        "交接日": batch.handover_on,
        "派驻至": batch.ends_on,
        "派驻": [_posting(one) for one in batch.postings],
        "没有派出": [_passed_over(one) for one in batch.passed_over],
        "依据的登记": [{"名称": one.label, "内容": one.content} for one in batch.rests_on],
    }
    return (head + yaml_text(content)).encode()


def _posting(one: PublishedPosting) -> dict[str, Plain]:
    written: dict[str, Plain] = {"名额": one.slot, "受援单位": one.recipient_unit}
    given: dict[str, Plain] = {"科室": one.department, "人员": one.person, "工号": one.person_id}
    written |= {key: value for key, value in given.items() if value}
    if one.cycle is not None:
        written["轮次"] = one.cycle
    written["缘由"] = REASON_WORDS[one.reason]
    return written | ({"由科室确定": True} if one.is_open else {})


def _passed_over(one: PassedOver) -> dict[str, Plain]:
    written: dict[str, Plain] = {"科室": one.department, "轮次": one.cycle, "类型": one.kind, "日期": one.on}
    return written | ({"决定": one.ruling.value} if one.ruling else {})
