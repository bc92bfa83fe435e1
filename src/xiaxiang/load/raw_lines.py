"""What a line of YAML looks like: a key, an item, a block of text, a line without any doubt in it."""

from __future__ import annotations

import re
from typing import Final

from xiaxiang.load.raw_signs import BLANKS, WIDE_COLONS, WIDE_DASHES, WORD

INDENT: Final = re.compile(f"[{BLANKS}]*")
KEY: Final = re.compile(
    rf"(?P<open>[“”]?)(?P<key>{WORD})(?P<close>[“”]?)[ \u3000\u00a0]*(?P<sign>[:{WIDE_COLONS}])(?P<after>[{BLANKS}]*)"
)
OTHER_KEY: Final = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'\[{｛［|>#][^#\n]*?)[ \t]*:(?=[ \t]|$)")
_NOT_PLAIN: Final = rf"\n\"'“”：﹕∶，＃#{{}}\[\]｛｝［］【】\t{BLANKS[3:]}"
# A line that cannot be anything but what it looks like: a key with a plain value or none, an item, a mapping in braces.
ORDINARY: Final = re.compile(
    rf"( *)(- )?(?:((?![{WIDE_DASHES}-]){WORD}):(?: (?=[^ ])|$))?"
    rf"((?![ |>&*!@`%?:{WIDE_DASHES}-])[^{_NOT_PLAIN}:]+|\{{(?:[^{_NOT_PLAIN}:]|:(?= ))*\}})?"
)
BLOCK: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
WRAPPED: Final = re.compile(rf"(?:“([^“”\"\\]*)[”\"]|”([^“”\"\\]*)”|\"([^“”\"\\]*)”)(?=[{BLANKS}]*(?:[#＃].*)?$)")
REMARK: Final = re.compile(r"(?<=[ \t])#")
WIDE_REMARK: Final = re.compile(rf"(?<=[{BLANKS}])＃")
QUOTE_ENDS: Final = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'")}
