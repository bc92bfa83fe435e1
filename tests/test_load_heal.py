"""Healing a file changes the slips and not one byte beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaxiang.load.files import builtin
from xiaxiang.load.heal import heal

if TYPE_CHECKING:
    from collections.abc import Callable

START = (builtin("templates") / "init" / "plan.yaml").read_text(encoding="utf-8")
WRONG = START.replace("负责人: 林涛", "负责人：林涛", 1).replace("  - 名称: 外科", "  －名称: 外科", 1)
FILES: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "gb18030": lambda text: text.encode("gb18030"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "mixed line ends": lambda text: text.encode().replace(b"\n", b"\r\n", 20),
    "no last line end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("written", FILES.values(), ids=FILES)
def test_a_healed_file_is_the_file_that_was_meant_byte_for_byte(written: Callable[[str], bytes]) -> None:
    healed = heal(written(WRONG))

    assert healed is not None
    assert healed.data == written(START)
    assert healed.places == 2
    assert heal(healed.data) is None


def test_a_slip_in_the_first_line_leaves_the_mark_where_it_is() -> None:
    healed = heal(b"\xef\xbb\xbf" + "计划名称：甲\n".encode())

    assert healed is not None
    assert healed.data == b"\xef\xbb\xbf" + "计划名称: 甲\n".encode()


def test_bytes_that_are_written_in_two_ways_stay_beside_a_healed_line() -> None:
    rare = b"\xa2\xe3"  # GB 18030 also writes this character in four bytes
    healed = heal("姓名：张三\n备注: ".encode("gb18030") + rare + b"\n")

    assert healed is not None
    assert healed.data == "姓名: 张三\n备注: ".encode("gb18030") + rare + b"\n"


def test_an_indent_that_could_be_meant_in_two_ways_is_left_for_its_author() -> None:
    assert heal("科室:\n  - 名称: 内科\n\t\t\t\t\t\t\t负责人: 甲\n".encode()) is None


@pytest.mark.parametrize(
    "data", [b"", "计划名称: 甲\n".encode(), "计划名称：甲\n".encode("utf-16"), b"\x00", b"\xff\xff"]
)
def test_a_file_without_a_slip_or_that_cannot_be_read_is_not_touched(data: bytes) -> None:
    assert heal(data) is None
