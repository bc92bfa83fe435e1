"""Plain values → YAML in the house's style: `- {类型: 后延, 日期: 2024-03-01}`, quotes only where they are needed.

PyYAML writes it. What it would leave bare and a reader could take for an input-method slip, or for anything but
text, is put in double quotes here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Plain = str | int | date | Sequence["Plain"] | Mapping[str, "Plain"]

_BARE: Final = re.compile(r"[\w（）()·][\w（）()·./-]*")
_SEQUENCE: Final = "tag:yaml.org,2002:seq"
_ENDLESS: Final = 1 << 30
"""Cells of a line: an entry stays on one, however long, so that a row is a row."""


def yaml_text(content: Plain) -> str:
    """Return `content` as YAML, entries without inner lists on one line each; keys keep their order."""
    import yaml  # noqa: PLC0415 - not wanted where nothing is written

    return str(
        yaml.dump(
            content,
            Dumper=_dumper(),
            default_flow_style=False,
            allow_unicode=True,
            sort_keys=False,
            width=_ENDLESS,
        )
    )


@cache
def _dumper() -> Any:  # noqa: ANN401 - a class made here, so that `yaml` is not imported with this module
    import yaml  # noqa: PLC0415

    class Dumper(yaml.SafeDumper):
        """Lists stand indented under their key, as people write them."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - PyYAML's signature
            """Indent whatever comes next."""
            super().increase_indent(flow, indentless=False)

        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
            """Write every value out: an alias is refused when the file is read."""
            return True

    def sequence(dumper: yaml.SafeDumper, items: Sequence[Plain]) -> yaml.SequenceNode:
        node = dumper.represent_sequence(_SEQUENCE, items)
        entries = [item for item in node.value if isinstance(item, yaml.MappingNode)]
        node.flow_style = not entries
        for entry in entries:
            entry.flow_style = True
        return node

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        kind = dumper.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]  # PyYAML's stubs
        is_bare = kind == dumper.DEFAULT_SCALAR_TAG and _BARE.fullmatch(value) and not value.isdecimal()
        return dumper.represent_scalar(dumper.DEFAULT_SCALAR_TAG, value, style=None if is_bare else '"')

    def yes_no(dumper: yaml.SafeDumper, value: bool) -> yaml.ScalarNode:  # noqa: FBT001 - PyYAML's signature
        return dumper.represent_scalar(dumper.DEFAULT_SCALAR_TAG, "是" if value else "否")

    Dumper.add_representer(list, sequence)
    Dumper.add_representer(tuple, sequence)
    Dumper.add_representer(str, text)
    Dumper.add_representer(bool, yes_no)
    return Dumper
