"""The lines of a YAML text, one after the other: where a sign of the grammar stands, and where text that means itself.

It knows as much of YAML as it takes to tell the two apart: block scalars, quotes, brackets, lines that go on.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from xiaxiang.load.raw_flow import Flow
from xiaxiang.load.raw_lines import BLOCK, INDENT, KEY, ORDINARY, OTHER_KEY, QUOTE_ENDS, REMARK, WIDE_REMARK, WRAPPED
from xiaxiang.load.raw_signs import LONGEST_LINE, WIDE_DASHES, WIDE_OPENING, Trap, blank_code, hidden_in
from xiaxiang.load.raw_words import is_free, keys, texts

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

_WIDTHS: Final[dict[str, tuple[int, ...]]] = {"tab-indent": (2, 4, 8, 1), "wide-space": (2, 1, 4)}
"""How many columns one such sign may stand for in an indent, the likeliest first; the others stand for one or none."""
_NO_WIDTH: Final = frozenset({"zero-width", "mark-inside", "control-character"})
_ITEM: Final = "-"


def scan(lines: list[str], first: int = 0) -> list[Trap]:
    """Return every slip of the lines of a text, `first` (0-based) being the number of the first.

    Where indents are odd, they are taken by the widths that leave the fewest of them open.
    """
    best = _Scanner(lines, first, {}).run()
    doubts = _doubts(best)
    for code, widths in _WIDTHS.items():
        for width in widths[1:] if doubts[code] else ():
            other = _Scanner(lines, first, {code: width}).run()
            if _doubts(other).total() < doubts.total():
                best, doubts = other, _doubts(other)
    return best


def _doubts(traps: list[Trap]) -> Counter[str]:
    return Counter(one.code for one in traps if not one.is_sure)


class _Scanner:
    """One pass over the lines. `traps` holds what was found, in the order of the file."""

    def __init__(self, lines: list[str], first: int, widths: Mapping[str, int]) -> None:
        """Keep the lines, and how wide an odd sign in an indent is; nothing is looked at yet."""
        self.traps: list[Trap] = []
        self._lines = lines
        self._line = first
        self._stack: list[tuple[int, str]] = []  # columns of the open keys, and of the dashes (_ITEM)
        self._opens = True  # the last key has no value yet
        self._plain: int | None = None  # lines indented further go on with a plain text
        self._block: int | None = None  # lines indented further belong to a block scalar
        self._quote = ""
        self._flow: Flow | None = None
        self._widths = {code: some[0] for code, some in _WIDTHS.items()} | dict.fromkeys(_NO_WIDTH, 0) | dict(widths)

    def run(self) -> list[Trap]:
        """Return every slip of the text."""
        for number, text in enumerate(self._lines, self._line):
            self._line = number
            if len(text) <= LONGEST_LINE:
                self._read(text)
        return self.traps

    def _found(self, trap: Trap) -> None:
        self.traps.append(trap)

    def _read(self, text: str) -> None:
        """Read one line in whatever state the lines before have left."""
        indent = len(text) - len(text.lstrip(" "))
        if self._block is not None:
            if not text.strip() or indent > self._block:
                return
            self._block = None
        if self._quote:
            self._go_on_quoted(text, 0)
            return
        if self._flow is not None:
            if indent > self._flow.base or text.strip()[:1] in "]}｝］】":
                self._go_on(text, 0)
                return
            self._flow = None  # never closed: the parser will say where it begins
        if (ordinary := ORDINARY.fullmatch(text)) is None:
            self._fresh(text, indent)
        elif text and (self._plain is None or indent <= self._plain):
            self._ordinary(ordinary)

    def _ordinary(self, match: re.Match[str]) -> None:
        """Note what a line without any doubt in it means for those that follow."""
        indent, dash, key, value = match.groups()
        base = column = len(indent)
        if dash:
            self._dashed(column)
            column += len(dash)
        if key:
            self._push(column, key)
            base = column
        self._opens = not value
        self._plain = base if value and value[0] != "{" else None

    def _dashed(self, column: int) -> None:
        while self._stack and (self._stack[-1][0] > column or self._stack[-1] == (column, _ITEM)):
            self._stack.pop()
        self._stack.append((column, _ITEM))

    def _fresh(self, text: str, indent: int) -> None:
        match = INDENT.match(text)
        begin = match.end() if match else 0
        if begin == len(text):
            if blank_code(text):
                self._found(Trap("", self._line, 0, begin, [(0, begin, "")]))
            return
        if self._plain is not None and indent > self._plain:
            self._hidden(text, indent, len(text))
            return
        if text.startswith(("---", "...")):
            return
        code = blank_code(text[:begin])
        column = self._column(text, begin, code) if code else begin
        if text[begin] in "#＃":
            if text[begin] == "＃":
                self._found(Trap("full-width-hash", self._line, begin, begin + 1, [(begin, begin + 1, "#")]))
            return
        self._plain = None
        self._content(text, begin, column)

    def _column(self, text: str, begin: int, code: str) -> int:
        """Return the column that an odd indent was meant to reach: sure where a key or a list may stand there."""
        blanks = text[:begin]
        odd = sum(char == "\t" if code == "tab-indent" else char not in " \t" for char in blanks)
        column = odd * self._widths.get(code, 1) + blanks.count(" ")
        is_item = text[begin] in WIDE_DASHES + _ITEM
        open_here = {one for one, key in self._stack if key != _ITEM or is_item} or {0}
        top = self._stack[-1][0] if self._stack else -1
        is_sure = column in open_here or (self._opens and column > top)
        self._found(Trap(code, self._line, 0, begin, [(0, begin, " " * column)], is_sure=is_sure))
        return column

    def _content(self, text: str, at: int, column: int) -> None:
        """Read dashes, then a key or an item."""
        is_item = False
        while at < len(text):
            length = self._dash(text, at, is_key_possible=not is_item) if text[at] in WIDE_DASHES + _ITEM else None
            if not length:
                break
            self._dashed(column)
            is_item, self._opens = True, True
            at, column = at + length[0], column + length[1]
        if at >= len(text):
            self._plain = None
            return
        if not is_item:
            while self._stack and (self._stack[-1][0] > column or self._stack[-1] == (column, _ITEM)):
                self._stack.pop()
        self._key_or_item(text, at, column, is_item=is_item)

    def _dash(self, text: str, at: int, *, is_key_possible: bool) -> tuple[int, int] | None:
        """Return how many characters a dash takes, written and as meant; None where there is none."""
        sign, rest = text[at], text[at + 1 :]
        match = INDENT.match(rest)
        blanks = match.group() if match else ""
        following = rest[len(blanks) : len(blanks) + 1]
        length = 1 + len(blanks)
        if sign == "-":
            if not rest or (blanks and not blank_code(blanks)) or blank_code(blanks) == "tab-indent":
                return length, length
            if blanks:
                code = blank_code(blanks)
                self._found(Trap(code, self._line, at + 1, at + length, [(at + 1, at + length, " ")]))
                return length, 2
            if following in "-." or following.isdigit() or not is_key_possible:
                return None
            self._found(Trap("no-space-after-dash", self._line, at, at + 1, [(at + 1, at + 1, " ")]))
            return 1, 2
        if sign in WIDE_DASHES and following not in {sign, "-", ">", ""} and not following.isdigit():
            self._found(Trap("full-width-dash", self._line, at, at + 1, [(at, at + length, "- ")]))
            return length, 2
        return None

    def _key_or_item(self, text: str, at: int, column: int, *, is_item: bool) -> None:
        owner = self._owner()
        match = KEY.match(text, at)
        if match and self._is_key(match, owner, is_item=is_item):
            self._key(text, match, column)
            return
        other = OTHER_KEY.match(text, at)
        if other:
            word = other.group().rstrip(":").strip(" \t\"'")
            self._hidden(text, at, other.end())
            self._push(column, word)
            self._value(text, other.end(), column, word)
            return
        base = self._stack[-1][0] if self._stack else -1
        self._value(text, at, base, owner)

    def _owner(self) -> str:
        """Return the key whose value an item or a nested key belongs to; "" at the root of a file."""
        for _, key in reversed(self._stack):
            if key != _ITEM:
                return key
        return ""

    def _push(self, column: int, key: str) -> None:
        while self._stack and self._stack[-1][0] >= column:
            self._stack.pop()
        self._stack.append((column, key))

    def _is_key(self, match: re.Match[str], owner: str, *, is_item: bool) -> bool:
        """Whether a word with a colon after it is a key, be the colon as it may."""
        key, rest = match["key"], match.string[match.end() :]
        if bool(match["open"]) != bool(match["close"]):
            return False
        if match["sign"] == ":" and (match["after"] or not rest):
            return True
        if key.isdigit() or (match["sign"] == ":" and rest.startswith(("//", "\\", "/"))):
            return False
        if is_item:
            return owner not in texts() and not is_free(owner) and key in keys()
        # A key with nothing after it may have its text in the next line; anything else here must be a key.
        parent = self._stack[-1] if self._stack else None
        nested = self._opens and parent is not None and parent[0] < match.start() and is_free(parent[1])
        return not nested or key in keys()

    def _key(self, text: str, match: re.Match[str], column: int) -> None:
        if match["open"]:
            start, end = match.start("open"), match.end("close")
            edits = [(start, start + 1, '"'), (end - 1, end, '"')]
            self._found(Trap("full-width-quote", self._line, start, end, edits))
        sign, end, after = match.start("sign"), match.end(), match["after"]
        if match["sign"] != ":":
            wanted = ": " if end < len(text) else ":"
            self._found(Trap("full-width-colon", self._line, sign, sign + 1, [(sign, end, wanted)]))
        elif not after and end < len(text):
            self._found(Trap("no-space-after-colon", self._line, sign, sign + 1, [(sign + 1, sign + 1, " ")]))
        elif (code := blank_code(after)) and code != "tab-indent":
            wanted = " " if end < len(text) else ""
            self._found(Trap(code, self._line, sign + 1, end, [(sign + 1, end, wanted)]))
        self._push(column, match["key"])
        self._value(text, end, column, match["key"])

    def _value(self, text: str, at: int, base: int, owner: str) -> None:
        """Read what stands after a key or a dash; `base` is the column beyond which lines go on with it."""
        while at < len(text) and text[at] in " \t":
            at += 1
        self._opens = at == len(text) or text[at] == "#"
        if self._opens:
            return
        sign = text[at]
        if BLOCK.match(text, at):
            self._block = base
        elif (match := WRAPPED.match(text, at)) and (sign == '"' or not is_free(owner)):
            end = match.end()
            edits = [(place, place + 1, '"') for place in (at, end - 1) if text[place] != '"']
            span = (at, end) if sign != '"' else (end - 1, end)
            self._found(Trap("full-width-quote", self._line, *span, edits))
            self._after(text, end, owner)
        elif sign in QUOTE_ENDS:
            self._quote = sign
            self._go_on_quoted(text, at + 1)
        elif sign in "{[" or (sign in WIDE_OPENING and self._is_bracketed(text, at, owner)):
            self._flow = Flow(owner, base, self._found)
            self._go_on(text, at)
        else:
            self._plain = base
            self._hidden(text, at, self._after(text, at, owner))

    def _is_bracketed(self, text: str, at: int, owner: str) -> bool:
        """Whether a full-width bracket opens a list: 【重要】 in front of free text does not."""
        return text[at] == "｛" or (not is_free(owner) and text.rstrip()[-1] in "]］】")

    def _go_on(self, text: str, at: int) -> None:
        if self._flow is not None and (end := self._flow.read(text, self._line, at)) is not None:
            self._flow = None
            self._after(text, end, "")

    def _go_on_quoted(self, text: str, at: int) -> None:
        match = QUOTE_ENDS[self._quote].match(text, at)
        if match is not None:
            self._quote = ""
            self._after(text, match.end(), "")

    def _after(self, text: str, at: int, owner: str) -> int:
        """Look for a remark behind a full-width ＃; return where the value ends."""
        remark = REMARK.search(text, at + 1)
        end = remark.start() if remark else len(text)
        if not is_free(owner) and (match := WIDE_REMARK.search(text, at, end)):
            begin, end = match.start(), match.start()
            edits = [(begin, begin + 1, "#")]
            if text[begin - 1] not in " \t":
                edits = [(begin, begin + 1, " #")]
            self._found(Trap("full-width-hash", self._line, begin, begin + 1, edits))
        return end

    def _hidden(self, text: str, begin: int, end: int) -> None:
        self.traps += hidden_in(text, self._line, begin, end)
